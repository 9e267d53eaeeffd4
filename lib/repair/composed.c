/* SPDX-License-Identifier: MPL-2.0 */
/* Text in decomposed form (NFD): its repairs are written so, too, or all of it
 * is composed, if that is asked for. */
#include "repair/composed.h"

#include "repair/verdict.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* What begins a combining mark of the block that accents are in. */
#define FIRST_MARK 0x300
#define LAST_MARK 0x36F

/* The first of its two bytes. */
#define LOW_LEAD 0xCC
#define HIGH_LEAD 0xCD

static bool
is_mark(uint32_t cp)
{
    return cp >= FIRST_MARK && cp <= LAST_MARK;
}

/* Where the first such mark begins; `length` if there is none. */
static size_t
find_mark(const char *text, size_t length)
{
    const char *low = memchr(text, LOW_LEAD, length);
    const char *high = memchr(text, HIGH_LEAD, length);
    const char *first =
        low == NULL || (high != NULL && high < low) ? high : low;

    return first == NULL ? length : (size_t)(first - text);
}

void
ufx_composed_note(struct ufx_worker *worker, const char *text, size_t length)
{
    size_t i = 0, size;
    uint32_t last = 0, base, mark;

    if (length == 0 || find_mark(text, length) == length)
        return;
    for (; i < length; i += size) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (is_mark(cp))
            worker->mangling.decomposed += ufx_char_compose(last, cp) != 0;
        else if (cp >= 0x80)
            worker->mangling.composed += ufx_char_decompose(cp, &base, &mark);
        last = cp;
    }
}

void
ufx_composed_put(const struct ufx_worker *worker, struct ufx_buffer *out,
                 uint32_t cp)
{
    uint32_t base, mark;

    if (cp >= 0x80 && worker->mangling.decomposed > worker->mangling.composed &&
        !worker->options.compose && ufx_char_decompose(cp, &base, &mark)) {
        ufx_buffer_append_char(out, base);
        ufx_buffer_append_char(out, mark);
        return;
    }
    ufx_buffer_append_char(out, cp);
}

const char *
ufx_composed_copy(struct ufx_worker *worker, const char *text, size_t *length,
                  struct ufx_arena *strings)
{
    struct ufx_buffer *out = &worker->mangling.text;
    size_t i = 0, size;

    if (worker->mangling.decomposed <= worker->mangling.composed ||
        worker->options.compose)
        return text;
    ufx_buffer_clear(out);
    for (; i < *length; i += size)
        ufx_composed_put(worker, out,
                         ufx_text_decode(text + i, *length - i, &size));
    if (out->failed) {
        strings->failed = true;
        return NULL;
    }
    *length = out->length;
    return ufx_arena_copy(strings, out->data, out->length);
}

/* The end of the character at `at` and of the marks that it is composed with.
 * What it becomes goes to *composed. */
static size_t
read_letter(const char *text, size_t length, size_t at, uint32_t *composed)
{
    size_t size;
    uint32_t next;

    *composed = ufx_text_decode(text + at, length - at, &size);
    at += size;
    while (at < length) {
        next = ufx_char_compose(*composed,
                                ufx_text_decode(text + at, length - at, &size));
        if (next == 0)
            break;
        *composed = next;
        at += size;
    }
    return at;
}

static unfix_status
add_composed(struct ufx_worker *worker, const char *text, size_t start,
             size_t end, uint32_t composed, struct ufx_arena *strings,
             struct ufx_corrections *found)
{
    unfix_correction *c = ufx_corrections_add(found, &worker->memory);

    ufx_buffer_clear(&worker->mangling.text);
    ufx_buffer_append_char(&worker->mangling.text, composed);
    if (c == NULL || worker->mangling.text.failed)
        return UNFIX_ERROR_MEMORY;
    c->offset = start;
    c->length = c->original_length = end - start;
    c->original = ufx_arena_copy(strings, text + start, end - start);
    c->replacement_length = worker->mangling.text.length;
    c->replacement = ufx_arena_copy(strings, worker->mangling.text.data,
                                    worker->mangling.text.length);
    c->confidence = 1000;
    c->kind = UNFIX_CLASS_ENCODING;
    c->bar = worker->options.min_confidence;
    c->reason = "decomposed letter composed";
    if (strings->failed)
        return UNFIX_ERROR_MEMORY;
    ufx_verdict_judge(worker, c);
    return UNFIX_OK;
}

unfix_status
ufx_composed_find(struct ufx_worker *worker, const char *text, size_t from,
                  size_t to, struct ufx_arena *strings,
                  struct ufx_corrections *found)
{
    unfix_status status = UNFIX_OK;
    uint32_t composed;
    size_t end, size;

    if (!worker->options.compose || from == to ||
        find_mark(text + from, to - from) == to - from)
        return UNFIX_OK;
    for (; from < to && status == UNFIX_OK; from = end) {
        end = read_letter(text, to, from, &composed);
        ufx_text_decode(text + from, to - from, &size);
        if (end > from + size)
            status =
                add_composed(worker, text, from, end, composed, strings, found);
    }
    return status;
}
