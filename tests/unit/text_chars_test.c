/* SPDX-License-Identifier: MPL-2.0 */
#include "text/chars.h"

#include "base/buffer.h"
#include "text/text.h"

#include "unit.h"

/* Calls `check` for each character of `list`. */
static void
each(const char *list, void (*check)(uint32_t cp))
{
    size_t length = strlen(list), i = 0, size;

    while (i < length) {
        check(ufx_text_decode(list + i, length - i, &size));
        i += size;
    }
}

static void
is_capital(uint32_t cp)
{
    ck_assert_msg(ufx_char_is_letter(cp) && ufx_char_is_alnum(cp) &&
                      ufx_char_is_upper(cp) && !ufx_char_is_lower(cp) &&
                      !ufx_char_is_blank(cp) && !ufx_char_is_digit(cp),
                  "U+%04X is a capital", (unsigned)cp);
    ck_assert_msg(ufx_char_is_lower(ufx_char_lower(cp)),
                  "U+%04X has a small letter", (unsigned)cp);
    ck_assert_uint_eq(ufx_char_upper(cp), cp);
    ck_assert_uint_eq(ufx_char_upper(ufx_char_lower(cp)), cp);
}

static void
is_small(uint32_t cp)
{
    ck_assert_msg(ufx_char_is_letter(cp) && ufx_char_is_alnum(cp) &&
                      ufx_char_is_lower(cp) && !ufx_char_is_upper(cp) &&
                      !ufx_char_is_blank(cp) && !ufx_char_is_digit(cp),
                  "U+%04X is a small letter", (unsigned)cp);
    ck_assert_uint_eq(ufx_char_lower(cp), cp);
}

static void
is_other(uint32_t cp)
{
    ck_assert_msg(!ufx_char_is_letter(cp) && !ufx_char_is_lower(cp) &&
                      !ufx_char_is_upper(cp) && !ufx_char_is_blank(cp) &&
                      !ufx_char_is_digit(cp),
                  "U+%04X is no letter, digit or blank", (unsigned)cp);
    ck_assert_uint_eq(ufx_char_lower(cp), cp);
    ck_assert_uint_eq(ufx_char_upper(cp), cp);
}

static void
is_blank(uint32_t cp)
{
    ck_assert_msg(ufx_char_is_blank(cp) && !ufx_char_is_letter(cp) &&
                      !ufx_char_is_alnum(cp),
                  "U+%04X is blank", (unsigned)cp);
}

static void
is_no_blank(uint32_t cp)
{
    ck_assert_msg(!ufx_char_is_blank(cp), "U+%04X is not blank", (unsigned)cp);
}

static void
is_caseless(uint32_t cp)
{
    ck_assert_msg(ufx_char_is_letter(cp) && !ufx_char_is_upper(cp) &&
                      !ufx_char_is_lower(cp),
                  "U+%04X is a letter without case", (unsigned)cp);
}

START_TEST(letters)
{
    each("AMZÁÉÍÓÚÜÑÇÀÖØÞĀŁΑЯ", is_capital);
    each("amzáéíóúüñçàöøþāłαяßÿ", is_small);
    each("אع中", is_caseless);
}
END_TEST

START_TEST(other_characters)
{
    /* ª µ º are signs: engines print them for marks. */
    each("@[`{/:;.,-_&#*¡¿«»ªºµ×÷°·€…—“”", is_other);
    each("0123456789", is_no_blank);
}
END_TEST

START_TEST(digits)
{
    uint32_t cp;

    for (cp = 0; cp < 0x3000; cp++)
        ck_assert_int_eq(ufx_char_is_digit(cp), cp >= '0' && cp <= '9');
    ck_assert(ufx_char_is_alnum('7'));
    ck_assert(ufx_char_is_alnum(0x663)); /* Arabic-Indic three */
    ck_assert(ufx_char_is_alnum(0xBD));  /* one half */
    ck_assert(!ufx_char_is_alnum('-'));
    ck_assert(!ufx_char_is_alnum(0x2014));
}
END_TEST

START_TEST(blanks)
{
    each(" \t\n\r\f\v\x1C\x1F", is_blank);
    /* No-break, next line, figure, narrow, ideographic, line, BOM. */
    each("\xC2\xA0\xC2\x85\xE2\x80\x87\xE2\x80\xAF\xE3\x80\x80\xE2\x80\xA8"
         "\xEF\xBB\xBF",
         is_blank);
    /* Soft hyphen, zero width blank and joiner, controls. */
    each("\xC2\xAD\xE2\x80\x8B\xE2\x80\x8D\x01\x08\x0E\x1B\x7F", is_no_blank);
    is_no_blank(0);
}
END_TEST

START_TEST(invalid_bytes_are_nothing)
{
    uint32_t byte;

    for (byte = 0; byte < 256; byte++) {
        uint32_t cp = UFX_CHAR_OPAQUE + byte;

        is_other(cp);
        ck_assert(!ufx_char_is_alnum(cp));
        ck_assert_uint_eq(ufx_char_unaccented(cp), cp);
        ck_assert_uint_eq(ufx_char_compose(cp, 0x301), 0);
        ck_assert_uint_eq(ufx_char_compose('e', cp), 0);
    }
}
END_TEST

/* ck_assert() writes to a pipe each time: too slow for a million of them. */
START_TEST(every_code_point_is_consistent)
{
    uint32_t cp;

    for (cp = 0; cp < UFX_CHAR_OPAQUE; cp++) {
        bool letter = ufx_char_is_letter(cp);
        bool upper = ufx_char_is_upper(cp), lower = ufx_char_is_lower(cp);

        if (upper && lower)
            ck_abort_msg("U+%04X has two cases", (unsigned)cp);
        if (cp < 0x100 && !letter && (upper || lower))
            ck_abort_msg("U+%04X has a case, is no letter", (unsigned)cp);
        if (letter && !ufx_char_is_alnum(cp))
            ck_abort_msg("U+%04X is a letter, not alnum", (unsigned)cp);
        if (ufx_char_is_alnum(cp) && ufx_char_is_blank(cp))
            ck_abort_msg("U+%04X is alnum and blank", (unsigned)cp);
        if (ufx_char_is_letter(ufx_char_unaccented(cp)) != letter)
            ck_abort_msg("U+%04X is a letter with its accent only",
                         (unsigned)cp);
    }
}
END_TEST

static void
check_unaccented(const char *accented, const char *plain)
{
    size_t n = strlen(accented), m = strlen(plain), size;

    while (n > 0) {
        uint32_t cp = ufx_text_decode(accented, n, &size);

        accented += size;
        n -= size;
        ck_assert_uint_gt(m, 0);
        ck_assert_msg(ufx_char_unaccented(cp) ==
                          ufx_text_decode(plain, m, &size),
                      "U+%04X", (unsigned)cp);
        plain += size;
        m -= size;
    }
}

START_TEST(accents_come_off)
{
    check_unaccented("áéíóúüñÁÉÍÓÚÜÑàâäåçêÿýÇŸăšž",
                     "aeiouunAEIOUUNaaaaceyyCYasz");
    check_unaccented("abcXYZ019.,-ßæðłº ", "abcXYZ019.,-ßæðłº ");
}
END_TEST

/* Each small letter of Latin-1 and Latin Extended-A has a byte of its own. */
START_TEST(letters_have_codes)
{
    uint32_t cp, code, small = 0;

    for (cp = 0x80; cp < 0x180; cp++) {
        code = ufx_char_code(cp);
        if (code == 0)
            continue;
        ck_assert_uint_eq(ufx_char_of_code((uint8_t)code), cp);
        small += ufx_char_is_lower(cp);
    }
    ck_assert_uint_eq(small, 32 + 63);
    ck_assert_uint_eq(ufx_char_code('a'), 'a');
    ck_assert_uint_eq(ufx_char_code(0xF1), 0xF1);
    ck_assert_uint_eq(ufx_char_of_code((uint8_t)ufx_char_code(0x153)), 0x153);
    ck_assert_uint_eq(ufx_char_of_code((uint8_t)ufx_char_code(0x151)), 0x151);
    ck_assert_uint_eq(ufx_char_code(0xAB), 0);  /* « is no letter */
    ck_assert_uint_eq(ufx_char_code(0x150), 0); /* no small one */
    ck_assert_uint_eq(ufx_char_code(0x430), 0); /* Cyrillic */
}
END_TEST

START_TEST(marks_compose)
{
    ck_assert_uint_eq(ufx_char_compose('e', 0x301), 0xE9);
    ck_assert_uint_eq(ufx_char_compose('O', 0x301), 0xD3);
    ck_assert_uint_eq(ufx_char_compose('n', 0x303), 0xF1);
    ck_assert_uint_eq(ufx_char_compose('u', 0x308), 0xFC);
    ck_assert_uint_eq(ufx_char_compose('x', 0x301), 0);
    ck_assert_uint_eq(ufx_char_compose('e', 'e'), 0);
    ck_assert_uint_eq(ufx_char_compose('e', ' '), 0);
    ck_assert_uint_eq(ufx_char_compose(0xE9, 0x301), 0);
    /* A Korean vowel composes, but is no combining mark. */
    ck_assert_uint_eq(ufx_char_compose(0x1100, 0x1161), 0);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        letters,
        other_characters,
        digits,
        blanks,
        invalid_bytes_are_nothing,
        every_code_point_is_consistent,
        accents_come_off,
        letters_have_codes,
        marks_compose,
    };

    return unit_run("text/chars", tests, sizeof tests / sizeof *tests);
}
