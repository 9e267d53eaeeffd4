/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Files that are written: beside their places, under temporary names, and
 * renamed when they are whole, so that no partial file is ever left behind,
 * whatever ends the process.  Troubles are said here, once each.
 */
#ifndef UNFIX_TOOL_OUTPUT_H
#define UNFIX_TOOL_OUTPUT_H

#include "gzip.h"
#include "input.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct output {
    FILE *stream;
    const char *name; /* for messages */
    char *target;     /* what the temporary file will be; NULL: no such file */
    char *temporary;
    struct identity replaced; /* what stands at `target`, if that matters */
    char *backup;             /* what it is called from then on, or NULL */
    bool is_backup_forced;    /* what has that name gives way */
    bool is_terminal;
    bool has_part;     /* output_begin_part() was called */
    char last;         /* byte that was written */
    struct gzip *gzip; /* what compresses it, or NULL */
    bool is_journal;
    bool is_cut; /* a journal that failed: what is behind `cut` is to go */
    int64_t cut;
    bool failed;
};

/* Whether the name stands for a descriptor that is open already. */
bool output_is_direct(const char *path);

/* NULL and "-" are standard output.  What is no regular file, such as a pipe
 * or a device, is written directly. */
bool output_open(struct output *output, const char *path);

/* A replacement for the open file `input`, whose mode and owner it takes.
 * Symbolic links are followed: the file they lead to is replaced. */
bool output_open_in_place(struct output *output, const struct input *input);

/* A file that is written where it is, from its end on, so that it holds all
 * that output_sync() was called after, whatever ends the process.  What it held
 * before goes unless `is_kept`.  False, and said so, if another process writes
 * it so as well.  What is no regular file is written as by output_open(). */
bool output_open_journal(struct output *output, const char *path, bool is_kept);

/* Whether a report of that name is compressed. */
bool output_is_compressed(const char *path);

/* Compresses what is written from here on, which ends a member of the file at
 * each output_mark() and output_sync(). */
void output_compress(struct output *output);

/* After a failure these do nothing; `failed` tells. */
void output_write(struct output *output, const char *bytes, size_t length);
void output_puts(struct output *output, const char *string);

/* What is not ours: to a terminal it goes in a harmless form. */
void output_write_shown(struct output *output, const char *bytes,
                        size_t length);

/* What follows begins on a line of its own, if anything does. */
void output_begin_part(struct output *output);

/* Lets the reader have what was written so far, and shows a full disk. */
void output_flush(struct output *output);

/* All the rest of the input; false, and said so, if that failed. */
bool output_copy(struct output *output, struct input *input);

/* Makes what was written so far outlive a power cut. */
void output_sync(struct output *output);

/* When the file that is being written was changed last, in nanoseconds. */
int64_t output_mtime(struct output *output);

/* A place to go back to with output_rewind; that works in a temporary file or a
 * journal only, and elsewhere does nothing. */
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
