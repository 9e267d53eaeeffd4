/* SPDX-License-Identifier: MPL-2.0 */
/* Which file a name stands for. */
#ifndef UNFIX_TOOL_IDENTITY_H
#define UNFIX_TOOL_IDENTITY_H

#include <stdbool.h>

/* Whether both names lead to one regular file. */
bool identity_is_same(const char *a, const char *b);

#endif
