/* SPDX-License-Identifier: MPL-2.0 */
/*
 * hOCR: HTML whose classes and titles say what is a word and where it stands.
 * Engines write words (ocrx_word), or text in lines without words, or a
 * span for each letter.
 */
#include "format/markup.h"
#include "format/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind {
    OTHER,
    PAGE,
    BLOCK,
    LINE,
    WORD,
    LETTER,
    CHOICES, /* the letters that one may be */
    SKIPPED
};

/* LINE_TITLE: of text without words, that of its line. */
enum {
    TITLE,
    LINE_TITLE
};

/* A letter that stands at a place of a word, and those that Tesseract would
 * have read there next (lstm_choice_mode=2): the first of each place is the
 * best. */
struct choice {
    size_t place;
    char text[8];
    size_t length;
    int confidence;
};

#define CHOICES_MOST 512

struct reader {
    struct document *document;
    struct choice choices[CHOICES_MOST]; /* of the open word */
    size_t choice_count;
    size_t places;
    int confidence; /* of the letter that is open */
    struct elements elements;
    struct token token;
    struct text_run run; /* of the open unit */
    bool has_letters;
    bool has_plain;
};

/* ---- Classes ------------------------------------------------------------- */

static const struct {
    const char *name;
    enum kind kind;
} classes[] = {
    {"ocr_page", PAGE},    {"ocr_carea", BLOCK},      {"ocrx_block", BLOCK},
    {"ocr_column", BLOCK}, {"ocr_par", BLOCK},        {"ocr_line", LINE},
    {"ocrx_line", LINE},   {"ocr_header", LINE},      {"ocr_footer", LINE},
    {"ocr_caption", LINE}, {"ocr_textfloat", LINE},   {"ocrx_word", WORD},
    {"ocr_word", WORD},    {"xocr_word", WORD},       {"ocrx_cinfo", LETTER},
    {"ocr_cinfo", LETTER}, {"lstm_choices", SKIPPED},
};

static enum kind
class_kind(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strlen(classes[i].name) == length &&
            memcmp(classes[i].name, name, length) == 0)
            return classes[i].kind;
    }
    return OTHER;
}

static bool
is_choices(const struct document *document, const struct token *token)
{
    static const char start[] = "lstm_choices_";
    struct attribute id;

    return markup_attribute(document, token, "id", &id) &&
           id.value.end - id.value.start >= sizeof(start) &&
           memcmp(document->bytes + id.value.start, start, sizeof(start) - 1) ==
               0;
}

static bool
is_raw(const struct document *document, const struct token *token)
{
    return markup_is(document, token, "script") ||
           markup_is(document, token, "style");
}

static enum kind
find_kind(const struct document *document, const struct token *token)
{
    struct attribute attribute;
    struct words names;
    const char *name;
    size_t at = 0, length;

    /* The readings that were not chosen. */
    if (markup_is(document, token, "del") || is_raw(document, token))
        return SKIPPED;
    if (!markup_attribute(document, token, "class", &attribute))
        return OTHER;
    names = (struct words){document->bytes + attribute.value.start,
                           attribute.value.end - attribute.value.start, 0};
    while (words_next(&names, &at, &name, &length)) {
        const enum kind kind = class_kind(name, length);

        if (kind == LETTER && is_choices(document, token))
            return CHOICES;
        if (kind != OTHER)
            return kind;
    }
    return OTHER;
}

/* ---- Other readings -------------------------------------------------------
 */

/* The letter of a place that the word has at `text`; NULL: none. */
static const struct choice *
find_read(const struct reader *reader, size_t first, size_t end,
          const char *text, size_t length)
{
    for (size_t i = first; i < end; i++) {
        const struct choice *c = &reader->choices[i];

        if (c->length > 0 && c->length <= length &&
            memcmp(c->text, text, c->length) == 0)
            return c;
    }
    return NULL;
}

/* The word with each other letter of a place that is the engine's second
 * thought (those that it gives no confidence are none). */
static void
offer_letters(struct reader *reader, size_t first, size_t end, size_t at,
              const struct choice *read)
{
    struct document *document = reader->document;
    const struct unit *unit = document_unit(document);
    const char *word = document->text.data + unit->text;
    const size_t n = document->text.length - unit->text;
    char text[OFFER_LONGEST];

    for (size_t i = first; i < end; i++) {
        const struct choice *c = &reader->choices[i];
        const size_t length = n - read->length + c->length;

        if (c == read || c->confidence <= 0 || is_blank_byte(c->text[0]) ||
            length > sizeof(text))
            continue;
        memcpy(text, word, at);
        memcpy(text + at, c->text, c->length);
        memcpy(text + at + c->length, word + at + read->length,
               n - at - read->length);
        document_offer(document, text, length, c->confidence);
    }
}

/* Goes along the word and its places: a place whose letters the word has not,
 * such as a blank, is passed over. */
static void
offer_choices(struct reader *reader)
{
    struct document *document = reader->document;
    const struct unit *unit = document_unit(document);
    size_t at = 0, first = 0, end;

    for (; unit != NULL && first < reader->choice_count; first = end) {
        const char *word = document->text.data + unit->text;
        const size_t n = document->text.length - unit->text;
        const struct choice *read;

        end = first;
        while (end < reader->choice_count &&
               reader->choices[end].place == reader->choices[first].place)
            end++;
        read = find_read(reader, first, end, word + at, n - at);
        if (read == NULL)
            continue;
        offer_letters(reader, first, end, at, read);
        at += read->length;
    }
    reader->choice_count = 0;
}

/* ---- Reading ------------------------------------------------------------- */

static bool
is_within(const struct reader *reader, enum kind kind)
{
    for (size_t i = reader->elements.count; i > 0; i--) {
        if (reader->elements.items[i - 1].kind == (int)kind)
            return true;
    }
    return false;
}

static void
end_unit(struct reader *reader, size_t end)
{
    offer_choices(reader);
    document_end_unit(reader->document, end);
    reader->has_letters = false;
    reader->has_plain = false;
    reader->run = (struct text_run){0};
}

/* A line's or a block's own text: the unit ends with its last text. */
static void
end_free(struct reader *reader)
{
    const struct unit *unit = document_unit(reader->document);

    if (unit != NULL && unit->is_free)
        end_unit(reader, reader->run.end);
}

/* What follows a name in a title; empty: it has no such name. */
static struct span
find_property(const struct document *document, struct span title,
              const char *name)
{
    const size_t n = strlen(name);

    for (size_t at = title.start; at + n < title.end; at++) {
        if (memcmp(document->bytes + at, name, n) == 0)
            return (struct span){at + n, title.end};
    }
    return (struct span){0, 0};
}

/* A letter that may stand there, with its confidence. */
static void
open_choice(struct reader *reader)
{
    const struct document *document = reader->document;
    struct attribute title;
    struct decimal number;
    struct span place;

    reader->confidence = 0;
    if (!markup_attribute(document, &reader->token, "title", &title))
        return;
    place = find_property(document, title.value, "x_confs ");
    if (place.end > 0 &&
        decimal_read(document->bytes + place.start, place.end - place.start,
                     &number) > 0 &&
        number.value > 0)
        reader->confidence = number.value < INT64_C(100000000)
                                 ? (int)(number.value / 100000)
                                 : 1000;
}

static void
take_choice(struct reader *reader, struct span place)
{
    struct choice *choice = &reader->choices[reader->choice_count];
    struct buffer text = {0};

    if (reader->choice_count == CHOICES_MOST)
        return;
    markup_text(reader->document, place, &text);
    if (text.length > 0 && text.length <= sizeof(choice->text)) {
        memcpy(choice->text, text.data, text.length);
        choice->length = text.length;
        choice->place = reader->places;
        choice->confidence = reader->confidence;
        reader->choice_count++;
    }
    reader->document->failed |= text.failed;
    buffer_free(&text);
}

static void
begin_word(struct reader *reader)
{
    struct document *document = reader->document;
    struct unit *unit;
    struct attribute title;

    end_free(reader);
    unit = document_unit(document);
    if (unit != NULL) { /* a word within a word */
        unit->has_markup = true;
        return;
    }
    unit = document_begin_unit(document, reader->token.start);
    if (unit != NULL &&
        markup_attribute(document, &reader->token, "title", &title) &&
        title.spelling != SPELLING_FIXED) {
        unit->attributes[TITLE] = title.value;
        document_say(document, find_property(document, title.value, "x_wconf "),
                     100);
    }
    reader->run.end = reader->token.end;
}

static void
open_element(struct reader *reader)
{
    struct document *document = reader->document;
    const struct token *token = &reader->token;
    const enum kind kind = find_kind(document, token);

    if (kind == PAGE || kind == BLOCK || kind == LINE) {
        end_free(reader);
        document_part(document, kind == PAGE    ? GLUE_PAGE
                                : kind == BLOCK ? GLUE_PARAGRAPH
                                                : GLUE_LINE);
    } else if (markup_is(document, token, "br")) {
        end_free(reader);
        document_part(document, GLUE_LINE);
    }
    if (!elements_push(&reader->elements, document, token, (int)kind))
        return;
    if (is_raw(document, token))
        reader->token.end = markup_close(document, token);
    reader->places += kind == CHOICES;
    if (kind == LETTER && is_within(reader, CHOICES))
        open_choice(reader);
    if (kind == WORD)
        begin_word(reader);
    else if (document_unit(document) != NULL)
        document_unit(document)->has_markup = true;
}

static void
close_element(struct reader *reader)
{
    const struct elements *elements = &reader->elements;
    size_t n = elements_ended(elements, reader->document, &reader->token);

    for (; n > 0; n--) {
        const int kind = elements->items[elements->count - 1].kind;

        reader->elements.count--;
        if (kind == WORD && !is_within(reader, WORD))
            end_unit(reader, n == 1 ? reader->token.end : reader->token.start);
        if (kind == LINE || kind == BLOCK || kind == PAGE) {
            end_free(reader);
            document_part(reader->document, kind == PAGE    ? GLUE_PAGE
                                            : kind == BLOCK ? GLUE_PARAGRAPH
                                                            : GLUE_LINE);
        }
    }
}

/* The title of the line that is open. */
static struct span
line_title(const struct reader *reader)
{
    const struct elements *elements = &reader->elements;
    struct attribute title;

    for (size_t i = elements->count; i > 0; i--) {
        const struct element *element = &elements->items[i - 1];

        if (element->kind == LINE &&
            markup_attribute(reader->document, &element->token, "title",
                             &title))
            return title.value;
    }
    return (struct span){0, 0};
}

static void
take_text(struct reader *reader, struct span place, enum spelling spelling)
{
    struct document *document = reader->document;
    const bool is_letter = is_within(reader, LETTER);
    const struct span core = document_inner(document, place);
    const bool is_blank = core.start == core.end;

    if (is_within(reader, SKIPPED) ||
        (is_blank && (document_unit(document) == NULL || reader->has_letters)))
        return;
    if (is_within(reader, CHOICES)) {
        if (document_unit(document) != NULL)
            take_choice(reader, place);
        return;
    }
    if (document_unit(document) != NULL && !document_unit(document)->is_free) {
        /* Letters may repeat what stands there already. */
        if (is_letter ? reader->has_plain : reader->has_letters)
            return;
        reader->has_letters |= is_letter;
        reader->has_plain |= !is_letter && !is_blank;
        markup_run(document, &reader->run, is_letter ? core : place, spelling);
        return;
    }
    if (!is_within(reader, LINE) && !is_within(reader, BLOCK))
        return;
    if (document_unit(document) == NULL) {
        struct unit *unit = document_begin_unit(document, core.start);

        if (unit == NULL)
            return;
        unit->is_free = true;
        unit->attributes[LINE_TITLE] = line_title(reader);
    }
    markup_run(document, &reader->run, place, spelling);
}

bool
hocr_is_named(const struct document *document)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (classes[i].kind != LETTER && classes[i].kind != SKIPPED &&
            markup_find(document, 0, classes[i].name) < document->length)
            return true;
    }
    return false;
}

static bool
read_hocr(struct document *document)
{
    struct reader *reader;
    size_t at = 0;

    if (!hocr_is_named(document))
        return false;
    reader = calloc(1, sizeof(*reader));
    if (reader == NULL) {
        document->failed = true;
        return false;
    }
    reader->document = document;
    while (document->fault == NULL && !document->failed) {
        struct token *token = &reader->token;

        markup_next(document, at, token);
        if (token->kind == TOKEN_END)
            break;
        if (token->kind == TOKEN_OPEN)
            open_element(reader);
        else if (token->kind == TOKEN_CLOSE)
            close_element(reader);
        else if (token->kind == TOKEN_TEXT)
            take_text(reader, (struct span){token->start, token->end},
                      SPELLING_MARKUP);
        else if (token->kind == TOKEN_CDATA)
            take_text(reader, token->name, SPELLING_CDATA);
        at = token->end;
    }
    end_unit(reader, reader->run.end);
    free(reader);
    return document->fault == NULL && !document->failed;
}

/* ---- Writing ------------------------------------------------------------- */

/* The numbers after "bbox" in a title; false if there are none. */
struct box {
    struct span place; /* of the four numbers */
    struct decimal sides[4];
};

static bool
find_box(const struct document *document, struct span title, struct box *box)
{
    const char *bytes = document->bytes;
    size_t at = title.start;

    while (at + 5 <= title.end && memcmp(bytes + at, "bbox ", 5) != 0)
        at++;
    if (at + 5 > title.end)
        return false;
    at += 5;
    box->place.start = at;
    for (int i = 0; i < 4; i++) {
        size_t n;

        while (at < title.end && bytes[at] == ' ')
            at++;
        n = decimal_read(bytes + at, title.end - at, &box->sides[i]);
        if (n == 0)
            return false;
        at += n;
    }
    box->place.end = at;
    return true;
}

static size_t
fit(const struct document *document, const struct unit *unit,
    const int64_t sides[4], struct buffer texts[4], struct patch *patches)
{
    struct box box;

    if (!find_box(document, unit->attributes[TITLE], &box))
        return 0;
    for (int i = 0; i < 4; i++) {
        buffer_append(&texts[0], " ", i > 0);
        decimal_write(&texts[0], sides[i], box.sides[i].decimals);
    }
    patches[0] = (struct patch){box.place, texts[0].data, texts[0].length};
    return 1;
}

/* The spelling of a title's value. */
static enum spelling
quotes_of(const struct document *document, struct span title)
{
    return document->bytes[title.start - 1] == '"' ? SPELLING_DOUBLE
                                                   : SPELLING_SINGLE;
}

/* What a title gets at its end: the original, as a string of the title's. */
static void
append_original(struct writer *writer, struct buffer *out, struct span title,
                const char *text, size_t length)
{
    const enum spelling spelling = quotes_of(writer->document, title);
    struct buffer quoted = {0};
    char figures[64];

    buffer_append(&quoted, "; x_unfix_original \"", 20);
    for (size_t i = 0; i < length; i++) {
        buffer_append(&quoted, "\\", text[i] == '"' || text[i] == '\\');
        buffer_append(&quoted, is_blank_byte(text[i]) ? " " : text + i, 1);
    }
    snprintf(figures, sizeof(figures), "\"; x_unfix_conf %u.%u",
             writer->confidence / 10, writer->confidence % 10);
    buffer_append(&quoted, figures, strlen(figures));
    writer_spell(writer, out, quoted.data, quoted.length, spelling, "", 0);
    writer->repaired->failed |= quoted.failed;
    buffer_free(&quoted);
}

static void
keep_original(struct writer *writer, size_t unit, const char *text,
              size_t length)
{
    const struct span title = writer->document->units[unit].attributes[TITLE];
    struct buffer out = {0};

    if (title.end == 0)
        return;
    append_original(writer, &out, title, text, length);
    writer_edit(writer, title.end, title.end, out.data, out.length);
    buffer_free(&out);
}

static void
copy_word(struct writer *writer, struct buffer *out, size_t unit,
          struct copy *copy)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];

    buffer_append(out, " ", 1);
    writer_copy_word(writer, out, copy, u->element, document_place(document, u),
                     SPELLING_MARKUP, "id");
}

/* ---- Pages --------------------------------------------------------------- */

static bool
find_sides(const struct document *document, const struct unit *unit,
           int64_t sides[4])
{
    struct box box;

    if (!find_box(document, unit->attributes[TITLE], &box) &&
        !find_box(document, unit->attributes[LINE_TITLE], &box))
        return false;
    for (int i = 0; i < 4; i++)
        sides[i] = box.sides[i].value;
    return true;
}

/* image "scan.png" or image scan.png, of a title. */
static void
read_image(const struct document *document, struct span title,
           struct buffer *image)
{
    struct buffer text = {0};
    const char *end, *at;
    char quote;

    markup_text(document, title, &text);
    buffer_append(&text, "", 1);
    image->failed |= text.failed;
    at = text.failed ? NULL : strstr(text.data, "image ");
    if (at != NULL && (at == text.data || at[-1] == ';' || at[-1] == ' ')) {
        at += strspn(at + 5, " ") + 5;
        quote = *at == '"' || *at == '\'' ? *at++ : '\0';
        end = quote != '\0' ? strchr(at, quote) : at + strcspn(at, ";");
        if (end != NULL)
            buffer_append(image, at, (size_t)(end - at));
    }
    buffer_free(&text);
}

static bool
read_page(const struct document *document, const struct token *token,
          struct page *page, struct buffer *image)
{
    struct attribute title;
    struct box box;

    if (find_kind(document, token) != PAGE)
        return false;
    if (!markup_attribute(document, token, "title", &title))
        return true;
    read_image(document, title.value, image);
    if (find_box(document, title.value, &box)) {
        page->width = box.sides[2].value;
        page->height = box.sides[3].value;
    }
    return true;
}

const struct file_format format_hocr = {.name = "hocr",
                                        .is_html = true,
                                        .read = read_hocr,
                                        .fit = fit,
                                        .copy = copy_word,
                                        .keep = keep_original,
                                        .extent = document_extent,
                                        .box = find_sides,
                                        .page = read_page};
