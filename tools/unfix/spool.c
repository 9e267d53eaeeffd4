/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "spool.h"

#include <errno.h>

static void
fail(struct spool *spool, int error)
{
    if (spool->error == 0)
        spool->error = error != 0 ? error : EIO;
}

/* Moves the buffer into the file. */
static void
spill(struct spool *spool)
{
    if (spool->file == NULL)
        spool->file = tmpfile();
    if (spool->file == NULL ||
        fwrite(spool->buffer.data, 1, spool->buffer.length, spool->file) !=
            spool->buffer.length) {
        fail(spool, errno);
        return;
    }
    spool->buffer.length = 0;
}

void
spool_append(struct spool *spool, const char *bytes, size_t length)
{
    if (length == 0 || spool->error != 0)
        return;
    buffer_append(&spool->buffer, bytes, length);
    if (spool->buffer.failed) {
        fail(spool, ENOMEM);
        return;
    }
    spool->length += length;
    spool->last = bytes[length - 1];
    if (spool->buffer.length > SPOOL_MEMORY)
        spill(spool);
}

void
spool_walk(struct spool *spool, uint64_t start,
           void (*take)(void *user, const char *bytes, size_t length),
           void *user)
{
    const uint64_t in_file = spool->length - spool->buffer.length;
    char block[8192];
    size_t got;

    if (spool->error != 0 || start >= spool->length)
        return;
    if (start < in_file && fseeko(spool->file, (off_t)start, SEEK_SET) != 0)
        fail(spool, errno);
    for (uint64_t at = start; spool->error == 0 && at < in_file; at += got) {
        got = fread(block, 1, sizeof(block), spool->file);
        if (got == 0) {
            fail(spool, errno);
            return;
        }
        take(user, block, got);
    }
    if (spool->file != NULL && fseeko(spool->file, 0, SEEK_END) != 0)
        fail(spool, errno);
    if (spool->error == 0 && start < in_file)
        start = in_file;
    if (spool->error == 0 && spool->length > start)
        take(user, spool->buffer.data + (start - in_file),
             (size_t)(spool->length - start));
}

void
spool_clear(struct spool *spool)
{
    if (spool->file != NULL)
        fclose(spool->file);
    buffer_clear(&spool->buffer);
    spool->file = NULL;
    spool->length = 0;
    spool->error = 0;
}

void
spool_free(struct spool *spool)
{
    spool_clear(spool);
    buffer_free(&spool->buffer);
}
