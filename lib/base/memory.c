/* SPDX-License-Identifier: MPL-2.0 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *
default_allocate(void *user, void *pointer, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, new_size);
}

struct ufx_memory
ufx_memory_from(const unfix_allocator *allocator)
{
    struct ufx_memory memory = {{default_allocate, NULL}};

    if (allocator != NULL)
        memory.allocator = *allocator;
    return memory;
}

void *
ufx_memory_allocate(const struct ufx_memory *memory, size_t size)
{
    const unfix_allocator *a = &memory->allocator;

    /* Size 0 would mean "free" to the allocator. */
    return a->allocate(a->user, NULL, 0, size == 0 ? 1 : size);
}

void *
ufx_memory_allocate_zero(const struct ufx_memory *memory, size_t size)
{
    void *pointer;

    /* Large blocks come from the system as zeros. */
    if (memory->allocator.allocate == default_allocate)
        return calloc(1, size == 0 ? 1 : size);
    pointer = ufx_memory_allocate(memory, size);
    if (pointer != NULL)
        memset(pointer, 0, size);
    return pointer;
}

void *
ufx_memory_resize(const struct ufx_memory *memory, void *pointer,
                  size_t old_size, size_t new_size)
{
    const unfix_allocator *a = &memory->allocator;

    if (pointer == NULL)
        return ufx_memory_allocate(memory, new_size);
    return a->allocate(a->user, pointer, old_size == 0 ? 1 : old_size,
                       new_size == 0 ? 1 : new_size);
}

void
ufx_memory_free(const struct ufx_memory *memory, void *pointer, size_t size)
{
    const unfix_allocator *a = &memory->allocator;

    if (pointer != NULL)
        a->allocate(a->user, pointer, size == 0 ? 1 : size, 0);
}

bool
ufx_memory_reserve(const struct ufx_memory *memory, void **data,
                   size_t *capacity, size_t need, size_t item)
{
    size_t wanted = *capacity;
    void *grown;

    if (need <= *capacity)
        return true;
    if (need > SIZE_MAX / 2 / item)
        return false;
    wanted = wanted < 8 ? 8 : wanted * 2;
    if (wanted < need)
        wanted = need;
    grown = ufx_memory_resize(memory, *data, *capacity * item, wanted * item);
    if (grown == NULL)
        return false;
    *data = grown;
    *capacity = wanted;
    return true;
}
