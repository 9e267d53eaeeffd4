/* SPDX-License-Identifier: MPL-2.0 */
/* The readings of a token in all shapes it may have, remembered per distinct
 * token: text repeats itself. */
#ifndef UFX_NORMALIZE_CANDIDATES_H
#define UFX_NORMALIZE_CANDIDATES_H

#include "normalize/search.h"

/* How far the search goes. */
enum ufx_effort {
    UFX_EFFORT_KNOWN, /* a known word: near rivals only */
    UFX_EFFORT_UNKNOWN,
    UFX_EFFORT_JOIN, /* one word that a line's end and its hyphen cut */
    UFX_EFFORT_NEAR, /* one word out of tokens that blanks keep apart */
    UFX_EFFORT_COUNT
};

struct ufx_candidates; /* one thread's */

/* For that vocabulary.  NULL: out of memory. */
struct ufx_candidates *
ufx_candidates_new(const struct ufx_memory *memory,
                   const struct ufx_vocabulary *vocabulary);
void ufx_candidates_free(struct ufx_candidates *candidates);

/* Begins a document: how much may be searched starts anew. */
void ufx_candidates_start(struct ufx_candidates *candidates);

/* Allows the searches of so many bytes more.  To be called before a pass goes
 * over a paragraph; `pass` is below UFX_PASSES. */
void ufx_candidates_allow(struct ufx_candidates *candidates, size_t pass,
                          size_t length);

/* Leaves to the pass `to` what `from` may still search: they went over the same
 * text. */
void ufx_candidates_take(struct ufx_candidates *candidates, size_t to,
                         size_t from);

/* True if since then a search was refused. */
bool ufx_candidates_ran_out(const struct ufx_candidates *candidates);

/* The readings of `chars`, none where more was searched than is allowed; they
 * stay until ufx_candidates_trim.  MEMORY is the only failure. */
unfix_status ufx_candidates_get(struct ufx_candidates *candidates,
                                const struct ufx_vocabulary *vocabulary,
                                const uint32_t *chars, size_t count,
                                enum ufx_effort effort,
                                struct ufx_readings *readings);

/* Forgets everything if more is remembered than the limits allow.  To be
 * called where no readings are in use. */
void ufx_candidates_trim(struct ufx_candidates *candidates);

#endif
