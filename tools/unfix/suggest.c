/* SPDX-License-Identifier: MPL-2.0 */
#include "suggest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* No name of ours is longer. */
#define LONGEST ((size_t)32)

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Characters put in, left out, replaced, or two of them exchanged. */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t k = 0; k <= b_length; k++)
        last[k] = k;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *free_row = before;

        now[0] = i;
        for (size_t k = 1; k <= b_length; k++) {
            const bool is_same = a[i - 1] == b[k - 1];

            now[k] = smaller(last[k], now[k - 1]) + 1;
            now[k] = smaller(now[k], last[k - 1] + (is_same ? 0 : 1));
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                now[k] = smaller(now[k], before[k - 2] + 1);
        }
        before = last;
        last = now;
        now = free_row;
    }
    return last[b_length];
}

void
suggest_begin(struct suggestion *suggestion, const char *word, size_t length)
{
    *suggestion = (struct suggestion){.word = word, .length = length};
    /* One slip in a short name, two in a longer one: others are no slips. */
    suggestion->distance = length < 3 ? 1 : length < 6 ? 2 : 3;
}

void
suggest_offer(struct suggestion *suggestion, const char *name)
{
    const size_t length = strlen(name);
    size_t found;

    if (length > LONGEST || suggestion->length > LONGEST)
        return;
    found = distance(suggestion->word, suggestion->length, name, length);
    if (found >= suggestion->distance)
        return;
    suggestion->distance = found;
    suggestion->best = name;
}

const char *
suggest_text(const struct suggestion *suggestion, const char *mark, char *room,
             size_t size)
{
    room[0] = '\0';
    if (suggestion->best != NULL)
        snprintf(room, size, "; did you mean '%s%s'?", mark, suggestion->best);
    return room;
}
