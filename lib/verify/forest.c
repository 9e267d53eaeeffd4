/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/forest.h"

#include "base/limits.h"
#include "base/numeric.h"

#include <string.h>

#define NODE 4 /* numbers a node takes */

static bool
reserve(struct ufx_forest *f, size_t more)
{
    void *nodes = f->nodes;
    bool good = ufx_memory_reserve(&f->memory, &nodes, &f->node_capacity,
                                   f->node_count + more, sizeof *f->nodes);

    f->nodes = nodes;
    return good;
}

/* True if the number is above `at` and below `count`. */
static inline bool
comes_after(int32_t number, int32_t at, int32_t count)
{
    return number > at && number < count;
}

/* A number as the trees have it, in the same order. */
static inline uint32_t
above_least(int32_t number)
{
    return (uint32_t)number ^ 0x80000000;
}

/* Lays out a tree level by level; what two nodes lead to is there twice. */
static unfix_status
add_tree(struct ufx_forest *f, struct ufx_forest_tree *tree,
         const int32_t *nodes, int32_t count)
{
    int32_t from[UFX_MODEL_TREE_NODES];
    uint32_t n = 1, i, end = 1;
    struct ufx_forest_node *out;

    if (count <= 0 || count > UFX_MODEL_TREE_NODES)
        return UNFIX_ERROR_FORMAT;
    if (!reserve(f, UFX_MODEL_TREE_NODES))
        return UNFIX_ERROR_MEMORY;
    *tree = (struct ufx_forest_tree){(uint32_t)f->node_count, 0};
    out = &f->nodes[tree->first];
    from[0] = 0;
    for (i = 0; i < n; i++) {
        const int32_t *node = nodes + (size_t)from[i] * NODE;

        if (i == end) {
            end = n;
            if (++tree->depth > UFX_MODEL_TREE_DEPTH)
                return UNFIX_ERROR_FORMAT;
        }
        if (node[0] == -1) {
            out[i] = (struct ufx_forest_node){
                above_least(node[1]), (uint16_t)f->features, (uint16_t)i};
            continue;
        }
        if (node[0] < 0 || (uint32_t)node[0] >= f->features ||
            !comes_after(node[2], from[i], count) ||
            !comes_after(node[3], from[i], count) ||
            n + 2 > UFX_MODEL_TREE_NODES)
            return UNFIX_ERROR_FORMAT;
        out[i] = (struct ufx_forest_node){above_least(node[1]),
                                          (uint16_t)node[0], (uint16_t)n};
        from[n++] = node[2];
        from[n++] = node[3];
    }
    f->node_count += n;
    return UNFIX_OK;
}

/* The table at `at`, which its size precedes; 0 if it is none, else where it
 * ends. */
static size_t
open_table(struct ufx_forest_table *table, const int32_t *data, size_t at,
           size_t count)
{
    int32_t i, size;

    if (at >= count)
        return 0;
    size = data[at++];
    if (size < 2 || (size_t)size > (count - at) / 2)
        return 0;
    table->pairs = data + at;
    table->count = (uint32_t)size;
    for (i = 0; i < size; i++) {
        const int32_t *pair = table->pairs + 2 * (size_t)i;

        if (pair[1] < 0 || pair[1] > 1000 ||
            (i > 0 && (pair[0] <= pair[-2] || pair[1] < pair[-1])))
            return 0;
    }
    return at + 2 * (size_t)size;
}

/* The trees at `*at`, which then is where they end. */
static unfix_status
open_trees(struct ufx_forest *f, const int32_t *data, size_t count, size_t *at)
{
    unfix_status status = UNFIX_OK;
    uint32_t tree;

    f->list = ufx_memory_allocate(&f->memory, (f->trees + 1) * sizeof *f->list);
    if (f->list == NULL)
        return UNFIX_ERROR_MEMORY;
    for (tree = 0; tree < f->trees && status == UNFIX_OK; tree++) {
        int32_t nodes = *at < count ? data[(*at)++] : 0;

        if (nodes <= 0 || (size_t)nodes > (count - *at) / NODE)
            return UNFIX_ERROR_FORMAT;
        status = add_tree(f, &f->list[tree], data + *at, nodes);
        *at += (size_t)nodes * NODE;
    }
    return status;
}

static unfix_status
open_forest(struct ufx_forest *f, const int32_t *data, size_t count)
{
    size_t at = open_table(&f->table, data, 3, count);
    unfix_status status =
        at == 0 ? UNFIX_ERROR_FORMAT : open_trees(f, data, count, &at);

    while (status == UNFIX_OK && at < count &&
           f->group_count < UFX_FOREST_GROUPS) {
        at = open_table(&f->groups[f->group_count++], data, at, count);
        if (at == 0)
            return UNFIX_ERROR_FORMAT;
    }
    return status == UNFIX_OK && at != count ? UNFIX_ERROR_FORMAT : status;
}

unfix_status
ufx_forest_open(struct ufx_forest *forest, const struct ufx_memory *memory,
                const int32_t *data, size_t count, int32_t features)
{
    unfix_status status;

    if (count < 4 || data[0] <= 0 || data[0] > features || data[1] < 0 ||
        data[1] > UFX_MODEL_TREES || data[0] > UFX_FOREST_FEATURES)
        return UNFIX_ERROR_FORMAT;
    *forest = (struct ufx_forest){.memory = *memory,
                                  .trees = (uint32_t)data[1],
                                  .base = data[2],
                                  .features = (uint32_t)data[0]};
    status = open_forest(forest, data, count);
    if (status != UNFIX_OK)
        ufx_forest_close(forest);
    return status;
}

void
ufx_forest_close(struct ufx_forest *f)
{
    ufx_memory_free(&f->memory, f->list, (f->trees + 1) * sizeof *f->list);
    ufx_memory_free(&f->memory, f->nodes, f->node_capacity * sizeof *f->nodes);
    f->list = NULL;
    f->nodes = NULL;
}

/* Steps taken at a time: as deep as trees are learned.  At a leaf a step more
 * leads nowhere. */
#define STRIDE 7

static inline uint32_t
step_down(const struct ufx_forest_node *nodes, uint32_t at,
          const uint32_t *features)
{
    const struct ufx_forest_node *node = &nodes[at];

    return (uint32_t)node->left + (node->threshold < features[node->feature]);
}

static inline uint32_t
stride_down(const struct ufx_forest_node *nodes, uint32_t at,
            const uint32_t *features)
{
    at = step_down(nodes, at, features);
    at = step_down(nodes, at, features);
    at = step_down(nodes, at, features);
    at = step_down(nodes, at, features);
    at = step_down(nodes, at, features);
    at = step_down(nodes, at, features);
    return step_down(nodes, at, features);
}

int32_t
ufx_forest_score(const struct ufx_forest *forest, const int32_t *features)
{
    uint32_t known[UFX_FOREST_FEATURES + 1];
    int64_t score = forest->base - forest->trees * INT64_C(0x80000000);
    uint32_t i, step;

    for (i = 0; i < forest->features; i++)
        known[i] = above_least(features[i]);
    known[forest->features] = 0;
    for (i = 0; i < forest->trees; i++) {
        const struct ufx_forest_tree *tree = &forest->list[i];
        const struct ufx_forest_node *nodes = forest->nodes + tree->first;
        uint32_t at = stride_down(nodes, 0, known);

        for (step = STRIDE; step < tree->depth; step += STRIDE)
            at = stride_down(nodes, at, known);
        score += nodes[at].threshold;
    }
    if (score > 1000000)
        return 1000000;
    return score < -1000000 ? -1000000 : (int32_t)score;
}

uint32_t
ufx_forest_confidence(const struct ufx_forest *forest, uint32_t group,
                      int32_t score)
{
    const struct ufx_forest_table *table =
        group < forest->group_count ? &forest->groups[group] : &forest->table;
    const int32_t *pairs = table->pairs;
    uint32_t low = 0, high = table->count - 1;
    int64_t span, rise;

    if (score <= pairs[0])
        return (uint32_t)pairs[1];
    if (score >= pairs[2 * high])
        return (uint32_t)pairs[2 * high + 1];
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;

        if (pairs[2 * middle] <= score)
            low = middle;
        else
            high = middle;
    }
    span = (int64_t)pairs[2 * high] - pairs[2 * low];
    rise = (int64_t)pairs[2 * high + 1] - pairs[2 * low + 1];
    return (uint32_t)(pairs[2 * low + 1] +
                      rise * ((int64_t)score - pairs[2 * low]) / span);
}

/* ---- The last scores ---- */

#define MEMOS 64

struct memo {
    bool is_known;
    int32_t score;
    int32_t features[UFX_FOREST_FEATURES];
};

struct ufx_forest_memos {
    struct ufx_memory memory;
    struct memo memos[MEMOS];
};

struct ufx_forest_memos *
ufx_forest_memos_new(const struct ufx_memory *memory)
{
    struct ufx_forest_memos *memos =
        ufx_memory_allocate_zero(memory, sizeof *memos);

    if (memos != NULL)
        memos->memory = *memory;
    return memos;
}

void
ufx_forest_memos_free(struct ufx_forest_memos *memos)
{
    struct ufx_memory memory;

    if (memos == NULL)
        return;
    memory = memos->memory;
    ufx_memory_free(&memory, memos, sizeof *memos);
}

int32_t
ufx_forest_recall(struct ufx_forest_memos *memos,
                  const struct ufx_forest *forest, const int32_t *features)
{
    const size_t size = forest->features * sizeof *features;
    struct memo *memo =
        &memos->memos[ufx_hash((const char *)features, size) % MEMOS];

    if (memo->is_known && memcmp(memo->features, features, size) == 0)
        return memo->score;
    memo->score = ufx_forest_score(forest, features);
    memcpy(memo->features, features, size);
    memo->is_known = true;
    return memo->score;
}
