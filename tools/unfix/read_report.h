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
};

/* Reads a whole report.  What ties a repair to its place (offset, length, text
 * before it) must be as unfix wrote it, or it is refused: false, and said so.
 * Either way it goes to read_report_free(). */
bool read_report(struct reported_files *files, const char *path);

/* The same of a report in memory, which is called `name`. */
bool read_report_text(struct reported_files *files, const char *name,
                      const char *text, size_t length);
void read_report_free(struct reported_files *files);

#endif
