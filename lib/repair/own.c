/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/own.h"

bool
ufx_own_make(struct ufx_own *own, const struct ufx_worker *worker,
             const struct ufx_own *shared)
{
    const struct ufx_memory *memory = &worker->memory;

    ufx_arena_init(&own->arena, memory);
    ufx_arena_init(&own->kept, memory);
    ufx_buffer_init(&own->text, memory);
    ufx_buffer_init(&own->key, memory);
    ufx_buffer_init(&own->raw, memory);
    ufx_buffer_init(&own->asked, memory);
    own->candidates = shared != NULL
                          ? shared->candidates
                          : ufx_candidates_new(memory, &worker->vocabulary);
    own->memos = shared != NULL ? shared->memos : ufx_forest_memos_new(memory);
    return own->candidates != NULL && own->memos != NULL;
}

void
ufx_own_free(struct ufx_own *own, const struct ufx_memory *memory, bool shares)
{
    if (!shares) {
        ufx_candidates_free(own->candidates);
        ufx_forest_memos_free(own->memos);
    }
    ufx_memory_free(memory, own->protected.list,
                    own->protected.capacity * sizeof *own->protected.list);
    ufx_buffer_free(&own->text);
    ufx_buffer_free(&own->key);
    ufx_buffer_free(&own->raw);
    ufx_buffer_free(&own->asked);
    ufx_arena_free(&own->arena);
    ufx_arena_free(&own->kept);
}
