/* SPDX-License-Identifier: MPL-2.0 */
/* A context: options, the model and a user's words and dictionaries, and the
 * worker of lib/repair that does the rest. */
#include "api/objects.h"

#include "base/limits.h"
#include "base/status.h"
#include "repair/shares.h"
#include "repair/worker.h"
#include "text/chars.h"
#include "verify/tuned.h"

#include <string.h>

/* Every word wrong. */
#define MAX_HARM 10000000

void
unfix_options_init_sized(unfix_options *options, size_t size)
{
    unfix_options defaults = {.size = size,
                              .min_confidence = UFX_DEFAULT_CONFIDENCE,
                              .classes = UNFIX_CLASSES_ALL};

    if (options == NULL || size < offsetof(unfix_options, classes))
        return;
    /* A newer caller's options that this version lacks are off. */
    memset(options, 0, size);
    memcpy(options, &defaults, size < sizeof defaults ? size : sizeof defaults);
}

static unfix_status
check_ranges(const unfix_options *options, unfix_error *error)
{
    if (options->min_confidence > 1000)
        return ufx_status_argument(error, "min_confidence is above 1000");
    if ((options->classes & ~UNFIX_CLASSES_ALL) != 0)
        return ufx_status_argument(error, "classes has a bit of no class");
    if (options->max_harm > MAX_HARM)
        return ufx_status_argument(error, "max_harm is above 10000000");
    if (options->join_hyphens > 1)
        return ufx_status_argument(error, "join_hyphens is neither 0 nor 1");
    if (options->compose > 1)
        return ufx_status_argument(error, "compose is neither 0 nor 1");
    return UNFIX_OK;
}

/* A caller's struct may be of an older, smaller version: what it lacks keeps
 * its default.  What a newer one has beyond ours must be zero: an option that
 * is not understood cannot be honoured. */
static unfix_status
copy_options(const unfix_options *from, unfix_options *to, unfix_error *error)
{
    const unsigned char *bytes = (const unsigned char *)from;
    size_t i;

    unfix_options_init(to);
    if (from == NULL)
        return UNFIX_OK;
    if (from->size < offsetof(unfix_options, classes) ||
        from->size > UFX_OPTIONS_BYTES)
        return ufx_status_argument(error, "options were not initialized");
    for (i = sizeof *to; i < from->size; i++)
        if (bytes[i] != 0)
            return ufx_status_argument(
                error, "an option that this version does not know");
    memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
    to->size = sizeof *to;
    return check_ranges(to, error);
}

/* Asks the user's dictionaries. */
static bool
dictionary_knows(void *user, const uint32_t *chars, size_t count)
{
    unfix_context *context = user;
    size_t i;

    ufx_buffer_clear(&context->asked);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(&context->asked, chars[i]);
    if (context->asked.failed) {
        context->worker.speller_failed = true;
        return false;
    }
    for (i = 0; i < context->speller_count; i++)
        if (ufx_speller_knows(context->spellers[i], context->asked.data))
            return true;
    return false;
}

static unfix_status
open_dictionaries(unfix_context *context, unfix_error *error)
{
    const struct ufx_dictionary *d;
    size_t count = 0;

    for (d = context->overlay->dictionaries; d != NULL; d = d->next)
        count++;
    if (count == 0)
        return UNFIX_OK;
    context->spellers = ufx_memory_allocate_zero(
        &context->memory, count * sizeof(struct ufx_speller *));
    if (context->spellers == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    context->speller_count = count;
    count = 0;
    for (d = context->overlay->dictionaries; d != NULL; d = d->next) {
        unfix_status status = ufx_speller_open(
            d->aff, d->dic, &context->spellers[count++], error);

        if (status != UNFIX_OK)
            return status;
    }
    context->worker.vocabulary.knows = dictionary_knows;
    context->worker.vocabulary.speller = context;
    return UNFIX_OK;
}

static unfix_status
set_up(unfix_context *c, unfix_error *error)
{
    struct ufx_worker *w = &c->worker;

    w->memory = c->memory;
    w->vocabulary.language = &c->model->language;
    w->forest = c->model->has_forest ? &c->model->forest : NULL;
    if (c->overlay != NULL) {
        if (c->overlay->lexicon.view.word_count > 0)
            w->vocabulary.user = &c->overlay->lexicon.view;
        if (c->overlay->rule_count > 0)
            w->vocabulary.user_rules = &c->overlay->rules_view;
        w->vetoes = &c->overlay->vetoes;
    }
    if (!ufx_worker_make(w))
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    return c->overlay == NULL ? UNFIX_OK : open_dictionaries(c, error);
}

unfix_status
unfix_context_new(unfix_model *model, unfix_overlay *overlay,
                  const unfix_options *options,
                  const unfix_allocator *allocator, unfix_context **context,
                  unfix_error *error)
{
    struct ufx_memory memory = ufx_memory_from(allocator);
    unfix_options copy;
    unfix_context *c;
    unfix_status status;

    if (context == NULL)
        return ufx_status_argument(error, "context is NULL");
    *context = NULL;
    if (model == NULL)
        return ufx_status_argument(error, "model is NULL");
    if (overlay != NULL && !overlay->frozen)
        return ufx_status_set(error, UNFIX_ERROR_STATE, "overlay is not frozen",
                              NULL);
    status = copy_options(options, &copy, error);
    if (status != UNFIX_OK)
        return status;
    if (!ufx_char_ready())
        return ufx_status_set(error, UNFIX_ERROR_EXTERNAL, "ICU cannot be used",
                              NULL);
    c = ufx_memory_allocate_zero(&memory, sizeof *c);
    if (c == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    c->memory = memory;
    c->model = unfix_model_retain(model);
    c->overlay = unfix_overlay_retain(overlay);
    c->worker.options = copy;
    ufx_buffer_init(&c->asked, &memory);
    status = set_up(c, error);
    if (status != UNFIX_OK) {
        unfix_context_free(c);
        return status;
    }
    *context = c;
    return UNFIX_OK;
}

unfix_status
unfix_context_set_options(unfix_context *context, const unfix_options *options,
                          unfix_error *error)
{
    unfix_options copy;
    unfix_status status = ufx_context_check_idle(context, error);

    if (status == UNFIX_OK)
        status = copy_options(options, &copy, error);
    if (status == UNFIX_OK)
        context->worker.options = copy;
    return status;
}

void
unfix_context_free(unfix_context *c)
{
    struct ufx_memory memory;
    size_t i;

    if (c == NULL)
        return;
    memory = c->memory;
    ufx_worker_free(&c->worker);
    for (i = 0; i < c->speller_count; i++)
        ufx_speller_close(c->spellers[i]);
    ufx_memory_free(&memory, c->spellers,
                    c->speller_count * sizeof(struct ufx_speller *));
    ufx_buffer_free(&c->asked);
    unfix_model_release(c->model);
    unfix_overlay_release(c->overlay);
    unfix_collection_release(c->collection);
    ufx_memory_free(&memory, c, sizeof *c);
}

unfix_status
unfix_context_use_threads(unfix_context *context, size_t count, unfix_run run,
                          void *user, unfix_error *error)
{
    unfix_status status = ufx_context_check_idle(context, error);

    if (status != UNFIX_OK)
        return status;
    ufx_shares_forget(&context->worker);
    ufx_shares_end(&context->worker);
    if (count > UFX_THREADS)
        return ufx_status_argument(error, "more than 256 threads");
    /* Dictionaries answer one thread at a time. */
    if (count < 2 || run == NULL || context->worker.vocabulary.knows != NULL)
        return UNFIX_OK;
    status = ufx_shares_begin(&context->worker, count, run, user);
    return status == UNFIX_OK ? status : ufx_fail(error, status);
}
