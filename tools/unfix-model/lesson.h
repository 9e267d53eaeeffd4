/* SPDX-License-Identifier: MPL-2.0 */
/* Changes to learn from: their evidence, whether they are right, and what each
 * counts. */
#ifndef UNFIX_MODEL_LESSON_H
#define UNFIX_MODEL_LESSON_H

#include "verify/evidence.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each change is scored by trees that are grown from other folds. */
#define LESSON_FOLDS 3
#define LESSON_SETS 64

struct lesson {
    int32_t *rows;
    uint8_t *right;
    float *weights;
    float *shares; /* what each counts in the calibration */
    uint8_t *fold;
    uint8_t *set;     /* of the page; LESSON_SETS: text */
    double *held_out; /* score by trees that have not seen the page */
    size_t count;
    size_t capacity;
};

/* Appends a change, whose evidence it copies. */
void lesson_add(struct lesson *l, const int32_t *features, bool right,
                float weight, float share, uint8_t fold, uint8_t set);
void lesson_free(struct lesson *l);

/* To a file and back: [WEIGHT*]FILE, appended, its sets as others than those
 * before.  End the program where that cannot be done. */
void lesson_write(const struct lesson *l, const char *path);
void lesson_read(struct lesson *l, const char *argument);

/* As text, a line each: right, weight, fold, features. */
void lesson_dump(const struct lesson *l, const char *path);

#endif
