/* SPDX-License-Identifier: MPL-2.0 */
/* The best path through a lattice, and what speaks for and against each of
 * its changes. */
#ifndef UFX_NORMALIZE_DECODE_H
#define UFX_NORMALIZE_DECODE_H

#include "normalize/lattice.h"

/* Another way to read the place of a change. */
struct ufx_rival {
    const struct ufx_edge *edge; /* NULL: as it is */
    int32_t cost;                /* of the place in its context, 1/1000 nat */
};

/* One edge of the best path that does not keep its segment. */
struct ufx_change {
    uint32_t from; /* segments */
    uint32_t to;
    const struct ufx_edge *edge;
    int32_t best_cost;    /* channel and language, with two pieces after it */
    int32_t keep_cost;    /* the same, left as it is */
    int32_t best_channel; /* the channel's part of them */
    int32_t keep_channel;
    int32_t rival_cost; /* of all other readings together: -ln of the sum of
                           their probabilities, in 1/1000 nat */
    int32_t path_cost;  /* what the path costs more around it if it does
                           without */
    struct ufx_rival rivals[UFX_ALTERNATIVES]; /* best first */
    uint32_t rival_count;
    bool of_letters; /* it joins letters that stand apart, and of those beside
                        them too many are left: an alphabet, a label */
};

struct ufx_changes {
    struct ufx_change *list; /* in the arena, by position */
    size_t count;
};

/* Finds the best path and its changes.  MEMORY is the only failure. */
unfix_status ufx_decode(const struct ufx_lattice *lattice,
                        const struct ufx_vocabulary *vocabulary,
                        struct ufx_changes *changes);

/* The same with all edges of the path; one that keeps its segment has itself as
 * one of its rivals. */
unfix_status ufx_decode_whole(const struct ufx_lattice *lattice,
                              const struct ufx_vocabulary *vocabulary,
                              struct ufx_changes *path);

/* -ln(e^-a + e^-b), all in 1/1000 nat. */
int32_t ufx_cost_add(int32_t a, int32_t b);

#endif
