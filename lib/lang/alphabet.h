/* SPDX-License-Identifier: MPL-2.0 */
/* What a language's letters are to each other, and which of them are words:
 * the rows of dictionaries/es/letters.tsv, laid out to be asked quickly. */
#ifndef UFX_LANG_ALPHABET_H
#define UFX_LANG_ALPHABET_H

#include "lang/forms.h"

#define UFX_ALPHABET_ACCENTS 64

enum ufx_letter_kind {
    UFX_LETTER_ACCENTED = 1, /* a plain letter with an accent: á */
    UFX_LETTER_OWN = 2,      /* one of its own that has a sign: ñ */
    UFX_LETTER_WORD = 4      /* a word by itself: y */
};

struct ufx_alphabet {
    /* By small Latin-1 letter; letters beyond have the rows alone. */
    uint8_t kinds[256];
    struct {
        uint16_t plain, accented;
    } accents[UFX_ALPHABET_ACCENTS];
    uint32_t accent_count;
    /* Letters beyond Latin-1 of each kind are looked for here. */
    const struct ufx_forms *rows;
};

void ufx_alphabet_make(struct ufx_alphabet *alphabet,
                       const struct ufx_forms *rows);

/* True if the letter, in either case, is of that kind. */
bool ufx_alphabet_is(const struct ufx_alphabet *alphabet, uint32_t cp,
                     enum ufx_letter_kind kind);

/* The letter without its accent; letters of their own stay. */
uint32_t ufx_alphabet_fold(const struct ufx_alphabet *alphabet, uint32_t cp);

#endif
