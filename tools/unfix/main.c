/* SPDX-License-Identifier: MPL-2.0 */
/* unfix: repairs what OCR did to Spanish text.  See unfix.1. */
#include "args.h"
#include "engine.h"
#include "filter.h"
#include "io.h"
#include "messages.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
    int status;
};

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
    if (!output_open_in_place(filter->output, input) ||
        !filter_run(filter, input, path))
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

static void
run_file(struct session *session, const char *path)
{
    struct input input;

    if (!input_open(&input, path)) {
        set_trouble(session);
        return;
    }
    if (session->options->check)
        check_file(session, &input, path);
    else if (session->options->in_place)
        replace_file(session, &input, path);
    else if (!filter_run(&session->filter, &input, path))
        set_trouble(session);
    input_close(&input);
}

/* ---- All files ----------------------------------------------------------- */

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

static int
run(const struct options *options)
{
    struct session session = {.options = options, .status = STATUS_DONE};
    struct engine engine;

    if (!engine_open(&engine, options) || !open_outputs(&session)) {
        set_trouble(&session);
    } else {
        session.filter.context = engine.context;
        for (size_t i = 0; i < options->files.count; i++) {
            if (is_at_an_end(&session))
                break;
            run_file(&session, options->files.items[i]);
        }
    }
    close_outputs(&session);
    filter_free(&session.filter);
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

    io_setup();
    switch (args_parse(&options, argc, argv)) {
    case ARGS_RUN:
        messages_set_quiet(options.quiet);
        status = run(&options);
        break;
    case ARGS_HELP:
        args_print_help();
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
