/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/profile.h"

#include "small_pipeline.h"
#include "unit_api.h"

static struct pipeline p;

static uint32_t
seen(const char *text)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    size_t count = small_chars(text, chars);

    return ufx_profile_seen(p.profile, chars, count);
}

/* The number of the rule that reads `cp` first. */
static uint16_t
rule_of(uint32_t cp)
{
    uint32_t first, end;

    ufx_rules_range(&p.language.rules, cp, &first, &end);
    ck_assert_uint_eq(end - first, 1);
    return (uint16_t)first;
}

START_TEST(forms_are_counted)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_uint_eq(seen("sesión"), 0);
    pipeline_count(&p, "La sesión, (sesión) Sesión; sesién.");
    ck_assert_uint_eq(seen("sesión"), 2);
    ck_assert_uint_eq(seen("Sesión"), 1);
    ck_assert_uint_eq(seen("sesién"), 1);
    ck_assert_uint_eq(seen("sesion"), 0);
    pipeline_count(&p, "sesión");
    ck_assert_uint_eq(seen("sesión"), 3);
    ck_assert_uint_eq(ufx_profile_seen(p.profile, NULL, 0), 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(totals)
{
    const struct ufx_profile_totals *t;

    pipeline_begin(&p, &api_facts);
    pipeline_count(&p, "La asamblea, qwqwqwqw cooperacién http://un.org/la");
    t = ufx_profile_totals(p.profile);
    ck_assert_uint_eq(t->words, 4);
    ck_assert_uint_eq(t->unknown, 2);
    ck_assert_uint_eq(t->repaired, 1);
    ck_assert_uint_eq(t->small, 1);
    ck_assert_uint_ge(t->letters, 10);
    ck_assert_uint_eq(t->accented, 1); /* of cooperación */
    pipeline_end(&p);
}
END_TEST

START_TEST(clear_forgets)
{
    const struct ufx_profile_totals *t;

    pipeline_begin(&p, &api_facts);
    pipeline_count(&p, "la sesién cooperacién asamblea");
    ufx_profile_habits(p.profile, &p.vocabulary);
    ufx_profile_clear(p.profile);
    t = ufx_profile_totals(p.profile);
    ck_assert_uint_eq(t->words, 0);
    ck_assert_uint_eq(t->unknown, 0);
    ck_assert_uint_eq(t->repaired, 0);
    ck_assert_uint_eq(t->letters, 0);
    ck_assert_uint_eq(t->accented, 0);
    ck_assert_uint_eq(seen("sesién"), 0);
    ck_assert_uint_eq(ufx_profile_rule(p.profile, rule_of(0xE9)), 0);
    pipeline_end(&p);
}
END_TEST

/* The same document shows the same, whatever came before it. */
START_TEST(clear_forgets_all)
{
    struct ufx_profile *fresh, *used;
    const struct ufx_habits *a, *b;
    uint32_t i;

    pipeline_begin(&p, &api_facts);
    for (i = 0; i < 100; i++)
        pipeline_count(&p, "la sesión de 6rganos y la cooperacién general");
    ufx_profile_clear(p.profile);
    used = p.profile;
    fresh = ufx_profile_new(&p.memory.memory, &p.vocabulary);
    pipeline_count(&p, "la sesién internacional de la asamblea general");
    p.profile = fresh;
    pipeline_count(&p, "la sesién internacional de la asamblea general");
    a = ufx_profile_habits(used, &p.vocabulary);
    b = ufx_profile_habits(fresh, &p.vocabulary);
    for (i = 0; i < p.language.rules.count; i++)
        ck_assert_int_eq(a->rule_shift[i], b->rule_shift[i]);
    ufx_profile_free(used);
    pipeline_end(&p);
}
END_TEST

START_TEST(rules_are_counted)
{
    pipeline_begin(&p, &api_facts);
    pipeline_count(&p, "la sesién de cooperacién y la cooperacién");
    ck_assert_uint_eq(ufx_profile_rule(p.profile, rule_of(0xE9)), 3);
    ck_assert_uint_eq(ufx_profile_rule(p.profile, rule_of('6')), 0);
    ck_assert_uint_eq(ufx_profile_rule(p.profile, 0xFEFF), 0);
    pipeline_end(&p);
}
END_TEST

/* What an engine does all the time gets cheaper, what it does not do in a
 * long document does not; nothing seen, nothing changed. */
START_TEST(habits_follow_the_document)
{
    const struct ufx_habits *habits;
    struct ufx_reading reading = {.rule_count = 1, .channel = 3500};
    int32_t before, after;
    int i;

    pipeline_begin(&p, &api_facts);
    habits = ufx_profile_habits(p.profile, &p.vocabulary);
    reading.rules[0] = rule_of(0xE9);
    before = ufx_habits_channel(habits, &reading);
    ck_assert_int_eq(before, 3500);
    for (i = 0; i < 200; i++)
        pipeline_count(&p, "la sesién de la asamblea general cooperacién");
    habits = ufx_profile_habits(p.profile, &p.vocabulary);
    after = ufx_habits_channel(habits, &reading);
    ck_assert_int_lt(after, before - 500);
    ck_assert_int_ge(after, 0);
    reading.rules[0] = rule_of('o');
    reading.channel = 3000;
    ck_assert_int_ge(ufx_habits_channel(habits, &reading), 3000);
    /* What is no rule of a table has no habit. */
    reading.rules[0] = UFX_RULE_GENERIC;
    ck_assert_int_eq(ufx_habits_channel(habits, &reading), 3000);
    ufx_profile_clear(p.profile);
    habits = ufx_profile_habits(p.profile, &p.vocabulary);
    reading.rules[0] = rule_of(0xE9);
    reading.channel = 3500;
    ck_assert_int_eq(ufx_habits_channel(habits, &reading), before);
    pipeline_end(&p);
}
END_TEST

static bool
knows_all(void *nothing, const uint32_t *chars, size_t count)
{
    (void)nothing;
    (void)chars;
    return count > 0;
}

/* More different forms than there is room for: the frequent ones stay. */
START_TEST(frequent_forms_stay)
{
    size_t i, bytes;

    pipeline_begin(&p, &api_facts);
    p.vocabulary.knows = knows_all; /* so that nothing is searched for */
    for (i = 0; i < 100; i++)
        pipeline_count(&p, "sesión");
    bytes = p.memory.most;
    for (i = 0; i < 2 * UFX_PROFILE_FORMS + 100; i++) {
        char text[8];
        size_t rest = i, k;

        for (k = 0; k < 6; k++, rest /= 20)
            text[k] = (char)('a' + rest % 20);
        text[6] = '\0';
        p.surroundings.count = 0;
        if (pipeline_segment(&p, text) != UNFIX_OK ||
            ufx_profile_count(p.profile, &p.lattice, &p.vocabulary, 0,
                              &p.surroundings) != UNFIX_OK)
            ck_abort_msg("form %zu", i);
    }
    ck_assert_uint_ge(seen("sesión"), 20);
    ck_assert_uint_le(seen("sesión"), 100);
    /* But for the tokens that the candidates remember. */
    ck_assert_uint_le(p.memory.most, bytes + UFX_CACHE_TOKENS * 440);
    pipeline_count(&p, "nuevo nuevo");
    ck_assert_uint_eq(seen("nuevo"), 2);
    pipeline_end(&p);
}
END_TEST

START_TEST(memory_may_run_out)
{
    size_t k;

    pipeline_begin(&p, &api_facts);
    for (k = 1;; k++) {
        struct unit_memory m;
        struct ufx_profile *profile;

        unit_memory_init(&m, k);
        profile = ufx_profile_new(&m.memory, &p.vocabulary);
        ck_assert_int_eq(profile == NULL, m.failed);
        ufx_profile_free(profile);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 2);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        forms_are_counted,   totals,
        clear_forgets,       clear_forgets_all,
        rules_are_counted,   habits_follow_the_document,
        frequent_forms_stay, memory_may_run_out,
    };

    return unit_run("normalize/profile", tests, sizeof tests / sizeof *tests);
}
