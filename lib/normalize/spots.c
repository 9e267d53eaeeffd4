/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/spots.h"

#include "lang/pieces.h"
#include "normalize/decodings.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* Bytes of a name to which something is assigned. */
#define NAME_BYTES 200

void
ufx_spots_init(struct ufx_spots *s, const struct ufx_memory *memory,
               const struct ufx_vocabulary *v)
{
    const struct ufx_ways *ways = &v->language->ways;
    uint32_t byte;

    memset(s, 0, sizeof *s);
    s->memory = *memory;
    s->v = v;
    for (byte = 0; byte < 256 && ways->row_count > 0; byte++)
        s->stops[byte] = byte >= 0x80 || ufx_ways_is_trigger(ways, byte);
}

void
ufx_spots_free(struct ufx_spots *s)
{
    ufx_memory_free(&s->memory, s->list, s->capacity * sizeof *s->list);
}

/* A stretch of the window as characters; offsets has one more. */
struct region {
    size_t start;
    size_t end; /* at most UFX_SPOT_BYTES beyond it */
    uint32_t chars[UFX_SPOT_BYTES];
    uint32_t offsets[UFX_SPOT_BYTES + 1];
    bool covered[UFX_SPOT_BYTES];
    size_t count;
    bool syntax;
    bool path;
};

/* A blank, and behind it what may belong to the letter before. */
static bool
reaches_back(const struct ufx_ways *ways, const char *text, size_t length)
{
    size_t size;

    return length > 1 && text[0] == ' ' && !ufx_spot_is_gap(text[1]) &&
           ufx_ways_reaches(ways, ufx_text_decode(text + 1, length - 1, &size));
}

/* The chunk around `at`, and the one beyond a single blank where a sequence may
 * reach that far.  Empty if it is too long for a word. */
static void
find_region(const struct ufx_ways *ways, const char *text, size_t length,
            size_t at, size_t from, struct region *r)
{
    size_t size;
    bool reach =
        ufx_ways_reaches(ways, ufx_text_decode(text + at, length - at, &size));

    r->start = r->end = at;
    while (r->start > from && at - r->start <= UFX_SPOT_BYTES / 2 &&
           (!ufx_spot_is_gap(text[r->start - 1]) ||
            (reach && text[r->start - 1] == ' ' && r->start == at)))
        r->start--;
    while (r->end < length && r->end - at <= UFX_SPOT_BYTES / 2 &&
           (!ufx_spot_is_gap(text[r->end]) || (reach && r->end == at + size) ||
            reaches_back(ways, text + r->end, length - r->end)))
        r->end++;
    if (at - r->start > UFX_SPOT_BYTES / 2 || r->end - at > UFX_SPOT_BYTES / 2)
        r->end = r->start;
}

static void
read_region(const char *text, struct region *r)
{
    r->count = ufx_text_decode_composed(text, r->start, r->end, r->chars,
                                        r->offsets, UFX_SPOT_BYTES);
    r->offsets[r->count] = (uint32_t)r->end;
}

static bool
is_quotation(uint32_t cp)
{
    return ufx_piece_is(ufx_piece_mark(cp), UFX_PIECES_QUOTES);
}

/* A word that is talked about stands between marks of its own. */
static bool
is_quoted(const struct region *r, size_t from, size_t to)
{
    return from > 0 && to < r->count && is_quotation(r->chars[from - 1]) &&
           is_quotation(r->chars[to]);
}

/* max_length: it may be part of a name that programs have. */
static bool
is_joined(const struct region *r, size_t from, size_t to)
{
    return (from > 1 && r->chars[from - 1] == '_' &&
            ufx_char_is_alnum(r->chars[from - 2])) ||
           (to + 1 < r->count && r->chars[to] == '_' &&
            ufx_char_is_alnum(r->chars[to + 1]));
}

static bool
add_spot(struct ufx_spots *s, const struct region *r, size_t from, size_t to)
{
    void *list = s->list;

    if (!ufx_memory_reserve(&s->memory, &list, &s->capacity, s->count + 1,
                            sizeof *s->list))
        return false;
    s->list = list;
    s->list[s->count++] = (struct ufx_spot){r->offsets[from],
                                            r->offsets[to],
                                            0,
                                            is_quoted(r, from, to),
                                            r->syntax || is_joined(r, from, to),
                                            r->path};
    return true;
}

/* What belongs to a unit: letters, digits, and what sequences cover; with the
 * stop or comma before an accent that stands behind it. */
static bool
is_inside(const struct region *r, size_t i)
{
    return r->covered[i] || ufx_char_is_alnum(r->chars[i]) ||
           (i > 0 && i + 1 < r->count && r->covered[i + 1] &&
            !ufx_char_is_alnum(r->chars[i + 1]) &&
            ufx_char_is_letter(r->chars[i - 1]) &&
            (ufx_piece_mark(r->chars[i]) == UFX_PIECE_STOP ||
             ufx_piece_mark(r->chars[i]) == UFX_PIECE_COMMA));
}

/* name.of.it=value, name = value: the line that begins at `at` assigns
 * something, before `end`. */
static bool
assigns(const char *text, size_t at, size_t end)
{
    bool plain = true;
    size_t i;

    for (i = at; i < end && i < at + NAME_BYTES; i++)
        if (!ufx_char_is_alnum((unsigned char)text[i]) && text[i] != '.' &&
            text[i] != '_' && text[i] != '-')
            break;
        else
            plain &= text[i] != '.' && text[i] != '_';
    if (i == at || i == at + NAME_BYTES)
        return false;
    /* Each region of the line asks, so blanks have an end, too. */
    for (; i < end && i < at + NAME_BYTES && text[i] == ' '; i++)
        plain = false;
    return i < end && text[i] == '=' && !plain;
}

/* What its chunk and its line, which begins at `line`, say of a region. */
static void
judge_region(const char *text, size_t line, struct region *r)
{
    const char *chunk = text + r->start;
    size_t length = r->end - r->start;

    r->syntax = ufx_text_find(chunk, length, "](", 2) != NULL ||
                assigns(text, line, r->end);
    r->path = memchr(chunk, '/', length) != NULL ||
              memchr(chunk, '#', length) != NULL ||
              memchr(chunk, '=', length) != NULL;
}

/* Finds the units of a region that hold a sequence. */
static bool
find_units(struct ufx_spots *s, struct region *r)
{
    size_t i = 0, from;

    if (!ufx_unit_cover(s->v, r->chars, r->count, r->covered))
        return true;
    while (i < r->count) {
        bool any = false;

        from = i;
        while (i < r->count && is_inside(r, i))
            any |= r->covered[i++];
        if (any && !add_spot(s, r, from, i))
            return false;
        if (i == from)
            i++;
    }
    return true;
}

bool
ufx_spots_find(struct ufx_spots *s, const char *text, size_t length)
{
    const struct ufx_ways *ways = &s->v->language->ways;
    struct region r;
    size_t i = 0, done = 0, seen = 0, line = 0, size;

    s->count = 0;
    while (i < length) {
        uint32_t cp;

        if (!s->stops[(unsigned char)text[i]]) {
            i++;
            continue;
        }
        cp = ufx_text_decode(text + i, length - i, &size);
        if (!ufx_ways_is_trigger(ways, cp)) {
            i += size;
            continue;
        }
        find_region(ways, text, length, i, done, &r);
        if (r.end == r.start ||
            ufx_text_is_address(text + r.start, r.end - r.start)) {
            /* In a damaged model a blank may be a trigger. */
            for (i += size; i < length && !ufx_spot_is_gap(text[i]); i++)
                ;
            done = i;
            continue;
        }
        read_region(text, &r);
        for (; seen < r.start; seen++)
            if (text[seen] == '\n')
                line = seen + 1;
        judge_region(text, line, &r);
        if (!find_units(s, &r))
            return false;
        done = i = r.end > i ? r.end : i + size;
    }
    return true;
}
