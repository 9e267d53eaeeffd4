/* SPDX-License-Identifier: MPL-2.0 */
/* One pass over a window: each paragraph gets its readings, the best path is
 * found, and change.c judges what it changes.  Called by window.c for the text
 * as it came, by settle.c for each draft.  In: a text that was profiled.  Out:
 * corrections. */
#ifndef UFX_REPAIR_PASS_H
#define UFX_REPAIR_PASS_H

#include "repair/state.h"

/* Repairs the paragraphs by what the profile knows; `made` made the text of the
 * window as it was meant, or is NULL.  Says how many changes it applied. MEMORY
 * or EXTERNAL. */
unfix_status ufx_pass_run(struct ufx_worker *worker,
                          struct ufx_profile *profile,
                          const struct ufx_corrections *made, const char *text,
                          size_t length, struct ufx_arena *strings,
                          struct ufx_corrections *found, size_t *applied);

/* Gives the paragraph at hand all its readings. */
unfix_status ufx_pass_fill(struct ufx_repair *r);

#endif
