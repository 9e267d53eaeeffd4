/* SPDX-License-Identifier: MPL-2.0 */
/* Characters of a paragraph, cut into tokens at blanks and markup. */
#include "text/text.h"

#include "base/limits.h"
#include "text/chars.h"

#include <string.h>

/* What a byte below 0x80 says of the chunk that it stands in. */
#define BLANK 1u   /* it ends there */
#define CONTROL 2u /* opaque */
#define MARKUP 4u  /* may begin some */
#define LINK 8u    /* may be an address or quoted code */
#define HIGH 16u   /* stands for the bytes from 0x80 on */
#define NO_RULE 32u

static const uint8_t traits[0x80] = {
    34, 34, 34, 34, 34, 34, 34, 34, 34, 35, 35, 35, 35, 35, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 35, 35, 35, 35, 33, 32, 32, 36, 32, 32,
    36, 32, 32, 32, 4,  0,  32, 0,  0,  32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 8,  32, 44, 0,  32, 32, 40, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 40, 32,
    4,  44, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 0,  32, 0,  34,
};

struct reader {
    struct ufx_paragraph *p;
    size_t char_count;
    size_t offset_count;
    size_t tag_end; /* of a tag with blanks in it: bytes in the paragraph */
    uint8_t seen;   /* traits of the bytes of the chunk at hand */
};

static bool
has_prefix(const char *text, size_t length, const char *prefix)
{
    size_t n = strlen(prefix);

    return length >= n && memcmp(text, prefix, n) == 0;
}

static bool
has_address_prefix(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i + 4 < length && i < 4; i++)
        if ((text[i] == 'h' && memcmp(text + i, "http", 4) == 0) ||
            (text[i] == 'w' && memcmp(text + i, "www.", 4) == 0))
            return true;
    return false;
}

bool
ufx_text_is_address(const char *text, size_t length)
{
    const char *at;
    size_t i;

    if (has_address_prefix(text, length))
        return true;
    for (i = 0; i + 3 <= length; i++)
        if (has_prefix(text + i, length - i, "://"))
            return true;
    at = memchr(text, '@', length);
    if (at == NULL || at == text)
        return false;
    return memchr(at, '.', length - (size_t)(at - text)) != NULL;
}

/* The length of the markup that begins at `text`, or 0: an HTML tag, an
 * entity, or two and more of one Markdown sign. */
static size_t
markup_length(const char *text, size_t length)
{
    size_t n = 1;

    if (text[0] == '<') {
        if (n < length && text[n] == '/')
            n++;
        if (n >= length || (text[n] | 0x20) < 'a' || (text[n] | 0x20) > 'z')
            return 0;
        while (n < length && text[n] != '>' && text[n] != '<')
            n++;
        return n < length && text[n] == '>' ? n + 1 : 0;
    }
    if (text[0] == '&') {
        while (n < length && n < 10 &&
               (((text[n] | 0x20) >= 'a' && (text[n] | 0x20) <= 'z') ||
                text[n] == '#' || (text[n] >= '0' && text[n] <= '9')))
            n++;
        return n > 2 && n < length && text[n] == ';' ? n + 1 : 0;
    }
    if (text[0] == '*' || text[0] == '_' || text[0] == '#' || text[0] == '`') {
        while (n < length && text[n] == text[0])
            n++;
        return n >= 2 ? n : 0;
    }
    return 0;
}

/* Decodes [start, end), composing base and mark; true if it is opaque. */
static bool
decode(struct reader *r, size_t start, size_t end)
{
    struct ufx_paragraph *p = r->p;
    const uint32_t *chars = p->chars + r->char_count;
    size_t i, count = ufx_text_decode_composed(
                  p->bytes, start, end, p->chars + r->char_count,
                  p->offsets + r->offset_count, end - start);
    bool opaque = false;

    for (i = 0; i < count; i++)
        opaque = opaque || chars[i] >= UFX_CHAR_OPAQUE || chars[i] < 0x20 ||
                 chars[i] == 0x7F;
    r->char_count += count;
    r->offset_count += count;
    return opaque;
}

/* The same of nothing but ASCII without control characters. */
static void
decode_ascii(struct reader *r, size_t start, size_t end)
{
    const char *bytes = r->p->bytes;
    uint32_t *chars = r->p->chars + r->char_count;
    uint32_t *offsets = r->p->offsets + r->offset_count;
    size_t i;

    for (i = start; i < end; i++) {
        *chars++ = (unsigned char)bytes[i];
        *offsets++ = (uint32_t)i;
    }
    r->char_count += end - start;
    r->offset_count += end - start;
}

/* Adds the token [start, end). */
static void
add_token(struct reader *r, size_t start, size_t end, enum ufx_token_kind kind,
          enum ufx_gap gap)
{
    struct ufx_paragraph *p = r->p;
    struct ufx_token *token = &p->tokens[p->token_count];

    token->start = (uint32_t)start;
    token->end = (uint32_t)end;
    token->first = (uint32_t)r->char_count;
    if ((r->seen & (HIGH | CONTROL)) == 0)
        decode_ascii(r, start, end);
    else if (decode(r, start, end))
        kind = UFX_TOKEN_OPAQUE;
    p->offsets[r->offset_count++] = (uint32_t)end;
    token->count = (uint32_t)(r->char_count - token->first);
    if (token->count > UFX_TOKEN_CHARS && kind == UFX_TOKEN_TEXT)
        kind = UFX_TOKEN_OPAQUE;
    token->kind = (uint8_t)kind;
    token->gap = (uint8_t)gap;
    p->token_count++;
}

/* `code`, and what holds the target of a Markdown link. */
static bool
is_quoted_code(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i + 1 < length; i++)
        if (text[i] == ']' && text[i + 1] == '(')
            return true;
    return length >= 3 && text[0] == '`' &&
           memchr(text + 1, '`', length - 1) != NULL;
}

/* <a href="x.html" title="y">: a tag with blanks in it, up to its end.  A text
 * that only looks so ("x <y") has no end, so it is looked for. */
static bool
continues_tag(struct reader *r, const char *text, size_t length)
{
    const struct ufx_paragraph *p = r->p;
    size_t at = (size_t)(text - p->bytes);
    const char *close;

    if (at < r->tag_end)
        return true;
    if (length < 2 || text[0] != '<' ||
        ((text[1] | 0x20) < 'a' || (text[1] | 0x20) > 'z') ||
        memchr(text, '>', length) != NULL)
        return false;
    close = memchr(text, '>', p->length - at);
    if (close == NULL || memchr(text + 1, '<', (size_t)(close - text) - 1))
        return false;
    if (memchr(text, '=', (size_t)(close - text)) == NULL)
        return false;
    r->tag_end = (size_t)(close - p->bytes) + 1;
    return true;
}

/* Adds what stands between two blanks, cut at markup. */
static void
add_chunk(struct reader *r, size_t start, size_t end, enum ufx_gap gap)
{
    const char *bytes = r->p->bytes;
    size_t i = start, n;

    if ((r->seen & LINK) != 0
            ? ufx_text_is_address(bytes + start, end - start)
            : has_address_prefix(bytes + start, end - start)) {
        add_token(r, start, end, UFX_TOKEN_ADDRESS, gap);
        return;
    }
    if (((r->seen & NO_RULE) == 0 && end - start >= 3) ||
        ((r->seen & LINK) != 0 && is_quoted_code(bytes + start, end - start)) ||
        continues_tag(r, bytes + start, end - start)) {
        add_token(r, start, end, UFX_TOKEN_MARKUP, gap);
        return;
    }
    while (i < end && (r->seen & MARKUP) != 0) {
        n = markup_length(bytes + i, end - i);
        if (n == 0) {
            i++;
            continue;
        }
        if (i > start) {
            add_token(r, start, i, UFX_TOKEN_TEXT, gap);
            gap = UFX_GAP_NONE;
        }
        add_token(r, i, i + n, UFX_TOKEN_MARKUP, gap);
        gap = UFX_GAP_NONE;
        start = i += n;
    }
    if (end > start)
        add_token(r, start, end, UFX_TOKEN_TEXT, gap);
}

/* The end of the chunk that begins at `i`: the next blank.  Notes what is in
 * it. */
static size_t
chunk_end(struct reader *r, size_t i)
{
    const struct ufx_paragraph *p = r->p;
    uint8_t seen = 0;
    size_t size;

    while (i < p->length) {
        unsigned char byte = (unsigned char)p->bytes[i];

        if (byte < 0x80) {
            if (traits[byte] & BLANK)
                break;
            seen |= traits[byte];
            i++;
            continue;
        }
        if (ufx_char_is_blank(
                ufx_text_decode(p->bytes + i, p->length - i, &size)))
            break;
        seen |= HIGH | NO_RULE;
        i += size;
    }
    r->seen = seen;
    return i;
}

unfix_status
ufx_paragraph_read(struct ufx_paragraph *p, const char *bytes, size_t length,
                   struct ufx_arena *arena)
{
    struct reader r = {p, 0, 0, 0, 0};
    enum ufx_gap gap = UFX_GAP_START;
    size_t i = 0, size;

    p->bytes = bytes;
    p->length = length;
    p->token_count = 0;
    /* Each token and each char takes a byte at least. */
    p->tokens = ufx_arena_allocate(arena, (length + 1) * sizeof *p->tokens);
    p->chars = ufx_arena_allocate(arena, (length + 1) * sizeof *p->chars);
    p->offsets =
        ufx_arena_allocate(arena, (2 * length + 2) * sizeof *p->offsets);
    if (arena->failed)
        return UNFIX_ERROR_MEMORY;
    while (i < length) {
        uint32_t cp = ufx_text_decode(bytes + i, length - i, &size);
        size_t start = i;

        if (ufx_char_is_blank(cp)) {
            if (cp == '\n' && gap != UFX_GAP_START)
                gap = UFX_GAP_NEWLINE;
            else if (gap == UFX_GAP_NONE)
                gap = UFX_GAP_BLANK;
            i += size;
            continue;
        }
        i = chunk_end(&r, i);
        add_chunk(&r, start, i, gap);
        gap = UFX_GAP_NONE;
    }
    return UNFIX_OK;
}
