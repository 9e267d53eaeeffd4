/* SPDX-License-Identifier: MPL-2.0 */
#include "content.h"

#include <stdio.h>
#include <string.h>

/* More odd bytes than one in so many are no text, nor text in an encoding of
 * one byte a letter; of random bytes one in six is odd.  A few are forgiven, so
 * that a line with a letter of an old encoding is a text. */
#define ODD_SHARE 10
#define ODD_FORGIVEN 8

struct signature {
    const char *bytes;
    unsigned char length;
    unsigned char offset;
    enum content_kind kind;
    const char *what;
};

#define SIGNATURE(bytes, offset, kind, what)                                   \
    {                                                                          \
        bytes, sizeof(bytes) - 1, offset, kind, what                           \
    }

/* A byte order mark tells a text.  What would be found by its NUL bytes stands
 * here where it may begin without one, or to be called by its name; so do the
 * two formats of documents that are text to look at, but whose letters are not
 * where a reader sees them. */
static const struct signature signatures[] = {
    SIGNATURE("\0\0\xfe\xff", 0, CONTENT_TEXT, NULL),
    SIGNATURE("\xff\xfe", 0, CONTENT_TEXT, NULL),
    SIGNATURE("\xfe\xff", 0, CONTENT_TEXT, NULL),
    SIGNATURE("\x1f\x8b\x08", 0, CONTENT_COMPRESSED, "gzip"),
    SIGNATURE("1AY&SY", 4, CONTENT_COMPRESSED, "bzip2"),
    SIGNATURE("\xfd\x37zXZ\0", 0, CONTENT_COMPRESSED, "xz"),
    SIGNATURE("\x28\xb5\x2f\xfd", 0, CONTENT_COMPRESSED, "zstd"),
    SIGNATURE("\x04\x22\x4d\x18", 0, CONTENT_COMPRESSED, "lz4"),
    SIGNATURE("LZIP\x01", 0, CONTENT_COMPRESSED, "lzip"),
    SIGNATURE("\x1f\x9d", 0, CONTENT_COMPRESSED, "compress"),
    SIGNATURE("PK\x03\x04", 0, CONTENT_COMPRESSED, "zip"),
    SIGNATURE("7z\xbc\xaf\x27\x1c", 0, CONTENT_COMPRESSED, "7z"),
    SIGNATURE("Rar!\x1a\x07", 0, CONTENT_COMPRESSED, "rar"),
    SIGNATURE("\x7f"
              "ELF",
              0, CONTENT_BINARY, "ELF"),
    SIGNATURE("\x89PNG\r\n", 0, CONTENT_BINARY, "PNG"),
    SIGNATURE("\xff\xd8\xff", 0, CONTENT_BINARY, "JPEG"),
    SIGNATURE("GIF87a", 0, CONTENT_BINARY, "GIF"),
    SIGNATURE("GIF89a", 0, CONTENT_BINARY, "GIF"),
    SIGNATURE("II*\0", 0, CONTENT_BINARY, "TIFF"),
    SIGNATURE("MM\0*", 0, CONTENT_BINARY, "TIFF"),
    SIGNATURE("jP  \r\n\x87\n", 4, CONTENT_BINARY, "JPEG 2000"),
    SIGNATURE("AT&TFORM", 0, CONTENT_BINARY, "DjVu"),
    SIGNATURE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, CONTENT_BINARY, "OLE"),
    SIGNATURE("SQLite format 3\0", 0, CONTENT_BINARY, "SQLite"),
    SIGNATURE("%!PS", 0, CONTENT_BINARY, "PostScript"),
    SIGNATURE("{\\rtf", 0, CONTENT_BINARY, "RTF"),
};

#define SIGNATURES (sizeof(signatures) / sizeof(signatures[0]))

static void
settle(struct content *content, enum content_kind kind, const char *what)
{
    content->kind = kind;
    content->what = what;
    content->is_settled = true;
}

/* Readers of PDF take it with something before its first line. */
static bool
is_pdf(const char *bytes, size_t length)
{
    static const char mark[] = "%PDF-";
    const char *end = bytes + (length < CONTENT_HEAD ? length : CONTENT_HEAD);

    for (const char *at = bytes; end - at >= (long)sizeof(mark) - 1; at++) {
        at = memchr(at, '%', (size_t)(end - at));
        if (at == NULL || end - at < (long)sizeof(mark) - 1)
            return false;
        if (memcmp(at, mark, sizeof(mark) - 1) == 0)
            return at == bytes || at[-1] == '\n' || at[-1] == '\r';
    }
    return false;
}

static void
look_at_head(struct content *content, const char *bytes, size_t length)
{
    for (size_t i = 0; i < SIGNATURES; i++) {
        const struct signature *s = &signatures[i];

        if (length >= (size_t)s->offset + s->length &&
            memcmp(bytes + s->offset, s->bytes, s->length) == 0) {
            settle(content, s->kind, s->what);
            return;
        }
    }
    if (is_pdf(bytes, length))
        settle(content, CONTENT_BINARY, "PDF");
}

/* Control characters that no text has, and what continues a character of UTF-8
 * where none began. */
static uint64_t
count_odd(const char *bytes, size_t length, char last)
{
    static const char of_texts[] = "\b\t\n\v\f\r\x1a\x1b";
    unsigned char before = (unsigned char)last;
    uint64_t odd = 0;

    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)bytes[i];

        if (byte < 0x20)
            odd += memchr(of_texts, byte, sizeof(of_texts) - 1) == NULL;
        else
            odd += byte >= 0x7f && byte < 0xa0 && before < 0x80;
        before = byte;
    }
    return odd;
}

void
content_add(struct content *content, const char *bytes, size_t length)
{
    if (content->is_settled || length == 0)
        return;
    if (content->length == 0)
        look_at_head(content, bytes, length);
    if (content->is_settled)
        return;
    if (memchr(bytes, '\0', length) != NULL) {
        settle(content, CONTENT_BINARY, NULL);
        return;
    }
    content->odd += count_odd(bytes, length, content->last);
    content->length += length;
    content->last = bytes[length - 1];
    content->kind = content->odd > content->length / ODD_SHARE + ODD_FORGIVEN
                        ? CONTENT_BINARY
                        : CONTENT_TEXT;
}

const char *
content_name(const struct content *content, char *room, size_t size)
{
    const char *kind = "text";

    if (content->kind == CONTENT_COMPRESSED)
        kind = "compressed file";
    else if (content->kind == CONTENT_BINARY)
        kind = "binary file";
    snprintf(room, size, "%s%s%s%s", kind, content->what != NULL ? " (" : "",
             content->what != NULL ? content->what : "",
             content->what != NULL ? ")" : "");
    return room;
}
