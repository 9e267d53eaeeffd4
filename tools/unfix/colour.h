/* SPDX-License-Identifier: MPL-2.0 */
/* Colours of a terminal (ECMA-48). */
#ifndef UNFIX_TOOL_COLOUR_H
#define UNFIX_TOOL_COLOUR_H

#define COLOUR_OLD "\033[31m"
#define COLOUR_NEW "\033[32m"
#define COLOUR_PLACE "\033[36m"
#define COLOUR_NAME "\033[1m"
#define COLOUR_END "\033[m"

#endif
