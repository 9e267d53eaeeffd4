/* SPDX-License-Identifier: MPL-2.0 */
#include "session.h"

#include "each.h"
#include "engine.h"
#include "progress.h"
#include "review.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
session_set_trouble(struct session *session)
{
    session->status = STATUS_TROUBLE;
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
    session->filter.options = options;
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
        session_set_trouble(session);
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
        session_set_trouble(session);
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
    if (args_orders(options) != NULL) {
        if (!read_report(&session->orders, args_orders(options)))
            return false;
    } else if (!engine_open(engine, options))
        return false;
    session->filter.context = engine->context;
    if (options->jobs > 1 && args_orders(options) == NULL &&
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
        each_file(session, options->files.items[i]);
    }
    if (options->format == FORMAT_SUMMARY)
        series_write(&session->filter.series, &session->output);
    if (options->format == FORMAT_REVIEW)
        review_end(&session->output);
}

int
session_run(const struct options *options)
{
    struct session session = {.options = options, .status = STATUS_DONE};
    struct engine engine;

    if (open_session(&session, &engine))
        run_files(&session);
    else
        session_set_trouble(&session);
    progress_hide();
    close_outputs(&session);
    if (isatty(STDERR_FILENO) && session.filter.totals.files > 0)
        totals_say(&session.filter.totals);
    if (session.filter.has_faults)
        session_set_trouble(&session);
    filter_free(&session.filter);
    ahead_close(session.filter.ahead);
    read_report_free(&session.orders);
    engine_close(&engine);
    return session.status;
}
