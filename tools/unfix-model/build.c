/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model build: dictionaries and Hunspell -> a model image.
 *
 * Probabilities are interpolated with absolute discounting (Ney, Essen and
 * Kneser 1994): the counts are pruned, but those of the histories are whole,
 * so that what pruning took goes to the shorter history. */
#include "commands.h"
#include "lines.h"
#include "replace.h"
#include "table.h"
#include "ways.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/sort.h"
#include "lang/model.h"
#include "lang/speller.h"
#include "normalize/candidates.h"
#include "normalize/rivals.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/forest.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Higher than the theory has it: what was seen thrice in one document says less
 * of the next. */
#define DISCOUNT_BIGRAM 2.4
#define DISCOUNT_TRIGRAM 2.8

/* What a word that no text held counts as: less than one seen once. */
#define UNSEEN_COUNT 0.3

/* The rivals of words that cost no more are kept, 42,000 of them: with half as
 * many pages take 1 % more instructions, with nearly twice as many 0.5 % less.
 * Of words with a capital 8,400 (with nearly twice as many right pages take 1 %
 * less), which each has at least once in SENTENCE_WORDS.  And bytes of a text
 * that allows any of these searches. */
#define RIVALS_COST 15000
#define CAPITALS_COST 14000
#define SENTENCE_WORDS 25
#define RIVALS_ROOM 65536

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

/* ---- Words ---- */

static void
add_entry(struct entries *e, const uint8_t *letters, size_t length,
          uint8_t cost, uint8_t flags, uint8_t capital)
{
    uint8_t *copy;

    e->list = tool_room(e->list, e->count, &e->capacity, sizeof *e->list);
    copy = ufx_arena_allocate(&e->letters, length);
    if (copy == NULL)
        tool_fail("out of memory", NULL);
    memcpy(copy, letters, length);
    e->list[e->count++] = (struct ufx_lexicon_entry){
        copy, (uint32_t)length, {cost, 0, flags, capital}};
}

/* Decodes a word of letters; 0 if it holds anything else. */
static size_t
decode_word(const char *word, size_t length, uint32_t *chars)
{
    size_t i = 0, n = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(word + i, length - i, &size);

        if (!ufx_char_is_letter(cp) || n == UFX_TOKEN_CHARS)
            return 0;
        chars[n++] = cp;
        i += size;
    }
    return n;
}

static uint8_t
case_flags(const uint32_t *chars, size_t count)
{
    switch (ufx_piece_unknown(chars, count)) {
    case UFX_PIECE_ACRONYM:
        return UFX_WORD_ACRONYM | UFX_WORD_CAPITAL;
    case UFX_PIECE_NAME:
        return UFX_WORD_CAPITAL;
    default:
        return 0;
    }
}

/* Costs are set later, from the counts; until then the dearest. */
#define COST_UNSEEN 255

static void
add_word(struct entries *e, const uint32_t *chars, size_t count, uint8_t flags)
{
    uint8_t letters[UFX_TOKEN_CHARS];

    if (count == 0 || !ufx_piece_letters(chars, count, letters))
        return;
    add_entry(e, letters, count, COST_UNSEEN,
              (uint8_t)(flags | case_flags(chars, count)), 255);
}

/* The ends in forms-kept.txt, one after the other with their NULs. */
struct ends {
    char text[1024];
    size_t length;
};

static void
read_ends(struct building *b, struct ends *ends)
{
    char path[4096];
    struct lines lines;
    char *line;
    size_t length;

    ends->length = 0;
    if (!lines_open(&lines, b->folder, "forms-kept.txt", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        if (length + 1 > sizeof ends->text - ends->length)
            bad_line(&lines, "too many ends");
        memcpy(ends->text + ends->length, line, length + 1);
        ends->length += length + 1;
    }
}

static bool
has_end(const struct ends *ends, const char *word, size_t length)
{
    size_t i, n;

    for (i = 0; i < ends->length; i += n + 1) {
        n = strlen(ends->text + i);
        if (n < length && memcmp(word + length - n, ends->text + i, n) == 0)
            return true;
    }
    return false;
}

/* Every generated form is asked of Hunspell itself: of those that unmunch
 * lists, three in ten are none of its words. */
static void
read_forms(struct building *b, const char *path, const char *hunspell)
{
    char aff[4096], dic[4096];
    struct ufx_speller *speller;
    struct lines lines = {0};
    struct ends ends;
    unfix_error error;
    char *line;
    size_t length;

    read_ends(b, &ends);
    snprintf(aff, sizeof aff, "%s.aff", hunspell);
    snprintf(dic, sizeof dic, "%s.dic", hunspell);
    if (ufx_speller_open(aff, dic, &speller, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    lines.text = tool_read_file(path, &lines.length);
    lines.path = path;
    while ((line = lines_next(&lines, &length)) != NULL) {
        uint32_t chars[UFX_TOKEN_CHARS];
        size_t n = decode_word(line, length, chars);

        if (n > 0 &&
            (ufx_speller_knows(speller, line) || has_end(&ends, line, length)))
            add_word(&b->entries, chars, n, UFX_WORD_KNOWN);
    }
    ufx_speller_close(speller);
}

/* END <tab> MORE: a dictionary word with that end has a relative with the other
 * (izar, ización), though the dictionary lacks it. */
static void
add_relatives(struct building *b, const struct lines *lines, const char *end,
              size_t length, const char *other)
{
    uint32_t from[UFX_TOKEN_CHARS], to[UFX_TOKEN_CHARS];
    size_t n = decode_word(end, length, from), i, k;
    size_t m = decode_word(other, strlen(other), to), count = b->entries.count;
    uint8_t tail[UFX_TOKEN_CHARS], more[UFX_TOKEN_CHARS];

    if (n == 0 || m == 0 || !ufx_piece_letters(from, n, tail) ||
        !ufx_piece_letters(to, m, more))
        bad_line(lines, "not END <tab> END");
    for (i = 0; i < count; i++) {
        struct ufx_lexicon_entry e = b->entries.list[i];
        uint8_t word[2 * UFX_TOKEN_CHARS];

        if (e.length < n + 3 || e.length - n + m > UFX_TOKEN_CHARS ||
            (e.word.flags & UFX_WORD_CAPITAL) ||
            memcmp(e.letters + e.length - n, tail, n) != 0)
            continue;
        memcpy(word, e.letters, e.length - n);
        for (k = 0; k < m; k++)
            word[e.length - n + k] = more[k];
        add_entry(&b->entries, word, e.length - n + m, COST_UNSEEN,
                  UFX_WORD_KNOWN, 255);
    }
}

static void
read_derived(struct building *b)
{
    char path[4096];
    struct lines lines;
    char *line;
    size_t length;

    if (!lines_open(&lines, b->folder, "derived.tsv", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        size_t end = strcspn(line, "\t");

        if (line[end] == '\0')
            bad_line(&lines, "not END <tab> END");
        add_relatives(b, &lines, line, end, line + end + 1);
    }
}

/* A list has an entry a line; an entry of several words gives each of them. */
static void
read_list(struct building *b, const char *name, uint8_t flags)
{
    char path[4096];
    struct lines lines;
    char *line;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        uint32_t chars[UFX_TOKEN_CHARS];
        size_t i = 0, n = 0, size;

        while (i < length) {
            uint32_t cp = ufx_text_decode(line + i, length - i, &size);

            i += size;
            if (cp >= UFX_CHAR_OPAQUE)
                bad_line(&lines, "not UTF-8");
            if (ufx_char_is_letter(cp) && n < UFX_TOKEN_CHARS)
                chars[n++] = cp;
            if (!ufx_char_is_letter(cp) || i >= length) {
                /* Particles of names (de, y) are words of the language. */
                if (n > 0 && (!(flags & UFX_WORD_CAPITAL) ||
                              ufx_char_is_upper(chars[0])))
                    add_word(&b->entries, chars, n,
                             (uint8_t)(flags & ~UFX_WORD_CAPITAL));
                n = 0;
            }
        }
    }
}

/* Doubles hold it to the last digit. */
#define COUNT_MOST (UINT64_C(1) << 53)

/* One line of unigrams.tsv. */
struct unigram {
    const char *word;
    size_t length;
    double count;
    int capital; /* %, -1 unknown */
    bool known;
    enum ufx_piece_class kind;
};

static enum ufx_piece_class
class_of(const char *name, size_t length)
{
    unsigned c;

    for (c = 0; c < UFX_PIECE_CLASSES; c++) {
        const char *have = ufx_piece_name((enum ufx_piece_class)c);

        if (strlen(have) == length && memcmp(have, name, length) == 0)
            return (enum ufx_piece_class)c;
    }
    return UFX_PIECE_WORD;
}

static struct unigram
parse_unigram(const struct lines *lines, char *line)
{
    struct unigram u = {line,  strcspn(line, "\t"), 0, -1,
                        false, UFX_PIECE_WORD};
    char *field = line + u.length;

    if (*field++ != '\t')
        bad_line(lines, "no count");
    u.count = (double)lines_number(lines, &field, 0, COUNT_MOST);
    if (*field == '\t' && *++field != '-')
        u.capital = (int)lines_number(lines, &field, 0, 100);
    u.known = strchr(field, '\t') != NULL;
    u.kind = class_of(line, u.length);
    return u;
}

static void
read_unigram_words(struct building *b)
{
    char path[4096];
    struct lines lines;
    char *line;
    size_t length;

    lines_open(&lines, b->folder, "unigrams.tsv", path, true);
    while ((line = lines_next(&lines, &length)) != NULL) {
        struct unigram u = parse_unigram(&lines, line);
        uint32_t chars[UFX_TOKEN_CHARS];
        uint8_t letters[UFX_TOKEN_CHARS];
        uint8_t flags = u.known ? 0 : UFX_WORD_CORPUS;
        size_t n = decode_word(line, u.length, chars);

        if (n == 0 || !ufx_piece_letters(chars, n, letters))
            continue;
        if (u.capital >= 80)
            flags |= UFX_WORD_CAPITAL;
        add_entry(&b->entries, letters, n, COST_UNSEEN, flags,
                  u.capital < 0 ? 255 : (uint8_t)(u.capital * 254 / 100));
    }
}

static uint8_t
quantize(double probability)
{
    double steps = -log(probability) * 1000 / UFX_COST_STEP + 0.5;

    return steps < 0 ? 0 : steps > 255 ? 255 : (uint8_t)steps;
}

static uint32_t
find_word(const struct building *b, const char *word, size_t length)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    uint8_t letters[UFX_TOKEN_CHARS];
    enum ufx_piece_class kind;
    size_t n;

    kind = class_of(word, length);
    if (kind != UFX_PIECE_WORD)
        return b->lexicon.view.word_count + (uint32_t)kind;
    n = decode_word(word, length, chars);
    if (n == 0 || !ufx_piece_letters(chars, n, letters))
        return UFX_WORD_NONE;
    return ufx_lexicon_find(&b->lexicon.view, letters, n);
}

/* Reads the counts into b->history and makes probabilities of them. */
static void
set_unigrams(struct building *b)
{
    uint32_t words = b->lexicon.view.word_count, i, all;
    double total = 0;
    char path[4096];
    struct lines lines;
    char *line;
    size_t length;

    all = words + UFX_PIECE_CLASSES;
    b->unigrams = tool_allocate(all * sizeof *b->unigrams);
    b->probability = tool_allocate(all * sizeof *b->probability);
    b->history = tool_allocate(all * sizeof *b->history);
    memcpy(b->unigrams, b->lexicon.words, words * sizeof *b->unigrams);
    memset(b->unigrams + words, 0, UFX_PIECE_CLASSES * sizeof *b->unigrams);
    for (i = 0; i < all; i++)
        b->history[i] = 0;
    lines_open(&lines, b->folder, "unigrams.tsv", path, true);
    while ((line = lines_next(&lines, &length)) != NULL) {
        struct unigram u = parse_unigram(&lines, line);
        uint32_t id = find_word(b, u.word, u.length);

        if (id != UFX_WORD_NONE)
            b->history[id] += u.count;
    }
    for (i = 0; i < all; i++)
        total += b->history[i] > 0 ? b->history[i] : UNSEEN_COUNT;
    for (i = 0; i < all; i++) {
        double count = b->history[i] > 0 ? b->history[i] : UNSEEN_COUNT;

        b->probability[i] = count / total;
        b->unigrams[i].cost = quantize(b->probability[i]);
    }
}

/* Fewer times in all texts: a form that hides more errors than it is meant. */
#define SELDOM_COUNT 3

/* Words with that end stay, but nothing is repaired into them, if they are
 * seldom and the dictionary has the word with the other end. */
static void
mark_seldom(struct building *b, const uint8_t *end, size_t length,
            const uint8_t *other, size_t other_length)
{
    const struct ufx_lexicon *lexicon = &b->lexicon.view;
    uint32_t i;

    for (i = 0; i < lexicon->word_count; i++) {
        const struct ufx_lexicon_entry *e = &b->entries.list[i];
        uint8_t word[2 * UFX_TOKEN_CHARS];
        size_t stem = e->length - length;
        uint32_t base;

        if (e->length < length + 2 || b->history[i] >= SELDOM_COUNT ||
            memcmp(e->letters + stem, end, length) != 0)
            continue;
        memcpy(word, e->letters, stem);
        memcpy(word + stem, other, other_length);
        base = ufx_lexicon_find(lexicon, word, stem + other_length);
        if (base != UFX_WORD_NONE && (b->unigrams[base].flags & UFX_WORD_KNOWN))
            b->unigrams[i].flags |= UFX_WORD_SELDOM;
    }
}

/* END <tab> END. */
static void
read_seldom(struct building *b)
{
    char path[4096], *line;
    struct lines lines;
    size_t length;

    if (!lines_open(&lines, b->folder, "seldom.tsv", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        size_t end = strcspn(line, "\t");
        uint32_t chars[2][UFX_TOKEN_CHARS];
        uint8_t letters[2][UFX_TOKEN_CHARS];
        size_t n = decode_word(line, end, chars[0]);
        size_t m = line[end] == '\0' ? 0
                                     : decode_word(line + end + 1,
                                                   length - end - 1, chars[1]);

        if (n == 0 || m == 0 || !ufx_piece_letters(chars[0], n, letters[0]) ||
            !ufx_piece_letters(chars[1], m, letters[1]))
            bad_line(&lines, "not END <tab> END");
        mark_seldom(b, letters[0], n, letters[1], m);
    }
}

/* The most frequent letters in text. */
static void
choose_letters(struct building *b)
{
    uint8_t letters[UFX_USUAL_LETTERS];
    double often[256] = {0};
    bool chosen[256] = {false};
    size_t i, k, n = 0;

    for (i = 0; i < b->lexicon.view.word_count; i++)
        for (k = 0; k < b->entries.list[i].length; k++)
            often[b->entries.list[i].letters[k]] += b->probability[i];
    for (i = 0; i < UFX_USUAL_LETTERS; i++) {
        size_t most = 0;

        for (k = 1; k < 256; k++)
            if (!chosen[k] && often[k] > often[most])
                most = k;
        chosen[most] = most > 0;
    }
    for (k = 0; k < 256; k++)
        if (chosen[k])
            letters[n++] = (uint8_t)k;
    ufx_usual_make(&b->usual, letters, n);
}

/* The lexicon is built twice: its weights and bits need the costs, and those
 * need the words' numbers, which do not change: the entries are sorted as they
 * are. */
static void
build_lexicon(struct building *b)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct entries *e = &b->entries;
    unfix_status status;
    uint32_t i, count;

    status = ufx_lexicon_build(&b->lexicon, &memory, &ufx_usual_none, e->list,
                               e->count);
    if (status != UNFIX_OK)
        tool_fail(unfix_strerror(status), "the lexicon");
    set_unigrams(b);
    read_seldom(b);
    count = b->lexicon.view.word_count;
    for (i = 0; i < count; i++)
        e->list[i].word = b->unigrams[i];
    choose_letters(b);
    ufx_lexicon_built_free(&b->lexicon);
    status = ufx_lexicon_build(&b->lexicon, &memory, &b->usual, e->list, count);
    if (status != UNFIX_OK)
        tool_fail(unfix_strerror(status), "the lexicon");
}

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
    *count = (double)lines_number(lines, &blank, 1, COUNT_MOST);
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
        uint32_t first = find_word(b, line, (size_t)(tab - line));
        size_t start = pairs->count, i;
        double seen, rest = 1;

        if (first == UFX_WORD_NONE)
            continue;
        seen = b->history[first];
        for (field = tab + 1; next_ngram(&lines, &field, &word, &n, &count);) {
            uint32_t second = find_word(b, word, n);
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
        b->unigrams[first].backoff = quantize(rest);
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
        first = find_word(b, line, (size_t)(blank - line));
        second = find_word(b, blank + 1, (size_t)(tab - blank - 1));
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
            uint32_t third = find_word(b, word, n);
            double p;

            if (third == UFX_WORD_NONE || count > history->count ||
                find_pair(pairs, second, third) == NULL)
                continue;
            p = discounted(count, DISCOUNT_TRIGRAM) / history->count +
                rest * bigram_probability(b, pairs, second, third);
            put_trigram(b, ufx_trigram_hash(first, second, third), quantize(p));
        }
    }
}

static void
build_ngrams(struct building *b)
{
    struct pairs pairs = {0};
    size_t i;

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
                   quantize(pairs.list[i].probability),
                   quantize(pairs.list[i].rest));
    free(pairs.list);
    free(pairs.hashes);
    counter_free(&pairs.index);
}

/* ---- Letters ---- */

/* Words that texts hold more often are not built like those that nobody knows
 * yet. */
#define LETTERS_MOST_SEEN 200

/* The rows of the contexts of no, one, two letters, then of those of three that
 * were seen. */
#define LETTER_ROWS_SHORT                                                      \
    (1 + UFX_LETTER_SYMBOLS + UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS)

/* Adds a word's letters to the counts, by context and symbol. */
static void
count_letters(const struct ufx_usual *usual, const struct ufx_lexicon_entry *e,
              uint32_t *counts)
{
    uint32_t context = 0;
    size_t i;

    for (i = 0; i <= e->length; i++) {
        uint32_t symbol =
            i < e->length ? ufx_letter_symbol(usual, e->letters[i]) : 0;

        counts[(size_t)context * UFX_LETTER_SYMBOLS + symbol]++;
        context = ufx_letter_context(context, symbol);
    }
}

/* P(symbol | context), from the distribution after one letter less (Witten and
 * Bell 1991). */
static void
blend_letters(const uint32_t *counts, const double *shorter, double *out)
{
    double seen = 0, kinds = 0;
    size_t i;

    for (i = 0; i < UFX_LETTER_SYMBOLS; i++) {
        seen += counts[i];
        kinds += counts[i] > 0;
    }
    for (i = 0; i < UFX_LETTER_SYMBOLS; i++)
        out[i] = seen == 0 ? shorter[i]
                           : (counts[i] + kinds * shorter[i]) / (seen + kinds);
}

/* Writes the row and returns its number. */
static uint16_t
put_letter_row(struct building *b, const double *probability)
{
    size_t i;

    for (i = 0; i < UFX_LETTER_SYMBOLS; i++) {
        double steps = -log(probability[i]) * 1000 / UFX_LETTER_STEP + 0.5;

        b->letters[b->letter_rows].costs[i] =
            steps > 255 ? 255 : (uint8_t)steps;
    }
    return (uint16_t)b->letter_rows++;
}

/* The table from the counts after `contexts` contexts of some length, and the
 * distributions after those of one letter less; rows[] gets each one's row,
 * that of the shorter one, if there is one, where nothing was seen. */
static void
blend_contexts(struct building *b, const uint32_t *counts, size_t contexts,
               const double *shorter, const uint16_t *shorter_rows,
               double *longer, uint16_t *rows)
{
    size_t i, k;

    for (i = 0; i < contexts; i++) {
        size_t last = contexts == 1 ? 0 : i % (contexts / UFX_LETTER_SYMBOLS);
        const uint32_t *here = counts + i * UFX_LETTER_SYMBOLS;
        uint32_t seen = 0;

        for (k = 0; k < UFX_LETTER_SYMBOLS; k++)
            seen += here[k];
        blend_letters(here, shorter + last * UFX_LETTER_SYMBOLS,
                      longer + i * UFX_LETTER_SYMBOLS);
        rows[i] = seen == 0 && shorter_rows != NULL
                      ? shorter_rows[last]
                      : put_letter_row(b, longer + i * UFX_LETTER_SYMBOLS);
    }
}

/* The counts with one letter of the context less. */
static void
sum_contexts(const uint32_t *counts, size_t contexts, uint32_t *sums)
{
    size_t size = contexts / UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS, i, k;

    for (i = 0; i < size; i++) {
        sums[i] = 0;
        for (k = 0; k < UFX_LETTER_SYMBOLS; k++)
            sums[i] += counts[k * size + i];
    }
}

static void
learn_letters(struct building *b)
{
    static const size_t contexts[] = {1, UFX_LETTER_SYMBOLS,
                                      UFX_LETTER_SYMBOLS * UFX_LETTER_SYMBOLS,
                                      UFX_LETTER_CONTEXTS};
    uint32_t *counts[4];
    double *after[4], even[UFX_LETTER_SYMBOLS];
    uint16_t *rows[4];
    size_t i, k;

    for (k = 0; k < 4; k++) {
        size_t size = contexts[k] * UFX_LETTER_SYMBOLS;

        counts[k] = tool_allocate(size * sizeof *counts[k]);
        after[k] = tool_allocate(size * sizeof *after[k]);
        rows[k] = tool_allocate(contexts[k] * sizeof *rows[k]);
    }
    memset(counts[3], 0,
           UFX_LETTER_CONTEXTS * UFX_LETTER_SYMBOLS * sizeof *counts[3]);
    for (i = 0; i < b->lexicon.view.word_count; i++)
        if (b->history[i] > 0 && b->history[i] <= LETTERS_MOST_SEEN &&
            !(b->unigrams[i].flags & (UFX_WORD_CAPITAL | UFX_WORD_FOREIGN)))
            count_letters(&b->usual, &b->entries.list[i], counts[3]);
    for (k = 3; k > 0; k--)
        sum_contexts(counts[k], contexts[k], counts[k - 1]);
    for (i = 0; i < UFX_LETTER_SYMBOLS; i++)
        even[i] = 1.0 / UFX_LETTER_SYMBOLS;
    b->letters = tool_allocate((LETTER_ROWS_SHORT + UFX_LETTER_CONTEXTS) *
                               sizeof *b->letters);
    for (k = 0; k < 4; k++)
        blend_contexts(b, counts[k], contexts[k], k == 0 ? even : after[k - 1],
                       k == 0 ? NULL : rows[k - 1], after[k], rows[k]);
    b->contexts = rows[3];
    for (k = 0; k < 4; k++) {
        free(counts[k]);
        free(after[k]);
        if (k < 3)
            free(rows[k]);
    }
}

/* ---- Rules, marks, verifier ---- */

static void
read_rules(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    const char *why;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        b->rules = tool_room(b->rules, b->rule_count, &b->rule_capacity,
                             sizeof *b->rules);
        if (!ufx_rule_parse(line, length, &b->rules[b->rule_count], &why))
            bad_line(&lines, why);
        b->rule_count++;
    }
}

/* Of equal rules (a hand-kept one may be learned as well) the cheapest, which
 * comes first. */
static void
sort_rules(struct building *b)
{
    size_t i, k, n = 0;

    ufx_sort(b->rules, b->rule_count, sizeof *b->rules, ufx_rule_compare);
    for (i = 0; i < b->rule_count; i++) {
        for (k = n; k > 0 && b->rules[k - 1].read[0] == b->rules[i].read[0];
             k--)
            if (ufx_rule_equal(&b->rules[k - 1], &b->rules[i]))
                break;
        if (k == 0 || b->rules[k - 1].read[0] != b->rules[i].read[0])
            b->rules[n++] = b->rules[i];
    }
    b->rule_count = n;
}

static uint32_t
mark_field(const struct lines *lines, const char *field, size_t length)
{
    size_t size;
    uint32_t cp;

    if (length == 0)
        return 0;
    cp = ufx_text_decode(field, length, &size);
    if (size != length || cp >= UFX_CHAR_OPAQUE)
        bad_line(lines, "not one character");
    return cp == 0x2423 ? ' ' : cp;
}

static int
compare_marks(const void *left, const void *right)
{
    const struct ufx_mark_rule *a = left, *b = right;

    if (a->read != b->read)
        return a->read < b->read ? -1 : 1;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a->meant < b->meant ? -1 : a->meant > b->meant;
}

/* READ <tab> MEANT <tab> COST, in nats. */
static void
read_marks(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *first = strchr(line, '\t');
        char *second = first == NULL ? NULL : strchr(first + 1, '\t');
        struct ufx_mark_rule rule;
        double nats;
        char *end;

        if (second == NULL)
            bad_line(&lines, "not READ <tab> MEANT <tab> COST");
        rule.read = mark_field(&lines, line, (size_t)(first - line));
        rule.meant =
            mark_field(&lines, first + 1, (size_t)(second - first - 1));
        nats = strtod(second + 1, &end);
        if (end == second + 1 || *end != '\0' || !(nats >= 0 && nats <= 1000))
            bad_line(&lines, "not a cost in nats");
        rule.cost = (uint32_t)(nats * 1000 + 0.5);
        b->marks = tool_room(b->marks, b->mark_count, &b->mark_capacity,
                             sizeof *b->marks);
        b->marks[b->mark_count++] = rule;
    }
}

/* Whole numbers, apart by blanks: the forest as it is learned. */
static void
read_verifier(struct building *b)
{
    char path[4096], *line;
    struct lines lines;
    int32_t *numbers = NULL;
    size_t length, count = 0, capacity = 0;

    if (!lines_open(&lines, b->folder, "verifier.txt", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        for (;;) {
            char *end;
            long value = strtol(line, &end, 10);

            if (end == line)
                break;
            if (value < INT32_MIN || value > INT32_MAX)
                bad_line(&lines, "a number too large");
            numbers = tool_room(numbers, count, &capacity, sizeof *numbers);
            numbers[count++] = (int32_t)value;
            line = end;
        }
        if (line[strspn(line, " \t\r")] != '\0')
            bad_line(&lines, "not a number");
    }
    if (count > 0)
        tool_need(ufx_forest_lay(&b->forest, &b->forest.memory, numbers, count),
                  path);
    free(numbers);
}

static int
compare_forms(const void *left, const void *right)
{
    const struct ufx_form *a = left, *b = right;
    int order = memcmp(a->text, b->text, sizeof a->text);

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return order != 0 ? order : memcmp(a, b, sizeof *a);
}

static void
read_pattern(struct building *b, const struct lines *lines, const char *line,
             size_t length)
{
    const char *why;

    if (b->pattern_count == UFX_PATTERNS)
        bad_line(lines, "too many patterns");
    b->patterns = tool_room(b->patterns, b->pattern_count, &b->pattern_capacity,
                            sizeof *b->patterns);
    if (!ufx_pattern_parse(line, length, &b->patterns[b->pattern_count++],
                           &why))
        bad_line(lines, why);
}

/* KIND <tab> TEXT <tab> VALUE <tab> LIMIT; or a pattern. */
static void
read_typed_forms(struct building *b, const char *name)
{
    char path[4096], *line;
    struct lines lines;
    const char *why;
    size_t length;

    if (!lines_open(&lines, b->folder, name, path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        if (ufx_pattern_is(line, length)) {
            read_pattern(b, &lines, line, length);
            continue;
        }
        b->forms = tool_room(b->forms, b->form_count, &b->form_capacity,
                             sizeof *b->forms);
        if (!ufx_form_parse(line, length, &b->forms[b->form_count++], &why))
            bad_line(&lines, why);
    }
    ufx_sort(b->forms, b->form_count, sizeof *b->forms, compare_forms);
}

/* ---- Kinds of words ---- */

static int
compare_kinds(const void *left, const void *right)
{
    const struct ufx_kind_row *a = left, *b = right;

    return a->key < b->key ? -1 : a->key > b->key;
}

/* The number of the kind, which is new if no row had it yet.  The first ones
 * are those of enum ufx_kind, in its order. */
static uint32_t
kind_number(struct building *b, const struct lines *lines, const char *name)
{
    const char *at = b->kind_names.data;
    const char *end = at + b->kind_names.length;
    uint32_t number = 0;

    for (; at < end; at += strlen(at) + 1, number++)
        if (strcmp(at, name) == 0)
            return number;
    if (number == UFX_KINDS - 1)
        bad_line(lines, "too many names");
    ufx_buffer_append(&b->kind_names, name, strlen(name) + 1);
    return number;
}

/* Marks a word that the dictionary has. */
#define KNOWN_KIND (UINT32_C(1) << (UFX_KINDS - 1))

static void
add_kind(struct building *b, uint32_t kind, const char *word, size_t length)
{
    uint32_t chars[UFX_TOKEN_CHARS], mask = UINT32_C(1) << kind, n;
    uint8_t letters[UFX_TOKEN_CHARS];
    size_t count = 0, i = 0, size;

    while (i < length && count < UFX_TOKEN_CHARS) {
        chars[count++] = ufx_text_decode(word + i, length - i, &size);
        i += size;
    }
    if (ufx_piece_letters(chars, count, letters)) {
        n = ufx_lexicon_find(&b->lexicon.view, letters, count);
        if (n != UFX_WORD_NONE &&
            (b->lexicon.words[n].flags & UFX_WORD_KNOWN) != 0)
            mask |= KNOWN_KIND;
    }
    b->kinds =
        tool_room(b->kinds, b->kind_count, &b->kind_capacity, sizeof *b->kinds);
    b->kinds[b->kind_count++] =
        (struct ufx_kind_row){ufx_kinds_key(chars, count), mask};
}

/* One row for each word.  A word of the language is no sign of another one, and
 * of its own words those are none that another has as well. */
static void
join_kinds(struct building *b)
{
    const uint32_t own = UINT32_C(1) << UFX_KIND_OWN;
    const uint32_t first = UINT32_C(1) << UFX_KIND_LANGUAGES;
    size_t i, n = 0;

    ufx_sort(b->kinds, b->kind_count, sizeof *b->kinds, compare_kinds);
    for (i = 0; i < b->kind_count; i++)
        if (n > 0 && b->kinds[n - 1].key == b->kinds[i].key)
            b->kinds[n - 1].mask |= b->kinds[i].mask;
        else
            b->kinds[n++] = b->kinds[i];
    b->kind_count = n;
    for (i = 0; i < n; i++) {
        uint32_t *mask = &b->kinds[i].mask;

        if ((*mask & ~KNOWN_KIND) >= first)
            *mask &= ~own;
        *mask &= *mask & KNOWN_KIND ? first - 1 : ~KNOWN_KIND;
    }
}

/* NAME <tab> words, apart by blanks. */
static void
read_kinds(struct building *b)
{
    static const char *const first[] = {"own", "first", "second", "old"};
    char path[4096], *line;
    struct lines lines;
    size_t length, i;

    for (i = 0; i < UFX_KIND_LANGUAGES; i++)
        ufx_buffer_append(&b->kind_names, first[i], strlen(first[i]) + 1);
    if (!lines_open(&lines, b->folder, "languages.tsv", path, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        char *word = strchr(line, '\t');
        uint32_t kind;

        if (word == NULL)
            bad_line(&lines, "not NAME <tab> words");
        *word++ = '\0';
        kind = kind_number(b, &lines, line);
        while (*word != '\0') {
            size_t n = strcspn(word, " ");

            if (n > 0)
                add_kind(b, kind, word, n);
            word += n + (word[n] == ' ');
        }
    }
    join_kinds(b);
}

/* ---- Output ---- */

struct section_data {
    const void *data;
    size_t size;
};

static void
put_padding(struct ufx_buffer *image, uint64_t to)
{
    while (image->length < to)
        ufx_buffer_append_byte(image, 0);
}

/* Bytes of a language's tag. */
#define LANGUAGE_MOST 32

static void
make_image(const struct building *b, const char *language, const char *version,
           struct ufx_buffer *image)
{
    const struct ufx_lexicon *lexicon = &b->lexicon.view;
    struct ufx_image_header header = {0};
    struct ufx_image_section sections[UFX_SECTION_COUNT] = {0};
    char meta[128] = {0};
    int n = snprintf(meta, sizeof meta, "%s%c%s%c%.*s", language, 0, version, 0,
                     (int)b->usual.count, (const char *)b->usual.letters);
    struct section_data data[UFX_SECTION_COUNT] = {
        {meta, (size_t)n + 1},
        {lexicon->arcs, lexicon->arc_count * sizeof *lexicon->arcs},
        {b->unigrams,
         (lexicon->word_count + UFX_PIECE_CLASSES) * sizeof *b->unigrams},
        {b->bigrams, (size_t)b->bigram_buckets * UFX_BUCKET_BYTES},
        {b->trigrams, (size_t)b->trigram_buckets * UFX_BUCKET_BYTES},
        {b->rules, b->rule_count * sizeof *b->rules},
        {b->marks, b->mark_count * sizeof *b->marks},
        {b->forest.data, b->forest.length},
        {b->forms, b->form_count * sizeof *b->forms},
        {b->families,
         (lexicon->word_count + UFX_PIECE_CLASSES) * sizeof *b->families},
        {b->affinity, UFX_FAMILIES * UFX_FAMILIES},
        {b->contexts, UFX_LETTER_CONTEXTS * sizeof *b->contexts},
        {b->letters, b->letter_rows * sizeof *b->letters},
        {b->ways.ways, b->ways.way_count * sizeof *b->ways.ways},
        {b->ways.rows, b->ways.row_count * sizeof *b->ways.rows},
        {b->ways.triggers,
         b->ways.triggers == NULL ? 0 : (size_t)2 * UFX_WAY_BITMAP},
        {b->ways.counts, b->ways.count_count * sizeof *b->ways.counts},
        {b->kinds, b->kind_count * sizeof *b->kinds},
        {b->kind_names.data, b->kind_names.length},
        {b->patterns, b->pattern_count * sizeof *b->patterns},
        {b->rivals, b->rival_count * sizeof *b->rivals},
        {b->readings.data, b->readings.length}};
    uint64_t offset = sizeof header + sizeof sections;
    size_t i;

    memcpy(header.magic, UFX_IMAGE_MAGIC, sizeof header.magic);
    header.version = UFX_IMAGE_VERSION;
    header.endian = UFX_IMAGE_ENDIAN;
    header.section_count = UFX_SECTION_COUNT;
    header.root = lexicon->root;
    header.word_count = lexicon->word_count;
    for (i = 0; i < UFX_SECTION_COUNT; i++) {
        offset =
            (offset + UFX_IMAGE_ALIGN - 1) / UFX_IMAGE_ALIGN * UFX_IMAGE_ALIGN;
        sections[i].offset = offset;
        sections[i].size = data[i].size;
        sections[i].checksum = ufx_image_checksum(data[i].data, data[i].size);
        offset += data[i].size;
    }
    header.size = offset;
    header.checksum = ufx_image_checksum(sections, sizeof sections) ^
                      ufx_image_checksum(&header, sizeof header);
    ufx_buffer_clear(image);
    ufx_buffer_append(image, (const char *)&header, sizeof header);
    ufx_buffer_append(image, (const char *)sections, sizeof sections);
    for (i = 0; i < UFX_SECTION_COUNT; i++) {
        put_padding(image, sections[i].offset);
        ufx_buffer_append(image, data[i].data, data[i].size);
    }
    if (image->failed)
        tool_fail("out of memory", NULL);
}

/* True for a word whose rivals are asked for again and again. */
static bool
is_usual(const struct ufx_word *word)
{
    return (word->flags & (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) != 0 &&
           (word->flags & UFX_WORD_CAPITAL) == 0 &&
           word->cost * UFX_COST_STEP <= RIVALS_COST;
}

/* The same of a word with a capital, which it has at a sentence's beginning if
 * nowhere else. */
static bool
is_usual_capital(const struct ufx_word *word)
{
    double share = word->capital == 255 ? 0 : word->capital / 254.0;

    if ((word->flags & UFX_WORD_CAPITAL) != 0)
        share = 1;
    else if (share < 1.0 / SENTENCE_WORDS)
        share = 1.0 / SENTENCE_WORDS;
    return (word->flags & (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) != 0 &&
           (word->flags & UFX_WORD_ACRONYM) == 0 &&
           word->cost * UFX_COST_STEP - 1000 * log(share) <= CAPITALS_COST;
}

static void
put_rivals(struct building *b, uint32_t word,
           const struct ufx_spelling *spelling,
           const struct ufx_readings *readings)
{
    b->rivals[b->rival_count].word = word;
    b->rivals[b->rival_count].offset = (uint32_t)b->readings.length;
    b->rival_count +=
        ufx_rivals_put(&b->readings, readings,
                       ufx_spelling_result(spelling, UFX_EFFORT_KNOWN)->work);
}

/* What the image that was made so far finds of a word is kept in the next,
 * under that number. */
static void
keep_rivals(struct building *b, const uint32_t *chars, size_t count,
            uint32_t number, const struct ufx_vocabulary *v,
            struct ufx_candidates *candidates)
{
    struct ufx_spelling *spelling;
    struct ufx_readings readings;

    ufx_candidates_start(candidates, RIVALS_ROOM, 0);
    spelling = ufx_candidates_spelling(candidates, chars, count);
    if (spelling != NULL &&
        ufx_candidates_get(candidates, v, spelling, UFX_EFFORT_KNOWN,
                           &readings) == UNFIX_OK)
        put_rivals(b, number, spelling, &readings);
    else
        tool_fail("out of memory", NULL);
}

/* The same of a word as it is, and with a capital. */
static void
keep_both(struct building *b, uint32_t word, const struct ufx_vocabulary *v,
          struct ufx_candidates *candidates)
{
    const struct ufx_lexicon_entry *entry = &b->entries.list[word];
    uint32_t chars[UFX_TOKEN_CHARS], i;

    for (i = 0; i < entry->length; i++)
        chars[i] = ufx_char_of_code(entry->letters[i]);
    if (is_usual(&b->unigrams[word]))
        keep_rivals(b, chars, entry->length, word, v, candidates);
    if (ufx_char_upper(chars[0]) == chars[0] ||
        !is_usual_capital(&b->unigrams[word]))
        return;
    chars[0] = ufx_char_upper(chars[0]);
    keep_rivals(b, chars, entry->length, word | UFX_RIVALS_CAPITAL, v,
                candidates);
}

static int
compare_rivals(const void *left, const void *right)
{
    const struct ufx_rival_row *a = left, *b = right;

    return (a->word > b->word) - (a->word < b->word);
}

static void
find_rivals(struct building *b, const struct ufx_buffer *image)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_language language;
    const struct ufx_vocabulary v = {.language = &language};
    struct ufx_candidates *candidates;
    unfix_error error;
    uint32_t i;

    if (ufx_language_open(&language, image->data, image->length, &error) !=
        UNFIX_OK)
        tool_fail(error.message, NULL);
    candidates = ufx_candidates_new(&memory, &v);
    b->rivals =
        calloc((size_t)2 * b->lexicon.view.word_count + 1, sizeof *b->rivals);
    if (candidates == NULL || b->rivals == NULL)
        tool_fail("out of memory", NULL);
    for (i = 0; i < b->lexicon.view.word_count; i++)
        keep_both(b, i, &v, candidates);
    ufx_candidates_free(candidates);
    ufx_sort(b->rivals, b->rival_count, sizeof *b->rivals, compare_rivals);
}

static void
write_image(struct building *b, const char *output, const char *language,
            const char *version)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct replacement file;
    struct ufx_buffer image;

    ufx_buffer_init(&image, &memory);
    make_image(b, language, version, &image);
    find_rivals(b, &image);
    make_image(b, language, version, &image);
    replacement_open(&file, output);
    fwrite(image.data, image.length, 1, file.file);
    replacement_close(&file);
    fprintf(stderr,
            "unfix-model build: %u words, %zu with rivals, %zu rules, %zu"
            " bytes\n",
            b->lexicon.view.word_count, b->rival_count, b->rule_count,
            image.length);
    ufx_buffer_free(&image);
}

static void
free_all(struct building *b)
{
    ufx_lexicon_built_free(&b->lexicon);
    ufx_arena_free(&b->entries.letters);
    free(b->entries.list);
    free(b->unigrams);
    free(b->probability);
    free(b->history);
    free(b->bigrams);
    free(b->trigrams);
    free(b->families);
    free(b->affinity);
    free(b->contexts);
    free(b->letters);
    free(b->patterns);
    free(b->rules);
    free(b->marks);
    ufx_buffer_free(&b->forest);
    free(b->forms);
    ways_free(&b->ways);
    free(b->kinds);
    ufx_buffer_free(&b->kind_names);
    free(b->rivals);
    ufx_buffer_free(&b->readings);
}

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model build --dictionaries=FOLDER [--forms=FILE"
          " --hunspell=BASE] --output=FILE\n"
          "Compiles dictionaries into a model image.\n\n"
          "  --dictionaries=FOLDER  the language's folder (dictionaries/es)\n"
          "  --forms=FILE           the forms that scripts/forms lists\n"
          "  --hunspell=BASE        dictionary BASE.aff, BASE.dic: each form is"
          " asked of it\n"
          "  --language=TAG         the language (the folder's name)\n"
          "  --output=FILE          the image\n"
          "  -h, --help             show this help\n",
          file);
}

/* Reads the folder, and unless NULL what Hunspell knows. */
static void
compile(struct building *b, const char *forms, const char *hunspell)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    ufx_arena_init(&b->entries.letters, &memory);
    ufx_buffer_init(&b->kind_names, &memory);
    ufx_buffer_init(&b->readings, &memory);
    ufx_buffer_init(&b->forest, &memory);
    if (forms != NULL)
        read_forms(b, forms, hunspell);
    read_derived(b);
    read_list(b, "words.txt", UFX_WORD_KNOWN);
    read_list(b, "archaic.txt", UFX_WORD_KNOWN | UFX_WORD_ARCHAIC);
    read_list(b, "names.txt", UFX_WORD_KNOWN | UFX_WORD_CAPITAL);
    read_list(b, "places.txt", UFX_WORD_KNOWN | UFX_WORD_CAPITAL);
    read_list(b, "acronyms.txt", UFX_WORD_KNOWN | UFX_WORD_CAPITAL);
    read_list(b, "abbreviations.txt", UFX_WORD_KNOWN | UFX_WORD_ABBREV);
    read_list(b, "foreign.txt", UFX_WORD_FOREIGN);
    read_unigram_words(b);
    build_lexicon(b);
    set_families(b);
    build_ngrams(b);
    learn_letters(b);
    read_rules(b, "confusions.tsv");
    read_rules(b, "engines.tsv");
    read_rules(b, "scans.tsv");
    read_rules(b, "shapes.tsv");
    sort_rules(b);
    read_marks(b, "marks.tsv");
    read_marks(b, "marks-kept.tsv");
    ufx_sort(b->marks, b->mark_count, sizeof *b->marks, compare_marks);
    read_verifier(b);
    read_typed_forms(b, "letters.tsv");
    read_typed_forms(b, "forms.tsv");
    ways_build(&b->ways, b->folder, b->entries.list,
               b->lexicon.view.word_count);
    read_kinds(b);
}

int
ufx_build_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"dictionaries", required_argument, NULL, 'd'},
        {"forms", required_argument, NULL, 'f'},
        {"hunspell", required_argument, NULL, 's'},
        {"language", required_argument, NULL, 'l'},
        {"output", required_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    struct building b = {0};
    const char *forms = NULL, *hunspell = NULL, *output = NULL, *tag = NULL;
    char *folder = NULL;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd':
            folder = optarg;
            break;
        case 'f':
            forms = optarg;
            break;
        case 's':
            hunspell = optarg;
            break;
        case 'l':
            tag = optarg;
            break;
        case 'o':
            output = optarg;
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (folder == NULL || (forms == NULL) != (hunspell == NULL) ||
        output == NULL || optind < argc) {
        usage(stderr);
        return 2;
    }
    if (tag == NULL)
        tag = tool_last_name(folder);
    if (*tag == '\0' || strlen(tag) > LANGUAGE_MOST)
        tool_fail("not a language's tag", tag);
    b.folder = folder;
    compile(&b, forms, hunspell);
    write_image(&b, output, tag, "2026.1");
    free_all(&b);
    return 0;
}
