/* SPDX-License-Identifier: MPL-2.0 */
/* What a user does not want: words that stay, repairs that are not made. */
#ifndef UFX_REPAIR_VETOES_H
#define UFX_REPAIR_VETOES_H

#include "repair/state.h"

/* Adds a line of a table.  FORMAT, with *why; MEMORY, EXTERNAL. */
unfix_status ufx_vetoes_add(struct ufx_vetoes *vetoes, struct ufx_arena *arena,
                            const char *line, size_t length, const char **why);
void ufx_vetoes_sort(struct ufx_vetoes *vetoes);

/* True if the user does not want this repair. */
bool ufx_vetoes_hold(struct ufx_worker *worker,
                     const unfix_correction *correction);

#endif
