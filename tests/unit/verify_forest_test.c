/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/forest.h"

#include "base/limits.h"

#include "unit.h"

enum {
    FEATURES = 3
};

/* Two trees: feature 0 at most 10 gives -100, else feature 2 at most -5 gives
 * 30, else 400; the other is a leaf of 7.  Base 1000. */
static const int32_t sound[] = {
    FEATURES,
    2,
    1000,
    3,
    /* table */
    500,
    100,
    1000,
    600,
    1400,
    990,
    /* first tree */
    5,
    0,
    10,
    1,
    2,
    -1,
    -100,
    0,
    0,
    2,
    -5,
    3,
    4,
    -1,
    30,
    0,
    0,
    -1,
    400,
    0,
    0,
    /* second tree */
    1,
    -1,
    7,
    0,
    0,
};
enum {
    COUNT = sizeof sound / sizeof *sound
};

static struct ufx_forest forest;
static struct ufx_buffer image;
static struct unit_memory memory;

/* Lays it out and opens it; false if it is damaged.  What another text left is
 * let go of. */
static bool
opens(const int32_t *data, size_t count)
{
    unfix_status status;

    ufx_buffer_free(&image);
    ck_assert_uint_eq(memory.live, 0);
    unit_memory_init(&memory, 0);
    ufx_buffer_init(&image, &memory.memory);
    status = ufx_forest_lay(&image, &memory.memory, data, count);
    ck_assert(status == UNFIX_OK || status == UNFIX_ERROR_FORMAT);
    return status == UNFIX_OK &&
           ufx_forest_open(&forest, (const int32_t *)(const void *)image.data,
                           image.length / sizeof *data, FEATURES);
}

static int32_t
score(int32_t first, int32_t second, int32_t third)
{
    int32_t features[FEATURES];

    features[0] = first;
    features[1] = second;
    features[2] = third;
    return ufx_forest_score(&forest, features);
}

START_TEST(leaves_add_up)
{
    ck_assert(opens(sound, COUNT));
    /* A value at most the threshold goes left. */
    ck_assert_int_eq(score(9, 0, 0), 1000 - 100 + 7);
    ck_assert_int_eq(score(10, 0, 0), 1000 - 100 + 7);
    ck_assert_int_eq(score(11, 0, -5), 1000 + 30 + 7);
    ck_assert_int_eq(score(11, 0, -4), 1000 + 400 + 7);
    ck_assert_int_eq(score(INT32_MIN, 5, 5), 907);
    ck_assert_int_eq(score(INT32_MAX, 5, INT32_MAX), 1407);
}
END_TEST

START_TEST(table_is_interpolated)
{
    ck_assert(opens(sound, COUNT));
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, INT32_MIN), 100);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 500), 100);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 750), 350);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 999), 599);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 1000), 600);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 1200), 795);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 1400), 990);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, INT32_MAX), 990);
}
END_TEST

START_TEST(confidence_never_falls)
{
    static const int32_t wide[] = {FEATURES, 0, 0, 4, INT32_MIN, 0,
                                   -7,       3, 0, 3, INT32_MAX, 1000};
    uint32_t last = 0, next;
    int64_t at;

    ck_assert(opens(wide, sizeof wide / sizeof *wide));
    for (at = INT32_MIN; at <= INT32_MAX; at += 1000003) {
        next = ufx_forest_confidence(&forest, 0, (int32_t)at);
        if (next < last || next > 1000)
            ck_abort_msg("%d: %u after %u", (int)at, (unsigned)next,
                         (unsigned)last);
        last = next;
    }
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, 0), 3);
    ck_assert_uint_eq(ufx_forest_confidence(&forest, 0, INT32_MAX), 1000);
}
END_TEST

START_TEST(no_trees)
{
    static const int32_t none[] = {FEATURES, 0, -42, 2, 0, 0, 1, 1};

    ck_assert(opens(none, 8));
    ck_assert_int_eq(score(1, 2, 3), -42);
}
END_TEST

/* Sums that do not fit do not wrap. */
START_TEST(large_leaves)
{
    static const int32_t high[] = {
        FEATURES, 2,         INT32_MAX, 2, 0, 0,  1,         1, 1,
        -1,       INT32_MAX, 0,         0, 1, -1, INT32_MAX, 0, 0};
    int32_t low[sizeof high / sizeof *high];

    ck_assert(opens(high, 18));
    ck_assert_int_gt(score(0, 0, 0), 100000);
    memcpy(low, high, sizeof high);
    low[2] = low[10] = low[15] = INT32_MIN;
    ck_assert(opens(low, 18));
    ck_assert_int_lt(score(0, 0, 0), -100000);
}
END_TEST

/* ---- Several trees at once ---- */

enum {
    MANY = 21,      /* trees, more than stand side by side */
    TREE_NODES = 15 /* of each: three levels and their leaves */
};

/* Trees of random numbers; *data has room for all of them. */
static size_t
make_trees(int32_t *data, uint64_t *seed)
{
    size_t count = 8;
    int32_t tree, i;

    memcpy(data, (const int32_t[]){FEATURES, MANY, 0, 2, 0, 0, 1, 1},
           count * sizeof *data);
    for (tree = 0; tree < MANY; tree++) {
        data[count++] = TREE_NODES;
        for (i = 0; i < TREE_NODES; i++) {
            int32_t value = (int32_t)unit_below(seed, 21) - 10;
            bool inner = 2 * i + 2 < TREE_NODES;

            memcpy(data + count,
                   (const int32_t[]){
                       inner ? (int32_t)unit_below(seed, FEATURES) : -1, value,
                       inner ? 2 * i + 1 : 0, inner ? 2 * i + 2 : 0},
                   4 * sizeof *data);
            count += 4;
        }
    }
    return count;
}

/* The same by the learned trees. */
static int32_t
sum_of(const int32_t *data, const int32_t *features)
{
    int32_t sum = 0, tree;

    for (tree = 0; tree < MANY; tree++) {
        const int32_t *nodes = data + 9 + (size_t)tree * (1 + 4 * TREE_NODES);
        const int32_t *node = nodes;

        while (node[0] != -1)
            node =
                nodes +
                (size_t)4 * (size_t)node[features[node[0]] <= node[1] ? 2 : 3];
        sum += node[1];
    }
    return sum;
}

START_TEST(side_by_side_is_one_by_one)
{
    int32_t data[8 + MANY * (1 + 4 * TREE_NODES)];
    uint64_t seed = 5;
    size_t round, i;

    for (round = 0; round < 200; round++) {
        ck_assert(opens(data, make_trees(data, &seed)));
        for (i = 0; i < 50; i++) {
            int32_t features[FEATURES], k;

            for (k = 0; k < FEATURES; k++)
                features[k] = i == 0   ? INT32_MIN
                              : i == 1 ? INT32_MAX
                                       : (int32_t)unit_below(&seed, 25) - 12;
            forest.plain = (i & 1) != 0;
            ck_assert_int_eq(ufx_forest_score(&forest, features),
                             sum_of(data, features));
            forest.plain = !forest.plain;
            ck_assert_int_eq(ufx_forest_score(&forest, features),
                             sum_of(data, features));
        }
    }
}
END_TEST

/* ---- Damage ---- */

static void
check_refused(size_t at, int32_t value)
{
    int32_t bad[COUNT];

    memcpy(bad, sound, sizeof sound);
    ck_assert(opens(bad, COUNT));
    bad[at] = value;
    ck_assert_msg(!opens(bad, COUNT), "number %zu as %d", at, (int)value);
}

START_TEST(damage_is_found)
{
    check_refused(0, FEATURES + 1);
    check_refused(0, FEATURES - 1);
    check_refused(1, 1); /* trees too few, too many, none at all */
    check_refused(1, 3);
    check_refused(1, -1);
    check_refused(3, 1); /* table too short, too long */
    check_refused(3, -1);
    check_refused(3, 1000000);
    check_refused(5, -1); /* no probability */
    check_refused(9, 1001);
    check_refused(6, 500); /* scores that do not rise */
    check_refused(9, 599); /* a probability that falls */
    check_refused(10, 0);  /* nodes */
    check_refused(10, -1);
    check_refused(10, 4);
    check_refused(10, INT32_MAX);
    check_refused(11, FEATURES); /* features */
    check_refused(11, -2);
    check_refused(13, 0); /* children before, at or out of the tree */
    check_refused(13, -1);
    check_refused(14, 5);
    check_refused(21, 2);
    check_refused(22, INT32_MIN);
}
END_TEST

START_TEST(cut_short)
{
    size_t n;

    for (n = 0; n < COUNT; n++) {
        int32_t *cut = malloc((n + 1) * sizeof *cut);

        cut = realloc(cut, n == 0 ? 1 : n * sizeof *cut);
        memcpy(cut, sound, n * sizeof *cut);
        ck_assert_msg(!opens(cut, n), "%zu", n);
        free(cut);
    }
    /* And something after the end. */
    {
        int32_t more[COUNT + 1] = {0};

        memcpy(more, sound, sizeof sound);
        ck_assert(!opens(more, COUNT + 1));
    }
}
END_TEST

/* What opens can be used, whatever it says. */
START_TEST(what_opens_is_harmless)
{
    uint64_t seed = 31;
    size_t round, opened = 0;

    for (round = 0; round < 20000; round++) {
        int32_t *data = malloc(sizeof sound);
        size_t changes = 1 + unit_below(&seed, 3);

        memcpy(data, sound, sizeof sound);
        while (changes-- > 0)
            data[unit_below(&seed, COUNT)] =
                unit_below(&seed, 4) == 0 ? (int32_t)unit_random(&seed)
                                          : (int32_t)unit_below(&seed, 8) - 2;
        if (opens(data, COUNT)) {
            int32_t sum = score((int32_t)unit_random(&seed), 0,
                                (int32_t)unit_random(&seed));

            opened++;
            if (ufx_forest_confidence(&forest, 0, sum) > 1000)
                ck_abort_msg("more than certain");
        }
        free(data);
    }
    ck_assert_uint_gt(opened, 100);
}
END_TEST

/* The same of one that an image has: nothing in its trees is proven. */
START_TEST(laid_out_anyhow_is_harmless)
{
    int32_t data[8 + MANY * (1 + 4 * TREE_NODES)];
    uint64_t seed = 8;
    size_t round, opened = 0;

    for (round = 0; round < 5000; round++) {
        size_t changes = 1 + unit_below(&seed, 40), count;
        int32_t *laid;

        if (round % 100 == 0)
            ck_assert(opens(data, make_trees(data, &seed)));
        count = image.length / sizeof *laid - unit_below(&seed, 2);
        laid = malloc(count * sizeof *laid);
        memcpy(laid, image.data, count * sizeof *laid);
        while (changes-- > 0)
            laid[unit_below(&seed, count)] = (int32_t)unit_random(&seed);
        if (ufx_forest_open(&forest, laid, count, FEATURES)) {
            int32_t sum = score((int32_t)unit_random(&seed), 0,
                                (int32_t)unit_random(&seed)),
                    plain;

            opened++;
            forest.plain = true;
            plain = score(0, 0, 0);
            forest.plain = false;
            ck_assert_int_eq(score(0, 0, 0), plain);
            if (ufx_forest_confidence(&forest, 0, sum) > 1000)
                ck_abort_msg("more than certain");
        }
        free(laid);
    }
    ck_assert_uint_gt(opened, 1000);
}
END_TEST

/* A chain of so many nodes, as one tree. */
static bool
opens_chain(int32_t nodes)
{
    const size_t count = 9 + 4 * (size_t)nodes;
    int32_t *data = malloc(count * sizeof *data), i;
    bool good;

    memcpy(data, (const int32_t[]){FEATURES, 1, 0, 2, 0, 0, 1, 1, nodes},
           9 * sizeof *data);
    for (i = 0; i < nodes; i++)
        memcpy(data + 9 + 4 * i,
               i + 1 < nodes ? (const int32_t[]){0, i, i + 1, nodes - 1}
                             : (const int32_t[]){-1, 5, 0, 0},
               4 * sizeof *data);
    good = opens(data, count);
    free(data);
    return good;
}

START_TEST(memory_may_run_out)
{
    unfix_status status;
    size_t k;

    for (k = 1;; k++) {
        ufx_buffer_free(&image);
        ck_assert_uint_eq(memory.live, 0);
        unit_memory_init(&memory, k);
        ufx_buffer_init(&image, &memory.memory);
        status = ufx_forest_lay(&image, &memory.memory, sound, COUNT);
        if (status == UNFIX_OK)
            break;
        ck_assert_int_eq(status, UNFIX_ERROR_MEMORY);
    }
    ck_assert_uint_gt(k, 2);
    ck_assert(ufx_forest_open(&forest,
                              (const int32_t *)(const void *)image.data,
                              image.length / sizeof *sound, FEATURES));
    ck_assert_int_eq(score(9, 0, 0), 1000 - 100 + 7);
}
END_TEST

/* A tree takes as many steps as it is deep. */
START_TEST(depth_is_bounded)
{
    ck_assert(opens_chain(UFX_MODEL_TREE_DEPTH + 1));
    ck_assert(!opens_chain(UFX_MODEL_TREE_DEPTH + 2));
    ck_assert(!opens_chain(UFX_MODEL_TREE_NODES + 1));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        leaves_add_up,
        table_is_interpolated,
        confidence_never_falls,
        no_trees,
        large_leaves,
        damage_is_found,
        cut_short,
        what_opens_is_harmless,
        depth_is_bounded,
        memory_may_run_out,
        side_by_side_is_one_by_one,
        laid_out_anyhow_is_harmless,
    };

    return unit_run("verify/forest", tests, sizeof tests / sizeof *tests);
}
