/* SPDX-License-Identifier: MPL-2.0 */
/* What pdftotext writes with -bbox and -bbox-layout: words with their sides as
 * attributes, in lines and blocks. */
#include "format/markup.h"
#include "format/writer.h"

#include <string.h>

enum {
    LEFT,
    TOP,
    RIGHT,
    BOTTOM,
    SIDES
};

static const char *const sides[] = {"xMin", "yMin", "xMax", "yMax"};

static void
open_word(struct document *document, const struct token *token)
{
    struct unit *unit = document_begin_unit(document, token->start);

    for (int i = 0; unit != NULL && i < SIDES; i++) {
        struct attribute found;

        if (markup_attribute(document, token, sides[i], &found))
            unit->attributes[i] = found.value;
    }
}

static void
open_element(struct document *document, const struct token *token)
{
    if (markup_is(document, token, "word"))
        open_word(document, token);
    else if (markup_is(document, token, "line"))
        document_part(document, GLUE_LINE);
    else if (markup_is(document, token, "block"))
        document_part(document, GLUE_PARAGRAPH);
    else if (markup_is(document, token, "page"))
        document_part(document, GLUE_PAGE);
}

static bool
read_bbox(struct document *document)
{
    struct token token = {.kind = TOKEN_OTHER};
    struct text_run run = {0};
    bool is_bbox = false;

    document_part(document, GLUE_BLANK);
    while (token.kind != TOKEN_END && !document->failed) {
        markup_next(document, token.end, &token);
        if (token.kind == TOKEN_OPEN) {
            is_bbox = is_bbox || markup_is(document, &token, "word");
            open_element(document, &token);
        } else if (token.kind == TOKEN_CLOSE &&
                   markup_is(document, &token, "word")) {
            document_end_unit(document, token.end);
            run = (struct text_run){0};
        } else if (token.kind == TOKEN_TEXT && document_unit(document) != NULL)
            markup_run(document, &run, (struct span){token.start, token.end},
                       SPELLING_MARKUP);
    }
    document_end_unit(document, document->length);
    return is_bbox && !document->failed;
}

/* ---- Writing ------------------------------------------------------------- */

static bool
find_sides(const struct document *document, const struct unit *unit,
           int64_t values[SIDES])
{
    for (int i = 0; i < SIDES; i++) {
        const struct span place = unit->attributes[i];
        struct decimal number;

        if (place.end == 0 ||
            decimal_read(document->bytes + place.start, place.end - place.start,
                         &number) == 0)
            return false;
        values[i] = number.value;
    }
    return true;
}

static size_t
fit(const struct document *document, const struct unit *unit,
    const int64_t values[SIDES], struct buffer texts[SIDES],
    struct patch *patches)
{
    for (int i = 0; i < SIDES; i++) {
        const struct span place = unit->attributes[i];
        struct decimal number;

        decimal_read(document->bytes + place.start, place.end - place.start,
                     &number);
        decimal_write(&texts[i], values[i], number.decimals);
        patches[i] = (struct patch){place, texts[i].data, texts[i].length};
    }
    return SIDES;
}

static void
copy_word(struct writer *writer, struct buffer *out, size_t unit,
          struct copy *copy)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];

    buffer_append(out, " ", 1);
    writer_copy_word(writer, out, copy, u->element, document_place(document, u),
                     SPELLING_MARKUP, NULL);
}

const struct file_format format_bbox = {.name = "bbox",
                                        .read = read_bbox,
                                        .fit = fit,
                                        .copy = copy_word,
                                        .extent = document_extent,
                                        .box = find_sides};
