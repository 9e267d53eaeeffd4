/* SPDX-License-Identifier: MPL-2.0 */
/* What the extensions of databases share. */
#ifndef UNFIX_BINDINGS_SQL_H
#define UNFIX_BINDINGS_SQL_H

#include <unfix.h>

#include <stdbool.h>
#include <stdint.h>

/* Reads "only=accent,tilde min-confidence=900 max-harm=0.5 join-hyphens
 * compose", in any order, over the defaults; the names are those of the filter.
 * NULL: the defaults.  On failure *why says what is wrong. */
bool sql_options(const char *line, unfix_options *options, const char **why);

/* "applied", "proposed" or "rejected", as reports say it. */
const char *sql_verdict_name(unfix_verdict verdict);

/* Characters of so many bytes of UTF-8, as SQLite's substr() counts: a stray
 * byte is one. */
uint64_t sql_characters(const char *text, uint64_t length);

#endif
