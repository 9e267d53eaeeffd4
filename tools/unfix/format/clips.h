/* SPDX-License-Identifier: MPL-2.0 */
/* Where the words of repairs stand on the images of their pages. */
#ifndef UNFIX_TOOL_FORMAT_CLIPS_H
#define UNFIX_TOOL_FORMAT_CLIPS_H

#include "format/format.h"

#include <stdbool.h>

/* Gives the repairs of a document their clips, and the pages that these are on.
 * False, with repaired->failed, when out of memory. */
bool clips_find(const struct document *document, struct repaired *repaired);

#endif
