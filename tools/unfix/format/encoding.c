/* SPDX-License-Identifier: MPL-2.0 */
#include "format/encoding.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A declaration stands in the first bytes. */
#define DECLARATION_REACH ((size_t)2048)

/* No character takes more bytes in an encoding that has states or pairs. */
#define LONGEST_CHARACTER ((size_t)8)

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

/* The name after `word`, which may stand in quotes. */
static void
read_name(char *name, const char *bytes, size_t length, const char *word)
{
    const char *end = bytes + length;
    const char *at = find(bytes, length, word);
    size_t n = 0;

    if (at == NULL)
        return;
    while (at < end && (*at == ' ' || *at == '"' || *at == '\''))
        at++;
    while (at < end && is_name_byte(*at) && n + 1 < ENCODING_NAME_SIZE)
        name[n++] = *at++;
    name[n] = '\0';
}

static void
find_encoding(char *name, const char *bytes, size_t length)
{
    const size_t reach =
        length < DECLARATION_REACH ? length : DECLARATION_REACH;
    const char *end;

    if (begins_with(bytes, length, "\xff\xfe", 2) ||
        begins_with(bytes, length, "<\0", 2))
        memcpy(name, "UTF-16LE", sizeof("UTF-16LE"));
    else if (begins_with(bytes, length, "\xfe\xff", 2) ||
             begins_with(bytes, length, "\0<", 2))
        memcpy(name, "UTF-16BE", sizeof("UTF-16BE"));
    else if (begins_with(bytes, length, "\xef\xbb\xbf", 3))
        return;
    else if (begins_with(bytes, length, "<?xml", 5) &&
             (end = memchr(bytes, '>', reach)) != NULL)
        read_name(name, bytes, (size_t)(end - bytes), "encoding=");
    else if (memchr(bytes, '<', reach) != NULL)
        read_name(name, bytes, reach, "charset=");
    if (strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "utf8") == 0)
        *name = '\0';
}

/* ---- To UTF-8 ------------------------------------------------------------ */

/* Converts the character at `*at`; false if there is none. */
static bool
convert_one(iconv_t converter, const char *bytes, size_t length, size_t *at,
            char *out, size_t *out_length)
{
    for (size_t n = 1; n <= LONGEST_CHARACTER && *at + n <= length; n++) {
        char *from = (char *)(uintptr_t)(bytes + *at);
        char *to = out;
        size_t left = n, room = LONGEST_CHARACTER;

        if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 ||
            left > 0)
            continue;
        *at += n;
        *out_length = LONGEST_CHARACTER - room;
        return true;
    }
    return false;
}

static bool
add_origins(struct encoding *encoding, size_t *capacity, size_t count,
            size_t place)
{
    const size_t end = encoding->recoded.length;

    if (end + 1 > *capacity) {
        const size_t wanted = *capacity * 2 + 1024;
        uint32_t *origins =
            realloc(encoding->origins, wanted * sizeof(*origins));

        if (origins == NULL)
            return false;
        encoding->origins = origins;
        *capacity = wanted;
    }
    for (size_t i = end - count; i < end; i++)
        encoding->origins[i] = (uint32_t)place;
    return true;
}

/* False when out of memory; what cannot be converted leaves no origins. */
static bool
recode(struct encoding *encoding, iconv_t converter, const char *bytes,
       size_t length)
{
    size_t capacity = 0, at = 0;

    while (at < length) {
        const size_t place = at;
        char out[LONGEST_CHARACTER];
        size_t n;

        if (!convert_one(converter, bytes, length, &at, out, &n)) {
            free(encoding->origins);
            encoding->origins = NULL;
            return true;
        }
        buffer_append(&encoding->recoded, out, n);
        if (encoding->recoded.failed ||
            !add_origins(encoding, &capacity, n, place))
            return false;
    }
    if (encoding->origins != NULL)
        encoding->origins[encoding->recoded.length] = (uint32_t)length;
    return true;
}

bool
encoding_open_name(struct encoding *encoding, const char *name)
{
    iconv_t back;

    *encoding = (struct encoding){0};
    if (*name == '\0' || strlen(name) >= ENCODING_NAME_SIZE)
        return *name == '\0';
    back = iconv_open(name, "UTF-8");
    if (back == (iconv_t)-1)
        return false;
    memcpy(encoding->name, name, strlen(name) + 1);
    encoding->back = back;
    return true;
}

/* Converts all of the file; what cannot be converted leaves no origins. */
static bool
open_recoded(struct encoding *encoding, const char *bytes, size_t length)
{
    iconv_t converter = iconv_open("UTF-8", encoding->name);
    bool good;

    if (converter == (iconv_t)-1)
        return false;
    good = recode(encoding, converter, bytes, length);
    iconv_close(converter);
    return good;
}

/* UTF-8, or bytes nobody knows. */
static bool
open_plain(struct encoding *encoding, const char *bytes, size_t length)
{
    encoding_free(encoding);
    *encoding = (struct encoding){.bytes = bytes, .length = length};
    return true;
}

bool
encoding_open(struct encoding *encoding, const char *bytes, size_t length)
{
    char name[ENCODING_NAME_SIZE] = "";

    find_encoding(name, bytes, length);
    if (name[0] == '\0' || length >= UINT32_MAX) {
        *encoding = (struct encoding){0};
        return open_plain(encoding, bytes, length);
    }
    if (!encoding_open_name(encoding, name)) {
        /* It may be a name that nobody knows. */
        return errno == EINVAL && open_plain(encoding, bytes, length);
    }
    if (!open_recoded(encoding, bytes, length))
        return false;
    if (encoding->origins == NULL)
        return open_plain(encoding, bytes, length);
    encoding->bytes = encoding->recoded.data;
    encoding->length = encoding->recoded.length;
    return true;
}

void
encoding_free(struct encoding *encoding)
{
    buffer_free(&encoding->recoded);
    free(encoding->origins);
    encoding->origins = NULL;
    if (encoding->back != NULL)
        iconv_close(encoding->back);
    encoding->back = NULL;
}

size_t
encoding_origin(const struct encoding *encoding, size_t offset)
{
    return encoding->origins != NULL ? encoding->origins[offset] : offset;
}

/* ---- Back ---------------------------------------------------------------- */

bool
encoding_write(const struct encoding *encoding, const char *text, size_t length,
               struct buffer *out)
{
    const size_t before = out->length;
    char *from = (char *)(uintptr_t)text;
    bool good = true;

    if (encoding->back == NULL) {
        buffer_append(out, text, length);
        return true;
    }
    iconv(encoding->back, NULL, NULL, NULL, NULL);
    while (length > 0 && good) {
        char block[256], *to = block;
        size_t room = sizeof(block);
        const size_t left = length;

        iconv(encoding->back, &from, &length, &to, &room);
        good = length < left;
        buffer_append(out, block, sizeof(block) - room);
    }
    if (!good)
        out->length = before;
    return good;
}
