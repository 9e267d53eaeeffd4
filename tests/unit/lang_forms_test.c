/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/forms.h"

#include "small_model.h"

static bool
parses(const char *line, struct ufx_form *row)
{
    const char *why = NULL;
    bool good = ufx_form_parse(line, strlen(line), row, &why);

    ck_assert(good || why != NULL);
    return good;
}

START_TEST(rows)
{
    struct ufx_form row;

    ck_assert(parses("noun\tPeríodo\tº\t199", &row));
    ck_assert_int_eq(row.kind, UFX_FORM_NOUN);
    ck_assert_uint_eq(row.count, 7);
    ck_assert_uint_eq(row.text[0], 'p');
    ck_assert_uint_eq(row.text[3], 'i');
    ck_assert_uint_eq(row.value[0], 0xBA);
    ck_assert_uint_eq(row.limit, 199);
    /* What is no word stays as printed. */
    ck_assert(parses("part\tRev\t/.", &row));
    ck_assert_uint_eq(row.text[0], 'R');
    ck_assert_uint_eq(row.value[1], '.');
    ck_assert_uint_eq(row.limit, 0);
    ck_assert(parses("sign\t”", &row));
    ck_assert_uint_eq(row.text[0], 0x201D);
    ck_assert_uint_eq(row.value[0], 0);
    ck_assert(parses("percent\tabcdefghijklmno", &row));
    ck_assert_uint_eq(row.count, UFX_FORM_CHARS);
}
END_TEST

START_TEST(no_rows)
{
    static const char *const lines[] = {
        "",
        "noun",
        "noun\t",
        "nou\tsesión",
        "nounsx\tsesión",
        "percent\tabcdefghijklmnop",
        "sign\t\xF0\x9F\x98\x80", /* beyond the basic plane */
        "sign\t\xFF",
        "part\tA\tabcd",
        "noun\tsesión\tª\tx",
        "noun\tsesión\tª\t1x",
        "noun\tsesión\tª\t1234567",
        "noun\tsesión\tª\t12\t",
    };
    struct ufx_form row;
    size_t i;

    for (i = 0; i < sizeof lines / sizeof *lines - 1; i++)
        if (parses(lines[i], &row))
            ck_abort_msg("%s", lines[i]);
    /* An empty field at the end is nothing. */
    ck_assert(parses(lines[i], &row));
}
END_TEST

START_TEST(finding)
{
    static const char *const lines[] = {"noun\tsesión\tª", "part\tA",
                                        "part\tAC"};
    struct ufx_form table[3];
    struct ufx_forms forms;
    uint32_t word[20];
    size_t i;

    for (i = 0; i < 3; i++)
        ck_assert(parses(lines[i], &table[i]));
    ck_assert(ufx_forms_index(&forms, table, 3));
    i = small_chars("SESION", word);
    ck_assert_ptr_eq(ufx_forms_find_word(&forms, UFX_FORM_NOUN, word, i),
                     &table[0]);
    ck_assert_ptr_null(ufx_forms_find_word(&forms, UFX_FORM_NOUN, word, i - 1));
    ck_assert_ptr_null(ufx_forms_find_word(&forms, UFX_FORM_NOUNS, word, i));
    ck_assert_ptr_null(ufx_forms_find(&forms, UFX_FORM_NOUN, word, i));
    i = small_chars("AC", word);
    ck_assert_ptr_eq(ufx_forms_find(&forms, UFX_FORM_PART, word, i), &table[2]);
    ck_assert_ptr_eq(ufx_forms_find(&forms, UFX_FORM_PART, word, 1), &table[1]);
    i = small_chars("ACB", word);
    ck_assert_ptr_null(ufx_forms_find(&forms, UFX_FORM_PART, word, i));
    i = small_chars("sesionessesiones", word);
    ck_assert_ptr_null(ufx_forms_find_word(&forms, UFX_FORM_NOUN, word, i));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {rows, no_rows, finding};

    return unit_run("lang/forms", tests, sizeof tests / sizeof *tests);
}
