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
};

/* False, and said so, if the model or a table is of no use. */
bool engine_open(struct engine *engine, const struct options *options);
void engine_close(struct engine *engine);

#endif
