/* SPDX-License-Identifier: MPL-2.0 */
#include "collection.h"

#include "buffer.h"
#include "input.h"
#include "messages.h"

#include <stddef.h>

unfix_collection *
collection_new(void)
{
    unfix_collection *collection;

    if (unfix_collection_new(NULL, &collection) == UNFIX_OK)
        return collection;
    message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return NULL;
}

static void
complain(const char *path, const unfix_error *error)
{
    if (error->line > 0)
        message_error_line(path, error->line, error->message);
    else
        message_error(path, "%s", error->message);
}

/* For contexts to take. */
static unfix_collection *
freeze(const char *path, const char *bytes, size_t length)
{
    unfix_collection *collection = collection_new();
    unfix_error error;

    if (collection == NULL)
        return NULL;
    if (unfix_collection_read(collection, bytes, length, &error) == UNFIX_OK &&
        unfix_collection_freeze(collection, &error) == UNFIX_OK)
        return collection;
    complain(path, &error);
    unfix_collection_release(collection);
    return NULL;
}

unfix_collection *
collection_read(const char *path)
{
    unfix_collection *collection = NULL;
    struct buffer file = {0};

    if (input_slurp(path, INPUT_WHOLE, &file))
        collection =
            freeze(path, file.length > 0 ? file.data : "", file.length);
    buffer_free(&file);
    return collection;
}

bool
collection_write(unfix_collection *counts, uint32_t least,
                 struct output *output)
{
    const char *bytes;
    size_t length;
    unfix_error error;

    if (unfix_collection_write(counts, least, &bytes, &length, &error) !=
        UNFIX_OK) {
        complain(NULL, &error);
        return false;
    }
    output_write(output, bytes, length);
    return !output->failed;
}

unfix_collection *
collection_of(unfix_collection *counts, uint32_t least)
{
    const char *bytes;
    size_t length;
    unfix_error error;

    if (unfix_collection_write(counts, least, &bytes, &length, &error) ==
        UNFIX_OK)
        return freeze(NULL, bytes, length);
    complain(NULL, &error);
    return NULL;
}
