/* SPDX-License-Identifier: MPL-2.0 */
/* The words that an engine may have printed a token for.
 *
 * A beam search walks the token and the lexicon's automaton together, position
 * by position.  Its order is the channel cost so far plus the least unigram
 * cost that can still be reached, which the automaton's pushed weights give
 * exactly.  (Best-first over all positions at once was tried: long tokens used
 * up the budget on short beginnings, and glued words were not found.) */
#ifndef UFX_NORMALIZE_SEARCH_H
#define UFX_NORMALIZE_SEARCH_H

#include "base/arena.h"
#include "base/limits.h"
#include "lang/model.h"

/* Numbers of what is no rule of a table. */
#define UFX_RULE_GENERIC 0xFFFF /* any letter for any other */
#define UFX_RULE_CASE 0xFFFE    /* the other case of a letter */
#define UFX_RULE_FORM 0xFFFC    /* a typed form: ordinal, numeral, symbol */
#define UFX_RULE_TABLES 0xFF00  /* numbers of table rules are below this */

/* Where words are looked for: the model's lexicon, then an overlay's. */
struct ufx_vocabulary {
    const struct ufx_language *language;
    const struct ufx_lexicon *user; /* NULL: none */
    const struct ufx_rules *user_rules;
    /* True for a word that a user's dictionary has; NULL: none.  In upper or
     * lower case as printed. */
    bool (*knows)(void *speller, const uint32_t *chars, size_t count);
    void *speller;
};

/* The rule of that number; `number` is below UFX_RULE_TABLES and was given by
 * a search with this vocabulary. */
static inline const struct ufx_rule *
ufx_vocabulary_rule(const struct ufx_vocabulary *v, uint32_t number)
{
    uint32_t own = v->language->rules.count;

    return number < own ? &v->language->rules.rules[number]
                        : &v->user_rules->rules[number - own];
}

/* All rules, the model's and the user's. */
static inline uint32_t
ufx_vocabulary_rule_count(const struct ufx_vocabulary *v)
{
    return v->language->rules.count +
           (v->user_rules != NULL ? v->user_rules->count : 0);
}

enum ufx_shape {
    UFX_SHAPE_LOWER,
    UFX_SHAPE_CAPITAL, /* the first letter */
    UFX_SHAPE_UPPER    /* all letters */
};

enum ufx_reading_flag {
    UFX_READING_SAME = 1,    /* the token as it is */
    UFX_READING_GENERIC = 2, /* uses a generic edit */
    UFX_READING_SPLIT = 4,   /* has a blank that the token has not */
    UFX_READING_LISTED = 8,  /* a word of the overlay */
    UFX_READING_FORM = 16,   /* a typed form */
    UFX_READING_PROVEN = 32, /* that is all that can be meant */
    UFX_READING_DEEP = 128   /* found where little is right */
};

/* One way to read a token (or part of it, or several). */
struct ufx_reading {
    const uint32_t *chars; /* what it reads as */
    uint32_t count;
    int32_t channel; /* 1/1000 nat, before the document's own habits */
    uint16_t rules[UFX_READING_RULES];
    uint8_t rule_count;
    uint8_t word_count;
    uint8_t flags;
    uint8_t shape;
    uint8_t form;                      /* of a typed form: unfix_class + 1 */
    uint32_t words[UFX_READING_WORDS]; /* pieces for the language model */
};

/* What the model knows of word `i` of a reading; NULL if it is the user's or
 * none of the model's. */
static inline const struct ufx_word *
ufx_reading_word(const struct ufx_language *language,
                 const struct ufx_reading *reading, size_t i)
{
    if ((reading->flags & UFX_READING_LISTED) ||
        reading->words[i] >= language->lexicon.word_count)
        return NULL;
    return &language->lexicon.words[reading->words[i]];
}

struct ufx_readings {
    struct ufx_reading *list; /* cheapest first */
    size_t count;
};

struct ufx_search_limits {
    int32_t cap;          /* channel cost of a reading, 1/1000 nat */
    int32_t window;       /* how far behind the best one */
    int32_t width;        /* states that may be expanded at one position */
    bool blanks;          /* readings of several words */
    uint8_t generic;      /* generic edits, at most */
    bool figures;         /* they may drop figures */
    int32_t generic_cost; /* of each */
    int32_t mark_cost;    /* the same of a mark, for any letter or for none */
    int32_t case_cost;    /* of a letter in the other case */
};

struct ufx_search; /* scratch, for one thread */

/* For that vocabulary's rules; the characters of readings will live in the
 * arena.  Both must stay.  NULL: out of memory. */
struct ufx_search *ufx_search_new(const struct ufx_memory *memory,
                                  const struct ufx_vocabulary *vocabulary,
                                  struct ufx_arena *arena);
void ufx_search_free(struct ufx_search *search);

/* With the vocabulary that the search was made for: appends to `out`, which has
 * room for UFX_READINGS more, the readings of `chars` in that shape.  Nothing
 * is found in 0 or too many characters.  MEMORY is the only failure. */
unfix_status ufx_search_run(struct ufx_search *search,
                            const struct ufx_vocabulary *vocabulary,
                            const uint32_t *chars, size_t count,
                            enum ufx_shape shape,
                            const struct ufx_search_limits *limits,
                            struct ufx_readings *out);

/* True if the last run found nothing and did not come near the end of what it
 * read: nothing is found then in anything that begins so, either. */
bool ufx_search_is_blocked(const struct ufx_search *search);

/* The states that were expanded since the last call, and UFX_WORK_RULES rules
 * that were looked at for one more. */
uint32_t ufx_search_work(struct ufx_search *search);
#endif
