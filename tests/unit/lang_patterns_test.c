/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/patterns.h"
#include "lang/pieces.h"

#include "unit.h"

#include <string.h>

static struct ufx_pattern pattern;

static bool
parses(const char *line)
{
    const char *why = "";

    ck_assert(ufx_pattern_is(line, strlen(line)));
    return ufx_pattern_parse(line, strlen(line), &pattern, &why);
}

START_TEST(contexts)
{
    ck_assert(
        parses("form\tdate\t~month ~of|,?\t9{4}\t+. item* Aa\tyear\tprove\t"
               "1500\t20"));
    ck_assert_int_eq(pattern.class, UNFIX_CLASS_DATE);
    ck_assert_int_eq(pattern.valid, UFX_VALID_YEAR);
    ck_assert_int_eq(pattern.how, UFX_HOW_PROVE);
    ck_assert_uint_eq(pattern.cost, 1500);
    ck_assert_uint_eq(pattern.doubt, 20);
    /* The nearest first. */
    ck_assert_uint_eq(pattern.before_count, 2);
    ck_assert_uint_eq(pattern.before[0].rows, 1u << UFX_FORM_OF);
    ck_assert_uint_eq(pattern.before[0].classes, UINT64_C(1)
                                                     << UFX_PIECE_COMMA);
    ck_assert_int_eq(pattern.before[0].times, UFX_TIMES_MAYBE);
    ck_assert_int_eq(pattern.before[0].glue, UFX_GLUE_ANY);
    ck_assert_uint_eq(pattern.before[1].rows, 1u << UFX_FORM_MONTH);
    ck_assert_uint_eq(pattern.after_count, 3);
    ck_assert_int_eq(pattern.after[0].glue, UFX_GLUE_NONE);
    ck_assert_int_eq(pattern.after[1].times, UFX_TIMES_SERIES);
    ck_assert_int_eq(pattern.after[1].fit, UFX_FIT_ITEM);
    ck_assert_int_eq(pattern.after[2].fit, UFX_FIT_CAPITAL);
}
END_TEST

START_TEST(forms_of_characters)
{
    ck_assert(parses(
        "form\tlist\t^\t[]}]=) 9|figure+ A{1,3} lost=sign\t\tany\toffer\t1"));
    ck_assert_int_eq(pattern.before[0].fit, UFX_FIT_LINE);
    ck_assert_uint_eq(pattern.read_count, 4);
    ck_assert_uint_eq(pattern.reads[0].set[0], ']');
    ck_assert_uint_eq(pattern.reads[0].set[1], '}');
    ck_assert_uint_eq(pattern.reads[0].set[2], 0);
    ck_assert_int_eq(pattern.reads[0].output, UFX_OUTPUT_TEXT);
    ck_assert_uint_eq(pattern.reads[0].text[0], ')');
    ck_assert_int_eq(pattern.reads[1].accepts, UFX_ACCEPT_DIGIT);
    ck_assert_uint_eq(pattern.reads[1].rows, 1u << UFX_FORM_FIGURE);
    ck_assert_uint_eq(pattern.reads[1].most, UINT8_MAX);
    ck_assert_uint_eq(pattern.reads[2].least, 1);
    ck_assert_uint_eq(pattern.reads[2].most, 3);
    ck_assert_int_eq(pattern.reads[3].accepts, UFX_ACCEPT_NOTHING);
    ck_assert_int_eq(pattern.reads[3].output, UFX_OUTPUT_SIGN);
}
END_TEST

START_TEST(what_is_no_pattern)
{
    static const char *const lines[] = {
        "form\tword\t\t9\t\tany\tprove\t1",
        "form\tdate\tnobody\t9\t\tany\tprove\t1",
        "form\tdate\ta a a a a\t9\t\tany\tprove\t1",
        "form\tdate\t\t[12\t\tany\tprove\t1",
        "form\tdate\t\t9=abcd\t\tany\tprove\t1",
        "form\tdate\t\t9{x}\t\tany\tprove\t1",
        "form\tdate\t\t9{22}\t\tany\tprove\t1",
        "form\tdate\t\t9{2,}\t\tany\tprove\t1",
        "form\tdate\t\t9{3,1}\t\tany\tprove\t1",
        "form\tdate\t\t8\t\tany\tprove\t1",
        "form\tdate\t\t9\t\tsome\tprove\t1",
        "form\tdate\t\t9\t\tany\tmaybe\t1",
        "form\tdate\t\t9\t\tany\tprove\t",
        "form\tdate\t\t9\t\tany\tprove\t1x",
        "form\tdate\t\t9\t\tany\tprove\t1\t2\t3",
    };
    size_t i;

    for (i = 0; i < sizeof lines / sizeof *lines; i++)
        if (parses(lines[i]))
            ck_abort_msg("%s", lines[i]);
    ck_assert(!ufx_pattern_is("month\tmayo", 10));
}
END_TEST

/* What is behind the text is not looked at. */
START_TEST(length_of_a_pattern)
{
    const char *why = "";

    ck_assert(!ufx_pattern_parse("form\tdate\t\t9=x", 12, &pattern, &why));
    ck_assert_str_eq(why, "nobody of that name says what is valid");
}
END_TEST

/* Patterns are found by the first character of their forms. */
START_TEST(first_characters)
{
    struct ufx_pattern list[2];
    struct ufx_patterns patterns;
    struct ufx_forms forms;
    struct ufx_form row;
    const uint32_t seven[] = {'7', 'l', 'x', 0xF3};
    const char *why;

    ck_assert(ufx_form_parse("figure\tl\t1", 10, &row, &why));
    ck_assert(ufx_forms_index(&forms, &row, 1));
    ck_assert(parses("form\tdate\t\t9|figure\t\tany\tprove\t1"));
    list[0] = pattern;
    ck_assert(parses("form\tdate\t\t[x]\t\tany\tprove\t1"));
    list[1] = pattern;
    ck_assert(ufx_patterns_index(&patterns, list, 2, &forms));
    ck_assert_uint_eq(patterns.begin['7' % 64], 1);
    ck_assert_uint_eq(patterns.begin['l' % 64], 1);
    ck_assert_uint_eq(patterns.begin['x' % 64] & 2, 2);
    ck_assert_uint_eq(patterns.begin['a' % 64], 0);
    /* And by all others: 9 and figures are digits here, and l; x is itself. */
    ck_assert_uint_eq(ufx_patterns_with(&patterns, seven, 2), 1);
    ck_assert_uint_eq(ufx_patterns_with(&patterns, seven, 3), 0);
    ck_assert_uint_eq(ufx_patterns_with(&patterns, seven + 2, 1), 2);
    ck_assert_uint_eq(ufx_patterns_with(&patterns, seven + 2, 2), 0);
    ck_assert_uint_eq(ufx_patterns_with(&patterns, seven, 0), 0);
    /* A damaged image. */
    list[1].valid = UFX_VALID_KINDS;
    ck_assert(!ufx_patterns_index(&patterns, list, 2, &forms));
    list[1] = list[0];
    list[1].reads[0].set[UFX_PATTERN_SET - 1] = 'x';
    ck_assert(!ufx_patterns_index(&patterns, list, 2, &forms));
    ck_assert(!ufx_patterns_index(&patterns, list, UFX_PATTERNS + 1, &forms));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {length_of_a_pattern, contexts,
                                  forms_of_characters, what_is_no_pattern,
                                  first_characters};

    return unit_run("lang/patterns", tests, sizeof tests / sizeof *tests);
}
