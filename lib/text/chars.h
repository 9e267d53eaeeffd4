/* SPDX-License-Identifier: MPL-2.0 */
/* What kind of character a code point is.  Latin-1 is answered from rules in
 * this file's source, the rest by ICU. */
#ifndef UFX_TEXT_CHARS_H
#define UFX_TEXT_CHARS_H

#include <stdbool.h>
#include <stdint.h>

/* Stands for byte b of input that is not UTF-8: UFX_CHAR_OPAQUE + b. */
#define UFX_CHAR_OPAQUE UINT32_C(0x110000)

/* Makes ICU get ready what it makes at the first use, and remembers if it
 * failed; false if it cannot.  Once it could, nothing here fails. */
bool ufx_char_ready(void);

bool ufx_char_is_letter(uint32_t cp);
bool ufx_char_is_upper(uint32_t cp);
bool ufx_char_is_lower(uint32_t cp);
bool ufx_char_is_digit(uint32_t cp); /* 0-9 only */
bool ufx_char_is_alnum(uint32_t cp); /* letters and numbers of any script */
bool ufx_char_is_blank(uint32_t cp); /* separates tokens */
uint32_t ufx_char_lower(uint32_t cp);
uint32_t ufx_char_upper(uint32_t cp);

/* The letter without its acute, diaeresis, tilde...: á -> a, Ñ -> N.  Other
 * characters are returned as they are. */
uint32_t ufx_char_unaccented(uint32_t cp);

/* True for á é í ó ú ü and their capitals. */
bool ufx_char_is_accented_vowel(uint32_t cp);

/* The composed character of a base and a combining mark that follows it, or 0
 * if `mark` is no combining mark or there is no such character. */
uint32_t ufx_char_compose(uint32_t base, uint32_t mark);

#endif
