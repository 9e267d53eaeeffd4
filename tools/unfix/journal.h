/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A report that is gone on with: the lines of a file are in it, to last, before
 * that file is replaced; so it tells the way back of every file, however the
 * run was ended that wrote it, and a later run where that one stopped.
 */
#ifndef UNFIX_TOOL_JOURNAL_H
#define UNFIX_TOOL_JOURNAL_H

#include "lookup.h"
#include "output.h"
#include "read_report.h"

#include <stdbool.h>
#include <stddef.h>

/* What a report says of the files that it has to their ends. */
struct journal {
    const char *base;          /* folder that the names count from, or NULL */
    struct reported_end *ends; /* the last of each name */
    size_t capacity;
    struct lookup names; /* that of each end */
    size_t newest;       /* end of the last file */
    int64_t whole;       /* bytes up to its end */
    int64_t before;      /* and to the end before it */
    int64_t size;        /* all that was read */
};

/* Reads the ends; names count from the folder `base`, if it is not NULL. False,
 * and said so, if the file is not a report.  One that is not there is empty.
 * Either way it goes to journal_free(). */
bool journal_read(struct journal *journal, const char *path, const char *base);
void journal_free(struct journal *journal);

/* Whether the file, or that of its name in `folder` if that is not NULL, holds
 * what the report says came out of it: by its size and time, or else by its
 * checksum. */
bool journal_is_done(const struct journal *journal, const char *name,
                     const char *folder);

/* Opens the report to be gone on with; false, and said so, if another process
 * writes it, or has written it since it was read.  What a run that was ended
 * left of a file without its end goes; so does the last file if it was not
 * written any more, in place or in `folder`. */
bool journal_open(struct output *output, const struct journal *journal,
                  const char *path, const char *folder);

#endif
