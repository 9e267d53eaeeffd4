/* SPDX-License-Identifier: MPL-2.0 */
#include "each.h"

#include "apply.h"
#include "explain.h"
#include "messages.h"

#include <inttypes.h>

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

/* A file in which there is nothing to repair is not touched. */
static bool
replace_if_changed(struct filter *filter, struct input *input, const char *path)
{
    if (!output_open_in_place(filter->output, input)) {
        filter_skip(filter);
        return false;
    }
    if (!filter_run(filter, input, path))
        return false;
    return filter->applied == 0 || output_commit(filter->output);
}

/* The report tells of the files that were replaced, and of no others. */
static void
replace_file(struct session *session, struct input *input, const char *path)
{
    const int64_t mark =
        session->options->report != NULL ? output_mark(&session->report) : -1;
    const bool good = replace_if_changed(&session->filter, input, path);

    output_discard(&session->output);
    if (good)
        return;
    session_set_trouble(session);
    if (session->options->report != NULL)
        output_rewind(&session->report, mark);
}

/* ---- A file, by a report ------------------------------------------------- */

/* Nothing is written before all of it is known to be right. */
static bool
order_file(struct session *session, struct input *input, const char *path)
{
    const enum apply_way way =
        session->options->apply != NULL ? APPLY_FORWARD : APPLY_BACK;
    struct buffer text = {0};
    struct buffer out = {0};
    bool good = input_read_all(input, &text) &&
                apply_report(&session->orders, way, path, &text, &out);

    if (good && session->options->in_place)
        good = output_open_in_place(&session->output, input);
    if (good)
        output_write(&session->output, out.data, out.length);
    good = good && !session->output.failed;
    if (good && session->options->in_place)
        good = output_commit(&session->output);
    if (session->options->in_place)
        output_discard(&session->output);
    buffer_free(&text);
    buffer_free(&out);
    return good;
}

/* ---- What is no text ----------------------------------------------------- */

/* Where a text is asked for, what is none comes out as it is. */
static bool
copy(struct output *output, struct input *input)
{
    char block[INPUT_BLOCK];
    size_t length;

    while (input_read(input, block, &length)) {
        if (length == 0)
            return !output->failed;
        output_write(output, block, length);
    }
    return false;
}

static void
leave_alone(struct session *session, struct input *input)
{
    const struct options *options = session->options;
    char name[64];

    message_notice(input->name, "%s, left alone",
                   content_name(&input->content, name, sizeof(name)));
    session->filter.totals.left_alone++;
    if (!options->check && !options->in_place &&
        options->format == FORMAT_TEXT && !copy(&session->output, input))
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
    /* A report knows what it is of. */
    if (!options->as_text && args_orders(options) == NULL)
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
        if (!explain(&session->output, session->filter.context, input,
                     session->options))
            session_set_trouble(session);
    } else if (session->options->check)
        check_file(session, input, path);
    else if (session->options->in_place)
        replace_file(session, input, path);
    else if (!filter_run(&session->filter, input, path))
        session_set_trouble(session);
    input_close(input);
}
