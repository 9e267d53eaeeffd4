/* SPDX-License-Identifier: MPL-2.0 */
/* Options as a line of text, for SQL. */
#ifndef UNFIX_BINDINGS_OPTIONS_H
#define UNFIX_BINDINGS_OPTIONS_H

#include <unfix.h>

#include <stdbool.h>

/* Reads "only=accent,tilde min-confidence=900 max-harm=0.5 join-hyphens", in
 * any order, over the defaults; the names are those of the filter.  NULL: the
 * defaults.  On failure *why says what is wrong. */
bool options_read(const char *line, unfix_options *options, const char **why);

/* "applied", "proposed" or "rejected", as reports say it. */
const char *options_verdict_name(unfix_verdict verdict);

#endif
