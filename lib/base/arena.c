/* SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include "base/limits.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

struct ufx_arena_block {
    struct ufx_arena_block *next;
    size_t size; /* of the bytes that follow the header */
    max_align_t data[];
};

void
ufx_arena_init(struct ufx_arena *arena, const struct ufx_memory *memory)
{
    arena->memory = *memory;
    arena->blocks = NULL;
    arena->used = 0;
    arena->total = 0;
    arena->failed = false;
}

static bool
add_block(struct ufx_arena *arena, size_t size)
{
    struct ufx_arena_block *block;

    const size_t grown =
        arena->blocks == NULL ? 0 : arena->blocks->size * 3 / 2;
    const size_t wanted = grown < UFX_ARENA_GROWN ? grown : UFX_ARENA_GROWN;

    /* Growing by halves keeps the number of blocks small. */
    if (size < UFX_ARENA_BLOCK)
        size = UFX_ARENA_BLOCK;
    if (size < wanted)
        size = wanted;
    block = ufx_memory_allocate(&arena->memory, sizeof *block + size);
    if (block == NULL)
        return false;
    block->next = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->used = 0;
    return true;
}

void *
ufx_arena_allocate(struct ufx_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    void *pointer;

    if (size > SIZE_MAX / 4) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (arena->blocks == NULL || arena->blocks->size - arena->used < size) {
        if (!add_block(arena, size)) {
            arena->failed = true;
            return NULL;
        }
    }
    pointer = (char *)arena->blocks->data + arena->used;
    arena->used += size;
    arena->total += size;
    return pointer;
}

char *
ufx_arena_copy(struct ufx_arena *arena, const char *data, size_t size)
{
    char *copy = ufx_arena_allocate(arena, size + 1);

    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

static void
free_blocks(struct ufx_arena *arena, struct ufx_arena_block *block)
{
    while (block != NULL) {
        struct ufx_arena_block *next = block->next;

        ufx_memory_free(&arena->memory, block, sizeof *block + block->size);
        block = next;
    }
}

void
ufx_arena_reset(struct ufx_arena *arena)
{
    arena->used = 0;
    arena->total = 0;
    arena->failed = false;
    if (arena->blocks == NULL)
        return;
    free_blocks(arena, arena->blocks->next);
    arena->blocks->next = NULL;
    /* One odd page must not pin its memory for good. */
    if (arena->blocks->size > UFX_ARENA_KEEP) {
        free_blocks(arena, arena->blocks);
        arena->blocks = NULL;
    }
}

void
ufx_arena_free(struct ufx_arena *arena)
{
    free_blocks(arena, arena->blocks);
    arena->blocks = NULL;
    arena->used = 0;
    arena->total = 0;
}
