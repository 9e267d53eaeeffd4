/* SPDX-License-Identifier: MPL-2.0 */
/* The old file under another name, before a new one takes its place. */
#ifndef UNFIX_TOOL_BACKUP_H
#define UNFIX_TOOL_BACKUP_H

#include <stdbool.h>

/* Makes `backup` another name of the file `path`, or, where the file system has
 * one name a file, a copy.  With `force` one that is there gives way.  False,
 * and said so, if that failed. */
bool backup_make(const char *path, const char *backup, bool force);

#endif
