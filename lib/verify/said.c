/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/said.h"

#include <string.h>

/* Pieces on either side. */
#define AROUND 2

void
ufx_said_start(struct ufx_said *said)
{
    said->count = said->first = said->last = 0;
}

void
ufx_said_free(struct ufx_said *said)
{
    ufx_memory_free(&said->memory, said->list,
                    said->capacity * sizeof *said->list);
}

unfix_status
ufx_said_add(struct ufx_said *said, const unfix_evidence *list, size_t count,
             uint64_t from, const char **why)
{
    void *grown = said->list;
    size_t i;

    if (said->count > 0) {
        const unfix_evidence *e = &said->list[said->count - 1];

        if (e->offset + e->length > from)
            from = e->offset + e->length;
    }
    for (i = 0; i < count; i++) {
        *why = list[i].confidence > UFX_SAID_MOST ? "a confidence above 1000"
               : list[i].offset < from
                   ? "evidence that overlaps, goes back or comes too late"
               : list[i].length > UINT64_MAX - list[i].offset
                   ? "evidence beyond any text"
                   : NULL;
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
    memcpy(said->list + said->count, list, count * sizeof *list);
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
    said->count -= i;
    if (i > 0 && said->count > 0)
        memmove(said->list, said->list + i, said->count * sizeof *said->list);
    said->window = offset;
    said->first = 0;
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

static int32_t
median(const struct ufx_said *said)
{
    size_t all = said->last - said->first;
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
    size_t low = said->first, high = said->last;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unfix_evidence *e = &said->list[middle];

        if (e->offset + e->length > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The mean of what is around the pieces [first, last). */
static int32_t
look_around(const struct ufx_said *said, size_t first, size_t last)
{
    uint32_t sum = 0, count = 0;
    size_t i;

    for (i = first; i > said->first && first - i < AROUND; i--, count++)
        sum += said->list[i - 1].confidence;
    for (i = last; i < said->last && i - last < AROUND; i++, count++)
        sum += said->list[i].confidence;
    return count == 0 ? UFX_SAID_NOTHING : (int32_t)(sum / count);
}

void
ufx_said_describe(const struct ufx_said *said, uint64_t start, uint64_t end,
                  struct ufx_said_figures *figures)
{
    size_t first = find(said, said->window + start), last = first;
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
    if (last == first)
        return;
    figures->mean = (int32_t)(sum / (last - first));
    figures->lowest = (int32_t)lowest;
    figures->rank = (int32_t)((uint64_t)said->below[lowest] * 1000 /
                              (said->last - said->first));
}
