/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/letters.h"

#include "lang/tuned.h"

uint32_t
ufx_letters_oddest(const struct ufx_letters *letters, const uint8_t *word,
                   size_t length, int32_t *oddest)
{
    uint32_t context = 0, cost = 0;
    size_t i;

    *oddest = 0;
    for (i = 0; i <= length; i++) {
        uint32_t symbol =
            i < length ? ufx_letter_symbol(letters->usual, word[i]) : 0;
        uint32_t row = letters->contexts[context], one;

        /* Within the table whatever a damaged image holds. */
        if (row >= letters->row_count)
            row = 0;
        one = letters->rows[row].costs[symbol] * (uint32_t)UFX_LETTER_STEP;
        if (symbol > 0 && !ufx_is_usual(letters->usual, word[i]))
            one += UFX_COST_UNUSUAL;
        if ((int32_t)one > *oddest)
            *oddest = (int32_t)one;
        cost += one;
        context = ufx_letter_context(context, symbol);
    }
    return cost;
}

uint32_t
ufx_letters_cost(const struct ufx_letters *letters, const uint8_t *word,
                 size_t length)
{
    int32_t oddest;

    return ufx_letters_oddest(letters, word, length, &oddest);
}
