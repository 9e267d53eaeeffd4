/* SPDX-License-Identifier: MPL-2.0 */
/* What the letters and signs of a token tell by themselves, whatever stands
 * around it. */
#ifndef UFX_VERIFY_OUTLINE_H
#define UFX_VERIFY_OUTLINE_H

#include "lang/model.h"

struct ufx_outline {
    /* What no language has in a word of its own: 1 a digit before small
     * letters, 2 among them, 3 after them, 4 a capital among them, 5 a sign; 6
     * a digit among capitals, 7 after them, 8 before them; 0 nothing. */
    int32_t impossible;
    int32_t letters; /* the most that stand one after the other */
    /* What is left without digits and signs: 1 a known word, 2 none, 3 hardly
     * anything; 0 nothing is to be left out. */
    int32_t stump;
    /* By the letters of the language's words, in 1/1000 nat: */
    int32_t cost;   /* of all of them */
    int32_t oddest; /* of the one that fits least with those before it */
};

void ufx_outline_describe(struct ufx_outline *o,
                          const struct ufx_language *language,
                          const uint32_t *chars, size_t count);

#endif
