/* SPDX-License-Identifier: MPL-2.0 */
#include "intake.h"

#include <string.h>

/* A record, or a file that is read as a whole, is no longer. */
#define LONGEST FORMAT_LARGEST

/* What comes out as it is goes by pieces. */
#define COPY_BLOCK ((size_t)1024 * 1024)

void
intake_begin(struct intake *intake, const struct options *options)
{
    buffer_clear(&intake->buffer);
    intake->failed = false;
    intake->wish = (struct wish){.format = options->input,
                                 .field = options->field,
                                 .is_asked = options->input != NULL,
                                 .keeps_empty = options->keep_empty};
    intake->is_settled =
        options->input != NULL || options->is_text || options->as_text;
}

bool
intake_settle(struct intake *intake, bool is_end)
{
    const char *bytes = intake->buffer.data;
    const size_t length = intake->buffer.length;

    if (!intake->is_settled && (is_end || !format_needs_more(bytes, length))) {
        intake->failed =
            !format_detect(length > 0 ? bytes : "", length,
                           &intake->wish.format, &intake->wish.known);
        intake->is_settled = true;
    }
    if (intake->wish.known == NULL && intake->wish.format != NULL &&
        length > LONGEST)
        intake->wish.known = "longer than what is read as a whole";
    return intake->is_settled;
}

bool
intake_is_text(const struct intake *intake)
{
    return intake->wish.format == NULL && intake->wish.known == NULL;
}

size_t
intake_ready(const struct intake *intake, size_t wanted, bool is_end)
{
    const char *bytes = intake->buffer.data;
    size_t length = intake->buffer.length;

    if (is_end || (intake->wish.known != NULL && length >= COPY_BLOCK))
        return length;
    if (intake->wish.known != NULL || !intake->wish.format->is_records ||
        length < wanted)
        return 0;
    while (length > 0 && bytes[length - 1] != '\n')
        length--;
    return length;
}
