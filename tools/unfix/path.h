/* SPDX-License-Identifier: MPL-2.0 */
/* Names of files, put together. */
#ifndef UNFIX_TOOL_PATH_H
#define UNFIX_TOOL_PATH_H

#include <stdbool.h>

/* BASE and a suffix, from malloc(); NULL, and said so, without memory. */
char *path_append(const char *base, const char *suffix);

/* FOLDER/NAME, in the same way. */
char *path_join(const char *folder, const char *name);

/* What a name is in another folder: without the slashes and "./" that it begins
 * with.  NULL if it leads out of it by "..". */
const char *path_within(const char *name);

/* What follows the folder in the name; NULL if it does not begin with it. */
const char *path_below(const char *folder, const char *name);

/* Makes the folders that lead to the file `path`; false, and said so, if that
 * failed. */
bool path_make_folders(const char *path);

#endif
