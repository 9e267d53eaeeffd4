/* SPDX-License-Identifier: MPL-2.0 */
/* A paragraph is cut into tokens and segments once, where its window is
 * profiled (profiling.c); the pass that repairs it (pass.c) takes it from here,
 * unless another thread cut it.  In: its bytes.  Out: a paragraph and a lattice
 * without readings. */
#ifndef UFX_REPAIR_CUTS_H
#define UFX_REPAIR_CUTS_H

#include "repair/state.h"

/* Cuts a paragraph into tokens and segments, to be searched at that width. */
unfix_status ufx_cuts_read(struct ufx_worker *worker, const char *bytes,
                           size_t length, uint32_t width,
                           struct ufx_paragraph *paragraph,
                           struct ufx_lattice *lattice);

/* A paragraph of so many bytes as it was cut, by this worker: nothing was
 * looked for yet. */
void ufx_cuts_take(struct ufx_worker *worker, const struct ufx_cut *cut,
                   size_t length, uint32_t width,
                   struct ufx_paragraph *paragraph,
                   struct ufx_lattice *lattice);

/* Keeps the next cut of the window.  MEMORY is the only failure. */
unfix_status ufx_cuts_keep(struct ufx_worker *worker,
                           const struct ufx_cut *cut);

#endif
