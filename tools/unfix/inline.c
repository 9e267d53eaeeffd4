/* SPDX-License-Identifier: MPL-2.0 */
#include "inline.h"

#include "colour.h"

static void
write_part(struct output *output, const char *before, const char *text,
           size_t length, const char *after)
{
    if (length == 0)
        return;
    output_puts(output, before);
    output_write(output, text, length);
    output_puts(output, after);
}

void
inline_write(struct output *output, bool has_colour, uint64_t position,
             const unfix_result *result)
{
    const size_t count = unfix_result_correction_count(result);
    size_t length;
    const char *text = unfix_result_text(result, &length);
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        const size_t start = (size_t)(c->out_offset - position);

        if (c->verdict != UNFIX_APPLIED)
            continue;
        output_write(output, text + at, start - at);
        write_part(output, has_colour ? COLOUR_OLD : "[-", c->original,
                   c->original_length, has_colour ? COLOUR_END : "-]");
        write_part(output, has_colour ? COLOUR_NEW : "{+", c->replacement,
                   c->replacement_length, has_colour ? COLOUR_END : "+}");
        at = start + c->replacement_length;
    }
    output_write(output, text + at, length - at);
}
