/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/lattice.h"

#include "small_pipeline.h"
#include "unit_api.h"

#include <stdio.h>

static struct pipeline p;

/* The segments in one string: gap, flags, then the bytes in brackets.  Gaps
 * as in text_token_test.c; k known, l of the user's, p protected. */
static const char *
show(const char *text)
{
    static char line[1000];
    size_t used = 0;
    uint32_t i;

    ck_assert_int_eq(pipeline_segment(&p, text), UNFIX_OK);
    for (i = 0; i < p.lattice.segment_count; i++) {
        const struct ufx_segment *s = &p.lattice.segments[i];

        used += (size_t)snprintf(line + used, sizeof line - used,
                                 "%c%s%s%s[%.*s]", "^+_/"[s->gap],
                                 s -> flags &UFX_SEGMENT_KNOWN ? "k" : "",
                                 s->flags &UFX_SEGMENT_LISTED ? "l" : "",
                                 s->flags &UFX_SEGMENT_PROTECTED ? "p" : "",
                                 (int)(s->end - s->start), text + s->start);
    }
    line[used] = '\0';
    return line;
}

START_TEST(segments)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_str_eq(show(""), "");
    ck_assert_str_eq(show("La sesión, sesién\n52/134."),
                     "^k[La]_k[sesión]+k[,]_[sesién]/k[52/134]+k[.]");
    ck_assert_str_eq(show("http://la.de <b>agua</b> \xFFx"),
                     "^kp[http://la.de]_kp[<b>]+k[agua]+kp[</b>]_kp[\xFFx]");
    ck_assert_str_eq(show("qwqw (Asamblea) &"),
                     "^[qwqw]_k[(]+k[Asamblea]+k[)]_[&]");
    pipeline_end(&p);
}
END_TEST

/* The segments that are right as they are, one after the other. */
static const char *
show_fixed(const char *text)
{
    static char line[200];
    size_t used = 0;
    uint32_t i;

    line[0] = '\0';
    ck_assert_int_eq(pipeline_segment(&p, text), UNFIX_OK);
    for (i = 0; i < p.lattice.segment_count; i++) {
        const struct ufx_segment *s = &p.lattice.segments[i];

        if ((s->flags & UFX_SEGMENT_FIXED) != 0)
            used += (size_t)snprintf(line + used, sizeof line - used,
                                     "[%u:%.*s]", s->start,
                                     (int)(s->end - s->start), text + s->start);
    }
    return line;
}

START_TEST(emphasis_is_right)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_str_eq(show_fixed("La *sesión* y _la Asamblea_."),
                     "[3:*][11:*][15:_][27:_]");
    ck_assert_str_eq(show_fixed("**La sesión** (*agua*), _«la»_"),
                     "[0:**][12:**][16:*][21:*][25:_][32:_]");
    /* What is misread stands by itself, within a word, or apart. */
    ck_assert_str_eq(show_fixed("La *sesión y **N* de la se*ión * agua*"), "");
    ck_assert_str_eq(show_fixed("*"), "");
    ck_assert_str_eq(show_fixed("**"), "");
    pipeline_end(&p);
}
END_TEST

START_TEST(words_have_numbers)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_int_eq(pipeline_segment(&p, "SESIÓN sesión qwqw"), UNFIX_OK);
    ck_assert_uint_eq(p.lattice.segments[0].word,
                      small_find(&p.language.lexicon, "sesión"));
    ck_assert_uint_eq(p.lattice.segments[1].word, p.lattice.segments[0].word);
    ck_assert_uint_eq(p.lattice.segments[2].word, UFX_WORD_NONE);
    pipeline_end(&p);
}
END_TEST

/* A foreign word alone is known of, but does not count as known. */
START_TEST(foreign_words)
{
    pipeline_begin(&p, &api_facts);
    ck_assert_int_eq(pipeline_segment(&p, "cooperation"), UNFIX_OK);
    ck_assert(!(p.lattice.segments[0].flags & UFX_SEGMENT_KNOWN));
    ck_assert(p.lattice.segments[0].words & UFX_WORD_FOREIGN);
    pipeline_end(&p);
}
END_TEST

/* ---- Edges ---- */

/* What holds of every lattice. */
static void
check_lattice(const char *text)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t node, e, k;
    size_t reached = 0;

    for (node = 0; node < l->segment_count; node++) {
        size_t kept = 0;

        for (e = l->first_edge[node]; e != UINT32_MAX; e = l->edges[e].next) {
            const struct ufx_edge *edge = &l->edges[e];

            reached++;
            if (e >= l->edge_count || edge->from != node || edge->to <= node ||
                edge->to > l->segment_count || edge->channel < 0 ||
                edge->piece_count > UFX_EDGE_PIECES)
                ck_abort_msg("%s: edge %u", text, (unsigned)e);
            if ((edge->reading != NULL) != (edge->kind == UFX_EDGE_READING ||
                                            edge->kind == UFX_EDGE_BROKEN))
                ck_abort_msg("%s: edge %u reads nothing", text, (unsigned)e);
            if (edge->kind == UFX_EDGE_KEEP) {
                kept++;
                if (edge->to != node + 1 || edge->piece_count != 1)
                    ck_abort_msg("%s: edge %u keeps more", text, (unsigned)e);
                continue;
            }
            for (k = node; k < edge->to; k++)
                if (l->segments[k].flags & UFX_SEGMENT_PROTECTED)
                    ck_abort_msg("%s: segment %u is protected", text,
                                 (unsigned)k);
        }
        if (kept != 1)
            ck_abort_msg("%s: segment %u is kept %zu times", text,
                         (unsigned)node, kept);
    }
    ck_assert_uint_eq(reached, l->edge_count);
}

/* The edge between two nodes that reads `reads`, or NULL. */
static const struct ufx_edge *
edge_between(uint32_t from, uint32_t to, const char *reads)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t e;

    for (e = l->first_edge[from]; e != UINT32_MAX; e = l->edges[e].next) {
        const struct ufx_edge *edge = &l->edges[e];

        if (edge->to == to && edge->reading != NULL &&
            strcmp(pipeline_show(edge->reading->chars, edge->reading->count),
                   reads) == 0)
            return edge;
    }
    return NULL;
}

static void
fill(const char *text)
{
    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    check_lattice(text);
}

START_TEST(words_have_readings)
{
    const struct ufx_edge *edge;

    pipeline_begin(&p, &api_facts);
    fill("la cooperacién");
    edge = edge_between(1, 2, "cooperación");
    ck_assert_ptr_nonnull(edge);
    ck_assert_uint_eq(edge->piece_count, 1);
    ck_assert_uint_eq(edge->pieces[0],
                      small_find(&p.language.lexicon, "cooperación"));
    pipeline_end(&p);
}
END_TEST

START_TEST(words_are_joined)
{
    pipeline_begin(&p, &api_facts);
    fill("la coope ración");
    ck_assert_ptr_nonnull(edge_between(1, 3, "cooperación"));
    /* Two known words are no other one. */
    fill("la general");
    ck_assert_ptr_null(edge_between(0, 2, "lageneral"));
    pipeline_end(&p);
}
END_TEST

/* Nothing of a word comes from what stands beside it. */
START_TEST(what_stands_beside_is_not_joined)
{
    static const char *const rules[] = {"x\t\t3"};
    struct small_facts facts = api_facts;

    facts.rules = rules;
    facts.rule_count = sizeof rules / sizeof *rules;
    pipeline_begin(&p, &facts);
    fill("coope xración");
    ck_assert_ptr_nonnull(edge_between(0, 2, "cooperación"));
    fill("x coope ración x");
    ck_assert_ptr_nonnull(edge_between(1, 3, "cooperación"));
    ck_assert_ptr_null(edge_between(0, 3, "cooperación"));
    ck_assert_ptr_null(edge_between(1, 4, "cooperación"));
    pipeline_end(&p);
}
END_TEST

START_TEST(broken_words_are_read)
{
    static const char *const breaks[] = {"-\n", "- ", "\u00AD", "\u00AD\n",
                                         "\u00AC\n"};
    char text[64];
    size_t i;

    pipeline_begin(&p, &api_facts);
    for (i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        snprintf(text, sizeof text, "la coope%sracién", breaks[i]);
        fill(text);
        ck_assert_ptr_nonnull(edge_between(1, 4, "cooperación"));
    }
    fill("la coope-racién");
    ck_assert_ptr_null(edge_between(1, 4, "cooperación"));
    fill("la Coope-\nRación");
    ck_assert_ptr_null(edge_between(1, 4, "Cooperación"));
    pipeline_end(&p);
}
END_TEST

START_TEST(marks_in_words_are_read)
{
    static const char *const rules[] = {"&\ta\t3", ";\tó\t3", "\t␣\t5"};
    struct small_facts facts = api_facts;

    facts.rules = rules;
    facts.rule_count = 3;
    pipeline_begin(&p, &facts);
    fill("la &samblea");
    ck_assert_ptr_nonnull(edge_between(1, 3, "asamblea"));
    fill("la sesi;n");
    ck_assert_ptr_nonnull(edge_between(1, 4, "sesión"));
    pipeline_end(&p);
}
END_TEST

/* The same for a mark that only a user's rule reads. */
START_TEST(marks_in_words_are_read_by_users_rules)
{
    struct ufx_rule rule;
    struct ufx_rules view;
    const char *why;

    pipeline_begin(&p, &api_facts);
    ck_assert(ufx_rule_parse("§\tó\t2", 7, &rule, &why));
    ufx_rules_index(&view, &rule, 1);
    p.vocabulary.user_rules = &view;
    ufx_profile_free(p.profile);
    p.profile = ufx_profile_new(&p.memory.memory, &p.vocabulary);
    fill("la sesi§n");
    ck_assert_ptr_nonnull(edge_between(1, 4, "sesión"));
    pipeline_end(&p);
}
END_TEST

START_TEST(marks_go)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t e;

    pipeline_begin(&p, &api_facts);
    fill("la ~ asamblea");
    for (e = l->first_edge[1]; e != UINT32_MAX; e = l->edges[e].next)
        if (l->edges[e].kind == UFX_EDGE_MARK)
            break;
    ck_assert_uint_ne(e, UINT32_MAX);
    ck_assert_uint_eq(l->edges[e].mark, 0);
    ck_assert_int_eq(l->edges[e].channel, 2000);
    pipeline_end(&p);
}
END_TEST

START_TEST(protected_segments_have_no_other_reading)
{
    pipeline_begin(&p, &api_facts);
    fill("http://la.de/sesién <sesién> sesi\x01n &sesi; www.sesién.de");
    fill("coope-\n<b>racién</b> laa\xFFsamblea");
    pipeline_end(&p);
}
END_TEST

START_TEST(any_text_makes_a_lattice)
{
    static const char *const parts[] = {
        "sesién",  "coope",  "ración", "-",   "\n", " ",    " ",       "la",
        "6",       "rganos", ";",      ".",   ",",  "~",    "<b>",     "\xFF",
        "52",      "/",      "134",    "IlI", "*",  "A/RE", "http://", "de",
        "General", "(",      ")",      "º",   "44", "442",  "\"",      "&"};
    uint64_t seed = 12;
    int round;

    pipeline_begin(&p, &api_facts);
    for (round = 0; round < 1500; round++) {
        char text[300] = "";
        size_t n = unit_below(&seed, 25), length = 0;

        while (n-- > 0) {
            const char *part =
                parts[unit_below(&seed, sizeof parts / sizeof *parts)];

            memcpy(text + length, part, strlen(part) + 1);
            length += strlen(part);
        }
        if (pipeline_decode(&p, text) != UNFIX_OK)
            ck_abort_msg("%s", text);
        check_lattice(text);
    }
    pipeline_end(&p);
}
END_TEST

/* Where the work ran out is known. */
START_TEST(work_may_run_out)
{
    static char text[200000];
    size_t used = 0, i;

    pipeline_begin(&p, &api_facts);
    fill("la cooperaci\xC3\xA9n de la sesi\xC3\xA9n");
    ck_assert_uint_eq(p.lattice.searched, p.lattice.segment_count);
    for (i = 0; used + 40 < sizeof text; i++)
        used += (size_t)sprintf(text + used, "la cxxperaci\xC3\xA9n%c%c%c ",
                                (int)('a' + i / 676 % 26),
                                (int)('a' + i / 26 % 26), (int)('a' + i % 26));
    /* As much as a word's length allows. */
    pipeline_segment(&p, text);
    ufx_candidates_start(p.candidates, 0, 0);
    ck_assert_int_eq(
        ufx_lattice_fill(&p.lattice, &p.vocabulary,
                         ufx_profile_habits(p.profile, &p.vocabulary),
                         p.candidates),
        UNFIX_OK);
    ck_assert_uint_lt(p.lattice.searched, p.lattice.segment_count);
    ck_assert_uint_gt(p.lattice.searched, 0);
    fill("la cooperaci\xC3\xA9n de la sesi\xC3\xA9n");
    ck_assert_uint_eq(p.lattice.searched, p.lattice.segment_count);
    pipeline_end(&p);
}
END_TEST

START_TEST(memory_may_run_out)
{
    static char text[4000];
    size_t k, i, used = 0;

    for (i = 0; i < 150; i++) {
        memcpy(text + used, "la sesi\xC3\xA9n; coope-\nraci\xC3\xB3n ", 26);
        used += 25;
    }
    pipeline_begin(&p, &api_facts);
    for (k = 1;; k++) {
        unfix_status status;

        ufx_arena_free(&p.arena);
        ufx_arena_init(&p.arena, &p.memory.memory);
        unit_memory_fail(&p.memory, k);
        status = pipeline_decode(&p, text);
        ck_assert_int_eq(status,
                         p.memory.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        if (!p.memory.failed)
            break;
    }
    ck_assert_uint_gt(k, 3);
    check_lattice(text);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        segments,
        emphasis_is_right,
        words_have_numbers,
        foreign_words,
        words_have_readings,
        words_are_joined,
        what_stands_beside_is_not_joined,
        broken_words_are_read,
        marks_in_words_are_read,
        marks_in_words_are_read_by_users_rules,
        marks_go,
        protected_segments_have_no_other_reading,
        any_text_makes_a_lattice,
        work_may_run_out,
        memory_may_run_out,
    };

    return unit_run("normalize/lattice", tests, sizeof tests / sizeof *tests);
}
