/* SPDX-License-Identifier: MPL-2.0 */
/* What a file holds, told by its bytes: nothing but text is repaired. */
#ifndef UNFIX_TOOL_CONTENT_H
#define UNFIX_TOOL_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum content_kind {
    CONTENT_TEXT,
    CONTENT_COMPRESSED,
    CONTENT_BINARY
};

/* Bytes at the start of a file that tell what it is. */
#define CONTENT_HEAD ((size_t)1024)

struct content {
    enum content_kind kind;
    const char *what; /* such as "PDF"; NULL if only the bytes are odd */
    bool is_settled;  /* nothing that follows can change it */
    char last;        /* byte */
    uint64_t length;
    uint64_t odd;
};

/* All zero is the beginning.  The first block should hold CONTENT_HEAD bytes,
 * where there are so many. */
void content_add(struct content *content, const char *bytes, size_t length);

/* How messages call what is no text: "binary file (PDF)". */
const char *content_name(const struct content *content, char *room,
                         size_t size);

#endif
