/* SPDX-License-Identifier: MPL-2.0 */
/* What `unfix-model eval` counts and how it shows it. */
#ifndef UFX_MODEL_TALLY_H
#define UFX_MODEL_TALLY_H

#include "metrics.h"

#include <stdbool.h>

/* Corrections of one kind, each judged alone. */
struct tally_class {
    size_t applied;
    size_t applied_right; /* nearer to the ground truth */
    size_t applied_harm;  /* farther from it */
    size_t proposed;
    size_t proposed_right;
    size_t clean; /* applied to the ground truth */
};

#define TALLY_BIN_WIDTH 50u
#define TALLY_BIN_COUNT (1000u / TALLY_BIN_WIDTH)

/* Corrections of about the same confidence; 1000 is in the last bin. */
struct tally_bin {
    size_t count;
    size_t right;
    uint64_t confidence; /* sum, in thousandths */
};

struct tally {
    struct ufx_metrics_counts counts;
    struct tally_class classes[UNFIX_CLASS_COUNT];
    struct tally_bin bins[TALLY_BIN_COUNT];
    uint64_t squares; /* of (confidence - right), in millionths */
};

/* What to show beside the error rates. */
struct tally_view {
    bool clean;
    bool classes;
    bool calibration;
};

void tally_add(struct tally *to, const struct tally *from);

/* Counts a correction made of the OCR text and its effect.  A rejected one
 * does not count. */
void tally_correction(struct tally *tally, const unfix_correction *correction,
                      enum ufx_metrics_effect effect);

/* Counts a correction made of the ground truth. */
void tally_clean_correction(struct tally *tally,
                            const unfix_correction *correction);

/* The error rates in one line of text; the tables of the view. */
void tally_print_line(const struct tally *tally, const char *name,
                      const struct tally_view *view);
void tally_print_tables(const struct tally *tally,
                        const struct tally_view *view);

/* All of it as one line of JSON. */
void tally_print_json(const struct tally *tally, const char *name,
                      const struct tally_view *view);

#endif
