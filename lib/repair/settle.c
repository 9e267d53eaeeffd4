/* SPDX-License-Identifier: MPL-2.0 */
/* Passes over a window until nothing changes, put together. */
#include "repair/settle.h"

#include "base/limits.h"
#include "base/numeric.h"
#include "normalize/profile.h"
#include "repair/mangled.h"
#include "repair/pass.h"
#include "repair/profiling.h"
#include "repair/verdict.h"

/* The texts that a window became, pass by pass. */
struct trail {
    uint64_t texts[UFX_REPAIRS_MOST]; /* hashes */
    size_t count;
    uint64_t end; /* to end with, if they go round in a circle; 0: they do not
                     so far */
};

/* Notes what a window became; true if it is to stay so.  Which text of a circle
 * that is hangs on these texts alone, wherever it was entered: so a run over
 * the output ends where it began. */
static bool
ends_here(struct trail *t, const struct ufx_buffer *draft)
{
    uint64_t hash = ufx_hash(draft->data, draft->length);
    size_t i;

    for (i = 0; t->end == 0 && i < t->count && t->texts[i] != hash; i++)
        ;
    if (t->end == 0 && i < t->count)
        for (t->end = hash; i < t->count; i++)
            if (t->texts[i] < t->end)
                t->end = t->texts[i];
    if (t->count < UFX_REPAIRS_MOST)
        t->texts[t->count++] = hash;
    return t->end == hash;
}

/* What finds no end is left as it came: a run over that finds none either. */
static void
take_back(struct ufx_corrections *found)
{
    size_t i;

    for (i = 0; i < found->count; i++) {
        unfix_correction *c = &found->list[i];

        if (c->verdict != UNFIX_APPLIED)
            continue;
        ufx_correction_hold(c, UNFIX_PROPOSED, UNFIX_BAR_NONE,
                            "does not settle");
    }
}

static unfix_status
take_applied(const struct ufx_corrections *from, struct ufx_corrections *to,
             struct ufx_arena *strings, const struct ufx_memory *memory)
{
    size_t i;

    to->count = 0;
    for (i = 0; i < from->count; i++)
        if (from->list[i].verdict == UNFIX_APPLIED &&
            !ufx_corrections_copy(to, &from->list[i], strings, memory))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

/* Makes the draft of a pass: the text with what was found so far.  Where a word
 * was misread and mangled, the first may have hidden the second: what a run
 * over the draft would read first is read here.  Strings of the pass go to its
 * own arena. */
static unfix_status
make_draft(struct ufx_worker *worker, const char *text, size_t length,
           struct ufx_arena *strings, struct ufx_arena *pass,
           struct ufx_corrections *more, int *kept)
{
    struct ufx_corrections *found = worker->found,
                           *left = &worker->mangling.left;
    struct ufx_buffer *draft = &worker->draft;
    unfix_status status;

    ufx_buffer_clear(draft);
    status = ufx_corrections_splice(&found[*kept], text, length, draft);
    if (status == UNFIX_OK)
        status =
            ufx_mangled_read_draft(worker, draft->data, draft->length, pass);
    if (status == UNFIX_OK)
        status = take_applied(left, more, strings, &worker->memory);
    if (status != UNFIX_OK)
        return status;
    ufx_buffer_clear(&worker->spare);
    status = ufx_corrections_splice(left, draft->data, draft->length,
                                    &worker->spare);
    if (status != UNFIX_OK || more->count == 0)
        return status;
    status = ufx_corrections_compose(&found[*kept], more, draft->data, strings,
                                     &found[1 - *kept], &worker->memory);
    if (status != UNFIX_OK)
        return status;
    *kept = 1 - *kept;
    ufx_verdict_unprotect(worker, &found[*kept]);
    ufx_buffer_clear(draft);
    return ufx_corrections_splice(&found[*kept], text, length, draft);
}

/* How often a window may be repaired of which all so far are `all` changes, the
 * last time's `applied`, and the time's before that `before`: what does not
 * become less has no end. */
static int
most_repairs(size_t applied, size_t before, size_t all)
{
    return applied <= UFX_REPAIRS_FEW ||
                   (applied < before && applied <= all / UFX_REPAIRS_SHARE)
               ? UFX_REPAIRS_MOST
               : UFX_REPAIRS;
}

/* Strings of what a pass only proposes go with it. */
unfix_status
ufx_settle(struct ufx_worker *worker, const char *text, size_t length,
           struct ufx_arena *strings, int *kept)
{
    struct ufx_corrections *found = worker->found, more = {NULL, 0, 0};
    struct ufx_corrections seen = {NULL, 0, 0};
    unfix_status status = UNFIX_OK;
    struct trail trail = {.count = 0};
    struct ufx_arena of_pass;
    size_t applied = 1, before = 1;
    int pass;

    ufx_arena_init(&of_pass, &worker->memory);
    for (pass = 1; pass < most_repairs(applied, before, found[*kept].count) &&
                   status == UNFIX_OK;
         pass++) {
        ufx_arena_reset(&of_pass);
        status =
            make_draft(worker, text, length, strings, &of_pass, &more, kept);
        if (status != UNFIX_OK || ends_here(&trail, &worker->draft))
            break;
        before = applied;
        ufx_profile_copy(worker->trial, worker->settled);
        status = ufx_profiling_window(worker, worker->trial, worker->draft.data,
                                      worker->draft.length);
        if (status == UNFIX_OK)
            status = ufx_pass_run(worker, worker->trial, &found[*kept],
                                  worker->draft.data, worker->draft.length,
                                  &of_pass, &seen, &applied);
        worker->observer = NULL;
        if (status == UNFIX_OK)
            applied -= ufx_mangled_protect(&worker->mangling.left, &seen);
        if (status != UNFIX_OK || applied == 0)
            break;
        status = take_applied(&seen, &more, strings, &worker->memory);
        if (status != UNFIX_OK)
            break;
        status = ufx_corrections_compose(&found[*kept], &more,
                                         worker->draft.data, strings,
                                         &found[1 - *kept], &worker->memory);
        *kept = 1 - *kept;
    }
    if (pass >= most_repairs(applied, before, found[*kept].count))
        take_back(&found[*kept]);
    ufx_corrections_free(&more, &worker->memory);
    ufx_corrections_free(&seen, &worker->memory);
    ufx_arena_free(&of_pass);
    return status;
}

unfix_status
ufx_settle_meant(struct ufx_worker *worker, const char *clear,
                 struct ufx_arena *strings, int *kept)
{
    const struct ufx_corrections *found = &worker->found[*kept];
    struct ufx_corrections *both = &worker->found[1 - *kept];
    unfix_status status;

    *kept = 1 - *kept;
    status = ufx_corrections_compose(&worker->mangling.meant, found, clear,
                                     strings, both, &worker->memory);
    return status != UNFIX_OK
               ? status
               : ufx_corrections_add_proposed(&worker->mangling.meant, found,
                                              both, &worker->memory);
}
