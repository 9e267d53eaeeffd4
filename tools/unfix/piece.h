/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A piece of a file whose repair is finished, as outputs and reports take it:
 * the library's result where the file is text, or what a format made of that.
 */
#ifndef UNFIX_TOOL_PIECE_H
#define UNFIX_TOOL_PIECE_H

#include "format/format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

/* Room for the line that tells what was read for what. */
#define SURVEY_LINE ((size_t)2048)

struct piece {
    const unfix_result *result; /* NULL with `repaired` */
    struct repaired *repaired;
    const struct edit **edits; /* that are made, in the file's order */
    size_t edit_count;
    uint64_t words;
    uint64_t unsearched;        /* bytes left alone for want of work */
    uint64_t harm;              /* wrong ones to be expected, in 1/1000 */
    const unfix_survey *survey; /* of `repaired`; NULL: none */
    uint64_t input;             /* where it begins in the file */
    uint64_t output;            /* and in what is written */
    const char *bytes; /* of the file; of text only where they are at hand */
};

/* Bytes of the file that are replaced, and what they become. */
struct change {
    const char *original;
    size_t original_length;
    const char *replacement;
    size_t replacement_length;
    uint64_t offset;
    uint64_t out_offset;
};

/* Of a result that begins there. */
void piece_of_result(struct piece *piece, const unfix_result *result,
                     uint64_t input, uint64_t output);

/* Of what a format made of `bytes`, which stay the caller's.  False when out of
 * memory; to be freed either way. */
bool piece_of_repaired(struct piece *piece, struct repaired *repaired,
                       const char *bytes, uint64_t input, uint64_t output);
void piece_free(struct piece *piece);

/* Adds what it was judged to be. */
void piece_survey(const struct piece *piece, unfix_survey *survey);

/* What it becomes. */
const char *piece_text(const struct piece *piece, size_t *length);

/* How many bytes of the file it is. */
size_t piece_input_length(const struct piece *piece);

/* Its corrections, made or not. */
size_t piece_count(const struct piece *piece);
const unfix_correction *piece_correction(const struct piece *piece, size_t i);

/* The edits of a correction, and where its text is in the document's; NULL
 * where the file is text. */
const struct repair *piece_repair(const struct piece *piece, size_t i);

/* What is changed, in the file's order: change number `i`, or false where that
 * one is not made. */
size_t piece_change_count(const struct piece *piece);
bool piece_change(const struct piece *piece, size_t i, struct change *change);

#endif
