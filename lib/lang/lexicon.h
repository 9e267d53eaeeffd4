/* SPDX-License-Identifier: MPL-2.0 */
/* All known words, as a minimal acyclic automaton with weights.
 *
 * Letters are small, a byte each (ufx_char_code).  A node is a run of arcs
 * sorted by label. Each arc knows how many words of its node come before it, so
 * that a walk yields the word's number in sorted order (a minimal perfect hash;
 * Lucchesi and Kowaltowski 1993).  Weights are pushed towards the root (Mohri
 * 1997): the sum along a path is the least cost of any word that can still be
 * reached, which makes it a lower bound for a search. */
#ifndef UFX_LANG_LEXICON_H
#define UFX_LANG_LEXICON_H

#include "base/limits.h"
#include "base/memory.h"

#include <stdint.h>

#define UFX_WORD_NONE UINT32_MAX

/* One unit of a quantized cost, in 1/1000 nat. */
#define UFX_COST_STEP 80

/* Weights in the automaton are coarser: so many units a step.  Words of like
 * frequency then share their endings. */
#define UFX_WEIGHT_STEP 6

enum ufx_word_flag {
    UFX_WORD_KNOWN = 1,    /* a dictionary has it */
    UFX_WORD_CAPITAL = 2,  /* only with a capital (or all in capitals) */
    UFX_WORD_ACRONYM = 4,  /* only all in capitals */
    UFX_WORD_FOREIGN = 8,  /* of another language */
    UFX_WORD_ABBREV = 16,  /* may have a full stop of its own */
    UFX_WORD_CORPUS = 32,  /* seen in text; no dictionary has it */
    UFX_WORD_ARCHAIC = 64, /* right in older print: stays, is no target */
    UFX_WORD_SELDOM = 128  /* no target, but may itself be damaged */
};

struct ufx_word {
    uint8_t cost;    /* of the unigram, in UFX_COST_STEP */
    uint8_t backoff; /* after it, in UFX_COST_STEP */
    uint8_t flags;
    uint8_t capital; /* share of capitals within sentences, in 1/254; 255:
                        never seen there */
};

#define UFX_WORD_USUAL (UFX_WORD_KNOWN | UFX_WORD_CORPUS)

/* Foreign words and older spellings are there so that they stay, not for
 * others to become them. */
static inline bool
ufx_is_target(const struct ufx_word *word)
{
    return (word->flags & (UFX_WORD_ARCHAIC | UFX_WORD_SELDOM)) == 0 &&
           (word->flags & (UFX_WORD_FOREIGN | UFX_WORD_KNOWN |
                           UFX_WORD_CORPUS)) != UFX_WORD_FOREIGN;
}

/* All that a walk needs of an arc, together: a node of four takes one line of
 * the cache. */
struct ufx_arc {
    uint32_t way;    /* label, UFX_ARC_LAST, UFX_ARC_FINAL, target */
    uint32_t skip;   /* words of the node that come before it */
    uint8_t step;    /* added by the arc, in UFX_WEIGHT_STEP */
    uint8_t final;   /* added if the word ends here */
    uint8_t through; /* added if it goes on */
    uint8_t plain;   /* 1: all labels of the target are usual letters */
    uint32_t below;  /* ufx_letter_bit of each label of the target; all, if
                        no letter has its own */
};

#define UFX_ARC_LABEL(way) ((uint8_t)(way))
#define UFX_ARC_LAST 0x100u
#define UFX_ARC_FINAL 0x200u
#define UFX_ARC_TARGET(way) ((way) >> 10)
#define UFX_ARC_TARGET_MAX ((1u << 22) - 1)

#define UFX_USUAL_LETTERS 32

/* The letters of a language that have one of 32 bits of their own: the most
 * frequent, in their order.  The others share the bit of their letter without
 * its accent, or the first. */
struct ufx_usual {
    uint8_t bits[0x100]; /* the number of each letter's bit */
    uint8_t letters[UFX_USUAL_LETTERS];
    uint32_t count;
};

/* No letter has a bit of its own: of a user's words, which are no language's.
 */
extern const struct ufx_usual ufx_usual_none;

/* False if the letters, at most 32, do not rise. */
bool ufx_usual_make(struct ufx_usual *usual, const uint8_t *letters,
                    size_t count);

static inline bool
ufx_is_usual(const struct ufx_usual *usual, uint8_t letter)
{
    return usual->letters[usual->bits[letter]] == letter;
}

static inline uint32_t
ufx_letter_bit(const struct ufx_usual *usual, uint8_t letter)
{
    return UINT32_C(1) << usual->bits[letter];
}

/* A view of a lexicon: in a model image, or built for an overlay. */
struct ufx_lexicon {
    const struct ufx_usual *usual;
    /* Arc 0 leads to the root; target 0 means none. */
    const struct ufx_arc *arcs;
    const struct ufx_word *words;
    uint32_t arc_count;
    uint32_t word_count;
    uint32_t root; /* 0 if there are no words */
};

/* Where the arcs of a node, of which `first` is the first, end at the latest.
 * In a good model the last says that it is, long before. */
static inline uint32_t
ufx_lexicon_end(const struct ufx_lexicon *lexicon, uint32_t first)
{
    return first < lexicon->arc_count &&
                   lexicon->arc_count - first > UFX_MODEL_ARCS
               ? first + UFX_MODEL_ARCS
               : lexicon->arc_count;
}

static inline uint32_t
ufx_count_bits(uint32_t bits)
{
    bits -= bits >> 1 & 0x55555555;
    bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
    return ((bits + (bits >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24;
}

/* The arc with that label after the arc `from`, which is 0 at the beginning;
 * 0 if there is none. */
uint32_t ufx_lexicon_arc(const struct ufx_lexicon *lexicon, uint32_t from,
                         uint8_t label);

/* The number of the word, or UFX_WORD_NONE. */
uint32_t ufx_lexicon_find(const struct ufx_lexicon *lexicon,
                          const uint8_t *letters, size_t length);

/* True if it is one, and has one of the flags (enum ufx_word_flag). */
static inline bool
ufx_lexicon_has(const struct ufx_lexicon *lexicon, uint32_t word,
                unsigned flags)
{
    return word < lexicon->word_count &&
           (lexicon->words[word].flags & flags) != 0;
}

/* Building. */
struct ufx_lexicon_entry {
    const uint8_t *letters;
    uint32_t length;
    struct ufx_word word;
};

/* What a build yields: the arrays that a struct ufx_lexicon shows. */
struct ufx_lexicon_built {
    struct ufx_memory memory;
    struct ufx_lexicon view;
    struct ufx_arc *arcs;
    struct ufx_word *words;
    size_t arc_capacity;
    size_t word_capacity;
};

/* Sorts the entries and merges equal ones: the lowest cost, all flags (but
 * CAPITAL and ACRONYM only if all have it).  The usual letters must last as
 * long.  LIMIT if the automaton is too large.  On failure nothing is left to
 * free. */
unfix_status ufx_lexicon_build(struct ufx_lexicon_built *built,
                               const struct ufx_memory *memory,
                               const struct ufx_usual *usual,
                               struct ufx_lexicon_entry *entries, size_t count);
void ufx_lexicon_built_free(struct ufx_lexicon_built *built);

#endif
