/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the process shares with whoever started it: descriptors, and the signals
 * that end it, which remove the temporary files.
 */
#ifndef UNFIX_TOOL_PROCESS_H
#define UNFIX_TOOL_PROCESS_H

#include <signal.h>
#include <stdbool.h>

/* To be called first: makes sure that descriptors 0 to 2 are taken, and that
 * signals which end the process remove the temporary files. */
void process_setup(void);

/* With signals held, a temporary file and the note that it is there change
 * together. */
void process_hold_signals(sigset_t *old);
void process_release_signals(const sigset_t *old);

/* `path` stays the caller's; false if there are too many. */
bool process_add_temporary(const char *path);
void process_remove_temporary(const char *path);

#endif
