/* SPDX-License-Identifier: MPL-2.0 */
/* What a pass may not do to lines: there are as many after it as before, and
 * the same of them are blank.  Readers count lines; and windows and paragraphs
 * end by them, so that a run over the output cuts it where the input was cut.
 */
#include "repair/lines.h"

#include "text/text.h"

#include <string.h>

static bool
is_blank(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

/* The end of the first line, its newline not included. */
static size_t
line_end(const char *text, size_t length)
{
    const char *newline = length > 0 ? memchr(text, '\n', length) : NULL;

    return newline == NULL ? length : (size_t)(newline - text);
}

/* Holds back what empties the line from `start` to `end`: those of list[i, n)
 * that lie in it are all that is left of it. */
static void
keep_line(const char *text, size_t start, size_t end, unfix_correction *list,
          size_t n)
{
    size_t at = start, i;

    if (is_blank(text + start, end - start))
        return;
    for (i = 0; i < n; i++) {
        if (list[i].verdict != UNFIX_APPLIED)
            continue;
        if (!is_blank(text + at, (size_t)list[i].offset - at) ||
            !is_blank(list[i].replacement, list[i].replacement_length))
            return;
        at = (size_t)(list[i].offset + list[i].length);
    }
    if (!is_blank(text + at, end - at))
        return;
    for (i = 0; i < n; i++)
        if (list[i].verdict == UNFIX_APPLIED)
            ufx_correction_hold(&list[i], UNFIX_PROPOSED, UNFIX_BAR_NONE,
                                "would empty its line");
}

void
ufx_lines_keep(const char *text, size_t length, struct ufx_corrections *found)
{
    size_t i = 0, n, start = 0, end;

    for (; i < found->count; i++) {
        unfix_correction *c = &found->list[i];

        if (c->verdict == UNFIX_APPLIED &&
            ufx_text_lines(c->original, c->original_length) !=
                ufx_text_lines(c->replacement, c->replacement_length))
            ufx_correction_hold(c, UNFIX_PROPOSED, UNFIX_BAR_NONE,
                                "would change how many lines there are");
    }
    for (i = 0; i < found->count; i += n) {
        unfix_correction *c = &found->list[i];

        n = 1;
        while (start + (end = line_end(text + start, length - start)) <
               c->offset)
            start += end + 1;
        end += start;
        while (i + n < found->count && found->list[i + n].offset < end)
            n++;
        /* One over the line's end takes a word to or from the next. */
        if (found->list[i + n - 1].offset + found->list[i + n - 1].length <=
            end)
            keep_line(text, start, end, c, n);
    }
}
