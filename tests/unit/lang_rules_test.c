/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/rules.h"

#include "unit.h"

#include <stdio.h>

static bool
parse(const char *line, struct ufx_rule *rule, const char **why)
{
    *why = NULL;
    return ufx_rule_parse(line, strlen(line), rule, why);
}

static struct ufx_rule
good(const char *line)
{
    struct ufx_rule rule;
    const char *why;

    if (!parse(line, &rule, &why))
        ck_abort_msg("%s: %s", line, why);
    return rule;
}

START_TEST(one_letter_for_another)
{
    struct ufx_rule rule = good("é\tó\t3.25");

    ck_assert_uint_eq(rule.read_length, 1);
    ck_assert_uint_eq(rule.read[0], 0xE9);
    ck_assert_uint_eq(rule.read[1], 0);
    ck_assert_uint_eq(rule.meant_length, 1);
    ck_assert_uint_eq(rule.meant[0], 0xF3);
    ck_assert_uint_eq(rule.meant[1], 0);
    ck_assert_uint_eq(rule.upper, 0);
    ck_assert_uint_eq(rule.place, UFX_PLACE_ANY);
    ck_assert_uint_eq(rule.cost, 3250);
}
END_TEST

START_TEST(several_letters)
{
    struct ufx_rule rule = good("éo\tó\t2");

    ck_assert_uint_eq(rule.read_length, 2);
    ck_assert_uint_eq(rule.read[1], 'o');
    rule = good("€–‘\tabc\t2");
    ck_assert_uint_eq(rule.read_length, 3);
    ck_assert_uint_eq(rule.read[2], 0x2018);
    ck_assert_uint_eq(rule.meant_length, 3);
    ck_assert_mem_eq(rule.meant, "abc", 3);
}
END_TEST

START_TEST(nothing_on_one_side)
{
    struct ufx_rule rule = good("\tó\t6");

    ck_assert_uint_eq(rule.read_length, 0);
    ck_assert_uint_eq(rule.read[0], 0);
    ck_assert_uint_eq(rule.meant[0], 0xF3);
    rule = good("e\t\t6");
    ck_assert_uint_eq(rule.read_length, 1);
    ck_assert_uint_eq(rule.meant_length, 0);
}
END_TEST

START_TEST(blanks_and_capitals)
{
    struct ufx_rule rule = good("fl\tI\t4\tstart");

    ck_assert_uint_eq(rule.meant[0], 'i');
    ck_assert_uint_eq(rule.upper, 1);
    ck_assert_uint_eq(rule.place, UFX_PLACE_START);
    rule = good("6\taÓ\t4\tend");
    ck_assert_uint_eq(rule.meant[1], 0xF3);
    ck_assert_uint_eq(rule.upper, 2);
    ck_assert_uint_eq(rule.place, UFX_PLACE_END);
    /* U+2423 stands for a blank, on either side. */
    rule = good(";\t␣\t4\tany");
    ck_assert_uint_eq(rule.meant[0], ' ');
    ck_assert_uint_eq(rule.place, UFX_PLACE_ANY);
    rule = good("a␣\ta\t4\t");
    ck_assert_uint_eq(rule.read[1], ' ');
    ck_assert_uint_eq(rule.place, UFX_PLACE_ANY);
}
END_TEST

START_TEST(costs)
{
    static const struct {
        const char *text;
        long cost; /* -1: bad */
    } rows[] = {
        {"0.001", 1},   {"20", 20000},    {"20.000", 20000},
        {"7.5", 7500},  {"12.34", 12340}, {"0.1", 100},
        {"003", 3000},  {"", -1},         {"0", -1},
        {"0.0001", -1}, {"20.001", -1},   {"21", -1},
        {"1.2345", -1}, {"-1", -1},       {"+1", -1},
        {"1e1", -1},    {"1,5", -1},      {".", -1},
        {"1.2.3", -1},  {" 1", -1},       {"99999999999999999999", -1},
        {"inf", -1},    {"0.000", -1},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[100];
        struct ufx_rule rule;
        const char *why;
        bool is;

        snprintf(line, sizeof line, "a\tb\t%s", rows[i].text);
        is = parse(line, &rule, &why);
        ck_assert_msg(is == (rows[i].cost >= 0), "cost %s", rows[i].text);
        if (is)
            ck_assert_msg(rule.cost == rows[i].cost, "cost %s: %u",
                          rows[i].text, rule.cost);
        else
            ck_assert_ptr_nonnull(strstr(why, "cost"));
    }
}
END_TEST

START_TEST(bad_lines)
{
    static const char *const rows[] = {
        "",
        "a",
        "a\tb",
        "abcd\tb\t3",
        "a\tbcde\t3",
        "a\ta\t3",
        "\t\t3",
        "ab\tab\t3",
        "a\tb\t3\tmiddle",
        "a\tb\t3\tstar",
        "a\tb\t3\tstarts",
        "a\tж\t3",
        "a\t€\t3",
        "a\t\xFF\t3",
        "\xFF\ta\t3",
        "\xF0\x9D\x84\x9E\ta\t3",
        "a b 3",
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ufx_rule rule;
        const char *why;

        ck_assert_msg(!parse(rows[i], &rule, &why), "%s is taken", rows[i]);
        ck_assert_ptr_nonnull(why);
        ck_assert_uint_gt(strlen(why), 0);
    }
}
END_TEST

/* A rule reads characters, of 16 bits each, and no end of text. */
START_TEST(odd_characters)
{
    static const struct {
        const char *line;
        size_t length;
        const char *why;
    } cases[] = {
        {"\0\te\t1", 5, "a character that no confusion can have"},
        {"e\t\0\t1", 5, "a character that no confusion can have"},
        {"\xF0\x9F\x98\x80\te\t1", 8, "a character that no confusion can have"},
        {"abcd\te\t1", 8, "more than 3 characters on one side"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ufx_rule rule;
        const char *why = "";

        ck_assert(!ufx_rule_parse(cases[i].line, cases[i].length, &rule, &why));
        ck_assert_str_eq(why, cases[i].why);
    }
}
END_TEST

START_TEST(length_counts)
{
    struct ufx_rule rule;
    const char *why;

    ck_assert(ufx_rule_parse("a\tb\t3\tnonsense", 5, &rule, &why));
    ck_assert_uint_eq(rule.cost, 3000);
    ck_assert(!ufx_rule_parse("a\tb\t3", 4, &rule, &why));
}
END_TEST

START_TEST(order)
{
    /* By the first character read, then by cost, then anyhow but always the
     * same. */
    static const char *const sorted[] = {
        "\ta\t1",    "\ta\t2",         "a\tb\t1",     "a\tc\t1",
        "a\tB\t1.5", "a\tb\t1.5\tend", "ab\tc\t1.6",  "a\tb\t2",
        "b\ta\t1",   "é\ta\t1",        "€\ta\t0.001",
    };
    enum {
        COUNT = sizeof sorted / sizeof *sorted
    };
    size_t i, k;

    for (i = 0; i < COUNT; i++)
        for (k = 0; k < COUNT; k++) {
            struct ufx_rule a = good(sorted[i]), b = good(sorted[k]);
            int is = ufx_rule_compare(&a, &b);
            int back = ufx_rule_compare(&b, &a);

            ck_assert_msg((is == 0) == (i == k), "%s and %s", sorted[i],
                          sorted[k]);
            ck_assert_int_eq(is > 0, back < 0);
            if (a.read[0] == b.read[0] && a.cost == b.cost)
                continue;
            ck_assert_msg((is < 0) == (i < k), "%s and %s", sorted[i],
                          sorted[k]);
        }
}
END_TEST

START_TEST(equal_but_for_the_cost)
{
    static const char *const others[] = {
        "ab\tó\t3", "a\tóa\t3",     "b\tó\t3", "a\to\t3",
        "a\tÓ\t3",  "a\tó\t3\tend", "\tó\t3",  "a\t\t3",
    };
    struct ufx_rule rule = good("a\tó\t3"), other = good("a\tó\t4.5\tany");
    size_t i;

    ck_assert(ufx_rule_equal(&rule, &other));
    ck_assert(ufx_rule_equal(&rule, &rule));
    for (i = 0; i < sizeof others / sizeof *others; i++) {
        other = good(others[i]);
        ck_assert_msg(!ufx_rule_equal(&rule, &other), "%s", others[i]);
    }
}
END_TEST

START_TEST(ranges)
{
    static const char *const lines[] = {
        "\ta\t1",  "\tb\t1",   "\x01\tb\t1",     "a\tb\t1",
        "a\tc\t1", "ab\tc\t1", "\xC3\xBF\ta\t1", "Ā\ta\t1",
        "€\ta\t1", "€€\tb\t1", "ﬁ\tf\t1",
    };
    enum {
        COUNT = sizeof lines / sizeof *lines
    };
    struct ufx_rule rules[COUNT];
    struct ufx_rules view;
    uint32_t cp, i, first, end;

    for (i = 0; i < COUNT; i++)
        rules[i] = good(lines[i]);
    qsort(rules, COUNT, sizeof *rules, ufx_rule_compare);
    ufx_rules_index(&view, rules, COUNT);
    for (cp = 0; cp < 0x10000; cp++) {
        ufx_rules_range(&view, cp, &first, &end);
        if (first > end || end > COUNT)
            ck_abort_msg("U+%04X: %u to %u", (unsigned)cp, (unsigned)first,
                         (unsigned)end);
        for (i = 0; i < COUNT; i++)
            if ((rules[i].read[0] == cp) != (i >= first && i < end))
                ck_abort_msg("U+%04X: rule %u", (unsigned)cp, (unsigned)i);
    }
    ufx_rules_range(&view, 0x110080, &first, &end);
    ck_assert_uint_eq(first, end);
}
END_TEST

START_TEST(no_rules)
{
    struct ufx_rules view;
    uint32_t first = 1, end = 2;

    ufx_rules_index(&view, NULL, 0);
    ufx_rules_range(&view, 'a', &first, &end);
    ck_assert_uint_eq(first, end);
    ufx_rules_range(&view, 0x20AC, &first, &end);
    ck_assert_uint_eq(first, end);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        odd_characters,
        one_letter_for_another,
        several_letters,
        nothing_on_one_side,
        blanks_and_capitals,
        costs,
        bad_lines,
        length_counts,
        order,
        equal_but_for_the_cost,
        ranges,
        no_rules,
    };

    return unit_run("lang/rules", tests, sizeof tests / sizeof *tests);
}
