/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Repairs of all files, put together by their reasons: what recurs can be
 * judged once, by its number, its mean confidence and an example.
 */
#ifndef UNFIX_TOOL_SERIES_H
#define UNFIX_TOOL_SERIES_H

#include "lookup.h"
#include "output.h"
#include "piece.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

struct series {
    char *reason;
    char *example; /* of an applied repair if there is one */
    bool is_example_applied;
    uint64_t applied;
    uint64_t proposed;   /* or rejected */
    uint64_t confidence; /* sum over the applied ones */
};

struct series_list {
    struct series *items;
    size_t capacity;
    struct lookup reasons; /* that of each item */
};

/* Counts the repairs of a piece of the file `name`.  False when out of memory.
 */
bool series_count(struct series_list *list, const char *name,
                  const struct piece *piece);

/* Puts the most frequent first; nothing is counted after it. */
void series_sort(struct series_list *list);

/* In that order. */
void series_write(struct series_list *list, struct output *output);
void series_free(struct series_list *list);

#endif
