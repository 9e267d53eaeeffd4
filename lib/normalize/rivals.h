/* SPDX-License-Identifier: MPL-2.0 */
/* The readings of known words, as an image keeps them: they are the same every
 * time, and to search for them is most of what clean text takes.
 *
 * Of a word in small letters, or with a capital before them: the work that the
 * search took, in four bytes; how many readings it found; for each its channel
 * cost in four bytes, its flags, how many characters, words and rules it has, a
 * byte each, with that of the rules sixteen times the shape, and then these: a
 * byte a character (ufx_char_code, or a blank), four a word, two a rule. */
#ifndef UFX_NORMALIZE_RIVALS_H
#define UFX_NORMALIZE_RIVALS_H

#include "base/buffer.h"
#include "normalize/search.h"

/* Added to the number of a word for what is kept of it with a capital. */
#define UFX_RIVALS_CAPITAL UINT32_C(0x80000000)

/* Appends what was found of a word; false, and nothing is appended, if it
 * cannot be kept. */
bool ufx_rivals_put(struct ufx_buffer *out, const struct ufx_readings *readings,
                    uint32_t work);

/* What is kept of a word, or with UFX_RIVALS_CAPITAL, in the arena; *work is
 * what the search took.  False if nothing is, or only damage. */
bool ufx_rivals_get(const struct ufx_language *language, uint32_t word,
                    struct ufx_arena *arena, struct ufx_readings *readings,
                    uint32_t *work);

#endif
