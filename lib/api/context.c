/* SPDX-License-Identifier: MPL-2.0 */
#include "api/shares.h"

#include "base/status.h"
#include "text/chars.h"

#include <string.h>

/* The confidence from which on a change is applied by default: what keeps
 * clean text as it is (docs/quality.md). */
#define DEFAULT_CONFIDENCE 780

/* Every word wrong. */
#define MAX_HARM 10000000

void
unfix_options_init_sized(unfix_options *options, size_t size)
{
    unfix_options defaults = {.size = size,
                              .min_confidence = DEFAULT_CONFIDENCE,
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

    ufx_buffer_clear(&context->text);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(&context->text, chars[i]);
    if (context->text.failed) {
        context->speller_failed = true;
        return false;
    }
    for (i = 0; i < context->speller_count; i++)
        if (ufx_speller_knows(context->spellers[i], context->text.data))
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
    context->vocabulary.knows = dictionary_knows;
    context->vocabulary.speller = context;
    return UNFIX_OK;
}

static unfix_status
set_up(unfix_context *c, unfix_error *error)
{
    unfix_status status = UNFIX_OK;

    c->vocabulary.language = &c->model->language;
    if (c->overlay != NULL) {
        if (c->overlay->lexicon.view.word_count > 0)
            c->vocabulary.user = &c->overlay->lexicon.view;
        if (c->overlay->rule_count > 0)
            c->vocabulary.user_rules = &c->overlay->rules_view;
        status = open_dictionaries(c, error);
    }
    if (status != UNFIX_OK)
        return status;
    c->candidates = ufx_candidates_new(&c->memory, &c->vocabulary);
    c->profile = ufx_profile_new(&c->memory, &c->vocabulary);
    c->encodings = ufx_encodings_new(&c->memory, &c->vocabulary);
    c->scored = ufx_scored_new(&c->memory);
    c->quiet =
        ufx_quiet_new(&c->memory, ufx_vocabulary_rule_count(&c->vocabulary));
    if (c->candidates == NULL || c->profile == NULL || c->quiet == NULL ||
        c->encodings == NULL || c->scored == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    return UNFIX_OK;
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
    c->surroundings.memory = memory;
    c->said.memory = memory;
    c->model = unfix_model_retain(model);
    c->overlay = unfix_overlay_retain(overlay);
    c->options = copy;
    ufx_arena_init(&c->arena, &memory);
    ufx_buffer_init(&c->text, &memory);
    ufx_buffer_init(&c->draft, &memory);
    ufx_arena_init(&c->kept, &memory);
    ufx_buffer_init(&c->clear, &memory);
    ufx_buffer_init(&c->key, &memory);
    ufx_buffer_init(&c->owners, &memory);
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
        context->options = copy;
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
    ufx_shares_end(c);
    for (i = 0; i < c->speller_count; i++)
        ufx_speller_close(c->spellers[i]);
    ufx_memory_free(&memory, c->spellers,
                    c->speller_count * sizeof(struct ufx_speller *));
    ufx_candidates_free(c->candidates);
    ufx_quiet_free(c->quiet);
    ufx_encodings_free(c->encodings);
    ufx_memory_free(&memory, c->mangled.list,
                    c->mangled.capacity * sizeof *c->mangled.list);
    ufx_corrections_free(&c->meant, &memory);
    ufx_corrections_free(&c->left, &memory);
    ufx_profile_free(c->profile);
    ufx_profile_free(c->settled);
    ufx_profile_free(c->trial);
    ufx_scored_free(c->scored);
    if (c->rates != NULL)
        ufx_memory_free(&memory, c->rates,
                        ufx_vocabulary_rule_count(&c->vocabulary) *
                            sizeof *c->rates);
    ufx_corrections_free(&c->found[0], &memory);
    ufx_corrections_free(&c->found[1], &memory);
    ufx_surroundings_free(&c->surroundings);
    ufx_said_free(&c->said);
    ufx_memory_free(&memory, c->apart.list,
                    c->apart.capacity * sizeof *c->apart.list);
    ufx_memory_free(&memory, c->protected.list,
                    c->protected.capacity * sizeof *c->protected.list);
    ufx_buffer_free(&c->key);
    ufx_buffer_free(&c->owners);
    ufx_buffer_free(&c->draft);
    ufx_memory_free(&memory, c->cuts.list,
                    c->cuts.capacity * sizeof *c->cuts.list);
    ufx_arena_free(&c->kept);
    ufx_buffer_free(&c->clear);
    ufx_arena_free(&c->arena);
    ufx_buffer_free(&c->text);
    unfix_model_release(c->model);
    unfix_overlay_release(c->overlay);
    unfix_collection_release(c->collection);
    ufx_memory_free(&memory, c, sizeof *c);
}
