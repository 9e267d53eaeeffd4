/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "base/limits.h"

#include "unit_api.h"

static const char document[] =
    "La cooperacién internacional de la Asamblea General.\n\n"
    "La sesién de los 6rganos ~ de la cooperacin internacional de la\n"
    "Asamblea General.\fLa sesin de cooperacién\r\n\r\nde 6rganos y de agua.\n";

static struct api api;
static struct api_record whole;
static struct api_record pieces;

/* Leaves in `whole` what one call makes of the text. */
static void
begin(const char *text, size_t length)
{
    api_begin(&api);
    api_record_init(&whole);
    api_record_init(&pieces);
    api_correct(&api, "");
    ck_assert_int_eq(unfix_correct(api.context, text, length, api.result, NULL),
                     UNFIX_OK);
    api_check_whole(text, length, api.result);
    api_record_add(&whole, api.result);
}

static void
end(void)
{
    api_record_free(&whole);
    api_record_free(&pieces);
    api_end(&api);
}

/* Feeds the text in pieces of `size`, of chance length for 0. */
static void
feed(unfix_stream *stream, const char *text, size_t length, size_t size)
{
    uint64_t seed = 8;
    size_t at = 0;

    while (at < length) {
        size_t n = size == 0 ? unit_below(&seed, 9000) : size;

        if (n > length - at)
            n = length - at;
        ck_assert_int_eq(unfix_stream_feed(stream, text + at, n, NULL),
                         UNFIX_OK);
        at += n;
    }
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
}

static void
check_chunks(const char *text, size_t length, const size_t *sizes, size_t count)
{
    unfix_stream *stream;
    size_t i;

    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    for (i = 0; i < count; i++) {
        api_record_clear(&pieces);
        feed(stream, text, length, sizes[i]);
        if (!api_record_equal(&pieces, &whole))
            ck_abort_msg("chunks of %zu", sizes[i]);
    }
    unfix_stream_free(stream);
}

START_TEST(any_chunks_give_the_same)
{
    static const size_t sizes[] = {1, 2, 3, 7, 50, 0, 100000};

    begin(document, sizeof document - 1);
    ck_assert_uint_ge(unfix_result_correction_count(api.result), 6);
    check_chunks(document, sizeof document - 1, sizes, 7);
    end();
}
END_TEST

/* Several windows' worth, with pages, paragraphs and one that has no end. */
static char *
long_text(size_t length)
{
    static const char *const parts[] = {
        "la cooperacién ", "de la sesién ",  "general\n",    "asamblea\n \n",
        "los 6rganos\n",   "internacional ", "agua; sesin ", "de la sesion\n",
    };
    char *text = malloc(length);
    uint64_t seed = 21;
    size_t at = 0;

    while (at < length) {
        const char *part = parts[unit_below(&seed, 8)];
        size_t n = strlen(part);

        /* In between no paragraph ends for 400,000 bytes. */
        if (at > length / 3 && at < length / 3 + 400000 && part[n - 2] == ' ')
            continue;
        if (n > length - at)
            n = length - at;
        memcpy(text + at, part, n);
        at += n;
        if (unit_below(&seed, 20000) == 0)
            text[at - 1] = '\f';
    }
    return text;
}

START_TEST(long_documents_too)
{
    static const size_t sizes[] = {0, 4096, 65536, 10000000};
    size_t length = 900000;
    char *text = long_text(length);

    begin(text, length);
    ck_assert_uint_gt(unfix_result_correction_count(api.result), 4000);
    check_chunks(text, length, sizes, 4);
    free(text);
    end();
}
END_TEST

/* Where a page ends late in a window after a paragraph could have ended it. */
START_TEST(page_end_after_a_paragraph)
{
    static const size_t sizes[] = {7, 4096, 65536};
    size_t length = UFX_WINDOW_SOFT + 20000, i;
    char *text = malloc(length);

    /* The habits that a window shows weigh in what is repaired, and what was
     * seen before is told: a window more shows. */
    for (i = 0; i < length; i += 16)
        memcpy(text + i, "la sesi\xC3\xA9n agua\n", 16);
    memcpy(text + UFX_WINDOW_SOFT + 1023, "\n\n", 2);
    text[UFX_WINDOW_SOFT + 8191] = '\f';
    begin(text, length);
    check_chunks(text, length, sizes, 3);
    free(text);
    end();
}
END_TEST

/* ---- Offsets ---- */

struct follower {
    const char *text;
    uint64_t at;
    uint64_t out_at;
    size_t calls;
};

static int
follow(void *user, const unfix_result *result)
{
    struct follower *f = user;
    size_t length, i, end_at;
    int64_t growth = 0;

    unfix_result_text(result, &length);
    /* How much of the input it covers follows from what was applied. */
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        growth += (int64_t)c->out_length - (int64_t)c->length;
    }
    end_at = (size_t)((int64_t)f->at + (int64_t)length - growth);
    api_check(f->text, end_at, result, &f->at, &f->out_at);
    f->calls++;
    return 0;
}

START_TEST(offsets_count_from_the_beginning)
{
    size_t length = 900000;
    char *text = long_text(length);
    struct follower f = {text, 0, 0, 0};
    unfix_stream *stream;

    begin(text, length);
    ck_assert_int_eq(unfix_stream_new(api.context, follow, &f, &stream),
                     UNFIX_OK);
    feed(stream, text, length, 0);
    ck_assert_uint_eq(f.at, length);
    ck_assert_uint_eq(f.out_at, whole.text.length);
    ck_assert_uint_gt(f.calls, 3);
    unfix_stream_free(stream);
    free(text);
    end();
}
END_TEST

/* Sections that are repaired one by one give what the whole gives. */
START_TEST(sections_do_not_hang_on_each_other)
{
    size_t length = 5000000, done, n, at = 0, k, whole_length, size;
    char *text = long_text(length);
    unfix_result *entire, *part;
    unfix_context *context;
    const char *all;

    api_begin(&api);
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, NULL, NULL, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &entire), UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &part), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, length, entire, NULL),
                     UNFIX_OK);
    all = unfix_result_text(entire, &whole_length);
    for (done = k = 0; done < length; done += n) {
        const char *bytes;
        size_t i;

        n = unfix_section_length(text + done, length - done, 1);
        ck_assert_uint_gt(n, 0);
        ck_assert_int_eq(unfix_correct(context, text + done, n, part, NULL),
                         UNFIX_OK);
        unfix_result_move(part, done, at);
        bytes = unfix_result_text(part, &size);
        ck_assert_uint_le(at + size, whole_length);
        ck_assert(memcmp(all + at, bytes, size) == 0);
        at += size;
        for (i = 0; i < unfix_result_correction_count(part); i++, k++) {
            const unfix_correction *a = unfix_result_correction(part, i);
            const unfix_correction *b = unfix_result_correction(entire, k);

            ck_assert_ptr_nonnull(b);
            ck_assert_uint_eq(a->offset, b->offset);
            ck_assert_uint_eq(a->out_offset, b->out_offset);
            ck_assert_uint_eq(a->confidence, b->confidence);
            ck_assert_uint_eq(a->seen_before, b->seen_before);
        }
    }
    ck_assert_uint_eq(at, whole_length);
    ck_assert_uint_eq(k, unfix_result_correction_count(entire));
    ck_assert_uint_gt(k, 0);
    ck_assert_uint_eq(unfix_section_length(NULL, 5, 1), 0);
    unfix_result_move(NULL, 1, 1);
    unfix_result_free(entire);
    unfix_result_free(part);
    unfix_context_free(context);
    free(text);
    api_end(&api);
}
END_TEST

START_TEST(memory_stays_bounded)
{
    size_t length = 700000, early;
    char *text = long_text(length);
    struct follower f = {text, 0, 0, 0};
    struct unit_memory m;
    unfix_stream *stream;
    unfix_context *context;
    int i;

    api_begin(&api);
    unit_memory_init(&m, 0);
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, NULL, &m.allocator, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_new(context, follow, &f, &stream), UNFIX_OK);
    feed(stream, text, length, 10000);
    early = m.most;
    for (i = 0; i < 4; i++) {
        f.at = f.out_at = 0;
        ck_assert_int_eq(unfix_stream_feed(stream, text, length, NULL),
                         UNFIX_OK);
        ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    }
    /* Buffers grow by doubling: once more may happen. */
    ck_assert_uint_lt(m.most, early + 4 * UFX_WINDOW_HARD);
    unfix_stream_free(stream);
    unfix_context_free(context);
    ck_assert_uint_eq(m.live, 0);
    free(text);
    api_end(&api);
}
END_TEST

/* ---- Flush, finish, stop ---- */

START_TEST(nothing_fed_nothing_called)
{
    unfix_stream *stream;

    begin("", 0);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_flush(stream, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, NULL, 0, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert_uint_eq(pieces.text.length, 0);
    unfix_stream_free(stream);
    end();
}
END_TEST

START_TEST(flush_hands_out_all)
{
    unfix_stream *stream;

    begin("", 0);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "la sesi\xC3\xA9n", 10, NULL),
                     UNFIX_OK);
    ck_assert_uint_eq(pieces.text.length, 0);
    ck_assert_int_eq(unfix_stream_flush(stream, NULL), UNFIX_OK);
    ck_assert_str_eq(pieces.text.data, "la sesión");
    ck_assert_int_eq(
        unfix_stream_feed(stream, " de la sesi\xC3\xA9n", 14, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert_str_eq(pieces.text.data, "la sesión de la sesión");
    /* Offsets go on over a flush. */
    ck_assert_ptr_nonnull(strstr(pieces.corrections.data, "17+7 17+7"));
    unfix_stream_free(stream);
    end();
}
END_TEST

START_TEST(page_is_handed_out_at_once)
{
    unfix_stream *stream;

    begin("", 0);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "la sesi\xC3\xA9n\f", 11, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(pieces.text.data, "la sesión\f");
    unfix_stream_free(stream); /* without an end */
    end();
}
END_TEST

START_TEST(finished_stream_begins_again)
{
    unfix_stream *stream;
    int i;

    begin(document, sizeof document - 1);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    for (i = 0; i < 3; i++) {
        api_record_clear(&pieces);
        feed(stream, document, sizeof document - 1, 30);
        ck_assert(api_record_equal(&pieces, &whole));
    }
    unfix_stream_free(stream);
    /* And the context is free for other use. */
    api_record_clear(&pieces);
    api_correct(&api, document);
    api_record_add(&pieces, api.result);
    ck_assert(api_record_equal(&pieces, &whole));
    end();
}
END_TEST

static int
stop(void *user, const unfix_result *result)
{
    size_t *calls = user;

    ck_assert_ptr_nonnull(unfix_result_text(result, NULL));
    return ++*calls == 2 ? 42 : 0;
}

START_TEST(callback_stops_the_stream)
{
    unfix_stream *stream;
    unfix_error error = {.status = UNFIX_OK};
    size_t calls = 0;

    begin(document, sizeof document - 1);
    ck_assert_int_eq(unfix_stream_new(api.context, stop, &calls, &stream),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "a\fb\fc\fd\f", 8, &error),
                     UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(error.status, UNFIX_ERROR_CALLBACK);
    ck_assert_uint_eq(calls, 2);
    unfix_stream_free(stream);

    calls = 1;
    ck_assert_int_eq(unfix_stream_new(api.context, stop, &calls, &stream),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "a", 1, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_finish(stream, &error), UNFIX_ERROR_CALLBACK);
    ck_assert_uint_eq(calls, 2);
    /* It may then be fed another document. */
    ck_assert_int_eq(unfix_stream_feed(stream, "b", 1, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert_uint_eq(calls, 3);
    unfix_stream_free(stream);
    end();
}
END_TEST

/* "Ends the stream": what is left of that document is not handed out. */
START_TEST(stopped_stream_stays_stopped)
{
    unfix_stream *stream;
    size_t calls = 0;

    begin(document, sizeof document - 1);
    ck_assert_int_eq(unfix_stream_new(api.context, stop, &calls, &stream),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "a\fb\fc\fd", 7, NULL),
                     UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(unfix_stream_feed(stream, "e\f", 2, NULL),
                     UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(unfix_stream_feed(stream, "", 0, NULL),
                     UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_ERROR_CALLBACK);
    ck_assert_uint_eq(calls, 2);
    ck_assert_int_eq(unfix_stream_feed(stream, "x\f", 2, NULL), UNFIX_OK);
    ck_assert_uint_eq(calls, 3);
    unfix_stream_free(stream);
    end();
}
END_TEST

START_TEST(arguments)
{
    unfix_stream *stream = (unfix_stream *)&api;
    unfix_error error = {.status = UNFIX_OK};

    begin("", 0);
    ck_assert_int_eq(unfix_stream_new(api.context, NULL, NULL, &stream),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(stream);
    ck_assert_int_eq(unfix_stream_new(NULL, api_record_callback, NULL, &stream),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, NULL, NULL),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_stream_feed(NULL, "a", 1, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(error.status, UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "stream is NULL");
    ck_assert_int_eq(unfix_stream_flush(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_stream_finish(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    unfix_stream_free(NULL);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, NULL, 1, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "text is NULL and its length is not 0");
    unfix_stream_free(stream);
    end();
}
END_TEST

/* ---- Running out of memory ---- */

/* A stream that failed still ends, and then takes another document. */
START_TEST(stream_may_run_out_of_memory)
{
    size_t k;

    begin(document, sizeof document - 1);
    for (k = 1;; k++) {
        struct unit_memory m;
        unfix_context *context;
        unfix_stream *stream;
        unfix_status status;

        unit_memory_init(&m, 0);
        ck_assert_int_eq(unfix_context_new(api.model, NULL, NULL, &m.allocator,
                                           &context, NULL),
                         UNFIX_OK);
        unit_memory_fail(&m, k);
        api_record_clear(&pieces);
        status =
            unfix_stream_new(context, api_record_callback, &pieces, &stream);
        ck_assert_int_eq(status == UNFIX_OK, stream != NULL);
        if (status == UNFIX_OK)
            status =
                unfix_stream_feed(stream, document, sizeof document - 1, NULL);
        if (status == UNFIX_OK)
            status = unfix_stream_finish(stream, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        if (stream != NULL && m.failed) {
            /* Where finish was what failed, the document has ended. */
            status = unfix_stream_finish(stream, NULL);
            ck_assert(status == UNFIX_ERROR_MEMORY || status == UNFIX_OK);
            api_record_clear(&pieces);
            feed(stream, document, sizeof document - 1, 11);
        }
        if (stream != NULL)
            ck_assert(api_record_equal(&pieces, &whole));
        unfix_stream_free(stream);
        unfix_context_free(context);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 6);
    end();
}
END_TEST

/* A callback that goes back to its stream, or to the context of it. */
struct reentry {
    unfix_stream *stream;
    unfix_result *result;
    size_t length;
    int calls;
};

static int
reenter(void *user, const unfix_result *result)
{
    struct reentry *r = user;
    unfix_stream *another;
    unfix_error error;
    size_t length;

    ck_assert_int_eq(unfix_stream_feed(r->stream, "x", 1, &error),
                     UNFIX_ERROR_STATE);
    ck_assert_str_eq(error.message,
                     "called from a callback of the same context");
    ck_assert_int_eq(unfix_stream_flush(r->stream, NULL), UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_stream_finish(r->stream, NULL), UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_correct(api.context, "x", 1, r->result, NULL),
                     UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_stream_new(api.context, reenter, user, &another),
                     UNFIX_ERROR_STATE);
    ck_assert_ptr_null(another);
    ck_assert_int_eq(unfix_context_set_options(api.context, NULL, NULL),
                     UNFIX_ERROR_STATE);
    unfix_result_text(result, &length);
    r->length += length;
    r->calls++;
    return 0;
}

START_TEST(callbacks_do_not_reenter)
{
    const size_t length = 3 * UFX_WINDOW_HARD;
    struct reentry r = {NULL, NULL, 0, 0};
    char *text = malloc(length);
    size_t i;

    for (i = 0; i < length; i++)
        text[i] = "La Asamblea General,\n"[i % 21];
    api_begin(&api);
    api_correct(&api, ""); /* makes the context */
    ck_assert_int_eq(unfix_result_new(NULL, &r.result), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_new(api.context, reenter, &r, &r.stream),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(r.stream, text, length, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_finish(r.stream, NULL), UNFIX_OK);
    ck_assert_int_gt(r.calls, 2);
    ck_assert_uint_eq(r.length, length);
    /* And is free again. */
    ck_assert_int_eq(unfix_correct(api.context, "x", 1, r.result, NULL),
                     UNFIX_OK);
    unfix_stream_free(r.stream);
    unfix_result_free(r.result);
    api_end(&api);
    free(text);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        callbacks_do_not_reenter,
        any_chunks_give_the_same,
        long_documents_too,
        page_end_after_a_paragraph,
        offsets_count_from_the_beginning,
        sections_do_not_hang_on_each_other,
        memory_stays_bounded,
        nothing_fed_nothing_called,
        flush_hands_out_all,
        page_is_handed_out_at_once,
        finished_stream_begins_again,
        callback_stops_the_stream,
        stopped_stream_stays_stopped,
        arguments,
        stream_may_run_out_of_memory,
    };

    return unit_run("api/stream", tests, sizeof tests / sizeof *tests);
}
