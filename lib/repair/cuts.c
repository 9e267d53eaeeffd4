/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/cuts.h"

#include "normalize/segment.h"
#include "text/text.h"

unfix_status
ufx_cuts_read(struct ufx_worker *worker, const char *bytes, size_t length,
              uint32_t width, struct ufx_paragraph *paragraph,
              struct ufx_lattice *lattice)
{
    unfix_status status;

    ufx_arena_reset(&worker->own.arena);
    ufx_candidates_start(worker->own.candidates, length, width);
    worker->speller_failed = false;
    status = ufx_paragraph_read(paragraph, bytes, length, &worker->own.arena);
    if (status == UNFIX_OK)
        status =
            ufx_lattice_segment(lattice, paragraph, &worker->vocabulary,
                                worker->own.candidates, &worker->own.arena);
    if (worker->speller_failed) {
        /* What it said of a word is remembered, and is not to be. */
        ufx_candidates_forget(worker->own.candidates);
        status = UNFIX_ERROR_MEMORY;
    }
    return status;
}

void
ufx_cuts_take(struct ufx_worker *worker, const struct ufx_cut *cut,
              size_t length, uint32_t width, struct ufx_paragraph *paragraph,
              struct ufx_lattice *lattice)
{
    uint32_t i;

    ufx_arena_reset(&worker->own.arena);
    ufx_candidates_start(worker->own.candidates, length, width);
    *paragraph = cut->paragraph;
    *lattice = cut->lattice;
    lattice->paragraph = paragraph;
    lattice->arena = &worker->own.arena;
    for (i = 0; i < lattice->segment_count; i++)
        lattice->segments[i].flags &= (uint8_t)~UFX_SEGMENT_SEARCHED;
}

unfix_status
ufx_cuts_keep(struct ufx_worker *worker, const struct ufx_cut *cut)
{
    struct ufx_cuts *cuts = &worker->cuts;
    void *list = cuts->list;

    if (!ufx_memory_reserve(&worker->memory, &list, &cuts->capacity,
                            cuts->count + 1, sizeof *cuts->list))
        return UNFIX_ERROR_MEMORY;
    cuts->list = list;
    cuts->list[cuts->count++] = *cut;
    return UNFIX_OK;
}
