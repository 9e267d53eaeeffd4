/* SPDX-License-Identifier: MPL-2.0 */
/* Words in small letters whose capital was lost (omero, nforme): the search
 * inserts small letters only. */
#include "normalize/producers.h"

#include "text/chars.h"

#include <string.h>

/* What is shorter is the end of too many words. */
#define LEAST 4

/* Offers the word with the letter before it. */
static void
offer(struct ufx_filling *f, uint32_t at, uint8_t letter, uint32_t word)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t chars[UFX_TOKEN_CHARS];
    struct ufx_reading reading = {.chars = chars,
                                  .count = s->count + 1,
                                  .channel = UFX_COST_GENERIC,
                                  .rules = {UFX_RULE_GENERIC},
                                  .rule_count = 1,
                                  .word_count = 1,
                                  .flags = UFX_READING_GENERIC,
                                  .shape = UFX_SHAPE_CAPITAL,
                                  .words = {word}};
    struct ufx_readings one;

    chars[0] = ufx_char_upper(ufx_char_of_code(letter));
    memcpy(chars + 1, ufx_chars_of(f, at), s->count * sizeof *chars);
    one = ufx_keep_reading(f, &reading);
    ufx_fill_readings(f, at, at + 1, UFX_EDGE_READING, &one, 0);
}

void
ufx_fill_heads(struct ufx_filling *f, uint32_t at)
{
    struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint8_t letters[UFX_TOKEN_CHARS];
    struct ufx_readings readings;
    uint32_t arc, end;

    if (s->kind != UFX_PIECE_WORD || s->gap == UFX_GAP_NONE ||
        s->count < LEAST || s->count + 1 > UFX_TOKEN_CHARS ||
        (s->flags & (UFX_SEGMENT_KNOWN | UFX_SEGMENT_LISTED)) != 0 ||
        !ufx_char_is_lower(*ufx_chars_of(f, at)) ||
        !ufx_piece_letters(ufx_chars_of(f, at), s->count, letters + 1))
        return;
    ufx_read_word(f, s, &readings);
    if (readings.count > 0 && readings.list[0].channel <= UFX_COST_EXPLAINED)
        return;
    arc = lexicon->root;
    for (end = ufx_lexicon_end(lexicon, arc);
         arc < end && f->status == UNFIX_OK; arc++) {
        uint32_t word;

        letters[0] = UFX_ARC_LABEL(lexicon->arcs[arc].way);
        word = ufx_lexicon_find(lexicon, letters, s->count + 1);
        if (word != UFX_WORD_NONE && ufx_is_target(&lexicon->words[word]))
            offer(f, at, letters[0], word);
        if (lexicon->arcs[arc].way & UFX_ARC_LAST)
            break;
    }
}
