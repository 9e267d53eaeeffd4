/* SPDX-License-Identifier: MPL-2.0 */
/* A line on the terminal that tells how far a long run is. */
#ifndef UNFIX_TOOL_PROGRESS_H
#define UNFIX_TOOL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* `total` bytes are to be done; 0 if nobody knows.  Shows nothing with
 * `is_quiet`, where standard error is no terminal, and in the first two
 * seconds. */
void progress_begin(uint64_t total, bool is_quiet);

/* So much more is done. */
void progress_add(uint64_t bytes, uint64_t repairs);

/* Takes the line away, until the next progress_add(). */
void progress_hide(void);

#endif
