/* SPDX-License-Identifier: MPL-2.0 */
/* What each thread has for itself, made and freed by worker.c and shares.c. */
#ifndef UFX_REPAIR_OWN_H
#define UFX_REPAIR_OWN_H

#include "repair/state.h"

/* Makes what is zeroed, for a thread that helps the worker or does its work.
 * Words and scores that are remembered are those of `shared`, if it is not
 * NULL.  False: out of memory, and it is to be freed. */
bool ufx_own_make(struct ufx_own *own, const struct ufx_worker *worker,
                  const struct ufx_own *shared);
void ufx_own_free(struct ufx_own *own, const struct ufx_memory *memory,
                  bool shares);

#endif
