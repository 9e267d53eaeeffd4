/* SPDX-License-Identifier: MPL-2.0 */
#include "base/numeric.h"

int32_t
ufx_log(uint64_t x)
{
    int32_t whole = 0, fraction = 0, bit;

    while (x >> (whole + 1) != 0)
        whole++;
    /* Bring x to [1, 2) with 31 binary places, then square: each square
     * yields one bit of the binary logarithm. */
    x = whole > 31 ? x >> (whole - 31) : x << (31 - whole);
    for (bit = 1 << 15; bit != 0; bit >>= 1) {
        x = x * x >> 31;
        if (x >> 32 != 0) {
            fraction |= bit;
            x >>= 1;
        }
    }
    /* 1000 ln 2 = 693.147 */
    return (int32_t)((((int64_t)whole << 16) + fraction) * 693147 / 1000 >> 16);
}

uint32_t
ufx_exp_negative(int32_t cost)
{
    /* 2^20 e^-n */
    static const uint32_t whole[] = {1048576, 385750, 141909, 52205, 19205,
                                     7065,    2599,   956,    352,   129,
                                     48,      18,     6,      2,     1};
    /* 2^10 e^(-k / 32) */
    static const uint16_t part[] = {
        1024, 992, 962, 932, 904, 876, 849, 823, 797, 773, 749,
        726,  704, 682, 661, 641, 621, 602, 583, 565, 548, 531,
        515,  499, 484, 469, 454, 440, 427, 414, 401, 389};

    if (cost < 0)
        cost = 0;
    if (cost >= 15000)
        return 0;
    return (uint32_t)((uint64_t)whole[cost / 1000] *
                          part[(cost % 1000) * 32 / 1000] >>
                      10);
}
