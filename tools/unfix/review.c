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
             size_t length, uint64_t offset, const unfix_result *result)
{
    const size_t count = unfix_result_correction_count(result);
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        const size_t start = (size_t)(c->offset - offset);

        report_write_text(output, name, input + at, start - at);
        report_write_correction(output, name, c);
        at = start + (size_t)c->length;
    }
    report_write_text(output, name, input + at, length - at);
}
