/* SPDX-License-Identifier: MPL-2.0 */
/* A line that tells how far a long run is. */
#ifndef UNFIX_TOOL_PROGRESS_H
#define UNFIX_TOOL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `total` bytes in so many files are to be done; 0 bytes if nobody knows. Shows
 * nothing with `is_quiet`, and in the first two seconds; where standard error
 * is no terminal, a line a minute. */
void progress_begin(uint64_t total, size_t files, bool is_quiet);

/* So much more is done. */
void progress_add(uint64_t bytes, uint64_t repairs);

/* One file more is done. */
void progress_add_file(void);

/* Takes the line away, until the next progress_add(). */
void progress_hide(void);

#endif
