/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "unit_api.h"

#include "api/objects.h"
#include "verify/evidence.h"

#define TEXT "la cooperacién de la sesién"

static unfix_status
new_context(struct api *api, const unfix_options *options)
{
    unfix_error error = {.status = UNFIX_OK};
    unfix_status status;

    unfix_context_free(api->context);
    api->context = (unfix_context *)api;
    status = unfix_context_new(api->model, NULL, options, NULL, &api->context,
                               &error);
    ck_assert_int_eq(error.status, status);
    ck_assert_int_eq(status == UNFIX_OK, api->context != NULL);
    return status;
}

START_TEST(default_options)
{
    unfix_options options;

    memset(&options, 0xA5, sizeof options);
    unfix_options_init(&options);
    ck_assert_uint_eq(options.size, sizeof options);
    ck_assert_uint_gt(options.min_confidence, 500);
    ck_assert_uint_le(options.min_confidence, 1000);
    ck_assert_uint_eq(options.classes, UNFIX_CLASSES_ALL);
    ck_assert_uint_eq(options.max_harm, 0);
    unfix_options_init(NULL);
}
END_TEST

/* The message begins with the name of the option that is wrong. */
static void
check_refused(struct api *api, const unfix_options *options, const char *name)
{
    unfix_context *context = (unfix_context *)api;
    unfix_error error = {.status = UNFIX_OK};

    ck_assert_int_eq(
        unfix_context_new(api->model, NULL, options, NULL, &context, &error),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(context);
    ck_assert_int_eq(error.status, UNFIX_ERROR_ARGUMENT);
    ck_assert_msg(strncmp(error.message, name, strlen(name)) == 0,
                  "%s: said: %s", name, error.message);
}

START_TEST(options_out_of_range)
{
    struct api api;
    unfix_options options;

    api_begin(&api);
    unfix_options_init(&options);
    options.min_confidence = 1001;
    check_refused(&api, &options, "min_confidence ");
    unfix_options_init(&options);
    options.classes = UNFIX_CLASSES_ALL + 1;
    check_refused(&api, &options, "classes ");
    options.classes = 0;
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    options.max_harm = 10000001;
    check_refused(&api, &options, "max_harm ");
    options.max_harm = 10000000;
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    options.join_hyphens = 2;
    check_refused(&api, &options, "join_hyphens ");
    options.join_hyphens = 0;
    options.compose = 2;
    check_refused(&api, &options, "compose ");
    memset(&options, 0, sizeof options);
    check_refused(&api, &options, "options ");
    api_end(&api);
}
END_TEST

/* From one text to the next; what is refused changes nothing. */
START_TEST(options_may_differ_by_text)
{
    struct api api;
    unfix_options options;
    unfix_error error;

    api_begin(&api);
    ck_assert_str_ne(api_correct(&api, TEXT), TEXT);
    unfix_options_init(&options);
    options.classes = 0;
    ck_assert_int_eq(unfix_context_set_options(api.context, &options, &error),
                     UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, TEXT), TEXT);
    options.classes = UNFIX_CLASSES_ALL;
    options.min_confidence = 1001;
    ck_assert_int_eq(unfix_context_set_options(api.context, &options, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "min_confidence is above 1000");
    ck_assert_str_eq(api_correct(&api, TEXT), TEXT);
    ck_assert_int_eq(unfix_context_set_options(api.context, NULL, NULL),
                     UNFIX_OK);
    ck_assert_str_ne(api_correct(&api, TEXT), TEXT);
    ck_assert_int_eq(unfix_context_set_options(NULL, NULL, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "context is NULL");
    api_end(&api);
}
END_TEST

/* A verifier beside the model of a few words. */
static void
begin_with(struct api *api, const int32_t *verifier, size_t count)
{
    struct small_facts facts = api_facts;
    size_t length;

    api_begin(api);
    unfix_model_release(api->model);
    free(api->image);
    facts.verifier = verifier;
    facts.verifier_count = count;
    api->image = small_image(&facts, &length);
    ck_assert_int_eq(
        unfix_model_load_memory(api->image, length, NULL, &api->model, NULL),
        UNFIX_OK);
}

/* What whoever watches was told of: the words as they stand in the text, each
 * before a bar. */
struct watched {
    const char *text;
    struct ufx_buffer words;
};

static void
note_watched(void *user, const struct ufx_evidence *evidence, uint64_t offset,
             uint64_t length, const char *replacement,
             size_t replacement_length)
{
    struct watched *watched = user;

    (void)evidence;
    (void)replacement;
    (void)replacement_length;
    ufx_buffer_append(&watched->words, watched->text + offset, (size_t)length);
    ufx_buffer_append_byte(&watched->words, '|');
}

static void
check_watched(struct api *api, const char *text, const char *expected)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct watched watched = {.text = text};

    ufx_buffer_init(&watched.words, &memory);
    ck_assert_int_eq(new_context(api, NULL), UNFIX_OK);
    api->context->worker.observer = note_watched;
    api->context->worker.observer_user = &watched;
    api_correct(api, text);
    ufx_buffer_append_byte(&watched.words, '\0');
    ck_assert_str_eq(watched.words.data, expected);
    ufx_buffer_free(&watched.words);
}

/* Places are told in the document, in whichever window they are. */
START_TEST(watched_in_the_document)
{
    struct api api;

    api_begin(&api);
    check_watched(&api, "la cooperacién\n\fde la sesién\n",
                  "cooperacién|sesién|");
    api_end(&api);
}
END_TEST

/* Sure of long words alone. */
static const int32_t long_ones[] = {
    UFX_FEATURE_COUNT, 1, 0, 2, -1000, 0, 1000, 1000,
    /* the tree: of up to eight characters -2000, else 2000 */
    3, UFX_FEATURE_LENGTH, 8, 1, 2, -1, -2000, 0, 0, -1, 2000, 0, 0};

/* What is left is told again as it looks beside what was mended. */
START_TEST(watched_again_beside_repairs)
{
    struct api api;

    begin_with(&api, long_ones, sizeof long_ones / sizeof *long_ones);
    check_watched(&api, "la cooperacién de la sesién\n",
                  "cooperacién|sesién|sesién|");
    check_watched(&api, "de la sesién\n", "sesién|");
    api_end(&api);
}
END_TEST

/* The struct of an older version ends earlier, of a newer one later. */
START_TEST(options_of_other_versions)
{
    struct api api;
    struct {
        unfix_options options;
        uint64_t more[3];
    } newer;
    unfix_options *older;

    api_begin(&api);
    memset(&newer, 0, sizeof newer);
    unfix_options_init(&newer.options);
    newer.options.size = sizeof newer;
    newer.options.classes = 0;
    ck_assert_int_eq(new_context(&api, &newer.options), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, TEXT), TEXT);
    newer.more[2] = 1;
    ck_assert_int_eq(new_context(&api, &newer.options), UNFIX_ERROR_ARGUMENT);
    /* What no version ever had is not looked at: it may not be there. */
    newer.options.size = SIZE_MAX;
    ck_assert_int_eq(new_context(&api, &newer.options), UNFIX_ERROR_ARGUMENT);

    /* As large as this version's, that the compiler may know it; filled only
     * as far as an older one reached. */
    older = malloc(sizeof *older);
    memset(older, 0xFF, sizeof *older);
    older->size = offsetof(unfix_options, classes);
    older->min_confidence = 0;
    ck_assert_int_eq(new_context(&api, older), UNFIX_OK);
    ck_assert_str_ne(api_correct(&api, TEXT), TEXT);

    /* One that ended before the budget; this model could not hold any. */
    older->size = offsetof(unfix_options, max_harm);
    older->classes = UNFIX_CLASSES_ALL;
    ck_assert_int_eq(new_context(&api, older), UNFIX_OK);
    ck_assert_str_ne(api_correct(&api, TEXT), TEXT);
    older->size = sizeof *older;
    older->max_harm = 1;
    older->join_hyphens = older->compose = 0;
    ck_assert_int_eq(new_context(&api, older), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, TEXT), TEXT);
    free(older);
    api_end(&api);
}
END_TEST

/* As many lines as before, and none where nobody knows the word. */
START_TEST(hyphens_are_joined)
{
    struct api api;
    unfix_options options;

    api_begin(&api);
    unfix_options_init(&options);
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la coope-\nración de"),
                     "la coope-\nración de");
    options.join_hyphens = 1;
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la coope-\r\n  ración de"),
                     "la cooperación\r\n  de");
    ck_assert_str_eq(api_correct(&api, "la coope-\nración, de"),
                     "la\ncooperación, de");
    ck_assert_str_eq(api_correct(&api, "coope-\nración, de"),
                     "coope-\nración, de");
    ck_assert_str_eq(api_correct(&api, "la coope\u00ADración de"),
                     "la cooperación de");
    ck_assert_str_eq(api_correct(&api, "la Kwek-\nweri"), "la Kwek-\nweri");
    /* The page has it whole. */
    ck_assert_str_eq(api_correct(&api, "Kwekweri y la Kwek-\nweri de"),
                     "Kwekweri y la Kwekweri\nde");
    api_end(&api);
}
END_TEST

/* A caller's struct may end earlier, or later, than the library's. */
START_TEST(initialized_as_far_as_it_goes)
{
    union {
        unfix_options options;
        unsigned char bytes[sizeof(unfix_options) + 16];
    } room;
    size_t size, i;

    for (size = offsetof(unfix_options, classes); size <= sizeof room.bytes;
         size++) {
        memset(room.bytes, 0xA5, sizeof room.bytes);
        unfix_options_init_sized(&room.options, size);
        ck_assert_uint_eq(room.options.size, size);
        for (i = size; i < sizeof room.bytes; i++)
            ck_assert_uint_eq(room.bytes[i], 0xA5);
        for (i = sizeof room.options; i < size; i++)
            ck_assert_uint_eq(room.bytes[i], 0);
    }
    /* Too short for anything: untouched. */
    memset(room.bytes, 0xA5, sizeof room.bytes);
    unfix_options_init_sized(&room.options,
                             offsetof(unfix_options, classes) - 1);
    for (i = 0; i < sizeof room.bytes; i++)
        ck_assert_uint_eq(room.bytes[i], 0xA5);
}
END_TEST

START_TEST(arguments)
{
    struct api api;
    unfix_error error = {.status = UNFIX_OK};
    unfix_context *context = (unfix_context *)&api;

    api_begin(&api);
    ck_assert_int_eq(
        unfix_context_new(NULL, NULL, NULL, NULL, &context, &error),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(context);
    ck_assert_int_eq(error.status, UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_context_new(api.model, NULL, NULL, NULL, NULL, NULL),
                     UNFIX_ERROR_ARGUMENT);
    unfix_context_free(NULL);
    api_end(&api);
}
END_TEST

START_TEST(options_are_copied)
{
    struct api api;
    unfix_options options;

    api_begin(&api);
    unfix_options_init(&options);
    options.classes = 0;
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    unfix_options_init(&options);
    ck_assert_str_eq(api_correct(&api, TEXT), TEXT);
    api_end(&api);
}
END_TEST

/* The context holds model and overlay as long as it needs them. */
START_TEST(context_retains)
{
    struct unit_memory m;
    struct api api;
    unfix_overlay *overlay;

    api_begin(&api);
    unit_memory_init(&m, 0);
    ck_assert_int_eq(unfix_overlay_new(&m.allocator, &overlay), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_words(overlay, "sesién\n", 8, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(api.model, overlay, NULL, NULL, &api.context, NULL),
        UNFIX_OK);
    unfix_overlay_release(overlay);
    unfix_model_release(api.model);
    api.model = NULL;
    ck_assert_uint_gt(m.live, 0);
    ck_assert_str_eq(api_correct(&api, TEXT), "la cooperación de la sesién");
    unfix_context_free(api.context);
    api.context = NULL;
    ck_assert_uint_eq(m.live, 0);
    api_end(&api);
}
END_TEST

START_TEST(overlay_must_be_frozen)
{
    struct api api;
    unfix_overlay *overlay;
    unfix_error error = {.status = UNFIX_OK};
    unfix_context *context = (unfix_context *)&api;

    api_begin(&api);
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(api.model, overlay, NULL, NULL, &context, &error),
        UNFIX_ERROR_STATE);
    ck_assert_ptr_null(context);
    ck_assert_int_eq(error.status, UNFIX_ERROR_STATE);
    unfix_overlay_release(overlay);
    api_end(&api);
}
END_TEST

/* ---- What the options do ---- */

START_TEST(classes_switched_off_are_proposed)
{
    struct api api;
    unfix_options options;
    size_t i;

    api_begin(&api);
    unfix_options_init(&options);
    options.classes = UNFIX_CLASS_BIT(UNFIX_CLASS_LETTER);
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    /* An accent and a letter. */
    ck_assert_str_eq(api_correct(&api, "la cooperacion de la sesién"),
                     "la cooperacion de la sesión");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 2);
    ck_assert_int_eq(unfix_result_correction(api.result, 0)->kind,
                     UNFIX_CLASS_ACCENT);
    ck_assert_int_eq(unfix_result_correction(api.result, 0)->verdict,
                     UNFIX_PROPOSED);
    ck_assert_int_eq(unfix_result_correction(api.result, 1)->verdict,
                     UNFIX_APPLIED);
    options.classes = UNFIX_CLASS_BIT(UNFIX_CLASS_ACCENT);
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la cooperacion de la sesién"),
                     "la cooperación de la sesién");
    options.classes = 0;
    ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la cooperacion de la sesién"),
                     "la cooperacion de la sesién");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 2);
    for (i = 0; i < 2; i++) {
        const unfix_correction *c = unfix_result_correction(api.result, i);

        ck_assert_int_eq(c->verdict, UNFIX_PROPOSED);
        ck_assert_uint_eq(c->out_length, c->original_length);
        ck_assert_uint_eq(c->out_offset, c->offset);
    }
    api_end(&api);
}
END_TEST

/* A verifier that always says 750. */
static const int32_t same_verdict[] = {
    UFX_FEATURE_COUNT, 0, 0, 2, -1000, 700, 1000, 800};

START_TEST(confidence_is_the_bar)
{
    struct api api;
    unfix_options options;
    const unfix_correction *c;
    uint32_t bar;

    begin_with(&api, same_verdict, sizeof same_verdict / sizeof *same_verdict);
    unfix_options_init(&options);
    for (bar = 0; bar <= 1000; bar += bar >= 749 && bar < 752 ? 1 : 107) {
        options.min_confidence = bar;
        ck_assert_int_eq(new_context(&api, &options), UNFIX_OK);
        ck_assert_str_eq(api_correct(&api, "la sesién"),
                         bar <= 750 ? "la sesión" : "la sesién");
        c = unfix_result_correction(api.result, 0);
        ck_assert_ptr_nonnull(c);
        ck_assert_uint_eq(c->confidence, 750);
        ck_assert_int_eq(c->score, 0);
        ck_assert_int_eq(c->verdict,
                         bar <= 750 ? UNFIX_APPLIED : UNFIX_PROPOSED);
    }
    api_end(&api);
}
END_TEST

START_TEST(making_a_context_may_run_out_of_memory)
{
    struct unit_memory m;
    struct api api;
    unfix_overlay *overlay;
    size_t k;

    api_begin(&api);
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_words(overlay, "uno\n", 4, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    for (k = 1;; k++) {
        unfix_context *context = (unfix_context *)&api;
        unfix_error error = {.status = UNFIX_OK};
        unfix_status status;

        unit_memory_init(&m, k);
        status = unfix_context_new(api.model, overlay, NULL, &m.allocator,
                                   &context, &error);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        ck_assert_int_eq(error.status, status);
        ck_assert_int_eq(context == NULL, m.failed);
        unfix_context_free(context);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 5);
    unfix_overlay_release(overlay);
    api_end(&api);
}
END_TEST

/* What one document shows is forgotten before the next. */
START_TEST(documents_do_not_mix)
{
    struct api api;
    struct api_record first, again;
    int i;

    api_begin(&api);
    api_record_init(&first);
    api_record_init(&again);
    api_correct(&api, TEXT);
    api_record_add(&first, api.result);
    for (i = 0; i < 30; i++)
        api_correct(&api, "sesién cooperacién sesién la asamblee generel\n"
                          "de 6rganos, sesidn, cooperacidn de agua\n");
    api_correct(&api, TEXT);
    api_record_add(&again, api.result);
    ck_assert(api_record_equal(&first, &again));
    api_record_free(&first);
    api_record_free(&again);
    api_end(&api);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        default_options,
        options_out_of_range,
        options_may_differ_by_text,
        watched_in_the_document,
        watched_again_beside_repairs,
        options_of_other_versions,
        initialized_as_far_as_it_goes,
        hyphens_are_joined,
        arguments,
        options_are_copied,
        context_retains,
        overlay_must_be_frozen,
        classes_switched_off_are_proposed,
        confidence_is_the_bar,
        making_a_context_may_run_out_of_memory,
        documents_do_not_mix,
    };

    return unit_run("api/context", tests, sizeof tests / sizeof *tests);
}
