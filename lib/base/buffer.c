/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buffer.h"

#include <string.h>

void
ufx_buffer_init(struct ufx_buffer *buffer, const struct ufx_memory *memory)
{
    buffer->memory = *memory;
    buffer->data = NULL;
    buffer->length = 0;
    buffer->capacity = 0;
    buffer->failed = false;
}

void
ufx_buffer_append(struct ufx_buffer *buffer, const char *data, size_t length)
{
    void *bytes = buffer->data;

    if (length > SIZE_MAX / 4 - buffer->length ||
        !ufx_memory_reserve(&buffer->memory, &bytes, &buffer->capacity,
                            buffer->length + length + 1, 1)) {
        buffer->failed = true;
        return;
    }
    buffer->data = bytes;
    if (length > 0)
        memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void
ufx_buffer_append_byte(struct ufx_buffer *buffer, char byte)
{
    ufx_buffer_append(buffer, &byte, 1);
}

void
ufx_buffer_append_char(struct ufx_buffer *buffer, uint32_t cp)
{
    char bytes[4];
    size_t n;

    if (cp < 0x80) {
        bytes[0] = (char)cp;
        n = 1;
    } else if (cp < 0x800) {
        bytes[0] = (char)(0xC0 | cp >> 6);
        bytes[1] = (char)(0x80 | (cp & 0x3F));
        n = 2;
    } else if (cp < 0x10000) {
        bytes[0] = (char)(0xE0 | cp >> 12);
        bytes[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (cp & 0x3F));
        n = 3;
    } else {
        bytes[0] = (char)(0xF0 | cp >> 18);
        bytes[1] = (char)(0x80 | (cp >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (cp & 0x3F));
        n = 4;
    }
    ufx_buffer_append(buffer, bytes, n);
}

void
ufx_buffer_consume(struct ufx_buffer *buffer, size_t length)
{
    if (length == 0)
        return;
    buffer->length -= length;
    memmove(buffer->data, buffer->data + length, buffer->length + 1);
}

void
ufx_buffer_clear(struct ufx_buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = false;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

void
ufx_buffer_free(struct ufx_buffer *buffer)
{
    ufx_memory_free(&buffer->memory, buffer->data, buffer->capacity);
    ufx_buffer_init(buffer, &buffer->memory);
}
