/* SPDX-License-Identifier: MPL-2.0 */
#include "format/format.h"

#include "format/judge.h"
#include "format/markup.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct file_format *const formats[] = {
    &format_hocr, &format_alto,    &format_tesseract, &format_jsonl,
    &format_page, &format_bbox,    &format_html,      &format_xml,
    &format_csv,  &format_tsv,     &format_markdown,  &format_srt,
    &format_vtt,  &format_json_ocr};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

/* What a file is shows in its first bytes. */
#define DETECTION_REACH ((size_t)64 * 1024)

const struct file_format *
format_find(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    }
    return NULL;
}

const struct file_format *
format_number(size_t i)
{
    return i < FORMATS ? formats[i] : NULL;
}

const char *
format_names(void)
{
    return ", hocr, alto, tesseract-tsv, jsonl, page, bbox, html, xml, csv, "
           "tsv, markdown, srt, vtt, json-ocr";
}

/* ---- What it is ---------------------------------------------------------- */

static bool
begins(const struct document *document, size_t at, const char *word)
{
    const size_t n = strlen(word);

    return document->length - at >= n &&
           memcmp(document->bytes + at, word, n) == 0;
}

/* The first opening tag; false if text comes before it. */
static bool
find_root(const struct document *document, size_t at, struct token *token)
{
    *token = (struct token){.end = at};
    do {
        markup_next(document, token->end, token);
        if (token->kind == TOKEN_OPEN)
            return true;
        for (size_t i = token->start;
             token->kind == TOKEN_TEXT && i < token->end; i++) {
            if (!is_blank_byte(document->bytes[i]))
                return false;
        }
    } while (token->kind != TOKEN_END);
    return false;
}

/* <svg xmlns="...">: what needs no declaration is XML as well. */
static bool
has_namespace(const struct document *document, const struct token *root)
{
    return markup_find(document, root->start, "xmlns") < root->end;
}

static const struct file_format *
detect_markup(struct document *document, size_t at, const char **known)
{
    const bool is_declared =
        begins(document, at, "<?xml") || begins(document, at, "<!DOCTYPE");
    struct token root;

    document->is_html = false;
    if (!find_root(document, at, &root))
        return NULL;
    if (markup_is(document, &root, "alto"))
        return &format_alto;
    if (markup_is(document, &root, "PcGts"))
        return &format_page;
    if (markup_is(document, &root, "TEI"))
        return &format_xml;
    if (markup_find(document, at, "<word xMin=") < document->length)
        return &format_bbox;
    document->is_html = true;
    if (hocr_is_named(document) &&
        (is_declared || markup_is(document, &root, "html") ||
         markup_is(document, &root, "div")))
        return &format_hocr;
    if (markup_is(document, &root, "html"))
        return &format_html;
    if (is_declared || has_namespace(document, &root))
        *known = "XML";
    return NULL;
}

static const char *
detect_other(const struct document *document, size_t at)
{
    static const struct {
        const char *start;
        const char *name;
    } known[] = {{"\\documentclass", "LaTeX"},
                 {"#!/", "a program"},
                 {"<?php", "PHP"},
                 {"#include ", "a program"}};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (begins(document, at, known[i].start))
            return known[i].name;
    }
    return NULL;
}

/* What engines write that do not go by lines. */
static bool
is_json_ocr(const struct document *document, size_t at)
{
    static const char *const names[] = {"\"BlockType\"",
                                        "\"readResults\"",
                                        "\"recognitionResults\"",
                                        "\"DoclingDocument\"",
                                        "\"fullTextAnnotation\"",
                                        "\"textAnnotations\"",
                                        "\"full_text_annotation\"",
                                        "\"text_annotations\""};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (document->bytes[at] == '{' &&
            markup_find(document, at, names[i]) < document->length)
            return true;
    }
    return false;
}

/* Whether nothing but blanks follows. */
static bool
is_blank(const struct document *document, size_t at)
{
    while (at < document->length && is_blank_byte(document->bytes[at]))
        at++;
    return at == document->length;
}

/* Objects, one a line; or any other JSON. */
static const struct file_format *
detect_json(const struct document *document, size_t at, const char **known)
{
    size_t next = at + 1;
    bool is_one;

    while (next < document->length && is_blank_byte(document->bytes[next]) &&
           document->bytes[next] != '\n')
        next++;
    if (next >= document->length)
        return NULL;
    if (document->bytes[at] == '{' && document->bytes[next] == '"') {
        const char *line = document->bytes + at;
        const char *newline = memchr(line, '\n', document->length - at);
        size_t end =
            newline == NULL ? document->length - at : (size_t)(newline - line);

        is_one = is_blank(document, at + end);
        while (end > 0 && is_blank_byte(line[end - 1]))
            end--;
        if (end > 0 && line[end - 1] == '}' &&
            !(is_one && is_json_ocr(document, at)))
            return &format_jsonl;
    }
    if (is_json_ocr(document, at))
        return &format_json_ocr;
    if (strchr("\"{[\n", document->bytes[next]) != NULL)
        *known = "JSON";
    return NULL;
}

/* A number, and in the next line a time: 00:00:01,000 --> 00:00:04,000. */
static bool
is_srt(const struct document *document, size_t at)
{
    static const char time[] = "00:00:00,000 --> 00:00:00,000";

    while (at < document->length && document->bytes[at] >= '0' &&
           document->bytes[at] <= '9')
        at++;
    at += at < document->length && document->bytes[at] == '\r';
    if (at >= document->length || document->bytes[at] != '\n' ||
        document->length - at < sizeof(time))
        return false;
    at++;
    for (size_t i = 0; i < sizeof(time) - 1; i++) {
        const char byte = document->bytes[at + i];

        if (time[i] == '0' ? byte < '0' || byte > '9' : byte != time[i])
            return false;
    }
    return true;
}

static const struct file_format *
detect(struct document *document, const char **known)
{
    size_t at = document_start(document);

    if (begins(document, at, "level\tpage_num\tblock_num\tpar_num\t"))
        return &format_tesseract;
    if (begins(document, at, "WEBVTT"))
        return &format_vtt;
    if (is_srt(document, at))
        return &format_srt;
    while (at < document->length && is_blank_byte(document->bytes[at]))
        at++;
    *known = detect_other(document, at);
    if (*known != NULL || at == document->length)
        return NULL;
    if (document->bytes[at] == '<')
        return detect_markup(document, at, known);
    if (document->bytes[at] == '{' || document->bytes[at] == '[')
        return detect_json(document, at, known);
    return NULL;
}

static bool
open_bytes(struct document *document, const struct encoding_wish *encoding,
           const char *bytes, size_t length)
{
    document->file = bytes;
    document->file_length = length;
    if (!encoding_open(&document->encoding, encoding, bytes, length))
        return false;
    document->bytes = document->encoding.bytes;
    document->length = document->encoding.length;
    return true;
}

bool
format_detect(const char *bytes, size_t length,
              const struct file_format **format, const char **known)
{
    return format_detect_encoded(bytes, length, NULL, format, known);
}

bool
format_detect_encoded(const char *bytes, size_t length,
                      const struct encoding_wish *encoding,
                      const struct file_format **format, const char **known)
{
    const size_t reach = length < DETECTION_REACH ? length : DETECTION_REACH;
    struct document document = {0};
    const bool good = open_bytes(&document, encoding, bytes, reach);

    *known = NULL;
    *format = good ? detect(&document, known) : NULL;
    document_free(&document);
    return good;
}

/* Whether bytes, if there are any, may be the beginning of `word`. */
static bool
may_begin(const char *bytes, size_t length, const char *word)
{
    const size_t n = strlen(word);

    return length == 0 || (length < n && memcmp(bytes, word, length) == 0);
}

bool
format_needs_more(const char *bytes, size_t length)
{
    size_t at;

    if (length >= DETECTION_REACH)
        return false;
    if (may_begin(bytes, length, "\xef\xbb\xbf"))
        return true;
    at = utf8_start(bytes, length);
    if (may_begin(bytes + at, length - at, "level\tpage_num\tblock_num\tpar_"))
        return true;
    while (at < length && is_blank_byte(bytes[at]))
        at++;
    /* Markup and records, in whatever encoding. */
    return at < length && strchr("<{[\xff\xfe", bytes[at]) != NULL;
}

/* XHTML says so.  What is well-formed by chance is HTML, whose names may have
 * capitals. */
static bool
is_xhtml(const struct judgement *judgement)
{
    return judgement->is_well_formed && strcmp(judgement->root, "html") == 0 &&
           strcmp(judgement->space, "http://www.w3.org/1999/xhtml") == 0;
}

/* All of the bytes, as they are. */
static bool
read_text(struct document *document)
{
    const struct span all = {0, document->length};
    struct unit *unit = document_begin_unit(document, 0);

    if (unit == NULL)
        return false;
    unit->is_free = true;
    document_add(document, document->bytes, document->length, all,
                 SPELLING_TEXT, false);
    document_end_unit(document, document->length);
    return !document->failed;
}

const struct file_format format_encoded = {
    .name = "text", .is_sections = true, .read = read_text};

/* ---- Reading ------------------------------------------------------------- */

bool
format_read(struct document *document, const struct file_format *format,
            const char *field, const char *bytes, size_t length)
{
    return format_read_encoded(document, format, field, NULL, bytes, length);
}

bool
format_read_encoded(struct document *document, const struct file_format *format,
                    const char *field, const struct encoding_wish *encoding,
                    const char *bytes, size_t length)
{
    *document = (struct document){.format = format, .field = field};
    if (!open_bytes(document, encoding, bytes, length)) {
        document->failed = true;
        return false;
    }
    if (document->encoding.is_wrong ||
        encoding_is_broken(&document->encoding)) {
        document->fault = "its bytes are not in that encoding";
        return false;
    }
    /* Readers point into these, even while they are empty. */
    buffer_append(&document->text, "", 1);
    buffer_append(&document->copies, "", 1);
    document->failed = document->text.failed || document->copies.failed;
    if (document->failed)
        return false;
    buffer_clear(&document->text);
    buffer_clear(&document->copies);
    if (format->is_html) {
        struct judgement judgement;

        document->failed = !judge_xml(bytes, length, &judgement);
        document->is_html = !is_xhtml(&judgement);
    }
    return format->read(document) && !document->failed;
}
