/* SPDX-License-Identifier: MPL-2.0 */
/* The allocator every object carries, and a growing array on top of it. */
#ifndef UFX_BASE_MEMORY_H
#define UFX_BASE_MEMORY_H

#include "unfix.h"

#include <stdbool.h>
#include <stddef.h>

/* Copied into each object, so that it is never a dangling pointer. */
struct ufx_memory {
    unfix_allocator allocator;
};

/* The caller's allocator, or malloc() for NULL. */
struct ufx_memory ufx_memory_from(const unfix_allocator *allocator);

/* NULL when out of memory; never NULL for size 0. */
void *ufx_memory_allocate(const struct ufx_memory *memory, size_t size);

/* Zeroed. */
void *ufx_memory_allocate_zero(const struct ufx_memory *memory, size_t size);

/* NULL when out of memory, the old block is then unchanged. */
void *ufx_memory_resize(const struct ufx_memory *memory, void *pointer,
                        size_t old_size, size_t new_size);

void ufx_memory_free(const struct ufx_memory *memory, void *pointer,
                     size_t size);

/* Makes room for `need` items of `item` bytes in *data, at least doubling
 * *capacity (counted in items).  False when out of memory or when the size
 * does not fit; nothing has changed then. */
bool ufx_memory_reserve(const struct ufx_memory *memory, void **data,
                        size_t *capacity, size_t need, size_t item);

#endif
