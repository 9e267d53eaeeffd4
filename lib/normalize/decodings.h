/* SPDX-License-Identifier: MPL-2.0 */
/* All ways to read one mangled word; encodings.c chooses among them. */
#ifndef UFX_NORMALIZE_DECODINGS_H
#define UFX_NORMALIZE_DECODINGS_H

#include "normalize/search.h"

/* Characters of a unit as it stands: a word and the sequences in it. */
#define UFX_UNIT_CHARS 160

/* Rows that may begin at one character, and in a unit; its readings. */
#define UFX_UNIT_MATCHES 40
#define UFX_UNIT_ROWS 640
#define UFX_DECODINGS 8

/* A stretch of letters and of sequences that may stand for some. */
struct ufx_unit {
    uint32_t chars[UFX_UNIT_CHARS]; /* composed */
    size_t count;
    /* What may be meant from character i on: matches[first[i]] up to
     * matches[first[i + 1]]. */
    struct ufx_way_match matches[UFX_UNIT_ROWS];
    uint16_t first[UFX_UNIT_CHARS + 1];
};

struct ufx_decoding {
    uint32_t chars[UFX_UNIT_CHARS];
    uint16_t count;
    uint16_t plain;    /* letters that were not decoded */
    uint64_t families; /* that it takes, one bit each */
    uint32_t row;      /* the first */
    uint32_t family;   /* its family */
    int32_t cost;      /* unigram costs of its words */
    bool letters;      /* a letter was decoded, not marks alone */
    bool even;         /* capitals and marks stand where they may */
    bool known;        /* all its words are, and a word has plain letters */
    bool near;         /* not known, but see ufx_unit_is_near */
};

struct ufx_decodings {
    struct ufx_decoding list[UFX_DECODINGS];
    size_t count;
};

/* What the document shows of each family: how many words more it explains. */
typedef uint32_t ufx_support[UFX_WAY_FAMILIES];

/* Finds the sequences of a unit of which the characters are there; those of the
 * families in `off`, one bit each, are syntax. */
void ufx_unit_prepare(const struct ufx_vocabulary *v, struct ufx_unit *unit,
                      uint64_t off);

/* Characters that texts in our script have for themselves as well. */
#define UFX_SIGNS 0x600

/* True if the row reads one of them, not a letter or digit of ASCII. */
bool ufx_unit_is_sign(const struct ufx_vocabulary *v, uint32_t row);

/* True if every word of it is known as it stands, its sequences taken for
 * marks. */
bool ufx_unit_is_known(const struct ufx_vocabulary *v,
                       const struct ufx_unit *unit);

/* The readings of which all words are known, the most frequent ones. */
void ufx_unit_decode(const struct ufx_vocabulary *v,
                     const struct ufx_unit *unit, struct ufx_decodings *found);

/* The reading by the sequences alone, whatever words come of it; false if there
 * is none. */
bool ufx_unit_spell(const struct ufx_vocabulary *v, const struct ufx_unit *unit,
                    const ufx_support support, struct ufx_decoding *decoding);

/* True if another accented vowel for one of its own makes words of a reading
 * that is none: it was misread before it was mangled. */
bool ufx_unit_is_near(const struct ufx_vocabulary *v,
                      const struct ufx_decoding *decoding);

/* Marks where sequences lie: covered[i] for each of `count` characters; true if
 * there is any. */
bool ufx_unit_cover(const struct ufx_vocabulary *v, const uint32_t *chars,
                    size_t count, bool *covered);

#endif
