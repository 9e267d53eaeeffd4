/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A sample of the repairs of all files, for who looks at some of very many: of
 * each class and confidence about as many.  Which are drawn hangs on their
 * files' names, their places and their words alone, not on chance and not on
 * the order of the work.
 */
#ifndef UNFIX_TOOL_DRAW_H
#define UNFIX_TOOL_DRAW_H

#include "args.h"
#include "output.h"
#include "piece.h"
#include "report.h"

#include <stdbool.h>

struct draw;

/* For a sample as the options want it; NULL when out of memory. */
struct draw *draw_new(const struct options *options);

/* What comes next is of another file, which reports call `name` and whose path
 * is `path`. */
void draw_begin_file(struct draw *draw, const char *name, const char *path);

/* Draws among the repairs of a piece, whose bytes in the file are `input`.
 * False when out of memory. */
bool draw_piece(struct draw *draw, const char *input,
                const struct piece *piece);

/* All of the file went well; of others nothing is drawn.  False when out of
 * memory. */
bool draw_end_file(struct draw *draw, const struct report_end *end);

/* Writes the sample, file by file, as a report or the data of a review. */
void draw_write(struct draw *draw, struct output *output);
void draw_free(struct draw *draw);

#endif
