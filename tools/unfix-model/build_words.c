/* SPDX-License-Identifier: MPL-2.0 */
/* The words: a lexicon, and how likely each is by itself. */
#include "build.h"
#include "lines.h"
#include "table.h"

#include "lang/pieces.h"
#include "lang/speller.h"
#include "text/chars.h"
#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a word that no text held counts as: less than one seen once. */
#define UNSEEN_COUNT 0.3

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
    u.count = (double)lines_number(lines, &field, 0, BUILD_COUNT_MOST);
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

uint8_t
build_cost(double probability)
{
    double steps = -log(probability) * 1000 / UFX_COST_STEP + 0.5;

    return steps < 0 ? 0 : steps > 255 ? 255 : (uint8_t)steps;
}

uint32_t
build_find_word(const struct building *b, const char *word, size_t length)
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
        uint32_t id = build_find_word(b, u.word, u.length);

        if (id != UFX_WORD_NONE)
            b->history[id] += u.count;
    }
    for (i = 0; i < all; i++)
        total += b->history[i] > 0 ? b->history[i] : UNSEEN_COUNT;
    for (i = 0; i < all; i++) {
        double count = b->history[i] > 0 ? b->history[i] : UNSEEN_COUNT;

        b->probability[i] = count / total;
        b->unigrams[i].cost = build_cost(b->probability[i]);
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
    uint32_t i, count;

    tool_need(ufx_lexicon_build(&b->lexicon, &memory, &ufx_usual_none, e->list,
                                e->count),
              "the lexicon");
    set_unigrams(b);
    read_seldom(b);
    count = b->lexicon.view.word_count;
    for (i = 0; i < count; i++)
        e->list[i].word = b->unigrams[i];
    choose_letters(b);
    ufx_lexicon_built_free(&b->lexicon);
    tool_need(
        ufx_lexicon_build(&b->lexicon, &memory, &b->usual, e->list, count),
        "the lexicon");
}

void
build_words(struct building *b, const char *forms, const char *hunspell)
{
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
}
