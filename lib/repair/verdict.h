/* SPDX-License-Identifier: MPL-2.0 */
/* What becomes of a change: how sure it is, whether it is made, or why not.
 * Called by change.c for each, by mangled.c and composed.c for what stands by
 * itself, by pass.c and settle.c for what a pass found together. */
#ifndef UFX_REPAIR_VERDICT_H
#define UFX_REPAIR_VERDICT_H

#include "repair/state.h"

/* The confidence of a change that is described; *score is what the verifier
 * gave it. */
uint32_t ufx_verdict_confidence(struct ufx_worker *worker,
                                const struct ufx_evidence *evidence,
                                int32_t *score);

/* The confidence that a change has to have by the options. */
uint32_t ufx_verdict_bar(const struct ufx_worker *worker,
                         const struct ufx_evidence *evidence);

/* Gives a change that is described its verdict; `start` is its place in the
 * paragraph. */
void ufx_verdict_give(struct ufx_worker *worker,
                      const struct ufx_lattice *lattice,
                      const struct ufx_change *change,
                      const struct ufx_evidence *evidence, size_t start,
                      unfix_correction *correction);

/* The same for a repair that stands by itself; its bar is set. */
void ufx_verdict_judge(struct ufx_worker *worker, unfix_correction *correction);

/* Holds back what a budget for so many words cannot pay for.  MEMORY is the
 * only failure. */
unfix_status ufx_verdict_afford(struct ufx_worker *worker, uint64_t words,
                                struct ufx_corrections *found);

/* Begins a new section. */
void ufx_verdict_start(struct ufx_worker *worker);

/* Remembers what is protected in a paragraph of the window; false when out of
 * memory. */
bool ufx_verdict_protect(struct ufx_worker *worker,
                         const struct ufx_lattice *lattice, uint64_t offset);

/* Forgets what such letters as were mangled take of it: an entity is protected
 * until it is read as what it is, and what comes of it may be read on. */
void ufx_verdict_unprotect(struct ufx_worker *worker,
                           const struct ufx_corrections *corrections);

/* Remembers one span of the window; false when out of memory. */
bool ufx_verdict_protect_span(struct ufx_worker *worker, struct ufx_span span);

/* Looks at each edit of a window once more, now that it is whole: what does
 * not keep the promises of its class is not applied. */
unfix_status ufx_verdict_recheck(struct ufx_worker *worker,
                                 struct ufx_corrections *corrections);

/* True if both read the same once accents are taken off. */
bool ufx_verdict_is_accents_only(const struct ufx_alphabet *alphabet,
                                 const char *before, size_t before_length,
                                 const char *after, size_t after_length);

#endif
