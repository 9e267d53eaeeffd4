/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Files in gzip's format (RFC 1952), a member for each part that is to be whole
 * on the disk: what is behind the last whole member can be cut off.
 */
#ifndef UNFIX_TOOL_GZIP_H
#define UNFIX_TOOL_GZIP_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct gzip; /* what writes members to a stream */

/* NULL without memory. */
struct gzip *gzip_new(void);
void gzip_free(struct gzip *gzip);

/* Writes to the member that is open, or opens one; false if the stream took
 * less. */
bool gzip_write(struct gzip *gzip, FILE *stream, const char *bytes,
                size_t length);

/* Ends the open member, if there is one. */
bool gzip_end_member(struct gzip *gzip, FILE *stream);

/* Forgets the open member. */
void gzip_drop_member(struct gzip *gzip);

/* Whether a file that begins so has this format. */
bool gzip_is(const char *bytes, size_t length);

enum gzip_status {
    GZIP_MEMBER, /* one more */
    GZIP_END,    /* no further whole one */
    GZIP_DAMAGED,
    GZIP_NO_MEMORY
};

/* Reads members one by one from a stream. */
struct gzip_reader;

struct gzip_reader *gzip_reader_new(FILE *stream);
void gzip_reader_free(struct gzip_reader *reader);

/* Puts what the next member holds behind `text`, of one that breaks off what
 * there is of it; *end is where it ends in the stream. */
enum gzip_status gzip_read_member(struct gzip_reader *reader,
                                  struct buffer *text, int64_t *end);

#endif
