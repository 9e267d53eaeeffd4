/* SPDX-License-Identifier: MPL-2.0 */
/* To be preloaded: each look at the monotonic clock finds two minutes gone. */
#define _GNU_SOURCE

#include <stdatomic.h>
#include <time.h>

int
clock_gettime(clockid_t clock, struct timespec *now)
{
    static atomic_long looks;

    (void)clock;
    *now = (struct timespec){.tv_sec = 120 * (atomic_fetch_add(&looks, 1) + 1)};
    return 0;
}
