/* SPDX-License-Identifier: MPL-2.0 */
#include "buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool
reserve(struct buffer *buffer, size_t more)
{
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : 256;
    char *data;

    if (more > SIZE_MAX / 2 - buffer->length)
        return false;
    while (capacity < buffer->length + more)
        capacity *= 2;
    if (capacity == buffer->capacity)
        return true;
    data = realloc(buffer->data, capacity);
    if (data == NULL)
        return false;
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void
buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (length == 0 || buffer->failed)
        return;
    if (!reserve(buffer, length)) {
        buffer->failed = true;
        return;
    }
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
}

void
buffer_drop(struct buffer *buffer, size_t length)
{
    if (length == 0)
        return;
    buffer->length -= length;
    memmove(buffer->data, buffer->data + length, buffer->length);
}

void
buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = false;
}

void
buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}
