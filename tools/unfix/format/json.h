/* SPDX-License-Identifier: MPL-2.0 */
/* Strings of JSON, with their places. */
#ifndef UNFIX_TOOL_FORMAT_JSON_H
#define UNFIX_TOOL_FORMAT_JSON_H

#include "format/document.h"

/* A place in JSON that is known to be valid. */
struct cursor {
    const char *bytes;
    size_t length;
    size_t at;
};

void json_skip_blanks(struct cursor *cursor);

/* The inside of the string that starts at the cursor, which goes behind it. */
struct span json_skip_string(struct cursor *cursor);

/* Whether the bytes are an object, and valid; a byte order mark may come before
 * it, as before any record. */
bool json_is_object_text(const char *bytes, size_t length);

/* Finds the text of a record, as it is spelt within its quotes; empty and at
 * the end if it has none.  Returns what is wrong with it, or NULL. */
const char *json_find_text(const char *bytes, size_t length, const char *field,
                           struct span *inside);

/* How much of a long text, within its quotes, is repaired as a document. */
size_t json_part_length(const char *inside, size_t length);

/* Appends the text of a string's inside to that of the open unit, escapes read;
 * or, with is_copy, to the copies. */
void json_read(struct document *document, struct span place, bool is_copy);

/* Whether a record, a line of so many bytes, has the same value of a field as
 * the one that begins at `first`; without one it is like no other. */
bool json_is_same(const char *first, const char *line, size_t length,
                  const char *field);

/* Whether letters beyond ASCII are spelt by their numbers, and never else. */
bool json_goes_by_numbers(const char *bytes, size_t length);

/* Appends text as it is written within a string; where `like`, which stood
 * there, spells letters by their numbers, or all do, so does this. */
void json_write(struct buffer *out, const char *text, size_t length,
                const char *like, size_t like_length, bool by_numbers);

#endif
