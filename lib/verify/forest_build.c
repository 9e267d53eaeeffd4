/* SPDX-License-Identifier: MPL-2.0 */
/* A forest as it is learned becomes one that can be walked: see forest.h. */
#include "verify/forest.h"

#include "base/limits.h"

#include <string.h>

#define NODE 4 /* numbers that a node takes */

/* A learned forest, proven so far. */
struct learned {
    const int32_t *data;
    size_t count;
    int32_t features;
    int32_t trees;
    int32_t depth; /* of the deepest one */
    size_t first;  /* of the trees */
    size_t end;    /* of them */
};

/* True if the number is above `at` and below `count`. */
static inline bool
comes_after(int32_t number, int32_t at, int32_t count)
{
    return number > at && number < count;
}

/* Proves the tree; false if it does not hold together or is too deep. */
static bool
check_tree(struct learned *l, const int32_t *nodes, int32_t count)
{
    uint8_t depth[UFX_MODEL_TREE_NODES] = {0};
    int32_t i, side;

    for (i = 0; i < count; i++) {
        const int32_t *node = nodes + (size_t)i * NODE;

        if (depth[i] > l->depth)
            l->depth = depth[i];
        if (node[0] == -1)
            continue;
        if (node[0] < 0 || node[0] >= l->features ||
            depth[i] == UFX_MODEL_TREE_DEPTH)
            return false;
        for (side = 2; side < NODE; side++) {
            if (!comes_after(node[side], i, count))
                return false;
            if (depth[node[side]] <= depth[i])
                depth[node[side]] = (uint8_t)(depth[i] + 1);
        }
    }
    return true;
}

/* Proves the trees at l->first. */
static bool
check_trees(struct learned *l)
{
    size_t at = l->first;
    int32_t tree;

    l->depth = UFX_MODEL_TREE_DEPTH_LEAST;
    for (tree = 0; tree < l->trees; tree++) {
        int32_t nodes = at < l->count ? l->data[at++] : 0;

        if (nodes <= 0 || nodes > UFX_MODEL_TREE_NODES ||
            (size_t)nodes > (l->count - at) / NODE ||
            !check_tree(l, l->data + at, nodes))
            return false;
        at += (size_t)nodes * NODE;
    }
    l->end = at;
    return true;
}

/* How many tables follow the trees; -1 if one does not hold together. */
static int32_t
count_groups(const struct learned *l)
{
    struct ufx_forest_table table;
    size_t at = l->end;
    int32_t groups = 0;

    for (; at != 0 && at < l->count; groups++)
        at = ufx_forest_table_open(&table, l->data, at, l->count);
    return at == 0 || groups > UFX_FOREST_GROUPS ? -1 : groups;
}

/* Lays out what is below node `from` of the learned tree, at node `at`. */
static void
lay_node(uint32_t *tree, uint32_t depth, const int32_t *nodes, int32_t from,
         uint32_t at)
{
    uint8_t *features = (uint8_t *)(tree + ((size_t)2 << depth));
    const int32_t *node = nodes + (size_t)from * NODE;

    if (at >> depth != 0) {
        tree[at] = (uint32_t)node[1];
        return;
    }
    if (node[0] == -1) {
        tree[at] = UINT32_MAX;
        features[at] = 0;
        lay_node(tree, depth, nodes, from, 2 * at);
        lay_node(tree, depth, nodes, from, 2 * at + 1);
        return;
    }
    tree[at] = ufx_forest_above(node[1]);
    features[at] = (uint8_t)node[0];
    lay_node(tree, depth, nodes, node[2], 2 * at);
    lay_node(tree, depth, nodes, node[3], 2 * at + 1);
}

static void
append(struct ufx_buffer *image, const int32_t *numbers, size_t count)
{
    ufx_buffer_append(image, (const char *)numbers, count * sizeof *numbers);
}

static void
append_trees(struct ufx_buffer *image, const struct learned *l, uint32_t *tree)
{
    const size_t size = ufx_forest_tree_size((uint32_t)l->depth);
    size_t at = l->first;
    int32_t i;

    for (i = 0; i < l->trees; i++) {
        int32_t nodes = l->data[at++];

        memset(tree, 0, size * sizeof *tree);
        lay_node(tree, (uint32_t)l->depth, l->data + at, 0, 1);
        append(image, (const int32_t *)tree, size);
        at += (size_t)nodes * NODE;
    }
    append(image, &(int32_t){0}, 1);
}

unfix_status
ufx_forest_lay(struct ufx_buffer *image, const struct ufx_memory *memory,
               const int32_t *data, size_t count)
{
    struct learned l = {.data = data, .count = count};
    struct ufx_forest_table table;
    int32_t groups;
    uint32_t *tree;
    size_t size;

    if (count < 4 || data[0] <= 0 || data[0] > UFX_FOREST_FEATURES ||
        data[1] < 0 || data[1] > UFX_MODEL_TREES)
        return UNFIX_ERROR_FORMAT;
    l.features = data[0];
    l.trees = data[1];
    l.first = ufx_forest_table_open(&table, data, 3, count);
    if (l.first == 0 || !check_trees(&l))
        return UNFIX_ERROR_FORMAT;
    groups = count_groups(&l);
    if (groups < 0)
        return UNFIX_ERROR_FORMAT;
    size = ufx_forest_tree_size((uint32_t)l.depth) * sizeof *tree;
    tree = ufx_memory_allocate(memory, size);
    if (tree == NULL)
        return UNFIX_ERROR_MEMORY;
    append(image, data, 3);
    append(image, (const int32_t[]){l.depth, groups}, 2);
    append(image, data + 3, l.first - 3);
    append(image, data + l.end, count - l.end);
    append_trees(image, &l, tree);
    ufx_memory_free(memory, tree, size);
    return image->failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}
