/* SPDX-License-Identifier: MPL-2.0 */
/* What becomes of the changes of a paragraph's best path.
 *
 * pass.c reads a paragraph, decodes it, and gives one change after another;
 * what comes out are corrections in `found`. */
#ifndef UFX_REPAIR_CHANGE_H
#define UFX_REPAIR_CHANGE_H

#include "repair/state.h"

/* Turns a place in the text of this pass into one in the window as it came;
 * false, and all of what was changed there is in it, if that was another word:
 * a pass before has changed it, or it was mangled. */
bool ufx_change_source(const struct ufx_repair *r, uint64_t *start,
                       uint64_t *end);

/* Gathers the evidence for a change, judges it and appends the correction that
 * it is, if it is any.  MEMORY is the only failure. */
unfix_status ufx_change_handle(struct ufx_repair *r,
                               const struct ufx_change *change);

#endif
