/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/forest.h"

#include "base/limits.h"

#define NODE 4 /* numbers a node takes */

static void
deepen(uint8_t *depths, int32_t child, uint8_t depth)
{
    if (depths[child] <= depth)
        depths[child] = (uint8_t)(depth + 1);
}

static bool
check_tree(const int32_t *nodes, int32_t count, int32_t features)
{
    uint8_t depths[UFX_MODEL_TREE_NODES] = {0};
    int32_t i;

    if (count > UFX_MODEL_TREE_NODES)
        return false;
    for (i = 0; i < count; i++) {
        const int32_t *node = nodes + (size_t)i * NODE;

        if (node[0] == -1)
            continue;
        if (node[0] < 0 || node[0] >= features || node[2] <= i ||
            node[2] >= count || node[3] <= i || node[3] >= count ||
            depths[i] == UFX_MODEL_TREE_DEPTH)
            return false;
        deepen(depths, node[2], depths[i]);
        deepen(depths, node[3], depths[i]);
    }
    return count > 0;
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

bool
ufx_forest_open(struct ufx_forest *forest, const int32_t *data, size_t count,
                int32_t features)
{
    size_t at;
    int32_t tree;

    if (count < 4 || data[0] <= 0 || data[0] > features || data[1] < 0 ||
        data[1] > UFX_MODEL_TREES)
        return false;
    forest->trees = (uint32_t)data[1];
    forest->base = data[2];
    forest->group_count = 0;
    at = open_table(&forest->table, data, 3, count);
    if (at == 0)
        return false;
    forest->first_tree = data + at;
    for (tree = 0; tree < data[1]; tree++) {
        int32_t nodes;

        if (at >= count)
            return false;
        nodes = data[at++];
        if (nodes <= 0 || (size_t)nodes > (count - at) / NODE ||
            !check_tree(data + at, nodes, data[0]))
            return false;
        at += (size_t)nodes * NODE;
    }
    while (at < count && forest->group_count < UFX_FOREST_GROUPS) {
        at =
            open_table(&forest->groups[forest->group_count++], data, at, count);
        if (at == 0)
            return false;
    }
    return at == count;
}

int32_t
ufx_forest_score(const struct ufx_forest *forest, const int32_t *features)
{
    const int32_t *at = forest->first_tree;
    int64_t score = forest->base;
    uint32_t tree;

    for (tree = 0; tree < forest->trees; tree++) {
        int32_t nodes = *at++;
        const int32_t *node = at;

        while (node[0] >= 0)
            node =
                at + (size_t)node[features[node[0]] <= node[1] ? 2 : 3] * NODE;
        score += node[1];
        at += (size_t)nodes * NODE;
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
