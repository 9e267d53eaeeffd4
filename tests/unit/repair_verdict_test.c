/* SPDX-License-Identifier: MPL-2.0 */
/* lib/repair/verdict.c: bars, the budget of harm, and what is never changed. */
#include "unfix.h"

#include "../read_file.h"
#include "api/objects.h"
#include "repair/verdict.h"
#include "unit_api.h"

#include <glob.h>

static glob_t pages;
static unfix_model *model;

/* ---- The check of accents ---- */

static bool
accents_only(const char *before, const char *after)
{
    return ufx_verdict_is_accents_only(&model->language.alphabet, before,
                                       strlen(before), after, strlen(after));
}

START_TEST(nothing_but_accents)
{
    ck_assert(accents_only("", ""));
    ck_assert(accents_only("cooperacion", "cooperación"));
    ck_assert(accents_only("AÑO ÚLTIMO", "AÑO ULTIMO"));
    ck_assert(accents_only("pingüino", "pinguino"));
    /* Composed or not. */
    ck_assert(accents_only("sesio\xcc\x81n", "sesión"));
    ck_assert(accents_only("an\xcc\x83o", "año"));
    ck_assert(!accents_only("ano", "año"));
    ck_assert(!accents_only("an\xcc\x83o", "ano"));
    ck_assert(!accents_only("Sesion", "sesión"));
    ck_assert(!accents_only("sesion", "sesiones"));
    ck_assert(!accents_only("sesiones", "sesion"));
    ck_assert(!accents_only("sefial", "señal"));
    ck_assert(!accents_only("6rganos", "órganos"));
    ck_assert(!accents_only("a\xff", "á\xfe"));
    ck_assert(accents_only("a\xff", "á\xff"));
}
END_TEST

/* ---- The second look at whole edits ---- */

/* An applied correction that stands at `offset` of the window. */
static unfix_correction *
add(unfix_context *context, uint64_t offset, const char *original,
    const char *replacement, unfix_class kind)
{
    unfix_correction *c =
        ufx_corrections_add(&context->worker.found[0], &context->memory);

    ck_assert_ptr_nonnull(c);
    c->offset = offset;
    c->length = c->original_length = strlen(original);
    c->original = original;
    c->replacement = replacement;
    c->replacement_length = strlen(replacement);
    c->kind = kind;
    c->confidence = 990;
    c->reason = "a test";
    c->verdict = UNFIX_APPLIED;
    return c;
}

START_TEST(edits_keep_their_promises)
{
    struct api api;
    unfix_options options;
    struct ufx_span spans[] = {{14, 20}, {40, 41}};
    const unfix_correction *list;

    api_begin(&api);
    unfix_options_init(&options);
    options.classes = UNFIX_CLASS_BIT(UNFIX_CLASS_ACCENT);
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, &options, NULL, &api.context, NULL),
        UNFIX_OK);
    add(api.context, 0, "sesion", "sesión", UNFIX_CLASS_ACCENT);
    add(api.context, 7, "sesi0n", "sesión", UNFIX_CLASS_ACCENT);
    add(api.context, 15, "asi", "así", UNFIX_CLASS_ACCENT);
    add(api.context, 20, "asi", "así", UNFIX_CLASS_ACCENT);
    add(api.context, 30, "sesi0n", "sesión", UNFIX_CLASS_LETTER);
    add(api.context, 37, "asi", "así", UNFIX_CLASS_ACCENT);
    add(api.context, 39, "asi", "así", UNFIX_CLASS_ACCENT);
    api.context->worker.own.protected.list = spans;
    api.context->worker.own.protected.count = 2;
    ufx_verdict_recheck(&api.context->worker, &api.context->worker.found[0]);
    api.context->worker.own.protected.list = NULL;
    list = api.context->worker.found[0].list;
    ck_assert_int_eq(list[0].verdict, UNFIX_APPLIED);
    ck_assert_ptr_null(list[0].held_back);
    ck_assert_int_eq(list[1].verdict, UNFIX_REJECTED);
    ck_assert_str_eq(list[1].held_back, "more than accents");
    ck_assert_int_eq(list[2].verdict, UNFIX_REJECTED);
    ck_assert_str_eq(list[2].held_back, "protected");
    ck_assert_int_eq(list[3].verdict, UNFIX_APPLIED);
    ck_assert_int_eq(list[4].verdict, UNFIX_PROPOSED);
    ck_assert_str_eq(list[4].held_back, "class switched off");
    ck_assert_int_eq(list[5].verdict, UNFIX_APPLIED);
    ck_assert_int_eq(list[6].verdict, UNFIX_REJECTED);
    api_end(&api);
}
END_TEST

/* ---- The budget ---- */

/* A model whose confidences nobody has calibrated promises nothing. */
START_TEST(no_verifier_no_budget)
{
    struct api api;
    unfix_options options;
    int k;

    api_begin(&api);
    unfix_options_init(&options);
    options.max_harm = 10000000;
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, &options, NULL, &api.context, NULL),
        UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesién");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 1);
    ck_assert_str_eq(unfix_result_correction(api.result, 0)->held_back,
                     "over the budget of harm");
    for (k = 0; k < UNFIX_CLASS_COUNT; k++)
        ck_assert_uint_eq(unfix_result_bar(api.result, (unfix_class)k),
                          UNFIX_BAR_NONE);
    api_end(&api);
}
END_TEST

START_TEST(figures_of_a_result)
{
    struct api api;
    unfix_options options;

    api_begin(&api);
    ck_assert_uint_eq(unfix_result_word_count(api.result), 0);
    ck_assert_uint_eq(unfix_result_expected_harm(api.result), 0);
    ck_assert_uint_eq(unfix_result_bar(api.result, UNFIX_CLASS_ACCENT), 0);
    unfix_options_init(&options);
    options.classes &= ~UNFIX_CLASS_BIT(UNFIX_CLASS_SPLIT);
    options.min_confidence = 600;
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, &options, NULL, &api.context, NULL),
        UNFIX_OK);
    ck_assert_str_eq(api_correct(&api, "la sesién de la asamblea"),
                     "la sesión de la asamblea");
    ck_assert_uint_eq(unfix_result_word_count(api.result), 5);
    ck_assert_uint_eq(unfix_result_expected_harm(api.result),
                      1000 -
                          unfix_result_correction(api.result, 0)->confidence);
    ck_assert_uint_eq(unfix_result_bar(api.result, UNFIX_CLASS_ACCENT), 600);
    ck_assert_uint_eq(unfix_result_bar(api.result, UNFIX_CLASS_SPLIT),
                      UNFIX_BAR_NONE);
    ck_assert_uint_eq(unfix_result_bar(api.result, (unfix_class)1000),
                      UNFIX_BAR_NONE);
    api_correct(&api, "");
    ck_assert_uint_eq(unfix_result_word_count(api.result), 0);
    api_end(&api);
}
END_TEST

struct page {
    char *text;
    size_t length;
    unfix_context *context;
    unfix_result *result;
};

static void
page_begin(struct page *page, int number, const unfix_options *options)
{
    page->text = read_file(pages.gl_pathv[number], &page->length);
    ck_assert_ptr_nonnull(page->text);
    ck_assert_int_eq(
        unfix_context_new(model, NULL, options, NULL, &page->context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &page->result), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(page->context, page->text, page->length,
                                   page->result, NULL),
                     UNFIX_OK);
    api_check_whole(page->text, page->length, page->result);
}

static void
page_end(struct page *page)
{
    unfix_result_free(page->result);
    unfix_context_free(page->context);
    free(page->text);
}

/* What a class costs beyond one wrong change for twenty-five right ones. */
static uint64_t
overdraft(const unfix_result *result, unfix_class kind)
{
    uint64_t right = 0, wrong = 0;
    size_t i;

    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        if (c->verdict == UNFIX_APPLIED && c->kind == kind) {
            right += c->confidence;
            wrong += 1000 - c->confidence;
        }
    }
    return wrong > right / 25 ? wrong - right / 25 : 0;
}

static size_t
count_applied(const unfix_result *result)
{
    size_t i, n = 0;

    for (i = 0; i < unfix_result_correction_count(result); i++)
        n += unfix_result_correction(result, i)->verdict == UNFIX_APPLIED;
    return n;
}

START_TEST(budget_is_kept)
{
    static const uint32_t harms[] = {1, 500, 5000, 100000, 10000000};
    size_t h, before = 0;

    for (h = 0; h < sizeof harms / sizeof *harms; h++) {
        unfix_options options;
        struct page page;
        uint64_t spent = 0;
        size_t i;
        int k;

        unfix_options_init(&options);
        options.min_confidence = 300;
        options.max_harm = harms[h];
        page_begin(&page, _i, &options);
        for (k = 0; k < UNFIX_CLASS_COUNT; k++)
            spent += overdraft(page.result, (unfix_class)k);
        /* A repair that two passes made counts for each of them there, for its
         * surer part here: so there is room for a hundredth of a change. */
        ck_assert_uint_le(
            spent * 10000,
            (unfix_result_word_count(page.result) + 1) * harms[h] + 10 * 10000);
        for (i = 0; i < unfix_result_correction_count(page.result); i++) {
            const unfix_correction *c = unfix_result_correction(page.result, i);

            ck_assert_int_eq(c->verdict == UNFIX_APPLIED, c->held_back == NULL);
            if (c->verdict == UNFIX_APPLIED)
                ck_assert_uint_ge(c->confidence, 300);
        }
        ck_assert_uint_ge(count_applied(page.result), before);
        before = count_applied(page.result);
        page_end(&page);
    }
}
END_TEST

/* ---- Only what was asked for ---- */

START_TEST(only_one_class)
{
    int k;

    for (k = 0; k < UNFIX_CLASS_COUNT; k++) {
        unfix_options options;
        struct page page;
        size_t i;

        unfix_options_init(&options);
        options.min_confidence = 100;
        options.classes = UNFIX_CLASS_BIT(k);
        page_begin(&page, _i, &options);
        for (i = 0; i < unfix_result_correction_count(page.result); i++) {
            const unfix_correction *c = unfix_result_correction(page.result, i);

            if (c->verdict == UNFIX_APPLIED)
                ck_assert_int_eq((int)c->kind, k);
            else
                ck_assert_ptr_nonnull(c->held_back);
            if (c->verdict == UNFIX_APPLIED && k == UNFIX_CLASS_ACCENT)
                ck_assert(ufx_verdict_is_accents_only(
                    &model->language.alphabet, c->original, c->original_length,
                    c->replacement, c->replacement_length));
        }
        page_end(&page);
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("repair_verdict");
    TCase *cases = tcase_create("verdict");
    SRunner *runner;
    int failed;

    if (glob(UNFIX_TEST_SOURCE "/tests/pages/*.txt", 0, NULL, &pages) != 0 ||
        unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL) != UNFIX_OK)
        return 2;
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, nothing_but_accents);
    tcase_add_test(cases, edits_keep_their_promises);
    tcase_add_test(cases, no_verifier_no_budget);
    tcase_add_test(cases, figures_of_a_result);
    tcase_add_loop_test(cases, budget_is_kept, 0, (int)pages.gl_pathc);
    tcase_add_loop_test(cases, only_one_class, 0, (int)pages.gl_pathc);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unfix_model_release(model);
    globfree(&pages);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
