/* SPDX-License-Identifier: MPL-2.0 */
/*
 * JSON of engines that write it: Amazon's Textract, Azure's Read (2 and 3.x),
 * Google's Vision, docling.  An object is a word, a line or a paragraph by its
 * type or by the array that it stands in; words are the text, and what tells
 * the same again follows: lines, or a text that holds them all.  Without words
 * the lines are the text.  Google's words are arrays of symbols, of which the
 * last says what parts it from the next word.  docling keeps what was read as
 * "orig", which stays.
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
    PARAGRAPH,
    SYMBOL,
    BREAK, /* what follows a symbol */
    PAGE,
    WHOLE,    /* a text that holds all words */
    ANNOTATED /* the same, and after it each word for itself */
};

/* An object or array that is open. */
struct level {
    struct span key; /* its name in the object around it */
    struct span text;
    struct span description;
    struct span type;
    struct span confidence;
    enum kind kind; /* by its type */
    bool is_object;
    int most;       /* of the confidence */
    size_t objects; /* that were closed in it */
};

/* Texts that tell the words again, in document->copies: lines or a whole text,
 * annotations of the whole, and of each word. */
enum {
    WHOLES,
    FIRSTS,
    EACHES
};

struct reader {
    struct document *document;
    struct cursor cursor;
    struct level levels[DEEPEST];
    size_t depth;
    struct span key;                 /* the last one */
    struct span copies[UNIT_COPIES]; /* what of each is not yet told */
    enum kind wanted;
    int taken;          /* which copies are being taken; UNIT_COPIES: none */
    enum glue next;     /* after the word that is open */
    struct span hyphen; /* that it ends with, though it is no symbol */
    bool has_breaks;
    size_t found;
};

static bool
is_name(const struct reader *reader, struct span place, const char *name)
{
    return place.end - place.start == strlen(name) &&
           memcmp(reader->cursor.bytes + place.start, name, strlen(name)) == 0;
}

/* Either of two names. */
static bool
is_either(const struct reader *reader, struct span place, const char *name,
          const char *other)
{
    return is_name(reader, place, name) || is_name(reader, place, other);
}

/* By the array that the object stands in, or by its own name. */
static enum kind
kind_of_place(const struct reader *reader)
{
    static const struct {
        const char *name;
        enum kind kind;
    } arrays[] = {{"words", WORD},
                  {"lines", LINE},
                  {"texts", PARAGRAPH},
                  {"paragraphs", PARAGRAPH},
                  {"symbols", SYMBOL},
                  {"pages", PAGE},
                  {"textAnnotations", ANNOTATED},
                  {"text_annotations", ANNOTATED}};
    const struct level *level = &reader->levels[reader->depth - 1];
    const struct level *array = reader->depth > 1 ? level - 1 : NULL;

    if (is_either(reader, level->key, "fullTextAnnotation",
                  "full_text_annotation"))
        return WHOLE;
    if (is_either(reader, level->key, "detectedBreak", "detected_break"))
        return BREAK;
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        if (array != NULL && !array->is_object &&
            is_name(reader, array->key, arrays[i].name))
            return arrays[i].kind;
    }
    return OTHER;
}

/* ---- Words, and what tells them again -------------------------------------
 */

/* What parts the next word from the one before, by the lines. */
static enum glue
glue_of_lines(const struct reader *reader)
{
    const char *copies = reader->document->copies.data;
    size_t at = reader->copies[WHOLES].start;

    for (; at < reader->copies[WHOLES].end && is_blank_byte(copies[at]); at++) {
        if (copies[at] == '\n')
            return GLUE_LINE;
    }
    return GLUE_BLANK;
}

/* Finds the open unit in what tells it again next; where something else is
 * told, what follows is not found either. */
static void
find_copies(struct reader *reader)
{
    struct document *document = reader->document;
    struct unit *unit = document_unit(document);
    const char *copies = document->copies.data;
    const size_t n = document->text.length - unit->text;

    for (int i = 0; i < UNIT_COPIES && n > 0; i++) {
        struct span *copy = &reader->copies[i];
        size_t at = copy->start;

        while (at < copy->end && is_blank_byte(copies[at]))
            at++;
        if (n > copy->end - at ||
            memcmp(copies + at, document->text.data + unit->text, n) != 0)
            continue;
        unit->copies[i] = (struct span){at, at + n};
        copy->start = at + n;
    }
}

static void
add_unit(struct reader *reader, const struct level *level)
{
    struct document *document = reader->document;
    struct unit *unit;

    document_part(document, reader->wanted == LINE ? GLUE_LINE
                            : reader->wanted == PARAGRAPH
                                ? GLUE_PARAGRAPH
                                : glue_of_lines(reader));
    unit = document_begin_unit(document, level->text.start);
    if (unit == NULL)
        return;
    json_read(document, level->text, false);
    document_say(document, level->confidence, level->most);
    unit->is_free = reader->wanted != WORD;
    if (!unit->is_free && !document->failed)
        find_copies(reader);
    document_end_unit(document, level->text.end);
}

static void
take_copy(struct reader *reader, struct span place)
{
    json_read(reader->document, place, true);
    buffer_append(&reader->document->copies, "\n", 1);
    reader->document->failed |= reader->document->copies.failed;
}

/* ---- Google's symbols ------------------------------------------------------
 */

static void
begin_word(struct reader *reader)
{
    reader->next = reader->has_breaks ? GLUE_NONE : GLUE_BLANK;
    reader->hyphen = (struct span){0, 0};
}

static void
add_symbol(struct reader *reader, const struct level *level)
{
    struct document *document = reader->document;

    if (document_unit(document) == NULL &&
        document_begin_unit(document, level->text.start) == NULL)
        return;
    json_read(document, level->text, false);
}

/* A hyphen at a line's end, which is there though it is no symbol. */
static void
add_hyphen(struct reader *reader)
{
    struct document *document = reader->document;
    struct unit *unit;

    document->glue = GLUE_NONE;
    unit = document_begin_unit(document, reader->hyphen.start);
    if (unit == NULL)
        return;
    unit->has_markup = true; /* it is no word */
    document_add(document, "-", 1, reader->hyphen, SPELLING_FIXED, true);
    if (!document->failed)
        find_copies(reader);
    document_end_unit(document, reader->hyphen.end);
}

/* The symbols of a word are all there. */
static void
end_word(struct reader *reader, const struct level *level)
{
    struct document *document = reader->document;

    reader->found++;
    document_say(document, level->confidence, level->most);
    if (!document->failed)
        find_copies(reader);
    document_end_unit(document, reader->cursor.at);
    if (reader->hyphen.end > 0)
        add_hyphen(reader);
    document->glue = reader->next;
    begin_word(reader);
}

/* What follows a symbol, by its name or number. */
static void
take_break(struct reader *reader, const struct level *level)
{
    static const struct {
        const char *name;
        const char *number;
        enum glue glue;
    } types[] = {{"SPACE", "1", GLUE_BLANK},
                 {"SURE_SPACE", "2", GLUE_BLANK},
                 {"EOL_SURE_SPACE", "3", GLUE_LINE},
                 {"HYPHEN", "4", GLUE_LINE},
                 {"LINE_BREAK", "5", GLUE_LINE}};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (!is_either(reader, level->type, types[i].name, types[i].number))
            continue;
        reader->has_breaks = true;
        reader->next = types[i].glue;
        if (*types[i].number == '4')
            reader->hyphen = level->type;
    }
}

/* ---- Objects ---------------------------------------------------------------
 */

static void
close_copy(struct reader *reader, const struct level *level, enum kind kind)
{
    const bool is_first = reader->depth > 1 && level[-1].objects == 0;

    if (reader->taken == WHOLES && level->text.end > 0 &&
        (kind == LINE || kind == WHOLE))
        take_copy(reader, level->text);
    else if (kind == ANNOTATED && level->description.end > 0 &&
             reader->taken == (is_first ? FIRSTS : EACHES))
        take_copy(reader, level->description);
    else if (kind == BREAK)
        reader->has_breaks = true;
}

static void
close_object(struct reader *reader)
{
    const struct level *level = &reader->levels[reader->depth - 1];
    const enum kind kind =
        level->kind != OTHER ? level->kind : kind_of_place(reader);
    struct document *document = reader->document;

    if (reader->taken < UNIT_COPIES) {
        close_copy(reader, level, kind);
    } else if (kind == reader->wanted && level->text.end > 0) {
        reader->found++;
        add_unit(reader, level);
    } else if (reader->wanted == WORD) {
        if (kind == BREAK)
            take_break(reader, level);
        else if (kind == SYMBOL && level->text.end > 0)
            add_symbol(reader, level);
        else if (kind == WORD && document_unit(document) != NULL)
            end_word(reader, level);
        else if (kind == PARAGRAPH || kind == PAGE)
            document_part(document, kind == PAGE ? GLUE_PAGE : GLUE_PARAGRAPH);
    }
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
    else if (is_either(reader, reader->key, "Text", "text"))
        level->text = inside;
    else if (is_name(reader, reader->key, "description"))
        level->description = inside;
    else if (is_name(reader, reader->key, "type"))
        level->type = inside;
}

static void
take_number(struct reader *reader, struct span place)
{
    struct level *level = &reader->levels[reader->depth - 1];

    if (is_name(reader, reader->key, "type"))
        level->type = place;
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

static bool
is_of_number(char byte)
{
    return byte != '\0' && strchr("0123456789-+.eE", byte) != NULL;
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
        if ((byte == '}' || byte == ']') && reader->depth > 0) {
            reader->depth--;
            if (byte == '}' && reader->depth > 0)
                reader->levels[reader->depth - 1].objects++;
        }
        if (((byte >= '0' && byte <= '9') || byte == '-') &&
            reader->depth > 0) {
            while (cursor->at < cursor->length &&
                   is_of_number(cursor->bytes[cursor->at]))
                cursor->at++;
            take_number(reader, (struct span){start, cursor->at});
        }
    }
    return !reader->document->failed;
}

static bool
read_copies(struct reader *reader)
{
    struct document *document = reader->document;

    for (int i = 0; i < UNIT_COPIES; i++) {
        reader->taken = i;
        reader->copies[i].start = document->copies.length;
        if (!walk(reader))
            return false;
        reader->copies[i].end = document->copies.length;
    }
    reader->taken = UNIT_COPIES;
    begin_word(reader);
    return true;
}

static bool
read_json_ocr(struct document *document)
{
    struct reader reader = {.document = document,
                            .cursor = {document->bytes, document->length, 0}};
    bool good = json_is_object_text(document->bytes, document->length);

    if (!good)
        document->fault = "no valid JSON object";
    document->by_numbers =
        json_goes_by_numbers(document->bytes, document->length);
    good = good && read_copies(&reader);
    for (int wanted = WORD; good && wanted <= PARAGRAPH; wanted++) {
        reader.wanted = (enum kind)wanted;
        good = walk(&reader);
        document_end_unit(document, document->length);
        /* Lines are read where there are no words. */
        if (wanted == WORD && reader.found > 0)
            wanted = LINE;
    }
    return good && document->fault == NULL;
}

const struct file_format format_json_ocr = {.name = "json-ocr",
                                            .read = read_json_ocr};
