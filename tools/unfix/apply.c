/* SPDX-License-Identifier: MPL-2.0 */
#include "apply.h"

#include "messages.h"

#include <string.h>

/* True if `bytes` stand at `at` of the text. */
static bool
stands_at(const struct buffer *text, size_t at, const struct bytes *bytes)
{
    return bytes->length <= text->length - at &&
           (bytes->length == 0 ||
            memcmp(text->data + at, bytes->data, bytes->length) == 0);
}

/* One text of a repair for the other, all along; false if what the repairs
 * expect is not there, or without memory for it. */
static bool
exchange(const struct reported_file *file, enum apply_way way,
         const struct buffer *text, struct buffer *out)
{
    const char *data = text->length > 0 ? text->data : "";
    uint64_t done = 0; /* of the input */
    size_t at = 0;     /* in the text */

    for (size_t i = 0; i < file->count; i++) {
        const struct reported_repair *repair = &file->repairs[i];
        const struct bytes *after =
            repair->is_applied ? &repair->replacement : &repair->original;
        const struct bytes *from =
            way == APPLY_FORWARD ? &repair->original : after;
        const struct bytes *to =
            way == APPLY_FORWARD ? after : &repair->original;
        const uint64_t gap = repair->offset - done;

        if (gap > text->length - at)
            return false;
        buffer_append(out, data + at, (size_t)gap);
        at += (size_t)gap;
        if (!stands_at(text, at, from))
            return false;
        buffer_append(out, to->data, to->length);
        at += from->length;
        done = repair->offset + repair->original.length;
    }
    buffer_append(out, data + at, text->length - at);
    return !out->failed;
}

/* The text that the report was made of. */
static bool
is_input(const struct reported_file *file, const struct buffer *text)
{
    char sha256[CHECKSUM_SIZE];

    if (text->failed || text->length != file->length)
        return false;
    checksum_of(text->data, text->length, sha256);
    return strcmp(sha256, file->sha256) == 0;
}

static bool
try_file(const struct reported_file *file, enum apply_way way,
         const struct buffer *text, struct buffer *out)
{
    buffer_clear(out);
    if (way == APPLY_FORWARD)
        return is_input(file, text) && exchange(file, way, text, out);
    return exchange(file, way, text, out) && is_input(file, out);
}

static bool
out_of_memory(const char *name)
{
    message_error(name, "out of memory");
    return false;
}

static bool
is_of(const struct reported_files *files, size_t i, const char *name)
{
    return (files->is_any_name && files->count == 1) ||
           strcmp(files->items[i].name, name) == 0;
}

static bool
apply_forward(const struct reported_files *files, const char *name,
              const struct buffer *text, struct buffer *out)
{
    bool is_known = false;

    for (size_t i = 0; i < files->count; i++) {
        if (!is_of(files, i, name))
            continue;
        is_known = true;
        if (try_file(&files->items[i], APPLY_FORWARD, text, out))
            return true;
        if (out->failed)
            return out_of_memory(name);
    }
    message_error(name, is_known ? "is not the text that the report is of"
                                 : "is not in the report");
    return false;
}

/* All the way, as the report may tell of a file several times; and nothing of
 * it where the way back was gone before. */
static bool
apply_back(const struct reported_files *files, const char *name,
           const struct buffer *text, struct buffer *out)
{
    struct buffer now = {0};
    bool is_known = false, is_right = false;

    buffer_append(&now, text->data, text->length);
    for (size_t i = files->count; i > 0 && !now.failed && !out->failed; i--) {
        const struct reported_file *file = &files->items[i - 1];

        if (!is_of(files, i - 1, name))
            continue;
        is_known = true;
        if (try_file(file, APPLY_BACK, &now, out)) {
            struct buffer old = now;

            is_right = true;
            now = *out;
            *out = old;
        } else
            is_right |= try_file(file, APPLY_FORWARD, &now, out);
    }
    is_right &= !now.failed && !out->failed;
    if (now.failed || out->failed)
        out_of_memory(name);
    else if (!is_right)
        message_error(name, is_known
                                ? "is not what the report makes of its text"
                                : "is not in the report");
    buffer_clear(out);
    if (is_right)
        buffer_append(out, now.data, now.length);
    if (is_right && out->failed)
        is_right = out_of_memory(name);
    buffer_free(&now);
    return is_right;
}

bool
apply_knows(const struct reported_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (is_of(files, i, name))
            return true;
    return false;
}

bool
apply_report(const struct reported_files *files, enum apply_way way,
             const char *name, const struct buffer *text, struct buffer *out)
{
    return way == APPLY_FORWARD ? apply_forward(files, name, text, out)
                                : apply_back(files, name, text, out);
}
