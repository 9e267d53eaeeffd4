/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/alphabet.h"

#include "unit.h"

static struct ufx_form list[8];
static struct ufx_forms rows;
static struct ufx_alphabet alphabet;

/* Letters of no language: one beyond Latin-1 among them. */
static void
make(void)
{
    static const char *const lines[] = {"accent\tà\ta", "accent\tő\to",
                                        "own\tã\ta", "own\tœ", "letter\tw"};
    const char *why;
    uint32_t i;

    for (i = 0; i < 5; i++)
        ck_assert(ufx_form_parse(lines[i], strlen(lines[i]), &list[i], &why));
    ck_assert(ufx_forms_index(&rows, list, 5));
    ufx_alphabet_make(&alphabet, &rows);
}

START_TEST(letters_are_what_the_rows_say)
{
    make();
    ck_assert(ufx_alphabet_is(&alphabet, 0xE0, UFX_LETTER_ACCENTED));
    ck_assert(ufx_alphabet_is(&alphabet, 0xC0, UFX_LETTER_ACCENTED));
    ck_assert(!ufx_alphabet_is(&alphabet, 0xE1, UFX_LETTER_ACCENTED));
    ck_assert(ufx_alphabet_is(&alphabet, 0x151, UFX_LETTER_ACCENTED));
    ck_assert(ufx_alphabet_is(&alphabet, 0x150, UFX_LETTER_ACCENTED));
    ck_assert(!ufx_alphabet_is(&alphabet, 0x153, UFX_LETTER_ACCENTED));
    ck_assert(ufx_alphabet_is(&alphabet, 0x153, UFX_LETTER_OWN));
    ck_assert(ufx_alphabet_is(&alphabet, 'W', UFX_LETTER_WORD));
    ck_assert(!ufx_alphabet_is(&alphabet, 'a', UFX_LETTER_WORD));
    ck_assert(!ufx_alphabet_is(&alphabet, 0, UFX_LETTER_OWN));
    ck_assert_uint_eq(alphabet.accent_count, 2);
}
END_TEST

START_TEST(letters_of_their_own_keep_their_signs)
{
    make();
    ck_assert_uint_eq(ufx_alphabet_fold(&alphabet, 0xE3), 0xE3); /* ã */
    ck_assert_uint_eq(ufx_alphabet_fold(&alphabet, 0xE0), 'a');
    ck_assert_uint_eq(ufx_alphabet_fold(&alphabet, 0xF1), 'n');
    ck_assert_uint_eq(ufx_alphabet_fold(&alphabet, 0x151), 'o');
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {letters_are_what_the_rows_say,
                                  letters_of_their_own_keep_their_signs};

    return unit_run("lang/alphabet", tests, sizeof tests / sizeof *tests);
}
