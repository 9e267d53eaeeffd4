/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Prose in HTML and XML: text between tags.  What sets a few words apart within
 * a sentence does not end it; in HTML the names of elements tell which do, in
 * XML whether there is text on both sides.
 */
#include "format/format.h"
#include "format/markup.h"

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

/* Whether a tag stands within a sentence. */
static bool
is_inline(const struct reader *reader)
{
    const struct document *document = reader->document;
    struct token next;

    if (document->format == &format_html)
        return IS_AMONG(document, &reader->token, inline_names);
    markup_next(document, reader->token.end, &next);
    return reader->is_after_text && next.kind == TOKEN_TEXT &&
           !is_blank(document, &next);
}

static void
take_tag(struct reader *reader)
{
    struct document *document = reader->document;
    const struct token *token = &reader->token;
    const bool is_html = document->format == &format_html;

    if (is_inline(reader)) {
        if (document_unit(document) != NULL)
            document_unit(document)->has_markup = true;
        return;
    }
    end_unit(reader);
    /* The figure of a note is not the word's. */
    if (is_html && (markup_is(document, token, "sup") ||
                    markup_is(document, token, "sub")))
        document_part(document, GLUE_BLANK);
    else
        document_part(document, is_html && markup_is(document, token, "br")
                                    ? GLUE_LINE
                                    : GLUE_PARAGRAPH);
    if (is_html && token->kind == TOKEN_OPEN && !token->is_empty &&
        IS_AMONG(document, token, skipped_names))
        reader->token.end = markup_close(document, token);
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
