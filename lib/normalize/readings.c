/* SPDX-License-Identifier: MPL-2.0 */
/* Who is asked for readings of a paragraph, and in which order. */
#include "normalize/producers.h"

#include "normalize/forms_match.h"

/* Typed forms, for all segments, before there is any other edge. */
static void
add_forms(struct ufx_filling *f)
{
    static void (*const kinds[])(struct ufx_filling *, uint32_t) = {
        ufx_form_symbol, ufx_form_match, ufx_fill_glued};
    uint32_t at;
    size_t k;

    for (at = 0; at < f->l->segment_count; at++)
        for (k = 0; k < sizeof kinds / sizeof *kinds && f->status == UNFIX_OK;
             k++)
            if (!ufx_is_fixed(&f->l->segments[at]))
                kinds[k](f, at);
}

/* What the segment, which may change, can be besides a word misread. */
static void
add_changes(struct ufx_filling *f, uint32_t at)
{
    if (ufx_is_mark(&f->l->segments[at]))
        ufx_fill_marks(f, at);
    if (f->status == UNFIX_OK)
        ufx_fill_lone_letter(f, at);
    if (f->status == UNFIX_OK)
        ufx_fill_blanks(f, at);
    if (f->status == UNFIX_OK)
        ufx_fill_spans(f, at);
    if (f->status == UNFIX_OK)
        ufx_fill_joins(f, at);
    if (f->status == UNFIX_OK)
        ufx_fill_seams(f, at);
}

/* What takes much work where little is right: for all segments what finds most
 * for it, before there is any of the rest.  On other pages letters spaced out
 * alone. */
static void
add_deeper(struct ufx_filling *f)
{
    static void (*const kinds[])(struct ufx_filling *, uint32_t) = {
        ufx_fill_alone, ufx_fill_together, ufx_fill_far, ufx_fill_odd};
    uint32_t at;
    size_t k;

    if (!f->habits->deep) {
        for (at = 0; at < f->l->segment_count && f->status == UNFIX_OK; at++)
            ufx_fill_together(f, at);
        return;
    }
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (f->status == UNFIX_OK)
            ufx_weigh_ways(f);
        for (at = 0; at < f->l->segment_count && f->status == UNFIX_OK; at++)
            kinds[k](f, at);
    }
}

unfix_status
ufx_lattice_fill(struct ufx_lattice *lattice,
                 const struct ufx_vocabulary *vocabulary,
                 const struct ufx_habits *habits,
                 struct ufx_candidates *candidates)
{
    struct ufx_filling f = {lattice, vocabulary, &vocabulary->language->forms,
                            habits,  candidates, UNFIX_OK,
                            NULL,    NULL};
    uint32_t i;

    lattice->first_edge =
        ufx_arena_allocate(lattice->arena, (lattice->segment_count + 1) *
                                               sizeof *lattice->first_edge);
    if (lattice->first_edge == NULL)
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i <= lattice->segment_count; i++)
        lattice->first_edge[i] = UINT32_MAX;
    lattice->searched = lattice->segment_count;
    lattice->deep = habits->deep;
    ufx_pair_quotes(&f);
    add_forms(&f);
    if (ufx_candidates_ran_out(candidates))
        lattice->searched = 0;
    for (i = 0; i < lattice->segment_count && f.status == UNFIX_OK; i++) {
        const struct ufx_segment *s = &lattice->segments[i];

        if (ufx_is_spelled(s) && !ufx_is_fixed(s))
            ufx_fill_word(&f, i);
        if (f.status == UNFIX_OK && !ufx_is_fixed(s))
            ufx_fill_offers(&f, i);
        if (f.status == UNFIX_OK)
            ufx_fill_keep(&f, i);
        if (f.status == UNFIX_OK)
            ufx_fill_broken_word(&f, i);
        if (f.status == UNFIX_OK && !ufx_is_fixed(s))
            add_changes(&f, i);
        if (f.status == UNFIX_OK)
            ufx_fill_exact(&f, i);
        if (lattice->searched > i && ufx_candidates_ran_out(candidates))
            lattice->searched = i;
    }
    add_deeper(&f);
    return f.status;
}
