/* SPDX-License-Identifier: MPL-2.0 */
/* Collections as objects and as files. */
#include "api/objects.h"

#include "base/limits.h"
#include "base/sort.h"
#include "base/status.h"
#include "text/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HEADER "unfix-collection 1\t"
#define NUMBER_MOST UINT64_C(1000000000000000) /* of a file's figures */

/* ---- The object ---- */

unfix_status
unfix_collection_new(const unfix_allocator *allocator,
                     unfix_collection **collection)
{
    struct ufx_memory memory = ufx_memory_from(allocator);
    unfix_collection *c;

    if (collection == NULL)
        return UNFIX_ERROR_ARGUMENT;
    *collection = NULL;
    c = ufx_memory_allocate_zero(&memory, sizeof *c);
    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    atomic_init(&c->references, 1);
    ufx_collection_init(&c->facts, &memory);
    ufx_buffer_init(&c->file, &memory);
    *collection = c;
    return UNFIX_OK;
}

unfix_collection *
unfix_collection_retain(unfix_collection *collection)
{
    if (collection != NULL)
        atomic_fetch_add_explicit(&collection->references, 1,
                                  memory_order_relaxed);
    return collection;
}

void
unfix_collection_release(unfix_collection *c)
{
    struct ufx_memory memory;

    if (c == NULL ||
        atomic_fetch_sub_explicit(&c->references, 1, memory_order_acq_rel) != 1)
        return;
    memory = c->facts.memory;
    ufx_buffer_free(&c->file);
    ufx_collection_free(&c->facts);
    ufx_memory_free(&memory, c, sizeof *c);
}

static unfix_status
check_open(const unfix_collection *c, unfix_error *error)
{
    if (c == NULL)
        return ufx_status_argument(error, "collection is NULL");
    return c->frozen ? ufx_status_set(error, UNFIX_ERROR_STATE,
                                      "collection is frozen", NULL)
                     : UNFIX_OK;
}

unfix_status
unfix_collection_freeze(unfix_collection *collection, unfix_error *error)
{
    if (collection == NULL)
        return ufx_status_argument(error, "collection is NULL");
    if (collection->facts.failed)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    collection->frozen = true;
    return UNFIX_OK;
}

uint64_t
unfix_collection_documents(const unfix_collection *collection)
{
    const struct ufx_fact *fact = ufx_collection_find(
        &collection->facts, UFX_FACT_TOTAL, "documents", strlen("documents"));

    return fact == NULL ? 0 : fact->times;
}

/* Without memory a part of it, and the collection has failed for good. */
static unfix_status
add_all(unfix_collection *c, const struct ufx_collection *more,
        unfix_error *error)
{
    size_t i;

    for (i = 0; i < more->count; i++)
        ufx_collection_add(&c->facts, &more->facts[i]);
    return c->facts.failed || more->failed ? ufx_fail(error, UNFIX_ERROR_MEMORY)
                                           : UNFIX_OK;
}

unfix_status
unfix_collection_merge(unfix_collection *collection,
                       const unfix_collection *more, unfix_error *error)
{
    unfix_status status = check_open(collection, error);

    if (status != UNFIX_OK)
        return status;
    if (more == NULL || more == collection)
        return ufx_status_argument(error, "more is NULL or the collection");
    return add_all(collection, &more->facts, error);
}

/* ---- Writing ---- */

static int
compare_facts(const void *left, const void *right)
{
    const struct ufx_fact *const *pa = left, *const *pb = right;
    const struct ufx_fact *a = *pa, *b = *pb;
    size_t least = a->length < b->length ? a->length : b->length;
    int order;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    order = memcmp(a->key, b->key, least);
    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

static bool
is_told(const struct ufx_fact *fact, uint32_t least)
{
    return fact->documents >= least ||
           !ufx_fact_is_text((enum ufx_fact_kind)fact->kind);
}

static void
put_fact(struct ufx_buffer *out, const struct ufx_fact *fact)
{
    char figures[96];
    int n = snprintf(figures, sizeof figures,
                     "%c\t%" PRIu64 "\t%" PRIu64 "\t%" PRId64 "\t", fact->kind,
                     fact->documents, fact->times, fact->sum);

    ufx_buffer_append(out, figures, (size_t)n);
    ufx_buffer_append(out, fact->key, fact->length);
    ufx_buffer_append_byte(out, '\n');
}

static unfix_status
put_facts(unfix_collection *c, const struct ufx_fact **list, uint32_t least)
{
    char header[64];
    size_t i, count = 0;
    int n = snprintf(header, sizeof header, HEADER "%" PRIu32 "\n", least);

    for (i = 0; i < c->facts.count; i++)
        if (is_told(&c->facts.facts[i], least))
            list[count++] = &c->facts.facts[i];
    ufx_sort(list, count, sizeof *list, compare_facts);
    ufx_buffer_clear(&c->file);
    ufx_buffer_append(&c->file, header, (size_t)n);
    for (i = 0; i < count; i++)
        put_fact(&c->file, list[i]);
    return c->file.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

unfix_status
unfix_collection_write(unfix_collection *c, uint32_t least, const char **bytes,
                       size_t *length, unfix_error *error)
{
    const struct ufx_fact **list;
    unfix_status status;

    if (c == NULL || bytes == NULL || length == NULL || least == 0)
        return ufx_status_argument(error, "a pointer is NULL, or least is 0");
    list = ufx_memory_allocate(&c->facts.memory,
                               (c->facts.count + 1) * sizeof *list);
    if (list == NULL || c->facts.failed) {
        ufx_memory_free(&c->facts.memory, list,
                        (c->facts.count + 1) * sizeof *list);
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    }
    status = put_facts(c, list, least);
    ufx_memory_free(&c->facts.memory, list,
                    (c->facts.count + 1) * sizeof *list);
    if (status != UNFIX_OK)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    *bytes = c->file.data;
    *length = c->file.length;
    return UNFIX_OK;
}

/* ---- Reading ---- */

/* A whole number and the tab after it. */
static bool
read_number(const char **at, const char *end, bool may_be_less, int64_t *value)
{
    bool is_less = may_be_less && *at < end && **at == '-';
    const char *first;
    uint64_t n = 0;

    *at += is_less;
    for (first = *at; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
        n = n * 10 + (uint64_t)(**at - '0');
        if (n > NUMBER_MOST)
            return false;
    }
    if (*at == first || *at == end || **at != '\t')
        return false;
    (*at)++;
    *value = is_less ? -(int64_t)n : (int64_t)n;
    return true;
}

static bool
is_kind(char letter)
{
    return letter != '\0' && strchr("dfhknprtw", letter) != NULL;
}

static bool
read_fact(const char *line, size_t length, struct ufx_fact *fact)
{
    const char *at = line + 2, *end = line + length;
    int64_t documents, times, sum;

    if (length < 8 || !is_kind(line[0]) || line[1] != '\t' ||
        !read_number(&at, end, false, &documents) ||
        !read_number(&at, end, false, &times) ||
        !read_number(&at, end, true, &sum))
        return false;
    if (at == end || (size_t)(end - at) > UFX_COLLECTION_KEY || documents == 0)
        return false;
    *fact = (struct ufx_fact){.key = at,
                              .length = (uint32_t)(end - at),
                              .kind = (uint8_t)line[0],
                              .documents = (uint64_t)documents,
                              .times = (uint64_t)times,
                              .sum = sum};
    return true;
}

static unfix_status
read_facts(struct ufx_collection *facts, const char *bytes, size_t length,
           unfix_error *error)
{
    const size_t header = strlen(HEADER);
    uint64_t line = 1;
    size_t at = 0;

    if (length < header || memcmp(bytes, HEADER, header) != 0)
        return ufx_status_set_at(error, UNFIX_ERROR_FORMAT,
                                 "not a collection of this version", NULL, 0,
                                 1);
    for (; at < length; line++) {
        const char *end = memchr(bytes + at, '\n', length - at);
        struct ufx_fact fact;

        if (end == NULL)
            return ufx_status_set_at(error, UNFIX_ERROR_FORMAT,
                                     "cut off within a line", NULL, at, line);
        if (line > 1 &&
            !read_fact(bytes + at, (size_t)(end - bytes) - at, &fact))
            return ufx_status_set_at(error, UNFIX_ERROR_FORMAT,
                                     "no fact of a collection", NULL, at, line);
        if (line > 1)
            ufx_collection_add(facts, &fact);
        at = (size_t)(end - bytes) + 1;
    }
    return facts->failed ? ufx_fail(error, UNFIX_ERROR_MEMORY) : UNFIX_OK;
}

unfix_status
unfix_collection_read(unfix_collection *collection, const char *bytes,
                      size_t length, unfix_error *error)
{
    unfix_status status = check_open(collection, error);
    struct ufx_collection facts;

    if (status != UNFIX_OK)
        return status;
    if (bytes == NULL)
        return ufx_status_argument(error, "bytes is NULL");
    ufx_collection_init(&facts, &collection->facts.memory);
    status = read_facts(&facts, bytes, length, error);
    if (status == UNFIX_OK)
        status = add_all(collection, &facts, error);
    ufx_collection_free(&facts);
    return status;
}

/* ---- Contexts ---- */

unfix_status
unfix_context_count(unfix_context *context, unfix_collection *collection,
                    unfix_error *error)
{
    unfix_status status = ufx_context_check_idle(context, error);

    if (status == UNFIX_OK && collection != NULL)
        status = check_open(collection, error);
    if (status != UNFIX_OK)
        return status;
    context->worker.others.counted =
        collection == NULL ? NULL : &collection->facts;
    context->worker.others.has_counted = false;
    return UNFIX_OK;
}

/* What is looked up again and again, for the rules of this context. */
static bool
make_rates(struct ufx_worker *worker, const unfix_collection *collection)
{
    struct ufx_others *others = &worker->others;
    uint32_t count = ufx_vocabulary_rule_count(&worker->vocabulary);

    if (others->rates == NULL)
        others->rates =
            ufx_memory_allocate(&worker->memory, count * sizeof *others->rates);
    return others->rates != NULL &&
           ufx_series_rates(others->rates, &collection->facts,
                            &worker->vocabulary, &others->key);
}

unfix_status
unfix_context_set_collection(unfix_context *context,
                             unfix_collection *collection, unfix_error *error)
{
    unfix_status status = ufx_context_check_idle(context, error);

    if (status != UNFIX_OK)
        return status;
    if (collection != NULL && !collection->frozen)
        return ufx_status_set(error, UNFIX_ERROR_STATE,
                              "collection is not frozen", NULL);
    if (collection != NULL && !make_rates(&context->worker, collection))
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    unfix_collection_retain(collection);
    unfix_collection_release(context->collection);
    context->collection = collection;
    context->worker.others.facts =
        collection == NULL ? NULL : &collection->facts;
    return UNFIX_OK;
}
