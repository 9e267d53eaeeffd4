/* SPDX-License-Identifier: MPL-2.0 */
#include "intake.h"

#include "format/json.h"

#include <string.h>

/* A record, or a file that is read as a whole, is no longer. */
#define LONGEST FORMAT_LARGEST

/* Records of one document that are more than this are cut there. */
#define LONGEST_DOCUMENT ((size_t)16 * 1024 * 1024)

/* What comes out as it is goes by pieces. */
#define COPY_BLOCK ((size_t)1024 * 1024)

void
intake_begin(struct intake *intake, const struct options *options)
{
    buffer_clear(&intake->buffer);
    intake->failed = false;
    intake->looked_at = intake->last_document = 0;
    intake->wish = (struct wish){.format = options->input,
                                 .field = options->field,
                                 .document = options->document,
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
    if (intake->is_settled && intake->wish.format != &format_jsonl)
        intake->wish.document = NULL;
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

/* The length of the whole lines at the beginning. */
static size_t
whole_lines(const struct buffer *buffer)
{
    size_t length = buffer->length;

    while (length > 0 && buffer->data[length - 1] != '\n')
        length--;
    return length;
}

/* The same up to where the last document begins, which may go on. */
static size_t
whole_documents(struct intake *intake)
{
    const char *bytes = intake->buffer.data;
    const size_t end = whole_lines(&intake->buffer);
    size_t length;

    while (intake->looked_at < end) {
        const char *line = bytes + intake->looked_at;
        const char *next = memchr(line, '\n', end - intake->looked_at);

        if (!json_is_same(bytes + intake->last_document, line,
                          (size_t)(next - line), intake->wish.document))
            intake->last_document = intake->looked_at;
        intake->looked_at += (size_t)(next - line) + 1;
    }
    length = intake->last_document > 0 || end < LONGEST_DOCUMENT
                 ? intake->last_document
                 : end;
    intake->looked_at -= length;
    intake->last_document = 0;
    return length;
}

size_t
intake_ready(struct intake *intake, size_t wanted, bool is_end)
{
    const size_t length = intake->buffer.length;

    if (is_end || (intake->wish.known != NULL && length >= COPY_BLOCK))
        return length;
    if (intake->wish.known != NULL || !intake->wish.format->is_records ||
        length < wanted)
        return 0;
    return intake->wish.document == NULL ? whole_lines(&intake->buffer)
                                         : whole_documents(intake);
}
