/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/lexicon.h"

#include "text/chars.h"

#include <string.h>

const struct ufx_usual ufx_usual_none = {{0}, {0}, 0};

bool
ufx_usual_make(struct ufx_usual *usual, const uint8_t *letters, size_t count)
{
    uint32_t code;
    size_t i;

    memset(usual, 0, sizeof *usual);
    if (count > UFX_USUAL_LETTERS)
        return false;
    for (i = 0; i < count; i++) {
        if (letters[i] == 0 || (i > 0 && letters[i] <= letters[i - 1]))
            return false;
        usual->bits[letters[i]] = (uint8_t)i;
    }
    memcpy(usual->letters, letters, count);
    usual->count = (uint32_t)count;
    for (code = 'a'; code < 0x100; code++)
        if (!ufx_is_usual(usual, (uint8_t)code))
            usual->bits[code] = usual->bits[ufx_char_code(
                ufx_char_unaccented(ufx_char_of_code((uint8_t)code)))];
    return true;
}

uint32_t
ufx_lexicon_arc(const struct ufx_lexicon *lexicon, uint32_t from, uint8_t label)
{
    const struct ufx_arc *before = &lexicon->arcs[from];
    uint32_t i = UFX_ARC_TARGET(before->way), end;
    uint32_t bit = ufx_letter_bit(lexicon->usual, label);

    if (i == 0 || (before->below & bit) == 0)
        return 0;
    /* Of usual letters, as many come before as there are lower bits. */
    if (before->plain) {
        i += ufx_count_bits(before->below & (bit - 1));
        return i < lexicon->arc_count &&
                       UFX_ARC_LABEL(lexicon->arcs[i].way) == label
                   ? i
                   : 0;
    }
    for (end = ufx_lexicon_end(lexicon, i); i < end; i++) {
        uint8_t here = UFX_ARC_LABEL(lexicon->arcs[i].way);

        if (here >= label)
            return here == label ? i : 0;
        if (lexicon->arcs[i].way & UFX_ARC_LAST)
            return 0;
    }
    return 0;
}

uint32_t
ufx_lexicon_find(const struct ufx_lexicon *lexicon, const uint8_t *letters,
                 size_t length)
{
    uint32_t number = 0, arc = 0;
    size_t i;

    if (lexicon->word_count == 0)
        return UFX_WORD_NONE;
    for (i = 0; i < length; i++) {
        arc = ufx_lexicon_arc(lexicon, arc, letters[i]);
        if (arc == 0)
            return UFX_WORD_NONE;
        number += lexicon->arcs[arc].skip;
        if (i + 1 < length && (lexicon->arcs[arc].way & UFX_ARC_FINAL))
            number++;
    }
    if (arc == 0 || !(lexicon->arcs[arc].way & UFX_ARC_FINAL) ||
        number >= lexicon->word_count)
        return UFX_WORD_NONE;
    return number;
}
