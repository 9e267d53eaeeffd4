/* SPDX-License-Identifier: MPL-2.0 */
/*
 * PAGE, 2010 to 2019: text stands in TextEquiv of regions, lines, words and
 * glyphs, often of several at once.  The words of a line are its text, or the
 * line is, or the region; what tells the same again follows, and what tells
 * something else stays.
 */
#include "format/markup.h"
#include "format/page_order.h"
#include "format/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum level {
    REGION,
    LINE,
    WORD,
    LEVELS
};

/* What a unit keeps: its TextEquiv, that one's index and confidence.  The copy
 * after those of the levels is PlainText, within it. */
enum {
    EQUIV,
    INDEX,
    CONFIDENCE
};
enum {
    PLAIN = WORD
};

/* A reading of an element: of several, that with the lowest index, which may be
 * that there is nothing to be read. */
struct equiv {
    struct span whole; /* <TextEquiv ...>...</TextEquiv> */
    struct span text;
    struct span plain; /* of PlainText */
    struct span index; /* the attribute's value */
    struct span confidence;
    long order;
    bool is_cdata;
    bool is_broken; /* by a comment or so: not one run of text */
};

struct reader {
    struct document *document;
    struct token token;
    struct span tag;             /* of the TextEquiv that is open, or empty */
    struct equiv next;           /* what is being read */
    struct equiv equivs[LEVELS]; /* what was found, by level */
    bool is_open[LEVELS];
    size_t starts[LEVELS]; /* of the open elements in the file */
    size_t units[LEVELS];  /* the first unit of the open element */
    bool is_unicode;
    bool is_plain;
    size_t glyphs; /* open ones */
    bool has_glyphs;
    bool is_indexed; /* the file's readings may have numbers */
};

/* ---- Elements ------------------------------------------------------------ */

static enum level
find_level(const struct document *document, const struct token *token)
{
    if (markup_is(document, token, "TextRegion"))
        return REGION;
    if (markup_is(document, token, "TextLine"))
        return LINE;
    return markup_is(document, token, "Word") ? WORD : LEVELS;
}

static enum level
innermost(const struct reader *reader)
{
    for (int i = WORD; i >= REGION; i--) {
        if (reader->is_open[i])
            return (enum level)i;
    }
    return LEVELS;
}

static void
begin_equiv(struct reader *reader)
{
    const struct document *document = reader->document;
    struct attribute found;

    reader->next = (struct equiv){.order = -1};
    reader->next.whole.start = reader->token.start;
    if (markup_attribute(document, &reader->token, "index", &found)) {
        struct decimal number;

        reader->next.index = found.value;
        if (decimal_read(document->bytes + found.value.start,
                         found.value.end - found.value.start, &number) > 0)
            reader->next.order = (long)(number.value / 1000000);
    }
    if (markup_attribute(document, &reader->token, "conf", &found))
        reader->next.confidence = found.value;
    reader->tag = (struct span){reader->token.start, reader->token.end};
}

static void
end_equiv(struct reader *reader)
{
    const enum level level = innermost(reader);
    struct equiv *best = level < LEVELS ? &reader->equivs[level] : NULL;

    reader->tag = (struct span){0, 0};
    reader->next.whole.end = reader->token.end;
    if (best == NULL || reader->glyphs > 0)
        return;
    if (reader->next.is_broken)
        reader->next.text = (struct span){0, 0};
    if (best->whole.end == 0 || reader->next.order < best->order)
        *best = reader->next;
}

/* ---- Units and their copies ---------------------------------------------- */

/* The same text once more, within the TextEquiv. */
static void
add_plain(struct document *document, struct unit *unit, struct span place)
{
    const size_t start = document->copies.length;
    const size_t n = document->text.length - unit->text;

    markup_read(document, document_inner(document, place), SPELLING_MARKUP,
                true);
    if (document->copies.length - start == n && n > 0 &&
        memcmp(document->copies.data + start, document->text.data + unit->text,
               n) == 0)
        unit->copies[PLAIN] = (struct span){start, start + n};
    buffer_append(&document->copies, "\n", 1);
}

static void
add_unit(struct reader *reader, enum level level, size_t start, size_t end)
{
    struct document *document = reader->document;
    const struct equiv *equiv = &reader->equivs[level];
    struct unit *unit = document_begin_unit(document, start);

    if (unit == NULL)
        return;
    markup_read(document, document_inner(document, equiv->text),
                equiv->is_cdata ? SPELLING_CDATA : SPELLING_MARKUP, false);
    unit->is_free = level != WORD;
    for (size_t i = unit->text; i < document->text.length; i++)
        unit->is_free = unit->is_free || is_blank_byte(document->text.data[i]);
    unit->attributes[EQUIV] = equiv->whole;
    unit->attributes[INDEX] = equiv->index;
    unit->attributes[CONFIDENCE] = equiv->confidence;
    document_say(document, equiv->confidence, 1);
    unit->insert = reader->is_indexed ? equiv->whole.end : 0;
    unit->has_markup = level == WORD && reader->has_glyphs;
    if (equiv->plain.end > 0)
        add_plain(document, unit, equiv->plain);
    document_end_unit(document, end);
}

/* Units from `first` on find themselves in a text that tells them again; the
 * first that does not ends it. */
static void
add_copies(struct reader *reader, enum level level, size_t first)
{
    struct document *document = reader->document;
    const struct equiv *equiv = &reader->equivs[level];
    const size_t start = document->copies.length;
    const char *copy;
    size_t at = start;

    markup_read(document, document_inner(document, equiv->text),
                equiv->is_cdata ? SPELLING_CDATA : SPELLING_MARKUP, true);
    buffer_append(&document->copies, "\n", 1);
    if (document->copies.failed)
        return;
    copy = document->copies.data;
    for (size_t i = first; i < document->unit_count; i++) {
        struct unit *unit = &document->units[i];
        const size_t n = unit->end - unit->text;

        while (at < document->copies.length && is_blank_byte(copy[at]))
            at++;
        if (n > document->copies.length - at ||
            memcmp(copy + at, document->text.data + unit->text, n) != 0)
            break;
        unit->copies[level] = (struct span){at, at + n};
        at += n;
    }
}

static void
close_level(struct reader *reader, enum level level)
{
    struct document *document = reader->document;
    const size_t first = reader->units[level];
    const bool has_text =
        reader->equivs[level].text.end > reader->equivs[level].text.start;

    if (!reader->is_open[level])
        return;
    reader->is_open[level] = false;
    if (has_text && document->unit_count == first)
        add_unit(reader, level, reader->starts[level], reader->token.end);
    else if (has_text && level < WORD)
        add_copies(reader, level, first);
}

static void
open_level(struct reader *reader, enum level level)
{
    /* A region within a region is a region. */
    reader->is_open[level] = true;
    reader->starts[level] = reader->token.start;
    reader->units[level] = reader->document->unit_count;
    reader->equivs[level] = (struct equiv){.order = -1};
    reader->has_glyphs = false;
    for (int i = (int)level + 1; i < LEVELS; i++)
        reader->is_open[i] = false;
    if (level < WORD)
        document_part(reader->document,
                      level == REGION ? GLUE_PARAGRAPH : GLUE_LINE);
}

/* ---- Reading ------------------------------------------------------------- */

static void
open_element(struct reader *reader)
{
    struct document *document = reader->document;
    const struct token *token = &reader->token;
    const enum level level = find_level(document, token);

    if (token->is_empty)
        return;
    if (level < LEVELS)
        open_level(reader, level);
    else if (markup_is(document, token, "Glyph")) {
        reader->glyphs++;
        reader->has_glyphs = true;
    } else if (markup_is(document, token, "TextEquiv"))
        begin_equiv(reader);
    else if (markup_is(document, token, "Unicode"))
        reader->is_unicode = true;
    else if (markup_is(document, token, "PlainText"))
        reader->is_plain = true;
    else if (markup_is(document, token, "Page"))
        document_part(document, GLUE_PAGE);
}

static void
close_element(struct reader *reader)
{
    struct document *document = reader->document;
    const struct token *token = &reader->token;
    const enum level level = find_level(document, token);

    if (level < LEVELS)
        close_level(reader, level);
    else if (markup_is(document, token, "Glyph"))
        reader->glyphs -= reader->glyphs > 0;
    else if (markup_is(document, token, "TextEquiv"))
        end_equiv(reader);
    else if (markup_is(document, token, "Unicode"))
        reader->is_unicode = false;
    else if (markup_is(document, token, "PlainText"))
        reader->is_plain = false;
}

/* Before 2016 an element has one reading, without a number. */
static bool
has_indexes(const struct document *document)
{
    static const char mark[] = "pagecontent/";
    const size_t at = markup_find(document, 0, mark) + sizeof(mark) - 1;
    struct decimal year;

    return at < document->length &&
           decimal_read(document->bytes + at, document->length - at, &year) >
               0 &&
           year.value >= INT64_C(2016) * 1000000;
}

/* One run of text is what is read: text in several pieces is left alone. */
static void
take_text(struct reader *reader, struct span place, bool is_cdata)
{
    struct equiv *next = &reader->next;

    if (reader->tag.end == 0)
        return;
    if (reader->is_plain)
        next->plain = place;
    if (!reader->is_unicode)
        return;
    next->is_broken = next->text.end > 0;
    next->text = place;
    next->is_cdata = is_cdata;
}

/* Bytes start to end - 1.  What is open at the end of a part ends with it: the
 * next may stand before it in the file. */
static void
read_part(struct document *document, struct span part, bool is_indexed)
{
    struct reader reader = {.document = document,
                            .token = {.end = part.start},
                            .is_indexed = is_indexed};
    struct token *token = &reader.token;

    while (token->end < part.end && token->kind != TOKEN_END &&
           !document->failed) {
        markup_next(document, token->end, token);
        if (token->kind == TOKEN_OPEN)
            open_element(&reader);
        else if (token->kind == TOKEN_CLOSE)
            close_element(&reader);
        else if (token->kind == TOKEN_TEXT)
            take_text(&reader, (struct span){token->start, token->end}, false);
        else if (token->kind == TOKEN_CDATA)
            take_text(&reader, token->name, true);
    }
}

static bool
is_page(const struct document *document)
{
    struct token token = {.kind = TOKEN_OTHER};

    while (token.kind != TOKEN_END) {
        markup_next(document, token.end, &token);
        if (token.kind == TOKEN_OPEN && markup_is(document, &token, "PcGts"))
            return true;
    }
    return false;
}

/* Region by region where the file says in which order, else as it stands. */
static bool
read_pages(struct document *document)
{
    const bool is_indexed = has_indexes(document);
    struct span *regions = NULL;
    size_t count;

    if (!is_page(document))
        return false;
    if (!page_order(document, &regions, &count)) {
        document->failed = true;
        return false;
    }
    for (size_t i = 0; i < count; i++)
        read_part(document, regions[i], is_indexed);
    if (count == 0)
        read_part(document, (struct span){0, document->length}, is_indexed);
    free(regions);
    return !document->failed;
}

/* ---- Writing ------------------------------------------------------------- */

/* The old reading goes behind the new one, with the next index. */
static void
append_old(struct writer *writer, struct buffer *out, const struct unit *u,
           long index)
{
    const struct span whole = u->attributes[EQUIV];
    const struct span old_index = u->attributes[INDEX];
    struct token token;
    struct patch patch;
    char text[32];

    markup_next(writer->document, whole.start, &token);
    if (old_index.end > 0) {
        snprintf(text, sizeof(text), "%ld", index);
        patch = (struct patch){old_index, text, strlen(text)};
    } else {
        snprintf(text, sizeof(text), " index=\"%ld\"", index);
        patch = (struct patch){
            {token.name.end, token.name.end}, text, strlen(text)};
    }
    writer_copy(writer, out, whole, &patch, 1);
}

static long
index_of(const struct document *document, const struct unit *u)
{
    const struct span place = u->attributes[INDEX];
    struct decimal number;

    if (place.end == 0 || decimal_read(document->bytes + place.start,
                                       place.end - place.start, &number) == 0)
        return -1;
    return (long)(number.value / 1000000);
}

/* An index that no reading of the element has: those are few and count up. */
static long
free_index(const struct document *document, const struct unit *u)
{
    long most = index_of(document, u);
    struct token token = {.end = u->element.start};

    while (token.end < u->element.end && token.kind != TOKEN_END) {
        struct attribute found;
        struct decimal number;

        markup_next(document, token.end, &token);
        if (token.kind == TOKEN_OPEN &&
            markup_is(document, &token, "TextEquiv") &&
            markup_attribute(document, &token, "index", &found) &&
            decimal_read(document->bytes + found.value.start,
                         found.value.end - found.value.start, &number) > 0 &&
            number.value / 1000000 > most)
            most = (long)(number.value / 1000000);
    }
    return most < 0 ? 1 : most + 1;
}

/* The reading that is changed is the first, and its confidence ours. */
static void
keep_original(struct writer *writer, size_t unit, const char *text,
              size_t length)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const struct span confidence = u->attributes[CONFIDENCE];
    struct buffer out = {0};
    struct token token;
    char figures[64];

    (void)text;
    (void)length;
    if (u->insert == 0)
        return;
    markup_next(document, u->attributes[EQUIV].start, &token);
    snprintf(figures, sizeof(figures), "%u.%03u", writer->confidence / 1000,
             writer->confidence % 1000);
    if (u->attributes[INDEX].end == 0)
        writer_puts(writer, token.name.end, " index=\"0\"");
    if (confidence.end > 0)
        writer_edit(writer, confidence.start, confidence.end, figures,
                    strlen(figures));
    else {
        char attribute[80];

        snprintf(attribute, sizeof(attribute), " conf=\"%s\"", figures);
        writer_puts(writer, token.name.end, attribute);
    }
    append_old(writer, &out, u, free_index(document, u));
    writer_edit(writer, u->insert, u->insert, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
}

/* ---- Boxes: points="x,y x,y ...", of Coords ------------------------------ */

struct point {
    int64_t x;
    int64_t y;
};

static bool
find_points(const struct document *document, const struct unit *u,
            struct attribute *points)
{
    struct token token = {.end = u->element.start};

    while (token.end < u->element.end && token.kind != TOKEN_END) {
        markup_next(document, token.end, &token);
        if (token.kind == TOKEN_OPEN && markup_is(document, &token, "Coords"))
            return markup_attribute(document, &token, "points", points);
    }
    return false;
}

/* The box around all points of a value; false if they are no points. */
static bool
find_box(const struct document *document, const struct unit *u,
         struct attribute *points, struct point *low, struct point *high)
{
    size_t at, end;

    *low = (struct point){INT64_MAX, INT64_MAX};
    *high = (struct point){INT64_MIN, INT64_MIN};
    if (!find_points(document, u, points))
        return false;
    at = points->value.start;
    end = points->value.end;
    while (at < end) {
        struct decimal x, y;
        size_t n = decimal_read(document->bytes + at, end - at, &x);

        if (n == 0 || at + n >= end || document->bytes[at + n] != ',')
            return false;
        at += n + 1;
        n = decimal_read(document->bytes + at, end - at, &y);
        if (n == 0)
            return false;
        at += n;
        while (at < end && is_blank_byte(document->bytes[at]))
            at++;
        if (x.value < low->x)
            low->x = x.value;
        if (y.value < low->y)
            low->y = y.value;
        if (x.value > high->x)
            high->x = x.value;
        if (y.value > high->y)
            high->y = y.value;
    }
    return low->x <= high->x;
}

static void
append_point(struct buffer *out, int64_t x, int64_t y, const char *after)
{
    decimal_write(out, x, 0);
    buffer_append(out, ",", 1);
    decimal_write(out, y, 0);
    buffer_append(out, after, strlen(after));
}

static void
append_box(struct buffer *out, int64_t left, int64_t top, int64_t right,
           int64_t bottom)
{
    append_point(out, left, top, " ");
    append_point(out, right, top, " ");
    append_point(out, right, bottom, " ");
    append_point(out, left, bottom, "");
}

static size_t
fit(const struct document *document, const struct unit *unit,
    const int64_t sides[4], struct buffer texts[4], struct patch *patches)
{
    struct attribute points;

    if (!find_points(document, unit, &points))
        return 0;
    append_box(&texts[0], sides[0], sides[1], sides[2], sides[3]);
    patches[0] = (struct patch){points.value, texts[0].data, texts[0].length};
    return 1;
}

static void
copy_word(struct writer *writer, struct buffer *out, size_t unit,
          struct copy *copy)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    const struct span plain = u->copies[PLAIN];
    struct buffer spelt = {0};

    if (plain.end > 0) {
        const struct span place = document_copy_place(document, plain);

        writer_spell(writer, &spelt, copy->word, copy->length, SPELLING_MARKUP,
                     document->bytes + place.start, place.end - place.start);
        copy->patches[copy->count++] =
            (struct patch){place, spelt.data, spelt.length};
    }
    writer_copy_word(writer, out, copy, u->element, document_place(document, u),
                     SPELLING_MARKUP, "id");
    buffer_free(&spelt);
}

/* ---- Pages --------------------------------------------------------------- */

static bool
find_sides(const struct document *document, const struct unit *unit,
           int64_t sides[4])
{
    struct attribute points;
    struct point low, high;

    if (!find_box(document, unit, &points, &low, &high))
        return false;
    sides[0] = low.x;
    sides[1] = low.y;
    sides[2] = high.x;
    sides[3] = high.y;
    return true;
}

static int64_t
read_size(const struct document *document, const struct token *token,
          const char *name)
{
    struct attribute found;
    struct decimal number = {0};

    if (markup_attribute(document, token, name, &found))
        decimal_read(document->bytes + found.value.start,
                     found.value.end - found.value.start, &number);
    return number.value;
}

static bool
read_page(const struct document *document, const struct token *token,
          struct page *page, struct buffer *image)
{
    struct attribute name;

    if (!markup_is(document, token, "Page"))
        return false;
    if (markup_attribute(document, token, "imageFilename", &name))
        markup_text(document, name.value, image);
    page->width = read_size(document, token, "imageWidth");
    page->height = read_size(document, token, "imageHeight");
    return true;
}

const struct file_format format_page = {.name = "page",
                                        .read = read_pages,
                                        .fit = fit,
                                        .copy = copy_word,
                                        .keep = keep_original,
                                        .extent = document_extent,
                                        .box = find_sides,
                                        .page = read_page};
