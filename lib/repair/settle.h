/* SPDX-License-Identifier: MPL-2.0 */
/* A window is gone over until nothing changes: called by window.c after the
 * first pass.  In: what that found.  Out: one list of corrections of the
 * window, which a run over its output would not change. */
#ifndef UFX_REPAIR_SETTLE_H
#define UFX_REPAIR_SETTLE_H

#include "repair/state.h"

/* Goes over what the first pass left, as a run of its own over the output
 * would, and puts together what each pass finds.  *kept names the list of
 * `found` that holds it.  What later passes only propose is not told.  MEMORY
 * or EXTERNAL. */
unfix_status ufx_settle(struct ufx_worker *worker, const char *text,
                        size_t length, struct ufx_arena *strings, int *kept);

/* Makes one of the lists of `found` of it and of what the window's words were
 * meant to be; *kept names it.  MEMORY is the only failure. */
unfix_status ufx_settle_meant(struct ufx_worker *worker, const char *clear,
                              struct ufx_arena *strings, int *kept);

#endif
