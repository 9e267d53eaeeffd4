/* SPDX-License-Identifier: MPL-2.0 */
/* Tables that go into the image row by row, and the verifier. */
#include "build.h"
#include "lines.h"
#include "table.h"

#include "base/limits.h"
#include "base/sort.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/forest.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rules, marks, verifier ---- */

static void
read_rules(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    const char *why;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        b->rules = tool_room(b->rules, b->rule_count, &b->rule_capacity,
                             sizeof *b->rules);
        if (!ufx_rule_parse(line, length, &b->rules[b->rule_count], &why))
            bad_line(&lines, why);
        b->rule_count++;
    }
}

/* Of equal rules (a hand-kept one may be learned as well) the cheapest, which
 * comes first. */
static void
sort_rules(struct building *b)
{
    size_t i, k, n = 0;

    ufx_sort(b->rules, b->rule_count, sizeof *b->rules, ufx_rule_compare);
    for (i = 0; i < b->rule_count; i++) {
        for (k = n; k > 0 && b->rules[k - 1].read[0] == b->rules[i].read[0];
             k--)
            if (ufx_rule_equal(&b->rules[k - 1], &b->rules[i]))
                break;
        if (k == 0 || b->rules[k - 1].read[0] != b->rules[i].read[0])
            b->rules[n++] = b->rules[i];
    }
    b->rule_count = n;
}

static uint32_t
mark_field(const struct lines *lines, const char *field, size_t length)
{
    size_t size;
    uint32_t cp;

    if (length == 0)
        return 0;
    cp = ufx_text_decode(field, length, &size);
    if (size != length || cp >= UFX_CHAR_OPAQUE)
        bad_line(lines, "not one character");
    return cp == 0x2423 ? ' ' : cp;
}

static int
compare_marks(const void *left, const void *right)
{
    const struct ufx_mark_rule *a = left, *b = right;

    if (a->read != b->read)
        return a->read < b->read ? -1 : 1;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a->meant < b->meant ? -1 : a->meant > b->meant;
}

/* READ <tab> MEANT <tab> COST, in nats. */
static void
read_marks(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *first = strchr(line, '\t');
        char *second = first == NULL ? NULL : strchr(first + 1, '\t');
        struct ufx_mark_rule rule;
        double nats;
        char *end;

        if (second == NULL)
            bad_line(&lines, "not READ <tab> MEANT <tab> COST");
        rule.read = mark_field(&lines, line, (size_t)(first - line));
        rule.meant =
            mark_field(&lines, first + 1, (size_t)(second - first - 1));
        nats = strtod(second + 1, &end);
        if (end == second + 1 || *end != '\0' || !(nats >= 0 && nats <= 1000))
            bad_line(&lines, "not a cost in nats");
        rule.cost = (uint32_t)(nats * 1000 + 0.5);
        b->marks = tool_room(b->marks, b->mark_count, &b->mark_capacity,
                             sizeof *b->marks);
        b->marks[b->mark_count++] = rule;
    }
}

/* Whole numbers, apart by blanks: the forest as it is learned. */
static void
read_verifier(struct building *b)
{
    char path[4096], *line;
    struct lines lines;
    int32_t *numbers = NULL;
    size_t length, count = 0, capacity = 0;

    if (!lines_open(&lines, b->folder, "verifier.txt", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        for (;;) {
            char *end;
            long value = strtol(line, &end, 10);

            if (end == line)
                break;
            if (value < INT32_MIN || value > INT32_MAX)
                bad_line(&lines, "a number too large");
            numbers = tool_room(numbers, count, &capacity, sizeof *numbers);
            numbers[count++] = (int32_t)value;
            line = end;
        }
        if (line[strspn(line, " \t\r")] != '\0')
            bad_line(&lines, "not a number");
    }
    if (count > 0)
        tool_need(ufx_forest_lay(&b->forest, &b->forest.memory, numbers, count),
                  path);
    free(numbers);
}

static int
compare_forms(const void *left, const void *right)
{
    const struct ufx_form *a = left, *b = right;
    int order = memcmp(a->text, b->text, sizeof a->text);

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return order != 0 ? order : memcmp(a, b, sizeof *a);
}

static void
read_pattern(struct building *b, const struct lines *lines, const char *line,
             size_t length)
{
    const char *why;

    if (b->pattern_count == UFX_PATTERNS)
        bad_line(lines, "too many patterns");
    b->patterns = tool_room(b->patterns, b->pattern_count, &b->pattern_capacity,
                            sizeof *b->patterns);
    if (!ufx_pattern_parse(line, length, &b->patterns[b->pattern_count++],
                           &why))
        bad_line(lines, why);
}

/* KIND <tab> TEXT <tab> VALUE <tab> LIMIT; or a pattern. */
static void
read_typed_forms(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    const char *why;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        if (ufx_pattern_is(line, length)) {
            read_pattern(b, &lines, line, length);
            continue;
        }
        b->forms = tool_room(b->forms, b->form_count, &b->form_capacity,
                             sizeof *b->forms);
        if (!ufx_form_parse(line, length, &b->forms[b->form_count++], &why))
            bad_line(&lines, why);
    }
    ufx_sort(b->forms, b->form_count, sizeof *b->forms, compare_forms);
}

/* ---- Kinds of words ---- */

static int
compare_kinds(const void *left, const void *right)
{
    const struct ufx_kind_row *a = left, *b = right;

    return a->key < b->key ? -1 : a->key > b->key;
}

/* The number of the kind, which is new if no row had it yet.  The first ones
 * are those of enum ufx_kind, in its order. */
static uint32_t
kind_number(struct building *b, const struct lines *lines, const char *name)
{
    const char *at = b->kind_names.data;
    const char *end = at + b->kind_names.length;
    uint32_t number = 0;

    for (; at < end; at += strlen(at) + 1, number++)
        if (strcmp(at, name) == 0)
            return number;
    if (number == UFX_KINDS - 1)
        bad_line(lines, "too many names");
    ufx_buffer_append(&b->kind_names, name, strlen(name) + 1);
    return number;
}

/* Marks a word that the dictionary has. */
#define KNOWN_KIND (UINT32_C(1) << (UFX_KINDS - 1))

static void
add_kind(struct building *b, uint32_t kind, const char *word, size_t length)
{
    uint32_t chars[UFX_TOKEN_CHARS], mask = UINT32_C(1) << kind, n;
    uint8_t letters[UFX_TOKEN_CHARS];
    size_t count = 0, i = 0, size;

    while (i < length && count < UFX_TOKEN_CHARS) {
        chars[count++] = ufx_text_decode(word + i, length - i, &size);
        i += size;
    }
    if (ufx_piece_letters(chars, count, letters)) {
        n = ufx_lexicon_find(&b->lexicon.view, letters, count);
        if (n != UFX_WORD_NONE &&
            (b->lexicon.words[n].flags & UFX_WORD_KNOWN) != 0)
            mask |= KNOWN_KIND;
    }
    b->kinds =
        tool_room(b->kinds, b->kind_count, &b->kind_capacity, sizeof *b->kinds);
    b->kinds[b->kind_count++] =
        (struct ufx_kind_row){ufx_kinds_key(chars, count), mask};
}

/* One row for each word.  A word of the language is no sign of another one, and
 * of its own words those are none that another has as well. */
static void
join_kinds(struct building *b)
{
    const uint32_t own = UINT32_C(1) << UFX_KIND_OWN;
    const uint32_t first = UINT32_C(1) << UFX_KIND_LANGUAGES;
    size_t i, n = 0;

    ufx_sort(b->kinds, b->kind_count, sizeof *b->kinds, compare_kinds);
    for (i = 0; i < b->kind_count; i++)
        if (n > 0 && b->kinds[n - 1].key == b->kinds[i].key)
            b->kinds[n - 1].mask |= b->kinds[i].mask;
        else
            b->kinds[n++] = b->kinds[i];
    b->kind_count = n;
    for (i = 0; i < n; i++) {
        uint32_t *mask = &b->kinds[i].mask;

        if ((*mask & ~KNOWN_KIND) >= first)
            *mask &= ~own;
        *mask &= *mask & KNOWN_KIND ? first - 1 : ~KNOWN_KIND;
    }
}

/* NAME <tab> words, apart by blanks. */
static void
read_kinds(struct building *b)
{
    static const char *const first[] = {"own", "first", "second", "old"};
    char path[4096], *line;
    struct lines lines;
    size_t length, i;

    for (i = 0; i < UFX_KIND_LANGUAGES; i++)
        ufx_buffer_append(&b->kind_names, first[i], strlen(first[i]) + 1);
    if (!lines_open(&lines, b->folder, "languages.tsv", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *word = strchr(line, '\t');
        uint32_t kind;

        if (word == NULL)
            bad_line(&lines, "not NAME <tab> words");
        *word++ = '\0';
        kind = kind_number(b, &lines, line);
        while (*word != '\0') {
            size_t n = strcspn(word, " ");

            if (n > 0)
                add_kind(b, kind, word, n);
            word += n + (word[n] == ' ');
        }
    }
    join_kinds(b);
}

void
build_tables(struct building *b)
{
    read_rules(b, "confusions.tsv");
    read_rules(b, "engines.tsv");
    read_rules(b, "scans.tsv");
    read_rules(b, "shapes.tsv");
    sort_rules(b);
    read_marks(b, "marks.tsv");
    read_marks(b, "marks-kept.tsv");
    ufx_sort(b->marks, b->mark_count, sizeof *b->marks, compare_marks);
    read_verifier(b);
    read_typed_forms(b, "letters.tsv");
    read_typed_forms(b, "forms.tsv");
    read_kinds(b);
}
