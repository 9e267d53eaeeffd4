/* SPDX-License-Identifier: MPL-2.0 */
/* A worker, made and freed by api/context.c.  state.h says what it has. */
#ifndef UFX_REPAIR_WORKER_H
#define UFX_REPAIR_WORKER_H

#include "repair/state.h"

/* Makes a zeroed worker whose memory, vocabulary, forest, vetoes and options
 * are set; all of that must outlive it.  False: out of memory, and it is to be
 * freed. */
bool ufx_worker_make(struct ufx_worker *worker);
void ufx_worker_free(struct ufx_worker *worker);

#endif
