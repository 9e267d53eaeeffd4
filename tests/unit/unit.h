/* SPDX-License-Identifier: MPL-2.0 */
/* What the unit tests share: how a program runs its tests, and an allocator
 * that counts, checks what it is told, and fails when asked to. */
#ifndef UFX_TESTS_UNIT_H
#define UFX_TESTS_UNIT_H

#include "base/memory.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Runs the tests, each in a process of its own; main() returns it. */
static inline int
unit_run(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    SRunner *runner;
    size_t i;
    int failed;

    tcase_set_timeout(cases, 120);
    for (i = 0; i < count; i++)
        tcase_add_test(cases, tests[i]);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- An allocator under control ---- */

struct unit_memory {
    unfix_allocator allocator;
    struct ufx_memory memory; /* the same, for the library's insides */
    size_t calls;             /* that asked for memory */
    size_t fail_at;           /* fails at that call, from 1; 0: never */
    bool fail_on;             /* and at all after it */
    bool failed;              /* has failed */
    size_t live;              /* blocks not given back */
    size_t bytes;             /* in them */
    size_t most;              /* bytes there ever were at once */
};

/* Stands before each block.  The size tells whether the library remembers it
 * right, as an allocator that needs it must be able to trust it. */
union unit_header {
    size_t size;
    max_align_t align;
};

static inline void *
unit_allocate(void *user, void *pointer, size_t old_size, size_t new_size)
{
    struct unit_memory *m = user;
    union unit_header *block =
        pointer == NULL ? NULL : (union unit_header *)pointer - 1;
    unsigned char *bytes;

    if ((block == NULL ? 0 : block->size) != old_size)
        ck_abort_msg("a block of %zu bytes is given back as one of %zu",
                     block == NULL ? (size_t)0 : block->size, old_size);
    if (block == NULL && new_size == 0)
        ck_abort_msg("NULL is freed");
    if (new_size != 0 &&
        (++m->calls == m->fail_at ||
         (m->fail_on && m->fail_at != 0 && m->calls > m->fail_at))) {
        m->failed = true;
        return NULL;
    }
    m->bytes -= old_size;
    if (new_size == 0) {
        m->live--;
        free(block);
        return NULL;
    }
    m->live += block == NULL;
    m->bytes += new_size;
    if (m->bytes > m->most)
        m->most = m->bytes;
    block = realloc(block, sizeof *block + new_size);
    if (block == NULL)
        ck_abort_msg("the machine itself is out of memory");
    block->size = new_size;
    bytes = (unsigned char *)(block + 1);
    /* Nobody may count on fresh memory being zero. */
    if (new_size > old_size)
        memset(bytes + old_size, 0xA5, new_size - old_size);
    return bytes;
}

/* Counts from zero and fails at the call `fail_at`, 0 for never.  *m must stay
 * where it is. */
static inline void
unit_memory_init(struct unit_memory *m, size_t fail_at)
{
    memset(m, 0, sizeof *m);
    m->allocator.allocate = unit_allocate;
    m->allocator.user = m;
    m->memory = ufx_memory_from(&m->allocator);
    m->fail_at = fail_at;
}

/* From now on. */
static inline void
unit_memory_fail(struct unit_memory *m, size_t fail_at)
{
    m->calls = 0;
    m->failed = false;
    m->fail_at = fail_at;
}

/* ---- Chance that is the same each time ---- */

static inline uint32_t
unit_random(uint64_t *seed)
{
    uint64_t x = *seed += UINT64_C(0x9E3779B97F4A7C15);

    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(x >> 32);
}

/* Below `end`. */
static inline size_t
unit_below(uint64_t *seed, size_t end)
{
    return unit_random(seed) % end;
}

#endif
