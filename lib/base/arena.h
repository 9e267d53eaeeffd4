/* SPDX-License-Identifier: MPL-2.0 */
/* Memory that is handed out in pieces and given back all at once. */
#ifndef UFX_BASE_ARENA_H
#define UFX_BASE_ARENA_H

#include "base/memory.h"

struct ufx_arena_block;

/* `failed` is sticky: a caller may allocate many times and test it once. */
struct ufx_arena {
    struct ufx_memory memory;
    struct ufx_arena_block *blocks; /* newest first */
    size_t used;                    /* in the newest block */
    size_t total;                   /* handed out since it was empty */
    bool failed;
};

void ufx_arena_init(struct ufx_arena *arena, const struct ufx_memory *memory);

/* Aligned for any object; NULL when out of memory. */
void *ufx_arena_allocate(struct ufx_arena *arena, size_t size);

/* `size` bytes of `data` and a NUL after them; NULL when out of memory. */
char *ufx_arena_copy(struct ufx_arena *arena, const char *data, size_t size);

/* Takes everything back but keeps the newest block for the next use; clears
 * `failed`. */
void ufx_arena_reset(struct ufx_arena *arena);

void ufx_arena_free(struct ufx_arena *arena);

#endif
