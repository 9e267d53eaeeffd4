/* SPDX-License-Identifier: MPL-2.0 */
/* What a document shows, for a collection. */
#ifndef UFX_REPAIR_COUNTING_H
#define UFX_REPAIR_COUNTING_H

#include "repair/state.h"

/* Counts the words of a paragraph; its window, with what was found in it; and
 * the document, which ends.  Without memory the collection has failed. */
void ufx_counting_words(struct ufx_worker *worker,
                        const struct ufx_lattice *lattice);
void ufx_counting_window(struct ufx_worker *worker, const char *text,
                         size_t length, const struct ufx_corrections *found);
void ufx_counting_end(struct ufx_worker *worker);

#endif
