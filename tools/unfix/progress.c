/* SPDX-License-Identifier: MPL-2.0 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* In milliseconds. */
#define PATIENCE 2000
#define INTERVAL 200

static struct {
    bool is_wanted;
    bool is_shown;
    uint64_t total;
    uint64_t done;
    uint64_t repairs;
    int64_t began;
    int64_t shown; /* last */
} progress;

static int64_t
now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void
progress_begin(uint64_t total, bool is_quiet)
{
    progress.is_wanted = !is_quiet && isatty(STDERR_FILENO) == 1;
    progress.total = total;
    progress.began = now();
}

void
progress_hide(void)
{
    if (progress.is_shown)
        fputs("\r\033[K", stderr);
    progress.is_shown = false;
}

static void
show(int64_t elapsed)
{
    const double megabytes = (double)progress.done / 1e6;
    const double rate = megabytes / ((double)elapsed / 1000);

    fprintf(stderr, "\r\033[Kunfix: %.1f MB, %.1f MB/s, %" PRIu64 " repairs",
            megabytes, rate, progress.repairs);
    if (progress.total > progress.done && progress.done > 0) {
        const uint64_t left =
            (uint64_t)((double)elapsed / 1000 *
                       (double)(progress.total - progress.done) /
                       (double)progress.done);

        fprintf(stderr, ", %" PRIu64 ":%02u left", left / 60,
                (unsigned)(left % 60));
    }
    fflush(stderr);
    progress.is_shown = true;
}

void
progress_add(uint64_t bytes, uint64_t repairs)
{
    int64_t at;

    progress.done += bytes;
    progress.repairs += repairs;
    if (!progress.is_wanted)
        return;
    at = now();
    if (at - progress.began < PATIENCE || at - progress.shown < INTERVAL)
        return;
    progress.shown = at;
    show(at - progress.began);
}
