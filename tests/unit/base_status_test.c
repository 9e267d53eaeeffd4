/* SPDX-License-Identifier: MPL-2.0 */
#include "base/status.h"

#include "unit.h"

START_TEST(no_error_is_no_trouble)
{
    ck_assert_int_eq(ufx_status_set(NULL, UNFIX_ERROR_IO, "gone", "a"),
                     UNFIX_ERROR_IO);
    ck_assert_int_eq(
        ufx_status_set_at(NULL, UNFIX_ERROR_FORMAT, "bad", NULL, 7, 8),
        UNFIX_ERROR_FORMAT);
}
END_TEST

START_TEST(message_and_detail)
{
    unfix_error error;

    memset(&error, 0xA5, sizeof error);
    ck_assert_int_eq(ufx_status_set(&error, UNFIX_ERROR_IO, "gone", NULL),
                     UNFIX_ERROR_IO);
    ck_assert_int_eq(error.status, UNFIX_ERROR_IO);
    ck_assert_str_eq(error.message, "gone");
    ck_assert_uint_eq(error.offset, 0);
    ck_assert_uint_eq(error.line, 0);
    ufx_status_set(&error, UNFIX_ERROR_IO, "cannot read", "a file");
    ck_assert_str_eq(error.message, "cannot read: a file");
}
END_TEST

START_TEST(place_in_a_table)
{
    unfix_error error;

    memset(&error, 0xA5, sizeof error);
    ufx_status_set_at(&error, UNFIX_ERROR_FORMAT, "bad line", NULL,
                      UINT64_C(0x123456789), 42);
    ck_assert_int_eq(error.status, UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.offset, UINT64_C(0x123456789));
    ck_assert_uint_eq(error.line, 42);
}
END_TEST

START_TEST(what_does_not_fit_is_cut)
{
    struct {
        unfix_error error;
        char after;
    } place;
    char detail[1000];
    size_t length, most = sizeof place.error.message - 1;

    memset(detail, 'x', sizeof detail);
    /* Around the size: one too few, just so, one too many, far too many. */
    for (length = most - 7; length < sizeof detail - 1; length++) {
        detail[length] = '\0';
        memset(&place, 0xA5, sizeof place);
        ufx_status_set(&place.error, UNFIX_ERROR_IO, "gone", detail);
        ck_assert_uint_eq(strlen(place.error.message),
                          6 + length < most ? 6 + length : most);
        ck_assert_mem_eq(place.error.message, "gone: xxx", 9);
        ck_assert_uint_eq(place.error.offset, 0);
        ck_assert_int_eq((unsigned char)place.after, 0xA5);
        detail[length] = 'x';
    }
    detail[sizeof detail - 1] = '\0';
    ufx_status_set(&place.error, UNFIX_ERROR_IO, detail, "more");
    ck_assert_uint_eq(strlen(place.error.message), most);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        no_error_is_no_trouble,
        message_and_detail,
        place_in_a_table,
        what_does_not_fit_is_cut,
    };

    return unit_run("base/status", tests, sizeof tests / sizeof *tests);
}
