/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/pieces.h"

#include "small_model.h"

#include <stdio.h>

/* The pieces of a token in one string: each one's characters in brackets,
 * behind its name; a word has none. */
static const char *
show(const char *text)
{
    static char line[1000];
    uint32_t chars[200];
    size_t count = small_chars(text, chars), i = 0, byte = 0, used = 0;

    while (i < count) {
        struct ufx_piece piece = ufx_piece_next(chars + i, count - i);
        const char *name = ufx_piece_name((enum ufx_piece_class)piece.kind);
        uint32_t k;

        ck_assert_uint_eq(piece.first, 0);
        ck_assert_uint_ge(piece.count, 1);
        ck_assert_uint_le(piece.count, count - i);
        used += (size_t)snprintf(line + used, sizeof line - used, "%s[",
                                 name == NULL ? "" : name);
        for (k = 0; k < piece.count; k++) {
            size_t size;

            ufx_text_decode(text + byte, strlen(text + byte), &size);
            memcpy(line + used, text + byte, size);
            byte += size;
            used += size;
        }
        line[used++] = ']';
        i += piece.count;
    }
    line[used] = '\0';
    return line;
}

START_TEST(words_and_marks)
{
    ck_assert_str_eq(show("Asamblea"), "[Asamblea]");
    ck_assert_str_eq(show("(órgano),"), "([(][órgano])[)],[,]");
    ck_assert_str_eq(show("«¿Qué?»."), "\"[«]¿[¿][Qué]?[?]\"[»].[.]");
    ck_assert_str_eq(show("y/o"), "[y]/[/][o]");
    ck_assert_str_eq(show("físico-químico"), "[físico]-[-][químico]");
    ck_assert_str_eq(show("[¡sic!]"), "[[[]¡[¡][sic]![!]][]]");
    ck_assert_str_eq(show("a;b:c'd%*&~"),
                     "[a];[;][b]:[:][c]'['][d]%[%]*[*]<mark>[&]<mark>[~]");
    ck_assert_str_eq(show("…—–’“"), ".[…]-[—]-[–]'[’]\"[“]");
}
END_TEST

START_TEST(numbers)
{
    ck_assert_str_eq(show("1.234,5"), "<num>[1.234,5]");
    ck_assert_str_eq(show("12.345.678"), "<num>[12.345.678]");
    ck_assert_str_eq(show("1"), "<day>[1]");
    ck_assert_str_eq(show("31,"), "<day>[31],[,]");
    ck_assert_str_eq(show("0"), "<num>[0]");
    ck_assert_str_eq(show("32."), "<num>[32].[.]");
    ck_assert_str_eq(show("1800"), "<year>[1800]");
    ck_assert_str_eq(show("2099"), "<year>[2099]");
    ck_assert_str_eq(show("1799"), "<num>[1799]");
    ck_assert_str_eq(show("2100"), "<num>[2100]");
    ck_assert_str_eq(show("02007"), "<num>[02007]");
    ck_assert_str_eq(show("99999999999999999999999999"),
                     "<num>[99999999999999999999999999]");
    ck_assert_str_eq(show("25%"), "<day>[25]%[%]");
}
END_TEST

START_TEST(ratios_and_ordinals)
{
    ck_assert_str_eq(show("52/134"), "<ratio>[52/134]");
    ck_assert_str_eq(show("24/3/1998"), "<ratio>[24/3]/[/]<year>[1998]");
    ck_assert_str_eq(show("52/"), "<num>[52]/[/]");
    ck_assert_str_eq(show("53º"), "<ord-m>[53º]");
    ck_assert_str_eq(show("53°"), "<ord-m>[53°]");
    ck_assert_str_eq(show("44ª,"), "<ord-f>[44ª],[,]");
    ck_assert_str_eq(show("ª"), "<mark>[ª]");
}
END_TEST

START_TEST(mixed_and_roman)
{
    ck_assert_str_eq(show("B2"), "<mixed>[B2]");
    ck_assert_str_eq(show("3A"), "<mixed>[3A]");
    ck_assert_str_eq(show("6rganos"), "<mixed>[6rganos]");
    ck_assert_str_eq(show("XIV"), "<roman>[XIV]");
    ck_assert_str_eq(show("I."), "<roman>[I].[.]");
    ck_assert_str_eq(show("V"), "<roman>[V]");
    /* C and L alone are letters. */
    ck_assert_str_eq(show("C"), "[C]");
    ck_assert_str_eq(show("L"), "[L]");
    ck_assert_str_eq(show("CL"), "<roman>[CL]");
    ck_assert_str_eq(show("xiv"), "[xiv]");
    ck_assert_str_eq(show("IIII"), "[IIII]");
    ck_assert_str_eq(show("XIVa"), "[XIVa]");
}
END_TEST

START_TEST(symbols)
{
    ck_assert_str_eq(show("A/RES/52/134"), "<symbol>[A/RES/52/134]");
    ck_assert_str_eq(show("A/CONF.157/24,"), "<symbol>[A/CONF.157/24],[,]");
    ck_assert_str_eq(show("E/CN.4/1998/2."), "<symbol>[E/CN.4/1998/2].[.]");
    ck_assert_str_eq(show("A/52/L.5/Rev.1"), "<symbol>[A/52/L.5/Rev.1]");
    ck_assert_str_eq(show("CCPR/C/GC/35)"), "<symbol>[CCPR/C/GC/35])[)]");
    ck_assert_str_eq(show("ONU"), "[ONU]");
    ck_assert_str_eq(show("ONU/"), "[ONU]/[/]");
    ck_assert_str_eq(show("Estado/Parte"), "[Estado]/[/][Parte]");
}
END_TEST

START_TEST(names_are_different)
{
    uint32_t a, b;

    for (a = 0; a < UFX_PIECE_CLASSES; a++) {
        const char *name = ufx_piece_name((enum ufx_piece_class)a);

        ck_assert_ptr_nonnull(name);
        ck_assert_uint_gt(strlen(name), 0);
        for (b = 0; b < a; b++)
            ck_assert_str_ne(name, ufx_piece_name((enum ufx_piece_class)b));
    }
    ck_assert_ptr_null(ufx_piece_name(UFX_PIECE_WORD));
}
END_TEST

/* A class that is named by a mark is that mark's class. */
START_TEST(marks_have_their_names)
{
    uint32_t kind;

    for (kind = UFX_PIECE_OTHER + 1; kind < UFX_PIECE_CLASSES; kind++) {
        const char *name = ufx_piece_name((enum ufx_piece_class)kind);
        uint32_t chars[4];

        ck_assert_uint_eq(small_chars(name, chars), 1);
        ck_assert_uint_eq(ufx_piece_mark(chars[0]), kind);
        ck_assert_uint_eq(ufx_piece_next(chars, 1).kind, kind);
    }
    ck_assert_uint_eq(ufx_piece_mark('~'), UFX_PIECE_OTHER);
    ck_assert_uint_eq(ufx_piece_mark(0x25A0), UFX_PIECE_OTHER);
}
END_TEST

/* ---- Roman numerals ---- */

static size_t
roman(int value, uint32_t *chars)
{
    static const struct {
        int value;
        const char *text;
    } steps[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    size_t n = 0, i = 0;

    while (value > 0) {
        if (value < steps[i].value) {
            i++;
            continue;
        }
        n += small_chars(steps[i].text, chars + n);
        value -= steps[i].value;
    }
    return n;
}

static bool
is_shortest_form(const uint32_t *chars, size_t count)
{
    uint32_t form[20];
    int value;

    for (value = 1; value < 400; value++)
        if (roman(value, form) == count &&
            memcmp(form, chars, count * sizeof *chars) == 0)
            return true;
    return false;
}

/* All strings of up to six of the letters. */
START_TEST(roman_numerals)
{
    static const uint32_t letters[] = {'I', 'V', 'X', 'L', 'C'};
    uint32_t chars[6], index, rest, last;
    size_t count, i;

    for (count = 1, last = 5; count <= 6; count++, last *= 5)
        for (index = 0; index < last; index++) {
            for (i = 0, rest = index; i < count; i++, rest /= 5)
                chars[i] = letters[rest % 5];
            if (ufx_piece_is_roman(chars, count) !=
                is_shortest_form(chars, count)) {
                char text[7] = {0};

                for (i = 0; i < count; i++)
                    text[i] = (char)chars[i];
                ck_abort_msg("%s", text);
            }
        }
}
END_TEST

START_TEST(longest_roman_numerals)
{
    uint32_t chars[20];
    int value;

    for (value = 1; value < 400; value++) {
        size_t n = roman(value, chars);

        if (!ufx_piece_is_roman(chars, n))
            ck_abort_msg("%d is none", value);
        chars[n] = 'A';
        if (ufx_piece_is_roman(chars, n + 1))
            ck_abort_msg("%d and an A is one", value);
    }
    ck_assert(!ufx_piece_is_roman(chars, 0));
}
END_TEST

/* ---- Words ---- */

START_TEST(unknown_words_by_case)
{
    static const struct {
        const char *text;
        enum ufx_piece_class kind;
    } rows[] = {{"órgano", UFX_PIECE_UNKNOWN}, {"Órgano", UFX_PIECE_NAME},
                {"ÓRGANO", UFX_PIECE_ACRONYM}, {"McCall", UFX_PIECE_NAME},
                {"eL", UFX_PIECE_NAME},        {"A", UFX_PIECE_NAME},
                {"a", UFX_PIECE_UNKNOWN}};
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t chars[10];
        size_t n = small_chars(rows[i].text, chars);

        ck_assert_msg(ufx_piece_unknown(chars, n) == rows[i].kind, "%s",
                      rows[i].text);
    }
}
END_TEST

START_TEST(letters_are_small_latin)
{
    uint32_t chars[10];
    uint8_t letters[10];
    size_t n = small_chars("AÑOsíÿ", chars);

    ck_assert(ufx_piece_letters(chars, n, letters));
    ck_assert_mem_eq(letters, "a\xF1os\xED\xFF", 6);
    n = small_chars("Łódź", chars);
    ck_assert(ufx_piece_letters(chars, n, letters));
    ck_assert_mem_eq(letters,
                     "\xA1\xF3"
                     "d\xBD",
                     4);
    n = small_chars("год", chars);
    ck_assert(!ufx_piece_letters(chars, n, letters));
    n = small_chars("«a»", chars);
    ck_assert(!ufx_piece_letters(chars, n, letters));
    n = small_chars("año\xFF", chars);
    ck_assert(!ufx_piece_letters(chars, n, letters));
    ck_assert(ufx_piece_letters(chars, 0, letters));
}
END_TEST

START_TEST(any_characters_make_pieces)
{
    static const uint32_t alphabet[] = {
        'a',  'A',  'X',  'I',   '1',    '9', '0',     '/',      '.', ',',  '-',
        0xBA, 0xAA, 0xE9, 0x16D, 0x2014, '(', 0x1F600, 0x1100FF, 0,   0x301};
    uint32_t chars[70];
    uint64_t seed = 4;
    int round;

    for (round = 0; round < 20000; round++) {
        size_t count = 1 + unit_below(&seed, 70), i;

        for (i = 0; i < count; i++)
            chars[i] =
                alphabet[unit_below(&seed, sizeof alphabet / sizeof *alphabet)];
        for (i = 0; i < count;) {
            struct ufx_piece piece = ufx_piece_next(chars + i, count - i);

            if (piece.count == 0 || piece.count > count - i ||
                piece.kind > UFX_PIECE_WORD || piece.kind < UFX_PIECE_MIXED)
                ck_abort_msg("a piece of %u, kind %u", (unsigned)piece.count,
                             (unsigned)piece.kind);
            i += piece.count;
        }
    }
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        words_and_marks,
        numbers,
        ratios_and_ordinals,
        mixed_and_roman,
        symbols,
        names_are_different,
        marks_have_their_names,
        roman_numerals,
        longest_roman_numerals,
        unknown_words_by_case,
        letters_are_small_latin,
        any_characters_make_pieces,
    };

    return unit_run("lang/pieces", tests, sizeof tests / sizeof *tests);
}
