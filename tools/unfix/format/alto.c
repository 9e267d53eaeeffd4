/* SPDX-License-Identifier: MPL-2.0 */
/*
 * ALTO 1.4 to 4: a word is the attribute CONTENT of a String; a hyphen at a
 * line's end is an element HYP, and both halves name the whole word in
 * SUBS_CONTENT.  CC, a figure for each letter, is left as the engine gave it
 * where a word gets another length: what a new letter's figure is, nobody
 * knows.
 */
#include "format/markup.h"
#include "format/writer.h"

#include <stdio.h>
#include <string.h>

/* WHOLE is the text of SUBS_CONTENT, in document->copies; GLYPH the first of
 * the elements that tell the letters. */
enum {
    CONTENT,
    HPOS,
    WIDTH,
    WHOLE,
    TAG,
    GLYPH
};

/* ---- Reading ------------------------------------------------------------- */

static void
find_place(const struct document *document, const struct token *token,
           const char *name, struct span *place)
{
    struct attribute attribute;

    if (markup_attribute(document, token, name, &attribute))
        *place = attribute.value;
}

static bool
has_value(const struct document *document, const struct token *token,
          const char *name, const char *value)
{
    struct attribute attribute;

    return markup_attribute(document, token, name, &attribute) &&
           attribute.value.end - attribute.value.start == strlen(value) &&
           memcmp(document->bytes + attribute.value.start, value,
                  strlen(value)) == 0;
}

static bool
has_blanks(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (is_blank_byte(text[i]))
            return true;
    }
    return false;
}

/* The second half of a word, which is open, is tied to the first, and to a
 * hyphen between.  What has no first half is tied to nothing. */
static void
tie_to_first(struct document *document)
{
    struct unit *units = document->units;
    const size_t second = document->unit_count - 1;
    size_t first = second;
    struct token token;

    do {
        if (first-- == 0)
            return;
    } while (units[first].attributes[CONTENT].end == 0); /* a hyphen */
    markup_next(document, units[first].attributes[TAG].start, &token);
    if (!has_value(document, &token, "SUBS_TYPE", "HypPart1"))
        return;
    for (size_t i = first; i < second; i++)
        units[i].is_tied = true;
}

static void
read_whole(struct document *document, const struct token *token,
           struct unit *unit)
{
    struct attribute whole;
    const size_t start = document->copies.length;

    if (!markup_attribute(document, token, "SUBS_CONTENT", &whole) ||
        whole.spelling == SPELLING_FIXED)
        return;
    markup_read(document, whole.value, whole.spelling, true);
    unit->attributes[WHOLE] = (struct span){start, document->copies.length};
    buffer_append(&document->copies, "\n", 1);
}

/* WC, from 0 to 1, or what CC says of the letters: from 0, sure, to 9. */
static void
read_confidence(struct document *document, const struct token *token,
                struct unit *unit)
{
    struct attribute found;
    int sum = 0, count = 0;

    if (markup_attribute(document, token, "WC", &found)) {
        document_say(document, found.value, 1);
        return;
    }
    if (!markup_attribute(document, token, "CC", &found))
        return;
    for (size_t i = found.value.start; i < found.value.end; i++) {
        const char figure = document->bytes[i];

        if (figure >= '0' && figure <= '9') {
            sum += '9' - figure;
            count++;
        }
    }
    if (count > 0)
        unit->confidence = sum * 1000 / (9 * count);
}

static void
read_string(struct document *document, const struct token *token)
{
    struct attribute content;
    struct unit *unit = document_begin_unit(document, token->start);

    if (unit == NULL ||
        !markup_attribute(document, token, "CONTENT", &content) ||
        content.spelling == SPELLING_FIXED)
        return;
    unit->attributes[CONTENT] = content.value;
    find_place(document, token, "HPOS", &unit->attributes[HPOS]);
    find_place(document, token, "WIDTH", &unit->attributes[WIDTH]);
    unit->attributes[TAG] = (struct span){token->start, token->end};
    unit->insert = token->end;
    markup_read(document, document_inner(document, content.value),
                content.spelling, false);
    unit->is_free = has_blanks(document->text.data + unit->text,
                               document->text.length - unit->text);
    read_whole(document, token, unit);
    read_confidence(document, token, unit);
    if (has_value(document, token, "SUBS_TYPE", "HypPart2"))
        tie_to_first(document);
}

/* Whatever sign it is, it reads as a hyphen; a word may end with one already.
 */
static void
read_hyphen(struct document *document, const struct token *token)
{
    struct attribute content;
    struct unit *unit;

    if (document->text.length == 0 ||
        document->text.data[document->text.length - 1] == '-' ||
        !markup_attribute(document, token, "CONTENT", &content))
        return;
    document_end_unit(document, token->start);
    document->glue = GLUE_NONE;
    unit = document_begin_unit(document, token->start);
    if (unit == NULL)
        return;
    unit->has_markup = true; /* it is no word */
    document_add(document, "-", 1, content.value, SPELLING_FIXED, true);
    unit->attributes[TAG] = (struct span){token->start, token->end};
    document_end_unit(document, token->end);
}

/* <ALTERNATIVE>: another reading of the open String, not the one that we keep
 * there.  How sure the engine was of it is not said: half. */
#define ALTERNATIVE_CONFIDENCE 500

static void
read_alternative(struct document *document, const struct token *token)
{
    struct attribute purpose;
    struct token next;
    struct buffer text = {0};

    if (token->is_empty || document_unit(document) == NULL ||
        (markup_attribute(document, token, "PURPOSE", &purpose) &&
         purpose.value.end - purpose.value.start > 9 &&
         memcmp(document->bytes + purpose.value.start, "original;", 9) == 0))
        return;
    markup_next(document, token->end, &next);
    if (next.kind != TOKEN_TEXT)
        return;
    markup_text(document,
                document_inner(document, (struct span){next.start, next.end}),
                &text);
    if (text.length > 0)
        document_offer(document, text.data, text.length,
                       ALTERNATIVE_CONFIDENCE);
    document->failed |= text.failed;
    buffer_free(&text);
}

static void
open_element(struct document *document, const struct token *token)
{
    struct unit *unit = document_unit(document);

    if (markup_is(document, token, "String")) {
        document_end_unit(document, token->start);
        read_string(document, token);
        if (token->is_empty)
            document_end_unit(document, token->end);
    } else if (markup_is(document, token, "ALTERNATIVE"))
        read_alternative(document, token);
    else if (markup_is(document, token, "Glyph") && unit != NULL)
        unit->attributes[GLYPH] = (struct span){token->start, token->end};
    else if (markup_is(document, token, "HYP"))
        read_hyphen(document, token);
    else if (markup_is(document, token, "TextLine"))
        document_part(document, GLUE_LINE);
    else if (markup_is(document, token, "TextBlock"))
        document_part(document, GLUE_PARAGRAPH);
    else if (markup_is(document, token, "Page"))
        document_part(document, GLUE_PAGE);
}

/* What belongs to a String stands behind its Shape and before its Glyphs, which
 * may have Shapes of their own. */
static void
close_element(struct document *document, const struct token *token)
{
    struct unit *unit = document_unit(document);

    if (markup_is(document, token, "String"))
        document_end_unit(document, token->end);
    else if (markup_is(document, token, "Shape") && unit != NULL &&
             unit->attributes[GLYPH].end == 0)
        unit->insert = token->end;
}

static bool
read_alto(struct document *document)
{
    struct token token = {.kind = TOKEN_OTHER};
    bool is_alto = false;

    document_part(document, GLUE_BLANK);
    while (token.kind != TOKEN_END && !document->failed) {
        markup_next(document, token.end, &token);
        if (token.kind == TOKEN_OPEN) {
            is_alto = is_alto || markup_is(document, &token, "alto");
            open_element(document, &token);
        } else if (token.kind == TOKEN_CLOSE)
            close_element(document, &token);
    }
    document_end_unit(document, document->length);
    return is_alto && !document->failed;
}

/* ---- Writing ------------------------------------------------------------- */

static struct span
prefix_of(const struct document *document, const struct unit *u)
{
    struct token token;

    markup_next(document, u->attributes[TAG].start, &token);
    return token.prefix;
}

static void
append_tag(const struct document *document, struct buffer *out,
           struct span prefix, const char *start, const char *name)
{
    buffer_append(out, start, strlen(start));
    buffer_append(out, document->bytes + prefix.start,
                  prefix.end - prefix.start);
    buffer_append(out, name, strlen(name));
}

/* <ALTERNATIVE PURPOSE="...">text</ALTERNATIVE> */
static void
append_alternative(struct writer *writer, struct buffer *out,
                   struct span prefix, const char *text, size_t length)
{
    const struct document *document = writer->document;
    struct buffer line = {0};
    char purpose[64];

    append_tag(document, out, prefix, "<", "ALTERNATIVE");
    snprintf(purpose, sizeof(purpose), " PURPOSE=\"original; unfix %u.%03u\">",
             writer->confidence / 1000, writer->confidence % 1000);
    buffer_append(out, purpose, strlen(purpose));
    for (size_t i = 0; i < length; i++)
        buffer_append(&line, is_blank_byte(text[i]) ? " " : text + i, 1);
    writer_spell(writer, out, line.data, line.length, SPELLING_MARKUP, "", 0);
    writer->repaired->failed |= line.failed;
    buffer_free(&line);
    append_tag(document, out, prefix, "</", "ALTERNATIVE>");
}

static void
keep_original(struct writer *writer, size_t unit, const char *text,
              size_t length)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const bool is_empty = u->insert == u->element.end;
    const struct span prefix = prefix_of(document, u);
    struct buffer out = {0};

    if (u->attributes[CONTENT].end == 0)
        return;
    buffer_append(&out, ">", is_empty);
    append_alternative(writer, &out, prefix, text, length);
    if (is_empty)
        append_tag(document, &out, prefix, "</", "String>");
    writer_edit(writer, u->insert - (is_empty ? 2 : 0), u->insert, out.data,
                out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
}

/* What says of a String that it is half of a word. */
static const char *const half_names[] = {"SUBS_TYPE", "SUBS_CONTENT"};

/* A word that is whole now, or what is left of its other half. */
static void
drop_half(struct writer *writer, const struct unit *u)
{
    const struct document *document = writer->document;
    struct token token;

    markup_next(document, u->attributes[TAG].start, &token);
    for (int i = 0; i < 2; i++) {
        struct attribute found;

        if (markup_attribute(document, &token, half_names[i], &found) &&
            !writer_takes(writer, found.whole))
            writer_edit(writer, found.whole.start, found.whole.end, "", 0);
    }
}

/* A word broken at a line's end: what SUBS_CONTENT says of both halves. */
static void
tie_halves(struct writer *writer, size_t first, size_t second, const char *text,
           size_t length, bool are_halves)
{
    const struct document *document = writer->document;
    const struct unit *a = &document->units[first];
    const struct unit *b = &document->units[second];
    const char *old_text = document->text.data;
    size_t head = a->end - a->text;
    const size_t tail = b->end - b->text;

    if (!are_halves) {
        drop_half(writer, a);
        drop_half(writer, b);
        return;
    }
    head -= head > 0 && old_text[a->end - 1] == '-';
    for (int i = 0; i < 2; i++) {
        const struct span whole = (i == 0 ? a : b)->attributes[WHOLE];
        const char *read;

        if (whole.end - whole.start != head + tail || head + tail == 0)
            continue;
        read = document->copies.data + whole.start;
        if (memcmp(read, old_text + a->text, head) != 0 ||
            memcmp(read + head, old_text + b->text, tail) != 0)
            continue; /* it says something else */
        writer_replace_copy(writer, whole, text, length);
    }
}

/* Whether the line has elements for its blanks. */
static bool
uses_blanks(const struct document *document, size_t unit)
{
    const struct unit *units = document->units;

    for (size_t i = unit > 0 ? unit - 1 : 0;
         i <= unit && i + 1 < document->unit_count; i++) {
        struct token token = {.end = units[i].element.end};

        while (token.end < units[i + 1].element.start) {
            markup_next(document, token.end, &token);
            if (token.kind == TOKEN_OPEN && markup_is(document, &token, "SP"))
                return true;
        }
    }
    return false;
}

static size_t
fit(const struct document *document, const struct unit *unit,
    const int64_t sides[4], struct buffer texts[4], struct patch *patches)
{
    static const int places[] = {HPOS, WIDTH};
    const int64_t values[] = {sides[0], sides[2] - sides[0]};

    for (int i = 0; i < 2; i++) {
        const struct span place = unit->attributes[places[i]];
        struct decimal number;

        decimal_read(document->bytes + place.start, place.end - place.start,
                     &number);
        decimal_write(&texts[i], values[i], number.decimals);
        patches[i] = (struct patch){place, texts[i].data, texts[i].length};
    }
    return 2;
}

static void
append_number(const struct document *document, struct buffer *out,
              const char *name, int64_t value, struct span like)
{
    struct decimal number;

    decimal_read(document->bytes + like.start, like.end - like.start, &number);
    buffer_append(out, name, strlen(name));
    decimal_write(out, value, number.decimals);
    buffer_append(out, "\"", 1);
}

/* <SP HPOS="..." WIDTH="..."/>, for the blank between two words. */
static void
append_blank(const struct document *document, struct buffer *out,
             const struct unit *u, const struct token *tag,
             const struct copy *copy)
{
    struct attribute top;

    append_tag(document, out, tag->prefix, "<", "SP");
    if (copy->has_box) {
        append_number(document, out, " HPOS=\"", copy->before,
                      u->attributes[HPOS]);
        if (markup_attribute(document, tag, "VPOS", &top)) {
            buffer_append(out, " VPOS=\"", 7);
            buffer_append(out, document->bytes + top.value.start,
                          top.value.end - top.value.start);
            buffer_append(out, "\"", 1);
        }
        append_number(document, out, " WIDTH=\"", copy->left - copy->before,
                      u->attributes[WIDTH]);
    }
    buffer_append(out, "/>", 2);
}

/* The tag alone: what is within the element is of the first. */
static void
copy_word(struct writer *writer, struct buffer *out, size_t unit,
          struct copy *copy)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const struct span content = u->attributes[CONTENT];
    struct attribute found;
    struct token token;

    markup_next(document, u->attributes[TAG].start, &token);
    if (uses_blanks(document, unit))
        append_blank(document, out, u, &token, copy);
    for (int i = 0; i < 2; i++) {
        if (markup_attribute(document, &token, half_names[i], &found))
            copy->patches[copy->count++] = (struct patch){found.whole, "", 0};
    }
    writer_copy_word(
        writer, out, copy,
        (struct span){token.start, token.end - (token.is_empty ? 2 : 1)},
        content,
        document->bytes[content.start - 1] == '"' ? SPELLING_DOUBLE
                                                  : SPELLING_SINGLE,
        "ID");
    buffer_append(out, "/>", 2);
}

/* Whether nothing but blanks stands between two places. */
static bool
are_blanks(const struct document *document, size_t start, size_t end)
{
    struct token token = {.end = start};

    while (token.end < end) {
        markup_next(document, token.end, &token);
        if (token.kind != TOKEN_TEXT &&
            !(token.kind == TOKEN_OPEN && token.is_empty &&
              markup_is(document, &token, "SP")))
            return false;
    }
    return true;
}

/* An element, and what parts it from its neighbour: a line begins with no
 * blank. */
static struct span
extent(const struct document *document, size_t unit, bool is_first)
{
    const struct unit *u = &document->units[unit];
    struct span place = u->element;

    if (is_first && unit + 1 < document->unit_count && u[1].line == u->line &&
        are_blanks(document, place.end, u[1].element.start))
        place.end = u[1].element.start;
    else if (!is_first && unit > 0 && u[-1].line == u->line &&
             are_blanks(document, u[-1].element.end, place.start))
        place.start = u[-1].element.end;
    return place;
}

/* ---- Pages --------------------------------------------------------------- */

static bool
read_number(const struct document *document, const struct token *token,
            const char *name, int64_t *value)
{
    struct attribute found;
    struct decimal number;

    if (!markup_attribute(document, token, name, &found) ||
        decimal_read(document->bytes + found.value.start,
                     found.value.end - found.value.start, &number) == 0)
        return false;
    *value = number.value;
    return true;
}

/* Without VPOS and HEIGHT a word has room in its line, and no height. */
static bool
find_sides(const struct document *document, const struct unit *unit,
           int64_t sides[4])
{
    struct token token;
    int64_t width, height;

    if (unit->attributes[TAG].end == 0)
        return false;
    markup_next(document, unit->attributes[TAG].start, &token);
    if (!read_number(document, &token, "HPOS", &sides[0]) ||
        !read_number(document, &token, "WIDTH", &width))
        return false;
    if (!read_number(document, &token, "VPOS", &sides[1]) ||
        !read_number(document, &token, "HEIGHT", &height))
        sides[1] = height = 0;
    sides[2] = sides[0] + width;
    sides[3] = sides[1] + height;
    return true;
}

/* The image is named before the pages. */
static bool
read_page(const struct document *document, const struct token *token,
          struct page *page, struct buffer *image)
{
    struct token next;

    if (markup_is(document, token, "fileName")) {
        markup_next(document, token->end, &next);
        buffer_clear(image);
        if (next.kind == TOKEN_TEXT)
            markup_text(
                document,
                document_inner(document, (struct span){next.start, next.end}),
                image);
    }
    if (!markup_is(document, token, "Page"))
        return false;
    if (!read_number(document, token, "WIDTH", &page->width) ||
        !read_number(document, token, "HEIGHT", &page->height))
        page->width = page->height = 0;
    return true;
}

const struct file_format format_alto = {.name = "alto",
                                        .read = read_alto,
                                        .fit = fit,
                                        .copy = copy_word,
                                        .keep = keep_original,
                                        .tie = tie_halves,
                                        .extent = extent,
                                        .box = find_sides,
                                        .page = read_page};
