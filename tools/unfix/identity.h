/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Which file a name stands for: the device and the number of its inode tell,
 * whatever it is called; where there is no file yet, its folder's and the name
 * in it.
 */
#ifndef UNFIX_TOOL_IDENTITY_H
#define UNFIX_TOOL_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct identity {
    bool is_known;    /* false: nothing is the same as this */
    bool is_regular;  /* file; nothing else can be lost by writing */
    const char *base; /* the name, of a file that is not there; it is the
                         caller's */
    uint64_t device;
    uint64_t inode;
    int64_t size;
    int64_t mtime; /* nanoseconds */
};

struct identity identity_of_status(const struct stat *status);
struct identity identity_of_path(const char *path);
struct identity identity_of_descriptor(int descriptor);

/* Whether both are one file, there or to be. */
bool identity_is_same(const struct identity *a, const struct identity *b);

/* Whether it is one file, and nobody has written into it in between. */
bool identity_is_unchanged(const struct identity *a, const struct identity *b);

/* A string that no other known file has, from malloc(); NULL without memory. */
char *identity_key(const struct identity *identity);

#endif
