/* SPDX-License-Identifier: MPL-2.0 */
/* Words taken apart: several tokens that are one word, and the two halves of a
 * word that a hyphen breaks. */
#include "normalize/producers.h"

#include "normalize/tuned.h"

#include <string.h>

/* In a word of which a letter stands alone (l a, e n), or all do. */
static int32_t
blank_cost(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s[0].flags & s[1].flags & UFX_SEGMENT_SPACED)
        return UFX_COST_SLIGHT;
    if ((s[0].count == 1 && ufx_is_fragment(f->l, at) && s[1].count <= 2) ||
        (s[1].count == 1 && ufx_is_fragment(f->l, at + 1) && s[0].count <= 2))
        return UFX_COST_BLANK_EASY;
    return UFX_COST_BLANK;
}

/* The next column of a table; a letter that stands far from the next one stands
 * for itself. */
static bool
is_column(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    size_t blanks = s[1].start - s[0].end;

    return memchr(f->l->paragraph->bytes + s[0].end, '\t', blanks) != NULL ||
           (s[0].count == 1 && s[1].count == 1 && blanks >= UFX_COLUMN_BLANKS);
}

/* What the gap after `at` costs to close, and in *next the segment after it;
 * -1 if it cannot be closed. */
static int32_t
gap_cost(const struct ufx_filling *f, uint32_t at, uint32_t *next)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t i = *next = at + 1;

    if (i >= f->l->segment_count)
        return -1;
    if (s[i].gap == UFX_GAP_BLANK)
        return is_column(f, at) ? -1 : blank_cost(f, at);
    return s[i].gap == UFX_GAP_NEWLINE ? UFX_COST_BLANK : -1;
}

static bool
may_join(const struct ufx_segment *s)
{
    return ufx_is_word(s) && !ufx_is_fixed(s) &&
           !(s->flags & UFX_SEGMENT_LISTED);
}

/* Unknown, and no reading of its own explains why: it may be part of a word.
 * What is long and near to a word is one, misread. */
static bool
may_be_part(struct ufx_filling *f, struct ufx_segment *s)
{
    struct ufx_readings readings;

    if (s->flags & UFX_SEGMENT_KNOWN)
        return false;
    if (s->spelling == NULL || s->count <= UFX_SHORT_CHARS ||
        (s->flags & UFX_SEGMENT_SPACED) != 0)
        return true;
    readings = ufx_read_word(f, s);
    return f->status == UNFIX_OK &&
           (readings.count == 0 ||
            readings.list[0].channel > UFX_COST_EXPLAINED);
}

static void
add_joins(struct ufx_filling *f, uint32_t from)
{
    struct ufx_segment *s = f->l->segments;
    uint32_t chars[UFX_TOKEN_CHARS], count = s[from].count, at = from, next;
    bool part = may_be_part(f, &s[from]);
    bool spaced = (s[from].flags & UFX_SEGMENT_SPACED) != 0, loose = false;
    uint32_t lines = 0; /* ends of lines in the word */
    int32_t cost = 0, gap;
    int joined, most = spaced ? UFX_SPACED_TOKENS : UFX_SPAN_TOKENS;
    enum ufx_effort effort = UFX_EFFORT_NEAR;
    uint8_t blocked = 0;

    if (count > UFX_TOKEN_CHARS / 2 || f->status != UNFIX_OK)
        return;
    memcpy(chars, ufx_chars_of(f, from), count * sizeof *chars);
    for (joined = 1; joined < most; joined++) {
        struct ufx_readings readings;

        gap = gap_cost(f, at, &next);
        /* A word has place on one of two lines, not of three: see put_whole. */
        if (gap < 0 || !may_join(&s[next]) ||
            (s[next].gap == UFX_GAP_NEWLINE && ++lines > 1) ||
            count + s[next].count > UFX_TOKEN_CHARS / 2)
            return;
        spaced = spaced && gap == UFX_COST_SLIGHT;
        if (joined >= UFX_SPAN_TOKENS && !spaced)
            return;
        loose = loose || gap == UFX_COST_SLIGHT || gap == UFX_COST_BLANK_EASY;
        cost += gap;
        memcpy(chars + count, ufx_chars_of(f, next),
               s[next].count * sizeof *chars);
        count += s[next].count;
        part = part || may_be_part(f, &s[next]);
        if (f->status != UNFIX_OK)
            return;
        at = next;
        /* Two known words are no other one. */
        if ((!part || count < 4) && !loose)
            continue;
        if (cost > 20000)
            continue;
        if (loose && effort == UFX_EFFORT_NEAR) {
            effort = UFX_EFFORT_SPACED;
            blocked = 0;
        }
        f->status = ufx_candidates_read_longer(
            f->candidates, f->v, chars, count, effort, &blocked, &readings);
        if (f->status != UNFIX_OK)
            return;
        ufx_fill_readings(f, from, at + 1, UFX_EDGE_READING, &readings, cost);
        if (f->status != UNFIX_OK)
            return;
    }
}

void
ufx_fill_joins(struct ufx_filling *f, uint32_t at)
{
    if (may_join(&f->l->segments[at]))
        add_joins(f, at);
}

/* A word that no dictionary has, but the page, whole. */
static void
add_seen_whole(struct ufx_filling *f, uint32_t at, const uint32_t *chars,
               size_t count)
{
    const struct ufx_reading word = {.chars = chars,
                                     .count = (uint32_t)count,
                                     .flags =
                                         UFX_READING_SAME | UFX_READING_LISTED,
                                     .word_count = 1};

    if (ufx_times_seen(f, chars, count) > 0)
        ufx_fill_reading(f, at, at + 3, UFX_EDGE_BROKEN, &word,
                         UFX_COST_SLIGHT);
}

void
ufx_fill_broken_word(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t chars[UFX_TOKEN_CHARS], i;
    struct ufx_readings readings;
    bool whole = false;
    size_t count;

    if (!ufx_is_broken(f->l, at))
        return;
    for (i = 0; i < 3; i++)
        if (s[i].flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FORM))
            return;
    /* Two words with a dash between. */
    if (!ufx_is_fixed(&s[0]) && (s[0].flags & s[2].flags & UFX_SEGMENT_KNOWN))
        return;
    count = ufx_lattice_whole(f->l, at, chars);
    readings = ufx_read_chars(f, chars, count, UFX_EFFORT_JOIN);
    ufx_fill_readings(f, at, at + 3, UFX_EDGE_BROKEN, &readings,
                      UFX_COST_SLIGHT);
    for (i = 0; i < readings.count; i++)
        whole = whole || (readings.list[i].flags & UFX_READING_SAME) != 0;
    if (!whole && f->status == UNFIX_OK)
        add_seen_whole(f, at, chars, count);
}
