/* SPDX-License-Identifier: MPL-2.0 */
#include "base/sort.h"

#include "unit.h"

/* Larger than what is swapped at once. */
struct item {
    char padding[70];
    uint32_t key;
};

static int
compare_items(const void *left, const void *right)
{
    const struct item *a = left, *b = right;

    return a->key < b->key ? -1 : a->key > b->key;
}

/* Sorts `count` items with keys below `range` and looks at the order and at
 * the sum: none was lost. */
static void
check(size_t count, uint32_t range)
{
    struct item *items = malloc((count + 1) * sizeof *items);
    uint64_t seed = count + range, sum = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        items[i].key = (uint32_t)unit_below(&seed, range);
        memset(items[i].padding, (int)items[i].key, sizeof items[i].padding);
        sum += items[i].key;
    }
    ufx_sort(items, count, sizeof *items, compare_items);
    for (i = 0; i < count; i++) {
        if (i > 0)
            ck_assert_uint_le(items[i - 1].key, items[i].key);
        ck_assert_int_eq(items[i].padding[69], (char)items[i].key);
        sum -= items[i].key;
    }
    ck_assert_uint_eq(sum, 0);
    free(items);
}

START_TEST(sorts)
{
    size_t count;

    for (count = 0; count < 40; count++) {
        check(count, 1);
        check(count, 3);
        check(count, 1000);
    }
    check(5000, 100);
    check(5000, 1000000);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {sorts};

    return unit_run("base/sort", tests, sizeof tests / sizeof *tests);
}
