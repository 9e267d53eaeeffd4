/* SPDX-License-Identifier: MPL-2.0 */
/* The typed forms of lib/normalize/forms*.c, by the edges they add to a
 * lattice: few rows, and the patterns of dictionaries/es/forms.tsv. */
#include "normalize/lattice.h"

#include "../read_file.h"
#include "small_pipeline.h"

#include <stdio.h>

#define MOST_ROWS 200

static const struct small_word words[] = {
    {"capítulo", 70, UFX_WORD_KNOWN}, {"de", 10, UFX_WORD_KNOWN},
    {"la", 15, UFX_WORD_KNOWN},       {"pide", 80, UFX_WORD_KNOWN},
    {"período", 65, UFX_WORD_KNOWN},  {"resolución", 60, UFX_WORD_KNOWN},
    {"sesión", 65, UFX_WORD_KNOWN},   {"y", 15, UFX_WORD_KNOWN},
};

static const char *const rules[] = {"é\tó\t3.5"};

/* CABX and CATX are equally near to CARX; of three letters none is guessed. */
static const char *rows[MOST_ROWS] = {
    "noun\tinforme\tº",
    "noun\tperíodo\tº\t199",
    "noun\tpreparatorioabc\tº\t9", /* fills the field */
    "noun\tsesión\tª\t9999",
    "nouns\tperíodos\tº",
    "nouns\tsesiones\tª",
    "sign\t\"",
    "sign\t%",
    "sign\t*",
    "sign-figure\t0",
    "sign-figure\t2",
    "sign-figure\t4",
    "numbered\tartículo\t\t9999",
    "numbered\tcapítulo\t\t50",
    "numbered\thábitat",
    "numeral\t1\tI\t3500",
    "numeral\tH\tII",
    "numeral\tY\tV",
    "numeral\t]\tI",
    "numeral\ti\tI",
    "numeral\tl\tI",
    "numeral\tx\tX",
    "figure\tI\t1",
    "figure\tO\t0",
    "figure\tl\t1",
    "odd-figure\t/\t1",
    "odd-figure\tS\t5",
    "odd-figure\tS\t8",
    "odd-figure\tZ\t2",
    "odd-figure\tí\t1",
    "month\tabril\t\t30",
    "month\tmayo\t\t31",
    "part\tA\t/",
    "part\tAdd\t.",
    "part\tC\t.",
    "part\tCABX",
    "part\tCAT",
    "part\tCATX",
    "part\tCN\t.",
    "part\tCONF\t.",
    "part\tE\t/",
    "part\tL\t.",
    "part\tRES",
    "bracket\tJ\t]",
    "bracket\tf\t[",
    "bracket\t{\t[",
    "percent\to/o\t%",
};

static struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .rules = rules,
    .rule_count = 1,
    .forms = rows,
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

/* All typed forms of the text: segments, class, text, and ! if it is proven.
 * The string lasts until the next call. */
static const char *
forms(const char *text)
{
    static char line[1000];
    const struct ufx_lattice *l = &p.lattice;
    size_t used = 0;
    uint32_t at, e;

    fill(text);
    line[0] = '\0';
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

            ck_assert_uint_ge(edge->piece_count, 1);
            ck_assert_uint_eq(r->words[0], edge->pieces[0]);
            ck_assert_int_eq(r->channel, edge->channel);
            ck_assert_int_gt(r->channel, 0);
            used += (size_t)snprintf(
                line + used, sizeof line - used, "%s%u-%u %s %s%s",
                used > 0 ? "; " : "", (unsigned)at, (unsigned)edge->to,
                unfix_class_name((unfix_class)(r->form - 1)),
                pipeline_show(r->chars, r->count),
                r->flags & UFX_READING_PROVEN ? "!" : "");
            ck_assert_uint_lt(used, sizeof line);
        }
    }
    return line;
}

/* A text and the forms that are offered for it. */
struct example {
    const char *text;
    const char *forms;
};

static void
check(const struct example *examples, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (strcmp(forms(examples[i].text), examples[i].forms) != 0)
            ck_abort_msg("%s: %s", examples[i].text, forms(examples[i].text));
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof(*(examples)))

START_TEST(signs_of_ordinals)
{
    static const struct example examples[] = {
        {"la 44* sesión", "1-3 ordinal 44ª!"},
        {"53\" PERÍODO", "0-2 ordinal 53º!"},
        {"44% sesión", "0-2 ordinal 44ª!"},
        /* A noun that per cent may stand before. */
        {"17% informe", "0-2 ordinal 17º"},
        {"17* informe", "0-2 ordinal 17º!"},
        /* One that is not listed leaves open which. */
        {"la 44* resolución", "1-3 ordinal 44ª; 1-3 ordinal 44º"},
        /* A mark away from the number, or before no noun, is no sign. */
        {"la 44* y", ""},
        {"la 44*", ""},
        {"44 * sesión", ""},
        {"44, sesión", ""},
        {"04* sesión", ""},
        /* The other gender.  A degree sign is what some print for º. */
        {"la 7384º sesión", "1-2 ordinal 7384ª!"},
        {"7384° sesión", "0-1 ordinal 7384ª!"},
        {"53ª período", "0-1 ordinal 53º!"},
        {"53° período", ""},
        {"53º período", ""},
        {"44ª sesión", ""},
        {"44ª resolución", "0-1 ordinal 44º"},
        {"9* preparatorioabc", "0-2 ordinal 9º!"},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_end(&p);
}
END_TEST

START_TEST(signs_read_as_figures)
{
    static const struct example examples[] = {
        {"442 sesion", "0-1 ordinal 44ª!"},
        /* There is no such session. */
        {"530 período", "0-1 ordinal 53º!"},
        {"604 período", "0-1 ordinal 60º!"},
        /* But these there are, with the sign or without. */
        {"190 período", ""},
        {"12 sesión", ""},
        {"62 sesión", ""},
        {"7384 sesión", ""},
        /* A year is one. */
        {"1952 sesión", ""},
        /* 6 looks like no sign: it is lost. */
        {"446 sesión", "0-1 ordinal 446ª"},
        {"446 Sesión", ""},
        {"012 sesión", ""},
        {"442 informe", ""},
        {"52/442 sesión", ""},
        {"10380. sesión", "0-1 ordinal 1038a!"},
        {"10380. Sesión", ""},
        {"2318a, sesión", "1-2 ordinal .!"},
        {"2318a. sesión", ""},
        {"739la sesión", "0-1 ordinal 7391a!"},
        {"739a sesión", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    /* The document has it otherwise. */
    pipeline_count(&p, "442ª sesión, 19º período");
    ck_assert_str_eq(forms("442 sesión"), "0-1 ordinal 442ª!");
    ck_assert_str_eq(forms("190 período"), "0-1 ordinal 19º!");
    pipeline_end(&p);
}
END_TEST

START_TEST(lists_of_ordinals)
{
    static const struct example examples[] = {
        {"sesiones 12* a 15ª", "1-3 ordinal 12ª!"},
        {"sesiones 276° y 277°, la", "1-2 ordinal 276ª!; 3-4 ordinal 277ª!"},
        {"sesiones 2764 y 2778, la", "1-2 ordinal 276ª!; 3-4 ordinal 277ª!"},
        /* These may be what they seem. */
        {"sesiones 2764 y 2765, la", ""},
        {"sesiones 2764 y 2798, la", ""},
        {"sesiones 12, 13 y 15", ""},
        {"períodos de sesiones 45º a 50º", ""},
        {"períodos de sesiones 45* a 50*",
         "3-5 ordinal 45º!; 6-8 ordinal 50º!"},
        {"las 44* y 45ª sesiones", "1-3 ordinal 44ª!"},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_end(&p);
}
END_TEST

START_TEST(roman_numerals)
{
    static const struct example examples[] = {
        {"capítulo IlI", "1-2 roman III!"},
        {"capítulo Il.", "1-2 roman II!"},
        {"capítulo lll", "1-2 roman III!"},
        {"capítulo l", "1-2 roman I!"},
        {"capítulo XlV", "1-2 roman XIV!"},
        {"capítulo xYi", "1-2 roman XVI!"},
        {"capítulos Il", "1-2 roman II"},
        {"capítulo IH", "1-2 roman III!"},
        {"capítulo IL, la", "1-2 roman II!"},
        {"capítulo Il, IlI y lV",
         "1-2 roman II!; 3-4 roman III!; 5-6 roman IV!"},
        /* There is a chapter 11 but not 111. */
        {"capítulo 111", "1-2 roman III!"},
        {"capítulo 11", "1-2 roman II"},
        {"hábitat 11", "1-2 roman II!"},
        {"(hábitat ID y", "2-3 roman II)!"},
        {"hábitat ID y", ""},
        {"(hábitat I]) y", "2-4 roman II!"},
        {"artículo ll", "1-2 roman II"},
        {"artículo Vl", "1-2 roman VI!"},
        {"2200 (XXl)", "2-3 roman XXI!"},
        {"2200 A (XXl)", "3-4 roman XXI!"},
        {"3201 (A-Vl)", "2-5 roman A-VI!"},
        {"2200 (111)", "2-3 roman III"},
        {"IlI. La", "0-1 roman III!"},
        {"ll. La", "0-1 roman II"},
        /* Right as it is, or no numeral whatever is read. */
        {"capítulo III", ""},
        {"capítulo ii", ""},
        {"capítulo IIII", ""},
        {"capítulo IlII", ""},
        {"capítulo 1111", ""},
        {"capítulo VlV", ""},
        {"capítulo H", ""},
        {"capítulo 1", ""},
        {"capítulo ala", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_end(&p);
}
END_TEST

START_TEST(numbers)
{
    static const struct example examples[] = {
        {"de l997", "1-2 number 1997!"},
        {"l.250.000", "0-3 number 1.250.000!"},
        {"3O,5", "0-3 number 30,5!"},
        {"O,5", ""},
        {"l6/21", "0-3 number 16/21!"},
        {"2O%", "0-1 number 20!"},
        {"2O", "0-1 number 20"},
        {"20l", "0-1 number 201"},
        {"I2", ""},
        {"0l2", ""},
        {"l.25.000", ""},
        {"de /980", "1-3 number 1980!"},
        {"y/980", ""},
        {"de /780", ""},
        {"25 o/o", "1-4 number %!"},
        {"la o/o", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_end(&p);
}
END_TEST

START_TEST(dates)
{
    static const struct example examples[] = {
        {"l2 de mayo", "0-1 date 12!"},
        {"l de mayo", "0-1 date 1!"},
        {"í de mayo", "0-1 date 1!"},
        {"lº de mayo", "0-2 date 1º!"},
        {"lo. de mayo", "0-1 date 1o!"},
        {"Z5 abril", "0-1 date 25!"},
        {"l0 y 15 de mayo", "0-1 date 10!"},
        {"mayo de l9Z4", "2-3 date 1924!"},
        /* Five or eight, and the document does not say. */
        {"mayo de 19S4", ""},
        {"S de mayo", ""},
        {"3Z de mayo", ""},
        {"12 de mayo de 1997", ""},
        {"l de la", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_count(&p, "en 1984");
    ck_assert_str_eq(forms("mayo de 19S4"), "2-3 date 1984!");
    pipeline_end(&p);
}
END_TEST

START_TEST(lists)
{
    static const struct example examples[] = {
        {"4, Pide", "1-2 list .!"},
        {"y\n4, Pide", "2-3 list .!"},
        {"la 4, Pide", ""},
        {"4. Pide", ""},
        {"4, pide", ""},
        {"1984, Pide", ""},
        {"a} la", "1-2 list )!"},
        {"ii] la", "1-2 list )!"},
        {"[a] la", ""},
        {"/9. Pide", ""},
        {"b. Pide", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_count(&p, "18. Pide");
    ck_assert_str_eq(forms("/9. Pide"), "0-2 list 19!");
    pipeline_end(&p);
}
END_TEST

START_TEST(symbols)
{
    static const struct example examples[] = {
        {"A/ICONF.157/24", "0-1 symbol A/CONF.157/24!"},
        {"A/CQNF.157/24", "0-1 symbol A/CONF.157/24!"},
        {"A/CONFF.157/24", "0-1 symbol A/CONF.157/24!"},
        {"(A/3l/369).", "1-2 symbol A/31/369!"},
        {"A/RES/5O/lI4", "0-1 symbol A/RES/50/114!"},
        {"A/C,3/52", "0-3 symbol A/C.3/52!"},
        {"A/c.3/52", "0-1 symbol A/C.3/52!"},
        {"Al31/L.l4", "0-5 symbol A/31/L.14!"},
        {"fA/31/399J", "0-4 symbol [A/31/399]!"},
        {"[A/31/399J", "1-2 symbol A/31/399]!"},
        {"{Al31/L.14]", "0-6 symbol [A/31/L.14!"},
        {"Add.l y", "0-3 symbol Add.1!"},
        {"L.2l", "0-3 symbol L.21!"},
        /* A part that is in no row: so may others be. */
        {"A/PQR/3l", ""},
        {"A/CONF.157/24", ""},
        {"A/RES/31/369", ""},
        {"E/CN.4/1998/2", ""},
        {"A/CARX/1", ""}, /* as near to CABX as to CATX */
        {"A/CAR/1", ""},  /* a country, perhaps */
        {"A/CON/2", ""},  /* a letter too few */
        {"A/I/2", ""},
        {"A/C.3,5", ""},
        {"L/RES/3l", ""}, /* begins no symbol */
        {"RES", ""},
        {"y/o", ""},
    };

    pipeline_begin(&p, &facts);
    CHECK(examples);
    pipeline_end(&p);
}
END_TEST

/* What the document writes so all over is no misreading, and where figures are
 * doubtful it decides. */
START_TEST(symbols_of_the_document)
{
    int i;

    pipeline_begin(&p, &facts);
    ck_assert_str_eq(forms("A/S3/1"), "");
    pipeline_count(&p, "en 53");
    ck_assert_str_eq(forms("A/S3/1"), "0-1 symbol A/53/1!");
    for (i = 0; i < 3; i++)
        pipeline_count(&p, "A/CQNF.157/24");
    ck_assert_str_eq(forms("A/CQNF.157/24"), "");
    pipeline_end(&p);
}
END_TEST

/* Nothing else is offered where a form is proven, and keeping is dear. */
START_TEST(proven_forms_shut_out)
{
    const struct ufx_lattice *l = &p.lattice;
    uint32_t e, edges = 0;

    pipeline_begin(&p, &facts);
    fill("la sesión");
    ck_assert_int_eq(keep_cost(1), 0);
    fill("l2 de mayo");
    ck_assert_int_gt(keep_cost(0), 20000);
    for (e = l->first_edge[0]; e != UINT32_MAX; e = l->edges[e].next)
        edges++;
    ck_assert_uint_eq(edges, 2);
    ck_assert_uint_eq(p.changes.count, 1);
    pipeline_end(&p);
}
END_TEST

START_TEST(long_symbols_stay)
{
    char text[100] = "A/3l";
    size_t i, n;

    pipeline_begin(&p, &facts);
    for (n = 5; n < 70; n++) {
        for (i = 4; i < n; i++)
            text[i] = i % 4 == 0 ? '/' : '1';
        text[n - 1] = '1';
        text[n] = '\0';
        fill(text);
        ck_assert((forms(text)[0] != '\0') == (n <= 60));
    }
    pipeline_end(&p);
}
END_TEST

/* Rows that no dictionary has, each for what it would do if it were believed:
 * checks without the context that they look at, figures that grow, a form of
 * which each character is read in two ways. */
START_TEST(odd_rows)
{
    static const char *const odd[] = {
        "noun\tinforme\tº",
        "figure\tl\t111",
        "odd-figure\tS\t5",
        "odd-figure\tS\t8",
        "part\tA\t/",
        "form\tlist\t\t[,:;]=.\t\theads\tprove\t1500",
        "form\tlist\t\t[}]=)\t\tunopened\tprove\t1500",
        "form\tordinal\t\t9{3}\t\tpart\tprove\t1500",
        "form\tordinal\t\t9{2} [*]=ª\t\topen\tprove\t1500",
        "form\tordinal\t\t[.]=.\t\tstop\tprove\t1500",
        "form\tnumber\t\t9|odd-figure+ [x]\t\tany\tprove\t1500",
    };
    static const struct example examples[] = {
        {", de", ""}, {"} de", ""},
        {"442", ""},  {"44*", ""},
        {". de", ""}, {"A/1llll/1llll/1llll/11111/11/1/1llll", ""},
    };
    struct small_facts rare = facts;
    char text[20 * 25 + 1] = "";
    size_t i;

    rare.forms = odd;
    rare.form_count = sizeof odd / sizeof *odd;
    pipeline_begin(&p, &rare);
    CHECK(examples);
    for (i = 0; i < 20; i++)
        strcat(text, "SSSSSSSSSSSSSSSSSSSSSSSS ");
    ck_assert_str_eq(forms(text), "");
    pipeline_end(&p);
}
END_TEST

/* A model without rows knows of nothing, and does no harm. */
START_TEST(no_rows)
{
    static const struct example examples[] = {
        {"7384* sesión", ""},       {"A/ICONF.157/24", ""}, {"A/3l/369", ""},
        {"l2 de mayo de l997", ""}, {"capítulo IlI", ""},   {"25 o/o", ""},
    };
    struct small_facts none = facts;

    none.forms = NULL;
    none.form_count = 0;
    pipeline_begin(&p, &none);
    CHECK(examples);
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

/* Adds the dictionary's patterns to the rows; returns what holds their text. */
static char *
add_patterns(void)
{
    size_t length;
    char *table =
        read_file(UNFIX_TEST_SOURCE "/dictionaries/es/forms.tsv", &length);
    char *line;

    while (rows[facts.form_count] != NULL)
        facts.form_count++;
    for (line = strtok(table, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (strncmp(line, "form\t", 5) == 0 && facts.form_count < MOST_ROWS)
            rows[facts.form_count++] = line;
    return table;
}

int
main(void)
{
    const TTest *const tests[] = {
        odd_rows,
        signs_of_ordinals,
        signs_read_as_figures,
        lists_of_ordinals,
        roman_numerals,
        numbers,
        dates,
        lists,
        symbols,
        symbols_of_the_document,
        proven_forms_shut_out,
        long_symbols_stay,
        no_rows,
        memory_may_run_out,
    };

    char *table = add_patterns();
    int failed =
        unit_run("normalize/forms", tests, sizeof tests / sizeof *tests);

    free(table);
    return failed;
}
