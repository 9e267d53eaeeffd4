/* SPDX-License-Identifier: MPL-2.0 */
/* What is a valid form: one function for each name that patterns give. */
#include "normalize/forms_valid.h"

#include "text/chars.h"

#define NONE UINT32_MAX

/* Higher numbers are none of paragraphs and items. */
#define HIGHEST_ITEM 400

/* Of 255: a word with a capital that seldom within a sentence begins one. */
#define SELDOM 40

static uint32_t
count_digits(const uint32_t *chars, size_t count)
{
    uint32_t i, n = 0;

    for (i = 0; i < count; i++)
        n += ufx_char_is_digit(chars[i]);
    return n;
}

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
    uint32_t figures = count_digits(r->chars, r->count);
    uint32_t value = ufx_form_value(r->chars, figures);

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
    return prove_if(is_year(r) && count_digits(p->chars, p->count) >= 2);
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
    uint32_t figures = count_digits(r->chars, r->count), n = p->count;
    bool capital = ufx_char_is_upper(p->chars[0]);

    /* A capital at the beginning of few figures is rather a code: I2. */
    if (has_numeral(p) || (capital && n < 4) ||
        count_digits(p->chars, n) * 2 < figures || !is_number(r))
        return UFX_HOW_NOT;
    /* I321: a section's or a code's as often as a figure, unless it is a year
     * or has its groups. */
    if (capital && count_digits(p->chars + 1, n - 1) > 0 &&
        figures == r->count && !is_year(r))
        return UFX_HOW_GUESS;
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
        count_digits(p->chars, p->count) * 2 + 1 < r->count ||
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
    return prove_if(r->chars[0] != '0' && value >= 1 && value <= HIGHEST_ITEM &&
                    has_neighbour(p->f, value));
}

/* A capital word that is no name; outside a list one that within a sentence
 * would be small. */
static bool
begins_sentence(const struct ufx_filling *f, uint32_t at, bool in_list)
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
           (in_list || word->capital == 255 || word->capital < SELDOM);
}

/* The line before ends within a sentence: "véase el párr." */
static bool
goes_on(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (at < 2 || s->gap != UFX_GAP_NEWLINE)
        return false;
    return s[-1].kind == UFX_PIECE_COMMA ||
           (s[-1].kind == UFX_PIECE_STOP && s[-2].kind == UFX_PIECE_WORD &&
            (s[-2].count <= 4 || (s[-2].words & UFX_WORD_ABBREV) != 0));
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
              : value == 0 || value > HIGHEST_ITEM)
        return UFX_HOW_NOT;
    return prove_if(
        !goes_on(p->f, p->at - 1) &&
        begins_sentence(p->f, p->to, !roman && has_neighbour(p->f, value)));
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
         ufx_form_value(chars, s->count) > HIGHEST_ITEM))
        return UFX_HOW_NOT;
    return prove_if(!ufx_form_is_open(f, p->at - 1, UFX_PIECE_BRACKET_OPEN,
                                      UFX_PIECE_WORD) &&
                    !ufx_form_is_open(f, p->at - 1, UFX_PIECE_BRACKET_OPEN,
                                      UFX_PIECE_BRACKET_CLOSE));
}

enum ufx_how
ufx_form_valid(const struct ufx_form_place *place,
               const struct ufx_form_reading *reading)
{
    static enum ufx_how (*const valid[UFX_VALID_KINDS])(
        const struct ufx_form_place *, const struct ufx_form_reading *) = {
        any, day, year, number, ratio, item, heads, unopened};

    return valid[place->pattern->valid](place, reading);
}
