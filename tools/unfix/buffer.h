/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A growable run of bytes.  A failed allocation is remembered and makes every
 * later append do nothing, so that it needs to be tested only once.
 */
#ifndef UNFIX_TOOL_BUFFER_H
#define UNFIX_TOOL_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
};

/* All zero is an empty buffer. */
void buffer_append(struct buffer *buffer, const char *bytes, size_t length);

/* Drops the first `length` bytes. */
void buffer_drop(struct buffer *buffer, size_t length);

/* Empties it, but keeps the memory. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
