/* SPDX-License-Identifier: MPL-2.0 */
/* A file of a format, or some records of one, through the library. */
#ifndef UNFIX_TOOL_FORMATTED_H
#define UNFIX_TOOL_FORMATTED_H

#include "format/format.h"
#include "intake.h"

#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

/* What could not be read and comes out as it is. */
struct fault {
    uint64_t line; /* of the part, from 1; 0: the whole file */
    const char *what;
};

/* All zero at first. */
struct formatted {
    struct repaired repaired;
    uint64_t words;
    uint64_t unsearched;
    uint64_t harm;
    unfix_survey *survey; /* NULL: nothing was read */
    uint64_t lines;       /* of records */
    struct fault *faults;
    size_t fault_count;
    size_t fault_capacity;
};

/* Repairs `bytes` as `wish` says; `result` is for it to use.  Fails with what
 * the library fails with, or MEMORY. */
unfix_status formatted_run(struct formatted *formatted, const struct wish *wish,
                           unfix_context *context, unfix_result *result,
                           const char *bytes, size_t length,
                           unfix_error *error);
void formatted_free(struct formatted *formatted);

#endif
