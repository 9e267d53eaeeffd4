/* SPDX-License-Identifier: MPL-2.0 */
#include "table.h"

#include "lang/ngrams.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
tool_allocate(size_t size)
{
    return tool_resize(NULL, size);
}

void *
tool_resize(void *pointer, size_t size)
{
    void *grown = realloc(pointer, size == 0 ? 1 : size);

    if (grown == NULL)
        tool_fail("out of memory", NULL);
    return grown;
}

void *
tool_room(void *list, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return list;
    *capacity = *capacity * 2 + 64;
    return tool_resize(list, *capacity * size);
}

_Noreturn void
tool_fail(const char *what, const char *detail)
{
    if (detail != NULL)
        fprintf(stderr, "unfix-model: %s: %s\n", detail, what);
    else
        fprintf(stderr, "unfix-model: %s\n", what);
    exit(2);
}

void
tool_need(unfix_status status, const char *detail)
{
    if (status != UNFIX_OK)
        tool_fail(unfix_strerror(status), detail);
}

uint64_t
tool_number(const char *option, const char *text, uint64_t least, uint64_t most)
{
    uint64_t number = 0;
    const char *at = text;

    for (; *at >= '0' && *at <= '9' && number <= (UINT64_MAX - 9) / 10; at++)
        number = number * 10 + (uint64_t)(*at - '0');
    if (at != text && *at == '\0' && number >= least && number <= most)
        return number;
    fprintf(stderr,
            "unfix-model: --%s=%s: not a whole number from %" PRIu64
            " to %" PRIu64 "\n",
            option, text, least, most);
    exit(2);
}

static bool
read_decimal(const char *text, char **end, double least, double most,
             double *number)
{
    *number = *text >= '0' && *text <= '9' ? strtod(text, end) : -1;
    return *number >= least && *number <= most;
}

double
tool_decimal(const char *option, const char *text, double least, double most)
{
    char *end;
    double number;

    if (read_decimal(text, &end, least, most, &number) && *end == '\0')
        return number;
    fprintf(stderr, "unfix-model: --%s=%s: not a number from %g to %g\n",
            option, text, least, most);
    exit(2);
}

double
tool_weight(const char **name, double least, double most)
{
    char *end;
    double weight;

    if (strchr(*name, '*') == NULL)
        return 1;
    if (!read_decimal(*name, &end, least, most, &weight) || *end != '*')
        tool_fail("not WEIGHT*FILE", *name);
    *name = end + 1;
    return weight;
}

const char *
tool_last_name(char *folder)
{
    size_t length = strlen(folder);
    const char *slash;

    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    slash = strrchr(folder, '/');
    return slash == NULL || slash[1] == '\0' ? folder : slash + 1;
}

char *
tool_read_file(const char *path, size_t *length)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    size_t capacity = 1 << 16, used = 0, n;
    char *data = tool_allocate(capacity);

    if (file == NULL)
        tool_fail(strerror(errno), path);
    while ((n = fread(data + used, 1, capacity - used - 1, file)) > 0) {
        used += n;
        if (capacity - used < 2)
            data = tool_resize(data, capacity *= 2);
    }
    if (ferror(file))
        tool_fail("read error", path);
    if (file != stdin)
        fclose(file);
    data[used] = '\0';
    *length = used;
    return data;
}

static uint64_t
hash_string(const char *string, size_t length)
{
    uint64_t h = 14695981039346656037u;
    size_t i;

    for (i = 0; i < length; i++)
        h = (h ^ (unsigned char)string[i]) * 1099511628211u;
    return ufx_ngram_mix(h);
}

static size_t
interner_slot(const struct interner *t, const char *string, size_t length)
{
    size_t slot = hash_string(string, length) & (t->slot_count - 1);

    while (t->slots[slot] != 0) {
        const char *have = t->strings[t->slots[slot] - 1];

        if (strncmp(have, string, length) == 0 && have[length] == '\0')
            break;
        slot = (slot + 1) & (t->slot_count - 1);
    }
    return slot;
}

static void
interner_grow(struct interner *t)
{
    uint32_t i;

    free(t->slots);
    t->slot_count = t->slot_count == 0 ? 1 << 16 : t->slot_count * 2;
    t->slots = tool_allocate(t->slot_count * sizeof *t->slots);
    memset(t->slots, 0, t->slot_count * sizeof *t->slots);
    for (i = 0; i < t->count; i++)
        t->slots[interner_slot(t, t->strings[i], strlen(t->strings[i]))] =
            i + 1;
}

uint32_t
interner_find(const struct interner *t, const char *string, size_t length)
{
    size_t slot;

    if (t->slot_count == 0)
        return INTERNER_NONE;
    slot = interner_slot(t, string, length);
    return t->slots[slot] == 0 ? INTERNER_NONE : t->slots[slot] - 1;
}

uint32_t
interner_add(struct interner *t, const char *string, size_t length)
{
    size_t slot;

    if ((size_t)t->count * 2 >= t->slot_count)
        interner_grow(t);
    slot = interner_slot(t, string, length);
    if (t->slots[slot] != 0)
        return t->slots[slot] - 1;
    t->strings =
        tool_room(t->strings, t->count, &t->capacity, sizeof *t->strings);
    t->strings[t->count] = tool_allocate(length + 1);
    memcpy(t->strings[t->count], string, length);
    t->strings[t->count][length] = '\0';
    t->slots[slot] = ++t->count;
    return t->count - 1;
}

void
interner_free(struct interner *t)
{
    uint32_t i;

    for (i = 0; i < t->count; i++)
        free(t->strings[i]);
    free(t->strings);
    free(t->slots);
    memset(t, 0, sizeof *t);
}

static size_t
counter_slot(const struct counter *t, uint64_t key)
{
    size_t slot = ufx_ngram_mix(key) & (t->size - 1);

    while (t->keys[slot] != 0 && t->keys[slot] != key)
        slot = (slot + 1) & (t->size - 1);
    return slot;
}

static void
counter_grow(struct counter *t)
{
    struct counter old = *t;
    size_t i;

    t->size = old.size == 0 ? 1 << 16 : old.size * 2;
    t->keys = tool_allocate(t->size * sizeof *t->keys);
    t->counts = tool_allocate(t->size * sizeof *t->counts);
    memset(t->keys, 0, t->size * sizeof *t->keys);
    for (i = 0; i < old.size; i++) {
        if (old.keys[i] != 0) {
            size_t slot = counter_slot(t, old.keys[i]);

            t->keys[slot] = old.keys[i];
            t->counts[slot] = old.counts[i];
        }
    }
    free(old.keys);
    free(old.counts);
}

uint64_t *
counter_at(struct counter *t, uint64_t key)
{
    size_t slot;

    if (t->used * 4 >= t->size * 3)
        counter_grow(t);
    slot = counter_slot(t, key);
    if (t->keys[slot] == 0) {
        t->keys[slot] = key;
        t->counts[slot] = 0;
        t->used++;
    }
    return &t->counts[slot];
}

uint64_t
counter_get(const struct counter *t, uint64_t key)
{
    size_t slot;

    if (t->size == 0)
        return 0;
    slot = counter_slot(t, key);
    return t->keys[slot] == 0 ? 0 : t->counts[slot];
}

void
counter_free(struct counter *t)
{
    free(t->keys);
    free(t->counts);
    memset(t, 0, sizeof *t);
}
