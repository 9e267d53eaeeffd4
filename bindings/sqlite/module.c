/* SPDX-License-Identifier: MPL-2.0 */
/* The extension's beginning, and the function unfix(text [, options]). */
#include "sqlite.h"

#include "../common/sql.h"

#include <string.h>

SQLITE_EXTENSION_INIT1

struct connection *
connection_retain(struct connection *c)
{
    c->references++;
    return c;
}

void
connection_release(void *connection)
{
    struct connection *c = connection;

    if (--c->references > 0)
        return;
    unfix_result_free(c->result);
    unfix_context_free(c->context);
    unfix_model_release(c->model);
    sqlite3_free(c);
}

static int
sqlite_status(unfix_status status)
{
    return status == UNFIX_OK             ? SQLITE_OK
           : status == UNFIX_ERROR_MEMORY ? SQLITE_NOMEM
                                          : SQLITE_ERROR;
}

int
connection_correct(struct connection *c, const char *options, const char *text,
                   size_t length, unfix_result *result, unfix_error *error)
{
    unfix_options wanted;
    unfix_status status;
    const char *why;

    if (!sql_options(options, &wanted, &why)) {
        sqlite3_snprintf(sizeof error->message, error->message, "%s: %s", why,
                         options);
        return SQLITE_ERROR;
    }
    status = unfix_context_set_options(c->context, &wanted, error);
    if (status == UNFIX_OK)
        status = unfix_correct(c->context, text, length, result, error);
    return sqlite_status(status);
}

/* NULL gives NULL, a blob a blob. */
static void
call_unfix(sqlite3_context *call, int count, sqlite3_value **values)
{
    struct connection *c = sqlite3_user_data(call);
    int type = sqlite3_value_type(values[0]), code;
    const char *options =
        count > 1 ? (const char *)sqlite3_value_text(values[1]) : NULL;
    const char *text;
    unfix_error error;
    size_t length;

    if (type == SQLITE_NULL)
        return;
    text = type == SQLITE_BLOB ? sqlite3_value_blob(values[0])
                               : (const char *)sqlite3_value_text(values[0]);
    if (text == NULL && type != SQLITE_BLOB) {
        sqlite3_result_error_nomem(call);
        return;
    }
    code = connection_correct(c, options, text,
                              (size_t)sqlite3_value_bytes(values[0]), c->result,
                              &error);
    if (code == SQLITE_NOMEM)
        sqlite3_result_error_nomem(call);
    else if (code != SQLITE_OK)
        sqlite3_result_error(call, error.message, -1);
    if (code != SQLITE_OK)
        return;
    text = unfix_result_text(c->result, &length);
    if (type == SQLITE_BLOB)
        sqlite3_result_blob64(call, text, length, SQLITE_TRANSIENT);
    else
        sqlite3_result_text64(call, text, length, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
}

static struct connection *
connection_new(unfix_error *error)
{
    struct connection *c = sqlite3_malloc(sizeof *c);

    strcpy(error->message, "out of memory");
    if (c == NULL)
        return NULL;
    memset(c, 0, sizeof *c);
    c->references = 1;
    if (unfix_model_load(NULL, NULL, &c->model, error) == UNFIX_OK &&
        unfix_context_new(c->model, NULL, NULL, NULL, &c->context, error) ==
            UNFIX_OK &&
        unfix_result_new(NULL, &c->result) == UNFIX_OK)
        return c;
    connection_release(c);
    return NULL;
}

static int
register_all(sqlite3 *db, struct connection *c)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int count, code = SQLITE_OK;

    for (count = 1; count <= 2 && code == SQLITE_OK; count++)
        code = sqlite3_create_function_v2(db, "unfix", count, flags,
                                          connection_retain(c), call_unfix,
                                          NULL, NULL, connection_release);
    if (code == SQLITE_OK)
        code =
            sqlite3_create_module_v2(db, "unfix_report", &report_module,
                                     connection_retain(c), connection_release);
    if (code == SQLITE_OK)
        code = tokenizer_register(db, c);
    return code;
}

__attribute__((visibility("default"))) int
sqlite3_extension_init(sqlite3 *db, char **message,
                       const sqlite3_api_routines *api);

int
sqlite3_extension_init(sqlite3 *db, char **message,
                       const sqlite3_api_routines *api)
{
    struct connection *c;
    unfix_error error;
    int code;

    SQLITE_EXTENSION_INIT2(api);
    c = connection_new(&error);
    if (c == NULL) {
        *message = sqlite3_mprintf("unfix: %s", error.message);
        return SQLITE_ERROR;
    }
    code = register_all(db, c);
    connection_release(c);
    /* ICU keeps what it made until the process ends, and loses it if it is
     * unloaded with this file. */
    return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
}
