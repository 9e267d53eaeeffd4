/* SPDX-License-Identifier: MPL-2.0 */
/* The verifier's model: boosted regression trees over whole numbers, and a
 * table from their sum to a probability.
 *
 * Gradient boosting (Friedman 2001) with log loss; the sum of the leaves is
 * the log-odds in 1/1000.  The table comes from held-out pages, a logistic
 * curve (Platt 1999).  Everything is integers, so that a decision is the same
 * on every machine.
 *
 * As it is learned, in int32_t: features, trees, base, table size; the table as
 * pairs score, probability in 1/1000, ascending; then for each tree the number
 * of its nodes and for each node feature, threshold, left, right: a value at
 * most the threshold goes left.  A leaf has feature -1 and its value as
 * threshold.  Children come after their parent.  After the trees more tables
 * may follow, each with its size, for one group of changes each: the engines
 * that were learned from err differently in letters and in marks.
 *
 * As an image has it, laid out for walking: features, trees, base, depth, how
 * many groups have a table; the first table and theirs, each with its size;
 * then the trees, all of that depth and so of one size, and one number of 0.
 * Of a tree come first thresholds, node 1 being its root and 2i and 2i + 1
 * those below node i; numbered on like these the leaves; then a byte for each
 * node, its feature.  Where a learned tree ends earlier, all leaves below are
 * the same.  Thresholds stand above the least number: to compare two of these
 * and to add the outcome takes one instruction less.  Whatever the trees say, a
 * walk does not leave them, so nothing needs to be proven when a model is
 * opened. */
#ifndef UFX_VERIFY_FOREST_H
#define UFX_VERIFY_FOREST_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UFX_FOREST_GROUPS 10
#define UFX_FOREST_FEATURES 255 /* at most */

struct ufx_forest_table {
    const int32_t *pairs;
    uint32_t count;
};

struct ufx_forest {
    uint32_t trees;
    uint32_t depth;
    int32_t base;
    uint32_t features;
    const int32_t *tree; /* the first one */
    struct ufx_forest_table table;
    struct ufx_forest_table groups[UFX_FOREST_GROUPS];
    uint32_t group_count;
    bool plain; /* trees are walked one by one, whatever the machine can do */
};

/* Proves a forest as it is learned and appends it as an image has it.  FORMAT
 * if it does not hold together, or MEMORY. */
unfix_status ufx_forest_lay(struct ufx_buffer *image,
                            const struct ufx_memory *memory,
                            const int32_t *data, size_t count);

/* Looks at one that is laid out, which is used where it is.  False if it does
 * not hold together for that many features.  One that was learned before the
 * last of them came is as good as it was. */
bool ufx_forest_open(struct ufx_forest *forest, const int32_t *data,
                     size_t count, int32_t features);

/* How many numbers a tree takes. */
static inline size_t
ufx_forest_tree_size(uint32_t depth)
{
    return ((size_t)2 << depth) + ((size_t)1 << depth) / sizeof(int32_t);
}

/* A table at `at`, which its size precedes; 0 if it is none, else where it
 * ends. */
size_t ufx_forest_table_open(struct ufx_forest_table *table,
                             const int32_t *data, size_t at, size_t count);

/* A number above the least one, in the same order. */
static inline uint32_t
ufx_forest_above(int32_t number)
{
    return (uint32_t)number ^ 0x80000000;
}

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
