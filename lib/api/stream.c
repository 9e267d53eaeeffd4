/* SPDX-License-Identifier: MPL-2.0 */
/* Whole documents and documents in pieces: both go window by window. */
#include "api/objects.h"

#include "base/status.h"
#include "repair/counting.h"
#include "repair/explain.h"
#include "repair/window.h"
#include "text/text.h"

#define TEXT_IS_NULL "text is NULL and its length is not 0"

struct unfix_stream {
    struct ufx_memory memory;
    unfix_context *context;
    unfix_stream_callback callback;
    void *user;
    unfix_result *result;
    struct ufx_buffer pending;   /* fed, not yet repaired */
    struct ufx_window_scan scan; /* of them, after the last window */
    uint64_t input_offset;
    uint64_t output_offset;
    unfix_status status; /* of the first failure, until the document ends */
};

static unfix_status
check_input(const unfix_context *context, const char *text, size_t length,
            unfix_error *error)
{
    if (context == NULL)
        return ufx_status_argument(error, "context is NULL");
    if (text == NULL && length > 0)
        return ufx_status_argument(error, TEXT_IS_NULL);
    return ufx_context_check_idle(context, error);
}

/* Adds to what the engine said of the document, at `from` or beyond. */
static unfix_status
take_evidence(unfix_context *context, const unfix_evidence *evidence,
              size_t count, uint64_t from, unfix_error *error)
{
    const char *why = NULL;
    unfix_status status;

    if (evidence == NULL && count > 0)
        return ufx_status_argument(error,
                                   "evidence is NULL and its count is not 0");
    status = ufx_said_add(&context->worker.said, evidence, count, from, &why);
    return why != NULL          ? ufx_status_argument(error, why)
           : status != UNFIX_OK ? ufx_fail(error, status)
                                : UNFIX_OK;
}

unfix_status
unfix_correct(unfix_context *context, const char *text, size_t length,
              unfix_result *result, unfix_error *error)
{
    return unfix_correct_with_evidence(context, text, length, NULL, 0, result,
                                       error);
}

unfix_status
unfix_correct_with_evidence(unfix_context *context, const char *text,
                            size_t length, const unfix_evidence *evidence,
                            size_t count, unfix_result *result,
                            unfix_error *error)
{
    unfix_status status;
    size_t done = 0;

    if (result == NULL)
        return ufx_status_argument(error, "result is NULL");
    status = check_input(context, text, length, error);
    if (status != UNFIX_OK)
        return status;
    ufx_result_clear(result, 0, 0);
    ufx_window_start(&context->worker);
    ufx_said_start(&context->worker.said);
    status = take_evidence(context, evidence, count, 0, error);
    if (status != UNFIX_OK)
        return status;
    while (done < length) {
        size_t n = ufx_text_window(text + done, length - done, true);

        status = ufx_window_repair(&context->worker, text + done, n, result);
        if (status != UNFIX_OK) {
            ufx_result_clear(result, 0, 0);
            return ufx_fail(error, status);
        }
        done += n;
    }
    ufx_counting_end(&context->worker);
    return UNFIX_OK;
}

size_t
unfix_section_length(const char *text, size_t length, int final)
{
    return text == NULL ? 0 : ufx_text_section(text, length, final != 0);
}

unfix_status
unfix_explain(unfix_context *context, const char *text, size_t length,
              unfix_explain_callback callback, void *user, unfix_error *error)
{
    unfix_status status;
    size_t done = 0;

    if (callback == NULL)
        return ufx_status_argument(error, "callback is NULL");
    status = check_input(context, text, length, error);
    if (status != UNFIX_OK)
        return status;
    ufx_window_start(&context->worker);
    while (done < length) {
        size_t n = ufx_text_window(text + done, length - done, true);

        context->busy = true;
        status = ufx_explain_window(&context->worker, text + done, n, done,
                                    callback, user);
        context->busy = false;
        if (status != UNFIX_OK)
            return ufx_fail(error, status);
        done += n;
    }
    return UNFIX_OK;
}

unfix_status
unfix_stream_new(unfix_context *context, unfix_stream_callback callback,
                 void *user, unfix_stream **stream)
{
    unfix_stream *s;

    if (stream == NULL)
        return UNFIX_ERROR_ARGUMENT;
    *stream = NULL;
    if (context == NULL || callback == NULL)
        return UNFIX_ERROR_ARGUMENT;
    if (context->busy)
        return UNFIX_ERROR_STATE;
    s = ufx_memory_allocate_zero(&context->memory, sizeof *s);
    if (s == NULL)
        return UNFIX_ERROR_MEMORY;
    s->memory = context->memory;
    s->context = context;
    s->callback = callback;
    s->user = user;
    ufx_buffer_init(&s->pending, &s->memory);
    if (unfix_result_new(&s->memory.allocator, &s->result) != UNFIX_OK) {
        ufx_memory_free(&s->memory, s, sizeof *s);
        return UNFIX_ERROR_MEMORY;
    }
    ufx_window_start(&context->worker);
    ufx_said_start(&context->worker.said);
    *stream = s;
    return UNFIX_OK;
}

/* Begins a new document. */
static void
start_over(unfix_stream *s)
{
    ufx_buffer_clear(&s->pending);
    s->scan = (struct ufx_window_scan){0, 0, false};
    ufx_window_start(&s->context->worker);
    ufx_said_start(&s->context->worker.said);
    s->input_offset = 0;
    s->output_offset = 0;
    s->status = UNFIX_OK;
}

/* The length of the next window among the pending bytes, 0 if there is none. */
static size_t
next_window(unfix_stream *s, size_t done, bool final)
{
    const char *text = s->pending.data + done;
    size_t length = s->pending.length - done;
    size_t end = ufx_text_window_more(text, length, &s->scan);

    if (end == 0 && final)
        end = length;
    if (end != 0)
        s->scan = (struct ufx_window_scan){0, 0, false};
    return end;
}

/* Repairs the pending windows that are complete, or all with `final`. */
static unfix_status
drain(unfix_stream *s, bool final)
{
    size_t done = 0, n;
    unfix_status status = s->status;

    while (status == UNFIX_OK && done < s->pending.length &&
           (n = next_window(s, done, final)) > 0) {
        ufx_result_clear(s->result, s->input_offset, s->output_offset);
        status = ufx_window_repair(&s->context->worker, s->pending.data + done,
                                   n, s->result);
        done += n;
        if (status != UNFIX_OK)
            break;
        s->input_offset += n;
        s->output_offset += s->result->text.length;
        s->context->busy = true;
        if (s->callback(s->user, s->result) != 0)
            status = UNFIX_ERROR_CALLBACK;
        s->context->busy = false;
    }
    ufx_buffer_consume(&s->pending, done);
    s->status = status;
    return status;
}

unfix_status
unfix_stream_feed(unfix_stream *stream, const char *text, size_t length,
                  unfix_error *error)
{
    unfix_status status;

    if (stream == NULL)
        return ufx_status_argument(error, "stream is NULL");
    status = check_input(stream->context, text, length, error);
    if (status != UNFIX_OK)
        return status;
    if (stream->status != UNFIX_OK)
        return ufx_fail(error, stream->status);
    /* A large piece is taken in parts, so that no more than a window and a
     * part is ever held. */
    while (length > 0) {
        size_t part = length < 65536 ? length : 65536;

        ufx_buffer_append(&stream->pending, text, part);
        if (stream->pending.failed)
            stream->status = UNFIX_ERROR_MEMORY;
        status = drain(stream, false);
        if (status != UNFIX_OK)
            return ufx_fail(error, status);
        text += part;
        length -= part;
    }
    return UNFIX_OK;
}

unfix_status
unfix_stream_evidence(unfix_stream *stream, const unfix_evidence *evidence,
                      size_t count, unfix_error *error)
{
    if (stream == NULL)
        return ufx_status_argument(error, "stream is NULL");
    if (ufx_context_check_idle(stream->context, error) != UNFIX_OK)
        return UNFIX_ERROR_STATE;
    if (stream->status != UNFIX_OK)
        return ufx_fail(error, stream->status);
    return take_evidence(stream->context, evidence, count,
                         stream->input_offset + stream->pending.length, error);
}

unfix_status
unfix_stream_flush(unfix_stream *stream, unfix_error *error)
{
    unfix_status status;

    if (stream == NULL)
        return ufx_status_argument(error, "stream is NULL");
    if (ufx_context_check_idle(stream->context, error) != UNFIX_OK)
        return UNFIX_ERROR_STATE;
    status = drain(stream, true);
    return status == UNFIX_OK ? status : ufx_fail(error, status);
}

unfix_status
unfix_stream_finish(unfix_stream *stream, unfix_error *error)
{
    unfix_status status = unfix_stream_flush(stream, error);

    if (stream != NULL && !stream->context->busy)
        start_over(stream);
    return status;
}

void
unfix_stream_free(unfix_stream *stream)
{
    struct ufx_memory memory;

    if (stream == NULL)
        return;
    memory = stream->memory;
    unfix_result_free(stream->result);
    ufx_buffer_free(&stream->pending);
    ufx_memory_free(&memory, stream, sizeof *stream);
}
