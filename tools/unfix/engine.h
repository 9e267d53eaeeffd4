/* SPDX-License-Identifier: MPL-2.0 */
/* The library's objects, as the options ask for them. */
#ifndef UNFIX_TOOL_ENGINE_H
#define UNFIX_TOOL_ENGINE_H

#include "args.h"

#include <stdbool.h>
#include <unfix.h>

/* The model and the overlay may be shared by any number of contexts. */
struct engine {
    unfix_model *model;
    unfix_overlay *overlay; /* NULL: the user brought no words */
    unfix_context *context;
    unfix_collection *collection; /* what others show; NULL: nothing is known */
    unfix_collection *counts; /* of what the files show; NULL: nobody counts */
};

/* A context of its own for a thread, and what it counts to, which is to be
 * merged with the engine's counts. */
unfix_status engine_context(const struct engine *engine,
                            const unfix_options *options,
                            unfix_context **context, unfix_collection **counts,
                            unfix_error *error);

/* False, and said so, if the model or a table is of no use.  With a first pass
 * before, its collection, which the engine takes over; else NULL. */
bool engine_open(struct engine *engine, const struct options *options,
                 unfix_collection *collection);
void engine_close(struct engine *engine);

#endif
