/* SPDX-License-Identifier: MPL-2.0 */
/* The way of a window through the stages: profile, then paragraph by paragraph
 * lattice, path, evidence, verdict, output. */
#include "api/change.h"

#include "base/limits.h"
#include "base/numeric.h"
#include "normalize/segment.h"
#include "text/text.h"

#include <string.h>

/* So many segments beyond a change must have been looked for as well. */
#define SEARCHED_BEYOND 3

/* Tokens and segments of a paragraph, to be searched at that width. */
static unfix_status
read_paragraph(unfix_context *context, const char *bytes, size_t length,
               uint32_t width, struct ufx_paragraph *paragraph,
               struct ufx_lattice *lattice)
{
    unfix_status status;

    ufx_arena_reset(&context->arena);
    ufx_candidates_start(context->candidates, length, width);
    context->speller_failed = false;
    status = ufx_paragraph_read(paragraph, bytes, length, &context->arena);
    if (status == UNFIX_OK)
        status = ufx_lattice_segment(lattice, paragraph, &context->vocabulary,
                                     context->candidates, &context->arena);
    if (context->speller_failed) {
        /* What it said of a word is remembered, and is not to be. */
        ufx_candidates_forget(context->candidates);
        status = UNFIX_ERROR_MEMORY;
    }
    return status;
}

/* A paragraph that is to be counted. */
struct counted {
    struct ufx_share share;
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
    uint32_t width;
    bool was_kept; /* as it was cut when it was counted before */
};

struct counting {
    unfix_context *context;
    struct ufx_profile *profile;
    uint32_t width; /* of the search, at first */
    bool again;     /* the window was counted and is still known */
};

/* A paragraph as it was cut: nothing was looked for yet. */
static void
take_kept(unfix_context *context, const struct ufx_cut *cut, size_t length,
          uint32_t width, struct ufx_paragraph *paragraph,
          struct ufx_lattice *lattice)
{
    uint32_t i;

    ufx_arena_reset(&context->arena);
    ufx_candidates_start(context->candidates, length, width);
    *paragraph = cut->paragraph;
    *lattice = cut->lattice;
    lattice->paragraph = paragraph;
    lattice->arena = &context->arena;
    for (i = 0; i < lattice->segment_count; i++)
        lattice->segments[i].flags &= (uint8_t)~UFX_SEGMENT_SEARCHED;
}

/* Searches a paragraph that was counted before, if that was done in the same
 * thread; false if it has to be cut again. */
static bool
search_again(const struct counting *counting, unfix_context *context,
             struct counted *c, unfix_status *status)
{
    const struct ufx_cut *cut;
    uint32_t next;

    if (!counting->again)
        return false;
    cut = &counting->context->cuts.list[c->share.number];
    if (cut->mate != c->share.mate || cut->width != UFX_SEARCH_NEAR)
        return false;
    c->width = counting->width;
    take_kept(context, cut, c->share.length, c->width, &c->paragraph,
              &c->lattice);
    *status = ufx_profile_search(&c->lattice, &context->vocabulary,
                                 context->candidates);
    return *status != UNFIX_OK ||
           !ufx_candidates_may_narrow(context->candidates, &next);
}

/* Searches a paragraph, as widely as it allows. */
static unfix_status
search_paragraph(void *user, struct ufx_share *share)
{
    const struct counting *counting = user;
    struct counted *c = (struct counted *)(void *)share;
    unfix_context *context =
        share->mate == NULL ? counting->context : &share->mate->context;
    uint32_t next = counting->width;
    unfix_status status;

    c->was_kept = search_again(counting, context, c, &status);
    if (c->was_kept)
        return status;
    do {
        c->width = next;
        status = read_paragraph(context, share->bytes, share->length, c->width,
                                &c->paragraph, &c->lattice);
        if (status == UNFIX_OK)
            status = ufx_profile_search(&c->lattice, &context->vocabulary,
                                        context->candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(context->candidates, &next));
    return status != UNFIX_OK
               ? status
               : ufx_lattice_keep(&c->lattice, &c->paragraph, &context->kept);
}

static unfix_status
keep_cut(unfix_context *context, const struct counted *c, bool again)
{
    struct ufx_cuts *cuts = &context->cuts;
    void *list = cuts->list;

    if (again) {
        cuts->list[c->share.number] =
            (struct ufx_cut){c->paragraph, c->lattice, c->width, c->share.mate};
        return UNFIX_OK;
    }
    if (!ufx_memory_reserve(&context->memory, &list, &cuts->capacity,
                            cuts->count + 1, sizeof *cuts->list))
        return UNFIX_ERROR_MEMORY;
    cuts->list = list;
    cuts->list[cuts->count++] =
        (struct ufx_cut){c->paragraph, c->lattice, c->width, c->share.mate};
    return UNFIX_OK;
}

static unfix_status
count_paragraph(void *user, struct ufx_share *share)
{
    const struct counting *counting = user;
    const struct counted *c = (const struct counted *)(const void *)share;
    unfix_context *context = counting->context;
    unfix_status status =
        ufx_profile_count(counting->profile, &c->lattice, &context->vocabulary,
                          share->offset, &context->surroundings);

    return status == UNFIX_OK ? keep_cut(context, c, counting->again) : status;
}

static unfix_status
count_window_at(unfix_context *context, struct ufx_profile *profile,
                uint32_t width, bool again, const char *text, size_t length)
{
    struct counting counting = {context, profile, width, again};
    const struct ufx_shares_work work = {&counting, sizeof(struct counted),
                                         search_paragraph, count_paragraph,
                                         false};
    struct counted one = {0};

    if (!again)
        ufx_shares_forget(context);
    context->surroundings.count = 0;
    ufx_profile_searched(profile, width != UFX_SEARCH_NEAR);
    return ufx_shares_run(context, text, length, &work, &one.share);
}

/* The profile as it was before it counts a window: the trial began as what is
 * settled, and is free while another one counts.  NULL: out of memory. */
static const struct ufx_profile *
profile_before(unfix_context *context, const struct ufx_profile *profile)
{
    if (profile == context->trial)
        return context->settled;
    if (context->trial == NULL)
        context->trial =
            ufx_profile_new(&context->memory, &context->vocabulary);
    if (context->trial != NULL)
        ufx_profile_copy(context->trial, profile);
    return context->trial;
}

/* Counts the window as what is near shows it; if then something is misread,
 * again from what is searched more widely. */
static unfix_status
count_widely(unfix_context *context, struct ufx_profile *profile,
             const char *text, size_t length)
{
    const struct ufx_profile *before;
    unfix_status status;

    if (ufx_profile_is_wide(profile))
        return count_window_at(context, profile, 0, false, text, length);
    before = profile_before(context, profile);
    if (before == NULL)
        return UNFIX_ERROR_MEMORY;
    status =
        count_window_at(context, profile, UFX_SEARCH_NEAR, false, text, length);
    if (status != UNFIX_OK || !ufx_profile_is_wide(profile))
        return status;
    ufx_profile_copy(profile, before);
    return count_window_at(context, profile, 0, true, text, length);
}

static unfix_status
profile_window(unfix_context *context, struct ufx_profile *profile,
               const char *text, size_t length)
{
    unfix_status status = count_widely(context, profile, text, length);
    size_t i;

    if (!context->is_counting)
        return status;
    for (i = 0; status == UNFIX_OK && i < context->cuts.count; i++) {
        struct ufx_lattice lattice = context->cuts.list[i].lattice;

        lattice.paragraph = &context->cuts.list[i].paragraph;
        ufx_counting_words(context, &lattice);
    }
    return status;
}

/* Nothing was changed in such a paragraph in the pass before, and nothing would
 * be now. */
static bool
is_quiet(const struct ufx_repair *r)
{
    return !r->first && ufx_quiet_has(r->context->quiet, r->bytes, r->length);
}

/* Where only some words were looked for, their rivals would win. */
static bool
is_searched(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;

    return l->searched == l->segment_count ||
           change->to + SEARCHED_BEYOND <= l->searched;
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
    const unfix_context *context = r->context;
    uint64_t from = r->offset + *start, to = r->offset + *end, shift;
    const struct ufx_said_piece *piece;

    if (!ufx_change_source(r, &from, &to))
        return NULL;
    piece = ufx_said_find(&context->said, from, to);
    if (piece == NULL || piece->reading_count == 0)
        return NULL;
    /* All of it has to stand there as the engine read it. */
    shift = context->said.window + from - piece->offset;
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
    unfix_context *context = r->context;

    if (cut->mate != r->mate)
        return read_paragraph(context, r->bytes, r->length, cut->width,
                              &r->paragraph, &r->lattice);
    take_kept(context, cut, r->length, cut->width, &r->paragraph, &r->lattice);
    return UNFIX_OK;
}

/* The paragraph's readings, by the widest search that it allows.  Where its
 * words alone took a narrower one, more is not tried. */
static unfix_status
fill_paragraph(struct ufx_repair *r)
{
    unfix_context *context = r->context;
    const struct ufx_cut *cut = &context->cuts.list[r->number];
    uint32_t width, next = cut->width;
    unfix_status status;

    r->taken = 0;
    do {
        width = next;
        status = width == cut->width
                     ? take_cut(r, cut)
                     : read_paragraph(context, r->bytes, r->length, width,
                                      &r->paragraph, &r->lattice);
        if (context->said.count > 0 && r->offers.find != NULL)
            r->lattice.offers = &r->offers;
        if (status == UNFIX_OK)
            status = ufx_lattice_fill(&r->lattice, &context->vocabulary,
                                      r->habits, context->candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(context->candidates, &next));
    return status;
}

static unfix_status
repair_paragraph(struct ufx_repair *r)
{
    unfix_context *context = r->context;
    struct ufx_changes changes = {NULL, 0};
    unfix_status status;
    size_t i;

    if (is_quiet(r))
        return UNFIX_OK;
    status = fill_paragraph(r);
    if (status == UNFIX_OK)
        r->unsearched = unsearched(r);
    if (status == UNFIX_OK)
        status = ufx_decode(&r->lattice, &context->vocabulary, &changes);
    if (status == UNFIX_OK && r->first &&
        !ufx_verdict_protect(context, &r->lattice, r->offset))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && changes.count == 0 && !r->lattice.by_document &&
        !ufx_candidates_ran_out(context->candidates))
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
        r.context = &share->mate->context;
        r.strings = &share->mate->strings;
        r.found = &share->mate->context.found[0];
    }
    r.offers = (struct ufx_offers){find_offers, &r};
    r.bytes = share->bytes;
    r.length = share->length;
    r.offset = share->offset;
    r.number = share->number;
    repaired->found = r.found->count;
    repaired->protected = r.context->protected.count;
    status = repair_paragraph(&r);
    repaired->found_end = r.found->count;
    repaired->protected_end = r.context->protected.count;
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
    unfix_context *context = pass->context;
    size_t i;

    context->unsearched += repaired->unsearched;
    if (repaired->quiet)
        ufx_quiet_add(context->quiet, share->bytes, share->length);
    if (share->mate == NULL)
        return UNFIX_OK;
    for (i = repaired->found; i < repaired->found_end; i++)
        if (!ufx_corrections_copy(pass->found,
                                  &share->mate->context.found[0].list[i],
                                  pass->strings, &context->memory))
            return UNFIX_ERROR_MEMORY;
    for (i = repaired->protected; i < repaired->protected_end; i++)
        if (!ufx_verdict_protect_span(context,
                                      share->mate->context.protected.list[i]))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

/* What other documents with such misreadings are like; what came tells, also
 * where it is repaired already. */
static void
expect_damage(const unfix_context *context, struct ufx_profile *profile)
{
    uint32_t words = 0;

    if (context->collection != NULL && ufx_profile_is_damaged(context->profile))
        words = ufx_profile_series(context->profile, context->rates);
    ufx_profile_expect(profile, words);
}

/* One pass over a window by what the profile knows. */
static unfix_status
repair_once(unfix_context *context, struct ufx_profile *profile,
            const char *text, size_t length, struct ufx_arena *strings,
            struct ufx_corrections *found, size_t *applied)
{
    struct ufx_repair r = {
        .context = context, .strings = strings, .found = found};
    const struct ufx_shares_work work = {&r, sizeof(struct repaired),
                                         repair_share, take_repaired, true};
    struct repaired one;
    unfix_status status;

    found->count = 0;
    r.profile = profile;
    r.first = profile == context->profile;
    expect_damage(context, profile);
    r.habits = ufx_profile_habits(profile, &context->vocabulary);
    if (r.first)
        ufx_quiet_start(context->quiet);
    ufx_quiet_pass(context->quiet, r.habits);
    context->unsearched = 0;
    status = ufx_shares_run(context, text, length, &work, &one.share);
    if (status == UNFIX_OK)
        ufx_lines_keep(text, length, found);
    if (status == UNFIX_OK)
        status = ufx_verdict_settle(context, profile, found, applied);
    return status;
}

static bool
make_profiles(unfix_context *context)
{
    if (context->settled == NULL)
        context->settled =
            ufx_profile_new(&context->memory, &context->vocabulary);
    if (context->trial == NULL)
        context->trial =
            ufx_profile_new(&context->memory, &context->vocabulary);
    return context->settled != NULL && context->trial != NULL;
}

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
        c->verdict = UNFIX_PROPOSED;
        c->bar = UNFIX_BAR_NONE;
        c->held_back = "does not settle";
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
make_draft(unfix_context *context, const char *text, size_t length,
           struct ufx_arena *strings, struct ufx_arena *pass,
           struct ufx_corrections *more, int *kept)
{
    struct ufx_corrections *found = context->found, *left = &context->left;
    struct ufx_buffer *draft = &context->draft;
    unfix_status status;

    ufx_buffer_clear(draft);
    *ufx_encodings_seen(context->encodings) = context->went;
    status = ufx_corrections_splice(&found[*kept], text, length, draft);
    if (status == UNFIX_OK)
        status =
            ufx_mangled_find(context, draft->data, draft->length, pass, left);
    if (status == UNFIX_OK)
        status = take_applied(left, more, strings, &context->memory);
    if (status != UNFIX_OK)
        return status;
    ufx_buffer_clear(&context->text);
    status = ufx_corrections_splice(left, draft->data, draft->length,
                                    &context->text);
    if (status != UNFIX_OK || more->count == 0)
        return status;
    status = ufx_corrections_compose(&found[*kept], more, draft->data, strings,
                                     &found[1 - *kept], &context->memory);
    if (status != UNFIX_OK)
        return status;
    *kept = 1 - *kept;
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

/* Goes over what the first pass left, as a run of its own over the output
 * would, and puts together what each pass finds.  *kept names the list of
 * context->found that holds it.  What later passes only propose is not told,
 * and its strings go with the pass. */
static unfix_status
settle(unfix_context *context, const char *text, size_t length,
       struct ufx_arena *strings, int *kept)
{
    struct ufx_corrections *found = context->found, more = {NULL, 0, 0};
    struct ufx_corrections seen = {NULL, 0, 0};
    unfix_status status = UNFIX_OK;
    struct trail trail = {.count = 0};
    struct ufx_arena of_pass;
    size_t applied = 1, before = 1;
    int pass;

    ufx_arena_init(&of_pass, &context->memory);
    for (pass = 1; pass < most_repairs(applied, before, found[*kept].count) &&
                   status == UNFIX_OK;
         pass++) {
        ufx_arena_reset(&of_pass);
        status =
            make_draft(context, text, length, strings, &of_pass, &more, kept);
        if (status != UNFIX_OK || ends_here(&trail, &context->draft))
            break;
        before = applied;
        ufx_profile_copy(context->trial, context->settled);
        status = profile_window(context, context->trial, context->draft.data,
                                context->draft.length);
        context->made = &found[*kept];
        if (status == UNFIX_OK)
            status =
                repair_once(context, context->trial, context->draft.data,
                            context->draft.length, &of_pass, &seen, &applied);
        context->made = NULL;
        context->observer = NULL;
        if (status == UNFIX_OK)
            applied -= ufx_mangled_protect(&context->left, &seen);
        if (status != UNFIX_OK || applied == 0)
            break;
        status = take_applied(&seen, &more, strings, &context->memory);
        if (status != UNFIX_OK)
            break;
        status = ufx_corrections_compose(&found[*kept], &more,
                                         context->draft.data, strings,
                                         &found[1 - *kept], &context->memory);
        *kept = 1 - *kept;
    }
    if (pass >= most_repairs(applied, before, found[*kept].count))
        take_back(&found[*kept]);
    ufx_corrections_free(&more, &context->memory);
    ufx_corrections_free(&seen, &context->memory);
    ufx_arena_free(&of_pass);
    return status;
}

static unfix_status
add_to_result(unfix_result *result, const struct ufx_corrections *found)
{
    size_t i;

    for (i = 0; i < found->count; i++) {
        unfix_correction *c =
            ufx_corrections_add(&result->corrections, &result->memory);

        if (c == NULL)
            return UNFIX_ERROR_MEMORY;
        *c = found->list[i];
        c->offset += result->input_offset;
        c->out_offset += result->output_offset;
    }
    return UNFIX_OK;
}

void
ufx_context_start(unfix_context *context)
{
    ufx_counting_end(context);
    ufx_encodings_start(context->encodings);
    context->section = (struct ufx_section_scan){0, 0};
    context->composed = context->decomposed = 0;
    context->unsettled = false;
    context->as_it_came = true;
    ufx_profile_clear(context->profile);
    if (context->settled != NULL)
        ufx_profile_clear(context->settled);
    ufx_verdict_start(context);
}

/* Brings the profile of the section as it went up to this window.  As long as
 * nothing was changed, it is that of the section as it came. */
static unfix_status
settle_profile(unfix_context *context)
{
    if (context->section.done > 0 && !make_profiles(context))
        return UNFIX_ERROR_MEMORY;
    if (context->as_it_came) {
        if (context->section.done > 0)
            ufx_profile_copy(context->settled, context->profile);
    } else if (context->unsettled) {
        context->unsettled = false;
        return profile_window(context, context->settled, context->draft.data,
                              context->draft.length);
    }
    return UNFIX_OK;
}

/* Keeps the window's output for the profile, in case that another window of
 * the section follows, and notes what of it is still mangled. */
static unfix_status
note_output(unfix_context *context, const char *text, size_t length,
            struct ufx_arena *strings)
{
    struct ufx_encodings_seen *seen = ufx_encodings_seen(context->encodings);
    unfix_status status;

    context->as_it_came = false;
    context->unsettled = true;
    ufx_buffer_clear(&context->draft);
    ufx_buffer_append(&context->draft, text, length);
    if (context->draft.failed)
        return UNFIX_ERROR_MEMORY;
    *seen = context->went;
    status = ufx_encodings_find(context->encodings, text, length, strings,
                                &context->mangled);
    context->went = *seen;
    return status;
}

/* What was mangled and what was found in the text as it was meant, together. */
static unfix_status
put_meant(unfix_context *context, const char *clear, struct ufx_arena *strings,
          int *kept)
{
    const struct ufx_corrections *found = &context->found[*kept];
    struct ufx_corrections *both = &context->found[1 - *kept];
    unfix_status status;

    *kept = 1 - *kept;
    status = ufx_corrections_compose(&context->meant, found, clear, strings,
                                     both, &context->memory);
    return status != UNFIX_OK
               ? status
               : ufx_corrections_add_proposed(&context->meant, found, both,
                                              &context->memory);
}

/* Profiles the window as it was meant, and tells what it is. */
static unfix_status
profile_meant(unfix_context *context, const char *clear, size_t length)
{
    unfix_status status = settle_profile(context);

    context->is_counting = context->counted != NULL;
    if (status == UNFIX_OK)
        status = profile_window(context, context->profile, clear, length);
    context->is_counting = false;
    return status == UNFIX_OK ? ufx_survey_note(context) : status;
}

static unfix_status
repair_window(unfix_context *context, const char *text, size_t length,
              unfix_result *result)
{
    size_t applied = 0, start = result->text.length;
    ufx_observer observer = context->observer;
    struct ufx_encodings_seen *seen = ufx_encodings_seen(context->encodings);
    struct ufx_encodings_seen came;
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;
    bool again;
    int kept = 0;

    context->protected.count = 0;
    if (context->as_it_came)
        context->went = *seen;
    ufx_composed_note(context, text, length);
    status = ufx_mangled_read(context, &clear, &clear_length, &result->arena);
    came = *seen;
    if (status == UNFIX_OK)
        status = profile_meant(context, clear, clear_length);
    if (status == UNFIX_OK)
        status = repair_once(context, context->profile, clear, clear_length,
                             &result->arena, &context->found[0], &applied);
    if (status == UNFIX_OK)
        applied -= ufx_mangled_protect(&context->meant, &context->found[0]);
    /* Whoever watches wants each change once; and once more as it looks where
     * the sure ones are made, if anybody knows which these are. */
    if (!context->model->has_forest)
        context->observer = NULL;
    /* A run over the output sees the windows before as they went. */
    again = applied > 0 || context->meant.count > 0 || !context->as_it_came;
    if (status == UNFIX_OK && again && !make_profiles(context))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && again)
        status = settle(context, clear, clear_length, &result->arena, &kept);
    context->observer = observer;
    if (status == UNFIX_OK)
        status = ufx_verdict_recheck(context, &context->found[kept]);
    if (status == UNFIX_OK && context->counted != NULL)
        ufx_counting_window(context, clear, clear_length,
                            &context->found[kept]);
    ufx_survey_left(context, &context->found[kept], result);
    if (status == UNFIX_OK && context->meant.count > 0)
        status = put_meant(context, clear, &result->arena, &kept);
    if (status == UNFIX_OK)
        status = ufx_corrections_splice(&context->found[kept], text, length,
                                        &result->text);
    if (status == UNFIX_OK)
        status = add_to_result(result, &context->found[kept]);
    if (status == UNFIX_OK && again)
        status = note_output(context, result->text.data + start,
                             result->text.length - start, &result->arena);
    *seen = came;
    return status;
}

/* With the window that ends a section, the next begins. */
static void
count_window(unfix_context *context, const char *text, size_t length)
{
    if (ufx_text_section_more(text, length, &context->section))
        ufx_context_start(context);
}

unfix_status
ufx_repair_window(unfix_context *context, const char *text, size_t length,
                  unfix_result *result)
{
    size_t start = result->text.length;
    uint64_t words = ufx_profile_totals(context->profile)->words;
    struct ufx_nature nature = ufx_profile_totals(context->profile)->nature;
    unfix_status status = UNFIX_OK;

    ufx_shares_rest(context);
    if (ufx_text_is_binary(text, length)) {
        ufx_buffer_append(&result->text, text, length);
        if (result->text.failed)
            status = UNFIX_ERROR_MEMORY;
    } else {
        ufx_said_window(&context->said, result->input_offset, length);
        status = repair_window(context, text, length, result);
        words = ufx_profile_totals(context->profile)->words - words;
        ufx_survey_nature(context, &nature, result);
        ufx_result_window(result, words, context->unsearched,
                          context->budget.bar);
    }
    result->input_offset += length;
    result->output_offset += result->text.length - start;
    count_window(context, text, length);
    return status;
}

/* ---- Explaining ---- */

/* One reading of what stands from `start` to `end`, without the blanks that it
 * may take along. */
static bool
put_reading(struct ufx_repair *r, const struct ufx_change *change,
            const struct ufx_rival *rival, size_t start, size_t end,
            unfix_reading *reading)
{
    const struct ufx_edge *edge = rival->edge;
    const char *text = r->bytes + start;
    struct ufx_change other = *change;

    reading->length = end - start;
    if (edge != NULL && edge->kind != UFX_EDGE_KEEP) {
        other.edge = edge;
        ufx_change_put(r, &other);
        if (r->context->text.failed)
            return false;
        text = r->context->text.data;
        reading->length = r->context->text.length;
    }
    reading->channel_cost = edge == NULL ? change->keep_channel : edge->channel;
    reading->context_cost = rival->cost - reading->channel_cost;
    reading->text = ufx_arena_copy(r->strings, text, reading->length);
    return reading->text != NULL;
}

/* A window that is explained, and who looks. */
struct showing {
    const char *text; /* as it came */
    uint64_t offset;  /* of it in the document */
    uint64_t shown;   /* of it, so far */
    unfix_explain_callback callback;
    void *user;
};

/* What of the window is at a place of the paragraph.  A word that was mangled
 * goes to the first place of what it was meant to be. */
static bool
locate(struct ufx_repair *r, struct showing *showing, size_t start, size_t end,
       unfix_place *place)
{
    uint64_t from = r->offset + start, to = r->offset + end;

    if (!ufx_mangled_place(r->context, &from, &to)) {
        place->known = place->is_protected = 0;
        from = from < showing->shown ? showing->shown : from;
        to = to < from ? from : to;
    }
    showing->shown = to;
    place->offset = showing->offset + from;
    place->length = place->original_length = to - from;
    place->original =
        ufx_arena_copy(r->strings, showing->text + from, (size_t)(to - from));
    return place->original != NULL;
}

static unfix_status
explain_place(struct ufx_repair *r, const struct ufx_change *change,
              struct showing *showing)
{
    const struct ufx_segment *segments = r->lattice.segments;
    const struct ufx_rival best = {change->edge, change->best_cost};
    size_t start = segments[change->from].start;
    size_t end = segments[change->to - 1].end;
    unfix_reading readings[UFX_ALTERNATIVES + 1];
    unfix_place place = {.known = 1, .readings = readings};
    bool good;
    uint32_t i;

    ufx_arena_reset(r->strings);
    for (i = change->from; i < change->to; i++) {
        place.known &= (segments[i].flags & UFX_SEGMENT_KNOWN) != 0;
        place.is_protected |=
            (segments[i].flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FIXED)) !=
            0;
    }
    good = locate(r, showing, start, end, &place) &&
           put_reading(r, change, &best, start, end,
                       &readings[place.reading_count++]);
    for (i = 0; good && i < change->rival_count; i++)
        /* What is kept is the best one already. */
        if (change->edge->kind != UFX_EDGE_KEEP ||
            change->rivals[i].edge != NULL)
            good = put_reading(r, change, &change->rivals[i], start, end,
                               &readings[place.reading_count++]);
    if (!good)
        return UNFIX_ERROR_MEMORY;
    return showing->callback(showing->user, &place) == 0 ? UNFIX_OK
                                                         : UNFIX_ERROR_CALLBACK;
}

static unfix_status
explain_paragraph(struct ufx_repair *r, struct showing *showing)
{
    struct ufx_changes path;
    unfix_status status = fill_paragraph(r);
    size_t i;

    if (status == UNFIX_OK)
        status = ufx_decode_whole(&r->lattice, &r->context->vocabulary, &path);
    for (i = 0; status == UNFIX_OK && i < path.count; i++)
        status = explain_place(r, &path.list[i], showing);
    return status;
}

/* Profiles the window, so that it can be shown paragraph by paragraph. */
static unfix_status
begin_showing(struct ufx_repair *r, const char *text, size_t length)
{
    unfix_status status =
        profile_window(r->context, r->context->profile, text, length);

    r->habits =
        ufx_profile_habits(r->context->profile, &r->context->vocabulary);
    return status;
}

unfix_status
ufx_explain_window(unfix_context *context, const char *text, size_t length,
                   uint64_t offset, unfix_explain_callback callback, void *user)
{
    struct showing showing = {text, offset, 0, callback, user};
    struct ufx_arena strings, meant;
    struct ufx_repair r = {.context = context, .strings = &strings};
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;

    if (ufx_text_is_binary(text, length))
        return UNFIX_OK;
    ufx_arena_init(&strings, &context->memory);
    ufx_arena_init(&meant, &context->memory);
    ufx_composed_note(context, text, length);
    status = ufx_mangled_read(context, &clear, &clear_length, &meant);
    if (status == UNFIX_OK)
        status = begin_showing(&r, clear, clear_length);
    while (status == UNFIX_OK && r.offset < clear_length) {
        r.bytes = clear + r.offset;
        r.length = ufx_text_paragraph(r.bytes, clear_length - r.offset);
        status = explain_paragraph(&r, &showing);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&meant);
    ufx_arena_free(&strings);
    count_window(context, text, length);
    return status;
}

/* Every edge as what it would put where. */
static unfix_status
list_edges(struct ufx_repair *r, struct ufx_replacement **list, size_t *count)
{
    const struct ufx_lattice *l = &r->lattice;
    size_t i;

    ufx_arena_reset(r->strings);
    *count = l->edge_count;
    *list = ufx_arena_allocate(r->strings, (*count + 1) * sizeof **list);
    for (i = 0; *list != NULL && i < *count; i++) {
        const struct ufx_edge *edge = &l->edges[i];
        struct ufx_change change = {
            .from = edge->from, .to = edge->to, .edge = edge};
        struct ufx_place place = ufx_change_put(r, &change);
        const struct ufx_buffer *text = &r->context->text;
        bool keeps = edge->kind == UFX_EDGE_KEEP;

        (*list)[i].start = place.start;
        (*list)[i].end = place.end;
        (*list)[i].length = keeps ? place.end - place.start : text->length;
        (*list)[i].text = ufx_arena_copy(
            r->strings, keeps ? r->bytes + place.start : text->data,
            (*list)[i].length);
        if (text->failed || (*list)[i].text == NULL)
            return UNFIX_ERROR_MEMORY;
    }
    return *list == NULL ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

unfix_status
ufx_replacements_window(unfix_context *context, const char *text, size_t length,
                        ufx_replacements_callback callback, void *user)
{
    struct ufx_arena strings;
    struct ufx_repair r = {.context = context, .strings = &strings};
    unfix_status status;

    ufx_arena_init(&strings, &context->memory);
    status = ufx_mangled_read(context, &text, &length, &strings);
    if (status == UNFIX_OK)
        status = begin_showing(&r, text, length);
    while (status == UNFIX_OK && r.offset < length) {
        struct ufx_replacement *list;
        size_t count;

        r.bytes = text + r.offset;
        r.length = ufx_text_paragraph(r.bytes, length - r.offset);
        status = fill_paragraph(&r);
        if (status == UNFIX_OK)
            status = list_edges(&r, &list, &count);
        if (status == UNFIX_OK)
            callback(user, r.bytes, r.length, list, count);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&strings);
    count_window(context, text, length);
    return status;
}
