/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "identity.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct identity
identity_of_status(const struct stat *status)
{
    return (struct identity){
        .is_known = true,
        .is_regular = S_ISREG(status->st_mode),
        .device = (uint64_t)status->st_dev,
        .inode = (uint64_t)status->st_ino,
        .size = (int64_t)status->st_size,
        /* After 2262 it begins anew. */
        .mtime = (int64_t)((uint64_t)status->st_mtim.tv_sec * 1000000000 +
                           (uint64_t)status->st_mtim.tv_nsec),
    };
}

/* That of a file which is not there yet. */
static struct identity
of_place(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct identity identity = {.is_known = false};
    struct stat status;
    char *folder =
        slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);

    if (folder != NULL && stat(folder, &status) == 0) {
        identity = identity_of_status(&status);
        identity.is_regular = true;
        identity.base = slash == NULL ? path : slash + 1;
    }
    free(folder);
    return identity;
}

struct identity
identity_of_path(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0)
        return identity_of_status(&status);
    if (errno == ENOENT)
        return of_place(path);
    return (struct identity){.is_known = false};
}

struct identity
identity_of_descriptor(int descriptor)
{
    struct stat status;

    if (fstat(descriptor, &status) == 0)
        return identity_of_status(&status);
    return (struct identity){.is_known = false};
}

bool
identity_is_same(const struct identity *a, const struct identity *b)
{
    if (!a->is_known || !b->is_known || a->device != b->device ||
        a->inode != b->inode)
        return false;
    if (a->base == NULL || b->base == NULL)
        return a->base == b->base;
    return strcmp(a->base, b->base) == 0;
}

bool
identity_is_unchanged(const struct identity *a, const struct identity *b)
{
    return identity_is_same(a, b) && a->size == b->size && a->mtime == b->mtime;
}

char *
identity_key(const struct identity *identity)
{
    const size_t size = sizeof("0123456789abcdef:0123456789abcdef");
    char *key = malloc(size);

    if (key != NULL)
        snprintf(key, size, "%" PRIx64 ":%" PRIx64, identity->device,
                 identity->inode);
    return key;
}
