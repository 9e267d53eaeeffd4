/* SPDX-License-Identifier: MPL-2.0 */
/* A list of names. */
#ifndef UNFIX_TOOL_NAMES_H
#define UNFIX_TOOL_NAMES_H

#include <stddef.h>

struct names {
    const char **items;
    size_t count;
};

#endif
