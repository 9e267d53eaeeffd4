/* SPDX-License-Identifier: MPL-2.0 */
/* What follows what.
 *
 * Probabilities are interpolated with absolute discounting (Ney, Essen and
 * Kneser 1994): the counts are pruned, but those of the histories are whole,
 * so that what pruning took goes to the shorter history. */
#include "build.h"
#include "lines.h"
#include "table.h"

#include "base/limits.h"
#include "lang/ngrams.h"
#include "lang/pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Higher than the theory has it: what was seen thrice in one document says less
 * of the next. */
#define DISCOUNT_BIGRAM 2.4
#define DISCOUNT_TRIGRAM 2.8

/* ---- Families ---- */

/* The most frequent words are families of their own. */
#define FAMILIES_OF_ONE 300

/* How much the families' own frequency weighs, in pairs of words. */
#define AFFINITY_PRIOR 300

/* No more than this is said for or against a pair, in nats. */
#define AFFINITY_MOST 4

struct family {
    uint64_t key;
    double count;
};

static int
compare_families(const void *left, const void *right)
{
    const struct family *a = left, *b = right;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* By its last letters (names by one only); 0: too short. */
static uint64_t
family_key(const struct ufx_lexicon_entry *e, size_t letters)
{
    uint64_t key = 1;
    size_t i;

    if (e->word.flags & UFX_WORD_CAPITAL)
        letters = 1;
    if (e->length < letters + 1)
        return 0;
    for (i = 0; i < letters; i++)
        key = key << 8 | e->letters[e->length - 1 - i];
    return key << 1 | ((e->word.flags & UFX_WORD_CAPITAL) != 0);
}

/* Sorts the words' keys by how often their words were seen. */
static size_t
count_families(const struct building *b, size_t letters, struct family *out)
{
    const struct entries *e = &b->entries;
    struct counter index = {0};
    size_t count = 0;
    uint32_t i;

    for (i = 0; i < b->lexicon.view.word_count; i++) {
        uint64_t key = family_key(&e->list[i], letters);
        uint64_t *at;

        if (key == 0 || b->families[i] != 0)
            continue;
        at = counter_at(&index, key);
        if (*at == 0) {
            out[count] = (struct family){key, 0};
            *at = ++count;
        }
        out[*at - 1].count += b->history[i];
    }
    counter_free(&index);
    qsort(out, count, sizeof *out, compare_families);
    return count;
}

static uint16_t
name_families(struct building *b, size_t letters, uint16_t next, uint16_t end)
{
    uint32_t words = b->lexicon.view.word_count, i;
    struct family *families = tool_allocate(words * sizeof *families);
    size_t count = count_families(b, letters, families), f;
    struct counter index = {0};

    for (f = 0; f < count && next < end; f++)
        *counter_at(&index, families[f].key) = next++;
    for (i = 0; i < words; i++) {
        uint64_t key = family_key(&b->entries.list[i], letters);

        if (b->families[i] == 0 && key != 0)
            b->families[i] = (uint16_t)counter_get(&index, key);
    }
    counter_free(&index);
    free(families);
    return next;
}

/* Frequent words, token classes, ends of three letters, of one; 0: others. */
static void
set_families(struct building *b)
{
    uint32_t words = b->lexicon.view.word_count, i;
    struct family *frequent = tool_allocate(words * sizeof *frequent);
    uint16_t next = 1;

    b->families =
        tool_allocate((words + UFX_PIECE_CLASSES) * sizeof *b->families);
    memset(b->families, 0, words * sizeof *b->families);
    for (i = 0; i < words; i++)
        frequent[i] = (struct family){i, b->history[i]};
    qsort(frequent, words, sizeof *frequent, compare_families);
    for (i = 0; i < FAMILIES_OF_ONE && i < words; i++)
        b->families[frequent[i].key] = next++;
    for (i = 0; i < UFX_PIECE_CLASSES; i++)
        b->families[words + i] =
            i >= UFX_PIECE_UNKNOWN && i <= UFX_PIECE_MIXED ? 0 : next++;
    free(frequent);
    next = name_families(b, 3, next, UFX_FAMILIES - 64);
    name_families(b, 1, next, UFX_FAMILIES);
}

/* ---- N-grams ---- */
/* The first free slot of `size` bytes from the hash's bucket on. */
static void *
free_slot(void *table, uint32_t buckets, size_t size, uint64_t hash)
{
    static const char nothing[sizeof(uint64_t)];
    uint32_t bucket = ufx_ngram_bucket(hash, buckets);
    size_t tries, i;

    for (tries = 0; tries < UFX_MODEL_BUCKETS; tries++) {
        char *slots = (char *)table + (size_t)bucket * UFX_BUCKET_BYTES;

        for (i = 0; i < UFX_BUCKET_BYTES; i += size)
            if (memcmp(slots + i, nothing, size) == 0)
                return slots + i;
        bucket = bucket + 1 == buckets ? 0 : bucket + 1;
    }
    tool_fail("n-grams fall too unevenly into their table", NULL);
}

static void
put_bigram(struct building *b, uint64_t hash, uint8_t cost, uint8_t backoff)
{
    uint64_t *slot =
        free_slot(b->bigrams, b->bigram_buckets, sizeof *slot, hash);

    *slot = ufx_bigram_tag(hash) << 16 | (uint64_t)backoff << 8 | cost;
}

static void
put_trigram(struct building *b, uint64_t hash, uint8_t cost)
{
    uint32_t *slot =
        free_slot(b->trigrams, b->trigram_buckets, sizeof *slot, hash);

    *slot = ufx_trigram_tag(hash) << 8 | cost;
}

/* Finds the next WORD COUNT of a line; false at its end. */
static bool
next_ngram(const struct lines *lines, char **field, char **word,
           size_t *word_length, double *count)
{
    char *blank, *end;

    if (**field == '\0')
        return false;
    *word = *field;
    end = *field + strcspn(*field, "\t");
    blank = end;
    while (blank > *field && *blank != ' ')
        blank--;
    if (*blank != ' ')
        bad_line(lines, "no count");
    *word_length = (size_t)(blank - *word);
    blank++;
    *count = (double)lines_number(lines, &blank, 1, BUILD_COUNT_MOST);
    if (blank != end)
        bad_line(lines, "no count");
    *field = *end == '\t' ? end + 1 : end;
    return true;
}

struct pair {
    double probability;
    double count;
    double rest; /* what is left for backing off from it */
};

/* Bigrams in memory while trigrams are made: by hash, found through `index`. */
struct pairs {
    struct pair *list;
    uint64_t *hashes;
    size_t count;
    struct counter index; /* hash -> position + 1 */
};

static size_t
count_ngrams(const struct building *b, const char *name)
{
    char path[4096], *line, *field, *word;
    struct lines lines;
    size_t length, n, total = 0;
    double count;

    lines_open(&lines, b->folder, name, path, true);
    while ((line = lines_next(&lines, &length)) != NULL) {
        field = strchr(line, '\t');
        if (field == NULL)
            bad_line(&lines, "no words after the history");
        for (field++; next_ngram(&lines, &field, &word, &n, &count);)
            total++;
    }
    return total;
}

/* What is left of a count: of one so low that nothing would be, a tenth. */
static double
discounted(double count, double discount)
{
    return count - discount > count / 10 ? count - discount : count / 10;
}

static void
read_bigrams(struct building *b, struct pairs *pairs)
{
    char path[4096], *line, *field, *word;
    struct lines lines;
    size_t length, n, total = count_ngrams(b, "bigrams.tsv");
    double count;

    pairs->list = tool_allocate(total * sizeof *pairs->list);
    pairs->hashes = tool_allocate(total * sizeof *pairs->hashes);
    lines_open(&lines, b->folder, "bigrams.tsv", path, true);
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *tab = strchr(line, '\t');
        uint32_t first = build_find_word(b, line, (size_t)(tab - line));
        size_t start = pairs->count, i;
        double seen, rest = 1;

        if (first == UFX_WORD_NONE)
            continue;
        seen = b->history[first];
        for (field = tab + 1; next_ngram(&lines, &field, &word, &n, &count);) {
            uint32_t second = build_find_word(b, word, n);
            uint64_t hash;

            if (second == UFX_WORD_NONE || count > seen)
                continue;
            hash = ufx_bigram_hash(first, second) | 1;
            pairs->list[pairs->count].count = count;
            pairs->list[pairs->count].probability =
                discounted(count, DISCOUNT_BIGRAM) / seen;
            pairs->list[pairs->count].rest = 1;
            rest -= pairs->list[pairs->count].probability;
            pairs->hashes[pairs->count] = (uint64_t)first << 32 | second;
            *counter_at(&pairs->index, hash) = ++pairs->count;
        }
        if (rest < 1e-4)
            rest = 1e-4;
        b->unigrams[first].backoff = build_cost(rest);
        for (i = start; i < pairs->count; i++)
            pairs->list[i].rest = rest;
    }
}

static struct pair *
find_pair(const struct pairs *pairs, uint32_t a, uint32_t b)
{
    uint64_t at = counter_get(&pairs->index, ufx_bigram_hash(a, b) | 1);

    return at == 0 ? NULL : &pairs->list[at - 1];
}

/* A word's probability after another when all that is known is how the one
 * is, and the families of both. */
static double
family_probability(const struct building *b, uint32_t first, uint32_t second)
{
    double p =
        b->probability[second] *
        exp(-(double)b->affinity[(size_t)b->families[first] * UFX_FAMILIES +
                                 b->families[second]] *
            UFX_COST_STEP / 1000);

    return p < 1 ? p : 1;
}

static double
bigram_probability(const struct building *b, const struct pairs *pairs,
                   uint32_t first, uint32_t second)
{
    const struct pair *pair = find_pair(pairs, first, second);

    if (pair != NULL)
        return pair->probability;
    return family_probability(b, first, second) *
           exp(-(double)b->unigrams[first].backoff * UFX_COST_STEP / 1000);
}

/* ln of how much likelier a word of one family is after one of another than
 * elsewhere, over kinds of pairs: how often each was seen says little of those
 * that were not. */
static void
learn_affinity(struct building *b, const struct pairs *pairs)
{
    size_t i, k, all = (size_t)UFX_FAMILIES * UFX_FAMILIES;
    double *seen = tool_allocate(all * sizeof *seen);
    double before[UFX_FAMILIES] = {0}, after[UFX_FAMILIES] = {0};

    for (i = 0; i < all; i++)
        seen[i] = 0;
    for (i = 0; i < pairs->count; i++) {
        uint16_t first = b->families[pairs->hashes[i] >> 32];
        uint16_t second = b->families[(uint32_t)pairs->hashes[i]];

        seen[(size_t)first * UFX_FAMILIES + second]++;
        before[first]++;
        after[second]++;
    }
    b->affinity = tool_allocate(all);
    for (i = 0; i < UFX_FAMILIES; i++)
        for (k = 0; k < UFX_FAMILIES; k++) {
            double share = (after[k] + 1) / ((double)pairs->count + 1);
            double here =
                (seen[i * UFX_FAMILIES + k] + AFFINITY_PRIOR * share) /
                (before[i] + AFFINITY_PRIOR);
            double nats = log(share / here);

            if (i == 0 || k == 0)
                nats = 0;
            if (nats > AFFINITY_MOST)
                nats = AFFINITY_MOST;
            if (nats < -AFFINITY_MOST)
                nats = -AFFINITY_MOST;
            b->affinity[i * UFX_FAMILIES + k] =
                (int8_t)lround(nats * 1000 / UFX_COST_STEP);
        }
    free(seen);
}

/* Gives what the discount took to the shorter history. */
static void
back_off_bigrams(const struct building *b, struct pairs *pairs)
{
    size_t i;

    for (i = 0; i < pairs->count; i++) {
        struct pair *pair = &pairs->list[i];

        pair->probability +=
            pair->rest * family_probability(b,
                                            (uint32_t)(pairs->hashes[i] >> 32),
                                            (uint32_t)pairs->hashes[i]);
        pair->rest = 1;
    }
}

static void
read_trigrams(struct building *b, struct pairs *pairs)
{
    char path[4096], *line, *field, *word;
    struct lines lines;
    size_t length, n, total = count_ngrams(b, "trigrams.tsv");
    double count;

    b->trigram_buckets =
        (uint32_t)(total * 10 / 8 / UFX_TRIGRAMS_PER_BUCKET + 2);
    b->trigrams = tool_allocate((size_t)b->trigram_buckets * UFX_BUCKET_BYTES);
    memset(b->trigrams, 0, (size_t)b->trigram_buckets * UFX_BUCKET_BYTES);
    lines_open(&lines, b->folder, "trigrams.tsv", path, true);
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *blank = strchr(line, ' '), *tab = strchr(line, '\t');
        struct pair *history;
        char *again;
        uint32_t first, second;
        double rest = 1;

        if (blank == NULL || tab == NULL || blank > tab)
            bad_line(&lines, "the history is not two words");
        first = build_find_word(b, line, (size_t)(blank - line));
        second = build_find_word(b, blank + 1, (size_t)(tab - blank - 1));
        if (first == UFX_WORD_NONE || second == UFX_WORD_NONE)
            continue;
        history = find_pair(pairs, first, second);
        if (history == NULL)
            continue;
        again = tab + 1;
        for (field = tab + 1; next_ngram(&lines, &field, &word, &n, &count);)
            if (count <= history->count)
                rest -= discounted(count, DISCOUNT_TRIGRAM) / history->count;
        if (rest < 1e-4)
            rest = 1e-4;
        history->rest = rest;
        for (field = again; next_ngram(&lines, &field, &word, &n, &count);) {
            uint32_t third = build_find_word(b, word, n);
            double p;

            if (third == UFX_WORD_NONE || count > history->count ||
                find_pair(pairs, second, third) == NULL)
                continue;
            p = discounted(count, DISCOUNT_TRIGRAM) / history->count +
                rest * bigram_probability(b, pairs, second, third);
            put_trigram(b, ufx_trigram_hash(first, second, third),
                        build_cost(p));
        }
    }
}

void
build_ngrams(struct building *b)
{
    struct pairs pairs = {0};
    size_t i;

    set_families(b);
    read_bigrams(b, &pairs);
    learn_affinity(b, &pairs);
    back_off_bigrams(b, &pairs);
    read_trigrams(b, &pairs);
    b->bigram_buckets =
        (uint32_t)(pairs.count * 10 / 8 / UFX_BIGRAMS_PER_BUCKET + 2);
    b->bigrams = tool_allocate((size_t)b->bigram_buckets * UFX_BUCKET_BYTES);
    memset(b->bigrams, 0, (size_t)b->bigram_buckets * UFX_BUCKET_BYTES);
    for (i = 0; i < pairs.count; i++)
        put_bigram(b,
                   ufx_bigram_hash((uint32_t)(pairs.hashes[i] >> 32),
                                   (uint32_t)pairs.hashes[i]),
                   build_cost(pairs.list[i].probability),
                   build_cost(pairs.list[i].rest));
    free(pairs.list);
    free(pairs.hashes);
    counter_free(&pairs.index);
}
