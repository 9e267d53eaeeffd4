/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/candidates.h"

#include "small_pipeline.h"
#include "unit_api.h"

static struct pipeline p;
static struct ufx_readings found;

static void
get(const char *text, enum ufx_effort effort)
{
    uint32_t chars[2 * UFX_TOKEN_CHARS];
    size_t count = small_chars(text, chars), i;

    ck_assert_int_eq(ufx_candidates_read(p.candidates, &p.vocabulary, chars,
                                         count, effort, &found),
                     UNFIX_OK);
    for (i = 1; i < found.count; i++)
        ck_assert_int_le(found.list[i - 1].channel, found.list[i].channel);
}

START_TEST(cheapest_come_first)
{
    pipeline_begin(&p, &api_facts);
    get("cooperacién", UFX_EFFORT_UNKNOWN);
    ck_assert_uint_gt(found.count, 0);
    ck_assert_str_eq(pipeline_show(found.list[0].chars, found.list[0].count),
                     "cooperación");
    ck_assert_int_eq(found.list[0].channel, 3500);
    pipeline_end(&p);
}
END_TEST

/* Also where another shape than the token's own is the cheaper one. */
START_TEST(cheapest_of_all_shapes)
{
    static const char *const rules[] = {"6\tó\t3", "6\tÓ\t1"};
    struct small_facts facts = api_facts;

    facts.rules = rules;
    facts.rule_count = 2;
    pipeline_begin(&p, &facts);
    get("6rganos", UFX_EFFORT_UNKNOWN);
    ck_assert_uint_ge(found.count, 2);
    ck_assert_str_eq(pipeline_show(found.list[0].chars, found.list[0].count),
                     "Órganos");
    ck_assert_str_eq(pipeline_show(found.list[1].chars, found.list[1].count),
                     "órganos");
    pipeline_end(&p);
}
END_TEST

START_TEST(shape_of_the_token_is_kept)
{
    pipeline_begin(&p, &api_facts);
    get("Cooperacién", UFX_EFFORT_UNKNOWN);
    ck_assert_str_eq(pipeline_show(found.list[0].chars, found.list[0].count),
                     "Cooperación");
    get("ASAMBLEA", UFX_EFFORT_UNKNOWN);
    ck_assert_str_eq(pipeline_show(found.list[0].chars, found.list[0].count),
                     "ASAMBLEA");
    ck_assert(found.list[0].flags & UFX_READING_SAME);
    /* A digit may have been a capital: 6rganos, Órganos. */
    get("6rganos", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "órganos"));
    pipeline_end(&p);
}
END_TEST

START_TEST(effort_is_how_far)
{
    pipeline_begin(&p, &api_facts);
    get("laasamblea", UFX_EFFORT_JOIN);
    ck_assert_ptr_null(pipeline_find(&found, "la asamblea"));
    get("asxmblea", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "asamblea"));
    get("asxmblea", UFX_EFFORT_KNOWN);
    ck_assert_ptr_null(pipeline_find(&found, "asamblea"));
    get("asxmblea", UFX_EFFORT_JOIN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "asamblea"));
    get("asxmblea", UFX_EFFORT_NEAR);
    ck_assert_ptr_null(pipeline_find(&found, "asamblea"));
    get("sesion", UFX_EFFORT_KNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "sesión"));
    pipeline_end(&p);
}
END_TEST

START_TEST(nothing_for_no_token)
{
    char text[2 * UFX_TOKEN_CHARS];

    pipeline_begin(&p, &api_facts);
    get("", UFX_EFFORT_UNKNOWN);
    ck_assert_uint_eq(found.count, 0);
    memset(text, 'a', sizeof text);
    text[UFX_TOKEN_CHARS + 1] = '\0';
    get(text, UFX_EFFORT_UNKNOWN);
    ck_assert_uint_eq(found.count, 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(tokens_are_remembered)
{
    struct ufx_readings first;

    pipeline_begin(&p, &api_facts);
    get("cooperacién", UFX_EFFORT_UNKNOWN);
    first = found;
    get("sesién", UFX_EFFORT_UNKNOWN);
    /* Few tokens are not forgotten. */
    ufx_candidates_start(p.candidates, 1000, 0);
    p.memory.calls = 0;
    get("cooperacién", UFX_EFFORT_UNKNOWN);
    ck_assert_uint_eq(p.memory.calls, 0);
    ck_assert_ptr_eq(found.list, first.list);
    ck_assert_uint_eq(found.count, first.count);
    pipeline_end(&p);
}
END_TEST

/* More different tokens than are remembered are forgotten, and then answered
 * as the first time. */
START_TEST(many_tokens_are_forgotten)
{
    size_t i, most = 0;

    pipeline_begin(&p, &api_facts);
    for (i = 0; i < UFX_CACHE_TOKENS + 10; i++) {
        uint32_t chars[5];
        size_t rest = i, k;

        for (k = 0; k < 5; k++, rest /= 12)
            chars[k] = 'k' + (uint32_t)(rest % 12);
        ufx_candidates_start(p.candidates, 1000, 0);
        if (ufx_candidates_read(p.candidates, &p.vocabulary, chars, 5,
                                UFX_EFFORT_JOIN, &found) != UNFIX_OK)
            ck_abort_msg("token %zu", i);
        if (p.memory.bytes > most)
            most = p.memory.bytes;
    }
    ck_assert_uint_lt(p.memory.bytes, most);
    get("cooperacién", UFX_EFFORT_UNKNOWN);
    ck_assert_str_eq(pipeline_show(found.list[0].chars, found.list[0].count),
                     "cooperación");
    pipeline_end(&p);
}
END_TEST

/* How many words, all different, are answered in a paragraph of no length until
 * the work is done that it allows. */
static size_t
count_answers(uint32_t width)
{
    size_t n;

    ufx_candidates_start(p.candidates, 0, width);
    ck_assert(!ufx_candidates_ran_out(p.candidates));
    for (n = 0; n <= UFX_WORK_PARAGRAPH; n++) {
        char token[32];

        snprintf(token, sizeof token, "cooperaci\xC3\xA9n%c%c%c",
                 (int)('a' + n / 676), (int)('a' + n / 26 % 26),
                 (int)('a' + n % 26));
        get(token, UFX_EFFORT_UNKNOWN);
        if (ufx_candidates_ran_out(p.candidates))
            return n;
    }
    ck_abort_msg("work is without bounds");
}

/* What is remembered must not be answered longer: nobody shall see what a
 * context did before. */
START_TEST(work_is_bounded)
{
    size_t first;

    pipeline_begin(&p, &api_facts);
    first = count_answers(0);
    ck_assert_uint_gt(first, 20);
    ck_assert_uint_eq(count_answers(0), first);
    /* A longer paragraph has more. */
    ufx_candidates_start(p.candidates, 1000, 0);
    get("cooperaci\xC3\xA9nzz", UFX_EFFORT_UNKNOWN);
    ck_assert(!ufx_candidates_ran_out(p.candidates));
    pipeline_end(&p);
}
END_TEST

START_TEST(narrower_widths_get_farther)
{
    uint32_t width, next;
    size_t answers = 0;

    pipeline_begin(&p, &api_facts);
    for (width = 0; width < UFX_SEARCH_WIDTHS; width++) {
        size_t more = count_answers(width);

        ck_assert_uint_ge(more, answers + (width == 1));
        answers = more;
        ck_assert_int_eq(ufx_candidates_may_narrow(p.candidates, &next),
                         width + 1 < UFX_SEARCH_WIDTHS);
        ck_assert_uint_eq(next, width + 1);
    }
    /* What a narrow search did not find is not remembered for a wide one. */
    ufx_candidates_start(p.candidates, 1000, UFX_SEARCH_WIDTHS - 1);
    get("cxxperaci\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ufx_candidates_start(p.candidates, 1000, 0);
    get("cooperaci\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "cooperaci\xC3\xB3n"));
    pipeline_end(&p);
}
END_TEST

/* Where hardly anything is misread, a word of which two letters are is not
 * looked for; nor does that show where it is. */
START_TEST(near_only)
{
    uint32_t next;

    pipeline_begin(&p, &api_facts);
    ufx_candidates_start(p.candidates, 1000, UFX_SEARCH_NEAR);
    get("cooperaxi\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_null(pipeline_find(&found, "cooperaci\xC3\xB3n"));
    get("cooperaci\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "cooperaci\xC3\xB3n"));
    ck_assert(!ufx_candidates_may_narrow(p.candidates, &next));
    ck_assert_uint_eq(next, 1);
    ufx_candidates_start(p.candidates, 1000, 0);
    get("cooperaxi\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ck_assert_ptr_nonnull(pipeline_find(&found, "cooperaci\xC3\xB3n"));
    pipeline_end(&p);
}
END_TEST

static void
get_longer(const char *word, uint8_t *blocked)
{
    uint32_t chars[40];

    ck_assert_int_eq(ufx_candidates_read_longer(p.candidates, &p.vocabulary,
                                                chars, small_chars(word, chars),
                                                UFX_EFFORT_NEAR, blocked,
                                                &found),
                     UNFIX_OK);
}

/* What begins with what nothing begins with is not looked for, but in a shape
 * that was not tried. */
START_TEST(blocked_beginnings_are_not_searched)
{
    uint8_t blocked = 0;

    pipeline_begin(&p, &api_facts);
    get_longer("zzzzzz", &blocked);
    ck_assert_ptr_nonnull(found.list);
    ck_assert_uint_eq(blocked, 1u << UFX_SHAPE_LOWER);
    get_longer("zzzzzzcooperación", &blocked);
    ck_assert_ptr_null(found.list);
    ck_assert_uint_eq(blocked, 1u << UFX_SHAPE_LOWER);
    blocked = 1u << UFX_SHAPE_UPPER;
    get_longer("cooperacién", &blocked);
    ck_assert_uint_gt(found.count, 0);
    ck_assert_uint_eq(blocked, 0);
    pipeline_end(&p);
}
END_TEST

/* That nothing near begins so says nothing of what is looked for widely. */
START_TEST(blocked_near_by_alone)
{
    static const uint32_t widths[] = {UFX_SEARCH_NEAR, 0};
    uint32_t chars[40];
    size_t i;

    pipeline_begin(&p, &api_facts);
    for (i = 0; i < 2; i++) {
        bool is_near = widths[i] == UFX_SEARCH_NEAR;
        uint8_t blocked = 0;

        ufx_candidates_start(p.candidates, 1000, widths[i]);
        ck_assert_int_eq(
            ufx_candidates_read_longer(p.candidates, &p.vocabulary, chars,
                                       small_chars("cxxper", chars),
                                       UFX_EFFORT_UNKNOWN, &blocked, &found),
            UNFIX_OK);
        ck_assert_int_eq(blocked != 0, is_near);
        ck_assert_int_eq(
            ufx_candidates_read_longer(p.candidates, &p.vocabulary, chars,
                                       small_chars("cxxperación", chars),
                                       UFX_EFFORT_UNKNOWN, &blocked, &found),
            UNFIX_OK);
        ck_assert_int_eq(found.list == NULL, is_near);
    }
    pipeline_end(&p);
}
END_TEST

/* Within one paragraph a word is paid for once. */
START_TEST(repeated_words_are_free)
{
    size_t i;

    pipeline_begin(&p, &api_facts);
    ufx_candidates_start(p.candidates, 0, 0);
    for (i = 0; i <= UFX_WORK_PARAGRAPH; i++) {
        get("cooperaci\xC3\xA9n", UFX_EFFORT_UNKNOWN);
        ck_assert_uint_gt(found.count, 0);
    }
    ck_assert(!ufx_candidates_ran_out(p.candidates));
    /* And is still answered when nothing more is looked for. */
    while (!ufx_candidates_ran_out(p.candidates)) {
        char token[40];

        snprintf(token, sizeof token, "confusi\xC3\xA9n%zu", i++);
        get(token, UFX_EFFORT_UNKNOWN);
    }
    get("cooperaci\xC3\xA9n", UFX_EFFORT_UNKNOWN);
    ck_assert_uint_gt(found.count, 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(memory_may_run_out)
{
    uint32_t chars[20];
    size_t count = small_chars("cooperacién", chars), k;

    pipeline_begin(&p, &api_facts);
    for (k = 1;; k++) {
        struct unit_memory m;
        struct ufx_candidates *c;
        unfix_status status = UNFIX_ERROR_MEMORY;
        bool failed;

        unit_memory_init(&m, k);
        c = ufx_candidates_new(&m.memory, &p.vocabulary);
        if (c != NULL)
            ufx_candidates_start(c, 1000, 0);
        if (c != NULL)
            status = ufx_candidates_read(c, &p.vocabulary, chars, count,
                                         UFX_EFFORT_UNKNOWN, &found);
        failed = m.failed;
        ck_assert_int_eq(status, failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        /* The next time it works. */
        if (c != NULL) {
            ck_assert_int_eq(ufx_candidates_read(c, &p.vocabulary, chars, count,
                                                 UFX_EFFORT_UNKNOWN, &found),
                             UNFIX_OK);
            ck_assert_ptr_nonnull(pipeline_find(&found, "cooperación"));
        }
        ufx_candidates_free(c);
        ck_assert_uint_eq(m.live, 0);
        if (!failed)
            break;
    }
    ck_assert_uint_gt(k, 4);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        cheapest_come_first,
        cheapest_of_all_shapes,
        shape_of_the_token_is_kept,
        effort_is_how_far,
        nothing_for_no_token,
        tokens_are_remembered,
        many_tokens_are_forgotten,
        work_is_bounded,
        narrower_widths_get_farther,
        near_only,
        blocked_beginnings_are_not_searched,
        blocked_near_by_alone,
        repeated_words_are_free,
        memory_may_run_out,
    };

    return unit_run("normalize/candidates", tests,
                    sizeof tests / sizeof *tests);
}
