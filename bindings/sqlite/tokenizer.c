/* SPDX-License-Identifier: MPL-2.0 */
/* An FTS5 tokenizer, tokenize = 'unfix [WRAPPED [ARGUMENT]...]': a document is
 * indexed as it would be repaired, each token where it came from; the tokens
 * that stood there are put at the same position, so that both are found.  What
 * is searched for is taken as it is. */
#include "sqlite.h"

#include <stdbool.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

struct module {
    struct connection *connection;
    fts5_api *api;
};

struct Fts5Tokenizer {
    struct connection *connection;
    fts5_tokenizer wrapped;
    Fts5Tokenizer *inner;
    unfix_result *result; /* its own: one may wrap another */
};

struct token {
    size_t text; /* in the list's bytes */
    int length;
    int start; /* in the document, in bytes */
    int end;
};

struct tokens {
    struct token *list;
    int count;
    int capacity;
    char *bytes;
    int used;
    int room;
};

typedef int (*token_callback)(void *user, int flags, const char *token,
                              int length, int start, int end);

static bool
grow(void **list, int *capacity, int wanted, size_t size)
{
    void *larger;
    int n = *capacity;

    if (wanted <= n)
        return true;
    n = wanted + wanted / 2 + 16;
    larger = sqlite3_realloc64(*list, (sqlite3_uint64)n * size);
    if (larger == NULL)
        return false;
    *list = larger;
    *capacity = n;
    return true;
}

/* Colocated tokens of the wrapped tokenizer are kept out: there is one token to
 * a position. */
static int
collect(void *user, int flags, const char *text, int length, int start, int end)
{
    struct tokens *tokens = user;
    void *list = tokens->list, *bytes = tokens->bytes;

    if ((flags & FTS5_TOKEN_COLOCATED) != 0)
        return SQLITE_OK;
    if (!grow(&list, &tokens->capacity, tokens->count + 1,
              sizeof *tokens->list))
        return SQLITE_NOMEM;
    tokens->list = list;
    if (!grow(&bytes, &tokens->room, tokens->used + length, 1))
        return SQLITE_NOMEM;
    tokens->bytes = bytes;
    memcpy(tokens->bytes + tokens->used, text, (size_t)length);
    tokens->list[tokens->count++] =
        (struct token){(size_t)tokens->used, length, start, end};
    tokens->used += length;
    return SQLITE_OK;
}

static void
tokens_free(struct tokens *tokens)
{
    sqlite3_free(tokens->list);
    sqlite3_free(tokens->bytes);
}

/* Walks along the edits: the last that begins before a place, or there. */
struct walk {
    size_t next;
    const unfix_correction *edit;
};

/* Where in the document a place of the repaired text comes from; the places
 * have to be in order.  What is in a replacement comes from the whole of its
 * original: a start from its start, an end from its end. */
static int
origin(struct walk *walk, const unfix_result *result, int place, bool is_end)
{
    const uint64_t at = (uint64_t)place;
    const unfix_correction *c;

    while ((c = unfix_result_correction(result, walk->next)) != NULL &&
           (c->out_offset < at || (c->out_offset == at && !is_end))) {
        if (c->verdict == UNFIX_APPLIED)
            walk->edit = c;
        walk->next++;
    }
    c = walk->edit;
    if (c == NULL)
        return place;
    if (at < c->out_offset + c->out_length)
        return (int)(is_end ? c->offset + c->length : c->offset);
    return (int)(at - (c->out_offset + c->out_length) + c->offset + c->length);
}

static void
map_places(struct tokens *tokens, const unfix_result *result)
{
    struct walk starts = {0, NULL}, ends = {0, NULL};
    int i;

    for (i = 0; i < tokens->count; i++) {
        struct token *t = &tokens->list[i];

        t->start = origin(&starts, result, t->start, false);
        t->end = origin(&ends, result, t->end, true);
    }
}

static bool
is_same(const struct tokens *a, int i, const struct tokens *b, int k)
{
    const struct token *s = &a->list[i], *t = &b->list[k];

    return s->length == t->length &&
           memcmp(a->bytes + s->text, b->bytes + t->text, (size_t)s->length) ==
               0;
}

static int
give(const struct tokens *tokens, int i, int flags, const struct token *place,
     void *user, token_callback callback)
{
    const struct token *t = &tokens->list[i];

    return callback(user, flags, tokens->bytes + t->text, t->length,
                    place->start, place->end);
}

/* Each repaired token, and with it those that stood there before the next. */
static int
merge(const struct tokens *repaired, const struct tokens *before, void *user,
      token_callback callback)
{
    int i, k = 0, code = SQLITE_OK;

    for (i = 0; i < repaired->count && code == SQLITE_OK; i++) {
        const struct token *place = &repaired->list[i];
        int next = i + 1 < repaired->count ? repaired->list[i + 1].start : -1;

        code = give(repaired, i, 0, place, user, callback);
        for (; code == SQLITE_OK && k < before->count &&
               (next < 0 || before->list[k].start <= place->start ||
                before->list[k].start < next);
             k++)
            if (!is_same(repaired, i, before, k))
                code = give(before, k, FTS5_TOKEN_COLOCATED, place, user,
                            callback);
    }
    /* A document of which nothing is left. */
    for (; repaired->count == 0 && code == SQLITE_OK && k < before->count; k++)
        code = give(before, k, 0, &before->list[k], user, callback);
    return code;
}

static int
tokenize(Fts5Tokenizer *t, void *user, int flags, const char *text, int length,
         token_callback callback)
{
    unfix_result *result = t->result;
    struct tokens repaired = {0}, before = {0};
    const char *mended;
    unfix_error error;
    size_t size;
    int code;

    if ((flags & FTS5_TOKENIZE_QUERY) != 0)
        return t->wrapped.xTokenize(t->inner, user, flags, text, length,
                                    callback);
    code = connection_correct(t->connection, NULL, text, (size_t)length, result,
                              &error);
    if (code != SQLITE_OK)
        return code;
    mended = unfix_result_text(result, &size);
    if (size > INT32_MAX)
        return SQLITE_TOOBIG;
    code = t->wrapped.xTokenize(t->inner, &repaired, flags, mended, (int)size,
                                collect);
    if (code == SQLITE_OK)
        code = t->wrapped.xTokenize(t->inner, &before, flags, text, length,
                                    collect);
    if (code == SQLITE_OK) {
        map_places(&repaired, result);
        code = merge(&repaired, &before, user, callback);
    }
    tokens_free(&repaired);
    tokens_free(&before);
    return code;
}

static void
delete_tokenizer(Fts5Tokenizer *t)
{
    t->wrapped.xDelete(t->inner);
    unfix_result_free(t->result);
    connection_release(t->connection);
    sqlite3_free(t);
}

static int
create_tokenizer(void *user, const char **arguments, int count,
                 Fts5Tokenizer **tokenizer)
{
    struct module *module = user;
    const char *name = count > 0 ? arguments[0] : "unicode61";
    void *wrapped_user;
    Fts5Tokenizer *t = sqlite3_malloc(sizeof *t);
    int code;

    if (t == NULL)
        return SQLITE_NOMEM;
    memset(t, 0, sizeof *t);
    code = module->api->xFindTokenizer(module->api, name, &wrapped_user,
                                       &t->wrapped);
    if (code == SQLITE_OK)
        code =
            t->wrapped.xCreate(wrapped_user, count > 0 ? arguments + 1 : NULL,
                               count > 0 ? count - 1 : 0, &t->inner);
    if (code == SQLITE_OK && unfix_result_new(NULL, &t->result) != UNFIX_OK) {
        t->wrapped.xDelete(t->inner);
        code = SQLITE_NOMEM;
    }
    if (code != SQLITE_OK) {
        sqlite3_free(t);
        return code;
    }
    t->connection = connection_retain(module->connection);
    *tokenizer = t;
    return SQLITE_OK;
}

static void
delete_module(void *user)
{
    struct module *module = user;

    connection_release(module->connection);
    sqlite3_free(module);
}

static fts5_api *
find_fts5(sqlite3 *db)
{
    sqlite3_stmt *statement;
    fts5_api *api = NULL;

    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) !=
        SQLITE_OK)
        return NULL;
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

int
tokenizer_register(sqlite3 *db, struct connection *c)
{
    fts5_tokenizer tokenizer = {create_tokenizer, delete_tokenizer, tokenize};
    fts5_api *api = find_fts5(db);
    struct module *module;

    if (api == NULL || api->iVersion < 2)
        return SQLITE_OK;
    module = sqlite3_malloc(sizeof *module);
    if (module == NULL)
        return SQLITE_NOMEM;
    module->api = api;
    module->connection = connection_retain(c);
    return api->xCreateTokenizer(api, "unfix", module, &tokenizer,
                                 delete_module);
}
