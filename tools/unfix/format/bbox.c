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

struct box {
    struct decimal sides[SIDES];
};

static bool
find_box(const struct document *document, const struct unit *u, struct box *box)
{
    for (int i = 0; i < SIDES; i++) {
        const struct span place = u->attributes[i];

        if (place.end == 0 ||
            decimal_read(document->bytes + place.start, place.end - place.start,
                         &box->sides[i]) == 0)
            return false;
    }
    return true;
}

static void
widen(struct box *box, const struct box *other)
{
    for (int i = 0; i < SIDES; i++) {
        const int64_t value = other->sides[i].value;

        if (i < RIGHT ? value < box->sides[i].value
                      : value > box->sides[i].value)
            box->sides[i].value = value;
    }
}

/* Texts and places of the sides of one word. */
static size_t
patch_sides(const struct unit *u, const struct box *box, int64_t from,
            int64_t to, struct buffer *texts, struct patch *patches)
{
    const int64_t values[] = {from, box->sides[TOP].value, to,
                              box->sides[BOTTOM].value};

    for (int i = 0; i < SIDES; i++) {
        buffer_clear(&texts[i]);
        decimal_write(&texts[i], values[i], box->sides[i].decimals);
        patches[i] =
            (struct patch){u->attributes[i], texts[i].data, texts[i].length};
    }
    return SIDES;
}

static void
write_words(struct writer *writer, const struct unit *u,
            const struct words *words, const struct box *box)
{
    const struct document *document = writer->document;
    const struct span text = document_place(document, u);
    struct buffer out = {0}, spelt = {0}, texts[SIDES] = {{0}};
    const char *word;
    size_t length, at = 0;

    for (size_t i = 0; words_next(words, &at, &word, &length); i++) {
        struct patch patches[SIDES + 1];
        size_t count = 0;
        int64_t from, to;

        if (box != NULL) {
            words_share(words, i, box->sides[LEFT].value,
                        box->sides[RIGHT].value, &from, &to);
            count = patch_sides(u, box, from, to, texts, patches);
            for (int k = 0; k < SIDES; k++)
                writer->repaired->failed |= texts[k].failed;
        }
        for (size_t k = 0; i == 0 && k < count; k++)
            writer_edit(writer, patches[k].place.start, patches[k].place.end,
                        patches[k].text, patches[k].length);
        if (i == 0) {
            writer_replace(writer, (struct span){u->text, u->end}, word,
                           length);
            continue;
        }
        buffer_clear(&spelt);
        writer_spell(writer, &spelt, word, length, SPELLING_MARKUP, "", 0);
        patches[count++] = (struct patch){text, spelt.data, spelt.length};
        buffer_append(&out, " ", 1);
        writer_copy(writer, &out, u->element, patches, count);
    }
    writer_edit(writer, u->element.end, u->element.end, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
    buffer_free(&spelt);
    for (int i = 0; i < SIDES; i++)
        buffer_free(&texts[i]);
}

static void
rewrite(struct writer *writer, size_t first, size_t last,
        const struct words *words)
{
    const struct document *document = writer->document;
    const struct unit *units = document->units;
    struct box box, other;
    const bool has_box = find_box(document, &units[first], &box);

    for (size_t i = first + 1; i <= last; i++) {
        if (has_box && units[i].line == units[first].line &&
            find_box(document, &units[i], &other))
            widen(&box, &other);
        writer_erase(writer, i);
    }
    write_words(writer, &units[first], words, has_box ? &box : NULL);
}

const struct file_format format_bbox = {.name = "bbox",
                                        .read = read_bbox,
                                        .rewrite = rewrite,
                                        .extent = document_extent};
