/* SPDX-License-Identifier: MPL-2.0 */
/* The review page as bytes, before and after its data: made by the build. */
#ifndef UNFIX_TOOL_REVIEW_PAGE_H
#define UNFIX_TOOL_REVIEW_PAGE_H

#include <stddef.h>

extern const unsigned char review_head[];
extern const size_t review_head_size;
extern const unsigned char review_tail[];
extern const size_t review_tail_size;

#endif
