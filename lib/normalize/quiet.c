/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/quiet.h"

#include "base/numeric.h"

#include <string.h>

#define SLOTS (2 * UFX_QUIET_PARAGRAPHS)

struct paragraph {
    uint64_t hash; /* 0: empty */
    uint32_t length;
};

struct ufx_quiet {
    struct ufx_memory memory;
    struct paragraph *slots;
    uint32_t used;
    int32_t *shifts; /* of the last pass's habits */
    uint32_t rule_count;
    bool stray_apostrophes;
    bool bare_capitals;
    bool accented_capitals;
    bool old;
    bool wide;
    bool deep;
    bool broken;
};

struct ufx_quiet *
ufx_quiet_new(const struct ufx_memory *memory, uint32_t rule_count)
{
    struct ufx_quiet *q = ufx_memory_allocate_zero(memory, sizeof *q);

    if (q == NULL)
        return NULL;
    q->memory = *memory;
    q->rule_count = rule_count;
    q->slots = ufx_memory_allocate_zero(memory, SLOTS * sizeof *q->slots);
    q->shifts = ufx_memory_allocate_zero(memory, ((size_t)rule_count + 1) *
                                                     sizeof *q->shifts);
    if (q->slots == NULL || q->shifts == NULL) {
        ufx_quiet_free(q);
        return NULL;
    }
    return q;
}

void
ufx_quiet_free(struct ufx_quiet *q)
{
    struct ufx_memory memory;

    if (q == NULL)
        return;
    memory = q->memory;
    ufx_memory_free(&memory, q->slots, SLOTS * sizeof *q->slots);
    ufx_memory_free(&memory, q->shifts,
                    ((size_t)q->rule_count + 1) * sizeof *q->shifts);
    ufx_memory_free(&memory, q, sizeof *q);
}

void
ufx_quiet_start(struct ufx_quiet *q)
{
    if (q->used > 0)
        memset(q->slots, 0, SLOTS * sizeof *q->slots);
    q->used = 0;
}

void
ufx_quiet_pass(struct ufx_quiet *q, const struct ufx_habits *habits)
{
    bool cheaper = habits->stray_apostrophes != q->stray_apostrophes ||
                   habits->bare_capitals != q->bare_capitals ||
                   habits->accented_capitals != q->accented_capitals ||
                   habits->old != q->old || (habits->wide && !q->wide) ||
                   habits->deep != q->deep || habits->broken != q->broken;
    uint32_t i;

    for (i = 0; i < q->rule_count; i++) {
        cheaper = cheaper || habits->rule_shift[i] < q->shifts[i];
        q->shifts[i] = habits->rule_shift[i];
    }
    q->stray_apostrophes = habits->stray_apostrophes;
    q->bare_capitals = habits->bare_capitals;
    q->accented_capitals = habits->accented_capitals;
    q->old = habits->old;
    q->wide = habits->wide;
    q->deep = habits->deep;
    q->broken = habits->broken;
    if (cheaper)
        ufx_quiet_start(q);
}

/* The paragraph's slot, or the empty one where it would be. */
static struct paragraph *
find(const struct ufx_quiet *q, uint64_t hash)
{
    size_t i = hash % SLOTS;

    while (q->slots[i].hash != 0 && q->slots[i].hash != hash)
        i = (i + 1) % SLOTS;
    return &q->slots[i];
}

void
ufx_quiet_add(struct ufx_quiet *q, const char *text, size_t length)
{
    uint64_t hash = ufx_hash(text, length);
    struct paragraph *slot = find(q, hash);

    if (slot->hash != 0 || q->used == UFX_QUIET_PARAGRAPHS)
        return;
    slot->hash = hash;
    slot->length = (uint32_t)length;
    q->used++;
}

bool
ufx_quiet_has(const struct ufx_quiet *q, const char *text, size_t length)
{
    const struct paragraph *slot;

    if (q->used == 0)
        return false;
    slot = find(q, ufx_hash(text, length));
    return slot->hash != 0 && slot->length == length;
}
