/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/letters.h"

#include "small_model.h"

static uint16_t contexts[UFX_LETTER_CONTEXTS];
static struct ufx_letter_row rows[2];
static struct ufx_letters letters = {NULL, contexts, rows, 2};

static uint32_t
cost(const char *word)
{
    return ufx_letters_cost(&letters, (const uint8_t *)word, strlen(word));
}

/* Row 0: any symbol costs 10 steps, the end 1.  Row 1: any symbol 100. */
static void
even_rows(void)
{
    letters.usual = small_usual();
    memset(contexts, 0, sizeof contexts);
    memset(rows[0].costs, 10, sizeof rows[0].costs);
    memset(rows[1].costs, 100, sizeof rows[1].costs);
    rows[0].costs[0] = 1;
}

START_TEST(symbols_have_an_order)
{
    ck_assert_uint_eq(ufx_letter_symbol(small_usual(), 'a'), 1);
    ck_assert_uint_eq(ufx_letter_symbol(small_usual(), 'z'), 26);
    ck_assert_uint_eq(ufx_letter_symbol(small_usual(), 0xFA), 32);
    ck_assert_uint_lt(ufx_letter_symbol(small_usual(), 0xFF),
                      UFX_LETTER_SYMBOLS);
}
END_TEST

START_TEST(letters_and_the_end_are_paid)
{
    even_rows();
    ck_assert_uint_eq(cost(""), 1 * UFX_LETTER_STEP);
    ck_assert_uint_eq(cost("ab"), 21 * UFX_LETTER_STEP);
}
END_TEST

START_TEST(the_last_three_letters_count)
{
    uint32_t context = 0, i;

    for (i = 1; i <= 4; i++)
        context = ufx_letter_context(context, i);
    ck_assert_uint_eq(context,
                      (2 * UFX_LETTER_SYMBOLS + 3) * UFX_LETTER_SYMBOLS + 4);
    even_rows();
    contexts[context] = 1;
    ck_assert_uint_eq(cost("abcde"), (40 + 100 + 1) * UFX_LETTER_STEP);
    ck_assert_uint_eq(cost("xbcde"), (40 + 100 + 1) * UFX_LETTER_STEP);
    ck_assert_uint_eq(cost("axcde"), (50 + 1) * UFX_LETTER_STEP);
}
END_TEST

/* ä is read as a, but is not as likely. */
START_TEST(unusual_letters_are_dear)
{
    even_rows();
    ck_assert_uint_gt(cost("b\xE4"), cost("ba"));
    ck_assert_uint_eq(cost("b\xE1"), cost("ba"));
}
END_TEST

START_TEST(the_letter_that_fits_least)
{
    uint32_t context = ufx_letter_context(0, 1);
    int32_t oddest;

    even_rows();
    contexts[context] = 1;
    ck_assert_uint_eq(
        ufx_letters_oddest(&letters, (const uint8_t *)"abc", 3, &oddest),
        cost("abc"));
    ck_assert_int_eq(oddest, 100 * UFX_LETTER_STEP);
    ufx_letters_oddest(&letters, (const uint8_t *)"bac", 3, &oddest);
    ck_assert_int_eq(oddest, 10 * UFX_LETTER_STEP);
}
END_TEST

/* What a damaged image holds. */
START_TEST(rows_that_are_not_there)
{
    even_rows();
    contexts[0] = UINT16_MAX;
    ck_assert_uint_eq(cost("ab"), 21 * UFX_LETTER_STEP);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        symbols_have_an_order,        letters_and_the_end_are_paid,
        the_last_three_letters_count, unusual_letters_are_dear,
        the_letter_that_fits_least,   rows_that_are_not_there,
    };

    return unit_run("lang/letters", tests, sizeof tests / sizeof *tests);
}
