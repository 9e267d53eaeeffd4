/* SPDX-License-Identifier: MPL-2.0 */
#include "gzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BLOCK ((size_t)64 * 1024)

/* zlib's: the largest window, and gzip's frame around it. */
#define WINDOW (15 + 16)

/* ---- Writing ------------------------------------------------------------- */

struct gzip {
    z_stream deflate;
    bool is_open; /* a member */
    unsigned char block[BLOCK];
};

struct gzip *
gzip_new(void)
{
    struct gzip *gzip = calloc(1, sizeof(*gzip));

    if (gzip != NULL &&
        deflateInit2(&gzip->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW,
                     8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(gzip);
        return NULL;
    }
    return gzip;
}

void
gzip_free(struct gzip *gzip)
{
    if (gzip == NULL)
        return;
    deflateEnd(&gzip->deflate);
    free(gzip);
}

/* Gives the stream what comes out, as long as blocks are filled. */
static bool
put_blocks(struct gzip *gzip, FILE *stream, int flush)
{
    do {
        size_t length;

        gzip->deflate.next_out = gzip->block;
        gzip->deflate.avail_out = (uInt)BLOCK;
        deflate(&gzip->deflate, flush);
        length = BLOCK - gzip->deflate.avail_out;
        if (fwrite(gzip->block, 1, length, stream) != length)
            return false;
    } while (gzip->deflate.avail_out == 0);
    return true;
}

bool
gzip_write(struct gzip *gzip, FILE *stream, const char *bytes, size_t length)
{
    unsigned char copy[4096];

    gzip->is_open = gzip->is_open || length > 0;
    while (length > 0) {
        const size_t step = length < sizeof(copy) ? length : sizeof(copy);

        /* zlib would take the bytes as if it might change them. */
        memcpy(copy, bytes, step);
        gzip->deflate.next_in = copy;
        gzip->deflate.avail_in = (uInt)step;
        if (!put_blocks(gzip, stream, Z_NO_FLUSH))
            return false;
        bytes += step;
        length -= step;
    }
    return true;
}

bool
gzip_end_member(struct gzip *gzip, FILE *stream)
{
    bool good;

    if (!gzip->is_open)
        return true;
    gzip->deflate.avail_in = 0;
    good = put_blocks(gzip, stream, Z_FINISH);
    gzip_drop_member(gzip);
    return good;
}

void
gzip_drop_member(struct gzip *gzip)
{
    deflateReset(&gzip->deflate);
    gzip->is_open = false;
}

/* ---- Reading ------------------------------------------------------------- */

struct gzip_reader {
    FILE *stream;
    z_stream inflate;
    int64_t read; /* from the stream */
    unsigned char packed[BLOCK];
    char plain[BLOCK];
};

bool
gzip_is(const char *bytes, size_t length)
{
    return length >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

struct gzip_reader *
gzip_reader_new(FILE *stream)
{
    struct gzip_reader *reader = calloc(1, sizeof(*reader));

    if (reader == NULL)
        return NULL;
    reader->stream = stream;
    if (inflateInit2(&reader->inflate, WINDOW) != Z_OK) {
        free(reader);
        return NULL;
    }
    return reader;
}

void
gzip_reader_free(struct gzip_reader *reader)
{
    if (reader == NULL)
        return;
    inflateEnd(&reader->inflate);
    free(reader);
}

/* False at the end of the stream. */
static bool
fill(struct gzip_reader *reader)
{
    size_t length;

    if (reader->inflate.avail_in > 0)
        return true;
    length = fread(reader->packed, 1, BLOCK, reader->stream);
    reader->inflate.next_in = reader->packed;
    reader->inflate.avail_in = (uInt)length;
    reader->read += (int64_t)length;
    return length > 0;
}

enum gzip_status
gzip_read_member(struct gzip_reader *reader, struct buffer *text, int64_t *end)
{
    int status = inflateReset(&reader->inflate);

    while (status != Z_STREAM_END) {
        if (!fill(reader))
            return GZIP_END;
        reader->inflate.next_out = (unsigned char *)reader->plain;
        reader->inflate.avail_out = (uInt)BLOCK;
        status = inflate(&reader->inflate, Z_NO_FLUSH);
        buffer_append(text, reader->plain, BLOCK - reader->inflate.avail_out);
        if (text->failed || status == Z_MEM_ERROR)
            return GZIP_NO_MEMORY;
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return GZIP_DAMAGED;
    }
    *end = reader->read - (int64_t)reader->inflate.avail_in;
    return GZIP_MEMBER;
}
