/* SPDX-License-Identifier: MPL-2.0 */
/* Logarithm, exponential and a hash in whole numbers. */
#ifndef UFX_BASE_NUMERIC_H
#define UFX_BASE_NUMERIC_H

#include <stddef.h>
#include <stdint.h>

/* 1000 ln x, rounded down; x > 0.  As the others, the same on every machine. */
int32_t ufx_log(uint64_t x);

/* e^(-cost / 1000) in units of 2^-20, within 3 %; cost >= 0. */
uint32_t ufx_exp_negative(int32_t cost);

/* FNV-1a, eight bytes at a time; never 0. */
uint64_t ufx_hash(const char *text, size_t length);

#endif
