/* SPDX-License-Identifier: MPL-2.0 */
/* What many files show together, as a file. */
#ifndef UNFIX_TOOL_COLLECTION_H
#define UNFIX_TOOL_COLLECTION_H

#include "output.h"

#include <stdbool.h>
#include <stdint.h>
#include <unfix.h>

/* Of words, what fewer documents have is left out, unless it is said. */
#define COLLECTION_LEAST 2

/* An empty one; NULL, and said so, without memory. */
unfix_collection *collection_new(void);

/* Reads a file; NULL, and said so, if it is none. */
unfix_collection *collection_read(const char *path);

/* False, and said so, if not all could be counted. */
bool collection_write(unfix_collection *counts, uint32_t least,
                      struct output *output);

/* What the file with such counts would be read as; NULL, and said so, without
 * memory. */
unfix_collection *collection_of(unfix_collection *counts, uint32_t least);

#endif
