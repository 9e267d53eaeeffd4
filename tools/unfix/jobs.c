/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs.h"

#include "crew.h"
#include "messages.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Jobs under way for each thread: one that it works at, and others that are
 * done or wait, so that a hard one holds up nobody. */
#define JOBS_PER_THREAD 2

/* The library takes no more hands for one text. */
#define MOST_HANDS 256

struct jobs {
    const struct engine *engine;
    const unfix_options *options;
    pthread_t *threads;
    size_t most; /* threads */
    size_t started;
    pthread_mutex_t counting; /* one thread at a time adds up what it counted */

    /* All of the below is guarded. */
    pthread_mutex_t mutex;
    pthread_cond_t added;
    pthread_cond_t done;
    struct job *oldest; /* of those not taken */
    struct job *newest;
    struct job *waiting; /* the first that no thread works at */
    size_t count;
    bool is_closing;
};

struct job *
job_new(void)
{
    return calloc(1, sizeof(struct job));
}

bool
job_is_text(const struct job *job)
{
    return job->wish.format == NULL && job->wish.known == NULL;
}

void
job_free(struct job *job)
{
    if (job == NULL)
        return;
    buffer_free(&job->text);
    unfix_result_free(job->result);
    formatted_free(&job->formatted);
    free(job);
}

struct jobs *
jobs_open(const struct engine *engine, const unfix_options *options,
          size_t count)
{
    struct jobs *jobs = calloc(1, sizeof(*jobs));
    pthread_t *threads = calloc(count, sizeof(*threads));

    if (jobs == NULL || threads == NULL) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        free(jobs);
        free(threads);
        return NULL;
    }
    jobs->engine = engine;
    jobs->options = options;
    jobs->threads = threads;
    jobs->most = count;
    pthread_mutex_init(&jobs->counting, NULL);
    pthread_mutex_init(&jobs->mutex, NULL);
    pthread_cond_init(&jobs->added, NULL);
    pthread_cond_init(&jobs->done, NULL);
    return jobs;
}

/* ---- A thread ------------------------------------------------------------ */

static void
repair(unfix_context *context, struct job *job)
{
    job->status = unfix_result_new(NULL, &job->result);
    if (job->status != UNFIX_OK) {
        job->error.status = job->status;
        snprintf(job->error.message, sizeof(job->error.message), "%s",
                 unfix_strerror(job->status));
        return;
    }
    if (job_is_text(job))
        job->status = unfix_correct(context, job->text.data, job->text.length,
                                    job->result, &job->error);
    else
        job->status =
            formatted_run(&job->formatted, &job->wish, context, job->result,
                          job->text.length > 0 ? job->text.data : "",
                          job->text.length, &job->error);
}

/* The next job to work at; NULL when there will be none. */
static struct job *
wait_for_job(struct jobs *jobs)
{
    struct job *job;

    pthread_mutex_lock(&jobs->mutex);
    while (jobs->waiting == NULL && !jobs->is_closing)
        pthread_cond_wait(&jobs->added, &jobs->mutex);
    job = jobs->is_closing ? NULL : jobs->waiting;
    if (job != NULL)
        jobs->waiting = job->next;
    pthread_mutex_unlock(&jobs->mutex);
    return job;
}

/* Lets a crew help.  Without one it takes longer, and that is all. */
static void
share(unfix_context *context, size_t threads, struct crew **crew)
{
    if (threads > 1 && *crew == NULL)
        *crew = crew_new(threads < MOST_HANDS ? threads : MOST_HANDS);
    if (*crew != NULL &&
        unfix_context_use_threads(context, crew_count(*crew), crew_run, *crew,
                                  NULL) != UNFIX_OK) {
        crew_free(*crew);
        *crew = NULL;
    }
}

/* Where that fails the sum has failed, which shows when it is written. */
static void
add_counts(struct jobs *jobs, const unfix_collection *counts)
{
    unfix_status status;

    pthread_mutex_lock(&jobs->counting);
    status = unfix_collection_merge(jobs->engine->counts, counts, NULL);
    pthread_mutex_unlock(&jobs->counting);
    (void)status;
}

static void *
work(void *user)
{
    struct jobs *jobs = user;
    unfix_context *context = NULL;
    unfix_collection *counts = NULL;
    struct crew *crew = NULL;
    struct job *job;

    while ((job = wait_for_job(jobs)) != NULL) {
        job->status = UNFIX_OK;
        if (context == NULL)
            job->status = engine_context(jobs->engine, jobs->options, &context,
                                         &counts, &job->error);
        if (job->status == UNFIX_OK) {
            share(context, job->threads, &crew);
            repair(context, job);
        }
        pthread_mutex_lock(&jobs->mutex);
        job->is_done = true;
        pthread_cond_signal(&jobs->done);
        pthread_mutex_unlock(&jobs->mutex);
    }
    unfix_context_free(context);
    if (counts != NULL)
        add_counts(jobs, counts);
    unfix_collection_release(counts);
    crew_free(crew);
    return NULL;
}

/* ---- The caller's side --------------------------------------------------- */

void
jobs_close(struct jobs *jobs)
{
    struct job *job;

    if (jobs == NULL)
        return;
    pthread_mutex_lock(&jobs->mutex);
    jobs->is_closing = true;
    pthread_cond_broadcast(&jobs->added);
    pthread_mutex_unlock(&jobs->mutex);
    for (size_t i = 0; i < jobs->started; i++)
        pthread_join(jobs->threads[i], NULL);
    while ((job = jobs->oldest) != NULL) {
        jobs->oldest = job->next;
        job_free(job);
    }
    pthread_cond_destroy(&jobs->done);
    pthread_cond_destroy(&jobs->added);
    pthread_mutex_destroy(&jobs->mutex);
    pthread_mutex_destroy(&jobs->counting);
    free(jobs->threads);
    free(jobs);
}

/* `count` is changed by the caller's thread alone. */
bool
jobs_are_full(const struct jobs *jobs)
{
    return jobs->count >= jobs->most * JOBS_PER_THREAD;
}

bool
jobs_are_none(const struct jobs *jobs)
{
    return jobs->count == 0;
}

/* Signals are for the thread that makes files and renames them: it can hold
 * them off meanwhile. */
static bool
start_thread(struct jobs *jobs)
{
    pthread_t *thread = &jobs->threads[jobs->started];
    sigset_t all, old;
    bool good;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    good = pthread_create(thread, NULL, work, jobs) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return good;
}

bool
jobs_add(struct jobs *jobs, struct job *job)
{
    /* One thread more for each job, as far as that goes. */
    if (jobs->started < jobs->most && jobs->count >= jobs->started &&
        start_thread(jobs))
        jobs->started++;
    if (jobs->started == 0) {
        message_error(NULL, "no thread can be started; try --jobs=1");
        job_free(job);
        return false;
    }
    job->next = NULL;
    pthread_mutex_lock(&jobs->mutex);
    if (jobs->oldest == NULL)
        jobs->oldest = job;
    else
        jobs->newest->next = job;
    jobs->newest = job;
    if (jobs->waiting == NULL)
        jobs->waiting = job;
    jobs->count++;
    pthread_cond_signal(&jobs->added);
    pthread_mutex_unlock(&jobs->mutex);
    return true;
}

struct job *
jobs_take(struct jobs *jobs, bool wait)
{
    struct job *job;

    pthread_mutex_lock(&jobs->mutex);
    job = jobs->oldest;
    while (wait && job != NULL && !job->is_done)
        pthread_cond_wait(&jobs->done, &jobs->mutex);
    if (job != NULL && job->is_done) {
        jobs->oldest = job->next;
        jobs->count--;
    } else {
        job = NULL;
    }
    pthread_mutex_unlock(&jobs->mutex);
    return job;
}
