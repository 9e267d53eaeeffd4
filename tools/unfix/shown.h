/* SPDX-License-Identifier: MPL-2.0 */
/* Text as people may be shown it: nothing of it reaches a terminal that this
 * would obey. */
#ifndef UNFIX_TOOL_SHOWN_H
#define UNFIX_TOOL_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes at the start of `text` are harmless; with `has_lines`, line
 * ends, form feeds and tabs are. */
size_t shown_harmless(const char *text, size_t length, bool has_lines);

/* The harmless form of what follows them, such as \\033, in `room`; returns how
 * many bytes it stands for. */
#define SHOWN_ROOM ((size_t)20)
size_t shown_escape(const char *text, size_t length, char *room);

#endif
