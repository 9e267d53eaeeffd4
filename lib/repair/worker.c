/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/worker.h"

#include "normalize/profile.h"
#include "repair/own.h"
#include "repair/shares.h"

bool
ufx_worker_make(struct ufx_worker *w)
{
    const struct ufx_memory *memory = &w->memory;
    const struct ufx_vocabulary *v = &w->vocabulary;

    w->surroundings.memory = *memory;
    w->said.memory = *memory;
    ufx_buffer_init(&w->draft, memory);
    ufx_buffer_init(&w->spare, memory);
    ufx_buffer_init(&w->mangling.clear, memory);
    ufx_buffer_init(&w->mangling.text, memory);
    ufx_buffer_init(&w->others.key, memory);
    ufx_buffer_init(&w->crew.owners, memory);
    w->profile = ufx_profile_new(memory, v);
    w->mangling.encodings = ufx_encodings_new(memory, v);
    w->quiet = ufx_quiet_new(memory, ufx_vocabulary_rule_count(v));
    return ufx_own_make(&w->own, w, NULL) && w->profile != NULL &&
           w->mangling.encodings != NULL && w->quiet != NULL;
}

static void
free_mangling(struct ufx_mangling *m, const struct ufx_memory *memory)
{
    ufx_encodings_free(m->encodings);
    ufx_memory_free(memory, m->list.list,
                    m->list.capacity * sizeof *m->list.list);
    ufx_corrections_free(&m->meant, memory);
    ufx_corrections_free(&m->left, memory);
    ufx_buffer_free(&m->clear);
    ufx_buffer_free(&m->text);
}

void
ufx_worker_free(struct ufx_worker *w)
{
    const struct ufx_memory *memory = &w->memory;

    ufx_shares_end(w);
    ufx_own_free(&w->own, memory, false);
    free_mangling(&w->mangling, memory);
    ufx_quiet_free(w->quiet);
    ufx_profile_free(w->profile);
    ufx_profile_free(w->settled);
    ufx_profile_free(w->trial);
    if (w->others.rates != NULL)
        ufx_memory_free(memory, w->others.rates,
                        ufx_vocabulary_rule_count(&w->vocabulary) *
                            sizeof *w->others.rates);
    ufx_buffer_free(&w->others.key);
    ufx_corrections_free(&w->found[0], memory);
    ufx_corrections_free(&w->found[1], memory);
    ufx_surroundings_free(&w->surroundings);
    ufx_said_free(&w->said);
    ufx_memory_free(memory, w->apart.list,
                    w->apart.capacity * sizeof *w->apart.list);
    ufx_memory_free(memory, w->cuts.list,
                    w->cuts.capacity * sizeof *w->cuts.list);
    ufx_buffer_free(&w->crew.owners);
    ufx_buffer_free(&w->draft);
    ufx_buffer_free(&w->spare);
}
