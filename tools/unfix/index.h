/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Words for an index: a line of JSON for each piece of a file, with the text as
 * it was read, as it is repaired, and its words by their positions; where a
 * repair is doubtful, both forms of a word at the same position.  The words are
 * written as Solr's PreAnalyzedField takes them.
 */
#ifndef UNFIX_TOOL_INDEX_H
#define UNFIX_TOOL_INDEX_H

#include "output.h"
#include "piece.h"

#include <stdint.h>

/* From `high` on a repair is taken for granted, below `low` it is none; in
 * 1/1000. */
struct index_bars {
    uint32_t low;
    uint32_t high;
};

#define INDEX_LOW 200
#define INDEX_HIGH 900

/* `input` are the piece's bytes of the file; `part` counts the pieces of it.
 * False when out of memory. */
bool index_piece(struct output *output, const char *name, uint64_t part,
                 const char *input, const struct index_bars *bars,
                 const struct piece *piece);

#endif
