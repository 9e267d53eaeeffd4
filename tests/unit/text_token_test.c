/* SPDX-License-Identifier: MPL-2.0 */
#include "text/text.h"

#include "base/limits.h"
#include "text/chars.h"

#include "unit.h"

static struct unit_memory memory;
static struct ufx_arena arena;
static struct ufx_paragraph paragraph;

static void
read_bytes(const char *bytes, size_t length)
{
    if (arena.memory.allocator.allocate == NULL) {
        unit_memory_init(&memory, 0);
        ufx_arena_init(&arena, &memory.memory);
    }
    ufx_arena_reset(&arena);
    ck_assert_int_eq(ufx_paragraph_read(&paragraph, bytes, length, &arena),
                     UNFIX_OK);
}

static void
done(void)
{
    ufx_arena_free(&arena);
    ck_assert_uint_eq(memory.live, 0);
}

/* What was read, in one string: kind and gap of each token, then its bytes in
 * brackets.  Kinds t, a, m, o; gaps ^ at the beginning, + none, _ blank,
 * / newline. */
static const char *
show(const char *bytes)
{
    static char line[1000];
    size_t used = 0, t;

    read_bytes(bytes, strlen(bytes));
    for (t = 0; t < paragraph.token_count; t++) {
        const struct ufx_token *token = &paragraph.tokens[t];
        size_t n = token->end - token->start;

        ck_assert_uint_lt(used + n + 5, sizeof line);
        line[used++] = "^+_/"[token->gap];
        line[used++] = "tamo"[token->kind];
        line[used++] = '[';
        memcpy(line + used, bytes + token->start, n);
        used += n;
        line[used++] = ']';
    }
    line[used] = '\0';
    return line;
}

START_TEST(blanks_separate)
{
    ck_assert_str_eq(show(""), "");
    ck_assert_str_eq(show(" \n\t"), "");
    ck_assert_str_eq(show("La Asamblea"), "^t[La]_t[Asamblea]");
    ck_assert_str_eq(show("  (Un) \xC2\xA0 dos,\ttres. "),
                     "^t[(Un)]_t[dos,]_t[tres.]");
    ck_assert_str_eq(show("6rganos abrif;de 1.234,5"),
                     "^t[6rganos]_t[abrif;de]_t[1.234,5]");
}
END_TEST

START_TEST(lines_are_seen)
{
    ck_assert_str_eq(show("\nuno\ndos \n tres\r\ncuatro"),
                     "^t[uno]/t[dos]/t[tres]/t[cuatro]");
}
END_TEST

START_TEST(addresses)
{
    ck_assert_str_eq(show("en http://www.un.org/es/ga y"),
                     "^t[en]_a[http://www.un.org/es/ga]_t[y]");
    ck_assert_str_eq(show("(https://un.org) www.cepal.org."),
                     "^a[(https://un.org)]_a[www.cepal.org.]");
    ck_assert_str_eq(show("ftp://x a@b.c"), "^a[ftp://x]_a[a@b.c]");
    /* No address without a name before the sign or a dot after it. */
    ck_assert_str_eq(show("@b.c a@b a.b@c"), "^t[@b.c]_t[a@b]_t[a.b@c]");
    ck_assert_str_eq(show("y/o 24/3"), "^t[y/o]_t[24/3]");
}
END_TEST

START_TEST(markup)
{
    ck_assert_str_eq(show("<b>uno</b> <br/>"),
                     "^m[<b>]+t[uno]+m[</b>]_m[<br/>]");
    ck_assert_str_eq(show("uno&nbsp;dos &#243;"),
                     "^t[uno]+m[&nbsp;]+t[dos]_m[&#243;]");
    ck_assert_str_eq(show("**uno** ## dos __tres__"),
                     "^m[**]+t[uno]+m[**]_m[##]_t[dos]_m[__]+t[tres]+m[__]");
    /* One sign alone, a smaller-than and an ampersand are text. */
    ck_assert_str_eq(show("*uno a<b &mbito & < 3 &;"),
                     "^t[*uno]_t[a<b]_t[&mbito]_t[&]_t[<]_t[3]_t[&;]");
    ck_assert_str_eq(show("<b <3> <>"), "^t[<b]_t[<3>]_t[<>]");
}
END_TEST

START_TEST(opaque_tokens)
{
    ck_assert_str_eq(show("uno d\xFFs tres"), "^t[uno]_o[d\xFFs]_t[tres]");
    ck_assert_str_eq(show("a\x01 b\x7F\xED\xA0\x80"),
                     "^o[a\x01]_o[b\x7F\xED\xA0\x80]");
}
END_TEST

START_TEST(nul_is_opaque)
{
    read_bytes("a\0b c", 5);
    ck_assert_uint_eq(paragraph.token_count, 2);
    ck_assert_int_eq(paragraph.tokens[0].kind, UFX_TOKEN_OPAQUE);
    ck_assert_uint_eq(paragraph.tokens[0].end, 3);
    done();
}
END_TEST

START_TEST(too_long_is_opaque)
{
    char bytes[2 * UFX_TOKEN_CHARS + 3];
    size_t i;

    for (i = 0; i < UFX_TOKEN_CHARS + 1; i++)
        memcpy(bytes + 2 * i, "\xC3\xB3", 2);
    read_bytes(bytes, 2 * UFX_TOKEN_CHARS);
    ck_assert_int_eq(paragraph.tokens[0].kind, UFX_TOKEN_TEXT);
    read_bytes(bytes, 2 * UFX_TOKEN_CHARS + 2);
    ck_assert_uint_eq(paragraph.token_count, 1);
    ck_assert_int_eq(paragraph.tokens[0].kind, UFX_TOKEN_OPAQUE);
    done();
}
END_TEST

START_TEST(characters_know_their_bytes)
{
    static const uint32_t chars[] = {'A', 0xF1, 'o', 's', 0x20AC};
    static const uint32_t offsets[] = {3, 4, 6, 7, 8, 11};
    size_t i;

    read_bytes("la A\xC3\xB1os\xE2\x82\xAC", 11);
    ck_assert_uint_eq(paragraph.token_count, 2);
    ck_assert_uint_eq(paragraph.tokens[1].count, 5);
    for (i = 0; i < 5; i++) {
        ck_assert_uint_eq(paragraph.chars[paragraph.tokens[1].first + i],
                          chars[i]);
        ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, 1, i), offsets[i]);
    }
    ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, 1, 5), offsets[5]);
    done();
}
END_TEST

START_TEST(decomposed_letters_are_one)
{
    /* "An~o" in NFD, then a mark with nothing before it. */
    read_bytes("An\xCC\x83o \xCC\x81x", 9);
    ck_assert_uint_eq(paragraph.token_count, 2);
    ck_assert_uint_eq(paragraph.tokens[0].count, 3);
    ck_assert_uint_eq(paragraph.chars[1], 0xF1);
    ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, 0, 1), 1);
    ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, 0, 2), 4);
    ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, 0, 3), 5);
    ck_assert_uint_eq(paragraph.tokens[1].count, 2);
    ck_assert_uint_eq(paragraph.chars[3], 0x301);
    done();
}
END_TEST

/* Where the blanks from `at` on end, at `end` at the latest. */
static size_t
skip_blanks(const char *bytes, size_t length, size_t at, size_t end)
{
    size_t size;

    while (at < end &&
           ufx_char_is_blank(ufx_text_decode(bytes + at, length - at, &size)))
        at += size;
    return at;
}

/* What must hold of any bytes. */
static void
check_paragraph(const char *bytes, size_t length)
{
    size_t at = 0, t, i;

    for (t = 0; t < paragraph.token_count; t++) {
        const struct ufx_token *token = &paragraph.tokens[t];
        bool gap = at < token->start;

        at = skip_blanks(bytes, length, at, token->start);
        ck_assert_uint_eq(at, token->start);
        ck_assert_uint_lt(token->start, token->end);
        ck_assert_uint_gt(token->count, 0);
        ck_assert(token->gap == UFX_GAP_START
                      ? t == 0
                      : gap == (token->gap != UFX_GAP_NONE));
        ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, t, 0), at);
        for (i = 0; i < token->count; i++)
            if (ufx_paragraph_offset(&paragraph, t, i) >=
                ufx_paragraph_offset(&paragraph, t, i + 1))
                ck_abort_msg("offsets do not rise");
        at = token->end;
        ck_assert_uint_eq(ufx_paragraph_offset(&paragraph, t, token->count),
                          at);
    }
    ck_assert_uint_eq(skip_blanks(bytes, length, at, length), length);
}

START_TEST(any_bytes_are_cut_right)
{
    static const char *const parts[] = {"a",
                                        "b",
                                        "\xC3\xB3",
                                        "\xCC\x81",
                                        "\xFF",
                                        "\xE2",
                                        " ",
                                        "\n",
                                        "\r\n",
                                        "\xC2\xA0",
                                        "<",
                                        ">",
                                        "/",
                                        "&",
                                        ";",
                                        "*",
                                        "#",
                                        "@",
                                        ".",
                                        "www.",
                                        "http",
                                        "://",
                                        "\xE2\x80\xA8",
                                        "\xEF\xBB\xBF",
                                        "_",
                                        "\x1C",
                                        "\x02",
                                        "6",
                                        "-",
                                        "\xC2\xAA"};
    char bytes[400];
    uint64_t seed = 3;
    int round;

    for (round = 0; round < 2000; round++) {
        size_t length = 0, most = unit_below(&seed, sizeof bytes - 5);

        while (length < most) {
            const char *part =
                parts[unit_below(&seed, sizeof parts / sizeof *parts)];

            memcpy(bytes + length, part, strlen(part));
            length += strlen(part);
        }
        read_bytes(bytes, length);
        ck_assert_ptr_eq(paragraph.bytes, bytes);
        ck_assert_uint_eq(paragraph.length, length);
        check_paragraph(bytes, length);
    }
    done();
}
END_TEST

START_TEST(reading_may_run_out_of_memory)
{
    static char bytes[20000];
    struct unit_memory m;
    struct ufx_arena a;
    size_t k;

    memset(bytes, 'a', sizeof bytes);
    for (k = 1;; k++) {
        unfix_status status;

        unit_memory_init(&m, k);
        ufx_arena_init(&a, &m.memory);
        status = ufx_paragraph_read(&paragraph, bytes, sizeof bytes, &a);
        ufx_arena_free(&a);
        ck_assert_uint_eq(m.live, 0);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 1);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        blanks_separate,
        lines_are_seen,
        addresses,
        markup,
        opaque_tokens,
        nul_is_opaque,
        too_long_is_opaque,
        characters_know_their_bytes,
        decomposed_letters_are_one,
        any_bytes_are_cut_right,
        reading_may_run_out_of_memory,
    };

    return unit_run("text/token", tests, sizeof tests / sizeof *tests);
}
