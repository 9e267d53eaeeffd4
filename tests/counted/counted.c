/* SPDX-License-Identifier: MPL-2.0 */
/* The library's objects call these; see counted.h. */
#include "counted.h"

#include <stddef.h>
#include <string.h>

/* So many bytes count as a block. */
#define BYTES ((size_t)16)

static uint64_t work;

uint64_t
counted_work(void)
{
    return work;
}

void __sanitizer_cov_trace_pc(void);
void *counted_memcpy(void *restrict to, const void *restrict from, size_t n);
void *counted_memmove(void *to, const void *from, size_t n);
void *counted_memset(void *to, int byte, size_t n);
int counted_memcmp(const void *a, const void *b, size_t n);

void
__sanitizer_cov_trace_pc(void)
{
    work++;
}

void *
counted_memcpy(void *restrict to, const void *restrict from, size_t n)
{
    work += n / BYTES;
    return memcpy(to, from, n);
}

void *
counted_memmove(void *to, const void *from, size_t n)
{
    work += n / BYTES;
    return memmove(to, from, n);
}

void *
counted_memset(void *to, int byte, size_t n)
{
    work += n / BYTES;
    return memset(to, byte, n);
}

int
counted_memcmp(const void *a, const void *b, size_t n)
{
    work += n / BYTES;
    return memcmp(a, b, n);
}
