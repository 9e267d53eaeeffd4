/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/encodings.h"

#include "api/objects.h"
#include "text/text.h"

#include "unit.h"

#include <stdio.h>

static unfix_model *model;
static unfix_context *context;
static struct ufx_arena strings;
static struct ufx_mangled_list found;

static void
begin(void)
{
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    ufx_arena_init(&strings, &context->memory);
    found = (struct ufx_mangled_list){NULL, 0, 0};
}

static void
end(void)
{
    ufx_memory_free(&context->memory, found.list,
                    found.capacity * sizeof *found.list);
    ufx_arena_free(&strings);
    unfix_context_free(context);
    unfix_model_release(model);
}

/* What is found in a section of one window: "READ=MEANT (REASON)" each, with a
 * mark before what is let be. */
static const char *
find(const char *text)
{
    static char shown[2000];
    struct ufx_buffer reason;
    size_t used = 0, i;

    ufx_encodings_start(context->worker.mangling.encodings);
    ck_assert_int_eq(ufx_encodings_find(context->worker.mangling.encodings,
                                        text, strlen(text), &strings, &found),
                     UNFIX_OK);
    ufx_buffer_init(&reason, &context->memory);
    shown[0] = '\0';
    for (i = 0; i < found.count; i++) {
        const struct ufx_mangled *m = &found.list[i];

        ck_assert_uint_lt(m->start, m->end);
        ck_assert_uint_le(m->confidence, 1000);
        ck_assert_uint_lt(m->situation, UFX_WAY_SITUATIONS);
        ck_assert_uint_eq(strlen(m->text), m->length);
        if (i > 0)
            ck_assert_uint_ge(m->start, m[-1].end);
        ufx_buffer_clear(&reason);
        ufx_encodings_reason(context->worker.mangling.encodings, m, &reason);
        used += (size_t)snprintf(shown + used, sizeof shown - used,
                                 "%s%s%.*s=%s (%s)", i > 0 ? "; " : "",
                                 m->quoted ? "!" : "", (int)(m->end - m->start),
                                 text + m->start, m->text, reason.data);
    }
    ufx_buffer_free(&reason);
    return shown;
}

/* As in a damaged model, in which anything may lead to a sequence. */
START_TEST(blanks_may_be_triggers)
{
    static uint8_t all[2 * UFX_WAY_BITMAP];
    struct ufx_language *language;
    const uint8_t *triggers;

    begin();
    language = &model->language;
    triggers = language->ways.triggers;
    memset(all, 0xFF, sizeof all);
    language->ways.triggers = all;
    unfix_context_free(context);
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    find(" \nLa  casa \xC2\xA0 de\t\ntodos. ");
    language->ways.triggers = triggers;
    end();
}
END_TEST

START_TEST(reasons)
{
    begin();
    ck_assert_str_eq(find("La comisiÃ³n aprobó el año."),
                     "comisiÃ³n=comisión (UTF-8 read as CP1252: Ã³ is ó)");
    ck_assert_str_eq(find("La comisi√≥n aprobó el año."),
                     "comisi√≥n=comisión (UTF-8 read as MacRoman: √≥ is ó)");
    ck_assert_str_eq(find("La comisi&oacute;n aprobó el año."),
                     "comisi&oacute;n=comisión (entity: &oacute; is ó)");
    ck_assert_str_eq(find("La comisi´on aprobó el año."),
                     "comisi´on=comisión (accent before its letter: ´o is ó)");
    ck_assert_str_eq(find("La comisi\\'{o}n aprobó el año."),
                     "comisi\\'{o}n=comisión (LaTeX: \\'{o} is ó)");
    ck_assert_str_eq(find("La comisi(cid:243)n aprobó el año."),
                     "comisi(cid:243)n=comisión (glyph number: (cid:) is ó)");
    ck_assert_str_eq(find("La co\u00ADmisión aprobó el año."),
                     "co\u00ADmisión=comisión (soft hyphen)");
    end();
}
END_TEST

START_TEST(right_text)
{
    begin();
    ck_assert_str_eq(find(""), "");
    ck_assert_str_eq(find("La comisión aprobó el año #5 (¿cuál?), 12ª."), "");
    ck_assert_str_eq(find("Véase www.xn--aÃ±o.es y https://a.es/comisi%C3%B3n"),
                     "");
    /* Bytes that are no text. */
    ck_assert_str_eq(find("\xC3\x28 \xFF\xFE comisión"), "");
    end();
}
END_TEST

/* A word by itself between marks is talked about, unless the page is so. */
START_TEST(quotations)
{
    begin();
    ck_assert_str_eq(find("En pantalla se ve \"canciÃ³n\" por la letra."),
                     "!canciÃ³n=canción (UTF-8 read as CP1252: Ã³ is ó)");
    ck_assert_ptr_null(strchr(
        find("La canciÃ³n \"canciÃ³n\", la acciÃ³n, la opiniÃ³n, la razÃ³n, la "
             "sesiÃ³n, la uniÃ³n, la naciÃ³n, el limÃ³n, el balcÃ³n, la "
             "lecciÃ³n y el ratÃ³n."),
        '!'));
    ck_assert_str_eq(find("Un trato \"super\uFB01cial\" y una de\uFB01nición."),
                     "super\uFB01cial=superficial (ligature: \uFB01 is fi); "
                     "de\uFB01nición=definición (ligature: \uFB01 is fi)");
    end();
}
END_TEST

/* The sign stands for any letter: the word and its neighbours tell which. */
START_TEST(lost_letters)
{
    begin();
    ck_assert_str_eq(find("La secretar\uFFFDa de la comisi\uFFFDn."),
                     "secretar\uFFFDa=secretaría (replacement character: "
                     "\uFFFD is í); comisi\uFFFDn=comisión (replacement "
                     "character: \uFFFD is ó)");
    ck_assert_uint_eq(found.list[0].known, 1);
    /* Some more words that fit; they come after the best one. */
    find("El informe est\uFFFD listo.");
    ck_assert_uint_eq(found.count, 1);
    ck_assert_str_eq(found.list[0].text, "está");
    ck_assert_uint_ge(found.list[0].rival_count, 1);
    ck_assert_int_ge(found.list[0].rivals[0].cost, 0);
    end();
}
END_TEST

/* What goes with a capital and without is told by the words beside it, little
 * ones left out. */
START_TEST(capitals)
{
    begin();
    find("Aprobó la Rep\uFFFDblica \uFFFDrabe Siria un código de \uFFFDtica "
         "para países de lengua \uFFFDrabe antigua.");
    ck_assert_uint_eq(found.count, 4);
    ck_assert_str_eq(found.list[1].text, "Árabe");
    ck_assert_str_eq(found.list[2].text, "ética");
    ck_assert_str_eq(found.list[3].text, "árabe");
    end();
}
END_TEST

/* Two words fit about alike, or one by far. */
START_TEST(torn)
{
    begin();
    find("Dijo Marta que est\uFFFDn.");
    ck_assert_uint_eq(found.count, 1);
    ck_assert(found.list[0].torn);
    ck_assert_uint_ge(found.list[0].rival_count, 1);
    find("La acción est\uFFFD aprobada.");
    ck_assert_uint_eq(found.count, 1);
    ck_assert(!found.list[0].torn);
    end();
}
END_TEST

/* More of the same way in a section makes nothing less sure. */
START_TEST(support)
{
    char page[1000] = "El informe est\uFFFD listo. ";
    uint32_t before = 0, words;

    begin();
    for (words = 0; words < 12; words++) {
        find(page);
        ck_assert_uint_eq(found.count, words + 1);
        ck_assert_uint_ge(found.list[0].confidence, before);
        before = found.list[0].confidence;
        strcat(page, "La comisi\uFFFDn. ");
    }
    end();
}
END_TEST

/* True if all that is found in the text is to be let be, and so much is. */
static bool
is_held(const char *text, size_t count)
{
    size_t i;

    find(text);
    for (i = 0; i < found.count; i++)
        if (!found.list[i].syntax)
            return false;
    return found.count == count;
}

/* Where such text is what the page is made of, it stays. */
START_TEST(syntax)
{
    begin();
    ck_assert(is_held("<p>La comisi&oacute;n</p>", 1));
    ck_assert(is_held("\\section{La comisi\\'{o}n peque\\~na}", 2));
    ck_assert(is_held("{\"a\": \"comisi\\u00f3n\"}", 1));
    ck_assert(is_held("aviso.1=La comisi\\u00f3n", 1));
    ck_assert(is_held("v\303\251ase a/comisi%C3%B3n", 1));
    ck_assert_str_eq(find("La comisi\\u00f3n aprobó"),
                     "comisi\\u00f3n=comisión (Unicode escape: \\u00f3 is ó)");
    end();
}
END_TEST

/* What a section has shown goes on to its next window, and not beyond. */
START_TEST(sections)
{
    static const char page[] =
        "La acci?n, la opini?n, la raz?n, la sesi?n, la uni?n, la naci?n, el "
        "lim?n, el balc?n, la lecci?n, el rat?n.";
    struct ufx_encodings_seen *seen;
    uint32_t family;

    begin();
    find(page);
    ck_assert_uint_eq(found.count, 10);
    family = found.list[0].family;
    seen = ufx_encodings_seen(context->worker.mangling.encodings);
    ck_assert_uint_eq(seen->explained[family], 10);
    ck_assert_uint_eq(seen->in_vain[family], 0);
    ufx_encodings_start(context->worker.mangling.encodings);
    ck_assert_uint_eq(seen->explained[family], 0);
    end();
}
END_TEST

START_TEST(no_memory)
{
    static const char text[] = "La comisiÃ³n y est\uFFFD.";
    struct unit_memory memory;
    size_t fail_at;
    bool done = false;

    begin();
    for (fail_at = 1; !done; fail_at++) {
        struct ufx_mangled_list list = {NULL, 0, 0};
        struct ufx_encodings *e;
        struct ufx_arena arena;
        unfix_status status = UNFIX_ERROR_MEMORY;

        unit_memory_init(&memory, fail_at);
        ufx_arena_init(&arena, &memory.memory);
        e = ufx_encodings_new(&memory.memory, &context->worker.vocabulary);
        if (e != NULL)
            status =
                ufx_encodings_find(e, text, sizeof text - 1, &arena, &list);
        done = !memory.failed;
        ck_assert_int_eq(status, done ? UNFIX_OK : UNFIX_ERROR_MEMORY);
        ufx_encodings_free(e);
        ufx_memory_free(&memory.memory, list.list,
                        list.capacity * sizeof *list.list);
        ufx_arena_free(&arena);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_gt(fail_at, 5);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {capitals,
                                  torn,
                                  support,
                                  reasons,
                                  right_text,
                                  quotations,
                                  lost_letters,
                                  syntax,
                                  sections,
                                  no_memory,
                                  blanks_may_be_triggers};

    return unit_run("normalize/encodings", tests, sizeof tests / sizeof *tests);
}
