/* SPDX-License-Identifier: MPL-2.0 */
/* Letters with accents as one character or as two. */
#include "unfix.h"

#include "text/text.h"

#include "unit_api.h"

#define NFD_O "o\u0301"
#define NFD_N "n\u0303"

static unfix_model *model;
static unfix_context *context;
static unfix_result *result;

static void
begin(uint32_t compose)
{
    unfix_options options;

    unfix_options_init(&options);
    options.compose = compose;
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(model, NULL, &options, NULL, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
}

static void
end(void)
{
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
}

/* The text becomes `want`, which then stays. */
static void
becomes(const char *text, const char *want)
{
    uint64_t at = 0, out_at = 0;

    ck_assert_int_eq(unfix_correct(context, text, strlen(text), result, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(result, NULL), want);
    api_check(text, strlen(text), result, &at, &out_at);
    ck_assert_int_eq(unfix_correct(context, want, strlen(want), result, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(result, NULL), want);
}

static const char decomposed[] =
    "La situacio\u0301n de los pai\u0301ses este an\u0303o, segu\u0301n la "
    "secretari\u0301a, es mejor.\n";

START_TEST(stays_as_it_is)
{
    begin(0);
    becomes(decomposed, decomposed);
    ck_assert_uint_eq(unfix_result_correction_count(result), 0);
    end();
}
END_TEST

START_TEST(repairs_are_decomposed)
{
    char text[300], want[300];

    begin(0);
    snprintf(text, sizeof text,
             "%sEl informe de la organizacidn y la "
             "comisiÃ³n sobre la cooperacién.\n",
             decomposed);
    snprintf(want, sizeof want,
             "%sEl informe de la organizaci" NFD_O "n y la comisi" NFD_O
             "n sobre la cooperaci" NFD_O "n.\n",
             decomposed);
    becomes(text, want);
    end();
}
END_TEST

/* One decomposed letter on a page of others. */
START_TEST(repairs_are_composed)
{
    begin(0);
    becomes("La situación de los países este an\u0303o, según la secretaría, "
            "y el informe de la organizacidn.\n",
            "La situación de los países este an\u0303o, según la secretaría, "
            "y el informe de la organización.\n");
    end();
}
END_TEST

START_TEST(composed_on_demand)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer want;
    size_t i;

    begin(1);
    ufx_buffer_init(&want, &memory);
    ck_assert_int_eq(ufx_text_nfc(decomposed, sizeof decomposed - 1, &want),
                     UNFIX_OK);
    becomes(decomposed, want.data);
    ck_assert_int_eq(
        unfix_correct(context, decomposed, sizeof decomposed - 1, result, NULL),
        UNFIX_OK);
    ck_assert_uint_eq(unfix_result_correction_count(result), 5);
    for (i = 0; i < 5; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        ck_assert_int_eq(c->kind, UNFIX_CLASS_ENCODING);
        ck_assert_str_eq(c->reason, "decomposed letter composed");
        ck_assert_uint_eq(c->confidence, 1000);
    }
    /* With what else is to be repaired; what has no composed form stays. */
    becomes("La situacio\u0301n de la organizacidn y la comisiÃ³n, q\u0303.\n",
            "La situación de la organización y la comisión, q\u0303.\n");
    ufx_buffer_free(&want);
    end();
}
END_TEST

/* The class is switched off: then it is only proposed. */
START_TEST(only_proposed)
{
    unfix_options options;

    begin(1);
    unfix_options_init(&options);
    options.compose = 1;
    options.classes =
        UNFIX_CLASSES_ALL & ~UNFIX_CLASS_BIT(UNFIX_CLASS_ENCODING);
    ck_assert_int_eq(unfix_context_set_options(context, &options, NULL),
                     UNFIX_OK);
    becomes(decomposed, decomposed);
    ck_assert_uint_eq(unfix_result_correction_count(result), 5);
    options.compose = 2;
    ck_assert_int_eq(unfix_context_set_options(context, &options, NULL),
                     UNFIX_ERROR_ARGUMENT);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {stays_as_it_is, repairs_are_decomposed,
                                  repairs_are_composed, composed_on_demand,
                                  only_proposed};

    return unit_run("repair/composed", tests, sizeof tests / sizeof *tests);
}
