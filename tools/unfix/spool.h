/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A run of bytes, written once from its start to its end, that is kept in
 * memory as long as it is short, and from then on in a temporary file without a
 * name. A failure is remembered and makes every later append do nothing.
 */
#ifndef UNFIX_TOOL_SPOOL_H
#define UNFIX_TOOL_SPOOL_H

#include "buffer.h"

#include <stdint.h>
#include <stdio.h>

/* Bytes that are kept in memory. */
#define SPOOL_MEMORY ((size_t)256 * 1024)

/* All zero is empty. */
struct spool {
    struct buffer buffer;
    FILE *file;      /* holds what came before the buffer's */
    uint64_t length; /* of all */
    char last;       /* byte of it */
    int error;       /* 0: none */
};

void spool_append(struct spool *spool, const char *bytes, size_t length);

/* Gives all from byte `start` on to `take`, piece by piece. */
void spool_walk(struct spool *spool, uint64_t start,
                void (*take)(void *user, const char *bytes, size_t length),
                void *user);

/* Empties it, but keeps the memory. */
void spool_clear(struct spool *spool);
void spool_free(struct spool *spool);

#endif
