/* SPDX-License-Identifier: MPL-2.0 */
/* What the model keeps of usual words is what a search finds, and damage to it
 * is seen. */
#include "normalize/candidates.h"
#include "normalize/rivals.h"
#include "text/chars.h"

#include "../read_file.h"
#include "unit.h"

#include <string.h>

static char *image;
static size_t image_length;
static struct ufx_language language;
static struct ufx_memory memory;

static void
begin(void)
{
    memory = ufx_memory_from(NULL);
    image = read_file(UNFIX_TEST_MODEL, &image_length);
    ck_assert_ptr_nonnull(image);
    ck_assert_int_eq(ufx_language_open(&language, image, image_length, NULL),
                     UNFIX_OK);
}

/* The letters of the word with that number. */
static size_t
spell(uint32_t number, uint32_t *chars)
{
    const struct ufx_lexicon *lexicon = &language.lexicon;
    uint32_t arc = 0, next, left = number;
    size_t n = 0;

    for (;;) {
        uint32_t first = UFX_ARC_TARGET(lexicon->arcs[arc].way), best = 0;

        if (arc != 0 && (lexicon->arcs[arc].way & UFX_ARC_FINAL) != 0) {
            if (left == 0)
                return n;
            left--;
        }
        for (next = first; lexicon->arcs[next].skip <= left; next++) {
            best = next;
            if (lexicon->arcs[next].way & UFX_ARC_LAST)
                break;
        }
        left -= lexicon->arcs[best].skip;
        arc = best;
        chars[n++] = ufx_char_of_code(UFX_ARC_LABEL(lexicon->arcs[arc].way));
    }
}

static void
check_same(const struct ufx_reading *a, const struct ufx_reading *b)
{
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_int_eq(memcmp(a->chars, b->chars, a->count * sizeof *a->chars),
                     0);
    ck_assert_int_eq(a->channel, b->channel);
    ck_assert_uint_eq(a->rule_count, b->rule_count);
    ck_assert_int_eq(
        memcmp(a->rules, b->rules, a->rule_count * sizeof *a->rules), 0);
    ck_assert_uint_eq(a->word_count, b->word_count);
    ck_assert_int_eq(
        memcmp(a->words, b->words, a->word_count * sizeof *a->words), 0);
    ck_assert_uint_eq(a->flags, b->flags);
    ck_assert_uint_eq(a->shape, b->shape);
    ck_assert_uint_eq(a->form, b->form);
}

/* One word in fifty. */
START_TEST(kept_is_found)
{
    struct ufx_language bare;
    struct ufx_vocabulary without = {.language = &bare};
    struct ufx_candidates *candidates;
    struct ufx_arena arena;
    uint32_t i, most = 0, capitals = 0;

    begin();
    bare = language;
    bare.rivals.count = 0;
    candidates = ufx_candidates_new(&memory, &without);
    ck_assert_ptr_nonnull(candidates);
    ufx_arena_init(&arena, &memory);
    ck_assert_uint_gt(language.rivals.count, 20000);
    for (i = 0; i < language.rivals.count; i += 50) {
        uint32_t chars[UFX_TOKEN_CHARS], work, k;
        uint32_t word = language.rivals.rows[i].word;
        size_t n = spell(word & ~UFX_RIVALS_CAPITAL, chars);
        struct ufx_readings kept, found;
        struct ufx_spelling *spelling;

        if ((word & UFX_RIVALS_CAPITAL) != 0) {
            chars[0] = ufx_char_upper(chars[0]);
            capitals++;
        }
        ufx_candidates_start(candidates, 10000, 0);
        spelling = ufx_candidates_spelling(candidates, chars, n);
        ck_assert_int_eq(ufx_candidates_get(candidates, &without, spelling,
                                            UFX_EFFORT_KNOWN, &found),
                         UNFIX_OK);
        ck_assert(ufx_rivals_get(&language, word, &arena, &kept, &work));
        ck_assert_uint_eq(
            work, ufx_spelling_result(spelling, UFX_EFFORT_KNOWN)->work);
        ck_assert_uint_eq(kept.count, found.count);
        for (k = 0; k < kept.count; k++)
            check_same(&kept.list[k], &found.list[k]);
        most = kept.count > most ? (uint32_t)kept.count : most;
    }
    ck_assert_uint_gt(most, 4);
    ck_assert_uint_gt(capitals, 100);
    ufx_arena_free(&arena);
    ufx_candidates_free(candidates);
    free(image);
}
END_TEST

static bool
get(struct ufx_arena *arena, const void *bytes, uint32_t size)
{
    const struct ufx_rival_row row = {7, 0};
    struct ufx_readings readings;
    uint32_t work;

    language.rivals = (struct ufx_rivals){&row, 1, size, bytes};
    return ufx_rivals_get(&language, 7, arena, &readings, &work);
}

/* Bytes that end too early, and numbers that lead nowhere. */
START_TEST(damage)
{
    uint32_t chars[] = {'l', 'a', ' ', 0xF3};
    struct ufx_reading one = {.chars = chars,
                              .count = 4,
                              .channel = 1200,
                              .rules = {0},
                              .rule_count = 1,
                              .word_count = 2,
                              .words = {3, 4}};
    struct ufx_readings readings = {&one, 1};
    struct ufx_arena arena;
    struct ufx_buffer out;
    uint32_t size;
    char *bytes;

    begin();
    ufx_arena_init(&arena, &memory);
    ufx_buffer_init(&out, &memory);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(get(&arena, out.data, (uint32_t)out.length));
    for (size = 0; size < out.length; size++) {
        /* A block of its own, so that a sanitizer sees what is beyond. */
        bytes = malloc(size + 1);
        memcpy(bytes, out.data, size);
        ck_assert(!get(&arena, bytes, size));
        free(bytes);
    }
    one.rules[0] = (uint16_t)language.rules.count;
    ufx_buffer_clear(&out);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(!get(&arena, out.data, (uint32_t)out.length));
    one.rules[0] = 0;
    one.shape = UFX_SHAPE_UPPER + 1;
    ufx_buffer_clear(&out);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(!get(&arena, out.data, (uint32_t)out.length));
    one.shape = UFX_SHAPE_LOWER;
    one.flags = UFX_READING_FORM;
    ufx_buffer_clear(&out);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(!get(&arena, out.data, (uint32_t)out.length));
    one.flags = 0;
    one.channel = -1;
    ufx_buffer_clear(&out);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(!get(&arena, out.data, (uint32_t)out.length));
    one.channel = 1200;
    one.word_count = 0;
    ufx_buffer_clear(&out);
    ck_assert(ufx_rivals_put(&out, &readings, 55));
    ck_assert(!get(&arena, out.data, (uint32_t)out.length));
    language.rivals =
        (struct ufx_rivals){&(const struct ufx_rival_row){7, 1000}, 1,
                            (uint32_t)out.length, (const uint8_t *)out.data};
    ck_assert(!ufx_rivals_get(&language, 7, &arena, &readings, &size));
    ufx_buffer_free(&out);
    ufx_arena_free(&arena);
    free(image);
}
END_TEST

/* What the bytes have no place for is not kept. */
START_TEST(not_kept)
{
    uint32_t chars[] = {0x4E2D};
    struct ufx_reading one = {.chars = chars, .count = 1, .word_count = 1};
    struct ufx_readings readings = {&one, 1};
    struct ufx_buffer out;

    memory = ufx_memory_from(NULL);
    ufx_buffer_init(&out, &memory);
    ufx_buffer_append(&out, "before", 6);
    ck_assert(!ufx_rivals_put(&out, &readings, 1));
    chars[0] = 'a';
    one.form = 1;
    ck_assert(!ufx_rivals_put(&out, &readings, 1));
    ck_assert_uint_eq(out.length, 6);
    one.form = 0;
    ck_assert(ufx_rivals_put(&out, &readings, 1));
    ufx_buffer_free(&out);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {kept_is_found, damage, not_kept};

    return unit_run("normalize/rivals", tests, sizeof tests / sizeof *tests);
}
