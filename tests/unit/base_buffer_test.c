/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buffer.h"

#include "unit.h"

START_TEST(begins_with_nothing)
{
    struct unit_memory m;
    struct ufx_buffer buffer;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.length, 0);
    ck_assert(!buffer.failed);
    ufx_buffer_clear(&buffer);
    ufx_buffer_consume(&buffer, 0);
    ufx_buffer_free(&buffer);
    ck_assert_uint_eq(m.calls, 0);
}
END_TEST

START_TEST(appended_bytes_follow_each_other)
{
    struct unit_memory m;
    struct ufx_buffer buffer;
    size_t i;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    ufx_buffer_append(&buffer, NULL, 0);
    ck_assert_ptr_nonnull(buffer.data);
    ck_assert_str_eq(buffer.data, "");
    ufx_buffer_append(&buffer, "a\0b", 3);
    ufx_buffer_append_byte(&buffer, 'c');
    ck_assert_uint_eq(buffer.length, 4);
    ck_assert_mem_eq(buffer.data, "a\0bc\0", 5);
    for (i = 4; i < 50000; i++) {
        ufx_buffer_append_byte(&buffer, (char)('a' + i % 26));
        if (buffer.length != i + 1 || buffer.data[i + 1] != '\0')
            ck_abort_msg("no NUL after %zu bytes", i + 1);
    }
    for (i = 4; i < 50000; i++)
        if (buffer.data[i] != 'a' + (int)(i % 26))
            ck_abort_msg("byte %zu is lost", i);
    ck_assert_uint_le(m.calls, 16);
    ufx_buffer_free(&buffer);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(characters_become_utf8)
{
    static const struct {
        uint32_t cp;
        const char *bytes;
    } rows[] = {
        {'A', "A"},
        {0x7F, "\x7F"},
        {0x80, "\xC2\x80"},
        {0xF3, "\xC3\xB3"},
        {0x7FF, "\xDF\xBF"},
        {0x800, "\xE0\xA0\x80"},
        {0x20AC, "\xE2\x82\xAC"},
        {0xFFFF, "\xEF\xBF\xBF"},
        {0x10000, "\xF0\x90\x80\x80"},
        {0x10FFFF, "\xF4\x8F\xBF\xBF"},
    };
    struct unit_memory m;
    struct ufx_buffer buffer;
    size_t i;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        ufx_buffer_clear(&buffer);
        ufx_buffer_append_char(&buffer, rows[i].cp);
        ck_assert_str_eq(buffer.data, rows[i].bytes);
        ck_assert_uint_eq(buffer.length, strlen(rows[i].bytes));
    }
    ufx_buffer_clear(&buffer);
    ufx_buffer_append_char(&buffer, 0);
    ck_assert_uint_eq(buffer.length, 1);
    ufx_buffer_free(&buffer);
}
END_TEST

START_TEST(consume_drops_the_beginning)
{
    struct unit_memory m;
    struct ufx_buffer buffer;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    ufx_buffer_append(&buffer, "abcdef", 6);
    ufx_buffer_consume(&buffer, 0);
    ck_assert_str_eq(buffer.data, "abcdef");
    ufx_buffer_consume(&buffer, 2);
    ck_assert_str_eq(buffer.data, "cdef");
    ck_assert_uint_eq(buffer.length, 4);
    ufx_buffer_consume(&buffer, 4);
    ck_assert_str_eq(buffer.data, "");
    ufx_buffer_append(&buffer, "x", 1);
    ck_assert_str_eq(buffer.data, "x");
    ufx_buffer_free(&buffer);
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    struct unit_memory m;
    struct ufx_buffer buffer;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    ufx_buffer_append(&buffer, "some words", 10);
    ufx_buffer_clear(&buffer);
    ck_assert_str_eq(buffer.data, "");
    ck_assert_uint_eq(buffer.length, 0);
    m.calls = 0;
    ufx_buffer_append(&buffer, "ten bytes!", 10);
    ck_assert_str_eq(buffer.data, "ten bytes!");
    ck_assert_uint_eq(m.calls, 0);
    ufx_buffer_free(&buffer);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(failure_sticks_and_keeps_the_rest)
{
    struct unit_memory m;
    struct ufx_buffer buffer;
    char large[100] = {0};

    unit_memory_init(&m, 2);
    ufx_buffer_init(&buffer, &m.memory);
    ufx_buffer_append(&buffer, "abc", 3);
    ck_assert(!buffer.failed);
    ufx_buffer_append(&buffer, large, sizeof large);
    ck_assert(buffer.failed);
    ck_assert_str_eq(buffer.data, "abc");
    ck_assert_uint_eq(buffer.length, 3);
    ufx_buffer_append(&buffer, "d", 1);
    ck_assert(buffer.failed);
    ufx_buffer_clear(&buffer);
    ck_assert(!buffer.failed);
    ufx_buffer_append(&buffer, large, sizeof large);
    ck_assert(!buffer.failed);
    ck_assert_uint_eq(buffer.length, sizeof large);
    ufx_buffer_free(&buffer);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    struct unit_memory m;
    struct ufx_buffer buffer;

    unit_memory_init(&m, 0);
    ufx_buffer_init(&buffer, &m.memory);
    ufx_buffer_append(&buffer, "abc", 3);
    m.calls = 0;
    ufx_buffer_append(&buffer, "x", SIZE_MAX - 2);
    ck_assert(buffer.failed);
    ck_assert_uint_eq(m.calls, 0);
    ck_assert_str_eq(buffer.data, "abc");
    ufx_buffer_free(&buffer);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        begins_with_nothing,       appended_bytes_follow_each_other,
        characters_become_utf8,    consume_drops_the_beginning,
        clear_keeps_the_memory,    failure_sticks_and_keeps_the_rest,
        what_cannot_be_is_refused,
    };

    return unit_run("base/buffer", tests, sizeof tests / sizeof *tests);
}
