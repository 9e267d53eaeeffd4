/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/lattice.h"

unfix_status
ufx_forms_fill(struct ufx_lattice *lattice,
               const struct ufx_vocabulary *vocabulary, uint32_t at)
{
    (void)lattice;
    (void)vocabulary;
    (void)at;
    return UNFIX_OK;
}
