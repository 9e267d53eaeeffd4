/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/forest.h"

#include "base/limits.h"
#include "base/numeric.h"

#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__)
#define TOGETHER 8 /* trees */
#include <immintrin.h>
#endif

/* Numbers before the tables. */
#define HEAD 5

size_t
ufx_forest_table_open(struct ufx_forest_table *table, const int32_t *data,
                      size_t at, size_t count)
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
    size_t at = HEAD;
    int32_t i;

    if (count < HEAD || data[0] <= 0 || data[0] > features ||
        data[0] > UFX_FOREST_FEATURES || data[1] < 0 ||
        data[1] > UFX_MODEL_TREES || data[3] < UFX_MODEL_TREE_DEPTH_LEAST ||
        data[3] > UFX_MODEL_TREE_DEPTH || data[4] < 0 ||
        data[4] > UFX_FOREST_GROUPS)
        return false;
    *forest = (struct ufx_forest){.trees = (uint32_t)data[1],
                                  .base = data[2],
                                  .depth = (uint32_t)data[3],
                                  .features = (uint32_t)data[0],
                                  .group_count = (uint32_t)data[4]};
    for (i = -1; i < data[4]; i++) {
        at = ufx_forest_table_open(i < 0 ? &forest->table : &forest->groups[i],
                                   data, at, count);
        if (at == 0)
            return false;
    }
    forest->tree = data + at;
    return count - at ==
           forest->trees * ufx_forest_tree_size(forest->depth) + 1;
}

/* Goes down one tree to a leaf.  (A feature that there is not is the least
 * number.) */
static inline uint32_t
walk(const uint32_t *tree, uint32_t depth, const uint32_t *known)
{
    const uint8_t *features = (const uint8_t *)(tree + ((size_t)2 << depth));
    uint32_t at = 1, i;

    for (i = 0; i < depth; i++)
        at += at + (tree[at] < known[features[at]]);
    return tree[at];
}

/* As deep as trees are learned. */
#define DEPTH 7

/* The leaves of trees, one after the other. */
static int64_t
add_leaves(const struct ufx_forest *forest, const int32_t *features,
           uint32_t from)
{
    const size_t size = ufx_forest_tree_size(forest->depth);
    uint32_t known[UFX_FOREST_FEATURES + 1] = {0}, i;
    int64_t sum = 0;

    for (i = 0; i < forest->features; i++)
        known[i] = ufx_forest_above(features[i]);
    for (i = from; i < forest->trees; i++) {
        const uint32_t *tree = (const uint32_t *)forest->tree + i * size;

        sum += (int32_t)(forest->depth == DEPTH
                             ? walk(tree, DEPTH, known)
                             : walk(tree, forest->depth, known));
    }
    return sum;
}

#ifdef TOGETHER
/* Walks down as many trees side by side, each in a lane of its own. */
__attribute__((target("avx2"))) static __m256i
walk_together(const int32_t *trees, uint32_t depth, const int32_t *known)
{
    const int size = (int)ufx_forest_tree_size(depth);
    const __m256i first = _mm256_mullo_epi32(
        _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(size));
    const __m256i bytes = _mm256_add_epi32(_mm256_slli_epi32(first, 2),
                                           _mm256_set1_epi32(8 << depth));
    const __m256i least = _mm256_set1_epi32(INT32_MIN);
    __m256i at = _mm256_set1_epi32(1);
    uint32_t i;

    for (i = 0; i < depth; i++) {
        __m256i threshold = _mm256_i32gather_epi32(
            trees, _mm256_add_epi32(first, at), sizeof *trees);
        __m256i feature = _mm256_and_si256(
            _mm256_i32gather_epi32(trees, _mm256_add_epi32(bytes, at), 1),
            _mm256_set1_epi32(0xFF));
        __m256i value = _mm256_i32gather_epi32(known, feature, sizeof *known);

        at = _mm256_sub_epi32(
            _mm256_add_epi32(at, at),
            _mm256_cmpgt_epi32(value, _mm256_xor_si256(threshold, least)));
    }
    return _mm256_i32gather_epi32(trees, _mm256_add_epi32(first, at),
                                  sizeof *trees);
}

/* The leaves of the trees that stand together, and in *done how many these
 * are. */
__attribute__((target("avx2"))) static int64_t
add_together(const struct ufx_forest *forest, const int32_t *features,
             uint32_t *done)
{
    const size_t size = ufx_forest_tree_size(forest->depth);
    int32_t known[UFX_FOREST_FEATURES + 1];
    __m256i sum = _mm256_setzero_si256();
    int64_t sums[4];
    uint32_t i;

    for (i = 0; i <= UFX_FOREST_FEATURES; i++)
        known[i] = i < forest->features ? features[i] : INT32_MIN;
    for (i = 0; i + TOGETHER <= forest->trees; i += TOGETHER) {
        __m256i leaves =
            walk_together(forest->tree + i * size, forest->depth, known);

        sum = _mm256_add_epi64(
            sum, _mm256_cvtepi32_epi64(_mm256_castsi256_si128(leaves)));
        sum = _mm256_add_epi64(
            sum, _mm256_cvtepi32_epi64(_mm256_extracti128_si256(leaves, 1)));
    }
    *done = i;
    _mm256_storeu_si256((__m256i *)(void *)sums, sum);
    return sums[0] + sums[1] + sums[2] + sums[3];
}
#endif

int32_t
ufx_forest_score(const struct ufx_forest *forest, const int32_t *features)
{
    int64_t score = forest->base;
    uint32_t done = 0;

#ifdef TOGETHER
    if (!forest->plain && __builtin_cpu_supports("avx2"))
        score += add_together(forest, features, &done);
#endif
    score += add_leaves(forest, features, done);
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
