/* SPDX-License-Identifier: MPL-2.0 */
/* Whether confidences are the probabilities that they claim to be. */
#ifndef UFX_MODEL_CALIBRATION_H
#define UFX_MODEL_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

/* Corrections by class and confidence. */
struct calibration {
    struct calibration_level {
        uint32_t count;
        uint32_t right;
    } levels[UNFIX_CLASS_COUNT][1001];
};

#define CALIBRATION_ALL (-1) /* in place of a class */

void calibration_count(struct calibration *calibration, unfix_class kind,
                       uint32_t confidence, bool right);
void calibration_add(struct calibration *to, const struct calibration *from);
/* Those of a class, or of all, at a confidence. */
struct calibration_level
calibration_level_of(const struct calibration *calibration, int kind,
                     uint32_t confidence);

/* Ten bins, as Naeini, Cooper and Hauskrecht have them (2015).  The narrower
 * they are, the more of the error is chance: in twentieths, 0.04 in a class of
 * 300 changes whose confidences are right. */
#define CALIBRATION_BIN_WIDTH 100u
#define CALIBRATION_BINS (1000u / CALIBRATION_BIN_WIDTH)

/* Corrections of about the same confidence; 1000 is in the last bin. */
struct calibration_bin {
    size_t count;
    size_t right;
    double given;    /* mean confidence */
    double measured; /* share that is right */
};

/* What is counted of a class, or of all. */
struct calibration_figures {
    size_t count;
    size_t right;
    double error; /* expected calibration error: how far what is given is from
                     what is measured, each bin by its share */
    double brier; /* mean square of confidence less outcome */
    struct calibration_bin bins[CALIBRATION_BINS];
};

void calibration_measure(const struct calibration *calibration, int kind,
                         struct calibration_figures *figures);

/* Corrections of all classes at a confidence or above, and the right ones. */
void calibration_above(const struct calibration *calibration,
                       uint32_t confidence, size_t *count, size_t *right);

/* Tables; one member of a JSON object, with the comma before it. */
void calibration_print(const struct calibration *calibration);
void calibration_print_json(const struct calibration *calibration);

/* Draws reliability.svg and precision-recall.svg into a folder, which is made
 * if it is missing. */
void calibration_plot(const struct calibration *calibration,
                      const char *folder);

#endif
