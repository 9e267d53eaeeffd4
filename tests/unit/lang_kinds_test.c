/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/kinds.h"

#include "unit.h"

/* "unha" and "dun" in capitals or not; sorted by key once. */
static struct ufx_kind_row rows[2];
static const char names[] = "own\0first\0second\0old\0gl";
static struct ufx_kinds kinds = {rows, 2, names, sizeof names};

static const uint32_t unha[] = {'u', 'n', 'h', 'a'};
static const uint32_t capital[] = {'U', 'N', 'H', 'A'};
static const uint32_t dun[] = {'d', 'u', 'n'};
static const uint32_t other[] = {'d', 'u', 'n', 'a'};

static void
make_rows(void)
{
    uint32_t a = ufx_kinds_key(unha, 4), b = ufx_kinds_key(dun, 3);

    rows[a > b] = (struct ufx_kind_row){a, 16};
    rows[a <= b] = (struct ufx_kind_row){b, 2};
}

START_TEST(words_tell_their_kinds)
{
    make_rows();
    ck_assert_uint_eq(ufx_kinds_find(&kinds, unha, 4), 16);
    ck_assert_uint_eq(ufx_kinds_find(&kinds, capital, 4), 16);
    ck_assert_uint_eq(ufx_kinds_find(&kinds, dun, 3), 2);
    ck_assert_uint_eq(ufx_kinds_find(&kinds, other, 4), 0);
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(ufx_kinds_name(&kinds, UFX_KIND_OWN), "own");
    ck_assert_str_eq(ufx_kinds_name(&kinds, UFX_KIND_LANGUAGES), "gl");
    ck_assert_str_eq(ufx_kinds_name(&kinds, UFX_KINDS), "");
    ck_assert(ufx_kinds_check(&kinds));
}
END_TEST

/* What a damaged image holds: names that do not end, or nothing at all. */
START_TEST(names_must_end)
{
    struct ufx_kinds damaged = {rows, 2, names, sizeof names - 1};
    struct ufx_kinds empty = {NULL, 0, names, 0};

    ck_assert(!ufx_kinds_check(&damaged));
    ck_assert(ufx_kinds_check(&empty));
    ck_assert_uint_eq(ufx_kinds_find(&empty, unha, 4), 0);
    ck_assert_str_eq(ufx_kinds_name(&empty, UFX_KIND_OWN), "");
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {words_tell_their_kinds, kinds_have_names,
                                  names_must_end};

    return unit_run("lang/kinds", tests, sizeof tests / sizeof *tests);
}
