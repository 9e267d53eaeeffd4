/* SPDX-License-Identifier: MPL-2.0 */
/* To be preloaded: before a file is locked, another process comes in between,
 * the command in BEFORE_LOCK. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void
come_between(void)
{
    const char *command = getenv("BEFORE_LOCK");

    unsetenv("LD_PRELOAD");
    if (command != NULL && system(command) != 0)
        abort();
}

#define LOCK(name, type)                                                       \
    int name(int file, int command, type length)                               \
    {                                                                          \
        int (*real)(int, int, type);                                           \
                                                                               \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                             \
        come_between();                                                        \
        return real(file, command, length);                                    \
    }

LOCK(lockf, off_t)
LOCK(lockf64, off64_t)
