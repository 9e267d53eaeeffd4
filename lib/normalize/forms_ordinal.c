/* SPDX-License-Identifier: MPL-2.0 */
/* Ordinals: 44ª sesión, 53º período, sesiones 12ª a 15ª, 1038a. sesión; and the
 * sign of Nº 5. */
#include "normalize/forms.h"

#include "text/chars.h"

#include <string.h>

#define MASCULINE 0xBA
#define FEMININE 0xAA
#define DEGREE 0xB0

/* 1/1000 nat. */
#define COST_SIGN 1500        /* 53* for 53º, 44º for 44ª */
#define COST_SIGN_FIGURE 3000 /* 442 for 44ª */
#define COST_LOST 5000        /* 44 for 44ª */
#define COST_NO_GRAMMAR 5000  /* 44 sesión, 44º sesión */

/* Ordinals that one noun may have beside it: 12ª, 13ª y 15ª. */
#define LIST_ITEMS 8

/* From here on a 2 at the end is rather the sign: 442 sesión.  Of fewer figures
 * the sign may as well be lost: 12 sesión. */
#define TELLING_VALUE 100

/* How far back the mark is looked for that a quotation or a question opens. */
#define QUOTE_REACH 60

/* A noun that goes so far may have any number. */
#define MANY 1000

/* A number at `at` with what may be its sign: its figures, its last segment,
 * and what stands there for the sign. */
struct item {
    const uint32_t *digits;
    uint32_t count;
    uint32_t end;  /* the segment behind */
    uint32_t sign; /* 0: none; MASCULINE, FEMININE, DEGREE; else misread */
};

static bool
is_figures(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return (s->kind == UFX_PIECE_DAY || s->kind == UFX_PIECE_NUMBER ||
            s->kind == UFX_PIECE_YEAR) &&
           s->count <= 5 &&
           ufx_form_value(ufx_chars_of(f, at), s->count) != UINT32_MAX;
}

/* 52.ª, 3.er: how the Academy writes them, complete as it is. */
static bool
has_dotted_sign(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *stop = ufx_form_segment(f, at + 1);
    const struct ufx_segment *sign = ufx_form_segment(f, at + 2);

    return stop != NULL && stop->kind == UFX_PIECE_STOP &&
           stop->gap == UFX_GAP_NONE && sign != NULL &&
           sign->gap == UFX_GAP_NONE;
}

static bool
read_item(const struct ufx_filling *f, uint32_t at, struct item *item)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);
    const struct ufx_segment *next = ufx_form_segment(f, at + 1);

    if (s == NULL)
        return false;
    item->digits = ufx_chars_of(f, at);
    item->count = s->count;
    item->end = at + 1;
    item->sign = 0;
    if (s->kind == UFX_PIECE_ORDINAL_M || s->kind == UFX_PIECE_ORDINAL_F) {
        item->sign = item->digits[--item->count];
        return true;
    }
    if (!is_figures(f, at) || has_dotted_sign(f, at))
        return false;
    if (next != NULL && next->gap == UFX_GAP_NONE && next->count == 1 &&
        next->kind != UFX_PIECE_COMMA && next->kind != UFX_PIECE_STOP &&
        ufx_forms_find(f->rows, UFX_FORM_SIGN, ufx_chars_of(f, at + 1), 1) !=
            NULL) {
        item->sign = *ufx_chars_of(f, at + 1);
        item->end = at + 2;
    }
    return true;
}

static const struct ufx_form *
noun_at(const struct ufx_filling *f, uint32_t at, enum ufx_form_kind kind)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s == NULL || s->kind != UFX_PIECE_WORD || s->gap == UFX_GAP_NONE
               ? NULL
               : ufx_forms_find_word(f->rows, kind, ufx_chars_of(f, at),
                                     s->count);
}

static uint32_t
skip_link(const struct ufx_filling *f, uint32_t at)
{
    if (ufx_form_is(f, at, ","))
        at++;
    return ufx_form_links(f, at) ? at + 1 : at;
}

/* The noun of the ordinal that ends before `at`, others may stand between. */
static const struct ufx_form *
noun_after(const struct ufx_filling *f, uint32_t at)
{
    struct item item;
    int i;

    for (i = 0; i < LIST_ITEMS; i++) {
        const struct ufx_form *noun = noun_at(f, at, UFX_FORM_NOUN);
        uint32_t next;

        if (noun == NULL)
            noun = noun_at(f, at, UFX_FORM_NOUNS);
        if (noun != NULL)
            return noun;
        next = skip_link(f, at);
        if (next == at || !read_item(f, next, &item) || item.sign == 0)
            return NULL;
        at = item.end;
    }
    return NULL;
}

static size_t
put_sign(uint32_t *form, const struct item *item, size_t count, uint32_t sign)
{
    memcpy(form, item->digits, count * sizeof *form);
    form[count] = sign;
    return count + 1;
}

static bool
has_seen(const struct ufx_filling *f, const struct item *item, size_t count,
         uint32_t sign)
{
    uint32_t form[8];

    return ufx_times_seen(f, form, put_sign(form, item, count, sign)) > 0;
}

static void
prove(struct ufx_filling *f, uint32_t at, const struct item *item, size_t count,
      uint32_t sign, int32_t cost)
{
    uint32_t form[8];

    ufx_form_prove(f, at, item->end, form, put_sign(form, item, count, sign),
                   UNFIX_CLASS_ORDINAL, cost);
}

static void
offer(struct ufx_filling *f, uint32_t at, const struct item *item, size_t count,
      uint32_t sign, int32_t cost)
{
    uint32_t form[8];

    ufx_form_offer(f, at, item->end, form, put_sign(form, item, count, sign),
                   UNFIX_CLASS_ORDINAL, cost);
}

/* A sign of its own, or a mark that was read for it. */
static void
signed_item(struct ufx_filling *f, uint32_t at, const struct item *item,
            uint32_t sign, bool sure)
{
    if (item->sign == sign || (item->sign == DEGREE && sign == MASCULINE) ||
        item->digits[0] == '0')
        return;
    if (sure)
        prove(f, at, item, item->count, sign, COST_SIGN);
    else
        offer(f, at, item, item->count, sign, COST_SIGN);
}

/* A bare number before its noun: the last figure may be the sign, or the sign
 * is lost.  The document says which, or the noun, which has no such number. */
static void
bare_item(struct ufx_filling *f, uint32_t at, const struct item *item,
          const struct ufx_form *noun)
{
    uint32_t value = ufx_form_value(item->digits, item->count);
    uint32_t sign = noun->value[0], last = item->digits[item->count - 1];
    bool whole = has_seen(f, item, item->count, sign);
    bool part = item->count > 1 && has_seen(f, item, item->count - 1, sign);

    /* "En 1959 período" is a heading's odd line rather than an ordinal. */
    if (noun->limit == 0 || item->digits[0] == '0' ||
        f->l->segments[at].kind == UFX_PIECE_YEAR ||
        !ufx_char_is_lower(*ufx_chars_of(f, at + 1)))
        return;
    ufx_form_doubt(f, at, COST_NO_GRAMMAR);
    if (item->count > 1 && whole == part &&
        ufx_forms_find(f->rows, UFX_FORM_SIGN, &last, 1) != NULL) {
        part = value / 10 <= noun->limit &&
               (value > noun->limit || (last == '2' && value >= TELLING_VALUE));
        if (!part)
            return;
        whole = false;
    }
    /* 123 may well be the anniversary's own number; 0 and 9 look like º. */
    if (part && !whole && value <= noun->limit && noun->limit < MANY &&
        last != '0' && last != '9')
        offer(f, at, item, item->count - 1, sign, COST_SIGN_FIGURE);
    else if (part && !whole)
        prove(f, at, item, item->count - 1, sign, COST_SIGN_FIGURE);
    else if (value <= noun->limit && whole)
        prove(f, at, item, item->count, sign, COST_LOST);
    else if (value <= noun->limit)
        offer(f, at, item, item->count, sign, COST_LOST);
}

/* Before a noun that is in no list: the neighbours must tell the gender. */
static void
open_item(struct ufx_filling *f, uint32_t at, const struct item *item)
{
    const struct ufx_segment *s = ufx_form_segment(f, item->end);

    if (s == NULL || s->kind != UFX_PIECE_WORD || s->gap == UFX_GAP_NONE ||
        s->count <= 3 || !ufx_char_is_lower(*ufx_chars_of(f, item->end)) ||
        item->sign == 0 || item->sign == DEGREE || item->digits[0] == '0')
        return;
    if (item->sign != MASCULINE)
        offer(f, at, item, item->count, MASCULINE, COST_SIGN);
    if (item->sign != FEMININE)
        offer(f, at, item, item->count, FEMININE, COST_SIGN);
}

/* ---- 1038a. sesión ---- */

/* Old type put a letter and a full stop: the stop read as another mark
 * (2318a, sesión), the letter as a figure (10380. sesión), figures as letters
 * (739la sesión). */
static void
lettered(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_segment *next = ufx_form_segment(f, at + 1);
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t form[UFX_FORM_FIGURES + 2], letter, misread, end = at + 1;
    const struct ufx_form *noun;
    struct ufx_numbers numbers;
    bool mark = next != NULL && next->gap == UFX_GAP_NONE && next->count == 1;

    noun = noun_at(f, at + 1 + mark, UFX_FORM_NOUN);
    if (noun == NULL || s->count < 2 || s->count > 6 || noun->limit == 0)
        return;
    letter = ufx_form_ending(f, noun->value[0]);
    if (is_figures(f, at)) {
        if (!mark || next->kind != UFX_PIECE_STOP ||
            chars[s->count - 1] != '0' || s->count < 3 ||
            !ufx_char_is_lower(*ufx_chars_of(f, at + 2)))
            return;
        memcpy(form, chars, s->count * sizeof *form);
        form[s->count - 1] = letter;
        ufx_form_prove(f, at, end, form, s->count, UNFIX_CLASS_ORDINAL,
                       COST_SIGN_FIGURE);
        return;
    }
    if (s->kind != UFX_PIECE_MIXED || chars[s->count - 1] != letter)
        return;
    misread = ufx_form_numbers(f, chars, s->count - 1, false, &numbers);
    if (misread > 0 && numbers.count == 1 && numbers.list[0][0] != '0' &&
        ufx_char_is_digit(chars[0])) {
        memcpy(form, numbers.list[0], (s->count - 1) * sizeof *form);
        form[s->count - 1] = letter;
        ufx_form_prove(f, at, end, form, s->count, UNFIX_CLASS_ORDINAL,
                       COST_SIGN);
        return;
    }
    if (misread == 0 && mark && next->kind != UFX_PIECE_STOP &&
        ufx_form_value(chars, s->count - 1) != UINT32_MAX &&
        (next->kind == UFX_PIECE_COMMA || next->kind == UFX_PIECE_SEMICOLON ||
         next->kind == UFX_PIECE_COLON || next->kind == UFX_PIECE_OTHER)) {
        form[0] = '.';
        ufx_form_prove(f, at + 1, at + 2, form, 1, UNFIX_CLASS_ORDINAL,
                       COST_SIGN);
    }
}

/* ---- sesiones 276ª y 277ª ---- */

/* 2764 y 2778 for 276ª y 277ª: without their last figures they follow each
 * other, with them they do not. */
static bool
are_neighbours(const struct item *items, uint32_t count)
{
    uint32_t i;

    for (i = 0; i < count; i++)
        if (items[i].sign != 0 || items[i].count < 3)
            return false;
    for (i = 1; i < count; i++) {
        uint32_t a = ufx_form_value(items[i - 1].digits, items[i - 1].count);
        uint32_t b = ufx_form_value(items[i].digits, items[i].count);

        if (b / 10 != a / 10 + 1 || b == a + 1 || b == a + 10)
            return false;
    }
    return count > 1;
}

/* The plural noun at `at`, or in "períodos de sesiones" the one before. */
static const struct ufx_form *
plural_at(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_form *noun = noun_at(f, at, UFX_FORM_NOUNS);
    const struct ufx_form *head = NULL;

    if (noun != NULL && at >= 2 && ufx_form_is_row(f, at - 1, UFX_FORM_OF))
        head = noun_at(f, at - 2, UFX_FORM_NOUNS);
    return head != NULL ? head : noun;
}

/* "...de informes\n59. El Comité": the number of a paragraph. */
static bool
heads_paragraph(const struct ufx_filling *f, uint32_t at,
                const struct item *item)
{
    return f->l->segments[at].gap == UFX_GAP_NEWLINE &&
           ufx_form_is(f, item->end, ".");
}

/* Each bare number of the list is one that the document has with a sign for its
 * last figure, and they do not follow each other as they are. */
static bool
all_signed(const struct ufx_filling *f, const struct item *items,
           uint32_t count, uint32_t sign)
{
    uint32_t i, bare = 0;

    for (i = 0; i < count; i++) {
        const struct item *item = &items[i];

        if (item->sign != 0)
            continue;
        if (item->count < 2 || !has_seen(f, item, item->count - 1, sign) ||
            has_seen(f, item, item->count, sign))
            return false;
        if (i > 0 && items[i - 1].sign == 0 &&
            ufx_form_value(item->digits, item->count) ==
                ufx_form_value(items[i - 1].digits, items[i - 1].count) + 1)
            return false;
        bare++;
    }
    return bare > 0;
}

/* The list after the plural noun at `at`. */
static void
listed(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_form *noun = plural_at(f, at);
    struct item items[LIST_ITEMS];
    uint32_t starts[LIST_ITEMS], n = 0, next = at + 1, i, sign;
    bool bare; /* the last figures of those without a sign are signs */

    if (noun == NULL)
        return;
    while (n < LIST_ITEMS && read_item(f, next, &items[n]) &&
           !heads_paragraph(f, next, &items[n])) {
        starts[n] = next;
        next = skip_link(f, items[n].end);
        if (next == items[n++].end)
            break;
    }
    sign = noun->value[0];
    bare = are_neighbours(items, n) || all_signed(f, items, n, sign);
    for (i = 0; i < n; i++) {
        if (items[i].sign != 0)
            signed_item(f, starts[i], &items[i], sign, true);
        else if (bare)
            prove(f, starts[i], &items[i], items[i].count - 1, sign,
                  COST_SIGN_FIGURE);
    }
}

/* A mark that closes something stands at `at`: "N" 25, ¿S o N? 15. */
static bool
closes(const struct ufx_filling *f, uint32_t at)
{
    bool question = *ufx_chars_of(f, at) == '?';
    uint32_t i = at;

    while (i > 0 && at - i < QUOTE_REACH) {
        const struct ufx_segment *s = &f->l->segments[--i];
        uint32_t cp = *ufx_chars_of(f, i);
        bool quote =
            s->kind == UFX_PIECE_QUOTE || s->kind == UFX_PIECE_APOSTROPHE;

        if (question ? cp == '?' : quote && s->gap == UFX_GAP_NONE)
            return false;
        if (question ? cp == 0xBF : quote)
            return true;
    }
    return false;
}

/* What engines read for the sign of "number", and nobody means there: Ley N® 5,
 * Decreto N” 7. */
static bool
is_number_sign(const struct ufx_filling *f, uint32_t at)
{
    switch (*ufx_chars_of(f, at)) {
    case '*':
    case '^':
    case 0xAE:
    case 0x2122:
        return true;
    case '"':
    case 0x201D:
    case '?':
        return at >= 2 && !closes(f, at) &&
               (f->l->segments[at - 2].kind == UFX_PIECE_WORD ||
                f->l->segments[at - 2].kind == UFX_PIECE_OPEN);
    default:
        return false;
    }
}

/* N® 18.561 */
static void
number_sign(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_segment *sign = ufx_form_segment(f, at + 1);
    const struct ufx_segment *number = ufx_form_segment(f, at + 2);
    const struct ufx_form *row;
    uint32_t chars[2] = {*ufx_chars_of(f, at)};

    if (s->count != 1 ||
        (s->gap == UFX_GAP_NONE && at > 0 && s[-1].kind != UFX_PIECE_OPEN) ||
        sign == NULL || sign->count != 1 || sign->gap != UFX_GAP_NONE ||
        number == NULL || number->gap != UFX_GAP_BLANK ||
        number->kind < UFX_PIECE_NUMBER || number->kind > UFX_PIECE_RATIO ||
        !is_number_sign(f, at + 1))
        return;
    row = ufx_forms_find(f->rows, UFX_FORM_NUMBER, chars, 1);
    if (row == NULL)
        return;
    chars[1] = row->value[0];
    ufx_form_prove(f, at, at + 2, chars, 2, UNFIX_CLASS_ORDINAL, COST_SIGN);
}

void
ufx_form_ordinals(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_form *noun;
    struct item item;
    uint32_t kind = f->l->segments[at].kind;

    if (kind == UFX_PIECE_WORD) {
        number_sign(f, at);
        listed(f, at);
        return;
    }
    if (!ufx_form_begins(f, at))
        return;
    lettered(f, at);
    if (!read_item(f, at, &item))
        return;
    noun = noun_after(f, item.end);
    if (noun == NULL)
        open_item(f, at, &item);
    else if (item.sign != 0)
        signed_item(f, at, &item, noun->value[0],
                    noun->limit > 0 || item.sign != '%');
    else if (noun->kind == UFX_FORM_NOUN)
        bare_item(f, at, &item, noun);
}
