/* SPDX-License-Identifier: MPL-2.0 */
#include "text/chars.h"
#include "text/text.h"

#include "unit.h"

static void
check_opaque(const char *bytes, size_t length)
{
    size_t size = 0;
    uint32_t cp = ufx_text_decode(bytes, length, &size);

    /* ck_assert() writes to a pipe each time: too slow for millions. */
    if (cp != UFX_CHAR_OPAQUE + (unsigned char)bytes[0] || size != 1)
        ck_abort_msg("%02X of %zu bytes: U+%04X", (unsigned char)bytes[0],
                     length, (unsigned)cp);
}

/* Also that a character cut short is not one, and that what follows does not
 * matter. */
START_TEST(every_character_is_read)
{
    struct unit_memory m;
    struct ufx_buffer bytes;
    uint32_t cp;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&bytes, &m.memory);
    for (cp = 0; cp < 0x110000; cp++) {
        size_t size = 0, length, i;

        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        ufx_buffer_clear(&bytes);
        ufx_buffer_append_char(&bytes, cp);
        length = bytes.length;
        if (ufx_text_decode(bytes.data, length, &size) != cp || size != length)
            ck_abort_msg("U+%04X is not read", (unsigned)cp);
        ufx_buffer_append_byte(&bytes, '\x80');
        if (ufx_text_decode(bytes.data, length + 1, &size) != cp ||
            size != length)
            ck_abort_msg("U+%04X is not read with more", (unsigned)cp);
        for (i = 1; i < length; i++)
            check_opaque(bytes.data, i);
    }
    ufx_buffer_free(&bytes);
}
END_TEST

START_TEST(surrogates_are_no_characters)
{
    struct unit_memory m;
    struct ufx_buffer bytes;
    uint32_t cp;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&bytes, &m.memory);
    for (cp = 0xD800; cp <= 0xDFFF; cp++) {
        ufx_buffer_clear(&bytes);
        ufx_buffer_append_char(&bytes, cp);
        check_opaque(bytes.data, bytes.length);
    }
    ufx_buffer_free(&bytes);
}
END_TEST

/* The edges of table 3-7 of the Unicode standard. */
START_TEST(ill_formed_bytes_are_opaque)
{
    static const char *const rows[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2",
        "\xC2\x7F",
        "\xC2\xC2",
        "\xDF\x20",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xE0\xA0\x7F",
        "\xE1\x80",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xEF\xBF\xC0",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF0\x90\x80",
        "\xF1\x80\x80\x20",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xF8\x88\x80\x80\x80",
        "\xFE",
        "\xFF\xBF\xBF\xBF",
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        check_opaque(rows[i], strlen(rows[i]));
}
END_TEST

static void
check_nfc(const char *text, size_t length, const char *expected)
{
    struct unit_memory m;
    struct ufx_buffer out;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&out, &m.memory);
    ufx_buffer_append(&out, "<", 1);
    ck_assert_int_eq(ufx_text_nfc(text, length, &out), UNFIX_OK);
    ck_assert_int_eq(out.data[0], '<');
    ck_assert_str_eq(out.data + 1, expected);
    ufx_buffer_free(&out);
    ck_assert_uint_eq(m.live, 0);
}

START_TEST(marks_are_composed)
{
    check_nfc("", 0, "");
    check_nfc("cooperacio\xCC\x81n", 14, "cooperación");
    check_nfc("cooperación", 12, "cooperación");
    check_nfc("An\xCC\x83o, u\xCC\x88", 10, "Año, ü");
    /* In their right order, and one without a base. */
    check_nfc("a\xCC\x81\xCC\xA3", 5, "ạ\xCC\x81");
    check_nfc("\xCC\x81x", 3, "\xCC\x81x");
    check_nfc("\xF0\x9D\x84\x9E", 4, "\xF0\x9D\x84\x9E");
}
END_TEST

START_TEST(invalid_bytes_stay)
{
    check_nfc("\xFF", 1, "\xFF");
    check_nfc("o\xCC\x81\xC3", 4, "ó\xC3");
    check_nfc("\x80o\xCC\x81\xED\xA0\x80n\xCC\x83\xC3", 11,
              "\x80ó\xED\xA0\x80ñ\xC3");
    /* Nothing composes across them. */
    check_nfc("o\xFF\xCC\x81", 4, "o\xFF\xCC\x81");
}
END_TEST

START_TEST(long_texts_are_composed)
{
    enum {
        TIMES = 100000
    };
    struct unit_memory m;
    struct ufx_buffer in, out;
    size_t i;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&in, &m.memory);
    ufx_buffer_init(&out, &m.memory);
    for (i = 0; i < TIMES; i++)
        ufx_buffer_append(&in, "no\xCC\x81", 4);
    ck_assert_int_eq(ufx_text_nfc(in.data, in.length, &out), UNFIX_OK);
    ck_assert_uint_eq(out.length, 3 * TIMES);
    for (i = 0; i < TIMES; i++)
        if (memcmp(out.data + 3 * i, "nó", 3) != 0)
            ck_abort_msg("at %zu", 3 * i);
    ufx_buffer_free(&in);
    ufx_buffer_free(&out);
}
END_TEST

START_TEST(nfc_may_run_out_of_memory)
{
    static const char text[] = "o\xCC\x81\xFFn\xCC\x83 y algo más de texto";
    size_t k;

    for (k = 1;; k++) {
        struct unit_memory m;
        struct ufx_buffer out;
        unfix_status status;

        unit_memory_init(&m, k);
        ufx_buffer_init(&out, &m.memory);
        status = ufx_text_nfc(text, sizeof text - 1, &out);
        ufx_buffer_free(&out);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
        ck_assert_int_eq(status, UNFIX_ERROR_MEMORY);
    }
    ck_assert_uint_gt(k, 2);
}
END_TEST

START_TEST(base_and_mark_are_one_character)
{
    static const char text[] = "xan\xCC\x83\xFFo\xCC\x81";
    uint32_t chars[4], offsets[4];

    ck_assert_uint_eq(
        ufx_text_decode_composed(text, 1, sizeof text - 1, chars, offsets, 4),
        4);
    ck_assert_uint_eq(chars[0], 'a');
    ck_assert_uint_eq(chars[1], 0xF1);
    ck_assert_uint_eq(chars[2], UFX_CHAR_OPAQUE + 0xFF);
    ck_assert_uint_eq(chars[3], 0xF3);
    ck_assert_uint_eq(offsets[0], 1);
    ck_assert_uint_eq(offsets[1], 2);
    ck_assert_uint_eq(offsets[2], 5);
    ck_assert_uint_eq(offsets[3], 6);
    /* A mark before [start, end) is none of it. */
    ck_assert_uint_eq(ufx_text_decode_composed(text, 3, 5, chars, NULL, 4), 1);
    ck_assert_uint_eq(chars[0], 0x303);
    ck_assert_uint_eq(ufx_text_decode_composed(text, 1, 1, chars, NULL, 4), 0);
    /* The last may have its mark, but no other may follow. */
    ck_assert_uint_eq(ufx_text_decode_composed(text, 1, 5, chars, NULL, 2), 2);
    ck_assert_uint_eq(ufx_text_decode_composed(text, 1, 6, chars, NULL, 2), 3);
}
END_TEST

START_TEST(parts_are_found)
{
    static const char text[] = "a]]((";

    ck_assert_ptr_eq(ufx_text_find(text, 5, "](", 2), text + 2);
    ck_assert_ptr_null(ufx_text_find(text, 3, "](", 2));
    ck_assert_ptr_null(ufx_text_find(text, 2, "](", 2));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        every_character_is_read,
        surrogates_are_no_characters,
        ill_formed_bytes_are_opaque,
        marks_are_composed,
        invalid_bytes_stay,
        long_texts_are_composed,
        nfc_may_run_out_of_memory,
        base_and_mark_are_one_character,
        parts_are_found,
    };

    return unit_run("text/utf8", tests, sizeof tests / sizeof *tests);
}
