/* SPDX-License-Identifier: MPL-2.0 */
#ifndef UNFIX_TESTS_READ_FILE_H
#define UNFIX_TESTS_READ_FILE_H

#include <stdio.h>
#include <stdlib.h>

/* All bytes of an open file, to be freed, with a NUL after them; NULL if it
 * cannot be read.  A pipe is read to its end. */
static inline char *
read_stream(FILE *file, size_t *length)
{
    size_t capacity = 4096;
    size_t used = 0;
    char *bytes = malloc(capacity);

    while (bytes) {
        used += fread(bytes + used, 1, capacity - used - 1, file);
        if (used < capacity - 1)
            break;
        capacity *= 2;
        char *larger = realloc(bytes, capacity);
        if (!larger)
            free(bytes);
        bytes = larger;
    }
    if (bytes && ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    if (bytes) {
        bytes[used] = '\0';
        *length = used;
    }
    return bytes;
}

static inline char *
read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = read_stream(file, length);
    fclose(file);
    return bytes;
}

#endif
