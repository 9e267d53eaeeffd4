/* SPDX-License-Identifier: MPL-2.0 */
/* UTF-8, one character after another, and composed. */
#include "text/text.h"

#include "text/chars.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <string.h>

static bool
is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t
ufx_text_decode(const char *text, size_t length, size_t *size)
{
    const unsigned char *s = (const unsigned char *)text;
    uint32_t cp;

    *size = 1;
    if (s[0] < 0x80)
        return s[0];
    if (s[0] >= 0xC2 && s[0] <= 0xDF && length >= 2 && is_continuation(s[1])) {
        *size = 2;
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if ((s[0] & 0xF0) == 0xE0 && length >= 3 && is_continuation(s[1]) &&
        is_continuation(s[2])) {
        cp = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 |
             (s[2] & 0x3F);
        /* Neither overlong nor a surrogate. */
        if (cp >= 0x800 && (cp < 0xD800 || cp > 0xDFFF)) {
            *size = 3;
            return cp;
        }
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4 && length >= 4 && is_continuation(s[1]) &&
        is_continuation(s[2]) && is_continuation(s[3])) {
        cp = (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
             (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
        if (cp >= 0x10000 && cp <= 0x10FFFF) {
            *size = 4;
            return cp;
        }
    }
    return UFX_CHAR_OPAQUE + s[0];
}

size_t
ufx_text_decode_composed(const char *text, size_t start, size_t end,
                         uint32_t *chars, uint32_t *offsets, size_t most)
{
    size_t count = 0, size;

    for (; start < end; start += size) {
        uint32_t cp = ufx_text_decode(text + start, end - start, &size);
        uint32_t composed = cp >= 0x300 && count > 0
                                ? ufx_char_compose(chars[count - 1], cp)
                                : 0;

        if (composed != 0) {
            chars[count - 1] = composed;
            continue;
        }
        if (count == most)
            return most + 1;
        chars[count] = cp;
        if (offsets != NULL)
            offsets[count] = (uint32_t)start;
        count++;
    }
    return count;
}

const char *
ufx_text_find(const char *text, size_t length, const char *part,
              size_t part_length)
{
    const char *end = text + length, *at = text;

    /* What is looked for begins with signs that text hardly has: that is
     * several times faster than memmem(). */
    while (at < end && (at = memchr(at, part[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < part_length)
            return NULL;
        if (memcmp(at, part, part_length) == 0)
            return at;
        at++;
    }
    return NULL;
}

/* Normalizes one run of valid UTF-8. */
static unfix_status
nfc_run(const char *text, size_t length, struct ufx_buffer *out)
{
    const struct ufx_memory *memory = &out->memory;
    /* NFC is at most three times as long in UTF-16 (UAX #15). */
    size_t capacity = length * 3 + 1;
    UChar *utf16 = ufx_memory_allocate(memory, capacity * 2 * sizeof *utf16);
    UChar *composed = utf16 == NULL ? NULL : utf16 + capacity;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    int32_t n, i;

    if (utf16 == NULL)
        return UNFIX_ERROR_MEMORY;
    u_strFromUTF8(utf16, (int32_t)capacity, &n, text, (int32_t)length, &error);
    n = unorm2_normalize(nfc, utf16, n, composed, (int32_t)capacity, &error);
    if (U_SUCCESS(error)) {
        for (i = 0; i < n; i++) {
            uint32_t cp = composed[i];

            if (U16_IS_LEAD(cp) && i + 1 < n)
                cp = (uint32_t)U16_GET_SUPPLEMENTARY(cp, composed[++i]);
            ufx_buffer_append_char(out, cp);
        }
    }
    ufx_memory_free(memory, utf16, capacity * 2 * sizeof *utf16);
    if (U_FAILURE(error))
        return UNFIX_ERROR_EXTERNAL;
    return out->failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

unfix_status
ufx_text_nfc(const char *text, size_t length, struct ufx_buffer *out)
{
    size_t start = 0, i = 0, size;
    unfix_status status;

    while (i < length) {
        /* A run must fit ICU's int32_t lengths and be valid. */
        bool opaque =
            ufx_text_decode(text + i, length - i, &size) >= UFX_CHAR_OPAQUE;

        if (!opaque && i - start < 64 * 1024 * 1024) {
            i += size;
            continue;
        }
        status = nfc_run(text + start, i - start, out);
        if (status != UNFIX_OK)
            return status;
        if (opaque)
            ufx_buffer_append(out, text + i, size);
        i += size;
        start = i;
        if (!opaque)
            start = i -= size;
    }
    return nfc_run(text + start, length - start, out);
}
