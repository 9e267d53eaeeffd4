/* SPDX-License-Identifier: MPL-2.0 */
/* How the words are spelt that nobody knows yet. */
#include "build.h"
#include "table.h"

#include "lang/letters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words that texts hold more often are not built like those that nobody knows
 * yet. */
#define LETTERS_MOST_SEEN 200

/* The rows of the contexts of no, one, two letters, then of those of three that
 * were seen. */
#define LETTER_ROWS_SHORT                                                      \
    (1 + UFX_LETTER_SYMBOLS + UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS)

/* Adds a word's letters to the counts, by context and symbol. */
static void
count_letters(const struct ufx_usual *usual, const struct ufx_lexicon_entry *e,
              uint32_t *counts)
{
    uint32_t context = 0;
    size_t i;

    for (i = 0; i <= e->length; i++) {
        uint32_t symbol =
            i < e->length ? ufx_letter_symbol(usual, e->letters[i]) : 0;

        counts[(size_t)context * UFX_LETTER_SYMBOLS + symbol]++;
        context = ufx_letter_context(context, symbol);
    }
}

/* P(symbol | context), from the distribution after one letter less (Witten and
 * Bell 1991). */
static void
blend_letters(const uint32_t *counts, const double *shorter, double *out)
{
    double seen = 0, kinds = 0;
    size_t i;

    for (i = 0; i < UFX_LETTER_SYMBOLS; i++) {
        seen += counts[i];
        kinds += counts[i] > 0;
    }
    for (i = 0; i < UFX_LETTER_SYMBOLS; i++)
        out[i] = seen == 0 ? shorter[i]
                           : (counts[i] + kinds * shorter[i]) / (seen + kinds);
}

/* Writes the row and returns its number. */
static uint16_t
put_letter_row(struct building *b, const double *probability)
{
    size_t i;

    for (i = 0; i < UFX_LETTER_SYMBOLS; i++) {
        double steps = -log(probability[i]) * 1000 / UFX_LETTER_STEP + 0.5;

        b->letters[b->letter_rows].costs[i] =
            steps > 255 ? 255 : (uint8_t)steps;
    }
    return (uint16_t)b->letter_rows++;
}

/* The table from the counts after `contexts` contexts of some length, and the
 * distributions after those of one letter less; rows[] gets each one's row,
 * that of the shorter one, if there is one, where nothing was seen. */
static void
blend_contexts(struct building *b, const uint32_t *counts, size_t contexts,
               const double *shorter, const uint16_t *shorter_rows,
               double *longer, uint16_t *rows)
{
    size_t i, k;

    for (i = 0; i < contexts; i++) {
        size_t last = contexts == 1 ? 0 : i % (contexts / UFX_LETTER_SYMBOLS);
        const uint32_t *here = counts + i * UFX_LETTER_SYMBOLS;
        uint32_t seen = 0;

        for (k = 0; k < UFX_LETTER_SYMBOLS; k++)
            seen += here[k];
        blend_letters(here, shorter + last * UFX_LETTER_SYMBOLS,
                      longer + i * UFX_LETTER_SYMBOLS);
        rows[i] = seen == 0 && shorter_rows != NULL
                      ? shorter_rows[last]
                      : put_letter_row(b, longer + i * UFX_LETTER_SYMBOLS);
    }
}

/* The counts with one letter of the context less. */
static void
sum_contexts(const uint32_t *counts, size_t contexts, uint32_t *sums)
{
    size_t size = contexts / UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS, i, k;

    for (i = 0; i < size; i++) {
        sums[i] = 0;
        for (k = 0; k < UFX_LETTER_SYMBOLS; k++)
            sums[i] += counts[k * size + i];
    }
}

void
build_letters(struct building *b)
{
    static const size_t contexts[] = {1, UFX_LETTER_SYMBOLS,
                                      UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS,
                                      UFX_LETTER_CONTEXTS};
    uint32_t *counts[4];
    double *after[4], even[UFX_LETTER_SYMBOLS];
    uint16_t *rows[4];
    size_t i, k;

    for (k = 0; k < 4; k++) {
        size_t size = contexts[k] * UFX_LETTER_SYMBOLS;

        counts[k] = tool_allocate(size * sizeof *counts[k]);
        after[k] = tool_allocate(size * sizeof *after[k]);
        rows[k] = tool_allocate(contexts[k] * sizeof *rows[k]);
    }
    memset(counts[3], 0,
           UFX_LETTER_CONTEXTS * UFX_LETTER_SYMBOLS * sizeof *counts[3]);
    for (i = 0; i < b->lexicon.view.word_count; i++)
        if (b->history[i] > 0 && b->history[i] <= LETTERS_MOST_SEEN &&
            !(b->unigrams[i].flags & (UFX_WORD_CAPITAL | UFX_WORD_FOREIGN)))
            count_letters(&b->usual, &b->entries.list[i], counts[3]);
    for (k = 3; k > 0; k--)
        sum_contexts(counts[k], contexts[k], counts[k - 1]);
    for (i = 0; i < UFX_LETTER_SYMBOLS; i++)
        even[i] = 1.0 / UFX_LETTER_SYMBOLS;
    b->letters = tool_allocate((LETTER_ROWS_SHORT + UFX_LETTER_CONTEXTS) *
                               sizeof *b->letters);
    for (k = 0; k < 4; k++)
        blend_contexts(b, counts[k], contexts[k], k == 0 ? even : after[k - 1],
                       k == 0 ? NULL : rows[k - 1], after[k], rows[k]);
    b->contexts = rows[3];
    for (k = 0; k < 4; k++) {
        free(counts[k]);
        free(after[k]);
        if (k < 3)
            free(rows[k]);
    }
}
