/* SPDX-License-Identifier: MPL-2.0 */
#include "each.h"

#include "apply.h"
#include "explain.h"
#include "identity.h"
#include "messages.h"
#include "path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- A file -------------------------------------------------------------- */

static void
check_file(struct session *session, struct input *input, const char *path)
{
    const uint64_t *applied = &session->filter.applied;

    if (!filter_run(&session->filter, input, path)) {
        session_set_trouble(session);
        return;
    }
    if (*applied == 0)
        return;
    message_notice(input->name, "would change (%" PRIu64 " repair%s)", *applied,
                   *applied == 1 ? "" : "s");
    if (session->status == STATUS_DONE)
        session->status = STATUS_CHANGES;
}

/* From here on the way back is on the disk. */
static bool
commit(struct filter *filter)
{
    if (filter->report != NULL)
        output_sync(filter->report);
    return (filter->report == NULL || !filter->report->failed) &&
           output_commit(filter->output);
}

static bool
open_in_place(const struct options *options, struct output *output,
              const struct input *input)
{
    if (!output_open_in_place(output, input))
        return false;
    if (options->backup == NULL)
        return true;
    output->backup = path_append(input->target, options->backup);
    output->is_backup_forced = options->force;
    return output->backup != NULL;
}

/* `path` is the file to be written. */
static bool
open_in_folder(struct output *output, const struct input *input,
               const char *path)
{
    const struct identity there = identity_of_path(path);

    if (identity_is_same(&there, &input->identity)) {
        message_error(path, "is an input and cannot be the output");
        return false;
    }
    return path_make_folders(path) && output_open(output, path);
}

/* A file in which there is nothing to repair is not touched; in another folder
 * it appears as it is. */
static bool
write_own(struct session *session, struct input *input, const char *path,
          const char *own)
{
    const struct options *options = session->options;
    struct filter *filter = &session->filter;
    const bool is_open = own != NULL
                             ? open_in_folder(filter->output, input, own)
                             : open_in_place(options, filter->output, input);

    if (!is_open) {
        filter_skip(filter);
        return false;
    }
    if (!filter_run(filter, input, path))
        return false;
    return (own == NULL && filter->applied == 0 && !filter->is_converted) ||
           commit(filter);
}

/* The report tells of the files that were written, and of no others. */
static void
write_file(struct session *session, struct input *input, const char *path)
{
    const char *folder = session->options->output_dir;
    char *own = folder != NULL ? path_join(folder, path_within(path)) : NULL;
    const int64_t mark =
        session->options->report != NULL ? output_mark(&session->report) : -1;
    bool good = folder == NULL || own != NULL;

    if (good)
        good = write_own(session, input, path, own);
    else
        filter_skip(&session->filter);
    output_discard(&session->output);
    free(own);
    if (good)
        return;
    session_set_trouble(session);
    if (session->options->report != NULL)
        output_rewind(&session->report, mark);
}

/* ---- A file, by a report ------------------------------------------------- */

static bool
is_same(const struct buffer *a, const struct buffer *b)
{
    return a->length == b->length &&
           (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

/* Writes it to a file of its own; in place, one that is as it should be
 * stays. */
static bool
write_ordered_own(struct session *session, struct input *input,
                  const char *path, const struct buffer *text,
                  const struct buffer *out)
{
    const char *folder = session->options->output_dir;
    struct output *output = &session->output;
    char *own = folder != NULL ? path_join(folder, path_within(path)) : NULL;
    bool good;

    if (folder == NULL && is_same(text, out))
        return true;
    good = folder != NULL ? own != NULL && open_in_folder(output, input, own)
                          : output_open_in_place(output, input);
    free(own);
    if (!good)
        return false;
    output_write(output, out->data, out->length);
    good = !output->failed && output_commit(output);
    output_discard(output);
    return good;
}

static bool
write_ordered(struct session *session, struct input *input, const char *path,
              const struct buffer *text, const struct buffer *out)
{
    struct output *output = &session->output;

    if (args_has_own_outputs(session->options))
        return write_ordered_own(session, input, path, text, out);
    output_begin_part(output);
    output_write(output, out->data, out->length);
    return !output->failed;
}

/* Nothing is written before all of it is known to be right. */
static bool
order_file(struct session *session, struct input *input, const char *path)
{
    const enum apply_way way =
        session->options->apply != NULL ? APPLY_FORWARD : APPLY_BACK;
    struct buffer text = {0};
    struct buffer out = {0};
    const bool good =
        input_read_all(input, SIZE_MAX, &text) &&
        apply_report(&session->orders, way,
                     args_report_name(session->options, path), &text, &out) &&
        write_ordered(session, input, path, &text, &out);

    buffer_free(&text);
    buffer_free(&out);
    return good;
}

/* ---- What is no text ----------------------------------------------------- */

/* Where a text is asked for, what is none comes out as it is. */
static void
leave_alone(struct session *session, struct input *input)
{
    const struct options *options = session->options;
    char name[64];

    /* In folders there are many, which are counted. */
    if (!options->recursive)
        message_notice(input->name, "%s, left alone",
                       content_name(&input->content, name, sizeof(name)));
    session->filter.totals.left_alone++;
    if (!options->check && !args_has_own_outputs(options) &&
        options->format == FORMAT_TEXT && !output_copy(&session->output, input))
        session_set_trouble(session);
}

/* ---- Whatever it is ------------------------------------------------------ */

/* NULL, and said so, if it cannot be opened. */
static struct input *
open_file(struct session *session, struct input *input, const char *path)
{
    const struct options *options = session->options;

    if (session->filter.ahead != NULL)
        return ahead_next_file(session->filter.ahead);
    if (!input_open(input, path, options->in_place))
        return NULL;
    /* A report knows what it is of; what is no text was left out of it. */
    if (!args_takes_all(options) &&
        (args_orders(options) == NULL ||
         !apply_knows(&session->orders, args_report_name(options, path))))
        input_classify(input);
    return input;
}

void
each_file(struct session *session, const char *path)
{
    struct input own, *input = open_file(session, &own, path);

    if (input == NULL) {
        session_set_trouble(session);
        return;
    }
    if (input->content.kind != CONTENT_TEXT)
        leave_alone(session, input);
    else if (args_orders(session->options) != NULL) {
        if (!order_file(session, input, path))
            session_set_trouble(session);
    } else if (session->options->format == FORMAT_EXPLAIN) {
        if (!explain(&session->output, session->filter.context,
                     session->filter.model, input, session->options))
            session_set_trouble(session);
    } else if (session->options->check)
        check_file(session, input, path);
    else if (args_has_own_outputs(session->options))
        write_file(session, input, path);
    else {
        if (session->options->format == FORMAT_TEXT ||
            session->options->format == FORMAT_INLINE)
            output_begin_part(&session->output);
        if (!filter_run(&session->filter, input, path))
            session_set_trouble(session);
    }
    input_close(input);
}
