/* SPDX-License-Identifier: MPL-2.0 */
/* The automaton and its builder. */
#include "lang/lexicon.h"

#include "small_model.h"

static struct unit_memory memory;
static struct ufx_lexicon_built built;

static void
build(const struct small_word *words, size_t count)
{
    unit_memory_init(&memory, 0);
    small_lexicon(&built, &memory.memory, words, count);
}

static void
done(void)
{
    ufx_lexicon_built_free(&built);
    ck_assert_uint_eq(memory.live, 0);
}

static const struct small_word few[] = {
    {"cantar", 60, UFX_WORD_KNOWN}, {"canto", 90, UFX_WORD_KNOWN},
    {"can", 200, UFX_WORD_KNOWN},   {"contar", 60, UFX_WORD_KNOWN},
    {"año", 40, UFX_WORD_KNOWN},    {"a", 12, UFX_WORD_KNOWN},
    {"órgano", 70, UFX_WORD_KNOWN},
};
#define FEW (sizeof few / sizeof *few)

START_TEST(numbers_follow_the_order)
{
    static const char *const sorted[] = {"a",     "año",    "can",   "cantar",
                                         "canto", "contar", "órgano"};
    uint32_t i;

    build(few, FEW);
    ck_assert_uint_eq(built.view.word_count, FEW);
    for (i = 0; i < FEW; i++)
        ck_assert_uint_eq(small_find(&built.view, sorted[i]), i);
    ck_assert_uint_eq(built.view.words[1].cost, 40);
    ck_assert_uint_eq(built.view.words[6].cost, 70);
    done();
}
END_TEST

START_TEST(other_words_are_not_found)
{
    static const char *const others[] = {"",      "c",       "ca",  "cant",
                                         "canta", "cantara", "ano", "organo",
                                         "z",     "contará", "aa"};
    size_t i;

    build(few, FEW);
    for (i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(small_find(&built.view, others[i]) == UFX_WORD_NONE,
                      "%s is found", others[i]);
    done();
}
END_TEST

START_TEST(no_words)
{
    build(few, 0);
    ck_assert_uint_eq(built.view.word_count, 0);
    ck_assert_uint_eq(built.view.root, 0);
    ck_assert_uint_eq(small_find(&built.view, "a"), UFX_WORD_NONE);
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, 0, 'a'), 0);
    done();
}
END_TEST

START_TEST(no_entries_at_all)
{
    unit_memory_init(&memory, 0);
    ck_assert_int_eq(
        ufx_lexicon_build(&built, &memory.memory, small_usual(), NULL, 0),
        UNFIX_OK);
    ck_assert_uint_eq(built.view.word_count, 0);
    done();
}
END_TEST

/* A user's words, whatever letters they have. */
START_TEST(no_letter_is_usual)
{
    const struct ufx_lexicon_entry words[] = {
        {(const uint8_t *)"b\xE9z", 3, {60, 0, 1, 0}},
        {(const uint8_t *)"\xA9", 1, {60, 0, 1, 0}}};
    struct ufx_lexicon_entry entries[2] = {words[0], words[1]};

    unit_memory_init(&memory, 0);
    ck_assert_int_eq(
        ufx_lexicon_build(&built, &memory.memory, &ufx_usual_none, entries, 2),
        UNFIX_OK);
    ck_assert_uint_eq(built.view.arcs[0].below, UINT32_MAX);
    ck_assert_uint_eq(
        ufx_lexicon_find(&built.view, words[0].letters, words[0].length), 0);
    ck_assert_uint_eq(
        ufx_lexicon_find(&built.view, words[1].letters, words[1].length), 1);
    ck_assert_uint_eq(ufx_lexicon_find(&built.view, (const uint8_t *)"bez", 3),
                      UFX_WORD_NONE);
    done();
}
END_TEST

START_TEST(letters_that_are_usual)
{
    static const uint8_t letters[] = {'a', 'o', 0xA9, 0xE3};
    struct ufx_usual usual;

    ck_assert(ufx_usual_make(&usual, letters, sizeof letters));
    ck_assert(ufx_is_usual(&usual, 0xA9) && !ufx_is_usual(&usual, 'b'));
    ck_assert_uint_eq(ufx_letter_bit(&usual, 0xE3), 8);
    /* Others go with their letter without its accent, or the first. */
    ck_assert_uint_eq(ufx_letter_bit(&usual, 0xF3), 2);
    ck_assert_uint_eq(ufx_letter_bit(&usual, 'b'), 1);
    ck_assert(!ufx_usual_make(&usual, (const uint8_t *)"aa", 2));
    ck_assert(!ufx_usual_make(&usual, letters, UFX_USUAL_LETTERS + 1));
}
END_TEST

START_TEST(arcs_are_sorted)
{
    uint32_t arc, root;

    build(few, FEW);
    root = built.view.root;
    ck_assert_uint_ne(root, 0);
    arc = ufx_lexicon_arc(&built.view, 0, 'a');
    ck_assert_uint_eq(arc, root);
    ck_assert(built.view.arcs[arc].way & UFX_ARC_FINAL);
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, 0, 'c'), root + 1);
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, 0, 0xF3), root + 2);
    ck_assert(built.view.arcs[root + 2].way & UFX_ARC_LAST);
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, 0, 'b'), 0);
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, 0, 0xFF), 0);
    /* "ó" is a word's end: nothing follows. */
    ck_assert_uint_eq(ufx_lexicon_arc(&built.view, root + 2, 'a'), 0);
    done();
}
END_TEST

/* Equal endings of equally frequent words are there once. */
START_TEST(endings_are_shared)
{
    static const struct small_word words[] = {
        {"baca", 60, 1}, {"bada", 60, 1}, {"fada", 60, 1}, {"faca", 60, 1}};

    build(words, 4);
    /* The arc that is not used, then b f, a, c d, a. */
    ck_assert_uint_eq(built.view.arc_count, 1 + 2 + 1 + 2 + 1);
    done();
}
END_TEST

START_TEST(equal_entries_are_merged)
{
    static const struct small_word words[] = {
        {"rosa", 90, UFX_WORD_KNOWN | UFX_WORD_CAPITAL},
        {"rosa", 60, UFX_WORD_CORPUS},
        {"rosa", 120, UFX_WORD_CAPITAL | UFX_WORD_ABBREV},
        {"onu", 80, UFX_WORD_KNOWN | UFX_WORD_CAPITAL | UFX_WORD_ACRONYM},
        {"onu", 50, UFX_WORD_CAPITAL | UFX_WORD_ACRONYM},
        {"paz", 80, UFX_WORD_CAPITAL | UFX_WORD_ACRONYM},
        {"paz", 90, UFX_WORD_CAPITAL},
    };
    const struct ufx_word *word;

    build(words, sizeof words / sizeof *words);
    ck_assert_uint_eq(built.view.word_count, 3);
    word = &built.view.words[small_find(&built.view, "rosa")];
    ck_assert_uint_eq(word->cost, 60);
    ck_assert_uint_eq(word->flags,
                      UFX_WORD_KNOWN | UFX_WORD_CORPUS | UFX_WORD_ABBREV);
    word = &built.view.words[small_find(&built.view, "onu")];
    ck_assert_uint_eq(word->cost, 50);
    ck_assert_uint_eq(word->flags,
                      UFX_WORD_KNOWN | UFX_WORD_CAPITAL | UFX_WORD_ACRONYM);
    word = &built.view.words[small_find(&built.view, "paz")];
    ck_assert_uint_eq(word->flags, UFX_WORD_CAPITAL);
    done();
}
END_TEST

START_TEST(words_of_no_use_are_left_out)
{
    uint8_t letters[UFX_TOKEN_CHARS + 1];
    struct ufx_lexicon_entry entries[3];
    const struct ufx_word word = {50, 0, UFX_WORD_KNOWN, 0};
    size_t i;

    memset(letters, 'x', sizeof letters);
    for (i = 0; i < 3; i++) {
        entries[i].letters = letters;
        entries[i].word = word;
    }
    entries[0].length = UFX_TOKEN_CHARS + 1;
    entries[1].length = UFX_TOKEN_CHARS;
    entries[2].length = 0;
    unit_memory_init(&memory, 0);
    ck_assert_int_eq(
        ufx_lexicon_build(&built, &memory.memory, small_usual(), entries, 3),
        UNFIX_OK);
    ck_assert_uint_eq(built.view.word_count, 1);
    ck_assert_uint_eq(ufx_lexicon_find(&built.view, letters, UFX_TOKEN_CHARS),
                      0);
    ck_assert_uint_eq(
        ufx_lexicon_find(&built.view, letters, UFX_TOKEN_CHARS + 1),
        UFX_WORD_NONE);
    done();
}
END_TEST

/* ---- Many words ---- */

enum {
    MANY = 3000,
    WORD_MOST = 9
};

static uint8_t many_letters[MANY][WORD_MOST];
static struct ufx_lexicon_entry many[MANY];
static struct ufx_lexicon_entry shuffled[MANY];

static int
compare(const void *left, const void *right)
{
    const struct ufx_lexicon_entry *a = left, *b = right;
    size_t n = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->letters, b->letters, n);

    return order != 0 ? order : (int)a->length - (int)b->length;
}

/* Different words of few letters, sorted; the builder gets them shuffled. */
static size_t
build_many(size_t costs)
{
    static const uint8_t alphabet[] = {'a', 'b', 'n', 0xE1, 0xF1, 0xFF, 1};
    uint64_t seed = 11;
    size_t i, k, n = 0;

    for (i = 0; i < MANY; i++) {
        size_t length = 1 + unit_below(&seed, WORD_MOST);

        for (k = 0; k < length; k++)
            many_letters[i][k] = alphabet[unit_below(&seed, sizeof alphabet)];
        many[i].letters = many_letters[i];
        many[i].length = (uint32_t)length;
        many[i].word.cost = (uint8_t)(255 - unit_below(&seed, costs));
        many[i].word.flags = UFX_WORD_KNOWN;
    }
    qsort(many, MANY, sizeof *many, compare);
    for (i = 0; i < MANY; i++)
        if (n == 0 || compare(&many[n - 1], &many[i]) != 0)
            many[n++] = many[i];
    memcpy(shuffled, many, n * sizeof *many);
    for (i = n; i > 1; i--) {
        size_t other = unit_below(&seed, i);
        struct ufx_lexicon_entry swap = shuffled[i - 1];

        shuffled[i - 1] = shuffled[other];
        shuffled[other] = swap;
    }
    unit_memory_init(&memory, 0);
    ck_assert_int_eq(
        ufx_lexicon_build(&built, &memory.memory, small_usual(), shuffled, n),
        UNFIX_OK);
    ck_assert_uint_eq(built.view.word_count, n);
    return n;
}

START_TEST(many_words_are_found)
{
    size_t n = build_many(200), i;

    for (i = 0; i < n; i++) {
        uint32_t number =
            ufx_lexicon_find(&built.view, many[i].letters, many[i].length);

        if (number != i)
            ck_abort_msg("word %zu has number %u", i, (unsigned)number);
        if (built.view.words[i].cost != many[i].word.cost)
            ck_abort_msg("word %zu has another's cost", i);
    }
    done();
}
END_TEST

START_TEST(nothing_else_is_found)
{
    size_t n = build_many(200), i, k, missing = 0;

    /* Each word with one letter changed: in the list or not found. */
    for (i = 0; i < n; i++)
        for (k = 0; k < many[i].length; k++) {
            uint8_t letters[WORD_MOST];
            struct ufx_lexicon_entry key = many[i];
            uint32_t number;

            memcpy(letters, many[i].letters, many[i].length);
            letters[k] = letters[k] == 'a' ? 'b' : 'a';
            key.letters = letters;
            number = ufx_lexicon_find(&built.view, letters, key.length);
            if (bsearch(&key, many, n, sizeof *many, compare) == NULL) {
                missing++;
                if (number != UFX_WORD_NONE)
                    ck_abort_msg("found without being there");
            } else if (number == UFX_WORD_NONE) {
                ck_abort_msg("there and not found");
            }
        }
    ck_assert_uint_gt(missing, n);
    done();
}
END_TEST

/* The least cost, in steps, of the words that begin with those letters. */
static int
least_cost(size_t n, const uint8_t *letters, size_t length)
{
    int least = INT32_MAX;
    size_t i;

    for (i = 0; i < n; i++)
        if (many[i].length >= length &&
            memcmp(many[i].letters, letters, length) == 0 &&
            many[i].word.cost / UFX_WEIGHT_STEP < least)
            least = many[i].word.cost / UFX_WEIGHT_STEP;
    return least;
}

/* The sum of the weights along a path is the least cost that can still be
 * reached; at the word's end it is the word's own. */
START_TEST(weights_are_exact_bounds)
{
    size_t n = build_many(250), i, k;

    /* The least cost of any word is not among the weights. */
    int base = least_cost(n, many[0].letters, 0);

    for (i = 0; i < n; i += 3) {
        uint32_t arc = 0;
        int sum = base;

        for (k = 0; k < many[i].length; k++) {
            if (k > 0)
                sum += built.view.arcs[arc].through;
            arc = ufx_lexicon_arc(&built.view, arc, many[i].letters[k]);
            if (arc == 0)
                ck_abort_msg("word %zu is not there", i);
            sum += built.view.arcs[arc].step;
            if (sum != least_cost(n, many[i].letters, k + 1))
                ck_abort_msg("word %zu, letter %zu: bound %d", i, k, sum);
        }
        sum += built.view.arcs[arc].final;
        if (sum != many[i].word.cost / UFX_WEIGHT_STEP)
            ck_abort_msg("word %zu: cost %d", i, sum);
    }
    done();
}
END_TEST

/* With one cost for all, no two nodes are equal: the automaton is minimal. */
START_TEST(no_node_is_there_twice)
{
    struct ufx_lexicon *view = &built.view;
    uint32_t a, b, i;

    build_many(1);
    for (a = 1; a < view->arc_count; a = i + 1) {
        for (i = a; !(view->arcs[i].way & UFX_ARC_LAST); i++)
            ;
        for (b = i + 1; b < view->arc_count; b++)
            if ((view->arcs[b - 1].way & UFX_ARC_LAST) &&
                memcmp(&view->arcs[a], &view->arcs[b],
                       (i + 1 - a) * sizeof *view->arcs) == 0 &&
                b + i - a < view->arc_count)
                ck_abort_msg("nodes %u and %u are equal", (unsigned)a,
                             (unsigned)b);
    }
    done();
}
END_TEST

/* A damaged automaton may find the wrong words, but stays in its arrays. */
START_TEST(damage_is_harmless)
{
    uint64_t seed = 7;
    size_t n = build_many(200), i, round;

    for (round = 0; round < 50; round++) {
        for (i = 0; i < 20; i++) {
            size_t at = unit_below(&seed, built.view.arc_count);

            built.arcs[at].way ^= UINT32_C(1) << unit_below(&seed, 32);
            built.arcs[at].skip ^= UINT32_C(1) << unit_below(&seed, 32);
        }
        for (i = 0; i < n; i++) {
            uint32_t number =
                ufx_lexicon_find(&built.view, many[i].letters, many[i].length);

            if (number != UFX_WORD_NONE && number >= n)
                ck_abort_msg("word %u of %zu", (unsigned)number, n);
        }
    }
    done();
}
END_TEST

START_TEST(building_may_run_out_of_memory)
{
    struct ufx_lexicon_entry entries[200];
    size_t k;

    build_many(200);
    done();
    for (k = 1;; k++) {
        unfix_status status;

        memcpy(entries, many, sizeof entries);
        unit_memory_init(&memory, k);
        status = ufx_lexicon_build(&built, &memory.memory, small_usual(),
                                   entries, 200);
        if (!memory.failed) {
            ck_assert_int_eq(status, UNFIX_OK);
            break;
        }
        ck_assert_int_eq(status, UNFIX_ERROR_MEMORY);
        ck_assert_uint_eq(memory.live, 0);
        /* Freeing again is allowed: there is nothing left. */
        ufx_lexicon_built_free(&built);
    }
    ck_assert_uint_gt(k, 5);
    done();
}
END_TEST

/* Words without a common ending take an arc for each letter. */
START_TEST(too_large_is_refused)
{
    enum {
        WORDS = 100000,
        LETTERS = 48
    };
    struct ufx_lexicon_entry *entries = calloc(WORDS, sizeof *entries);
    uint8_t *letters = malloc((size_t)WORDS * LETTERS);
    uint64_t seed = 2;
    size_t i;

    /* Without the beginnings and endings that some share. */
    ck_assert_uint_gt((size_t)WORDS * (LETTERS - 5), UFX_ARC_TARGET_MAX);
    for (i = 0; i < (size_t)WORDS * LETTERS; i++)
        letters[i] = (uint8_t)(1 + unit_below(&seed, 255));
    for (i = 0; i < WORDS; i++) {
        entries[i].letters = letters + i * LETTERS;
        entries[i].length = LETTERS;
    }
    unit_memory_init(&memory, 0);
    ck_assert_int_eq(ufx_lexicon_build(&built, &memory.memory, small_usual(),
                                       entries, WORDS),
                     UNFIX_ERROR_LIMIT);
    ck_assert_uint_eq(memory.live, 0);
    free(entries);
    free(letters);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        numbers_follow_the_order,
        other_words_are_not_found,
        no_words,
        no_entries_at_all,
        no_letter_is_usual,
        letters_that_are_usual,
        arcs_are_sorted,
        endings_are_shared,
        equal_entries_are_merged,
        words_of_no_use_are_left_out,
        many_words_are_found,
        nothing_else_is_found,
        weights_are_exact_bounds,
        no_node_is_there_twice,
        damage_is_harmless,
        building_may_run_out_of_memory,
        too_large_is_refused,
    };

    return unit_run("lang/lexicon", tests, sizeof tests / sizeof *tests);
}
