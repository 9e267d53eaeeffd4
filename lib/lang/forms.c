/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/forms.h"

#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* Words of `kind` are compared without case and accents. */
static bool
is_word_kind(uint8_t kind)
{
    return kind == UFX_FORM_NOUN || kind == UFX_FORM_NOUNS ||
           kind == UFX_FORM_NUMBERED || kind == UFX_FORM_MONTH ||
           kind == UFX_FORM_CITING || kind == UFX_FORM_SINCE ||
           kind == UFX_FORM_CITED;
}

static uint32_t
plain(uint32_t cp)
{
    return ufx_char_unaccented(ufx_char_lower(cp));
}

enum ufx_form_kind
ufx_form_kind_named(const char *name, size_t length)
{
    static const char *const names[UFX_FORM_KINDS] = {
        "noun",    "nouns",   "sign",       "sign-figure", "numbered",
        "numeral", "figure",  "odd-figure", "month",       "part",
        "bracket", "percent", "note",       "citing",      "of",
        "until",   "since",   "ending",     "cited",       "accent",
        "own",     "letter",  "link",       "plural",      "opening"};
    size_t kind;

    for (kind = 0; kind < UFX_FORM_KINDS; kind++)
        if (strlen(names[kind]) == length &&
            memcmp(names[kind], name, length) == 0)
            break;
    return (enum ufx_form_kind)kind;
}

size_t
ufx_form_chars(const char *field, size_t length, uint16_t *chars, size_t most)
{
    size_t i = 0, n = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(field + i, length - i, &size);

        if (n == most || cp > 0xFFFF)
            return most + 1;
        chars[n++] = (uint16_t)cp;
        i += size;
    }
    return n;
}

static bool
parse_limit(const char *field, size_t length, uint32_t *limit)
{
    size_t i;

    for (i = 0; i < length && i < 6; i++) {
        if (field[i] < '0' || field[i] > '9')
            return false;
        *limit = *limit * 10 + (uint32_t)(field[i] - '0');
    }
    return i == length;
}

const char *
ufx_form_field(const char **at, const char *end, size_t *length)
{
    const char *field = *at, *tab;

    tab = field < end ? memchr(field, '\t', (size_t)(end - field)) : NULL;
    *length = (size_t)((tab != NULL ? tab : end) - field);
    *at = tab != NULL ? tab + 1 : end;
    return field;
}

bool
ufx_form_parse(const char *line, size_t length, struct ufx_form *row,
               const char **why)
{
    const char *at = line, *end = line + length, *field;
    size_t n, i;

    memset(row, 0, sizeof *row);
    *why = "no such kind of row";
    field = ufx_form_field(&at, end, &n);
    row->kind = (uint8_t)ufx_form_kind_named(field, n);
    if (row->kind == UFX_FORM_KINDS)
        return false;
    *why = "the text must have 1 to 15 characters";
    field = ufx_form_field(&at, end, &n);
    n = ufx_form_chars(field, n, row->text, UFX_FORM_CHARS);
    if (n == 0 || n > UFX_FORM_CHARS)
        return false;
    row->count = (uint8_t)n;
    for (i = 0; i < n && is_word_kind(row->kind); i++)
        row->text[i] = (uint16_t)plain(row->text[i]);
    *why = "the value may have 3 characters";
    field = ufx_form_field(&at, end, &n);
    if (ufx_form_chars(field, n, row->value, UFX_FORM_VALUE) > UFX_FORM_VALUE)
        return false;
    *why = "the limit must be a number";
    field = ufx_form_field(&at, end, &n);
    return parse_limit(field, n, &row->limit) && at == end;
}

bool
ufx_forms_index(struct ufx_forms *forms, const struct ufx_form *rows,
                uint32_t count)
{
    uint32_t i = 0, kind;

    forms->rows = rows;
    for (kind = 0; kind < UFX_FORM_KINDS; kind++) {
        forms->first[kind] = i;
        forms->lengths[kind] = 0;
        forms->beginnings[kind] = 0;
        for (; i < count && rows[i].kind == kind &&
               rows[i].count <= UFX_FORM_CHARS;
             i++) {
            forms->lengths[kind] |= 1u << rows[i].count;
            forms->beginnings[kind] |= UINT64_C(1) << rows[i].text[0] % 64;
        }
    }
    forms->first[kind] = i;
    return i == count;
}

const struct ufx_form *
ufx_forms_find(const struct ufx_forms *forms, enum ufx_form_kind kind,
               const uint32_t *chars, size_t count)
{
    uint32_t i;
    size_t k;

    if (count == 0 || count > UFX_FORM_CHARS ||
        (forms->lengths[kind] >> count & 1) == 0 ||
        (forms->beginnings[kind] >> chars[0] % 64 & 1) == 0)
        return NULL;
    for (i = forms->first[kind]; i < forms->first[kind + 1]; i++) {
        const struct ufx_form *row = &forms->rows[i];

        for (k = 0; k < count && k < row->count; k++)
            if (row->text[k] != chars[k])
                break;
        if (k == count && k == row->count)
            return row;
    }
    return NULL;
}

const struct ufx_form *
ufx_forms_have(const struct ufx_forms *forms, enum ufx_form_kind kind,
               uint32_t cp, uint32_t value)
{
    const struct ufx_form *row = ufx_forms_find(forms, kind, &cp, 1);

    return row != NULL && (value == 0 || row->value[0] == value) ? row : NULL;
}

const struct ufx_form *
ufx_forms_find_word(const struct ufx_forms *forms, enum ufx_form_kind kind,
                    const uint32_t *chars, size_t count)
{
    uint32_t word[UFX_FORM_CHARS];
    size_t i;

    if (count == 0 || count > UFX_FORM_CHARS ||
        (forms->lengths[kind] >> count & 1) == 0)
        return NULL;
    word[0] = plain(chars[0]);
    if ((forms->beginnings[kind] >> word[0] % 64 & 1) == 0)
        return NULL;
    for (i = 1; i < count; i++)
        word[i] = plain(chars[i]);
    return ufx_forms_find(forms, kind, word, count);
}

const struct ufx_form *
ufx_forms_match(const struct ufx_forms *forms, enum ufx_form_kind kind,
                const uint32_t *chars, size_t count)
{
    return is_word_kind((uint8_t)kind)
               ? ufx_forms_find_word(forms, kind, chars, count)
               : ufx_forms_find(forms, kind, chars, count);
}
