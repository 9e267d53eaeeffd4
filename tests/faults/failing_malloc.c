/* SPDX-License-Identifier: MPL-2.0 */
/* To be preloaded: the allocation whose number is in FAIL_AT fails, counted
 * from 1 on over the whole process, and with FAIL_ON all after it.  The number
 * of allocations goes to descriptor 9, if that is open, in the end. */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);

static atomic_long calls;
static long fail_at = -1;
static int fail_on;

static int
fails(void)
{
    long number = atomic_fetch_add(&calls, 1) + 1;

    /* Before main(): the environment may not be there yet. */
    if (fail_at < 0 || (number != fail_at && !(fail_on && number > fail_at)))
        return 0;
    errno = ENOMEM;
    return 1;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *at = getenv("FAIL_AT");

    fail_at = at == NULL ? -1 : strtol(at, NULL, 10);
    fail_on = getenv("FAIL_ON") != NULL;
    atomic_store(&calls, 0);
}

__attribute__((destructor)) static void
end(void)
{
    char line[32];
    int n = snprintf(line, sizeof line, "%ld\n", atomic_load(&calls));

    if (write(9, line, (size_t)n) < 0)
        return;
}

void *
malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *pointer, size_t size)
{
    return fails() ? NULL : __libc_realloc(pointer, size);
}
