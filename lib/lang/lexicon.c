/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/lexicon.h"

uint32_t
ufx_lexicon_arc(const struct ufx_lexicon *lexicon, uint32_t node, uint8_t label)
{
    uint32_t i;

    if (node == 0)
        return 0;
    for (i = node; i < lexicon->arc_count; i++) {
        uint8_t here = UFX_ARC_LABEL(lexicon->arcs[i]);

        if (here >= label)
            return here == label ? i : 0;
        if (lexicon->arcs[i] & UFX_ARC_LAST)
            return 0;
    }
    return 0;
}

uint32_t
ufx_lexicon_find(const struct ufx_lexicon *lexicon, const uint8_t *letters,
                 size_t length)
{
    uint32_t node = lexicon->root, number = 0, arc = 0;
    size_t i;

    for (i = 0; i < length; i++) {
        arc = ufx_lexicon_arc(lexicon, node, letters[i]);
        if (arc == 0)
            return UFX_WORD_NONE;
        number += lexicon->skips[arc];
        if (i + 1 < length && (lexicon->arcs[arc] & UFX_ARC_FINAL))
            number++;
        node = UFX_ARC_TARGET(lexicon->arcs[arc]);
    }
    if (arc == 0 || !(lexicon->arcs[arc] & UFX_ARC_FINAL) ||
        number >= lexicon->word_count)
        return UFX_WORD_NONE;
    return number;
}
