/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/letters.h"

#include "lang/lexicon.h"

/* A letter that only stands for a usual one (ä, ç): rare in any word. */
#define COST_UNUSUAL 3000

uint32_t
ufx_letter_symbol(uint8_t letter)
{
    uint32_t bit = ufx_letter_bit(letter), symbol = 1;

    while (bit > 1) {
        bit >>= 1;
        symbol++;
    }
    return symbol;
}

uint32_t
ufx_letters_cost(const struct ufx_letters *letters, const uint8_t *word,
                 size_t length)
{
    uint32_t context = 0, cost = 0;
    size_t i;

    for (i = 0; i <= length; i++) {
        uint32_t symbol = i < length ? ufx_letter_symbol(word[i]) : 0;
        uint32_t row = letters->contexts[context];

        /* Within the table whatever a damaged image holds. */
        if (row >= letters->row_count)
            row = 0;
        cost += letters->rows[row].costs[symbol] * (uint32_t)UFX_LETTER_STEP;
        if (symbol > 0 && ufx_usual_letters[symbol - 1] != word[i])
            cost += COST_UNUSUAL;
        context = ufx_letter_context(context, symbol);
    }
    return cost;
}
