/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/forest.h"

#define NODE 4 /* numbers a node takes */

static bool
check_tree(const int32_t *nodes, int32_t count, int32_t features)
{
    int32_t i;

    for (i = 0; i < count; i++) {
        const int32_t *node = nodes + (size_t)i * NODE;

        if (node[0] == -1)
            continue;
        if (node[0] < 0 || node[0] >= features || node[2] <= i ||
            node[2] >= count || node[3] <= i || node[3] >= count)
            return false;
    }
    return count > 0;
}

bool
ufx_forest_open(struct ufx_forest *forest, const int32_t *data, size_t count,
                int32_t features)
{
    size_t at;
    int32_t tree, i;

    if (count < 4 || data[0] != features || data[1] < 0 || data[3] < 2 ||
        (size_t)data[3] > (count - 4) / 2)
        return false;
    forest->trees = (uint32_t)data[1];
    forest->base = data[2];
    forest->table_count = (uint32_t)data[3];
    forest->table = data + 4;
    for (i = 0; i < data[3]; i++) {
        int32_t probability = forest->table[2 * i + 1];

        if (probability < 0 || probability > 1000 ||
            (i > 0 && (forest->table[2 * i] <= forest->table[2 * i - 2] ||
                       probability < forest->table[2 * i - 1])))
            return false;
    }
    at = 4 + 2 * (size_t)data[3];
    forest->first_tree = data + at;
    for (tree = 0; tree < data[1]; tree++) {
        int32_t nodes;

        if (at >= count)
            return false;
        nodes = data[at++];
        if (nodes <= 0 || (size_t)nodes > (count - at) / NODE ||
            !check_tree(data + at, nodes, features))
            return false;
        at += (size_t)nodes * NODE;
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
ufx_forest_confidence(const struct ufx_forest *forest, int32_t score)
{
    const int32_t *table = forest->table;
    uint32_t low = 0, high = forest->table_count - 1;
    int64_t span, rise;

    if (score <= table[0])
        return (uint32_t)table[1];
    if (score >= table[2 * high])
        return (uint32_t)table[2 * high + 1];
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;

        if (table[2 * middle] <= score)
            low = middle;
        else
            high = middle;
    }
    span = (int64_t)table[2 * high] - table[2 * low];
    rise = (int64_t)table[2 * high + 1] - table[2 * low + 1];
    return (uint32_t)(table[2 * low + 1] +
                      rise * ((int64_t)score - table[2 * low]) / span);
}
