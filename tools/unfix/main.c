/* SPDX-License-Identifier: MPL-2.0 */
/* unfix: repairs what OCR did to Spanish text.  See unfix.1. */
#include "apply.h"
#include "args.h"
#include "engine.h"
#include "explain.h"
#include "filter.h"
#include "help.h"
#include "messages.h"
#include "output.h"
#include "process.h"
#include "progress.h"
#include "review.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    STATUS_DONE = 0,
    STATUS_CHANGES = 1, /* with --check only */
    STATUS_TROUBLE = 2
};

/* What a run writes to. */
struct session {
    const struct options *options;
    struct filter filter;
    struct output output;
    struct output report;
    struct reported_files orders; /* of --apply and --revert */
    int status;
};

static bool
has_orders(const struct options *options)
{
    return options->apply != NULL || options->revert != NULL;
}

static void
set_trouble(struct session *session)
{
    session->status = STATUS_TROUBLE;
}

/* ---- A file -------------------------------------------------------------- */

static void
check_file(struct session *session, struct input *input, const char *path)
{
    const uint64_t *applied = &session->filter.applied;

    if (!filter_run(&session->filter, input, path)) {
        set_trouble(session);
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
    set_trouble(session);
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

/* ---- All files ----------------------------------------------------------- */

/* NULL, and said so, if it cannot be opened. */
static struct input *
open_file(struct session *session, struct input *input, const char *path)
{
    if (session->filter.ahead != NULL)
        return ahead_next_file(session->filter.ahead);
    return input_open(input, path, session->options->in_place) ? input : NULL;
}

static void
run_file(struct session *session, const char *path)
{
    struct input own, *input = open_file(session, &own, path);

    if (input == NULL) {
        set_trouble(session);
        return;
    }
    if (has_orders(session->options)) {
        if (!order_file(session, input, path))
            set_trouble(session);
    } else if (session->options->format == FORMAT_EXPLAIN) {
        if (!explain(&session->output, session->filter.context, input,
                     session->options->line))
            set_trouble(session);
    } else if (session->options->check)
        check_file(session, input, path);
    else if (session->options->in_place)
        replace_file(session, input, path);
    else if (!filter_run(&session->filter, input, path))
        set_trouble(session);
    input_close(input);
}

/* https://no-color.org */
static bool
wants_colour(const struct session *session)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (session->options->colour != COLOUR_AUTO)
        return session->options->colour == COLOUR_ALWAYS;
    return session->output.stream != NULL &&
           isatty(fileno(session->output.stream)) &&
           (no_color == NULL || *no_color == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

static bool
open_outputs(struct session *session)
{
    const struct options *options = session->options;
    const bool has_output = !options->check && !options->in_place;

    if (has_output && !output_open(&session->output, options->output))
        return false;
    if (options->report != NULL &&
        !output_open(&session->report, options->report))
        return false;
    session->filter.format = options->format;
    session->filter.repair = &options->repair;
    session->filter.has_colour = wants_colour(session);
    session->filter.output = options->check ? NULL : &session->output;
    session->filter.report = options->report != NULL ? &session->report : NULL;
    return true;
}

static void
close_output(struct session *session, struct output *output, bool is_wanted)
{
    if (!is_wanted)
        output_discard(output);
    else if (!output_commit(output))
        set_trouble(session);
}

/* After trouble a file would hold less than it seems to: neither appears, but
 * for the report of what was replaced in place. */
static void
close_outputs(struct session *session)
{
    const bool is_written = output_finish(&session->output);
    const bool is_reported = output_finish(&session->report);
    bool is_good;

    if (!is_written || !is_reported)
        set_trouble(session);
    is_good = session->status != STATUS_TROUBLE;
    close_output(session, &session->output, is_good);
    close_output(session, &session->report,
                 is_good || session->options->in_place);
}

static bool
is_at_an_end(const struct session *session)
{
    /* In place, each file has an output of its own. */
    return session->report.failed ||
           (session->output.failed && !session->options->in_place);
}

/* The library is not needed where a report says all. */
static bool
open_session(struct session *session, struct engine *engine)
{
    const struct options *options = session->options;

    *engine = (struct engine){0};
    if (has_orders(options)) {
        if (!read_report(&session->orders, options->apply != NULL
                                               ? options->apply
                                               : options->revert))
            return false;
    } else if (!engine_open(engine, options))
        return false;
    session->filter.context = engine->context;
    if (options->jobs > 1 && !has_orders(options) &&
        options->format != FORMAT_EXPLAIN) {
        session->filter.ahead = ahead_open(engine, options);
        if (session->filter.ahead == NULL)
            return false;
    }
    return open_outputs(session);
}

static void
run_files(struct session *session)
{
    const struct options *options = session->options;

    if (options->format == FORMAT_REVIEW)
        review_begin(&session->output);
    progress_begin(input_total_size(options->files.items, options->files.count),
                   options->quiet);
    for (size_t i = 0; i < options->files.count; i++) {
        if (is_at_an_end(session))
            break;
        run_file(session, options->files.items[i]);
    }
    if (options->format == FORMAT_SUMMARY)
        series_write(&session->filter.series, &session->output);
    if (options->format == FORMAT_REVIEW)
        review_end(&session->output);
}

static int
run(const struct options *options)
{
    struct session session = {.options = options, .status = STATUS_DONE};
    struct engine engine;

    if (open_session(&session, &engine))
        run_files(&session);
    else
        set_trouble(&session);
    progress_hide();
    close_outputs(&session);
    if (isatty(STDERR_FILENO) && session.filter.totals.files > 0)
        totals_say(&session.filter.totals);
    filter_free(&session.filter);
    ahead_close(session.filter.ahead);
    read_report_free(&session.orders);
    engine_close(&engine);
    return session.status;
}

/* For --help and --version, whose reader wants all of it, too. */
static int
close_stdout(void)
{
    const bool had_error = ferror(stdout) != 0;

    if (fclose(stdout) == 0 && !had_error)
        return STATUS_DONE;
    message_error("(stdout)", "%s", strerror(errno));
    return STATUS_TROUBLE;
}

int
main(int argc, char **argv)
{
    struct options options;
    int status = STATUS_TROUBLE;

    process_setup();
    switch (args_parse(&options, argc, argv)) {
    case ARGS_RUN:
        messages_set_quiet(options.quiet);
        status = run(&options);
        break;
    case ARGS_HELP:
        help_print();
        status = close_stdout();
        break;
    case ARGS_VERSION:
        printf("unfix %s\nlibunfix %s\n", UNFIX_VERSION_STRING,
               unfix_version());
        status = close_stdout();
        break;
    case ARGS_WRONG:
        break;
    }
    args_free(&options);
    return status;
}
