/* SPDX-License-Identifier: MPL-2.0 */
#include "series.h"

#include "buffer.h"
#include "shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of text on either side of an example. */
#define CONTEXT ((size_t)40)

/* ---- The list ------------------------------------------------------------ */

static bool
make_room(struct series_list *list)
{
    const size_t wanted = list->capacity > 0 ? list->capacity * 2 : 64;
    struct series *items;

    if (list->reasons.count < list->capacity)
        return true;
    items = realloc(list->items, wanted * sizeof(*items));
    if (items == NULL)
        return false;
    list->items = items;
    list->capacity = wanted;
    return true;
}

/* NULL when out of memory. */
static struct series *
find_series(struct series_list *list, const char *reason)
{
    const size_t number = lookup_find(&list->reasons, reason);
    struct series *series;

    if (number != LOOKUP_NONE)
        return &list->items[number];
    if (!make_room(list))
        return NULL;
    series = &list->items[list->reasons.count];
    *series = (struct series){.reason = strdup(reason)};
    if (series->reason == NULL || !lookup_add(&list->reasons, series->reason)) {
        free(series->reason);
        return NULL;
    }
    return series;
}

/* ---- Examples ------------------------------------------------------------ */

static bool
continues_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* On one line, and harmless to a terminal: anything else is a blank. */
static void
append_shown(struct buffer *out, const char *text, size_t length)
{
    while (length > 0) {
        const size_t plain = shown_harmless(text, length, false);
        char escape[SHOWN_ROOM];
        size_t step = 0;

        buffer_append(out, text, plain);
        if (plain < length) {
            step = shown_escape(text + plain, length - plain, escape);
            buffer_append(out, " ", 1);
        }
        text += plain + step;
        length -= plain + step;
    }
}

static void
append_string(struct buffer *out, const char *string)
{
    append_shown(out, string, strlen(string));
}

/* "FILE:OFFSET: before [original -> replacement] after", where one of the two
 * covers so much of the text at `at`. */
static char *
make_example(const char *name, const unfix_correction *c, const char *text,
             size_t length, size_t at, size_t covered)
{
    size_t start = at > CONTEXT ? at - CONTEXT : 0;
    size_t end = at + covered;
    size_t stop = length - end > CONTEXT ? end + CONTEXT : length;
    struct buffer out = {0};
    char place[32];

    while (start < at && continues_character(text[start]))
        start++;
    while (stop > end && stop < length && continues_character(text[stop]))
        stop--;
    snprintf(place, sizeof(place), ":%" PRIu64 ": ", c->offset);
    append_string(&out, name);
    append_string(&out, place);
    append_shown(&out, text + start, at - start);
    append_string(&out, "[");
    append_shown(&out, c->original, c->original_length);
    append_string(&out, " -> ");
    append_shown(&out, c->replacement, c->replacement_length);
    append_string(&out, "]");
    append_shown(&out, text + end, stop - end);
    buffer_append(&out, "", 1);
    if (out.failed)
        buffer_free(&out);
    return out.data;
}

/* ---- The interface ------------------------------------------------------- */

static char *
make_piece_example(const char *name, const struct piece *piece, size_t i)
{
    const unfix_correction *c = piece_correction(piece, i);
    const struct repair *repair = piece_repair(piece, i);
    const struct buffer *read;
    size_t length;
    const char *text;

    if (repair == NULL) {
        text = piece_text(piece, &length);
        return make_example(name, c, text, length,
                            (size_t)(c->out_offset - piece->output),
                            (size_t)c->out_length);
    }
    /* In a format the words around it are not those of the file. */
    read = &piece->repaired->text;
    return make_example(name, c, read->data, read->length, repair->place.start,
                        repair->place.end - repair->place.start);
}

static bool
count_repair(struct series_list *list, const char *name,
             const struct piece *piece, size_t i)
{
    const unfix_correction *c = piece_correction(piece, i);
    const bool is_applied = c->verdict == UNFIX_APPLIED;
    struct series *series = find_series(list, c->reason);

    if (series == NULL)
        return false;
    series->applied += is_applied;
    series->proposed += !is_applied;
    series->confidence += is_applied ? c->confidence : 0;
    if (series->example != NULL && (series->is_example_applied || !is_applied))
        return true;
    free(series->example);
    series->example = make_piece_example(name, piece, i);
    series->is_example_applied = is_applied;
    return series->example != NULL;
}

bool
series_count(struct series_list *list, const char *name,
             const struct piece *piece)
{
    const size_t count = piece_count(piece);

    for (size_t i = 0; i < count; i++) {
        if (!count_repair(list, name, piece, i))
            return false;
    }
    return true;
}

static int
compare(const void *left, const void *right)
{
    const struct series *a = left;
    const struct series *b = right;

    if (a->applied != b->applied)
        return a->applied < b->applied ? 1 : -1;
    if (a->proposed != b->proposed)
        return a->proposed < b->proposed ? 1 : -1;
    return strcmp(a->reason, b->reason);
}

static void
write_series(const struct series *series, struct output *output)
{
    const uint64_t applied = series->applied;
    const uint64_t mean =
        applied > 0 ? (series->confidence + applied / 2) / applied : 0;
    char figures[96];

    output_puts(output, series->reason);
    if (applied > 0)
        snprintf(figures, sizeof(figures), ": %" PRIu64 ", %u.%03u", applied,
                 (unsigned)(mean / 1000), (unsigned)(mean % 1000));
    else
        snprintf(figures, sizeof(figures), ": 0");
    output_puts(output, figures);
    if (series->proposed > 0) {
        snprintf(figures, sizeof(figures), "; %" PRIu64 " not made",
                 series->proposed);
        output_puts(output, figures);
    }
    output_puts(output, "\n    ");
    output_puts(output, series->example);
    output_puts(output, "\n");
}

void
series_sort(struct series_list *list)
{
    if (list->reasons.count > 0)
        qsort(list->items, list->reasons.count, sizeof(*list->items), compare);
}

void
series_write(struct series_list *list, struct output *output)
{
    series_sort(list);
    for (size_t i = 0; i < list->reasons.count; i++)
        write_series(&list->items[i], output);
}

void
series_free(struct series_list *list)
{
    for (size_t i = 0; i < list->reasons.count; i++) {
        free(list->items[i].reason);
        free(list->items[i].example);
    }
    free(list->items);
    lookup_free(&list->reasons);
    *list = (struct series_list){0};
}
