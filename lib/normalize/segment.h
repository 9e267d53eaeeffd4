/* SPDX-License-Identifier: MPL-2.0 */
/* What can be said of the segments of a paragraph before anything is read as
 * something else. */
#ifndef UFX_NORMALIZE_SEGMENT_H
#define UFX_NORMALIZE_SEGMENT_H

#include "normalize/lattice.h"

/* True for a hyphen as the worst engines read it. */
bool ufx_is_dash(const struct ufx_lattice *lattice, uint32_t at);

/* True if a hyphen breaks a word into the segments `at` and two after. */
bool ufx_is_broken(const struct ufx_lattice *lattice, uint32_t at);

/* A word of one letter; capitals may be initials' or lists'. */
bool ufx_is_word_of_one(const struct ufx_lattice *lattice, uint32_t cp);

/* A piece of a word whose letters are spaced out. */
bool ufx_is_fragment(const struct ufx_lattice *lattice, uint32_t at);

/* True for one of two such marks that are each other's partner. */
bool ufx_is_paired(const struct ufx_lattice *lattice, uint32_t at,
                   enum ufx_piece_class open, enum ufx_piece_class close);

/* [a]rtículos, [sic]: each has its partner, so neither is a letter. */
static inline bool
ufx_is_paired_bracket(const struct ufx_lattice *lattice, uint32_t at)
{
    return ufx_is_paired(lattice, at, UFX_PIECE_BRACKET_OPEN,
                         UFX_PIECE_BRACKET_CLOSE);
}

/* The word that two segments that follow each other are, to the letter, or
 * UFX_WORD_NONE. */
uint32_t ufx_known_together(const struct ufx_lexicon *lexicon,
                            const uint32_t *chars,
                            const struct ufx_segment *first);

#endif
