/* SPDX-License-Identifier: MPL-2.0 */
#include "review.h"

#include "report.h"
#include "review_page.h"

void
review_begin(struct output *output)
{
    output_write(output, (const char *)review_head, review_head_size);
}

void
review_end(struct output *output)
{
    output_write(output, (const char *)review_tail, review_tail_size);
}

/* The page needs no offsets: it has text and corrections in their order. */
void
review_piece(struct output *output, const char *name, const char *input,
             const struct piece *piece)
{
    const size_t count = piece_count(piece);
    const bool is_text = piece->result != NULL;
    const char *text = is_text ? input : piece->repaired->text.data;
    const size_t length =
        is_text ? piece_input_length(piece) : piece->repaired->text.length;
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = piece_correction(piece, i);
        const struct repair *repair = piece_repair(piece, i);
        const size_t start = repair != NULL
                                 ? repair->place.start
                                 : (size_t)(c->offset - piece->input);

        report_write_text(output, name, text + at, start > at ? start - at : 0);
        report_write_correction(output, name, piece, i);
        at = repair != NULL ? repair->place.end : start + (size_t)c->length;
    }
    report_write_text(output, name, text + at, length - at);
}
