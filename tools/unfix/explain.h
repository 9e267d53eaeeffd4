/* SPDX-License-Identifier: MPL-2.0 */
/* A text's lines as tables: each token, how it may be read, what that costs,
 * and what became of it. */
#ifndef UNFIX_TOOL_EXPLAIN_H
#define UNFIX_TOOL_EXPLAIN_H

#include "args.h"
#include "output.h"

#include <stdbool.h>
#include <stdint.h>
#include <unfix.h>

/* Explains line `options->line` of all of `input`, from 1, or with 0 each; of a
 * format, the line of its text.  False, and said so, if that failed. */
bool explain(struct output *output, unfix_context *context,
             const unfix_model *model, struct input *input,
             const struct options *options);

#endif
