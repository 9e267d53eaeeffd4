/* SPDX-License-Identifier: MPL-2.0 */
/* The scores of the last changes, by what was known of each: what a text says
 * over and over (rows of a table, signs in a line) goes through the forest
 * once.  In: the features of one change.  Out: what ufx_forest_score() gives
 * for them.  Called for each change by repair/change.c; one for each thread of
 * a context, whose model stays the same. */
#ifndef UFX_VERIFY_SCORED_H
#define UFX_VERIFY_SCORED_H

#include "base/memory.h"
#include "verify/forest.h"

struct ufx_scored;

/* NULL when out of memory. */
struct ufx_scored *ufx_scored_new(const struct ufx_memory *memory);
void ufx_scored_free(struct ufx_scored *scored);

/* All features, UFX_FEATURE_COUNT. */
int32_t ufx_scored_score(struct ufx_scored *scored,
                         const struct ufx_forest *forest,
                         const int32_t *features);

#endif
