/* SPDX-License-Identifier: MPL-2.0 */
/* A window through all stages, in the order in which window.c calls them:
 * letters (mangled.h), profile (profiling.h), first pass (pass.h), further ones
 * (settle.h), output (result.h).  Called by lib/api. */
#ifndef UFX_REPAIR_WINDOW_H
#define UFX_REPAIR_WINDOW_H

#include "repair/result.h"
#include "repair/state.h"

/* Begins a new document, or a new section of one. */
void ufx_window_start(struct ufx_worker *worker);

/* Profiles and repairs one window; appends to the result.  With the window that
 * ends a section, the next begins.  MEMORY or EXTERNAL. */
unfix_status ufx_window_repair(struct ufx_worker *worker, const char *text,
                               size_t length, unfix_result *result);

/* Ends a window that was only read: with the last of a section, the next
 * begins.
 */
void ufx_window_end(struct ufx_worker *worker, const char *text, size_t length);

#endif
