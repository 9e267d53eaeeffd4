/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Prose in HTML and XML: text between tags.  What sets a few words apart within
 * a sentence does not end it; in HTML the names of elements tell which do, in
 * XML whether there is text on both sides, but for a few names (TEI, DocBook,
 * JATS) of what parts words without a blank.
 */
#include "format/format.h"
#include "format/markup.h"

#include <string.h>

struct reader {
    struct document *document;
    struct token token;
    struct text_run run;
    bool is_after_text; /* the last token was text, not blank */
};

static const char *const inline_names[] = {
    "a",     "abbr", "b",      "bdi",    "bdo", "big",  "cite", "del",
    "dfn",   "em",   "font",   "i",      "ins", "mark", "q",    "s",
    "small", "span", "strike", "strong", "tt",  "u",    "var",  "wbr"};

/* What is within these is no prose. */
static const char *const skipped_names[] = {
    "script", "style", "code", "pre", "kbd", "samp", "textarea", "svg", "math"};

/* And of XML; what is wrong in `sic` was left so by somebody who saw it. */
static const char *const kept_names[] = {"sic", "orig", "code", "formula",
                                         "math"};

/* Where a line ends, or a page. */
static const char *const break_names[] = {"lb", "cb", "gb", "pb"};

/* What is read elsewhere than where it stands. */
static const char *const note_names[] = {"note", "footnote", "fn"};

/* The figure of a note is not the word's. */
static const char *const raised_names[] = {"sup", "sub", "superscript",
                                           "subscript"};

static bool
is_among(const struct document *document, const struct token *token,
         const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (markup_is(document, token, names[i]))
            return true;
    }
    return false;
}

#define IS_AMONG(document, token, names)                                       \
    is_among(document, token, names, sizeof(names) / sizeof((names)[0]))

static void
end_unit(struct reader *reader)
{
    if (document_unit(reader->document) == NULL)
        return;
    document_end_unit(reader->document, reader->run.end);
    reader->run = (struct text_run){0};
}

static bool
is_blank(const struct document *document, const struct token *token)
{
    const struct span core =
        document_inner(document, (struct span){token->start, token->end});

    return core.start == core.end;
}

/* Whether a line ends within a word that has no hyphen there. */
static bool
is_within_word(const struct reader *reader)
{
    const struct document *document = reader->document;
    const struct buffer *text = &document->text;
    struct attribute found;

    return markup_attribute(document, &reader->token, "break", &found) &&
           found.value.end - found.value.start == 2 &&
           memcmp(document->bytes + found.value.start, "no", 2) == 0 &&
           text->length > 0 && text->data[text->length - 1] != '-';
}

/* What parts the text before an XML tag from what is behind it. */
static enum glue
find_glue(const struct reader *reader)
{
    const struct document *document = reader->document;
    struct token next;

    if (IS_AMONG(document, &reader->token, break_names))
        return is_within_word(reader) ? GLUE_NONE : GLUE_LINE;
    if (IS_AMONG(document, &reader->token, note_names))
        return GLUE_PARAGRAPH;
    markup_next(document, reader->token.end, &next);
    return reader->is_after_text && next.kind == TOKEN_TEXT &&
                   !is_blank(document, &next)
               ? GLUE_NONE
               : GLUE_PARAGRAPH;
}

/* The same of HTML. */
static enum glue
find_html_glue(const struct reader *reader)
{
    if (IS_AMONG(reader->document, &reader->token, inline_names))
        return GLUE_NONE;
    return markup_is(reader->document, &reader->token, "br") ? GLUE_LINE
                                                             : GLUE_PARAGRAPH;
}

/* Whether what the element holds stays as it is. */
static bool
is_skipped(const struct reader *reader)
{
    const struct document *document = reader->document;
    const struct token *token = &reader->token;

    return token->kind == TOKEN_OPEN && !token->is_empty &&
           (document->format == &format_html
                ? IS_AMONG(document, token, skipped_names)
                : IS_AMONG(document, token, kept_names));
}

static void
take_tag(struct reader *reader)
{
    struct document *document = reader->document;
    const bool is_passed = is_skipped(reader);
    enum glue glue = GLUE_PARAGRAPH;

    if (IS_AMONG(document, &reader->token, raised_names))
        glue = GLUE_BLANK;
    else if (!is_passed)
        glue = document->format == &format_html ? find_html_glue(reader)
                                                : find_glue(reader);
    if (glue == GLUE_NONE) {
        if (document_unit(document) != NULL)
            document_unit(document)->has_markup = true;
        return;
    }
    end_unit(reader);
    document_part(document, glue);
    if (is_passed)
        reader->token.end = markup_close(document, &reader->token);
}

static void
take_text(struct reader *reader, struct span place, enum spelling spelling)
{
    struct document *document = reader->document;
    const struct span core = document_inner(document, place);

    if (core.start == core.end) {
        if (document_unit(document) != NULL)
            markup_run(document, &reader->run, place, spelling);
        return;
    }
    if (document_unit(document) == NULL) {
        struct unit *unit = document_begin_unit(document, core.start);

        if (unit == NULL)
            return;
        unit->is_free = true;
    }
    markup_run(document, &reader->run, place, spelling);
}

static void
take_token(struct reader *reader)
{
    const struct token *token = &reader->token;

    if (token->kind == TOKEN_OPEN || token->kind == TOKEN_CLOSE)
        take_tag(reader);
    else if (token->kind == TOKEN_TEXT)
        take_text(reader, (struct span){token->start, token->end},
                  SPELLING_MARKUP);
    else if (token->kind == TOKEN_CDATA)
        take_text(reader, token->name, SPELLING_CDATA);
    reader->is_after_text =
        token->kind == TOKEN_TEXT && !is_blank(reader->document, token);
}

static bool
read_prose(struct document *document)
{
    struct reader reader = {.document = document};
    bool has_tag = false;

    reader.token.end = document_start(document);
    while (reader.token.kind != TOKEN_END && !document->failed) {
        markup_next(document, reader.token.end, &reader.token);
        has_tag = has_tag || reader.token.kind == TOKEN_OPEN;
        take_token(&reader);
    }
    end_unit(&reader);
    return has_tag && !document->failed;
}

const struct file_format format_html = {
    .name = "html", .is_html = true, .read = read_prose};
const struct file_format format_xml = {.name = "xml", .read = read_prose};
