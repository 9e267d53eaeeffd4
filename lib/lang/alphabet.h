/* SPDX-License-Identifier: MPL-2.0 */
/* What a language's letters are to each other, and which of them are words:
 * the rows of dictionaries/es/letters.tsv, laid out to be asked quickly. */
#ifndef UFX_LANG_ALPHABET_H
#define UFX_LANG_ALPHABET_H

#include "lang/forms.h"
#include "text/chars.h"

#define UFX_ALPHABET_ACCENTS 64

enum ufx_letter_kind {
    UFX_LETTER_ACCENTED = 1, /* a plain letter with an accent: á */
    UFX_LETTER_OWN = 2,      /* one of its own that has a sign: ñ */
    UFX_LETTER_WORD = 4,     /* a word by itself: y */
    UFX_LETTER_BARE = 8      /* plain, for an accented one at a word's head */
};

struct ufx_alphabet {
    /* By the code of the small letter: ufx_char_code. */
    uint8_t kinds[256];
    struct {
        uint8_t plain, accented; /* codes as well */
    } accents[UFX_ALPHABET_ACCENTS];
    uint32_t accent_count;
};

void ufx_alphabet_make(struct ufx_alphabet *alphabet,
                       const struct ufx_forms *rows);

/* True if the letter, in either case, is of that kind. */
static inline bool
ufx_alphabet_is(const struct ufx_alphabet *alphabet, uint32_t cp,
                enum ufx_letter_kind kind)
{
    return (alphabet->kinds[ufx_char_code(ufx_char_lower(cp))] & kind) != 0;
}

/* The letter without its accent; letters of their own stay. */
uint32_t ufx_alphabet_fold(const struct ufx_alphabet *alphabet, uint32_t cp);

#endif
