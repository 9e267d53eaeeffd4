/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "base/limits.h"
#include "unit_api.h"

/* A survey of the text alone. */
static void
look(struct api *api, unfix_survey *survey, const char *text)
{
    api_correct(api, text);
    unfix_survey_clear(survey);
    unfix_survey_add(survey, api->result);
}

static void
check_damage(const unfix_survey *survey, const char *want)
{
    char line[200];

    ck_assert_uint_eq(unfix_survey_damage(survey, line, sizeof line),
                      strlen(want));
    ck_assert_str_eq(line, want);
}

START_TEST(memory_and_arguments)
{
    struct unit_memory m;
    unfix_survey *survey = (unfix_survey *)&m;

    ck_assert_int_eq(unfix_survey_new(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    unit_memory_init(&m, 1);
    ck_assert_int_eq(unfix_survey_new(&m.allocator, &survey),
                     UNFIX_ERROR_MEMORY);
    ck_assert_ptr_null(survey);
    unit_memory_init(&m, 0);
    ck_assert_int_eq(unfix_survey_new(&m.allocator, &survey), UNFIX_OK);
    ck_assert_uint_eq(unfix_survey_words(survey), 0);
    ck_assert_str_eq(unfix_survey_language(survey), "und");
    ck_assert_uint_eq(unfix_survey_left(survey, UNFIX_LEFT_COUNT), 0);
    check_damage(survey, "");
    unfix_survey_free(survey);
    ck_assert_uint_eq(m.live, 0);
    unfix_survey_free(NULL);
}
END_TEST

START_TEST(text_is_told)
{
    struct api api;
    unfix_survey *survey;

    api_begin(&api);
    ck_assert_int_eq(unfix_survey_new(NULL, &survey), UNFIX_OK);
    look(&api, survey, "la asamblea general de la sesión, de la cooperación");
    ck_assert_uint_eq(unfix_survey_words(survey), 9);
    ck_assert_str_eq(unfix_survey_language(survey), "es");
    ck_assert_str_eq(unfix_survey_spelling(survey), "modern");
    ck_assert_str_eq(unfix_survey_form(survey), "prose");
    ck_assert_str_eq(unfix_survey_person(survey), "third");
    ck_assert_uint_eq(unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN), 0);
    look(&api, survey, "brug vlen krast");
    ck_assert_str_eq(unfix_survey_language(survey), "und");
    ck_assert_uint_eq(unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN), 3);
    look(&api, survey, "if(a[1]>b){ x = y_z; } else { x[2]=http://a.b/c; }");
    ck_assert_str_eq(unfix_survey_form(survey), "syntax");
    ck_assert_uint_eq(unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN), 0);
    ck_assert_uint_gt(unfix_survey_left(survey, UNFIX_LEFT_SYNTAX), 0);
    look(&api, survey, "agua 12, 41; la 7, 8");
    ck_assert_str_eq(unfix_survey_form(survey), "figures");
    unfix_survey_free(survey);
    api_end(&api);
}
END_TEST

/* What was mended is not left, and what was not mended is. */
START_TEST(repairs_are_no_words_left)
{
    struct api api;
    unfix_survey *survey;

    api_begin(&api);
    ck_assert_int_eq(unfix_survey_new(NULL, &survey), UNFIX_OK);
    look(&api, survey, "la sesién de la cooperacién y vlen de la sesién");
    ck_assert_uint_eq(unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN), 2);
    check_damage(survey, "ó read as é 3");
    unfix_survey_free(survey);
    api_end(&api);
}
END_TEST

START_TEST(damage_is_grouped)
{
    struct api api;
    unfix_survey *survey, *all;
    char line[8];

    api_begin(&api);
    ck_assert_int_eq(unfix_survey_new(NULL, &survey), UNFIX_OK);
    ck_assert_int_eq(unfix_survey_new(NULL, &all), UNFIX_OK);
    look(&api, survey, "la sesién de la 6rganos de la cooperacién");
    check_damage(survey, "ó read as é 2, as 6 1");
    unfix_survey_merge(all, survey);
    unfix_survey_merge(all, survey);
    unfix_survey_add(all, api.result);
    check_damage(all, "ó read as é 6, as 6 3");
    ck_assert_uint_eq(unfix_survey_words(all), 3 * unfix_survey_words(survey));
    ck_assert_str_eq(unfix_survey_language(all), "es");
    /* Cut, but for its length. */
    ck_assert_uint_eq(unfix_survey_damage(survey, line, sizeof line),
                      strlen("ó read as é 2, as 6 1"));
    ck_assert_str_eq(line, "ó read");
    ck_assert_uint_eq(unfix_survey_damage(survey, NULL, 0),
                      strlen("ó read as é 2, as 6 1"));
    unfix_survey_free(survey);
    unfix_survey_free(all);
    api_end(&api);
}
END_TEST

/* The model may be gone. */
START_TEST(survey_owns_what_it_tells)
{
    struct api api;
    unfix_survey *survey;

    api_begin(&api);
    ck_assert_int_eq(unfix_survey_new(NULL, &survey), UNFIX_OK);
    look(&api, survey, "la sesién de la asamblea");
    api_end(&api);
    ck_assert_str_eq(unfix_survey_language(survey), "es");
    check_damage(survey, "ó read as é 1");
    unfix_survey_free(survey);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {memory_and_arguments, text_is_told,
                                  repairs_are_no_words_left, damage_is_grouped,
                                  survey_owns_what_it_tells};

    return unit_run("api/survey", tests, sizeof tests / sizeof *tests);
}
