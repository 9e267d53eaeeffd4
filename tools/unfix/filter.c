/* SPDX-License-Identifier: MPL-2.0 */
#include "filter.h"

#include "inline.h"
#include "messages.h"
#include "progress.h"
#include "review.h"

#include <inttypes.h>

static bool
has_failed_output(const struct filter *filter)
{
    return (filter->output != NULL && filter->output->failed) ||
           (filter->report != NULL && filter->report->failed);
}

/* The output has the line that ends a file. */
static bool
writes_end(const struct filter *filter)
{
    return filter->output != NULL &&
           (filter->format == FORMAT_JSONL || filter->format == FORMAT_REVIEW);
}

static bool
is_reported(const struct filter *filter)
{
    return filter->report != NULL || writes_end(filter);
}

/* A repair that only the budget keeps from being made: its class has a higher
 * bar than the one that was asked for. */
static bool
is_unaffordable(const struct filter *filter, const unfix_result *result,
                const unfix_correction *c)
{
    return c->verdict == UNFIX_PROPOSED &&
           c->confidence >= filter->repair->min_confidence &&
           (filter->repair->classes & UNFIX_CLASS_BIT(c->kind)) != 0 &&
           c->confidence < unfix_result_bar(result, c->kind);
}

static void
count_repairs(struct filter *filter, const unfix_result *result)
{
    const size_t count = unfix_result_correction_count(result);

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        filter->applied += c->verdict == UNFIX_APPLIED;
        filter->unaffordable += is_unaffordable(filter, result, c);
    }
    totals_count(&filter->totals, result);
    if (is_reported(filter))
        report_count(&filter->end, result);
}

static void
write_diff(struct filter *filter, const unfix_result *result)
{
    diff_piece(&filter->diff, filter->input.data, result);
    buffer_drop(&filter->input, diff_input_length(result));
}

static void
write_review(struct filter *filter, const unfix_result *result)
{
    const size_t length = diff_input_length(result);

    review_piece(filter->output, filter->name, filter->input.data, length,
                 filter->taken, result);
    buffer_drop(&filter->input, length);
}

static void
write_piece(struct filter *filter, const unfix_result *result)
{
    const char *text;
    size_t length;

    switch (filter->format) {
    case FORMAT_TEXT:
        text = unfix_result_text(result, &length);
        output_write(filter->output, text, length);
        break;
    case FORMAT_DIFF:
        write_diff(filter, result);
        break;
    case FORMAT_INLINE:
        inline_write(filter->output, filter->has_colour, filter->position,
                     result);
        break;
    case FORMAT_JSONL:
        report_write(filter->output, filter->name, result);
        break;
    case FORMAT_SUMMARY:
        filter->failed |= !series_count(&filter->series, filter->name,
                                        filter->position, result);
        break;
    case FORMAT_REVIEW:
        write_review(filter, result);
        break;
    case FORMAT_EXPLAIN: /* explain.h */
        break;
    }
}

static int
take_piece(void *user, const unfix_result *result)
{
    struct filter *filter = user;
    const uint64_t applied = filter->applied;
    size_t length;

    count_repairs(filter, result);
    if (filter->report != NULL)
        report_write(filter->report, filter->name, result);
    if (filter->output != NULL)
        write_piece(filter, result);
    unfix_result_text(result, &length);
    filter->position += length;
    length = diff_input_length(result);
    filter->taken += length;
    progress_add(length, filter->applied - applied);
    return filter->failed || has_failed_output(filter);
}

static bool
out_of_memory(const struct input *input)
{
    message_error(input->name, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

/* A failed output has said so itself. */
static bool
is_good(const struct filter *filter, const struct input *input,
        unfix_status status, const unfix_error *error)
{
    if (status != UNFIX_OK && status != UNFIX_ERROR_CALLBACK)
        message_error(input->name, "%s", error->message);
    if (filter->failed)
        return out_of_memory(input);
    return status == UNFIX_OK && !has_failed_output(filter);
}

/* The next read may wait for long. */
static bool
flush(struct filter *filter)
{
    if (filter->output != NULL)
        output_flush(filter->output);
    if (filter->report != NULL)
        output_flush(filter->report);
    return !has_failed_output(filter);
}

/* What is needed of the input itself. */
static bool
note_input(struct filter *filter, const char *bytes, size_t length)
{
    if (is_reported(filter))
        checksum_add(&filter->end.input, bytes, length);
    if (filter->output != NULL &&
        (filter->format == FORMAT_DIFF || filter->format == FORMAT_REVIEW))
        buffer_append(&filter->input, bytes, length);
    return !filter->input.failed;
}

static bool
feed(struct filter *filter, unfix_stream *stream, struct input *input)
{
    char block[INPUT_BLOCK];
    unfix_status status;
    unfix_error error;
    size_t length;

    while (input_read(input, block, &length)) {
        if (length == 0) {
            status = unfix_stream_finish(stream, &error);
            return is_good(filter, input, status, &error);
        }
        if (!note_input(filter, block, length))
            return out_of_memory(input);
        status = unfix_stream_feed(stream, block, length, &error);
        if (!is_good(filter, input, status, &error) || !flush(filter))
            return false;
    }
    return false;
}

static bool
run_stream(struct filter *filter, struct input *input)
{
    unfix_stream *stream;
    unfix_status status;
    bool good;

    status = unfix_stream_new(filter->context, take_piece, filter, &stream);
    if (status != UNFIX_OK) {
        message_error(input->name, "%s", unfix_strerror(status));
        return false;
    }
    good = feed(filter, stream, input);
    unfix_stream_free(stream);
    return good;
}

static bool
take_section(struct filter *filter, const struct input *input,
             const struct job *job)
{
    unfix_status status = job->status;

    if (!note_input(filter, job->text.data, job->text.length))
        return out_of_memory(input);
    if (status == UNFIX_OK) {
        unfix_result_move(job->result, filter->taken, filter->position);
        if (take_piece(filter, job->result) != 0)
            status = UNFIX_ERROR_CALLBACK;
    }
    return is_good(filter, input, status, &job->error) && flush(filter);
}

/* After a failure the file's other sections still are to be taken. */
static bool
take_sections(struct filter *filter, const struct input *input)
{
    bool good = true, is_last = false;

    while (!is_last) {
        struct job *job = ahead_next_section(filter->ahead);

        if (job == NULL)
            return false;
        good = good && take_section(filter, input, job);
        is_last = job->is_last;
        job_free(job);
    }
    return good && ahead_is_whole(filter->ahead);
}

/* What comes after the last piece. */
static void
finish(struct filter *filter, const struct input *input)
{
    filter->totals.files++;
    if (filter->report != NULL)
        report_end_file(filter->report, filter->name, &filter->end);
    if (writes_end(filter))
        report_end_file(filter->output, filter->name, &filter->end);
    if (filter->unaffordable > 0 && filter->applied == 0)
        message_notice(input->name,
                       "nothing is repaired: %" PRIu64 " repair%s would do "
                       "more harm than --max-harm allows",
                       filter->unaffordable,
                       filter->unaffordable == 1 ? "" : "s");
}

bool
filter_run(struct filter *filter, struct input *input, const char *path)
{
    bool good;

    filter->name = path;
    filter->applied = 0;
    filter->unaffordable = 0;
    filter->position = 0;
    filter->taken = 0;
    filter->failed = false;
    report_begin_file(&filter->end);
    buffer_clear(&filter->input);
    filter->diff.has_colour = filter->has_colour;
    diff_begin(&filter->diff, filter->output, path);
    good = filter->ahead != NULL ? take_sections(filter, input)
                                 : run_stream(filter, input);
    if (good && !diff_end(&filter->diff))
        return out_of_memory(input);
    if (good)
        finish(filter, input);
    return good && flush(filter);
}

void
filter_skip(struct filter *filter)
{
    if (filter->ahead != NULL)
        ahead_skip_file(filter->ahead);
}

void
filter_free(struct filter *filter)
{
    buffer_free(&filter->input);
    series_free(&filter->series);
    diff_free(&filter->diff);
}
