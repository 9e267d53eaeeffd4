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
    output_write_shown(output, text, length);
    output_puts(output, after);
}

void
inline_write(struct output *output, bool has_colour, const struct piece *piece)
{
    const size_t count = piece_change_count(piece);
    size_t length;
    const char *text = piece_text(piece, &length);
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        struct change change;
        size_t start;

        if (!piece_change(piece, i, &change))
            continue;
        start = (size_t)(change.out_offset - piece->output);
        output_write_shown(output, text + at, start - at);
        write_part(output, has_colour ? COLOUR_OLD : "[-", change.original,
                   change.original_length, has_colour ? COLOUR_END : "-]");
        write_part(output, has_colour ? COLOUR_NEW : "{+", change.replacement,
                   change.replacement_length, has_colour ? COLOUR_END : "+}");
        at = start + change.replacement_length;
    }
    output_write_shown(output, text + at, length - at);
}
