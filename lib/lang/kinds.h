/* SPDX-License-Identifier: MPL-2.0 */
/* Words that tell what a text is: of the language itself, of its neighbours,
 * of persons and of older spelling.
 *
 * A kind is a bit of a mask.  The first ones have a meaning of their own, the
 * others are languages; all have names (dictionaries/es/languages.tsv). */
#ifndef UFX_LANG_KINDS_H
#define UFX_LANG_KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ufx_kind {
    UFX_KIND_OWN,    /* frequent, and no neighbour has it */
    UFX_KIND_FIRST,  /* goes with verbs of the first person */
    UFX_KIND_SECOND, /* of the second */
    UFX_KIND_OLD,    /* spelt as in older print */
    UFX_KIND_LANGUAGES,
    UFX_KINDS = 32
};

/* Rows are sorted by key, none is there twice. */
struct ufx_kind_row {
    uint32_t key; /* hash of the word in lower case */
    uint32_t mask;
};

struct ufx_kinds {
    const struct ufx_kind_row *rows;
    uint32_t row_count;
    const char *names; /* of the kinds, each ended by NUL */
    uint32_t names_size;
};

/* The key of a word in any case. */
uint32_t ufx_kinds_key(const uint32_t *chars, size_t count);

/* What the word tells: a bit for each kind. */
uint32_t ufx_kinds_find(const struct ufx_kinds *kinds, const uint32_t *chars,
                        size_t count);

/* The kind's name, "" if it has none. */
const char *ufx_kinds_name(const struct ufx_kinds *kinds, uint32_t kind);

/* True if all strings end within their section. */
bool ufx_kinds_check(const struct ufx_kinds *kinds);

#endif
