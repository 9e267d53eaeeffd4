/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The report: JSON lines (RFC 8259), one correction each, and a last one for
 * each file, which says what text they are of.  docs/report.schema.json
 * describes it.
 */
#ifndef UNFIX_TOOL_REPORT_H
#define UNFIX_TOOL_REPORT_H

#include "checksum.h"
#include "output.h"
#include "piece.h"

#include <stdbool.h>
#include <stdint.h>
#include <unfix.h>

/* The figures in the seal of a correction, and a NUL. */
#define REPORT_SEAL_SIZE ((size_t)17)

/* A file on its way through the filter. */
struct report_end {
    uint64_t corrections;
    uint64_t words;
    uint64_t unsearched;
    unfix_survey *survey; /* the caller's */
    struct checksum input;
    struct checksum output;
    bool has_times;    /* a file took the place of another */
    int64_t mtime;     /* of the input, in nanoseconds */
    int64_t out_mtime; /* of what is there now */
};

/* Writes the corrections of a piece, all or only those that are made, which are
 * of the file `name`.  Bytes that are not valid UTF-8, which JSON cannot hold,
 * become U+FFFD. */
void report_write(struct output *output, const char *name,
                  const struct piece *piece, bool only_applied);

/* One of them: a line that ends with "}" and its end. */
void report_write_correction(struct output *output, const char *name,
                             const struct piece *piece, size_t i);

/* Text between two of them, for the review page; no part of reports. */
void report_write_text(struct output *output, const char *name,
                       const char *text, size_t length);

/* A string of JSON; bytes that are not UTF-8 become U+FFFD. */
void report_write_string(struct output *output, const char *string,
                         size_t length);

void report_begin_file(struct report_end *end);

/* Counts these corrections, the words and the text of a piece; the input's
 * bytes are to be added to `end->input` as they are read. */
void report_count(struct report_end *end, const struct piece *piece,
                  bool only_applied);

/* Whether a report has it. */
bool report_leaves_out(const struct piece *piece, size_t i, bool only_applied);

/* The line that ends a file, with so many corrections before it, and what is of
 * the file in it. */
void report_end_begin(struct output *output, const char *name,
                      uint64_t corrections);
void report_end_rest(struct output *output, const struct report_end *end);

/* Both. */
void report_end_file(struct output *output, const char *name,
                     const struct report_end *end);

/* What ties a correction to its place, so that verdict and replacement may be
 * edited and nothing else: the beginning of the SHA-256 of "OFFSET:LENGTH:" and
 * the original as the report has it.  In a file of a format the replacement is
 * tied as well, since it is the edits that are made; else it is NULL. */
void report_seal(char *seal, uint64_t offset, uint64_t length,
                 const char *original, size_t original_length,
                 const char *replacement);

#endif
