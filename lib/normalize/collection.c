/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/collection.h"

#include "base/numeric.h"

#include <string.h>

#define SLOTS_LEAST 1024

/* Counts stay below: a file may say anything. */
#define COUNT_MOST (UINT64_C(1) << 60)

void
ufx_collection_init(struct ufx_collection *c, const struct ufx_memory *memory)
{
    memset(c, 0, sizeof *c);
    c->memory = *memory;
    c->document = 1;
    ufx_arena_init(&c->keys, memory);
}

void
ufx_collection_free(struct ufx_collection *c)
{
    ufx_memory_free(&c->memory, c->facts, c->capacity * sizeof *c->facts);
    ufx_memory_free(&c->memory, c->slots, c->slot_count * sizeof *c->slots);
    ufx_arena_free(&c->keys);
}

static uint64_t
sum_of(uint64_t a, uint64_t b)
{
    return a >= COUNT_MOST || b >= COUNT_MOST - a ? COUNT_MOST : a + b;
}

static int64_t
balance_of(int64_t a, int64_t b)
{
    const int64_t most = (int64_t)COUNT_MOST;
    int64_t sum = a + b; /* neither is beyond the most */

    return sum > most ? most : sum < -most ? -most : sum;
}

static uint64_t
hash_of(enum ufx_fact_kind kind, const char *key, size_t length)
{
    return ufx_hash(key, length) * UINT64_C(0x9E3779B97F4A7C15) + kind;
}

/* Where the fact is, or where it would go. */
static uint32_t *
find_slot(const struct ufx_collection *c, enum ufx_fact_kind kind,
          const char *key, size_t length)
{
    size_t slot = (size_t)(hash_of(kind, key, length) >> 16) % c->slot_count;

    for (;; slot = (slot + 1) % c->slot_count) {
        const struct ufx_fact *fact;

        if (c->slots[slot] == 0)
            return &c->slots[slot];
        fact = &c->facts[c->slots[slot] - 1];
        if (fact->kind == kind && fact->length == length &&
            memcmp(fact->key, key, length) == 0)
            return &c->slots[slot];
    }
}

const struct ufx_fact *
ufx_collection_find(const struct ufx_collection *c, enum ufx_fact_kind kind,
                    const char *key, size_t length)
{
    uint32_t number;

    if (c->slot_count == 0)
        return NULL;
    number = *find_slot(c, kind, key, length);
    return number == 0 ? NULL : &c->facts[number - 1];
}

static bool
grow(struct ufx_collection *c)
{
    size_t wanted = c->slot_count == 0 ? SLOTS_LEAST : 2 * c->slot_count, i;
    uint32_t *slots;

    if (2 * c->count < c->slot_count)
        return true;
    if (wanted > UINT32_MAX)
        return false;
    slots = ufx_memory_allocate_zero(&c->memory, wanted * sizeof *slots);
    if (slots == NULL)
        return false;
    ufx_memory_free(&c->memory, c->slots, c->slot_count * sizeof *slots);
    c->slots = slots;
    c->slot_count = wanted;
    for (i = 0; i < c->count; i++) {
        const struct ufx_fact *fact = &c->facts[i];

        *find_slot(c, (enum ufx_fact_kind)fact->kind, fact->key, fact->length) =
            (uint32_t)i + 1;
    }
    return true;
}

/* The fact, new if need be; NULL: no memory. */
static struct ufx_fact *
take(struct ufx_collection *c, enum ufx_fact_kind kind, const char *key,
     size_t length)
{
    void *facts = c->facts;
    struct ufx_fact *fact;
    uint32_t *slot;

    if (c->failed || !grow(c))
        goto fail;
    slot = find_slot(c, kind, key, length);
    if (*slot != 0)
        return &c->facts[*slot - 1];
    if (!ufx_memory_reserve(&c->memory, &facts, &c->capacity, c->count + 1,
                            sizeof *c->facts))
        goto fail;
    c->facts = facts;
    fact = &c->facts[c->count];
    memset(fact, 0, sizeof *fact);
    fact->key = ufx_arena_copy(&c->keys, key, length);
    if (fact->key == NULL)
        goto fail;
    fact->length = (uint32_t)length;
    fact->kind = (uint8_t)kind;
    *slot = (uint32_t)++c->count;
    return fact;
fail:
    c->failed = true;
    return NULL;
}

void
ufx_collection_show(struct ufx_collection *c, enum ufx_fact_kind kind,
                    const char *key, size_t length, uint64_t times, int64_t sum)
{
    struct ufx_fact *fact = take(c, kind, key, length);

    if (fact == NULL)
        return;
    fact->documents += fact->last != c->document;
    fact->last = c->document;
    fact->times = sum_of(fact->times, times);
    fact->sum = balance_of(fact->sum, sum);
}

void
ufx_collection_turn(struct ufx_collection *c)
{
    c->document++;
}

void
ufx_collection_add(struct ufx_collection *c, const struct ufx_fact *more)
{
    struct ufx_fact *fact =
        take(c, (enum ufx_fact_kind)more->kind, more->key, more->length);

    if (fact == NULL)
        return;
    fact->documents = sum_of(fact->documents, more->documents);
    fact->times = sum_of(fact->times, more->times);
    fact->sum = balance_of(fact->sum, more->sum);
}

bool
ufx_fact_is_text(enum ufx_fact_kind kind)
{
    return kind != UFX_FACT_DAMAGE && kind != UFX_FACT_RULE &&
           kind != UFX_FACT_TOTAL;
}
