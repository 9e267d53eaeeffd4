/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/forms_match.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* ---- The context ---- */

static bool
fits(const struct ufx_filling *f, uint32_t at, enum ufx_fit fit)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t count = f->l->segments[at].count, i;

    switch (fit) {
    case UFX_FIT_WORD:
        for (i = 0; i < count && ufx_char_is_lower(chars[i]); i++)
            ;
        return i == count;
    case UFX_FIT_CAPITAL:
        return ufx_char_is_upper(*chars);
    case UFX_FIT_LETTER:
        return count == 1 && ufx_char_is_upper(*chars);
    case UFX_FIT_NUMERAL:
        for (i = 0; i < count; i++)
            if (chars[i] != 'I' && chars[i] != 'V' && chars[i] != 'X' &&
                ufx_forms_find(f->rows, UFX_FORM_NUMERAL, &chars[i], 1) == NULL)
                return f->l->segments[at].kind == UFX_PIECE_DAY;
        return true;
    default:
        return true;
    }
}

/* True if the part is the segment; *row becomes its row if it has one. */
static bool
is_part(const struct ufx_filling *f, const struct ufx_part *part, uint32_t at,
        const struct ufx_form **row)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t kind;

    if (part->classes >> s->kind & 1)
        return fits(f, at, part->fit);
    for (kind = 0; kind < UFX_FORM_KINDS && part->rows >> kind != 0; kind++)
        if (part->rows >> kind & 1) {
            *row =
                ufx_forms_match(f->rows, kind, ufx_chars_of(f, at), s->count);
            if (*row != NULL)
                return true;
        }
    return false;
}

/* One more of a series: a comma or a link, and the part. */
static uint32_t
skip_one(const struct ufx_filling *f, const struct ufx_part *part, uint32_t at,
         int step)
{
    const struct ufx_segment *s = f->l->segments;
    const struct ufx_form *row;
    uint32_t next = at, i;

    for (i = 0; i < 2; i++) {
        uint32_t here = step > 0 ? next : next - 1;

        if (here >= f->l->segment_count ||
            (!ufx_form_is(f, here, ",") && !ufx_form_links(f, here)))
            break;
        next += (uint32_t)step;
    }
    if (next == at)
        return at;
    if (step < 0 && next > 0 && s[next - 1].gap == UFX_GAP_NONE &&
        ufx_form_is_row(f, next - 1, UFX_FORM_SIGN))
        next--;
    i = step > 0 ? next : next - 1;
    if (i >= f->l->segment_count || !is_part(f, part, i, &row))
        return at;
    next += (uint32_t)step;
    if (step > 0 && next < f->l->segment_count && s[next].gap == UFX_GAP_NONE &&
        ufx_form_is_row(f, next, UFX_FORM_SIGN))
        next++;
    return next;
}

static bool
has_gap(const struct ufx_filling *f, const struct ufx_part *part, uint32_t at)
{
    uint8_t gap =
        at < f->l->segment_count ? f->l->segments[at].gap : UFX_GAP_START;

    if (part->fit == UFX_FIT_START)
        return gap == UFX_GAP_START;
    if (part->fit == UFX_FIT_LINE)
        return gap == UFX_GAP_START || gap == UFX_GAP_NEWLINE;
    return part->glue == UFX_GLUE_ANY ||
           (part->glue == UFX_GLUE_NONE) == (gap == UFX_GAP_NONE);
}

/* True if the parts stand from the boundary before segment `at` on, step by
 * step away from the form. */
static bool
stand(struct ufx_form_place *p, const struct ufx_part *part, uint32_t left,
      uint32_t at, int step)
{
    const struct ufx_form *row = NULL;
    uint32_t here = step > 0 ? at : at - 1;

    if (left == 0)
        return true;
    if (at > p->to + UFX_SENTENCE_REACH || at + UFX_SENTENCE_REACH < p->at)
        return false;
    if (part->times != UFX_TIMES_ONE && stand(p, part + 1, left - 1, at, step))
        return true;
    if (part->times == UFX_TIMES_SERIES) {
        uint32_t next = skip_one(p->f, part, at, step);

        return next != at && stand(p, part, left, next, step);
    }
    if (!has_gap(p->f, part, at))
        return false;
    if (part->fit == UFX_FIT_LINE || part->fit == UFX_FIT_START)
        return stand(p, part + 1, left - 1, at, step);
    if (here >= p->f->l->segment_count || !is_part(p->f, part, here, &row) ||
        !stand(p, part + 1, left - 1, at + (uint32_t)step, step))
        return false;
    if (p->row == NULL)
        p->row = row;
    return true;
}

/* ---- What the form can be read as ---- */

struct reader {
    const struct ufx_form_place *place;
    const struct ufx_form *noun; /* whose sign it is */
    const struct ufx_read *items;
    uint32_t item_count;
    const uint32_t *chars;
    uint32_t count;
    struct ufx_form_reading *list;
    uint32_t found;
    uint32_t steps;
};

static bool
is_own(const struct ufx_read *item, uint32_t cp)
{
    uint32_t i;

    for (i = 0; item->set[i] != 0; i++)
        if (item->set[i] == cp)
            return true;
    return ((item->accepts & UFX_ACCEPT_DIGIT) && ufx_char_is_digit(cp)) ||
           ((item->accepts & UFX_ACCEPT_NUMERAL) &&
            (cp == 'I' || cp == 'V' || cp == 'X')) ||
           ((item->accepts & UFX_ACCEPT_CAPITAL) && ufx_char_is_upper(cp)) ||
           ((item->accepts & UFX_ACCEPT_SMALL) && ufx_char_is_lower(cp));
}

/* Appends what the item is read as: `own` or a row's value, or what the pattern
 * says; false if that cannot be said here. */
static bool
put(const struct reader *r, const struct ufx_read *item,
    struct ufx_form_reading *now, const uint32_t *own, size_t own_count,
    const struct ufx_form *row)
{
    uint32_t text[UFX_FORM_VALUE] = {0}, i;
    size_t n = now->count;

    if (now->count + UFX_FORM_VALUE > UFX_FORM_OUTPUT)
        return false;
    for (i = 0; i < UFX_FORM_VALUE; i++)
        text[i] = item->output == UFX_OUTPUT_TEXT               ? item->text[i]
                  : row != NULL && row->kind != UFX_FORM_ENDING ? row->value[i]
                  : i < own_count                               ? own[i]
                                                                : 0;
    if (item->output >= UFX_OUTPUT_SIGN) {
        memset(text, 0, sizeof text);
        text[0] = r->noun == NULL ? 0 : r->noun->value[0];
        if (item->output == UFX_OUTPUT_ENDING)
            text[0] = ufx_form_ending(r->place->f, text[0]);
        if (text[0] == 0)
            return false;
    }
    for (i = 0; i < UFX_FORM_VALUE && text[i] != 0; i++)
        now->chars[now->count++] = text[i];
    if (now->count - n == own_count &&
        (own_count == 0 ||
         memcmp(now->chars + n, own, own_count * sizeof *own) == 0))
        return true;
    now->misread++;
    now->cost += row != NULL && row->limit > 0 && row->limit <= UFX_PATTERN_COST
                     ? (int32_t)row->limit
                     : (int32_t)r->place->pattern->cost;
    return true;
}

static void read_on(struct reader *r, uint32_t number, uint32_t times,
                    uint32_t at, const struct ufx_form_reading *before);

/* The item once more, as each of its rows reads what stands at `at`. */
static void
read_rows(struct reader *r, uint32_t number, uint32_t times, uint32_t at,
          const struct ufx_form_reading *before)
{
    const struct ufx_read *item = &r->items[number];
    const struct ufx_forms *rows = r->place->f->rows;
    uint32_t kind, i, k;

    for (kind = 0; kind < UFX_FORM_KINDS && item->rows >> kind != 0; kind++)
        for (i = rows->first[kind];
             (item->rows >> kind & 1) && i < rows->first[kind + 1]; i++) {
            const struct ufx_form *row = &rows->rows[i];
            struct ufx_form_reading now = *before;

            for (k = 0; k < row->count && at + k < r->count; k++)
                if (row->text[k] != r->chars[at + k])
                    break;
            if (k == row->count && k > 0 &&
                put(r, item, &now, r->chars + at, k, row))
                read_on(r, number, times + 1, at + k, &now);
        }
}

/* The item once more: what stands at `at` as it is or is read. */
static void
read_once(struct reader *r, uint32_t number, uint32_t times, uint32_t at,
          const struct ufx_form_reading *before)
{
    struct ufx_form_reading now = *before;

    if (is_own(&r->items[number], r->chars[at]) &&
        put(r, &r->items[number], &now, r->chars + at, 1, NULL))
        read_on(r, number, times + 1, at + 1, &now);
    read_rows(r, number, times, at, before);
}

/* The same without a noun: each sign that there is. */
static void
read_signs(struct reader *r, uint32_t number, uint32_t times, uint32_t at,
           const struct ufx_form_reading *before)
{
    const struct ufx_forms *rows = r->place->f->rows;
    uint32_t i;

    for (i = rows->first[UFX_FORM_ENDING]; i < rows->first[UFX_FORM_ENDING + 1];
         i++) {
        r->noun = &rows->rows[i];
        read_once(r, number, times, at, before);
    }
    r->noun = NULL;
}

/* Goes on with an item that stood `times` times before `at`. */
static void
read_on(struct reader *r, uint32_t number, uint32_t times, uint32_t at,
        const struct ufx_form_reading *before)
{
    const struct ufx_read *item = &r->items[number];
    struct ufx_form_reading now = *before;

    if (r->found > UFX_FORM_READINGS || r->steps++ > UFX_FORM_STEPS)
        return;
    if (number == r->item_count) {
        if (at == r->count && r->found++ < UFX_FORM_READINGS)
            r->list[r->found - 1] = *before;
        return;
    }
    if (item->accepts & UFX_ACCEPT_NOTHING) {
        if (put(r, item, &now, NULL, 0, NULL))
            read_on(r, number + 1, 0, at, &now);
        return;
    }
    if (times >= item->least)
        read_on(r, number + 1, 0, at, before);
    if (times >= item->most || at >= r->count)
        return;
    if (item->output == UFX_OUTPUT_SIGN && r->noun == NULL)
        read_signs(r, number, times, at, before);
    else
        read_once(r, number, times, at, before);
}

uint32_t
ufx_form_read(const struct ufx_form_place *place, const struct ufx_read *items,
              uint32_t item_count, const uint32_t *chars, uint32_t count,
              struct ufx_form_reading *list)
{
    struct reader r = {place, place->row, items, item_count, chars,
                       count, list,       0,     0};
    struct ufx_form_reading empty = {.count = 0};

    if (count > UFX_FORM_OUTPUT)
        return 0;
    read_on(&r, 0, 0, 0, &empty);
    return r.steps > UFX_FORM_STEPS ? UFX_FORM_READINGS + 1 : r.found;
}

/* ---- What is made of it ---- */

static void
add(const struct ufx_form_place *p, const struct ufx_form_reading *r,
    enum ufx_how how)
{
    static void (*const ways[])(struct ufx_filling *, uint32_t, uint32_t,
                                const uint32_t *, size_t, unfix_class,
                                int32_t) = {
        [UFX_HOW_OFFER] = ufx_form_offer, [UFX_HOW_PROVE] = ufx_form_prove};

    if (how == UFX_HOW_NOT)
        return;
    ways[how](p->f, p->at, p->to, r->chars, r->count,
              (unfix_class)p->pattern->class, r->cost);
    if (p->pattern->doubt > 0)
        ufx_form_doubt(p->f, p->at, (int32_t)p->pattern->doubt);
}

/* Adds what is valid of the readings, or what the document has of it; false if
 * there is nothing, and the form is not right as it stands. */
static bool
choose(const struct ufx_form_place *p, const struct ufx_form_reading *list,
       uint32_t count)
{
    enum ufx_how how[UFX_FORM_READINGS];
    uint32_t i, valid = 0, seen = 0, found = 0;

    for (i = 0; i < count; i++) {
        how[i] = ufx_form_valid(p, &list[i]);
        if (how[i] == UFX_HOW_NOT)
            continue;
        if (list[i].misread == 0) {
            if (p->pattern->how == UFX_HOW_PROVE)
                return true;
            how[i] = UFX_HOW_NOT;
            continue;
        }
        if (valid++ == 0)
            found = i;
    }
    if (valid > 1 && p->pattern->how == UFX_HOW_PROVE) {
        for (i = 0; i < count; i++)
            if (how[i] != UFX_HOW_NOT &&
                ufx_times_seen(p->f, list[i].chars, list[i].count) > 0) {
                found = i;
                seen++;
            }
        if (seen != 1)
            return false;
        valid = 1;
    }
    for (i = 0; i < count; i++)
        if (how[i] != UFX_HOW_NOT && (i == found || valid > 1))
            add(p, &list[i],
                how[i] < p->pattern->how ? how[i] : p->pattern->how);
    return valid > 0;
}

/* Nothing follows that the form would go on with: marks that close, or a dash
 * and whatever. */
static bool
may_end(const struct ufx_filling *f, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    for (; to < f->l->segment_count && s[to].gap == UFX_GAP_NONE; to++) {
        if (s[to].kind == UFX_PIECE_DASH)
            return true;
        if (s[to].kind < UFX_PIECE_COMMA || s[to].kind >= UFX_PIECE_WORD ||
            ufx_piece_is(s[to].kind, UFX_PIECE_BIT(OPEN) | UFX_PIECE_BIT(STAR) |
                                         UFX_PIECE_BIT(SLASH) |
                                         UFX_PIECE_BIT(BRACKET_OPEN)))
            return false;
    }
    return true;
}

/* The pattern's form from segment p->at on; true if there is one, right as it
 * stands or misread. */
static bool
match(struct ufx_form_place *p)
{
    const struct ufx_pattern *pattern = p->pattern;
    const struct ufx_segment *s = p->f->l->segments;
    bool glued =
        pattern->before_count > 0 && pattern->before[0].glue == UFX_GLUE_NONE;
    bool goes_on =
        pattern->after_count > 0 && pattern->after[0].glue != UFX_GLUE_GAP;
    struct ufx_form_reading list[UFX_FORM_READINGS];
    const struct ufx_form *row;

    p->row = NULL;
    p->to = p->at;
    if ((!glued && !ufx_form_begins(p->f, p->at)) ||
        !stand(p, pattern->before, pattern->before_count, p->at, -1))
        return false;
    row = p->row;
    for (p->to = p->at + 1;
         p->to < p->f->l->segment_count && s[p->to].gap == UFX_GAP_NONE &&
         s[p->to].token == s[p->at].token &&
         ufx_length_of(p->f, p->at, p->to + 1) <= UFX_FORM_OUTPUT;
         p->to++)
        ;
    for (; p->to > p->at; p->to--) {
        uint32_t count;

        p->row = row;
        p->count = ufx_length_of(p->f, p->at, p->to);
        if ((!goes_on && !may_end(p->f, p->to)) ||
            !stand(p, pattern->after, pattern->after_count, p->to, 1))
            continue;
        count = ufx_form_read(p, pattern->reads, pattern->read_count, p->chars,
                              p->count, list);
        if (count > 0 && count <= UFX_FORM_READINGS && choose(p, list, count))
            return true;
    }
    return false;
}

void
ufx_form_match(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_patterns *patterns = &f->v->language->patterns;
    uint64_t left = ufx_patterns_with(patterns, ufx_chars_of(f, at),
                                      f->l->segments[at].count);
    uint32_t done = 0;
    struct ufx_form_place p = {.f = f, .at = at, .chars = ufx_chars_of(f, at)};
    uint32_t i;

    for (i = 0; left != 0 && f->status == UNFIX_OK; i++, left >>= 1) {
        p.pattern = &patterns->list[i];
        if ((left & 1) == 0 || (done >> p.pattern->class & 1))
            continue;
        if (ufx_is_fixed(&f->l->segments[at]))
            return;
        if (match(&p))
            done |= UINT32_C(1) << p.pattern->class;
    }
}
