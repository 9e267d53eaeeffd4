/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Tesseract's TSV: a row for each page, block, paragraph, line and word.  A
 * word's copy gets a number that no word of its line has: those after it keep
 * theirs.
 */
#include "format/writer.h"

#include <stdio.h>
#include <string.h>

static const char header[] =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\t"
    "width\theight\tconf\ttext";

enum {
    LEVEL,
    PAGE,
    BLOCK,
    PARAGRAPH,
    LINE,
    WORD,
    LEFT,
    TOP,
    WIDTH,
    HEIGHT,
    CONFIDENCE,
    TEXT,
    COLUMNS
};

/* As a unit keeps them. */
enum {
    UNIT_NUMBER,
    UNIT_LEFT,
    UNIT_WIDTH
};

struct row {
    struct span place; /* without the end of line */
    struct span columns[COLUMNS];
    size_t next;
};

/* The row at `at`; false if it has other columns. */
static bool
read_row(const struct document *document, size_t at, struct row *row)
{
    const char *bytes = document->bytes;
    const char *newline = memchr(bytes + at, '\n', document->length - at);
    size_t end = newline == NULL ? document->length : (size_t)(newline - bytes);
    size_t count = 0;

    row->next = newline == NULL ? end : end + 1;
    end -= end > at && bytes[end - 1] == '\r';
    row->place = (struct span){at, end};
    for (; count < COLUMNS; count++) {
        const char *tab = memchr(bytes + at, '\t', end - at);

        row->columns[count].start = at;
        row->columns[count].end =
            tab == NULL || count == TEXT ? end : (size_t)(tab - bytes);
        if (tab == NULL || count == TEXT)
            break;
        at = row->columns[count].end + 1;
    }
    return count == TEXT && memchr(bytes + at, '\t', end - at) == NULL;
}

static bool
is_same(const struct document *document, struct span a, struct span b)
{
    return a.end - a.start == b.end - b.start &&
           memcmp(document->bytes + a.start, document->bytes + b.start,
                  a.end - a.start) == 0;
}

static enum glue
find_glue(const struct document *document, const struct row *last,
          const struct row *row)
{
    for (int i = PAGE; i <= LINE; i++) {
        if (!is_same(document, last->columns[i], row->columns[i]))
            return i == PAGE   ? GLUE_PAGE
                   : i == LINE ? GLUE_LINE
                               : GLUE_PARAGRAPH;
    }
    return GLUE_BLANK;
}

static void
read_word(struct document *document, const struct row *row)
{
    const struct span text = document_inner(document, row->columns[TEXT]);
    struct unit *unit = document_begin_unit(document, row->place.start);

    if (unit == NULL)
        return;
    unit->attributes[UNIT_NUMBER] = row->columns[WORD];
    unit->attributes[UNIT_LEFT] = row->columns[LEFT];
    unit->attributes[UNIT_WIDTH] = row->columns[WIDTH];
    document_say(document, row->columns[CONFIDENCE], 100);
    document_add(document, document->bytes + text.start, text.end - text.start,
                 text, SPELLING_PLAIN, false);
    unit->is_free =
        text.end > text.start && memchr(document->bytes + text.start, ' ',
                                        text.end - text.start) != NULL;
    document_end_unit(document, row->place.end);
}

static bool
read_tesseract(struct document *document)
{
    const size_t n = sizeof(header) - 1;
    struct row row, last;
    bool has_last = false;

    if (document->length < n || memcmp(document->bytes, header, n) != 0)
        return false;
    read_row(document, 0, &row);
    while (row.next < document->length && !document->failed) {
        if (!read_row(document, row.next, &row) ||
            row.columns[LEVEL].end - row.columns[LEVEL].start != 1 ||
            document->bytes[row.columns[LEVEL].start] != '5')
            continue;
        if (has_last)
            document_part(document, find_glue(document, &last, &row));
        read_word(document, &row);
        last = row;
        has_last = true;
    }
    return !document->failed;
}

/* ---- Writing ------------------------------------------------------------- */

static bool
find_number(const struct document *document, const struct unit *u, int which,
            struct decimal *number)
{
    const struct span place = u->attributes[which];

    return decimal_read(document->bytes + place.start, place.end - place.start,
                        number) > 0;
}

/* A number larger than those of its line. */
static int64_t
free_number(const struct document *document, size_t unit)
{
    const struct unit *units = document->units;
    int64_t most = 0;
    size_t at = unit;

    while (at > 0 && units[at - 1].line == units[unit].line)
        at--;
    for (; at < document->unit_count && units[at].line == units[unit].line;
         at++) {
        struct decimal number;

        if (find_number(document, &units[at], UNIT_NUMBER, &number) &&
            number.value > most)
            most = number.value;
    }
    return most / 1000000 + 1;
}

static void
write_words(struct writer *writer, size_t first, const struct words *words,
            int64_t start, int64_t end)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[first];
    const bool has_return = u->element.end < document->length &&
                            document->bytes[u->element.end] == '\r';
    const int64_t number = free_number(document, first);
    struct buffer out = {0}, left = {0}, width = {0};
    const char *word;
    size_t length, at = 0;

    for (size_t i = 0; words_next(words, &at, &word, &length); i++) {
        int64_t from = start, to = end;
        char text[32];

        words_share(words, i, start, end, &from, &to);
        buffer_clear(&left);
        buffer_clear(&width);
        decimal_write(&left, from, 0);
        decimal_write(&width, to - from, 0);
        writer->repaired->failed |= left.failed || width.failed;
        snprintf(text, sizeof(text), "%lld",
                 (long long)(number + (int64_t)i - 1));
        if (i > 0) {
            const size_t place = document_anchor(
                document->anchors, document->anchor_count, u->text);
            struct patch patches[] = {
                {u->attributes[UNIT_NUMBER], text, strlen(text)},
                {u->attributes[UNIT_LEFT], left.data, left.length},
                {u->attributes[UNIT_WIDTH], width.data, width.length},
                {{document->anchors[place].place +
                      (u->text - document->anchors[place].text),
                  document->anchors[place].place +
                      (u->end - document->anchors[place].text)},
                 word,
                 length}};

            buffer_append(&out, has_return ? "\r\n" : "\n", 1 + has_return);
            writer_copy(writer, &out, u->element, patches, 4);
            continue;
        }
        writer_edit(writer, u->attributes[UNIT_LEFT].start,
                    u->attributes[UNIT_LEFT].end, left.data, left.length);
        writer_edit(writer, u->attributes[UNIT_WIDTH].start,
                    u->attributes[UNIT_WIDTH].end, width.data, width.length);
        writer_replace(writer, (struct span){u->text, u->end}, word, length);
    }
    writer_edit(writer, u->element.end, u->element.end, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
    buffer_free(&left);
    buffer_free(&width);
}

static void
rewrite(struct writer *writer, size_t first, size_t last,
        const struct words *words)
{
    const struct document *document = writer->document;
    const struct unit *units = document->units;
    struct decimal left, width;
    int64_t start, end;

    if (!find_number(document, &units[first], UNIT_LEFT, &left) ||
        !find_number(document, &units[first], UNIT_WIDTH, &width)) {
        writer->cannot = true;
        return;
    }
    start = left.value;
    end = start + width.value;
    for (size_t i = first + 1; i <= last; i++) {
        if (units[i].line == units[first].line &&
            find_number(document, &units[i], UNIT_LEFT, &left) &&
            find_number(document, &units[i], UNIT_WIDTH, &width)) {
            start = left.value < start ? left.value : start;
            end =
                left.value + width.value > end ? left.value + width.value : end;
        }
        writer_erase(writer, i);
    }
    write_words(writer, first, words, start, end);
}

/* A row, with the end of the line before it. */
static struct span
extent(const struct document *document, size_t unit, bool is_first)
{
    struct span place = document->units[unit].element;

    (void)is_first;
    place.start -= place.start > 0;
    place.start -= place.start > 0 && document->bytes[place.start - 1] == '\r';
    return place;
}

const struct file_format format_tesseract = {.name = "tesseract-tsv",
                                             .read = read_tesseract,
                                             .rewrite = rewrite,
                                             .extent = extent};
