/* SPDX-License-Identifier: MPL-2.0 */
/* A growing run of bytes, always followed by a NUL. */
#ifndef UFX_BASE_BUFFER_H
#define UFX_BASE_BUFFER_H

#include "base/memory.h"

/* `failed` is sticky: append many times, test once. */
struct ufx_buffer {
    struct ufx_memory memory;
    char *data; /* NULL until something was appended */
    size_t length;
    size_t capacity;
    bool failed;
};

void ufx_buffer_init(struct ufx_buffer *buffer,
                     const struct ufx_memory *memory);
void ufx_buffer_append(struct ufx_buffer *buffer, const char *data,
                       size_t length);
void ufx_buffer_append_byte(struct ufx_buffer *buffer, char byte);

/* Appends the code point as UTF-8. */
void ufx_buffer_append_char(struct ufx_buffer *buffer, uint32_t cp);

/* Drops the first `length` bytes. */
void ufx_buffer_consume(struct ufx_buffer *buffer, size_t length);

/* Empties it and clears `failed`; keeps the memory. */
void ufx_buffer_clear(struct ufx_buffer *buffer);
void ufx_buffer_free(struct ufx_buffer *buffer);

#endif
