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
    const size_t start = document_start(document);
    const size_t n = sizeof(header) - 1;
    struct row row, last;
    bool has_last = false;

    if (document->length - start < n ||
        memcmp(document->bytes + start, header, n) != 0)
        return false;
    read_row(document, start, &row);
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

/* A number larger than those that its line has in the file. */
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

static bool
find_sides(const struct document *document, const struct unit *unit,
           int64_t sides[4])
{
    struct decimal left, width;

    if (!find_number(document, unit, UNIT_LEFT, &left) ||
        !find_number(document, unit, UNIT_WIDTH, &width))
        return false;
    sides[0] = left.value;
    sides[2] = left.value + width.value;
    sides[1] = sides[3] = 0; /* rows have their own */
    return true;
}

static size_t
fit(const struct document *document, const struct unit *unit,
    const int64_t sides[4], struct buffer texts[4], struct patch *patches)
{
    (void)document;
    decimal_write(&texts[0], sides[0], 0);
    decimal_write(&texts[1], sides[2] - sides[0], 0);
    patches[0] = (struct patch){unit->attributes[UNIT_LEFT], texts[0].data,
                                texts[0].length};
    patches[1] = (struct patch){unit->attributes[UNIT_WIDTH], texts[1].data,
                                texts[1].length};
    return 2;
}

/* A row of its own, with the next number that no repair gave: whoever takes
 * some of the repairs gets none twice. */
static void
copy_word(struct writer *writer, struct buffer *out, size_t unit,
          struct copy *copy)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const bool has_return = u->element.end < document->length &&
                            document->bytes[u->element.end] == '\r';
    const int64_t next =
        free_number(document, unit) + (int64_t)writer->added[u->line]++;
    char number[32];

    writer->cannot |= !copy->has_box;
    snprintf(number, sizeof(number), "%lld", (long long)next);
    copy->patches[copy->count++] =
        (struct patch){u->attributes[UNIT_NUMBER], number, strlen(number)};
    buffer_append(out, has_return ? "\r\n" : "\n", 1 + has_return);
    writer_copy_word(writer, out, copy, u->element, document_place(document, u),
                     SPELLING_PLAIN, NULL);
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
                                             .fit = fit,
                                             .copy = copy_word,
                                             .extent = extent,
                                             .box = find_sides};
