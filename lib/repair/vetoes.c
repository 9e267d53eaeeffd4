/* SPDX-License-Identifier: MPL-2.0 */
/* What a user does not want: words that stay, pairs and series of repairs that
 * are not made.
 *
 * Each is a key, in a sorted list: its kind; a word, or a pair with a zero byte
 * between, or a series, all in normalization form C. */
#include "repair/vetoes.h"

#include "base/sort.h"

#include "base/status.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

enum kind {
    WORD = 'w',
    PAIR = 'p',
    SERIES = 's'
};

/* How the letters of what was read are compared with those of a list. */
enum form {
    AS_IT_IS,
    CAPITALIZED, /* COMITÉ as Comité */
    SMALL,
    FORMS
};

static int
compare(const void *left, const void *right)
{
    const struct ufx_veto *a = left, *b = right;
    int order =
        memcmp(a->key, b->key, a->length < b->length ? a->length : b->length);

    if (order != 0)
        return order;
    return (a->length > b->length) - (a->length < b->length);
}

void
ufx_vetoes_sort(struct ufx_vetoes *vetoes)
{
    ufx_sort(vetoes->list, vetoes->count, sizeof *vetoes->list, compare);
}

static bool
has(const struct ufx_vetoes *vetoes, const char *key, size_t length)
{
    struct ufx_veto wanted = {key, length};
    size_t low = 0, high = vetoes->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&vetoes->list[middle], &wanted);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- Asking ---- */

static void
put_form(struct ufx_buffer *out, const char *text, size_t length,
         enum form form)
{
    size_t i = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (cp >= UFX_CHAR_OPAQUE)
            ufx_buffer_append(out, text + i, size);
        else
            ufx_buffer_append_char(out, form == SMALL ||
                                                (form == CAPITALIZED && i > 0)
                                            ? ufx_char_lower(cp)
                                            : cp);
        i += size;
    }
}

/* True if the list has the key in any form of its letters. */
static bool
ask(struct ufx_worker *worker, enum kind kind, const char *a, size_t a_length,
    const char *b, size_t b_length)
{
    const struct ufx_vetoes *vetoes = worker->vetoes;
    int form;

    for (form = AS_IT_IS; form < FORMS; form++) {
        ufx_buffer_clear(&worker->own.asked);
        ufx_buffer_clear(&worker->own.raw);
        ufx_buffer_append_byte(&worker->own.raw, (char)kind);
        put_form(&worker->own.raw, a, a_length, (enum form)form);
        if (kind == PAIR) {
            ufx_buffer_append_byte(&worker->own.raw, '\0');
            put_form(&worker->own.raw, b, b_length, (enum form)form);
        }
        if (worker->own.raw.failed ||
            ufx_text_nfc(worker->own.raw.data, worker->own.raw.length,
                         &worker->own.asked) != UNFIX_OK ||
            worker->own.asked.failed) {
            worker->own.failed = true;
            return false;
        }
        if (has(vetoes, worker->own.asked.data, worker->own.asked.length))
            return true;
    }
    return false;
}

/* The next run of letters and digits, with marks only inside: word-break. */
static bool
next_word(const char *text, size_t length, size_t *start, size_t *end)
{
    size_t i = *end, size;
    bool inside = false;

    for (; i < length; i += size) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (ufx_char_is_blank(cp)) {
            if (inside)
                return true;
        } else if (ufx_char_is_alnum(cp) || (cp >= 0x300 && cp <= 0x36F)) {
            if (!inside)
                *start = i;
            inside = true;
            *end = i + size;
        }
    }
    return inside;
}

bool
ufx_vetoes_hold(struct ufx_worker *worker, const unfix_correction *c)
{
    size_t start = 0, end = 0;

    if (worker->vetoes == NULL || worker->vetoes->count == 0)
        return false;
    if (ask(worker, SERIES, c->reason, strlen(c->reason), NULL, 0) ||
        ask(worker, PAIR, c->original, c->original_length, c->replacement,
            c->replacement_length) ||
        ask(worker, WORD, c->original, c->original_length, NULL, 0))
        return true;
    while (next_word(c->original, c->original_length, &start, &end))
        if (ask(worker, WORD, c->original + start, end - start, NULL, 0))
            return true;
    return false;
}

/* ---- Building ---- */

/* Cuts blanks off both ends. */
static void
trim(const char **text, size_t *length)
{
    while (*length > 0 && (**text == ' ' || **text == '\t')) {
        ++*text;
        --*length;
    }
    while (*length > 0 &&
           ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t'))
        --*length;
}

/* A series as reasons have it; "ó read é" is short for "ó read as é". */
static void
put_series(struct ufx_buffer *out, const char *text, size_t length)
{
    static const char middle[] = " read ", full[] = " read as ";
    const char *found = ufx_text_find(text, length, middle, sizeof middle - 1);
    size_t at;

    ufx_buffer_append_byte(out, SERIES);
    if (found != NULL &&
        ufx_text_find(text, length, full, sizeof full - 1) == NULL) {
        at = (size_t)(found - text);
        ufx_buffer_append(out, text, at);
        ufx_buffer_append(out, full, sizeof full - 1);
        at += sizeof middle - 1;
        ufx_buffer_append(out, text + at, length - at);
    } else
        ufx_buffer_append(out, text, length);
}

static const char *
put_key(struct ufx_buffer *out, const char *text, size_t length)
{
    const char *equals = memchr(text, '=', length);
    const char *after;
    size_t before, rest;

    if (memchr(text, '\0', length) != NULL)
        return "a zero byte";
    if (equals != NULL) {
        before = (size_t)(equals - text);
        after = equals + 1;
        rest = length - before - 1;
        trim(&text, &before);
        trim(&after, &rest);
        if (before == 0 || rest == 0)
            return "a pair needs both its sides";
        ufx_buffer_append_byte(out, PAIR);
        ufx_buffer_append(out, text, before);
        ufx_buffer_append_byte(out, '\0');
        ufx_buffer_append(out, after, rest);
    } else if (memchr(text, ' ', length) != NULL)
        put_series(out, text, length);
    else {
        ufx_buffer_append_byte(out, WORD);
        ufx_buffer_append(out, text, length);
    }
    return NULL;
}

/* Adds one line; *why is set where the line is to blame. */
unfix_status
ufx_vetoes_add(struct ufx_vetoes *vetoes, struct ufx_arena *arena,
               const char *line, size_t length, const char **why)
{
    const struct ufx_memory *memory = &arena->memory;
    struct ufx_buffer raw, key;
    void *list = vetoes->list;
    unfix_status status = UNFIX_ERROR_MEMORY;

    ufx_buffer_init(&raw, memory);
    ufx_buffer_init(&key, memory);
    trim(&line, &length);
    *why = put_key(&raw, line, length);
    if (*why != NULL) {
        status = UNFIX_ERROR_FORMAT;
        goto done;
    }
    if (raw.failed)
        goto done;
    status = ufx_text_nfc(raw.data, raw.length, &key);
    if (status == UNFIX_OK &&
        (key.failed ||
         !ufx_memory_reserve(memory, &list, &vetoes->capacity,
                             vetoes->count + 1, sizeof *vetoes->list)))
        status = UNFIX_ERROR_MEMORY;
    if (status != UNFIX_OK)
        goto done;
    vetoes->list = list;
    vetoes->list[vetoes->count].key =
        ufx_arena_copy(arena, key.data, key.length);
    vetoes->list[vetoes->count].length = key.length;
    if (vetoes->list[vetoes->count].key == NULL)
        status = UNFIX_ERROR_MEMORY;
    else
        vetoes->count++;
done:
    ufx_buffer_free(&raw);
    ufx_buffer_free(&key);
    return status;
}
