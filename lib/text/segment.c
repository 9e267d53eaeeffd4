/* SPDX-License-Identifier: MPL-2.0 */
/* Windows and paragraphs: pure functions of the bytes, so that any chunking of
 * a document is cut in the same places. */
#include "text/text.h"

#include "base/limits.h"
#include "text/chars.h"

#include <string.h>

static bool
is_line_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The end of the blank line that begins at `i` (just after a newline), or 0 if
 * the line is not blank.  At the end of the text the line counts as blank only
 * if nothing can follow. */
static size_t
blank_line_end(const char *text, size_t length, size_t i)
{
    while (i < length && is_line_blank(text[i]))
        i++;
    return i < length && text[i] == '\n' ? i + 1 : 0;
}

/* The last place at or before `limit` that follows a blank, or else the last
 * boundary between characters. */
static size_t
cut_before(const char *text, size_t limit)
{
    size_t i = limit;

    while (i > limit / 2 && !is_line_blank(text[i - 1]) && text[i - 1] != '\n')
        i--;
    if (i > limit / 2)
        return i;
    for (i = limit; i > limit - 4; i--)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return i;
    return limit;
}

/* Where to look for a paragraph's end, once the first `looked` bytes were
 * looked at in vain: only their last newline may still turn out to be one. */
static size_t
resume(const char *text, size_t looked)
{
    while (looked > UFX_WINDOW_SOFT && text[looked - 1] != '\n')
        looked--;
    return looked > UFX_WINDOW_SOFT ? looked - 1 : UFX_WINDOW_SOFT;
}

size_t
ufx_text_window_more(const char *text, size_t length, size_t looked)
{
    size_t scan = length < UFX_WINDOW_HARD ? length : UFX_WINDOW_HARD;
    const char *feed = NULL;
    size_t i;

    /* Whichever comes first: what follows it must not matter. */
    if (looked < scan)
        feed = memchr(text + looked, '\f', scan - looked);
    if (feed != NULL)
        scan = (size_t)(feed - text) + 1;
    if (looked < scan && memchr(text + looked, '\n', scan - looked) != NULL) {
        for (i = resume(text, looked); i < scan; i++) {
            size_t end;

            if (text[i] != '\n')
                continue;
            end = blank_line_end(text, scan, i + 1);
            if (end != 0)
                return end;
        }
    }
    if (feed != NULL)
        return scan;
    /* One byte more than HARD shows where a character begins. */
    return length > UFX_WINDOW_HARD ? cut_before(text, UFX_WINDOW_HARD) : 0;
}

size_t
ufx_text_window(const char *text, size_t length, bool final)
{
    size_t end = ufx_text_window_more(text, length, 0);

    return end == 0 && final ? length : end;
}

size_t
ufx_text_section(const char *text, size_t length, bool final)
{
    size_t done = 0, n;

    while (done < UFX_SECTION_BYTES) {
        n = ufx_text_window(text + done, length - done, final);
        if (n == 0)
            return final ? done : 0;
        done += n;
    }
    return done;
}

/* A few stray bytes in a short text prove nothing. */
#define BINARY_LEAST 32

bool
ufx_text_is_binary(const char *text, size_t length)
{
    size_t i = 0, odd = 0, size;

    while (i < length) {
        unsigned char c = (unsigned char)text[i];

        if (c < 0x80) {
            odd += (c < 0x20 && (c < '\t' || c > '\r')) || c == 0x7F;
            i++;
            continue;
        }
        odd += ufx_text_decode(text + i, length - i, &size) >= UFX_CHAR_OPAQUE;
        i += size;
    }
    return odd > BINARY_LEAST && odd * 50 > length;
}

size_t
ufx_text_paragraph(const char *text, size_t length)
{
    size_t i, end;

    for (i = 0; i < length; i++) {
        if (i >= UFX_PARAGRAPH_BYTES)
            return cut_before(text, i);
        if (text[i] == '\f')
            return i + 1;
        if (text[i] != '\n')
            continue;
        end = blank_line_end(text, length, i + 1);
        if (end == 0)
            continue;
        /* All further blank lines belong to it as well. */
        for (i = end; (end = blank_line_end(text, length, i)) != 0;)
            i = end;
        return i;
    }
    return length;
}
