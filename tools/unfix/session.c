/* SPDX-License-Identifier: MPL-2.0 */
#include "session.h"

#include "collection.h"
#include "each.h"
#include "engine.h"
#include "identity.h"
#include "messages.h"
#include "progress.h"
#include "review.h"
#include "survey.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
session_set_trouble(struct session *session)
{
    session->status = STATUS_TROUBLE;
    session->troubles++;
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
is_overwritten(const char *path)
{
    const struct identity identity = identity_of_path(path);

    return identity.is_regular && identity.base == NULL && identity.size > 0;
}

/* Where files are written one by one it is a journal, as it is where it goes
 * on; else it appears in the end. */
static bool
open_report_file(struct session *session)
{
    const struct options *options = session->options;
    const char *path = options->report;
    struct output *report = &session->report;

    if (options->append_report || options->resume)
        return journal_read(&session->journal, path, options->report_base) &&
               journal_open(report, &session->journal, path,
                            options->output_dir);
    if (is_overwritten(path) && !options->force) {
        message_error(
            path,
            "is there already; %s--append-report adds to it, "
            "--force writes over it",
            args_has_own_outputs(options) ? "--resume goes on with it, " : "");
        return false;
    }
    return args_has_own_outputs(options)
               ? output_open_journal(report, path, false)
               : output_open(report, path);
}

static bool
open_report(struct session *session)
{
    struct output *report = &session->report;

    session->report_start = -1; /* of what did not open, nothing is cut off */
    if (!open_report_file(session))
        return false;
    if (output_is_compressed(session->options->report))
        output_compress(report);
    if (session->options->append_report || session->options->resume)
        session->report_start = output_mark(report);
    return !report->failed;
}

static bool
open_outputs(struct session *session)
{
    const struct options *options = session->options;
    const bool has_output = !options->check && !options->first_pass &&
                            !args_has_own_outputs(options);

    if (has_output && !output_open(&session->output, options->output))
        return false;
    if (options->report != NULL && !open_report(session))
        return false;
    session->filter.format = options->format;
    session->filter.options = options;
    session->filter.repair = &options->repair;
    session->filter.has_times = args_has_own_outputs(options);
    session->filter.has_colour = wants_colour(session);
    session->filter.output =
        options->check || options->first_pass ? NULL : &session->output;
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
    const bool has_own = args_has_own_outputs(session->options);
    bool is_good = output_finish(&session->output) && !session->report.failed &&
                   session->status != STATUS_TROUBLE;

    if (!is_good && !has_own && session->report.is_journal)
        output_rewind(&session->report, session->report_start);
    if (!output_finish(&session->report))
        is_good = false;
    if (!is_good)
        session_set_trouble(session);
    close_output(session, &session->output, is_good);
    close_output(session, &session->report, is_good || has_own);
}

static bool
is_at_an_end(const struct session *session)
{
    return session->report.failed ||
           (session->output.failed && !args_has_own_outputs(session->options));
}

/* Leaves out the files that an earlier run did, by its report; their names go
 * to the end of the list. */
static void
leave_out_done(struct session *session, struct names *files)
{
    size_t kept = 0;

    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->items[i];

        if (journal_is_done(&session->journal, name,
                            session->options->output_dir)) {
            session->filter.totals.done_before++;
            continue;
        }
        files->items[i] = files->items[kept];
        files->items[kept++] = name;
    }
    files->count = kept;
}

/* The library is not needed where a report says all. */
static bool
open_session(struct session *session, struct engine *engine,
             unfix_collection *collection)
{
    const struct options *options = session->options;

    *engine = (struct engine){0};
    if (args_orders(options) != NULL) {
        if (!read_report(&session->orders, args_orders(options),
                         options->revert != NULL))
            return false;
        session->orders.is_any_name = options->files.count == 1;
    } else if (!engine_open(engine, options, collection))
        return false;
    session->filter.context = engine->context;
    session->filter.model = engine->model;
    if (!filter_begin(&session->filter, options))
        return false;
    if (!open_outputs(session))
        return false;
    if (options->resume)
        leave_out_done(session, &session->options->files);
    /* The pieces of the index show, and are the same for any number. */
    if ((options->jobs > 1 || options->format == FORMAT_INDEX) &&
        args_orders(options) == NULL && options->format != FORMAT_EXPLAIN) {
        session->filter.ahead = ahead_open(engine, options);
        return session->filter.ahead != NULL;
    }
    return true;
}

static void
run_file(struct session *session, const char *path)
{
    const size_t before = session->troubles;

    each_file(session, path);
    progress_add_file();
    if (session->troubles == before)
        return;
    if (session->failed_count < FAILED_NAMED)
        session->failed[session->failed_count] = path;
    session->failed_count++;
}

/* Of the summary; what can be given to --veto has none of these. */
static void
write_remark(void *output, const char *line)
{
    output_puts(output, "# ");
    output_puts(output, line);
    output_puts(output, "\n");
}

/* What was left out of folders. */
static void
note_listing(struct session *session)
{
    const struct listing *listing = &session->options->listing;
    struct totals *totals = &session->filter.totals;

    totals->hidden = listing->hidden;
    totals->links = listing->links;
    totals->others = listing->others;
}

static void
run_files(struct session *session)
{
    const struct options *options = session->options;

    if (options->format == FORMAT_REVIEW)
        review_begin(&session->output);
    if (options->has_no_file && isatty(STDIN_FILENO) == 1)
        message_notice(NULL, "reading from the terminal, up to Ctrl-D; see "
                             "unfix --help");
    progress_begin(input_total_size(options->files.items, options->files.count),
                   options->files.count, options->quiet);
    for (size_t i = 0; i < options->files.count; i++) {
        if (is_at_an_end(session))
            break;
        run_file(session, options->files.items[i]);
    }
    note_listing(session);
    if (options->is_table)
        overview_write(&session->filter.overview, &session->filter.totals,
                       &session->filter.series, &session->output);
    else if (options->format == FORMAT_SUMMARY) {
        survey_tell(session->filter.totals.survey, write_remark,
                    &session->output);
        series_write(&session->filter.series, &session->output);
    }
    if (session->filter.draw != NULL)
        draw_write(session->filter.draw, &session->output);
    if (options->format == FORMAT_REVIEW)
        review_end(&session->output);
}

/* What was said of them may be far away. */
static void
say_failed(const struct session *session)
{
    for (size_t i = 0; i < session->failed_count && i < FAILED_NAMED; i++)
        message_error(session->failed[i], "failed, see above");
    if (session->failed_count > FAILED_NAMED)
        message_error(NULL, "and %zu files more failed",
                      session->failed_count - FAILED_NAMED);
}

/* At a terminal, and of a collection. */
static void
say_totals(struct session *session)
{
    const struct options *options = session->options;
    const struct totals *totals = &session->filter.totals;

    /* Nothing could be begun, and why has been said. */
    if (totals->survey == NULL)
        return;
    if (options->recursive || options->files0_from != NULL) {
        /* By a report, words and repairs are not counted. */
        if (args_orders(options) == NULL)
            totals_say(totals);
        say_failed(session);
    } else if (isatty(STDERR_FILENO) == 1 && totals->files > 0)
        totals_say(totals);
    if (options->listing.has_trouble)
        session_set_trouble(session);
}

/* The threads have counted by themselves, and end here. */
static void
close_counts(struct session *session, struct engine *engine)
{
    const struct options *options = session->options;

    ahead_close(session->filter.ahead);
    session->filter.ahead = NULL;
    if (options->count != NULL &&
        !collection_write(engine->counts, options->count_least,
                          &session->output))
        session_set_trouble(session);
}

/* What the files show is known before any is repaired.  What cannot be read is
 * said when it is to be repaired. */
static unfix_collection *
count_first(const struct options *options)
{
    struct options first = *options;
    struct session session = {.options = &first, .status = STATUS_DONE};
    unfix_collection *collection = NULL;
    struct engine engine;

    first.format = FORMAT_COUNT;
    first.first_pass = true;
    first.report = first.output = first.output_dir = NULL;
    first.in_place = first.check = first.resume = first.append_report = false;
    if (open_session(&session, &engine, NULL)) {
        run_files(&session);
        close_counts(&session, &engine);
        collection = collection_of(engine.counts, options->count_least);
    }
    progress_hide();
    filter_free(&session.filter);
    ahead_close(session.filter.ahead);
    engine_close(&engine);
    return collection;
}

int
session_run(struct options *options)
{
    struct session session = {.options = options, .status = STATUS_DONE};
    unfix_collection *collection = NULL;
    struct engine engine = {0};

    if ((!options->two_pass || (collection = count_first(options)) != NULL) &&
        open_session(&session, &engine, collection)) {
        run_files(&session);
        if (options->format == FORMAT_COUNT)
            close_counts(&session, &engine);
    } else
        session_set_trouble(&session);
    progress_hide();
    close_outputs(&session);
    say_totals(&session);
    if (session.filter.has_faults)
        session_set_trouble(&session);
    filter_free(&session.filter);
    ahead_close(session.filter.ahead);
    read_report_free(&session.orders);
    journal_free(&session.journal);
    engine_close(&engine);
    return session.status;
}
