/* SPDX-License-Identifier: MPL-2.0 */
/* Options that contradict each other. */
#ifndef UNFIX_TOOL_COMBINE_H
#define UNFIX_TOOL_COMBINE_H

#include "args.h"

#include <stdbool.h>

/* False, and said so, if not. */
bool combine_is_valid(const struct options *options);

/* The same of the options and the files that there are. */
bool combine_goes_with_files(const struct options *options);

#endif
