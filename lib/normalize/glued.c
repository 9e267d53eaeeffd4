/* SPDX-License-Identifier: MPL-2.0 */
/* Words run together, three and more of them and no letter misread:
 * InformedelConsejodeSeguridad.  (Of two the search finds more, misread ones
 * too.)  The likeliest way to cut the token into words of the dictionary is
 * the one, if the language expects them after each other. */
#include "normalize/producers.h"

#include "normalize/forms.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* The likeliest way to where a word ends; cost UINT32_MAX: there is none. */
struct cut {
    uint32_t cost;
    uint32_t word;
    uint32_t from;
    uint32_t words; /* so far */
};

struct cuts {
    const struct ufx_filling *f;
    const uint32_t *chars;
    uint8_t letters[UFX_TOKEN_CHARS];
    uint32_t count;
    bool upper; /* all in capitals */
    struct cut ends[UFX_TOKEN_CHARS + 1];
};

/* May [from, to) be the word, by the case of its letters? */
static bool
may_be_part(const struct cuts *c, uint32_t from, uint32_t to, uint32_t word)
{
    const struct ufx_lexicon *lexicon = &c->f->v->language->lexicon;
    uint32_t i;

    if (!ufx_lexicon_has(lexicon, word, UFX_WORD_KNOWN) ||
        ufx_lexicon_has(lexicon, word, UFX_WORD_ACRONYM))
        return false;
    /* The first and the last word of a letter may be the sign of a note or what
     * is left of a word. */
    if (to - from == 1)
        return from != 0 && to < c->count &&
               ufx_forms_have(c->f->rows, UFX_FORM_LETTER, c->letters[from],
                              '+') != NULL;
    for (i = from + 1; i < to && !c->upper; i++)
        if (ufx_char_is_upper(c->chars[i]))
            return false;
    return !ufx_lexicon_has(lexicon, word, UFX_WORD_CAPITAL) ||
           ufx_char_is_upper(c->chars[from]);
}

/* All words that begin at `from`, after the likeliest way there. */
static void
go_on(struct cuts *c, uint32_t from)
{
    const struct ufx_language *language = c->f->v->language;
    const struct ufx_lexicon *lexicon = &language->lexicon;
    const struct cut *before = &c->ends[from];
    uint32_t arc = 0, word = 0, to = from, cost;

    while (to < c->count) {
        struct ufx_history history = {UFX_WORD_NONE, before->word, 0, 0};

        arc = ufx_lexicon_arc(lexicon, arc, c->letters[to++]);
        if (arc == 0)
            return;
        word += lexicon->arcs[arc].skip;
        if (!(lexicon->arcs[arc].way & UFX_ARC_FINAL))
            continue;
        if (may_be_part(c, from, to, word)) {
            cost = before->cost +
                   ufx_ngram_cost(&language->ngrams, &history, word, &history);
            if (cost < c->ends[to].cost)
                c->ends[to] = (struct cut){cost, word, from, before->words + 1};
        }
        word++;
    }
}

/* Writes the words with blanks between; returns the length. */
static size_t
put_words(const struct cuts *c, uint32_t *text)
{
    uint32_t end = c->count, blanks = c->ends[end].words - 1;
    size_t length = c->count + blanks;

    for (; end > 0; end = c->ends[end].from) {
        uint32_t from = c->ends[end].from;

        memcpy(text + from + blanks, c->chars + from,
               (end - from) * sizeof *text);
        if (from > 0)
            text[from + --blanks] = ' ';
    }
    return length;
}

void
ufx_fill_glued(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t text[2 * UFX_TOKEN_CHARS], i;
    struct cuts c = {.f = f, .chars = ufx_chars_of(f, at), .count = s->count};
    const struct cut *found;

    if (s->kind != UFX_PIECE_WORD || s->count <= UFX_SHORT_CHARS ||
        (s->flags & (UFX_SEGMENT_KNOWN | UFX_SEGMENT_LISTED)) != 0 ||
        (s->words & UFX_WORD_FOREIGN) != 0 ||
        !ufx_piece_letters(c.chars, c.count, c.letters))
        return;
    c.upper = ufx_char_count(c.chars, c.count, ufx_char_is_upper) == c.count;
    for (i = 1; i <= c.count; i++)
        c.ends[i].cost = UINT32_MAX;
    c.ends[0].word = ufx_form_piece(f, at - 1, UFX_PIECE_BEGIN);
    for (i = 0; i < c.count; i++)
        if (c.ends[i].cost != UINT32_MAX)
            go_on(&c, i);
    found = &c.ends[c.count];
    if (found->cost != UINT32_MAX && found->words >= 3 &&
        found->cost / found->words <= UFX_COST_EXPECTED)
        ufx_form_prove(f, at, at + 1, text, put_words(&c, text),
                       UNFIX_CLASS_SPLIT,
                       (int32_t)(found->words - 1) * UFX_COST_ODD);
}
