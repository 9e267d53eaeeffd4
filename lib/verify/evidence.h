/* SPDX-License-Identifier: MPL-2.0 */
/* What speaks for and against a change, in numbers. */
#ifndef UFX_VERIFY_EVIDENCE_H
#define UFX_VERIFY_EVIDENCE_H

#include "normalize/decode.h"
#include "normalize/profile.h"

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
    UFX_FEATURE_DOCUMENT,      /* words of the document, up to 1000 */
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
    UFX_FEATURE_COUNT
};

struct ufx_evidence {
    int32_t features[UFX_FEATURE_COUNT];
    unfix_class kind;
    bool known_before; /* all words of the source */
    bool known_after;
    bool by_grammar; /* the source is no valid form, and this is the nearest;
                        or nothing but a hyphen is taken out of a word */
    bool guessed;    /* a form that nothing proves, a prefix parted, the
                        dot of .doc taken: proposed at most */
    bool in_name;    /* part of somebody's name: not to be touched */
    uint32_t seen_before;
    uint32_t seen_after;
};

/* True for one mark instead of another, and for none instead of a colon: the
 * sentence could carry what it has. */
bool ufx_evidence_changes_mark(const int32_t *features);

/* The group of changes that is calibrated together, below UFX_FOREST_GROUPS. */
uint32_t ufx_evidence_group(const int32_t *features);

void ufx_evidence_gather(struct ufx_evidence *evidence,
                         const struct ufx_lattice *lattice,
                         const struct ufx_change *change,
                         const struct ufx_vocabulary *vocabulary,
                         const struct ufx_profile *profile);

#endif
