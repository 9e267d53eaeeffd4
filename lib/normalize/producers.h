/* SPDX-License-Identifier: MPL-2.0 */
/* Who appends readings to a lattice, each from segment `at` on; filling.h has
 * the words' own. */
#ifndef UFX_NORMALIZE_PRODUCERS_H
#define UFX_NORMALIZE_PRODUCERS_H

#include "normalize/filling.h"

/* marks.c: which quotation marks the paragraph has; before the next. */
void ufx_pair_quotes(struct ufx_filling *f);

/* marks.c: another mark for this one, or none. */
void ufx_fill_marks(struct ufx_filling *f, uint32_t at);

/* marks.c: a blank that print has after the segment, or one before it that
 * print has not. */
void ufx_fill_blanks(struct ufx_filling *f, uint32_t at);

/* joins.c: the word that a hyphen after the segment breaks. */
void ufx_fill_broken_word(struct ufx_filling *f, uint32_t at);

/* joins.c: a word that blanks or the end of a line took apart. */
void ufx_fill_joins(struct ufx_filling *f, uint32_t at);

/* seams.c: several words at whose seams the kind of letters changes, and a mark
 * that opens a question or a cry, read as a letter. */
void ufx_fill_seams(struct ufx_filling *f, uint32_t at);

/* glued.c: several known words, to the letter. */
void ufx_fill_glued(struct ufx_filling *f, uint32_t at);

/* deep.c: the word that the token which begins with the segment and those after
 * it are to the letter, blanks, hyphens and specks aside. */
void ufx_fill_exact(struct ufx_filling *f, uint32_t at);

/* offers.c: what the engine would have read instead. */
void ufx_fill_offers(struct ufx_filling *f, uint32_t at);

/* deep.c: on a page where little is right, when all else was looked for and
 * ways were weighed, in this order: the token that begins with the segment,
 * however much of it is misread; it and those after it as one word; what is far
 * from any word; known words that their neighbours do not want. */
void ufx_fill_alone(struct ufx_filling *f, uint32_t at);
void ufx_fill_together(struct ufx_filling *f, uint32_t at);
void ufx_fill_far(struct ufx_filling *f, uint32_t at);
void ufx_fill_odd(struct ufx_filling *f, uint32_t at);

#endif
