/* SPDX-License-Identifier: MPL-2.0 */
/* Strings of JSON, with their places. */
#ifndef UNFIX_TOOL_FORMAT_JSON_H
#define UNFIX_TOOL_FORMAT_JSON_H

#include "format/document.h"

/* Whether a record, a line of so many bytes, has the same value of a field as
 * the one that begins at `first`; without one it is like no other. */
bool json_is_same(const char *first, const char *line, size_t length,
                  const char *field);

/* Appends text as it is written within a string; where `like`, which stood
 * there, spells letters by their numbers, so does this. */
void json_write(struct buffer *out, const char *text, size_t length,
                const char *like, size_t like_length);

#endif
