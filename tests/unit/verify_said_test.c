/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/said.h"

#include "unit.h"

static struct ufx_said said;

static void
begin(const unfix_evidence *list, size_t count)
{
    const char *why = NULL;

    said = (struct ufx_said){.memory = ufx_memory_from(NULL)};
    ufx_said_start(&said);
    ck_assert_int_eq(ufx_said_add(&said, list, count, 0, &why), UNFIX_OK);
    ck_assert_ptr_null(why);
}

static void
check(uint64_t start, uint64_t end, int mean, int lowest, int rank, int median,
      int around)
{
    struct ufx_said_figures f;

    ufx_said_describe(&said, start, end, &f);
    ck_assert_int_eq(f.mean, mean);
    ck_assert_int_eq(f.lowest, lowest);
    ck_assert_int_eq(f.rank, rank);
    ck_assert_int_eq(f.median, median);
    ck_assert_int_eq(f.around, around);
}

static const unfix_evidence words[] = {
    {0, 3, 900, NULL, 0},  {4, 3, 500, NULL, 0},  {8, 3, 960, NULL, 0},
    {12, 3, 960, NULL, 0}, {16, 3, 700, NULL, 0},
};

START_TEST(figures_of_a_place)
{
    begin(words, 5);
    ufx_said_window(&said, 0, 100);
    check(4, 7, 500, 500, 0, 900, (900 + 960 + 960) / 3);
    check(8, 11, 960, 960, 600, 900, (900 + 500 + 960 + 700) / 4);
    check(5, 6, 500, 500, 0, 900, (900 + 960 + 960) / 3);
    /* Two words, and the blank between them. */
    check(2, 5, 700, 500, 0, 900, 960);
    check(3, 4, -1, -1, -1, 900, (900 + 500 + 960) / 3);
    check(40, 50, -1, -1, -1, 900, (960 + 700) / 2);
    ufx_said_free(&said);
}
END_TEST

START_TEST(nothing_is_said)
{
    begin(NULL, 0);
    ufx_said_window(&said, 0, 100);
    check(0, 5, -1, -1, -1, -1, -1);
    ufx_said_free(&said);
}
END_TEST

/* Each window has figures of its own, and what lies before is gone. */
START_TEST(windows)
{
    begin(words, 5);
    ufx_said_window(&said, 0, 8);
    check(4, 7, 500, 500, 0, 900, 900);
    ufx_said_window(&said, 8, 8);
    ck_assert_uint_eq(said.count, 3);
    check(0, 3, 960, 960, 0, 960, 960);
    ufx_said_window(&said, 16, 8);
    check(0, 3, 700, 700, 0, 700, -1);
    ufx_said_window(&said, 24, 8);
    check(0, 3, -1, -1, -1, -1, -1);
    ufx_said_start(&said);
    ck_assert_uint_eq(said.count, 0);
    ufx_said_free(&said);
}
END_TEST

START_TEST(what_is_refused)
{
    static const unfix_evidence bad[][2] = {
        {{20, 3, 1001, NULL, 0}, {30, 3, 5, NULL, 0}},
        {{20, 3, 5, NULL, 0}, {22, 3, 5, NULL, 0}},
        {{20, 3, 5, NULL, 0}, {10, 3, 5, NULL, 0}},
        {{18, 3, 5, NULL, 0}, {22, 3, 5, NULL, 0}},
        {{20, UINT64_MAX - 10, 5, NULL, 0}, {0, 0, 5, NULL, 0}},
    };
    const char *why;
    size_t i;

    begin(words, 5);
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(ufx_said_add(&said, bad[i], 2, 0, &why),
                         UNFIX_ERROR_ARGUMENT);
        ck_assert_ptr_nonnull(why);
        ck_assert_uint_eq(said.count, 5);
    }
    ck_assert_int_eq(
        ufx_said_add(&said, &(unfix_evidence){20, 3, 5, NULL, 0}, 1, 21, &why),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(ufx_said_add(&said,
                                  &(unfix_evidence){20, 3, 1000, NULL, 0}, 1,
                                  20, &why),
                     UNFIX_OK);
    ck_assert_uint_eq(said.count, 6);
    ufx_said_free(&said);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {figures_of_a_place, nothing_is_said, windows,
                                  what_is_refused};

    return unit_run("verify/said", tests, sizeof tests / sizeof *tests);
}
