/* SPDX-License-Identifier: MPL-2.0 */
/* Sorting that allocates nothing: qsort may, behind the caller's allocator. */
#ifndef UFX_BASE_SORT_H
#define UFX_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts `count` items of `size` bytes in n log n steps at worst.  Equal items
 * come in any order. */
void ufx_sort(void *items, size_t count, size_t size,
              int (*compare)(const void *, const void *));

/* Sorts numbers, few ones or nearly sorted ones fastest (Shell 1959, with the
 * gaps of Knuth). */
static inline void
ufx_sort_numbers(uint64_t *numbers, size_t count)
{
    size_t gap = 1, i, at;

    while (gap < count / 9)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (i = gap; i < count; i++) {
            uint64_t moved = numbers[i];

            for (at = i; at >= gap && numbers[at - gap] > moved; at -= gap)
                numbers[at] = numbers[at - gap];
            numbers[at] = moved;
        }
}

#endif
