/* SPDX-License-Identifier: MPL-2.0 */
/* The verifier's model: boosted regression trees over whole numbers, and a
 * table from their sum to a probability.
 *
 * Gradient boosting (Friedman 2001) with log loss; the sum of the leaves is
 * the log-odds in 1/1000.  The table comes from held-out pages, a logistic
 * curve (Platt 1999).  Everything is integers, so that a decision is the same
 * on every machine.
 *
 * Layout, in int32_t: features, trees, base, table size; the table as pairs
 * score, probability in 1/1000, ascending; then for each tree the number of
 * its nodes and for each node feature, threshold, left, right: a value at most
 * the threshold goes left.  A leaf has feature -1 and its value as threshold.
 * Children come after their parent.  After the trees more tables may follow,
 * each with its size, for one group of changes each: the engines that were
 * learned from err differently in letters and in marks. */
#ifndef UFX_VERIFY_FOREST_H
#define UFX_VERIFY_FOREST_H

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UFX_FOREST_GROUPS 10
#define UFX_FOREST_FEATURES 255 /* at most */

struct ufx_forest_table {
    const int32_t *pairs;
    uint32_t count;
};

/* A tree as it is walked: the children of a node stand side by side, and a leaf
 * leads to itself, so that every walk takes as many steps as the tree is deep
 * and nothing has to be guessed on the way.  Numbers stand above the least one:
 * to compare two of these and to add the outcome takes an instruction less. */
struct ufx_forest_node {
    uint32_t threshold; /* of a leaf its value */
    uint16_t feature;   /* of a leaf the one that is always least */
    uint16_t left;      /* nodes from the tree's first; the right one is next */
};

struct ufx_forest_tree {
    uint32_t first;
    uint32_t depth;
};

struct ufx_forest {
    struct ufx_memory memory;
    uint32_t trees;
    int32_t base;
    struct ufx_forest_tree *list;
    struct ufx_forest_node *nodes;
    size_t node_count;
    size_t node_capacity;
    uint32_t features;
    struct ufx_forest_table table;
    struct ufx_forest_table groups[UFX_FOREST_GROUPS];
    uint32_t group_count;
};

/* Proves the layout, once, and lays the trees out for walking.  FORMAT if it
 * does not hold together for that many features, or MEMORY; nothing is left to
 * free then.  One that was learned before the last of them came is as good as
 * it was. */
unfix_status ufx_forest_open(struct ufx_forest *forest,
                             const struct ufx_memory *memory,
                             const int32_t *data, size_t count,
                             int32_t features);
void ufx_forest_close(struct ufx_forest *forest);

/* The log-odds in 1/1000. */
int32_t ufx_forest_score(const struct ufx_forest *forest,
                         const int32_t *features);

/* The probability in 1/1000 that belongs to a score in a group of changes, by
 * linear interpolation of its table; of the first table for a group that has
 * none. */
uint32_t ufx_forest_confidence(const struct ufx_forest *forest, uint32_t group,
                               int32_t score);

/* The last scores, by what was known of each change: what a text says over and
 * over (rows of a table, signs in a line) goes through the forest once.  One
 * for each thread of a context, whose model stays the same. */
struct ufx_forest_memos;

/* NULL when out of memory. */
struct ufx_forest_memos *ufx_forest_memos_new(const struct ufx_memory *memory);
void ufx_forest_memos_free(struct ufx_forest_memos *memos);

/* What ufx_forest_score() gives. */
int32_t ufx_forest_recall(struct ufx_forest_memos *memos,
                          const struct ufx_forest *forest,
                          const int32_t *features);

#endif
