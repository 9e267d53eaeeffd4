/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "unit.h"

#include <stdio.h>

START_TEST(version)
{
    char numbers[40];

    snprintf(numbers, sizeof numbers, "%d.%d.%d", UNFIX_VERSION_MAJOR,
             UNFIX_VERSION_MINOR, UNFIX_VERSION_PATCH);
    ck_assert_str_eq(unfix_version(), numbers);
    ck_assert_str_eq(UNFIX_VERSION_STRING, numbers);
    ck_assert_uint_eq(unfix_version_number(), UNFIX_VERSION_NUMBER);
    ck_assert_int_gt(UNFIX_VERSION_NUMBER, UNFIX_VERSION_MAKE(0, 1, 99));
}
END_TEST

START_TEST(statuses)
{
    int a, b;

    for (a = UNFIX_OK; a <= UNFIX_ERROR_EXTERNAL; a++) {
        const char *text = unfix_strerror((unfix_status)a);

        ck_assert_ptr_nonnull(text);
        ck_assert_uint_gt(strlen(text), 0);
        ck_assert_int_ne(text[strlen(text) - 1], '.');
        for (b = UNFIX_OK; b < a; b++)
            ck_assert_str_ne(text, unfix_strerror((unfix_status)b));
        ck_assert_str_ne(text, unfix_strerror((unfix_status)1000));
    }
    ck_assert_ptr_nonnull(unfix_strerror((unfix_status)(a + 1)));
    ck_assert_ptr_nonnull(unfix_strerror((unfix_status)INT16_MAX));
}
END_TEST

/* The names are part of the interface: reports and --only use them. */
START_TEST(classes)
{
    static const char *const names[UNFIX_CLASS_COUNT] = {
        "accent",      "tilde",   "letter", "lost",   "split",   "join",
        "case",        "ordinal", "roman",  "symbol", "number",  "spacing",
        "punctuation", "hyphen",  "date",   "list",   "encoding"};
    int c;

    for (c = 0; c < UNFIX_CLASS_COUNT; c++)
        ck_assert_str_eq(unfix_class_name((unfix_class)c), names[c]);
    ck_assert_ptr_null(unfix_class_name((unfix_class)UNFIX_CLASS_COUNT));
    ck_assert_ptr_null(unfix_class_name((unfix_class)1000));
    ck_assert_uint_eq(UNFIX_CLASSES_ALL, (1u << UNFIX_CLASS_COUNT) - 1);
    ck_assert_int_eq(UNFIX_CLASS_ENCODING + 1, UNFIX_CLASS_COUNT);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {version, statuses, classes};

    return unit_run("api/names", tests, sizeof tests / sizeof *tests);
}
