/* SPDX-License-Identifier: MPL-2.0 */
/* The symbols of documents: A/CONF.157/24, CCPR/C/79/Add.95, [A/31/399].
 *
 * A symbol is a run of parts with strokes, full stops or hyphens between.  A
 * part is a number, a Roman numeral, a capital or one of the rows.  Each part
 * that is none of these is mended by itself. */
#include "normalize/forms_match.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

enum part_kind {
    PART_NONE,    /* no part of a symbol */
    PART_UNKNOWN, /* capitals that are in no row */
    PART_NUMBER,
    PART_LETTERS
};

struct symbol {
    uint32_t chars[UFX_FORM_LONGEST];
    size_t count;
    int32_t cost;                /* 0: it is as it was */
    bool unknown;                /* a part of it is */
    const struct ufx_form *last; /* the row of the last part */
    bool alone;                  /* it begins with a dotted part: Add.1, L.21 */
    size_t parts;
    size_t strokes;
};

static bool
has_value(const struct ufx_form *row, uint32_t value)
{
    size_t i;

    for (i = 0; row != NULL && i < UFX_FORM_VALUE; i++)
        if (row->value[i] == value)
            return true;
    return false;
}

static bool
is_dotted(const struct ufx_form *row)
{
    return has_value(row, '.');
}

static bool
is_head(const struct ufx_form *row)
{
    return has_value(row, '/');
}

/* A dotted part that stands without its symbol: Add.1, Corr.2. */
static bool
stands_alone(const struct ufx_form *row)
{
    return is_dotted(row) && row->count > 2 && ufx_char_is_lower(row->text[1]);
}

/* The row that has these letters, in any case. */
static const struct ufx_form *
same_letters(const struct ufx_filling *f, const uint32_t *chars, size_t count)
{
    const struct ufx_form *row = f->rows->rows + f->rows->first[UFX_FORM_PART];
    const struct ufx_form *end =
        f->rows->rows + f->rows->first[UFX_FORM_PART + 1];
    size_t i;

    for (; row < end; row++) {
        if (row->count != count)
            continue;
        for (i = 0; i < count; i++)
            if (ufx_char_lower(chars[i]) != ufx_char_lower(row->text[i]))
                break;
        if (i == count)
            return row;
    }
    return NULL;
}

/* The only row that differs from `chars` by one letter too many, or of more
 * than three letters by one misread; NULL if there is none or more than one.
 * Three letters are the code of a country as well. */
static const struct ufx_form *
nearest(const struct ufx_filling *f, const uint32_t *chars, size_t count)
{
    const struct ufx_form *row = f->rows->rows + f->rows->first[UFX_FORM_PART];
    const struct ufx_form *end =
        f->rows->rows + f->rows->first[UFX_FORM_PART + 1];
    const struct ufx_form *found = NULL;

    for (; row < end; row++) {
        size_t n = row->count, head = 0, tail = 0;

        if (n < 3 || n > count || n + 1 < count ||
            (n == 3 && n == count &&
             ufx_char_count(chars, count, ufx_char_is_upper) == count))
            continue;
        while (head < n && chars[head] == row->text[head])
            head++;
        while (tail < n - head &&
               chars[count - 1 - tail] == row->text[n - 1 - tail])
            tail++;
        if (head + tail + 1 < count)
            continue;
        if (found != NULL)
            return NULL;
        found = row;
    }
    return found;
}

/* What the part is as it stands; *row becomes its row. */
static enum part_kind
part_kind(const struct ufx_filling *f, const uint32_t *chars, size_t count,
          const struct ufx_form **row)
{
    size_t figures = ufx_char_count(chars, count, ufx_char_is_digit);
    size_t capitals = ufx_char_count(chars, count, ufx_char_is_upper);

    *row = ufx_forms_find(f->rows, UFX_FORM_PART, chars, count);
    if (*row != NULL)
        return PART_LETTERS;
    if ((figures == count && count <= UFX_SYMBOL_FIGURES) ||
        (figures > 0 && figures + 1 == count && chars[figures] >= 'a' &&
         chars[figures] <= 'd'))
        return PART_NUMBER;
    if (ufx_char_count(chars, count, ufx_char_is_letter) < count ||
        !ufx_char_is_upper(chars[0]))
        return PART_NONE;
    if (count == 1 || ufx_piece_is_roman(chars, count))
        return PART_LETTERS;
    /* CONF as Conf, Add as ADD. */
    *row = same_letters(f, chars, count);
    if (*row != NULL && (capitals == count || ufx_char_is_lower(chars[1])))
        return PART_LETTERS;
    return capitals == count ? PART_UNKNOWN : PART_NONE;
}

/* Reads the figures of a part, with `odd` as where only figures can stand: the
 * only number that they can be, or the only one that the document has. */
static bool
read_number(struct ufx_filling *f, const uint32_t *chars, size_t count,
            bool odd, struct ufx_form_reading *number)
{
    static const struct ufx_pattern part = {.cost = UFX_COST_LIKELY};
    const struct ufx_read figures = {
        .rows = 1u << UFX_FORM_FIGURE | (odd ? 1u << UFX_FORM_ODD_FIGURE : 0),
        .accepts = UFX_ACCEPT_DIGIT,
        .least = 1,
        .most = UINT8_MAX};
    struct ufx_form_place place = {.f = f, .pattern = &part};
    struct ufx_form_reading list[UFX_FORM_READINGS];
    uint32_t n =
        count > UFX_SYMBOL_FIGURES
            ? 0
            : ufx_form_read(&place, &figures, 1, chars, (uint32_t)count, list);
    uint32_t i, valid = 0, seen = 0, found[2] = {0, 0};

    for (i = 0; n <= UFX_FORM_READINGS && i < n; i++) {
        if (list[i].chars[0] == '0' || list[i].misread == 0)
            continue;
        found[0] = i;
        valid++;
        if (ufx_times_seen(f, list[i].chars, list[i].count) > 0) {
            found[1] = i;
            seen++;
        }
    }
    if (valid != 1 && seen != 1)
        return false;
    *number = list[found[valid != 1]];
    return true;
}

static void
put(struct symbol *s, const uint32_t *chars, size_t count)
{
    memcpy(s->chars + s->count, chars, count * sizeof *chars);
    s->count += count;
    s->parts++;
    s->last = NULL;
}

static void
put_row(struct symbol *s, const struct ufx_form *row, int32_t cost)
{
    size_t i;

    for (i = 0; i < row->count; i++)
        s->chars[s->count++] = row->text[i];
    s->parts++;
    s->last = row;
    s->cost += cost;
}

/* 3l, 2O: after a part that takes a number letters alone will do. */
static bool
mend_number(struct ufx_filling *f, const uint32_t *chars, size_t count,
            struct symbol *s)
{
    struct ufx_form_reading number;
    bool digit = ufx_char_count(chars, count, ufx_char_is_digit) > 0;

    /* At the end of A/BUR/66/l a letter would be none. */
    if (!digit &&
        !(is_dotted(s->last) && (s->strokes > 0 || stands_alone(s->last))) &&
        !(count == 1 && *chars == 'l' && s->strokes > 1))
        return false;
    /* There is room for what stands there: a row of figures may mean more. */
    if (!read_number(f, chars, count, digit, &number) || number.count > count)
        return false;
    /* B63 rather lost its stroke, unless the document has 863. */
    if (!ufx_char_is_digit(chars[0]) &&
        ufx_forms_find(f->rows, UFX_FORM_FIGURE, chars, 1) == NULL &&
        ufx_times_seen(f, number.chars, number.count) == 0)
        return false;
    put(s, number.chars, number.count);
    s->cost += number.cost;
    return true;
}

static bool
is_stroke(uint32_t cp)
{
    return cp == 'I' || cp == 'l' || cp == 'J' || cp == 'j' || cp == '|';
}

/* Al31, 31lL.14: one of the letters was a stroke, after the symbol's first part
 * or beside a number.  Between letters it is rather a letter. */
static bool
mend_stroke(const struct ufx_filling *f, const uint32_t *chars, size_t count,
            struct symbol *s)
{
    const struct ufx_form *left, *right, *row = NULL;
    size_t i, at = 0;

    for (i = 1; i + 1 < count; i++) {
        if (!is_stroke(chars[i]) ||
            part_kind(f, chars, i, &left) < PART_NUMBER ||
            part_kind(f, chars + i + 1, count - i - 1, &right) < PART_NUMBER)
            continue;
        if (s->parts == 0 ? !is_head(left)
                          : !ufx_char_is_digit(chars[i - 1]) &&
                                !ufx_char_is_digit(chars[i + 1]))
            continue;
        if (at > 0)
            return false;
        at = i;
        row = right;
    }
    if (at == 0)
        return false;
    put(s, chars, at);
    s->chars[s->count++] = '/';
    s->strokes++;
    put(s, chars + at + 1, count - at - 1);
    s->last = row;
    s->cost += UFX_COST_LIKELY;
    return true;
}

/* Appends the part, mended if it must be; false if it is none. */
static bool
take_part(struct ufx_filling *f, const uint32_t *chars, size_t count,
          struct symbol *s)
{
    const struct ufx_form *row;
    enum part_kind kind = part_kind(f, chars, count, &row);

    if (kind >= PART_NUMBER) {
        put(s, chars, count);
        s->last = row;
        return true;
    }
    /* rev.2, corr.1: without a symbol before it, how others write it. */
    if (s->parts == 0 &&
        ufx_char_count(chars, count, ufx_char_is_lower) == count)
        return false;
    if (s->parts == 0 ? mend_stroke(f, chars, count, s)
                      : mend_number(f, chars, count, s) ||
                            mend_stroke(f, chars, count, s))
        return true;
    /* A stroke read twice, once as a letter: /ICONF. */
    row = count > 1 && s->parts > 0 && is_stroke(chars[0])
              ? ufx_forms_find(f->rows, UFX_FORM_PART, chars + 1, count - 1)
              : NULL;
    if (row == NULL && kind == PART_NONE && s->parts > 0 &&
        ufx_forms_find(f->rows, UFX_FORM_FIGURE, chars, count) == NULL)
        row = same_letters(f, chars, count);
    if (row == NULL && count >= 3 &&
        ufx_char_count(chars, count, ufx_char_is_letter) == count)
        row = nearest(f, chars, count);
    if (row != NULL) {
        put_row(s, row, 2 * UFX_COST_LIKELY);
        return true;
    }
    if (kind != PART_UNKNOWN)
        return false;
    s->unknown = true;
    put(s, chars, count);
    return true;
}

static bool
is_part_char(uint32_t cp)
{
    return ufx_char_is_letter(cp) || ufx_char_is_digit(cp) || cp == '|';
}

/* A mark that engines print for a full stop: those beside it on the line, and
 * what the table of marks has. */
static bool
may_be_stop(const struct ufx_filling *f, uint32_t cp)
{
    const struct ufx_language *language = f->v->language;
    uint32_t i;

    if (cp == ',' || cp == ':' || cp == ';')
        return true;
    for (i = 0; i < language->mark_count; i++)
        if (language->marks[i].read == cp && language->marks[i].meant == '.')
            return true;
    return false;
}

/* The mark at `i` between two parts; 0 if the symbol ends there. */
static uint32_t
separator(const struct ufx_filling *f, const uint32_t *chars, size_t count,
          size_t i, const struct symbol *s)
{
    uint32_t cp = chars[i];

    if (i + 1 >= count || !is_part_char(chars[i + 1]))
        return 0;
    if (cp == '/' || cp == '.' || cp == '-')
        return cp;
    if (!is_dotted(s->last) || !may_be_stop(f, cp) ||
        (s->strokes == 0 && !stands_alone(s->last)) ||
        (!ufx_char_is_digit(chars[i + 1]) &&
         ufx_forms_find(f->rows, UFX_FORM_FIGURE, chars + i + 1, 1) == NULL))
        return 0;
    return '.';
}

/* Reads a symbol from the beginning of `chars`; its length, or 0. */
static size_t
read_symbol(struct ufx_filling *f, const uint32_t *chars, size_t count,
            struct symbol *s)
{
    size_t i = 0, end;

    memset(s, 0, sizeof *s);
    for (;;) {
        uint32_t mark;

        for (end = i; end < count && is_part_char(chars[end]); end++)
            continue;
        if (end == i || s->count + end - i + 4 > UFX_FORM_LONGEST ||
            !take_part(f, chars + i, end - i, s))
            return 0;
        s->alone = s->alone || (s->parts == 1 && is_dotted(s->last));
        if (s->parts == 1 && !is_head(s->last) && !s->alone)
            return 0;
        mark = end < count ? separator(f, chars, count, end, s) : 0;
        if (mark == 0)
            break;
        if (s->parts == 1 && (mark == '/' ? !is_head(s->last) : !s->alone))
            return 0;
        s->strokes += mark == '/';
        s->cost += mark != chars[end] ? UFX_COST_LIKELY : 0;
        s->chars[s->count++] = mark;
        i = end + 1;
    }
    return s->parts > 1 ? end : 0;
}

/* The segment that ends after `length` characters from `at`, or `at`. */
static uint32_t
segment_end(const struct ufx_filling *f, uint32_t at, uint32_t to,
            size_t length)
{
    uint32_t i;

    for (i = at + 1; i <= to; i++)
        if (ufx_length_of(f, at, i) == length)
            return i;
    return at;
}

static uint32_t
bracket_meant(const struct ufx_filling *f, uint32_t cp)
{
    const struct ufx_form *row =
        ufx_forms_find(f->rows, UFX_FORM_BRACKET, &cp, 1);

    return row != NULL ? row->value[0] : 0;
}

/* fA/31/399J for [A/31/399]: one of the brackets at least must be there, or
 * both be misread. */
static bool
in_brackets(struct ufx_filling *f, uint32_t at, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;
    const uint32_t *chars = ufx_chars_of(f, at);
    size_t count = ufx_length_of(f, at, to), length;
    bool opened = at > 0 && s[at].gap == UFX_GAP_NONE &&
                  s[at - 1].kind == UFX_PIECE_BRACKET_OPEN;
    bool closed = to < f->l->segment_count && s[to].gap == UFX_GAP_NONE &&
                  s[to].kind == UFX_PIECE_BRACKET_CLOSE;
    bool opens = !opened && bracket_meant(f, chars[0]) == '[';
    bool ends = !closed && bracket_meant(f, chars[count - 1]) == ']';
    uint32_t form[UFX_FORM_LONGEST];
    struct symbol symbol;
    size_t n = 0;

    if ((!opened && !opens) || (!closed && !ends) || (opened && closed) ||
        count < 5)
        return false;
    length = read_symbol(f, chars + opens, count - opens - ends, &symbol);
    if (length != count - opens - ends || symbol.strokes == 0 ||
        symbol.unknown || symbol.count + 2 > UFX_FORM_LONGEST)
        return false;
    if (opens)
        form[n++] = '[';
    memcpy(form + n, symbol.chars, symbol.count * sizeof *form);
    n += symbol.count;
    if (ends)
        form[n++] = ']';
    ufx_form_prove(f, at, to, form, n, UNFIX_CLASS_SYMBOL,
                   symbol.cost + UFX_COST_LIKELY);
    return true;
}

static bool
has_stroke(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (chars[i] == '/')
            return true;
    return false;
}

/* A letter and a figure of which engines read one for the other. */
static bool
look_alike(const struct ufx_filling *f, uint32_t letter, uint32_t figure)
{
    uint32_t i = f->rows->first[UFX_FORM_ODD_FIGURE];

    for (; i < f->rows->first[UFX_FORM_ODD_FIGURE + 1]; i++) {
        const struct ufx_form *row = &f->rows->rows[i];

        if (row->count == 1 && row->text[0] == letter &&
            row->value[0] == figure)
            return true;
    }
    return false;
}

/* 8/5068: a figure read for the letter that a symbol begins with, which the
 * document has elsewhere: S/5068. */
static bool
mend_head(struct ufx_filling *f, uint32_t at, uint32_t to)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t form[UFX_FORM_LONGEST], n = ufx_length_of(f, at, to), i;

    if (n < 4 || n > UFX_FORM_LONGEST || !ufx_char_is_digit(chars[0]) ||
        chars[1] != '/')
        return false;
    memcpy(form, chars, n * sizeof *form);
    for (i = f->rows->first[UFX_FORM_PART];
         i < f->rows->first[UFX_FORM_PART + 1]; i++) {
        const struct ufx_form *row = &f->rows->rows[i];

        form[0] = row->text[0];
        if (row->count == 1 && is_head(row) &&
            look_alike(f, form[0], chars[0]) &&
            ufx_times_seen(f, form, n) > 0) {
            ufx_form_prove(f, at, to, form, n, UNFIX_CLASS_SYMBOL,
                           UFX_COST_LIKELY);
            return true;
        }
    }
    return false;
}

/* S/PV. 1303, S/Agenda/ 1303: a blank in a symbol that the document has without
 * it. */
static bool
close_blank(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t form[UFX_FORM_LONGEST], last = at, n, more;

    while (last + 1 < f->l->segment_count && s[last + 1].gap == UFX_GAP_NONE)
        last++;
    if (last == at || last + 1 == f->l->segment_count ||
        (s[last].kind != UFX_PIECE_STOP && s[last].kind != UFX_PIECE_SLASH) ||
        s[last + 1].gap != UFX_GAP_BLANK ||
        s[last + 1].kind < UFX_PIECE_NUMBER ||
        s[last + 1].kind > UFX_PIECE_SYMBOL)
        return false;
    n = ufx_length_of(f, at, last + 1);
    more = s[last + 1].count;
    if (n + more > UFX_FORM_LONGEST || !has_stroke(ufx_chars_of(f, at), n))
        return false;
    memcpy(form, ufx_chars_of(f, at), n * sizeof *form);
    memcpy(form + n, ufx_chars_of(f, last + 1), more * sizeof *form);
    if (ufx_times_seen(f, form, n + more) == 0)
        return false;
    ufx_form_prove(f, at, last + 2, form, n + more, UNFIX_CLASS_SYMBOL,
                   UFX_COST_LIKELY);
    return true;
}

void
ufx_form_symbol(struct ufx_filling *f, uint32_t at)
{
    uint32_t to, end;
    const uint32_t *chars;
    struct symbol symbol;
    size_t count, length;

    if (!ufx_form_begins(f, at))
        return;
    to = ufx_form_token_end(f, at);
    if (to == at + 1 && f->l->segments[at].kind == UFX_PIECE_WORD)
        return; /* one word, as nearly all is */
    chars = ufx_chars_of(f, at);
    count = ufx_length_of(f, at, to);
    if (count < 3 || count > UFX_FORM_LONGEST - 4 || mend_head(f, at, to) ||
        close_blank(f, at))
        return;
    length = read_symbol(f, chars, count, &symbol);
    /* Aj7214 may be anything, unless the document has A/7214. */
    if (!has_stroke(chars, count) && !symbol.alone &&
        (length < count || ufx_times_seen(f, symbol.chars, symbol.count) == 0))
        return;
    if ((length < count || symbol.cost > 0) && in_brackets(f, at, to))
        return;
    if (length == 0 || symbol.cost == 0 ||
        /* a/c, s/n are none. */
        ufx_char_count(symbol.chars, symbol.count, ufx_char_is_digit) == 0)
        return;
    /* So written all over the document. */
    if (symbol.unknown || ufx_times_seen(f, chars, length) >= UFX_SEEN_OFTEN)
        return;
    end = segment_end(f, at, to, length);
    if (end == at)
        return;
    ufx_form_prove(f, at, end, symbol.chars, symbol.count, UNFIX_CLASS_SYMBOL,
                   symbol.cost);
}
