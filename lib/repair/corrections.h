/* SPDX-License-Identifier: MPL-2.0 */
/* Lists of corrections: of a pass, and of several put together. */
#ifndef UFX_REPAIR_CORRECTIONS_H
#define UFX_REPAIR_CORRECTIONS_H

#include "base/arena.h"
#include "base/buffer.h"

/* A growing list of corrections, sorted by offset. */
struct ufx_corrections {
    unfix_correction *list;
    size_t count;
    size_t capacity;
};

/* A zeroed correction at the end, or NULL when out of memory. */
unfix_correction *ufx_corrections_add(struct ufx_corrections *corrections,
                                      const struct ufx_memory *memory);
void ufx_corrections_free(struct ufx_corrections *corrections,
                          const struct ufx_memory *memory);

/* Gives it the verdict and the bar, and says why it is held back; NULL: it is
 * not. */
void ufx_correction_hold(unfix_correction *correction, unfix_verdict verdict,
                         uint32_t bar, const char *why);

/* Appends a copy of a correction whose strings do not last; those of the copy
 * go to the arena.  False when out of memory. */
bool ufx_corrections_copy(struct ufx_corrections *corrections,
                          const unfix_correction *correction,
                          struct ufx_arena *strings,
                          const struct ufx_memory *memory);

/* Splices the corrections into the text, noting where each comes to lie in what
 * is appended to `out`. */
unfix_status ufx_corrections_splice(struct ufx_corrections *corrections,
                                    const char *text, size_t length,
                                    struct ufx_buffer *out);

/* The place in the text of what lies at [*start, *end) in the output that they
 * were spliced into; false, and both moved to where they begin and end, if an
 * applied one is among it. */
bool ufx_corrections_source(const struct ufx_corrections *made, uint64_t *start,
                            uint64_t *end);

/* Puts the corrections of a second pass, whose offsets count in the output of
 * a first, together with those of the first into `out`, whose offsets count in
 * the input.  Where both meet they become one; what the first only proposed
 * there is dropped.  `text` is the first pass's output; strings go to the
 * arena.  MEMORY is the only failure. */
unfix_status ufx_corrections_compose(const struct ufx_corrections *first,
                                     const struct ufx_corrections *second,
                                     const char *text, struct ufx_arena *arena,
                                     struct ufx_corrections *out,
                                     const struct ufx_memory *memory);

/* Adds to what compose() put together what the second pass only proposed, where
 * the first changed nothing.  MEMORY is the only failure. */
unfix_status ufx_corrections_add_proposed(const struct ufx_corrections *first,
                                          const struct ufx_corrections *second,
                                          struct ufx_corrections *out,
                                          const struct ufx_memory *memory);

#endif
