/* SPDX-License-Identifier: MPL-2.0 */
#include "format/align.h"

#include "format/document.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What a step costs: blanks stay blanks if they can, and go before letters do.
 */
enum {
    COST_GAP = 2,
    COST_OTHER = 3,
    COST_ACCENT = 2,
    COST_NEVER = 100
};

struct symbol {
    uint32_t character; /* ' ' for any blanks */
    size_t at;          /* in its text */
};

struct symbols {
    struct symbol items[ALIGN_LONGEST + 1]; /* with the end */
    size_t count;
};

static void
cut(const char *text, size_t at, size_t length, struct symbols *symbols)
{
    symbols->count = 0;
    while (at < length) {
        struct symbol *symbol = &symbols->items[symbols->count++];

        symbol->at = at;
        if (!is_blank_byte(text[at])) {
            at += read_character(text + at, length - at, &symbol->character);
            continue;
        }
        symbol->character = ' ';
        while (at < length && is_blank_byte(text[at]))
            at++;
    }
    symbols->items[symbols->count].at = length;
}

static bool
is_letter(uint32_t character)
{
    return character >= 0x80 || isalpha((int)character) != 0;
}

static unsigned
cost(uint32_t a, uint32_t b)
{
    if (a == b)
        return 0;
    if (a == ' ' || b == ' ')
        return COST_NEVER;
    return is_letter(a) && is_letter(b) && (a >= 0x80 || b >= 0x80)
               ? COST_ACCENT
               : COST_OTHER;
}

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* table[i * width + j]: what it costs to make the rest of the new text, from j
 * on, of the rest of the old one, from i on. */
static void
fill(uint16_t *table, const struct symbols *a, const struct symbols *b)
{
    const size_t width = b->count + 1;

    for (size_t i = a->count + 1; i-- > 0;) {
        for (size_t j = width; j-- > 0;) {
            uint16_t *here = table + i * width + j;
            unsigned best = UINT16_MAX;

            if (i < a->count)
                best = least(best, here[width] + COST_GAP);
            if (j < b->count)
                best = least(best, here[1] + COST_GAP);
            if (i < a->count && j < b->count)
                best =
                    least(best, here[width + 1] + cost(a->items[i].character,
                                                       b->items[j].character));
            *here = (uint16_t)(i == a->count && j == b->count ? 0 : best);
        }
    }
}

static void
walk(const uint16_t *table, const struct symbols *a, const struct symbols *b,
     struct alignment *alignment)
{
    const size_t width = b->count + 1;
    size_t j = 0;

    for (size_t i = 0; i <= a->count; i++) {
        const size_t at = a->items[i].at;
        bool is_same = false;

        while (j < b->count) {
            const unsigned here = table[i * width + j];

            is_same = i < a->count && here == table[(i + 1) * width + j + 1] +
                                                  cost(a->items[i].character,
                                                       b->items[j].character);
            if (is_same || (i < a->count && here == table[(i + 1) * width + j] +
                                                        (unsigned)COST_GAP))
                break;
            j++;
        }
        alignment->before[at] = b->items[j].at;
        alignment->is_kept[at] = is_same;
        j += is_same;
        alignment->after[at] = b->items[j].at;
        /* A unit may begin or end within a run of blanks. */
        for (size_t k = at + 1; i < a->count && k < a->items[i + 1].at; k++) {
            alignment->before[k] = b->items[j].at;
            alignment->after[k] = b->items[j].at;
            alignment->is_kept[k] = is_same;
        }
    }
}

/* The parts of both texts from `i` and `j` on. */
static bool
align_part(const char *old_text, size_t i, size_t old_end, const char *new_text,
           size_t j, size_t new_end, struct alignment *alignment)
{
    struct symbols *both = malloc(2 * sizeof(*both));
    uint16_t *table = NULL;
    bool has_table;

    if (both != NULL) {
        cut(old_text, i, old_end, &both[0]);
        cut(new_text, j, new_end, &both[1]);
        table =
            calloc((both[0].count + 1) * (both[1].count + 1), sizeof(*table));
    }
    has_table = table != NULL;
    if (has_table) {
        fill(table, &both[0], &both[1]);
        walk(table, &both[0], &both[1], alignment);
    }
    free(table);
    free(both);
    return has_table;
}

/* Where the first line ends. */
static size_t
line_length(const char *text, size_t length)
{
    const char *newline = memchr(text, '\n', length);

    return newline == NULL ? length : (size_t)(newline - text);
}

/* A word that goes over the end of a line may go to that where it ends: there
 * are more letters behind the line's end then, and each line is by itself. */
bool
align(const char *old_text, size_t old_length, const char *new_text,
      size_t new_length, struct alignment *alignment)
{
    const size_t i = line_length(old_text, old_length);
    const size_t j = line_length(new_text, new_length);

    if (i == old_length || j == new_length || new_length - j <= old_length - i)
        return align_part(old_text, 0, old_length, new_text, 0, new_length,
                          alignment);
    if (!align_part(old_text, 0, i, new_text, 0, j, alignment) ||
        !align_part(old_text, i + 1, old_length, new_text, j + 1, new_length,
                    alignment))
        return false;
    alignment->after[i] = j + 1;
    alignment->is_kept[i] = true;
    return true;
}

/* Costs stay below UINT16_MAX: two texts gap by gap. */
_Static_assert(2 * ALIGN_LONGEST * COST_GAP + COST_NEVER < UINT16_MAX,
               "the table's cells are too small");
