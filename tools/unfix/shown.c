/* SPDX-License-Identifier: MPL-2.0 */
#include "shown.h"

#include "utf8.h"

#include <stdio.h>

/* A carriage return before a line's end returns from nothing. */
static bool
is_of_lines(const char *text, size_t length)
{
    return *text == '\n' || *text == '\t' || *text == '\f' ||
           (*text == '\r' && length > 1 && text[1] == '\n');
}

size_t
shown_harmless(const char *text, size_t length, bool has_lines)
{
    size_t at = 0, step;
    bool valid;

    for (; at < length; at += step) {
        step = utf8_length(text + at, length - at, &valid);
        if (!utf8_is_harmless(text + at, step, valid) &&
            !(has_lines && is_of_lines(text + at, length - at)))
            break;
    }
    return at;
}

size_t
shown_escape(const char *text, size_t length, char *room)
{
    bool valid;
    const size_t step = utf8_length(text, length, &valid);

    for (size_t i = 0; i < step; i++)
        snprintf(room + 4 * i, SHOWN_ROOM - 4 * i, "\\%03o",
                 (unsigned char)text[i]);
    return step;
}
