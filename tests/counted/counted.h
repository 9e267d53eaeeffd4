/* SPDX-License-Identifier: MPL-2.0 */
/* The library once more, built so that it counts what it does: the compiler has
 * it report each basic block that runs, and what libc moves or clears counts by
 * its length.  So tests of time need no clock, and show the same on any
 * machine, however busy it is. */
#ifndef UFX_TESTS_COUNTED_H
#define UFX_TESTS_COUNTED_H

#include <stdint.h>

/* Blocks that the library has run in this process. */
uint64_t counted_work(void);

#endif
