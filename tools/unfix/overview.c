/* SPDX-License-Identifier: MPL-2.0 */
#include "overview.h"

#include "piece.h"
#include "shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A document looks unreadable if of a thousand words so many stay unknown
 * although so many were mended: pages of which people got 95 and more of 100
 * words right have up to 25 and 43 unknown ones, a page with 80 has 80, and a
 * newspaper of which half is rubble 36 to 80.  Without the second, catalogues
 * and names would look so. */
#define RESCAN_UNKNOWN 45
#define RESCAN_MADE 20

/* Fewer words tell nothing. */
#define RESCAN_WORDS 50

/* ---- Fields -------------------------------------------------------------- */

static void
put_number(struct output *output, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "\t%" PRIu64, number);
    output_puts(output, text);
}

/* What is no harmless letter is a blank. */
static void
put_text(struct output *output, const char *text)
{
    size_t length = strlen(text);

    output_puts(output, "\t");
    while (length > 0) {
        const size_t plain = shown_harmless(text, length, false);
        char escape[SHOWN_ROOM];
        size_t step = 0;

        output_write(output, text, plain);
        if (plain < length) {
            step = shown_escape(text + plain, length - plain, escape);
            output_puts(output, " ");
        }
        text += plain + step;
        length -= plain + step;
    }
}

static void
put_row(struct output *output, const char *of, const char *what,
        uint64_t number)
{
    output_puts(output, of);
    put_text(output, what);
    put_number(output, number);
    output_puts(output, "\n");
}

/* ---- Documents ----------------------------------------------------------- */

static bool
looks_unreadable(const unfix_survey *survey, uint64_t made)
{
    const uint64_t words = unfix_survey_words(survey);
    const uint64_t unknown = unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN);

    return words >= RESCAN_WORDS && 1000 * unknown >= RESCAN_UNKNOWN * words &&
           1000 * made >= RESCAN_MADE * words;
}

/* NULL when out of memory. */
static struct overview_language *
find_language(struct overview *overview, const char *tag)
{
    const size_t number = lookup_find(&overview->tags, tag);
    const size_t count = overview->tags.count;
    struct overview_language *items = overview->languages;

    if (number != LOOKUP_NONE)
        return &items[number];
    if (count == overview->capacity) {
        items = realloc(items, (count * 2 + 8) * sizeof(*items));
        if (items == NULL)
            return NULL;
        overview->languages = items;
        overview->capacity = count * 2 + 8;
    }
    items[count] = (struct overview_language){.tag = strdup(tag)};
    if (items[count].tag == NULL ||
        !lookup_add(&overview->tags, items[count].tag)) {
        free(items[count].tag);
        return NULL;
    }
    return &items[count];
}

bool
overview_document(struct overview *overview, const char *name,
                  const unfix_survey *survey, uint64_t made,
                  struct output *output)
{
    const bool is_rescan = looks_unreadable(survey, made);
    struct overview_language *language =
        find_language(overview, unfix_survey_language(survey));
    char damage[SURVEY_LINE];

    if (language == NULL)
        return false;
    language->documents++;
    language->words += unfix_survey_words(survey);
    overview->rescans += is_rescan;
    output_puts(output, "document");
    put_text(output, name);
    put_text(output, unfix_survey_language(survey));
    put_text(output, unfix_survey_spelling(survey));
    put_text(output, unfix_survey_form(survey));
    put_text(output, unfix_survey_person(survey));
    put_number(output, unfix_survey_words(survey));
    put_number(output, made);
    for (int i = 0; i < UNFIX_LEFT_COUNT; i++)
        put_number(output, unfix_survey_left(survey, (unfix_left)i));
    put_text(output, is_rescan ? "rescan" : "-");
    unfix_survey_damage(survey, damage, sizeof(damage));
    put_text(output, damage);
    output_puts(output, "\n");
    return true;
}

/* ---- All of them --------------------------------------------------------- */

static int
compare_languages(const void *left, const void *right)
{
    const struct overview_language *a = left;
    const struct overview_language *b = right;

    if (a->words != b->words)
        return a->words < b->words ? 1 : -1;
    return strcmp(a->tag, b->tag);
}

static void
write_languages(struct overview *overview, struct output *output)
{
    struct overview_language *items = overview->languages;

    if (overview->tags.count > 0)
        qsort(items, overview->tags.count, sizeof(*items), compare_languages);
    for (size_t i = 0; i < overview->tags.count; i++) {
        output_puts(output, "language");
        put_text(output, items[i].tag);
        put_number(output, items[i].documents);
        put_number(output, items[i].words);
        output_puts(output, "\n");
    }
}

static void
write_left(const struct totals *totals, struct output *output)
{
    static const char *const names[UNFIX_LEFT_COUNT] = {"foreign", "old",
                                                        "syntax", "unknown"};

    for (int i = 0; i < UNFIX_LEFT_COUNT; i++)
        put_row(output, "words", names[i],
                unfix_survey_left(totals->survey, (unfix_left)i));
    put_row(output, "bytes", "unsearched", totals->unsearched);
    put_row(output, "files", "no text", totals->left_alone);
    put_row(output, "files", "hidden", totals->hidden);
    put_row(output, "files", "links", totals->links);
    put_row(output, "files", "excluded", totals->others);
}

static void
write_damage(const unfix_survey *survey, struct output *output)
{
    char damage[SURVEY_LINE];

    if (unfix_survey_damage(survey, damage, sizeof(damage)) == 0)
        return;
    output_puts(output, "damage");
    put_text(output, damage);
    output_puts(output, "\n");
}

static void
write_series(const struct series *series, struct output *output)
{
    output_puts(output, "series");
    put_text(output, series->reason);
    put_number(output, series->applied);
    put_number(output, series->proposed);
    put_number(output, series->applied > 0
                           ? (series->confidence + series->applied / 2) /
                                 series->applied
                           : 0);
    put_text(output, series->example);
    output_puts(output, "\n");
}

void
overview_write(struct overview *overview, const struct totals *totals,
               struct series_list *series, struct output *output)
{
    put_row(output, "all", "documents", totals->files);
    put_row(output, "all", "rescan", overview->rescans);
    put_row(output, "all", "words", totals->words);
    put_row(output, "all", "made", totals->applied);
    put_row(output, "all", "proposed", totals->proposed);
    put_row(output, "all", "rejected", totals->rejected);
    put_row(output, "all", "wrong", (totals->harm + 500) / 1000);
    write_languages(overview, output);
    for (int k = 0; k < UNFIX_CLASS_COUNT; k++) {
        if (totals->classes[k] > 0)
            put_row(output, "class", unfix_class_name((unfix_class)k),
                    totals->classes[k]);
    }
    write_left(totals, output);
    write_damage(totals->survey, output);
    series_sort(series);
    for (size_t i = 0; i < series->reasons.count; i++)
        write_series(&series->items[i], output);
}

void
overview_free(struct overview *overview)
{
    for (size_t i = 0; i < overview->tags.count; i++)
        free(overview->languages[i].tag);
    free(overview->languages);
    lookup_free(&overview->tags);
    *overview = (struct overview){0};
}
