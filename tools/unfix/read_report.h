/* SPDX-License-Identifier: MPL-2.0 */
/* A report read back, as people may have edited it. */
#ifndef UNFIX_TOOL_READ_REPORT_H
#define UNFIX_TOOL_READ_REPORT_H

#include "checksum.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes from malloc(), with a NUL after them. */
struct bytes {
    char *data;
    size_t length;
};

struct reported_repair {
    uint64_t offset; /* in the input */
    size_t number;   /* in the report */
    bool is_applied;
    struct bytes original;
    struct bytes replacement;
};

/* The line that ends a file. */
struct reported_end {
    char *name; /* from malloc() */
    uint64_t corrections;
    uint64_t length; /* of the input */
    char sha256[CHECKSUM_SIZE];
    uint64_t out_length;
    char out_sha256[CHECKSUM_SIZE];
    bool has_times;
    int64_t mtime;     /* of the input, in nanoseconds */
    int64_t out_mtime; /* of what took its place */
};

struct reported_file {
    char *name;
    struct reported_repair *repairs; /* ascending and disjoint */
    size_t count;
    uint64_t corrections; /* lines; in a file of a format they are no repairs,
                             but their edits are */
    size_t capacity;
    uint64_t length; /* of the input */
    char sha256[CHECKSUM_SIZE];
    bool has_end;
};

struct reported_files {
    struct reported_file *items;
    size_t count;
    size_t capacity;
    bool is_any_name; /* a file alone may have got another one since */
};

/* Reads the line of an end; false if it is none. */
bool read_report_end(struct reported_end *end, const char *line, size_t length);

/* Reads a whole report.  What ties a repair to its place (offset, length, text
 * before it) must be as unfix wrote it, or it is refused: false, and said so.
 * Either way it goes to read_report_free().
 * With `may_lack_end`, a file at its end that is not whole is left out: a run
 * that was ended there has not replaced that file. */
bool read_report(struct reported_files *files, const char *path,
                 bool may_lack_end);

/* The same of a report in memory, which is called `name`. */
bool read_report_text(struct reported_files *files, const char *name,
                      const char *text, size_t length);
void read_report_free(struct reported_files *files);

#endif
