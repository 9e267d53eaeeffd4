/* SPDX-License-Identifier: MPL-2.0 */
/* Where the patterns of typed forms fit, and what can be read there. */
#ifndef UFX_NORMALIZE_FORMS_MATCH_H
#define UFX_NORMALIZE_FORMS_MATCH_H

#include "normalize/forms_valid.h"

/* All that the items read `count` characters as, at most UFX_FORM_READINGS;
 * one more if there are more. */
uint32_t ufx_form_read(const struct ufx_form_place *place,
                       const struct ufx_read *items, uint32_t item_count,
                       const uint32_t *chars, uint32_t count,
                       struct ufx_form_reading *list);

/* The forms that begin with segment `at`. */
void ufx_form_match(struct ufx_filling *f, uint32_t at);

#endif
