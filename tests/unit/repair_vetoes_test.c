/* SPDX-License-Identifier: MPL-2.0 */
/* lib/repair/vetoes.c: repairs that a user does not want. */
#include "unfix.h"

#include "unit_api.h"

#define TEXT "la cooperacién, COOPERACIÉN y 6rganos de la sesion"
#define REPAIRED "la cooperación, COOPERACIÓN y órganos de la sesión"

static unfix_error error;

/* What becomes of TEXT with the table; NULL where the table is refused. */
static const char *
corrected(struct api *api, const char *table)
{
    unfix_overlay *overlay;
    unfix_status status;

    unfix_context_free(api->context);
    api->context = NULL;
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
    status = unfix_overlay_add_vetoes(overlay, table, strlen(table), &error);
    if (status == UNFIX_OK) {
        ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
        ck_assert_int_eq(unfix_context_new(api->model, overlay, NULL, NULL,
                                           &api->context, NULL),
                         UNFIX_OK);
    }
    unfix_overlay_release(overlay);
    return status == UNFIX_OK ? api_correct(api, TEXT) : NULL;
}

START_TEST(words)
{
    struct api api;

    api_begin(&api);
    ck_assert_str_eq(corrected(&api, ""), REPAIRED);
    ck_assert_str_eq(corrected(&api, "# nothing\n\nsesién\n"), REPAIRED);
    ck_assert_str_eq(corrected(&api, "sesion\r\n"),
                     "la cooperación, COOPERACIÓN y órganos de la sesion");
    /* Small letters stand for any, capitals for themselves. */
    ck_assert_str_eq(corrected(&api, "  cooperacién \n6rganos"),
                     "la cooperacién, COOPERACIÉN y 6rganos de la sesión");
    ck_assert_str_eq(corrected(&api, "Cooperacién"),
                     "la cooperación, COOPERACIÉN y órganos de la sesión");
    ck_assert_str_eq(corrected(&api, "COOPERACIE\xcc\x81N"),
                     "la cooperación, COOPERACIÉN y órganos de la sesión");
    api_end(&api);
}
END_TEST

START_TEST(pairs)
{
    struct api api;

    api_begin(&api);
    ck_assert_str_eq(corrected(&api, "cooperacién=cooperation"), REPAIRED);
    ck_assert_str_eq(corrected(&api, "sesion = sesión"),
                     "la cooperación, COOPERACIÓN y órganos de la sesion");
    ck_assert_str_eq(corrected(&api, "cooperacién=cooperación"),
                     "la cooperacién, COOPERACIÉN y órganos de la sesión");
    ck_assert_str_eq(corrected(&api, "COOPERACIÉN=COOPERACIÓN"),
                     "la cooperación, COOPERACIÉN y órganos de la sesión");
    api_end(&api);
}
END_TEST

START_TEST(series)
{
    struct api api;
    const unfix_correction *c;

    api_begin(&api);
    ck_assert_str_eq(corrected(&api, "ó read as é"),
                     "la cooperacién, COOPERACIÓN y órganos de la sesión");
    c = unfix_result_correction(api.result, 0);
    ck_assert_str_eq(c->original, "cooperacién");
    ck_assert_str_eq(c->reason, "ó read as é");
    ck_assert_int_eq(c->verdict, UNFIX_REJECTED);
    ck_assert_str_eq(c->held_back, "vetoed");
    ck_assert_str_eq(corrected(&api, "ó read 6\n"),
                     "la cooperación, COOPERACIÓN y 6rganos de la sesión");
    ck_assert_str_eq(corrected(&api, "o read as 6\n"), REPAIRED);
    api_end(&api);
}
END_TEST

START_TEST(odd_tables)
{
    struct api api;
    unfix_overlay *overlay;

    api_begin(&api);
    ck_assert_ptr_null(corrected(&api, "sesion\n\n=b\n"));
    ck_assert_int_eq(error.status, UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.line, 3);
    ck_assert_ptr_null(corrected(&api, "a= \n"));
    ck_assert_ptr_null(corrected(&api, " =\n"));
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_vetoes(overlay, "a\0b\n", 4, &error),
                     UNFIX_ERROR_FORMAT);
    ck_assert_int_eq(unfix_overlay_add_vetoes(overlay, NULL, 1, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_vetoes(overlay, NULL, 0, &error),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_vetoes(overlay, "a\n", 2, &error),
                     UNFIX_ERROR_STATE);
    unfix_overlay_release(overlay);
    ck_assert_int_eq(unfix_overlay_add_vetoes(NULL, "a\n", 2, &error),
                     UNFIX_ERROR_ARGUMENT);
    api_end(&api);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    struct api api;

    api_begin(&api);
    ck_assert_str_eq(corrected(&api, "\xff\xfe\n\xc3=\xa9\n\xff read \xff\n"),
                     REPAIRED);
    api_end(&api);
}
END_TEST

/* Building and asking: whichever allocation fails, the call says so. */
START_TEST(memory_runs_out)
{
    static const char table[] = "sesion\na=b\nó read é\nsesién=sesión\n";
    size_t fail_at, length;
    void *image = small_image(&api_facts, &length);
    unfix_model *model;
    bool failed = true;

    ck_assert_int_eq(unfix_model_load_memory(image, length, NULL, &model, NULL),
                     UNFIX_OK);
    for (fail_at = 1; failed; fail_at++) {
        struct unit_memory memory;
        unfix_overlay *overlay = NULL;
        unfix_context *context = NULL;
        unfix_result *result = NULL;
        unfix_status status;

        unit_memory_init(&memory, fail_at);
        status = unfix_overlay_new(&memory.allocator, &overlay);
        if (status == UNFIX_OK)
            status = unfix_overlay_add_vetoes(overlay, table, sizeof table - 1,
                                              NULL);
        if (status == UNFIX_OK)
            status = unfix_overlay_freeze(overlay, NULL);
        if (status == UNFIX_OK)
            status = unfix_context_new(model, overlay, NULL, &memory.allocator,
                                       &context, NULL);
        if (status == UNFIX_OK)
            status = unfix_result_new(&memory.allocator, &result);
        if (status == UNFIX_OK)
            status =
                unfix_correct(context, TEXT, sizeof TEXT - 1, result, NULL);
        failed = memory.failed;
        /* What the library only remembers to be faster may be given up. */
        if (status == UNFIX_OK)
            ck_assert_str_eq(unfix_result_text(result, NULL),
                             "la cooperacién, COOPERACIÓN y órganos de la "
                             "sesion");
        else
            ck_assert_int_eq(status, UNFIX_ERROR_MEMORY);
        ck_assert(failed || status == UNFIX_OK);
        unfix_result_free(result);
        unfix_context_free(context);
        unfix_overlay_release(overlay);
        ck_assert_uint_eq(memory.live, 0);
    }
    unfix_model_release(model);
    free(image);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        words,           pairs, series, odd_tables, bytes_that_are_no_text,
        memory_runs_out,
    };

    return unit_run("repair/vetoes", tests, sizeof tests / sizeof *tests);
}
