/* SPDX-License-Identifier: MPL-2.0 */
/* The C functions of unfix.h for Node, over N-API: what makes them pleasant to
 * use is index.js.  N-API is stable: one build runs with Node 18 and all later
 * ones.  Objects are externals; whoever works with a context holds it. */
#define NAPI_VERSION 8
#include <node_api.h>

#include <unfix.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define ADDON_ARGUMENTS 4

/* ---- Values -------------------------------------------------------------- */

static napi_value
number(napi_env env, double n)
{
    napi_value value = NULL;

    napi_create_double(env, n, &value);
    return value;
}

static napi_value
string(napi_env env, const char *text, size_t length)
{
    napi_value value = NULL;

    if (text == NULL)
        napi_get_null(env, &value);
    else
        napi_create_string_utf8(env, text, length, &value);
    return value;
}

static napi_value
boolean(napi_env env, bool is)
{
    napi_value value = NULL;

    napi_get_boolean(env, is, &value);
    return value;
}

static void
set(napi_env env, napi_value object, const char *name, napi_value value)
{
    napi_set_named_property(env, object, name, value);
}

/* An Error with the library's status, offset and line. */
static napi_value
make_error(napi_env env, unfix_status status, const unfix_error *error)
{
    const char *message =
        error->message[0] != '\0' ? error->message : unfix_strerror(status);
    napi_value object = NULL;

    napi_create_error(env, NULL, string(env, message, NAPI_AUTO_LENGTH),
                      &object);
    set(env, object, "status", number(env, status));
    set(env, object, "offset", number(env, (double)error->offset));
    set(env, object, "line", number(env, (double)error->line));
    return object;
}

static napi_value
fail(napi_env env, unfix_status status, const unfix_error *error)
{
    napi_throw(env, make_error(env, status, error));
    return NULL;
}

static void *
external(napi_env env, napi_value value)
{
    napi_valuetype type;
    void *data = NULL;

    if (napi_typeof(env, value, &type) == napi_ok && type == napi_external)
        napi_get_value_external(env, value, &data);
    return data;
}

/* Bytes of a string (as UTF-8) or of a Uint8Array; NULL with an exception.  To
 * be freed. */
static char *
bytes(napi_env env, napi_value value, size_t *length)
{
    napi_valuetype type;
    bool is_array = false;
    void *data = NULL;
    char *copy;

    napi_typeof(env, value, &type);
    *length = 0;
    if (type == napi_string)
        napi_get_value_string_utf8(env, value, NULL, 0, length);
    else {
        napi_is_buffer(env, value, &is_array);
        if (!is_array) {
            napi_throw_type_error(env, NULL, "wants a string or a Buffer");
            return NULL;
        }
        napi_get_buffer_info(env, value, &data, length);
    }
    copy = malloc(*length + 1);
    if (copy == NULL)
        napi_throw_error(env, NULL, "out of memory");
    else if (type == napi_string)
        napi_get_value_string_utf8(env, value, copy, *length + 1, length);
    else if (*length > 0)
        memcpy(copy, data, *length);
    if (copy != NULL)
        copy[*length] = '\0';
    return copy;
}

static void
arguments(napi_env env, napi_callback_info info,
          napi_value values[ADDON_ARGUMENTS])
{
    size_t count = ADDON_ARGUMENTS;

    napi_get_cb_info(env, info, &count, values, NULL, NULL);
}

/* ---- Models and overlays ------------------------------------------------- */

static void
free_model(napi_env env, void *model, void *hint)
{
    (void)env;
    (void)hint;
    unfix_model_release(model);
}

/* loadModel(path or null) -> {handle, language, dataVersion, path} */
static napi_value
load_model(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], object, handle;
    napi_valuetype type;
    unfix_model *model;
    unfix_error error = {0};
    unfix_status status;
    char *path = NULL;
    size_t length;

    arguments(env, info, values);
    napi_typeof(env, values[0], &type);
    if (type == napi_string && (path = bytes(env, values[0], &length)) == NULL)
        return NULL;
    status = unfix_model_load(path, NULL, &model, &error);
    free(path);
    if (status != UNFIX_OK)
        return fail(env, status, &error);
    napi_create_external(env, model, free_model, NULL, &handle);
    napi_create_object(env, &object);
    set(env, object, "handle", handle);
    set(env, object, "language",
        string(env, unfix_model_language(model), NAPI_AUTO_LENGTH));
    set(env, object, "dataVersion",
        string(env, unfix_model_data_version(model), NAPI_AUTO_LENGTH));
    set(env, object, "path",
        string(env, unfix_model_path(model), NAPI_AUTO_LENGTH));
    return object;
}

/* modelPlace(index) -> path or null */
static napi_value
model_place(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS];
    uint32_t index = 0;
    char path[4096];

    arguments(env, info, values);
    napi_get_value_uint32(env, values[0], &index);
    if (unfix_model_place(index, path, sizeof path) == 0)
        return string(env, NULL, 0);
    return string(env, path, NAPI_AUTO_LENGTH);
}

static void
free_overlay(napi_env env, void *overlay, void *hint)
{
    (void)env;
    (void)hint;
    unfix_overlay_release(overlay);
}

typedef unfix_status (*add_table)(unfix_overlay *overlay, const char *table,
                                  size_t length, unfix_error *error);

static bool
add(napi_env env, unfix_overlay *overlay, add_table adder, napi_value table)
{
    unfix_error error = {0};
    unfix_status status;
    size_t length;
    char *text = bytes(env, table, &length);

    if (text == NULL)
        return false;
    status = adder(overlay, text, length, &error);
    free(text);
    if (status != UNFIX_OK)
        fail(env, status, &error);
    return status == UNFIX_OK;
}

/* [aff, dic, aff, dic, ...] */
static bool
add_dictionaries(napi_env env, unfix_overlay *overlay, napi_value list)
{
    uint32_t count = 0, i;

    napi_get_array_length(env, list, &count);
    for (i = 0; i + 1 < count; i += 2) {
        napi_value aff, dic;
        size_t length;
        char *aff_path, *dic_path;
        unfix_error error = {0};
        unfix_status status = UNFIX_ERROR_MEMORY;

        napi_get_element(env, list, i, &aff);
        napi_get_element(env, list, i + 1, &dic);
        aff_path = bytes(env, aff, &length);
        dic_path = aff_path != NULL ? bytes(env, dic, &length) : NULL;
        if (dic_path != NULL)
            status = unfix_overlay_add_dictionary(overlay, aff_path, dic_path,
                                                  &error);
        free(aff_path);
        free(dic_path);
        if (status != UNFIX_OK) {
            if (dic_path != NULL)
                fail(env, status, &error);
            return false;
        }
    }
    return true;
}

/* newOverlay(words, confusions, vetoes, dictionaries): frozen. */
static napi_value
new_overlay(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], handle = NULL;
    unfix_overlay *overlay;
    unfix_error error = {0};
    unfix_status status = unfix_overlay_new(NULL, &overlay);

    arguments(env, info, values);
    if (status != UNFIX_OK)
        return fail(env, status, &error);
    if (!add(env, overlay, unfix_overlay_add_words, values[0]) ||
        !add(env, overlay, unfix_overlay_add_confusions, values[1]) ||
        !add(env, overlay, unfix_overlay_add_vetoes, values[2]) ||
        !add_dictionaries(env, overlay, values[3])) {
        unfix_overlay_release(overlay);
        return NULL;
    }
    status = unfix_overlay_freeze(overlay, &error);
    if (status != UNFIX_OK) {
        unfix_overlay_release(overlay);
        return fail(env, status, &error);
    }
    napi_create_external(env, overlay, free_overlay, NULL, &handle);
    return handle;
}

/* ---- Contexts ------------------------------------------------------------ */

static void
free_context(napi_env env, void *context, void *hint)
{
    (void)env;
    (void)hint;
    unfix_context_free(context);
}

/* newContext(model, overlay or null) */
static napi_value
new_context(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], handle = NULL;
    unfix_context *context;
    unfix_error error = {0};
    unfix_status status;

    arguments(env, info, values);
    status =
        unfix_context_new(external(env, values[0]), external(env, values[1]),
                          NULL, NULL, &context, &error);
    if (status != UNFIX_OK)
        return fail(env, status, &error);
    napi_create_external(env, context, free_context, NULL, &handle);
    return handle;
}

/* [min_confidence or -1, classes or -1, max_harm, join_hyphens, compose] */
static void
read_options(napi_env env, napi_value list, unfix_options *options)
{
    double n[5] = {-1, -1, 0, 0, 0};
    uint32_t i;

    for (i = 0; i < 5; i++) {
        napi_value value;

        napi_get_element(env, list, i, &value);
        napi_get_value_double(env, value, &n[i]);
    }
    unfix_options_init(options);
    if (n[0] >= 0)
        options->min_confidence = (uint32_t)n[0];
    if (n[1] >= 0)
        options->classes = (uint32_t)n[1];
    options->max_harm = (uint32_t)n[2];
    options->join_hyphens = (uint32_t)n[3];
    options->compose = (uint32_t)n[4];
}

/* ---- Results ------------------------------------------------------------- */

/* Takes what decodes to one code point off the text: a character, or the
 * longest beginning of one, for which decoders put one U+FFFD.  True for a
 * character of four bytes. */
static bool
skip_character(const unsigned char **at, const unsigned char *end)
{
    const unsigned char *p = *at;
    const unsigned char lead = *p++;
    /* Of the second byte: no overlong forms, no surrogates, none too large. */
    const unsigned char least = lead == 0xE0   ? 0xA0
                                : lead == 0xF0 ? 0x90
                                               : 0x80;
    const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    const int more = lead < 0xC2 || lead > 0xF4 ? 0
                     : lead < 0xE0              ? 1
                     : lead < 0xF0              ? 2
                                                : 3;
    int i = 0;

    if (more > 0 && p < end && *p >= least && *p <= most)
        for (p++, i++; i < more && p < end && (*p & 0xC0) == 0x80; i++)
            p++;
    *at = p;
    return i == 3;
}

/* UTF-16 code units, as JavaScript counts, of so many bytes of UTF-8. */
static double
count_units(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + length;
    double units = 0;

    while (p < end)
        units += 1 + skip_character(&p, end);
    return units;
}

struct place {
    double input;
    double output;
};

static napi_value
alternatives(napi_env env, const unfix_correction *c)
{
    napi_value list;
    size_t i;

    napi_create_array_with_length(env, c->alternative_count, &list);
    for (i = 0; i < c->alternative_count; i++) {
        const unfix_alternative *a = &c->alternatives[i];
        napi_value one;

        napi_create_object(env, &one);
        set(env, one, "text", string(env, a->text, a->length));
        set(env, one, "confidence", number(env, a->confidence));
        napi_set_element(env, list, (uint32_t)i, one);
    }
    return list;
}

static const char *
verdict_name(unfix_verdict verdict)
{
    return verdict == UNFIX_APPLIED    ? "applied"
           : verdict == UNFIX_PROPOSED ? "proposed"
                                       : "rejected";
}

static napi_value
correction(napi_env env, const unfix_correction *c)
{
    const struct {
        const char *name;
        double value;
    } numbers[] = {
        {"offset", (double)c->offset},
        {"length", (double)c->length},
        {"outOffset", (double)c->out_offset},
        {"outLength", (double)c->out_length},
        {"confidence", c->confidence},
        {"score", c->score},
        {"channelCost", c->channel_cost},
        {"contextGain", c->context_gain},
        {"seenBefore", c->seen_before},
        {"seenAfter", c->seen_after},
        {"bar", c->bar},
    };
    napi_value object;
    size_t i;

    napi_create_object(env, &object);
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
        set(env, object, numbers[i].name, number(env, numbers[i].value));
    set(env, object, "original", string(env, c->original, c->original_length));
    set(env, object, "replacement",
        string(env, c->replacement, c->replacement_length));
    set(env, object, "verdict",
        string(env, verdict_name(c->verdict), NAPI_AUTO_LENGTH));
    set(env, object, "kind",
        string(env, unfix_class_name(c->kind), NAPI_AUTO_LENGTH));
    set(env, object, "reason", string(env, c->reason, NAPI_AUTO_LENGTH));
    set(env, object, "heldBack", string(env, c->held_back, NAPI_AUTO_LENGTH));
    set(env, object, "knownBefore", boolean(env, c->known_before != 0));
    set(env, object, "knownAfter", boolean(env, c->known_after != 0));
    set(env, object, "alternatives", alternatives(env, c));
    return object;
}

/* Moves *from on to the end of the result's text, which begins at `out_start`
 * of the document's repair. */
static napi_value
corrections(napi_env env, const unfix_result *result, uint64_t out_start,
            struct place *from)
{
    size_t count = unfix_result_correction_count(result), length, at = 0, i;
    const char *text = unfix_result_text(result, &length);
    napi_value list;
    double gap;

    napi_create_array_with_length(env, count, &list);
    for (i = 0; i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        size_t begin = (size_t)(c->out_offset - out_start);
        napi_handle_scope scope;
        napi_value object;

        napi_open_handle_scope(env, &scope);
        object = correction(env, c);
        gap = count_units(text + at, begin - at);
        from->input += gap;
        from->output += gap;
        set(env, object, "start", number(env, from->input));
        set(env, object, "outStart", number(env, from->output));
        from->input += count_units(c->original, c->original_length);
        from->output += count_units(text + begin, (size_t)c->out_length);
        set(env, object, "end", number(env, from->input));
        set(env, object, "outEnd", number(env, from->output));
        at = begin + (size_t)c->out_length;
        napi_set_element(env, list, (uint32_t)i, object);
        napi_close_handle_scope(env, scope);
    }
    gap = count_units(text + at, length - at);
    from->input += gap;
    from->output += gap;
    return list;
}

static napi_value
show_result(napi_env env, const unfix_result *result, bool as_string,
            uint64_t out_start, struct place *from)
{
    napi_value object, text, bars;
    const char *data;
    size_t length;
    int c;

    napi_create_object(env, &object);
    data = unfix_result_text(result, &length);
    if (as_string)
        text = string(env, data, length);
    else
        napi_create_buffer_copy(env, length, data, NULL, &text);
    set(env, object, "text", text);
    set(env, object, "corrections", corrections(env, result, out_start, from));
    set(env, object, "words",
        number(env, (double)unfix_result_word_count(result)));
    set(env, object, "unsearched",
        number(env, (double)unfix_result_unsearched(result)));
    set(env, object, "expectedHarm",
        number(env, (double)unfix_result_expected_harm(result) / 1000));
    napi_create_object(env, &bars);
    for (c = 0; c < UNFIX_CLASS_COUNT; c++)
        set(env, bars, unfix_class_name((unfix_class)c),
            number(env, unfix_result_bar(result, (unfix_class)c)));
    set(env, object, "bars", bars);
    return object;
}

/* ---- Work ---------------------------------------------------------------- */

/* One text, in this thread or in another. */
struct job {
    unfix_context *context;
    unfix_options options;
    unfix_evidence *evidence; /* its readings are the job's, too */
    uint32_t evidence_count;
    char *text;
    size_t length;
    bool as_string;
    unfix_result *result;
    unfix_status status;
    unfix_error error;
    napi_ref held; /* the context's external */
    napi_deferred promise;
    napi_async_work work;
};

static void
free_evidence(struct job *job)
{
    uint32_t i;
    size_t k;

    for (i = 0; i < job->evidence_count; i++) {
        const unfix_evidence *item = &job->evidence[i];

        for (k = 0; k < item->reading_count; k++)
            free((void *)(uintptr_t)item->readings[k].text);
        free((void *)(uintptr_t)item->readings);
    }
    free(job->evidence);
}

static void
job_free(napi_env env, struct job *job)
{
    unfix_result_free(job->result);
    if (job->held != NULL)
        napi_delete_reference(env, job->held);
    if (job->work != NULL)
        napi_delete_async_work(env, job->work);
    free_evidence(job);
    free(job->text);
    free(job);
}

static double
element(napi_env env, napi_value list, uint32_t i)
{
    napi_value value;
    double n = 0;

    napi_get_element(env, list, i, &value);
    napi_get_value_double(env, value, &n);
    return n;
}

/* [[text, confidence], ...]; false with an exception. */
static bool
read_readings(napi_env env, napi_value list, unfix_evidence *item)
{
    unfix_alternative *readings;
    uint32_t count = 0;

    napi_get_array_length(env, list, &count);
    readings = calloc((size_t)count + 1, sizeof *readings);
    if (readings == NULL) {
        napi_throw_error(env, NULL, "out of memory");
        return false;
    }
    item->readings = readings;
    for (; item->reading_count < count; item->reading_count++) {
        unfix_alternative *reading = &readings[item->reading_count];
        napi_value pair, text;

        napi_get_element(env, list, (uint32_t)item->reading_count, &pair);
        napi_get_element(env, pair, 0, &text);
        reading->text = bytes(env, text, &reading->length);
        if (reading->text == NULL)
            return false;
        reading->confidence = (uint32_t)element(env, pair, 1);
    }
    return true;
}

/* [[offset, length, confidence, readings], ...] in bytes; false with an
 * exception. */
static bool
read_evidence(napi_env env, napi_value list, struct job *job)
{
    uint32_t count = 0;

    napi_get_array_length(env, list, &count);
    job->evidence = calloc((size_t)count + 1, sizeof *job->evidence);
    if (job->evidence == NULL) {
        napi_throw_error(env, NULL, "out of memory");
        return false;
    }
    while (job->evidence_count < count) {
        unfix_evidence *item = &job->evidence[job->evidence_count];
        napi_value entry, readings;

        napi_get_element(env, list, job->evidence_count++, &entry);
        item->offset = (uint64_t)element(env, entry, 0);
        item->length = (uint64_t)element(env, entry, 1);
        item->confidence = (uint32_t)element(env, entry, 2);
        napi_get_element(env, entry, 3, &readings);
        if (!read_readings(env, readings, item))
            return false;
    }
    return true;
}

/* (context, text, options, evidence) */
static struct job *
job_new(napi_env env, const napi_value values[ADDON_ARGUMENTS])
{
    struct job *job = calloc(1, sizeof *job);
    napi_valuetype type;

    if (job == NULL) {
        napi_throw_error(env, NULL, "out of memory");
        return NULL;
    }
    napi_typeof(env, values[1], &type);
    job->as_string = type == napi_string;
    job->context = external(env, values[0]);
    read_options(env, values[2], &job->options);
    job->text = bytes(env, values[1], &job->length);
    if (job->text == NULL || !read_evidence(env, values[3], job)) {
        job_free(env, job);
        return NULL;
    }
    return job;
}

static void
job_run(napi_env env, void *data)
{
    struct job *job = data;

    (void)env;
    job->status = unfix_result_new(NULL, &job->result);
    if (job->status == UNFIX_OK)
        job->status =
            unfix_context_set_options(job->context, &job->options, &job->error);
    if (job->status == UNFIX_OK)
        job->status = unfix_correct_with_evidence(
            job->context, job->text, job->length, job->evidence,
            job->evidence_count, job->result, &job->error);
}

static napi_value
job_result(napi_env env, const struct job *job)
{
    struct place from = {0, 0};

    return show_result(env, job->result, job->as_string, 0, &from);
}

static void
job_done(napi_env env, napi_status ended, void *data)
{
    struct job *job = data;

    if (ended == napi_ok && job->status == UNFIX_OK)
        napi_resolve_deferred(env, job->promise, job_result(env, job));
    else
        napi_reject_deferred(env, job->promise,
                             make_error(env, job->status, &job->error));
    job_free(env, job);
}

/* correct(context, text, options, evidence) -> result */
static napi_value
correct(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], result;
    struct job *job;

    arguments(env, info, values);
    job = job_new(env, values);
    if (job == NULL)
        return NULL;
    job_run(env, job);
    result = job->status == UNFIX_OK ? job_result(env, job)
                                     : fail(env, job->status, &job->error);
    job_free(env, job);
    return result;
}

/* correctLater(context, text, options, evidence) -> promise; the context is not
 * to be used until it is settled. */
static napi_value
correct_later(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], promise;
    struct job *job;

    arguments(env, info, values);
    job = job_new(env, values);
    if (job == NULL)
        return NULL;
    napi_create_reference(env, values[0], 1, &job->held);
    napi_create_promise(env, &job->promise, &promise);
    napi_create_async_work(env, NULL, string(env, "unfix", NAPI_AUTO_LENGTH),
                           job_run, job_done, job, &job->work);
    napi_queue_async_work(env, job->work);
    return promise;
}

/* ---- Explaining ---------------------------------------------------------- */

struct explaining {
    napi_env env;
    napi_value list;
    uint32_t count;
    const char *text;
    uint64_t at; /* so far, in bytes */
    double start;
};

static int
take_place(void *user, const unfix_place *place)
{
    struct explaining *e = user;
    napi_env env = e->env;
    napi_value object, readings;
    size_t i;

    e->start += count_units(e->text + e->at, (size_t)(place->offset - e->at));
    e->at = place->offset;
    napi_create_object(env, &object);
    set(env, object, "start", number(env, e->start));
    set(env, object, "end",
        number(env, e->start +
                        count_units(place->original, place->original_length)));
    set(env, object, "offset", number(env, (double)place->offset));
    set(env, object, "length", number(env, (double)place->length));
    set(env, object, "original",
        string(env, place->original, place->original_length));
    set(env, object, "known", boolean(env, place->known != 0));
    set(env, object, "protected", boolean(env, place->is_protected != 0));
    napi_create_array_with_length(env, place->reading_count, &readings);
    for (i = 0; i < place->reading_count; i++) {
        const unfix_reading *r = &place->readings[i];
        napi_value reading;

        napi_create_object(env, &reading);
        set(env, reading, "text", string(env, r->text, r->length));
        set(env, reading, "channelCost", number(env, r->channel_cost));
        set(env, reading, "contextCost", number(env, r->context_cost));
        napi_set_element(env, readings, (uint32_t)i, reading);
    }
    set(env, object, "readings", readings);
    return napi_set_element(env, e->list, e->count++, object) != napi_ok;
}

/* explain(context, text) -> places */
static napi_value
explain(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS];
    struct explaining e = {.env = env};
    unfix_error error = {0};
    unfix_status status;
    size_t length;
    char *text;

    arguments(env, info, values);
    text = bytes(env, values[1], &length);
    if (text == NULL)
        return NULL;
    e.text = text;
    napi_create_array(env, &e.list);
    status = unfix_explain(external(env, values[0]), text, length, take_place,
                           &e, &error);
    free(text);
    return status == UNFIX_OK ? e.list : fail(env, status, &error);
}

/* ---- Streams ------------------------------------------------------------- */

struct stream {
    unfix_stream *stream;
    napi_env env;
    napi_value pieces; /* of the call under way */
    uint32_t count;
    struct place at; /* of the next piece, in code units */
    uint64_t output; /* and in bytes */
    napi_ref held;   /* the context's external */
};

static int
take_piece(void *user, const unfix_result *result)
{
    struct stream *s = user;
    size_t length;
    napi_value piece = show_result(s->env, result, false, s->output, &s->at);

    unfix_result_text(result, &length);
    s->output += length;
    return napi_set_element(s->env, s->pieces, s->count++, piece) != napi_ok;
}

static void
free_stream(napi_env env, void *data, void *hint)
{
    struct stream *s = data;

    (void)hint;
    unfix_stream_free(s->stream);
    napi_delete_reference(env, s->held);
    free(s);
}

/* newStream(context, options): the context is the stream's alone. */
static napi_value
new_stream(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS], handle = NULL;
    struct stream *s = calloc(1, sizeof *s);
    unfix_context *context;
    unfix_options options;
    unfix_error error = {0};
    unfix_status status = UNFIX_ERROR_MEMORY;

    arguments(env, info, values);
    context = external(env, values[0]);
    read_options(env, values[1], &options);
    if (s != NULL)
        status = unfix_context_set_options(context, &options, &error);
    if (status == UNFIX_OK)
        status = unfix_stream_new(context, take_piece, s, &s->stream);
    if (status != UNFIX_OK) {
        free(s);
        return fail(env, status, &error);
    }
    napi_create_reference(env, values[0], 1, &s->held);
    napi_create_external(env, s, free_stream, NULL, &handle);
    return handle;
}

/* feed(stream, text) or, without a text, finish(stream) -> pieces */
static napi_value
feed(napi_env env, napi_callback_info info)
{
    napi_value values[ADDON_ARGUMENTS];
    napi_valuetype type;
    struct stream *s;
    unfix_error error = {0};
    unfix_status status;
    size_t length;
    char *text = NULL;

    arguments(env, info, values);
    s = external(env, values[0]);
    napi_typeof(env, values[1], &type);
    if (type != napi_undefined &&
        (text = bytes(env, values[1], &length)) == NULL)
        return NULL;
    s->env = env;
    s->count = 0;
    napi_create_array(env, &s->pieces);
    status = text != NULL ? unfix_stream_feed(s->stream, text, length, &error)
                          : unfix_stream_finish(s->stream, &error);
    free(text);
    return status == UNFIX_OK ? s->pieces : fail(env, status, &error);
}

/* ---- The module ---------------------------------------------------------- */

static napi_value
class_names(napi_env env)
{
    napi_value list;
    uint32_t c;

    napi_create_array_with_length(env, UNFIX_CLASS_COUNT, &list);
    for (c = 0; c < UNFIX_CLASS_COUNT; c++)
        napi_set_element(
            env, list, c,
            string(env, unfix_class_name((unfix_class)c), NAPI_AUTO_LENGTH));
    return list;
}

__attribute__((visibility("default"))) napi_value
napi_register_module_v1(napi_env env, napi_value exports);

napi_value
napi_register_module_v1(napi_env env, napi_value exports)
{
    static const struct {
        const char *name;
        napi_callback function;
    } functions[] = {
        {"loadModel", load_model},
        {"modelPlace", model_place},
        {"newOverlay", new_overlay},
        {"newContext", new_context},
        {"correct", correct},
        {"correctLater", correct_later},
        {"explain", explain},
        {"newStream", new_stream},
        {"feed", feed},
    };
    size_t i;

    for (i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_value function;

        napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH,
                             functions[i].function, NULL, &function);
        set(env, exports, functions[i].name, function);
    }
    set(env, exports, "version",
        string(env, unfix_version(), NAPI_AUTO_LENGTH));
    set(env, exports, "kinds", class_names(env));
    return exports;
}
