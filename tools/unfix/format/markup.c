/* SPDX-License-Identifier: MPL-2.0 */
#include "format/markup.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* No name of an entity is longer. */
#define LONGEST_ENTITY ((size_t)32)

/* ---- Tags ---------------------------------------------------------------- */

size_t
markup_find(const struct document *document, size_t at, const char *word)
{
    const size_t n = strlen(word);

    while (document->length - at >= n) {
        const char *found = memchr(document->bytes + at, word[0],
                                   document->length - at - n + 1);

        if (found == NULL)
            break;
        at = (size_t)(found - document->bytes);
        if (memcmp(found, word, n) == 0)
            return at;
        at++;
    }
    return document->length;
}

/* The place after `word`, or the end. */
static size_t
after(const struct document *document, size_t at, const char *word)
{
    const size_t found = markup_find(document, at, word);

    return found < document->length ? found + strlen(word) : found;
}

static bool
stands(const struct document *document, size_t at, const char *word)
{
    const size_t n = strlen(word);

    return document->length - at >= n &&
           memcmp(document->bytes + at, word, n) == 0;
}

static bool
is_name_start(char byte)
{
    return isalpha((unsigned char)byte) != 0 || byte == '_' ||
           ((unsigned char)byte & 0x80) != 0;
}

static bool
ends_name(char byte)
{
    return is_blank_byte(byte) || byte == '>' || byte == '/' || byte == '=';
}

/* The end of a tag: ">" stands in quotes as well. */
static size_t
tag_end(const struct document *document, size_t at)
{
    char quote = '\0', last = '\0';

    for (; at < document->length; at++) {
        const char byte = document->bytes[at];

        if (quote != '\0')
            quote = byte == quote ? '\0' : quote;
        else if ((byte == '"' || byte == '\'') && last == '=')
            quote = byte;
        else if (byte == '>')
            return at + 1;
        last = is_blank_byte(byte) ? last : byte;
    }
    return document->length;
}

static void
read_tag(const struct document *document, size_t at, struct token *token)
{
    const char *bytes = document->bytes;
    size_t end = at;

    token->prefix = (struct span){at, at};
    while (end < document->length && !ends_name(bytes[end])) {
        if (bytes[end] == ':')
            token->prefix.end = end + 1;
        end++;
    }
    token->name = (struct span){token->prefix.end, end};
    token->end = tag_end(document, end);
    token->is_empty = token->end - token->start > 2 &&
                      bytes[token->end - 1] == '>' &&
                      bytes[token->end - 2] == '/';
}

static void
read_declaration(const struct document *document, struct token *token)
{
    const size_t at = token->start;

    token->kind = TOKEN_OTHER;
    if (stands(document, at, "<!--"))
        token->end = after(document, at + 4, "-->");
    else if (stands(document, at, "<![CDATA[")) {
        token->kind = TOKEN_CDATA;
        token->end = after(document, at, "]]>");
        token->name = (struct span){at + 9, token->end};
        if (token->end >= at + 12 && stands(document, token->end - 3, "]]>"))
            token->name.end -= 3;
    } else if (document->bytes[at + 1] == '?' && !document->is_html)
        token->end = after(document, at, "?>");
    else
        token->end = after(document, at, ">");
    if (stands(document, at, "<!DOCTYPE") &&
        memchr(document->bytes + at, '[', token->end - at) != NULL)
        token->end = after(document, after(document, at, "]"), ">");
}

/* The text up to the next thing that looks like a tag.  A name of XML may begin
 * with a colon; in soup that is somebody's face. */
static size_t
text_end(const struct document *document, size_t at)
{
    while (at < document->length) {
        const char *found =
            memchr(document->bytes + at, '<', document->length - at);
        char next;

        if (found == NULL)
            break;
        at = (size_t)(found - document->bytes);
        next = at + 1 < document->length ? found[1] : '\0';
        if (is_name_start(next) || next == '/' || next == '!' || next == '?' ||
            (next == ':' && !document->is_html))
            return at;
        at++;
    }
    return document->length;
}

void
markup_next(const struct document *document, size_t at, struct token *token)
{
    *token = (struct token){.kind = TOKEN_END, .start = at, .end = at};
    if (at >= document->length)
        return;
    token->kind = TOKEN_TEXT;
    token->end = text_end(document, at);
    if (token->end > at)
        return;
    if (document->bytes[at + 1] == '!' || document->bytes[at + 1] == '?') {
        read_declaration(document, token);
        return;
    }
    token->kind = document->bytes[at + 1] == '/' ? TOKEN_CLOSE : TOKEN_OPEN;
    read_tag(document, at + 1 + (token->kind == TOKEN_CLOSE), token);
}

size_t
markup_close(const struct document *document, const struct token *token)
{
    const char *bytes = document->bytes;
    const char *name = bytes + token->prefix.start;
    const size_t n = token->name.end - token->prefix.start;
    size_t at = token->end;

    while ((at = markup_find(document, at, "</")) < document->length) {
        const size_t end = at + 2 + n;

        if (end <= document->length &&
            strncasecmp(bytes + at + 2, name, n) == 0 &&
            (end == document->length || ends_name(bytes[end])))
            return at;
        at += 2;
    }
    return document->length;
}

static bool
is_name(const struct document *document, struct span span, const char *name)
{
    const size_t n = span.end - span.start;
    const char *bytes = document->bytes + span.start;

    return strlen(name) == n &&
           (document->is_html ? strncasecmp(bytes, name, n) == 0
                              : memcmp(bytes, name, n) == 0);
}

bool
markup_is(const struct document *document, const struct token *token,
          const char *name)
{
    return is_name(document, token->name, name);
}

/* ---- Attributes ---------------------------------------------------------- */

static size_t
skip_blanks(const struct document *document, size_t at, size_t end)
{
    while (at < end && is_blank_byte(document->bytes[at]))
        at++;
    return at;
}

/* The value at `at`, after the sign of equality. */
static size_t
read_value(const struct document *document, size_t at, size_t end,
           struct attribute *attribute)
{
    const char *bytes = document->bytes;
    const char quote = at < end ? bytes[at] : '\0';
    const char *close;

    attribute->spelling = SPELLING_FIXED;
    if (quote != '"' && quote != '\'') {
        attribute->value.start = at;
        while (at < end && !is_blank_byte(bytes[at]) && bytes[at] != '>')
            at++;
        attribute->value.end = at;
        return at;
    }
    attribute->spelling = quote == '"' ? SPELLING_DOUBLE : SPELLING_SINGLE;
    close = memchr(bytes + at + 1, quote, end - at - 1);
    attribute->value.start = at + 1;
    attribute->value.end = close == NULL ? end : (size_t)(close - bytes);
    return close == NULL ? end : attribute->value.end + 1;
}

bool
markup_attribute(const struct document *document, const struct token *token,
                 const char *name, struct attribute *attribute)
{
    const char *bytes = document->bytes;
    const size_t end = token->end;
    size_t at = token->name.end;

    while (at < end) {
        struct span found;

        attribute->whole.start = at;
        at = skip_blanks(document, at, end);
        found.start = at;
        while (at < end && !ends_name(bytes[at]))
            at++;
        found.end = at;
        if (found.end == found.start) { /* a stroke, or the end */
            at++;
            continue;
        }
        at = skip_blanks(document, at, end);
        attribute->value = (struct span){at, at};
        if (at < end && bytes[at] == '=')
            at = read_value(document, skip_blanks(document, at + 1, end), end,
                            attribute);
        attribute->whole.end = at;
        if (is_name(document, found, name))
            return true;
    }
    return false;
}

/* ---- Text ---------------------------------------------------------------- */

static uint32_t
read_number(const char *at, size_t length)
{
    const bool is_hex = length > 0 && (*at == 'x' || *at == 'X');
    uint32_t value = 0;

    for (size_t i = is_hex; i < length; i++) {
        const int digit = is_hex && isxdigit((unsigned char)at[i]) != 0 &&
                                  isdigit((unsigned char)at[i]) == 0
                              ? tolower((unsigned char)at[i]) - 'a' + 10
                              : at[i] - '0';

        if (digit < 0 || digit > (is_hex ? 15 : 9) || value > 0x10ffff)
            return 0;
        value = value * (is_hex ? 16 : 10) + (uint32_t)digit;
    }
    return value > 0x10ffff || (value >= 0xd800 && value < 0xe000) ? 0 : value;
}

/* What a name stands for that nobody knows. */
#define UNKNOWN 0xfffd

/* The character of the entity between "&" and ";", or 0. */
static uint32_t
read_entity(const char *at, size_t length)
{
    char name[LONGEST_ENTITY + 1];
    const htmlEntityDesc *known;

    if (length > 1 && *at == '#')
        return read_number(at + 1, length - 1);
    memcpy(name, at, length);
    name[length] = '\0';
    if (strcmp(name, "apos") == 0)
        return '\'';
    known = htmlEntityLookup((const xmlChar *)name);
    return known != NULL ? known->value : 0;
}

static void
add(struct document *document, const char *text, size_t length,
    struct span place, enum spelling spelling, bool is_copy, bool is_escaped)
{
    if (is_copy)
        document_copy(document, text, length, place, spelling, is_escaped);
    else
        document_add(document, text, length, place, spelling, is_escaped);
}

/* The length of the entity at `at`, 0 if there is none, and its character: one
 * that nobody knows stands for U+FFFD. */
static size_t
find_entity(const struct document *document, size_t at, size_t end,
            uint32_t *value)
{
    const char *bytes = document->bytes + at;
    const size_t reach = end - at < LONGEST_ENTITY ? end - at : LONGEST_ENTITY;
    const char *stop = *bytes == '&' ? memchr(bytes, ';', reach) : NULL;
    size_t n;

    if (stop == NULL || stop < bytes + 2 ||
        (bytes[1] != '#' && !is_name_start(bytes[1])))
        return 0;
    n = (size_t)(stop - bytes);
    for (size_t i = 1; i < n; i++) {
        if (isalnum((unsigned char)bytes[i]) == 0 && bytes[i] != '#')
            return 0;
    }
    *value = read_entity(bytes + 1, n - 1);
    if (*value == 0)
        *value = UNKNOWN;
    return n + 1;
}

/* Reads the entity at `at`; returns the place after it, or `at` if there is
 * none. */
static size_t
add_entity(struct document *document, size_t at, size_t end,
           enum spelling spelling, bool is_copy)
{
    char text[4];
    uint32_t value;
    const size_t n = find_entity(document, at, end, &value);

    if (n > 0)
        add(document, text, write_character(text, value),
            (struct span){at, at + n},
            value == UNKNOWN ? SPELLING_FIXED : spelling, is_copy, true);
    return at + n;
}

void
markup_text(const struct document *document, struct span place,
            struct buffer *out)
{
    for (size_t at = place.start; at < place.end;) {
        uint32_t value;
        const size_t n = find_entity(document, at, place.end, &value);
        char text[4];

        if (n > 0)
            buffer_append(out, text, write_character(text, value));
        else
            buffer_append(out, document->bytes + at, 1);
        at += n > 0 ? n : 1;
    }
}

void
markup_read(struct document *document, struct span place,
            enum spelling spelling, bool is_copy)
{
    const char *bytes = document->bytes;
    size_t at = place.start, run = at;

    while (at < place.end && !document->failed) {
        const char *found = spelling == SPELLING_CDATA
                                ? NULL
                                : memchr(bytes + at, '&', place.end - at);
        size_t next;

        at = found == NULL ? place.end : (size_t)(found - bytes);
        add(document, bytes + run, at - run, (struct span){run, at}, spelling,
            is_copy, false);
        run = at;
        if (at == place.end)
            break;
        next = add_entity(document, at, place.end, spelling, is_copy);
        /* An "&" alone is a character as others are. */
        at = next == at ? at + 1 : next;
        run = next == run ? run : next;
    }
    add(document, bytes + run, at - run, (struct span){run, at}, spelling,
        is_copy, false);
}

void
markup_run(struct document *document, struct text_run *run, struct span place,
           enum spelling spelling)
{
    const bool is_first =
        document->text.length == document_unit(document)->text;
    const struct span core = document_inner(document, place);

    if (run->blank.start == run->blank.end)
        run->blank = (struct span){place.start, core.start};
    if (core.start == core.end)
        return;
    if (!is_first)
        markup_read(document, run->blank, spelling, false);
    markup_read(document, core, spelling, false);
    run->end = core.end;
    run->blank = (struct span){core.end, place.end};
}

/* Of the five names that all XML knows none is a letter's. */
static bool
is_mark_name(const char *name, size_t length)
{
    static const char *const names[] = {"amp;", "lt;", "gt;", "quot;", "apos;"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (length >= strlen(names[i]) &&
            memcmp(name, names[i], strlen(names[i])) == 0)
            return true;
    }
    return false;
}

/* How `like` spells letters: by 'n'ame, by he'x' or 'd'ecimal number, or as
 * they are. */
static char
entity_style(const char *like, size_t length)
{
    const char *at = length > 0 ? memchr(like, '&', length) : NULL;

    if (at == NULL || at + 2 >= like + length)
        return '\0';
    if (at[1] != '#')
        return is_mark_name(at + 1, length - 1 - (size_t)(at - like)) ? '\0'
                                                                      : 'n';
    return at[2] == 'x' || at[2] == 'X' ? 'x' : 'd';
}

static void
write_entity(struct buffer *out, uint32_t character, char style)
{
    const htmlEntityDesc *known =
        style == 'n' ? htmlEntityValueLookup(character) : NULL;
    char name[LONGEST_ENTITY];
    int n;

    if (known != NULL)
        n = snprintf(name, sizeof(name), "&%s;", known->name);
    else
        n = snprintf(name, sizeof(name), style == 'x' ? "&#x%X;" : "&#%u;",
                     (unsigned)character);
    buffer_append(out, name, (size_t)n);
}

void
markup_write(struct buffer *out, const char *text, size_t length,
             enum spelling spelling, const char *like, size_t like_length)
{
    const char style = entity_style(like, like_length);

    for (size_t at = 0; at < length;) {
        uint32_t character;
        const size_t n = read_character(text + at, length - at, &character);
        const bool is_mark =
            character == '<' || character == '>' || character == '&' ||
            (character == '"' && spelling == SPELLING_DOUBLE) ||
            (character == '\'' && spelling == SPELLING_SINGLE);

        if (spelling != SPELLING_CDATA && is_mark)
            write_entity(out, character,
                         character == '\'' ? 'd'
                         : style == '\0'   ? 'n'
                                           : style);
        else if (spelling != SPELLING_CDATA && character >= 0x80 &&
                 style != '\0')
            write_entity(out, character, style);
        else
            buffer_append(out, text + at, n);
        at += n;
    }
}

/* ---- Elements within elements -------------------------------------------- */

static bool
is_void(const struct document *document, const struct token *token)
{
    static const char *const names[] = {
        "area",  "base", "br",   "col",   "embed",  "hr",    "img",
        "input", "link", "meta", "param", "source", "track", "wbr"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (markup_is(document, token, names[i]))
            return true;
    }
    return false;
}

bool
elements_push(struct elements *elements, struct document *document,
              const struct token *token, int kind)
{
    if (token->is_empty || (document->is_html && is_void(document, token)))
        return false;
    if (elements->count == MARKUP_DEEPEST) {
        document->fault = "elements are nested too deeply";
        return false;
    }
    elements->items[elements->count++] =
        (struct element){.token = *token, .kind = kind};
    return true;
}

size_t
elements_ended(const struct elements *elements, const struct document *document,
               const struct token *token)
{
    const size_t n = token->name.end - token->name.start;

    for (size_t i = elements->count; i > 0; i--) {
        const struct span *name = &elements->items[i - 1].token.name;
        const char *open = document->bytes + name->start;
        const char *close = document->bytes + token->name.start;

        if (name->end - name->start == n &&
            (document->is_html ? strncasecmp(open, close, n) == 0
                               : memcmp(open, close, n) == 0))
            return elements->count - i + 1;
    }
    return 0;
}
