/* SPDX-License-Identifier: MPL-2.0 */
/* The report: JSON lines (RFC 8259), one correction each. */
#ifndef UNFIX_TOOL_REPORT_H
#define UNFIX_TOOL_REPORT_H

#include "io.h"

#include <unfix.h>

/* Writes all corrections of `result`, which are of the file `name`.  Bytes
 * that are not valid UTF-8, which JSON cannot hold, become U+FFFD. */
void report_write(struct output *output, const char *name,
                  const unfix_result *result);

#endif
