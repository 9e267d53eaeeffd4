/* SPDX-License-Identifier: MPL-2.0 */
/* Counting tables for the model tools.  Out of memory ends the program. */
#ifndef UNFIX_MODEL_TABLE_H
#define UNFIX_MODEL_TABLE_H

#include "unfix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Never NULL. */
void *tool_allocate(size_t size);
void *tool_resize(void *pointer, size_t size);

/* The list of `count` items of that size with room for one more. */
void *tool_room(void *list, size_t count, size_t *capacity, size_t size);

/* One line on stderr, then exit status 2. */
_Noreturn void tool_fail(const char *what, const char *detail);

/* Fails so where the library did. */
void tool_need(unfix_status status, const char *detail);

/* The number that an option was given, of digits alone, or a decimal one; what
 * is none, or out of range, ends the program. */
uint64_t tool_number(const char *option, const char *text, uint64_t least,
                     uint64_t most);
double tool_decimal(const char *option, const char *text, double least,
                    double most);

/* [WEIGHT*]NAME; without a weight it is 1. */
double tool_weight(const char **name, double least, double most);

/* The folder's own name, in place: slashes at its end are cut off. */
const char *tool_last_name(char *folder);

/* The whole file, NUL-terminated; the caller frees it. */
char *tool_read_file(const char *path, size_t *length);

/* Strings to numbers 0, 1, 2... */
struct interner {
    char **strings;
    uint32_t *slots; /* number + 1 */
    uint32_t count;
    size_t capacity;
    size_t slot_count;
};

#define INTERNER_NONE UINT32_MAX

uint32_t interner_add(struct interner *t, const char *string, size_t length);
uint32_t interner_find(const struct interner *t, const char *string,
                       size_t length);
void interner_free(struct interner *t);

/* 64-bit keys to counts; key 0 is not allowed. */
struct counter {
    uint64_t *keys;
    uint64_t *counts;
    size_t used;
    size_t size;
};

uint64_t *counter_at(struct counter *t, uint64_t key); /* added as 0 */
uint64_t counter_get(const struct counter *t, uint64_t key);
void counter_free(struct counter *t);

#endif
