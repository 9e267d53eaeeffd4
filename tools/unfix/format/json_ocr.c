/* SPDX-License-Identifier: MPL-2.0 */
/*
 * JSON of engines that write it: Amazon's Textract, Azure's Read (2 and 3.x),
 * docling.  An object is a word, a line or a paragraph by its type or by the
 * array that it stands in; words are the text, and their lines, which tell the
 * same again, follow.  Without words the lines are the text.  docling keeps
 * what was read as "orig", which stays.
 */
#include "format/format.h"
#include "format/json.h"

#include <string.h>

/* Deeper files are no engine's. */
#define DEEPEST 64

enum kind {
    OTHER,
    WORD,
    LINE,
    PARAGRAPH
};

/* An object or array that is open. */
struct level {
    struct span key; /* its name in the object around it */
    struct span text;
    struct span confidence;
    enum kind kind; /* by its type */
    bool is_object;
    int most; /* of the confidence */
};

struct reader {
    struct document *document;
    struct cursor cursor;
    struct level levels[DEEPEST];
    size_t depth;
    struct span key; /* the last one */
    size_t copy;     /* up to where the lines' text is told by words */
    enum kind wanted;
    bool takes_copies; /* of the lines */
    size_t found;
};

static bool
is_name(const struct reader *reader, struct span place, const char *name)
{
    return place.end - place.start == strlen(name) &&
           memcmp(reader->cursor.bytes + place.start, name, strlen(name)) == 0;
}

/* By the array that the object stands in. */
static enum kind
kind_of_array(const struct reader *reader)
{
    const struct level *array =
        reader->depth > 1 ? &reader->levels[reader->depth - 2] : NULL;

    if (array == NULL || array->is_object)
        return OTHER;
    return is_name(reader, array->key, "words")   ? WORD
           : is_name(reader, array->key, "lines") ? LINE
           : is_name(reader, array->key, "texts") ? PARAGRAPH
                                                  : OTHER;
}

/* ---- Words, and lines that tell them again --------------------------------
 */

/* Where the lines tell the word next, and what parts it from the one before;
 * an empty place: they tell something else. */
static struct span
find_copy(struct reader *reader, size_t start, size_t end, enum glue *glue)
{
    const struct document *document = reader->document;
    const char *copies = document->copies.data;
    const size_t n = end - start;
    size_t at = reader->copy;
    struct span word = {0, 0};

    for (; at < document->copies.length && is_blank_byte(copies[at]); at++) {
        if (copies[at] == '\n')
            *glue = GLUE_LINE;
    }
    if (n > 0 && n <= document->copies.length - at &&
        memcmp(copies + at, document->bytes + start, n) == 0) {
        word = (struct span){at, at + n};
        reader->copy = word.end;
    }
    return word;
}

static void
add_unit(struct reader *reader, const struct level *level)
{
    struct document *document = reader->document;
    enum glue glue = reader->wanted == WORD   ? GLUE_BLANK
                     : reader->wanted == LINE ? GLUE_LINE
                                              : GLUE_PARAGRAPH;
    struct span copy = {0, 0};
    struct unit *unit;

    /* With escapes it is not compared. */
    if (reader->wanted == WORD)
        copy = find_copy(reader, level->text.start, level->text.end, &glue);
    document_part(document, glue);
    unit = document_begin_unit(document, level->text.start);
    if (unit == NULL)
        return;
    json_read(document, level->text, false);
    document_say(document, level->confidence, level->most);
    unit->is_free = reader->wanted != WORD;
    unit->copies[0] = copy;
    document_end_unit(document, level->text.end);
}

static void
close_object(struct reader *reader)
{
    const struct level *level = &reader->levels[reader->depth - 1];
    const enum kind kind =
        level->kind != OTHER ? level->kind : kind_of_array(reader);

    if (kind != reader->wanted || level->text.end == 0)
        return;
    reader->found++;
    if (reader->takes_copies) {
        json_read(reader->document, level->text, true);
        buffer_append(&reader->document->copies, "\n", 1);
    } else
        add_unit(reader, level);
}

/* ---- Reading ------------------------------------------------------------- */

/* A member of an object that is a string. */
static void
take_string(struct reader *reader, struct span inside)
{
    struct level *level = &reader->levels[reader->depth - 1];

    if (is_name(reader, reader->key, "BlockType"))
        level->kind = is_name(reader, inside, "WORD")   ? WORD
                      : is_name(reader, inside, "LINE") ? LINE
                                                        : OTHER;
    else if (is_name(reader, reader->key, "Text") ||
             is_name(reader, reader->key, "text"))
        level->text = inside;
}

static void
take_number(struct reader *reader, struct span place)
{
    struct level *level = &reader->levels[reader->depth - 1];

    if (is_name(reader, reader->key, "Confidence"))
        level->most = 100;
    else if (is_name(reader, reader->key, "confidence"))
        level->most = 1;
    else
        return;
    level->confidence = place;
}

static bool
open_level(struct reader *reader, bool is_object)
{
    if (reader->depth == DEEPEST)
        return false;
    reader->levels[reader->depth++] =
        (struct level){.key = reader->key, .is_object = is_object, .most = 1};
    reader->key = (struct span){0, 0};
    return true;
}

/* A string is a key where a colon follows. */
static void
read_string(struct reader *reader)
{
    struct cursor *cursor = &reader->cursor;
    const struct span inside = json_skip_string(cursor);

    json_skip_blanks(cursor);
    if (cursor->at < cursor->length && cursor->bytes[cursor->at] == ':')
        reader->key = inside;
    else if (reader->depth > 0)
        take_string(reader, inside);
}

/* Goes over the file, which is valid, for what is wanted. */
static bool
walk(struct reader *reader)
{
    struct cursor *cursor = &reader->cursor;

    cursor->at = reader->depth = reader->found = 0;
    while (cursor->at < cursor->length && !reader->document->failed) {
        const char byte = cursor->bytes[cursor->at];
        const size_t start = cursor->at;

        if (byte == '"') {
            read_string(reader);
            continue;
        }
        cursor->at++;
        if ((byte == '{' || byte == '[') && !open_level(reader, byte == '{'))
            return false;
        if (byte == '}' && reader->depth > 0)
            close_object(reader);
        if ((byte == '}' || byte == ']') && reader->depth > 0)
            reader->depth--;
        if (byte >= '0' && byte <= '9' && reader->depth > 0) {
            while (cursor->at < cursor->length &&
                   strchr("0123456789.", cursor->bytes[cursor->at]) != NULL)
                cursor->at++;
            take_number(reader, (struct span){start, cursor->at});
        }
    }
    return !reader->document->failed;
}

static bool
read_json_ocr(struct document *document)
{
    struct reader reader = {.document = document,
                            .cursor = {document->bytes, document->length, 0},
                            .wanted = LINE,
                            .takes_copies = true};
    bool good = json_is_object_text(document->bytes, document->length);

    if (!good)
        document->fault = "no valid JSON object";
    good = good && walk(&reader);
    reader.takes_copies = false;
    for (int wanted = WORD; good && wanted <= PARAGRAPH; wanted++) {
        reader.wanted = (enum kind)wanted;
        good = walk(&reader);
        /* Lines are read where there are no words. */
        if (wanted == WORD && reader.found > 0)
            wanted = LINE;
    }
    return good && document->fault == NULL;
}

const struct file_format format_json_ocr = {.name = "json-ocr",
                                            .read = read_json_ocr};
