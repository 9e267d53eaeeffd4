/* SPDX-License-Identifier: MPL-2.0 */
#include "base/numeric.h"

#include "unit.h"

#include <math.h>

static void
check_log(uint64_t x)
{
    double exact = 1000 * log((double)x);
    int32_t is = ufx_log(x);

    /* Its 16 binary places are worth 0.011, a little less than rounding. */
    if (is > exact || exact - is >= 1.02)
        ck_abort_msg("ln %llu: %d, not %.3f", (unsigned long long)x, (int)is,
                     exact);
}

START_TEST(logarithm_is_rounded_down)
{
    uint64_t x;

    ck_assert_int_eq(ufx_log(1), 0);
    ck_assert_int_eq(ufx_log(2), 693);
    ck_assert_int_eq(ufx_log(1000), 6907);
    for (x = 1; x < 300000; x++)
        check_log(x);
    for (x = 3; x < UINT64_MAX / 3; x = x * 3 + x / 7)
        check_log(x);
}
END_TEST

START_TEST(logarithm_never_falls)
{
    int32_t last = ufx_log(1), next;
    uint64_t x;

    for (x = 2; x < 300000; x++, last = next) {
        next = ufx_log(x);
        if (next < last)
            ck_abort_msg("falls at %llu", (unsigned long long)x);
    }
}
END_TEST

START_TEST(logarithm_of_the_largest)
{
    check_log(UINT32_MAX);
    check_log(UINT64_C(1) << 32);
    check_log((UINT64_C(1) << 63) - 1);
    ck_assert_int_eq(ufx_log(UINT64_C(1) << 63), 43668);
    ck_assert_int_eq(ufx_log(UINT64_MAX), 44361);
}
END_TEST

START_TEST(exponential_is_near)
{
    int32_t cost;

    ck_assert_uint_eq(ufx_exp_negative(0), 1 << 20);
    for (cost = 0; cost < 20000; cost++) {
        double exact = ldexp(exp(-cost / 1000.0), 20);
        double is = ufx_exp_negative(cost);
        double allowed = exact * 0.0325;

        /* Whole units are all there is at the far end. */
        if (allowed < 1)
            allowed = 1.1;
        if (fabs(is - exact) > allowed)
            ck_abort_msg("e^-%d: %.0f, not %.2f", (int)cost, is, exact);
    }
}
END_TEST

START_TEST(exponential_never_rises)
{
    uint32_t last = ufx_exp_negative(0), next;
    int32_t cost;

    for (cost = 1; cost < 20000; cost++, last = next) {
        next = ufx_exp_negative(cost);
        if (next > last)
            ck_abort_msg("rises at %d", (int)cost);
    }
    ck_assert_uint_eq(ufx_exp_negative(INT32_MAX), 0);
}
END_TEST

/* Computed by hand from the definition, the lowest byte first. */
START_TEST(hash_is_the_same_everywhere)
{
    ck_assert_uint_eq(ufx_hash("", 0), UINT64_C(0xCBF29CE44FD0BFC1));
    ck_assert_uint_eq(ufx_hash("sesi\xC3\xB3n de la", 13),
                      UINT64_C(0xBAD554FC5EC914AE));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        logarithm_is_rounded_down, logarithm_never_falls,
        logarithm_of_the_largest,  exponential_is_near,
        exponential_never_rises,   hash_is_the_same_everywhere,
    };

    return unit_run("base/numeric", tests, sizeof tests / sizeof *tests);
}
