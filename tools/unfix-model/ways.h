/* SPDX-License-Identifier: MPL-2.0 */
/* common/ways.tsv and a language's letters -> the rows of
 * lib/lang/ways.h. */
#ifndef UNFIX_MODEL_WAYS_H
#define UNFIX_MODEL_WAYS_H

#include "lang/lexicon.h"
#include "lang/ways.h"

struct ways_built {
    struct ufx_way *ways;
    size_t way_count;
    struct ufx_sequence *rows;
    size_t row_count;
    uint8_t *triggers; /* 2 * UFX_WAY_BITMAP */
    struct ufx_way_count *counts;
    size_t count_count;
};

/* Compiles the table beside the language's folder for the letters of those
 * words, and reads what was counted from the folder's ways-counted.tsv; both
 * may be missing.  Ends the program where a line is bad. */
void ways_build(struct ways_built *built, const char *folder,
                const struct ufx_lexicon_entry *entries, size_t entry_count);
void ways_free(struct ways_built *built);

#endif
