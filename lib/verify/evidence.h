/* SPDX-License-Identifier: MPL-2.0 */
/* What speaks for and against a change, in numbers. */
#ifndef UFX_VERIFY_EVIDENCE_H
#define UFX_VERIFY_EVIDENCE_H

#include "normalize/decode.h"
#include "normalize/profile.h"
#include "verify/said.h"

/* In the order of the model's features: append only. */
enum ufx_feature {
    UFX_FEATURE_MARGIN_KEEP,   /* 1/1000 nat: keeping it costs so much more */
    UFX_FEATURE_MARGIN_SECOND, /* the next best change */
    UFX_FEATURE_POSTERIOR,     /* all other readings together */
    UFX_FEATURE_CHANNEL,       /* what the misreading costs */
    UFX_FEATURE_CHANNEL_PRIOR, /* before the document's habits */
    UFX_FEATURE_LANGUAGE_GAIN, /* how much better the words fit */
    UFX_FEATURE_KEEP_CHANNEL,  /* spelling cost of unknown words */
    UFX_FEATURE_CLASS,
    UFX_FEATURE_KNOWN,       /* 0 unknown, 1 some words known, 2 all */
    UFX_FEATURE_SOURCE_COST, /* unigram cost of the rarest known word */
    UFX_FEATURE_TARGET_COST,
    UFX_FEATURE_TARGET_CORPUS, /* a word that no dictionary has */
    UFX_FEATURE_LENGTH,        /* characters of the source */
    UFX_FEATURE_SHAPE,     /* 0 small, 1 first capital, 2 capitals, 3 mixed */
    UFX_FEATURE_SENTENCE,  /* 1 at a sentence's beginning */
    UFX_FEATURE_DIRT,      /* unknown words in 1000, of the document */
    UFX_FEATURE_REPAIRED,  /* certain repairs in 1000 words */
    UFX_FEATURE_RULE_SEEN, /* times its rarest rule was certain */
    UFX_FEATURE_RULE_COUNT,
    UFX_FEATURE_GENERIC,
    UFX_FEATURE_SEEN_BEFORE, /* the source, in this document */
    UFX_FEATURE_SEEN_AFTER,  /* the replacement */
    UFX_FEATURE_DIGIT,
    UFX_FEATURE_NEIGHBOURS, /* unknown words among the eight around */
    UFX_FEATURE_WORDS,      /* words of the replacement */
    UFX_FEATURE_MARK_READ,
    UFX_FEATURE_MARK_MEANT,
    UFX_FEATURE_NEXT, /* what follows: see next_kind */
    UFX_FEATURE_PREVIOUS,
    UFX_FEATURE_GROWTH,        /* characters more */
    UFX_FEATURE_ACCENTED,      /* accented letters in 1000 */
    UFX_FEATURE_TARGET_NAME,   /* written with a capital only */
    UFX_FEATURE_FIRST_LETTER,  /* 1 if it changes */
    UFX_FEATURE_GAPS,          /* blanks closed */
    UFX_FEATURE_FOREIGN,       /* foreign words among the eight around */
    UFX_FEATURE_SPECKS,        /* stray marks in 1000 words */
    UFX_FEATURE_HABIT,         /* the document's part of the channel cost */
    UFX_FEATURE_KEEP_LANGUAGE, /* what the words as they are cost in context */
    UFX_FEATURE_BEST_LANGUAGE, /* and the changed ones */
    UFX_FEATURE_STRAY,         /* apostrophes without a partner, in 1000 */
    UFX_FEATURE_SPACED,        /* words of one letter in the source */
    UFX_FEATURE_SEEN_SHARE,    /* the source among both, in 1000 */
    UFX_FEATURE_RULE_WORDS,    /* distinct words that its rarest rule mends */
    UFX_FEATURE_RULE_RATE,     /* ufx_profile_rule_rate of that rule */
    UFX_FEATURE_RULE_SHARE,    /* of it among all rules, in 1000 */
    UFX_FEATURE_LETTER_READ,   /* its first letter, if it is the only rule */
    UFX_FEATURE_LETTER_MEANT,
    UFX_FEATURE_LAST_LETTER,  /* 1 if it changes */
    UFX_FEATURE_SIGNS,        /* other than letters, in the source */
    UFX_FEATURE_ODD_CASE,     /* a capital after a small letter */
    UFX_FEATURE_TOUCH_BEFORE, /* kind of what touches it on the left; 0 none */
    UFX_FEATURE_TOUCH_AFTER,
    UFX_FEATURE_TOUCH_SIGN,  /* the sign there that is no usual mark */
    UFX_FEATURE_REST,        /* letters of the token beyond it */
    UFX_FEATURE_GRAMMAR,     /* 1 proven by the grammar of forms */
    UFX_FEATURE_PREFIX,      /* 1 it parts one from its word */
    UFX_FEATURE_NAME,        /* 1 its owner writes it so */
    UFX_FEATURE_HABITS,      /* certain rules of the same kind, in 1000 */
    UFX_FEATURE_HABIT_COST,  /* what a certain word's reading costs; 0 in a text
                                that is damaged for certain */
    UFX_FEATURE_ALL_DAMAGED, /* see UFX_TRAIT_DAMAGED, in 1000 */
    UFX_FEATURE_NEAR_DAMAGED,
    UFX_FEATURE_ALL_LOST,  /* unknown words with no near reading, in 1000 */
    UFX_FEATURE_EXPLAINED, /* certain ones of the unknown words, in 1000 */
    /* Words and signs in 1000, of the document and of what stands around: */
    UFX_FEATURE_ALL_OWN,
    UFX_FEATURE_ALL_FIRST,
    UFX_FEATURE_ALL_SECOND,
    UFX_FEATURE_ALL_OLD,
    UFX_FEATURE_ALL_LANGUAGE, /* of the language that has most */
    UFX_FEATURE_ALL_DIGITED,
    UFX_FEATURE_ALL_CASED,
    UFX_FEATURE_ALL_ODD,
    UFX_FEATURE_ALL_SIGN,
    UFX_FEATURE_ALL_GLUED,
    UFX_FEATURE_ALL_FIGURE,
    UFX_FEATURE_ALL_PROTECTED,
    UFX_FEATURE_NEAR_OWN,
    UFX_FEATURE_NEAR_FIRST,
    UFX_FEATURE_NEAR_SECOND,
    UFX_FEATURE_NEAR_OLD,
    UFX_FEATURE_NEAR_LANGUAGE,
    UFX_FEATURE_NEAR_DIGITED,
    UFX_FEATURE_NEAR_CASED,
    UFX_FEATURE_NEAR_ODD,
    UFX_FEATURE_NEAR_SIGN,
    UFX_FEATURE_NEAR_GLUED,
    UFX_FEATURE_NEAR_FIGURE,
    UFX_FEATURE_NEAR_PROTECTED,
    UFX_FEATURE_NEAR_UNKNOWN,
    UFX_FEATURE_NEAR_REPAIRED,
    UFX_FEATURE_NEAR_ANY,     /* of any other language */
    UFX_FEATURE_MARGIN_PATH,  /* the best way to read the place and what stands
                                 beside it without the change */
    UFX_FEATURE_RIVALS,       /* other readings that are nearly as good */
    UFX_FEATURE_NEARER,       /* readings that the engine prints rather so */
    UFX_FEATURE_DEEP,         /* 1 found where little is right */
    UFX_FEATURE_ALIKE,        /* letters that stay, of both words in 1000 */
    UFX_FEATURE_ALTERED,      /* and how many do not */
    UFX_FEATURE_IMPOSSIBLE,   /* no language writes its token so: see
                                 ufx_outline */
    UFX_FEATURE_LETTERS,      /* of the token, one after the other */
    UFX_FEATURE_SOURCE_FLAGS, /* enum ufx_word_flag of a known word */
    UFX_FEATURE_SOURCE_CAPITAL, /* its capitals within sentences, in 1/254 */
    UFX_FEATURE_TARGET_CAPITAL,
    UFX_FEATURE_SENTENCE_FIRST, /* words of the first person around, up to the
                                   sentence's ends */
    UFX_FEATURE_SENTENCE_SECOND,
    UFX_FEATURE_BEFORE_COST, /* of the word before, -1: none or not known */
    UFX_FEATURE_BEFORE_LENGTH,
    UFX_FEATURE_AFTER_COST,
    UFX_FEATURE_AFTER_LENGTH,
    UFX_FEATURE_LINE, /* 1 begins a line, 2 ends one, 3 both */
    UFX_FEATURE_DOTS, /* marks of the same kind one after the other */
    /* What the engine said: see ufx_said_figures. */
    UFX_FEATURE_ENGINE_MEAN,
    UFX_FEATURE_ENGINE_LOWEST,
    UFX_FEATURE_ENGINE_RANK,
    UFX_FEATURE_ENGINE_MEDIAN,
    UFX_FEATURE_ENGINE_AROUND,
    /* What its letters tell by themselves: see ufx_outline. */
    UFX_FEATURE_STUMP,
    UFX_FEATURE_SOURCE_ODDEST,
    UFX_FEATURE_TARGET_ODDEST,
    UFX_FEATURE_LETTERS_GAIN,  /* how much better they make a word */
    UFX_FEATURE_NEAR_READINGS, /* others that the engine prints nearly so */
    UFX_FEATURE_LACKING,  /* words that lack their accent, of those that have
                             one in the language, in 1000 */
    UFX_FEATURE_CAPITALS, /* of those in capitals, which show it; -1: none */
    /* What the two words cost together, -1: the pair was not met. */
    UFX_FEATURE_BEFORE_SOURCE,
    UFX_FEATURE_BEFORE_TARGET,
    UFX_FEATURE_SOURCE_AFTER,
    UFX_FEATURE_TARGET_AFTER,
    UFX_FEATURE_HEAD_LENGTH, /* first word of several */
    UFX_FEATURE_HEAD_COST,
    UFX_FEATURE_TAIL_LENGTH, /* last word of several */
    UFX_FEATURE_TAIL_COST,
    UFX_FEATURE_TWINS,  /* of a mark, around it, that stand as it does */
    UFX_FEATURE_UNLIKE, /* and that stand in another way */
    /* Words that touch it: 1 a known one on the left, 2 another one, 4 and 8 on
     * the right. */
    UFX_FEATURE_TOUCH_KNOWN,
    UFX_FEATURE_CAPITALS_AROUND, /* of the two words on either side, those that
                                    are all in capitals */
    UFX_FEATURE_TARGET_SHAPE,    /* as UFX_FEATURE_SHAPE */
    UFX_FEATURE_COUNT
};

struct ufx_evidence {
    int32_t features[UFX_FEATURE_COUNT];
    unfix_class kind;
    bool known_before; /* all words of the source */
    bool known_after;
    bool by_grammar;   /* the source is no valid form, and this is the nearest;
                          or nothing but a hyphen is taken out of a word */
    bool parts_prefix; /* from its word: proposed at most */
    enum ufx_apart apart; /* what its surroundings are */
    bool strange;         /* neither they nor the document are in a language
                             that is known here */
    bool owners_way;      /* a name without its accent, in a text that is right
                             otherwise: not to be touched */
    bool as_beside;       /* a mark at a line's head, as the next line has it */
    uint32_t seen_before;
    uint32_t seen_after;
};

/* True for one mark instead of another, and for none instead of a colon: the
 * sentence could carry what it has. */
bool ufx_evidence_changes_mark(const int32_t *features);

/* The group of changes that is calibrated together, below UFX_FOREST_GROUPS. */
uint32_t ufx_evidence_group(const int32_t *features);

/* Describes a change by all but that.  `offset` is the paragraph's in the
 * window. */
void ufx_evidence_gather(struct ufx_evidence *evidence,
                         const struct ufx_lattice *lattice,
                         const struct ufx_change *change,
                         const struct ufx_vocabulary *vocabulary,
                         const struct ufx_profile *profile,
                         const struct ufx_surroundings *surroundings,
                         size_t offset);

/* And by what the engine said of the place. */
void ufx_evidence_engine(struct ufx_evidence *evidence,
                         const struct ufx_said_figures *said);

#endif
