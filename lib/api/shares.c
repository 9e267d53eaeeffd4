/* SPDX-License-Identifier: MPL-2.0 */
#include "api/shares.h"

#include "base/limits.h"
#include "base/status.h"
#include "text/text.h"

#include <string.h>

struct run {
    const struct ufx_shares_work *work;
    struct ufx_mate *mates;
    char *shares; /* `count` of the work's size */
    size_t count;
    size_t taken;
    unfix_status status;             /* of what was taken */
    const struct ufx_buffer *owners; /* who did what in the pass before */
    atomic_bool failed;              /* what is not begun is in vain */
};

static struct ufx_share *
share_at(const struct run *run, size_t i)
{
    return (struct ufx_share *)(void *)(run->shares + i * run->work->size);
}

static bool
is_own(const struct run *run, size_t i, size_t number)
{
    return i < run->owners->length &&
           (unsigned char)run->owners->data[i] == number;
}

/* Takes what is done and next in order. */
static void
take_done(struct run *run)
{
    while (run->taken < run->count && run->status == UNFIX_OK) {
        struct ufx_share *share = share_at(run, run->taken);

        if (!atomic_load_explicit(&share->done, memory_order_acquire))
            return;
        run->status = share->status;
        if (run->status == UNFIX_OK)
            run->status = run->work->take(run->work->user, share);
        run->taken++;
    }
    if (run->status != UNFIX_OK)
        atomic_store(&run->failed, true);
}

static void
do_share(struct run *run, struct ufx_share *share, size_t number)
{
    share->mate = &run->mates[number];
    share->status = run->work->work(run->work->user, share);
    atomic_store_explicit(&share->done, true, memory_order_release);
    if (number == 0 && !run->work->late)
        take_done(run);
}

/* First what this thread did in the pass before, whose words it remembers, and
 * then what others have not begun. */
static void
help(void *user, size_t number)
{
    struct run *run = user;
    size_t i;
    int round;

    for (round = 0; round < 2; round++)
        for (i = 0; i < run->count && !atomic_load(&run->failed); i++) {
            struct ufx_share *share = share_at(run, i);

            if ((round > 0 || is_own(run, i, number)) &&
                !atomic_exchange(&share->begun, true))
                do_share(run, share, number);
        }
}

/* What the context knows now, with the mate's own things. */
static void
refresh(struct ufx_mate *mate, const unfix_context *context)
{
    const unfix_context own = mate->context;

    mate->context = *context;
    mate->context.candidates = own.candidates;
    mate->context.arena = own.arena;
    mate->context.text = own.text;
    mate->context.key = own.key;
    mate->context.kept = own.kept;
    mate->context.scored = own.scored;
    mate->context.found[0] = own.found[0];
    mate->context.protected = own.protected;
    mate->context.found[0].count = 0;
    mate->context.protected.count = 0;
    ufx_arena_reset(&mate->strings);
}

static size_t
count_paragraphs(const char *text, size_t length)
{
    size_t done = 0, count = 0;

    for (; done < length; count++)
        done += ufx_text_paragraph(text + done, length - done);
    return count;
}

static struct ufx_share
share_of(const char *text, size_t length, size_t offset, size_t number)
{
    size_t n = ufx_text_paragraph(text + offset, length - offset);

    return (struct ufx_share){.bytes = text + offset,
                              .length = n,
                              .offset = offset,
                              .number = number};
}

/* Without memory they only do more than once what they could remember. */
static void
note_owners(unfix_context *context, const struct run *run)
{
    size_t i;

    ufx_buffer_clear(&context->owners);
    for (i = 0; i < run->count; i++) {
        const struct ufx_mate *mate = share_at(run, i)->mate;

        ufx_buffer_append_byte(&context->owners,
                               (char)(mate == NULL ? 0 : mate - run->mates));
    }
}

static unfix_status
run_together(unfix_context *context, const char *text, size_t length,
             const struct ufx_shares_work *work, size_t count)
{
    struct run run = {.work = work,
                      .mates = context->mates,
                      .count = count,
                      .owners = &context->owners,
                      .status = UNFIX_OK};
    size_t i, offset = 0;

    run.shares = ufx_memory_allocate(&context->memory, count * work->size);
    if (run.shares == NULL)
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i < count; i++) {
        *share_at(&run, i) = share_of(text, length, offset, i);
        offset += share_at(&run, i)->length;
    }
    for (i = 0; i < context->mate_count; i++)
        refresh(&context->mates[i], context);
    context->lend(context->lender, help, &run, context->mate_count);
    take_done(&run);
    note_owners(context, &run);
    for (i = 0; i < context->mate_count; i++)
        context->key_failed =
            context->key_failed || context->mates[i].context.key_failed;
    ufx_memory_free(&context->memory, run.shares, count * work->size);
    return run.status;
}

unfix_status
ufx_shares_run(unfix_context *context, const char *text, size_t length,
               const struct ufx_shares_work *work, struct ufx_share *one)
{
    size_t count = context->mate_count == 0 || context->observer != NULL ||
                           length < UFX_SHARED_BYTES
                       ? 1
                       : count_paragraphs(text, length);
    unfix_status status = UNFIX_OK;
    size_t offset = 0, number = 0;

    if (count > 1)
        return run_together(context, text, length, work, count);
    for (; offset < length && status == UNFIX_OK; number++) {
        *one = share_of(text, length, offset, number);
        status = work->work(work->user, one);
        if (status == UNFIX_OK)
            status = work->take(work->user, one);
        offset += one->length;
    }
    return status;
}

static void
let_go(unfix_context *context)
{
    ufx_arena_reset(&context->kept);
    ufx_candidates_hold(context->candidates, false);
    ufx_candidates_hold(context->candidates, true);
}

void
ufx_shares_forget(unfix_context *context)
{
    size_t i;

    context->cuts.count = 0;
    let_go(context);
    for (i = 0; i < context->mate_count; i++)
        let_go(&context->mates[i].context);
}

void
ufx_shares_rest(unfix_context *context)
{
    size_t i;

    ufx_shares_forget(context);
    ufx_candidates_rest(context->candidates);
    for (i = 0; i < context->mate_count; i++)
        ufx_candidates_rest(context->mates[i].context.candidates);
}

/* ---- Threads of a context ---- */

static bool
make_mate(struct ufx_mate *mate, const unfix_context *context)
{
    const struct ufx_memory *memory = &context->memory;

    mate->is_caller = mate == context->mates;
    ufx_arena_init(&mate->context.kept, memory);
    ufx_arena_init(&mate->strings, memory);
    ufx_arena_init(&mate->context.arena, memory);
    ufx_buffer_init(&mate->context.text, memory);
    ufx_buffer_init(&mate->context.key, memory);
    mate->context.candidates =
        mate->is_caller ? context->candidates
                        : ufx_candidates_new(memory, &context->vocabulary);
    mate->context.scored =
        mate->is_caller ? context->scored : ufx_scored_new(memory);
    return mate->context.candidates != NULL && mate->context.scored != NULL;
}

static void
free_mate(struct ufx_mate *mate, const struct ufx_memory *memory)
{
    unfix_context *own = &mate->context;

    if (!mate->is_caller) {
        ufx_candidates_free(own->candidates);
        ufx_scored_free(own->scored);
    }
    ufx_corrections_free(&own->found[0], memory);
    ufx_memory_free(memory, own->protected.list,
                    own->protected.capacity * sizeof *own->protected.list);
    ufx_buffer_free(&own->text);
    ufx_buffer_free(&own->key);
    ufx_arena_free(&own->arena);
    ufx_arena_free(&own->kept);
    ufx_arena_free(&mate->strings);
}

void
ufx_shares_end(unfix_context *context)
{
    size_t i;

    for (i = 0; i < context->mate_count; i++)
        free_mate(&context->mates[i], &context->memory);
    ufx_memory_free(&context->memory, context->mates,
                    context->mate_count * sizeof *context->mates);
    context->mates = NULL;
    context->mate_count = 0;
}

static unfix_status
begin(unfix_context *context, size_t count)
{
    size_t i;

    context->mates = ufx_memory_allocate_zero(&context->memory,
                                              count * sizeof *context->mates);
    if (context->mates == NULL)
        return UNFIX_ERROR_MEMORY;
    context->mate_count = count;
    for (i = 0; i < count; i++)
        if (!make_mate(&context->mates[i], context))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

unfix_status
unfix_context_use_threads(unfix_context *context, size_t count, unfix_run run,
                          void *user, unfix_error *error)
{
    unfix_status status = ufx_context_check_idle(context, error);

    if (status != UNFIX_OK)
        return status;
    if (count > UFX_THREADS)
        return ufx_status_argument(error, "too many threads");
    ufx_shares_forget(context);
    ufx_shares_end(context);
    /* Dictionaries answer one thread at a time. */
    if (count < 2 || run == NULL || context->vocabulary.knows != NULL)
        return UNFIX_OK;
    context->lend = run;
    context->lender = user;
    if (begin(context, count) != UNFIX_OK) {
        ufx_shares_end(context);
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    }
    return UNFIX_OK;
}
