/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Tables with a head: CSV (RFC 4180; commas, or semicolons where the head has
 * those) and TSV.  One column is text, each cell a paragraph; the rest stays.
 */
#include "format/format.h"

#include <string.h>

static const char default_field[] = "text";

struct cell {
    struct span inside;
    bool is_quoted;
    bool ends_row;
    size_t next;
};

/* The cell at `at`; false if its quotes do not end. */
static bool
read_cell(const struct document *document, size_t at, char separator,
          struct cell *cell)
{
    const char *bytes = document->bytes;
    const size_t length = document->length;

    cell->is_quoted = separator != '\t' && at < length && bytes[at] == '"';
    cell->inside.start = at + cell->is_quoted;
    for (at = cell->inside.start; cell->is_quoted; at++) {
        if (at >= length)
            return false;
        if (bytes[at] != '"')
            continue;
        if (at + 1 >= length || bytes[at + 1] != '"')
            break;
        at++;
    }
    cell->inside.end = at;
    at += cell->is_quoted;
    while (at < length && bytes[at] != separator && bytes[at] != '\n')
        at++;
    if (!cell->is_quoted)
        cell->inside.end =
            at - (at > cell->inside.start && bytes[at - 1] == '\r');
    cell->ends_row = at >= length || bytes[at] == '\n';
    cell->next = at < length ? at + 1 : at;
    return true;
}

/* By the head, of which what stands in quotes parts nothing.  Quotes begin
 * where a cell begins, or again where they ended. */
static char
find_separator(const struct document *document)
{
    size_t commas = 0, semicolons = 0;
    char last = ',';
    bool is_quoted = false;

    if (document->format == &format_tsv)
        return '\t';
    for (size_t i = document_start(document);
         i < document->length && (is_quoted || document->bytes[i] != '\n');
         i++) {
        const char byte = document->bytes[i];

        if (byte == '"')
            is_quoted = !is_quoted && strchr(",;\"", last) != NULL;
        commas += !is_quoted && byte == ',';
        semicolons += !is_quoted && byte == ';';
        last = byte;
    }
    return semicolons > commas ? ';' : ',';
}

/* A quote within quotes is written twice. */
static void
read_quoted(struct document *document, struct span place)
{
    size_t run = place.start;

    for (size_t at = place.start; at < place.end; at++) {
        if (document->bytes[at] != '"')
            continue;
        document_add(document, document->bytes + run, at - run,
                     (struct span){run, at}, SPELLING_CSV, false);
        document_add(document, "\"", 1, (struct span){at, at + 2}, SPELLING_CSV,
                     true);
        at++;
        run = at + 1;
    }
    if (run < place.end)
        document_add(document, document->bytes + run, place.end - run,
                     (struct span){run, place.end}, SPELLING_CSV, false);
}

static void
read_text(struct document *document, const struct cell *cell)
{
    const struct span core = document_inner(document, cell->inside);
    struct unit *unit;

    document_part(document, GLUE_PARAGRAPH);
    unit = document_begin_unit(document, core.start);
    if (unit == NULL)
        return;
    unit->is_free = true;
    if (cell->is_quoted)
        read_quoted(document, core);
    else
        document_add(document, document->bytes + core.start,
                     core.end - core.start, core, SPELLING_BARE, false);
    document_end_unit(document, core.end);
}

static bool
is_named(const struct document *document, struct span place, const char *name)
{
    return place.end - place.start == strlen(name) &&
           memcmp(document->bytes + place.start, name, strlen(name)) == 0;
}

static bool
read_table(struct document *document)
{
    const char *field =
        document->field != NULL ? document->field : default_field;
    const char separator = find_separator(document);
    size_t at = document_start(document);
    size_t row = 0, column = 0, wanted = SIZE_MAX;

    while (at < document->length && !document->failed) {
        struct cell cell;

        if (!read_cell(document, at, separator, &cell)) {
            document->fault = "a cell's quotes do not end";
            return false;
        }
        if (row == 0 && is_named(document, cell.inside, field))
            wanted = column;
        else if (row > 0 && column == wanted)
            read_text(document, &cell);
        column = cell.ends_row ? 0 : column + 1;
        row += cell.ends_row;
        at = cell.next;
    }
    if (wanted == SIZE_MAX)
        document->fault = "has no column of that name";
    return wanted != SIZE_MAX && !document->failed;
}

const struct file_format format_csv = {.name = "csv", .read = read_table};
const struct file_format format_tsv = {.name = "tsv", .read = read_table};
