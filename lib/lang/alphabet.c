/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/alphabet.h"

#include <string.h>

void
ufx_alphabet_make(struct ufx_alphabet *alphabet, const struct ufx_forms *rows)
{
    /* For each bit of enum ufx_letter_kind. */
    static const enum ufx_form_kind kinds[] = {UFX_FORM_ACCENT, UFX_FORM_OWN,
                                               UFX_FORM_LETTER};
    uint32_t i, k;

    memset(alphabet, 0, sizeof *alphabet);
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (i = rows->first[kinds[k]]; i < rows->first[kinds[k] + 1]; i++) {
            const struct ufx_form *row = &rows->rows[i];
            uint32_t code = ufx_char_code(row->text[0]);
            uint32_t plain = ufx_char_code(row->value[0]);

            if (code == 0 || (kinds[k] == UFX_FORM_ACCENT && plain == 0))
                continue;
            alphabet->kinds[code] |= (uint8_t)(1u << k);
            if (kinds[k] == UFX_FORM_ACCENT &&
                alphabet->accent_count < UFX_ALPHABET_ACCENTS) {
                alphabet->accents[alphabet->accent_count].plain =
                    (uint8_t)plain;
                alphabet->accents[alphabet->accent_count++].accented =
                    (uint8_t)code;
                if (row->limit > 0)
                    alphabet->kinds[plain] |= UFX_LETTER_BARE;
            }
        }
}

uint32_t
ufx_alphabet_fold(const struct ufx_alphabet *alphabet, uint32_t cp)
{
    return ufx_alphabet_is(alphabet, cp, UFX_LETTER_OWN)
               ? cp
               : ufx_char_unaccented(cp);
}
