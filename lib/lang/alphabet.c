/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/alphabet.h"

#include "text/chars.h"

#include <string.h>

/* The kind of row for each bit of enum ufx_letter_kind. */
static const enum ufx_form_kind row_kinds[] = {UFX_FORM_ACCENT, UFX_FORM_OWN,
                                               UFX_FORM_LETTER};

void
ufx_alphabet_make(struct ufx_alphabet *alphabet, const struct ufx_forms *rows)
{
    uint32_t i;
    size_t k;

    memset(alphabet, 0, sizeof *alphabet);
    alphabet->rows = rows;
    for (k = 0; k < sizeof row_kinds / sizeof *row_kinds; k++)
        for (i = rows->first[row_kinds[k]]; i < rows->first[row_kinds[k] + 1];
             i++) {
            const struct ufx_form *row = &rows->rows[i];

            if (row->text[0] < 0x100)
                alphabet->kinds[row->text[0]] |= (uint8_t)(1u << k);
            if (row_kinds[k] == UFX_FORM_ACCENT &&
                alphabet->accent_count < UFX_ALPHABET_ACCENTS) {
                alphabet->accents[alphabet->accent_count].plain = row->value[0];
                alphabet->accents[alphabet->accent_count++].accented =
                    row->text[0];
            }
        }
}

bool
ufx_alphabet_is(const struct ufx_alphabet *alphabet, uint32_t cp,
                enum ufx_letter_kind kind)
{
    uint32_t lower = ufx_char_lower(cp);
    size_t k;

    if (lower < 0x100)
        return (alphabet->kinds[lower] & kind) != 0;
    for (k = 0; k < sizeof row_kinds / sizeof *row_kinds; k++)
        if (kind == 1u << k)
            return ufx_forms_find(alphabet->rows, row_kinds[k], &lower, 1) !=
                   NULL;
    return false;
}

uint32_t
ufx_alphabet_fold(const struct ufx_alphabet *alphabet, uint32_t cp)
{
    return ufx_alphabet_is(alphabet, cp, UFX_LETTER_OWN)
               ? cp
               : ufx_char_unaccented(cp);
}
