/* SPDX-License-Identifier: MPL-2.0 */
/* Rules by what is read and meant first: nothing is lost, nothing is out of
 * order, and the bits say what is there. */
#include "lang/choices.h"

#include "small_model.h"

static struct unit_memory memory;
static struct ufx_rule own[8], others[2];
static struct ufx_language language;
static struct ufx_rules other_view;

static void
parse(struct ufx_rule *rules, struct ufx_rules *view, const char *const *lines,
      uint32_t count)
{
    uint32_t i;

    for (i = 0; i < count; i++) {
        const char *why = "";

        if (!ufx_rule_parse(lines[i], strlen(lines[i]), &rules[i], &why))
            ck_abort_msg("%s: %s", lines[i], why);
    }
    qsort(rules, count, sizeof *rules, ufx_rule_compare);
    ufx_rules_index(view, rules, count);
}

static void
begin(void)
{
    static const char *const model[] = {"\tó\t6", "d\tó\t4", "d\tcl\t5",
                                        "d\t\t7", "d\t␣\t3", "dl\tó\t2",
                                        "§\ta\t1"};
    static const char *const user[] = {"d\tó\t1", "ﬁ\tñ\t2"};

    unit_memory_init(&memory, 0);
    parse(own, &language.rules, model, 7);
    language.usual = *small_usual();
    parse(others, &other_view, user, 2);
}

static unsigned
choices_of(const struct ufx_choice_row *row)
{
    unsigned group, n = 0;

    for (group = 0; group < UFX_GROUPS; group++)
        n += row->groups[group].count;
    return n + row->longer_count;
}

static uint16_t
cost_of(const struct ufx_choices *c, const struct ufx_choice_row *row,
        unsigned group, uint16_t at)
{
    ck_assert_uint_lt(at, row->groups[group].count);
    return c->list[row->groups[group].first + at].cost;
}

START_TEST(rows_and_groups)
{
    struct ufx_choices c;
    const struct ufx_choice_row *row;
    unsigned o = ufx_choice_group(0xF3);

    begin();
    ck_assert(
        ufx_choices_make(&c, &memory.memory, &language, &other_view, 1000));
    ck_assert_uint_eq(c.count, 9);
    ck_assert_uint_eq(c.longest, 6);
    row = ufx_choices_row(&c, 'd');
    ck_assert_uint_eq(row->cp, 'd');
    ck_assert_uint_eq(choices_of(row), 6);
    ck_assert_int_eq(row->blank, 3000);
    ck_assert_int_eq(row->nothing, 7000);
    ck_assert_uint_eq(cost_of(&c, row, o, 0), 1000);
    ck_assert_uint_eq(cost_of(&c, row, o, 1), 4000);
    ck_assert_uint_eq(row->groups[o].least, 1000);
    ck_assert_uint_eq(row->groups[o].most, 4000);
    ck_assert_uint_eq(c.list[row->groups[o].first].number, 7);
    ck_assert_uint_eq(c.list[row->groups[o].first].letter, 0xF3);
    ck_assert_uint_eq(c.list[row->groups[o].first + 1].length, 1);
    ck_assert_uint_eq(c.list[row->groups[UFX_GROUP_BLANK].first].letter, 0);
    ck_assert_uint_eq(cost_of(&c, row, ufx_choice_group('c'), 0), 5000);
    row = ufx_choices_row(&c, 0xFB01);
    ck_assert_uint_eq(cost_of(&c, row, ufx_choice_group(0xF1), 0), 2000);
    row = ufx_choices_nothing(&c);
    ck_assert_uint_eq(cost_of(&c, row, o, 0), 6000);
    ufx_choices_free(&c);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(what_has_no_rules_has_an_empty_row)
{
    static const uint32_t none[] = {0, 'x', 0xFF, 0x3B1, 0xFFFF, 0x1F600};
    struct ufx_choices c;
    size_t i;

    begin();
    ck_assert(ufx_choices_make(&c, &memory.memory, &language, NULL, 1000));
    for (i = 0; i < sizeof none / sizeof *none; i++) {
        const struct ufx_choice_row *row = ufx_choices_row(&c, none[i]);

        ck_assert_uint_eq(choices_of(row), 0);
        ck_assert_uint_eq(row->letters[UFX_LEVELS - 1], 0);
        ck_assert_int_eq(row->nothing, INT32_MAX);
    }
    ufx_choices_free(&c);
}
END_TEST

START_TEST(bits_say_what_is_there)
{
    uint32_t o = ufx_letter_bit(small_usual(), 0xF3);
    const struct ufx_choice_row *row;
    struct ufx_choices c;

    begin();
    ck_assert(ufx_choices_make(&c, &memory.memory, &language, NULL, 1000));
    row = ufx_choices_row(&c, 'd');
    ck_assert_uint_eq(row->letters[ufx_choice_level(2900)] & o, 0);
    ck_assert_uint_ne(row->letters[ufx_choice_level(4000)] & o, 0);
    ck_assert_uint_eq(row->letters[ufx_choice_level(-1)], 0);
    ck_assert_uint_eq(row->letters[ufx_choice_level(INT32_MAX)],
                      o | ufx_letter_bit(small_usual(), 'c'));
    ufx_choices_free(&c);
}
END_TEST

/* What reads more than one character is found by the first two, and cheapest
 * first; also where nothing reads the first alone. */
START_TEST(longer_rules_by_what_follows)
{
    static const char *const lines[] = {"dl\tó\t2", "dl\ta\t1", "dlx\te\t1.5",
                                        "dm\to\t3", "qu\tg\t1", "d\ta\t1"};
    const struct ufx_choice *longer;
    struct ufx_choices c;
    size_t count;

    unit_memory_init(&memory, 0);
    parse(own, &language.rules, lines, 6);
    ck_assert(ufx_choices_make(&c, &memory.memory, &language, NULL, 1000));
    longer = ufx_choices_longer(&c, ufx_choices_row(&c, 'd'), 'l', &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(longer[0].letter, 'a');
    ck_assert_uint_eq(longer[1].following, 'l' | (uint32_t)'x' << 16);
    ck_assert_uint_eq(longer[2].letter, 0xF3);
    ck_assert_uint_eq(ufx_choice_mask(longer[0].length), 0xFFFF);
    ck_assert_uint_eq(ufx_choice_mask(longer[1].length), 0xFFFFFFFF);
    longer = ufx_choices_longer(&c, ufx_choices_row(&c, 'q'), 'u', &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(longer->letter, 'g');
    ufx_choices_longer(&c, ufx_choices_row(&c, 'd'), 0, &count);
    ck_assert_uint_eq(count, 0);
    ufx_choices_longer(&c, ufx_choices_row(&c, 'd'), 'z', &count);
    ck_assert_uint_eq(count, 0);
    ufx_choices_longer(&c, ufx_choices_row(&c, 'z'), 'l', &count);
    ck_assert_uint_eq(count, 0);
    ufx_choices_free(&c);
}
END_TEST

START_TEST(only_the_first_rules_count)
{
    struct ufx_choices c;

    begin();
    ck_assert(ufx_choices_make(&c, &memory.memory, &language, &other_view, 8));
    ck_assert_uint_eq(c.count, 8);
    ufx_choices_free(&c);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(memory_may_run_out)
{
    struct ufx_choices c;
    size_t k;

    begin();
    for (k = 1;; k++) {
        unit_memory_init(&memory, k);
        if (ufx_choices_make(&c, &memory.memory, &language, &other_view, 1000))
            break;
        ck_assert(memory.failed);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_gt(k, 2);
    ufx_choices_free(&c);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        rows_and_groups,
        what_has_no_rules_has_an_empty_row,
        bits_say_what_is_there,
        longer_rules_by_what_follows,
        only_the_first_rules_count,
        memory_may_run_out,
    };

    return unit_run("lang/choices", tests, sizeof tests / sizeof *tests);
}
