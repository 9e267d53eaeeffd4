/* SPDX-License-Identifier: MPL-2.0 */
/* Logarithm and exponential in whole numbers: the same on every machine. */
#ifndef UFX_BASE_NUMERIC_H
#define UFX_BASE_NUMERIC_H

#include <stdint.h>

/* 1000 ln x, rounded down; x > 0. */
int32_t ufx_log(uint64_t x);

/* e^(-cost / 1000) in units of 2^-20, within 3 %; cost >= 0. */
uint32_t ufx_exp_negative(int32_t cost);

#endif
