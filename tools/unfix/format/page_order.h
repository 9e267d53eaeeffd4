/* SPDX-License-Identifier: MPL-2.0 */
/* PAGE: the order in which the regions of a page are read. */
#ifndef UNFIX_TOOL_FORMAT_PAGE_ORDER_H
#define UNFIX_TOOL_FORMAT_PAGE_ORDER_H

#include "format/document.h"

/* The regions of the page, as ReadingOrder has them; those that it does not
 * name come after, as they stand.  None where the file says nothing of an
 * order. False when out of memory; else the list goes to free(). */
bool page_order(const struct document *document, struct span **regions,
                size_t *count);

#endif
