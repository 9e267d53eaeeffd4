/* SPDX-License-Identifier: MPL-2.0 */
#include "format/encoding.h"

#include "utf8.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unfix.h>

/* A declaration stands in the first bytes. */
#define DECLARATION_REACH ((size_t)2048)

/* ---- What the file says -------------------------------------------------- */

static bool
begins_with(const char *bytes, size_t length, const char *start, size_t n)
{
    return length >= n && memcmp(bytes, start, n) == 0;
}

static const char *
find(const char *bytes, size_t length, const char *word)
{
    const size_t n = strlen(word);

    for (size_t at = 0; at + n <= length; at++) {
        if (strncasecmp(bytes + at, word, n) == 0)
            return bytes + at + n;
    }
    return NULL;
}

static bool
is_name_byte(char byte)
{
    return isalnum((unsigned char)byte) != 0 || byte == '-' || byte == '_' ||
           byte == '.' || byte == ':';
}

static bool
is_xml_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The name after `word` and an equals sign, which may stand in quotes. */
static void
read_name(char *name, const char *bytes, size_t length, const char *word)
{
    const char *end = bytes + length;
    const char *at = find(bytes, length, word);
    size_t n = 0;

    if (at == NULL)
        return;
    while (at < end && is_xml_blank(*at))
        at++;
    if (at == end || *at++ != '=')
        return;
    while (at < end && (is_xml_blank(*at) || *at == '"' || *at == '\''))
        at++;
    while (at < end && is_name_byte(*at) && n + 1 < ENCODING_NAME_SIZE)
        name[n++] = *at++;
    name[n] = '\0';
}

static bool
is_utf8_name(const char *name)
{
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "utf8") == 0;
}

/* By the byte order mark, or by markup of which each sign takes two bytes;
 * false if there is none. */
static bool
find_mark(char *name, const char *bytes, size_t length)
{
    static const struct {
        const char *start;
        size_t length;
        const char *name;
    } starts[] = {
        {"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"},
        {"\xff\xfe", 2, "UTF-16LE"},     {"\xfe\xff", 2, "UTF-16BE"},
        {"<\0", 2, "UTF-16LE"},          {"\0<", 2, "UTF-16BE"},
        {"\xef\xbb\xbf", 3, ""}};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (!begins_with(bytes, length, starts[i].start, starts[i].length))
            continue;
        memcpy(name, starts[i].name, strlen(starts[i].name) + 1);
        return true;
    }
    return false;
}

/* The quotes that are open after a byte, or NUL. */
static char
quotes_after(char quotes, char byte)
{
    if (quotes != '\0')
        return byte == quotes ? '\0' : quotes;
    return byte == '"' || byte == '\'' ? byte : '\0';
}

/* <meta charset="NAME">, or content="text/html; charset=NAME" where the tag
 * says that this is in place of a header.  Returns the tag's length. */
static size_t
read_meta(char *name, const char *bytes, size_t length)
{
    static const char word[] = "charset";
    const size_t n = sizeof(word) - 1;
    char quotes = '\0';
    size_t end = 5;

    for (; end < length && (quotes != '\0' || bytes[end] != '>'); end++)
        quotes = quotes_after(quotes, bytes[end]);
    quotes = '\0';
    for (size_t at = 5; at + n <= end && *name == '\0'; at++) {
        if (strncasecmp(bytes + at, word, n) == 0 &&
            !is_name_byte(bytes[at - 1]) &&
            (quotes == '\0' || find(bytes, end, "http-equiv") != NULL))
            read_name(name, bytes + at, end - at, word);
        quotes = quotes_after(quotes, bytes[at]);
    }
    return end;
}

/* What the first <meta> says that says something; those in comments do not. */
static void
read_markup(char *name, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    const char *at = bytes;

    while (*name == '\0' && at != NULL &&
           (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const size_t left = (size_t)(end - at);

        if (begins_with(at, left, "<!--", 4))
            at = find(at, left, "-->");
        else if (left > 5 && strncasecmp(at, "<meta", 5) == 0 &&
                 (is_xml_blank(at[5]) || at[5] == '/'))
            at += read_meta(name, at, left);
        else
            at++;
    }
}

/* Whether there are letters beyond ASCII, and all as UTF-8 has them; the last
 * may be cut. */
static bool
is_seen_utf8(const char *bytes, size_t length)
{
    bool is_seen = false, is_valid = true;
    size_t n;

    for (size_t at = 0; at < length && is_valid; at += n) {
        n = utf8_length(bytes + at, length - at, &is_valid);
        if (!is_valid)
            return is_seen && at + n == length;
        is_seen = is_seen || n > 1;
    }
    return is_seen;
}

/* A name that was left standing when the file was written anew says nothing: in
 * what can be read byte by byte no letter takes two bytes or four, and what is
 * UTF-8 to the last letter is by no chance so. */
static bool
is_stale(const char *name, const char *bytes, size_t length)
{
    return strncasecmp(name, "UTF-16", 6) == 0 ||
           strncasecmp(name, "UTF-32", 6) == 0 || is_seen_utf8(bytes, length);
}

void
encoding_declared(char *name, const char *bytes, size_t length)
{
    const size_t reach =
        length < DECLARATION_REACH ? length : DECLARATION_REACH;
    const char *end;
    size_t at = 0;

    *name = '\0';
    if (find_mark(name, bytes, length))
        return;
    while (at < reach && is_xml_blank(bytes[at]))
        at++;
    if (at == reach || bytes[at] != '<')
        return;
    if (begins_with(bytes, length, "<?xml", 5) && length > 5 &&
        is_xml_blank(bytes[5]) && (end = memchr(bytes, '>', reach)) != NULL)
        read_name(name, bytes, (size_t)(end - bytes), "encoding");
    else
        read_markup(name, bytes + at, reach - at);
    if (*name != '\0' && !is_utf8_name(name) && is_stale(name, bytes, length))
        *name = '\0';
}

static const char *const orders[] = {"UTF-16", "UTF-32"};

#define ORDERS (sizeof(orders) / sizeof(orders[0]))

/* The name without its order, which has as many letters; NULL for others. */
static const char *
find_unordered(const char *name)
{
    for (size_t i = 0; i < ORDERS; i++) {
        if (strcasecmp(name, orders[i]) == 0)
            return orders[i];
    }
    return NULL;
}

bool
encoding_is_known(const char *name)
{
    struct encoding encoding;
    bool good;

    if (find_unordered(name) != NULL)
        return true;
    good = *name != '\0' && encoding_open_name(&encoding, name);
    if (good)
        encoding_free(&encoding);
    return good;
}

void
encoding_ask(struct encoding_wish *wish, const char *name, const char *bytes,
             size_t length)
{
    const char *unordered = find_unordered(name);
    char marked[ENCODING_NAME_SIZE] = "";

    wish->is_asked = true;
    memcpy(wish->name, name, strlen(name) + 1);
    if (unordered == NULL)
        return;
    find_mark(marked, bytes, length);
    memcpy(wish->name, unordered, 6);
    memcpy(wish->name + 6,
           strncmp(marked, unordered, 6) == 0 ? marked + 6 : "BE", 3);
}

/* ---- To UTF-8 ------------------------------------------------------------ */

bool
encoding_open_name(struct encoding *encoding, const char *name)
{
    unfix_status status;

    *encoding = (struct encoding){0};
    if (strlen(name) >= ENCODING_NAME_SIZE)
        return false;
    if (*name == '\0' || is_utf8_name(name))
        return true;
    memcpy(encoding->name, name, strlen(name) + 1);
    status = unfix_encoding_new(name, NULL, &encoding->way, NULL);
    encoding->failed = status == UNFIX_ERROR_MEMORY;
    return status == UNFIX_OK;
}

/* UTF-8, or bytes nobody knows. */
static void
open_plain(struct encoding *encoding, const char *bytes, size_t length)
{
    encoding_free(encoding);
    *encoding = (struct encoding){.file = bytes,
                                  .bytes = bytes,
                                  .length = length,
                                  .is_wrong = encoding->is_wrong,
                                  .failed = encoding->failed};
}

/* False if nobody knows the name, or the bytes are not so. */
static bool
open_recoded(struct encoding *encoding, const char *name, const char *bytes,
             size_t length)
{
    unfix_status status;

    if (!encoding_open_name(encoding, name))
        return false;
    if (encoding->way == NULL) {
        open_plain(encoding, bytes, length);
        return true;
    }
    status = unfix_decode(encoding->way, bytes, length, NULL);
    encoding->failed |= status == UNFIX_ERROR_MEMORY;
    if (status != UNFIX_OK)
        return false;
    encoding->file = bytes;
    encoding->bytes = unfix_encoding_text(encoding->way, &encoding->length);
    return true;
}

bool
encoding_open(struct encoding *encoding, const struct encoding_wish *wish,
              const char *bytes, size_t length)
{
    const bool is_asked = wish != NULL && wish->is_asked;
    const char *found = wish != NULL ? wish->name : "";
    char name[ENCODING_NAME_SIZE] = "";
    bool good;

    *encoding = (struct encoding){0};
    if (!is_asked)
        encoding_declared(name, bytes, length);
    if (*name == '\0' || is_utf8_name(name))
        memcpy(name, found, strlen(found) + 1);
    good = open_recoded(encoding, name, bytes, length);
    if (!good && !encoding->failed && !is_asked) {
        encoding_free(encoding);
        good = open_recoded(encoding, found, bytes, length);
    }
    if (!good) {
        encoding->is_wrong = is_asked;
        open_plain(encoding, bytes, length);
    }
    return !encoding->failed;
}

void
encoding_free(struct encoding *encoding)
{
    unfix_encoding_free(encoding->way);
    encoding->way = NULL;
}

bool
encoding_is_broken(const struct encoding *encoding)
{
    char name[ENCODING_NAME_SIZE] = "";

    return encoding->way == NULL &&
           find_mark(name, encoding->bytes, encoding->length) && *name != '\0';
}

size_t
encoding_origin(const struct encoding *encoding, size_t offset)
{
    return encoding->way != NULL
               ? (size_t)unfix_encoding_offset(encoding->way, offset)
               : offset;
}

/* ---- Back ---------------------------------------------------------------- */

bool
encoding_write(const struct encoding *encoding, const char *text, size_t length,
               struct buffer *out)
{
    const char *bytes = text;
    size_t n = length;
    unfix_status status = UNFIX_OK;

    if (encoding->way != NULL)
        status = unfix_encode(encoding->way, text, length, &bytes, &n, NULL);
    out->failed |= status == UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK)
        buffer_append(out, bytes, n);
    return status == UNFIX_OK || status == UNFIX_ERROR_MEMORY;
}

bool
encoding_is_way_back(const struct encoding *encoding, size_t start, size_t end,
                     bool *failed)
{
    const size_t from = encoding_origin(encoding, start);
    const size_t to = encoding_origin(encoding, end);
    unfix_status status;
    const char *bytes;
    size_t length;

    if (encoding->way == NULL)
        return true;
    status = unfix_encode(encoding->way, encoding->bytes + start, end - start,
                          &bytes, &length, NULL);
    *failed |= status == UNFIX_ERROR_MEMORY;
    return status == UNFIX_OK && length == to - from &&
           memcmp(bytes, encoding->file + from, length) == 0;
}
