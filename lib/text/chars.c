/* SPDX-License-Identifier: MPL-2.0 */
#include "text/chars.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

bool
ufx_char_ready(void)
{
    UErrorCode error = U_ZERO_ERROR;

    return unorm2_getNFCInstance(&error) != NULL && U_SUCCESS(error);
}

const uint8_t ufx_char_kinds[0x100] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2, 2};

bool
ufx_char_far_is_letter(uint32_t cp)
{
    return cp < UFX_CHAR_OPAQUE && u_isalpha((UChar32)cp);
}

bool
ufx_char_far_is_upper(uint32_t cp)
{
    return cp < UFX_CHAR_OPAQUE && u_isupper((UChar32)cp);
}

bool
ufx_char_far_is_lower(uint32_t cp)
{
    return cp < UFX_CHAR_OPAQUE && u_islower((UChar32)cp);
}

bool
ufx_char_far_is_blank(uint32_t cp)
{
    return cp == 0xFEFF || (cp >= 0x1680 && cp < UFX_CHAR_OPAQUE &&
                            u_isUWhiteSpace((UChar32)cp));
}

uint32_t
ufx_char_far_lower(uint32_t cp)
{
    return cp < UFX_CHAR_OPAQUE ? (uint32_t)u_tolower((UChar32)cp) : cp;
}

uint32_t
ufx_char_far_upper(uint32_t cp)
{
    return cp < UFX_CHAR_OPAQUE ? (uint32_t)u_toupper((UChar32)cp) : cp;
}

bool
ufx_char_is_alnum(uint32_t cp)
{
    if (cp < 0x80)
        return ufx_char_is_letter(cp) || ufx_char_is_digit(cp);
    if (cp >= UFX_CHAR_OPAQUE)
        return false;
    return u_isalpha((UChar32)cp) || u_isdigit((UChar32)cp) ||
           u_getNumericValue((UChar32)cp) != U_NO_NUMERIC_VALUE;
}

uint32_t
ufx_char_count(const uint32_t *chars, size_t count,
               bool (*is_such)(uint32_t cp))
{
    uint32_t n = 0;
    size_t i;

    for (i = 0; i < count; i++)
        n += is_such(chars[i]);
    return n;
}

uint32_t
ufx_char_unaccented(uint32_t cp)
{
    /* 0xC0-0xFF; '.' where there is no plain letter beneath. */
    static const char plain[] = "AAAAAA.CEEEEIIII.NOOOOO.OUUUUY.."
                                "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";
    UChar32 second;

    if (cp < 0xC0 || cp >= UFX_CHAR_OPAQUE)
        return cp;
    if (cp < 0x100)
        return plain[cp - 0xC0] == '.' ? cp : (uint32_t)plain[cp - 0xC0];
    {
        UErrorCode error = U_ZERO_ERROR;
        const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
        UChar pair[4];
        int32_t n;

        if (U_FAILURE(error))
            return cp;
        n = unorm2_getRawDecomposition(nfc, (UChar32)cp, pair, 4, &error);
        if (U_FAILURE(error) || n < 2 || pair[0] >= 0xD800)
            return cp;
        second = pair[1];
        return u_getCombiningClass(second) != 0 ? (uint32_t)pair[0] : cp;
    }
}

bool
ufx_char_decompose(uint32_t cp, uint32_t *base, uint32_t *mark)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    UChar pair[4];
    int32_t n;

    if (U_FAILURE(error) || cp >= UFX_CHAR_OPAQUE)
        return false;
    n = unorm2_getRawDecomposition(nfc, (UChar32)cp, pair, 4, &error);
    if (U_FAILURE(error) || n != 2 || u_getCombiningClass(pair[1]) == 0)
        return false;
    *base = pair[0];
    *mark = pair[1];
    return true;
}

size_t
ufx_char_compatible(uint32_t cp, uint32_t *chars, size_t most)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    UChar text[20];
    int32_t n, i;

    if (U_FAILURE(error) || cp >= UFX_CHAR_OPAQUE)
        return 0;
    n = unorm2_getDecomposition(nfkc, (UChar32)cp, text, 20, &error);
    if (U_FAILURE(error) || n <= 0 || (size_t)n > most)
        return 0;
    for (i = 0; i < n; i++)
        chars[i] = text[i];
    return (size_t)n;
}

uint32_t
ufx_char_compose(uint32_t base, uint32_t mark)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc;
    UChar32 composed;

    if (mark < 0x300 || mark >= UFX_CHAR_OPAQUE || base >= UFX_CHAR_OPAQUE ||
        u_getCombiningClass((UChar32)mark) == 0)
        return 0;
    nfc = unorm2_getNFCInstance(&error);
    if (U_FAILURE(error))
        return 0;
    composed = unorm2_composePair(nfc, (UChar32)base, (UChar32)mark);
    return composed > 0 ? (uint32_t)composed : 0;
}
