/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "base/limits.h"

#include "small_dictionary.h"
#include "unit_api.h"

static unfix_overlay *overlay;
static unfix_error error;

static void
begin(void)
{
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
}

static unfix_status
add_words(const char *table)
{
    error.status = UNFIX_OK;
    return unfix_overlay_add_words(overlay, table, strlen(table), &error);
}

static unfix_status
add_confusions(const char *table)
{
    error.status = UNFIX_OK;
    return unfix_overlay_add_confusions(overlay, table, strlen(table), &error);
}

/* Freezes the overlay and corrects with it. */
static const char *
correct(struct api *api, const char *text)
{
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    if (api->context == NULL)
        ck_assert_int_eq(unfix_context_new(api->model, overlay, NULL, NULL,
                                           &api->context, NULL),
                         UNFIX_OK);
    return api_correct(api, text);
}

static void
end(struct api *api)
{
    api_end(api);
    unfix_overlay_release(overlay);
}

/* ---- Words ---- */

START_TEST(listed_words_stay)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesión");
    unfix_context_free(api.context);
    api.context = NULL;
    ck_assert_int_eq(add_words("# comment\n\nsesién\r\n"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesién Sesién SESIÉN cooperacién"),
                     "la sesién Sesién SESIÉN cooperación");
    end(&api);
}
END_TEST

START_TEST(listed_words_are_targets)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_str_eq(api_correct(&api, "la microfinanciacién"),
                     "la microfinanciacién");
    unfix_context_free(api.context);
    api.context = NULL;
    ck_assert_int_eq(add_words("microfinanciación"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la microfinanciacién"),
                     "la microfinanciación");
    end(&api);
}
END_TEST

START_TEST(decomposed_words_are_taken)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("microfinanciacio\xCC\x81n"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la microfinanciacién"),
                     "la microfinanciación");
    end(&api);
}
END_TEST

/* A word with capitals is known as written and in all capitals. */
START_TEST(capitals_count)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("Sesién\n"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la Sesién SESIÉN"), "la Sesién SESIÉN");
    ck_assert_str_eq(correct(&api, "la sesién"), "la sesión");
    end(&api);
}
END_TEST

START_TEST(blanks_at_the_end_are_cut)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("sesién \t\r\n   \n\t\n#\n"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesién"), "la sesién");
    end(&api);
}
END_TEST

/* What is not all of the lexicon's letters stays as it is, and is no word. */
START_TEST(words_of_any_letters)
{
    static const char text[] = "la sesi\xC3\xA9n-\xC5\x81\xC3\xB3"
                               "d\xC5\xBA y la cooperaci\xC3\xA9n";
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("O'Higgins\nNagorno-Karabaj\n\xC5\x81\xC3\xB3"
                               "d\xC5\xBA\n\xC5\x93uvre\nD\xE2\x80\x99"
                               "Hondt\nвода\n\xC5\x81o\xCC\x81"
                               "dz\xCC\x81\nsesi\xC3\xA9n-\xC5\x81\xC3\xB3"
                               "d\xC5\xBA\n"),
                     UNFIX_OK);
    ck_assert_str_eq(correct(&api, text), "la sesi\xC3\xA9n-\xC5\x81\xC3\xB3"
                                          "d\xC5\xBA y la cooperaci\xC3\xB3n");
    end(&api);
}
END_TEST

START_TEST(byte_order_mark_is_skipped)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("\xEF\xBB\xBFsesi\xC3\xA9n\n"), UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesi\xC3\xA9n"), "la sesi\xC3\xA9n");
    end(&api);
    begin();
    ck_assert_int_eq(add_words("\xEF\xBB\xBFuno\ndos 2\n"), UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.offset, 7);
    unfix_overlay_release(overlay);
}
END_TEST

static void
check_word_refused(const char *table, uint64_t line, uint64_t offset)
{
    ck_assert_msg(add_words(table) == UNFIX_ERROR_FORMAT, "%s", table);
    ck_assert_int_eq(error.status, UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(error.offset, offset);
    ck_assert_uint_gt(strlen(error.message), 0);
    ck_assert_int_eq(
        unfix_overlay_add_words(overlay, table, strlen(table), NULL),
        UNFIX_ERROR_FORMAT);
}

START_TEST(bad_words)
{
    char table[2 * UFX_TOKEN_CHARS + 10];

    begin();
    check_word_refused("dos palabras", 1, 0);
    check_word_refused("uno\ndos\nsiete7\n", 3, 8);
    check_word_refused("# x\n\nво2да\n", 3, 5);
    check_word_refused("\xFF", 1, 0);
    check_word_refused("uno\n\xC3\n", 2, 4);
    check_word_refused("uno,\n", 1, 0);
    check_word_refused("-b\n", 1, 0);
    check_word_refused("'b\n", 1, 0);
    check_word_refused("\xCC\x81\n", 1, 0);
    memset(table, 'a', sizeof table);
    table[UFX_TOKEN_CHARS] = '\0';
    ck_assert_int_eq(add_words(table), UNFIX_OK);
    table[UFX_TOKEN_CHARS] = 'a';
    table[UFX_TOKEN_CHARS + 1] = '\0';
    check_word_refused(table, 1, 0);
    unfix_overlay_release(overlay);
}
END_TEST

START_TEST(nothing_of_a_bad_table_is_added)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("cooperacién\n"), UNFIX_OK);
    ck_assert_int_eq(add_words("sesién\nsiete7\n"), UNFIX_ERROR_FORMAT);
    ck_assert_int_eq(add_confusions("§\tó\t2\n¤\tó\tx\n"), UNFIX_ERROR_FORMAT);
    ck_assert_str_eq(correct(&api, "la sesién cooperacién 6rgan§s"),
                     "la sesión cooperacién 6rgan§s");
    end(&api);
}
END_TEST

/* ---- Confusions ---- */

START_TEST(confusions_are_used)
{
    struct api api;
    const unfix_correction *c;

    api_begin(&api);
    begin();
    ck_assert_str_eq(api_correct(&api, "la sesi§n"), "la sesi§n");
    unfix_context_free(api.context);
    api.context = NULL;
    ck_assert_int_eq(add_confusions("# § is ours\n\n§\tó\t2\r\n¤\tó\t2"),
                     UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesi§n sesi¤n"), "la sesión sesión");
    c = unfix_result_correction(api.result, 0);
    ck_assert_str_eq(c->reason, "ó read as §");
    end(&api);
}
END_TEST

static void
check_confusion_refused(const char *table, uint64_t line, uint64_t offset)
{
    ck_assert_msg(add_confusions(table) == UNFIX_ERROR_FORMAT, "%s", table);
    ck_assert_int_eq(error.status, UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(error.offset, offset);
    ck_assert_uint_gt(strlen(error.message), 0);
}

START_TEST(bad_confusions)
{
    begin();
    check_confusion_refused("a\tb\n", 1, 0);
    check_confusion_refused("a\tb\t3\nabcd\tb\t3\n", 2, 6);
    check_confusion_refused("#\n\na\tb\t0\n", 3, 3);
    check_confusion_refused("a\tb\t20.001\n", 1, 0);
    check_confusion_refused("a\ta\t3\n", 1, 0);
    check_confusion_refused("a b 3\n", 1, 0);
    ck_assert_int_eq(add_confusions("a\tb\t0.001\n\tb\t20\na\t\t20.000"),
                     UNFIX_OK);
    unfix_overlay_release(overlay);
}
END_TEST

START_TEST(too_many_confusions)
{
    size_t size = (UFX_OVERLAY_CONFUSIONS + 1) * 8, used = 0, i;
    char *table = malloc(size);

    begin();
    for (i = 0; i <= UFX_OVERLAY_CONFUSIONS; i++) {
        memcpy(table + used, "abc\tx\t3\n", 8);
        used += 8;
    }
    ck_assert_int_eq(unfix_overlay_add_confusions(overlay, table, used, &error),
                     UNFIX_ERROR_LIMIT);
    ck_assert_uint_eq(error.line, UFX_OVERLAY_CONFUSIONS + 1);
    ck_assert_int_eq(
        unfix_overlay_add_confusions(overlay, table, used - 8, NULL), UNFIX_OK);
    ck_assert_int_eq(add_confusions("a\tb\t3\n"), UNFIX_ERROR_LIMIT);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    free(table);
    unfix_overlay_release(overlay);
}
END_TEST

START_TEST(too_many_words)
{
    size_t size = (UFX_OVERLAY_WORDS + 1) * 2, i;
    char *table = malloc(size);

    begin();
    for (i = 0; i < size; i += 2)
        memcpy(table + i, "a\n", 2);
    ck_assert_int_eq(unfix_overlay_add_words(overlay, table, size, &error),
                     UNFIX_ERROR_LIMIT);
    ck_assert_uint_eq(error.line, UFX_OVERLAY_WORDS + 1);
    ck_assert_int_eq(unfix_overlay_add_words(overlay, table, size - 2, NULL),
                     UNFIX_OK);
    free(table);
    unfix_overlay_release(overlay);
}
END_TEST

/* ---- Dictionaries ---- */

static const char aff[] = "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n";
static const char dic[] = "2\nsesién/S\nNosesién\n";

START_TEST(dictionary_knows_its_words)
{
    struct small_dictionary d, other;
    struct api api;

    api_begin(&api);
    begin();
    small_dictionary_make(&d, aff, dic);
    small_dictionary_make(&other, aff, "1\ncooperacién\n");
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, d.aff, d.dic, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        unfix_overlay_add_dictionary(overlay, other.aff, other.dic, NULL),
        UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesién SESIÉN cooperacién 6rganos"),
                     "la sesién SESIÉN cooperacién órganos");
    small_dictionary_remove(&d);
    small_dictionary_remove(&other);
    end(&api);
}
END_TEST

START_TEST(dictionary_opens_with_the_context)
{
    struct small_dictionary d;
    struct api api;
    struct unit_memory m;

    api_begin(&api);
    begin();
    small_dictionary_make(&d, aff, NULL);
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, d.aff, d.dic, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    unit_memory_init(&m, 0);
    ck_assert_int_eq(unfix_context_new(api.model, overlay, NULL, &m.allocator,
                                       &api.context, &error),
                     UNFIX_ERROR_IO);
    ck_assert_ptr_null(api.context);
    ck_assert_int_eq(error.status, UNFIX_ERROR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, d.dic));
    ck_assert_uint_eq(m.live, 0);
    /* Once it is there it is found. */
    small_write(d.dic, dic);
    ck_assert_str_eq(correct(&api, "la sesién"), "la sesién");
    small_dictionary_remove(&d);
    end(&api);
}
END_TEST

/* Each allocation of context and document with a dictionary fails once; where
 * the call succeeds all the same, it must have asked the dictionary. */
START_TEST(dictionary_and_little_memory)
{
    static const char text[] = "la sesién de la asamblea";
    struct small_dictionary d;
    struct unit_memory m;
    struct api api;
    size_t k;

    api_begin(&api);
    begin();
    small_dictionary_make(&d, aff, dic);
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, d.aff, d.dic, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    for (k = 1;; k++) {
        unfix_context *context;
        unfix_status status;

        unit_memory_init(&m, k);
        status = unfix_context_new(api.model, overlay, NULL, &m.allocator,
                                   &context, NULL);
        if (status == UNFIX_OK)
            status =
                unfix_correct(context, text, sizeof text - 1, api.result, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unfix_context_free(context);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 10);
    ck_assert_str_eq(unfix_result_text(api.result, NULL), text);
    small_dictionary_remove(&d);
    end(&api);
}
END_TEST

/* ---- Life ---- */

START_TEST(frozen_overlay_does_not_change)
{
    begin();
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    ck_assert_int_eq(add_words("uno\n"), UNFIX_ERROR_STATE);
    ck_assert_int_eq(error.status, UNFIX_ERROR_STATE);
    ck_assert_int_eq(add_confusions("a\tb\t3\n"), UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, "a", "b", &error),
                     UNFIX_ERROR_STATE);
    unfix_overlay_release(overlay);
}
END_TEST

START_TEST(empty_overlay_does_nothing)
{
    struct api api;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words(""), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_words(overlay, NULL, 0, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_confusions(overlay, NULL, 0, NULL),
                     UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesién"), "la sesión");
    end(&api);
}
END_TEST

START_TEST(one_overlay_many_contexts)
{
    struct api api;
    unfix_context *second;

    api_begin(&api);
    begin();
    ck_assert_int_eq(add_words("sesién\n"), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(api.model, overlay, NULL, NULL, &second, NULL),
        UNFIX_OK);
    ck_assert_str_eq(correct(&api, "la sesién"), "la sesién");
    unfix_context_free(api.context);
    api.context = second;
    ck_assert_str_eq(api_correct(&api, "la sesién"), "la sesién");
    end(&api);
}
END_TEST

START_TEST(references_are_counted)
{
    struct unit_memory m;

    unit_memory_init(&m, 0);
    ck_assert_int_eq(unfix_overlay_new(&m.allocator, &overlay), UNFIX_OK);
    ck_assert_int_eq(add_words("uno\ndos\n"), UNFIX_OK);
    ck_assert_int_eq(add_confusions("a\tb\t3\n"), UNFIX_OK);
    ck_assert_ptr_eq(unfix_overlay_retain(overlay), overlay);
    unfix_overlay_release(overlay);
    ck_assert_uint_gt(m.live, 0);
    ck_assert_int_eq(add_words("tres\n"), UNFIX_OK);
    unfix_overlay_release(overlay); /* without having been frozen */
    ck_assert_uint_eq(m.live, 0);
    ck_assert_ptr_null(unfix_overlay_retain(NULL));
    unfix_overlay_release(NULL);
}
END_TEST

START_TEST(arguments)
{
    ck_assert_int_eq(unfix_overlay_new(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_freeze(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_words(NULL, "a", 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_confusions(NULL, "a", 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_dictionary(NULL, "a", "b", NULL),
                     UNFIX_ERROR_ARGUMENT);
    begin();
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, NULL, "b", NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_dictionary(overlay, "a", NULL, NULL),
                     UNFIX_ERROR_ARGUMENT);
    unfix_overlay_release(overlay);
}
END_TEST

START_TEST(table_must_be_there)
{
    begin();
    ck_assert_int_eq(unfix_overlay_add_words(overlay, NULL, 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_overlay_add_confusions(overlay, NULL, 1, NULL),
                     UNFIX_ERROR_ARGUMENT);
    unfix_overlay_release(overlay);
}
END_TEST

/* ---- Running out of memory ---- */

/* Builds an overlay step by step; a step that fails for want of memory is
 * taken again and then succeeds, as if nothing had been. */
static void
build_with_failures(struct unit_memory *m, size_t k)
{
    static const char words[] = "sesién\nfideicomiso\nuno\ndos\ntres\ncuatro\n"
                                "cinco\nseis\nsiete\nocho\nnueve\ndiez\n";
    static const char confusions[] = "§\tó\t2\n¤\tó\t2\na\tá\t3\nb\tc\t4\n"
                                     "c\td\t4\nd\te\t4\ne\tf\t4\nf\tg\t4\n"
                                     "g\th\t4\nh\ti\t4\n";
    unfix_status status;
    int step;

    unit_memory_init(m, k);
    status = unfix_overlay_new(&m->allocator, &overlay);
    if (status == UNFIX_ERROR_MEMORY) {
        ck_assert(m->failed);
        ck_assert_ptr_null(overlay);
        ck_assert_int_eq(unfix_overlay_new(&m->allocator, &overlay), UNFIX_OK);
    }
    for (step = 0; step < 4;) {
        bool had_failed = m->failed;

        error.status = UNFIX_OK;
        switch (step) {
        case 0:
            status = unfix_overlay_add_words(overlay, words, sizeof words - 1,
                                             &error);
            break;
        case 1:
            status = unfix_overlay_add_confusions(
                overlay, confusions, sizeof confusions - 1, &error);
            break;
        case 2:
            status =
                unfix_overlay_add_dictionary(overlay, "a.aff", "a.dic", &error);
            break;
        default:
            status = unfix_overlay_freeze(overlay, &error);
            break;
        }
        ck_assert_int_eq(status, m->failed != had_failed ? UNFIX_ERROR_MEMORY
                                                         : UNFIX_OK);
        ck_assert_int_eq(error.status, status);
        step += status == UNFIX_OK;
    }
}

START_TEST(overlay_may_run_out_of_memory)
{
    struct unit_memory m;
    size_t k;

    for (k = 1;; k++) {
        build_with_failures(&m, k);
        unfix_overlay_release(overlay);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 8);
}
END_TEST

START_TEST(half_built_overlay_is_freed)
{
    struct unit_memory m;
    size_t k;

    for (k = 2;; k++) {
        unfix_status status;

        unit_memory_init(&m, 0);
        ck_assert_int_eq(unfix_overlay_new(&m.allocator, &overlay), UNFIX_OK);
        unit_memory_fail(&m, k - 1);
        m.fail_on = true;
        status = add_words("uno\ndos\n");
        if (status == UNFIX_OK)
            status = add_confusions("a\tb\t3\n");
        if (status == UNFIX_OK)
            status = unfix_overlay_freeze(overlay, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unfix_overlay_release(overlay);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 6);
}
END_TEST

/* Words of a table that failed half-way must not show later. */
START_TEST(failed_table_leaves_no_trace)
{
    struct unit_memory m;
    struct api api;
    size_t k, failures = 0;

    for (k = 1; k < 10; k++) {
        unit_memory_init(&m, 0);
        ck_assert_int_eq(unfix_overlay_new(&m.allocator, &overlay), UNFIX_OK);
        unit_memory_fail(&m, k);
        if (add_words("sesién\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n") !=
            UNFIX_OK) {
            failures++;
            api_begin(&api);
            ck_assert_str_eq(correct(&api, "la sesién"), "la sesión");
            api_end(&api);
        }
        unfix_overlay_release(overlay);
    }
    ck_assert_uint_ge(failures, 2);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        listed_words_stay,
        listed_words_are_targets,
        decomposed_words_are_taken,
        capitals_count,
        blanks_at_the_end_are_cut,
        words_of_any_letters,
        byte_order_mark_is_skipped,
        bad_words,
        nothing_of_a_bad_table_is_added,
        confusions_are_used,
        bad_confusions,
        too_many_confusions,
        too_many_words,
        dictionary_knows_its_words,
        dictionary_opens_with_the_context,
        dictionary_and_little_memory,
        frozen_overlay_does_not_change,
        empty_overlay_does_nothing,
        one_overlay_many_contexts,
        references_are_counted,
        arguments,
        table_must_be_there,
        overlay_may_run_out_of_memory,
        half_built_overlay_is_freed,
        failed_table_leaves_no_trace,
    };

    return unit_run("api/overlay", tests, sizeof tests / sizeof *tests);
}
