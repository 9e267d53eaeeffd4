/* SPDX-License-Identifier: MPL-2.0 */
/* Roman numerals: after their nouns, in the numbers of old resolutions, at the
 * head of a section. */
#include "normalize/forms.h"

#include "text/chars.h"

#include <string.h>

/* 1/1000 nat. */
#define COST_LETTER 1200 /* l for I */
#define COST_DIGIT 3500  /* 1 for I */

/* Longest numeral as it was read, and the highest that documents have. */
#define NUMERAL_CHARS 7
#define HIGHEST 49

/* Numerals that one noun may have beside it: capítulos I, II y IV. */
#define LIST_ITEMS 6

/* Pieces between the noun and the last number of its list. */
#define RESOLUTION_REACH 24

/* A noun with so many of something has them in figures as well: artículo. */
#define MANY 1000

struct numeral {
    uint32_t chars[2 * NUMERAL_CHARS];
    uint32_t count;    /* of chars */
    uint32_t numerals; /* letters that were read as I, V, X */
    uint32_t misread;
    uint32_t digits;
    uint32_t tail; /* a mark that was read along: . or ), or 0 */
};

static bool
is_numeral_letter(uint32_t cp)
{
    return cp == 'I' || cp == 'V' || cp == 'X';
}

static bool
is_low_numeral(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (!is_numeral_letter(chars[i]))
            return false;
    return true;
}

/* Reads `chars` as a numeral; false if it is none. */
static bool
read_numeral(const struct ufx_filling *f, const uint32_t *chars, size_t count,
             struct numeral *n)
{
    uint32_t value = 0, next = 0;
    size_t i;

    /* XL is 40, no misread XI. */
    if (count == 0 || count > NUMERAL_CHARS ||
        (count > 1 && ufx_piece_is_roman(chars, count) &&
         !is_low_numeral(chars, count)))
        return false;
    memset(n, 0, sizeof *n);
    for (i = 0; i < count; i++) {
        const struct ufx_form *row =
            ufx_forms_find(f->rows, UFX_FORM_NUMERAL, chars + i, 1);
        size_t k;

        if (n->tail != 0)
            return false;
        if (row == NULL && !is_numeral_letter(chars[i]))
            return false;
        n->numerals += is_numeral_letter(chars[i]);
        n->misread += !is_numeral_letter(chars[i]);
        n->digits += ufx_char_is_digit(chars[i]);
        if (row == NULL) {
            n->chars[n->count++] = chars[i];
            continue;
        }
        for (k = 0; k < UFX_FORM_VALUE && row->value[k] != 0; k++)
            if (is_numeral_letter(row->value[k]))
                n->chars[n->count++] = row->value[k];
            else
                n->tail = row->value[k];
    }
    if (!ufx_piece_is_roman(n->chars, n->count))
        return false;
    for (i = n->count; i > 0; i--) {
        uint32_t v = n->chars[i - 1] == 'I'   ? 1
                     : n->chars[i - 1] == 'V' ? 5
                                              : 10;

        value = v < next ? value - v : value + v;
        next = v;
    }
    return value <= HIGHEST;
}

static int32_t
cost_of(const struct numeral *n)
{
    return COST_LETTER * (int32_t)(n->misread - n->digits) +
           COST_DIGIT * (int32_t)n->digits;
}

static void
prove(struct ufx_filling *f, uint32_t from, uint32_t to, struct numeral *n)
{
    if (n->tail != 0)
        n->chars[n->count++] = n->tail;
    ufx_form_prove(f, from, to, n->chars, n->count, UNFIX_CLASS_ROMAN,
                   cost_of(n));
}

/* ---- After a noun ---- */

/* What a numeral after this noun could be besides: a number that the noun goes
 * up to, or a letter by which it may be named. */
static bool
is_certain(const uint32_t *chars, size_t count, const struct numeral *n,
           const struct ufx_form *noun)
{
    if (n->digits == count) {
        uint32_t value = ufx_form_value(chars, count);

        return value != UINT32_MAX && value > noun->limit && count > 1;
    }
    if (ufx_form_is_small_numeral(chars, count))
        return false;
    if (n->numerals > 0)
        return true;
    if (noun->limit >= MANY)
        return false;
    return count > 1 || chars[0] == 'l' || chars[0] == '|';
}

/* A bracket before [at, to) has no end. */
static bool
wants_close(const struct ufx_filling *f, uint32_t at, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    if (!ufx_form_is_open(f, at, UFX_PIECE_OPEN, UFX_PIECE_CLOSE))
        return false;
    while (to < f->l->segment_count && s[to].kind != UFX_PIECE_OPEN &&
           s[to].kind != UFX_PIECE_CLOSE)
        to++;
    return to == f->l->segment_count || s[to].kind == UFX_PIECE_OPEN;
}

/* The numeral at `at`, as far as its token goes; its end, or `at` if none. */
static uint32_t
item_after(struct ufx_filling *f, uint32_t at, const struct ufx_form *noun)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);
    const uint32_t *chars;
    struct numeral n;
    uint32_t to, count;
    bool bracket;

    if (s == NULL || s->gap == UFX_GAP_NONE || !ufx_form_begins(f, at))
        return at;
    to = ufx_form_token_end(f, at);
    /* "(Hábitat I])": the bracket was a letter. */
    bracket = to + 1 < f->l->segment_count &&
              f->l->segments[to].kind == UFX_PIECE_BRACKET_CLOSE &&
              f->l->segments[to + 1].kind == UFX_PIECE_CLOSE &&
              f->l->segments[to + 1].gap == UFX_GAP_NONE &&
              !ufx_form_is_open(f, at, UFX_PIECE_BRACKET_OPEN,
                                UFX_PIECE_BRACKET_CLOSE);
    to += bracket;
    chars = ufx_chars_of(f, at);
    count = ufx_length_of(f, at, to);
    if (!read_numeral(f, chars, count, &n))
        return s->kind == UFX_PIECE_DAY ? to : at;
    if (n.misread == 0 || !is_certain(chars, count, &n, noun))
        return to;
    /* "parte l)" is an item. */
    if (count == 1 && ufx_form_is(f, to, ")") &&
        !ufx_form_is_open(f, at, UFX_PIECE_OPEN, UFX_PIECE_CLOSE))
        return to;
    if (n.tail == ')' && !wants_close(f, at, to))
        return to;
    if (n.tail == '.') {
        const struct ufx_segment *next = ufx_form_segment(f, to);

        /* Another mark follows: the stroke below was a speck. */
        if (next == NULL || next->gap != UFX_GAP_NONE)
            return to;
        n.tail = 0;
    }
    prove(f, at, to, &n);
    return to;
}

static void
after_noun(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_form *noun = ufx_forms_find_word(
        f->rows, UFX_FORM_NUMBERED, ufx_chars_of(f, at), s->count);
    uint32_t next = at + 1, end;
    int i;

    if (noun == NULL)
        return;
    if (ufx_form_is(f, next, ".") && s[1].gap == UFX_GAP_NONE)
        next++;
    for (i = 0; i < LIST_ITEMS; i++) {
        end = item_after(f, next, noun);
        if (end == next)
            return;
        if (ufx_form_is(f, end, ",") || ufx_form_links(f, end))
            next = end + 1;
        else
            return;
    }
}

/* ---- resolución 2200 A (XXI) ---- */

static bool
is_resolutions_noun(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    size_t i;

    for (i = 1; s->kind == UFX_PIECE_WORD && i < s->count; i++)
        if (ufx_forms_find_word(f->rows, UFX_FORM_CITED, ufx_chars_of(f, at),
                                i) != NULL)
            return true;
    return false;
}

/* The number is a resolution's: its noun stands before it, or before others of
 * a list. */
static bool
is_resolution(const struct ufx_filling *f, uint32_t number)
{
    uint32_t at;

    for (at = number; at > 0 && number - at < RESOLUTION_REACH; at--)
        if (is_resolutions_noun(f, at - 1))
            return true;
    return false;
}

/* The session in brackets after the number of a resolution, or that number and
 * a letter; S- and ES- are special sessions. */
static void
in_brackets(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t to, count, form[NUMERAL_CHARS + 8], skip = 0;
    uint32_t number = at - 2;
    struct numeral n;

    if (at < 2 || s->gap != UFX_GAP_NONE || s[-1].kind != UFX_PIECE_OPEN)
        return;
    if (number > 0 && s[-2].count == 1 &&
        ufx_char_is_upper(*ufx_chars_of(f, number)))
        number--;
    if (s[-1].gap == UFX_GAP_NONE ||
        (f->l->segments[number].kind != UFX_PIECE_NUMBER &&
         f->l->segments[number].kind != UFX_PIECE_DAY &&
         f->l->segments[number].kind != UFX_PIECE_YEAR))
        return;
    to = ufx_form_token_end(f, at);
    if (to >= f->l->segment_count || f->l->segments[to].kind != UFX_PIECE_CLOSE)
        return;
    count = ufx_length_of(f, at, to);
    /* "artículo 183 (l)" is an item. */
    if (count == 1 && !is_resolution(f, number))
        return;
    while (skip < count && skip < 3 && chars[skip] != '-')
        skip++;
    skip = skip < count && chars[skip] == '-' ? skip + 1 : 0;
    if (!read_numeral(f, chars + skip, count - skip, &n) || n.misread == 0 ||
        n.tail != 0 || (n.numerals == 0 && n.digits > 0) ||
        ufx_form_is_small_numeral(chars + skip, count - skip))
        return;
    memcpy(form, chars, skip * sizeof *form);
    memcpy(form + skip, n.chars, n.count * sizeof *form);
    ufx_form_prove(f, at, to, form, skip + n.count, UNFIX_CLASS_ROMAN,
                   cost_of(&n));
}

/* ---- III. Conclusiones ---- */

static void
at_head(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t to = ufx_form_token_end(f, at), count, i;
    const struct ufx_segment *next = ufx_form_segment(f, to);
    struct numeral n;

    if ((s->gap != UFX_GAP_START && s->gap != UFX_GAP_NEWLINE) ||
        next == NULL || next->kind != UFX_PIECE_STOP ||
        next->gap != UFX_GAP_NONE)
        return;
    next = ufx_form_segment(f, to + 1);
    if (next == NULL || next->gap == UFX_GAP_NONE ||
        next->kind != UFX_PIECE_WORD ||
        !ufx_char_is_upper(*ufx_chars_of(f, to + 1)))
        return;
    count = ufx_length_of(f, at, to);
    if (!read_numeral(f, chars, count, &n) || n.misread == 0 ||
        n.numerals == 0 || n.tail != 0)
        return;
    for (i = 0; i < count; i++)
        if (chars[i] == 'J' || chars[i] == 'T' || chars[i] == 'i')
            return;
    prove(f, at, to, &n);
}

/* ---- Anywhere ---- */

/* The neighbours decide; l, 1 and small letters for capitals only. */
static void
anywhere(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    struct numeral n;

    if (s->count < 2 || s->count > 6 || s->kind == UFX_PIECE_ROMAN ||
        (s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_MIXED &&
         s->kind != UFX_PIECE_NUMBER && s->kind != UFX_PIECE_DAY) ||
        ufx_form_is_small_numeral(ufx_chars_of(f, at), s->count) ||
        !read_numeral(f, ufx_chars_of(f, at), s->count, &n) || n.misread == 0 ||
        n.tail != 0 || n.count != s->count)
        return;
    ufx_form_offer(f, at, at + 1, n.chars, n.count, UNFIX_CLASS_ROMAN,
                   cost_of(&n));
}

void
ufx_form_numerals(struct ufx_filling *f, uint32_t at)
{
    if (f->l->segments[at].kind == UFX_PIECE_WORD)
        after_noun(f, at);
    in_brackets(f, at);
    if (!(f->l->segments[at].flags & UFX_SEGMENT_FORM))
        at_head(f, at);
    if (!(f->l->segments[at].flags & UFX_SEGMENT_FORM))
        anywhere(f, at);
}
