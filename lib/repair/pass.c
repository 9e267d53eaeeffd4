/* SPDX-License-Identifier: MPL-2.0 */
/* One pass over a window, paragraph by paragraph: readings, path, changes. */
#include "repair/pass.h"

#include "base/limits.h"
#include "normalize/profile.h"
#include "repair/change.h"
#include "repair/cuts.h"
#include "repair/lines.h"
#include "repair/shares.h"
#include "repair/verdict.h"

/* Nothing was changed in such a paragraph in the pass before, and nothing would
 * be now. */
static bool
is_quiet(const struct ufx_repair *r)
{
    return !r->first && ufx_quiet_has(r->worker->quiet, r->bytes, r->length);
}

/* Where only some words were looked for, their rivals would win. */
static bool
is_searched(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;

    return l->searched == l->segment_count ||
           change->to + UFX_SEARCHED_BEYOND <= l->searched;
}

/* The bytes of the paragraph that were left alone for want of work. */
static size_t
unsearched(const struct ufx_repair *r)
{
    const struct ufx_lattice *l = &r->lattice;

    return l->searched == l->segment_count
               ? 0
               : r->length - l->segments[l->searched].start;
}

/* What the engine offers for a part of the paragraph; see ufx_offers.  Where a
 * pass before has changed the word, or it was mangled, it is another one. */
static const unfix_alternative *
find_offers(void *user, size_t *start, size_t *end, size_t *count)
{
    const struct ufx_repair *r = user;
    const struct ufx_worker *worker = r->worker;
    uint64_t from = r->offset + *start, to = r->offset + *end, shift;
    const struct ufx_said_piece *piece;

    if (!ufx_change_source(r, &from, &to))
        return NULL;
    piece = ufx_said_find(&worker->said, from, to);
    if (piece == NULL || piece->reading_count == 0)
        return NULL;
    /* All of it has to stand there as the engine read it. */
    shift = worker->said.window + from - piece->offset;
    if (shift > *start || piece->length > r->length - (*start - shift))
        return NULL;
    *start -= (size_t)shift;
    *end = *start + (size_t)piece->length;
    from = r->offset + *start;
    to = r->offset + *end;
    *count = piece->reading_count;
    return ufx_change_source(r, &from, &to) ? piece->readings : NULL;
}

/* Begins with the paragraph as it was cut for the profile, if that was done in
 * the same thread; nothing was looked for yet. */
static unfix_status
take_cut(struct ufx_repair *r, const struct ufx_cut *cut)
{
    struct ufx_worker *worker = r->worker;

    if (cut->mate != r->mate)
        return ufx_cuts_read(worker, r->bytes, r->length, cut->width,
                             &r->paragraph, &r->lattice);
    ufx_cuts_take(worker, cut, r->length, cut->width, &r->paragraph,
                  &r->lattice);
    return UNFIX_OK;
}

/* Where the words alone took a narrower search, more is not tried. */
unfix_status
ufx_pass_fill(struct ufx_repair *r)
{
    struct ufx_worker *worker = r->worker;
    const struct ufx_cut *cut = &worker->cuts.list[r->number];
    uint32_t width, next = cut->width;
    unfix_status status;

    r->taken = 0;
    do {
        width = next;
        status = width == cut->width
                     ? take_cut(r, cut)
                     : ufx_cuts_read(worker, r->bytes, r->length, width,
                                     &r->paragraph, &r->lattice);
        if (worker->said.count > 0 && r->offers.find != NULL)
            r->lattice.offers = &r->offers;
        if (status == UNFIX_OK)
            status = ufx_lattice_fill(&r->lattice, &worker->vocabulary,
                                      r->habits, worker->own.candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(worker->own.candidates, &next));
    return status;
}

static unfix_status
repair_paragraph(struct ufx_repair *r)
{
    struct ufx_worker *worker = r->worker;
    struct ufx_changes changes = {NULL, 0};
    unfix_status status;
    size_t i;

    if (is_quiet(r))
        return UNFIX_OK;
    status = ufx_pass_fill(r);
    if (status == UNFIX_OK)
        r->unsearched = unsearched(r);
    if (status == UNFIX_OK)
        status = ufx_decode(&r->lattice, &worker->vocabulary, &changes);
    if (status == UNFIX_OK && r->first &&
        !ufx_verdict_protect(worker, &r->lattice, r->offset))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && changes.count == 0 && !r->lattice.by_document &&
        !ufx_candidates_ran_out(worker->own.candidates))
        r->quiet = true;
    for (i = 0; status == UNFIX_OK && i < changes.count; i++)
        if (is_searched(r, &changes.list[i]))
            status = ufx_change_handle(r, &changes.list[i]);
    return status;
}

/* A paragraph that was repaired, and what of its thread's lists is of it. */
struct repaired {
    struct ufx_share share;
    size_t found; /* before it, and with it */
    size_t found_end;
    size_t protected;
    size_t protected_end;
    uint64_t unsearched;
    bool quiet;
};

static unfix_status
repair_share(void *user, struct ufx_share *share)
{
    const struct ufx_repair *pass = user;
    struct repaired *repaired = (struct repaired *)(void *)share;
    struct ufx_repair r = *pass;
    unfix_status status;

    r.mate = share->mate;
    if (share->mate != NULL) {
        r.worker = &share->mate->worker;
        r.strings = &share->mate->strings;
        r.found = &share->mate->found;
    }
    r.offers = (struct ufx_offers){find_offers, &r};
    r.bytes = share->bytes;
    r.length = share->length;
    r.offset = share->offset;
    r.number = share->number;
    repaired->found = r.found->count;
    repaired->protected = r.worker->own.protected.count;
    status = repair_paragraph(&r);
    repaired->found_end = r.found->count;
    repaired->protected_end = r.worker->own.protected.count;
    repaired->unsearched = r.unsearched;
    repaired->quiet = r.quiet;
    return status;
}

static unfix_status
take_repaired(void *user, struct ufx_share *share)
{
    const struct ufx_repair *pass = user;
    const struct repaired *repaired =
        (const struct repaired *)(const void *)share;
    struct ufx_worker *worker = pass->worker;
    size_t i;

    worker->unsearched += repaired->unsearched;
    if (repaired->quiet)
        ufx_quiet_add(worker->quiet, share->bytes, share->length);
    if (share->mate == NULL)
        return UNFIX_OK;
    for (i = repaired->found; i < repaired->found_end; i++)
        if (!ufx_corrections_copy(pass->found, &share->mate->found.list[i],
                                  pass->strings, &worker->memory))
            return UNFIX_ERROR_MEMORY;
    for (i = repaired->protected; i < repaired->protected_end; i++)
        if (!ufx_verdict_protect_span(
                worker, share->mate->worker.own.protected.list[i]))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

/* What other documents with such misreadings are like; what came tells, also
 * where it is repaired already. */
static void
expect_damage(const struct ufx_worker *worker, struct ufx_profile *profile)
{
    uint32_t words = 0;

    if (worker->others.facts != NULL && ufx_profile_is_damaged(worker->profile))
        words = ufx_profile_series(worker->profile, worker->others.rates);
    ufx_profile_expect(profile, words);
}

static size_t
count_applied(const struct ufx_corrections *found)
{
    size_t i, count = 0;

    for (i = 0; i < found->count; i++)
        count += found->list[i].verdict == UNFIX_APPLIED;
    return count;
}

unfix_status
ufx_pass_run(struct ufx_worker *worker, struct ufx_profile *profile,
             const struct ufx_corrections *made, const char *text,
             size_t length, struct ufx_arena *strings,
             struct ufx_corrections *found, size_t *applied)
{
    struct ufx_repair r = {
        .worker = worker, .strings = strings, .made = made, .found = found};
    const struct ufx_shares_work work = {&r, sizeof(struct repaired),
                                         repair_share, take_repaired, true};
    struct repaired one;
    unfix_status status;

    found->count = 0;
    r.profile = profile;
    r.first = profile == worker->profile;
    expect_damage(worker, profile);
    r.habits = ufx_profile_habits(profile, &worker->vocabulary);
    if (r.first)
        ufx_quiet_start(worker->quiet);
    ufx_quiet_pass(worker->quiet, r.habits);
    worker->unsearched = 0;
    status = ufx_shares_run(worker, text, length, &work, &one.share);
    if (status == UNFIX_OK)
        ufx_lines_keep(text, length, found);
    if (status == UNFIX_OK && worker->own.failed)
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK)
        status = ufx_verdict_afford(worker, ufx_profile_totals(profile)->words,
                                    found);
    *applied = count_applied(found);
    return status;
}
