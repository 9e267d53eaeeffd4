/* SPDX-License-Identifier: MPL-2.0 */
/* What any search must find, and must not: it may walk as it likes. */
#include "normalize/search.h"

#include "normalize/tuned.h"

#include "small_pipeline.h"

#include <stdio.h>

static const struct small_word words[] = {
    {"a", 15, UFX_WORD_KNOWN},
    {"asamblea", 60, UFX_WORD_KNOWN},
    {"bolivia", 60, UFX_WORD_KNOWN | UFX_WORD_CAPITAL},
    {"constituído", 90, UFX_WORD_ARCHAIC},
    {"cooperación", 60, UFX_WORD_KNOWN},
    {"cooperation", 60, UFX_WORD_FOREIGN},
    {"de", 15, UFX_WORD_KNOWN},
    {"la", 15, UFX_WORD_KNOWN},
    {"onu", 60, UFX_WORD_KNOWN | UFX_WORD_CAPITAL | UFX_WORD_ACRONYM},
    {"seguir", 60, UFX_WORD_KNOWN},
    {"sesión", 60, UFX_WORD_KNOWN},
    {"término", 60, UFX_WORD_KNOWN},
    {"termino", 120, UFX_WORD_KNOWN},
    {"terminó", 90, UFX_WORD_KNOWN},
    {"año", 50, UFX_WORD_KNOWN},
    {"órganos", 60, UFX_WORD_KNOWN},
    {"ámbito", 110, UFX_WORD_KNOWN},
};

static const char *const rules[] = {
    "é\tó\t3.5", "6\tó\t2\tstart", "d\tó\t4", "o\tó\t3", "fi\tñ\t2.5",
    "\tó\t6",    "x\t\t5",         ";\t␣\t3", "\t␣\t5",  "e\té\t3",
    "&\tde\t4",  "i\té\t4.5\tend", "Ó\tó\t2", "A\tá\t2",
};

static const struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .rules = rules,
    .rule_count = sizeof rules / sizeof *rules,
};

#define USUAL false, UFX_COST_GENERIC, UFX_COST_GENERIC, UFX_COST_CASE
#define DEEP true, UFX_COST_GENERIC_DEEP, UFX_COST_EXPLAINED, UFX_COST_CASE_DEEP

static const struct ufx_search_limits wide = {18000, 12000, UFX_SEARCH_WIDTH,
                                              true,  1,     USUAL};
static const struct ufx_search_limits strict = {18000, 12000, UFX_SEARCH_WIDTH,
                                                true,  0,     USUAL};

static struct pipeline p;
static struct ufx_search *search;
static struct ufx_reading list[3 * UFX_READINGS];
static struct ufx_readings found;

static void
begin(void)
{
    pipeline_begin(&p, &facts);
    search = ufx_search_new(&p.memory.memory, &p.vocabulary, &p.arena);
    ck_assert_ptr_nonnull(search);
}

static void
end(void)
{
    ufx_search_free(search);
    pipeline_end(&p);
}

static void
run(const char *text, enum ufx_shape shape, const struct ufx_search_limits *l)
{
    uint32_t chars[2 * UFX_TOKEN_CHARS];
    size_t count = small_chars(text, chars);

    ufx_arena_reset(&p.arena);
    found.list = list;
    found.count = 0;
    ck_assert_int_eq(
        ufx_search_run(search, &p.vocabulary, chars, count, shape, l, &found),
        UNFIX_OK);
    ck_assert_uint_le(found.count, UFX_READINGS);
}

static const struct ufx_reading *
get(const char *text)
{
    const struct ufx_reading *reading = pipeline_find(&found, text);

    ck_assert_msg(reading != NULL, "%s is not found", text);
    return reading;
}

/* The parts of a reading's cost, by the rules that it names. */
static void
check_cost(const struct ufx_reading *reading, int32_t cost)
{
    int32_t sum = 0;
    uint8_t i;

    for (i = 0; i < reading->rule_count; i++) {
        ck_assert_uint_lt(reading->rules[i], p.language.rules.count);
        sum += p.language.rules.rules[reading->rules[i]].cost;
    }
    ck_assert_int_eq(sum, cost);
    ck_assert_int_eq(reading->channel, cost);
}

START_TEST(one_rule)
{
    const struct ufx_reading *r;

    begin();
    run("cooperacién", UFX_SHAPE_LOWER, &wide);
    r = get("cooperación");
    check_cost(r, 3500);
    ck_assert_uint_eq(r->rule_count, 1);
    ck_assert_uint_eq(r->word_count, 1);
    ck_assert_uint_eq(r->words[0],
                      small_find(&p.language.lexicon, "cooperación"));
    ck_assert_uint_eq(r->flags, 0);
    ck_assert_uint_eq(r->shape, UFX_SHAPE_LOWER);
    end();
}
END_TEST

START_TEST(several_rules)
{
    begin();
    run("6rganxos", UFX_SHAPE_LOWER, &wide);
    check_cost(get("órganos"), 2000 + 5000);
    run("coxoperacin", UFX_SHAPE_LOWER, &wide);
    check_cost(get("cooperación"), 5000 + 6000);
    run("afio", UFX_SHAPE_LOWER, &wide);
    check_cost(get("año"), 2500);
    end();
}
END_TEST

/* What another case costs counts along the way: here 'a', of which there are
 * far cheaper words, is no nearer than á. */
START_TEST(another_case_costs_at_once)
{
    static const struct ufx_search_limits near = {10000, 8000, UFX_SEARCH_WIDTH,
                                                  true,  0,    USUAL};

    begin();
    run("Ambito", UFX_SHAPE_LOWER, &near);
    check_cost(get("ámbito"), 2000);
    end();
}
END_TEST

START_TEST(the_word_itself)
{
    const struct ufx_reading *r;

    begin();
    run("cooperación", UFX_SHAPE_LOWER, &wide);
    r = get("cooperación");
    ck_assert_int_eq(r->channel, 0);
    ck_assert_uint_eq(r->rule_count, 0);
    ck_assert_uint_eq(r->flags, UFX_READING_SAME);
    end();
}
END_TEST

START_TEST(every_word_that_fits)
{
    begin();
    run("termino", UFX_SHAPE_LOWER, &wide);
    check_cost(get("termino"), 0);
    check_cost(get("término"), 3000);
    check_cost(get("terminó"), 3000);
    end();
}
END_TEST

START_TEST(places_count)
{
    begin();
    /* 6 is read for ó at the beginning only. */
    run("cooperaci6n", UFX_SHAPE_LOWER, &strict);
    ck_assert_ptr_null(pipeline_find(&found, "cooperación"));
    run("6rganos", UFX_SHAPE_LOWER, &strict);
    check_cost(get("órganos"), 2000);
    run("tirmino", UFX_SHAPE_LOWER, &strict);
    ck_assert_ptr_null(pipeline_find(&found, "término"));
    end();
}
END_TEST

/* ---- Limits ---- */

/* Rules by the thousand that read nothing lead on from each state: they count
 * as work, so that whoever has them searches less, not longer. */
START_TEST(many_rules_are_work)
{
    enum {
        MANY = 6000
    };
    struct ufx_rule *many = calloc(MANY, sizeof *many);
    struct ufx_rules own;
    uint32_t few, i;

    begin();
    run("cooperaci\xC3\xA9n", UFX_SHAPE_LOWER, &strict);
    few = ufx_search_work(search);
    ck_assert_uint_gt(few, 0);
    end();
    for (i = 0; i < MANY; i++) {
        many[i].meant[0] = (uint8_t)('a' + i % 26);
        many[i].meant[1] = (uint8_t)('a' + i / 26 % 26);
        many[i].meant[2] = (uint8_t)('a' + i / 676);
        many[i].meant_length = 3;
        many[i].cost = 1;
    }
    ufx_rules_index(&own, many, MANY);
    pipeline_begin(&p, &facts);
    p.vocabulary.user_rules = &own;
    search = ufx_search_new(&p.memory.memory, &p.vocabulary, &p.arena);
    ck_assert_ptr_nonnull(search);
    run("cooperaci\xC3\xA9n", UFX_SHAPE_LOWER, &strict);
    ck_assert_uint_gt(ufx_search_work(search), 5 * few);
    get("cooperaci\xC3\xB3n");
    end();
    free(many);
}
END_TEST

START_TEST(cap_is_kept)
{
    struct ufx_search_limits l = strict;

    begin();
    l.cap = 3500;
    run("cooperacién", UFX_SHAPE_LOWER, &l);
    check_cost(get("cooperación"), 3500);
    l.cap = 3499;
    run("cooperacién", UFX_SHAPE_LOWER, &l);
    ck_assert_uint_eq(found.count, 0);
    end();
}
END_TEST

START_TEST(generic_edits)
{
    const struct ufx_reading *r;

    begin();
    /* Another letter, one too many, one too few. */
    run("asanblea", UFX_SHAPE_LOWER, &wide);
    r = get("asamblea");
    ck_assert(r->flags & UFX_READING_GENERIC);
    ck_assert_int_eq(r->channel, UFX_COST_GENERIC);
    ck_assert_uint_eq(r->rules[0], UFX_RULE_GENERIC);
    run("asambleza", UFX_SHAPE_LOWER, &wide);
    ck_assert(get("asamblea")->flags & UFX_READING_GENERIC);
    run("asmblea", UFX_SHAPE_LOWER, &wide);
    ck_assert(get("asamblea")->flags & UFX_READING_GENERIC);
    run("asanblea", UFX_SHAPE_LOWER, &strict);
    ck_assert_ptr_null(pipeline_find(&found, "asamblea"));
    /* A rule is cheaper than the same change as a generic edit. */
    run("cooperacién", UFX_SHAPE_LOWER, &wide);
    ck_assert(!(get("cooperación")->flags & UFX_READING_GENERIC));
    end();
}
END_TEST

/* Ways to one text take one place in the beam: with so few of them these are
 * not found if each way has its own. */
START_TEST(ways_share_a_place)
{
    static const struct ufx_search_limits three = {UFX_REACH_DEEP, 3, true, 5,
                                                   DEEP};
    static const struct ufx_search_limits two = {UFX_REACH_DEEP, 2, true, 5,
                                                 DEEP};

    begin();
    run("cnnpentaion", UFX_SHAPE_LOWER, &three);
    get("cooperación");
    run("asrrblee", UFX_SHAPE_LOWER, &two);
    get("asamblea");
    end();
}
END_TEST

START_TEST(splits)
{
    struct ufx_search_limits l = strict;
    const struct ufx_reading *r;

    begin();
    run("laasamblea", UFX_SHAPE_LOWER, &strict);
    r = get("la asamblea");
    check_cost(r, 5000);
    ck_assert(r->flags & UFX_READING_SPLIT);
    ck_assert_uint_eq(r->word_count, 2);
    ck_assert_uint_eq(r->words[0], small_find(&p.language.lexicon, "la"));
    ck_assert_uint_eq(r->words[1], small_find(&p.language.lexicon, "asamblea"));
    run("sesién;de", UFX_SHAPE_LOWER, &strict);
    check_cost(get("sesión de"), 3500 + 3000);
    run("delaasamblea", UFX_SHAPE_LOWER, &strict);
    r = get("de la asamblea");
    check_cost(r, 10000);
    ck_assert_uint_eq(r->word_count, 3);
    l.blanks = false;
    run("laasamblea", UFX_SHAPE_LOWER, &l);
    ck_assert_ptr_null(pipeline_find(&found, "la asamblea"));
    end();
}
END_TEST

/* ---- Case ---- */

START_TEST(shapes)
{
    begin();
    run("Cooperacién", UFX_SHAPE_CAPITAL, &wide);
    ck_assert_int_eq(get("Cooperación")->channel, 3500);
    /* A capital where the shape has none, or none where it has, costs. */
    run("Cooperación", UFX_SHAPE_LOWER, &wide);
    ck_assert_int_eq(get("cooperación")->channel, UFX_COST_CASE);
    ck_assert_uint_eq(get("cooperación")->rules[0], UFX_RULE_CASE);
    run("cooperación", UFX_SHAPE_CAPITAL, &wide);
    ck_assert_int_eq(get("Cooperación")->channel, UFX_COST_CASE);
    run("ASAMBLEA", UFX_SHAPE_UPPER, &wide);
    ck_assert_int_eq(get("ASAMBLEA")->channel, 0);
    run("ASAMBLEa", UFX_SHAPE_UPPER, &wide);
    ck_assert_int_eq(get("ASAMBLEA")->channel, UFX_COST_CASE);
    end();
}
END_TEST

/* Print leaves accents of capitals out: such a word is right as it is. */
START_TEST(capitals_need_no_accents)
{
    const struct ufx_reading *r;

    begin();
    run("COOPERACION", UFX_SHAPE_UPPER, &strict);
    ck_assert_ptr_null(pipeline_find(&found, "COOPERACIÓN"));
    r = get("COOPERACION");
    ck_assert_int_eq(r->channel, 0);
    ck_assert_uint_eq(r->rule_count, 0);
    ck_assert(r->flags & UFX_READING_SAME);
    ck_assert_uint_eq(r->words[0],
                      small_find(&p.language.lexicon, "cooperación"));
    run("COOPERACIÓN", UFX_SHAPE_UPPER, &wide);
    ck_assert(get("COOPERACIÓN")->flags & UFX_READING_SAME);
    /* Ñ is a letter of its own. */
    run("ANO", UFX_SHAPE_UPPER, &strict);
    ck_assert_ptr_null(pipeline_find(&found, "ANO"));
    end();
}
END_TEST

START_TEST(names_want_their_capitals)
{
    begin();
    run("Bolivia", UFX_SHAPE_CAPITAL, &wide);
    ck_assert_int_eq(get("Bolivia")->channel, 0);
    run("BOLIVIA", UFX_SHAPE_UPPER, &wide);
    ck_assert_int_eq(get("BOLIVIA")->channel, 0);
    run("bolivia", UFX_SHAPE_LOWER, &wide);
    ck_assert_int_eq(get("bolivia")->channel, UFX_COST_PROPER);
    run("ONU", UFX_SHAPE_UPPER, &wide);
    ck_assert_int_eq(get("ONU")->channel, 0);
    run("Onu", UFX_SHAPE_CAPITAL, &wide);
    ck_assert_int_eq(get("Onu")->channel, UFX_COST_PROPER);
    end();
}
END_TEST

/* ---- What is no target ---- */

START_TEST(foreign_words_are_no_targets)
{
    begin();
    run("cooperatiox", UFX_SHAPE_LOWER, &wide);
    ck_assert_ptr_null(pipeline_find(&found, "cooperation"));
    run("cooperatixon", UFX_SHAPE_LOWER, &wide);
    ck_assert_ptr_null(pipeline_find(&found, "cooperation"));
    run("cooperation", UFX_SHAPE_LOWER, &wide);
    ck_assert(get("cooperation")->flags & UFX_READING_SAME);
    /* Nor is older print. */
    run("constituxído", UFX_SHAPE_LOWER, &wide);
    ck_assert_ptr_null(pipeline_find(&found, "constituído"));
    end();
}
END_TEST

START_TEST(nothing_in_no_text)
{
    char text[2 * UFX_TOKEN_CHARS];

    begin();
    run("", UFX_SHAPE_LOWER, &wide);
    ck_assert_uint_eq(found.count, 0);
    memset(text, 'a', sizeof text);
    text[UFX_TOKEN_CHARS + 1] = '\0';
    run(text, UFX_SHAPE_LOWER, &wide);
    ck_assert_uint_eq(found.count, 0);
    text[UFX_TOKEN_CHARS] = '\0';
    run(text, UFX_SHAPE_LOWER, &wide);
    run("qwqwqwqwqw", UFX_SHAPE_LOWER, &wide);
    ck_assert_uint_eq(found.count, 0);
    run("вода", UFX_SHAPE_LOWER, &wide);
    ck_assert_uint_eq(found.count, 0);
    end();
}
END_TEST

/* ---- Readings in general ---- */

static void
check_readings(const char *text)
{
    size_t i, k;

    for (i = 0; i < found.count; i++) {
        const struct ufx_reading *r = &found.list[i];
        char shown[400];
        size_t blanks = 0;

        snprintf(shown, sizeof shown, "%s", pipeline_show(r->chars, r->count));
        for (k = 0; k < r->count; k++)
            blanks += r->chars[k] == ' ';
        if (r->word_count != blanks + 1 || r->word_count > UFX_READING_WORDS ||
            r->rule_count > UFX_READING_RULES || r->channel < 0 ||
            r->count == 0)
            ck_abort_msg("%s: %s", text, shown);
        if (((r->flags & UFX_READING_SAME) != 0) != (strcmp(shown, text) == 0))
            ck_abort_msg("%s: %s is not the same", text, shown);
        for (k = 0; k < i; k++)
            if (strcmp(pipeline_show(found.list[k].chars, found.list[k].count),
                       shown) == 0)
                ck_abort_msg("%s: %s twice", text, shown);
    }
}

START_TEST(any_token_gives_sound_readings)
{
    static const char *const parts[] = {
        "sesi", "én",   "la",  "de",     "6",  "rganos", "x",  ";",
        "asam", "blea", "coo", "pera",   "ci", "d",      "n",  "fi",
        "&",    "É",    "A",   "termin", "o",  "Bolivi", "вo", "a"};
    uint64_t seed = 6;
    int round;

    begin();
    for (round = 0; round < 1500; round++) {
        char text[100] = "";
        size_t n = 1 + unit_below(&seed, 5), length = 0;
        uint32_t shape;

        while (n-- > 0) {
            const char *part =
                parts[unit_below(&seed, sizeof parts / sizeof *parts)];

            memcpy(text + length, part, strlen(part) + 1);
            length += strlen(part);
        }
        for (shape = UFX_SHAPE_LOWER; shape <= UFX_SHAPE_UPPER; shape++) {
            run(text, (enum ufx_shape)shape, &wide);
            check_readings(text);
        }
    }
    end();
}
END_TEST

/* Of what is found no beginning is blocked, and nothing is found in what begins
 * with what is. */
START_TEST(blocked_beginnings)
{
    static const char *const texts[] = {
        "cooperacién", "año",        "afio",        "6rganos", "órganosx",
        "laasamblea",  "termini",    "la;sesi",     "&la",     "amdito",
        "órgano",      "zzzzsesión", "xxxxxxseguir"};
    uint32_t chars[40];
    size_t i, n, blocked = 0;

    begin();
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t all = small_chars(texts[i], chars);

        run(texts[i], UFX_SHAPE_LOWER, &strict);
        blocked += ufx_search_is_blocked(search);
        if (found.count == 0)
            continue;
        for (n = 1; n <= all; n++) {
            run(pipeline_show(chars, n), UFX_SHAPE_LOWER, &strict);
            ck_assert(!ufx_search_is_blocked(search));
        }
    }
    ck_assert_uint_gt(blocked, 0);
    run("zzzz", UFX_SHAPE_LOWER, &strict);
    ck_assert(ufx_search_is_blocked(search));
    run("zz", UFX_SHAPE_LOWER, &strict);
    ck_assert(!ufx_search_is_blocked(search));
    end();
}
END_TEST

START_TEST(the_same_twice)
{
    uint32_t chars[20];
    int32_t channel[UFX_READINGS];
    struct ufx_reading again[UFX_READINGS];
    struct ufx_readings other = {again, 0};
    size_t count, i;

    begin();
    count = small_chars("termino", chars);
    run("termino", UFX_SHAPE_LOWER, &wide);
    for (i = 0; i < found.count; i++)
        channel[i] = found.list[i].channel;
    run("laasamblea", UFX_SHAPE_LOWER, &wide);
    run("termino", UFX_SHAPE_LOWER, &wide);
    ck_assert_int_eq(ufx_search_run(search, &p.vocabulary, chars, count,
                                    UFX_SHAPE_LOWER, &wide, &other),
                     UNFIX_OK);
    ck_assert_uint_eq(other.count, found.count);
    for (i = 0; i < other.count; i++) {
        ck_assert_int_eq(other.list[i].channel, channel[i]);
        ck_assert_str_eq(
            pipeline_show(other.list[i].chars, other.list[i].count),
            pipeline_show(found.list[i].chars, found.list[i].count));
    }
    end();
}
END_TEST

/* ---- A user's words ---- */

START_TEST(users_words_and_rules)
{
    static const struct small_word own[] = {
        {"cooperancia", 150, UFX_WORD_KNOWN}};
    struct ufx_lexicon_built built;
    struct ufx_rule rule;
    struct ufx_rules view;
    const struct ufx_reading *r;
    const char *why;

    begin();
    small_lexicon(&built, &p.memory.memory, own, 1);
    ck_assert(ufx_rule_parse("§\ta\t2", 6, &rule, &why));
    ufx_rules_index(&view, &rule, 1);
    p.vocabulary.user = &built.view;
    p.vocabulary.user_rules = &view;
    ufx_search_free(search);
    search = ufx_search_new(&p.memory.memory, &p.vocabulary, &p.arena);
    ck_assert_ptr_nonnull(search);
    run("cooper§ncia", UFX_SHAPE_LOWER, &strict);
    r = get("cooperancia");
    ck_assert_int_eq(r->channel, 2000);
    ck_assert(r->flags & UFX_READING_LISTED);
    ck_assert_uint_eq(r->rules[0], p.language.rules.count);
    run("coxoperancia", UFX_SHAPE_LOWER, &strict);
    ck_assert_int_eq(get("cooperancia")->channel, 5000);
    run("§samblea", UFX_SHAPE_LOWER, &strict);
    r = get("asamblea");
    ck_assert_int_eq(r->channel, 2000);
    ck_assert(!(r->flags & UFX_READING_LISTED));
    ufx_lexicon_built_free(&built);
    end();
}
END_TEST

/* A damaged model may have the same label again and again at a node, where the
 * room for what may follow was reckoned from one of each. */
START_TEST(labels_that_repeat)
{
    enum {
        ARCS = 1000
    };
    static struct ufx_arc arcs[ARCS + 2];
    struct ufx_lexicon lexicon = p.language.lexicon;
    uint32_t chars[8], i;

    begin();
    lexicon = p.language.lexicon;
    for (i = 1; i <= ARCS; i++) {
        arcs[i].way = 'a' | UFX_ARC_FINAL | 1u << 10;
        arcs[i].below = UINT32_MAX;
    }
    arcs[0].way = 1u << 10;
    arcs[0].below = UINT32_MAX;
    arcs[ARCS + 1].way = 'a' | UFX_ARC_LAST | UFX_ARC_FINAL;
    lexicon.arcs = arcs;
    lexicon.arc_count = ARCS + 2;
    p.language.lexicon = lexicon;
    found.list = list;
    found.count = 0;
    i = (uint32_t)small_chars("6ranos", chars);
    ck_assert_int_eq(ufx_search_run(search, &p.vocabulary, chars, i,
                                    UFX_SHAPE_LOWER, &wide, &found),
                     UNFIX_OK);
    end();
}
END_TEST

START_TEST(memory_may_run_out)
{
    struct unit_memory m;
    struct ufx_arena arena;
    uint32_t chars[20];
    size_t count, k;

    begin();
    count = small_chars("cooperacién", chars);
    for (k = 1;; k++) {
        struct ufx_search *s;
        unfix_status status = UNFIX_ERROR_MEMORY;

        unit_memory_init(&m, k);
        ufx_arena_init(&arena, &m.memory);
        s = ufx_search_new(&m.memory, &p.vocabulary, &arena);
        found.list = list;
        found.count = 0;
        if (s != NULL)
            status = ufx_search_run(s, &p.vocabulary, chars, count,
                                    UFX_SHAPE_LOWER, &wide, &found);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        ufx_search_free(s);
        ufx_arena_free(&arena);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 2);
    ufx_search_free(NULL);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        one_rule,
        several_rules,
        another_case_costs_at_once,
        the_word_itself,
        every_word_that_fits,
        places_count,
        many_rules_are_work,
        cap_is_kept,
        generic_edits,
        ways_share_a_place,
        splits,
        shapes,
        capitals_need_no_accents,
        names_want_their_capitals,
        foreign_words_are_no_targets,
        nothing_in_no_text,
        any_token_gives_sound_readings,
        blocked_beginnings,
        the_same_twice,
        users_words_and_rules,
        labels_that_repeat,
        memory_may_run_out,
    };

    return unit_run("normalize/search", tests, sizeof tests / sizeof *tests);
}
