/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/ngrams.h"

#include "base/limits.h"

#include <string.h>

/* The entry of the bigram, 0 if it was not seen often enough. */
static uint64_t
find_bigram(const struct ufx_ngrams *model, uint64_t hash)
{
    uint64_t tag;
    uint32_t bucket, tries;

    if (model->bigram_buckets == 0)
        return 0;
    tag = ufx_bigram_tag(hash);
    bucket = ufx_ngram_bucket(hash, model->bigram_buckets);
    for (tries = 0; tries < UFX_MODEL_BUCKETS; tries++) {
        const uint64_t *entries =
            model->bigrams + (size_t)bucket * UFX_BIGRAMS_PER_BUCKET;
        int i;

        for (i = 0; i < UFX_BIGRAMS_PER_BUCKET; i++)
            if (entries[i] >> 16 == tag)
                return entries[i];
        if (entries[UFX_BIGRAMS_PER_BUCKET - 1] == 0)
            return 0;
        bucket = bucket + 1 == model->bigram_buckets ? 0 : bucket + 1;
    }
    return 0;
}

/* True if any entry of the bucket has the tag: most trigrams were never seen.
 */
#ifdef __GNUC__
typedef uint32_t quad __attribute__((vector_size(16)));

static inline bool
has_tag(const uint32_t *entries, uint32_t tag)
{
    const uint32_t shifted = tag << 8, above = UINT32_C(0xFFFFFF00);
    const quad wanted = {shifted, shifted, shifted, shifted};
    const quad mask = {above, above, above, above};
    uint64_t halves[2];
    quad some[4], found;

    memcpy(some, entries, sizeof some);
    found = (quad)((some[0] & mask) == wanted) |
            (quad)((some[1] & mask) == wanted) |
            (quad)((some[2] & mask) == wanted) |
            (quad)((some[3] & mask) == wanted);
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
#else
static inline bool
has_tag(const uint32_t *entries, uint32_t tag)
{
    int i;

    for (i = 0; i < UFX_TRIGRAMS_PER_BUCKET; i++)
        if (entries[i] >> 8 == tag)
            return true;
    return false;
}
#endif

static uint32_t
find_trigram(const struct ufx_ngrams *model, uint64_t hash)
{
    uint32_t tag, bucket, tries;

    if (model->trigram_buckets == 0)
        return 0;
    tag = ufx_trigram_tag(hash);
    bucket = ufx_ngram_bucket(hash, model->trigram_buckets);
    for (tries = 0; tries < UFX_MODEL_BUCKETS; tries++) {
        const uint32_t *entries =
            model->trigrams + (size_t)bucket * UFX_TRIGRAMS_PER_BUCKET;
        int i;

        if (has_tag(entries, tag))
            for (i = 0; i < UFX_TRIGRAMS_PER_BUCKET; i++)
                if (entries[i] >> 8 == tag)
                    return entries[i];
        if (entries[UFX_TRIGRAMS_PER_BUCKET - 1] == 0)
            return 0;
        bucket = bucket + 1 == model->trigram_buckets ? 0 : bucket + 1;
    }
    return 0;
}

static uint32_t
unigram_cost(const struct ufx_ngrams *model, uint32_t word)
{
    /* A word that the model does not know (an overlay's) is as rare as any. */
    return word < model->unigram_count
               ? model->unigrams[word].cost * (uint32_t)UFX_COST_STEP
               : 200u * UFX_COST_STEP;
}

/* The hash of the history's two words. */
static uint64_t
pair_hash(const struct ufx_history *history)
{
    return history->hash != 0
               ? history->hash
               : ufx_bigram_hash(history->first, history->second);
}

/* What the families of two words say of a pair that was not kept. */
static int32_t
family_cost(const struct ufx_ngrams *model, uint32_t a, uint32_t b)
{
    uint32_t before, after;

    if (model->families == NULL || a >= model->unigram_count ||
        b >= model->unigram_count)
        return 0;
    /* Within the table whatever a damaged image holds. */
    before = model->families[a] % UFX_FAMILIES;
    after = model->families[b] % UFX_FAMILIES;
    return model->affinity[before * UFX_FAMILIES + after] * UFX_COST_STEP;
}

void
ufx_ngram_prefetch(const struct ufx_ngrams *model,
                   const struct ufx_history *history, uint32_t word)
{
#ifdef __GNUC__
    uint64_t hash;

    if (history->second == UFX_WORD_NONE || model->bigram_buckets == 0 ||
        model->trigram_buckets == 0)
        return;
    hash = ufx_bigram_hash(history->second, word);
    __builtin_prefetch(model->bigrams +
                       (size_t)ufx_ngram_bucket(hash, model->bigram_buckets) *
                           UFX_BIGRAMS_PER_BUCKET);
    if (history->first == UFX_WORD_NONE)
        return;
    hash = ufx_trigram_hash_from(pair_hash(history), word);
    __builtin_prefetch(model->trigrams +
                       (size_t)ufx_ngram_bucket(hash, model->trigram_buckets) *
                           UFX_TRIGRAMS_PER_BUCKET);
#else
    (void)model;
    (void)history;
    (void)word;
#endif
}

int32_t
ufx_ngram_pair(const struct ufx_ngrams *model, uint32_t a, uint32_t b)
{
    uint64_t bigram = find_bigram(model, ufx_bigram_hash(a, b));

    return bigram == 0 ? -1 : (int32_t)(bigram & 0xFF) * UFX_COST_STEP;
}

uint32_t
ufx_ngram_cost(const struct ufx_ngrams *model,
               const struct ufx_history *history, uint32_t word,
               struct ufx_history *next)
{
    uint32_t first = history->first, second = history->second;
    uint32_t backoff = history->backoff, cost, pair_backoff = 0;
    uint64_t bigram = 0, hash = ufx_bigram_hash(second, word);

    if (second != UFX_WORD_NONE)
        bigram = find_bigram(model, hash);
    if (bigram != 0) {
        uint32_t trigram = 0;

        pair_backoff = (uint32_t)(bigram >> 8 & 0xFF) * UFX_COST_STEP;
        cost = (uint32_t)(bigram & 0xFF) * UFX_COST_STEP + backoff;
        /* No trigram is kept without its last bigram. */
        if (first != UFX_WORD_NONE)
            trigram = find_trigram(
                model, ufx_trigram_hash_from(pair_hash(history), word));
        if (trigram != 0)
            cost = (trigram & 0xFF) * UFX_COST_STEP;
    } else {
        int32_t pair = (int32_t)unigram_cost(model, word) +
                       family_cost(model, second, word);

        cost = (pair > 0 ? (uint32_t)pair : 0) + backoff;
        if (second < model->unigram_count)
            cost += model->unigrams[second].backoff * (uint32_t)UFX_COST_STEP;
    }
    next->first = second;
    next->second = word;
    next->backoff = pair_backoff;
    next->hash = hash;
    return cost;
}
