/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/said.h"

#include "base/limits.h"

#include "normalize/tuned.h"

#include <string.h>

/* ---- The list ---- */

static size_t
readings_size(const unfix_alternative *readings, size_t count)
{
    size_t size = count * sizeof *readings, i;

    for (i = 0; i < count; i++)
        size += readings[i].length;
    return size;
}

static void
free_pieces(struct ufx_said *said, struct ufx_said_piece *list, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (list[i].readings != NULL)
            ufx_memory_free(
                &said->memory, list[i].readings,
                readings_size(list[i].readings, list[i].reading_count));
}

void
ufx_said_start(struct ufx_said *said)
{
    free_pieces(said, said->list, said->count);
    said->count = said->last = 0;
}

void
ufx_said_free(struct ufx_said *said)
{
    ufx_said_start(said);
    ufx_memory_free(&said->memory, said->list,
                    said->capacity * sizeof *said->list);
}

static bool
is_reading(const unfix_alternative *reading)
{
    return reading->confidence <= UFX_SAID_MOST &&
           (reading->text != NULL || reading->length == 0) &&
           reading->length <= UFX_OFFER_BYTES;
}

/* What is wrong with a piece that begins at `from` or after it; or NULL. */
static const char *
find_fault(const unfix_evidence *e, uint64_t from)
{
    size_t i;

    if (e->confidence > UFX_SAID_MOST)
        return "a confidence above 1000";
    if (e->offset < from)
        return "evidence that overlaps, goes back or comes too late";
    if (e->length > UINT64_MAX - e->offset)
        return "evidence beyond any text";
    if (e->reading_count > UFX_OFFERS ||
        (e->readings == NULL && e->reading_count > 0))
        return "readings that are none, or too many";
    for (i = 0; i < e->reading_count; i++)
        if (!is_reading(&e->readings[i]))
            return "readings that are none, or too many";
    return NULL;
}

static bool
copy_piece(const struct ufx_said *said, const unfix_evidence *e,
           struct ufx_said_piece *piece)
{
    char *text;
    size_t i;

    *piece = (struct ufx_said_piece){e->offset, e->length, e->confidence, NULL,
                                     e->reading_count};
    if (e->reading_count == 0)
        return true;
    piece->readings = ufx_memory_allocate(
        &said->memory, readings_size(e->readings, e->reading_count));
    if (piece->readings == NULL)
        return false;
    text = (char *)(piece->readings + e->reading_count);
    for (i = 0; i < e->reading_count; i++) {
        piece->readings[i] = e->readings[i];
        piece->readings[i].text = text;
        if (e->readings[i].length > 0)
            memcpy(text, e->readings[i].text, e->readings[i].length);
        text += e->readings[i].length;
    }
    return true;
}

unfix_status
ufx_said_add(struct ufx_said *said, const unfix_evidence *list, size_t count,
             uint64_t from, const char **why)
{
    void *grown = said->list;
    size_t i;

    if (said->count > 0) {
        const struct ufx_said_piece *last = &said->list[said->count - 1];

        if (last->offset + last->length > from)
            from = last->offset + last->length;
    }
    for (i = 0; i < count; i++) {
        *why = find_fault(&list[i], from);
        if (*why != NULL)
            return UNFIX_ERROR_ARGUMENT;
        from = list[i].offset + list[i].length;
    }
    if (count == 0)
        return UNFIX_OK;
    if (!ufx_memory_reserve(&said->memory, &grown, &said->capacity,
                            said->count + count, sizeof *said->list))
        return UNFIX_ERROR_MEMORY;
    said->list = grown;
    for (i = 0; i < count; i++)
        if (!copy_piece(said, &list[i], &said->list[said->count + i])) {
            free_pieces(said, said->list + said->count, i);
            return UNFIX_ERROR_MEMORY;
        }
    said->count += count;
    return UNFIX_OK;
}

void
ufx_said_window(struct ufx_said *said, uint64_t offset, size_t length)
{
    uint32_t sum = 0;
    size_t i;

    for (i = 0; i < said->count && said->list[i].offset < offset; i++)
        ;
    free_pieces(said, said->list, i);
    said->count -= i;
    if (i > 0 && said->count > 0)
        memmove(said->list, said->list + i, said->count * sizeof *said->list);
    said->window = offset;
    memset(said->below, 0, sizeof said->below);
    for (i = 0; i < said->count && said->list[i].offset - offset < length; i++)
        said->below[said->list[i].confidence]++;
    said->last = i;
    for (i = 0; i < UFX_SAID_MOST + 2; i++) {
        uint32_t here = said->below[i];

        said->below[i] = sum;
        sum += here;
    }
}

/* ---- Figures ---- */

static int32_t
median(const struct ufx_said *said)
{
    size_t all = said->last;
    int32_t i = 0;

    if (all == 0)
        return UFX_SAID_NOTHING;
    while (i < UFX_SAID_MOST && said->below[i + 1] <= all / 2)
        i++;
    return i;
}

/* The first piece that ends after `at`. */
static size_t
find(const struct ufx_said *said, uint64_t at)
{
    size_t low = 0, high = said->last;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct ufx_said_piece *piece = &said->list[middle];

        if (piece->offset + piece->length > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

const struct ufx_said_piece *
ufx_said_find(const struct ufx_said *said, uint64_t start, uint64_t end)
{
    size_t i = find(said, said->window + start);
    const struct ufx_said_piece *piece;

    if (i == said->last)
        return NULL;
    piece = &said->list[i];
    return piece->offset <= said->window + start &&
                   said->window + end <= piece->offset + piece->length
               ? piece
               : NULL;
}

/* The mean of what is around the pieces [first, last). */
static int32_t
look_around(const struct ufx_said *said, size_t first, size_t last)
{
    uint32_t sum = 0, count = 0;
    size_t i;

    for (i = first; i > 0 && first - i < UFX_BESIDE; i--, count++)
        sum += said->list[i - 1].confidence;
    for (i = last; i < said->last && i - last < UFX_BESIDE; i++, count++)
        sum += said->list[i].confidence;
    return count == 0 ? UFX_SAID_NOTHING : (int32_t)(sum / count);
}

void
ufx_said_describe(const struct ufx_said *said, uint64_t start, uint64_t end,
                  struct ufx_said_figures *figures)
{
    size_t first = find(said, said->window + start), last = first;
    size_t all = said->last, count;
    uint32_t sum = 0, lowest = UFX_SAID_MOST;

    figures->mean = figures->lowest = figures->rank = UFX_SAID_NOTHING;
    figures->median = median(said);
    for (; last < said->last && said->list[last].offset < said->window + end;
         last++) {
        uint32_t confidence = said->list[last].confidence;

        sum += confidence;
        if (confidence < lowest)
            lowest = confidence;
    }
    figures->around = look_around(said, first, last);
    count = last - first;
    if (count == 0 || all == 0)
        return;
    figures->mean = (int32_t)(sum / count);
    figures->lowest = (int32_t)lowest;
    figures->rank = (int32_t)((uint64_t)said->below[lowest] * 1000 / all);
}
