/* SPDX-License-Identifier: MPL-2.0 */
/* Any number of threads gives what one gives. */
#include "../read_file.h"
#include "unit_api.h"

#include <glob.h>
#include <pthread.h>

static unfix_model *model;
static char *text;
static size_t length;

/* An allocator that any thread may call. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *
allocate(void *user, void *pointer, size_t old_size, size_t new_size)
{
    pthread_mutex_lock(&mutex);
    pointer = unit_allocate(user, pointer, old_size, new_size);
    pthread_mutex_unlock(&mutex);
    return pointer;
}

/* Lends as many threads as are wanted. */
struct loan {
    unfix_task task;
    void *argument;
    size_t i;
};

static void *
do_part(void *user)
{
    const struct loan *loan = user;

    loan->task(loan->argument, loan->i);
    return NULL;
}

static void
lend(void *user, unfix_task task, void *argument, size_t count)
{
    pthread_t threads[64];
    struct loan loans[64];
    size_t i;

    (void)user;
    ck_assert_uint_le(count, 64);
    for (i = 0; i < count; i++) {
        loans[i] = (struct loan){task, argument, i};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, do_part, &loans[i]),
                         0);
    }
    for (i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

/* None at all, and in the wrong order: that is slow, and right. */
static void
do_alone(void *user, unfix_task task, void *argument, size_t count)
{
    (void)user;
    while (count-- > 0)
        task(argument, count);
}

/* A budget and all that is proposed show most of what might differ. */
static const unfix_options *
options(void)
{
    static unfix_options options;

    unfix_options_init(&options);
    options.max_harm = 20;
    options.join_hyphens = 1;
    return &options;
}

static void
begin(void)
{
    glob_t files;
    size_t i, n = 0;

    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        glob(UNFIX_TEST_SOURCE "/tests/pages/*.txt", 0, NULL, &files), 0);
    text = NULL;
    length = 0;
    for (i = 0; i < files.gl_pathc; i++) {
        char *page = read_file(files.gl_pathv[i], &n);

        text = realloc(text, length + n + 1);
        ck_assert_ptr_nonnull(text);
        memcpy(text + length, page, n);
        text[length + n] = '\n';
        length += n + 1;
        free(page);
    }
    globfree(&files);
}

static void
end(void)
{
    unfix_model_release(model);
    free(text);
}

static unfix_context *
context_of(size_t threads, const unfix_allocator *allocator)
{
    unfix_context *context;

    ck_assert_int_eq(
        unfix_context_new(model, NULL, options(), allocator, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_use_threads(context, threads, lend, NULL, NULL),
        UNFIX_OK);
    return context;
}

static void
check_alternatives(const unfix_correction *a, const unfix_correction *b)
{
    size_t i;

    ck_assert_uint_eq(a->alternative_count, b->alternative_count);
    for (i = 0; i < a->alternative_count; i++) {
        ck_assert_str_eq(a->alternatives[i].text, b->alternatives[i].text);
        ck_assert_uint_eq(a->alternatives[i].length, b->alternatives[i].length);
        ck_assert_uint_eq(a->alternatives[i].confidence,
                          b->alternatives[i].confidence);
    }
}

static void
check_same(const unfix_result *a, const unfix_result *b)
{
    size_t i, count = unfix_result_correction_count(a);

    ck_assert_str_eq(unfix_result_text(a, NULL), unfix_result_text(b, NULL));
    ck_assert_uint_eq(unfix_result_unsearched(a), unfix_result_unsearched(b));
    ck_assert_uint_eq(count, unfix_result_correction_count(b));
    for (i = 0; i < count; i++) {
        const unfix_correction *x = unfix_result_correction(a, i);
        const unfix_correction *y = unfix_result_correction(b, i);

        ck_assert_uint_eq(x->offset, y->offset);
        ck_assert_uint_eq(x->out_offset, y->out_offset);
        ck_assert_str_eq(x->original, y->original);
        ck_assert_str_eq(x->replacement, y->replacement);
        ck_assert_str_eq(x->reason, y->reason);
        ck_assert_int_eq(x->score, y->score);
        ck_assert_uint_eq(x->confidence, y->confidence);
        ck_assert_uint_eq(x->bar, y->bar);
        ck_assert_int_eq(x->verdict, y->verdict);
        ck_assert_uint_eq(x->seen_before, y->seen_before);
        check_alternatives(x, y);
    }
}

START_TEST(same_for_any_number)
{
    static const size_t counts[] = {2, 3, 64, 4, 1};
    unfix_result *alone, *shared;
    unfix_context *context;
    size_t i, again;

    begin();
    context = context_of(0, NULL);
    ck_assert_int_eq(unfix_result_new(NULL, &alone), UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &shared), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, length, alone, NULL),
                     UNFIX_OK);
    ck_assert_uint_gt(unfix_result_correction_count(alone), 200);
    for (i = 0; i < sizeof counts / sizeof *counts; i++) {
        ck_assert_int_eq(unfix_context_use_threads(context, counts[i],
                                                   i < 3 ? lend : do_alone,
                                                   NULL, NULL),
                         UNFIX_OK);
        /* The second time they remember what they saw. */
        for (again = 0; again < 2; again++) {
            ck_assert_int_eq(unfix_correct(context, text, length, shared, NULL),
                             UNFIX_OK);
            check_same(alone, shared);
        }
    }
    unfix_result_free(alone);
    unfix_result_free(shared);
    unfix_context_free(context);
    end();
}
END_TEST

/* Memory runs out in whichever thread: the call says so, and the context goes
 * on. */
START_TEST(without_memory)
{
    static const size_t calls[] = {1, 2, 5, 10, 20};
    unfix_result *alone, *shared;
    unfix_context *context;
    size_t i;

    begin();
    length = length < 20000 ? length : 20000;
    context = context_of(1, NULL);
    ck_assert_int_eq(unfix_result_new(NULL, &alone), UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &shared), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, length, alone, NULL),
                     UNFIX_OK);
    unfix_context_free(context);
    for (i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct unit_memory memory;
        unfix_allocator allocator = {allocate, &memory};

        unit_memory_init(&memory, 0);
        context = context_of(3, &allocator);
        memory.fail_on = true;
        unit_memory_fail(&memory, calls[i]);
        ck_assert_int_eq(unfix_correct(context, text, length, shared, NULL),
                         UNFIX_ERROR_MEMORY);
        unit_memory_fail(&memory, 0);
        ck_assert_int_eq(unfix_correct(context, text, length, shared, NULL),
                         UNFIX_OK);
        check_same(alone, shared);
        unfix_context_free(context);
        ck_assert_uint_eq(memory.live, 0);
    }
    unfix_result_free(alone);
    unfix_result_free(shared);
    end();
}
END_TEST

static int
use_from_inside(void *user, const unfix_place *place)
{
    (void)place;
    ck_assert_int_eq(unfix_context_use_threads(user, 2, lend, NULL, NULL),
                     UNFIX_ERROR_STATE);
    return 1;
}

static void
must_not_lend(void *user, unfix_task task, void *argument, size_t count)
{
    (void)user;
    (void)task;
    (void)argument;
    (void)count;
    ck_abort_msg("threads were asked for that the context must not have");
}

/* Whoever lends too many may end them: none is asked for any more. */
START_TEST(alone_after_a_refusal)
{
    unfix_context *context;
    unfix_result *result;

    begin();
    context = context_of(2, NULL);
    ck_assert_int_eq(
        unfix_context_use_threads(context, 2, must_not_lend, NULL, NULL),
        UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_use_threads(context, 257, must_not_lend, NULL, NULL),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, length, result, NULL),
                     UNFIX_OK);
    unfix_result_free(result);
    unfix_context_free(context);
    end();
}
END_TEST

START_TEST(refusals)
{
    unfix_error error = {.status = UNFIX_OK};
    unfix_context *context;

    begin();
    context = context_of(2, NULL);
    ck_assert_int_eq(unfix_context_use_threads(NULL, 2, lend, NULL, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "context is NULL");
    ck_assert_int_eq(
        unfix_context_use_threads(context, 100000, lend, NULL, &error),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(
        unfix_explain(context, text, length, use_from_inside, context, NULL),
        UNFIX_ERROR_CALLBACK);
    unfix_context_free(context);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {same_for_any_number, without_memory,
                                  alone_after_a_refusal, refusals};

    return unit_run("repair/shares", tests, sizeof tests / sizeof *tests);
}
