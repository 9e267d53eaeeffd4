/* SPDX-License-Identifier: MPL-2.0 */
#include "text/convert.h"

#include "text/chars.h"
#include "text/text.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

/* Converted at a time. */
#define PIECE 4096

struct pair {
    UConverter *to;
    UConverter *from;
};

static unfix_status
open_strict(const char *name, UConverter **converter)
{
    UErrorCode error = U_ZERO_ERROR;

    *converter = ucnv_open(name, &error);
    if (error == U_MEMORY_ALLOCATION_ERROR)
        return UNFIX_ERROR_MEMORY;
    if (U_FAILURE(error) || *converter == NULL)
        return UNFIX_ERROR_ARGUMENT;
    ucnv_setToUCallBack(*converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL,
                        &error);
    ucnv_setFromUCallBack(*converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL,
                          NULL, &error);
    return U_SUCCESS(error) ? UNFIX_OK : UNFIX_ERROR_EXTERNAL;
}

static unfix_status
convert_all(const struct pair *pair, const char *text, size_t length,
            struct ufx_buffer *out, size_t *at)
{
    UChar pivot[PIECE], *pivot_source = pivot, *pivot_target = pivot;
    const char *source = text, *end = text + length;
    char piece[PIECE];
    UErrorCode error;
    UBool reset = 1;

    do {
        char *target = piece;

        error = U_ZERO_ERROR;
        ucnv_convertEx(pair->to, pair->from, &target, piece + sizeof piece,
                       &source, end, pivot, &pivot_source, &pivot_target,
                       pivot + PIECE, reset, 1, &error);
        reset = 0;
        ufx_buffer_append(out, piece, (size_t)(target - piece));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (at != NULL)
        *at = (size_t)(source - text);
    if (out->failed || error == U_MEMORY_ALLOCATION_ERROR)
        return UNFIX_ERROR_MEMORY;
    return U_SUCCESS(error) ? UNFIX_OK : UNFIX_ERROR_FORMAT;
}

unfix_status
ufx_convert(const char *to, const char *from, const char *text, size_t length,
            struct ufx_buffer *out, size_t *at)
{
    struct pair pair = {NULL, NULL};
    unfix_status status = open_strict(to, &pair.to);

    if (status == UNFIX_OK)
        status = open_strict(from, &pair.from);
    if (status == UNFIX_OK)
        status = convert_all(&pair, text, length, out, at);
    ucnv_close(pair.to);
    ucnv_close(pair.from);
    return status;
}

/* ---- One encoding, both ways ---- */

/* ICU's own, under another name: nobody else needs to know it. */
static UConverter *
icu_of(struct ufx_converter *converter)
{
    return (UConverter *)(void *)converter;
}

/* Places can be told where a character is its own bytes and nothing else: no
 * shifts, no mark of the byte order to be taken off or put on. */
static bool
has_places(const UConverter *icu)
{
    switch (ucnv_getType(icu)) {
    case UCNV_SBCS:
    case UCNV_DBCS:
    case UCNV_MBCS:
    case UCNV_LATIN_1:
    case UCNV_US_ASCII:
    case UCNV_UTF8:
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian:
    case UCNV_UTF32_BigEndian:
    case UCNV_UTF32_LittleEndian:
        return true;
    default:
        return false;
    }
}

unfix_status
ufx_converter_open(const char *name, struct ufx_converter **converter)
{
    UConverter *icu = NULL;
    unfix_status status = open_strict(name, &icu);

    if (status == UNFIX_OK && !has_places(icu))
        status = UNFIX_ERROR_ARGUMENT;
    if (status != UNFIX_OK) {
        ucnv_close(icu);
        icu = NULL;
    }
    *converter = (struct ufx_converter *)(void *)icu;
    return status;
}

void
ufx_converter_close(struct ufx_converter *converter)
{
    ucnv_close(icu_of(converter));
}

static bool
add_char(struct ufx_decoded *decoded, uint32_t cp, size_t origin)
{
    size_t from = decoded->text.length, i;
    void *list = decoded->origins;

    ufx_buffer_append_char(&decoded->text, cp);
    if (decoded->text.failed ||
        !ufx_memory_reserve(&decoded->memory, &list, &decoded->capacity,
                            decoded->text.length, sizeof *decoded->origins))
        return false;
    decoded->origins = list;
    for (i = from; i < decoded->text.length; i++)
        decoded->origins[i] = (uint32_t)origin;
    return true;
}

/* What goes on from one piece to the next: half a pair, and where the last
 * character began, as ICU does not tell that of what it held over. */
struct held {
    UChar high;
    size_t origin;
};

/* Units of UTF-16 and where each came from, counted from `base`. */
static bool
add_units(struct ufx_decoded *decoded, const UChar *units,
          const int32_t *origins, size_t count, size_t base, struct held *held)
{
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t cp = units[i];

        if (origins[i] >= 0)
            held->origin = base + (size_t)origins[i];
        if (U16_IS_LEAD(cp)) {
            held->high = (UChar)cp;
            continue;
        }
        if (U16_IS_TRAIL(cp))
            cp = (uint32_t)U16_GET_SUPPLEMENTARY(held->high, cp);
        if (!add_char(decoded, cp, held->origin))
            return false;
    }
    return true;
}

unfix_status
ufx_converter_decode(struct ufx_converter *converter, const char *bytes,
                     size_t length, struct ufx_decoded *decoded)
{
    UConverter *icu = icu_of(converter);
    const char *source = bytes, *end = bytes + length;
    struct held held = {0, 0};
    UChar units[PIECE] = {0};
    int32_t origins[PIECE], pending;
    UErrorCode error;

    ufx_buffer_clear(&decoded->text);
    ucnv_resetToUnicode(icu);
    do {
        UChar *target = units;
        size_t base = (size_t)(source - bytes);

        error = U_ZERO_ERROR;
        ucnv_toUnicode(icu, &target, units + PIECE, &source, end, origins, 0,
                       &error);
        if (!add_units(decoded, units, origins, (size_t)(target - units), base,
                       &held))
            return UNFIX_ERROR_MEMORY;
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    decoded->taken = (size_t)(source - bytes);
    if (U_FAILURE(error))
        return error == U_MEMORY_ALLOCATION_ERROR ? UNFIX_ERROR_MEMORY
                                                  : UNFIX_ERROR_FORMAT;
    pending = ucnv_toUCountPending(icu, &error);
    if (U_FAILURE(error) || pending < 0)
        return UNFIX_ERROR_EXTERNAL;
    decoded->taken -= (size_t)pending;
    return UNFIX_OK;
}

/* The next characters of the text as UTF-16; false at what is no UTF-8. */
static bool
next_units(const char *text, size_t length, size_t *at, UChar *units,
           size_t *count)
{
    *count = 0;
    while (*at < length && *count + 2 <= PIECE) {
        size_t size;
        uint32_t cp = ufx_text_decode(text + *at, length - *at, &size);

        if (cp >= UFX_CHAR_OPAQUE)
            return false;
        if (cp > 0xFFFF)
            units[(*count)++] = U16_LEAD(cp);
        units[(*count)++] = (UChar)(cp > 0xFFFF ? U16_TRAIL(cp) : cp);
        *at += size;
    }
    return true;
}

static unfix_status
encode_units(UConverter *icu, const UChar *units, size_t count, bool last,
             struct ufx_buffer *out)
{
    const UChar *source = units;
    char piece[PIECE];
    UErrorCode error;

    do {
        char *target = piece;

        error = U_ZERO_ERROR;
        ucnv_fromUnicode(icu, &target, piece + sizeof piece, &source,
                         units + count, NULL, last, &error);
        ufx_buffer_append(out, piece, (size_t)(target - piece));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (out->failed || error == U_MEMORY_ALLOCATION_ERROR)
        return UNFIX_ERROR_MEMORY;
    return U_SUCCESS(error) ? UNFIX_OK : UNFIX_ERROR_FORMAT;
}

unfix_status
ufx_converter_encode(struct ufx_converter *converter, const char *text,
                     size_t length, struct ufx_buffer *out)
{
    UConverter *icu = icu_of(converter);
    UChar units[PIECE];
    size_t at = 0, count, before = out->length;
    unfix_status status = UNFIX_OK;

    ucnv_resetFromUnicode(icu);
    while (status == UNFIX_OK && at < length)
        status = next_units(text, length, &at, units, &count)
                     ? encode_units(icu, units, count, at == length, out)
                     : UNFIX_ERROR_FORMAT;
    if (status != UNFIX_OK && !out->failed && out->length > before) {
        out->length = before;
        out->data[before] = '\0';
    }
    return status;
}
