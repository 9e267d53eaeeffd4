/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/lexicon.h"

const uint8_t ufx_usual_letters[32] = {
    'a', 'b', 'c', 'd', 'e',  'f',  'g',  'h',  'i',  'j', 'k',
    'l', 'm', 'n', 'o', 'p',  'q',  'r',  's',  't',  'u', 'v',
    'w', 'x', 'y', 'z', 0xE1, 0xE9, 0xED, 0xF1, 0xF3, 0xFA};

/* From 'a' and from 0xE0 on; what is no small letter of Latin-1 has bit 0. */
const uint8_t ufx_letter_bits[0x100] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  1,  2,  3,  4,  5,  6,  7,  8, 9, 10, 11, 12, 13, 14, 15, 16,
    17, 18, 19, 20, 21, 22, 23, 24, 25, 0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,  0,  0,  0,  26, 0,  0,
    0,  0,  0,  2,  4,  27, 4,  4,  8,  28, 8, 8, 13, 29, 14, 30, 14, 14, 14,
    14, 14, 20, 31, 20, 20, 24, 24, 24,
};

uint32_t
ufx_lexicon_arc(const struct ufx_lexicon *lexicon, uint32_t from, uint8_t label)
{
    const struct ufx_arc *before = &lexicon->arcs[from];
    uint32_t i = UFX_ARC_TARGET(before->way), bit = ufx_letter_bit(label), end;

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
