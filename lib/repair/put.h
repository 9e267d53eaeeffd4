/* SPDX-License-Identifier: MPL-2.0 */
/* Where a change goes in the text, and what it puts there: blanks that go
 * along, halves of broken words, letters as the document writes them.  Called
 * by change.c, and by explain.c for readings that were not chosen. */
#ifndef UFX_REPAIR_PUT_H
#define UFX_REPAIR_PUT_H

#include "repair/state.h"

/* The place of a change in the paragraph's bytes. */
struct ufx_place {
    size_t start;
    size_t end;
};

/* Where the change goes; what it puts there is in the worker's own `text`. */
struct ufx_place ufx_put_change(struct ufx_repair *r,
                                const struct ufx_change *change);

/* True if it mends a broken word that stays broken: whether the lines stay as
 * they are is the user's to say. */
bool ufx_put_stays_broken(const struct ufx_repair *r,
                          const struct ufx_change *change);

#endif
