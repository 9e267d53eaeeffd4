/* SPDX-License-Identifier: MPL-2.0 */
/* What a window, and the section up to it, shows: called by window.c for the
 * text as it came, by settle.c for each draft.  In: a text.  Out: a profile,
 * and the worker's cuts and surroundings. */
#ifndef UFX_REPAIR_PROFILING_H
#define UFX_REPAIR_PROFILING_H

#include "repair/state.h"

/* Counts a window; the worker's cuts keep how that was cut. */
unfix_status ufx_profiling_window(struct ufx_worker *worker,
                                  struct ufx_profile *profile, const char *text,
                                  size_t length);

/* The same for a window as it was meant, which a collection may count. */
unfix_status ufx_profiling_meant(struct ufx_worker *worker, const char *text,
                                 size_t length);

/* Makes the profiles of what went; false: no memory. */
bool ufx_profiling_went(struct ufx_worker *worker);

#endif
