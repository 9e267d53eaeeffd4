/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/ngrams.h"

#include "unit.h"

enum {
    WORDS = 200,
    MOST_BUCKETS = 64
};

static struct ufx_word unigrams[WORDS];
static uint64_t bigrams[MOST_BUCKETS * UFX_BIGRAMS_PER_BUCKET];
static uint32_t trigrams[MOST_BUCKETS * UFX_TRIGRAMS_PER_BUCKET];
static struct ufx_ngrams model;
static size_t wrapped; /* entries that went around the end */

/* Words 0 to 199 with cost 10 + word % 100 and back-off word % 7; no pairs. */
static void
set_up(uint32_t bigram_buckets, uint32_t trigram_buckets)
{
    uint32_t i;

    for (i = 0; i < WORDS; i++) {
        unigrams[i].cost = (uint8_t)(10 + i % 100);
        unigrams[i].backoff = (uint8_t)(i % 7);
    }
    memset(bigrams, 0, sizeof bigrams);
    memset(trigrams, 0, sizeof trigrams);
    model.unigrams = unigrams;
    model.unigram_count = WORDS;
    model.bigrams = bigrams;
    model.bigram_buckets = bigram_buckets;
    model.trigrams = trigrams;
    model.trigram_buckets = trigram_buckets;
}

/* As the header says: into the hash's bucket, or the next one with room. */
static void
add_bigram(uint32_t a, uint32_t b, uint8_t cost, uint8_t backoff)
{
    uint64_t hash = ufx_bigram_hash(a, b);
    size_t at = (size_t)ufx_ngram_bucket(hash, model.bigram_buckets) *
                UFX_BIGRAMS_PER_BUCKET;
    size_t end = model.bigram_buckets * (size_t)UFX_BIGRAMS_PER_BUCKET;

    for (; bigrams[at] != 0; at = (at + 1) % end)
        wrapped += at + 1 == end;
    bigrams[at] = ufx_bigram_tag(hash) << 16 | (uint64_t)backoff << 8 | cost;
}

static void
add_trigram(uint32_t a, uint32_t b, uint32_t c, uint8_t cost)
{
    uint64_t hash = ufx_trigram_hash(a, b, c);
    size_t at = (size_t)ufx_ngram_bucket(hash, model.trigram_buckets) *
                UFX_TRIGRAMS_PER_BUCKET;
    size_t end = model.trigram_buckets * (size_t)UFX_TRIGRAMS_PER_BUCKET;

    for (; trigrams[at] != 0; at = (at + 1) % end)
        wrapped += at + 1 == end;
    trigrams[at] = ufx_trigram_tag(hash) << 8 | cost;
}

/* The cost of the last word after the others, in steps. */
static uint32_t
cost_of(const uint32_t *words, size_t count)
{
    struct ufx_history history = {UFX_WORD_NONE, UFX_WORD_NONE, 0, 0};
    uint32_t cost = 0;
    size_t i;

    for (i = 0; i < count; i++)
        cost = ufx_ngram_cost(&model, &history, words[i], &history);
    ck_assert_uint_eq(cost % UFX_COST_STEP, 0);
    return cost / UFX_COST_STEP;
}

#define COST(...)                                                              \
    cost_of((const uint32_t[]){__VA_ARGS__},                                   \
            sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

START_TEST(single_words)
{
    set_up(1, 1);
    ck_assert_uint_eq(COST(0), 10);
    ck_assert_uint_eq(COST(57), 67);
    ck_assert_uint_eq(COST(199), 109);
}
END_TEST

START_TEST(unknown_words_are_rare)
{
    set_up(1, 1);
    ck_assert_uint_eq(COST(WORDS), 200);
    ck_assert_uint_eq(COST(1000000), 200);
    /* And cost nothing to back off from. */
    ck_assert_uint_eq(COST(1000000, 57), 67);
}
END_TEST

START_TEST(pairs_or_backing_off)
{
    set_up(4, 1);
    add_bigram(5, 57, 20, 3);
    ck_assert_uint_eq(COST(5, 57), 20);
    /* The word's own cost and the back-off of the word before. */
    ck_assert_uint_eq(COST(6, 57), 67 + 6);
    ck_assert_uint_eq(COST(57, 5), 15 + 57 % 7);
}
END_TEST

START_TEST(pairs_that_were_met)
{
    set_up(4, 1);
    add_bigram(5, 57, 20, 3);
    ck_assert_int_eq(ufx_ngram_pair(&model, 5, 57), 20 * UFX_COST_STEP);
    ck_assert_int_eq(ufx_ngram_pair(&model, 57, 5), -1);
    ck_assert_int_eq(ufx_ngram_pair(&model, 5, 1000000), -1);
}
END_TEST

START_TEST(triples_or_backing_off)
{
    set_up(4, 4);
    add_bigram(5, 57, 20, 3);
    add_bigram(57, 9, 30, 4);
    add_trigram(5, 57, 9, 7);
    ck_assert_uint_eq(COST(5, 57, 9), 7);
    /* Pair known, triple not: the pair's cost and the back-off of the pair
     * before; none if that is not known itself. */
    ck_assert_uint_eq(COST(6, 57, 9), 30);
    add_bigram(6, 57, 21, 2);
    ck_assert_uint_eq(COST(6, 57, 9), 30 + 2);
    /* Backing off twice. */
    ck_assert_uint_eq(COST(5, 57, 8), 18 + 57 % 7 + 3);
}
END_TEST

START_TEST(history_goes_on)
{
    const struct ufx_history before = {4, 5, 0, 0};
    struct ufx_history after = {1, 2, 3, 0};

    set_up(4, 4);
    add_bigram(5, 57, 20, 3);
    ufx_ngram_cost(&model, &before, 57, &after);
    ck_assert_uint_eq(after.first, 5);
    ck_assert_uint_eq(after.second, 57);
    ck_assert_uint_eq(after.backoff, 3 * UFX_COST_STEP);
    ck_assert_uint_eq(before.first, 4);
    ufx_ngram_cost(&model, &after, 60, &after);
    ck_assert_uint_eq(after.first, 57);
    ck_assert_uint_eq(after.second, 60);
    ck_assert_uint_eq(after.backoff, 0);
}
END_TEST

START_TEST(no_tables)
{
    set_up(0, 0);
    model.bigrams = NULL;
    model.trigrams = NULL;
    ck_assert_uint_eq(COST(3, 57), 67 + 3);
    ck_assert_uint_eq(COST(2, 3, 57), 67 + 3);
}
END_TEST

/* Full to the last entry: buckets run over, around the end as well, and a
 * search for what is not there ends. */
START_TEST(full_tables)
{
    uint32_t round, i, n;

    wrapped = 0;
    for (round = 0; round < 100; round += 5) {
        set_up(4, 4);
        n = 4 * UFX_BIGRAMS_PER_BUCKET;
        for (i = round; i < round + n; i++)
            add_bigram(i, i + 1, (uint8_t)i, 1);
        for (i = round; i < round + n; i++)
            ck_assert_uint_eq(COST(i, i + 1), i);
        ck_assert_uint_eq(COST(190, 57), 67 + 190 % 7);
    }
    ck_assert_uint_gt(wrapped, 0);
    wrapped = 0;
    for (round = 0; round < 100; round += 5) {
        set_up(MOST_BUCKETS, 4);
        n = 4 * UFX_TRIGRAMS_PER_BUCKET;
        for (i = round; i < round + n; i++) {
            add_bigram(i + 1, i + 2, 90, 0);
            add_trigram(i, i + 1, i + 2, (uint8_t)i);
        }
        for (i = round; i < round + n; i++)
            ck_assert_uint_eq(COST(i, i + 1, i + 2), i);
        ck_assert_uint_eq(COST(190, round + 1, round + 2), 90);
    }
    ck_assert_uint_gt(wrapped, 0);
}
END_TEST

START_TEST(hashes_keep_their_contract)
{
    uint64_t seed = 1;
    size_t i;

    /* An entry 0 is empty, so a tag is never 0. */
    ck_assert_uint_eq(ufx_bigram_tag(UINT64_C(0xABCD000000000000)), 1);
    ck_assert_uint_eq(ufx_trigram_tag(UINT64_C(0xABCDEF0123000000)), 1);
    for (i = 0; i < 100000; i++) {
        uint32_t a = unit_random(&seed), b = unit_random(&seed);
        uint64_t hash = ufx_bigram_hash(a, b);

        if (ufx_bigram_tag(hash) >> 48 != 0 ||
            ufx_trigram_tag(hash) >> 24 != 0 || ufx_ngram_bucket(hash, 7) >= 7)
            ck_abort_msg("hash %llx", (unsigned long long)hash);
        if (a != b && ufx_bigram_hash(b, a) == hash)
            ck_abort_msg("the order does not count");
    }
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        single_words,
        unknown_words_are_rare,
        pairs_that_were_met,
        pairs_or_backing_off,
        triples_or_backing_off,
        history_goes_on,
        no_tables,
        full_tables,
        hashes_keep_their_contract,
    };

    return unit_run("lang/ngrams", tests, sizeof tests / sizeof *tests);
}
