/* SPDX-License-Identifier: MPL-2.0 */
/* What the fuzz targets share.  A target is a file with
 * LLVMFuzzerTestOneInput; it aborts where something does not hold. */
#ifndef UFX_FUZZ_FUZZ_H
#define UFX_FUZZ_FUZZ_H

#include "unfix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_HOLDS(condition)                                                  \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__,  \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* The built model, opened once. */
static inline unfix_model *
fuzz_model(void)
{
    static unfix_model *model;
    unfix_error error;

    if (model == NULL &&
        unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK) {
        fprintf(stderr, "%s: %s\n", UNFIX_TEST_MODEL, error.message);
        exit(2);
    }
    return model;
}

static inline unfix_result *
fuzz_result(void)
{
    unfix_result *result;

    FUZZ_HOLDS(unfix_result_new(NULL, &result) == UNFIX_OK);
    return result;
}

/* Corrections are sorted and apart, say what the input holds, and those that
 * are applied turn it into the output. */
static inline void
fuzz_splice(const char *input, size_t length, const unfix_result *result)
{
    size_t out_length, at = 0, out = 0, i;
    const char *text = unfix_result_text(result, &out_length);

    FUZZ_HOLDS(text[out_length] == '\0');
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        int applied = c->verdict == UNFIX_APPLIED;
        const char *put = applied ? c->replacement : c->original;
        size_t n = applied ? c->replacement_length : c->original_length;
        size_t same;

        FUZZ_HOLDS(c->offset >= at && c->offset <= length);
        FUZZ_HOLDS(c->length == c->original_length &&
                   c->length <= length - c->offset);
        same = (size_t)c->offset - at;
        FUZZ_HOLDS(same <= out_length - out &&
                   memcmp(text + out, input + at, same) == 0);
        out += same;
        FUZZ_HOLDS(c->out_offset == out && c->out_length == n);
        FUZZ_HOLDS(memcmp(c->original, input + c->offset, (size_t)c->length) ==
                   0);
        FUZZ_HOLDS(n <= out_length - out && memcmp(text + out, put, n) == 0);
        FUZZ_HOLDS(c->confidence <= 1000 && c->kind < UNFIX_CLASS_COUNT);
        FUZZ_HOLDS(c->reason != NULL && c->reason[0] != '\0');
        out += n;
        at = (size_t)(c->offset + c->length);
    }
    FUZZ_HOLDS(length - at == out_length - out &&
               memcmp(text + out, input + at, length - at) == 0);
}

#endif
