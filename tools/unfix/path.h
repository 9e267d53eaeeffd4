/* SPDX-License-Identifier: MPL-2.0 */
/* Names of files, put together. */
#ifndef UNFIX_TOOL_PATH_H
#define UNFIX_TOOL_PATH_H

/* BASE and a suffix, from malloc(); NULL, and said so, without memory. */
char *path_append(const char *base, const char *suffix);

#endif
