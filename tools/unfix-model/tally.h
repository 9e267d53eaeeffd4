/* SPDX-License-Identifier: MPL-2.0 */
/* What `unfix-model eval` counts and how it shows it. */
#ifndef UFX_MODEL_TALLY_H
#define UFX_MODEL_TALLY_H

#include "calibration.h"
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

struct tally {
    struct ufx_metrics_counts counts;
    struct tally_class classes[UNFIX_CLASS_COUNT];
    struct calibration calibration;
    uint64_t wrong_expected; /* of what was applied, in 1/1000 */
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
