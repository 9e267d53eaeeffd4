/* SPDX-License-Identifier: MPL-2.0 */
/* What a document has shown of itself: how dirty it is, what its engine reads
 * for what, and which forms recur.  Counted from cases that need no context. */
#ifndef UFX_NORMALIZE_PROFILE_H
#define UFX_NORMALIZE_PROFILE_H

#include "normalize/lattice.h"
#include "normalize/nature.h"

struct ufx_profile; /* one document's */

struct ufx_profile *ufx_profile_new(const struct ufx_memory *memory,
                                    const struct ufx_vocabulary *vocabulary);
void ufx_profile_free(struct ufx_profile *profile);

/* Forgets the document. */
void ufx_profile_clear(struct ufx_profile *profile);

/* Makes `to` know what `from` knows; both are of the same vocabulary. */
void ufx_profile_copy(struct ufx_profile *to, const struct ufx_profile *from);

/* Searches for all readings that counting asks for.  MEMORY is the only
 * failure. */
unfix_status ufx_profile_search(struct ufx_lattice *lattice,
                                const struct ufx_vocabulary *vocabulary,
                                struct ufx_candidates *candidates);

/* Counts a paragraph that was searched and stands at `offset` of its window,
 * whose surroundings it is added to.  MEMORY is the only failure. */
unfix_status ufx_profile_count(struct ufx_profile *profile,
                               const struct ufx_lattice *lattice,
                               const struct ufx_vocabulary *vocabulary,
                               size_t offset,
                               struct ufx_surroundings *surroundings);

/* True if something is misread, so that words are worth to be looked for beyond
 * what is near; what was counted may have been searched in either way. */
bool ufx_profile_is_wide(const struct ufx_profile *profile);

/* Says how that was. */
void ufx_profile_searched(struct ufx_profile *profile, bool wide);

/* Works out from the counts what the engine's habits are.  The result is the
 * profile's and stays until the next call. */
const struct ufx_habits *ufx_profile_habits(struct ufx_profile *profile,
                                            const struct ufx_vocabulary *v);

/* Times that these characters stood as a token (without outer marks) so far;
 * forms that were too rare to be kept count 0. */
uint32_t ufx_profile_seen(const struct ufx_profile *profile,
                          const uint32_t *chars, size_t count);

/* How often a rule was seen in certain cases, and in how many distinct
 * words. */
uint32_t ufx_profile_rule(const struct ufx_profile *profile, uint16_t rule);
uint32_t ufx_profile_rule_words(const struct ufx_profile *profile,
                                uint16_t rule);

/* Of 1000 places where what the rule means was meant, those where it was read
 * so: its cases against what was read right. */
uint32_t ufx_profile_rule_rate(const struct ufx_profile *profile,
                               const struct ufx_vocabulary *vocabulary,
                               uint16_t rule);

struct ufx_profile_totals {
    uint64_t words;    /* tokens of letters */
    uint64_t unknown;  /* of those, in no lexicon */
    uint64_t repaired; /* of those, with one certain reading */
    uint64_t small;    /* of the repaired, in small letters: no name */
    uint64_t lost;     /* of the unknown, small, with no near reading */
    uint64_t broken;   /* of the unknown: words only with a neighbour */
    uint64_t old;      /* tokens that only older print spells so */
    uint64_t letters;  /* of known words */
    uint64_t accented; /* of those letters */
    uint64_t showing;  /* words that show an accent */
    uint64_t lacking;  /* that would be known with one */
    uint64_t specks;   /* marks where print has none: unión.de, 'este */
    uint64_t accented_capitals; /* words in capitals that show an accent */
    uint64_t bare_capitals;     /* and that lack the accent they should have */
    uint64_t pairs;             /* apostrophes that open and close something */
    uint64_t lone;              /* apostrophes that only do one of both */
    /* Of rules, by distinct words in certain cases: how many, pairs of the same
     * rule (as n squared less n), and the words' cost together. */
    uint64_t habits;
    uint64_t habit_pairs;
    uint64_t habit_cost;
    struct ufx_nature nature;
};

/* True for a text of the language that an engine has damaged, by itself: so
 * many of its words are in small letters and have one certain reading. */
bool ufx_profile_is_damaged(const struct ufx_profile *profile);

/* Words that are to be taken for damaged besides those that the document shows,
 * by what its collection shows of documents with such misreadings: `rates` has
 * damaged words in 10,000 for each rule. */
uint32_t ufx_profile_series(const struct ufx_profile *profile,
                            const uint16_t *rates);

/* So many such words are to be expected. */
void ufx_profile_expect(struct ufx_profile *profile, uint32_t words);
uint32_t ufx_profile_expected(const struct ufx_profile *profile);

const struct ufx_profile_totals *
ufx_profile_totals(const struct ufx_profile *profile);

#endif
