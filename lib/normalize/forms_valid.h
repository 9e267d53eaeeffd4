/* SPDX-License-Identifier: MPL-2.0 */
/* What of the readings of a form is valid, one check for each name that the
 * patterns give. */
#ifndef UFX_NORMALIZE_FORMS_VALID_H
#define UFX_NORMALIZE_FORMS_VALID_H

#include "normalize/forms.h"

/* What a form can be read as, and so many of it are told apart. */
#define UFX_FORM_READINGS 8
#define UFX_FORM_OUTPUT 24

struct ufx_form_reading {
    uint32_t chars[UFX_FORM_OUTPUT];
    uint32_t count;
    uint32_t misread; /* characters that were read as another */
    int32_t cost;
};

/* The segments [at, to), which a pattern fits. */
struct ufx_form_place {
    struct ufx_filling *f;
    const struct ufx_pattern *pattern;
    const struct ufx_form *row; /* of the outermost word of the context */
    uint32_t at;
    uint32_t to;
    const uint32_t *chars; /* as they stand */
    uint32_t count;
};

/* How sure it is that the reading is meant (enum ufx_how); the pattern's own is
 * the most that it can be. */
enum ufx_how ufx_form_valid(const struct ufx_form_place *place,
                            const struct ufx_form_reading *reading);

#endif
