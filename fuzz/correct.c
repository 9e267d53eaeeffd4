/* SPDX-License-Identifier: MPL-2.0 */
/* Any text with any options.  The first three bytes are the options: the bar,
 * and the classes. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unfix_result *result;
    unfix_options options;
    unfix_context *context;
    const char *text;
    size_t length, i;

    if (size < 3)
        return 0;
    if (result == NULL)
        result = fuzz_result();
    unfix_options_init(&options);
    if (data[0] != 'd')
        options.min_confidence = data[0] * 1000U / 255;
    options.classes = ((uint32_t)data[1] << 8 | data[2]) & UNFIX_CLASSES_ALL;
    text = (const char *)data + 3;
    length = size - 3;
    FUZZ_HOLDS(unfix_context_new(fuzz_model(), NULL, &options, NULL, &context,
                                 NULL) == UNFIX_OK);
    FUZZ_HOLDS(unfix_correct(context, text, length, result, NULL) == UNFIX_OK);
    unfix_context_free(context);
    fuzz_splice(text, length, result);
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        FUZZ_HOLDS(c->verdict != UNFIX_APPLIED ||
                   (options.classes & UNFIX_CLASS_BIT(c->kind)) != 0);
        FUZZ_HOLDS(c->verdict != UNFIX_APPLIED ||
                   c->confidence >= options.min_confidence);
    }
    return 0;
}
