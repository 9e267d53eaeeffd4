/* SPDX-License-Identifier: MPL-2.0 */
/* The language model: word trigrams with back-off, quantized.
 *
 * An n-gram is found by the hash of its word numbers in a bucket of one cache
 * line; only a tag of the hash is kept (Talbot and Osborne 2007).  A bucket
 * that is full overflows into the next. */
#ifndef UFX_LANG_NGRAMS_H
#define UFX_LANG_NGRAMS_H

#include "lang/lexicon.h"

#include <stdint.h>

#define UFX_BUCKET_BYTES 64
#define UFX_BIGRAMS_PER_BUCKET 8
#define UFX_TRIGRAMS_PER_BUCKET 16

/* Bigram entry: tag in bits 16-63, back-off 8-15, cost 0-7.
 * Trigram entry: tag in bits 8-31, cost 0-7.  An entry 0 is empty. */

/* Words that end alike are a family, as is each of the most frequent words:
 * what no bigram says, the families say (las -adas, está -ando). */
#define UFX_FAMILIES 1024

struct ufx_ngrams {
    const struct ufx_word *unigrams; /* of words, then of token classes */
    uint32_t unigram_count;
    const uint64_t *bigrams;
    uint32_t bigram_buckets;
    const uint32_t *trigrams;
    uint32_t trigram_buckets;
    const uint16_t *families; /* of each unigram; NULL: none */
    const int8_t *affinity;   /* by family before and family, in steps */
};

/* The last two words and what backing off from them costs. */
struct ufx_history {
    uint32_t first; /* UFX_WORD_NONE if there is none */
    uint32_t second;
    uint32_t backoff; /* of the pair, 1/1000 nat */
    uint64_t hash;    /* of the pair; 0: not worked out */
};

static inline uint64_t
ufx_ngram_mix(uint64_t x)
{
    /* The finalizer of SplitMix64. */
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static inline uint64_t
ufx_bigram_hash(uint32_t a, uint32_t b)
{
    return ufx_ngram_mix((uint64_t)a << 32 | b);
}

/* By that of the first two. */
static inline uint64_t
ufx_trigram_hash_from(uint64_t pair, uint32_t c)
{
    return ufx_ngram_mix(pair + c);
}

static inline uint64_t
ufx_trigram_hash(uint32_t a, uint32_t b, uint32_t c)
{
    return ufx_trigram_hash_from(ufx_bigram_hash(a, b), c);
}

/* The bucket is taken from the high half, the tag from the low bits. */
static inline uint32_t
ufx_ngram_bucket(uint64_t hash, uint32_t buckets)
{
    return (uint32_t)((hash >> 32) * buckets >> 32);
}

static inline uint64_t
ufx_bigram_tag(uint64_t hash)
{
    uint64_t tag = hash & UINT64_C(0xFFFFFFFFFFFF);

    return tag == 0 ? 1 : tag;
}

static inline uint32_t
ufx_trigram_tag(uint64_t hash)
{
    uint32_t tag = (uint32_t)hash & 0xFFFFFF;

    return tag == 0 ? 1 : tag;
}

/* Asks for the memory that ufx_ngram_cost will read: the tables are larger than
 * any cache, and many look-ups can wait at once. */
void ufx_ngram_prefetch(const struct ufx_ngrams *model,
                        const struct ufx_history *history, uint32_t word);

/* -ln P(b | a) in 1/1000 nat, if the model has met the two; -1 if not. */
int32_t ufx_ngram_pair(const struct ufx_ngrams *model, uint32_t a, uint32_t b);

/* -ln P(word | history) in 1/1000 nat; *next becomes the history after it.
 * `history` and `next` may be the same. */
uint32_t ufx_ngram_cost(const struct ufx_ngrams *model,
                        const struct ufx_history *history, uint32_t word,
                        struct ufx_history *next);

#endif
