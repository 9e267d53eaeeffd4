/* SPDX-License-Identifier: MPL-2.0 */
/* How well letters make a word of the language, known or not: what a letter
 * costs after the three before it.
 *
 * A word that nobody knows but that is built like others (zonación) is rather
 * kept than one that no mouth could say (zonacifri).  The letters are the usual
 * ones of lexicon.h; what the three letters before have never been followed by
 * is told by the last two, and so on, when the table is made. */
#ifndef UFX_LANG_LETTERS_H
#define UFX_LANG_LETTERS_H

#include "lang/lexicon.h"

/* The edge of a word, then the usual letters. */
#define UFX_LETTER_SYMBOLS (UFX_USUAL_LETTERS + 1)
#define UFX_LETTER_CONTEXTS                                                    \
    (UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS)

/* One unit of a cost, in 1/1000 nat. */
#define UFX_LETTER_STEP 40

/* A row of costs, one for each symbol that may follow. */
struct ufx_letter_row {
    uint8_t costs[UFX_LETTER_SYMBOLS];
};

struct ufx_letters {
    const struct ufx_usual *usual;
    const uint16_t *contexts; /* the row of each; NULL: there is no table */
    const struct ufx_letter_row *rows;
    uint32_t row_count;
};

/* The number of a letter's symbol; the edge is 0. */
static inline uint32_t
ufx_letter_symbol(const struct ufx_usual *usual, uint8_t letter)
{
    return usual->bits[letter] + UINT32_C(1);
}

/* The context after `context` and one more symbol; it begins with 0. */
static inline uint32_t
ufx_letter_context(uint32_t context, uint32_t symbol)
{
    return context * UFX_LETTER_SYMBOLS % UFX_LETTER_CONTEXTS + symbol;
}

/* -ln of the chance that a word has these letters (ufx_char_code), in
 * 1/1000 nat.  To be asked only if there is a table. */
uint32_t ufx_letters_cost(const struct ufx_letters *letters,
                          const uint8_t *word, size_t length);

/* The same; *oddest is what the letter costs, or the end, that fits least. */
uint32_t ufx_letters_oddest(const struct ufx_letters *letters,
                            const uint8_t *word, size_t length,
                            int32_t *oddest);

#endif
