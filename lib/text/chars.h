/* SPDX-License-Identifier: MPL-2.0 */
/* What kind of character a code point is.  Latin-1 is answered from a table,
 * the rest by ICU. */
#ifndef UFX_TEXT_CHARS_H
#define UFX_TEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands for byte b of input that is not UTF-8: UFX_CHAR_OPAQUE + b. */
#define UFX_CHAR_OPAQUE UINT32_C(0x110000)

/* Makes ICU get ready what it makes at the first use, and remembers if it
 * failed; false if it cannot.  Once it could, nothing here fails. */
bool ufx_char_ready(void);

#define UFX_CHAR_UPPER 1u
#define UFX_CHAR_LOWER 2u
#define UFX_CHAR_DIGIT 4u
#define UFX_CHAR_BLANK 8u

/* Flags of each character below 0x100. */
extern const uint8_t ufx_char_kinds[0x100];

bool ufx_char_far_is_letter(uint32_t cp);
bool ufx_char_far_is_upper(uint32_t cp);
bool ufx_char_far_is_lower(uint32_t cp);
bool ufx_char_far_is_blank(uint32_t cp);
uint32_t ufx_char_far_lower(uint32_t cp);
uint32_t ufx_char_far_upper(uint32_t cp);

/* ª µ º count as signs, not as letters: OCR puts them for marks. */
static inline bool
ufx_char_is_letter(uint32_t cp)
{
    return cp < 0x100
               ? (ufx_char_kinds[cp] & (UFX_CHAR_UPPER | UFX_CHAR_LOWER)) != 0
               : ufx_char_far_is_letter(cp);
}

static inline bool
ufx_char_is_upper(uint32_t cp)
{
    return cp < 0x100 ? (ufx_char_kinds[cp] & UFX_CHAR_UPPER) != 0
                      : ufx_char_far_is_upper(cp);
}

static inline bool
ufx_char_is_lower(uint32_t cp)
{
    return cp < 0x100 ? (ufx_char_kinds[cp] & UFX_CHAR_LOWER) != 0
                      : ufx_char_far_is_lower(cp);
}

/* 0-9 only. */
static inline bool
ufx_char_is_digit(uint32_t cp)
{
    return cp - '0' < 10;
}

/* Separates tokens. */
static inline bool
ufx_char_is_blank(uint32_t cp)
{
    return cp < 0x100 ? (ufx_char_kinds[cp] & UFX_CHAR_BLANK) != 0
                      : ufx_char_far_is_blank(cp);
}

static inline uint32_t
ufx_char_lower(uint32_t cp)
{
    if (cp >= 0x100)
        return ufx_char_far_lower(cp);
    return ufx_char_kinds[cp] & UFX_CHAR_UPPER ? cp + 0x20 : cp;
}

static inline uint32_t
ufx_char_upper(uint32_t cp)
{
    if (cp >= 0x100)
        return ufx_char_far_upper(cp);
    /* The capitals of ß and ÿ are not in Latin-1. */
    return (ufx_char_kinds[cp] & UFX_CHAR_LOWER) && cp != 0xDF && cp != 0xFF
               ? cp - 0x20
               : cp;
}

/* The byte by which a lexicon has the small letter `cp`: of Latin-1 itself, of
 * Latin Extended-A one of 0x80 to 0xBF.  Other characters below 0x80 are
 * themselves as well, what has no byte is 0. */
static inline uint32_t
ufx_char_code(uint32_t cp)
{
    if (cp < 0x100)
        return cp < 0x80 || cp >= 0xC0 ? cp : 0;
    /* Without the letter of old Afrikaans and the long s, pairs of two. */
    return cp < 0x180 && cp != 0x149 && cp != 0x17F && ufx_char_is_lower(cp)
               ? 0x80 + (cp - 0x100) / 2
               : 0;
}

/* The letter of such a byte. */
static inline uint32_t
ufx_char_of_code(uint8_t code)
{
    uint32_t cp = 0x100 + (code - 0x80u) * 2;

    if (code < 0x80 || code >= 0xC0)
        return code;
    return ufx_char_is_lower(cp) ? cp : cp + 1;
}

/* Letters and numbers of any script. */
bool ufx_char_is_alnum(uint32_t cp);

/* How many of the characters are such. */
uint32_t ufx_char_count(const uint32_t *chars, size_t count,
                        bool (*is_such)(uint32_t cp));

/* The letter without its acute, diaeresis, tilde...: á -> a, Ñ -> N.  Other
 * characters are returned as they are. */
uint32_t ufx_char_unaccented(uint32_t cp);

/* The letter and the combining mark that `cp` is made of; false if it is not
 * made of two. */
bool ufx_char_decompose(uint32_t cp, uint32_t *base, uint32_t *mark);

/* What a sign stands for as Unicode has it (NFKD): ligatures, raised and wide
 * letters.  At most `most` characters; their number, 0 if it is itself. */
size_t ufx_char_compatible(uint32_t cp, uint32_t *chars, size_t most);

/* The composed character of a base and a combining mark that follows it, or 0
 * if `mark` is no combining mark or there is no such character. */
uint32_t ufx_char_compose(uint32_t base, uint32_t mark);

#endif
