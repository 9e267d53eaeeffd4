/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/corrections.h"

#include "base/sort.h"

#include <string.h>

unfix_correction *
ufx_corrections_add(struct ufx_corrections *corrections,
                    const struct ufx_memory *memory)
{
    void *list = corrections->list;
    unfix_correction *c;

    if (!ufx_memory_reserve(memory, &list, &corrections->capacity,
                            corrections->count + 1, sizeof *corrections->list))
        return NULL;
    corrections->list = list;
    c = &corrections->list[corrections->count++];
    memset(c, 0, sizeof *c);
    return c;
}

void
ufx_correction_hold(unfix_correction *correction, unfix_verdict verdict,
                    uint32_t bar, const char *why)
{
    correction->verdict = verdict;
    correction->bar = bar;
    correction->held_back = why;
}

static const unfix_alternative *
copy_alternatives(const unfix_correction *c, struct ufx_arena *strings)
{
    unfix_alternative *list =
        ufx_arena_allocate(strings, c->alternative_count * sizeof *list);
    size_t i;

    for (i = 0; list != NULL && i < c->alternative_count; i++) {
        list[i] = c->alternatives[i];
        list[i].text = ufx_arena_copy(strings, list[i].text, list[i].length);
    }
    return list;
}

bool
ufx_corrections_copy(struct ufx_corrections *corrections,
                     const unfix_correction *correction,
                     struct ufx_arena *strings, const struct ufx_memory *memory)
{
    unfix_correction *c = ufx_corrections_add(corrections, memory);

    if (c == NULL)
        return false;
    *c = *correction;
    c->original = ufx_arena_copy(strings, c->original, c->original_length);
    c->replacement =
        ufx_arena_copy(strings, c->replacement, c->replacement_length);
    c->reason = ufx_arena_copy(strings, c->reason, strlen(c->reason));
    c->alternatives = copy_alternatives(correction, strings);
    return !strings->failed;
}

void
ufx_corrections_free(struct ufx_corrections *corrections,
                     const struct ufx_memory *memory)
{
    ufx_memory_free(memory, corrections->list,
                    corrections->capacity * sizeof *corrections->list);
    memset(corrections, 0, sizeof *corrections);
}

unfix_status
ufx_corrections_splice(struct ufx_corrections *corrections, const char *text,
                       size_t length, struct ufx_buffer *out)
{
    size_t i, at = 0, start = out->length;

    for (i = 0; i < corrections->count; i++) {
        unfix_correction *c = &corrections->list[i];
        bool applied = c->verdict == UNFIX_APPLIED;

        ufx_buffer_append(out, text + at, (size_t)c->offset - at);
        c->out_offset = out->length - start;
        c->out_length = applied ? c->replacement_length : c->original_length;
        ufx_buffer_append(out, applied ? c->replacement : c->original,
                          (size_t)c->out_length);
        at = (size_t)(c->offset + c->length);
    }
    ufx_buffer_append(out, text + at, length - at);
    return out->failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

/* The first correction that ends after `at` in the output. */
static size_t
find_after(const struct ufx_corrections *made, uint64_t at)
{
    size_t low = 0, high = made->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unfix_correction *c = &made->list[middle];

        if (c->out_offset + c->out_length > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool
ufx_corrections_source(const struct ufx_corrections *made, uint64_t *start,
                       uint64_t *end)
{
    uint64_t from = *start, to = *end;
    size_t i = find_after(made, from);
    bool whole = true;

    if (i > 0) {
        const unfix_correction *c = &made->list[i - 1];
        uint64_t c_end = c->out_offset + c->out_length;

        *start = from - c_end + c->offset + c->length;
        *end = to - c_end + c->offset + c->length;
    }
    for (; i < made->count && made->list[i].out_offset < to; i++) {
        const unfix_correction *c = &made->list[i];
        uint64_t c_end = c->out_offset + c->out_length;

        if (c->verdict != UNFIX_APPLIED)
            continue;
        whole = false;
        if (c->out_offset <= from)
            *start = c->offset;
        *end = c_end >= to ? c->offset + c->length
                           : to - c_end + c->offset + c->length;
    }
    return whole;
}

/* ---- Two passes put together ---- */

/* A run of corrections of both passes that touch each other, as a place in the
 * text between the passes. */
struct cluster {
    size_t first_from, first_to;   /* corrections of the first pass */
    size_t second_from, second_to; /* and of the second */
    uint64_t start, end;
};

static bool
is_applied(const unfix_correction *c)
{
    return c->verdict == UNFIX_APPLIED;
}

/* Takes in whatever touches the cluster, until nothing more does. */
static void
grow(struct cluster *k, const struct ufx_corrections *first,
     const struct ufx_corrections *second)
{
    bool grown = true;

    while (grown) {
        grown = false;
        while (k->first_to < first->count &&
               first->list[k->first_to].out_offset <= k->end) {
            const unfix_correction *c = &first->list[k->first_to++];

            /* What was only proposed need not be kept whole. */
            if (is_applied(c) && c->out_offset + c->out_length > k->end)
                k->end = c->out_offset + c->out_length;
            grown = true;
        }
        while (k->second_to < second->count &&
               (!is_applied(&second->list[k->second_to]) ||
                second->list[k->second_to].offset <= k->end)) {
            const unfix_correction *c = &second->list[k->second_to++];

            if (is_applied(c) && c->offset + c->length > k->end)
                k->end = c->offset + c->length;
            grown = true;
        }
    }
}

/* What a correction puts where, in the text between the passes. */
struct exchange {
    uint64_t offset;
    uint64_t length;
    const char *text;
    size_t text_length;
};

/* One of the second pass makes its repair. */
static struct exchange
repair_of(const unfix_correction *c)
{
    return (struct exchange){c->offset, c->length, c->replacement,
                             c->replacement_length};
}

/* One of the first pass takes its own back. */
static struct exchange
original_of(const unfix_correction *c)
{
    return (struct exchange){c->out_offset, c->out_length, c->original,
                             c->original_length};
}

/* The cluster's text with the exchanges of those of list[from, to) that were
 * applied. */
static char *
put_exchanges(const struct cluster *k, const unfix_correction *list,
              size_t from, size_t to,
              struct exchange (*exchange_of)(const unfix_correction *),
              const char *text, struct ufx_arena *arena, size_t *length)
{
    size_t i, n = (size_t)(k->end - k->start), used = 0;
    uint64_t at = k->start;
    char *out;

    for (i = from; i < to; i++)
        n += exchange_of(&list[i]).text_length;
    out = ufx_arena_allocate(arena, n + 1);
    if (out == NULL)
        return NULL;
    for (i = from; i < to; i++) {
        struct exchange e = exchange_of(&list[i]);

        if (!is_applied(&list[i]))
            continue;
        memcpy(out + used, text + at, (size_t)(e.offset - at));
        used += (size_t)(e.offset - at);
        memcpy(out + used, e.text, e.text_length);
        used += e.text_length;
        at = e.offset + e.length;
    }
    memcpy(out + used, text + at, (size_t)(k->end - at));
    used += (size_t)(k->end - at);
    out[used] = '\0';
    *length = used;
    return out;
}

/* How far input and output are apart before the cluster. */
static uint64_t
input_offset(const struct ufx_corrections *first, const struct cluster *k)
{
    const unfix_correction *before;

    if (k->first_from == 0)
        return k->start;
    before = &first->list[k->first_from - 1];
    return k->start - (before->out_offset + before->out_length) +
           before->offset + before->length;
}

/* Both reasons, unless one says what the other does. */
static const char *
join_reasons(const char *a, const char *b, struct ufx_arena *arena)
{
    size_t length = strlen(a), more = strlen(b);
    char *both;

    if (strstr(a, b) != NULL)
        return a;
    both = ufx_arena_allocate(arena, length + more + 3);
    if (both == NULL)
        return NULL;
    memcpy(both, b, more);
    memcpy(both + more, ", ", 2);
    memcpy(both + more + 2, a, length + 1);
    return both;
}

/* Makes the whole as sure as its least sure part, and known only if all of it
 * is; the alternatives of one part say nothing of the whole.  What is more than
 * accents in one part is so in all. */
static void
weaken(unfix_correction *whole, const unfix_correction *part,
       struct ufx_arena *arena)
{
    if (!is_applied(part))
        return;
    if (whole->reason != NULL)
        whole->reason = join_reasons(whole->reason, part->reason, arena);
    if (whole->kind == UNFIX_CLASS_ACCENT)
        whole->kind = part->kind;
    whole->channel_cost += part->channel_cost;
    whole->context_gain += part->context_gain;
    if (part->confidence < whole->confidence) {
        whole->confidence = part->confidence;
        whole->bar = part->bar;
        whole->score = part->score;
    }
    whole->known_before &= part->known_before;
    whole->known_after &= part->known_after;
    whole->alternatives = NULL;
    whole->alternative_count = 0;
}

static unfix_status
add_cluster(const struct cluster *k, const struct ufx_corrections *first,
            const struct ufx_corrections *second, const char *text,
            struct ufx_arena *arena, struct ufx_corrections *out,
            const struct ufx_memory *memory)
{
    unfix_correction *c = ufx_corrections_add(out, memory);
    size_t i;

    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    *c = second->list[k->second_from];
    c->offset = input_offset(first, k);
    c->original = put_exchanges(k, first->list, k->first_from, k->first_to,
                                original_of, text, arena, &c->original_length);
    c->replacement =
        put_exchanges(k, second->list, k->second_from, k->second_to, repair_of,
                      text, arena, &c->replacement_length);
    if (c->original == NULL || c->replacement == NULL)
        return UNFIX_ERROR_MEMORY;
    c->length = c->original_length;
    if (c->length == c->replacement_length &&
        memcmp(c->original, c->replacement, c->length) == 0) {
        /* The second pass took back what the first had done. */
        out->count--;
        return UNFIX_OK;
    }
    for (i = k->second_from + 1; i < k->second_to; i++)
        weaken(c, &second->list[i], arena);
    for (i = k->first_from; i < k->first_to; i++) {
        const unfix_correction *part = &first->list[i];

        if (is_applied(part) &&
            (i == k->first_from || part->seen_before < c->seen_before))
            c->seen_before = part->seen_before;
        weaken(c, part, arena);
    }
    return c->reason != NULL ? UNFIX_OK : UNFIX_ERROR_MEMORY;
}

/* The next applied correction of the second pass. */
static size_t
next_applied(const struct ufx_corrections *second, size_t i)
{
    while (i < second->count && !is_applied(&second->list[i]))
        i++;
    return i;
}

/* Whether the next correction of the first pass touches none of the second. */
static bool
comes_first(const struct ufx_corrections *first, size_t i,
            const struct ufx_corrections *second, size_t j)
{
    if (i == first->count || j >= second->count)
        return i < first->count;
    return first->list[i].out_offset + first->list[i].out_length <
           second->list[j].offset;
}

unfix_status
ufx_corrections_compose(const struct ufx_corrections *first,
                        const struct ufx_corrections *second, const char *text,
                        struct ufx_arena *arena, struct ufx_corrections *out,
                        const struct ufx_memory *memory)
{
    size_t i = 0, j = next_applied(second, 0);
    unfix_status status;

    out->count = 0;
    while (i < first->count || j < second->count) {
        struct cluster k;

        if (comes_first(first, i, second, j)) {
            unfix_correction *c = ufx_corrections_add(out, memory);

            if (c == NULL)
                return UNFIX_ERROR_MEMORY;
            *c = first->list[i++];
            continue;
        }
        k.first_from = k.first_to = i;
        k.second_from = j;
        k.second_to = j + 1;
        k.start = second->list[j].offset;
        k.end = k.start + second->list[j].length;
        if (i < first->count && is_applied(&first->list[i]) &&
            first->list[i].out_offset < k.start)
            k.start = first->list[i].out_offset;
        grow(&k, first, second);
        status = add_cluster(&k, first, second, text, arena, out, memory);
        if (status != UNFIX_OK)
            return status;
        i = k.first_to;
        j = next_applied(second, k.second_to);
    }
    return UNFIX_OK;
}

/* ---- What the second pass only proposed ---- */

static int
compare_places(const void *left, const void *right)
{
    const unfix_correction *a = left, *b = right;

    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->length != b->length ? (a->length < b->length ? -1 : 1) : 0;
}

/* Drops what is not applied and lies where another one does. */
static void
drop_covered(struct ufx_corrections *out)
{
    size_t i, kept = 0;

    for (i = 0; i < out->count; i++) {
        const unfix_correction *c = &out->list[i];
        const unfix_correction *last = kept > 0 ? &out->list[kept - 1] : NULL;

        if (last == NULL || c->offset >= last->offset + last->length)
            out->list[kept++] = *c;
        else if (!is_applied(last))
            out->list[kept - 1] = *c;
    }
    out->count = kept;
}

unfix_status
ufx_corrections_add_proposed(const struct ufx_corrections *first,
                             const struct ufx_corrections *second,
                             struct ufx_corrections *out,
                             const struct ufx_memory *memory)
{
    size_t i;

    for (i = 0; i < second->count; i++) {
        const unfix_correction *proposed = &second->list[i];
        uint64_t start = proposed->offset, end = start + proposed->length;
        unfix_correction *c;

        if (is_applied(proposed) ||
            !ufx_corrections_source(first, &start, &end))
            continue;
        c = ufx_corrections_add(out, memory);
        if (c == NULL)
            return UNFIX_ERROR_MEMORY;
        *c = *proposed;
        c->offset = start;
    }
    ufx_sort(out->list, out->count, sizeof *out->list, compare_places);
    drop_covered(out);
    return UNFIX_OK;
}
