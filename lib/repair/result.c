/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/result.h"

#include <string.h>

void
ufx_result_clear(unfix_result *result, uint64_t input_offset,
                 uint64_t output_offset)
{
    ufx_arena_reset(&result->arena);
    ufx_buffer_clear(&result->text);
    result->corrections.count = 0;
    result->input_offset = input_offset;
    result->output_offset = output_offset;
    result->words = 0;
    result->unsearched = 0;
    memset(result->bar, 0, sizeof result->bar);
    memset(&result->nature, 0, sizeof result->nature);
    memset(result->left, 0, sizeof result->left);
}

/* Windows in which no confidence was enough say nothing where others had a bar;
 * 0: none was read so far. */
static bool
is_stricter(uint32_t bar, uint32_t before)
{
    if (before == 0 || before == UNFIX_BAR_NONE)
        return bar > 0;
    return bar != UNFIX_BAR_NONE && bar > before;
}

void
ufx_result_window(unfix_result *result, uint64_t words, uint64_t unsearched,
                  const uint32_t *bars)
{
    size_t i;

    result->words += words;
    result->unsearched += unsearched;
    for (i = 0; i < UNFIX_CLASS_COUNT; i++)
        if (is_stricter(bars[i], result->bar[i]))
            result->bar[i] = bars[i];
}
