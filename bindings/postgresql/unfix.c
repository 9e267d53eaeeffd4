/* SPDX-License-Identifier: MPL-2.0 */
/* unfix(text [, options]) and unfix_report(text [, options]) for PostgreSQL.
 *
 * PostgreSQL leaves a function by longjmp() when something fails: the library's
 * objects are the process's, made once and used again, and no call of the
 * server is made while the library works. */
#include <postgres.h>

#include <fmgr.h>
#include <funcapi.h>
#include <mb/pg_wchar.h>
#include <miscadmin.h>
#include <utils/builtins.h>
#include <utils/tuplestore.h>

#include <unfix.h>

#include "../common/sql.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(unfix_repair);
PG_FUNCTION_INFO_V1(unfix_report);

/* Of this process: the server has no threads. */
static unfix_model *model;
static unfix_context *context;
static unfix_result *result;

static void
fail(unfix_status status, const char *message)
{
    ereport(ERROR, (errcode(status == UNFIX_ERROR_MEMORY ? ERRCODE_OUT_OF_MEMORY
                            : status == UNFIX_ERROR_ARGUMENT
                                ? ERRCODE_INVALID_PARAMETER_VALUE
                                : ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
                    errmsg("unfix: %s", message)));
}

/* Makes what is not there yet, and sets the options. */
static void
prepare(text *line)
{
    unfix_options options;
    unfix_error error;
    unfix_status status = UNFIX_OK;
    const char *why, *words = text_to_cstring(line);

    if (!sql_options(words, &options, &why))
        fail(UNFIX_ERROR_ARGUMENT, psprintf("%s: %s", why, words));
    strcpy(error.message, "out of memory");
    if (model == NULL)
        status = unfix_model_load(NULL, NULL, &model, &error);
    if (status == UNFIX_OK && context == NULL)
        status = unfix_context_new(model, NULL, NULL, NULL, &context, &error);
    if (status == UNFIX_OK && result == NULL)
        status = unfix_result_new(NULL, &result);
    if (status == UNFIX_OK)
        status = unfix_context_set_options(context, &options, &error);
    if (status != UNFIX_OK)
        fail(status, error.message);
}

/* A text in UTF-8, whatever the database has. */
struct input {
    char *data;
    size_t length;
    size_t done;
};

static struct input
open_input(text *t)
{
    int length = VARSIZE_ANY_EXHDR(t);
    char *data = VARDATA_ANY(t);
    char *utf8 = pg_server_to_any(data, length, PG_UTF8);

    return (struct input){utf8, utf8 == data ? (size_t)length : strlen(utf8),
                          0};
}

/* Repairs the next section; false at the end.  A statement that is cancelled
 * ends between two of them. */
static bool
next_section(struct input *input)
{
    unfix_error error;
    unfix_status status;
    size_t length;

    CHECK_FOR_INTERRUPTS();
    if (input->done == input->length)
        return false;
    length = unfix_section_length(input->data + input->done,
                                  input->length - input->done, 1);
    status = unfix_correct(context, input->data + input->done, length, result,
                           &error);
    if (status != UNFIX_OK)
        fail(status, error.message);
    input->done += length;
    return true;
}

Datum
unfix_repair(PG_FUNCTION_ARGS)
{
    struct input input = open_input(PG_GETARG_TEXT_PP(0));
    StringInfoData out;
    char *mended;

    prepare(PG_GETARG_TEXT_PP(1));
    initStringInfo(&out);
    while (next_section(&input)) {
        size_t length;
        const char *piece = unfix_result_text(result, &length);

        appendBinaryStringInfo(&out, piece, (int)length);
    }
    mended = pg_any_to_server(out.data, out.len, PG_UTF8);
    if (mended == out.data)
        PG_RETURN_TEXT_P(cstring_to_text_with_len(mended, out.len));
    PG_RETURN_TEXT_P(cstring_to_text(mended));
}

enum {
    COLUMNS = 14
};

static Datum
word(const char *utf8)
{
    return CStringGetTextDatum(
        pg_any_to_server(utf8, (int)strlen(utf8), PG_UTF8));
}

/* As the database's substr() counts them: in one without an encoding
 * (SQL_ASCII) each byte is one. */
static uint64_t
characters_of(const char *utf8, uint64_t length)
{
    return GetDatabaseEncoding() == PG_SQL_ASCII ? length
                                                 : sql_characters(utf8, length);
}

/* `position` counts characters, from 1. */
static void
put_row(ReturnSetInfo *set, const unfix_correction *c, uint64_t position,
        uint64_t characters)
{
    Datum values[COLUMNS] = {
        Int32GetDatum((int32)position),
        Int32GetDatum((int32)characters),
        Int32GetDatum((int32)c->offset),
        Int32GetDatum((int32)c->length),
        Int32GetDatum((int32)c->out_offset),
        Int32GetDatum((int32)c->out_length),
        word(c->original),
        word(c->replacement),
        Int32GetDatum((int32)c->confidence),
        Int32GetDatum((int32)c->bar),
        word(sql_verdict_name(c->verdict)),
        word(unfix_class_name(c->kind)),
        word(c->reason),
        c->held_back != NULL ? word(c->held_back) : (Datum)0,
    };
    bool nulls[COLUMNS] = {false};

    nulls[COLUMNS - 1] = c->held_back == NULL;
    tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
}

Datum
unfix_report(PG_FUNCTION_ARGS)
{
    struct input input = open_input(PG_GETARG_TEXT_PP(0));
    ReturnSetInfo *set = (ReturnSetInfo *)fcinfo->resultinfo;
    uint64_t position = 1, at = 0, before = 0, out = 0;

    InitMaterializedSRF(fcinfo, 0);
    prepare(PG_GETARG_TEXT_PP(1));
    while (next_section(&input)) {
        size_t length, i;
        const unfix_correction *c;

        unfix_result_text(result, &length);
        unfix_result_move(result, before, out);
        for (i = 0; (c = unfix_result_correction(result, i)) != NULL; i++) {
            position += characters_of(input.data + at, c->offset - at);
            at = c->offset;
            put_row(set, c, position,
                    characters_of(c->original, c->original_length));
        }
        before = input.done;
        out += length;
    }
    return (Datum)0;
}
