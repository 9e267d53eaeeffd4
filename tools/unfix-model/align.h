/* SPDX-License-Identifier: MPL-2.0 */
/* Levenshtein distance and one optimal alignment of two symbol strings: code
 * points, or numbers that stand for words. */
#ifndef UFX_MODEL_ALIGN_H
#define UFX_MODEL_ALIGN_H

#include "unfix.h"

/* a[pair.a] and b[pair.b] are the same symbol and stand for each other. */
struct ufx_align_pair {
    size_t a;
    size_t b;
};

/* The least number of insertions, deletions and substitutions that turn `a`
 * into `b`.  Fails with MEMORY, and with LIMIT as below. */
unfix_status ufx_align_distance(const uint32_t *a, size_t a_length,
                                const uint32_t *b, size_t b_length,
                                size_t *distance);

/* The matched pairs along one optimal alignment, ascending in both.  Which of
 * several optimal ones is fixed: matches are taken as late as possible, then
 * deletions from `a`, then insertions, then substitutions.  *pairs goes to
 * free(); NULL after a failure.  Memory grows with the product of the lengths
 * (a quarter of a byte each): fails with LIMIT above 1 GiB, with MEMORY. */
unfix_status ufx_align_match(const uint32_t *a, size_t a_length,
                             const uint32_t *b, size_t b_length,
                             struct ufx_align_pair **pairs, size_t *count);

#endif
