/* SPDX-License-Identifier: MPL-2.0 */
#include "base/numeric.h"

/* The highest bit that is set; 0 if there is none. */
static int32_t
highest_bit(uint64_t x)
{
#ifdef __GNUC__
    return x == 0 ? 0 : 63 - __builtin_clzll(x);
#else
    int32_t bit = 0;

    while (bit < 63 && x >> (bit + 1) != 0)
        bit++;
    return bit;
#endif
}

int32_t
ufx_log(uint64_t x)
{
    int32_t whole = highest_bit(x), fraction = 0, bit;

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
    /* 2^30 e^-n */
    static const uint32_t whole[] = {1073741824, 395007542, 145315154, 53458458,
                                     19666268,   7234816,   2661540,   979126,
                                     360200,     132510,    48748,     17933,
                                     6597,       2427,      893};
    /* 2^15 e^(-k / 64) */
    static const uint16_t part[] = {
        32768, 32260, 31760, 31267, 30783, 30305, 29836, 29373, 28918, 28469,
        28028, 27593, 27166, 26744, 26330, 25922, 25520, 25124, 24735, 24351,
        23974, 23602, 23236, 22876, 22521, 22172, 21828, 21490, 21157, 20829,
        20506, 20188, 19875, 19567, 19263, 18965, 18671, 18381, 18096, 17816,
        17539, 17268, 17000, 16736, 16477, 16221, 15970, 15722, 15479, 15239,
        15002, 14770, 14541, 14315, 14093, 13875, 13660, 13448, 13239, 13034,
        12832, 12633, 12437, 12245};

    if (cost < 0)
        cost = 0;
    if (cost >= 15000)
        return 0;
    return (uint32_t)((uint64_t)whole[cost / 1000] *
                          part[cost % 1000 * 64 / 1000] >>
                      25);
}

/* Eight bytes as a number, the first the lowest.  Written out, compilers make
 * one load of it. */
static uint64_t
eight_bytes(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;

    return b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
           (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
           (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

uint64_t
ufx_hash(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (; length >= 8; text += 8, length -= 8) {
        hash = (hash ^ eight_bytes(text)) * UINT64_C(0x100000001B3);
        hash ^= hash >> 29;
    }
    for (; length > 0; text++, length--)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    hash ^= hash >> 32;
    return hash == 0 ? 1 : hash;
}
