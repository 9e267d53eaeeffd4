/* SPDX-License-Identifier: MPL-2.0 */
#include "filter.h"

#include "index.h"
#include "inline.h"
#include "messages.h"
#include "progress.h"
#include "review.h"

#include <inttypes.h>
#include <string.h>

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
    return filter->report != NULL || writes_end(filter) ||
           filter->options->is_table;
}

/* A repair that only the budget keeps from being made: its class has a higher
 * bar than the one that was asked for. */
static bool
is_unaffordable(const struct filter *filter, const struct piece *piece,
                const unfix_correction *c)
{
    return piece->result != NULL && c->verdict == UNFIX_PROPOSED &&
           c->confidence >= filter->repair->min_confidence &&
           (filter->repair->classes & UNFIX_CLASS_BIT(c->kind)) != 0 &&
           c->confidence < unfix_result_bar(piece->result, c->kind);
}

static void
count_repairs(struct filter *filter, const struct piece *piece)
{
    const size_t count = piece_count(piece);

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = piece_correction(piece, i);

        filter->applied += c->verdict == UNFIX_APPLIED;
        filter->unaffordable += is_unaffordable(filter, piece, c);
    }
    totals_count(&filter->totals, piece);
    if (is_reported(filter))
        report_count(&filter->end, piece, filter->options->only_applied);
}

static void
write_diff(struct filter *filter, const struct piece *piece)
{
    diff_piece(&filter->diff, filter->input.data, piece);
    buffer_drop(&filter->input, piece_input_length(piece));
}

static void
write_review(struct filter *filter, const struct piece *piece)
{
    review_piece(filter->output, filter->options, filter->name,
                 filter->shown_name, filter->input.data, piece);
    buffer_drop(&filter->input, piece_input_length(piece));
}

static void
write_index(struct filter *filter, const struct piece *piece)
{
    filter->failed |=
        !index_piece(filter->output, filter->name, ++filter->parts,
                     filter->input.data, &filter->options->index, piece);
    buffer_drop(&filter->input, piece_input_length(piece));
}

static void
write_piece(struct filter *filter, const struct piece *piece)
{
    const char *text;
    size_t length;

    if (filter->draw != NULL) {
        filter->failed |= !draw_piece(filter->draw, filter->input.data, piece);
        if (filter->format == FORMAT_REVIEW)
            buffer_drop(&filter->input, piece_input_length(piece));
        return;
    }
    switch (filter->format) {
    case FORMAT_TEXT:
        text = piece_text(piece, &length);
        output_write_shown(filter->output, text, length);
        break;
    case FORMAT_DIFF:
        write_diff(filter, piece);
        break;
    case FORMAT_INLINE:
        inline_write(filter->output, filter->has_colour, piece);
        break;
    case FORMAT_JSONL:
        report_write(filter->output, filter->name, piece,
                     filter->options->only_applied);
        break;
    case FORMAT_SUMMARY:
        filter->failed |= !series_count(&filter->series, filter->name, piece);
        break;
    case FORMAT_INDEX:
        write_index(filter, piece);
        break;
    case FORMAT_REVIEW:
        write_review(filter, piece);
        break;
    case FORMAT_COUNT:   /* the contexts do */
    case FORMAT_EXPLAIN: /* explain.h */
        break;
    }
}

static bool
take_piece(struct filter *filter, const struct piece *piece)
{
    const uint64_t applied = filter->applied;
    size_t length;

    count_repairs(filter, piece);
    if (filter->report != NULL)
        report_write(filter->report, filter->name, piece,
                     filter->options->only_applied);
    if (filter->output != NULL)
        write_piece(filter, piece);
    piece_text(piece, &length);
    filter->position += length;
    length = piece_input_length(piece);
    filter->taken += length;
    progress_add(length, filter->applied - applied);
    return !filter->failed && !has_failed_output(filter);
}

static int
take_result(void *user, const unfix_result *result)
{
    struct filter *filter = user;
    struct piece piece;

    piece_of_result(&piece, result, filter->taken, filter->position);
    return !take_piece(filter, &piece);
}

/* What could not be read is said, and shows in the exit status if it was asked
 * for or is a record. */
static void
say_faults(struct filter *filter, const struct wish *wish,
           const struct formatted *formatted)
{
    for (size_t i = 0; i < formatted->fault_count; i++) {
        const struct fault *fault = &formatted->faults[i];

        if (fault->line > 0)
            message_error_line(filter->shown_name, filter->lines + fault->line,
                               fault->what);
        else if (wish->is_asked)
            message_error(filter->shown_name, "%s: left as it is", fault->what);
        else
            message_notice(filter->shown_name, "%s, %s: left as it is",
                           wish->format->name, fault->what);
        filter->has_faults |= fault->line > 0 || wish->is_asked;
    }
    if (wish->known != NULL && !filter->has_said)
        message_notice(filter->shown_name, "%s: left as it is", wish->known);
    filter->has_said = true;
    filter->lines += formatted->lines;
}

static bool
take_formatted(struct filter *filter, const struct wish *wish,
               struct formatted *formatted, const char *bytes)
{
    struct piece piece;
    bool good;

    say_faults(filter, wish, formatted);
    if (!piece_of_repaired(&piece, &formatted->repaired, bytes, filter->taken,
                           filter->position)) {
        filter->failed = true;
        return false;
    }
    piece.words = formatted->words;
    piece.unsearched = formatted->unsearched;
    piece.harm = formatted->harm;
    piece.survey = formatted->survey;
    good = take_piece(filter, &piece);
    piece_free(&piece);
    return good;
}

static bool
out_of_memory(const struct input *input)
{
    message_error(input->name, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

static bool
wrong_encoding(const struct input *input)
{
    message_error(input->name, "its bytes are not in that encoding");
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
        (filter->format == FORMAT_DIFF || filter->format == FORMAT_REVIEW ||
         filter->format == FORMAT_INDEX))
        buffer_append(&filter->input, bytes, length);
    return !filter->input.failed;
}

/* A part of the input that can be worked at, as a format. */
static bool
feed_part(struct filter *filter, struct input *input, size_t length)
{
    struct intake *intake = &filter->intake;
    const char *bytes = length > 0 ? intake->buffer.data : "";
    struct formatted formatted = {0};
    unfix_result *result;
    unfix_status status;
    unfix_error error;
    bool good;

    if (unfix_result_new(NULL, &result) != UNFIX_OK ||
        !note_input(filter, bytes, length)) {
        unfix_result_free(result);
        return out_of_memory(input);
    }
    status = formatted_run(&formatted, &intake->wish, filter->context, result,
                           bytes, length, &error);
    good = status == UNFIX_OK &&
           take_formatted(filter, &intake->wish, &formatted, bytes);
    if (status == UNFIX_OK && !good)
        status = UNFIX_ERROR_CALLBACK;
    formatted_free(&formatted);
    unfix_result_free(result);
    buffer_drop(&intake->buffer, length);
    return is_good(filter, input, status, &error) && flush(filter);
}

/* All that can be; at the end at least what is empty. */
static bool
feed_formatted(struct filter *filter, struct input *input, bool is_end)
{
    size_t length = intake_ready(&filter->intake, 0, is_end);
    bool good = true;

    if (length > 0 || is_end)
        good = feed_part(filter, input, length);
    while (good && (length = intake_ready(&filter->intake, 0, is_end)) > 0)
        good = feed_part(filter, input, length);
    return good;
}

static bool
feed_text(struct filter *filter, unfix_stream *stream, struct input *input,
          bool is_end)
{
    struct buffer *buffer = &filter->intake.buffer;
    unfix_status status = UNFIX_OK;
    unfix_error error;

    if (!note_input(filter, buffer->data, buffer->length))
        return out_of_memory(input);
    if (buffer->length > 0)
        status =
            unfix_stream_feed(stream, buffer->data, buffer->length, &error);
    if (status == UNFIX_OK && is_end)
        status = unfix_stream_finish(stream, &error);
    buffer_clear(buffer);
    return is_good(filter, input, status, &error) && (is_end || flush(filter));
}

static bool
feed(struct filter *filter, unfix_stream *stream, struct input *input)
{
    struct intake *intake = &filter->intake;
    char block[INPUT_BLOCK];
    size_t length;
    bool good = true;

    while (good && input_read(input, block, &length)) {
        intake_add(intake, block, length);
        if (intake_settle(intake, length == 0) && !intake->failed &&
            !intake->is_wrong)
            good = intake_is_text(intake)
                       ? feed_text(filter, stream, input, length == 0)
                       : feed_formatted(filter, input, length == 0);
        if (intake->failed)
            return out_of_memory(input);
        if (intake->is_wrong)
            return wrong_encoding(input);
        if (good && length == 0) {
            filter->is_converted = intake->wish.is_converted;
            return true;
        }
    }
    return false;
}

static bool
run_stream(struct filter *filter, struct input *input)
{
    unfix_stream *stream;
    unfix_status status;
    bool good;

    status = unfix_stream_new(filter->context, take_result, filter, &stream);
    if (status != UNFIX_OK) {
        message_error(input->name, "%s", unfix_strerror(status));
        return false;
    }
    good = feed(filter, stream, input);
    unfix_stream_free(stream);
    return good;
}

static bool
take_section(struct filter *filter, const struct input *input, struct job *job)
{
    unfix_status status = job->status;

    if (!note_input(filter, job->text.data, job->text.length))
        return out_of_memory(input);
    if (status == UNFIX_OK && job_is_text(job)) {
        unfix_result_move(job->result, filter->taken, filter->position);
        if (take_result(filter, job->result) != 0)
            status = UNFIX_ERROR_CALLBACK;
    } else if (status == UNFIX_OK &&
               !take_formatted(filter, &job->wish, &job->formatted,
                               job->text.length > 0 ? job->text.data : ""))
        status = UNFIX_ERROR_CALLBACK;
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
        filter->is_converted |= job->wish.is_converted;
        job_free(job);
    }
    return good && ahead_is_whole(filter->ahead);
}

/* For who comes back to see whether the file is done. */
static void
note_times(struct filter *filter, const struct input *input)
{
    if (!filter->has_times)
        return;
    filter->end.has_times = true;
    filter->end.mtime = input->identity.mtime;
    filter->end.out_mtime = filter->applied > 0 || !filter->options->in_place
                                ? output_mtime(filter->output)
                                : input->identity.mtime;
}

/* What comes after the last piece. */
static void
finish(struct filter *filter, const struct input *input)
{
    filter->totals.files++;
    note_times(filter, input);
    if (filter->report != NULL)
        report_end_file(filter->report, filter->name, &filter->end);
    if (filter->options->is_table)
        filter->failed |= !overview_document(&filter->overview, filter->name,
                                             filter->end.survey,
                                             filter->applied, filter->output);
    if (filter->draw != NULL)
        filter->failed |= !draw_end_file(filter->draw, &filter->end);
    else if (writes_end(filter))
        report_end_file(filter->output, filter->name, &filter->end);
    if (filter->unaffordable > 0 && filter->applied == 0)
        message_notice(input->name,
                       "nothing is repaired: %" PRIu64 " repair%s would do "
                       "more harm than --max-harm allows",
                       filter->unaffordable,
                       filter->unaffordable == 1 ? "" : "s");
}

bool
filter_begin(struct filter *filter, const struct options *options)
{
    if (options->sample > 0 && !options->first_pass)
        filter->draw = draw_new(options);
    if ((options->sample == 0 || options->first_pass || filter->draw != NULL) &&
        unfix_survey_new(NULL, &filter->end.survey) == UNFIX_OK &&
        unfix_survey_new(NULL, &filter->totals.survey) == UNFIX_OK)
        return true;
    message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

bool
filter_run(struct filter *filter, struct input *input, const char *path)
{
    bool good;
    int error;

    filter->name = args_report_name(filter->options, path);
    filter->shown_name = input->name;
    filter->lines = 0;
    filter->has_said = false;
    intake_begin(&filter->intake, filter->options, filter->model, input);
    filter->applied = 0;
    filter->parts = 0;
    filter->unaffordable = 0;
    filter->position = 0;
    filter->taken = 0;
    filter->failed = false;
    filter->is_converted = false;
    report_begin_file(&filter->end);
    if (filter->draw != NULL)
        draw_begin_file(filter->draw, filter->name, path);
    buffer_clear(&filter->input);
    filter->diff.has_colour = filter->has_colour;
    diff_begin(&filter->diff, filter->output, path);
    good = filter->ahead != NULL ? take_sections(filter, input)
                                 : run_stream(filter, input);
    if (good && (error = diff_end(&filter->diff)) != 0) {
        message_error(input->name, "%s", strerror(error));
        return false;
    }
    if (good)
        finish(filter, input);
    return good && (!filter->failed || out_of_memory(input)) && flush(filter);
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
    intake_free(&filter->intake);
    series_free(&filter->series);
    overview_free(&filter->overview);
    diff_free(&filter->diff);
    draw_free(filter->draw);
    unfix_survey_free(filter->end.survey);
    unfix_survey_free(filter->totals.survey);
}
