/* SPDX-License-Identifier: MPL-2.0 */
/* Paragraphs that need no second look.
 *
 * A window is gone over until nothing changes.  A paragraph in which keeping
 * everything was best stays so while the readings of its words get no cheaper,
 * and they do not where the passes before have mended what the rules are
 * counted from. */
#ifndef UFX_NORMALIZE_QUIET_H
#define UFX_NORMALIZE_QUIET_H

#include "normalize/lattice.h"

struct ufx_quiet; /* one thread's */

/* For habits of so many rules.  NULL: out of memory. */
struct ufx_quiet *ufx_quiet_new(const struct ufx_memory *memory,
                                uint32_t rule_count);
void ufx_quiet_free(struct ufx_quiet *quiet);

/* Begins a window: forgets all paragraphs. */
void ufx_quiet_start(struct ufx_quiet *quiet);

/* Begins a pass over the window: forgets all paragraphs if these habits make
 * anything cheaper than those of the pass before did. */
void ufx_quiet_pass(struct ufx_quiet *quiet, const struct ufx_habits *habits);

/* Notes a paragraph in which keeping everything was best, whatever the document
 * has shown. */
void ufx_quiet_add(struct ufx_quiet *quiet, const char *text, size_t length);

/* True for a paragraph that was noted. */
bool ufx_quiet_has(const struct ufx_quiet *quiet, const char *text,
                   size_t length);

#endif
