/* SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include "base/limits.h"

#include "unit.h"

#include <stdalign.h>

START_TEST(pieces_are_aligned_and_apart)
{
    enum {
        PIECES = 2000
    };
    static unsigned char *pieces[PIECES];
    struct unit_memory m;
    struct ufx_arena arena;
    uint64_t seed = 1;
    size_t i, k;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    for (i = 0; i < PIECES; i++) {
        size_t size = 1 + i % 257;

        pieces[i] = ufx_arena_allocate(&arena, size);
        ck_assert_ptr_nonnull(pieces[i]);
        ck_assert_uint_eq((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        memset(pieces[i], (int)(unit_random(&seed) & 0xFF), size);
    }
    /* Each still holds what was written to it: none lies in another. */
    for (seed = 1, i = 0; i < PIECES; i++) {
        unsigned char value = (unsigned char)unit_random(&seed);

        for (k = 0; k < 1 + i % 257; k++)
            if (pieces[i][k] != value)
                ck_abort_msg("piece %zu was written over", i);
    }
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(large_pieces_fit)
{
    struct unit_memory m;
    struct ufx_arena arena;
    char *small, *large;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    small = ufx_arena_allocate(&arena, 10);
    large = ufx_arena_allocate(&arena, 10 * UFX_ARENA_BLOCK);
    ck_assert_ptr_nonnull(small);
    ck_assert_ptr_nonnull(large);
    memset(small, 1, 10);
    memset(large, 2, 10 * UFX_ARENA_BLOCK);
    ck_assert_int_eq(small[9], 1);
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(many_pieces_take_few_blocks)
{
    struct unit_memory m;
    struct ufx_arena arena;
    size_t i;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    for (i = 0; i < 16 * 1024; i++)
        ufx_arena_allocate(&arena, 1024);
    ck_assert(!arena.failed);
    ck_assert_uint_le(m.calls, 16);
    /* And most of what was taken is in use. */
    ck_assert_uint_le(m.bytes, 3 * 16 * 1024 * 1024);
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(copies_end_with_nul)
{
    struct unit_memory m;
    struct ufx_arena arena;
    char *copy;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    copy = ufx_arena_copy(&arena, "a\0bcd", 4);
    ck_assert_mem_eq(copy, "a\0bc\0", 5);
    copy = ufx_arena_copy(&arena, NULL, 0);
    ck_assert_str_eq(copy, "");
    ufx_arena_free(&arena);
}
END_TEST

START_TEST(failure_sticks_until_reset)
{
    struct unit_memory m;
    struct ufx_arena arena;

    unit_memory_init(&m, 2);
    ufx_arena_init(&arena, &m.memory);
    ck_assert_ptr_nonnull(ufx_arena_allocate(&arena, UFX_ARENA_BLOCK));
    ck_assert(!arena.failed);
    ck_assert_ptr_null(ufx_arena_copy(&arena, "word", 4));
    ck_assert(arena.failed);
    ck_assert_ptr_nonnull(ufx_arena_copy(&arena, "word", 4));
    ck_assert(arena.failed);
    ufx_arena_reset(&arena);
    ck_assert(!arena.failed);
    ck_assert_ptr_nonnull(ufx_arena_copy(&arena, "word", 4));
    ck_assert(!arena.failed);
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    struct unit_memory m;
    struct ufx_arena arena;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    ck_assert_ptr_null(ufx_arena_allocate(&arena, SIZE_MAX));
    ck_assert(arena.failed);
    ck_assert_uint_eq(m.calls, 0);
    ufx_arena_free(&arena);
}
END_TEST

START_TEST(reset_keeps_the_largest_block)
{
    struct unit_memory m;
    struct ufx_arena arena;
    size_t i, used;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    for (i = 0; i < 1000; i++)
        ufx_arena_allocate(&arena, 1000);
    ck_assert_uint_gt(m.live, 1);
    ufx_arena_reset(&arena);
    ck_assert_uint_eq(m.live, 1);
    used = m.bytes;
    m.calls = 0;
    /* A third of what there was fits, as blocks grow by halves. */
    for (i = 0; i < 333; i++)
        ck_assert_ptr_nonnull(ufx_arena_allocate(&arena, 1000));
    ck_assert_uint_eq(m.calls, 0);
    ck_assert_uint_eq(m.bytes, used);
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(reset_gives_back_a_huge_block)
{
    struct unit_memory m;
    struct ufx_arena arena;

    unit_memory_init(&m, 0);
    ufx_arena_init(&arena, &m.memory);
    ufx_arena_reset(&arena); /* of nothing */
    ck_assert_ptr_nonnull(ufx_arena_allocate(&arena, UFX_ARENA_KEEP + 1));
    ufx_arena_reset(&arena);
    ck_assert_uint_eq(m.live, 0);
    ck_assert_ptr_nonnull(ufx_arena_allocate(&arena, 100));
    ck_assert_uint_eq(m.live, 1);
    ufx_arena_free(&arena);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        pieces_are_aligned_and_apart,  large_pieces_fit,
        many_pieces_take_few_blocks,   copies_end_with_nul,
        failure_sticks_until_reset,    what_cannot_be_is_refused,
        reset_keeps_the_largest_block, reset_gives_back_a_huge_block,
    };

    return unit_run("base/arena", tests, sizeof tests / sizeof *tests);
}
