/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/kinds.h"

#include "lang/ngrams.h"
#include "text/chars.h"

#include <string.h>

uint32_t
ufx_kinds_key(const uint32_t *chars, size_t count)
{
    uint64_t key = 0;
    size_t i;

    for (i = 0; i < count; i++)
        key = ufx_ngram_mix(key + ufx_char_lower(chars[i]) + 1);
    return (uint32_t)(key >> 32);
}

uint32_t
ufx_kinds_find(const struct ufx_kinds *kinds, const uint32_t *chars,
               size_t count)
{
    uint32_t low = 0, high = kinds->row_count, key;

    if (high == 0)
        return 0;
    key = ufx_kinds_key(chars, count);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (kinds->rows[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < kinds->row_count && kinds->rows[low].key == key
               ? kinds->rows[low].mask
               : 0;
}

const char *
ufx_kinds_name(const struct ufx_kinds *kinds, uint32_t kind)
{
    const char *name = kinds->names, *end = name + kinds->names_size;

    while (kind > 0 && name < end) {
        name += strlen(name) + 1;
        kind--;
    }
    return name < end ? name : "";
}

bool
ufx_kinds_check(const struct ufx_kinds *kinds)
{
    return kinds->names_size == 0 || kinds->names[kinds->names_size - 1] == 0;
}
