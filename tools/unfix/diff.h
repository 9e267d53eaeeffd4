/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A unified diff of the input and its repair, made from the repairs as they
 * come: nothing is compared.  It holds a hunk at a time, and cuts one that
 * grows long where patch(1) still takes the halves; so its memory is bounded,
 * and a long line goes by way of a temporary file.
 */
#ifndef UNFIX_TOOL_DIFF_H
#define UNFIX_TOOL_DIFF_H

#include "output.h"
#include "piece.h"
#include "spool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

#define DIFF_CONTEXT ((size_t)3)

/* With more unchanged lines than this between two changes, their contexts do
 * not touch, and they are of two hunks. */
#define DIFF_TAIL_MAX (2 * DIFF_CONTEXT + 1)

struct diff {
    struct output *output;
    const char *name;
    bool has_colour;
    bool has_head; /* the lines that name the file are written */
    int error;     /* 0: none */

    /* The lines being read.  As long as they are the same on both sides,
     * `new_side` stays empty. */
    struct spool old_side;
    struct spool new_side;
    bool differs;

    /* Unchanged lines since the last change, or those just before the next;
     * each by itself. */
    struct spool tail[DIFF_TAIL_MAX];
    size_t tail_count;

    /* The hunk, up to its last change. */
    struct spool body;
    bool is_open;
    size_t lead;                      /* lines of context it begins with */
    uint64_t lead_ends[DIFF_CONTEXT]; /* where each of them ends */
    uint64_t hunk_old;                /* lines before it */
    uint64_t hunk_new;

    uint64_t old_lines; /* read so far */
    uint64_t new_lines;
};

/* `diff` is all zero or was used before; has_colour stays. */
void diff_begin(struct diff *diff, struct output *output, const char *name);

/* Takes the next piece: `input` are the bytes that it came from, as many as
 * piece_input_length() says. */
void diff_piece(struct diff *diff, const char *input,
                const struct piece *piece);

/* Ends the file; 0, or the error if memory or room ran out on the way. */
int diff_end(struct diff *diff);
void diff_free(struct diff *diff);

#endif
