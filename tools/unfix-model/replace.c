/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "replace.h"

#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
join(const char *first, const char *second)
{
    size_t length = strlen(first);
    char *joined = tool_allocate(length + strlen(second) + 1);

    memcpy(joined, first, length);
    memcpy(joined + length, second, strlen(second) + 1);
    return joined;
}

static mode_t
mode_of_new_files(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return 0666 & ~mask;
}

/* Opens a new file beside the one that is to be replaced, of that mode. */
static FILE *
open_beside(struct replacement *r, mode_t mode)
{
    int descriptor;

    r->temporary = join(r->path, ".XXXXXX");
    descriptor = mkstemp(r->temporary);
    /* A file system without modes refuses, and needs none. */
    if (descriptor >= 0)
        fchmod(descriptor, mode);
    return descriptor < 0 ? NULL : fdopen(descriptor, "wb");
}

void
replacement_open(struct replacement *r, const char *path)
{
    struct stat about, link;

    r->name = join(path, "");
    r->path = NULL;
    r->temporary = NULL;
    if (stat(path, &about) != 0) {
        if (lstat(path, &link) == 0)
            tool_fail("symbolic link to nothing", path);
        r->path = join(path, "");
        r->file = open_beside(r, mode_of_new_files());
    } else if (!S_ISREG(about.st_mode)) {
        r->file = fopen(path, "wb");
    } else {
        r->path = realpath(path, NULL);
        if (r->path == NULL || access(r->path, W_OK) != 0)
            tool_fail(strerror(errno), path);
        r->file = open_beside(r, about.st_mode & 07777);
    }
    if (r->file == NULL)
        tool_fail(strerror(errno), path);
}

void
replacement_open_in(struct replacement *r, const char *folder, const char *name)
{
    char *base = join(folder, "/"), *path = join(base, name);

    replacement_open(r, path);
    free(base);
    free(path);
}

/* What no system call told the reason of: a write that failed earlier. */
#define UNTOLD (-1)

/* 0, or what went wrong.  A full disk may show only here. */
static int
finish(const struct replacement *r)
{
    int error = ferror(r->file) != 0 ? UNTOLD : 0;

    errno = 0;
    if ((fflush(r->file) != 0 ||
         (r->temporary != NULL && fsync(fileno(r->file)) != 0)) &&
        errno != 0)
        error = errno;
    if (fclose(r->file) != 0 && error == 0)
        error = errno;
    if (error == 0 && r->temporary != NULL &&
        rename(r->temporary, r->path) != 0)
        error = errno;
    return error;
}

void
replacement_close(struct replacement *r)
{
    int error = finish(r);

    if (error != 0) {
        if (r->temporary != NULL)
            unlink(r->temporary);
        tool_fail(error == UNTOLD ? "write error" : strerror(error), r->name);
    }
    free(r->temporary);
    free(r->path);
    free(r->name);
}
