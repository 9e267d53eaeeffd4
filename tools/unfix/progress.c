/* SPDX-License-Identifier: MPL-2.0 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* In milliseconds. */
#define PATIENCE 2000
#define INTERVAL 200
#define LOG_INTERVAL 60000

static struct progress {
    bool is_wanted;
    bool is_terminal;
    bool is_shown;
    size_t files; /* in all */
    size_t files_done;
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
progress_begin(uint64_t total, size_t files, bool is_quiet)
{
    const int64_t at = now();

    /* One pass may have been before this one. */
    progress_hide();
    progress = (struct progress){.is_wanted = !is_quiet,
                                 .is_terminal = isatty(STDERR_FILENO) == 1,
                                 .files = files,
                                 .total = total,
                                 .began = at,
                                 .shown = at};
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

    fputs(progress.is_terminal ? "\r\033[Kunfix: " : "unfix: ", stderr);
    if (progress.files > 1)
        fprintf(stderr, "%zu of %zu files, ", progress.files_done,
                progress.files);
    fprintf(stderr, "%.1f MB, %.1f MB/s, %" PRIu64 " repairs", megabytes, rate,
            progress.repairs);
    if (progress.total > progress.done && progress.done > 0) {
        const uint64_t left =
            (uint64_t)((double)elapsed / 1000 *
                       (double)(progress.total - progress.done) /
                       (double)progress.done);

        fprintf(stderr, ", %" PRIu64 ":%02u left", left / 60,
                (unsigned)(left % 60));
    }
    if (!progress.is_terminal)
        putc('\n', stderr);
    fflush(stderr);
    progress.is_shown = progress.is_terminal;
}

static void
show_if_due(void)
{
    int64_t at;

    if (!progress.is_wanted)
        return;
    at = now();
    if (at - progress.began < PATIENCE ||
        at - progress.shown < (progress.is_terminal ? INTERVAL : LOG_INTERVAL))
        return;
    progress.shown = at;
    show(at - progress.began);
}

void
progress_add(uint64_t bytes, uint64_t repairs)
{
    progress.done += bytes;
    progress.repairs += repairs;
    show_if_due();
}

void
progress_add_file(void)
{
    progress.files_done++;
    show_if_due();
}
