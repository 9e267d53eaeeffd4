/* SPDX-License-Identifier: MPL-2.0 */
/* What a pass may not do to lines. */
#ifndef UFX_REPAIR_LINES_H
#define UFX_REPAIR_LINES_H

#include "repair/corrections.h"

/* Holds back what would change how many lines `text` has, or empty one. */
void ufx_lines_keep(const char *text, size_t length,
                    struct ufx_corrections *found);

#endif
