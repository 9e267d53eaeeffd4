/* SPDX-License-Identifier: MPL-2.0 */
/* The scores of the last changes, by what was known of each: what a text says
 * over and over (rows of a table, signs in a line) goes through the forest
 * once.  In: the features of one change.  Out: what ufx_forest_score() gives
 * for them.  Called for each change by api/repair.c; one for each context,
 * whose model stays the same. */
#ifndef UFX_VERIFY_SCORED_H
#define UFX_VERIFY_SCORED_H

#include "verify/evidence.h"
#include "verify/forest.h"

#define UFX_SCORED_ROWS 64

/* Begins as zeros. */
struct ufx_scored {
    struct ufx_scored_row {
        bool is_known;
        int32_t score;
        int32_t features[UFX_FEATURE_COUNT];
    } rows[UFX_SCORED_ROWS];
};

int32_t ufx_scored_score(struct ufx_scored *scored,
                         const struct ufx_forest *forest,
                         const int32_t *features);

#endif
