/* SPDX-License-Identifier: MPL-2.0 */
/* Options that contradict each other. */
#ifndef UNFIX_TOOL_COMBINE_H
#define UNFIX_TOOL_COMBINE_H

#include "args.h"

#include <stdbool.h>

/* Each false, and said so, if not. */
bool combine_are_valid(const struct options *options);
bool combine_are_distinct(const struct options *options);

#endif
