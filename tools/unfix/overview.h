/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A collection as a table: what each document was judged to be, what all of
 * them hold, and what was done.  The first field of a row says what it is of.
 */
#ifndef UNFIX_TOOL_OVERVIEW_H
#define UNFIX_TOOL_OVERVIEW_H

#include "lookup.h"
#include "output.h"
#include "series.h"
#include "totals.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

/* A language, and what is in it. */
struct overview_language {
    char *tag;
    uint64_t documents;
    uint64_t words;
};

/* All zero at first. */
struct overview {
    struct overview_language *languages;
    size_t capacity;
    struct lookup tags; /* that of each language */
    uint64_t rescans;   /* documents that look unreadable */
};

/* Writes the row of a document in which so many repairs were made.  False when
 * out of memory. */
bool overview_document(struct overview *overview, const char *name,
                       const unfix_survey *survey, uint64_t made,
                       struct output *output);

/* Writes what all have together. */
void overview_write(struct overview *overview, const struct totals *totals,
                    struct series_list *series, struct output *output);
void overview_free(struct overview *overview);

#endif
