/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/speller.h"

#include "small_dictionary.h"
#include "unit.h"

#include <pthread.h>

static const char aff[] = "SET UTF-8\n"
                          "TRY aeiou\n"
                          "SFX S Y 1\n"
                          "SFX S 0 s .\n";
static const char dic[] = "3\nfideicomiso/S\nóbolo\nQuito\n";

START_TEST(knows_its_words)
{
    struct small_dictionary d;
    struct ufx_speller *speller;

    small_dictionary_make(&d, aff, dic);
    ck_assert_int_eq(ufx_speller_open(d.aff, d.dic, &speller, NULL), UNFIX_OK);
    ck_assert(ufx_speller_knows(speller, "fideicomiso"));
    ck_assert(ufx_speller_knows(speller, "fideicomisos"));
    ck_assert(ufx_speller_knows(speller, "Fideicomiso"));
    ck_assert(ufx_speller_knows(speller, "FIDEICOMISO"));
    ck_assert(ufx_speller_knows(speller, "óbolo"));
    ck_assert(ufx_speller_knows(speller, "Quito"));
    ck_assert(!ufx_speller_knows(speller, "quito"));
    ck_assert(!ufx_speller_knows(speller, "obolo"));
    ck_assert(!ufx_speller_knows(speller, "óbolos"));
    ck_assert(!ufx_speller_knows(speller, "fideicomisa"));
    ufx_speller_close(speller);
    ufx_speller_close(NULL);
    small_dictionary_remove(&d);
}
END_TEST

static void
check_refused(const char *aff_text, const char *dic_text, unfix_status expected)
{
    struct small_dictionary d;
    struct ufx_speller *speller = (struct ufx_speller *)&d;
    unfix_error error = {.status = UNFIX_OK};

    small_dictionary_make(&d, aff_text, dic_text);
    ck_assert_int_eq(ufx_speller_open(d.aff, d.dic, &speller, &error),
                     expected);
    ck_assert_ptr_null(speller);
    ck_assert_int_eq(error.status, expected);
    /* The message says which file. */
    ck_assert_ptr_nonnull(strstr(error.message, d.folder));
    ck_assert_int_eq(ufx_speller_open(d.aff, d.dic, &speller, NULL), expected);
    small_dictionary_remove(&d);
}

START_TEST(missing_files)
{
    check_refused(NULL, dic, UNFIX_ERROR_IO);
    check_refused(aff, NULL, UNFIX_ERROR_IO);
    check_refused(NULL, NULL, UNFIX_ERROR_IO);
    check_refused("", dic, UNFIX_ERROR_IO);
    check_refused(aff, "", UNFIX_ERROR_IO);
}
END_TEST

START_TEST(other_encodings)
{
    check_refused("SET ISO8859-1\n", "1\nuno\n", UNFIX_ERROR_FORMAT);
    check_refused("TRY abc\n", "1\nuno\n", UNFIX_ERROR_FORMAT);
}
END_TEST

START_TEST(a_folder_is_no_dictionary)
{
    struct small_dictionary d;
    struct ufx_speller *speller;

    small_dictionary_make(&d, aff, dic);
    ck_assert_int_eq(ufx_speller_open(d.folder, d.dic, &speller, NULL),
                     UNFIX_ERROR_IO);
    ck_assert_int_eq(ufx_speller_open(d.aff, d.folder, &speller, NULL),
                     UNFIX_ERROR_IO);
    small_dictionary_remove(&d);
}
END_TEST

/* Hunspell frees tables with its last handle, and counts them unlocked. */
static void *
open_and_close(void *dictionary)
{
    const struct small_dictionary *d = dictionary;
    int i;

    for (i = 0; i < 200; i++) {
        struct ufx_speller *speller;

        if (ufx_speller_open(d->aff, d->dic, &speller, NULL) != UNFIX_OK ||
            !ufx_speller_knows(speller, "FIDEICOMISOS"))
            return dictionary;
        ufx_speller_close(speller);
    }
    return NULL;
}

START_TEST(threads_open_and_close)
{
    struct small_dictionary d;
    pthread_t threads[4];
    void *failed;
    size_t i;

    small_dictionary_make(&d, aff, dic);
    for (i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, open_and_close, &d),
                         0);
    for (i = 0; i < 4; i++) {
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
    small_dictionary_remove(&d);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        knows_its_words,           missing_files,          other_encodings,
        a_folder_is_no_dictionary, threads_open_and_close,
    };

    return unit_run("lang/speller", tests, sizeof tests / sizeof *tests);
}
