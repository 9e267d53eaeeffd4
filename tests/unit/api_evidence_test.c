/* SPDX-License-Identifier: MPL-2.0 */
/* The engine's confidence, from the call to the verdict: a verifier that lets
 * nothing be changed that the engine was sure of. */
#include "unfix.h"

#include "verify/evidence.h"

#include "unit_api.h"

#define SURE 950
#define UNSURE 300

static const int32_t verifier[] = {
    UFX_FEATURE_COUNT, 1, 0, 2,
    /* table */
    -1000, 0, 1000, 1000,
    /* the tree: 500 or less, or nothing said, gives 2000, more -2000 */
    3, UFX_FEATURE_ENGINE_LOWEST, 500, 1, 2, -1, 2000, 0, 0, -1, -2000, 0, 0};

static struct api api;

static void
begin(void)
{
    struct small_facts facts = api_facts;
    size_t length;

    memset(&api, 0, sizeof api);
    facts.verifier = verifier;
    facts.verifier_count = sizeof verifier / sizeof *verifier;
    api.image = small_image(&facts, &length);
    ck_assert_int_eq(
        unfix_model_load_memory(api.image, length, NULL, &api.model, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &api.result), UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(api.model, NULL, NULL, NULL, &api.context, NULL),
        UNFIX_OK);
}

/* The engine was sure of the words `sure`, and of no others. */
static size_t
say(const char *text, const char *sure, unfix_evidence *list)
{
    size_t at = 0, count = 0;

    for (;;) {
        size_t start = at + strspn(text + at, " \n.");
        size_t length = strcspn(text + start, " \n.");
        bool is_sure =
            length == strlen(sure) && memcmp(text + start, sure, length) == 0;

        if (length == 0)
            return count;
        list[count++] = (unfix_evidence){.offset = start,
                                         .length = length,
                                         .confidence = is_sure ? SURE : UNSURE};
        at = start + length;
    }
}

static void
check(const char *text, const char *sure, const char *expected)
{
    unfix_evidence list[100];
    size_t count = say(text, sure, list);

    ck_assert_int_eq(unfix_correct_with_evidence(api.context, text,
                                                 strlen(text), list, count,
                                                 api.result, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(api.result, NULL), expected);
}

START_TEST(what_the_engine_was_sure_of_stays)
{
    begin();
    check("la cooperacién de la sesién.\n", "sesién",
          "la cooperación de la sesién.\n");
    check("la cooperacién de la sesién.\n", "cooperacién",
          "la cooperacién de la sesión.\n");
    check("la cooperacién de la sesién.\n", "la",
          "la cooperación de la sesión.\n");
    /* Of the next text nothing is said. */
    ck_assert_str_eq(api_correct(&api, "la cooperacién de la sesién.\n"),
                     "la cooperación de la sesión.\n");
    api_end(&api);
}
END_TEST

/* The passes after the first go over another text: there the word stands
 * elsewhere, and the evidence is still its own. */
START_TEST(later_passes_find_the_word)
{
    begin();
    check("cooperacin cooperacin cooperacin cooperacin cooperacin cooperacin "
          "cooperacin cooperacin agua sesién agua agua agua agua.\n",
          "sesién",
          "cooperación cooperación cooperación cooperación cooperación "
          "cooperación cooperación cooperación agua sesién agua agua agua "
          "agua.\n");
    api_end(&api);
}
END_TEST

static const char long_part[] =
    "la cooperacién de la sesién\nde la asamblea general\n\n";

START_TEST(streams_too)
{
    enum {
        PARTS = 9000,
        WORDS = 9
    };
    size_t size = sizeof long_part - 1, length = PARTS * size, at = 0, i, k;
    char *text = malloc(length + 1);
    unfix_evidence *list = malloc(PARTS * WORDS * sizeof *list);
    struct api_record whole, pieces;
    unfix_stream *stream;
    size_t count = 0;

    begin();
    for (i = 0; i < PARTS; i++)
        memcpy(text + i * size, long_part, size + 1);
    count = say(text, "sesién", list);
    ck_assert_uint_eq(count, PARTS * WORDS);
    api_record_init(&whole);
    api_record_init(&pieces);
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, text, length,
                                                 list, count, api.result, NULL),
                     UNFIX_OK);
    api_record_add(&whole, api.result);
    ck_assert_ptr_nonnull(strstr(whole.text.data, "cooperación de la sesién"));
    ck_assert_ptr_null(strstr(whole.text.data, "sesión"));
    ck_assert_ptr_null(strstr(whole.text.data, "cooperacién"));
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    for (i = k = 0; at < length; at += size) {
        size = length - at < 7001 ? length - at : 7001;
        /* Each piece's evidence before the piece. */
        while (k < count && list[k].offset < at + size)
            k++;
        ck_assert_int_eq(unfix_stream_evidence(stream, list + i, k - i, NULL),
                         UNFIX_OK);
        i = k;
        ck_assert_int_eq(unfix_stream_feed(stream, text + at, size, NULL),
                         UNFIX_OK);
    }
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert(api_record_equal(&pieces, &whole));
    unfix_stream_free(stream);
    api_record_free(&whole);
    api_record_free(&pieces);
    free(list);
    free(text);
    api_end(&api);
}
END_TEST

/* Corrects one text in which the engine offers `reading` for `word`. */
static void
check_offer(const char *text, const char *word, const char *reading,
            uint32_t confidence, const char *expected)
{
    const char *at = strstr(text, word);
    unfix_alternative other = {reading, strlen(reading), confidence};
    unfix_evidence said = {.length = strlen(word),
                           .confidence = UNSURE,
                           .readings = &other,
                           .reading_count = 1};

    ck_assert_ptr_nonnull(at);
    said.offset = (uint64_t)(at - text);
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, text,
                                                 strlen(text), &said, 1,
                                                 api.result, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(unfix_result_text(api.result, NULL), expected);
}

START_TEST(other_readings_are_candidates)
{
    begin();
    /* It is too far from any word for the search. */
    check_offer("la wxka de la sesión.\n", "wxka", "agua", 800,
                "la agua de la sesión.\n");
    check_offer("la wxka de la sesión.\n", "wxka", "xxxx", 800,
                "la wxka de la sesión.\n");
    /* The mark is not the word's, and the words before move nothing. */
    check_offer("la cooperacin cooperacin (Wxka, de la).\n", "(Wxka,", "(Agua,",
                800, "la cooperación cooperación (Agua, de la).\n");
    check_offer("la wxka de.\n", "wxka", "agua de la", 800, "la wxka de.\n");
    check_offer("la wxka de.\n", "wxka", "", 800, "la wxka de.\n");
    /* Nothing is left of it. */
    ck_assert_str_eq(api_correct(&api, "la wxka de la sesión.\n"),
                     "la wxka de la sesión.\n");
    api_end(&api);
}
END_TEST

START_TEST(readings_are_checked)
{
    static char text[1025];
    unfix_alternative list[65] = {{"la", 2, 100}};
    unfix_evidence said = {.length = 2, .confidence = 5, .readings = list};

    begin();
    said.reading_count = 65;
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    said.reading_count = 64;
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_OK);
    list[63] = (unfix_alternative){text, 1025, 3};
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    list[63] = (unfix_alternative){text, 2, 1001};
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    list[63] = (unfix_alternative){NULL, 2, 1};
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    said.readings = NULL;
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &said, 1,
                                                 api.result, NULL),
                     UNFIX_ERROR_ARGUMENT);
    api_end(&api);
}
END_TEST

START_TEST(arguments)
{
    const unfix_evidence one = {4, 5, 700, NULL, 0},
                         wrong = {4, 5, 1001, NULL, 0};
    unfix_error error;
    unfix_stream *stream;
    struct api_record record;

    begin();
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la de", 5, NULL,
                                                 1, api.result, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la de", 5,
                                                 &wrong, 1, api.result, &error),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_str_eq(error.message, "a confidence above 1000");
    /* Beyond the text it is of no account. */
    ck_assert_int_eq(unfix_correct_with_evidence(api.context, "la", 2, &one, 1,
                                                 api.result, NULL),
                     UNFIX_OK);
    api_record_init(&record);
    ck_assert_int_eq(
        unfix_stream_new(api.context, api_record_callback, &record, &stream),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_evidence(NULL, &one, 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_stream_evidence(stream, NULL, 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_stream_evidence(stream, NULL, 0, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_feed(stream, "la de", 5, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_evidence(stream, &one, 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_stream_evidence(stream, &one, 1, NULL), UNFIX_OK);
    unfix_stream_free(stream);
    api_record_free(&record);
    api_end(&api);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        what_the_engine_was_sure_of_stays,
        later_passes_find_the_word,
        streams_too,
        other_readings_are_candidates,
        readings_are_checked,
        arguments,
    };

    return unit_run("api/evidence", tests, sizeof tests / sizeof *tests);
}
