/* SPDX-License-Identifier: MPL-2.0 */
/* Sorting that allocates nothing: qsort may, behind the caller's allocator. */
#ifndef UFX_BASE_SORT_H
#define UFX_BASE_SORT_H

#include <stddef.h>

/* Sorts `count` items of `size` bytes in n log n steps at worst.  Equal items
 * come in any order. */
void ufx_sort(void *items, size_t count, size_t size,
              int (*compare)(const void *, const void *));

#endif
