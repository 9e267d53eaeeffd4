/* SPDX-License-Identifier: MPL-2.0 */
/* That no file is written which something else is read from or written to. */
#ifndef UNFIX_TOOL_ROLES_H
#define UNFIX_TOOL_ROLES_H

#include "args.h"

#include <stdbool.h>

/* False, and said so, if a file has two roles, by whatever names.  A repaired
 * text may take the place of its input, where that happens at the end. */
bool roles_are_distinct(const struct options *options);

#endif
