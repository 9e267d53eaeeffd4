/* SPDX-License-Identifier: MPL-2.0 */
/* What is a valid form: one function for each name that patterns give. */
#include "normalize/forms_valid.h"

#include "normalize/notes.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#define NONE UINT32_MAX

static enum ufx_how
prove_if(bool certain)
{
    return certain ? UFX_HOW_PROVE : UFX_HOW_NOT;
}

static enum ufx_how
any(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    (void)p;
    return prove_if(r->count > 0);
}

/* ---- Dates ---- */

/* A sign or the letter of one may stand behind: 1º, 1o. */
static enum ufx_how
day(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t figures = ufx_char_count(r->chars, r->count, ufx_char_is_digit);
    uint32_t value = ufx_form_value(r->chars, figures);

    if (p->count == 1 &&
        ufx_is_paired(p->f->l, p->at, UFX_PIECE_EXCLAMATION_OPEN,
                      UFX_PIECE_EXCLAMATION))
        return UFX_HOW_NOT;
    /* 1o is the first as well as the tenth. */
    if (p->count == 2 && figures == 2 && p->chars[0] == '1' &&
        p->chars[1] == ufx_form_ending(p->f, 0xBA))
        return UFX_HOW_NOT;
    return prove_if(r->chars[0] != '0' && value >= 1 && p->row != NULL &&
                    value <= p->row->limit);
}

static bool
is_year(const struct ufx_form_reading *r)
{
    uint32_t value = ufx_form_value(r->chars, r->count);

    return r->count == 4 && value >= 1800 && value <= 2099;
}

static enum ufx_how
year(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    return prove_if(is_year(r) &&
                    ufx_char_count(p->chars, p->count, ufx_char_is_digit) >= 2);
}

/* ---- Numbers ---- */

static size_t
skip_digits(const struct ufx_form_reading *r, size_t at)
{
    while (at < r->count && ufx_char_is_digit(r->chars[at]))
        at++;
    return at;
}

/* 1.234.567,8 or 1,234,567.8 or 1234,5: groups of three parted by the one
 * mark, decimals by the other.  A zero leads only before decimals. */
static bool
is_number(const struct ufx_form_reading *r)
{
    size_t i = skip_digits(r, 0), next, groups = 0;
    uint32_t mark;

    if (i == 0 || (r->chars[0] == '0' && (i > 1 || i == r->count)))
        return false;
    if (i == r->count)
        return true;
    mark = r->chars[i];
    for (; i < r->count && i <= 3 + 4 * groups && r->chars[i] == mark;
         i = next, groups++) {
        next = skip_digits(r, i + 1);
        /* The last may be decimals, if it is the only one. */
        if (next != i + 4)
            return groups == 0 && next == r->count && next > i + 1;
    }
    return i == r->count ||
           (i + 1 < r->count && skip_digits(r, i + 1) == r->count);
}

/* I.15, 315.II, 1997II: a section's numeral, an item's, a volume's. */
static bool
has_numeral(const struct ufx_form_place *p)
{
    uint32_t at;

    for (at = p->at; at < p->to; at++) {
        const struct ufx_segment *s = &p->f->l->segments[at];
        const uint32_t *chars = ufx_chars_of(p->f, at);

        if (s->kind == UFX_PIECE_ROMAN ||
            (s->kind == UFX_PIECE_MIXED && s->count > 3 &&
             ufx_char_is_digit(chars[s->count - 3]) &&
             chars[s->count - 2] == 'I' && chars[s->count - 1] == 'I'))
            return true;
    }
    return false;
}

static enum ufx_how
number(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t figures = ufx_char_count(r->chars, r->count, ufx_char_is_digit),
             n = p->count;
    bool capital = ufx_char_is_upper(p->chars[0]);

    /* A capital at the beginning of few figures is rather a code: I2. */
    if (has_numeral(p) || (capital && n < 4) ||
        ufx_char_count(p->chars, n, ufx_char_is_digit) * 2 < figures ||
        !is_number(r))
        return UFX_HOW_NOT;
    /* I321: a section's or a code's as often as a figure, unless it is a year
     * or has its groups. */
    if (capital && ufx_char_count(p->chars + 1, n - 1, ufx_char_is_digit) > 0 &&
        figures == r->count && !is_year(r))
        return UFX_HOW_NOT;
    /* 20l is rather 20 litres; 2O alone may be a code. */
    return p->chars[n - 1] != 'l' &&
                   (n > 2 || ufx_char_is_digit(p->chars[n - 1]) ||
                    ufx_form_is(p->f, p->to, "%"))
               ? UFX_HOW_PROVE
               : UFX_HOW_OFFER;
}

/* 52/134, 5/1. */
static enum ufx_how
ratio(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    size_t i = skip_digits(r, 0);

    if (has_numeral(p) || i == 0 || i > 4 || r->count > i + 5 ||
        r->chars[0] == '0' || r->chars[i + 1] == '0' ||
        ufx_char_count(p->chars, p->count, ufx_char_is_digit) * 2 + 1 <
            r->count ||
        (ufx_char_is_upper(p->chars[0]) && p->count < 4))
        return UFX_HOW_NOT;
    return p->chars[p->count - 1] != 'l' ? UFX_HOW_PROVE : UFX_HOW_OFFER;
}

/* ---- Lists ---- */

/* The document has the number before or after this one at the head of a
 * line. */
static bool
has_neighbour(const struct ufx_filling *f, uint32_t value)
{
    uint32_t form[8], v;

    for (v = value - 1; v <= value + 1; v += 2) {
        uint32_t n = 0, power;

        form[n++] = '\n';
        for (power = v < 10 ? 1 : v < 100 ? 10 : 100; power > 0; power /= 10)
            form[n++] = '0' + v / power % 10;
        form[n++] = '.';
        if (v > 0 && ufx_times_seen(f, form, n) > 0)
            return true;
    }
    return false;
}

/* /9. Decide, l0. Decide, lO. Decide: figures read as letters, where the list
 * has the number before or after. */
static enum ufx_how
item(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t value = ufx_form_value(r->chars, r->count), i;

    /* II. and ii. are right as they are; the stroke may only lead here. */
    if (p->f->l->segments[p->at].kind == UFX_PIECE_ROMAN ||
        ufx_form_is_small_numeral(p->chars, p->count))
        return UFX_HOW_NOT;
    for (i = 1; i < p->count; i++)
        if (p->chars[i] == '/')
            return UFX_HOW_NOT;
    /* One letter alone is the item's: b. */
    if (p->count == 1 && *p->chars != 'l' && *p->chars != '|')
        return UFX_HOW_NOT;
    return prove_if(r->chars[0] != '0' && value >= 1 &&
                    value <= UFX_ORDINAL_MOST && has_neighbour(p->f, value));
}

/* A capital word that is no name; outside a list one that within a sentence
 * would be small. */
static bool
has_telling_capital(const struct ufx_filling *f, uint32_t at, bool in_list)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);
    const struct ufx_word *word;
    const uint32_t *chars;

    if (s == NULL || s->gap != UFX_GAP_BLANK || s->kind != UFX_PIECE_WORD ||
        s->count < 2 || s->word >= f->v->language->lexicon.word_count ||
        !(s->flags & UFX_SEGMENT_KNOWN) || (s->flags & UFX_SEGMENT_LISTED))
        return false;
    chars = ufx_chars_of(f, at);
    word = &f->v->language->lexicon.words[s->word];
    return ufx_char_is_upper(chars[0]) && ufx_char_is_lower(chars[1]) &&
           !(s->words & (UFX_WORD_CAPITAL | UFX_WORD_FOREIGN)) &&
           (in_list || word->capital == 255 ||
            word->capital < UFX_CAPITAL_TELLS);
}

/* 4, Recalca: the mark behind a paragraph's number. */
static enum ufx_how
heads(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    const struct ufx_segment *s = &p->f->l->segments[p->at - 1];
    uint32_t value = ufx_form_value(ufx_chars_of(p->f, p->at - 1), s->count);
    bool roman = s->kind == UFX_PIECE_ROMAN;

    (void)r;
    if (roman ? s->gap != UFX_GAP_START || s->count < 2
              : value == 0 || value > UFX_ORDINAL_MOST)
        return UFX_HOW_NOT;
    return prove_if(
        has_telling_capital(p->f, p->to, !roman && has_neighbour(p->f, value)));
}

/* a} El informe, ii] Los Estados: the mark behind an item that nothing
 * opened. */
static enum ufx_how
unopened(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    const struct ufx_filling *f = p->f;
    const struct ufx_segment *s = &f->l->segments[p->at - 1];
    const struct ufx_segment *next = ufx_form_segment(f, p->to);
    const uint32_t *chars = ufx_chars_of(f, p->at - 1);

    (void)r;
    if (next == NULL || next->gap != UFX_GAP_BLANK || s->count > 4 ||
        (!(s->count > 1 ? ufx_form_is_small_numeral(chars, s->count)
                        : ufx_char_is_lower(*chars)) &&
         ufx_form_value(chars, s->count) > UFX_ORDINAL_MOST))
        return UFX_HOW_NOT;
    return prove_if(!ufx_form_is_open(f, p->at - 1, UFX_PIECE_BRACKET_OPEN,
                                      UFX_PIECE_WORD) &&
                    !ufx_form_is_open(f, p->at - 1, UFX_PIECE_BRACKET_OPEN,
                                      UFX_PIECE_BRACKET_CLOSE));
}

/* ---- Ordinals ---- */

#define MASCULINE 0xBA
#define DEGREE 0xB0

static bool
has_seen(const struct ufx_filling *f, const uint32_t *chars, size_t count,
         uint32_t sign)
{
    uint32_t form[UFX_FORM_OUTPUT], i;

    for (i = 0; i < count && i + 1 < UFX_FORM_OUTPUT; i++)
        form[i] = chars[i];
    form[i++] = sign;
    return ufx_times_seen(f, form, i) > 0;
}

/* 53º, whatever stood for the sign. */
static enum ufx_how
ordinal(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t was = p->chars[p->count - 1], is = r->chars[r->count - 1];

    if (r->chars[0] == '0' || (was == DEGREE && is == MASCULINE) ||
        ufx_form_value(r->chars, r->count - 1) == NONE)
        return UFX_HOW_NOT;
    /* "17% informe" may be 17 per cent. */
    return was == '%' && p->row != NULL && p->row->limit == 0 ? UFX_HOW_OFFER
                                                              : UFX_HOW_PROVE;
}

/* Before a noun that is in no list: the neighbours must tell the sign. */
static enum ufx_how
open_ordinal(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t was = p->chars[p->count - 1];

    /* 45% mientras: a per cent. */
    return p->f->l->segments[p->to].count > 3 && was != DEGREE && was != '%'
               ? ordinal(p, r)
               : UFX_HOW_NOT;
}

/* Beside another of a list (276ª y 277ª, read as 2764 y 2778), the numbers
 * without their last figures follow each other, and as they are they do not. */
static bool
follow(const struct ufx_filling *f, uint32_t value, uint32_t other, int step)
{
    const struct ufx_segment *s = ufx_form_segment(f, other);
    uint32_t next, low, high;

    if (s == NULL || s->count < 3)
        return false;
    next = ufx_form_value(ufx_chars_of(f, other), s->count);
    low = step > 0 ? value : next;
    high = step > 0 ? next : value;
    return next != NONE && high / 10 == low / 10 + 1 && high != low + 1 &&
           high != low + 10;
}

/* sesiones 2764 y 2778: the last figures are signs, as they are of numbers that
 * the document has. */
static enum ufx_how
series(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t value = ufx_form_value(p->chars, p->count);
    uint32_t sign = r->chars[r->count - 1];

    /* "...de informes\n59. El Comité": the number of a paragraph. */
    if (value == NONE || (p->f->l->segments[p->at].gap == UFX_GAP_NEWLINE &&
                          ufx_form_is(p->f, p->to, ".")))
        return UFX_HOW_NOT;
    if (p->count > 2 &&
        ((p->at >= 2 && follow(p->f, value, p->at - 2, -1)) ||
         (ufx_form_links(p->f, p->to) && follow(p->f, value, p->to + 1, 1))))
        return UFX_HOW_PROVE;
    return prove_if(has_seen(p->f, r->chars, r->count - 1, sign) &&
                    !has_seen(p->f, p->chars, p->count, sign));
}

/* A bare number before a noun that has ordinals: "En 1959 período" is rather a
 * heading's odd line. */
static bool
is_bare(const struct ufx_form_place *p)
{
    return p->row != NULL && p->row->limit > 0 && p->chars[0] != '0' &&
           p->f->l->segments[p->at].kind != UFX_PIECE_YEAR &&
           ufx_char_is_lower(*ufx_chars_of(p->f, p->to));
}

/* 442 sesión: the last figure is the sign.  The document says so, or the noun,
 * which has no such number. */
static enum ufx_how
part(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t value = ufx_form_value(p->chars, p->count);
    uint32_t sign = r->chars[r->count - 1], last = p->chars[p->count - 1];
    bool whole = has_seen(p->f, p->chars, p->count, sign);
    bool seen = has_seen(p->f, r->chars, r->count - 1, sign);

    if (!is_bare(p) || value == NONE || (whole && !seen) ||
        (whole == seen &&
         (value / 10 > p->row->limit ||
          (value <= p->row->limit && (last != '2' || value < UFX_NOTE_LEAST)))))
        return UFX_HOW_NOT;
    /* 123 may well be the anniversary's own number; 0 and 9 look like º. */
    return value <= p->row->limit && p->row->limit < UFX_ORDINAL_MOST &&
                   last != '0' && last != '9'
               ? UFX_HOW_OFFER
               : UFX_HOW_PROVE;
}

/* 446 sesión: the sign is lost. */
static enum ufx_how
lost(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t value = ufx_form_value(p->chars, p->count);
    uint32_t sign = r->chars[r->count - 1], last = p->chars[p->count - 1];
    bool whole = has_seen(p->f, p->chars, p->count, sign);
    bool seen = has_seen(p->f, p->chars, p->count - 1, sign);

    if (!is_bare(p) || value > p->row->limit || (seen && !whole) ||
        (seen == whole && p->count > 1 &&
         ufx_forms_find(p->f->rows, UFX_FORM_SIGN_FIGURE, &last, 1) != NULL))
        return UFX_HOW_NOT;
    return whole ? UFX_HOW_PROVE : UFX_HOW_OFFER;
}

/* Old type put a letter and a full stop: 1038a. sesión. */
static enum ufx_how
lettered(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    bool figure = ufx_char_is_digit(p->chars[p->count - 1]);

    return prove_if(
        p->row != NULL && p->row->limit > 0 && ufx_char_is_digit(*p->chars) &&
        ufx_form_value(r->chars, r->count - 1) != NONE && r->chars[0] != '0' &&
        r->chars[r->count - 1] == ufx_form_ending(p->f, p->row->value[0]) &&
        (!figure || (ufx_form_segment(p->f, p->to + 1) != NULL &&
                     ufx_char_is_lower(*ufx_chars_of(p->f, p->to + 1)))));
}

/* 2318a, sesión: the stop behind the letter. */
static enum ufx_how
stop(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    const uint32_t *chars = ufx_chars_of(p->f, p->at - 1);
    uint32_t count = p->f->l->segments[p->at - 1].count;

    (void)r;
    return prove_if(p->row != NULL && p->row->limit > 0 && count > 1 &&
                    ufx_form_value(chars, count - 1) != NONE &&
                    chars[count - 1] ==
                        ufx_form_ending(p->f, p->row->value[0]));
}

/* Decreto N” 7, where the mark closes nothing: "N" 25, ¿S o N? 15. */
static enum ufx_how
unclosed(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    bool question = p->chars[p->count - 1] == '?';
    uint32_t i = p->to - 1;

    (void)r;
    while (i > 0 && p->to - i < UFX_SENTENCE_REACH) {
        const struct ufx_segment *s = &p->f->l->segments[--i];
        uint32_t cp = *ufx_chars_of(p->f, i);
        bool quote =
            s->kind == UFX_PIECE_QUOTE || s->kind == UFX_PIECE_APOSTROPHE;

        if (question ? cp == '?' : quote && s->gap == UFX_GAP_NONE)
            return UFX_HOW_PROVE;
        if (question ? cp == 0xBF : quote)
            return UFX_HOW_NOT;
    }
    return UFX_HOW_PROVE;
}

/* ---- Roman numerals ---- */

static bool
is_low(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (chars[i] != 'I' && chars[i] != 'V' && chars[i] != 'X')
            return false;
    return true;
}

/* Behind S- and ES-, of special sessions. */
static uint32_t
skip_prefix(const uint32_t *chars, size_t count)
{
    uint32_t i;

    for (i = 0; i < count; i++)
        if (chars[i] == '-')
            return i + 1;
    return 0;
}

/* What was read is a numeral, and what stands there none (XL is 40). */
static bool
is_numeral(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t skip = skip_prefix(r->chars, r->count), value = 0, next = 0, i;

    if (!ufx_piece_is_roman(r->chars + skip, r->count - skip) ||
        (p->count > 1 && ufx_piece_is_roman(p->chars, p->count) &&
         !is_low(p->chars, p->count)))
        return false;
    for (i = r->count; i > skip; i--) {
        uint32_t v = r->chars[i - 1] == 'I'   ? 1
                     : r->chars[i - 1] == 'V' ? 5
                                              : 10;

        value = v < next ? value - v : value + v;
        next = v;
    }
    return value <= UFX_NUMERAL_MOST;
}

static uint32_t
count_numerals(const struct ufx_form_place *p)
{
    uint32_t i, n = 0;

    for (i = skip_prefix(p->chars, p->count); i < p->count; i++)
        n += is_low(&p->chars[i], 1);
    return n;
}

/* After a noun.  It could be a number that the noun goes up to, a letter by
 * which it may be named, or an item: "parte l)". */
static enum ufx_how
numeral(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    const struct ufx_filling *f = p->f;
    uint32_t last = p->chars[p->count - 1];

    if (!is_numeral(p, r) || last == '!' || p->row == NULL ||
        ufx_form_is_small_numeral(p->chars, p->count))
        return UFX_HOW_NOT;
    /* "(Hábitat I])": the bracket was a letter. */
    if (last == ']' && (!ufx_form_is(f, p->to, ")") ||
                        ufx_form_is_open(f, p->at, UFX_PIECE_BRACKET_OPEN,
                                         UFX_PIECE_BRACKET_CLOSE)))
        return UFX_HOW_NOT;
    if (p->count == 1 && ufx_form_is(f, p->to, ")") &&
        !ufx_form_is_open(f, p->at, UFX_PIECE_OPEN, UFX_PIECE_CLOSE))
        return UFX_HOW_NOT;
    if (ufx_char_count(p->chars, p->count, ufx_char_is_digit) == p->count)
        return prove_if(p->count > 1 &&
                        ufx_form_value(p->chars, p->count) > p->row->limit);
    return prove_if(count_numerals(p) > 0 ||
                    (p->row->limit < UFX_ORDINAL_MOST &&
                     (p->count > 1 || last == 'l' || last == '|')));
}

/* (Hábitat ID y: the bracket that is open was read along. */
static enum ufx_how
bracketed(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    const struct ufx_segment *s = p->f->l->segments;
    struct ufx_form_reading inner = *r;
    uint32_t to = p->to;

    inner.count--;
    if (!ufx_form_is_open(p->f, p->at, UFX_PIECE_OPEN, UFX_PIECE_CLOSE))
        return UFX_HOW_NOT;
    while (to < p->f->l->segment_count && s[to].kind != UFX_PIECE_OPEN &&
           s[to].kind != UFX_PIECE_CLOSE)
        to++;
    return to == p->f->l->segment_count || s[to].kind == UFX_PIECE_OPEN
               ? numeral(p, &inner)
               : UFX_HOW_NOT;
}

/* The number is a resolution's: its noun stands before it, or before others of
 * a list. */
static bool
is_resolution(const struct ufx_filling *f, uint32_t number)
{
    uint32_t at, i;

    for (at = number; at > 0 && number - at < UFX_SENTENCE_REACH; at--)
        for (i = 1; i < f->l->segments[at - 1].count; i++)
            if (f->l->segments[at - 1].kind == UFX_PIECE_WORD &&
                ufx_forms_find_word(f->rows, UFX_FORM_CITED,
                                    ufx_chars_of(f, at - 1), i) != NULL)
                return true;
    return false;
}

/* 2200 A (XXI): "artículo 183 (l)" is an item. */
static enum ufx_how
session(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t skip = skip_prefix(p->chars, p->count);

    return prove_if(
        is_numeral(p, r) && (p->count > 1 || is_resolution(p->f, p->at)) &&
        (count_numerals(p) > 0 ||
         ufx_char_count(p->chars, p->count, ufx_char_is_digit) == 0) &&
        !ufx_form_is_small_numeral(p->chars + skip, p->count - skip));
}

/* III. Conclusiones */
static enum ufx_how
heading(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t i;

    for (i = 0; i < p->count; i++)
        if (p->chars[i] == 'J' || p->chars[i] == 'T' || p->chars[i] == 'i')
            return UFX_HOW_NOT;
    return prove_if(is_numeral(p, r) && count_numerals(p) > 0);
}

/* Anywhere: the neighbours decide. */
static enum ufx_how
roman(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    return prove_if(is_numeral(p, r) && p->to == p->at + 1 &&
                    r->count == p->count &&
                    !ufx_form_is_small_numeral(p->chars, p->count));
}

/* ---- Notes ---- */

/* The quotation mark that a sign's word stands within, unless another sign
 * before it goes with that; 0: none. */
static uint32_t
open_quote(const struct ufx_form_place *p)
{
    const struct ufx_lattice *l = p->f->l;
    uint32_t i = p->at;

    while (i > 0 && p->at - i < UFX_SENTENCE_REACH) {
        if (l->segments[--i].kind == UFX_PIECE_QUOTE)
            return l->segments[i].gap == UFX_GAP_NONE
                       ? 0
                       : *ufx_lattice_chars(l, i);
        if (ufx_note_suspect(l, p->f->rows, i) != NULL)
            return 0;
    }
    return 0;
}

/* The quotation mark that closes what the other one opened. */
static bool
is_partner(uint32_t mark, uint32_t open)
{
    return mark == (open == 0xAB                       ? 0xBB
                    : open == 0x201C || open == 0x201E ? 0x201D
                                                       : open);
}

/* humanos?, for humanos²,: nobody can tell from the place alone; but where the
 * document has a note of that number and no sign for it, that is the sign.  A
 * quotation mark that was opened goes with it. */
static enum ufx_how
noted(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t mark[2] = {'^', *p->chars}, open = open_quote(p);
    uint32_t sign[2] = {'^', ufx_note_figure(r->chars[r->count - 1])};
    uint32_t note[3] = {'\n', sign[1], ' '}, marks;

    if (ufx_note_suspect(p->f->l, p->f->rows, p->at) == NULL ||
        (r->count > 1 ? open == 0 || !is_partner(r->chars[0], open)
                      : open != 0))
        return UFX_HOW_NOT;
    marks = ufx_times_seen(p->f, mark, 2);
    return prove_if(marks > 0 && ufx_times_seen(p->f, sign, 2) + marks <=
                                     ufx_times_seen(p->f, note, 3));
}

/* ! A/CONF.157/24: the first of the notes, where the second has its number. */
static enum ufx_how
first(const struct ufx_form_place *p, const struct ufx_form_reading *r)
{
    uint32_t note[3] = {'\n', r->chars[0], ' '};
    uint32_t next[3] = {'\n', r->chars[0] + 1, ' '};

    return prove_if(ufx_note_begins(p->f->l, p->f->rows, p->at) &&
                    ufx_times_seen(p->f, note, 3) == 0 &&
                    ufx_times_seen(p->f, next, 3) > 0);
}

enum ufx_how
ufx_form_valid(const struct ufx_form_place *place,
               const struct ufx_form_reading *reading)
{
    /* What each looks at before the form and behind it: the contexts of a good
     * model have that, a damaged one's may not. */
    static const struct {
        enum ufx_how (*is)(const struct ufx_form_place *,
                           const struct ufx_form_reading *);
        uint32_t before, behind;
    } checks[UFX_VALID_KINDS] = {
        {any, 0, 0},      {day, 0, 0},      {year, 0, 0},
        {number, 0, 0},   {ratio, 0, 0},    {item, 0, 0},
        {heads, 1, 0},    {unopened, 1, 0}, {ordinal, 0, 0},
        {series, 0, 0},   {part, 0, 1},     {lost, 0, 1},
        {lettered, 0, 0}, {stop, 1, 0},     {open_ordinal, 0, 1},
        {unclosed, 0, 0}, {numeral, 0, 0},  {bracketed, 0, 0},
        {session, 0, 0},  {heading, 0, 0},  {roman, 0, 0},
        {noted, 1, 0},    {first, 0, 0}};
    const uint32_t kind = place->pattern->valid;

    if (reading->count == 0 || place->at < checks[kind].before ||
        place->f->l->segment_count - place->to < checks[kind].behind)
        return UFX_HOW_NOT;
    return checks[kind].is(place, reading);
}
