/* SPDX-License-Identifier: MPL-2.0 */
/* unfix_explain: places, readings, costs. */
#include "unfix.h"

#include "../read_file.h"
#include "unit_api.h"

#include <glob.h>

static void
begin(struct api *api)
{
    api_begin(api);
    ck_assert_int_eq(
        unfix_context_new(api->model, NULL, NULL, NULL, &api->context, NULL),
        UNFIX_OK);
}

/* The places as text: original, then readings, the best first. */
static char shown[2000];

static int
show(void *user, const unfix_place *place)
{
    size_t *used = user, i;

    *used += (size_t)snprintf(shown + *used, sizeof shown - *used,
                              "%s%s%s:", *used > 0 ? " " : "", place->original,
                              place->is_protected ? "!"
                              : place->known      ? ""
                                                  : "?");
    for (i = 0; i < place->reading_count; i++)
        *used += (size_t)snprintf(shown + *used, sizeof shown - *used, "%s%s",
                                  i > 0 ? "," : "", place->readings[i].text);
    ck_assert_uint_lt(*used, sizeof shown);
    return 0;
}

static const char *
explained(struct api *api, const char *text)
{
    size_t used = 0;

    shown[0] = '\0';
    ck_assert_int_eq(
        unfix_explain(api->context, text, strlen(text), show, &used, NULL),
        UNFIX_OK);
    return shown;
}

START_TEST(readings)
{
    struct api api;

    begin(&api);
    ck_assert_str_eq(explained(&api, ""), "");
    ck_assert_str_eq(explained(&api, " \n\n"), "");
    ck_assert_str_eq(explained(&api, "de la"), "de:de la:la");
    ck_assert_str_eq(explained(&api, "la sesién."),
                     "la:la sesién?:sesión,sesién .:.");
    ck_assert_str_eq(explained(&api, "la ~ sesión"),
                     "la:la ~?:,~ sesión:sesión");
    ck_assert_str_eq(explained(&api, "www.un.org la"), "www.un.org!:www.un.org "
                                                       "la:la");
    api_end(&api);
}
END_TEST

static int
check_costs(void *user, const unfix_place *place)
{
    size_t *count = user;

    ++*count;
    if (strcmp(place->original, "sesién") != 0)
        return 0;
    ck_assert_uint_eq(place->offset, 3);
    ck_assert_uint_eq(place->length, strlen("sesién"));
    ck_assert_uint_eq(place->reading_count, 2);
    /* The rule é for ó costs 3.5 nats, less what the document shows of it; an
     * unknown word costs much more. */
    ck_assert_int_le(place->readings[0].channel_cost, 3500);
    ck_assert_int_gt(place->readings[0].channel_cost, 2000);
    ck_assert_int_gt(place->readings[1].channel_cost, 10000);
    ck_assert_int_gt(place->readings[0].context_cost, 0);
    return 0;
}

START_TEST(costs)
{
    struct api api;
    size_t count = 0;

    begin(&api);
    ck_assert_int_eq(unfix_explain(api.context, "la sesién de",
                                   strlen("la sesién de"), check_costs, &count,
                                   NULL),
                     UNFIX_OK);
    ck_assert_uint_eq(count, 3);
    api_end(&api);
}
END_TEST

/* Explaining leaves nothing behind that correcting would notice. */
START_TEST(documents_do_not_mix)
{
    struct api api;
    struct api_record before, after;

    begin(&api);
    api_record_init(&before);
    api_record_init(&after);
    api_correct(&api, "la sesién sesién de la asamblea");
    api_record_add(&before, api.result);
    explained(&api, "sesién sesién sesión asamblea");
    api_correct(&api, "la sesién sesién de la asamblea");
    api_record_add(&after, api.result);
    ck_assert(api_record_equal(&before, &after));
    api_record_free(&before);
    api_record_free(&after);
    api_end(&api);
}
END_TEST

static int
stop(void *user, const unfix_place *place)
{
    (void)place;
    return --*(int *)user == 0;
}

START_TEST(failures)
{
    struct api api;
    unfix_error error;
    int left = 2;

    begin(&api);
    ck_assert_int_eq(
        unfix_explain(api.context, "de la de", 8, stop, &left, &error),
        UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(left, 0);
    ck_assert_int_eq(error.status, UNFIX_ERROR_CALLBACK);
    ck_assert_int_eq(unfix_explain(NULL, "", 0, stop, &left, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_explain(api.context, NULL, 1, stop, &left, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_explain(api.context, "", 0, NULL, &left, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_explain(api.context, NULL, 0, stop, &left, NULL),
                     UNFIX_OK);
    api_end(&api);
}
END_TEST

START_TEST(memory_runs_out)
{
    size_t fail_at, length;
    void *image = small_image(&api_facts, &length);
    unfix_model *model;
    bool failed = true;

    ck_assert_int_eq(unfix_model_load_memory(image, length, NULL, &model, NULL),
                     UNFIX_OK);
    for (fail_at = 1; failed; fail_at++) {
        struct unit_memory memory;
        unfix_context *context = NULL;
        unfix_status status;
        size_t used = 0;

        unit_memory_init(&memory, fail_at);
        status = unfix_context_new(model, NULL, NULL, &memory.allocator,
                                   &context, NULL);
        if (status == UNFIX_OK)
            status = unfix_explain(context, "la sesién", 10, show, &used, NULL);
        failed = memory.failed;
        ck_assert(status == UNFIX_OK || status == UNFIX_ERROR_MEMORY);
        ck_assert(failed || status == UNFIX_OK);
        unfix_context_free(context);
        ck_assert_uint_eq(memory.live, 0);
    }
    unfix_model_release(model);
    free(image);
}
END_TEST

/* ---- What was mangled ---- */

struct seen {
    char text[400];
};

static int
see(void *user, const unfix_place *place)
{
    struct seen *seen = user;
    size_t used = strlen(seen->text);

    snprintf(seen->text + used, sizeof seen->text - used, "%d+%d %s=%s%s\n",
             (int)place->offset, (int)place->length, place->original,
             place->readings[0].text, place->known ? "" : "?");
    return 0;
}

/* What is weighed is the text as it was meant, told by places of the text as it
 * came. */
START_TEST(mangled)
{
    static const char text[] = "La comisiÃ³n y el aÃ±o 1997.";
    struct seen seen = {""};
    unfix_model *model;
    unfix_context *context;

    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        unfix_explain(context, text, sizeof text - 1, see, &seen, NULL),
        UNFIX_OK);
    ck_assert_str_eq(seen.text, "0+2 La=La\n3+11 comisiÃ³n=comisión?\n"
                                "15+1 y=y\n17+2 el=el\n20+6 aÃ±o=año?\n"
                                "27+4 1997=1997\n31+1 .=.\n");
    unfix_context_free(context);
    unfix_model_release(model);
}
END_TEST

/* ---- Every text that the tests have ---- */

struct walk {
    const char *text;
    size_t length;
    uint64_t at;
};

static int
check_place(void *user, const unfix_place *place)
{
    struct walk *walk = user;
    size_t i;

    ck_assert_uint_ge(place->offset, walk->at);
    ck_assert_uint_le(place->offset + place->length, walk->length);
    ck_assert_uint_eq(place->length, place->original_length);
    ck_assert_mem_eq(place->original, walk->text + place->offset,
                     place->original_length);
    ck_assert_uint_ge(place->reading_count, 1);
    for (i = 0; i < place->reading_count; i++) {
        const unfix_reading *r = &place->readings[i];

        ck_assert_int_eq(r->text[r->length], '\0');
        ck_assert_int_ge(r->channel_cost, 0);
        if (i > 1)
            ck_assert_int_ge(r->channel_cost + r->context_cost,
                             place->readings[i - 1].channel_cost +
                                 place->readings[i - 1].context_cost);
    }
    if (place->is_protected)
        ck_assert_str_eq(place->readings[0].text, place->original);
    walk->at = place->offset + place->length;
    return 0;
}

START_TEST(texts)
{
    glob_t files;
    unfix_model *model;
    unfix_context *context;
    size_t i;

    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        glob(UNFIX_TEST_SOURCE "/tests/pages/*.txt", 0, NULL, &files), 0);
    ck_assert_int_eq(
        glob(UNFIX_TEST_SOURCE "/tests/corpus/*/*", GLOB_APPEND, NULL, &files),
        0);
    for (i = 0; i < files.gl_pathc; i++) {
        struct walk walk = {0};
        char *text = read_file(files.gl_pathv[i], &walk.length);

        walk.text = text;
        ck_assert_int_eq(
            unfix_explain(context, text, walk.length, check_place, &walk, NULL),
            UNFIX_OK);
        free(text);
    }
    globfree(&files);
    unfix_context_free(context);
    unfix_model_release(model);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        readings, costs, documents_do_not_mix, failures, memory_runs_out,
        mangled,  texts,
    };

    return unit_run("repair/explain", tests, sizeof tests / sizeof *tests);
}
