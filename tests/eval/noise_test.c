/* SPDX-License-Identifier: MPL-2.0 */
/* The regimes by which text is damaged. */
#include "noise.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What becomes of `text` by a document with those habits. */
static void
check_habits(const char *rows, const char *text, const char *expected)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct noise_habits habits;
    struct ufx_buffer out;
    char path[] = "noise_test.XXXXXX";
    int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, rows, strlen(rows)), (int)strlen(rows));
    ck_assert_int_eq(close(file), 0);
    noise_habits_read(&habits, path);
    ck_assert_int_eq(unlink(path), 0);
    ufx_buffer_init(&out, &memory);
    /* Of some seeds what is rare is rarer still. */
    noise_by_habits(&out, text, strlen(text), &habits, 0, 0);
    ck_assert(!out.failed);
    ck_assert_str_eq(out.data, expected);
    ufx_buffer_free(&out);
    noise_habits_free(&habits);
}

START_TEST(reads_by_habit)
{
    check_habits("d\tó\té\t100\n", "comisión", "comisién");
    check_habits("d\trn\tm\t100\n", "gobierno", "gobiemo");
    check_habits("d\tó\t\t100\n", "comisión", "comisin");
    check_habits("d\tó\té\t0\n", "comisión", "comisión");
}
END_TEST

START_TEST(breaks_lines_by_habit)
{
    check_habits("d\tó\t-\\nó\t100\n", "comisión", "comisi-\nón");
    check_habits("d\t\t-\\n\t100\n", "paz", "-\np-\na-\nz");
    check_habits("d\t\\n\t \t100\n", "la\npaz", "la paz");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("noise");
    TCase *cases = tcase_create("habits");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, reads_by_habit);
    tcase_add_test(cases, breaks_lines_by_habit);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
