/* SPDX-License-Identifier: MPL-2.0 */
#include "text/convert.h"

#include "text/text.h"

#include "unit.h"

static struct unit_memory memory;

static struct ufx_decoded
decoded_new(void)
{
    struct ufx_decoded d = {.memory = memory.memory};

    ufx_buffer_init(&d.text, &memory.memory);
    return d;
}

static void
decoded_free(struct ufx_decoded *d)
{
    ufx_buffer_free(&d->text);
    ufx_memory_free(&d->memory, d->origins, d->capacity * sizeof *d->origins);
    ck_assert_uint_eq(memory.live, 0);
}

static struct ufx_converter *
open(const char *name)
{
    struct ufx_converter *c = NULL;

    ck_assert_int_eq(ufx_converter_open(name, &c), UNFIX_OK);
    ck_assert_ptr_nonnull(c);
    return c;
}

/* Reading the bytes gives the text, writing that the bytes again, and each
 * character is where `origins` says. */
static void
both_ways(const char *name, const char *bytes, size_t length, const char *text,
          const uint32_t *origins, size_t taken)
{
    struct ufx_converter *c;
    struct ufx_decoded d;
    struct ufx_buffer out;
    size_t i, at, size;

    unit_memory_init(&memory, 0);
    c = open(name);
    d = decoded_new();
    ufx_buffer_init(&out, &memory.memory);
    ck_assert_int_eq(ufx_converter_decode(c, bytes, length, &d), UNFIX_OK);
    ck_assert_uint_eq(d.text.length, strlen(text));
    ck_assert_mem_eq(d.text.length > 0 ? d.text.data : "", text, strlen(text));
    ck_assert_uint_eq(d.taken, taken);
    for (at = i = 0; at < d.text.length; at += size, i++) {
        ufx_text_decode(text + at, d.text.length - at, &size);
        ck_assert_uint_eq(d.origins[at], origins[i]);
        ck_assert_uint_eq(d.origins[at + size - 1], origins[i]);
    }
    ck_assert_int_eq(ufx_converter_encode(c, d.text.data, d.text.length, &out),
                     UNFIX_OK);
    ck_assert_uint_eq(out.length, taken);
    if (taken > 0) /* else there may be no data at all */
        ck_assert_mem_eq(out.data, bytes, taken);
    ufx_buffer_free(&out);
    ufx_converter_close(c);
    decoded_free(&d);
}

START_TEST(bytes_and_back)
{
    static const uint32_t ones[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    static const uint32_t twos[] = {0, 2, 4, 6, 10};
    static const uint32_t mixed[] = {0, 1, 3};

    both_ways("ISO-8859-1", "sesi\xF3n", 6, "sesión", ones, 6);
    both_ways("windows-1252",
              "\x93"
              "a\xF1o\x94",
              5, "“año”", ones, 5);
    both_ways("macintosh", "sesi\x97n", 6, "sesión", ones, 6);
    both_ways("IBM437", "\xA8qu\x82?", 5, "¿qué?", ones, 5);
    both_ways("IBM850", "\xB5", 1, "Á", ones, 1);
    both_ways("UTF-8", "a\xC3\xB1o", 4, "año", mixed, 4);
    both_ways("UTF-16LE", "\xFF\xFE\xF1\0\x3D\xD8\0\xDE!\0", 10, "\uFEFFñ😀!",
              (const uint32_t[]){0, 2, 4, 8}, 10);
    both_ways("UTF-16BE", "\0a\0\xF1\0o", 6, "año", twos, 6);
    both_ways("GBK", "a\xA8\xAE", 3, "aó", (const uint32_t[]){0, 1}, 3);
}
END_TEST

/* What is not whole at the end is for the next bytes. */
START_TEST(cut_characters)
{
    static const uint32_t twos[] = {0, 2, 4};

    both_ways("UTF-16LE", "a\0\xF1\0o", 5, "añ", twos, 4);
    both_ways("UTF-16LE", "a\0\x3D\xD8\0", 5, "a", twos, 2);
    both_ways("UTF-32LE", "a\0\0\0\xF1", 5, "a", twos, 4);
    both_ways("GBK", "a\xA8", 2, "a", twos, 1);
    both_ways("ISO-8859-1", "", 0, "", twos, 0);
}
END_TEST

/* Longer than what ICU is given at a time, with characters across the ends. */
START_TEST(long_texts)
{
    enum {
        COUNT = 10000
    };
    static char bytes[2 * COUNT + 4];
    struct ufx_converter *c;
    struct ufx_decoded d;
    size_t i;

    unit_memory_init(&memory, 0);
    c = open("UTF-16LE");
    d = decoded_new();
    memcpy(bytes, "!\0", 2);
    for (i = 0; i < COUNT / 2; i++)
        memcpy(bytes + 2 + 4 * i, "\x3D\xD8\0\xDE", 4);
    ck_assert_int_eq(ufx_converter_decode(c, bytes, 2 + 2 * COUNT, &d),
                     UNFIX_OK);
    ck_assert_uint_eq(d.text.length, 1 + 4 * (COUNT / 2));
    for (i = 0; i < COUNT / 2; i++) {
        ck_assert_mem_eq(d.text.data + 1 + 4 * i, "😀", 4);
        ck_assert_uint_eq(d.origins[1 + 4 * i], 2 + 4 * i);
    }
    ufx_converter_close(c);
    decoded_free(&d);
}
END_TEST

START_TEST(not_in_the_encoding)
{
    struct ufx_converter *c;
    struct ufx_decoded d;
    struct ufx_buffer out;

    unit_memory_init(&memory, 0);
    c = open("UTF-16LE");
    d = decoded_new();
    ufx_buffer_init(&out, &memory.memory);
    ck_assert_int_eq(ufx_converter_decode(c, "a\0\0\xDC!\0", 6, &d),
                     UNFIX_ERROR_FORMAT);
    ck_assert_uint_ge(d.taken, 2);
    ck_assert_uint_le(d.taken, 4);
    ufx_converter_close(c);
    c = open("IBM437");
    ufx_buffer_append(&out, "x", 1);
    ck_assert_int_eq(ufx_converter_encode(c, "aÁ", 3, &out),
                     UNFIX_ERROR_FORMAT);
    ck_assert_int_eq(ufx_converter_encode(c, "a\xFF", 2, &out),
                     UNFIX_ERROR_FORMAT);
    ck_assert_str_eq(out.data, "x");
    ck_assert_uint_eq(out.length, 1);
    ufx_buffer_free(&out);
    ufx_converter_close(c);
    decoded_free(&d);
}
END_TEST

/* No such encoding, or one in which characters have no bytes of their own. */
START_TEST(not_read)
{
    static const char *const names[] = {
        "nothing", "UTF-7", "ISO-2022-JP", "UTF-16", "UTF-32", "SCSU", "HZ"};
    struct ufx_converter *c = NULL;
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_msg(ufx_converter_open(names[i], &c) == UNFIX_ERROR_ARGUMENT,
                      "%s is read", names[i]);
        ck_assert_ptr_null(c);
    }
    ufx_converter_close(NULL);
}
END_TEST

START_TEST(no_memory)
{
    static const char bytes[] = "sesi\xF3n";
    size_t fail_at;
    bool done = false;

    for (fail_at = 1; !done; fail_at++) {
        struct ufx_converter *c = open("ISO-8859-1");
        struct ufx_decoded d;
        struct ufx_buffer out;
        unfix_status status;

        unit_memory_init(&memory, fail_at);
        d = decoded_new();
        ufx_buffer_init(&out, &memory.memory);
        status = ufx_converter_decode(c, bytes, sizeof bytes - 1, &d);
        if (status == UNFIX_OK)
            status = ufx_converter_encode(c, d.text.data, d.text.length, &out);
        done = !memory.failed;
        ck_assert_int_eq(status, done ? UNFIX_OK : UNFIX_ERROR_MEMORY);
        ufx_buffer_free(&out);
        ufx_converter_close(c);
        decoded_free(&d);
    }
    ck_assert_uint_gt(fail_at, 3);
}
END_TEST

/* From one encoding to another, as the tables of ways are made. */
START_TEST(convert)
{
    struct ufx_buffer out;
    size_t at;

    unit_memory_init(&memory, 0);
    ufx_buffer_init(&out, &memory.memory);
    ck_assert_int_eq(
        ufx_convert("UTF-8", "windows-1252", "\xC3\xB3", 2, &out, NULL),
        UNFIX_OK);
    ck_assert_str_eq(out.data, "Ã³");
    ck_assert_int_eq(ufx_convert("nothing", "UTF-8", "a", 1, &out, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(ufx_convert("ISO-8859-1", "UTF-8", "ab—", 5, &out, &at),
                     UNFIX_ERROR_FORMAT);
    ck_assert_uint_ge(at, 2);
    ufx_buffer_free(&out);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        bytes_and_back, cut_characters, long_texts, not_in_the_encoding,
        not_read,       no_memory,      convert};

    return unit_run("text/convert", tests, sizeof tests / sizeof *tests);
}
