/* SPDX-License-Identifier: MPL-2.0 */
/* What stands around a mangled word, and what that makes of its readings.
 *
 * What goes in is the text before it as it was meant, and the text after it as
 * it stands; what comes out are costs in 1/1000 nat.  encodings.c asks, once a
 * spot, and then for each reading. */
#ifndef UFX_NORMALIZE_AROUND_H
#define UFX_NORMALIZE_AROUND_H

#include "base/buffer.h"
#include "normalize/decodings.h"

#define UFX_AROUND_AFTER 2

/* What the words beside it say of a word's case: they have a capital, they have
 * none, or there is no such word.  Little words tell nothing. */
enum ufx_beside {
    UFX_BESIDE_CAPITAL,
    UFX_BESIDE_SMALL,
    UFX_BESIDE_NOTHING,
    UFX_BESIDES
};

struct ufx_around {
    const struct ufx_language *language;
    uint32_t before[2]; /* pieces; UFX_WORD_NONE where there is only one */
    uint32_t after[UFX_AROUND_AFTER];
    size_t after_count;
    enum ufx_beside case_before;
    enum ufx_beside case_after;
};

/* Reads the end of `before`, and [from, to) of the text. */
void ufx_around_read(struct ufx_around *around,
                     const struct ufx_language *language,
                     const struct ufx_buffer *before, const char *text,
                     size_t from, size_t to);

/* The cost of what follows each other if `chars` stands there. */
int32_t ufx_around_cost(const struct ufx_around *around, const uint32_t *chars,
                        size_t count);

/* What the first letter of a reading costs beyond that, large or small, unless
 * it is `stands`, which was not decoded. */
int32_t ufx_around_case_cost(const struct ufx_around *around,
                             const struct ufx_decoding *d, uint32_t stands);

/* True if the text around [start, end) is of another script; or its words are
 * of another language, which has such a letter as the row reads for itself. */
bool ufx_around_is_foreign(const struct ufx_vocabulary *v, const char *text,
                           size_t length, size_t start, size_t end,
                           uint32_t row);

#endif
