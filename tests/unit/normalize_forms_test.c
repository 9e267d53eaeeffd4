/* SPDX-License-Identifier: MPL-2.0 */
/* lib/normalize/forms.c, by the edges it adds to a lattice. */
#include "normalize/lattice.h"

#include "small_pipeline.h"

#include <stdio.h>

static const struct small_word words[] = {
    {"capítulo", 70, UFX_WORD_KNOWN}, {"la", 15, UFX_WORD_KNOWN},
    {"período", 65, UFX_WORD_KNOWN},  {"resolución", 60, UFX_WORD_KNOWN},
    {"sesión", 65, UFX_WORD_KNOWN},   {"y", 15, UFX_WORD_KNOWN},
};

static const char *const rules[] = {"é\tó\t3.5"};

/* CAB and CAT are equally near to CAR; CN is too short to be guessed at. */
static const char symbols[] = "A\0CAB\0CAT\0CN\0CONF\0E\0RES";

static const struct ufx_ordinal_noun nouns[] = {
    {"sesion", 0xAA},
    {"periodo", 0xBA},
    {"preparatorioabc", 0xBA}, /* fills the field: no NUL after it */
};

static const struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .rules = rules,
    .rule_count = 1,
    .symbols = symbols,
    .symbols_size = sizeof symbols,
    .nouns = nouns,
    .noun_count = sizeof nouns / sizeof *nouns,
};

static struct pipeline p;

static void
fill(const char *text)
{
    if (pipeline_decode(&p, text) != UNFIX_OK)
        ck_abort_msg("%s", text);
}

/* What keeping the segment costs. */
static int32_t
keep_cost(uint32_t at)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t e = l->first_edge[at];

    while (l->edges[e].kind != UFX_EDGE_KEEP)
        e = l->edges[e].next;
    return l->edges[e].channel;
}

/* All typed forms of the text, sorted: segments, class, text, cost.  The
 * string lasts until the next call. */
static const char *
forms(const char *text)
{
    static char line[1000];
    const struct ufx_lattice *l = &p.lattice;
    size_t used = 0;
    uint32_t at, e;

    fill(text);
    for (at = 0; at < l->segment_count; at++) {
        /* The list of edges begins with the newest. */
        uint32_t order[100], n = 0;

        for (e = l->first_edge[at]; e != UINT32_MAX; e = l->edges[e].next)
            if (l->edges[e].reading != NULL &&
                (l->edges[e].reading->flags & UFX_READING_FORM)) {
                ck_assert_uint_lt(n, 100);
                order[n++] = e;
            }
        while (n-- > 0) {
            const struct ufx_edge *edge = &l->edges[order[n]];
            const struct ufx_reading *r = edge->reading;
            uint32_t class =
                edge->pieces[0] - ufx_language_class(&p.language, 0);

            ck_assert_uint_eq(edge->piece_count, 1);
            ck_assert_uint_eq(r->words[0], edge->pieces[0]);
            ck_assert_int_eq(r->channel, edge->channel);
            used += (size_t)snprintf(
                line + used, sizeof line - used, "%s%u-%u %s %s %d",
                used > 0 ? "; " : "", (unsigned)at, (unsigned)edge->to,
                ufx_piece_name((enum ufx_piece_class) class),
                pipeline_show(r->chars, r->count), (int)edge->channel);
            ck_assert_uint_lt(used, sizeof line);
        }
    }
    line[used] = '\0';
    return line;
}

/* ---- Ordinals ---- */

START_TEST(sign_read_as_mark)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("la 44* sesión"), "1-3 <ord-f> 44ª 1500");
    ck_assert_int_eq(keep_cost(1), 5000);
    ck_assert_str_eq(forms("53\" período"), "0-2 <ord-m> 53º 1500");
    /* A noun that is not listed leaves open which. */
    ck_assert_str_eq(forms("la 44* resolución"),
                     "1-3 <ord-m> 44º 1500; 1-3 <ord-f> 44ª 1500");
    ck_assert_int_eq(keep_cost(1), 0);
    /* A mark away from the number, or before no noun, is no sign. */
    ck_assert_str_eq(forms("la 44* y"), "");
    ck_assert_str_eq(forms("la 44*"), "");
    ck_assert_str_eq(forms("44 * sesión"), "");
    ck_assert_str_eq(forms("44, sesión"), "");
    ck_assert_str_eq(forms("44** sesión"), "");
    pipeline_end(&p);
}
END_TEST

START_TEST(sign_read_as_figure)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("442 sesion"),
                     "0-1 <ord-f> 44ª 1500; 0-1 <ord-f> 442ª 5000");
    ck_assert_int_eq(keep_cost(0), 5000);
    ck_assert_str_eq(forms("530 período"),
                     "0-1 <ord-m> 53º 3000; 0-1 <ord-m> 530º 5000");
    /* A year is a number as well. */
    ck_assert_str_eq(forms("1952 sesión"),
                     "0-1 <ord-f> 195ª 1500; 0-1 <ord-f> 1952ª 5000");
    /* 6 looks like no sign; without the last figure nothing would be left; a
     * number that begins with 0 is no ordinal. */
    ck_assert_str_eq(forms("446 sesión"), "0-1 <ord-f> 446ª 5000");
    ck_assert_str_eq(forms("2 sesión"), "0-1 <ord-f> 2ª 5000");
    ck_assert_str_eq(forms("012 sesión"), "0-1 <ord-f> 012ª 5000");
    ck_assert_str_eq(forms("123456 sesión"), "");
    pipeline_end(&p);
}
END_TEST

START_TEST(sign_of_the_other_gender)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("la 7384º sesión"), "1-2 <ord-f> 7384ª 1500");
    ck_assert_int_eq(keep_cost(1), 5000);
    ck_assert_str_eq(forms("53ª PERÍODO"), "");
    ck_assert_str_eq(forms("53ª período"), "0-1 <ord-m> 53º 1500");
    /* Right as it is. */
    ck_assert_str_eq(forms("53º período"), "");
    ck_assert_int_eq(keep_cost(0), 0);
    ck_assert_str_eq(forms("44ª sesión"), "");
    ck_assert_int_eq(keep_cost(0), 0);
    /* A degree sign is what some print. */
    ck_assert_str_eq(forms("44° sesión"), "");
    /* Nobody knows of this noun: offered, but the other stays as likely. */
    ck_assert_str_eq(forms("44ª resolución"), "0-1 <ord-m> 44º 1500");
    ck_assert_int_eq(keep_cost(0), 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(number_before_a_noun)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("66 resolución"),
                     "0-1 <ord-m> 66º 5000; 0-1 <ord-f> 66ª 5000");
    ck_assert_int_eq(keep_cost(0), 0);
    ck_assert_str_eq(forms("66 sesión"), "0-1 <ord-f> 66ª 5000");
    ck_assert_int_eq(keep_cost(0), 5000);
    /* The whole noun must be listed, neither more nor less. */
    ck_assert_str_eq(forms("66 sesi"),
                     "0-1 <ord-m> 66º 5000; 0-1 <ord-f> 66ª 5000");
    ck_assert_str_eq(forms("66 sesiones"),
                     "0-1 <ord-m> 66º 5000; 0-1 <ord-f> 66ª 5000");
    ck_assert_str_eq(forms("66 preparatorioabc"), "0-1 <ord-m> 66º 5000");
    ck_assert_str_eq(forms("66 preparatorioabcd"),
                     "0-1 <ord-m> 66º 5000; 0-1 <ord-f> 66ª 5000");
    /* Before a capital, a short word or nothing there is no ordinal. */
    ck_assert_str_eq(forms("66 Sesión"), "");
    ck_assert_str_eq(forms("66 la"), "");
    ck_assert_str_eq(forms("66"), "");
    ck_assert_str_eq(forms("52/66 sesión"), "");
    pipeline_end(&p);
}
END_TEST

/* ---- Roman numerals ---- */

START_TEST(roman_numerals)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("capítulo IlI"), "1-2 <roman> III 1200");
    ck_assert_str_eq(forms("capítulo Il"), "1-2 <roman> II 1200");
    ck_assert_str_eq(forms("capítulo 111"), "1-2 <roman> III 10500");
    ck_assert_str_eq(forms("capítulo 11"), "1-2 <roman> II 7000");
    ck_assert_str_eq(forms("capítulo XlV"), "1-2 <roman> XIV 1200");
    ck_assert_str_eq(forms("capítulo 1V"), "1-2 <roman> IV 3500");
    ck_assert_str_eq(forms("capítulo xYi"), "1-2 <roman> XVI 3600");
    pipeline_end(&p);
}
END_TEST

START_TEST(no_roman_numerals)
{
    static const char *const texts[] = {
        "capítulo III",  /* right as it is */
        "capítulo IIII", /* no numeral */
        "capítulo IlII", /* none either, read as it may be */
        "capítulo 1111", /* nor this */
        "capítulo lX1V",    "capítulo VlV",
        "capítulo l",       /* one letter says too little */
        "capítulo XXXVlII", /* longer than chapters go */
        "capítulo Ill2",    "capítulo ala",
    };
    size_t i;

    pipeline_begin(&p, &facts);
    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        if (forms(texts[i])[0] != '\0')
            ck_abort_msg("%s: %s", texts[i], forms(texts[i]));
    pipeline_end(&p);
}
END_TEST

/* ---- Document symbols ---- */

START_TEST(symbols_are_mended)
{
    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("A/ICONF.157/24"),
                     "0-1 <symbol> A/CONF.157/24 4000");
    /* To keep it is four times as odd. */
    ck_assert_int_eq(keep_cost(0), 16000);
    ck_assert_str_eq(forms("A/CQNF.157/24"), "0-1 <symbol> A/CONF.157/24 4000");
    ck_assert_str_eq(forms("A/CONFF.157/24"),
                     "0-1 <symbol> A/CONF.157/24 4000");
    ck_assert_str_eq(forms("A/3l/369"), "0-1 <symbol> A/31/369 2000");
    ck_assert_int_eq(keep_cost(0), 8000);
    ck_assert_str_eq(forms("A/RES/5O/lI4"), "0-1 <symbol> A/RES/50/114 6000");
    ck_assert_str_eq(forms("A/HES/3l/2"), "0-1 <symbol> A/RES/31/2 6000");
    ck_assert_str_eq(forms("(A/3l/369)."), "1-2 <symbol> A/31/369 2000");
    ck_assert_str_eq(forms("A/l/2"), "0-1 <symbol> A/1/2 2000");
    pipeline_end(&p);
}
END_TEST

START_TEST(symbols_stay)
{
    static const char *const texts[] = {
        "A/CONF.157/24", "A/RES/31/369", "E/CN.4/1998/2",
        "A/CAT/1",       "A/CAR/1",  /* as near to CAB as to CAT */
        "A/CX.4/2",                  /* too short to be guessed at */
        "A/CNN.4/2",     "A/CNFF/2", /* two letters off */
        "A/CON/2",                   /* a letter too few */
        "A/31/Add.1",    "A/C0NF/2", /* letters and figures */
        "A/I/2",                     /* a chapter, perhaps */
        "A/31/L.l4b",
    };
    size_t i;

    pipeline_begin(&p, &facts);
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (forms(texts[i])[0] != '\0')
            ck_abort_msg("%s: %s", texts[i], forms(texts[i]));
        ck_assert_uint_eq(p.lattice.segment_count, 1);
        ck_assert_int_eq(keep_cost(0), 0);
    }
    pipeline_end(&p);
}
END_TEST

START_TEST(long_symbols_stay)
{
    char text[80] = "A/3l";
    size_t i, n;

    pipeline_begin(&p, &facts);
    for (n = 5; n < 70; n++) {
        for (i = 4; i < n; i++)
            text[i] = i % 4 == 0 ? '/' : '1';
        text[n - 1] = '1';
        text[n] = '\0';
        fill(text);
        ck_assert_uint_eq(p.lattice.segment_count, 1);
        ck_assert((forms(text)[0] != '\0') == (n <= 60));
    }
    pipeline_end(&p);
}
END_TEST

/* A model without nouns and symbols knows of neither, and does no harm. */
START_TEST(empty_lists)
{
    struct small_facts none = facts;

    none.nouns = NULL;
    none.noun_count = 0;
    none.symbols = NULL;
    none.symbols_size = 0;
    pipeline_begin(&p, &none);
    ck_assert_str_eq(forms("7384º sesión"), "0-1 <ord-f> 7384ª 1500");
    ck_assert_int_eq(keep_cost(0), 0);
    ck_assert_str_eq(forms("A/ICONF.157/24"), "");
    ck_assert_str_eq(forms("A/3l/369"), "0-1 <symbol> A/31/369 2000");
    pipeline_end(&p);
}
END_TEST

START_TEST(memory_may_run_out)
{
    static const char part[] = "44* sesión 442 sesión IlI A/3l/369 ";
    static char text[150 * sizeof part];
    size_t k, i, used = 0;

    for (i = 0; i < 150; i++) {
        memcpy(text + used, part, sizeof part);
        used += sizeof part - 1;
    }
    pipeline_begin(&p, &facts);
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
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        sign_read_as_mark,    sign_read_as_figure, sign_of_the_other_gender,
        number_before_a_noun, roman_numerals,      no_roman_numerals,
        symbols_are_mended,   symbols_stay,        long_symbols_stay,
        empty_lists,          memory_may_run_out,
    };

    return unit_run("normalize/forms", tests, sizeof tests / sizeof *tests);
}
