/* SPDX-License-Identifier: MPL-2.0 */
#ifndef UNFIX_TOOL_HELP_H
#define UNFIX_TOOL_HELP_H

#include <stdbool.h>

/* What --help prints, on standard output: what most people need, or all. */
void help_print(bool is_all);

#endif
