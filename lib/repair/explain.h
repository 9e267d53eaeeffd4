/* SPDX-License-Identifier: MPL-2.0 */
/* What could be read in a window, and how much that costs: for unfix_explain
 * and the model tools. */
#ifndef UFX_REPAIR_EXPLAIN_H
#define UFX_REPAIR_EXPLAIN_H

#include "repair/state.h"

/* Profiles one window and shows how it is read; `offset` is its place in the
 * document.  CALLBACK, MEMORY or EXTERNAL. */
unfix_status ufx_explain_window(struct ufx_worker *worker, const char *text,
                                size_t length, uint64_t offset,
                                unfix_explain_callback callback, void *user);

/* Bytes of a paragraph that may be replaced, and by what. */
struct ufx_replacement {
    size_t start;
    size_t end;
    const char *text; /* NUL-terminated */
    size_t length;
};

/* Takes all replacements that a paragraph may have, each of its pieces as it is
 * among them; they are valid during the call. */
typedef void (*ufx_replacements_callback)(void *user, const char *paragraph,
                                          size_t length,
                                          const struct ufx_replacement *list,
                                          size_t count);

/* Profiles one window and shows what could be chosen from, before anything is
 * weighed: the model tools measure that.  MEMORY or EXTERNAL. */
unfix_status ufx_replacements_window(struct ufx_worker *worker,
                                     const char *text, size_t length,
                                     ufx_replacements_callback callback,
                                     void *user);

#endif
