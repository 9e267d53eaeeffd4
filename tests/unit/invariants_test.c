/* SPDX-License-Identifier: MPL-2.0 */
/* What must hold of every text, tried on every text that the tests have:
 * examples, clean and odd texts, scanned pages; and on clean texts as engines
 * that nobody has seen might read them, always the same. */
#include "unfix.h"

#include "../read_file.h"
#include "api/objects.h"
#include "noise.h"
#include "text/chars.h"
#include "unit_api.h"

#include <glob.h>
#include <pthread.h>

static glob_t files;
static unfix_model *model;
static unfix_context *context;

/* Texts beyond the files: clean ones, misread. */
#define NOISED 48

/* Of the text that the running test reads. */
static const char *path;
static char *text;
static size_t length;
static bool is_noised;

static bool
is_clean_file(const char *name)
{
    return strstr(name, "/corpus/clean/") != NULL ||
           strstr(name, ".gt.") != NULL;
}

/* Clean file number `nth`, counted round and round. */
static const char *
clean_file(size_t nth)
{
    size_t i = 0;

    for (;; i = (i + 1) % files.gl_pathc)
        if (is_clean_file(files.gl_pathv[i]) && nth-- == 0)
            return files.gl_pathv[i];
}

static void
misread(uint64_t seed)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer page;

    ufx_buffer_init(&page, &memory);
    noise_page(&page, text, length, &model->language.rules, seed, 0);
    ck_assert(!page.failed);
    free(text);
    text = malloc(page.length + 1);
    length = page.length;
    memcpy(text, page.data, length);
    ufx_buffer_free(&page);
}

static void
begin(int number)
{
    size_t file = (size_t)number;

    is_noised = file >= files.gl_pathc;
    path = is_noised ? clean_file(file) : files.gl_pathv[file];
    text = read_file(path, &length);
    if (text == NULL)
        ck_abort_msg("%s cannot be read", path);
    if (is_noised)
        misread((uint64_t)number);
}

static void
end(void)
{
    free(text);
}

static unfix_context *
new_context(const unfix_options *options)
{
    unfix_context *made;

    ck_assert_int_eq(unfix_context_new(model, NULL, options, NULL, &made, NULL),
                     UNFIX_OK);
    return made;
}

static unfix_result *
correct(unfix_context *with, const char *bytes, size_t count)
{
    unfix_result *result;

    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(with, bytes, count, result, NULL), UNFIX_OK);
    return result;
}

/* Prints what was applied: one run then shows all the harm. */
static size_t
show_applied(const unfix_result *result)
{
    size_t count = 0, i;

    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        if (c->verdict != UNFIX_APPLIED)
            continue;
        count++;
        printf("%s: %" PRIu64 ": [%s] -> [%s] (%s, %u)\n", path, c->offset,
               c->original, c->replacement, unfix_class_name(c->kind),
               (unsigned)c->confidence);
    }
    fflush(stdout);
    return count;
}

/* ---- 1 and 2: the corrections tell all of the difference ---- */

START_TEST(splicing_gives_the_output)
{
    unfix_result *result;

    begin(_i);
    result = correct(context, text, length);
    api_check_whole(text, length, result);
    unfix_result_free(result);
    end();
}
END_TEST

/* ---- 3: always the same ---- */

static void
feed(unfix_stream *stream, size_t size, uint64_t *seed)
{
    size_t at = 0;

    while (at < length) {
        size_t n = size == 0 ? unit_below(seed, 1000) : size;

        if (n > length - at)
            n = length - at;
        if (unfix_stream_feed(stream, text + at, n, NULL) != UNFIX_OK)
            ck_abort_msg("%s: fed at %zu", path, at);
        at += n;
    }
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
}

START_TEST(any_chunks_give_the_same)
{
    static const size_t sizes[] = {1, 7, 4096, 0, 0};
    struct api_record whole, pieces;
    unfix_context *other = new_context(NULL);
    unfix_stream *stream;
    unfix_result *result;
    uint64_t seed = 17;
    size_t i;

    begin(_i);
    api_record_init(&whole);
    api_record_init(&pieces);
    result = correct(context, text, length);
    api_record_add(&whole, result);
    unfix_result_free(result);
    ck_assert_int_eq(
        unfix_stream_new(other, api_record_callback, &pieces, &stream),
        UNFIX_OK);
    for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        api_record_clear(&pieces);
        feed(stream, sizes[i], &seed);
        if (!api_record_equal(&whole, &pieces))
            ck_abort_msg("%s: chunks of %zu", path, sizes[i]);
    }
    unfix_stream_free(stream);
    unfix_context_free(other);
    api_record_free(&whole);
    api_record_free(&pieces);
    end();
}
END_TEST

struct worker {
    pthread_t thread;
    struct api_record record;
    bool failed;
};

static void *
work(void *argument)
{
    struct worker *w = argument;
    unfix_context *own = NULL;
    unfix_result *result = NULL;
    size_t i;

    w->failed =
        unfix_context_new(model, NULL, NULL, NULL, &own, NULL) != UNFIX_OK ||
        unfix_result_new(NULL, &result) != UNFIX_OK;
    for (i = 0; i < files.gl_pathc && !w->failed; i += 3) {
        size_t size = 0;
        char *bytes = read_file(files.gl_pathv[i], &size);

        w->failed = bytes == NULL ||
                    unfix_correct(own, bytes, size, result, NULL) != UNFIX_OK;
        if (!w->failed)
            api_record_add(&w->record, result);
        free(bytes);
    }
    unfix_result_free(result);
    unfix_context_free(own);
    return NULL;
}

START_TEST(threads_share_the_model)
{
    enum {
        THREADS = 3
    };
    struct worker workers[THREADS];
    size_t i;

    for (i = 0; i < THREADS; i++) {
        api_record_init(&workers[i].record);
        ck_assert_int_eq(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
        ck_assert(!workers[i].failed);
    }
    ck_assert_uint_gt(workers[0].record.corrections.length, 0);
    for (i = 1; i < THREADS; i++)
        ck_assert(api_record_equal(&workers[0].record, &workers[i].record));
    for (i = 0; i < THREADS; i++)
        api_record_free(&workers[i].record);
}
END_TEST

/* ---- 4: a second pass changes nothing ---- */

START_TEST(second_pass_changes_nothing)
{
    unfix_result *first, *second;
    const char *once;
    size_t once_length, count;

    begin(_i);
    first = correct(context, text, length);
    once = unfix_result_text(first, &once_length);
    second = correct(context, once, once_length);
    count = show_applied(second);
    if (count != 0)
        ck_abort_msg("%s: %zu changes in the second pass", path, count);
    unfix_result_free(first);
    unfix_result_free(second);
    end();
}
END_TEST

/* No thread but one runs here, and with ThreadSanitizer that one takes twenty
 * times as long. */
#ifdef __SANITIZE_THREAD__
#define MUCH ((size_t)64 * 1024)
#else
#define MUCH ((size_t)600 * 1024) /* longer than two windows */
#endif

/* Appends all pages and clean texts, damaged at 1 to 30 %, until there are
 * `least` bytes; without blank lines they are one paragraph. */
static void
damage_much(struct ufx_buffer *out, size_t least, bool blank_lines)
{
    size_t nth = 0, i;

    for (; out->length < least; nth++) {
        struct ufx_memory memory = ufx_memory_from(NULL);
        struct ufx_buffer page;
        char *clean = read_file(clean_file(nth), &length);

        ufx_buffer_init(&page, &memory);
        noise_rate(&page, clean, length, &model->language.rules, 0.01, 0.3,
                   nth);
        for (i = 0; i < page.length; i++)
            if (blank_lines || page.data[i] != '\n' ||
                (out->length > 0 && out->data[out->length - 1] != '\n'))
                ufx_buffer_append_byte(out, page.data[i]);
        ufx_buffer_free(&page);
        free(clean);
    }
    ck_assert(!out->failed);
}

/* A window that is repaired again and again without an end stays as it came. */
static void
check_settled(const unfix_result *result)
{
    size_t i;

    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        if (c->held_back != NULL &&
            strcmp(c->held_back, "does not settle") == 0)
            ck_abort_msg("%s: [%s] does not settle", path, c->original);
    }
}

static void
check_second_run_of(const char *damaged, size_t size)
{
    unfix_result *first = correct(context, damaged, size), *second;
    const char *once;
    size_t once_length;

    check_settled(first);
    once = unfix_result_text(first, &once_length);
    second = correct(context, once, once_length);
    ck_assert_uint_eq(show_applied(second), 0);
    unfix_result_free(first);
    unfix_result_free(second);
}

static void
check_second_run(size_t least, bool blank_lines)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer damaged;

    path = "much damaged text";
    ufx_buffer_init(&damaged, &memory);
    damage_much(&damaged, least, blank_lines);
    check_second_run_of(damaged.data, damaged.length);
    ufx_buffer_free(&damaged);
}

/* An entity that only shows where a letter of another script is mended. */
START_TEST(entities_behind_other_scripts)
{
    static const char entities[] =
        "L\xD0\xB0 fu\xD0\xB5nte ve \"cafet er&&iacut\xD0\xB5;a\" y "
        "c\xD0\xB0"
        "f\xC3\xA9.\n"
        "Qui\xD0\xB5n mira l\xD0\xB0 fuente ve la cafeter&iacute;a y el "
        "caf&eacute;.\n"
        "El lugar de \xC2\xAB&ntilde;\xC2\xBB \xD0\xB5n la "
        "fu\xD0\xB5nte.\n"
        "Qui\xD0\xB5n perdi\xC3\xB3 l\xD0\xB0 l\xD0\xB5tra ve "
        "\"cafeter&iacut\xD0\xB5;a\".\n";

    path = "entities behind other scripts";
    check_second_run_of(entities, sizeof entities - 1);
}
END_TEST

/* What is between the halves of a broken word stays: of several pieces before
 * the line's end the first one was taken for a half, and the others grew. */
START_TEST(halves_of_several_pieces)
{
    static const char broken[] =
        "UtiliZaci\xC3\xB3n \xD0\xB5\x63\xC2\xA1uitat\n"
        "iva;y s pRote\xD1\x81\x63i\xC3\xB3n\n"
        "ad\xD0\xB5\x63ua da.";
    unfix_result *result;

    path = "a broken word";
    result = correct(context, broken, sizeof broken - 1);
    check_settled(result);
    unfix_result_free(result);
}
END_TEST

START_TEST(second_run_over_damaged_text)
{
    check_second_run(MUCH, true);
}
END_TEST

/* One window: an entity that showed in the first run was protected there. */
START_TEST(second_run_over_few_lines)
{
    check_second_run((size_t)32 * 1024, false);
}
END_TEST

/* Columns and lists have no blank lines: one paragraph. */
START_TEST(second_run_over_lines_without_end)
{
    check_second_run(MUCH / 2, false);
}
END_TEST

/* ---- 5: clean text stays ---- */

static bool
is_clean(void)
{
    return !is_noised &&
           (strstr(path, "/corpus/") != NULL || strstr(path, ".gt.") != NULL);
}

START_TEST(clean_text_stays)
{
    unfix_result *result;
    size_t count;

    begin(_i);
    if (is_clean()) {
        result = correct(context, text, length);
        count = show_applied(result);
        if (count != 0)
            ck_abort_msg("%s: %zu changes", path, count);
        unfix_result_free(result);
    }
    end();
}
END_TEST

/* ---- 7: any allocation may fail ---- */

START_TEST(any_allocation_may_fail)
{
    static const char page[] =
        "La cooperacidn internacional y los 6rganos de la Asamblea, en su\n"
        "53* periodo de sesiones, aprob6 la resolucion A/RES/52/134 relati-\n"
        "va al dialogo; Decideseguir exa minando la cuestién.\n";
    struct api_record expected, is;
    unfix_result *result = correct(context, page, sizeof page - 1);
    size_t k;

    api_record_init(&expected);
    api_record_init(&is);
    api_record_add(&expected, result);
    ck_assert_uint_ge(unfix_result_correction_count(result), 5);
    for (k = 1;; k++) {
        struct unit_memory m;
        unfix_context *own;
        unfix_status status;

        unit_memory_init(&m, 0);
        ck_assert_int_eq(
            unfix_context_new(model, NULL, NULL, &m.allocator, &own, NULL),
            UNFIX_OK);
        unit_memory_fail(&m, k);
        status = unfix_correct(own, page, sizeof page - 1, result, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unit_memory_fail(&m, 0);
        ck_assert_int_eq(
            unfix_correct(own, page, sizeof page - 1, result, NULL), UNFIX_OK);
        api_record_clear(&is);
        api_record_add(&is, result);
        ck_assert(api_record_equal(&is, &expected));
        unfix_context_free(own);
        ck_assert_uint_eq(m.live, 0);
        if (status == UNFIX_OK)
            break;
    }
    ck_assert_uint_gt(k, 3);
    unfix_result_free(result);
    api_record_free(&expected);
    api_record_free(&is);
}
END_TEST

/* ---- 8: accents only ---- */

/* The text composed, its letters without accents. */
static void
fold(const char *bytes, size_t count, struct ufx_buffer *out)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer composed;
    size_t i, size;

    ufx_buffer_init(&composed, &memory);
    ufx_buffer_init(out, &memory);
    ck_assert_int_eq(ufx_text_nfc(bytes, count, &composed), UNFIX_OK);
    for (i = 0; i < composed.length; i += size) {
        uint32_t cp =
            ufx_text_decode(composed.data + i, composed.length - i, &size);

        if (cp >= UFX_CHAR_OPAQUE)
            ufx_buffer_append(out, composed.data + i, size);
        else
            ufx_buffer_append_char(out, ufx_char_unaccented(cp));
    }
    ufx_buffer_append(out, "", 0);
    ufx_buffer_free(&composed);
}

START_TEST(accents_only_fold_to_the_input)
{
    unfix_options options;
    unfix_context *own;
    unfix_result *result;
    struct ufx_buffer before, after;
    const char *out;
    size_t out_length;

    begin(_i);
    unfix_options_init(&options);
    options.classes = UNFIX_CLASS_BIT(UNFIX_CLASS_ACCENT);
    own = new_context(&options);
    result = correct(own, text, length);
    api_check_whole(text, length, result);
    out = unfix_result_text(result, &out_length);
    fold(text, length, &before);
    fold(out, out_length, &after);
    if (before.length != after.length ||
        memcmp(before.data, after.data, before.length) != 0) {
        show_applied(result);
        ck_abort_msg("%s: more than accents changed", path);
    }
    ufx_buffer_free(&before);
    ufx_buffer_free(&after);
    unfix_result_free(result);
    unfix_context_free(own);
    end();
}
END_TEST

/* ---- 9: at 1000 only what is certain, at any bar what reaches it ---- */

START_TEST(applied_is_what_reaches_the_bar)
{
    static const uint32_t bars[] = {0, 700, 1000};
    unfix_options options;
    size_t b, i;

    begin(_i);
    unfix_options_init(&options);
    for (b = 0; b < sizeof bars / sizeof *bars; b++) {
        unfix_context *own;
        unfix_result *result;

        options.min_confidence = bars[b];
        own = new_context(&options);
        result = correct(own, text, length);
        api_check_whole(text, length, result);
        for (i = 0; i < unfix_result_correction_count(result); i++) {
            const unfix_correction *c = unfix_result_correction(result, i);

            if ((c->verdict == UNFIX_APPLIED) != (c->confidence >= c->bar))
                ck_abort_msg("%s: [%s] has %u, the bar is %u", path,
                             c->original, (unsigned)c->confidence,
                             (unsigned)c->bar);
            ck_assert_uint_ge(c->bar, bars[b]);
            /* What holds a mark besides letters has the bar of the mark. */
            if (c->kind != UNFIX_CLASS_PUNCTUATION && c->bar <= 1000 &&
                c->bar != 1000 - (1000 - bars[b]) / 5)
                ck_assert_uint_eq(c->bar, bars[b]);
        }
        unfix_result_free(result);
        unfix_context_free(own);
    }
    end();
}
END_TEST

static void
find_files(void)
{
    static const char *const patterns[] = {"spec/*.md", "corpus/clean/*",
                                           "corpus/odd/*", "pages/*.txt"};
    size_t i;

    for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        char pattern[4096];

        snprintf(pattern, sizeof pattern, "%s/tests/%s", UNFIX_TEST_SOURCE,
                 patterns[i]);
        if (glob(pattern, i == 0 ? 0 : GLOB_APPEND, NULL, &files) != 0) {
            fprintf(stderr, "invariants_test: %s: no files\n", pattern);
            exit(2);
        }
    }
}

static void
open_model(void)
{
    unfix_error error;

    if (unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK ||
        unfix_context_new(model, NULL, NULL, NULL, &context, &error) !=
            UNFIX_OK) {
        fprintf(stderr, "invariants_test: %s: %s\n", UNFIX_TEST_MODEL,
                error.message);
        exit(2);
    }
}

/* The noise sets titles in capitals: letters stay what they are, ñ is one. */
START_TEST(titles_keep_their_letters)
{
    static const char all[] = "ESPAÑA Y EL AÑO\nLA REUNION NACIONAL\n";
    static const char given[] = "ESPAÑA y el año\nLa reunión nacional\n";
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer titles;
    int seed, kept = 0, set = 0;

    ufx_buffer_init(&titles, &memory);
    for (seed = 0; seed < 400; seed++) {
        ufx_buffer_clear(&titles);
        noise_titles(&titles, given, strlen(given), (uint64_t)seed);
        ck_assert(!titles.failed);
        kept += titles.length == strlen(given) &&
                memcmp(titles.data, given, titles.length) == 0;
        set += titles.length == strlen(all) &&
               memcmp(titles.data, all, titles.length) == 0;
    }
    ck_assert_int_gt(kept, 200);
    ck_assert_int_gt(set, 10);
    ufx_buffer_free(&titles);
}
END_TEST

int
main(void)
{
    const TTest *const each[] = {
        splicing_gives_the_output,      any_chunks_give_the_same,
        second_pass_changes_nothing,    clean_text_stays,
        accents_only_fold_to_the_input, applied_is_what_reaches_the_bar,
    };
    Suite *suite = suite_create("invariants");
    TCase *one_by_one = tcase_create("files");
    TCase *together = tcase_create("together");
    SRunner *runner;
    size_t i;
    int failed;

    find_files();
    open_model();
    tcase_set_timeout(one_by_one, 120);
    tcase_set_timeout(together, 120);
    for (i = 0; i < sizeof each / sizeof *each; i++)
        tcase_add_loop_test(one_by_one, each[i], 0,
                            (int)files.gl_pathc + NOISED);
    tcase_add_test(together, halves_of_several_pieces);
    tcase_add_test(together, entities_behind_other_scripts);
    tcase_add_test(together, second_run_over_damaged_text);
    tcase_add_test(together, second_run_over_few_lines);
    tcase_add_test(together, second_run_over_lines_without_end);
    tcase_add_test(together, threads_share_the_model);
    tcase_add_test(together, any_allocation_may_fail);
    tcase_add_test(together, titles_keep_their_letters);
    suite_add_tcase(suite, one_by_one);
    suite_add_tcase(suite, together);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unfix_context_free(context);
    unfix_model_release(model);
    globfree(&files);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
