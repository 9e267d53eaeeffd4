/* SPDX-License-Identifier: MPL-2.0 */
#include "diff.h"

#include "colour.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* From this size on, a hunk is to end soon. */
#define HUNK_SIZE ((size_t)64 * 1024)

/* How many bytes at the start of `text` make `count` lines. */
static size_t
lines_length(const char *text, size_t length, size_t count)
{
    size_t at = 0;

    for (; count > 0 && at < length; count--) {
        const char *end = memchr(text + at, '\n', length - at);

        if (end == NULL)
            return length;
        at = (size_t)(end - text) + 1;
    }
    return at;
}

static size_t
count_lines(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t at = 0; at < length; count++)
        at += lines_length(text + at, length - at, 1);
    return count;
}

/* ---- Names --------------------------------------------------------------- */

/* As diff(1) and git write it and patch(1) reads it: a name with odd bytes is
 * quoted as in C; one with a blank is ended by a tab. */
static void
write_name(struct output *output, const char *mark, const char *name)
{
    bool is_odd = false;

    for (const char *at = name; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;

        is_odd |= byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\';
    }
    output_puts(output, mark);
    output_puts(output, is_odd ? "\"" : "");
    for (const char *at = name; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        char escape[8];

        if (byte == '"' || byte == '\\')
            snprintf(escape, sizeof(escape), "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            snprintf(escape, sizeof(escape), "\\%03o", byte);
        else
            snprintf(escape, sizeof(escape), "%c", byte);
        output_puts(output, escape);
    }
    output_puts(output, is_odd ? "\"" : "");
    output_puts(output, !is_odd && strchr(name, ' ') != NULL ? "\t\n" : "\n");
}

static void
write_head(struct diff *diff)
{
    if (diff->has_head)
        return;
    diff->has_head = true;
    output_puts(diff->output, diff->has_colour ? COLOUR_NAME : "");
    write_name(diff->output, "--- ", diff->name);
    write_name(diff->output, "+++ ", diff->name);
    output_puts(diff->output, diff->has_colour ? COLOUR_END : "");
}

/* ---- Hunks --------------------------------------------------------------- */

static void
append_line(struct buffer *body, char mark, const char *line, size_t length)
{
    static const char no_newline[] = "\n\\ No newline at end of file\n";

    buffer_append(body, &mark, 1);
    buffer_append(body, line, length);
    if (length > 0 && line[length - 1] != '\n')
        buffer_append(body, no_newline, sizeof(no_newline) - 1);
}

static void
append_lines(struct buffer *body, char mark, const struct buffer *lines)
{
    size_t at = 0;

    while (at < lines->length) {
        const char *line = lines->data + at;
        const size_t length = lines_length(line, lines->length - at, 1);

        append_line(body, mark, line, length);
        at += length;
    }
}

/* Empties the first `count` tail buffers and moves them behind the others,
 * where their memory serves again. */
static void
drop_tail(struct diff *diff, size_t count)
{
    for (; count > 0; count--) {
        struct buffer first = diff->tail[0];

        memmove(diff->tail, diff->tail + 1,
                (DIFF_TAIL_MAX - 1) * sizeof(diff->tail[0]));
        buffer_clear(&first);
        diff->tail[DIFF_TAIL_MAX - 1] = first;
        diff->tail_count--;
    }
}

/* A range as in a hunk's head.  An empty one names the line before it. */
static void
format_range(char *range, size_t size, uint64_t before, uint64_t count)
{
    if (count == 1)
        snprintf(range, size, "%" PRIu64, before + 1);
    else
        snprintf(range, size, "%" PRIu64 ",%" PRIu64,
                 count > 0 ? before + 1 : before, count);
}

static void
write_hunk_head(struct diff *diff)
{
    const uint64_t left = diff->tail_count; /* read, but not in the hunk */
    char old_range[48];
    char new_range[48];
    char head[128];

    format_range(old_range, sizeof(old_range), diff->hunk_old,
                 diff->old_lines - left - diff->hunk_old);
    format_range(new_range, sizeof(new_range), diff->hunk_new,
                 diff->new_lines - left - diff->hunk_new);
    snprintf(head, sizeof(head), "%s@@ -%s +%s @@%s\n",
             diff->has_colour ? COLOUR_PLACE : "", old_range, new_range,
             diff->has_colour ? COLOUR_END : "");
    output_puts(diff->output, head);
}

/* Each line on its own, so that a pager may begin at any of them. */
static void
write_coloured(struct diff *diff)
{
    size_t at = 0;

    while (at < diff->body.length) {
        const char *line = diff->body.data + at;
        const size_t length = lines_length(line, diff->body.length - at, 1);
        const size_t bare =
            length > 0 && line[length - 1] == '\n' ? length - 1 : length;
        const bool is_old = *line == '-';

        if (is_old || *line == '+') {
            output_puts(diff->output, is_old ? COLOUR_OLD : COLOUR_NEW);
            output_write(diff->output, line, bare);
            output_puts(diff->output, COLOUR_END);
            output_write(diff->output, line + bare, length - bare);
        } else
            output_write(diff->output, line, length);
        at += length;
    }
}

/* Takes up to three lines of the tail as the context that ends the hunk. */
static void
close_hunk(struct diff *diff)
{
    size_t count = diff->tail_count;

    if (count > DIFF_CONTEXT)
        count = DIFF_CONTEXT;
    for (size_t i = 0; i < count; i++)
        append_lines(&diff->body, ' ', &diff->tail[i]);
    drop_tail(diff, count);
    diff->failed |= diff->body.failed;
    if (!diff->failed) {
        write_head(diff);
        write_hunk_head(diff);
        if (diff->has_colour)
            write_coloured(diff);
        else
            output_write(diff->output, diff->body.data, diff->body.length);
    }
    buffer_clear(&diff->body);
    diff->is_open = false;
    if (diff->tail_count > DIFF_CONTEXT)
        drop_tail(diff, diff->tail_count - DIFF_CONTEXT);
}

/* Closes a hunk before its time.  patch(1) takes a hunk that ends with less
 * context than it begins with for one at the end of the file: so the beginning
 * gives lines up. */
static void
cut_hunk(struct diff *diff)
{
    if (diff->lead > diff->tail_count) {
        const size_t extra = diff->lead - diff->tail_count;

        buffer_drop(&diff->body,
                    lines_length(diff->body.data, diff->body.length, extra));
        diff->hunk_old += extra;
        diff->hunk_new += extra;
    }
    close_hunk(diff);
}

/* How many unchanged lines end a hunk of this size: the longer it is, the less
 * context will do. */
static size_t
ending_context(size_t size)
{
    if (size < HUNK_SIZE)
        return DIFF_TAIL_MAX;
    if (size < 2 * HUNK_SIZE)
        return DIFF_CONTEXT;
    return size < 4 * HUNK_SIZE ? 1 : 0;
}

static void
close_if_due(struct diff *diff)
{
    if (!diff->is_open || diff->tail_count < ending_context(diff->body.length))
        return;
    if (diff->tail_count == DIFF_TAIL_MAX)
        close_hunk(diff);
    else
        cut_hunk(diff);
}

static void
open_hunk(struct diff *diff)
{
    diff->is_open = true;
    diff->lead = diff->tail_count;
    diff->hunk_old = diff->old_lines - diff->tail_count;
    diff->hunk_new = diff->new_lines - diff->tail_count;
}

/* ---- Lines --------------------------------------------------------------- */

static void
add_unchanged(struct diff *diff)
{
    struct buffer *last;

    if (!diff->is_open && diff->tail_count == DIFF_CONTEXT)
        drop_tail(diff, 1);
    last = &diff->tail[diff->tail_count++];
    buffer_append(last, diff->old_side.data, diff->old_side.length);
    diff->failed |= last->failed;
    diff->old_lines++;
    diff->new_lines++;
    close_if_due(diff);
}

static void
add_change(struct diff *diff)
{
    const struct buffer *old_side = &diff->old_side;
    const struct buffer *new_side = &diff->new_side;

    if (!diff->is_open)
        open_hunk(diff);
    for (size_t i = 0; i < diff->tail_count; i++)
        append_lines(&diff->body, ' ', &diff->tail[i]);
    drop_tail(diff, diff->tail_count);
    append_lines(&diff->body, '-', old_side);
    append_lines(&diff->body, '+', new_side);
    diff->old_lines += count_lines(old_side->data, old_side->length);
    diff->new_lines += count_lines(new_side->data, new_side->length);
    close_if_due(diff);
}

/* Both sides are at the end of a line. */
static void
end_lines(struct diff *diff)
{
    diff->failed |= diff->old_side.failed || diff->new_side.failed;
    if (diff->differs)
        add_change(diff);
    else
        add_unchanged(diff);
    buffer_clear(&diff->old_side);
    buffer_clear(&diff->new_side);
    diff->differs = false;
}

/* Bytes that are the same on both sides.  Only in these can a line end on both
 * sides at once. */
static void
add_same(struct diff *diff, const char *text, size_t length)
{
    while (length > 0) {
        const size_t step = lines_length(text, length, 1);

        buffer_append(&diff->old_side, text, step);
        if (diff->differs)
            buffer_append(&diff->new_side, text, step);
        if (text[step - 1] == '\n')
            end_lines(diff);
        text += step;
        length -= step;
    }
}

/* Bytes that differ. */
static void
add_different(struct diff *diff, const char *before, size_t before_length,
              const char *after, size_t after_length)
{
    if (before_length == 0 && after_length == 0)
        return;
    if (!diff->differs) {
        buffer_append(&diff->new_side, diff->old_side.data,
                      diff->old_side.length);
        diff->differs = true;
    }
    buffer_append(&diff->old_side, before, before_length);
    buffer_append(&diff->new_side, after, after_length);
}

static void
add_edit(struct diff *diff, const struct change *c)
{
    size_t before = c->original_length;
    size_t after = c->replacement_length;
    size_t start = 0;

    /* What an edit keeps may hold the end of a line. */
    while (start < before && start < after &&
           c->original[start] == c->replacement[start])
        start++;
    while (before > start && after > start &&
           c->original[before - 1] == c->replacement[after - 1]) {
        before--;
        after--;
    }
    add_same(diff, c->original, start);
    add_different(diff, c->original + start, before - start,
                  c->replacement + start, after - start);
    add_same(diff, c->original + before, c->original_length - before);
}

/* ---- The interface ------------------------------------------------------- */

void
diff_begin(struct diff *diff, struct output *output, const char *name)
{
    drop_tail(diff, diff->tail_count);
    buffer_clear(&diff->old_side);
    buffer_clear(&diff->new_side);
    buffer_clear(&diff->body);
    diff->output = output;
    diff->name = name;
    diff->has_head = false;
    diff->failed = false;
    diff->differs = false;
    diff->is_open = false;
    diff->old_lines = 0;
    diff->new_lines = 0;
}

void
diff_piece(struct diff *diff, const char *input, const struct piece *piece)
{
    const size_t count = piece_change_count(piece);
    const size_t length = piece_input_length(piece);
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        struct change change;
        size_t start;

        if (!piece_change(piece, i, &change))
            continue;
        start = (size_t)(change.offset - piece->input);
        add_same(diff, input + at, start - at);
        add_edit(diff, &change);
        at = start + change.original_length;
    }
    add_same(diff, input + at, length - at);
}

bool
diff_end(struct diff *diff)
{
    /* A last line without a newline. */
    if (diff->differs || diff->old_side.length > 0)
        end_lines(diff);
    if (diff->is_open)
        close_hunk(diff);
    return !diff->failed;
}

void
diff_free(struct diff *diff)
{
    for (size_t i = 0; i < DIFF_TAIL_MAX; i++)
        buffer_free(&diff->tail[i]);
    buffer_free(&diff->old_side);
    buffer_free(&diff->new_side);
    buffer_free(&diff->body);
}
