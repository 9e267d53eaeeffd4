/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads the files ahead of what is written, cuts them into sections and has
 * threads repair those.  The sections come back in their order.
 */
#ifndef UNFIX_TOOL_AHEAD_H
#define UNFIX_TOOL_AHEAD_H

#include "args.h"
#include "engine.h"
#include "input.h"
#include "intake.h"
#include "jobs.h"

#include <stdbool.h>

struct ahead;

/* NULL, and said so, if there is no memory. */
struct ahead *ahead_open(const struct engine *engine,
                         const struct options *options);
void ahead_close(struct ahead *ahead);

/* The next file, in the order of the options; NULL, and said so, if it cannot
 * be opened.  To be closed by the caller, after its last section; what is no
 * text has none. */
struct input *ahead_next_file(struct ahead *ahead);

/* Leaves that file out, instead of taking its sections. */
void ahead_skip_file(struct ahead *ahead);

/* The next section of that file, to be freed; NULL, and said so, if there is no
 * memory or no thread for it: then this is the end of all. */
struct job *ahead_next_section(struct ahead *ahead);

/* Whether the whole file could be read, once its last section is there. */
bool ahead_is_whole(const struct ahead *ahead);

#endif
