/* SPDX-License-Identifier: MPL-2.0 */
/* Letters with accents, written as one character or as two. */
#ifndef UFX_REPAIR_COMPOSED_H
#define UFX_REPAIR_COMPOSED_H

#include "repair/state.h"

/* Notes how letters with accents are written in a window. */
void ufx_composed_note(struct ufx_worker *worker, const char *text,
                       size_t length);

/* Appends a character as the section has such. */
void ufx_composed_put(const struct ufx_worker *worker, struct ufx_buffer *out,
                      uint32_t cp);

/* The same for a text, which stays where nothing is to be done. */
const char *ufx_composed_copy(struct ufx_worker *worker, const char *text,
                              size_t *length, struct ufx_arena *strings);

/* Adds what is to be composed between two places, if that is asked for.  MEMORY
 * is the only failure. */
unfix_status ufx_composed_find(struct ufx_worker *worker, const char *text,
                               size_t from, size_t to,
                               struct ufx_arena *strings,
                               struct ufx_corrections *found);

#endif
