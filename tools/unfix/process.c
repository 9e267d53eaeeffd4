/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- Signals ------------------------------------------------------------ */

/* The temporary files there are: a text and a report. */
#define PENDING_MAX 4

static const char *volatile pending[PENDING_MAX];

/* Those of a terminal, and those by which batch systems end a job. */
static const int ending_signals[] = {SIGHUP,  SIGINT,  SIGQUIT,
                                     SIGTERM, SIGPIPE, SIGALRM,
                                     SIGXCPU, SIGUSR1, SIGUSR2};

#define ENDING_SIGNALS (sizeof(ending_signals) / sizeof(ending_signals[0]))

/* Only what POSIX allows in a handler.  The raised signal waits until this
 * returns and then ends the process, so that whoever waits for it sees the true
 * cause of death. */
static void
remove_pending(int number)
{
    for (size_t i = 0; i < PENDING_MAX; i++) {
        if (pending[i] != NULL)
            unlink(pending[i]);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void
fill_ending_signals(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaddset(set, ending_signals[i]);
}

static void
catch_signals(void)
{
    struct sigaction action = {.sa_handler = remove_pending};

    fill_ending_signals(&action.sa_mask);
    for (size_t i = 0; i < ENDING_SIGNALS; i++) {
        struct sigaction old;

        /* What the parent ignores (nohup) stays ignored. */
        if (sigaction(ending_signals[i], NULL, &old) == 0 &&
            old.sa_handler != SIG_IGN)
            sigaction(ending_signals[i], &action, NULL);
    }
    /* A file-size limit is then a failed write, with a message, like a full
     * disk. */
    signal(SIGXFSZ, SIG_IGN);
}

void
process_hold_signals(sigset_t *old)
{
    sigset_t set;

    fill_ending_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, old);
}

void
process_release_signals(const sigset_t *old)
{
    pthread_sigmask(SIG_SETMASK, old, NULL);
}

bool
process_add_temporary(const char *path)
{
    for (size_t i = 0; i < PENDING_MAX; i++) {
        if (pending[i] == NULL) {
            pending[i] = path;
            return true;
        }
    }
    return false;
}

void
process_remove_temporary(const char *path)
{
    for (size_t i = 0; i < PENDING_MAX; i++) {
        if (pending[i] == path)
            pending[i] = NULL;
    }
}

/* ---- Descriptors --------------------------------------------------------- */

/* A file opened while descriptor 1 is closed would become standard output.
 * Each is opened the wrong way round, so that using it is still an error. */
static void
take_standard_descriptors(void)
{
    static const int flags[] = {O_WRONLY, O_RDONLY, O_RDONLY};

    for (int i = 0; i < 3; i++) {
        if (fcntl(i, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", flags[i]) != i)
            _exit(2);
    }
}

void
process_setup(void)
{
    take_standard_descriptors();
    /* One write a line, so that lines of several processes do not mix. */
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    catch_signals();
}
