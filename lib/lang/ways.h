/* SPDX-License-Identifier: MPL-2.0 */
/* The ways in which letters are mangled between programs: what stands in the
 * text, what was meant by it, and how it came to that.  `unfix-model build`
 * makes the rows from dictionaries/common/ways.tsv and the language's letters.
 */
#ifndef UFX_LANG_WAYS_H
#define UFX_LANG_WAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ufx_way_kind {
    UFX_WAY_BYTES,     /* written in one encoding, read in another */
    UFX_WAY_SPELLING,  /* &oacute; \'{o} %C3%B3 */
    UFX_WAY_ACCENT,    /* the accent beside its letter */
    UFX_WAY_APART,     /* somewhere behind it */
    UFX_WAY_SHAPE,     /* one sign for a letter, or for several */
    UFX_WAY_WILD,      /* a sign for any letter with an accent */
    UFX_WAY_INVISIBLE, /* nothing was meant */
    UFX_WAY_SYNTAX,    /* where this stands, its family is no damage */
    UFX_WAY_KINDS
};

#define UFX_WAY_NAME 61
#define UFX_WAY_FAMILIES 64
#define UFX_WAY_READ 16
#define UFX_WAY_MEANT 4

/* In `read`: one digit and more. */
#define UFX_WAY_DIGITS 0xFFFF

/* Ways of one family prove each other. */
struct ufx_way {
    char name[UFX_WAY_NAME]; /* NUL-terminated */
    uint8_t kind;            /* enum ufx_way_kind */
    uint8_t family;
    uint8_t unused;
};

/* Sorted by `read`, then by way. */
struct ufx_sequence {
    uint16_t read[UFX_WAY_READ];
    uint16_t meant[UFX_WAY_MEANT];
    uint8_t read_length;
    uint8_t meant_length;
    uint16_t way;
};

/* What was counted of one family in one situation (see UFX_WAY_SITUATIONS). */
struct ufx_way_count {
    uint32_t right;
    uint32_t wrong;
};

/* Whether the result is known; how much else of the document the family
 * explains; how far the next reading is; how short the word is. */
#define UFX_WAY_SUPPORTS 4
#define UFX_WAY_MARGINS 4
#define UFX_WAY_LENGTHS 3
#define UFX_WAY_SITUATIONS                                                     \
    (2 * UFX_WAY_SUPPORTS * UFX_WAY_MARGINS * UFX_WAY_LENGTHS)

/* One bit for each code point below 0x10000: whether a sequence may be found by
 * it, and whether such a sequence may hold a blank. */
#define UFX_WAY_BITMAP (0x10000 / 8)

/* Most of a text is below this. */
#define UFX_WAY_STARTS 0x80

struct ufx_ways {
    const struct ufx_way *ways;
    const struct ufx_sequence *rows;
    const uint8_t *triggers; /* two bitmaps */
    const struct ufx_way_count *counts;
    uint32_t way_count;
    uint32_t row_count;
    uint32_t family_count;
    /* Where the rows begin whose first character is not below each. */
    uint32_t starts[UFX_WAY_STARTS + 1];
};

/* A row that fits, and how many characters of the text it takes. */
struct ufx_way_match {
    uint32_t row;
    uint32_t length;
};

/* Proves that no row leads out of the tables, and prepares them; without rows
 * all is right. */
bool ufx_ways_check(struct ufx_ways *ways, size_t trigger_bytes,
                    size_t count_count);

static inline bool
ufx_ways_is_trigger(const struct ufx_ways *ways, uint32_t cp)
{
    return cp < 0x10000 && (ways->triggers[cp / 8] >> cp % 8 & 1) != 0;
}

/* It may belong to a letter beyond a blank. */
static inline bool
ufx_ways_reaches(const struct ufx_ways *ways, uint32_t cp)
{
    return cp < 0x10000 &&
           (ways->triggers[UFX_WAY_BITMAP + cp / 8] >> cp % 8 & 1) != 0;
}

/* The rows that fit the beginning of `chars`, shorter ones first; at most
 * `most`.  The tables have been checked. */
size_t ufx_ways_match(const struct ufx_ways *ways, const uint32_t *chars,
                      size_t count, struct ufx_way_match *matches, size_t most);

#endif
