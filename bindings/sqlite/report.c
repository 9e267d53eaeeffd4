/* SPDX-License-Identifier: MPL-2.0 */
/* SELECT ... FROM unfix_report(text [, options]): a row for each correction. */
#include "sqlite.h"

#include "../common/sql.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

enum column {
    COLUMN_POSITION, /* in characters, from 1, as substr() counts */
    COLUMN_CHARACTERS,
    COLUMN_OFFSET, /* in bytes */
    COLUMN_LENGTH,
    COLUMN_OUT_OFFSET,
    COLUMN_OUT_LENGTH,
    COLUMN_ORIGINAL,
    COLUMN_REPLACEMENT,
    COLUMN_CONFIDENCE,
    COLUMN_BAR,
    COLUMN_VERDICT,
    COLUMN_CLASS,
    COLUMN_REASON,
    COLUMN_HELD_BACK,
    COLUMN_TEXT, /* hidden: the arguments */
    COLUMN_OPTIONS
};

#define SCHEMA                                                                 \
    "CREATE TABLE x(position, characters, offset, length, out_offset, "        \
    "out_length, original, replacement, confidence, bar, verdict, class, "     \
    "reason, held_back, text HIDDEN, options HIDDEN)"

struct table {
    sqlite3_vtab base;
    struct connection *connection;
};

struct cursor {
    sqlite3_vtab_cursor base;
    unfix_result *result;
    char *text; /* a copy: the argument's value ends with xFilter */
    size_t row;
    uint64_t at;       /* so far, in bytes */
    uint64_t position; /* and in characters, from 1 */
};

static int
connect(sqlite3 *db, void *connection, int count, const char *const *arguments,
        sqlite3_vtab **table, char **message)
{
    struct table *t;
    int code = sqlite3_declare_vtab(db, SCHEMA);

    (void)count;
    (void)arguments;
    (void)message;
    if (code != SQLITE_OK)
        return code;
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    t = sqlite3_malloc(sizeof *t);
    if (t == NULL)
        return SQLITE_NOMEM;
    memset(t, 0, sizeof *t);
    t->connection = connection_retain(connection);
    *table = &t->base;
    return SQLITE_OK;
}

static int
disconnect(sqlite3_vtab *table)
{
    connection_release(((struct table *)table)->connection);
    sqlite3_free(table);
    return SQLITE_OK;
}

/* idxNum: bit 0, the text is given; bit 1, options are. */
static int
best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    int place[2] = {-1, -1}, i, arguments = 0;

    (void)table;
    for (i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - COLUMN_TEXT;

        if (argument < 0 ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        place[argument] = i;
    }
    for (i = 0; i < 2; i++)
        if (place[i] >= 0) {
            info->aConstraintUsage[place[i]].argvIndex = ++arguments;
            info->aConstraintUsage[place[i]].omit = 1;
            info->idxNum |= 1 << i;
        }
    info->estimatedCost = place[0] >= 0 ? 1000 : 1e12;
    return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    struct cursor *c = sqlite3_malloc(sizeof *c);

    (void)table;
    if (c == NULL)
        return SQLITE_NOMEM;
    memset(c, 0, sizeof *c);
    if (unfix_result_new(NULL, &c->result) != UNFIX_OK) {
        sqlite3_free(c);
        return SQLITE_NOMEM;
    }
    *cursor = &c->base;
    return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *cursor)
{
    struct cursor *c = (struct cursor *)cursor;

    unfix_result_free(c->result);
    sqlite3_free(c->text);
    sqlite3_free(c);
    return SQLITE_OK;
}

static const unfix_correction *
current(const struct cursor *c)
{
    return unfix_result_correction(c->result, c->row);
}

/* Counts the characters up to the row. */
static void
settle(struct cursor *c)
{
    const unfix_correction *row = current(c);

    if (row == NULL)
        return;
    c->position += sql_characters(c->text + c->at, row->offset - c->at);
    c->at = row->offset;
}

static int
filter(sqlite3_vtab_cursor *cursor, int given, const char *unused, int count,
       sqlite3_value **values)
{
    struct cursor *c = (struct cursor *)cursor;
    struct table *t = (struct table *)cursor->pVtab;
    const char *text = NULL, *options = NULL;
    unfix_error error;
    size_t length = 0;
    int code;

    (void)unused;
    if ((given & 1) != 0) {
        text = (const char *)sqlite3_value_text(values[0]);
        length = (size_t)sqlite3_value_bytes(values[0]);
    }
    if ((given & 2) != 0)
        options = (const char *)sqlite3_value_text(values[count - 1]);
    sqlite3_free(c->text);
    c->text = sqlite3_malloc64(length + 1);
    if (c->text == NULL)
        return SQLITE_NOMEM;
    if (text != NULL)
        memcpy(c->text, text, length);
    c->row = 0;
    c->at = 0;
    c->position = 1;
    code = connection_correct(t->connection, options, c->text,
                              text != NULL ? length : 0, c->result, &error);
    if (code == SQLITE_ERROR) {
        sqlite3_free(t->base.zErrMsg);
        t->base.zErrMsg = sqlite3_mprintf("unfix_report: %s", error.message);
    }
    if (code == SQLITE_OK)
        settle(c);
    return code;
}

static int
advance(sqlite3_vtab_cursor *cursor)
{
    struct cursor *c = (struct cursor *)cursor;

    c->row++;
    settle(c);
    return SQLITE_OK;
}

static int
is_at_end(sqlite3_vtab_cursor *cursor)
{
    return current((struct cursor *)cursor) == NULL;
}

static int
show_number(sqlite3_context *call, const struct cursor *c, int column)
{
    const unfix_correction *row = current(c);
    uint64_t number = 0;

    switch (column) {
    case COLUMN_POSITION:
        number = c->position;
        break;
    case COLUMN_CHARACTERS:
        number = sql_characters(row->original, row->original_length);
        break;
    case COLUMN_OFFSET:
        number = row->offset;
        break;
    case COLUMN_LENGTH:
        number = row->length;
        break;
    case COLUMN_OUT_OFFSET:
        number = row->out_offset;
        break;
    case COLUMN_OUT_LENGTH:
        number = row->out_length;
        break;
    case COLUMN_CONFIDENCE:
        number = row->confidence;
        break;
    case COLUMN_BAR:
        number = row->bar;
        break;
    default:
        return SQLITE_OK;
    }
    sqlite3_result_int64(call, (sqlite3_int64)number);
    return SQLITE_OK;
}

static int
show(sqlite3_vtab_cursor *cursor, sqlite3_context *call, int column)
{
    const unfix_correction *row = current((struct cursor *)cursor);
    const char *text;

    switch (column) {
    case COLUMN_ORIGINAL:
        text = row->original;
        break;
    case COLUMN_REPLACEMENT:
        text = row->replacement;
        break;
    case COLUMN_VERDICT:
        text = sql_verdict_name(row->verdict);
        break;
    case COLUMN_CLASS:
        text = unfix_class_name(row->kind);
        break;
    case COLUMN_REASON:
        text = row->reason;
        break;
    case COLUMN_HELD_BACK:
        text = row->held_back;
        break;
    default:
        return show_number(call, (struct cursor *)cursor, column);
    }
    if (text != NULL)
        sqlite3_result_text(call, text, -1, SQLITE_TRANSIENT);
    return SQLITE_OK;
}

static int
row_number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *number)
{
    *number = (sqlite3_int64)((struct cursor *)cursor)->row + 1;
    return SQLITE_OK;
}

/* Without xCreate it is there by itself, and nowhere else. */
const sqlite3_module report_module = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = advance,
    .xEof = is_at_end,
    .xColumn = show,
    .xRowid = row_number,
};
