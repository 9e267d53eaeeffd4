/* SPDX-License-Identifier: MPL-2.0 */
/* The places of a window where letters may be mangled: words in which a
 * sequence of a way lies (lang/ways.h), or what stands for a word.
 *
 * What goes in are the window's bytes, what comes out its spots in their order,
 * each with what its surroundings say of it as text: nothing is read here.
 * encodings.c is who asks, and who reads them. */
#ifndef UFX_NORMALIZE_SPOTS_H
#define UFX_NORMALIZE_SPOTS_H

#include "normalize/search.h"

/* Bytes between two blanks beyond which nothing is a word. */
#define UFX_SPOT_BYTES 200

/* A stretch of the window that is one unit (normalize/decodings.h). */
struct ufx_spot {
    size_t start;
    size_t end;
    uint64_t families; /* for who reads it: 0 */
    bool quoted;       /* it stands alone between quotation marks */
    bool syntax;       /* what is there is rather for programs */
    bool path;         /* it may be a part of one */
};

/* Those of the last window. */
struct ufx_spots {
    struct ufx_memory memory;
    const struct ufx_vocabulary *v;
    bool stops[256]; /* bytes where a sequence may be found */
    struct ufx_spot *list;
    size_t count;
    size_t capacity;
};

/* The vocabulary must outlive it. */
void ufx_spots_init(struct ufx_spots *spots, const struct ufx_memory *memory,
                    const struct ufx_vocabulary *v);
void ufx_spots_free(struct ufx_spots *spots);

/* Finds those of a window in place of the last one's; false: out of memory. */
bool ufx_spots_find(struct ufx_spots *spots, const char *text, size_t length);

/* True for a blank of ASCII, by which spots are kept apart. */
static inline bool
ufx_spot_is_gap(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
