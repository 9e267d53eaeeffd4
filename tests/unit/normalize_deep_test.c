/* SPDX-License-Identifier: MPL-2.0 */
#include "small_pipeline.h"
#include "unit_api.h"

#include "normalize/tuned.h"

static struct pipeline p;

/* Four words misread in the plain way, and so many that nothing is near to. */
static void
count_page(int lost)
{
    int i;

    pipeline_count(&p, "la cooperacién de la sesién, cooperacién y sesién");
    for (i = 0; i < lost; i++)
        pipeline_count(&p, "de qzqzqzq");
}

/* Whether an edge reads as `text`, from the segment `from` to `to`. */
static bool
may_be(uint32_t from, uint32_t to, const char *text)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t e = l->first_edge[from];

    for (; e != UINT32_MAX; e = l->edges[e].next) {
        const struct ufx_edge *edge = &l->edges[e];

        if (edge->to == to && edge->reading != NULL &&
            strcmp(pipeline_show(edge->reading->chars, edge->reading->count),
                   text) == 0)
            return true;
    }
    return false;
}

static bool
reads(const char *text, uint32_t to, const char *wanted)
{
    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    return may_be(0, to, wanted);
}

START_TEST(pages_where_little_is_right)
{
    pipeline_begin(&p, &api_facts);
    count_page(0);
    ck_assert(!ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    count_page(3);
    ck_assert_uint_eq(ufx_profile_totals(p.profile)->lost, 3);
    ck_assert(ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    /* Where hardly anything is misread in the plain way, it is another
     * language. */
    count_page(30);
    ck_assert(!ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    pipeline_end(&p);
}
END_TEST

/* A word that comes again and again, misread though it looks, is one that the
 * dictionary lacks. */
START_TEST(texts_of_a_strange_vocabulary)
{
    int i;

    pipeline_begin(&p, &api_facts);
    count_page(3);
    ck_assert(ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    for (i = 0; i < 30; i++)
        pipeline_count(&p, "la sesién");
    ck_assert(!ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    pipeline_end(&p);
}
END_TEST

/* In a long text it may, now and then: that is no word of its own. */
START_TEST(misread_again_in_a_long_text)
{
    const struct ufx_profile_totals *totals;
    int i;

    pipeline_begin(&p, &api_facts);
    totals = ufx_profile_totals(p.profile);
    pipeline_count(&p, "la sesién");
    pipeline_count(&p, "la sesién");
    ck_assert_uint_eq(totals->nature.traits[UFX_TRAIT_DAMAGED], 1);
    for (i = 0; i < UFX_RARE_WORDS; i++)
        pipeline_count(&p, "la paz");
    pipeline_count(&p, "la sesién");
    ck_assert_uint_eq(totals->nature.traits[UFX_TRAIT_DAMAGED], 2);
    pipeline_end(&p);
}
END_TEST

/* Words that a blank takes apart, and letters that it leaves alone, are lost as
 * well. */
START_TEST(what_is_lost)
{
    pipeline_begin(&p, &api_facts);
    pipeline_count(&p, "la asam blea");
    ck_assert_uint_eq(ufx_profile_totals(p.profile)->lost, 2);
    pipeline_count(&p, "q la a");
    ck_assert_uint_eq(ufx_profile_totals(p.profile)->lost, 3);
    pipeline_count(&p, "Qzqzqzq");
    ck_assert_uint_eq(ufx_profile_totals(p.profile)->lost, 3);
    pipeline_end(&p);
}
END_TEST

START_TEST(several_faults)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(!reads("axamxlea", 1, "asamblea"));
    count_page(3);
    ck_assert(reads("axamxlea", 1, "asamblea"));
    ck_assert(reads("as~mb;ea", 5, "asamblea"));
    ck_assert(reads("16asamblea", 1, "asamblea"));
    ck_assert(reads("aSaMbLEA", 1, "ASAMBLEA"));
    ck_assert(reads("axam bxea", 2, "asamblea"));
    ck_assert(reads("axam- bxea", 3, "asamblea"));
    ck_assert(reads("a s a m b l e a", 8, "asamblea"));
    pipeline_end(&p);
}
END_TEST

/* Nor is a usual word doubted, a number or a name that comes again. */
START_TEST(what_is_left_alone)
{
    pipeline_begin(&p, &api_facts);
    count_page(3);
    ck_assert(!reads("agua blea", 2, "asamblea"));
    ck_assert(reads("Axamxlea", 1, "Asamblea"));
    pipeline_count(&p, "Axamxlea, Axamxlea, Axamxlea");
    ck_assert(!reads("Axamxlea", 1, "Asamblea"));
    pipeline_end(&p);
}
END_TEST

/* Parts that are a word together, however many, on any page if one of them is
 * none. */
START_TEST(to_the_letter)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("in te rn ac io nal", 6, "internacional"));
    ck_assert(reads("INTER NACI O NAL", 4, "INTERNACIONAL"));
    ck_assert(reads("in- ter nacional", 4, "internacional"));
    ck_assert(!reads("in te RN ac io nal", 6, "internacional"));
    ck_assert(!reads("in te rn ac xo nal", 6, "internacional"));
    pipeline_end(&p);
}
END_TEST

/* What has a mark or a figure within, and is near to no word, is looked for on
 * any page. */
START_TEST(ruined_by_marks)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("as~mx;ea", 5, "asamblea"));
    ck_assert(reads("as4mx1ea", 1, "asamblea"));
    ck_assert(!reads("axamxxea", 1, "asamblea"));
    ck_assert(!reads("axamx-ea", 3, "asamblea"));
    pipeline_end(&p);
}
END_TEST

/* Letters spaced out are one word, misread, on any page. */
START_TEST(spaced_and_misread)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("a s a m x l e a", 8, "asamblea"));
    ck_assert(!reads("axam xlea", 2, "asamblea"));
    ck_assert(reads("a s a m -\nb l e a", 9, "asamblea"));
    pipeline_end(&p);
}
END_TEST

/* Whether the mark at the segment may have lost its blank. */
static bool
may_close(const char *text, uint32_t at)
{
    uint32_t e;

    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    for (e = p.lattice.first_edge[at]; e != UINT32_MAX;
         e = p.lattice.edges[e].next)
        if (p.lattice.edges[e].kind == UFX_EDGE_CLOSE)
            return true;
    return false;
}

/* A bracket stands close to its word if the one that opens does; a colon may
 * stand by itself, but where little is right. */
START_TEST(blanks_before_what_closes)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(may_close("la (asamblea ) de", 3));
    ck_assert(!may_close("la ( asamblea ) de", 3));
    ck_assert(!may_close("la asamblea ) de", 2));
    ck_assert(!may_close("la asamblea : de", 2));
    count_page(3);
    ck_assert(may_close("la asamblea ) de", 2));
    ck_assert(may_close("la asamblea : de", 2));
    ck_assert(!may_close("la asamblea :de", 2));
    pipeline_end(&p);
}
END_TEST

/* Where blanks stand in words again and again both parts may be words. */
START_TEST(blanks_in_words)
{
    static const struct small_word words[] = {{"a", 30, UFX_WORD_KNOWN},
                                              {"ahora", 60, UFX_WORD_KNOWN},
                                              {"hora", 60, UFX_WORD_KNOWN},
                                              {"sesenta", 60, UFX_WORD_KNOWN}};
    const struct small_facts facts = {.words = words, .word_count = 4};
    int i;

    pipeline_begin(&p, &facts);
    ck_assert(!reads("a hora", 2, "ahora"));
    for (i = 0; i < 3; i++)
        pipeline_count(&p, "sesen ta");
    ck_assert(ufx_profile_habits(p.profile, &p.vocabulary)->broken);
    ck_assert(!ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    ck_assert(reads("a hora", 2, "ahora"));
    pipeline_end(&p);
}
END_TEST

/* Where little is right a letter may have been read as the blank, and a mark
 * may have fallen beside it. */
START_TEST(nearly_to_the_letter)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("COO PERACION", 2, "COOPERACION"));
    ck_assert(!reads("INTERNA IONAL", 2, "INTERNACIONAL"));
    count_page(3);
    ck_assert(reads("INTERNA IONAL", 2, "INTERNACIONAL"));
    ck_assert(reads("C OPERACION", 2, "COOPERACION"));
    ck_assert(reads("inter- acional", 3, "internacional"));
    ck_assert(!reads("INTER IONAL", 2, "INTERNACIONAL"));
    ck_assert(reads("inter~ nacional", 3, "internacional"));
    ck_assert(reads("inter- \"nacional", 4, "internacional"));
    pipeline_end(&p);
}
END_TEST

/* What is too far from any word for a usual search is looked for more
 * widely. */
START_TEST(what_is_left_over)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(!reads("d4", 1, "de"));
    ck_assert(!reads("1a", 1, "la"));
    count_page(3);
    ck_assert(reads("SAMBLEx", 1, "ASAMBLEA"));
    ck_assert(reads("1a", 1, "la"));
    pipeline_end(&p);
}
END_TEST

/* Where figures meet letters, or small letters capitals; and a mark that opens,
 * read as a letter, where what it opens is closed. */
START_TEST(seams_of_tokens)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("37asamblea", 1, "37 asamblea"));
    ck_assert(reads("asamblea1953", 1, "asamblea 1953"));
    ck_assert(reads("ASAMBLEAgeneral", 1, "ASAMBLEA general"));
    ck_assert(reads("AGUAAsamblea", 1, "AGUA Asamblea"));
    ck_assert(reads("aguaASAMBLEA", 1, "agua ASAMBLEA"));
    ck_assert(!reads("aguaXuzuzu", 1, "agua Xuzuzu"));
    ck_assert(!reads("aguazuzu", 1, "agua zuzu"));
    ck_assert(!reads("la12", 1, "la 12"));
    ck_assert_int_eq(pipeline_decode(&p, "de 1 9 8 6"), UNFIX_OK);
    ck_assert(may_be(1, 5, "1986"));
    ck_assert_int_eq(pipeline_decode(&p, "de 1 9 8 6 4"), UNFIX_OK);
    ck_assert(!may_be(1, 5, "1986"));
    ck_assert_int_eq(pipeline_decode(&p, "Agua 1 9 8 6"), UNFIX_OK);
    ck_assert(!may_be(1, 5, "1986"));
    ck_assert(reads("jAgua?", 1, "¿Agua"));
    ck_assert(reads("éAgua!", 1, "¡Agua"));
    ck_assert(!reads("éAgua.", 1, "¿Agua"));
    ck_assert(!reads("¿éAgua?", 2, "¿Agua"));
    count_page(3);
    ck_assert(reads("aguaXuzuzu", 1, "agua Xuzuzu"));
    pipeline_end(&p);
}
END_TEST

/* Whether a change joins letters that stand for themselves. */
static bool
has_letters(const char *text)
{
    size_t i;
    bool has = false;

    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    for (i = 0; i < p.changes.count; i++)
        has = has || p.changes.list[i].of_letters;
    return has;
}

START_TEST(letters_that_stand_for_themselves)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(has_letters("d e q z x j k w"));
    count_page(3);
    ck_assert(!has_letters("d e q z x j k w"));
    pipeline_end(&p);
}
END_TEST

/* Of words run together none is a letter that is no word by itself. */
START_TEST(lone_letters)
{
    static const struct small_word words[] = {{"asamblea", 60, UFX_WORD_KNOWN},
                                              {"e", 20, UFX_WORD_KNOWN},
                                              {"s", 20, UFX_WORD_KNOWN}};
    static const char *const rules[] = {"\t\u2423\t5"};
    const struct small_facts facts = {
        .words = words, .word_count = 3, .rules = rules, .rule_count = 1};

    pipeline_begin(&p, &facts);
    ck_assert(reads("asambleae", 1, "asamblea e"));
    ck_assert(reads("easamblea", 1, "e asamblea"));
    ck_assert(!reads("asambleas", 1, "asamblea s"));
    ck_assert(!reads("sasamblea", 1, "s asamblea"));
    pipeline_end(&p);
}
END_TEST

/* Letters spaced out are a word though each is one by itself. */
START_TEST(letters_apart)
{
    pipeline_begin(&p, &api_facts);
    ck_assert(reads("A G U A", 4, "AGUA"));
    ck_assert(!reads("A G U", 3, "AGU"));
    pipeline_end(&p);
}
END_TEST

/* Where words are spelt as in older print, any small token may be one of those
 * that have an accent there. */
START_TEST(old_words_of_one_letter)
{
    static const struct small_word words[] = {
        {"a", 20, UFX_WORD_KNOWN},
        {"agua", 60, UFX_WORD_KNOWN},
        {"fué", 90, UFX_WORD_KNOWN | UFX_WORD_ARCHAIC}};
    const struct small_facts facts = {.words = words, .word_count = 3};

    pipeline_begin(&p, &facts);
    ck_assert(!reads("6 agua", 1, "á"));
    pipeline_count(&p, "fué fué fué");
    ck_assert(reads("6 agua", 1, "á"));
    ck_assert(reads("{L agua", 2, "á"));
    ck_assert(!reads("6xq agua", 1, "á"));
    pipeline_end(&p);
}
END_TEST

/* Where little is right of what is one character and no word as well. */
START_TEST(old_words_on_bad_pages)
{
    static const struct small_word words[] = {{"a", 20, UFX_WORD_KNOWN},
                                              {"agua", 60, UFX_WORD_KNOWN},
                                              {"sesión", 60, UFX_WORD_KNOWN}};
    static const char *const rules[] = {"é\tó\t3.5"};
    const struct small_facts facts = {
        .words = words, .word_count = 3, .rules = rules, .rule_count = 1};
    int i;

    pipeline_begin(&p, &facts);
    for (i = 0; i < 4; i++)
        pipeline_count(&p, "sesién");
    pipeline_count(&p, "qzqzqzq");
    ck_assert(!ufx_profile_habits(p.profile, &p.vocabulary)->old);
    ck_assert(ufx_profile_habits(p.profile, &p.vocabulary)->deep);
    ck_assert(reads("6 agua", 1, "á"));
    ck_assert(!reads("a agua", 1, "á"));
    ck_assert(!reads("{L agua", 2, "á"));
    pipeline_end(&p);
}
END_TEST

/* Where little is right a mark that is seldom a speck may be one. */
START_TEST(rare_specks)
{
    static const struct ufx_mark_rule marks[] = {{',', 0, 10000}};
    struct small_facts facts = api_facts;
    uint32_t e;
    int page;

    facts.marks = marks;
    facts.mark_count = 1;
    pipeline_begin(&p, &facts);
    for (page = 0; page < 2; page++) {
        bool speck = false;

        ck_assert_int_eq(pipeline_decode(&p, "la, asamblea"), UNFIX_OK);
        for (e = p.lattice.first_edge[1]; e != UINT32_MAX;
             e = p.lattice.edges[e].next)
            speck = speck || (p.lattice.edges[e].kind == UFX_EDGE_MARK &&
                              p.lattice.edges[e].mark == 0);
        ck_assert_int_eq(speck, page == 1);
        count_page(3);
    }
    pipeline_end(&p);
}
END_TEST

/* A backslash within capitals or at a word's end is a part of a letter, and any
 * other where little is right; else it begins an escape. */
START_TEST(backslashes)
{
    pipeline_begin(&p, &api_facts);
    pipeline_decode(&p, "ASAM\\LEA");
    ck_assert(!ufx_is_fixed(&p.lattice.segments[0]));
    pipeline_decode(&p, "ASAMBLE\\");
    ck_assert(!ufx_is_fixed(&p.lattice.segments[0]));
    pipeline_decode(&p, "asamb\\ea");
    ck_assert(ufx_is_fixed(&p.lattice.segments[0]));
    ck_assert(!may_be(0, 3, "asamblea"));
    count_page(3);
    ck_assert(reads("asamb\\ea", 3, "asamblea"));
    ck_assert(reads("ASAM\\LEA", 3, "ASAMBLEA"));
    pipeline_end(&p);
}
END_TEST

/* What a nearer search has found as well is no rival of itself. */
START_TEST(no_reading_twice)
{
    uint32_t e, times = 0;

    pipeline_begin(&p, &api_facts);
    count_page(3);
    ck_assert(reads("asam blea", 2, "asamblea"));
    for (e = p.lattice.first_edge[0]; e != UINT32_MAX;
         e = p.lattice.edges[e].next) {
        const struct ufx_edge *edge = &p.lattice.edges[e];

        times +=
            edge->to == 2 && edge->reading != NULL &&
            strcmp(pipeline_show(edge->reading->chars, edge->reading->count),
                   "asamblea") == 0;
    }
    ck_assert_uint_eq(times, 1);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        pages_where_little_is_right,
        texts_of_a_strange_vocabulary,
        misread_again_in_a_long_text,
        what_is_lost,
        several_faults,
        what_is_left_alone,
        to_the_letter,
        ruined_by_marks,
        spaced_and_misread,
        blanks_before_what_closes,
        blanks_in_words,
        nearly_to_the_letter,
        what_is_left_over,
        seams_of_tokens,
        letters_that_stand_for_themselves,
        lone_letters,
        letters_apart,
        old_words_of_one_letter,
        old_words_on_bad_pages,
        rare_specks,
        backslashes,
        no_reading_twice,
    };

    return unit_run("normalize/deep", tests, sizeof tests / sizeof *tests);
}
