/* SPDX-License-Identifier: MPL-2.0 */
/* Numbers of strings, in the order in which these came. */
#ifndef UNFIX_TOOL_LOOKUP_H
#define UNFIX_TOOL_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

#define LOOKUP_NONE ((size_t)-1)

/* All zero is empty. */
struct lookup {
    const char **keys; /* the caller's, and to stay */
    size_t count;
    size_t capacity;
    size_t *slots; /* number + 1, by the hash of the key */
    size_t slot_count;
};

/* LOOKUP_NONE if it is not there. */
size_t lookup_find(const struct lookup *lookup, const char *key);

/* Gives a new key the next number; false without memory. */
bool lookup_add(struct lookup *lookup, const char *key);
void lookup_free(struct lookup *lookup);

#endif
