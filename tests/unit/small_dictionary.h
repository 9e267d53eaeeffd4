/* SPDX-License-Identifier: MPL-2.0 */
/* A Hunspell dictionary of a few words, in a folder of its own. */
#ifndef UFX_TESTS_SMALL_DICTIONARY_H
#define UFX_TESTS_SMALL_DICTIONARY_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct small_dictionary {
    char folder[64];
    char aff[80];
    char dic[80];
};

static inline void
small_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* `aff` and `dic` are what the files hold; a NULL file is not there. */
static inline void
small_dictionary_make(struct small_dictionary *d, const char *aff,
                      const char *dic)
{
    const char *temporary = getenv("TMPDIR");

    if (temporary == NULL || strlen(temporary) > 30)
        temporary = "/tmp";
    snprintf(d->folder, sizeof d->folder, "%s/unfix-test-XXXXXX", temporary);
    ck_assert_ptr_nonnull(mkdtemp(d->folder));
    snprintf(d->aff, sizeof d->aff, "%s/x.aff", d->folder);
    snprintf(d->dic, sizeof d->dic, "%s/x.dic", d->folder);
    if (aff != NULL)
        small_write(d->aff, aff);
    if (dic != NULL)
        small_write(d->dic, dic);
}

static inline void
small_dictionary_remove(const struct small_dictionary *d)
{
    unlink(d->aff);
    unlink(d->dic);
    ck_assert_int_eq(rmdir(d->folder), 0);
}

#endif
