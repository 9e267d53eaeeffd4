/* SPDX-License-Identifier: MPL-2.0 */
/* To be preloaded: of the calls that have to do with files and threads, the one
 * whose number is in FAIL_AT fails, counted from 1 on, as on a disk without
 * room (ENOSPC); with KILL_AT, there the process ends, as by kill -9.  The
 * number of calls goes to descriptor 9, if that is open, in the end, and the
 * name of the one that failed to FAIL_LOG. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long fail_at = -1;
static long kill_at = -1;

static int
fails(const char *name)
{
    long number = atomic_fetch_add(&calls, 1) + 1;
    const char *log = getenv("FAIL_LOG");
    int file;

    if (number == kill_at)
        raise(SIGKILL);
    /* Before main(): the environment may not be there yet. */
    if (fail_at < 0 || number != fail_at)
        return 0;
    file = log == NULL ? -1 : creat(log, 0666);
    if (file >= 0 && write(file, name, strlen(name)) >= 0)
        close(file);
    errno = ENOSPC;
    return 1;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *at = getenv("FAIL_AT");
    const char *kill = getenv("KILL_AT");

    fail_at = at == NULL ? -1 : strtol(at, NULL, 10);
    kill_at = kill == NULL ? -1 : strtol(kill, NULL, 10);
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

/* CALL(result, failure, name, parameters, arguments): what calls the real one
 * unless it is to fail. */
#define CALL(type, failure, name, parameters, arguments)                       \
    type name parameters                                                       \
    {                                                                          \
        type(*real) parameters;                                                \
                                                                               \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                             \
        return fails(#name) ? failure : real arguments;                        \
    }

CALL(int, -1, mkstemp, (char *pattern), (pattern))
CALL(int, -1, mkstemp64, (char *pattern), (pattern))
CALL(int, -1, fchown, (int file, uid_t user, gid_t group), (file, user, group))
CALL(int, -1, fchmod, (int file, mode_t mode), (file, mode))
CALL(int, -1, fsync, (int file), (file))
CALL(int, -1, ftruncate, (int file, off_t size), (file, size))
CALL(int, -1, ftruncate64, (int file, off64_t size), (file, size))
CALL(int, -1, link, (const char *from, const char *to), (from, to))
CALL(int, -1, rename, (const char *from, const char *to), (from, to))
CALL(char *, NULL, realpath, (const char *path, char *out), (path, out))
CALL(char *, NULL, __realpath_chk, (const char *path, char *out, size_t size),
     (path, out, size))
CALL(FILE *, NULL, fdopen, (int file, const char *mode), (file, mode))
CALL(int, EOF, fflush, (FILE * stream), (stream))
CALL(size_t, 0, fwrite,
     (const void *bytes, size_t size, size_t count, FILE *stream),
     (bytes, size, count, stream))
CALL(ssize_t, -1, read, (int file, void *bytes, size_t count),
     (file, bytes, count))
CALL(ssize_t, -1, __read_chk,
     (int file, void *bytes, size_t count, size_t size),
     (file, bytes, count, size))
CALL(int, EAGAIN, pthread_create,
     (pthread_t * thread, const pthread_attr_t *attributes,
      void *(*start)(void *), void *user),
     (thread, attributes, start, user))

/* It closes all the same, as the real one does. */
int
fclose(FILE *stream)
{
    int (*real)(FILE *), result, failed = fails("fclose");

    *(void **)&real = dlsym(RTLD_NEXT, "fclose");
    result = real(stream);
    if (!failed)
        return result;
    errno = ENOSPC;
    return EOF;
}

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...)                                 \
    {                                                                          \
        int (*real)(const char *, int, ...);                                   \
        mode_t mode = 0;                                                       \
        va_list list;                                                          \
                                                                               \
        va_start(list, flags);                                                 \
        if (flags & O_CREAT)                                                   \
            mode = va_arg(list, mode_t);                                       \
        va_end(list);                                                          \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                             \
        return fails(#name) ? -1 : real(path, flags, mode);                    \
    }

OPEN(open)
OPEN(open64)
