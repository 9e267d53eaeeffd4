/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/decode.h"

#include "small_pipeline.h"
#include "unit_api.h"

#include <math.h>
#include <stdio.h>

static struct pipeline p;

/* The text with all changes made, as far as they are readings. */
static const char *
decode(const char *text)
{
    static char line[1000];
    size_t used = 0, at = 0, i;

    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    for (i = 0; i < p.changes.count; i++) {
        const struct ufx_change *c = &p.changes.list[i];
        size_t start = p.lattice.segments[c->from].start;

        ck_assert_uint_ge(start, at);
        ck_assert_ptr_nonnull(c->edge->reading);
        used += (size_t)snprintf(
            line + used, sizeof line - used, "%.*s%s", (int)(start - at),
            text + at,
            pipeline_show(c->edge->reading->chars, c->edge->reading->count));
        at = p.lattice.segments[c->to - 1].end;
    }
    snprintf(line + used, sizeof line - used, "%s", text + at);
    return line;
}

START_TEST(sum_of_costs)
{
    int32_t a, b;

    for (a = -3000; a < 30000; a += 37)
        for (b = -2000; b < 30000; b += 411) {
            double exact = -1000 * log(exp(-a / 1000.0) + exp(-b / 1000.0));
            int32_t is = ufx_cost_add(a, b);

            if (fabs(is - exact) > 70 || is > a || is > b)
                ck_abort_msg("%d and %d: %d, not %.1f", (int)a, (int)b, (int)is,
                             exact);
        }
    ck_assert_int_eq(ufx_cost_add(0, 0), -693);
    ck_assert_int_eq(ufx_cost_add(5, INT32_MAX), 5);
    ck_assert_int_eq(ufx_cost_add(INT32_MAX, INT32_MIN / 2), INT32_MIN / 2);
    ck_assert_int_eq(ufx_cost_add(INT32_MIN / 2, INT32_MAX), INT32_MIN / 2);
}
END_TEST

START_TEST(best_path)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_str_eq(decode("la cooperacién internacional"),
                     "la cooperación internacional");
    ck_assert_str_eq(decode("coope-\nracién de 6rganos"),
                     "cooperación de órganos");
    ck_assert_str_eq(decode("La asamblea general de agua"),
                     "La asamblea general de agua");
    ck_assert_uint_eq(p.changes.count, 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(nothing_to_decode)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_str_eq(decode(""), "");
    ck_assert_uint_eq(p.changes.count, 0);
    ck_assert_str_eq(decode(" \n "), " \n ");
    ck_assert_str_eq(decode("\xFF <b> http://un.org"),
                     "\xFF <b> http://un.org");
    ck_assert_uint_eq(p.changes.count, 0);
    pipeline_end(&p);
}
END_TEST

/* Frequency decides between two words that are equally near. */
START_TEST(frequent_words_are_likelier)
{
    static const char *const rules[] = {"c\tl\t3", "c\tt\t3"};
    struct small_word words[] = {{"malo", 40, UFX_WORD_KNOWN},
                                 {"mato", 90, UFX_WORD_KNOWN}};
    struct small_facts facts = api_facts;

    facts.words = words;
    facts.word_count = 2;
    facts.rules = rules;
    facts.rule_count = 2;
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(decode("maco"), "malo");
    pipeline_end(&p);
    words[0].cost = 90;
    words[1].cost = 40;
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(decode("maco"), "mato");
    pipeline_end(&p);
}
END_TEST

static void
check_change(const struct ufx_change *c)
{
    uint32_t i;
    bool kept = false;

    ck_assert_uint_lt(c->from, c->to);
    ck_assert_int_ne(c->edge->kind, UFX_EDGE_KEEP);
    ck_assert_int_eq(c->best_channel, c->edge->channel);
    ck_assert_int_le(c->best_channel, c->best_cost);
    ck_assert_int_le(c->keep_channel, c->keep_cost);
    ck_assert_uint_ge(c->rival_count, 1);
    ck_assert_uint_le(c->rival_count, UFX_ALTERNATIVES);
    for (i = 0; i < c->rival_count; i++) {
        ck_assert_ptr_ne(c->rivals[i].edge, c->edge);
        /* All together are no less likely than each. */
        ck_assert_int_le(c->rival_cost, c->rivals[i].cost);
        if (i > 0)
            ck_assert_int_le(c->rivals[i - 1].cost, c->rivals[i].cost);
        if (c->rivals[i].edge == NULL) {
            kept = true;
            ck_assert_int_eq(c->rivals[i].cost, c->keep_cost);
        }
    }
    /* Keeping it is left out only where others are better. */
    ck_assert(kept || c->rivals[UFX_ALTERNATIVES - 1].cost <= c->keep_cost);
}

START_TEST(changes_are_weighed)
{
    size_t i;

    pipeline_begin(&p, &api_facts);
    decode("la cooperacién de la sesin, coope-\nracién de 6rganos y sesion");
    ck_assert_uint_eq(p.changes.count, 5);
    for (i = 0; i < p.changes.count; i++) {
        check_change(&p.changes.list[i]);
        if (i > 0)
            ck_assert_uint_ge(p.changes.list[i].from, p.changes.list[i - 1].to);
    }
    pipeline_end(&p);
}
END_TEST

/* The change of a word, worked out by hand: no n-grams, so that each piece
 * costs what it costs alone. */
START_TEST(costs_of_a_change)
{
    const struct ufx_change *c;

    pipeline_begin(&p, &api_facts);
    decode("la cooperacién de agua");
    ck_assert_uint_eq(p.changes.count, 1);
    c = &p.changes.list[0];
    ck_assert_int_eq(c->best_channel, 3500);
    ck_assert_int_eq(c->best_cost, 3500 + (70 + 15 + 70) * UFX_COST_STEP);
    ck_assert_int_eq(c->keep_cost - c->keep_channel,
                     (SMALL_CLASS_COST + 15 + 70) * UFX_COST_STEP);
    ck_assert_int_gt(c->keep_channel, 10000);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        sum_of_costs,        best_path,
        nothing_to_decode,   frequent_words_are_likelier,
        changes_are_weighed, costs_of_a_change,
    };

    return unit_run("normalize/decode", tests, sizeof tests / sizeof *tests);
}
