/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/decodings.h"

#include "api/objects.h"
#include "text/text.h"

#include "unit.h"

static unfix_model *model;
static unfix_context *context;
static struct ufx_unit unit;
static struct ufx_decodings decodings;

static void
begin(void)
{
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
}

static void
end(void)
{
    unfix_context_free(context);
    unfix_model_release(model);
}

static void
load(const char *text)
{
    size_t length = strlen(text), at = 0, size;

    for (unit.count = 0; at < length; at += size)
        unit.chars[unit.count++] =
            ufx_text_decode(text + at, length - at, &size);
    ufx_unit_prepare(&context->worker.vocabulary, &unit, 0);
}

static const char *
text_of(const struct ufx_decoding *d)
{
    static char text[4 * UFX_UNIT_CHARS + 1];
    struct ufx_buffer out;
    size_t i;

    ufx_buffer_init(&out, &context->memory);
    for (i = 0; i < d->count; i++)
        ufx_buffer_append_char(&out, d->chars[i]);
    memcpy(text, out.data, out.length + 1);
    ufx_buffer_free(&out);
    return text;
}

/* The readings of a word, the best first, with a blank between. */
static const char *
decode(const char *text)
{
    static char all[UFX_DECODINGS * 100];
    size_t i;

    load(text);
    ufx_unit_decode(&context->worker.vocabulary, &unit, &decodings);
    all[0] = '\0';
    for (i = 0; i < decodings.count; i++) {
        if (i > 0) {
            ck_assert_int_ge(decodings.list[i].cost,
                             decodings.list[i - 1].cost);
            strcat(all, " ");
        }
        ck_assert(decodings.list[i].known);
        strcat(all, text_of(&decodings.list[i]));
    }
    return all;
}

START_TEST(words)
{
    begin();
    ck_assert_str_eq(decode("comisiÃ³n"), "comisión");
    ck_assert_str_eq(decode("COMISIÃ“N"), "COMISIÓN");
    ck_assert_str_eq(decode("pi\u0144ata"), "piñata");
    ck_assert_str_eq(decode("p&aacute;gina"), "página");
    ck_assert_str_eq(decode("comisión"), "");
    ck_assert_str_eq(decode("xqÃ³zt"), "");
    ck_assert_str_eq(decode("LOGROÑES"), "");
    /* All letters that make a word. */
    ck_assert_str_eq(decode("est?s"), "estás estés");
    ck_assert_uint_eq(decodings.list[0].plain, 4);
    ck_assert(decodings.list[0].letters);
    end();
}
END_TEST

/* The longest sequence counts, and pairs of signs are no letters. */
START_TEST(sequences)
{
    begin();
    ck_assert_str_eq(decode("acciÃƒÂ³n"), "acción");
    ck_assert_str_eq(decode("**acción**"), "");
    ck_assert_str_eq(decode("acci??n"), "");
    end();
}
END_TEST

START_TEST(spelt_out)
{
    static const ufx_support none;
    struct ufx_decoding d;

    begin();
    load("FulanÃ³polis");
    ck_assert(!ufx_unit_is_known(&context->worker.vocabulary, &unit));
    ck_assert(ufx_unit_spell(&context->worker.vocabulary, &unit, none, &d));
    ck_assert_str_eq(text_of(&d), "Fulanópolis");
    ck_assert(!d.known);
    load("Fulanópolis");
    ck_assert(!ufx_unit_spell(&context->worker.vocabulary, &unit, none, &d));
    load("año");
    ck_assert(ufx_unit_is_known(&context->worker.vocabulary, &unit));
    end();
}
END_TEST

/* A letter of an unknown word is no dash, however much speaks for the family.
 */
START_TEST(letters_stay)
{
    struct ufx_decoding d;
    ufx_support all;
    size_t i;

    begin();
    for (i = 0; i < UFX_WAY_FAMILIES; i++)
        all[i] = 1000;
    load("LOGROÑES");
    ck_assert(!ufx_unit_spell(&context->worker.vocabulary, &unit, all, &d) ||
              d.chars[5] != 0x2014);
    load("Ñaupara");
    ck_assert(!ufx_unit_spell(&context->worker.vocabulary, &unit, all, &d) ||
              d.chars[0] != 0x2014);
    end();
}
END_TEST

/* Misread before it was mangled: another accented vowel makes a word of it. */
START_TEST(near_words)
{
    static const ufx_support none;
    struct ufx_decoding d;

    begin();
    load("ComisiÃ©n");
    ck_assert(ufx_unit_spell(&context->worker.vocabulary, &unit, none, &d));
    ck_assert_str_eq(text_of(&d), "Comisién");
    ck_assert(!d.known);
    ck_assert(d.near);
    ck_assert(ufx_unit_is_near(&context->worker.vocabulary, &d));
    load("FulanÃ³polis");
    ck_assert(ufx_unit_spell(&context->worker.vocabulary, &unit, none, &d));
    ck_assert(!d.near);
    /* Of so few letters it may be chance. */
    load("lÃ©n");
    ck_assert(ufx_unit_spell(&context->worker.vocabulary, &unit, none, &d));
    ck_assert(!d.near);
    end();
}
END_TEST

/* Families that are the page's own syntax are left out. */
START_TEST(switched_off)
{
    begin();
    load("p&aacute;gina");
    ck_assert_uint_gt(unit.first[unit.count], 0);
    ufx_unit_decode(&context->worker.vocabulary, &unit, &decodings);
    ufx_unit_prepare(&context->worker.vocabulary, &unit,
                     UINT64_C(1) << decodings.list[0].family);
    ufx_unit_decode(&context->worker.vocabulary, &unit, &decodings);
    ck_assert_uint_eq(decodings.count, 0);
    end();
}
END_TEST

START_TEST(cover)
{
    bool covered[UFX_UNIT_CHARS];
    size_t i;

    begin();
    load("aÃ±o y");
    ck_assert(ufx_unit_cover(&context->worker.vocabulary, unit.chars,
                             unit.count, covered));
    for (i = 0; i < unit.count; i++)
        ck_assert_int_eq(covered[i], i == 1 || i == 2);
    load("ano y");
    ck_assert(!ufx_unit_cover(&context->worker.vocabulary, unit.chars,
                              unit.count, covered));
    end();
}
END_TEST

/* As many signs as a unit may have end in time. */
START_TEST(long_units)
{
    char text[UFX_UNIT_CHARS + 1];

    begin();
    memset(text, '?', UFX_UNIT_CHARS);
    text[UFX_UNIT_CHARS] = '\0';
    decode(text);
    memset(text, 'a', UFX_UNIT_CHARS);
    memset(text + 1, '?', 1);
    decode(text);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {words,        sequences,  spelt_out,
                                  letters_stay, near_words, switched_off,
                                  cover,        long_units};

    return unit_run("normalize/decodings", tests, sizeof tests / sizeof *tests);
}
