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

/* WHOLE is the text of SUBS_CONTENT, in document->copies. */
enum {
    CONTENT,
    HPOS,
    WIDTH,
    WHOLE,
    TAG
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

/* The second half of a word is tied to the first, and to a hyphen between. */
static void
tie_to_first(struct document *document)
{
    size_t at = document->unit_count - 1;

    while (at > 0 && document->units[at].glue == GLUE_NONE)
        at--;
    for (; at > 0; at--) {
        struct unit *unit = &document->units[at - 1];

        unit->is_tied = true;
        if (unit->glue != GLUE_NONE)
            break;
    }
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
    if (markup_is(document, token, "String")) {
        document_end_unit(document, token->start);
        read_string(document, token);
        if (token->is_empty)
            document_end_unit(document, token->end);
    } else if (markup_is(document, token, "ALTERNATIVE"))
        read_alternative(document, token);
    else if (markup_is(document, token, "HYP"))
        read_hyphen(document, token);
    else if (markup_is(document, token, "TextLine"))
        document_part(document, GLUE_LINE);
    else if (markup_is(document, token, "TextBlock"))
        document_part(document, GLUE_PARAGRAPH);
    else if (markup_is(document, token, "Page"))
        document_part(document, GLUE_PAGE);
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
        } else if (token.kind != TOKEN_CLOSE)
            continue;
        else if (markup_is(document, &token, "String"))
            document_end_unit(document, token.end);
        else if (markup_is(document, &token, "Shape") &&
                 document_unit(document) != NULL)
            document_unit(document)->insert = token.end;
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

/* A word broken at a line's end: what SUBS_CONTENT says of both halves. */
static void
tie_halves(struct writer *writer, size_t first, size_t second, const char *text,
           size_t length)
{
    const struct document *document = writer->document;
    const struct unit *a = &document->units[first];
    const struct unit *b = &document->units[second];
    const char *old_text = document->text.data;
    size_t head = a->end - a->text;
    const size_t tail = b->end - b->text;

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

struct box {
    struct decimal left;
    struct decimal width;
};

static bool
find_box(const struct document *document, const struct unit *u, struct box *box)
{
    const struct span left = u->attributes[HPOS], width = u->attributes[WIDTH];

    return left.end > left.start && width.end > width.start &&
           decimal_read(document->bytes + left.start, left.end - left.start,
                        &box->left) > 0 &&
           decimal_read(document->bytes + width.start, width.end - width.start,
                        &box->width) > 0;
}

static void
widen(struct box *box, const struct box *other)
{
    const int64_t end = box->left.value + box->width.value;
    const int64_t other_end = other->left.value + other->width.value;

    if (other->left.value < box->left.value)
        box->left.value = other->left.value;
    box->width.value = (end > other_end ? end : other_end) - box->left.value;
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

/* One word's part of the room. */
struct share {
    struct buffer left;
    struct buffer width;
    int64_t from;
    int64_t to;
};

static void
find_share(const struct words *words, size_t index, const struct box *box,
           struct share *share)
{
    buffer_clear(&share->left);
    buffer_clear(&share->width);
    words_share(words, index, box->left.value,
                box->left.value + box->width.value, &share->from, &share->to);
    decimal_write(&share->left, share->from, box->left.decimals);
    decimal_write(&share->width, share->to - share->from, box->width.decimals);
}

/* <SP HPOS="..." WIDTH="..."/>, for the blank between two words. */
static void
append_blank(struct writer *writer, struct buffer *out, size_t unit,
             const struct box *box, int64_t from, int64_t to)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    struct attribute top;
    struct token token;

    markup_next(document, u->attributes[TAG].start, &token);
    append_tag(document, out, token.prefix, "<", "SP");
    if (box != NULL) {
        buffer_append(out, " HPOS=\"", 7);
        decimal_write(out, from, box->left.decimals);
        buffer_append(out, "\"", 1);
        if (markup_attribute(document, &token, "VPOS", &top)) {
            buffer_append(out, " VPOS=\"", 7);
            buffer_append(out, document->bytes + top.value.start,
                          top.value.end - top.value.start);
            buffer_append(out, "\"", 1);
        }
        buffer_append(out, " WIDTH=\"", 8);
        decimal_write(out, to - from, box->width.decimals);
        buffer_append(out, "\"", 1);
    }
    buffer_append(out, "/>", 2);
}

/* The tag alone, with another word: what is within the element is of the first.
 */
static void
append_copy(struct writer *writer, struct buffer *out, size_t unit,
            const struct share *share, const char *word, size_t length,
            size_t index)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const struct span content = u->attributes[CONTENT];
    static const char *const dropped[] = {"SUBS_TYPE", "SUBS_CONTENT"};
    struct buffer spelt = {0};
    struct patch patches[6];
    struct attribute found;
    struct token token;
    char number[32];
    size_t count = 0;

    markup_next(document, u->attributes[TAG].start, &token);
    snprintf(number, sizeof(number), "_u%zu", index + 1);
    if (markup_attribute(document, &token, "ID", &found))
        patches[count++] = (struct patch){
            {found.value.end, found.value.end}, number, strlen(number)};
    for (int i = 0; i < 2; i++) {
        if (markup_attribute(document, &token, dropped[i], &found))
            patches[count++] = (struct patch){found.whole, "", 0};
    }
    if (share != NULL) {
        patches[count++] = (struct patch){u->attributes[HPOS], share->left.data,
                                          share->left.length};
        patches[count++] = (struct patch){
            u->attributes[WIDTH], share->width.data, share->width.length};
    }
    writer_spell(writer, &spelt, word, length,
                 document->bytes[content.start - 1] == '"' ? SPELLING_DOUBLE
                                                           : SPELLING_SINGLE,
                 document->bytes + content.start, content.end - content.start);
    patches[count++] = (struct patch){content, spelt.data, spelt.length};
    writer_copy(
        writer, out,
        (struct span){token.start, token.end - (token.is_empty ? 2 : 1)},
        patches, count);
    buffer_append(out, "/>", 2);
    buffer_free(&spelt);
}

static void
write_words(struct writer *writer, size_t first, const struct words *words,
            const struct box *box)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[first];
    const bool has_blanks_between = uses_blanks(document, first);
    struct buffer out = {0};
    struct share share = {0};
    const char *word;
    size_t length, at = 0;

    for (size_t i = 0; words_next(words, &at, &word, &length); i++) {
        const int64_t before = share.to;

        if (box != NULL)
            find_share(words, i, box, &share);
        writer->repaired->failed |= share.left.failed || share.width.failed;
        if (i > 0) {
            if (has_blanks_between)
                append_blank(writer, &out, first, box, before, share.from);
            append_copy(writer, &out, first, box != NULL ? &share : NULL, word,
                        length, i);
            continue;
        }
        if (box != NULL) {
            writer_edit(writer, u->attributes[HPOS].start,
                        u->attributes[HPOS].end, share.left.data,
                        share.left.length);
            writer_edit(writer, u->attributes[WIDTH].start,
                        u->attributes[WIDTH].end, share.width.data,
                        share.width.length);
        }
        writer_replace(writer, (struct span){u->text, u->end}, word, length);
    }
    writer_edit(writer, u->element.end, u->element.end, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
    buffer_free(&share.left);
    buffer_free(&share.width);
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
    write_words(writer, first, words, has_box ? &box : NULL);
    if (writer->is_applied)
        keep_original(writer, first, document->text.data + units[first].text,
                      units[last].end - units[first].text);
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
        !read_number(document, &token, "VPOS", &sides[1]) ||
        !read_number(document, &token, "WIDTH", &width) ||
        !read_number(document, &token, "HEIGHT", &height))
        return false;
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
                                        .rewrite = rewrite,
                                        .keep = keep_original,
                                        .tie = tie_halves,
                                        .extent = extent,
                                        .box = find_sides,
                                        .page = read_page};
