/* SPDX-License-Identifier: MPL-2.0 */
/* Threads that do one thing together and then wait for the next. */
#ifndef UNFIX_TOOL_CREW_H
#define UNFIX_TOOL_CREW_H

#include <stddef.h>
#include <unfix.h>

struct crew;

/* The caller is its first; up to `count` - 1 threads are started, fewer if the
 * system has no more.  They take no signals.  NULL: out of memory. */
struct crew *crew_new(size_t count);
void crew_free(struct crew *crew);

size_t crew_count(const struct crew *crew);

/* For unfix_context_use_threads, with the crew as its user; of no more tasks
 * than it counts. */
void crew_run(void *user, unfix_task task, void *argument, size_t count);

#endif
