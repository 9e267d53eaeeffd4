/* SPDX-License-Identifier: MPL-2.0 */
#ifndef UNFIX_TOOL_HELP_H
#define UNFIX_TOOL_HELP_H

/* What --help prints, on standard output. */
void help_print(void);

#endif
