/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/patterns.h"

#include "lang/pieces.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* A word of a field, without what parts it from the next. */
struct word {
    const char *at;
    size_t length;
};

static bool
is(const struct word *w, const char *text)
{
    return w->length == strlen(text) && memcmp(w->at, text, w->length) == 0;
}

static bool
is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
find_name(const struct word *w, const char *const *names, size_t count)
{
    size_t i;

    for (i = 0; i < count && !is(w, names[i]); i++)
        ;
    return i;
}

/* The next word of [*at, end), which `mark` ends; false if there is none. */
static bool
next_word(const char **at, const char *end, char mark, struct word *w)
{
    const char *found;

    if (*at >= end)
        return false;
    w->at = *at;
    found = memchr(w->at, mark, (size_t)(end - w->at));
    w->length = (size_t)((found != NULL ? found : end) - w->at);
    *at = found != NULL ? found + 1 : end;
    return true;
}

static bool
ends_with(struct word *w, char c)
{
    if (w->length < 2 || w->at[w->length - 1] != c)
        return false;
    w->length--;
    return true;
}

/* ---- The context ---- */

#define BIT(kind) (UINT64_C(1) << (kind))
#define NUMBERS                                                                \
    (BIT(UFX_PIECE_NUMBER) | BIT(UFX_PIECE_DAY) | BIT(UFX_PIECE_YEAR))
#define ORDINALS (BIT(UFX_PIECE_ORDINAL_M) | BIT(UFX_PIECE_ORDINAL_F))

static bool
parse_fit(const struct word *w, struct ufx_part *part)
{
    /* In the order of enum ufx_fit. */
    static const char *const names[] = {"^", "^^",      "a",   "Aa",
                                        "A", "numeral", "item"};
    static const uint64_t classes[] = {
        0,
        0,
        BIT(UFX_PIECE_WORD),
        BIT(UFX_PIECE_WORD) | BIT(UFX_PIECE_ROMAN),
        BIT(UFX_PIECE_WORD) | BIT(UFX_PIECE_ROMAN),
        BIT(UFX_PIECE_WORD) | BIT(UFX_PIECE_ROMAN) | BIT(UFX_PIECE_MIXED) |
            BIT(UFX_PIECE_NUMBER) | BIT(UFX_PIECE_DAY),
        NUMBERS | ORDINALS};
    size_t i = find_name(w, names, sizeof names / sizeof *names);

    if (i == sizeof names / sizeof *names)
        return false;
    part->fit = (uint8_t)(i + UFX_FIT_LINE);
    part->classes |= classes[i];
    return true;
}

static bool
parse_alternative(const struct word *w, struct ufx_part *part)
{
    enum ufx_form_kind kind = ufx_form_kind_named(w->at, w->length);
    uint32_t i;

    if (parse_fit(w, part))
        return true;
    if (is(w, "word")) {
        part->classes |= BIT(UFX_PIECE_WORD);
        return true;
    }
    if (is(w, "number")) {
        part->classes |= NUMBERS | BIT(UFX_PIECE_RATIO);
        return true;
    }
    for (i = 0; i < UFX_PIECE_CLASSES; i++)
        if (is(w, ufx_piece_name((enum ufx_piece_class)i))) {
            part->classes |= BIT(i);
            return true;
        }
    if (kind == UFX_FORM_KINDS)
        return false;
    part->rows |= UINT32_C(1) << kind;
    return true;
}

static bool
parse_part(struct word w, struct ufx_part *part)
{
    const char *at, *end;
    struct word name;

    if (w.length > 1 && (*w.at == '+' || *w.at == '~')) {
        part->glue = *w.at == '+' ? UFX_GLUE_NONE : UFX_GLUE_ANY;
        w.at++;
        w.length--;
    }
    if (ends_with(&w, '?'))
        part->times = UFX_TIMES_MAYBE;
    else if (ends_with(&w, '*'))
        part->times = UFX_TIMES_SERIES;
    at = w.at;
    end = w.at + w.length;
    while (next_word(&at, end, '|', &name))
        if (!parse_alternative(&name, part))
            return false;
    return true;
}

static bool
parse_context(const char *field, size_t length, struct ufx_part *parts,
              uint8_t *count, bool backwards)
{
    const char *at = field, *end = field + length;
    struct word w;
    uint8_t i;

    while (next_word(&at, end, ' ', &w))
        if (*count == UFX_PATTERN_PARTS || !parse_part(w, &parts[(*count)++]))
            return false;
    for (i = 0; backwards && i < *count / 2; i++) {
        struct ufx_part part = parts[i];

        parts[i] = parts[*count - 1 - i];
        parts[*count - 1 - i] = part;
    }
    return true;
}

/* ---- The form ---- */

/* {2}, {2,6}, + or nothing. */
static bool
parse_times(struct word *w, struct ufx_read *read)
{
    const char *c;

    read->least = read->most = 1;
    if (ends_with(w, '+')) {
        read->most = UINT8_MAX;
        return true;
    }
    if (!ends_with(w, '}'))
        return true;
    for (c = w->at + w->length; c > w->at && *c != '{'; c--)
        ;
    if (c == w->at || !is_figure(c[1]))
        return false;
    read->least = read->most = (uint8_t)(c[1] - '0');
    if (c[2] == ',' && is_figure(c[3])) {
        read->most = (uint8_t)(c[3] - '0');
        if (c[4] != '}' || read->most < read->least)
            return false;
    } else if (c[2] != '}') {
        return false;
    }
    w->length = (size_t)(c - w->at);
    return true;
}

/* =x, =sign, =ending behind the times. */
static bool
parse_output(struct word *w, struct ufx_read *read)
{
    const char *c = w->at + w->length;
    struct word name;

    while (c > w->at && *--c != '=')
        ;
    /* `=` alone is what is read, and means nothing else. */
    if (c == w->at)
        return true;
    name.at = c + 1;
    name.length = (size_t)(w->at + w->length - c) - 1;
    w->length = (size_t)(c - w->at);
    if (is(&name, "sign"))
        read->output = UFX_OUTPUT_SIGN;
    else if (is(&name, "ending"))
        read->output = UFX_OUTPUT_ENDING;
    else
        read->output = UFX_OUTPUT_TEXT;
    return read->output != UFX_OUTPUT_TEXT ||
           ufx_form_chars(name.at, name.length, read->text, UFX_FORM_VALUE) <=
               UFX_FORM_VALUE;
}

static bool
parse_read(struct word w, struct ufx_read *read)
{
    static const char *const names[] = {"9", "IVX", "A", "a", "lost"};
    const char *at, *end;
    struct word name;

    if (!parse_output(&w, read) || !parse_times(&w, read))
        return false;
    if (*w.at == '[' && w.length > 2) {
        const char *close = w.at + 2;

        end = w.at + w.length;
        while (close < end && *close != ']')
            close++;
        if (close == end ||
            ufx_form_chars(w.at + 1, (size_t)(close - w.at) - 1, read->set,
                           UFX_PATTERN_SET - 1) >= UFX_PATTERN_SET)
            return false;
        w.at = close + 1;
        w.length = (size_t)(end - w.at);
        if (w.length > 0 && *w.at == '|') {
            w.at++;
            w.length--;
        }
    }
    at = w.at;
    end = w.at + w.length;
    while (next_word(&at, end, '|', &name)) {
        size_t i = find_name(&name, names, sizeof names / sizeof *names);
        enum ufx_form_kind kind = ufx_form_kind_named(name.at, name.length);

        if (i < sizeof names / sizeof *names)
            read->accepts |= (uint8_t)(1u << i);
        else if (kind < UFX_FORM_KINDS)
            read->rows |= UINT32_C(1) << kind;
        else
            return false;
    }
    return true;
}

static bool
parse_reads(const char *field, size_t length, struct ufx_pattern *p)
{
    const char *at = field, *end = field + length;
    struct word w;

    while (next_word(&at, end, ' ', &w))
        if (p->read_count == UFX_PATTERN_READS ||
            !parse_read(w, &p->reads[p->read_count++]))
            return false;
    return true;
}

/* ---- The row ---- */

static bool
parse_class(const struct word *w, struct ufx_pattern *p)
{
    static const struct {
        const char *name;
        unfix_class class;
    } classes[] = {
        {"date", UNFIX_CLASS_DATE},     {"list", UNFIX_CLASS_LIST},
        {"number", UNFIX_CLASS_NUMBER}, {"ordinal", UNFIX_CLASS_ORDINAL},
        {"roman", UNFIX_CLASS_ROMAN},   {"symbol", UNFIX_CLASS_SYMBOL}};
    size_t i;

    for (i = 0; i < sizeof classes / sizeof *classes; i++)
        if (is(w, classes[i].name)) {
            p->class = (uint8_t)classes[i].class;
            return true;
        }
    return false;
}

static bool
parse_valid(const struct word *w, struct ufx_pattern *p)
{
    static const char *const names[UFX_VALID_KINDS] = {
        "any",      "day",      "year",    "number",   "ratio",   "item",
        "heads",    "unopened", "ordinal", "series",   "part",    "lost",
        "lettered", "stop",     "open",    "unclosed", "numeral", "bracketed",
        "session",  "heading",  "roman",   "noted",    "first"};

    p->valid = (uint8_t)find_name(w, names, UFX_VALID_KINDS);
    return p->valid < UFX_VALID_KINDS;
}

static bool
parse_how(const struct word *w, struct ufx_pattern *p)
{
    static const char *const names[] = {"", "", "offer", "prove"};

    p->how = (uint8_t)find_name(w, names, 4);
    return p->how == UFX_HOW_OFFER || p->how == UFX_HOW_PROVE;
}

static bool
parse_cost(const struct word *w, uint32_t *cost)
{
    size_t i;

    for (i = 0; i < w->length && i < 6; i++) {
        if (!is_figure(w->at[i]))
            return false;
        *cost = *cost * 10 + (uint32_t)(w->at[i] - '0');
    }
    return i == w->length;
}

bool
ufx_pattern_is(const char *line, size_t length)
{
    return length > 5 && memcmp(line, "form\t", 5) == 0;
}

bool
ufx_pattern_parse(const char *line, size_t length, struct ufx_pattern *p,
                  const char **why)
{
    const char *at = line, *end = line + length;
    struct word f[9];
    size_t i;

    memset(p, 0, sizeof *p);
    for (i = 0; i < 9; i++)
        f[i].at = ufx_form_field(&at, end, &f[i].length);
    *why = "no class of forms";
    if (!parse_class(&f[1], p))
        return false;
    *why = "no such context";
    if (!parse_context(f[2].at, f[2].length, p->before, &p->before_count,
                       true) ||
        !parse_context(f[4].at, f[4].length, p->after, &p->after_count, false))
        return false;
    *why = "no such form";
    if (!parse_reads(f[3].at, f[3].length, p))
        return false;
    *why = "nobody of that name says what is valid";
    if (!parse_valid(&f[5], p))
        return false;
    *why = "a form is proven or offered, at a cost";
    return parse_how(&f[6], p) && f[7].length > 0 &&
           parse_cost(&f[7], &p->cost) && parse_cost(&f[8], &p->doubt) &&
           at == end;
}

/* ---- All of them ---- */

static bool
is_sound(const struct ufx_pattern *p)
{
    uint32_t i;

    if (p->before_count > UFX_PATTERN_PARTS ||
        p->after_count > UFX_PATTERN_PARTS ||
        p->read_count > UFX_PATTERN_READS || p->class >= UNFIX_CLASS_COUNT ||
        p->valid >= UFX_VALID_KINDS || p->cost > UFX_PATTERN_COST ||
        p->doubt > UFX_PATTERN_COST ||
        (p->how != UFX_HOW_OFFER && p->how != UFX_HOW_PROVE))
        return false;
    for (i = 0; i < p->read_count; i++)
        if (p->reads[i].set[UFX_PATTERN_SET - 1] != 0)
            return false;
    return true;
}

/* The characters that an item may begin with, modulo 64. */
static uint64_t
begins_with(const struct ufx_read *read, const struct ufx_forms *forms)
{
    uint64_t bits = 0;
    uint32_t i;

    if (read->accepts & ~(UFX_ACCEPT_DIGIT | UFX_ACCEPT_NUMERAL))
        return UINT64_MAX;
    for (i = '0'; i <= '9' && (read->accepts & UFX_ACCEPT_DIGIT); i++)
        bits |= BIT(i % 64);
    if (read->accepts & UFX_ACCEPT_NUMERAL)
        bits |= BIT('I' % 64) | BIT('V' % 64) | BIT('X' % 64);
    for (i = 0; read->set[i] != 0; i++)
        bits |= BIT(read->set[i] % 64);
    for (i = 0; i < UFX_FORM_KINDS; i++)
        if (read->rows >> i & 1)
            bits |= forms->beginnings[i];
    return bits;
}

static void
note_char(struct ufx_patterns *patterns, uint32_t number, uint32_t cp)
{
    patterns->within[cp < UFX_PATTERN_OTHER ? cp : UFX_PATTERN_OTHER] |=
        BIT(number);
}

static void
note_range(struct ufx_patterns *patterns, uint32_t number, char first,
           char last)
{
    for (; first <= last; first++)
        note_char(patterns, number, (uint32_t)first);
}

/* All characters that an item of the pattern may have. */
static void
note_item(struct ufx_patterns *patterns, uint32_t number,
          const struct ufx_read *read, const struct ufx_forms *forms)
{
    uint32_t i, k, kind;

    if (read->accepts & UFX_ACCEPT_DIGIT)
        note_range(patterns, number, '0', '9');
    if (read->accepts & UFX_ACCEPT_NUMERAL) {
        note_char(patterns, number, 'I');
        note_char(patterns, number, 'V');
        note_char(patterns, number, 'X');
    }
    if (read->accepts & UFX_ACCEPT_CAPITAL)
        note_range(patterns, number, 'A', 'Z');
    if (read->accepts & UFX_ACCEPT_SMALL)
        note_range(patterns, number, 'a', 'z');
    if (read->accepts & (UFX_ACCEPT_CAPITAL | UFX_ACCEPT_SMALL))
        note_char(patterns, number, UFX_PATTERN_OTHER);
    for (i = 0; read->set[i] != 0; i++)
        note_char(patterns, number, read->set[i]);
    for (kind = 0; kind < UFX_FORM_KINDS; kind++)
        for (i = forms->first[kind];
             (read->rows >> kind & 1) && i < forms->first[kind + 1]; i++)
            for (k = 0; k < forms->rows[i].count && k < UFX_FORM_CHARS; k++)
                note_char(patterns, number, forms->rows[i].text[k]);
}

uint64_t
ufx_patterns_with(const struct ufx_patterns *patterns, const uint32_t *chars,
                  size_t count)
{
    uint64_t left = count > 0 ? patterns->begin[chars[0] % 64] : 0;
    size_t i;

    for (i = 0; i < count && left != 0; i++)
        left &=
            patterns->within[chars[i] < UFX_PATTERN_OTHER ? chars[i]
                                                          : UFX_PATTERN_OTHER];
    return left;
}

bool
ufx_patterns_index(struct ufx_patterns *patterns,
                   const struct ufx_pattern *list, uint32_t count,
                   const struct ufx_forms *forms)
{
    uint32_t i, c, k;

    if (count > UFX_PATTERNS)
        return false;
    memset(patterns, 0, sizeof *patterns);
    patterns->list = list;
    patterns->count = count;
    for (i = 0; i < count; i++) {
        uint64_t bits;

        if (!is_sound(&list[i]))
            return false;
        bits = list[i].read_count > 0 ? begins_with(&list[i].reads[0], forms)
                                      : UINT64_MAX;
        for (c = 0; c < 64; c++)
            if (bits >> c & 1)
                patterns->begin[c] |= BIT(i);
        for (k = 0; k < list[i].read_count; k++)
            note_item(patterns, i, &list[i].reads[k], forms);
    }
    return true;
}
