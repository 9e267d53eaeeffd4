/* SPDX-License-Identifier: MPL-2.0 */
#include "intake.h"

#include "format/json.h"
#include "utf8.h"

#include <string.h>

/* A file that is read as a whole is no longer. */
#define LONGEST FORMAT_LARGEST

/* Records of one document that are more than this are cut there. */
#define LONGEST_DOCUMENT ((size_t)256 * 1024)

/* A longer record goes in parts, and what is longer than the longest comes out
 * as it is. */
#define RECORD_WHOLE ((size_t)64 * 1024)
#define RECORD_LONGEST ((size_t)16 * 1024 * 1024)

/* What comes out as it is goes by pieces. */
#define COPY_BLOCK ((size_t)1024 * 1024)

/* So much of a stream is looked at for its encoding.  A file is looked at as a
 * whole. */
#define ENCODING_REACH ((size_t)64 * 1024)

/* Fewer bytes are no section in any encoding. */
#define SECTION_LEAST ((size_t)256 * 1024)

void
intake_begin(struct intake *intake, const struct options *options,
             const unfix_model *model, struct input *input)
{
    encoding_free(&intake->converter);
    sample_free(&intake->sample);
    buffer_clear(&intake->rest);
    buffer_clear(&intake->buffer);
    intake->options = options;
    intake->model = model;
    intake->whole = input->is_sampled ? &input->sample : NULL;
    intake->failed = intake->is_wrong = intake->is_settled = false;
    intake->tried = 0;
    intake->looked_at = intake->last_document = 0;
    intake->record = intake->searched = 0;
    intake->is_passing = false;
    intake->wish = (struct wish){
        .format = options->input,
        .field = options->field,
        .document = options->document,
        .is_asked = options->input != NULL || options->encoding != NULL,
        .keeps_empty = options->keep_empty,
        .has_clips =
            options->format == FORMAT_REVIEW && options->images != IMAGES_NONE};
}

/* ---- The encoding -------------------------------------------------------- */

/* Who writes records may wait for the answer to the first. */
static bool
has_record(const struct intake *intake)
{
    const struct file_format *format = intake->options->input;
    const struct buffer *buffer = &intake->buffer;

    return format != NULL && format->is_records && buffer->length > 0 &&
           memchr(buffer->data, '\n', buffer->length) != NULL;
}

/* Whether a stream must be read on to tell. */
static bool
needs_more(const struct intake *intake)
{
    const struct options *options = intake->options;
    const struct buffer *buffer = &intake->buffer;
    const bool is_format_known =
        options->input != NULL || options->is_text || options->as_text;

    return (intake->whole == NULL && options->encoding == NULL &&
            buffer->length < ENCODING_REACH && !has_record(intake)) ||
           (!is_format_known &&
            format_needs_more(buffer->data, buffer->length));
}

/* The name of the encoding, or NULL where it is not plain to see. */
static const char *
find_encoding(struct intake *intake, const char *bytes, size_t length)
{
    struct sample *sample =
        intake->whole != NULL ? intake->whole : &intake->sample;
    const char *name = NULL;

    if (intake->whole == NULL)
        sample_add(sample, bytes,
                   length < ENCODING_REACH ? length : ENCODING_REACH);
    if (!sample_encoding(sample, intake->model, &name))
        intake->failed = true;
    return name;
}

static void
set_encoding(struct intake *intake, const char *bytes, size_t length,
             bool *is_plain)
{
    struct encoding_wish *encoding = &intake->wish.encoding;
    const char *name;

    *is_plain = true;
    if (intake->options->encoding != NULL) {
        encoding_ask(encoding, intake->options->encoding, bytes, length);
        return;
    }
    name = find_encoding(intake, bytes, length);
    *is_plain = name != NULL || intake->options->as_text;
    if (name != NULL && strcmp(name, "UTF-8") != 0)
        memcpy(encoding->name, name, strlen(name) + 1);
}

/* Whether the file itself says what it is in. */
static bool
is_declared(const struct intake *intake, const char *bytes, size_t length)
{
    char name[ENCODING_NAME_SIZE];

    encoding_declared(name, bytes, length);
    return intake->wish.format != NULL && *name != '\0';
}

/* ---- To UTF-8 ------------------------------------------------------------ */

/* Appends bytes to the buffer as UTF-8, with what was left of the last ones. */
static void
convert(struct intake *intake, const char *bytes, size_t length)
{
    struct buffer *rest = &intake->rest;
    const char *text;
    size_t n, taken;

    buffer_append(rest, bytes, length);
    if (rest->failed || rest->length == 0) {
        intake->failed |= rest->failed;
        return;
    }
    if (unfix_decode(intake->converter.way, rest->data, rest->length, NULL) !=
        UNFIX_OK) {
        intake->is_wrong = true;
        return;
    }
    text = unfix_encoding_text(intake->converter.way, &n);
    taken = (size_t)unfix_encoding_offset(intake->converter.way, n);
    buffer_append(&intake->buffer, text, n);
    buffer_drop(rest, taken);
    intake->failed |= intake->buffer.failed;
}

/* From now on what comes is converted. */
static void
begin_converting(struct intake *intake)
{
    struct wish *wish = &intake->wish;
    struct buffer bytes = intake->buffer;

    if (!encoding_open_name(&intake->converter, wish->encoding.name)) {
        intake->failed = true;
        return;
    }
    intake->buffer = (struct buffer){0};
    convert(intake, bytes.data, bytes.length);
    buffer_free(&bytes);
    buffer_drop(&intake->buffer,
                utf8_start(intake->buffer.data, intake->buffer.length));
    wish->encoding = (struct encoding_wish){"", true};
    wish->is_converted = true;
}

void
intake_add(struct intake *intake, const char *bytes, size_t length)
{
    if (intake->wish.is_converted) {
        convert(intake, bytes, length);
        return;
    }
    buffer_append(&intake->buffer, bytes, length);
    intake->failed |= intake->buffer.failed;
}

/* ---- What it is ---------------------------------------------------------- */

static void
settle(struct intake *intake)
{
    const struct options *options = intake->options;
    struct wish *wish = &intake->wish;
    const size_t length = intake->buffer.length;
    const char *bytes = length > 0 ? intake->buffer.data : "";
    bool is_plain, declares;

    intake->is_settled = true;
    set_encoding(intake, bytes, length, &is_plain);
    if (wish->format == NULL && !options->is_text && !options->as_text &&
        !format_detect_encoded(bytes, length, &wish->encoding, &wish->format,
                               &wish->known))
        intake->failed = true;
    if (intake->failed || wish->known != NULL)
        return;
    declares = is_declared(intake, bytes, length);
    if (!is_plain && !declares)
        wish->known = "in an encoding that is not plain to see (--encoding "
                      "names it)";
    else if (options->to_utf8 && declares)
        wish->known = "its encoding stands in it and is not converted";
    else if (options->to_utf8 && wish->encoding.name[0] != '\0')
        begin_converting(intake);
    else if (wish->format == NULL && wish->encoding.name[0] != '\0') {
        wish->format = &format_encoded;
        wish->encoding.is_asked = true;
    }
}

bool
intake_settle(struct intake *intake, bool is_end)
{
    if (!intake->is_settled && (is_end || !needs_more(intake)))
        settle(intake);
    /* A file that ends within a character was cut: nothing of it is dropped. */
    if (is_end && intake->wish.is_converted && intake->rest.length > 0)
        intake->is_wrong = true;
    if (intake->is_settled && intake->wish.format != &format_jsonl)
        intake->wish.document = NULL;
    if (intake->wish.known == NULL && intake->wish.format != NULL &&
        intake->buffer.length > LONGEST)
        intake->wish.known = "longer than what is read as a whole";
    return intake->is_settled;
}

bool
intake_is_text(const struct intake *intake)
{
    return intake->wish.format == NULL && intake->wish.known == NULL;
}

/* ---- How much of it ------------------------------------------------------ */

/* The end of the first section, in bytes of the file; 0: it is not there. */
static size_t
section_ready(struct intake *intake)
{
    const struct buffer *buffer = &intake->buffer;
    struct encoding encoding;
    size_t length = 0;

    /* To look for the end at each read would take long. */
    if (buffer->length < SECTION_LEAST ||
        buffer->length < intake->tried + intake->tried / 8)
        return 0;
    intake->tried = buffer->length;
    if (!encoding_open(&encoding, &intake->wish.encoding, buffer->data,
                       buffer->length))
        intake->failed = true;
    else if (encoding.is_wrong)
        length = buffer->length;
    else {
        const size_t end =
            unfix_section_length(encoding.bytes, encoding.length, 0);

        length = end == 0 ? 0 : encoding_origin(&encoding, end);
    }
    encoding_free(&encoding);
    if (length > 0)
        intake->tried = 0;
    return length;
}

/* ---- Records ------------------------------------------------------------- */

/* Where the line that begins at `at` ends; 0: not in the buffer. */
static size_t
line_end(const struct intake *intake, size_t at, bool is_end)
{
    const struct buffer *buffer = &intake->buffer;
    const size_t from = at > intake->searched ? at : intake->searched;
    const char *newline =
        from < buffer->length
            ? memchr(buffer->data + from, '\n', buffer->length - from)
            : NULL;

    if (newline != NULL)
        return (size_t)(newline - buffer->data) + 1;
    return is_end ? buffer->length : 0;
}

/* The length of the whole lines at the beginning, up to the first that goes in
 * parts: its end is *next then, or 0 if no more whole lines are there. */
static size_t
whole_lines(const struct intake *intake, bool is_end, size_t *next)
{
    const bool is_utf8 = intake->wish.encoding.name[0] == '\0';
    size_t length = 0;

    while (length < intake->buffer.length &&
           (*next = line_end(intake, length, is_end)) > 0) {
        if (*next - length > RECORD_WHOLE && is_utf8)
            return length;
        length = *next;
    }
    *next = 0;
    return length;
}

/* Of `end` bytes of whole lines, those up to where the last document begins,
 * which may go on. */
static size_t
whole_documents(struct intake *intake, size_t end)
{
    const char *bytes = intake->buffer.data;
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

/* The next bytes of what is too long to be looked at, up to its line's end. */
static size_t
pass(struct intake *intake, bool is_end)
{
    size_t end, length;

    intake->searched = 0;
    end = line_end(intake, 0, is_end);
    length = end > 0 ? end : intake->buffer.length;
    if (length > COPY_BLOCK)
        length = COPY_BLOCK;
    intake->is_passing = end == 0 || length < end;
    intake->wish.part = PART_AROUND;
    intake->wish.ends_line = !intake->is_passing;
    return length;
}

/* Begins with the record that the first `end` bytes are. */
static void
begin_record(struct intake *intake, size_t end)
{
    const char *bytes = intake->buffer.data;
    size_t length = end;

    while (length > 0 &&
           (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
        length--;
    intake->wish.fault =
        json_find_text(bytes, length, intake->wish.field, &intake->inside);
    intake->wish.by_numbers = json_goes_by_numbers(bytes, length);
    intake->record = end;
}

/* The next part of the record that is under way: what stands before its text,
 * that in pieces, what is behind it. */
static size_t
next_part(struct intake *intake)
{
    struct span *inside = &intake->inside;
    size_t length = intake->record;

    intake->wish.part = PART_AROUND;
    if (inside->start > 0) {
        length = inside->start;
        inside->start = 0;
        inside->end -= length;
    } else if (inside->end > 0) {
        length = json_part_length(intake->buffer.data, inside->end);
        inside->end -= length;
        intake->wish.part = PART_TEXT;
    }
    intake->record -= length;
    intake->wish.ends_line = intake->record == 0;
    return length;
}

static size_t
records_ready(struct intake *intake, size_t wanted, bool is_end)
{
    struct wish *wish = &intake->wish;
    size_t length, next;

    wish->part = PART_NONE;
    wish->fault = NULL;
    if (intake->is_passing)
        return pass(intake, is_end);
    if (intake->record > 0)
        return next_part(intake);
    if (intake->buffer.length < wanted && !is_end)
        return 0;
    length = whole_lines(intake, is_end, &next);
    if (length > 0) {
        intake->searched = 0;
        if (wish->document == NULL || next > 0 || is_end) {
            intake->looked_at = intake->last_document = 0;
            return length;
        }
        return whole_documents(intake, length);
    }
    intake->searched = next > 0 ? 0 : intake->buffer.length;
    if (next > RECORD_LONGEST ||
        (next == 0 && intake->buffer.length > RECORD_LONGEST)) {
        wish->fault = "a record of more than 16 MiB";
        return pass(intake, is_end);
    }
    if (next == 0)
        return 0;
    begin_record(intake, next);
    return next_part(intake);
}

size_t
intake_ready(struct intake *intake, size_t wanted, bool is_end)
{
    const struct wish *wish = &intake->wish;
    const size_t length = intake->buffer.length;

    if (wish->known == NULL && wish->format->is_records)
        return records_ready(intake, wanted, is_end);
    if (is_end || (wish->known != NULL && length >= COPY_BLOCK))
        return length;
    if (wish->known == NULL && wish->format->is_sections)
        return section_ready(intake);
    return 0;
}

void
intake_free(struct intake *intake)
{
    encoding_free(&intake->converter);
    sample_free(&intake->sample);
    buffer_free(&intake->rest);
    buffer_free(&intake->buffer);
}
