/* SPDX-License-Identifier: MPL-2.0 */
/* Words that are set apart from what may be damaged, and why. */
#ifndef UFX_REPAIR_APART_H
#define UFX_REPAIR_APART_H

#include "repair/result.h"
#include "repair/state.h"

/* Notes which words of the window, which was profiled just now, are set apart.
 * MEMORY is the only failure. */
unfix_status ufx_apart_note(struct ufx_worker *worker);

/* Adds to the result those of them that the corrections, whose offsets count in
 * the window as it was meant, leave alone. */
void ufx_apart_left(const struct ufx_worker *worker,
                    const struct ufx_corrections *found, unfix_result *result);

/* Adds to the result what the worker's profile has counted since it was
 * `before`. */
void ufx_apart_nature(const struct ufx_worker *worker,
                      const struct ufx_nature *before, unfix_result *result);

#endif
