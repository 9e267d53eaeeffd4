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
 * the line is not blank.  At the end of the text nothing tells. */
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

/* A mark of the text from `i` on that tells places apart. */
static uint32_t
place_hash(const char *text, size_t i, size_t limit)
{
    uint32_t hash = 2166136261u;
    size_t end = i + 6 < limit ? i + 6 : limit;

    for (; i < end; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where to cut what has no end up to `limit`: from `from` on, before the
 * paragraph, or else the line, or else the word, whose beginning has the least
 * hash.  So what is cut where hangs on the text there, and repairs before it,
 * which move it by some bytes, mostly leave it at that. */
static size_t
cut_within(const char *text, size_t from, size_t limit)
{
    enum {
        WORD,
        LINE,
        PARAGRAPH
    } kind, best_kind = WORD;
    size_t i, best = 0;
    uint32_t least = UINT32_MAX;
    bool is_blank = false; /* the line so far */

    for (i = from; i < limit; i++) {
        uint32_t hash;

        if (text[i - 1] == '\n') {
            kind = is_blank ? PARAGRAPH : LINE;
            is_blank = true;
        } else {
            kind = WORD;
            is_blank = is_blank && is_line_blank(text[i - 1]);
        }
        if (kind < best_kind || (kind == WORD && !is_line_blank(text[i - 1])))
            continue;
        hash = place_hash(text, i, limit);
        if (hash < least || kind > best_kind) {
            best = i;
            least = hash;
        }
        best_kind = kind;
    }
    return best > 0 ? best : cut_before(text, limit);
}

size_t
ufx_text_window_more(const char *text, size_t length,
                     struct ufx_window_scan *scan)
{
    size_t end = length < UFX_WINDOW_HARD ? length : UFX_WINDOW_HARD;

    for (; scan->done < end; scan->done++) {
        char c = text[scan->done];

        if (c == '\f')
            return scan->done + 1;
        if (c == '\n') {
            if (scan->open || ++scan->lines == UFX_WINDOW_LINES_HARD)
                return scan->done + 1;
            scan->open = scan->lines >= UFX_WINDOW_LINES;
        } else if (!is_line_blank(c)) {
            scan->open = false;
        }
    }
    /* One byte more than HARD shows where a character begins. */
    return length > UFX_WINDOW_HARD
               ? cut_within(text, UFX_WINDOW_SOFT, UFX_WINDOW_HARD)
               : 0;
}

size_t
ufx_text_window(const char *text, size_t length, bool final)
{
    struct ufx_window_scan scan = {0, 0, false};
    size_t end = ufx_text_window_more(text, length, &scan);

    return end == 0 && final ? length : end;
}

size_t
ufx_text_lines(const char *text, size_t length)
{
    const char *end = text + length;
    size_t lines = 0;

    for (; text < end && (text = memchr(text, '\n', (size_t)(end - text)));
         text++)
        lines++;
    return lines;
}

bool
ufx_text_section_more(const char *window, size_t length,
                      struct ufx_section_scan *scan)
{
    size_t lines = ufx_text_lines(window, length);

    if (lines < UFX_WINDOW_LINES && length >= UFX_WINDOW_SOFT &&
        window[length - 1] != '\f')
        lines = UFX_WINDOW_LINES;
    scan->done += length;
    scan->lines += lines;
    return scan->lines >= UFX_SECTION_LINES || scan->done >= UFX_SECTION_BYTES;
}

size_t
ufx_text_section(const char *text, size_t length, bool final)
{
    struct ufx_section_scan scan = {0, 0};
    bool is_whole = false;

    while (!is_whole) {
        const char *window = text + scan.done;
        size_t n = ufx_text_window(window, length - scan.done, final);

        if (n == 0)
            return final ? scan.done : 0;
        is_whole = ufx_text_section_more(window, n, &scan);
    }
    return scan.done;
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
    size_t i, end, lines = 0;

    for (i = 0; i < length; i++) {
        if (i >= UFX_PARAGRAPH_BYTES)
            return cut_within(text, i / 2, i);
        if (text[i] == '\f')
            return i + 1;
        if (text[i] != '\n')
            continue;
        end = blank_line_end(text, length, i + 1);
        if (end == 0 && ++lines == UFX_PARAGRAPH_LINES)
            return i + 1;
        if (end == 0)
            continue;
        /* All further blank lines belong to it as well. */
        for (i = end; (end = blank_line_end(text, length, i)) != 0;)
            i = end;
        return i;
    }
    return length;
}
