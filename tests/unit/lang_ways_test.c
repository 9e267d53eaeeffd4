/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/ways.h"

#include "unit.h"

/* Sorted by what is read. */
static const struct ufx_sequence rows[] = {
    {{'#'}, {0}, 1, 0, 1},
    {{'&', 'n', ';'}, {0xF1}, 3, 1, 0},
    {{'(', 'c', UFX_WAY_DIGITS, ')'}, {0}, 4, 0, 1},
    {{0xC3, 0xB3}, {0xF3}, 2, 1, 0},
    {{0xC3, 0xB3, 'x'}, {0xF3, 'x'}, 3, 2, 0},
};
static const struct ufx_way ways[] = {
    {"spelt", UFX_WAY_SPELLING, 0, 0},
    {"any", UFX_WAY_WILD, 1, 0},
};
static const struct ufx_way_count counts[2 * UFX_WAY_SITUATIONS];
static uint8_t triggers[2 * UFX_WAY_BITMAP];

static struct ufx_ways
make(void)
{
    return (struct ufx_ways){.ways = ways,
                             .rows = rows,
                             .triggers = triggers,
                             .counts = counts,
                             .way_count = 2,
                             .row_count = sizeof rows / sizeof *rows};
}

/* The rows that fit the beginning of `text`, and what each takes. */
static size_t
match(const char *text, struct ufx_way_match *matches, size_t most)
{
    struct ufx_ways table = make();
    uint32_t chars[20];
    size_t i, n = strlen(text);

    ck_assert(ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    for (i = 0; i < n; i++)
        chars[i] = (unsigned char)text[i];
    return ufx_ways_match(&table, chars, n, matches, most);
}

START_TEST(sequences)
{
    struct ufx_way_match m[4];

    ck_assert_uint_eq(match("", m, 4), 0);
    ck_assert_uint_eq(match("a#", m, 4), 0);
    ck_assert_uint_eq(match("#a", m, 4), 1);
    ck_assert_uint_eq(m[0].row, 0);
    ck_assert_uint_eq(m[0].length, 1);
    ck_assert_uint_eq(match("&n", m, 4), 0);
    ck_assert_uint_eq(match("&n;o", m, 4), 1);
    ck_assert_uint_eq(m[0].row, 1);
    ck_assert_uint_eq(m[0].length, 3);
    /* The shorter first, and no more than there is room for. */
    ck_assert_uint_eq(match("\xC3\xB3x", m, 4), 2);
    ck_assert_uint_eq(m[0].row, 3);
    ck_assert_uint_eq(m[1].row, 4);
    ck_assert_uint_eq(m[1].length, 3);
    ck_assert_uint_eq(match("\xC3\xB3x", m, 1), 1);
}
END_TEST

START_TEST(digits)
{
    struct ufx_way_match m[4];

    ck_assert_uint_eq(match("(c)", m, 4), 0);
    ck_assert_uint_eq(match("(c7)", m, 4), 1);
    ck_assert_uint_eq(m[0].length, 4);
    ck_assert_uint_eq(match("(c1234)x", m, 4), 1);
    ck_assert_uint_eq(m[0].row, 2);
    ck_assert_uint_eq(m[0].length, 7);
    ck_assert_uint_eq(match("(c12", m, 4), 0);
    ck_assert_uint_eq(match("(cx)", m, 4), 0);
}
END_TEST

START_TEST(checked)
{
    struct ufx_sequence bad[sizeof rows / sizeof *rows];
    struct ufx_way bad_ways[2];
    struct ufx_ways table = make();

    ck_assert(ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    ck_assert_uint_eq(table.family_count, 2);
    ck_assert(
        !ufx_ways_check(&table, sizeof triggers - 1, 2 * UFX_WAY_SITUATIONS));
    ck_assert(!ufx_ways_check(&table, sizeof triggers, UFX_WAY_SITUATIONS));
    table.rows = bad;
    memcpy(bad, rows, sizeof rows);
    bad[1].way = 2;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    memcpy(bad, rows, sizeof rows);
    bad[4].read_length = UFX_WAY_READ + 1;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    memcpy(bad, rows, sizeof rows);
    bad[0].read_length = 0;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    memcpy(bad, rows, sizeof rows);
    bad[2].meant_length = UFX_WAY_MEANT + 1;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    table = make();
    table.ways = bad_ways;
    memcpy(bad_ways, ways, sizeof ways);
    bad_ways[1].kind = UFX_WAY_KINDS;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    memcpy(bad_ways, ways, sizeof ways);
    bad_ways[0].family = UFX_WAY_FAMILIES;
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    memcpy(bad_ways, ways, sizeof ways);
    memset(bad_ways[0].name, 'x', sizeof bad_ways[0].name);
    ck_assert(!ufx_ways_check(&table, sizeof triggers, 2 * UFX_WAY_SITUATIONS));
    /* A language without them. */
    table.row_count = 0;
    ck_assert(ufx_ways_check(&table, 0, 0));
}
END_TEST

START_TEST(bits)
{
    struct ufx_ways table = make();

    triggers[0xC3 / 8] |= 1 << 0xC3 % 8;
    triggers[UFX_WAY_BITMAP + 0xB4 / 8] |= 1 << 0xB4 % 8;
    ck_assert(ufx_ways_is_trigger(&table, 0xC3));
    ck_assert(!ufx_ways_is_trigger(&table, 0xB4));
    ck_assert(ufx_ways_reaches(&table, 0xB4));
    ck_assert(!ufx_ways_reaches(&table, 0xC3));
    ck_assert(!ufx_ways_is_trigger(&table, 0x100C3));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {sequences, digits, checked, bits};

    return unit_run("lang/ways", tests, sizeof tests / sizeof *tests);
}
