/* SPDX-License-Identifier: MPL-2.0 */
/* Typed forms: what is no word and yet has a grammar.  A reading is offered
 * only if it is valid; the neighbours decide whether it is meant. */
#include "normalize/lattice.h"

#include "text/chars.h"

#include <string.h>

/* 1/1000 nat. */
#define COST_ORDINAL_SIGN 1500   /* 53* for 53º */
#define COST_ORDINAL_GENDER 1500 /* 44º for 44ª */
#define COST_ORDINAL_LOST 5000   /* 44 for 44ª */
#define COST_NO_GRAMMAR 5000     /* 44 sesión, 44º sesión */
#define COST_ROMAN_LETTER 1200   /* l for I */
#define COST_ROMAN_DIGIT 3500    /* 1 for I */
#define COST_SYMBOL_PART 4000    /* ICONF for CONF */
#define COST_SYMBOL_DIGIT 2000   /* 3l for 31 */

#define COST_NUMBER_FIGURE 1500 /* l for 1 */

#define ROMAN_CHARS 6
#define NUMBER_CHARS 8
#define SYMBOL_CHARS 60

struct forms {
    struct ufx_lattice *l;
    const struct ufx_vocabulary *v;
    unfix_status status;
};

static const uint32_t *
chars_of(const struct forms *f, uint32_t at)
{
    return f->l->paragraph->chars + f->l->segments[at].first;
}

static void
add_form(struct forms *f, uint32_t from, uint32_t to, const uint32_t *chars,
         size_t count, unfix_class form, enum ufx_piece_class piece,
         int32_t cost)
{
    struct ufx_reading *r = ufx_arena_allocate(f->l->arena, sizeof *r);
    uint32_t *copy = ufx_arena_allocate(f->l->arena, count * sizeof *copy);
    struct ufx_edge *edge =
        ufx_lattice_add(f->l, from, to, UFX_EDGE_READING, cost);

    if (r == NULL || copy == NULL || edge == NULL) {
        f->status = UNFIX_ERROR_MEMORY;
        return;
    }
    memset(r, 0, sizeof *r);
    memcpy(copy, chars, count * sizeof *copy);
    r->chars = copy;
    r->count = (uint32_t)count;
    r->channel = cost;
    r->rules[0] = UFX_RULE_FORM;
    r->rule_count = 1;
    r->word_count = 1;
    r->flags = UFX_READING_FORM;
    r->form = (uint8_t)(form + 1);
    r->words[0] = ufx_language_class(f->v->language, piece);
    edge->reading = r;
    edge->pieces[0] = r->words[0];
    edge->piece_count = 1;
}

/* ---- Ordinals ---- */

/* What a figure costs that was read for the sign after an ordinal. */
static int32_t
sign_read_as_digit(uint32_t digit)
{
    switch (digit) {
    case '2':
        return 1500;
    case '3':
    case '8':
    case '9':
    case '0':
        return 3000;
    case '1':
    case '4':
    case '5':
        return 4000;
    default:
        return 0;
    }
}

static bool
is_sign_misread(uint32_t cp)
{
    return cp == '*' || cp == '%' || cp == '"' || cp == 0xA2 || cp == '?' ||
           cp == '\'' || cp == '^' || cp == 0x2019 || cp == 0x201D ||
           cp == '&' || cp == '#' || cp == '$';
}

/* The sign that the noun at `at` wants, or 0 if it is none that ordinals stand
 * before. */
static uint32_t
noun_sign(const struct forms *f, uint32_t at)
{
    const struct ufx_language *language = f->v->language;
    const struct ufx_segment *s;
    const uint32_t *chars;
    uint32_t n, i;

    if (at >= f->l->segment_count)
        return 0;
    s = &f->l->segments[at];
    chars = chars_of(f, at);
    for (n = 0; n < language->noun_count; n++) {
        const struct ufx_ordinal_noun *noun = &language->nouns[n];

        for (i = 0; i < s->count && i < sizeof noun->letters; i++)
            if (ufx_char_unaccented(ufx_char_lower(chars[i])) !=
                noun->letters[i])
                break;
        if (i == s->count &&
            (i == sizeof noun->letters || noun->letters[i] == 0))
            return noun->sign;
    }
    return 0;
}

/* Raises what keeping the segment costs: before such a noun in the singular a
 * bare number is no Spanish. */
static void
doubt_keeping(struct forms *f, uint32_t at, int32_t cost)
{
    uint32_t e = f->l->first_edge[at];

    while (e != UINT32_MAX && f->l->edges[e].kind != UFX_EDGE_KEEP)
        e = f->l->edges[e].next;
    if (e != UINT32_MAX)
        f->l->edges[e].channel += cost;
}

/* Both genders, or the one that the noun wants. */
static void
add_ordinal(struct forms *f, uint32_t from, uint32_t to, const uint32_t *digits,
            size_t count, uint32_t sign, int32_t cost)
{
    uint32_t chars[8];

    memcpy(chars, digits, count * sizeof *chars);
    chars[count] = 0xBA;
    if (sign != 0xAA)
        add_form(f, from, to, chars, count + 1, UNFIX_CLASS_ORDINAL,
                 UFX_PIECE_ORDINAL_M, cost);
    chars[count] = 0xAA;
    if (sign != 0xBA)
        add_form(f, from, to, chars, count + 1, UNFIX_CLASS_ORDINAL,
                 UFX_PIECE_ORDINAL_F, cost);
}

/* 3,2 and 1.234 are numbers too, but no ordinals are made of them. */
static bool
are_digits(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (!ufx_char_is_digit(chars[i]))
            return false;
    return true;
}

static bool
precedes_noun(const struct forms *f, uint32_t at)
{
    return at < f->l->segment_count &&
           f->l->segments[at].kind == UFX_PIECE_WORD &&
           f->l->segments[at].gap != UFX_GAP_NONE &&
           f->l->segments[at].count > 3 && ufx_char_is_lower(*chars_of(f, at));
}

static void
fill_ordinals(struct forms *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = chars_of(f, at);
    uint32_t changed[8], sign;
    int32_t cost;

    if (s->count > 5)
        return;
    if (s->kind == UFX_PIECE_ORDINAL_M || s->kind == UFX_PIECE_ORDINAL_F) {
        if (!precedes_noun(f, at + 1) || chars[s->count - 1] == 0xB0)
            return;
        sign = noun_sign(f, at + 1);
        if (sign == chars[s->count - 1])
            return;
        if (sign != 0)
            doubt_keeping(f, at, COST_NO_GRAMMAR);
        memcpy(changed, chars, s->count * sizeof *changed);
        changed[s->count - 1] = s->kind == UFX_PIECE_ORDINAL_M ? 0xAA : 0xBA;
        add_form(f, at, at + 1, changed, s->count, UNFIX_CLASS_ORDINAL,
                 s->kind == UFX_PIECE_ORDINAL_M ? UFX_PIECE_ORDINAL_F
                                                : UFX_PIECE_ORDINAL_M,
                 COST_ORDINAL_GENDER);
        return;
    }
    if ((s->kind != UFX_PIECE_DAY && s->kind != UFX_PIECE_NUMBER &&
         s->kind != UFX_PIECE_YEAR) ||
        !are_digits(chars, s->count))
        return;
    if (at + 1 < f->l->segment_count &&
        f->l->segments[at + 1].gap == UFX_GAP_NONE &&
        f->l->segments[at + 1].count == 1 &&
        is_sign_misread(*chars_of(f, at + 1)) && precedes_noun(f, at + 2)) {
        sign = noun_sign(f, at + 2);
        if (sign != 0)
            doubt_keeping(f, at, COST_NO_GRAMMAR);
        add_ordinal(f, at, at + 2, chars, s->count, sign, COST_ORDINAL_SIGN);
        return;
    }
    if (!precedes_noun(f, at + 1))
        return;
    sign = noun_sign(f, at + 1);
    if (sign != 0)
        doubt_keeping(f, at, COST_NO_GRAMMAR);
    cost = sign_read_as_digit(chars[s->count - 1]);
    if (s->count >= 2 && s->count <= 5 && cost > 0 && chars[0] != '0')
        add_ordinal(f, at, at + 1, chars, s->count - 1, sign, cost);
    add_ordinal(f, at, at + 1, chars, s->count, sign, COST_ORDINAL_LOST);
}

/* ---- Roman numerals ---- */

static uint32_t
roman_letter(uint32_t cp, int32_t *cost)
{
    switch (cp) {
    case 'I':
    case 'V':
    case 'X':
        return cp;
    case 'l':
    case 'i':
    case '|':
    case '!':
    case 0xA1:
    case 'J':
    case 'T':
        *cost += COST_ROMAN_LETTER;
        return 'I';
    case '1':
        *cost += COST_ROMAN_DIGIT;
        return 'I';
    case 'v':
    case 'Y':
        *cost += COST_ROMAN_LETTER;
        return 'V';
    case 'x':
        *cost += COST_ROMAN_LETTER;
        return 'X';
    default:
        return 0;
    }
}

static void
fill_roman(struct forms *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = chars_of(f, at);
    uint32_t numeral[ROMAN_CHARS];
    int32_t cost = 0;
    uint32_t i;

    if (s->count > ROMAN_CHARS || s->count < 2 || s->kind == UFX_PIECE_ROMAN ||
        (s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_MIXED &&
         s->kind != UFX_PIECE_NUMBER && s->kind != UFX_PIECE_DAY))
        return;
    for (i = 0; i < s->count; i++) {
        numeral[i] = roman_letter(chars[i], &cost);
        if (numeral[i] == 0)
            return;
    }
    if (cost > 0 && ufx_piece_is_roman(numeral, s->count))
        add_form(f, at, at + 1, numeral, s->count, UNFIX_CLASS_ROMAN,
                 UFX_PIECE_ROMAN, cost);
}

/* ---- Numbers ---- */

/* l997, 2OO7, 3l: figures, at least half, and what is read for 1 and 0.  A
 * capital at the beginning of few figures is rather a code: I2. */
static void
fill_number(struct forms *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = chars_of(f, at);
    uint32_t figures[NUMBER_CHARS];
    struct ufx_piece piece;
    int32_t cost = 0;
    uint32_t i, digits = 0;

    if (s->kind != UFX_PIECE_MIXED || s->count > NUMBER_CHARS ||
        (ufx_char_is_upper(chars[0]) && s->count < 4))
        return;
    for (i = 0; i < s->count; i++) {
        figures[i] = chars[i];
        if (ufx_char_is_digit(chars[i])) {
            digits++;
            continue;
        }
        if (chars[i] != 'l' && chars[i] != 'I' && chars[i] != 'O')
            return;
        figures[i] = chars[i] == 'O' ? '0' : '1';
        cost += COST_NUMBER_FIGURE;
    }
    piece = ufx_piece_next(figures, s->count);
    if (digits * 2 < s->count || figures[0] == '0' || piece.count != s->count)
        return;
    add_form(f, at, at + 1, figures, s->count, UNFIX_CLASS_NUMBER,
             (enum ufx_piece_class)piece.kind, cost);
}

/* ---- Document symbols ---- */

static bool
is_part(const struct ufx_language *language, const uint32_t *chars,
        size_t count)
{
    const char *part = language->symbols;
    const char *end = part + language->symbols_size;
    size_t i, n;

    for (; part < end; part += n + 1) {
        n = strlen(part);
        if (n != count)
            continue;
        for (i = 0; i < n && chars[i] == (uint32_t)part[i]; i++)
            continue;
        if (i == n)
            return true;
    }
    return false;
}

/* The only part of at least three letters that differs from `chars` by one
 * letter too many or one misread; NULL if there is none or more than one. */
static const char *
nearest_part(const struct ufx_language *language, const uint32_t *chars,
             size_t count)
{
    const char *part = language->symbols, *found = NULL;
    const char *end = part + language->symbols_size;
    size_t n;

    for (; part < end; part += n + 1) {
        size_t head = 0, tail = 0, most;

        n = strlen(part);
        if (n < 3 || (n != count && n + 1 != count))
            continue;
        while (head < n && chars[head] == (uint32_t)part[head])
            head++;
        most = n - head;
        while (tail < most &&
               chars[count - 1 - tail] == (uint32_t)part[n - 1 - tail])
            tail++;
        if (head + tail + 1 < count)
            continue;
        if (found != NULL)
            return NULL;
        found = part;
    }
    return found;
}

/* l, I, O and o among figures. */
static bool
mend_figures(uint32_t *chars, size_t count, int32_t *cost)
{
    size_t i, figures = 0, misread = 0;

    for (i = 0; i < count; i++) {
        figures += ufx_char_is_digit(chars[i]);
        misread += chars[i] == 'l' || chars[i] == 'I' || chars[i] == 'O' ||
                   chars[i] == 'o';
    }
    if (misread == 0 || figures + misread != count ||
        (figures == 0 && chars[0] != 'l'))
        return false;
    for (i = 0; i < count; i++)
        if (!ufx_char_is_digit(chars[i]))
            chars[i] = chars[i] == 'O' || chars[i] == 'o' ? '0' : '1';
    *cost += COST_SYMBOL_DIGIT * (int32_t)misread;
    return true;
}

/* Mends the run of letters and figures at [from, to), in place; returns its
 * new length. */
static size_t
mend_part(const struct ufx_language *language, uint32_t *chars, size_t count,
          int32_t *cost)
{
    const char *part;
    size_t i;

    for (i = 0; i < count && ufx_char_is_letter(chars[i]); i++)
        continue;
    if (i < count || count == 0) {
        mend_figures(chars, count, cost);
        return count;
    }
    if (is_part(language, chars, count) || mend_figures(chars, count, cost))
        return count;
    part = count < 3 ? NULL : nearest_part(language, chars, count);
    if (part == NULL)
        return count;
    *cost += COST_SYMBOL_PART;
    for (i = 0; part[i] != '\0'; i++)
        chars[i] = (uint32_t)part[i];
    return i;
}

static void
fill_symbol(struct forms *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = chars_of(f, at);
    uint32_t mended[SYMBOL_CHARS];
    size_t i = 0, n = 0;
    int32_t cost = 0;

    if (s->kind != UFX_PIECE_SYMBOL || s->count > SYMBOL_CHARS)
        return;
    while (i < s->count) {
        size_t start = i;

        while (i < s->count && chars[i] != '/' && chars[i] != '.' &&
               chars[i] != '-')
            i++;
        memcpy(mended + n, chars + start, (i - start) * sizeof *mended);
        n += mend_part(f->v->language, mended + n, i - start, &cost);
        if (i < s->count)
            mended[n++] = chars[i++];
    }
    if (cost == 0)
        return;
    /* A symbol that is not of the list's parts is rather broken than odd. */
    doubt_keeping(f, at, 4 * cost);
    add_form(f, at, at + 1, mended, n, UNFIX_CLASS_SYMBOL, UFX_PIECE_SYMBOL,
             cost);
}

unfix_status
ufx_forms_fill(struct ufx_lattice *lattice,
               const struct ufx_vocabulary *vocabulary, uint32_t at)
{
    struct forms f = {lattice, vocabulary, UNFIX_OK};

    fill_ordinals(&f, at);
    if (f.status == UNFIX_OK)
        fill_roman(&f, at);
    if (f.status == UNFIX_OK)
        fill_number(&f, at);
    if (f.status == UNFIX_OK)
        fill_symbol(&f, at);
    return f.status;
}
