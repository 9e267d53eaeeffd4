/* SPDX-License-Identifier: MPL-2.0 */
/* Filling in an unfix_error where a call fails. */
#ifndef UFX_BASE_STATUS_H
#define UFX_BASE_STATUS_H

#include "unfix.h"

/* Fills in *error (NULL allowed) and returns `status`, so that a failing
 * function can end with `return ufx_status_set(...)`.  `detail` is put after
 * the message, may be NULL, and is cut where it does not fit. */
unfix_status ufx_status_set(unfix_error *error, unfix_status status,
                            const char *message, const char *detail);

/* The same with a place in a file or table; line 0 for none. */
unfix_status ufx_status_set_at(unfix_error *error, unfix_status status,
                               const char *message, const char *detail,
                               uint64_t offset, uint64_t line);

/* ARGUMENT; `what` says which argument and what is wrong with it. */
unfix_status ufx_status_argument(unfix_error *error, const char *what);

#endif
