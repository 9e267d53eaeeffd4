/* SPDX-License-Identifier: MPL-2.0 */
/* What repaired windows yield: behind the public unfix_result. */
#ifndef UFX_REPAIR_RESULT_H
#define UFX_REPAIR_RESULT_H

#include "base/limits.h"
#include "lang/kinds.h"
#include "normalize/nature.h"
#include "repair/corrections.h"

struct unfix_result {
    struct ufx_memory memory;
    struct ufx_arena arena; /* strings and alternatives */
    struct ufx_buffer text;
    struct ufx_corrections corrections;
    uint64_t input_offset;  /* where the next window begins */
    uint64_t output_offset; /* where the text begins */
    uint64_t words;
    uint64_t unsearched;
    uint32_t bar[UNFIX_CLASS_COUNT]; /* the highest of the windows */
    struct ufx_nature nature;        /* as it came */
    uint64_t left[UNFIX_LEFT_COUNT];
    char languages[UFX_KINDS][UFX_LANGUAGE_TAG]; /* names of its kinds */
};

/* Empties the result; offsets count from those given. */
void ufx_result_clear(unfix_result *result, uint64_t input_offset,
                      uint64_t output_offset);

/* Adds the figures of a window. */
void ufx_result_window(unfix_result *result, uint64_t words,
                       uint64_t unsearched, const uint32_t *bars);

#endif
