/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A file as UTF-8, with the way back: which bytes of the file each byte of the
 * UTF-8 stands for.  Readers see UTF-8 alone; edits are put into the file in
 * its own encoding.  iconv(3) converts: it is in libc, and knows each name that
 * a declaration may give.
 */
#ifndef UNFIX_TOOL_FORMAT_ENCODING_H
#define UNFIX_TOOL_FORMAT_ENCODING_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENCODING_NAME_SIZE ((size_t)32)

struct encoding {
    char name[ENCODING_NAME_SIZE]; /* empty: UTF-8, or bytes nobody knows */
    const char *bytes;             /* as UTF-8 */
    size_t length;
    struct buffer recoded;
    void *back;        /* the converter from UTF-8; NULL: none is needed */
    uint32_t *origins; /* of each byte and of the end; NULL: its own place */
};

/* Reads what byte order mark and declaration say.  `bytes` are borrowed.  False
 * when out of memory.  Where the declaration is wrong, the bytes are taken as
 * they are.  Either way it goes to encoding_free(). */
bool encoding_open(struct encoding *encoding, const char *bytes, size_t length);
void encoding_free(struct encoding *encoding);

/* The place in the file of an offset in the UTF-8. */
size_t encoding_origin(const struct encoding *encoding, size_t offset);

/* Of no file: for the way back alone.  False if nobody knows the name, or when
 * out of memory. */
bool encoding_open_name(struct encoding *encoding, const char *name);

/* Appends UTF-8 in the encoding of the file; false, with nothing appended,
 * where it has no such character. */
bool encoding_write(const struct encoding *encoding, const char *text,
                    size_t length, struct buffer *out);

#endif
