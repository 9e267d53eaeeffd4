/* SPDX-License-Identifier: MPL-2.0 */
/* Characters of UTF-8, in bytes that need not be it. */
#ifndef UNFIX_TOOL_UTF8_H
#define UNFIX_TOOL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the character at the start of `bytes`; *valid tells whether it
 * is one.  If not, the length is that of its longest valid beginning, which is
 * to be replaced as a whole (the Unicode Standard, 3.9, U+FFFD substitution).
 */
size_t utf8_length(const char *bytes, size_t length, bool *valid);

/* A valid character. */
uint32_t utf8_decode(const char *bytes, size_t length);

/* Whether a terminal shows the character that begins `text`, and does nothing
 * else: no control character (C0, DEL, C1), no byte that is not UTF-8, nothing
 * that turns the order of writing round or breaks the line. */
bool utf8_is_harmless(const char *text, size_t length, bool valid);

/* Where text begins: after a byte order mark, or 0. */
size_t utf8_start(const char *bytes, size_t length);

#endif
