/* SPDX-License-Identifier: MPL-2.0 */
#include "formatted.h"

#include "format/clips.h"
#include "format/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unfix_status
out_of_memory(unfix_error *error)
{
    *error = (unfix_error){.status = UNFIX_ERROR_MEMORY};
    snprintf(error->message, sizeof(error->message), "%s",
             unfix_strerror(UNFIX_ERROR_MEMORY));
    return error->status;
}

static bool
add_fault(struct formatted *formatted, uint64_t line, const char *what)
{
    if (formatted->fault_count == formatted->fault_capacity) {
        const size_t wanted = formatted->fault_capacity * 2 + 16;
        struct fault *faults =
            realloc(formatted->faults, wanted * sizeof(*faults));

        if (faults == NULL)
            return false;
        formatted->faults = faults;
        formatted->fault_capacity = wanted;
    }
    formatted->faults[formatted->fault_count++] = (struct fault){line, what};
    return true;
}

static bool
copy(struct formatted *formatted, const char *bytes, size_t length)
{
    buffer_append(&formatted->repaired.output, bytes, length);
    return !formatted->repaired.output.failed;
}

/* ---- A document ---------------------------------------------------------- */

/* The corrections of a result as a list, from malloc(). */
static const unfix_correction **
list_corrections(const unfix_result *result, size_t *count)
{
    const unfix_correction **list;

    *count = unfix_result_correction_count(result);
    list = malloc((*count + 1) * sizeof(const unfix_correction *));
    for (size_t i = 0; list != NULL && i < *count; i++)
        list[i] = unfix_result_correction(result, i);
    return list;
}

/* What the engine said of the words. */
struct said {
    unfix_evidence *list;
    size_t count;
    unfix_alternative *readings; /* of all of them */
};

/* False: out of memory. */
static bool
list_said(const struct document *document, struct said *said)
{
    const struct offer *offers = document->offers;
    size_t at = 0;

    *said = (struct said){
        .list = malloc((document->unit_count + 1) * sizeof(*said->list)),
        .readings =
            malloc((document->offer_count + 1) * sizeof(*said->readings))};
    if (said->list == NULL || said->readings == NULL)
        return false;
    for (size_t i = 0; i < document->offer_count; i++)
        said->readings[i] = (unfix_alternative){
            document->offered.data + offers[i].text, offers[i].length,
            (uint32_t)offers[i].confidence};
    for (size_t i = 0; i < document->unit_count; i++) {
        const struct unit *unit = &document->units[i];
        const size_t first = at;

        while (at < document->offer_count && offers[at].unit == i)
            at++;
        if (unit->confidence >= 0)
            said->list[said->count++] =
                (unfix_evidence){.offset = unit->text,
                                 .length = unit->end - unit->text,
                                 .confidence = (uint32_t)unit->confidence,
                                 .readings = said->readings + first,
                                 .reading_count = at - first};
    }
    return true;
}

/* Repairs its text. */
static unfix_status
correct(const struct document *document, unfix_context *context,
        unfix_result *result, unfix_error *error)
{
    const struct buffer *text = &document->text;
    struct said said;
    unfix_status status;

    if (list_said(document, &said))
        status = unfix_correct_with_evidence(
            context, text->length > 0 ? text->data : "", text->length,
            said.list, said.count, result, error);
    else
        status = out_of_memory(error);
    free(said.list);
    free(said.readings);
    return status;
}

static bool
add_survey(struct formatted *formatted, const unfix_result *result)
{
    if (formatted->survey == NULL &&
        unfix_survey_new(NULL, &formatted->survey) != UNFIX_OK)
        return false;
    unfix_survey_add(formatted->survey, result);
    return true;
}

/* Adds what becomes of a document that is read. */
static unfix_status
repair(struct formatted *formatted, const struct document *document,
       const struct wish *wish, unfix_context *context, unfix_result *result,
       size_t offset, unfix_error *error)
{
    const unfix_status status = correct(document, context, result, error);
    struct corrections list;
    const unfix_correction **items;
    struct repaired repaired;

    if (status != UNFIX_OK)
        return status;
    items = list_corrections(result, &list.count);
    if (items == NULL)
        return out_of_memory(error);
    list.items = items;
    if (format_write(document, &list, wish->keeps_empty, &repaired) &&
        (!wish->has_clips || clips_find(document, &repaired))) {
        formatted->words += unfix_result_word_count(result);
        formatted->unsearched += unfix_result_unsearched(result);
        formatted->harm += unfix_result_expected_harm(result);
        formatted->repaired.failed |= !add_survey(formatted, result);
        repaired_append(&formatted->repaired, &repaired, offset);
        memcpy(formatted->repaired.encoding, repaired.encoding,
               ENCODING_NAME_SIZE);
        formatted->repaired.is_text = repaired.is_text;
    } else
        formatted->repaired.failed = true;
    repaired_free(&repaired);
    free(items);
    return formatted->repaired.failed ? out_of_memory(error) : UNFIX_OK;
}

/* Bytes `offset` to `offset + length - 1` of all, as one document. */
static unfix_status
run_document(struct formatted *formatted, const struct wish *wish,
             unfix_context *context, unfix_result *result, const char *bytes,
             struct span place, uint64_t line, unfix_error *error)
{
    const size_t length = place.end - place.start;
    struct document document;
    unfix_status status = UNFIX_OK;

    if (format_read_encoded(&document, wish->format, wish->field,
                            &wish->encoding, bytes + place.start, length))
        status = repair(formatted, &document, wish, context, result,
                        place.start, error);
    else if (document.failed ||
             !add_fault(formatted, line,
                        document.fault != NULL ? document.fault
                                               : "not of that format") ||
             !copy(formatted, bytes + place.start, length))
        status = out_of_memory(error);
    document_free(&document);
    return status;
}

/* ---- Records ------------------------------------------------------------- */

/* A line, and where the next begins. */
struct line {
    struct span place; /* without its end */
    size_t next;
};

static struct line
find_line(const char *bytes, size_t length, size_t at)
{
    const char *newline = memchr(bytes + at, '\n', length - at);
    const size_t end = newline == NULL ? length : (size_t)(newline - bytes);
    const bool has_return = end > at && bytes[end - 1] == '\r';

    return (struct line){{at, end - has_return},
                         newline == NULL ? end : end + 1};
}

static unfix_status
run_lines(struct formatted *formatted, const struct wish *wish,
          unfix_context *context, unfix_result *result, const char *bytes,
          struct span place, unfix_error *error)
{
    size_t at = place.start;

    while (at < place.end) {
        const struct line line = find_line(bytes, place.end, at);
        unfix_status status = UNFIX_OK;

        formatted->lines++;
        if (line.place.end > at)
            status = run_document(formatted, wish, context, result, bytes,
                                  line.place, formatted->lines, error);
        if (status != UNFIX_OK)
            return status;
        if (!copy(formatted, bytes + line.place.end,
                  line.next - line.place.end))
            return out_of_memory(error);
        at = line.next;
    }
    return UNFIX_OK;
}

/* The lines from `at` on that are records of one document. */
static struct span
find_document(const struct wish *wish, const char *bytes, size_t length,
              size_t at, uint64_t *lines)
{
    struct span place = {at, at};

    *lines = 0;
    while (place.end < length) {
        const struct line line = find_line(bytes, length, place.end);

        if (*lines > 0 &&
            !json_is_same(bytes + at, bytes + place.end,
                          line.place.end - place.end, wish->document))
            break;
        ++*lines;
        place.end = line.next;
    }
    return place;
}

/* Records of a document are read as one; where one of them is none, each for
 * itself. */
static unfix_status
run_documents(struct formatted *formatted, const struct wish *wish,
              unfix_context *context, unfix_result *result, const char *bytes,
              size_t length, unfix_error *error)
{
    unfix_status status = UNFIX_OK;
    struct span place = {0, 0};

    while (status == UNFIX_OK && place.end < length) {
        struct document document;
        uint64_t lines;
        bool is_read;

        place = find_document(wish, bytes, length, place.end, &lines);
        is_read = format_read_encoded(&document, wish->format, wish->field,
                                      &wish->encoding, bytes + place.start,
                                      place.end - place.start);
        if (is_read) {
            formatted->lines += lines;
            status = repair(formatted, &document, wish, context, result,
                            place.start, error);
        } else if (document.failed)
            status = out_of_memory(error);
        document_free(&document);
        if (!is_read && status == UNFIX_OK)
            status = run_lines(formatted, wish, context, result, bytes, place,
                               error);
    }
    return status;
}

/* A part of the text of a long record: it is UTF-8, whatever it says of itself.
 */
static unfix_status
run_part(struct formatted *formatted, const struct wish *wish,
         unfix_context *context, unfix_result *result, const char *bytes,
         size_t length, unfix_error *error)
{
    static const struct encoding_wish utf8 = {"", true};
    struct document document;
    unfix_status status;

    if (format_read_encoded(&document, &format_json_part, NULL, &utf8, bytes,
                            length)) {
        document.by_numbers = wish->by_numbers;
        status = repair(formatted, &document, wish, context, result, 0, error);
    } else
        status = out_of_memory(error);
    document_free(&document);
    return status;
}

/* What comes out as it is of one. */
static unfix_status
copy_part(struct formatted *formatted, const struct wish *wish,
          const char *bytes, size_t length, unfix_error *error)
{
    formatted->lines += wish->ends_line;
    if ((wish->fault != NULL && !add_fault(formatted, 1, wish->fault)) ||
        !copy(formatted, bytes, length))
        return out_of_memory(error);
    return UNFIX_OK;
}

static unfix_status
run_records(struct formatted *formatted, const struct wish *wish,
            unfix_context *context, unfix_result *result, const char *bytes,
            size_t length, unfix_error *error)
{
    if (wish->part == PART_AROUND)
        return copy_part(formatted, wish, bytes, length, error);
    if (wish->part == PART_TEXT)
        return run_part(formatted, wish, context, result, bytes, length, error);
    if (wish->document != NULL)
        return run_documents(formatted, wish, context, result, bytes, length,
                             error);
    return run_lines(formatted, wish, context, result, bytes,
                     (struct span){0, length}, error);
}

/* ---- Text in another encoding -------------------------------------------- */

static unfix_status
run_sections(struct formatted *formatted, const struct wish *wish,
             unfix_context *context, unfix_result *result, const char *bytes,
             size_t length, unfix_error *error)
{
    struct encoding encoding;
    unfix_status status = UNFIX_OK;
    size_t at = 0, end = 0;

    if (!encoding_open(&encoding, &wish->encoding, bytes, length))
        status = out_of_memory(error);
    while (status == UNFIX_OK && end < length) {
        const size_t start = end;

        /* What is not of the encoding is a document of its own kind. */
        at += encoding.is_wrong ? encoding.length
                                : unfix_section_length(encoding.bytes + at,
                                                       encoding.length - at, 1);
        end = at < encoding.length ? encoding_origin(&encoding, at) : length;
        status = run_document(formatted, wish, context, result, bytes,
                              (struct span){start, end}, 0, error);
    }
    encoding_free(&encoding);
    return status;
}

/* ---- The interface ------------------------------------------------------- */

unfix_status
formatted_run(struct formatted *formatted, const struct wish *wish,
              unfix_context *context, unfix_result *result, const char *bytes,
              size_t length, unfix_error *error)
{
    if (wish->known != NULL)
        return copy(formatted, bytes, length) ? UNFIX_OK : out_of_memory(error);
    if (wish->format->is_records)
        return run_records(formatted, wish, context, result, bytes, length,
                           error);
    if (wish->format->is_sections)
        return run_sections(formatted, wish, context, result, bytes, length,
                            error);
    return run_document(formatted, wish, context, result, bytes,
                        (struct span){0, length}, 0, error);
}

void
formatted_free(struct formatted *formatted)
{
    repaired_free(&formatted->repaired);
    unfix_survey_free(formatted->survey);
    free(formatted->faults);
    *formatted = (struct formatted){0};
}
