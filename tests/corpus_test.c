/* SPDX-License-Identifier: MPL-2.0
 *
 * corpus_test FOLDER...: every file of the folders comes out of the library
 * byte for byte as it went in, and no correction is applied.
 */
#include "unfix.h"

#include "read_file.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static glob_t files;
static unfix_context *context;

static void
die(const char *path, const char *what)
{
    fprintf(stderr, "corpus_test: %s: %s\n", path, what);
    exit(2);
}

/* Lines, from 1, as an editor counts them. */
static size_t
line_of(const char *text, uint64_t offset)
{
    size_t line = 1;
    for (uint64_t i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}

/* Prints each applied correction, so that one run shows all the harm. */
static size_t
show_applied(const char *path, const char *text, const unfix_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        if (c->verdict != UNFIX_APPLIED)
            continue;
        count++;
        printf("%s:%zu: [%s] -> [%s] (%s, %u)\n", path,
               line_of(text, c->offset), c->original, c->replacement,
               unfix_class_name(c->kind), (unsigned)c->confidence);
    }
    fflush(stdout);
    return count;
}

START_TEST(file_stays)
{
    const char *path = files.gl_pathv[_i];
    size_t length = 0;
    size_t made_length = 0;
    unfix_error error;
    unfix_result *result = NULL;
    char *text = read_file(path, &length);

    if (!text)
        ck_abort_msg("%s: cannot be read", path);
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    if (unfix_correct(context, text, length, result, &error) != UNFIX_OK)
        ck_abort_msg("%s: %s", path, error.message);

    size_t count = show_applied(path, text, result);
    const char *made = unfix_result_text(result, &made_length);
    if (count != 0)
        ck_abort_msg("%s: %zu corrections applied", path, count);
    if (made_length != length || memcmp(made, text, length) != 0)
        ck_abort_msg("%s: the bytes differ", path);
    unfix_result_free(result);
    free(text);
}
END_TEST

static void
find_files(int count, char **folders)
{
    for (int i = 0; i < count; i++) {
        char pattern[4096];
        int used = snprintf(pattern, sizeof(pattern), "%s/*", folders[i]);
        if (used < 0 || (size_t)used >= sizeof(pattern) ||
            glob(pattern, i == 0 ? 0 : GLOB_APPEND, NULL, &files) != 0)
            die(folders[i], "no files");
    }
}

static void
open_context(void)
{
    unfix_model *model = NULL;
    unfix_error error;

    if (unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK ||
        unfix_context_new(model, NULL, NULL, NULL, &context, &error) !=
            UNFIX_OK)
        die(UNFIX_TEST_MODEL, error.message);
    unfix_model_release(model);
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: corpus_test FOLDER...\n");
        return 2;
    }
    find_files(argc - 1, argv + 1);
    open_context();

    TCase *cases = tcase_create("files");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, file_stays, 0, (int)files.gl_pathc);
    Suite *suite = suite_create("corpus");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    unfix_context_free(context);
    globfree(&files);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
