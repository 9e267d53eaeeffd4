/* SPDX-License-Identifier: MPL-2.0 */
/* What the parts of the SQLite extension share. */
#ifndef UNFIX_SQLITE_H
#define UNFIX_SQLITE_H

#include <sqlite3ext.h>

#include <unfix.h>

/* Of one connection; SQLite runs one thread in it at a time.  Functions,
 * module and tokenizer each hold a reference. */
struct connection {
    int references;
    unfix_model *model;
    unfix_context *context;
    unfix_result *result; /* of the function */
};

struct connection *connection_retain(struct connection *c);
void connection_release(void *connection);

/* Repairs; on failure SQLITE_NOMEM or SQLITE_ERROR, and *error says why.  The
 * options may be NULL. */
int connection_correct(struct connection *c, const char *options,
                       const char *text, size_t length, unfix_result *result,
                       unfix_error *error);

extern const sqlite3_module report_module;

/* Makes the FTS5 tokenizer known; SQLITE_OK also where there is no FTS5. */
int tokenizer_register(sqlite3 *db, struct connection *c);

#endif
