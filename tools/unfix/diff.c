/* SPDX-License-Identifier: MPL-2.0 */
#include "diff.h"

#include "colour.h"
#include "shown.h"

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

static void
note_error(struct diff *diff, const struct spool *spool)
{
    if (diff->error == 0)
        diff->error = spool->error;
}

/* ---- Names --------------------------------------------------------------- */

/* A name with odd bytes is quoted as in C. */
static void
write_quoted(struct output *output, const char *name)
{
    size_t left = strlen(name);

    output_puts(output, "\"");
    while (left > 0) {
        size_t plain = shown_harmless(name, left, false), step = 0;
        const size_t marks = strcspn(name, "\"\\");
        char escape[SHOWN_ROOM];

        plain = plain < marks ? plain : marks;
        output_write(output, name, plain);
        if (plain < left && (name[plain] == '"' || name[plain] == '\\')) {
            snprintf(escape, sizeof(escape), "\\%c", name[plain]);
            output_puts(output, escape);
            step = 1;
        } else if (plain < left) {
            step = shown_escape(name + plain, left - plain, escape);
            output_puts(output, escape);
        }
        name += plain + step;
        left -= plain + step;
    }
    output_puts(output, "\"");
}

/* As diff(1) and git write it and patch(1) reads it; one with a blank is ended
 * by a tab. */
static void
write_name(struct output *output, const char *mark, const char *name)
{
    const size_t length = strlen(name);
    const bool is_odd = shown_harmless(name, length, false) < length ||
                        strpbrk(name, "\"\\") != NULL;

    output_puts(output, mark);
    if (is_odd)
        write_quoted(output, name);
    else
        output_puts(output, name);
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

/* Lines on their way into the hunk, each with a mark before it. */
struct marking {
    struct diff *diff;
    char mark;
    bool is_within; /* a line */
    uint64_t lines;
};

static void
take_lines(void *user, const char *bytes, size_t length)
{
    struct marking *marking = user;
    struct spool *body = &marking->diff->body;

    while (length > 0) {
        const size_t step = lines_length(bytes, length, 1);

        if (!marking->is_within) {
            spool_append(body, &marking->mark, 1);
            marking->lines++;
        }
        spool_append(body, bytes, step);
        marking->is_within = bytes[step - 1] != '\n';
        bytes += step;
        length -= step;
    }
}

/* Returns how many lines there were. */
static uint64_t
append_lines(struct diff *diff, char mark, struct spool *lines)
{
    static const char no_newline[] = "\n\\ No newline at end of file\n";
    struct marking marking = {.diff = diff, .mark = mark};

    spool_walk(lines, 0, take_lines, &marking);
    if (marking.is_within)
        spool_append(&diff->body, no_newline, sizeof(no_newline) - 1);
    note_error(diff, lines);
    return marking.lines;
}

/* Empties the first `count` lines of the tail and moves them behind the others,
 * where their memory serves again. */
static void
drop_tail(struct diff *diff, size_t count)
{
    for (; count > 0; count--) {
        struct spool first = diff->tail[0];

        memmove(diff->tail, diff->tail + 1,
                (DIFF_TAIL_MAX - 1) * sizeof(diff->tail[0]));
        spool_clear(&first);
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

/* The hunk on its way out.  Colours are each line's own, so that a pager may
 * begin at any of them. */
struct writing {
    struct diff *diff;
    bool is_within;   /* a line */
    bool is_coloured; /* that one is */
};

static void
write_start(struct writing *writing, char mark)
{
    writing->is_coloured =
        writing->diff->has_colour && (mark == '-' || mark == '+');
    if (writing->is_coloured)
        output_puts(writing->diff->output,
                    mark == '-' ? COLOUR_OLD : COLOUR_NEW);
}

static void
write_lines(void *user, const char *bytes, size_t length)
{
    struct writing *writing = user;
    struct output *output = writing->diff->output;

    while (length > 0) {
        const size_t step = lines_length(bytes, length, 1);
        const bool is_end = bytes[step - 1] == '\n';

        if (!writing->is_within)
            write_start(writing, *bytes);
        output_write_shown(output, bytes, is_end ? step - 1 : step);
        if (is_end && writing->is_coloured)
            output_puts(output, COLOUR_END);
        if (is_end)
            output_puts(output, "\n");
        writing->is_within = !is_end;
        bytes += step;
        length -= step;
    }
}

/* Takes up to three lines of the tail as the context that ends the hunk. */
static void
close_hunk(struct diff *diff, uint64_t start)
{
    struct writing writing = {.diff = diff};
    size_t count = diff->tail_count;

    if (count > DIFF_CONTEXT)
        count = DIFF_CONTEXT;
    for (size_t i = 0; i < count; i++)
        append_lines(diff, ' ', &diff->tail[i]);
    drop_tail(diff, count);
    note_error(diff, &diff->body);
    if (diff->error == 0) {
        write_head(diff);
        write_hunk_head(diff);
        spool_walk(&diff->body, start, write_lines, &writing);
        note_error(diff, &diff->body);
    }
    spool_clear(&diff->body);
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
    uint64_t start = 0;

    if (diff->lead > diff->tail_count) {
        const size_t extra = diff->lead - diff->tail_count;

        start = diff->lead_ends[extra - 1];
        diff->hunk_old += extra;
        diff->hunk_new += extra;
    }
    close_hunk(diff, start);
}

/* How many unchanged lines end a hunk of this size: the longer it is, the less
 * context will do. */
static size_t
ending_context(uint64_t size)
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
        close_hunk(diff, 0);
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
append_to(void *user, const char *bytes, size_t length)
{
    spool_append(user, bytes, length);
}

static void
add_unchanged(struct diff *diff)
{
    struct spool *last;

    if (!diff->is_open && diff->tail_count == DIFF_CONTEXT)
        drop_tail(diff, 1);
    last = &diff->tail[diff->tail_count++];
    spool_walk(&diff->old_side, 0, append_to, last);
    note_error(diff, last);
    diff->old_lines++;
    diff->new_lines++;
    close_if_due(diff);
}

static void
add_change(struct diff *diff)
{
    const bool is_first = !diff->is_open;

    if (is_first)
        open_hunk(diff);
    for (size_t i = 0; i < diff->tail_count; i++) {
        append_lines(diff, ' ', &diff->tail[i]);
        if (is_first)
            diff->lead_ends[i] = diff->body.length;
    }
    drop_tail(diff, diff->tail_count);
    diff->old_lines += append_lines(diff, '-', &diff->old_side);
    diff->new_lines += append_lines(diff, '+', &diff->new_side);
    close_if_due(diff);
}

/* Both sides are at the end of a line. */
static void
end_lines(struct diff *diff)
{
    note_error(diff, &diff->old_side);
    note_error(diff, &diff->new_side);
    if (diff->differs)
        add_change(diff);
    else
        add_unchanged(diff);
    spool_clear(&diff->old_side);
    spool_clear(&diff->new_side);
    diff->differs = false;
}

/* Bytes that are the same on both sides.  Only in these can a line end on both
 * sides at once. */
static void
add_same(struct diff *diff, const char *text, size_t length)
{
    while (length > 0) {
        const size_t step = lines_length(text, length, 1);

        spool_append(&diff->old_side, text, step);
        if (diff->differs)
            spool_append(&diff->new_side, text, step);
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
        spool_walk(&diff->old_side, 0, append_to, &diff->new_side);
        diff->differs = true;
    }
    spool_append(&diff->old_side, before, before_length);
    spool_append(&diff->new_side, after, after_length);
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
    spool_clear(&diff->old_side);
    spool_clear(&diff->new_side);
    spool_clear(&diff->body);
    diff->output = output;
    diff->name = name;
    diff->has_head = false;
    diff->error = 0;
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

int
diff_end(struct diff *diff)
{
    /* A last line without a newline. */
    if (diff->differs || diff->old_side.length > 0)
        end_lines(diff);
    if (diff->is_open)
        close_hunk(diff, 0);
    return diff->error;
}

void
diff_free(struct diff *diff)
{
    for (size_t i = 0; i < DIFF_TAIL_MAX; i++)
        spool_free(&diff->tail[i]);
    spool_free(&diff->old_side);
    spool_free(&diff->new_side);
    spool_free(&diff->body);
}
