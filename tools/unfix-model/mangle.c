/* SPDX-License-Identifier: MPL-2.0 */
#include "mangle.h"

#include "table.h"

#include "text/chars.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

/* An invisible sign is put into words of so many letters, in their middle. */
#define LONG_WORD 8

struct mangler {
    struct mangled_text *out;
    const struct ufx_ways *ways;
    const struct ufx_sequence *rows[512]; /* of the way */
    size_t row_count;
    uint64_t spelling; /* which of several rows is taken */
    size_t seen;       /* places so far */
    size_t every;      /* of them one in so many is mangled */
    size_t phase;
    const char *text;
    size_t length;
    size_t at;
};

void
mangled_init(struct mangled_text *m)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    memset(m, 0, sizeof *m);
    ufx_buffer_init(&m->text, &memory);
}

void
mangled_free(struct mangled_text *m)
{
    ufx_buffer_free(&m->text);
    free(m->spans);
    memset(m, 0, sizeof *m);
}

static void
add_span(struct mangler *g, size_t start, size_t true_start, size_t true_end)
{
    struct mangled_text *out = g->out;

    out->spans = tool_room(out->spans, out->span_count, &out->span_capacity,
                           sizeof *out->spans);
    out->spans[out->span_count++] =
        (struct mangled_span){start, out->text.length, true_start, true_end};
}

static uint32_t
char_at(const struct mangler *g, size_t at, size_t *size)
{
    *size = 0;
    return at < g->length ? ufx_text_decode(g->text + at, g->length - at, size)
                          : 0;
}

/* The bytes that the row's letters take here, 0 if others stand here. */
static size_t
meant_here(const struct mangler *g, const struct ufx_sequence *row)
{
    size_t at = g->at, size, i;

    for (i = 0; i < row->meant_length; i++) {
        if (char_at(g, at, &size) != row->meant[i] || size == 0)
            return 0;
        at += size;
    }
    return at - g->at;
}

static void
put_read(struct mangler *g, const struct ufx_sequence *row)
{
    size_t i;

    for (i = 0; i < row->read_length; i++) {
        if (row->read[i] == UFX_WAY_DIGITS)
            ufx_buffer_append(&g->out->text, "243", 3);
        else
            ufx_buffer_append_char(&g->out->text, row->read[i]);
    }
}

static bool
is_due(struct mangler *g)
{
    return g->seen++ % g->every == g->phase;
}

/* Of the rows that fit here one, the same for a letter throughout. */
static const struct ufx_sequence *
fitting_row(const struct mangler *g)
{
    const struct ufx_sequence *fits[16];
    size_t count = 0, i;

    for (i = 0; i < g->row_count && count < 16; i++)
        if (meant_here(g, g->rows[i]) > 0)
            fits[count++] = g->rows[i];
    return count == 0 ? NULL : fits[g->spelling % count];
}

/* Letters from here on, and the bytes they take. */
static size_t
word_here(const struct mangler *g, size_t *bytes)
{
    size_t count = 0, at = g->at, size;

    while (ufx_char_is_letter(char_at(g, at, &size)) && size > 0) {
        at += size;
        count++;
    }
    *bytes = at - g->at;
    return count;
}

/* One letter between others that are none. */
static bool
is_alone(const struct mangler *g)
{
    size_t bytes;
    char before = g->at > 0 ? g->text[g->at - 1] : ' ';

    return word_here(g, &bytes) == 1 && (before == ' ' || before == '\n');
}

static bool
put_sequence(struct mangler *g, enum ufx_way_kind kind)
{
    const struct ufx_sequence *row = fitting_row(g);
    size_t start = g->out->text.length, taken;

    if (row == NULL || (kind == UFX_WAY_SHAPE && is_alone(g)) || !is_due(g))
        return false;
    taken = meant_here(g, row);
    put_read(g, row);
    add_span(g, start, g->at, g->at + taken);
    g->at += taken;
    return true;
}

static bool
put_invisible(struct mangler *g)
{
    size_t bytes, count = word_here(g, &bytes), start = g->out->text.length;
    size_t at = g->at, end = g->at + bytes, size, i;

    if (count < LONG_WORD || !is_due(g))
        return false;
    for (i = 0; i < count; i++) {
        if (i == count / 2)
            put_read(g, g->rows[g->spelling % g->row_count]);
        char_at(g, at, &size);
        ufx_buffer_append(&g->out->text, g->text + at, size);
        at += size;
    }
    add_span(g, start, g->at, end);
    g->at = end;
    return true;
}

/* The word with the sign of its last accent behind it. */
static bool
put_apart(struct mangler *g)
{
    size_t bytes, start = g->out->text.length, at, accented = 0, size, i;
    const struct ufx_sequence *row = NULL;
    uint32_t base, mark;

    word_here(g, &bytes);
    for (at = g->at; at < g->at + bytes; at += size)
        if (ufx_char_decompose(char_at(g, at, &size), &base, &mark))
            for (i = 0; i < g->row_count; i++)
                if (g->rows[i]->meant[0] == mark) {
                    row = g->rows[i];
                    accented = at;
                }
    if (row == NULL || !is_due(g))
        return false;
    for (at = g->at; at < g->at + bytes; at += size) {
        uint32_t cp = char_at(g, at, &size);

        if (at == accented && ufx_char_decompose(cp, &base, &mark))
            cp = base;
        ufx_buffer_append_char(&g->out->text, cp);
    }
    put_read(g, row);
    add_span(g, start, g->at, at);
    g->at = at;
    return true;
}

static bool
put_here(struct mangler *g, enum ufx_way_kind kind)
{
    switch (kind) {
    case UFX_WAY_INVISIBLE:
        return put_invisible(g);
    case UFX_WAY_APART:
        return put_apart(g);
    case UFX_WAY_SYNTAX:
        return false;
    default:
        return put_sequence(g, kind);
    }
}

/* Copies a character, or for what goes by words a word. */
static void
copy_one(struct mangler *g, enum ufx_way_kind kind)
{
    size_t bytes = 0, size;

    if (kind == UFX_WAY_INVISIBLE || kind == UFX_WAY_APART)
        word_here(g, &bytes);
    char_at(g, g->at, &size);
    if (bytes == 0)
        bytes = size;
    ufx_buffer_append(&g->out->text, g->text + g->at, bytes);
    g->at += bytes;
}

bool
mangle_text(struct mangled_text *m, const struct ufx_ways *ways, uint32_t way,
            enum mangle_density density, uint64_t seed, const char *text,
            size_t length)
{
    struct mangler g = {.out = m, .ways = ways, .text = text, .length = length};
    enum ufx_way_kind kind = (enum ufx_way_kind)ways->ways[way].kind;
    uint32_t i;

    seed = ufx_ngram_mix(seed + way);
    for (i = 0; i < ways->row_count && g.row_count < 512; i++)
        if (ways->rows[i].way == way)
            g.rows[g.row_count++] = &ways->rows[i];
    ufx_buffer_clear(&m->text);
    m->span_count = 0;
    if (g.row_count == 0)
        return false;
    g.spelling = seed >> 8 & 0xFFFF;
    g.every = density == MANGLE_ALL ? 1 : density == MANGLE_TENTH ? 10 : 100000;
    g.phase = density == MANGLE_ONE ? (seed >> 32) % 40 : seed % g.every;
    while (g.at < length)
        if (!put_here(&g, kind))
            copy_one(&g, kind);
    if (m->text.failed)
        tool_fail("out of memory", NULL);
    return m->span_count > 0;
}

void
mangled_truth(const struct mangled_text *m, size_t start, size_t end,
              size_t *true_start, size_t *true_end)
{
    size_t from = start, to = end, i;

    for (i = 0; i < m->span_count && m->spans[i].start < end; i++) {
        const struct mangled_span *s = &m->spans[i];

        if (s->end <= start)
            from = start - s->end + s->true_end;
        else if (s->start <= start)
            from = s->true_start;
        to = s->end >= end ? s->true_end : end - s->end + s->true_end;
    }
    *true_start = from;
    *true_end = to;
}
