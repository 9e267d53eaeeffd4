/* SPDX-License-Identifier: MPL-2.0 */
/* What the engine that read a text says of it: how sure it was of each piece,
 * by offset in the document. */
#ifndef UFX_VERIFY_SAID_H
#define UFX_VERIFY_SAID_H

#include "base/memory.h"
#include "unfix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where an engine said nothing: features have this value. */
#define UFX_SAID_NOTHING (-1)

#define UFX_SAID_MOST 1000

struct ufx_said_piece {
    uint64_t offset; /* in the document */
    uint64_t length;
    uint32_t confidence;
    unfix_alternative *readings; /* their texts follow in the same memory */
    size_t reading_count;
};

struct ufx_said {
    struct ufx_memory memory;
    /* From the window on; sorted by offset; they do not overlap. */
    struct ufx_said_piece *list;
    size_t count;
    size_t capacity;
    size_t last;                       /* the first beyond the window */
    uint64_t window;                   /* where the window begins */
    uint32_t below[UFX_SAID_MOST + 2]; /* of the window, with less than that */
};

/* The document that comes next has none so far. */
void ufx_said_start(struct ufx_said *said);
void ufx_said_free(struct ufx_said *said);

/* Appends copies of spans at `from` or after it, and after those that are there
 * already. ARGUMENT, with *why, or MEMORY; none of them is appended then. */
unfix_status ufx_said_add(struct ufx_said *said, const unfix_evidence *list,
                          size_t count, uint64_t from, const char **why);

/* Turns to the window that begins at `offset`, and drops what lies before. */
void ufx_said_window(struct ufx_said *said, uint64_t offset, size_t length);

/* The piece that has all bytes from `start` to `end` of the window; NULL: there
 * is none. */
const struct ufx_said_piece *ufx_said_find(const struct ufx_said *said,
                                           uint64_t start, uint64_t end);

/* What was said of the bytes of the window from `start` to `end`. */
struct ufx_said_figures {
    int32_t mean;   /* of the pieces there, each UFX_SAID_NOTHING if none */
    int32_t lowest; /* of them */
    int32_t rank;   /* pieces of the window below that, in 1000 */
    int32_t median; /* of the window */
    int32_t around; /* the mean of the two pieces on either side */
};

void ufx_said_describe(const struct ufx_said *said, uint64_t start,
                       uint64_t end, struct ufx_said_figures *figures);

#endif
