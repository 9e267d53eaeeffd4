/* SPDX-License-Identifier: MPL-2.0 */
/* Files that are read.  Troubles are said here, once each. */
#ifndef UNFIX_TOOL_INPUT_H
#define UNFIX_TOOL_INPUT_H

#include "buffer.h"
#include "content.h"
#include "identity.h"
#include "sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INPUT_BLOCK ((size_t)64 * 1024)

struct input {
    int descriptor;
    const char *name; /* for messages */
    struct identity identity;
    char *target;           /* the file to be replaced, with links followed;
                               NULL: none is */
    struct content content; /* by input_classify() */
    struct sample sample;
    bool is_classified;
    bool is_sampled;    /* all of it is in the sample */
    struct buffer head; /* of a stream: read, but not yet given */
};

/* "-" is standard input.  What is to be replaced must be a regular file. */
bool input_open(struct input *input, const char *path, bool is_to_be_replaced);

/* Tells what it holds; once, before it is read.  A file is looked at as a
 * whole, a stream up to where it first would wait. */
void input_classify(struct input *input);

/* Reads what there is, up to INPUT_BLOCK bytes.  *length is 0 at the end. */
bool input_read(struct input *input, char *block, size_t *length);
void input_close(struct input *input);

/* Tables have a million lines at most; what else is read as a whole may have
 * more, but no device is read until the memory is full. */
#define INPUT_TABLE ((size_t)128 * 1024 * 1024)
#define INPUT_WHOLE ((size_t)512 * 1024 * 1024)

/* Appends the rest of the input, or a whole file, to `buffer`; more than `most`
 * bytes are an error. */
bool input_read_all(struct input *input, size_t most, struct buffer *buffer);
bool input_slurp(const char *path, size_t most, struct buffer *buffer);

/* Whether a read would not wait: now, or after some milliseconds. */
bool input_is_ready(const struct input *input, int patience);

/* Whether a file, or standard input for "-", has a size and an end. */
bool input_is_regular(const char *path);

/* The sizes of those files together; 0 if one of them is no regular file. */
uint64_t input_total_size(const char *const *paths, size_t count);

#endif
