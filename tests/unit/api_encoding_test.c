/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "unit_api.h"

static unfix_model *model;

static void
open_model(void)
{
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
}

static const char *
detect(const char *bytes, size_t length)
{
    const char *name = "";

    ck_assert_int_eq(unfix_encoding_detect(model, bytes, length, &name, NULL),
                     UNFIX_OK);
    return name;
}

static unfix_encoding *
open_encoding(const char *name)
{
    unfix_encoding *encoding;

    ck_assert_int_eq(unfix_encoding_new(name, NULL, &encoding, NULL), UNFIX_OK);
    ck_assert_str_eq(unfix_encoding_name(encoding), name);
    return encoding;
}

static const char spanish[] =
    "La comisión examinó también la situación de los países, según el informe "
    "que la secretaría publicó este año.  ¿Qué más será útil?  Así está: "
    "jamás había sido fácil.\n";

/* The sentence in an encoding, which then is the one that is found. */
static void
check_found(const char *name, const char *found)
{
    unfix_encoding *encoding = open_encoding(name);
    const char *bytes = NULL;
    size_t length = 0;

    ck_assert_int_eq(unfix_encode(encoding, spanish, sizeof spanish - 1, &bytes,
                                  &length, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(detect(bytes, length), found);
    unfix_encoding_free(encoding);
}

START_TEST(found)
{
    open_model();
    check_found("UTF-8", "UTF-8");
    check_found("ISO-8859-1", "ISO-8859-1");
    /* Without a sign that only it has, the one with fewer is told. */
    check_found("windows-1252", "ISO-8859-1");
    check_found("ISO-8859-15", "ISO-8859-1");
    check_found("macintosh", "macintosh");
    check_found("IBM437", "IBM437");
    check_found("IBM850", "IBM437");
    ck_assert_str_eq(detect("\x93La sesi\xF3n\x94 y la naci\xF3n", 22),
                     "windows-1252");
    ck_assert_str_eq(detect("\xB5rea y \xA0rbol, geograf\xA1"
                            "a",
                            24),
                     "IBM850");
    ck_assert_str_eq(detect("\xFF\xFE"
                            "a\0",
                            4),
                     "UTF-16LE");
    ck_assert_str_eq(detect("\xFE\xFF\0a", 4), "UTF-16BE");
    ck_assert_str_eq(detect("\xFF\xFE\0\0a\0\0\0", 8), "UTF-32LE");
    ck_assert_str_eq(detect("\0\0\xFE\xFF\0\0\0a", 8), "UTF-32BE");
    ck_assert_str_eq(detect("", 0), "UTF-8");
    ck_assert_str_eq(detect("sin acento", 10), "UTF-8");
    /* One byte that went wrong. */
    ck_assert_str_eq(detect("acción, opinión, razón, sesión \xF3", 36),
                     "UTF-8");
    unfix_model_release(model);
}
END_TEST

/* Rather none than a wrong one. */
START_TEST(not_plain)
{
    static const char *const texts[] = {
        "La sesión y la naci\xF3n",               /* two encodings */
        "\xC4\xE5\xED\xFC \xE8 \xED\xEE\xF7\xFC", /* Russian */
        "M\xFCller f\xE4hrt \xFC"
        "ber die Br\xFC"
        "cke",          /* German */
        "x\x81y \x8Dz", /* nothing at all */
        "\xFF",
    };
    size_t i;

    open_model();
    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(detect(texts[i], strlen(texts[i])) == NULL, "%s: %s",
                      texts[i], detect(texts[i], strlen(texts[i])));
    unfix_model_release(model);
}
END_TEST

/* As the header has it: decode, repair, put each back in its place. */
START_TEST(there_and_back)
{
    static const char bytes[] = "La cooperaci\xE9n internacional, a\xF1o 1997.";
    static const char want[] = "La cooperaci\xF3n internacional, a\xF1o 1997.";
    unfix_encoding *encoding = open_encoding("ISO-8859-1");
    unfix_context *context;
    unfix_result *result;
    char out[sizeof bytes];
    const char *text, *written;
    size_t length, i;

    open_model();
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_decode(encoding, bytes, sizeof bytes - 1, NULL),
                     UNFIX_OK);
    text = unfix_encoding_text(encoding, &length);
    ck_assert_uint_eq(unfix_encoding_offset(encoding, length),
                      sizeof bytes - 1);
    ck_assert_int_eq(unfix_correct(context, text, length, result, NULL),
                     UNFIX_OK);
    memcpy(out, bytes, sizeof bytes);
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        size_t at = (size_t)unfix_encoding_offset(encoding, c->offset);

        if (c->verdict != UNFIX_APPLIED)
            continue;
        ck_assert_int_eq(unfix_encode(encoding, c->replacement,
                                      c->replacement_length, &written, &length,
                                      NULL),
                         UNFIX_OK);
        ck_assert_uint_eq(
            length,
            unfix_encoding_offset(encoding, c->offset + c->length) - at);
        memcpy(out + at, written, length);
    }
    ck_assert_str_eq(out, want);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
    unfix_encoding_free(encoding);
}
END_TEST

START_TEST(wrong_arguments)
{
    unfix_encoding *encoding = open_encoding("IBM437");
    unfix_error error;
    const char *bytes = "as it was";
    const char *name = "";
    size_t length = 7;

    open_model();
    ck_assert_int_eq(unfix_encoding_detect(NULL, "", 0, &name, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(name);
    ck_assert_int_eq(unfix_encoding_detect(model, "", 0, NULL, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_encoding_detect(model, NULL, 1, &name, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_decode(NULL, "", 0, &error), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_decode(encoding, NULL, 1, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_decode(encoding, NULL, 0, &error), UNFIX_OK);
    ck_assert_str_eq(unfix_encoding_text(encoding, NULL), "");
    ck_assert_uint_eq(unfix_encoding_offset(encoding, 5), 0);
    ck_assert_int_eq(
        unfix_encode(encoding, "\u010D", 2, &bytes, &length, &error),
        UNFIX_ERROR_FORMAT);
    ck_assert_str_eq(error.message, "cannot be written in: IBM437");
    ck_assert_str_eq(bytes, "as it was");
    ck_assert_uint_eq(length, 7);
    ck_assert_int_eq(unfix_encode(encoding, NULL, 1, &bytes, &length, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_encode(encoding, "a", 1, NULL, &length, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_encode(encoding, "", 0, &bytes, &length, &error),
                     UNFIX_OK);
    ck_assert_str_eq(bytes, "");
    unfix_encoding_free(encoding);
    ck_assert_int_eq(unfix_encoding_new("UTF-16", NULL, &encoding, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(encoding);
    ck_assert_str_eq(error.message, "no encoding that is read: UTF-16");
    ck_assert_int_eq(unfix_encoding_new(NULL, NULL, &encoding, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_encoding_new("GBK", NULL, NULL, &error),
                     UNFIX_ERROR_ARGUMENT);
    unfix_encoding_free(NULL);
    unfix_model_release(model);
}
END_TEST

START_TEST(wrong_bytes)
{
    unfix_encoding *encoding = open_encoding("UTF-16LE");
    unfix_error error;

    ck_assert_int_eq(unfix_decode(encoding, "a\0b\0\0\xDC!\0", 8, &error),
                     UNFIX_ERROR_FORMAT);
    ck_assert_str_eq(error.message, "the bytes are no: UTF-16LE");
    ck_assert_uint_ge(error.offset, 4);
    ck_assert_uint_le(error.offset, 6);
    ck_assert_str_eq(unfix_encoding_text(encoding, NULL), "");
    unfix_encoding_free(encoding);
}
END_TEST

/* Whichever allocation fails, all else is as if nothing had been. */
START_TEST(no_memory)
{
    struct unit_memory memory;
    size_t fail_at;
    bool done = false;

    open_model();
    for (fail_at = 1; !done; fail_at++) {
        unfix_encoding *encoding = NULL;
        const char *bytes;
        size_t length;
        unfix_status status;

        unit_memory_init(&memory, fail_at);
        status = unfix_encoding_new("ISO-8859-1", &memory.allocator, &encoding,
                                    NULL);
        if (status == UNFIX_OK)
            status = unfix_decode(encoding, "a\xF1o", 3, NULL);
        if (status == UNFIX_OK)
            status = unfix_encode(encoding, "año", 4, &bytes, &length, NULL);
        done = !memory.failed;
        ck_assert_int_eq(status, done ? UNFIX_OK : UNFIX_ERROR_MEMORY);
        unfix_encoding_free(encoding);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_gt(fail_at, 5);
    unfix_model_release(model);
}
END_TEST

static void
check_proposed(const unfix_correction *c, uint64_t offset, uint64_t out_offset)
{
    ck_assert_str_eq(c->original, "cooperacién");
    ck_assert_str_eq(c->replacement, "cooperación");
    ck_assert_uint_eq(c->offset, offset);
    ck_assert_uint_eq(c->out_offset, out_offset);
    ck_assert_int_eq(c->verdict, UNFIX_PROPOSED);
}

/* What is only proposed is told of, also beside a word that was mangled. */
START_TEST(proposals_stay)
{
    static const char text[] = "La cooperacién, la sesiÃ³n, la cooperacién.\n";
    unfix_options options;
    unfix_context *context;
    unfix_result *result;

    open_model();
    unfix_options_init(&options);
    options.classes = UNFIX_CLASS_BIT(UNFIX_CLASS_ENCODING);
    ck_assert_int_eq(
        unfix_context_new(model, NULL, &options, NULL, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(
        unfix_correct(context, text, sizeof text - 1, result, NULL), UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(result, NULL),
                     "La cooperacién, la sesión, la cooperacién.\n");
    ck_assert_uint_eq(unfix_result_correction_count(result), 3);
    check_proposed(unfix_result_correction(result, 0), 3, 3);
    check_proposed(unfix_result_correction(result, 2), 34, 32);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {found,           not_plain,   there_and_back,
                                  wrong_arguments, wrong_bytes, no_memory,
                                  proposals_stay};

    return unit_run("api/encoding", tests, sizeof tests / sizeof *tests);
}
