/* SPDX-License-Identifier: MPL-2.0 */
#include "base/memory.h"

#include "unit.h"

START_TEST(malloc_is_the_default)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    char *bytes = ufx_memory_allocate(&memory, 5);
    char *more;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, "abcd", 5);
    more = ufx_memory_resize(&memory, bytes, 5, 100000);
    ck_assert_ptr_nonnull(more);
    ck_assert_str_eq(more, "abcd");
    ufx_memory_free(&memory, more, 100000);
}
END_TEST

START_TEST(callers_allocator_is_copied)
{
    struct unit_memory m;
    struct ufx_memory memory;
    unfix_allocator passing;
    void *block;

    unit_memory_init(&m, 0);
    passing = m.allocator;
    memory = ufx_memory_from(&passing);
    memset(&passing, 0, sizeof passing);
    block = ufx_memory_allocate(&memory, 3);
    ck_assert_ptr_nonnull(block);
    ck_assert_uint_eq(m.live, 1);
    ck_assert_uint_eq(m.bytes, 3);
    ufx_memory_free(&memory, block, 3);
    ck_assert_uint_eq(m.live, 0);
    ck_assert_uint_eq(m.bytes, 0);
}
END_TEST

START_TEST(nothing_is_a_block_too)
{
    struct unit_memory m;
    void *block;

    unit_memory_init(&m, 0);
    block = ufx_memory_allocate(&m.memory, 0);
    ck_assert_ptr_nonnull(block);
    block = ufx_memory_resize(&m.memory, block, 0, 10);
    ck_assert_ptr_nonnull(block);
    block = ufx_memory_resize(&m.memory, block, 10, 0);
    ck_assert_ptr_nonnull(block);
    ufx_memory_free(&m.memory, block, 0);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(freeing_null_does_nothing)
{
    struct unit_memory m;

    unit_memory_init(&m, 0);
    /* unit_allocate() itself asserts that it is not called so. */
    ufx_memory_free(&m.memory, NULL, 0);
    ufx_memory_free(&m.memory, NULL, 10);
    ck_assert_uint_eq(m.calls, 0);
}
END_TEST

START_TEST(zeroed_is_zeroed)
{
    struct unit_memory m;
    unsigned char *bytes;
    size_t i;

    unit_memory_init(&m, 0);
    bytes = ufx_memory_allocate_zero(&m.memory, 1000);
    ck_assert_ptr_nonnull(bytes);
    for (i = 0; i < 1000; i++)
        ck_assert_uint_eq(bytes[i], 0);
    ufx_memory_free(&m.memory, bytes, 1000);
    unit_memory_fail(&m, 1);
    ck_assert_ptr_null(ufx_memory_allocate_zero(&m.memory, 1000));
}
END_TEST

START_TEST(failed_resize_leaves_the_block)
{
    struct unit_memory m;
    char *bytes;

    unit_memory_init(&m, 0);
    bytes = ufx_memory_resize(&m.memory, NULL, 0, 4);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, "abc", 4);
    unit_memory_fail(&m, 1);
    ck_assert_ptr_null(ufx_memory_resize(&m.memory, bytes, 4, 400));
    ck_assert_str_eq(bytes, "abc");
    ufx_memory_free(&m.memory, bytes, 4);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(reserve_doubles)
{
    struct unit_memory m;
    void *data = NULL;
    size_t capacity = 0, before, i;

    unit_memory_init(&m, 0);
    for (i = 1; i <= 100000; i++) {
        before = capacity;
        if (!ufx_memory_reserve(&m.memory, &data, &capacity, i, 4) ||
            capacity < i || (capacity != before && capacity < 2 * before))
            ck_abort_msg("capacity %zu for %zu items", capacity, i);
        ((uint32_t *)data)[i - 1] = (uint32_t)i;
    }
    ck_assert_uint_le(m.calls, 17);
    ck_assert_uint_eq(m.bytes, capacity * 4);
    for (i = 1; i <= 100000; i++)
        if (((uint32_t *)data)[i - 1] != i)
            ck_abort_msg("item %zu is lost", i);
    ufx_memory_free(&m.memory, data, capacity * 4);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(reserve_makes_room_for_much_at_once)
{
    struct unit_memory m;
    void *data = NULL;
    size_t capacity = 0;

    unit_memory_init(&m, 0);
    ck_assert(ufx_memory_reserve(&m.memory, &data, &capacity, 1, 16));
    ck_assert(ufx_memory_reserve(&m.memory, &data, &capacity, 1000, 16));
    ck_assert_uint_ge(capacity, 1000);
    ck_assert_uint_ge(m.bytes, 16000);
    m.calls = 0;
    ck_assert(ufx_memory_reserve(&m.memory, &data, &capacity, 999, 16));
    ck_assert_uint_eq(m.calls, 0);
    ufx_memory_free(&m.memory, data, capacity * 16);
}
END_TEST

START_TEST(failed_reserve_changes_nothing)
{
    struct unit_memory m;
    void *data = NULL, *before;
    size_t capacity = 0, was;

    unit_memory_init(&m, 1);
    ck_assert(!ufx_memory_reserve(&m.memory, &data, &capacity, 1, 4));
    ck_assert_ptr_null(data);
    ck_assert_uint_eq(capacity, 0);

    unit_memory_fail(&m, 2);
    ck_assert(ufx_memory_reserve(&m.memory, &data, &capacity, 5, 4));
    before = data;
    was = capacity;
    ck_assert(!ufx_memory_reserve(&m.memory, &data, &capacity, was + 1, 4));
    ck_assert_ptr_eq(data, before);
    ck_assert_uint_eq(capacity, was);
    ufx_memory_free(&m.memory, data, capacity * 4);
    ck_assert_uint_eq(m.live, 0);
}
END_TEST

START_TEST(reserve_refuses_what_does_not_fit)
{
    struct unit_memory m;
    void *data = NULL;
    size_t capacity = 0;

    unit_memory_init(&m, 0);
    ck_assert(!ufx_memory_reserve(&m.memory, &data, &capacity, SIZE_MAX, 1));
    ck_assert(
        !ufx_memory_reserve(&m.memory, &data, &capacity, SIZE_MAX / 4, 24));
    ck_assert_uint_eq(m.calls, 0);
    ck_assert_ptr_null(data);
    ck_assert_uint_eq(capacity, 0);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        malloc_is_the_default,
        callers_allocator_is_copied,
        nothing_is_a_block_too,
        freeing_null_does_nothing,
        zeroed_is_zeroed,
        failed_resize_leaves_the_block,
        reserve_doubles,
        reserve_makes_room_for_much_at_once,
        failed_reserve_changes_nothing,
        reserve_refuses_what_does_not_fit,
    };

    return unit_run("base/memory", tests, sizeof tests / sizeof *tests);
}
