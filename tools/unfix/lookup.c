/* SPDX-License-Identifier: MPL-2.0 */
#include "lookup.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static size_t
hash(const char *string)
{
    uint64_t value = UINT64_C(14695981039346656037);

    for (; *string != '\0'; string++)
        value = (value ^ (unsigned char)*string) * UINT64_C(1099511628211);
    return (size_t)(value ^ value >> 32);
}

static size_t
find_slot(const struct lookup *lookup, const char *key)
{
    size_t slot = hash(key) & (lookup->slot_count - 1);

    while (lookup->slots[slot] != 0 &&
           strcmp(lookup->keys[lookup->slots[slot] - 1], key) != 0)
        slot = (slot + 1) & (lookup->slot_count - 1);
    return slot;
}

size_t
lookup_find(const struct lookup *lookup, const char *key)
{
    /* The number 0 in a slot is none. */
    return lookup->slot_count == 0 ? LOOKUP_NONE
                                   : lookup->slots[find_slot(lookup, key)] - 1;
}

/* Keeps half of the slots free. */
static bool
make_room(struct lookup *lookup)
{
    const size_t wanted = lookup->capacity > 0 ? lookup->capacity * 2 : 64;
    const char **keys;
    size_t *slots;

    if (lookup->count < lookup->capacity)
        return true;
    keys = realloc(lookup->keys, wanted * sizeof(*keys));
    if (keys == NULL)
        return false;
    lookup->keys = keys;
    slots = calloc(wanted * 2, sizeof(*slots));
    if (slots == NULL)
        return false;
    free(lookup->slots);
    lookup->slots = slots;
    lookup->slot_count = wanted * 2;
    lookup->capacity = wanted;
    for (size_t i = 0; i < lookup->count; i++)
        lookup->slots[find_slot(lookup, keys[i])] = i + 1;
    return true;
}

bool
lookup_add(struct lookup *lookup, const char *key)
{
    if (!make_room(lookup))
        return false;
    lookup->keys[lookup->count++] = key;
    lookup->slots[find_slot(lookup, key)] = lookup->count;
    return true;
}

void
lookup_free(struct lookup *lookup)
{
    free(lookup->keys);
    free(lookup->slots);
    *lookup = (struct lookup){0};
}
