/* SPDX-License-Identifier: MPL-2.0 */
/* Numbers, years, per cent signs, and the dates that they stand in. */
#include "normalize/forms.h"

#include "text/chars.h"

#include <string.h>

/* 1/1000 nat. */
#define COST_FIGURE 1500
#define COST_PERCENT 1500

#define NONE UINT32_MAX

/* The next row of that kind for the character, `after` this one. */
static const struct ufx_form *
next_row(const struct ufx_filling *f, enum ufx_form_kind kind, uint32_t cp,
         const struct ufx_form *after)
{
    const struct ufx_form *row =
        after != NULL ? after + 1 : f->rows->rows + f->rows->first[kind];
    const struct ufx_form *end = f->rows->rows + f->rows->first[kind + 1];

    for (; row < end; row++)
        if (row->count == 1 && row->text[0] == cp)
            return row;
    return NULL;
}

static void
append(struct ufx_numbers *n, uint32_t from, uint32_t to, uint32_t cp)
{
    for (; from < to; from++)
        n->list[from][n->lengths[from]++] = cp;
}

/* Each number so far goes on with each figure that the character can be. */
static bool
fork_figures(const struct ufx_filling *f, struct ufx_numbers *n, uint32_t cp,
             bool odd)
{
    enum ufx_form_kind kinds[2] = {UFX_FORM_FIGURE, UFX_FORM_ODD_FIGURE};
    uint32_t figures[UFX_FORM_NUMBERS], count = 0, old = n->count, i, k;

    for (k = 0; k < (odd ? 2u : 1u); k++) {
        const struct ufx_form *row = next_row(f, kinds[k], cp, NULL);

        for (; row != NULL && count < UFX_FORM_NUMBERS;
             row = next_row(f, kinds[k], cp, row))
            figures[count++] = row->value[0];
    }
    if (count == 0 || old * count > UFX_FORM_NUMBERS)
        return false;
    for (k = 1; k < count; k++)
        for (i = 0; i < old; i++) {
            memcpy(n->list[n->count], n->list[i], sizeof n->list[i]);
            n->lengths[n->count++] = n->lengths[i];
        }
    for (k = 0; k < count; k++)
        append(n, k * old, (k + 1) * old, figures[k]);
    return true;
}

uint32_t
ufx_form_numbers(const struct ufx_filling *f, const uint32_t *chars,
                 size_t count, bool odd, struct ufx_numbers *numbers)
{
    uint32_t misread = 0;
    size_t i;

    if (count > UFX_FORM_FIGURES)
        return 0;
    numbers->count = 1;
    numbers->lengths[0] = 0;
    for (i = 0; i < count; i++) {
        bool mark = chars[i] == '.' || chars[i] == ',' || chars[i] == '/';

        if (ufx_char_is_digit(chars[i]) || (mark && i > 0)) {
            append(numbers, 0, numbers->count, chars[i]);
            continue;
        }
        if (!fork_figures(f, numbers, chars[i], odd))
            return 0;
        misread++;
    }
    return misread;
}

uint32_t
ufx_form_choose(const struct ufx_filling *f, const struct ufx_numbers *numbers,
                bool (*valid)(const uint32_t *, size_t, uint32_t),
                uint32_t limit)
{
    uint32_t i, found = NONE, seen = NONE, valid_count = 0, seen_count = 0;

    for (i = 0; i < numbers->count; i++) {
        if (!valid(numbers->list[i], numbers->lengths[i], limit))
            continue;
        found = i;
        valid_count++;
        if (ufx_times_seen(f, numbers->list[i], numbers->lengths[i]) > 0) {
            seen = i;
            seen_count++;
        }
    }
    if (valid_count == 1)
        return found;
    return seen_count == 1 ? seen : NONE;
}

uint32_t
ufx_form_value(const uint32_t *chars, size_t count)
{
    uint32_t value = 0;
    size_t i;

    if (count == 0 || count > 6)
        return NONE;
    for (i = 0; i < count; i++) {
        if (!ufx_char_is_digit(chars[i]))
            return NONE;
        value = value * 10 + (chars[i] - '0');
    }
    return value;
}

static size_t
count_digits(const uint32_t *chars, size_t count)
{
    size_t i, n = 0;

    for (i = 0; i < count; i++)
        n += ufx_char_is_digit(chars[i]);
    return n;
}

/* ---- Numbers by themselves ---- */

/* 1.234.567,8 or 1,234,567.8 or 1234,5: groups of three parted by the one
 * mark, decimals by the other.  A zero leads only before decimals. */
static bool
is_number(const uint32_t *chars, size_t count, uint32_t limit)
{
    size_t i = 0, group, groups = 0;
    uint32_t mark = 0;

    (void)limit;
    while (i < count && ufx_char_is_digit(chars[i]))
        i++;
    if (i == 0 || (chars[0] == '0' && i > 1) || (chars[0] == '0' && i == count))
        return false;
    if (i == count)
        return true;
    if (i > 3)
        return count_digits(chars + i + 1, count - i - 1) + i + 1 == count &&
               i + 1 < count && chars[i] != '/';
    for (mark = chars[i]; i < count && chars[i] == mark; groups++) {
        for (group = 0, i++; i < count && ufx_char_is_digit(chars[i]); i++)
            group++;
        /* The last may be decimals, if it is the only one. */
        if (group != 3)
            return groups == 0 && i == count && group > 0 && mark != '/';
    }
    if (i == count)
        return mark != '/';
    return mark != '/' && chars[i] != '/' && i + 1 < count &&
           count_digits(chars + i + 1, count - i - 1) + i + 1 == count;
}

/* 52/134, 5/1. */
static bool
is_ratio(const uint32_t *chars, size_t count, uint32_t limit)
{
    size_t i = 0;

    (void)limit;
    while (i < count && chars[i] != '/')
        i++;
    return i > 0 && i <= 4 && i + 1 < count && count - i - 1 <= 4 &&
           chars[0] != '0' && chars[i + 1] != '0' &&
           count_digits(chars, count) == count - 1;
}

static bool
is_year(const uint32_t *chars, size_t count, uint32_t limit)
{
    uint32_t value = ufx_form_value(chars, count);

    (void)limit;
    return count == 4 && value >= 1800 && value <= 2099;
}

static bool
is_day(const uint32_t *chars, size_t count, uint32_t limit)
{
    uint32_t value = ufx_form_value(chars, count);

    return count <= 2 && chars[0] != '0' && value >= 1 && value <= limit;
}

/* Where the figures of a number that begins at `at` end. */
static uint32_t
number_end(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t to = at, i;

    for (i = at; i < f->l->segment_count; i++) {
        uint32_t cp = *ufx_chars_of(f, i);

        if (i > at && (s[i].gap != UFX_GAP_NONE || s[i].token != s[at].token))
            break;
        if (s[i].kind == UFX_PIECE_WORD || s[i].kind == UFX_PIECE_MIXED ||
            s[i].kind == UFX_PIECE_ROMAN ||
            (s[i].kind >= UFX_PIECE_NUMBER && s[i].kind <= UFX_PIECE_RATIO) ||
            s[i].kind == UFX_PIECE_SYMBOL ||
            next_row(f, UFX_FORM_ODD_FIGURE, cp, NULL) != NULL)
            to = i + 1;
        else if (cp != '.' && cp != ',')
            break;
    }
    return to;
}

/* True if what follows glued to the number's end may follow a number. */
static bool
ends_number(const struct ufx_filling *f, uint32_t to)
{
    const struct ufx_segment *s = ufx_form_segment(f, to);

    return s == NULL || s->gap != UFX_GAP_NONE ||
           (s->kind >= UFX_PIECE_COMMA && s->kind < UFX_PIECE_WORD &&
            s->kind != UFX_PIECE_OPEN && s->kind != UFX_PIECE_STAR &&
            s->kind != UFX_PIECE_BRACKET_OPEN);
}

/* /980: the stroke is a one, after "de", "en" or a bracket. */
static void
stroke_year(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t year[4] = {'1'};

    if (s->kind != UFX_PIECE_SLASH || !ufx_form_begins(f, at) || at == 0 ||
        at + 1 >= f->l->segment_count || s[1].gap != UFX_GAP_NONE ||
        s[1].kind != UFX_PIECE_NUMBER || s[1].count != 3 ||
        !ends_number(f, at + 2) ||
        (!ufx_form_is_row(f, at - 1, UFX_FORM_OF) &&
         ufx_forms_find_word(f->rows, UFX_FORM_SINCE, ufx_chars_of(f, at - 1),
                             s[-1].count) == NULL &&
         s[-1].kind != UFX_PIECE_OPEN &&
         ufx_forms_find_word(f->rows, UFX_FORM_MONTH, ufx_chars_of(f, at - 1),
                             s[-1].count) == NULL))
        return;
    memcpy(year + 1, ufx_chars_of(f, at + 1), 3 * sizeof *year);
    if (is_year(year, 4, 0))
        ufx_form_prove(f, at, at + 2, year, 4, UNFIX_CLASS_NUMBER, COST_FIGURE);
}

/* 25 o/o, 25 °/o: as old type had the sign. */
static void
percent_sign(struct ufx_filling *f, uint32_t at)
{
    static const uint32_t sign = '%';
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t to;

    if (at == 0 || s[-1].kind < UFX_PIECE_NUMBER || s[-1].kind > UFX_PIECE_YEAR)
        return;
    to = ufx_form_token_end(f, at);
    if (ufx_forms_find(f->rows, UFX_FORM_PERCENT, ufx_chars_of(f, at),
                       ufx_length_of(f, at, to)) != NULL)
        ufx_form_prove(f, at, to, &sign, 1, UNFIX_CLASS_NUMBER, COST_PERCENT);
}

/* I.15, 315.II, 1997II: a section's numeral, an item's, a volume's. */
static bool
has_numeral(const struct ufx_filling *f, uint32_t at, uint32_t to)
{
    for (; at < to; at++) {
        const struct ufx_segment *s = &f->l->segments[at];
        const uint32_t *chars = ufx_chars_of(f, at);

        if (s->kind == UFX_PIECE_ROMAN ||
            (s->kind == UFX_PIECE_MIXED && s->count > 3 &&
             ufx_char_is_digit(chars[s->count - 3]) &&
             chars[s->count - 2] == 'I' && chars[s->count - 1] == 'I'))
            return true;
    }
    return false;
}

/* I321, III322: capitals before figures are a section's or a code's as often as
 * misread figures, unless it is a year or has its groups. */
static bool
is_rather_code(const uint32_t *chars, size_t count,
               const struct ufx_numbers *numbers, uint32_t chosen)
{
    return ufx_char_is_upper(chars[0]) &&
           count_digits(chars + 1, count - 1) > 0 &&
           count_digits(numbers->list[chosen], numbers->lengths[chosen]) ==
               numbers->lengths[chosen] &&
           !is_year(numbers->list[chosen], numbers->lengths[chosen], 0);
}

void
ufx_form_number(struct ufx_filling *f, uint32_t at)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    struct ufx_numbers numbers;
    uint32_t to, count, misread, chosen, i;
    bool ratio = false, sure;
    int32_t cost;

    stroke_year(f, at);
    percent_sign(f, at);
    if (!ufx_form_begins(f, at))
        return;
    to = number_end(f, at);
    if (to == at || !ends_number(f, to) || has_numeral(f, at, to))
        return;
    count = ufx_length_of(f, at, to);
    misread = ufx_form_numbers(f, chars, count, false, &numbers);
    /* A capital at the beginning of few figures is rather a code: I2. */
    if (misread == 0 || numbers.count != 1 ||
        (ufx_char_is_upper(chars[0]) && count < 4) ||
        count_digits(chars, count) * 2 <
            count_digits(numbers.list[0], numbers.lengths[0]))
        return;
    for (i = 0; i < count; i++)
        ratio = ratio || chars[i] == '/';
    chosen = ufx_form_choose(f, &numbers, ratio ? is_ratio : is_number, 0);
    if (chosen == NONE)
        return;
    cost = COST_FIGURE * (int32_t)misread;
    if (is_rather_code(chars, count, &numbers, chosen)) {
        ufx_form_guess(f, at, to, numbers.list[chosen], numbers.lengths[chosen],
                       UNFIX_CLASS_NUMBER, cost);
        return;
    }
    /* 20l is rather 20 litres; 2O alone may be a code. */
    sure = chars[count - 1] != 'l' &&
           (count > 2 || ufx_char_is_digit(chars[count - 1]) ||
            ufx_form_is(f, to, "%"));
    (sure ? ufx_form_prove : ufx_form_offer)(f, at, to, numbers.list[chosen],
                                             numbers.lengths[chosen],
                                             UNFIX_CLASS_NUMBER, cost);
}

/* ---- Dates ---- */

static const struct ufx_form *
month_at(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s == NULL || s->kind != UFX_PIECE_WORD || s->gap == UFX_GAP_NONE
               ? NULL
               : ufx_forms_find_word(f->rows, UFX_FORM_MONTH,
                                     ufx_chars_of(f, at), s->count);
}

/* The month of a day that ends before `at`: "de mayo", "al 15 de mayo", "y 15
 * de mayo"; "mayo" alone after a number only. */
static const struct ufx_form *
month_after(const struct ufx_filling *f, uint32_t at, bool number)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    if (s == NULL || s->gap == UFX_GAP_NONE)
        return NULL;
    if (ufx_form_links(f, at) && at + 1 < f->l->segment_count &&
        s[1].kind == UFX_PIECE_DAY)
        at += 2;
    if (ufx_form_is_row(f, at, UFX_FORM_OF))
        at++;
    else if (!number)
        return NULL;
    return month_at(f, at);
}

/* What follows the 1 of a first of the month: º, ° or "o."; 0 if nothing. */
static uint32_t
first_sign(const struct ufx_filling *f, uint32_t at, uint32_t to)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t count = ufx_length_of(f, at, to);

    if (count != 2)
        return 0;
    if (chars[1] == 0xBA || chars[1] == 0xB0)
        return 1;
    return chars[1] == ufx_form_ending(f, 0xBA) && to < f->l->segment_count &&
                   f->l->segments[to].kind == UFX_PIECE_STOP &&
                   f->l->segments[to].gap == UFX_GAP_NONE
               ? 1
               : 0;
}

static void
date_day(struct ufx_filling *f, uint32_t at)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t to = ufx_form_token_end(f, at), count, sign, misread, chosen;
    const struct ufx_form *month;
    struct ufx_numbers numbers;
    bool stop;

    if (to == at || to > f->l->segment_count)
        return;
    count = ufx_length_of(f, at, to);
    sign = first_sign(f, at, to);
    stop = sign > 0 && ufx_char_is_letter(chars[1]);
    /* 1o is the first as well as the tenth. */
    if (count > 2 || (sign == 0 && count == 2 && chars[0] == '1' &&
                      chars[1] == ufx_form_ending(f, 0xBA)))
        return;
    month = month_after(f, to + stop, count_digits(chars, count) > 0);
    if (month == NULL)
        return;
    misread = ufx_form_numbers(f, chars, count - sign, true, &numbers);
    if (misread == 0)
        return;
    /* One letter alone may be a word or an item: only a one is that thin. */
    if (count - sign == 1 &&
        (numbers.count != 1 || numbers.list[0][0] != '1' || chars[0] == 't' ||
         chars[0] == 'J' || chars[0] == 'L'))
        return;
    chosen = ufx_form_choose(f, &numbers, is_day, month->limit);
    if (chosen == NONE)
        return;
    if (sign > 0)
        numbers.list[chosen][numbers.lengths[chosen]++] = chars[1];
    ufx_form_prove(f, at, to, numbers.list[chosen], numbers.lengths[chosen],
                   UNFIX_CLASS_DATE, COST_FIGURE);
}

/* After a month, "de" between or not. */
static bool
is_after_month(const struct ufx_filling *f, uint32_t at)
{
    if (at > 0 && (ufx_form_is_row(f, at - 1, UFX_FORM_OF) ||
                   ufx_form_is(f, at - 1, ",")))
        at--;
    return at > 0 && month_at(f, at - 1) != NULL;
}

static void
date_year(struct ufx_filling *f, uint32_t at)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t to, count, misread, chosen;
    struct ufx_numbers numbers;

    if (!is_after_month(f, at))
        return;
    to = ufx_form_token_end(f, at);
    count = ufx_length_of(f, at, to);
    if (count != 4 || count_digits(chars, count) < 2)
        return;
    misread = ufx_form_numbers(f, chars, count, true, &numbers);
    if (misread == 0)
        return;
    chosen = ufx_form_choose(f, &numbers, is_year, 0);
    if (chosen != NONE)
        ufx_form_prove(f, at, to, numbers.list[chosen], 4, UNFIX_CLASS_DATE,
                       COST_FIGURE * (int32_t)misread);
}

void
ufx_form_dates(struct ufx_filling *f, uint32_t at)
{
    if (!ufx_form_begins(f, at))
        return;
    date_day(f, at);
    if (!(f->l->segments[at].flags & UFX_SEGMENT_FORM))
        date_year(f, at);
}
