/* SPDX-License-Identifier: MPL-2.0 */
/* One file through the library: bytes in, text, diff and report out. */
#ifndef UNFIX_TOOL_FILTER_H
#define UNFIX_TOOL_FILTER_H

#include "ahead.h"
#include "args.h"
#include "diff.h"
#include "draw.h"
#include "formatted.h"
#include "output.h"
#include "overview.h"
#include "report.h"
#include "series.h"
#include "totals.h"

#include <stdbool.h>
#include <stdint.h>
#include <unfix.h>

struct filter {
    enum format format;
    unfix_context *context;
    const unfix_model *model;
    struct output *output; /* NULL: the text is not wanted */
    struct output *report; /* NULL: none */
    struct ahead *ahead;   /* NULL: the context does the work, in this thread */
    bool has_colour;
    bool has_times;              /* the report tells when files were written */
    const unfix_options *repair; /* the context's */
    const struct options *options; /* of the command line */
    struct series_list series;     /* of all files, for the summary */
    struct overview overview;      /* and for it as a table */
    struct totals totals;          /* of all files */
    struct draw *draw;             /* a sample of their repairs, or NULL */
    bool has_faults;               /* something asked for could not be read */

    /* The file under way. */
    const char *name;       /* as reports have it */
    const char *shown_name; /* and as messages do */
    uint64_t lines;         /* of records, taken so far */
    bool has_said;          /* that it is left as it is */
    uint64_t applied;       /* repairs made so far */
    uint64_t parts;         /* of the index, of this file */
    uint64_t unaffordable;  /* held back by the budget of harm */
    uint64_t position;      /* of the next piece in the output */
    uint64_t taken;         /* and in the input */
    bool is_converted;      /* to UTF-8 */
    bool failed;            /* out of memory */
    struct report_end end;
    struct intake intake;
    struct buffer input; /* read, but not yet repaired; for diff and review */
    struct diff diff;
};

/* Prepares what all files share; false, and said so, when out of memory. */
bool filter_begin(struct filter *filter, const struct options *options);

/* Repairs all of `input`, which with `ahead` is its next file, and whose name
 * on the command line is `path`.  False, and said so, if that failed: then part
 * of the output may be written. */
bool filter_run(struct filter *filter, struct input *input, const char *path);

/* Instead of that, where the file cannot be written. */
void filter_skip(struct filter *filter);
void filter_free(struct filter *filter);

#endif
