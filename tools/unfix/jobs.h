/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Threads that repair texts, each with a context of its own.  Texts are given
 * and taken in one order, by one thread; what is between is nobody's business.
 */
#ifndef UNFIX_TOOL_JOBS_H
#define UNFIX_TOOL_JOBS_H

#include "args.h"
#include "buffer.h"
#include "engine.h"
#include "formatted.h"

#include <stdbool.h>
#include <stddef.h>
#include <unfix.h>

/* A section of a file, or a whole file. */
struct job {
    struct job *next;
    bool is_last;   /* of its file: the caller's */
    size_t threads; /* that share it */
    struct buffer text;
    struct wish wish;           /* how it is to be read */
    struct formatted formatted; /* what became of it, unless it is text */
    unfix_result *result;
    unfix_status status;
    unfix_error error;
    bool is_done;
};

struct jobs;

/* Up to `count` threads, started as they are needed; NULL, and said so, if
 * there is no memory. */
struct jobs *jobs_open(const struct engine *engine,
                       const unfix_options *options, size_t count);

/* Waits for the threads; jobs that were not taken are freed. */
void jobs_close(struct jobs *jobs);

/* Whether so many jobs are under way that the next should wait. */
bool jobs_are_full(const struct jobs *jobs);
bool jobs_are_none(const struct jobs *jobs);

/* Takes over `job`, from job_new().  False, and said so, if not even one thread
 * could be started. */
bool jobs_add(struct jobs *jobs, struct job *job);

/* The oldest job, which is then the caller's; NULL if there is none, or if it
 * is not done and `wait` is false. */
struct job *jobs_take(struct jobs *jobs, bool wait);

struct job *job_new(void);
bool job_is_text(const struct job *job);
void job_free(struct job *job);

#endif
