/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A report as orders: makes the repairs that it calls applied, or takes them
 * back.  Nothing is written of a text that the report is not of.
 */
#ifndef UNFIX_TOOL_APPLY_H
#define UNFIX_TOOL_APPLY_H

#include "buffer.h"
#include "read_report.h"

#include <stdbool.h>

enum apply_way {
    APPLY_FORWARD, /* input to output */
    APPLY_BACK     /* output to input */
};

/* Whether it tells of the file `name`. */
bool apply_knows(const struct reported_files *files, const char *name);

/* Puts the other text of `text`, that of the file `name`, into `out`.  False,
 * and said so, if the report is of another one. */
bool apply_report(const struct reported_files *files, enum apply_way way,
                  const char *name, const struct buffer *text,
                  struct buffer *out);

#endif
