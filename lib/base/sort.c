/* SPDX-License-Identifier: MPL-2.0 */
#include "base/sort.h"

#include <string.h>

static void
swap(unsigned char *a, unsigned char *b, size_t size)
{
    unsigned char kept[64];

    while (size > 0) {
        size_t n = size < sizeof kept ? size : sizeof kept;

        memcpy(kept, a, n);
        memcpy(a, b, n);
        memcpy(b, kept, n);
        a += n;
        b += n;
        size -= n;
    }
}

/* Lets item `at` of a heap sink to its place among the first `count`. */
static void
sink(unsigned char *items, size_t at, size_t count, size_t size,
     int (*compare)(const void *, const void *))
{
    size_t child;

    while ((child = 2 * at + 1) < count) {
        if (child + 1 < count &&
            compare(items + child * size, items + (child + 1) * size) < 0)
            child++;
        if (compare(items + at * size, items + child * size) >= 0)
            return;
        swap(items + at * size, items + child * size, size);
        at = child;
    }
}

void
ufx_sort(void *items, size_t count, size_t size,
         int (*compare)(const void *, const void *))
{
    unsigned char *bytes = items;
    size_t i;

    for (i = count / 2; i > 0; i--)
        sink(bytes, i - 1, count, size, compare);
    for (i = count; i > 1; i--) {
        swap(bytes, bytes + (i - 1) * size, size);
        sink(bytes, 0, i - 1, size, compare);
    }
}
