/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/outline.h"

#include "base/limits.h"
#include "lang/pieces.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* One digit in a word of capitals. */
static int32_t
digit_in_capitals(const uint32_t *chars, size_t count)
{
    size_t digits = 0, capitals = 0, at = 0, i;

    for (i = 0; i < count; i++) {
        if (ufx_char_is_digit(chars[i])) {
            digits++;
            at = i;
        }
        capitals += ufx_char_is_upper(chars[i]);
    }
    if (digits != 1 || capitals < UFX_WORD_CHARS - 1 || capitals + 1 != count)
        return 0;
    if (at > 0 && at + 1 < count)
        return 6;
    return capitals < UFX_WORD_CHARS ? 0 : at > 0 ? 7 : 8;
}

static void
look_for_impossible(struct ufx_outline *o, const uint32_t *chars, size_t count)
{
    int32_t letters = 0;
    bool digit = false, sign = false, small = false;
    size_t i;

    o->letters = 0;
    o->impossible = digit_in_capitals(chars, count);
    for (i = 0; i < count; i++) {
        if (!ufx_char_is_letter(chars[i])) {
            digit = ufx_char_is_digit(chars[i]);
            sign = !digit;
            if (digit && letters >= UFX_WORD_CHARS && o->impossible == 0)
                o->impossible = 3;
            letters = 0;
            continue;
        }
        if (ufx_char_is_upper(chars[i]) && small && letters > 0)
            o->impossible = 4;
        if (ufx_char_is_lower(chars[i]) && i > 0 && letters == 0) {
            if (digit)
                o->impossible = small ? 2 : 1;
            else if (sign && small)
                o->impossible = 5;
        }
        small = ufx_char_is_lower(chars[i]);
        letters++;
        if (letters > o->letters)
            o->letters = letters;
        digit = sign = false;
    }
}

void
ufx_outline_describe(struct ufx_outline *o, const struct ufx_language *language,
                     const uint32_t *chars, size_t count)
{
    uint8_t codes[UFX_TOKEN_CHARS];
    size_t i, n = 0;
    bool whole = true;

    memset(o, 0, sizeof *o);
    look_for_impossible(o, chars, count);
    for (i = 0; i < count && n < UFX_TOKEN_CHARS; i++) {
        uint32_t code = ufx_char_code(ufx_char_lower(chars[i]));

        if (ufx_char_is_letter(chars[i]) && code != 0)
            codes[n++] = (uint8_t)code;
        else
            whole = false;
    }
    if (language->letters.contexts != NULL)
        o->cost = (int32_t)ufx_letters_oddest(&language->letters, codes, n,
                                              &o->oddest);
    if (!whole)
        o->stump =
            n < UFX_WORD_CHARS - 1 ? 3
            : ufx_lexicon_find(&language->lexicon, codes, n) != UFX_WORD_NONE
                ? 1
                : 2;
}
