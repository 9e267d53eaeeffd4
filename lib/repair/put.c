/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/put.h"

#include "normalize/segment.h"
#include "repair/composed.h"
#include "text/chars.h"

static enum ufx_gap
gap_after(const struct ufx_lattice *l, uint32_t segment)
{
    return segment < l->segment_count ? (enum ufx_gap)l->segments[segment].gap
                                      : UFX_GAP_START;
}

static bool
closes_line(const struct ufx_lattice *l, const struct ufx_change *change)
{
    uint32_t i;

    for (i = change->from + 1; i < change->to; i++)
        if (l->segments[i].gap == UFX_GAP_NEWLINE)
            return true;
    return false;
}

/* A mark that stood alone takes one of the blanks around it along. */
static void
take_blank_along(const struct ufx_repair *r, const struct ufx_change *change,
                 struct ufx_place *place)
{
    const struct ufx_lattice *l = &r->lattice;
    enum ufx_gap before = (enum ufx_gap)l->segments[change->from].gap;
    enum ufx_gap after = gap_after(l, change->to);

    if (before == UFX_GAP_NONE || after == UFX_GAP_NONE)
        return;
    if (after == UFX_GAP_BLANK)
        place->end = l->segments[change->to].start;
    else if (before == UFX_GAP_BLANK && change->from > 0 &&
             l->segments[change->from - 1].end >= r->taken)
        place->start = l->segments[change->from - 1].end;
}

static bool
shows_accent(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *first = &r->lattice.segments[change->from];
    const struct ufx_segment *last = &r->lattice.segments[change->to - 1];
    const uint32_t *chars = r->lattice.paragraph->chars;
    uint32_t i;

    for (i = first->first; i < last->first + last->count; i++)
        if (ufx_alphabet_is(&r->lattice.language->alphabet, chars[i],
                            UFX_LETTER_ACCENTED))
            return true;
    return false;
}

/* The letters of a reading from `first` on.  Headings in capitals go without
 * accents where the document's others do, but for one that shows them. */
static void
put_letters(const struct ufx_repair *r, const struct ufx_change *change,
            uint32_t first, uint32_t end, struct ufx_buffer *text)
{
    const struct ufx_alphabet *alphabet = &r->lattice.language->alphabet;
    const struct ufx_reading *reading = change->edge->reading;
    bool bare = reading->shape == UFX_SHAPE_UPPER && r->habits->bare_capitals &&
                !shows_accent(r, change);
    uint32_t i;

    for (i = first; i < end; i++) {
        uint32_t cp = reading->chars[i];

        if (bare && ufx_alphabet_is(alphabet, cp, UFX_LETTER_ACCENTED))
            cp = ufx_char_unaccented(cp);
        ufx_composed_put(r->worker, text, cp);
    }
}

/* The line's end within the place, and the blanks that begin the next one. */
static void
put_line_end(const struct ufx_repair *r, const struct ufx_change *change,
             struct ufx_buffer *text)
{
    const struct ufx_segment *s = &r->lattice.segments[change->from], *last;

    for (last = s + (change->to - change->from); ++s < last;)
        if (s->gap == UFX_GAP_NEWLINE) {
            ufx_buffer_append(text, r->bytes + s[-1].end, s->start - s[-1].end);
            return;
        }
}

/* A word that lies across a line's end goes to the line where it begins; where
 * no blank follows, to the line where it ends.  Where no blank is before it
 * either, it has no place on one line. */
static bool
has_line(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = &r->lattice.segments[change->from];

    return !closes_line(&r->lattice, change) ||
           gap_after(&r->lattice, change->to) == UFX_GAP_BLANK ||
           (s->gap == UFX_GAP_BLANK && s[-1].end >= r->taken);
}

static void
put_whole(struct ufx_repair *r, const struct ufx_change *change,
          struct ufx_place *place)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->worker->own.text;

    if (!closes_line(l, change)) {
        put_letters(r, change, 0, reading->count, text);
    } else if (gap_after(l, change->to) == UFX_GAP_BLANK) {
        put_letters(r, change, 0, reading->count, text);
        put_line_end(r, change, text);
        place->end = l->segments[change->to].start;
    } else {
        put_line_end(r, change, text);
        put_letters(r, change, 0, reading->count, text);
        place->start = l->segments[change->from - 1].end;
    }
}

/* The segment that begins the second half of a broken word: after the hyphen,
 * or the line's end. */
static uint32_t
second_half(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = r->lattice.segments;
    uint32_t i;

    for (i = change->from + 1; i < change->to; i++)
        if (s[i].gap == UFX_GAP_NEWLINE)
            return i;
    return change->to - 1;
}

/* The segment that ends the first half: before the hyphens, if there are any.
 */
static uint32_t
first_half(const struct ufx_repair *r, const struct ufx_change *change,
           uint32_t middle)
{
    uint32_t last = middle - 1;

    while (last > change->from && ufx_is_dash(&r->lattice, last))
        last--;
    return last;
}

/* How many of the reading's letters stand before the hyphen: what makes both
 * halves differ least from what was read, letter by letter from both ends. */
static uint32_t
break_of(const struct ufx_repair *r, const struct ufx_change *change,
         uint32_t last, uint32_t middle)
{
    const struct ufx_reading *reading = change->edge->reading;
    const struct ufx_segment *s = r->lattice.segments;
    const uint32_t *chars = r->lattice.paragraph->chars;
    uint32_t start = s[change->from].first, end, second, same = 0, i;
    uint32_t first = s[last].first + s[last].count - start;

    second =
        s[change->to - 1].first + s[change->to - 1].count - s[middle].first;
    end = s[middle].first + second;
    if (reading->count <= 2)
        return 1;
    for (i = 0; i < first && i < reading->count &&
                chars[start + i] == reading->chars[i];
         i++)
        same++;
    if (same == first || reading->count <= second)
        return first < reading->count ? first : reading->count - 1;
    for (i = 0; i < second &&
                chars[end - 1 - i] == reading->chars[reading->count - 1 - i];
         i++)
        ;
    return i == second ? reading->count - second
                       : (first < reading->count ? first : reading->count - 1);
}

/* coopera- ción: within a line no print breaks a word. */
static bool
is_parted_in_line(const struct ufx_lattice *l, const struct ufx_change *change)
{
    return l->segments[change->to - 1].gap == UFX_GAP_BLANK &&
           !closes_line(l, change);
}

bool
ufx_put_stays_broken(const struct ufx_repair *r,
                     const struct ufx_change *change)
{
    if (change->edge->kind != UFX_EDGE_BROKEN)
        return false;
    return !has_line(r, change) || (!r->worker->options.join_hyphens &&
                                    !is_parted_in_line(&r->lattice, change));
}

static void
put_halves(struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = r->lattice.segments;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->worker->own.text;
    uint32_t middle = second_half(r, change);
    uint32_t last = first_half(r, change, middle);
    uint32_t first = break_of(r, change, last, middle);

    put_letters(r, change, 0, first, text);
    ufx_buffer_append(text, r->bytes + s[last].end,
                      s[middle].start - s[last].end);
    put_letters(r, change, first, reading->count, text);
}

struct ufx_place
ufx_put_change(struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_edge *edge = change->edge;
    struct ufx_buffer *text = &r->worker->own.text;
    struct ufx_place place = {l->segments[change->from].start,
                              l->segments[change->to - 1].end};

    ufx_buffer_clear(text);
    switch ((enum ufx_edge_kind)edge->kind) {
    case UFX_EDGE_MARK:
        if (edge->mark != 0)
            ufx_buffer_append_char(text, edge->mark);
        else
            take_blank_along(r, change, &place);
        break;
    case UFX_EDGE_BLANK:
        if (edge->mark != 0)
            ufx_buffer_append_char(text, edge->mark);
        else
            ufx_buffer_append(text, r->bytes + place.start,
                              place.end - place.start);
        ufx_buffer_append_byte(text, ' ');
        break;
    case UFX_EDGE_BROKEN:
    case UFX_EDGE_READING:
        if (ufx_put_stays_broken(r, change))
            put_halves(r, change);
        else if (has_line(r, change))
            put_whole(r, change, &place);
        else
            ufx_buffer_append(text, r->bytes + place.start,
                              place.end - place.start);
        break;
    case UFX_EDGE_CLOSE:
        ufx_buffer_append(text, r->bytes + place.start,
                          place.end - place.start);
        if (gap_after(l, change->to) == UFX_GAP_NONE)
            ufx_buffer_append_byte(text, ' ');
        if (l->segments[change->from - 1].end >= r->taken)
            place.start = l->segments[change->from - 1].end;
        break;
    case UFX_EDGE_KEEP:
        break;
    }
    return place;
}
