/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "repair/result.h"

#include "unit_api.h"

START_TEST(new_result_is_empty)
{
    struct unit_memory m;
    unfix_result *result;
    size_t length = 7;

    unit_memory_init(&m, 0);
    ck_assert_int_eq(unfix_result_new(&m.allocator, &result), UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(result, &length), "");
    ck_assert_uint_eq(length, 0);
    ck_assert_str_eq(unfix_result_text(result, NULL), "");
    ck_assert_uint_eq(unfix_result_correction_count(result), 0);
    ck_assert_ptr_null(unfix_result_correction(result, 0));
    unfix_result_free(result);
    ck_assert_uint_eq(m.live, 0);
    unfix_result_free(NULL);
}
END_TEST

START_TEST(new_result_fails)
{
    struct unit_memory m;
    unfix_result *result = (unfix_result *)&m;

    ck_assert_int_eq(unfix_result_new(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    unit_memory_init(&m, 1);
    ck_assert_int_eq(unfix_result_new(&m.allocator, &result),
                     UNFIX_ERROR_MEMORY);
    ck_assert_ptr_null(result);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(correction_says_everything)
{
    struct api api;
    const unfix_correction *c;
    size_t i;

    api_begin(&api);
    ck_assert_str_eq(api_correct(&api, "La cooperacién internacional.\n"),
                     "La cooperación internacional.\n");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 1);
    c = unfix_result_correction(api.result, 0);
    ck_assert_ptr_nonnull(c);
    ck_assert_uint_eq(c->offset, 3);
    ck_assert_uint_eq(c->length, 12);
    ck_assert_uint_eq(c->out_offset, 3);
    ck_assert_uint_eq(c->out_length, 12);
    ck_assert_str_eq(c->original, "cooperacién");
    ck_assert_uint_eq(c->original_length, 12);
    ck_assert_str_eq(c->replacement, "cooperación");
    ck_assert_uint_eq(c->replacement_length, 12);
    ck_assert_int_eq(c->verdict, UNFIX_APPLIED);
    ck_assert_uint_ge(c->confidence, 900);
    ck_assert_uint_le(c->confidence, 1000);
    ck_assert_int_eq(c->kind, UNFIX_CLASS_LETTER);
    ck_assert_str_eq(c->reason, "ó read as é");
    ck_assert_int_gt(c->channel_cost, 0);
    ck_assert_uint_eq(c->known_before, 0);
    ck_assert_uint_eq(c->known_after, 1);
    ck_assert_uint_eq(c->seen_before, 1);
    ck_assert_uint_eq(c->seen_after, 0);
    /* What is left to the others is no more than what the first leaves. */
    for (i = 0; i < c->alternative_count; i++) {
        const unfix_alternative *other = &c->alternatives[i];

        ck_assert_int_eq(other->text[other->length], '\0');
        ck_assert_uint_le(other->confidence, 1000 - c->confidence);
        ck_assert_str_ne(other->text, c->replacement);
        if (i > 0)
            ck_assert_uint_le(other->confidence, other[-1].confidence);
    }
    ck_assert_ptr_null(unfix_result_correction(api.result, 1));
    ck_assert_ptr_null(unfix_result_correction(api.result, SIZE_MAX));
    api_end(&api);
}
END_TEST

START_TEST(offsets_move_with_the_output)
{
    struct api api;
    const unfix_correction *a, *b;

    api_begin(&api);
    /* A letter lost grows the output: what follows moves. */
    ck_assert_str_eq(api_correct(&api, "la cooperacin de la sesién"),
                     "la cooperación de la sesión");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 2);
    a = unfix_result_correction(api.result, 0);
    b = unfix_result_correction(api.result, 1);
    ck_assert_uint_eq(a->offset, 3);
    ck_assert_uint_eq(a->length, 10);
    ck_assert_uint_eq(a->out_length, 12);
    ck_assert_int_eq(a->kind, UNFIX_CLASS_LOST);
    ck_assert_uint_eq(b->offset, 20);
    ck_assert_uint_eq(b->out_offset, 22);
    api_check_whole("la cooperacin de la sesién", 27, api.result);
    api_end(&api);
}
END_TEST

START_TEST(result_is_used_again)
{
    struct api api;
    size_t length;

    api_begin(&api);
    api_correct(&api, "la cooperacién de la sesién");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 2);
    ck_assert_str_eq(api_correct(&api, "la asamblea"), "la asamblea");
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 0);
    ck_assert_ptr_null(unfix_result_correction(api.result, 0));
    ck_assert_str_eq(api_correct(&api, ""), "");
    unfix_result_text(api.result, &length);
    ck_assert_uint_eq(length, 0);
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesión");
    ck_assert_uint_eq(unfix_result_correction(api.result, 0)->offset, 3);
    api_end(&api);
}
END_TEST

START_TEST(result_outlives_the_context)
{
    struct api api;

    api_begin(&api);
    api_correct(&api, "la sesién");
    unfix_context_free(api.context);
    api.context = NULL;
    unfix_model_release(api.model);
    api.model = NULL;
    free(api.image);
    api.image = NULL;
    ck_assert_str_eq(unfix_result_text(api.result, NULL), "la sesión");
    ck_assert_str_eq(unfix_result_correction(api.result, 0)->replacement,
                     "sesión");
    ck_assert_str_eq(unfix_result_correction(api.result, 0)->reason,
                     "ó read as é");
    api_end(&api);
}
END_TEST

/* One context, two results: each keeps its own. */
START_TEST(results_are_independent)
{
    struct api api;
    unfix_result *other;

    api_begin(&api);
    ck_assert_int_eq(unfix_result_new(NULL, &other), UNFIX_OK);
    api_correct(&api, "la sesién");
    ck_assert_int_eq(
        unfix_correct(api.context, "de cooperacién", 15, other, NULL),
        UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(api.result, NULL), "la sesión");
    ck_assert_str_eq(unfix_result_correction(api.result, 0)->original,
                     "sesién");
    ck_assert_str_eq(unfix_result_text(other, NULL), "de cooperación");
    unfix_result_free(other);
    api_end(&api);
}
END_TEST

START_TEST(arguments)
{
    struct api api;
    unfix_error error = {.status = UNFIX_OK};

    api_begin(&api);
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesión");
    ck_assert_int_eq(unfix_correct(NULL, "a", 1, api.result, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(error.status, UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_correct(api.context, "a", 1, NULL, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_correct(api.context, NULL, 1, api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_correct(api.context, NULL, 0, api.result, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(api.result, NULL), "");
    api_end(&api);
}
END_TEST

START_TEST(bytes_of_any_kind)
{
    static const char text[] =
        "la sesi\xC3\xA9n\0de la \xFF\xC3 sesi\xC3\xA9n\r\n";
    struct api api;
    size_t length;

    api_begin(&api);
    api_correct(&api, "");
    ck_assert_int_eq(
        unfix_correct(api.context, text, sizeof text - 1, api.result, NULL),
        UNFIX_OK);
    api_check_whole(text, sizeof text - 1, api.result);
    unfix_result_text(api.result, &length);
    ck_assert_uint_eq(length, sizeof text - 1);
    /* The token with the NUL is opaque, the other one is not. */
    ck_assert_uint_eq(unfix_result_correction_count(api.result), 1);
    ck_assert_uint_eq(unfix_result_correction(api.result, 0)->offset, 20);
    api_end(&api);
}
END_TEST

/* ---- Running out of memory ---- */

static const char long_text[] =
    "La cooperacién internacional de la Asamblea General.\n\n"
    "La sesién de los 6rganos ~ de la cooperacin internacional de la\n"
    "Asamblea General, sesin de cooperacién de 6rganos y de agua.\n";

/* Each allocation of the context fails once, and then all from one on; after
 * that, the same context and result do what they always do. */
static void
check_context_failures(bool fail_on)
{
    struct api api;
    struct api_record expected, is;
    size_t k;

    api_begin(&api);
    api_record_init(&expected);
    api_record_init(&is);
    api_correct(&api, long_text);
    api_record_add(&expected, api.result);
    ck_assert_uint_ge(unfix_result_correction_count(api.result), 6);
    for (k = 1;; k++) {
        struct unit_memory m;
        unfix_context *context;
        unfix_error error = {.status = UNFIX_OK};
        unfix_status status;

        unit_memory_init(&m, 0);
        ck_assert_int_eq(unfix_context_new(api.model, NULL, NULL, &m.allocator,
                                           &context, NULL),
                         UNFIX_OK);
        m.fail_on = fail_on;
        unit_memory_fail(&m, k);
        status = unfix_correct(context, long_text, sizeof long_text - 1,
                               api.result, &error);
        if (m.failed) {
            ck_assert_int_eq(status, UNFIX_ERROR_MEMORY);
            ck_assert_int_eq(error.status, UNFIX_ERROR_MEMORY);
            ck_assert_str_eq(unfix_result_text(api.result, NULL), "");
            ck_assert_uint_eq(unfix_result_correction_count(api.result), 0);
        }
        unit_memory_fail(&m, 0);
        ck_assert_int_eq(unfix_correct(context, long_text, sizeof long_text - 1,
                                       api.result, NULL),
                         UNFIX_OK);
        api_record_clear(&is);
        api_record_add(&is, api.result);
        ck_assert(api_record_equal(&is, &expected));
        unfix_context_free(context);
        ck_assert_uint_eq(m.live, 0);
        if (status == UNFIX_OK)
            break;
    }
    ck_assert_uint_gt(k, 2);
    api_record_free(&expected);
    api_record_free(&is);
    api_end(&api);
}

START_TEST(context_runs_out_of_memory)
{
    check_context_failures(false);
    check_context_failures(true);
}
END_TEST

START_TEST(result_runs_out_of_memory)
{
    struct api api;
    struct api_record expected, is;
    size_t k;

    api_begin(&api);
    api_record_init(&expected);
    api_record_init(&is);
    api_correct(&api, long_text);
    api_record_add(&expected, api.result);
    for (k = 1;; k++) {
        struct unit_memory m;
        unfix_result *result;
        unfix_status status;

        unit_memory_init(&m, 0);
        ck_assert_int_eq(unfix_result_new(&m.allocator, &result), UNFIX_OK);
        unit_memory_fail(&m, k);
        status = unfix_correct(api.context, long_text, sizeof long_text - 1,
                               result, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        if (m.failed) {
            ck_assert_str_eq(unfix_result_text(result, NULL), "");
            ck_assert_uint_eq(unfix_result_correction_count(result), 0);
        }
        unit_memory_fail(&m, 0);
        ck_assert_int_eq(unfix_correct(api.context, long_text,
                                       sizeof long_text - 1, result, NULL),
                         UNFIX_OK);
        api_record_clear(&is);
        api_record_add(&is, result);
        ck_assert(api_record_equal(&is, &expected));
        unfix_result_free(result);
        ck_assert_uint_eq(m.live, 0);
        if (status == UNFIX_OK)
            break;
    }
    ck_assert_uint_gt(k, 3);
    api_record_free(&expected);
    api_record_free(&is);
    api_end(&api);
}
END_TEST

/* A window in which no confidence was enough hides no bar of another. */
START_TEST(bar_of_several_windows)
{
    static const uint32_t bars[] = {UNFIX_BAR_NONE, 900, 950, 920,
                                    UNFIX_BAR_NONE};
    static const uint32_t expected[] = {UNFIX_BAR_NONE, 900, 950, 950, 950};
    uint32_t of_window[UNFIX_CLASS_COUNT] = {0};
    unfix_result *result;
    size_t i;

    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    for (i = 0; i < sizeof bars / sizeof *bars; i++) {
        of_window[UNFIX_CLASS_LETTER] = bars[i];
        ufx_result_window(result, 1, 0, of_window);
        ck_assert_uint_eq(unfix_result_bar(result, UNFIX_CLASS_LETTER),
                          expected[i]);
        ck_assert_uint_eq(unfix_result_bar(result, UNFIX_CLASS_ACCENT), 0);
    }
    unfix_result_free(result);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        new_result_is_empty,        new_result_fails,
        correction_says_everything, offsets_move_with_the_output,
        result_is_used_again,       result_outlives_the_context,
        results_are_independent,    arguments,
        bytes_of_any_kind,          context_runs_out_of_memory,
        result_runs_out_of_memory,  bar_of_several_windows,
    };

    return unit_run("api/result", tests, sizeof tests / sizeof *tests);
}
