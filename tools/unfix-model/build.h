/* SPDX-License-Identifier: MPL-2.0 */
/* What `unfix-model build` makes of a language's folder, and its steps, each of
 * which needs those before it. */
#ifndef UNFIX_MODEL_BUILD_H
#define UNFIX_MODEL_BUILD_H

#include "ways.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "lang/model.h"

struct entries {
    struct ufx_lexicon_entry *list;
    size_t count;
    size_t capacity;
    struct ufx_arena letters;
};

struct building {
    const char *folder;
    struct entries entries;
    struct ufx_usual usual;
    struct ufx_lexicon_built lexicon;
    struct ufx_word *unigrams; /* words, then classes */
    double *probability;       /* of each */
    double *history;           /* how often each was seen */
    uint64_t *bigrams;
    uint32_t bigram_buckets;
    uint32_t *trigrams;
    uint32_t trigram_buckets;
    uint16_t *families; /* of each unigram */
    int8_t *affinity;
    uint16_t *contexts; /* UFX_LETTER_CONTEXTS */
    struct ufx_letter_row *letters;
    uint32_t letter_rows;
    struct ufx_rule *rules;
    size_t rule_count, rule_capacity;
    struct ufx_mark_rule *marks;
    size_t mark_count, mark_capacity;
    struct ufx_buffer forest;
    struct ufx_form *forms;
    size_t form_count, form_capacity;
    struct ufx_pattern *patterns;
    size_t pattern_count, pattern_capacity;
    struct ways_built ways;
    struct ufx_kind_row *kinds;
    size_t kind_count, kind_capacity;
    struct ufx_buffer kind_names;
    struct ufx_rival_row *rivals;
    size_t rival_count;
    struct ufx_buffer readings; /* of those */
};

/* Bytes of a language's tag, at most. */
#define BUILD_TAG_MOST 32

/* No count is higher: doubles hold it to the last digit. */
#define BUILD_COUNT_MOST (UINT64_C(1) << 53)

/* The lexicon with the costs of its words, of which each has one entry then, in
 * their order.  `forms` may be NULL. */
void build_words(struct building *b, const char *forms, const char *hunspell);

/* A word or a class in the tables of counts; UFX_WORD_NONE if it is neither. */
uint32_t build_find_word(const struct building *b, const char *word,
                         size_t length);

/* -ln of a probability, as the image has it. */
uint8_t build_cost(double probability);

/* What follows what, words and letters; rules, marks and the like. */
void build_ngrams(struct building *b);
void build_letters(struct building *b);
void build_tables(struct building *b);

/* Writes it all to the file `output`. */
void build_image(struct building *b, const char *output, const char *language,
                 const char *version);

#endif
