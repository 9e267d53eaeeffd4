/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/speller.h"

#include "base/status.h"

#include <hunspell/hunspell.h>

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

struct ufx_speller; /* a Hunhandle under another name */

/* Hunspell counts its handles without a lock, and frees tables with the last:
 * one thread at a time may open or close one.  This is the only variable of the
 * library; tests/lint/globals.sh knows it. */
static atomic_flag ufx_speller_busy = ATOMIC_FLAG_INIT;

static void
lock(void)
{
    while (atomic_flag_test_and_set_explicit(&ufx_speller_busy,
                                             memory_order_acquire))
        sched_yield();
}

static void
unlock(void)
{
    atomic_flag_clear_explicit(&ufx_speller_busy, memory_order_release);
}

static bool
is_readable(const char *path)
{
    FILE *file = fopen(path, "rb");
    bool readable = file != NULL && fgetc(file) != EOF;

    if (file != NULL)
        fclose(file);
    return readable;
}

unfix_status
ufx_speller_open(const char *aff_path, const char *dic_path,
                 struct ufx_speller **speller, unfix_error *error)
{
    Hunhandle *handle;

    *speller = NULL;
    /* Hunspell itself says nothing when a file is missing. */
    if (!is_readable(aff_path))
        return ufx_status_set(error, UNFIX_ERROR_IO,
                              "cannot read the affix file", aff_path);
    if (!is_readable(dic_path))
        return ufx_status_set(error, UNFIX_ERROR_IO,
                              "cannot read the dictionary", dic_path);
    lock();
    handle = Hunspell_create(aff_path, dic_path);
    unlock();
    if (handle == NULL)
        return ufx_status_set(error, UNFIX_ERROR_EXTERNAL,
                              "Hunspell cannot open the dictionary", dic_path);
    if (strcmp(Hunspell_get_dic_encoding(handle), "UTF-8") != 0) {
        ufx_speller_close((struct ufx_speller *)handle);
        return ufx_status_set(error, UNFIX_ERROR_FORMAT,
                              "the dictionary is not in UTF-8", dic_path);
    }
    *speller = (struct ufx_speller *)handle;
    return UNFIX_OK;
}

bool
ufx_speller_knows(struct ufx_speller *speller, const char *word)
{
    return Hunspell_spell((Hunhandle *)speller, word) != 0;
}

void
ufx_speller_close(struct ufx_speller *speller)
{
    if (speller == NULL)
        return;
    lock();
    Hunspell_destroy((Hunhandle *)speller);
    unlock();
}
