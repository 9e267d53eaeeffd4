/* SPDX-License-Identifier: MPL-2.0 */
/* What a run did, in a few lines for whoever sits at the terminal. */
#ifndef UNFIX_TOOL_TOTALS_H
#define UNFIX_TOOL_TOTALS_H

#include "piece.h"

#include <stdint.h>
#include <unfix.h>

struct totals {
    uint64_t files;
    uint64_t hidden; /* left out in folders */
    uint64_t links;
    uint64_t others;
    uint64_t done_before; /* by the run that is gone on with */
    uint64_t left_alone;  /* what was no text */
    uint64_t words;
    uint64_t unsearched; /* bytes */
    uint64_t applied;
    uint64_t classes[UNFIX_CLASS_COUNT]; /* of the applied */
    uint64_t proposed;
    uint64_t rejected;
    uint64_t harm;        /* wrong ones to be expected, in 1/1000 */
    unfix_survey *survey; /* of all texts; the caller's */
};

void totals_count(struct totals *totals, const struct piece *piece);

/* Says it, unless messages are switched off. */
void totals_say(const struct totals *totals);

#endif
