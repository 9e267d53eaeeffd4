/* SPDX-License-Identifier: MPL-2.0 */
/* A run: its options, what it writes to, and how it went. */
#ifndef UNFIX_TOOL_SESSION_H
#define UNFIX_TOOL_SESSION_H

#include "args.h"
#include "filter.h"
#include "journal.h"
#include "output.h"
#include "read_report.h"

enum {
    STATUS_DONE = 0,
    STATUS_CHANGES = 1, /* with --check only */
    STATUS_TROUBLE = 2
};

/* Files that failed and are named once more at the end. */
#define FAILED_NAMED ((size_t)20)

struct session {
    struct options *options; /* --resume leaves files out */
    struct filter filter;
    struct output output;
    struct output report;
    struct reported_files orders; /* of --apply and --revert */
    struct journal journal;       /* of --append-report and --resume */
    int64_t report_start;         /* where this run's part begins */
    int status;
    size_t troubles;
    const char *failed[FAILED_NAMED]; /* files, the first of them */
    size_t failed_count;
};

/* Something went wrong, and was said. */
void session_set_trouble(struct session *session);

/* Does all that the options ask for, and returns the exit status. */
int session_run(struct options *options);

#endif
