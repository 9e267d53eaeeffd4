/* SPDX-License-Identifier: MPL-2.0 */
#include "crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

struct hand {
    struct crew *crew;
    pthread_t thread;
    size_t number;
};

struct crew {
    struct hand *hands; /* the threads, `count` of them */
    size_t count;
    /* All of the below is guarded. */
    pthread_mutex_t mutex;
    pthread_cond_t begun;
    pthread_cond_t ended;
    unfix_task task;
    void *argument;
    size_t tasks;
    unsigned long turn; /* times that tasks were begun */
    size_t busy;        /* threads that have not ended it */
    bool is_closing;
};

static void *
serve(void *user)
{
    struct hand *hand = user;
    struct crew *crew = hand->crew;
    unsigned long done = 0;

    pthread_mutex_lock(&crew->mutex);
    for (;;) {
        while (crew->turn == done && !crew->is_closing)
            pthread_cond_wait(&crew->begun, &crew->mutex);
        if (crew->turn == done)
            break;
        done = crew->turn;
        pthread_mutex_unlock(&crew->mutex);
        if (hand->number < crew->tasks)
            crew->task(crew->argument, hand->number);
        pthread_mutex_lock(&crew->mutex);
        if (--crew->busy == 0)
            pthread_cond_signal(&crew->ended);
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

/* Signals are for the thread that makes files and renames them. */
static void
start_threads(struct crew *crew, size_t count)
{
    sigset_t all, old;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    for (; crew->count < count; crew->count++) {
        struct hand *hand = &crew->hands[crew->count];

        *hand = (struct hand){.crew = crew, .number = crew->count + 1};
        if (pthread_create(&hand->thread, NULL, serve, hand) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

struct crew *
crew_new(size_t count)
{
    struct crew *crew = calloc(1, sizeof(*crew));

    if (crew == NULL)
        return NULL;
    crew->hands = calloc(count, sizeof(*crew->hands));
    if (crew->hands == NULL) {
        free(crew);
        return NULL;
    }
    pthread_mutex_init(&crew->mutex, NULL);
    pthread_cond_init(&crew->begun, NULL);
    pthread_cond_init(&crew->ended, NULL);
    start_threads(crew, count - 1);
    return crew;
}

void
crew_free(struct crew *crew)
{
    if (crew == NULL)
        return;
    pthread_mutex_lock(&crew->mutex);
    crew->is_closing = true;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < crew->count; i++)
        pthread_join(crew->hands[i].thread, NULL);
    pthread_cond_destroy(&crew->ended);
    pthread_cond_destroy(&crew->begun);
    pthread_mutex_destroy(&crew->mutex);
    free(crew->hands);
    free(crew);
}

size_t
crew_count(const struct crew *crew)
{
    return crew->count + 1;
}

void
crew_run(void *user, unfix_task task, void *argument, size_t count)
{
    struct crew *crew = user;

    pthread_mutex_lock(&crew->mutex);
    crew->task = task;
    crew->argument = argument;
    crew->tasks = count;
    crew->busy = crew->count;
    crew->turn++;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->mutex);
    task(argument, 0);
    pthread_mutex_lock(&crew->mutex);
    while (crew->busy > 0)
        pthread_cond_wait(&crew->ended, &crew->mutex);
    pthread_mutex_unlock(&crew->mutex);
}
