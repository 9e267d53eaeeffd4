/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Formats of lines: subtitles, of which the lines after a cue's time are text,
 * and Markdown, of which code and addresses are none.
 */
#include "format/format.h"

#include <ctype.h>
#include <string.h>

/* The line at `at`, without its end; *next is where another begins. */
static struct span
read_line(const struct document *document, size_t at, size_t *next)
{
    const char *newline =
        memchr(document->bytes + at, '\n', document->length - at);
    struct span line = {at, newline == NULL
                                ? document->length
                                : (size_t)(newline - document->bytes)};

    *next = line.end + (newline != NULL);
    line.end -= line.end > at && document->bytes[line.end - 1] == '\r';
    return line;
}

static bool
holds(const struct document *document, struct span place, const char *word)
{
    const size_t n = strlen(word);

    for (size_t at = place.start; at + n <= place.end; at++) {
        if (memcmp(document->bytes + at, word, n) == 0)
            return true;
    }
    return false;
}

/* A run of a line's text, or what of it stays as it is. */
static void
add(struct document *document, size_t start, size_t end, enum spelling spelling)
{
    document_add(document, document->bytes + start, end - start,
                 (struct span){start, end}, spelling, false);
}

/* The sign that closes what begins before `at`.  What the rest of the line
 * lacks is looked for once: *lacks is of the line, by the sign. */
static const char *
find_close(const struct document *document, size_t at, size_t end, char sign,
           bool lacks[128])
{
    bool *lacking = &lacks[(unsigned char)sign];
    const char *close =
        *lacking ? NULL : memchr(document->bytes + at, sign, end - at);

    *lacking = close == NULL;
    return close;
}

static struct unit *
begin_line(struct document *document, struct span line)
{
    struct unit *unit = document_begin_unit(document, line.start);

    if (unit != NULL)
        unit->is_free = true;
    return unit;
}

/* ---- Subtitles ----------------------------------------------------------- */

/* Tags are no text: <i>, {\an8}. */
static void
read_caption(struct document *document, struct span line)
{
    const char *bytes = document->bytes;
    const struct span core = document_inner(document, line);
    bool lacks[128] = {false};
    size_t run = core.start;

    if (begin_line(document, core) == NULL)
        return;
    for (size_t at = core.start; at < core.end;) {
        const char close = bytes[at] == '<' ? '>' : '}';
        const char *end = bytes[at] == '<' || bytes[at] == '{'
                              ? find_close(document, at, core.end, close, lacks)
                              : NULL;

        if (end == NULL) {
            at++;
            continue;
        }
        add(document, run, at, SPELLING_PLAIN);
        at = (size_t)(end - bytes) + 1;
        run = at;
    }
    add(document, run, core.end, SPELLING_PLAIN);
    document_end_unit(document, core.end);
}

static bool
read_subtitles(struct document *document)
{
    bool is_caption = false, has_time = false;

    for (size_t at = 0; at < document->length && !document->failed;) {
        const struct span line = read_line(document, at, &at);
        const struct span core = document_inner(document, line);

        document_part(document, GLUE_LINE);
        if (core.start == core.end)
            is_caption = false;
        else if (holds(document, line, "-->"))
            is_caption = has_time = true;
        else if (is_caption)
            read_caption(document, line);
    }
    return has_time && !document->failed;
}

/* ---- Markdown ------------------------------------------------------------ */

/* How many bytes from `at` on are `sign`. */
static size_t
run_length(const struct document *document, size_t at, size_t end, char sign)
{
    size_t n = 0;

    while (at + n < end && document->bytes[at + n] == sign)
        n++;
    return n;
}

/* Nobody begins code with more signs: each number is looked for in vain once.
 */
#define MOST_SIGNS ((size_t)80)

/* Code within a line ends with as many signs as it begins with.  What does not
 * end is none: its signs are text. */
static size_t
skip_code(const struct document *document, size_t at, size_t end, bool *is_code)
{
    const size_t n = run_length(document, at, end, '`');

    for (size_t i = at + n; i < end && n <= MOST_SIGNS; i++) {
        const size_t m = run_length(document, i, end, '`');

        *is_code = m == n;
        if (*is_code)
            return i + n;
        i += m;
    }
    return at + n;
}

/* The end of what begins at `at`: of `code`, <address> or the address of a
 * link, which are fixed, or of text that means nothing else. */
static size_t
skip(const struct document *document, size_t at, size_t end, bool lacks[128],
     bool *is_fixed)
{
    const char *bytes = document->bytes;
    const char *close = NULL;

    *is_fixed = false;
    if (bytes[at] == '`')
        return skip_code(document, at, end, is_fixed);
    if (bytes[at] == '\\' && at + 1 < end && bytes[at + 1] == '`')
        return at + 2;
    if (bytes[at] == '<')
        close = find_close(document, at + 1, end, '>', lacks);
    else if (bytes[at] == ']' && at + 1 < end && bytes[at + 1] == '(')
        close = find_close(document, at + 1, end, ')', lacks);
    *is_fixed = close != NULL;
    return close == NULL ? at + 1 : (size_t)(close - bytes) + 1;
}

static void
read_markdown_line(struct document *document, struct span line)
{
    const struct span core = document_inner(document, line);
    bool lacks[128] = {false};
    size_t run = core.start;

    if (begin_line(document, core) == NULL)
        return;
    for (size_t at = core.start, end; at < core.end; at = end) {
        bool is_fixed;

        end = skip(document, at, core.end, lacks, &is_fixed);
        if (!is_fixed)
            continue;
        add(document, run, at, SPELLING_PLAIN);
        add(document, at, end, SPELLING_FIXED);
        run = end;
    }
    add(document, run, core.end, SPELLING_PLAIN);
    document_end_unit(document, core.end);
}

/* The length of what marks a quotation, ">", or, if those may begin there, an
 * item of a list, "-" or "1." and a blank; 0 if nothing does. */
static size_t
mark_length(const char *text, size_t length, bool with_items)
{
    size_t n = 0;

    if (length > 0 && *text == '>')
        return 1;
    while (n < length && isdigit((unsigned char)text[n]) != 0)
        n++;
    if (!with_items || n + 1 >= length || !is_blank_byte(text[n + 1]))
        return 0;
    return memchr(n > 0 ? ".)." : "-+*", text[n], 3) != NULL ? n + 2 : 0;
}

/* A line less the marks that it begins with. */
static struct span
skip_marks(const struct document *document, struct span core, bool with_items)
{
    size_t n;

    while ((n = mark_length(document->bytes + core.start, core.end - core.start,
                            with_items)) > 0) {
        core.start += n;
        core = document_inner(document, core);
    }
    return core;
}

/* Three or more "`" or "~", which begin and end code. */
struct fence {
    char sign;
    size_t length;  /* 0: none */
    bool is_quoted; /* it ends with the quotation */
};

/* Whether the line begins or ends code.  What ends it is as long at least and
 * alone in its line; behind what begins it "`" may not stand, or it is code
 * within a line of text. */
static bool
take_fence(const struct document *document, struct span core,
           struct fence *fence)
{
    const char sign = core.start < core.end ? document->bytes[core.start] : ' ';
    const size_t n = run_length(document, core.start, core.end, sign);
    const size_t left = core.end - core.start - n;

    if (n < 3 || (sign != '`' && sign != '~'))
        return false;
    if (fence->length > 0) {
        if (sign != fence->sign || n < fence->length || left > 0)
            return false;
        *fence = (struct fence){0};
        return true;
    }
    if (sign == '`' &&
        memchr(document->bytes + core.start + n, sign, left) != NULL)
        return false;
    *fence = (struct fence){.sign = sign, .length = n};
    return true;
}

/* The same of a whole line, which may be a quotation's or begin an item. */
static bool
take_fence_line(const struct document *document, struct span core,
                struct fence *fence)
{
    const bool is_quoted =
        core.start < core.end && document->bytes[core.start] == '>';

    if (fence->is_quoted && !is_quoted)
        *fence = (struct fence){0};
    if (fence->length == 0 || fence->is_quoted)
        core = skip_marks(document, core, fence->length == 0);
    if (!take_fence(document, core, fence))
        return false;
    fence->is_quoted = fence->length > 0 && is_quoted;
    return true;
}

static bool
read_markdown(struct document *document)
{
    struct fence fence = {0};

    for (size_t at = document_start(document);
         at < document->length && !document->failed;) {
        const struct span line = read_line(document, at, &at);
        const struct span core = document_inner(document, line);

        document_part(document, GLUE_LINE);
        if (take_fence_line(document, core, &fence))
            continue;
        if (core.start == core.end)
            document_part(document, GLUE_PARAGRAPH);
        else if (fence.length == 0)
            read_markdown_line(document, line);
    }
    return !document->failed;
}

const struct file_format format_srt = {.name = "srt", .read = read_subtitles};
const struct file_format format_vtt = {.name = "vtt", .read = read_subtitles};
const struct file_format format_markdown = {.name = "markdown",
                                            .read = read_markdown};
