/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model count: text -> pruned n-gram counts.
 *
 * The first pass counts words and decides which ones the model will hold; the
 * second counts bigrams and trigrams over those and the token classes.
 * Corpus words that no dictionary has are kept only if they are frequent and
 * no form with other accents is more frequent: "organizacion" in a text is an
 * error of the text, not a word. */
#include "commands.h"
#include "replace.h"
#include "table.h"

#include "base/arena.h"
#include "base/limits.h"
#include "lang/pieces.h"
#include "lang/speller.h"
#include "text/chars.h"
#include "text/text.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Weights of texts have two decimals: a count is in hundredths. */
#define UNIT 100

struct word_count {
    uint64_t count;    /* weighted */
    uint64_t times;    /* as it is */
    uint64_t inside;   /* within a sentence, where case means something */
    uint64_t capitals; /* of those */
    bool kept;         /* a word by itself, not of the class of unknown ones */
    bool shown;        /* the same in the tables now written */
    bool known;
    bool piece; /* rather of a longer word: bía, declar */
};

struct counting {
    struct interner words;
    struct word_count *counts;
    size_t capacity;
    struct counter unaccented; /* hash of the unaccented form -> best count */
    struct counter bigrams;
    struct counter trigrams;
    uint64_t classes[UFX_PIECE_CLASSES];
    struct ufx_speller *speller;
    struct interner listed; /* words of the lists */
    unsigned min_known;
    unsigned min_unknown;
    unsigned min_bigram;
    unsigned min_trigram;
    bool second_pass;
};

/* Ids of n-gram keys: classes first, then words; 21 bits each. */
#define ID_BITS 21
#define WORD_ID(n) ((uint32_t)UFX_PIECE_CLASSES + (n) + 1)
#define CLASS_ID(c) ((uint32_t)(c) + 1)

struct sentence {
    uint32_t first; /* ids of the last two pieces, 0 for none */
    uint32_t second;
    bool inside;
};

static bool
begins_sentence(uint32_t kind)
{
    return kind != UFX_PIECE_WORD && kind != UFX_PIECE_COMMA &&
           kind != UFX_PIECE_DAY && kind != UFX_PIECE_YEAR &&
           kind != UFX_PIECE_CLOSE;
}

static size_t
lower_utf8(const uint32_t *chars, size_t count, char *out)
{
    size_t i, n = 0;

    for (i = 0; i < count; i++) {
        uint32_t cp = ufx_char_lower(chars[i]);

        if (cp < 0x80) {
            out[n++] = (char)cp;
        } else {
            out[n++] = (char)(0xC0 | cp >> 6);
            out[n++] = (char)(0x80 | (cp & 0x3F));
        }
    }
    return n;
}

static void
count_word(struct counting *c, uint32_t number, bool inside, bool capital,
           int64_t weight)
{
    if (number >= c->capacity) {
        size_t old = c->capacity;

        c->capacity = c->capacity == 0 ? 1 << 16 : c->capacity * 2;
        c->counts = tool_resize(c->counts, c->capacity * sizeof *c->counts);
        memset(c->counts + old, 0, (c->capacity - old) * sizeof *c->counts);
    }
    /* A weight below 0 takes back; the sums are right modulo 2^64. */
    c->counts[number].count += (uint64_t)weight;
    c->counts[number].times += weight < 0 ? UINT64_MAX : 1;
    c->counts[number].inside += inside ? (uint64_t)weight : 0;
    c->counts[number].capitals += inside && capital ? (uint64_t)weight : 0;
}

/* The id of a piece; in the first pass it counts the word. */
static uint32_t
piece_id(struct counting *c, const uint32_t *chars,
         const struct ufx_piece *piece, bool inside, int64_t weight)
{
    char word[2 * UFX_TOKEN_CHARS];
    uint8_t letters[UFX_TOKEN_CHARS];
    uint32_t number;
    size_t n;

    if (piece->kind != UFX_PIECE_WORD)
        return CLASS_ID(piece->kind);
    if (!ufx_piece_letters(chars, piece->count, letters))
        return CLASS_ID(ufx_piece_unknown(chars, piece->count));
    n = lower_utf8(chars, piece->count, word);
    if (!c->second_pass) {
        number = interner_add(&c->words, word, n);
        if (WORD_ID(number) >= UINT32_C(1) << ID_BITS)
            tool_fail("more than two million distinct words", NULL);
        count_word(c, number, inside, ufx_char_is_upper(chars[0]), weight);
        return WORD_ID(number);
    }
    number = interner_find(&c->words, word, n);
    if (number == INTERNER_NONE || !c->counts[number].kept)
        return CLASS_ID(ufx_piece_unknown(chars, piece->count));
    return WORD_ID(number);
}

static void
count_piece(struct counting *c, struct sentence *s, uint32_t id, int64_t weight)
{
    uint64_t pair;

    if (!c->second_pass)
        return;
    pair = (uint64_t)s->second << ID_BITS | id;
    if (id < WORD_ID(0))
        c->classes[id - 1] += (uint64_t)weight;
    if (s->second != 0)
        *counter_at(&c->bigrams, pair) += (uint64_t)weight;
    if (s->first != 0)
        *counter_at(&c->trigrams, (uint64_t)s->first << 2 * ID_BITS | pair) +=
            (uint64_t)weight;
    s->first = s->second;
    s->second = id;
}

static void
count_token(struct counting *c, struct sentence *s, const uint32_t *chars,
            size_t count, int64_t weight)
{
    size_t i = 0;

    while (i < count) {
        struct ufx_piece piece = ufx_piece_next(chars + i, count - i);
        uint32_t id = piece_id(c, chars + i, &piece, s->inside, weight);

        count_piece(c, s, id, weight);
        s->inside = !begins_sentence(piece.kind);
        i += piece.count;
    }
}

static void
count_text(struct counting *c, const char *text, size_t length, int64_t weight,
           struct ufx_arena *arena)
{
    struct ufx_paragraph p;
    size_t i = 0, t;

    while (i < length) {
        size_t n = ufx_text_paragraph(text + i, length - i);
        const char *line = memchr(text + i, '\n', n);
        struct sentence s = {0, CLASS_ID(UFX_PIECE_BEGIN), false};

        /* Corpora have a paragraph a line. */
        if (line != NULL)
            n = (size_t)(line - (text + i)) + 1;
        ufx_arena_reset(arena);
        if (ufx_paragraph_read(&p, text + i, n, arena) != UNFIX_OK)
            tool_fail("out of memory", NULL);
        for (t = 0; t < p.token_count; t++) {
            const struct ufx_token *token = &p.tokens[t];

            if (token->kind == UFX_TOKEN_ADDRESS)
                count_piece(c, &s, CLASS_ID(UFX_PIECE_ADDRESS), weight);
            else if (token->kind == UFX_TOKEN_TEXT)
                count_token(c, &s, p.chars + token->first, token->count,
                            weight);
        }
        /* The beginning of the next paragraph stands for this one's end. */
        if (p.token_count > 0)
            count_piece(c, &s, CLASS_ID(UFX_PIECE_BEGIN), weight);
        i += n;
    }
}

static uint64_t
unaccented_key(const char *word)
{
    uint64_t h = 14695981039346656037u;
    size_t length = strlen(word), i = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(word + i, length - i, &size);

        h = (h ^ ufx_char_unaccented(cp)) * 1099511628211u;
        i += size;
    }
    return h | 1;
}

static bool
is_known(struct counting *c, const char *word, bool capital)
{
    char copy[2 * UFX_TOKEN_CHARS + 1];
    size_t size;
    uint32_t first;

    if (interner_find(&c->listed, word, strlen(word)) != INTERNER_NONE)
        return true;
    if (c->speller == NULL)
        return false;
    if (ufx_speller_knows(c->speller, word))
        return true;
    if (!capital)
        return false;
    first = ufx_char_upper(ufx_text_decode(word, strlen(word), &size));
    memcpy(copy, word, strlen(word) + 1);
    if (size == 1)
        copy[0] = (char)first;
    else if (size == 2) {
        copy[0] = (char)(0xC0 | first >> 6);
        copy[1] = (char)(0x80 | (first & 0x3F));
    }
    return ufx_speller_knows(c->speller, copy);
}

/* A text of little weight has its words all the same: only what it says of
 * their frequency counts for less. */
static bool
is_frequent(const struct word_count *w, unsigned minimum)
{
    return w->times >= minimum || w->count >= (uint64_t)minimum * UNIT;
}

/* Whether each word is frequent enough, as the counts now are. */
static void
show_words(struct counting *c)
{
    uint32_t i;

    counter_free(&c->unaccented);
    memset(&c->unaccented, 0, sizeof c->unaccented);
    for (i = 0; i < c->words.count; i++) {
        uint64_t *best =
            counter_at(&c->unaccented, unaccented_key(c->words.strings[i]));

        if (c->counts[i].count > *best)
            *best = c->counts[i].count;
    }
    for (i = 0; i < c->words.count; i++) {
        struct word_count *w = &c->counts[i];
        uint64_t best =
            counter_get(&c->unaccented, unaccented_key(c->words.strings[i]));

        if (w->known)
            w->shown = is_frequent(w, c->min_known);
        else
            w->shown =
                is_frequent(w, c->min_unknown) && best <= w->count && !w->piece;
    }
}

/* Lines end within words, and print breaks them: what no dictionary has and a
 * word so much more frequent begins or ends with is a piece of that. */
#define PIECE_TIMES 20
#define PIECE_LACKS 6 /* bytes of the word, at most */

static void
mark_piece(struct counting *c, const struct word_count *whole, const char *part,
           size_t length)
{
    uint32_t number = interner_find(&c->words, part, length);

    if (number != INTERNER_NONE &&
        c->counts[number].count * PIECE_TIMES <= whole->count)
        c->counts[number].piece = true;
}

static void
mark_pieces(struct counting *c)
{
    uint32_t i;
    size_t lacks;

    for (i = 0; i < c->words.count; i++) {
        const char *word = c->words.strings[i];
        size_t length = strlen(word);

        if (!c->counts[i].known)
            continue;
        for (lacks = 1; lacks <= PIECE_LACKS && lacks < length; lacks++) {
            mark_piece(c, &c->counts[i], word, length - lacks);
            mark_piece(c, &c->counts[i], word + lacks, length - lacks);
        }
    }
}

static void
choose_words(struct counting *c)
{
    uint32_t i;

    for (i = 0; i < c->words.count; i++)
        c->counts[i].known = is_known(c, c->words.strings[i], true);
    mark_pieces(c);
    show_words(c);
    for (i = 0; i < c->words.count; i++)
        c->counts[i].kept = c->counts[i].shown;
}

/* ---- Output ---- */

struct ngram {
    uint64_t key;
    uint64_t count;
};

static const struct counting *sorting; /* for qsort */

static const char *
id_name(uint32_t id)
{
    return id < WORD_ID(0) ? ufx_piece_name((enum ufx_piece_class)(id - 1))
                           : sorting->words.strings[id - WORD_ID(0)];
}

static bool
is_shown(uint32_t id)
{
    return id < WORD_ID(0) || sorting->counts[id - WORD_ID(0)].shown;
}

static int
compare_ngrams(const void *left, const void *right)
{
    const struct ngram *a = left, *b = right;
    int shift, order;

    for (shift = 2 * ID_BITS; shift >= 0; shift -= ID_BITS) {
        uint32_t x = (uint32_t)(a->key >> shift) & ((1u << ID_BITS) - 1);
        uint32_t y = (uint32_t)(b->key >> shift) & ((1u << ID_BITS) - 1);

        if (x == y)
            continue;
        order = strcmp(id_name(x), id_name(y));
        if (order != 0)
            return order;
    }
    return 0;
}

/* In whole numbers; what was seen at all is not 0. */
static unsigned long long
whole(uint64_t count)
{
    uint64_t rounded = (count + UNIT / 2) / UNIT;

    return count > 0 && rounded == 0 ? 1 : rounded;
}

static void
write_unigrams(const struct counting *c, const char *folder)
{
    struct ngram *list =
        tool_allocate((c->words.count + UFX_PIECE_CLASSES) * sizeof *list);
    struct replacement table;
    size_t n = 0, i;
    FILE *file;

    replacement_open_in(&table, folder, "unigrams.tsv");
    file = table.file;

    for (i = 0; i < UFX_PIECE_CLASSES; i++)
        list[n++] = (struct ngram){CLASS_ID(i), c->classes[i]};
    for (i = 0; i < c->words.count; i++)
        if (c->counts[i].kept && c->counts[i].shown)
            list[n++] =
                (struct ngram){WORD_ID((uint32_t)i), c->counts[i].count};
    qsort(list, n, sizeof *list, compare_ngrams);
    fputs("# word <tab> count <tab> share of capitals within sentences, %, or -"
          " <tab> k: a dictionary has it\n",
          file);
    for (i = 0; i < n; i++) {
        fprintf(file, "%s\t%llu", id_name((uint32_t)list[i].key),
                whole(list[i].count));
        if (list[i].key >= WORD_ID(0)) {
            const struct word_count *w = &c->counts[list[i].key - WORD_ID(0)];

            if (w->inside > 0)
                fprintf(file, "\t%llu",
                        (unsigned long long)(100 * w->capitals / w->inside));
            else
                fputs("\t-", file);
            if (w->known)
                fputs("\tk", file);
        }
        putc('\n', file);
    }
    free(list);
    replacement_close(&table);
}

/* One line for all n-grams with the same beginning:
 * BEGINNING <tab> WORD COUNT <tab> WORD COUNT... */
static void
write_ngrams(const struct counter *table, int order, unsigned minimum,
             const char *folder, const char *name)
{
    struct ngram *list = tool_allocate(table->used * sizeof *list);
    const uint32_t mask = (1u << ID_BITS) - 1;
    struct replacement result;
    size_t n = 0, i;
    FILE *file;

    replacement_open_in(&result, folder, name);
    file = result.file;

    for (i = 0; i < table->size; i++) {
        uint64_t key = table->keys[i];

        if (key != 0 && table->counts[i] > 0 &&
            table->counts[i] >= (uint64_t)minimum * UNIT &&
            is_shown((uint32_t)key & mask) &&
            is_shown((uint32_t)(key >> ID_BITS) & mask) &&
            is_shown((uint32_t)(key >> 2 * ID_BITS)))
            list[n++] = (struct ngram){key, table->counts[i]};
    }
    qsort(list, n, sizeof *list, compare_ngrams);
    for (i = 0; i < n; i++) {
        uint64_t key = list[i].key;

        if (i == 0 || list[i - 1].key >> ID_BITS != key >> ID_BITS) {
            if (i > 0)
                putc('\n', file);
            if (order == 3)
                fprintf(file, "%s ", id_name((uint32_t)(key >> 2 * ID_BITS)));
            fputs(id_name((uint32_t)(key >> ID_BITS) & mask), file);
        }
        fprintf(file, "\t%s %llu", id_name((uint32_t)key & mask),
                whole(list[i].count));
    }
    if (n > 0)
        putc('\n', file);
    free(list);
    replacement_close(&result);
}

/* ---- Command line ---- */

static void
read_list(struct interner *listed, const char *path)
{
    size_t length, i = 0;
    char *text = tool_read_file(path, &length);

    while (i < length) {
        size_t end = i;
        uint32_t chars[UFX_TOKEN_CHARS];
        char word[2 * UFX_TOKEN_CHARS];
        size_t n = 0, size;

        while (end < length && text[end] != '\n')
            end++;
        if (text[i] != '#') {
            while (i < end) {
                uint32_t cp = ufx_text_decode(text + i, end - i, &size);

                i += size;
                if (ufx_char_is_letter(cp) &&
                    ufx_char_code(ufx_char_lower(cp)) != 0 &&
                    n < UFX_TOKEN_CHARS)
                    chars[n++] = cp;
                if (n > 0 && (i == end || !ufx_char_is_letter(cp))) {
                    interner_add(listed, word, lower_utf8(chars, n, word));
                    n = 0;
                }
            }
        }
        i = end + 1;
    }
    free(text);
}

static void
usage(FILE *file)
{
    fputs(
        "Usage: unfix-model count [OPTION]... [WEIGHT*]FILE...\n"
        "Counts words, bigrams and trigrams of text, a paragraph a line.\n\n"
        "  --output=FOLDER     write unigrams.tsv, bigrams.tsv, trigrams.tsv\n"
        "  --hunspell=BASE     dictionary BASE.aff, BASE.dic: known words\n"
        "  --list=FILE         more known words, one a line (repeatable)\n"
        "  --without=FOLDER=[WEIGHT*]FILE[,[WEIGHT*]FILE]...\n"
        "                      write there what there is without those\n"
        "                      (repeatable)\n"
        "  --min-known=N       keep known words seen N times (default 2)\n"
        "  --min-unknown=N     keep other words seen N times (default 20)\n"
        "  --min-bigram=N      keep bigrams seen N times (default 3)\n"
        "  --min-trigram=N     keep trigrams seen N times (default 3)\n"
        "  -h, --help          show this help\n",
        file);
}

struct request {
    const char *folder;
    char **without;
    int without_count;
    int status; /* to end with; -1: to go on */
};

static void
open_dictionary(struct counting *c, const char *path)
{
    char aff[4096], dic[4096];
    unfix_error error;

    snprintf(aff, sizeof aff, "%s.aff", path);
    snprintf(dic, sizeof dic, "%s.dic", path);
    if (ufx_speller_open(aff, dic, &c->speller, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
}

static void
read_options(struct counting *c, struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"hunspell", required_argument, NULL, 'd'},
        {"list", required_argument, NULL, 'l'},
        {"without", required_argument, NULL, 'w'},
        {"min-known", required_argument, NULL, 'k'},
        {"min-unknown", required_argument, NULL, 'u'},
        {"min-bigram", required_argument, NULL, 'b'},
        {"min-trigram", required_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            request->folder = optarg;
            break;
        case 'd':
            open_dictionary(c, optarg);
            break;
        case 'l':
            read_list(&c->listed, optarg);
            break;
        case 'w':
            request->without = tool_resize(
                request->without, (size_t)(request->without_count + 1) *
                                      sizeof *request->without);
            request->without[request->without_count++] = optarg;
            break;
        case 'k':
            c->min_known =
                (unsigned)tool_number("min-known", optarg, 0, 1000000000);
            break;
        case 'u':
            c->min_unknown =
                (unsigned)tool_number("min-unknown", optarg, 0, 1000000000);
            break;
        case 'b':
            c->min_bigram =
                (unsigned)tool_number("min-bigram", optarg, 0, 1000000000);
            break;
        case 't':
            c->min_trigram =
                (unsigned)tool_number("min-trigram", optarg, 0, 1000000000);
            break;
        case 'h':
            usage(stdout);
            request->status = 0;
            return;
        default:
            usage(stderr);
            request->status = 2;
            return;
        }
    }
    if (optind == argc) {
        usage(stderr);
        request->status = 2;
    }
}

/* [WEIGHT*]FILE, in this pass; `sign` -1 takes its counts back. */
static void
count_file(struct counting *c, const char *name, int sign,
           struct ufx_arena *arena)
{
    const char *path = name;
    int64_t weight =
        (int64_t)(tool_weight(&path, 1.0 / UNIT, 1000) * UNIT + 0.5);
    size_t length;
    char *text;

    if (strcmp(path, "-") == 0)
        tool_fail("standard input cannot be read twice, as texts are", name);
    text = tool_read_file(path, &length);
    count_text(c, text, length, sign * weight, arena);
    free(text);
}

/* Twice: words have to be chosen before their pairs are counted. */
static void
count_files(struct counting *c, char **names, int count,
            struct ufx_arena *arena)
{
    int i, pass;

    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < count; i++)
            count_file(c, names[i], 1, arena);
        if (pass == 0)
            choose_words(c);
        c->second_pass = true;
    }
}

static void
write_tables(const struct counting *c, const char *folder)
{
    write_unigrams(c, folder);
    write_ngrams(&c->bigrams, 2, c->min_bigram, folder, "bigrams.tsv");
    write_ngrams(&c->trigrams, 3, c->min_trigram, folder, "trigrams.tsv");
}

static char *
copy_of(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(tool_allocate(size), text, size);
}

/* FOLDER=[WEIGHT*]FILE[,[WEIGHT*]FILE]...: the tables of all other text. */
static void
write_without(struct counting *c, const char *option, struct ufx_arena *arena)
{
    char *folder = copy_of(option), *files = strchr(folder, '=');
    int sign, pass;

    if (files == NULL)
        tool_fail("not FOLDER=FILE", option);
    *files++ = '\0';
    for (sign = -1; sign <= 1; sign += 2) {
        for (pass = 0; pass < 2; pass++) {
            char *list = copy_of(files), *name, *rest = list;

            c->second_pass = pass == 1;
            while ((name = strtok_r(rest, ",", &rest)) != NULL)
                count_file(c, name, sign, arena);
            free(list);
        }
        show_words(c);
        if (sign < 0)
            write_tables(c, folder);
    }
    free(folder);
}

static void
counting_free(struct counting *c)
{
    counter_free(&c->bigrams);
    counter_free(&c->trigrams);
    counter_free(&c->unaccented);
    interner_free(&c->words);
    interner_free(&c->listed);
    free(c->counts);
    ufx_speller_close(c->speller);
}

int
ufx_count_main(int argc, char **argv)
{
    struct counting c = {
        .min_known = 2, .min_unknown = 20, .min_bigram = 3, .min_trigram = 3};
    struct request request = {.folder = ".", .status = -1};
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_arena arena;
    int i;

    ufx_arena_init(&arena, &memory);
    read_options(&c, &request, argc, argv);
    if (request.status < 0) {
        count_files(&c, argv + optind, argc - optind, &arena);
        sorting = &c;
        write_tables(&c, request.folder);
        for (i = 0; i < request.without_count; i++)
            write_without(&c, request.without[i], &arena);
        fprintf(stderr,
                "unfix-model count: %u words seen, %zu bigrams, %zu"
                " trigrams\n",
                c.words.count, c.bigrams.used, c.trigrams.used);
        request.status = 0;
    }
    free(request.without);
    ufx_arena_free(&arena);
    counting_free(&c);
    return request.status;
}
