/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/shares.h"

#include "base/limits.h"
#include "repair/own.h"
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

/* What the worker knows now, with the mate's own things. */
static void
refresh(struct ufx_mate *mate, const struct ufx_worker *worker)
{
    const struct ufx_own own = mate->worker.own;

    mate->worker = *worker;
    mate->worker.own = own;
    mate->worker.own.protected.count = 0;
    mate->found.count = 0;
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
note_owners(struct ufx_worker *worker, const struct run *run)
{
    size_t i;

    ufx_buffer_clear(&worker->crew.owners);
    for (i = 0; i < run->count; i++) {
        const struct ufx_mate *mate = share_at(run, i)->mate;

        ufx_buffer_append_byte(&worker->crew.owners,
                               (char)(mate == NULL ? 0 : mate - run->mates));
    }
}

static unfix_status
run_together(struct ufx_worker *worker, const char *text, size_t length,
             const struct ufx_shares_work *work, size_t count)
{
    struct run run = {.work = work,
                      .mates = worker->crew.mates,
                      .count = count,
                      .owners = &worker->crew.owners,
                      .status = UNFIX_OK};
    size_t i, offset = 0;

    run.shares = ufx_memory_allocate(&worker->memory, count * work->size);
    if (run.shares == NULL)
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i < count; i++) {
        *share_at(&run, i) = share_of(text, length, offset, i);
        offset += share_at(&run, i)->length;
    }
    for (i = 0; i < worker->crew.count; i++)
        refresh(&worker->crew.mates[i], worker);
    worker->crew.lend(worker->crew.lender, help, &run, worker->crew.count);
    take_done(&run);
    note_owners(worker, &run);
    for (i = 0; i < worker->crew.count; i++) {
        worker->own.failed |= worker->crew.mates[i].worker.own.failed;
        worker->crew.mates[i].worker.own.failed = false;
    }
    ufx_memory_free(&worker->memory, run.shares, count * work->size);
    return run.status;
}

unfix_status
ufx_shares_run(struct ufx_worker *worker, const char *text, size_t length,
               const struct ufx_shares_work *work, struct ufx_share *one)
{
    size_t count = worker->crew.count == 0 || worker->observer != NULL ||
                           length < UFX_SHARED_BYTES
                       ? 1
                       : count_paragraphs(text, length);
    unfix_status status = UNFIX_OK;
    size_t offset = 0, number = 0;

    if (count > 1)
        return run_together(worker, text, length, work, count);
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
let_go(struct ufx_worker *worker)
{
    ufx_arena_reset(&worker->own.kept);
    ufx_candidates_hold(worker->own.candidates, false);
    ufx_candidates_hold(worker->own.candidates, true);
}

void
ufx_shares_forget(struct ufx_worker *worker)
{
    size_t i;

    worker->cuts.count = 0;
    let_go(worker);
    for (i = 0; i < worker->crew.count; i++)
        let_go(&worker->crew.mates[i].worker);
}

void
ufx_shares_rest(struct ufx_worker *worker)
{
    size_t i;

    ufx_shares_forget(worker);
    ufx_candidates_rest(worker->own.candidates);
    for (i = 0; i < worker->crew.count; i++)
        ufx_candidates_rest(worker->crew.mates[i].worker.own.candidates);
}

/* ---- Threads ---- */

static bool
make_mate(struct ufx_mate *mate, const struct ufx_worker *worker)
{
    mate->is_caller = mate == worker->crew.mates;
    ufx_arena_init(&mate->strings, &worker->memory);
    return ufx_own_make(&mate->worker.own, worker,
                        mate->is_caller ? &worker->own : NULL);
}

void
ufx_shares_end(struct ufx_worker *worker)
{
    struct ufx_crew *crew = &worker->crew;
    size_t i;

    for (i = 0; i < crew->count; i++) {
        struct ufx_mate *mate = &crew->mates[i];

        ufx_own_free(&mate->worker.own, &worker->memory, mate->is_caller);
        ufx_corrections_free(&mate->found, &worker->memory);
        ufx_arena_free(&mate->strings);
    }
    ufx_memory_free(&worker->memory, crew->mates,
                    crew->count * sizeof *crew->mates);
    crew->mates = NULL;
    crew->count = 0;
}

unfix_status
ufx_shares_begin(struct ufx_worker *worker, size_t count, unfix_run lend,
                 void *lender)
{
    struct ufx_crew *crew = &worker->crew;
    size_t i;

    crew->lend = lend;
    crew->lender = lender;
    crew->mates =
        ufx_memory_allocate_zero(&worker->memory, count * sizeof *crew->mates);
    if (crew->mates == NULL)
        return UNFIX_ERROR_MEMORY;
    crew->count = count;
    for (i = 0; i < count; i++)
        if (!make_mate(&crew->mates[i], worker)) {
            ufx_shares_end(worker);
            return UNFIX_ERROR_MEMORY;
        }
    return UNFIX_OK;
}
