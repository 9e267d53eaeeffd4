/* SPDX-License-Identifier: MPL-2.0 */
#include "utf8.h"

#include <stdint.h>
#include <string.h>

struct utf8_range {
    unsigned char lead_first;
    unsigned char lead_last;
    unsigned char second_first;
    unsigned char second_last;
    unsigned char length;
};

/* The Unicode Standard, table 3-7: what a lead byte may be followed by.
 * Bytes after the second are always 80 to BF. */
static const struct utf8_range utf8_ranges[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static const struct utf8_range *
find_range(unsigned char lead)
{
    for (size_t i = 0; i < sizeof(utf8_ranges) / sizeof(utf8_ranges[0]); i++) {
        if (lead >= utf8_ranges[i].lead_first &&
            lead <= utf8_ranges[i].lead_last)
            return &utf8_ranges[i];
    }
    return NULL;
}

size_t
utf8_length(const char *bytes, size_t length, bool *valid)
{
    const unsigned char *text = (const unsigned char *)bytes;
    const struct utf8_range *range;
    size_t at = 1;

    *valid = text[0] < 0x80;
    if (*valid)
        return 1;
    range = find_range(text[0]);
    if (range == NULL)
        return 1;
    if (length > 1 && text[1] >= range->second_first &&
        text[1] <= range->second_last)
        at = 2;
    while (at >= 2 && at < range->length && at < length &&
           (text[at] & 0xc0) == 0x80)
        at++;
    *valid = at == range->length;
    return at;
}

uint32_t
utf8_decode(const char *bytes, size_t length)
{
    const unsigned char *text = (const unsigned char *)bytes;
    static const unsigned char bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t cp = text[0] & bits[length];

    for (size_t i = 1; i < length; i++)
        cp = cp << 6 | (text[i] & 0x3fU);
    return cp;
}

bool
utf8_is_harmless(const char *text, size_t length, bool valid)
{
    const uint32_t cp = valid ? utf8_decode(text, length) : 0;

    if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
        return false;
    /* Marks, embeddings and isolates of direction; the separators of lines and
     * paragraphs, which stand between them. */
    return cp != 0x61c && cp != 0x200e && cp != 0x200f &&
           !(cp >= 0x2028 && cp <= 0x202e) && !(cp >= 0x2066 && cp <= 0x2069);
}

size_t
utf8_start(const char *bytes, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t n = sizeof(mark) - 1;

    return length >= n && memcmp(bytes, mark, n) == 0 ? n : 0;
}
