/* SPDX-License-Identifier: MPL-2.0 */
#include "engine.h"

#include "collection.h"
#include "input.h"
#include "messages.h"
#include "path.h"
#include "utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unfix_status add_table(unfix_overlay *overlay, const char *table,
                               size_t length, unfix_error *error);

static bool
fail(const char *name, const unfix_error *error)
{
    message_error(name, "%s", error->message);
    return false;
}

/* Of a message: more places are not asked for. */
#define PLACES_ROOM ((size_t)700)

/* Whether the installed model is there, and where; else all places that it may
 * be in, of which a message of the library has room for some. */
static bool
find_installed(char where[PLACES_ROOM])
{
    char place[PLACES_ROOM];
    size_t used = 0, length;

    where[0] = '\0';
    for (size_t i = 0;
         (length = unfix_model_place(i, place, sizeof(place))) > 0; i++) {
        if (length >= sizeof(place))
            continue;
        if (access(place, R_OK) == 0 || errno == EACCES) {
            memcpy(where, place, length + 1);
            return true;
        }
        if (used + length + 2 < PLACES_ROOM)
            used += (size_t)snprintf(where + used, PLACES_ROOM - used, "%s%s",
                                     used > 0 ? ", " : "", place);
    }
    return false;
}

static bool
load_model(struct engine *engine, const struct options *options)
{
    char where[PLACES_ROOM];
    unfix_error error;

    if (unfix_model_load(options->model, NULL, &engine->model, &error) ==
        UNFIX_OK)
        return true;
    if (options->model != NULL)
        return fail(options->model, &error);
    if (!find_installed(where))
        message_error(NULL, "no model; looked for %s; --model names another",
                      where);
    else /* what cannot be read is named by the library */
        message_error(error.status == UNFIX_ERROR_IO ? NULL : where,
                      "%s; --model names another", error.message);
    return false;
}

/* ---- The user's words and confusions ------------------------------------- */

/* So many bad lines of a table are named. */
#define BAD_LINES 20

/* Where line `number`, counted from 1, of the table ends. */
static size_t
line_end(const struct buffer *table, size_t at, uint64_t number)
{
    for (; number > 0 && at < table->length; number--) {
        const char *end = memchr(table->data + at, '\n', table->length - at);

        at = end == NULL ? table->length : (size_t)(end - table->data) + 1;
    }
    return at;
}

/* Adds the table and names what is wrong with it.  After a bad line the rest is
 * tried by itself, for the bad ones in it. */
static bool
add_whole(unfix_overlay *overlay, add_table *add, const char *path,
          const struct buffer *table)
{
    uint64_t lines = 0;
    size_t at = 0;
    unfix_error error;

    for (int bad = 0; add(overlay, table->length > at ? table->data + at : "",
                          table->length - at, &error) != UNFIX_OK;
         bad++) {
        if (error.line == 0) {
            message_error(path, "%s", error.message);
            return false;
        }
        if (bad == BAD_LINES) {
            message_error(path, "and more");
            return false;
        }
        message_error_line(path, lines + error.line, error.message);
        at = line_end(table, at, error.line);
        lines += error.line;
    }
    return lines == 0;
}

static bool
add_file(unfix_overlay *overlay, add_table *add, const char *path)
{
    struct buffer table = {0};
    bool good = input_slurp(path, INPUT_TABLE, &table) &&
                add_whole(overlay, add, path, &table);

    buffer_free(&table);
    return good;
}

static bool
add_files(unfix_overlay *overlay, add_table *add, const struct names *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (!add_file(overlay, add, paths->items[i]))
            return false;
    }
    return true;
}

/* A list of words to keep is a list of vetoes in which nothing but words may
 * stand. */
static unfix_status
add_kept(unfix_overlay *overlay, const char *table, size_t length,
         unfix_error *error)
{
    uint64_t line = 1;

    for (size_t at = utf8_start(table, length); at < length; line++) {
        const char *text = table + at;
        const char *end = memchr(text, '\n', length - at);
        size_t n = end != NULL ? (size_t)(end - text) : length - at;

        at += n + 1;
        while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\r'))
            n--;
        if (n == 0 || *text == '#')
            continue;
        if (memchr(text, ' ', n) == NULL && memchr(text, '=', n) == NULL)
            continue;
        *error = (unfix_error){.status = UNFIX_ERROR_FORMAT,
                               .message = "not one word",
                               .line = line};
        return error->status;
    }
    return unfix_overlay_add_vetoes(overlay, table, length, error);
}

/* The library opens a dictionary only when a context is made, and cannot say
 * which of several it was that failed. */
static bool
is_readable(const char *path)
{
    struct input input;
    char block[INPUT_BLOCK];
    size_t length;
    bool good;

    if (!input_open(&input, path, false))
        return false;
    good = input_read(&input, block, &length); /* a folder opens, no more */
    input_close(&input);
    return good;
}

static bool
add_dictionary(unfix_overlay *overlay, const char *base)
{
    char *aff = path_append(base, ".aff");
    char *dic = path_append(base, ".dic");
    unfix_error error;
    bool good = false;

    if (aff != NULL && dic != NULL && is_readable(aff) && is_readable(dic)) {
        good =
            unfix_overlay_add_dictionary(overlay, aff, dic, &error) == UNFIX_OK;
        if (!good)
            message_error(base, "%s", error.message);
    }
    free(aff);
    free(dic);
    return good;
}

static bool
make_overlay(struct engine *engine, const struct options *options)
{
    const struct names *dictionaries = &options->dictionaries;
    unfix_status status;
    unfix_error error;

    if (options->words.count + options->keep.count + options->vetoes.count +
            options->confusions.count + dictionaries->count ==
        0)
        return true;
    status = unfix_overlay_new(NULL, &engine->overlay);
    if (status != UNFIX_OK) {
        message_error(NULL, "%s", unfix_strerror(status));
        return false;
    }
    if (!add_files(engine->overlay, unfix_overlay_add_words, &options->words) ||
        !add_files(engine->overlay, add_kept, &options->keep) ||
        !add_files(engine->overlay, unfix_overlay_add_vetoes,
                   &options->vetoes) ||
        !add_files(engine->overlay, unfix_overlay_add_confusions,
                   &options->confusions))
        return false;
    for (size_t i = 0; i < dictionaries->count; i++) {
        if (!add_dictionary(engine->overlay, dictionaries->items[i]))
            return false;
    }
    if (unfix_overlay_freeze(engine->overlay, &error) != UNFIX_OK)
        return fail(NULL, &error);
    return true;
}

/* ---- The interface ------------------------------------------------------- */

unfix_status
engine_context(const struct engine *engine, const unfix_options *options,
               unfix_context **context, unfix_collection **counts,
               unfix_error *error)
{
    unfix_status status = unfix_context_new(engine->model, engine->overlay,
                                            options, NULL, context, error);

    *counts = NULL;
    if (status == UNFIX_OK && engine->collection != NULL)
        status =
            unfix_context_set_collection(*context, engine->collection, error);
    if (status == UNFIX_OK && engine->counts != NULL) {
        status = unfix_collection_new(NULL, counts);
        if (status == UNFIX_OK)
            status = unfix_context_count(*context, *counts, error);
        else
            *error =
                (unfix_error){.status = status, .message = "out of memory"};
    }
    if (status != UNFIX_OK) {
        unfix_context_free(*context);
        unfix_collection_release(*counts);
        *context = NULL;
        *counts = NULL;
    }
    return status;
}

static bool
open_collections(struct engine *engine, const struct options *options)
{
    if (options->collection != NULL) {
        engine->collection = collection_read(options->collection);
        if (engine->collection == NULL)
            return false;
    }
    if (options->format == FORMAT_COUNT) {
        engine->counts = collection_new();
        return engine->counts != NULL;
    }
    return true;
}

/* The context of this thread counts straight to what is written. */
static bool
open_context(struct engine *engine, const struct options *options)
{
    unfix_error error;

    if (unfix_context_new(engine->model, engine->overlay, &options->repair,
                          NULL, &engine->context, &error) != UNFIX_OK)
        return fail(NULL, &error);
    if (engine->collection != NULL &&
        unfix_context_set_collection(engine->context, engine->collection,
                                     &error) != UNFIX_OK)
        return fail(NULL, &error);
    if (engine->counts != NULL &&
        unfix_context_count(engine->context, engine->counts, &error) !=
            UNFIX_OK)
        return fail(NULL, &error);
    return true;
}

bool
engine_open(struct engine *engine, const struct options *options,
            unfix_collection *collection)
{
    *engine = (struct engine){.collection = collection};
    return load_model(engine, options) && make_overlay(engine, options) &&
           open_collections(engine, options) && open_context(engine, options);
}

void
engine_close(struct engine *engine)
{
    unfix_context_free(engine->context);
    unfix_collection_release(engine->collection);
    unfix_collection_release(engine->counts);
    unfix_overlay_release(engine->overlay);
    unfix_model_release(engine->model);
}
