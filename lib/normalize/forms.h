/* SPDX-License-Identifier: MPL-2.0 */
/* Typed forms: what is no word and yet has a grammar.  A reading is offered
 * only if it is valid, and never where what stands there is valid itself.  It
 * is proven if nothing else can have been meant; then the text's other readings
 * are shut out and the second stage believes the grammar. */
#ifndef UFX_NORMALIZE_FORMS_H
#define UFX_NORMALIZE_FORMS_H

#include "normalize/filling.h"

/* Characters of the longest form. */
#define UFX_FORM_LONGEST 64

/* ---- forms.c: what all of them need ---- */

static inline const struct ufx_segment *
ufx_form_segment(const struct ufx_filling *f, uint32_t at)
{
    return at < f->l->segment_count ? &f->l->segments[at] : NULL;
}

/* True if the segment is that one character, or with count 2 and more that
 * word in lower case. */
bool ufx_form_is(const struct ufx_filling *f, uint32_t at, const char *text);

/* True if the segment is a row's text as it stands. */
bool ufx_form_is_row(const struct ufx_filling *f, uint32_t at,
                     enum ufx_form_kind kind);

/* True for "and", "or", "to" between two of a list. */
bool ufx_form_links(const struct ufx_filling *f, uint32_t at);

/* All in small letters that numerals have: ii, iv. */
bool ufx_form_is_small_numeral(const uint32_t *chars, size_t count);

/* The letter that stands for that sign of an ordinal, or 0. */
uint32_t ufx_form_ending(const struct ufx_filling *f, uint32_t sign);

/* The value of at most 6 figures; UINT32_MAX for anything else. */
uint32_t ufx_form_value(const uint32_t *chars, size_t count);

/* True if a blank stands before the segment, or a mark that opens. */
bool ufx_form_begins(const struct ufx_filling *f, uint32_t at);

/* The end of the token that holds `at`, less the marks that close it. */
uint32_t ufx_form_token_end(const struct ufx_filling *f, uint32_t at);

/* True if an opening mark of that kind before `at` has not been closed. */
bool ufx_form_is_open(const struct ufx_filling *f, uint32_t at,
                      enum ufx_piece_class open, enum ufx_piece_class close);

/* True if there is a segment `at` (UINT32_MAX: the one before the first) that
 * is a month. */
bool ufx_form_is_month(const struct ufx_filling *f, uint32_t at);

/* What the language model has for segment `at`; for `none` if there is no such
 * segment. */
uint32_t ufx_form_piece(const struct ufx_filling *f, uint32_t at,
                        enum ufx_piece_class none);

/* Reads the segments [from, to) as `chars`. */
void ufx_form_offer(struct ufx_filling *f, uint32_t from, uint32_t to,
                    const uint32_t *chars, size_t count, unfix_class kind,
                    int32_t cost);
void ufx_form_prove(struct ufx_filling *f, uint32_t from, uint32_t to,
                    const uint32_t *chars, size_t count, unfix_class kind,
                    int32_t cost);

/* Raises what keeping the segment costs. */
void ufx_form_doubt(struct ufx_filling *f, uint32_t at, int32_t cost);

/* ---- One for each kind of form: the readings from segment `at` on ---- */

void ufx_form_symbol(struct ufx_filling *f, uint32_t at);

#endif
