/* SPDX-License-Identifier: MPL-2.0 */
/* Profiles: of a window as it came, and of what the windows before it
 * became. */
#include "repair/profiling.h"

#include "normalize/profile.h"
#include "repair/apart.h"
#include "repair/counting.h"
#include "repair/cuts.h"
#include "repair/shares.h"

/* A paragraph that is to be counted. */
struct profiled {
    struct ufx_share share;
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
    uint32_t width;
    bool was_kept; /* as it was cut when it was counted before */
};

struct profiling {
    struct ufx_worker *worker;
    struct ufx_profile *profile;
    uint32_t width; /* of the search, at first */
    bool again;     /* the window was counted and is still known */
};

/* Searches a paragraph that was counted before, if that was done in the same
 * thread; false if it has to be cut again. */
static bool
search_again(const struct profiling *profiling, struct ufx_worker *worker,
             struct profiled *c, unfix_status *status)
{
    const struct ufx_cut *cut;
    uint32_t next;

    if (!profiling->again)
        return false;
    cut = &profiling->worker->cuts.list[c->share.number];
    if (cut->mate != c->share.mate || cut->width != UFX_SEARCH_NEAR)
        return false;
    c->width = profiling->width;
    ufx_cuts_take(worker, cut, c->share.length, c->width, &c->paragraph,
                  &c->lattice);
    *status = ufx_profile_search(&c->lattice, &worker->vocabulary,
                                 worker->own.candidates);
    return *status != UNFIX_OK ||
           !ufx_candidates_may_narrow(worker->own.candidates, &next);
}

/* Searches a paragraph, as widely as it allows. */
static unfix_status
search_paragraph(void *user, struct ufx_share *share)
{
    const struct profiling *profiling = user;
    struct profiled *c = (struct profiled *)(void *)share;
    struct ufx_worker *worker =
        share->mate == NULL ? profiling->worker : &share->mate->worker;
    uint32_t next = profiling->width;
    unfix_status status;

    c->was_kept = search_again(profiling, worker, c, &status);
    if (c->was_kept)
        return status;
    do {
        c->width = next;
        status = ufx_cuts_read(worker, share->bytes, share->length, c->width,
                               &c->paragraph, &c->lattice);
        if (status == UNFIX_OK)
            status = ufx_profile_search(&c->lattice, &worker->vocabulary,
                                        worker->own.candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(worker->own.candidates, &next));
    return status != UNFIX_OK ? status
                              : ufx_lattice_keep(&c->lattice, &c->paragraph,
                                                 &worker->own.kept);
}

static unfix_status
count_paragraph(void *user, struct ufx_share *share)
{
    const struct profiling *profiling = user;
    const struct profiled *c = (const struct profiled *)(const void *)share;
    struct ufx_worker *worker = profiling->worker;
    const struct ufx_cut cut = {c->paragraph, c->lattice, c->width,
                                share->mate};
    unfix_status status =
        ufx_profile_count(profiling->profile, &c->lattice, &worker->vocabulary,
                          share->offset, &worker->surroundings);

    if (status != UNFIX_OK || !profiling->again)
        return status == UNFIX_OK ? ufx_cuts_keep(worker, &cut) : status;
    worker->cuts.list[share->number] = cut;
    return UNFIX_OK;
}

static unfix_status
count_window_at(struct ufx_worker *worker, struct ufx_profile *profile,
                uint32_t width, bool again, const char *text, size_t length)
{
    struct profiling profiling = {worker, profile, width, again};
    const struct ufx_shares_work work = {&profiling, sizeof(struct profiled),
                                         search_paragraph, count_paragraph,
                                         false};
    struct profiled one = {0};

    if (!again)
        ufx_shares_forget(worker);
    worker->surroundings.count = 0;
    ufx_profile_searched(profile, width != UFX_SEARCH_NEAR);
    return ufx_shares_run(worker, text, length, &work, &one.share);
}

/* The profile as it was before it counts a window: the trial began as what is
 * settled, and is free while another one counts.  NULL: out of memory. */
static const struct ufx_profile *
profile_before(struct ufx_worker *worker, const struct ufx_profile *profile)
{
    if (profile == worker->trial)
        return worker->settled;
    if (worker->trial == NULL)
        worker->trial = ufx_profile_new(&worker->memory, &worker->vocabulary);
    if (worker->trial != NULL)
        ufx_profile_copy(worker->trial, profile);
    return worker->trial;
}

unfix_status
ufx_profiling_window(struct ufx_worker *worker, struct ufx_profile *profile,
                     const char *text, size_t length)
{
    const struct ufx_profile *before;
    unfix_status status;

    if (ufx_profile_is_wide(profile))
        return count_window_at(worker, profile, 0, false, text, length);
    before = profile_before(worker, profile);
    if (before == NULL)
        return UNFIX_ERROR_MEMORY;
    status =
        count_window_at(worker, profile, UFX_SEARCH_NEAR, false, text, length);
    if (status != UNFIX_OK || !ufx_profile_is_wide(profile))
        return status;
    ufx_profile_copy(profile, before);
    return count_window_at(worker, profile, 0, true, text, length);
}

bool
ufx_profiling_went(struct ufx_worker *worker)
{
    if (worker->settled == NULL)
        worker->settled = ufx_profile_new(&worker->memory, &worker->vocabulary);
    if (worker->trial == NULL)
        worker->trial = ufx_profile_new(&worker->memory, &worker->vocabulary);
    return worker->settled != NULL && worker->trial != NULL;
}

/* Brings the profile of the section as it went up to this window.  As long as
 * nothing was changed, it is that of the section as it came. */
static unfix_status
settle_profile(struct ufx_worker *worker)
{
    if (worker->scan.done > 0 && !ufx_profiling_went(worker))
        return UNFIX_ERROR_MEMORY;
    if (worker->as_it_came) {
        if (worker->scan.done > 0)
            ufx_profile_copy(worker->settled, worker->profile);
    } else if (worker->unsettled) {
        worker->unsettled = false;
        return ufx_profiling_window(worker, worker->settled, worker->draft.data,
                                    worker->draft.length);
    }
    return UNFIX_OK;
}

/* Shows the words of the window at hand to the collection that counts them. */
static void
count_words(struct ufx_worker *worker)
{
    size_t i;

    for (i = 0; i < worker->cuts.count; i++) {
        struct ufx_lattice lattice = worker->cuts.list[i].lattice;

        lattice.paragraph = &worker->cuts.list[i].paragraph;
        ufx_counting_words(worker, &lattice);
    }
}

unfix_status
ufx_profiling_meant(struct ufx_worker *worker, const char *text, size_t length)
{
    unfix_status status = settle_profile(worker);

    if (status == UNFIX_OK)
        status = ufx_profiling_window(worker, worker->profile, text, length);
    if (status == UNFIX_OK && worker->others.counted != NULL)
        count_words(worker);
    return status == UNFIX_OK ? ufx_apart_note(worker) : status;
}
