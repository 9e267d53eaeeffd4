/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Files in and out.  An output file is written beside its place under a
 * temporary name and renamed when it is whole, so that no partial file is ever
 * left behind, whatever ends the process.  Troubles are said here, once each.
 */
#ifndef UNFIX_TOOL_IO_H
#define UNFIX_TOOL_IO_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define INPUT_BLOCK ((size_t)64 * 1024)

/* To be called first: makes sure that descriptors 0 to 2 are taken, and that
 * signals which end the process remove the temporary files. */
void io_setup(void);

/* Whether both names lead to one regular file. */
bool io_same_file(const char *a, const char *b);

struct input {
    int descriptor;
    const char *name; /* for messages */
};

/* "-" is standard input.  What is to be replaced must be a regular file. */
bool input_open(struct input *input, const char *path, bool is_to_be_replaced);

/* Reads what there is, up to INPUT_BLOCK bytes.  *length is 0 at the end. */
bool input_read(struct input *input, char *block, size_t *length);
void input_close(struct input *input);

/* Appends the rest of the input, or a whole file, to `buffer`. */
bool input_read_all(struct input *input, struct buffer *buffer);
bool input_slurp(const char *path, struct buffer *buffer);

/* Whether a read would not wait: now, or after some milliseconds. */
bool input_is_ready(const struct input *input, int patience);

/* Whether a file, or standard input for "-", has a size and an end. */
bool io_is_regular(const char *path);

/* The sizes of those files together; 0 if one of them is no regular file. */
uint64_t io_total_size(const char *const *paths, size_t count);

struct output {
    FILE *stream;
    const char *name; /* for messages */
    char *target;     /* what the temporary file will be; NULL: no such file */
    char *temporary;
    bool failed;
};

/* NULL and "-" are standard output.  What is no regular file, such as a pipe
 * or a device, is written directly. */
bool output_open(struct output *output, const char *path);

/* A replacement for the open file `input`, whose mode and owner it takes.
 * Symbolic links are followed: the file they lead to is replaced. */
bool output_open_in_place(struct output *output, const struct input *input);

/* After a failure these do nothing; `failed` tells. */
void output_write(struct output *output, const char *bytes, size_t length);
void output_puts(struct output *output, const char *string);

/* Lets the reader have what was written so far, and shows a full disk. */
void output_flush(struct output *output);

/* A place to go back to with output_rewind; that works in a temporary file
 * only, and elsewhere does nothing. */
int64_t output_mark(struct output *output);
void output_rewind(struct output *output, int64_t mark);

/* Closes the output, but does not yet let a file appear under its name; false
 * if that or an earlier write failed. */
bool output_finish(struct output *output);

/* The same, and lets the file appear. */
bool output_commit(struct output *output);

/* Leaves nothing behind.  A committed output may be discarded. */
void output_discard(struct output *output);

#endif
