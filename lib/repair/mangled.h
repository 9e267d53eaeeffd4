/* SPDX-License-Identifier: MPL-2.0 */
/* The first stage of a window: words that were mangled on the way become what
 * they were meant to be (normalize/encodings.c finds it), and all other stages
 * read that.  Called by window.c, and by settle.c for each draft. */
#ifndef UFX_REPAIR_MANGLED_H
#define UFX_REPAIR_MANGLED_H

#include "repair/state.h"

/* Begins a new section. */
void ufx_mangled_start(struct ufx_worker *worker);

/* Reads the mangled words of a window: what they were meant to be goes to
 * mangling.meant.  Where any was, *text and *length become the window as it was
 * meant; it stays until the next.  MEMORY is the only failure. */
unfix_status ufx_mangled_read(struct ufx_worker *worker, const char **text,
                              size_t *length, struct ufx_arena *strings);

/* Reads, as a run over a draft would, what of it is mangled: that goes to
 * mangling.left.  MEMORY is the only failure. */
unfix_status ufx_mangled_read_draft(struct ufx_worker *worker, const char *text,
                                    size_t length, struct ufx_arena *strings);

/* Notes what of a window's output is still mangled: that is what the section as
 * it went has shown.  MEMORY is the only failure. */
unfix_status ufx_mangled_note_output(struct ufx_worker *worker,
                                     const char *text, size_t length,
                                     struct ufx_arena *strings);

/* What is only talked about is no misreading either: takes back the
 * corrections, whose offsets count in the text as it was meant, that change it.
 * Returns how many. */
size_t ufx_mangled_protect(const struct ufx_corrections *meant,
                           struct ufx_corrections *corrections);

/* The place in the window of what lies at [*start, *end) in the window as it
 * was meant; false, and both moved to where they begin and end, if a word that
 * was mangled is among it. */
bool ufx_mangled_place(const struct ufx_worker *worker, uint64_t *start,
                       uint64_t *end);

#endif
