/* SPDX-License-Identifier: MPL-2.0 */
/* Hunspell, reduced to one question.  Hunspell_suggest is never called: its
 * limits are wall-clock times, so its answers change with the load. */
#ifndef UFX_LANG_SPELLER_H
#define UFX_LANG_SPELLER_H

#include "unfix.h"

#include <stdbool.h>

struct ufx_speller;

/* Opens BASE.aff and BASE.dic; UTF-8 dictionaries only.  IO if a file cannot
 * be read, FORMAT for another encoding, EXTERNAL if Hunspell fails. */
unfix_status ufx_speller_open(const char *aff_path, const char *dic_path,
                              struct ufx_speller **speller, unfix_error *error);

/* `word` is UTF-8.  One thread at a time: Hunspell keeps state. */
bool ufx_speller_knows(struct ufx_speller *speller, const char *word);

void ufx_speller_close(struct ufx_speller *speller);

#endif
