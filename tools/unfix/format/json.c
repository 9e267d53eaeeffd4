/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Records as JSON, one a line: the string of one field is text, the rest stays
 * byte for byte.  Jansson judges the record; what is found here are places.
 */
#include "format/json.h"

#include "format/format.h"
#include "utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char default_field[] = "text";
static const char no_object[] = "no valid JSON object";

/* Of a long text goes as one document what ends with the first blank line
 * after so many lines, or with line PART_LINES; or by its bytes, where lines
 * are long. */
#define PART_SOON 384
#define PART_LINES 512
#define PART_BYTES ((size_t)64 * 1024)

/* ---- Places -------------------------------------------------------------- */

void
json_skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->length &&
           is_blank_byte(cursor->bytes[cursor->at]))
        cursor->at++;
}

struct span
json_skip_string(struct cursor *cursor)
{
    struct span inside = {cursor->at + 1, cursor->length};

    for (cursor->at++; cursor->at < cursor->length; cursor->at++) {
        if (cursor->bytes[cursor->at] == '"') {
            inside.end = cursor->at++;
            break;
        }
        cursor->at += cursor->bytes[cursor->at] == '\\';
    }
    return inside;
}

/* Any value, with all that is in it. */
static void
skip_value(struct cursor *cursor)
{
    size_t depth = 0;

    while (cursor->at < cursor->length) {
        const char byte = cursor->bytes[cursor->at];

        if (byte == '"') {
            json_skip_string(cursor);
            if (depth == 0)
                return;
            continue;
        }
        if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
            return;
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        cursor->at++;
        if (depth == 0 && (byte == '}' || byte == ']'))
            return;
    }
}

static bool
is_key(const struct cursor *cursor, struct span key, const char *name,
       size_t length)
{
    return key.end - key.start == length &&
           memcmp(cursor->bytes + key.start, name, length) == 0;
}

/* Goes to the value of `name` in the object at the cursor. */
static bool
find_member(struct cursor *cursor, const char *name, size_t length)
{
    json_skip_blanks(cursor);
    if (cursor->at >= cursor->length || cursor->bytes[cursor->at] != '{')
        return false;
    cursor->at++;
    for (json_skip_blanks(cursor);
         cursor->at < cursor->length && cursor->bytes[cursor->at] == '"';
         json_skip_blanks(cursor)) {
        const struct span key = json_skip_string(cursor);

        json_skip_blanks(cursor);
        cursor->at++; /* the colon */
        json_skip_blanks(cursor);
        if (is_key(cursor, key, name, length))
            return cursor->at < cursor->length;
        skip_value(cursor);
        json_skip_blanks(cursor);
        cursor->at++; /* a comma, or the end */
    }
    return false;
}

/* The text of field "a" or, within objects, "a.b".  A key may have a point of
 * its own: the whole name goes first. */
static bool
find_field(struct cursor *cursor, const char *field)
{
    const struct cursor start = *cursor;
    const char *point;

    if (find_member(cursor, field, strlen(field)))
        return true;
    *cursor = start;
    for (; (point = strchr(field, '.')) != NULL; field = point + 1) {
        if (!find_member(cursor, field, (size_t)(point - field)))
            return false;
    }
    return cursor->at > start.at && find_member(cursor, field, strlen(field));
}

/* ---- Escapes ------------------------------------------------------------- */

static uint32_t
read_hex(const char *at)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF";
        const char *found = at[i] == '\0' ? NULL : strchr(digits, at[i]);

        value =
            value * 16 + (found == NULL ? 0 : (uint32_t)(found - digits) % 16);
    }
    return value;
}

/* The character that an escape stands for; returns the escape's length. */
static size_t
read_escape(const char *at, size_t length, uint32_t *character)
{
    static const char names[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    const char *name = strchr(names, at[1]);

    if (at[1] == 'u' && length >= 6) {
        *character = read_hex(at + 2);
        if (*character >= 0xd800 && *character < 0xdc00 && length >= 12) {
            const uint32_t low = read_hex(at + 8);

            *character =
                0x10000 + ((*character - 0xd800) << 10) + (low - 0xdc00);
            return 12;
        }
        return 6;
    }
    *character = name != NULL && *name != '\0'
                     ? (uint32_t)(unsigned char)values[name - names]
                     : (uint32_t)(unsigned char)at[1];
    return 2;
}

static void
add(struct document *document, const char *text, size_t length,
    struct span place, bool is_escaped, bool is_copy)
{
    if (is_copy)
        document_copy(document, text, length, place, SPELLING_JSON, is_escaped);
    else
        document_add(document, text, length, place, SPELLING_JSON, is_escaped);
}

void
json_read(struct document *document, struct span place, bool is_copy)
{
    const char *bytes = document->bytes;
    size_t at = place.start;

    while (at < place.end && !document->failed) {
        const char *found = memchr(bytes + at, '\\', place.end - at);
        const size_t stop = found == NULL ? place.end : (size_t)(found - bytes);
        uint32_t character;
        char text[4];
        size_t n;

        add(document, bytes + at, stop - at, (struct span){at, stop}, false,
            is_copy);
        at = stop;
        if (at + 1 >= place.end)
            break;
        n = read_escape(bytes + at, place.end - at, &character);
        add(document, text, write_character(text, character),
            (struct span){at, at + n}, true, is_copy);
        at += n;
    }
}

static void
write_number(struct buffer *out, uint32_t unit)
{
    char text[8];

    snprintf(text, sizeof(text), "\\u%04x", (unsigned)unit);
    buffer_append(out, text, 6);
}

/* Whether there is an escape with a number. */
static bool
has_number(const char *bytes, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if (bytes[i] != '\\')
            continue;
        if (bytes[++i] == 'u')
            return true;
    }
    return false;
}

bool
json_goes_by_numbers(const char *bytes, size_t length)
{
    for (size_t i = utf8_start(bytes, length); i < length; i++) {
        if ((unsigned char)bytes[i] >= 0x80)
            return false;
    }
    return has_number(bytes, length);
}

void
json_write(struct buffer *out, const char *text, size_t length,
           const char *like, size_t like_length, bool by_numbers)
{
    const bool by_number = by_numbers || has_number(like, like_length);

    for (size_t at = 0; at < length;) {
        uint32_t character;
        const size_t n = read_character(text + at, length - at, &character);

        if (character == '"' || character == '\\') {
            buffer_append(out, "\\", 1);
            buffer_append(out, text + at, n);
        } else if (character == '\n')
            buffer_append(out, "\\n", 2);
        else if (character < 0x20 ||
                 (character >= 0x80 && by_number && character < 0x10000))
            write_number(out, character);
        else
            buffer_append(out, text + at, n);
        at += n;
    }
}

size_t
json_part_length(const char *inside, size_t length)
{
    size_t lines = 0, end = 0, at = 0, step;

    for (; at < length && at < PART_BYTES; at += step) {
        uint32_t character;

        step = inside[at] == '\\'
                   ? read_escape(inside + at, length - at, &character)
                   : read_character(inside + at, length - at, &character);
        if (inside[at] == '\\' && character == '\n') {
            const bool is_blank = end == at;

            end = at + step;
            if (++lines >= PART_LINES || (lines > PART_SOON && is_blank))
                return end;
        } else if (inside[at] == ' ' && lines == 0)
            end = at;
    }
    return at >= length || end == 0 ? at : end;
}

/* ---- Reading ------------------------------------------------------------- */

bool
json_is_object_text(const char *bytes, size_t length)
{
    const size_t start = utf8_start(bytes, length);
    json_error_t error;
    json_t *record =
        json_loadb(bytes + start, length - start, JSON_ALLOW_NUL, &error);
    const bool good = json_is_object(record);

    json_decref(record);
    return good;
}

/* The value of a field, as it is spelt; empty if there is none. */
static struct span
find_value(const char *bytes, size_t length, const char *field)
{
    struct cursor cursor = {bytes, length, utf8_start(bytes, length)};
    struct span value = {0, 0};

    if (find_field(&cursor, field)) {
        value.start = cursor.at;
        skip_value(&cursor);
        value.end = cursor.at < length ? cursor.at : length;
    }
    return value;
}

bool
json_is_same(const char *first, const char *line, size_t length,
             const char *field)
{
    const struct span value = find_value(line, length, field);
    const char *end = first == line
                          ? line + length
                          : memchr(first, '\n', (size_t)(line - first));
    struct span other;

    if (value.end == value.start)
        return first == line;
    other = find_value(first, (size_t)(end - first), field);
    return other.end - other.start == value.end - value.start &&
           memcmp(first + other.start, line + value.start,
                  value.end - value.start) == 0;
}

const char *
json_find_text(const char *bytes, size_t length, const char *field,
               struct span *inside)
{
    struct cursor cursor = {bytes, length, utf8_start(bytes, length)};

    *inside = (struct span){length, length};
    if (!json_is_object_text(bytes, length))
        return no_object;
    if (find_field(&cursor, field != NULL ? field : default_field) &&
        bytes[cursor.at] == '"')
        *inside = json_skip_string(&cursor);
    return NULL;
}

/* The record at bytes start to end - 1. */
static bool
read_record(struct document *document, size_t start, size_t end)
{
    const char *field =
        document->field != NULL ? document->field : default_field;
    struct cursor cursor = {document->bytes, end, start};
    struct unit *unit;

    if (!json_is_object_text(document->bytes + start, end - start)) {
        document->fault = no_object;
        return false;
    }
    cursor.at += utf8_start(document->bytes + start, end - start);
    if (!find_field(&cursor, field) || document->bytes[cursor.at] != '"')
        return true; /* a record without text */
    document_part(document, GLUE_PARAGRAPH);
    unit = document_begin_unit(document, cursor.at);
    if (unit == NULL)
        return false;
    unit->is_free = true;
    json_read(document, json_skip_string(&cursor), false);
    document_end_unit(document, cursor.at);
    return !document->failed;
}

/* One record, or the lines of several. */
static bool
read_records(struct document *document)
{
    size_t at = 0;

    document->by_numbers =
        json_goes_by_numbers(document->bytes, document->length);
    while (at < document->length) {
        const char *line = document->bytes + at;
        const char *newline = memchr(line, '\n', document->length - at);
        const size_t end =
            newline == NULL ? document->length : at + (size_t)(newline - line);

        if (!read_record(document, at, end))
            return false;
        at = end + 1;
    }
    return true;
}

/* A part of the text of a long record. */
static bool
read_part(struct document *document)
{
    struct unit *unit = document_begin_unit(document, 0);

    if (unit == NULL)
        return false;
    unit->is_free = true;
    json_read(document, (struct span){0, document->length}, false);
    document_end_unit(document, document->length);
    return !document->failed;
}

const struct file_format format_json_part = {.name = "jsonl",
                                             .read = read_part};
const struct file_format format_jsonl = {
    .name = "jsonl", .read = read_records, .is_records = true};
