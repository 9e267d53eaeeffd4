/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The review page: one HTML file with documents, their repairs and a program
 * that shows them, takes decisions and saves these as a report for --apply.
 * What it is made of lies in review/; cmake/EmbedReview.cmake puts that into
 * the filter.
 */
#ifndef UNFIX_TOOL_REVIEW_H
#define UNFIX_TOOL_REVIEW_H

#include "args.h"
#include "output.h"
#include "piece.h"

#include <stdint.h>
#include <unfix.h>

/* What comes before the first document, and after the last. */
void review_begin(struct output *output);
void review_end(struct output *output);

/* A piece of the file `path`, which reports call `name`: the text that was
 * read, between and after its corrections, and where these stand on its pages.
 * `input` are its bytes, where the file is text. */
void review_piece(struct output *output, const struct options *options,
                  const char *name, const char *path, const char *input,
                  const struct piece *piece);

/* What is written before and after one repair of many, which stands by itself
 * with some of the text around it. */
void review_before(struct output *output, const struct options *options,
                   const char *name, const char *path, const char *input,
                   const struct piece *piece, size_t i);
void review_after(struct output *output, const char *name, const char *input,
                  const struct piece *piece, size_t i);

#endif
