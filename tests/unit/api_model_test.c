/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "small_dictionary.h"
#include "unit_api.h"

#include "verify/evidence.h"

/* ---- Files ---- */

START_TEST(built_model_loads)
{
    unfix_model *model, *installed;
    unfix_error error;

    if (unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK)
        ck_abort_msg("%s: %s", UNFIX_TEST_MODEL, error.message);
    ck_assert_str_eq(unfix_model_language(model), "es");
    ck_assert_uint_gt(strlen(unfix_model_data_version(model)), 0);
    /* Without a path it is found from where the program lies. */
    if (unfix_model_load(NULL, NULL, &installed, &error) != UNFIX_OK)
        ck_abort_msg("the default model: %s", error.message);
    ck_assert_str_eq(unfix_model_language(installed), "es");
    ck_assert_str_eq(unfix_model_data_version(installed),
                     unfix_model_data_version(model));
    unfix_model_release(installed);
    unfix_model_release(model);
}
END_TEST

/* One of the places is where the model was found; a path that does not fit is
 * cut, and its length told all the same. */
START_TEST(places_are_told)
{
    char path[4096], cut[8];
    unfix_model *model;
    bool found = false;
    size_t i, length;

    ck_assert_int_eq(unfix_model_load(NULL, NULL, &model, NULL), UNFIX_OK);
    for (i = 0; (length = unfix_model_place(i, path, sizeof path)) > 0; i++) {
        ck_assert_uint_eq(length, strlen(path));
        ck_assert_int_eq(path[0], '/');
        ck_assert_uint_eq(unfix_model_place(i, NULL, 0), length);
        ck_assert_uint_eq(unfix_model_place(i, cut, sizeof cut), length);
        ck_assert_uint_eq(strlen(cut), sizeof cut - 1);
        found = found || strcmp(path, unfix_model_path(model)) == 0;
    }
    ck_assert(found);
    ck_assert_uint_ge(i, 1);
    ck_assert_uint_eq(unfix_model_place(SIZE_MAX, path, sizeof path), 0);
    unfix_model_release(model);
}
END_TEST

static void
check_load(const char *path, unfix_status expected)
{
    unfix_model *model = (unfix_model *)&expected;
    unfix_error error = {.status = UNFIX_OK};

    ck_assert_int_eq(unfix_model_load(path, NULL, &model, &error), expected);
    ck_assert_ptr_null(model);
    ck_assert_int_eq(error.status, expected);
    ck_assert_uint_gt(strlen(error.message), 0);
    ck_assert_int_eq(unfix_model_load(path, NULL, &model, NULL), expected);
}

START_TEST(other_files_do_not)
{
    struct small_dictionary d;

    small_dictionary_make(&d, "", "this is no model");
    check_load(d.aff, UNFIX_ERROR_FORMAT);
    check_load(d.dic, UNFIX_ERROR_FORMAT);
    check_load(d.folder, UNFIX_ERROR_IO);
    check_load("/dev/null", UNFIX_ERROR_IO);
    check_load("", UNFIX_ERROR_IO);
    small_dictionary_remove(&d);
    check_load(d.dic, UNFIX_ERROR_IO);
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, NULL, NULL),
                     UNFIX_ERROR_ARGUMENT);
}
END_TEST

START_TEST(file_is_mapped_as_it_is_in_memory)
{
    struct small_dictionary d;
    struct api api;
    unfix_model *mapped;
    size_t length;
    FILE *file;

    api_begin(&api);
    free(small_image(&api_facts, &length));
    small_dictionary_make(&d, NULL, NULL);
    file = fopen(d.dic, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(api.image, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(unfix_model_load(d.dic, NULL, &mapped, NULL), UNFIX_OK);
    ck_assert_str_eq(unfix_model_path(mapped), d.dic);
    ck_assert_ptr_null(unfix_model_path(api.model));
    /* The name may go while the model is in use. */
    small_dictionary_remove(&d);
    unfix_model_release(api.model);
    api.model = mapped;
    ck_assert_str_eq(unfix_model_data_version(mapped), "small-1");
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesión");
    api_end(&api);
}
END_TEST

/* ---- Memory ---- */

START_TEST(image_in_memory)
{
    struct api api;

    api_begin(&api);
    ck_assert_str_eq(unfix_model_language(api.model), "es");
    ck_assert_str_eq(unfix_model_data_version(api.model), "small-1");
    api_end(&api);
}
END_TEST

START_TEST(image_must_be_there_and_aligned)
{
    struct api api;
    unfix_model *model = (unfix_model *)&api;
    unfix_error error = {.status = UNFIX_OK};
    size_t length, shift;
    char *moved;

    api_begin(&api);
    free(small_image(&api_facts, &length));
    ck_assert_int_eq(
        unfix_model_load_memory(NULL, length, NULL, &model, &error),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_ptr_null(model);
    ck_assert_int_eq(error.status, UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(
        unfix_model_load_memory(api.image, length, NULL, NULL, NULL),
        UNFIX_ERROR_ARGUMENT);
    moved = malloc(length + 8);
    for (shift = 0; shift <= 8; shift++) {
        memcpy(moved + shift, api.image, length);
        ck_assert_int_eq(
            unfix_model_load_memory(moved + shift, length, NULL, &model, NULL),
            shift % 8 == 0 ? UNFIX_OK : UNFIX_ERROR_ARGUMENT);
        unfix_model_release(model);
    }
    free(moved);
    api_end(&api);
}
END_TEST

START_TEST(references_are_counted)
{
    struct unit_memory m;
    struct api api;
    unfix_model *model;
    size_t length;

    api_begin(&api);
    free(small_image(&api_facts, &length));
    unit_memory_init(&m, 0);
    ck_assert_int_eq(
        unfix_model_load_memory(api.image, length, &m.allocator, &model, NULL),
        UNFIX_OK);
    ck_assert_ptr_eq(unfix_model_retain(model), model);
    ck_assert_ptr_eq(unfix_model_retain(model), model);
    unfix_model_release(model);
    unfix_model_release(model);
    ck_assert_uint_gt(m.live, 0);
    ck_assert_str_eq(unfix_model_language(model), "es");
    unfix_model_release(model);
    ck_assert_uint_eq(m.live, 0);
    ck_assert_ptr_null(unfix_model_retain(NULL));
    unfix_model_release(NULL);
    api_end(&api);
}
END_TEST

static unfix_status
load_image(struct api *api, size_t length, const unfix_allocator *allocator,
           unfix_model **model)
{
    unfix_error error = {.status = UNFIX_OK};
    unfix_status status =
        unfix_model_load_memory(api->image, length, allocator, model, &error);

    ck_assert_int_eq(error.status, status);
    ck_assert_int_eq(status == UNFIX_OK, *model != NULL);
    return status;
}

START_TEST(loading_may_run_out_of_memory)
{
    struct unit_memory m;
    struct api api;
    unfix_model *model;
    size_t length, k;

    api_begin(&api);
    free(small_image(&api_facts, &length));
    for (k = 1;; k++) {
        unit_memory_init(&m, k);
        ck_assert_int_eq(load_image(&api, length, &m.allocator, &model),
                         m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unfix_model_release(model);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 1);
    for (k = 1;; k++) {
        unit_memory_init(&m, k);
        ck_assert_int_eq(
            unfix_model_load(UNFIX_TEST_MODEL, &m.allocator, &model, NULL),
            m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unfix_model_release(model);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    api_end(&api);
}
END_TEST

/* ---- Damage ---- */

static unfix_status
load_with_verifier(const int32_t *verifier, size_t count)
{
    struct small_facts facts = api_facts;
    struct unit_memory m;
    struct api api;
    unfix_model *model;
    unfix_status status;
    size_t length;

    api_begin(&api);
    free(api.image);
    facts.laid = verifier;
    facts.laid_count = count;
    unfix_model_release(api.model);
    api.model = NULL;
    api.image = small_image(&facts, &length);
    unit_memory_init(&m, 0);
    status = load_image(&api, length, &m.allocator, &model);
    unfix_model_release(model);
    ck_assert_uint_eq(m.live, 0);
    api_end(&api);
    return status;
}

START_TEST(verifier_must_hold_together)
{
    static const int32_t newer[] = {
        UFX_FEATURE_COUNT + 1, 0, 0, 2, 0, 2, 0, 1, 2, 3, 0};
    static const int32_t older[] = {
        UFX_FEATURE_COUNT - 1, 0, 0, 2, 0, 2, 0, 1, 2, 3, 0};
    static const int32_t bad[] = {
        UFX_FEATURE_COUNT, 0, 0, 2, 0, 5, 0, 1, 2, 3, 0};

    ck_assert_int_eq(load_with_verifier(newer, sizeof newer / sizeof *newer),
                     UNFIX_ERROR_VERSION);
    /* It looks at the features that it knows. */
    ck_assert_int_eq(load_with_verifier(older, sizeof older / sizeof *older),
                     UNFIX_OK);
    ck_assert_int_eq(load_with_verifier(bad, sizeof bad / sizeof *bad),
                     UNFIX_ERROR_FORMAT);
}
END_TEST

static const char sample[] =
    "La cooperacién internacional de la Asamblea General.\n\n"
    "La sesién de los 6rganos ~ de la coope- racin inter-\nnacional de la\n"
    "ASAMBLEA GENERAL, sesin decooperacién de 6rganosde y sesién;de agua.\n"
    "En su 53* sesion, cap. IlI, y 442 sesion, A/ICONF.157/24 y E/CN.l/3.\n";

/* Sections hold whatever they hold: what opens may give odd repairs, but
 * nothing worse.  The checksums are made right, as an attacker would. */
START_TEST(hostile_image_is_harmless)
{
    struct small_facts facts = api_facts;
    static const int32_t forest[] = {UFX_FEATURE_COUNT,
                                     1,
                                     100,
                                     2,
                                     -1000,
                                     100,
                                     1000,
                                     990,
                                     3,
                                     2,
                                     5000,
                                     1,
                                     2,
                                     -1,
                                     -500,
                                     0,
                                     0,
                                     -1,
                                     2000,
                                     0,
                                     0};
    struct api api;
    uint64_t seed = 77;
    size_t length, round, opened = 0;
    char *sound;

    api_begin(&api);
    facts.verifier = forest;
    facts.verifier_count = sizeof forest / sizeof *forest;
    sound = small_image(&facts, &length);
    unfix_model_release(api.model);
    free(api.image);
    api.image = aligned_alloc(UFX_IMAGE_ALIGN, length);
    for (round = 0; round < 400; round++) {
        size_t changes = 1 + unit_below(&seed, 12), i;

        memcpy(api.image, sound, length);
        for (i = 0; i < changes; i++) {
            size_t at =
                sizeof(struct ufx_image_header) +
                unit_below(&seed, length - sizeof(struct ufx_image_header));

            ((unsigned char *)api.image)[at] =
                (unsigned char)(unit_below(&seed, 3) == 0
                                    ? 0xFF
                                    : unit_below(&seed, 256));
        }
        small_seal(api.image);
        if (load_image(&api, length, NULL, &api.model) != UNFIX_OK)
            continue;
        opened++;
        api_correct(&api, sample);
        api_check_whole(sample, sizeof sample - 1, api.result);
        unfix_context_free(api.context);
        api.context = NULL;
        unfix_model_release(api.model);
    }
    api.model = NULL;
    ck_assert_uint_gt(opened, 100);
    free(sound);
    api_end(&api);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        built_model_loads,
        places_are_told,
        other_files_do_not,
        file_is_mapped_as_it_is_in_memory,
        image_in_memory,
        image_must_be_there_and_aligned,
        references_are_counted,
        loading_may_run_out_of_memory,
        verifier_must_hold_together,
        hostile_image_is_harmless,
    };

    return unit_run("api/model", tests, sizeof tests / sizeof *tests);
}
