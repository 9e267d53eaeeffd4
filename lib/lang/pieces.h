/* SPDX-License-Identifier: MPL-2.0 */
/* What the language model takes for a word.
 *
 * A token is cut into pieces by its characters alone, so that counting text
 * and reading a path through the lattice agree: runs of letters are words,
 * numbers and references are classes, each mark is a piece of its own. */
#ifndef UFX_LANG_PIECES_H
#define UFX_LANG_PIECES_H

#include "lang/lexicon.h"

#include <stddef.h>
#include <stdint.h>

/* Token classes.  In a model they are numbered after the words. */
enum ufx_piece_class {
    UFX_PIECE_BEGIN,     /* of a paragraph */
    UFX_PIECE_UNKNOWN,   /* a word that the model does not hold */
    UFX_PIECE_NAME,      /* the same with a capital */
    UFX_PIECE_ACRONYM,   /* the same all in capitals */
    UFX_PIECE_MIXED,     /* letters and digits: B2, 3A */
    UFX_PIECE_NUMBER,    /* 1.234,5 */
    UFX_PIECE_DAY,       /* 1 to 31 */
    UFX_PIECE_YEAR,      /* 1800 to 2099 */
    UFX_PIECE_RATIO,     /* 52/134 */
    UFX_PIECE_ORDINAL_M, /* 53º */
    UFX_PIECE_ORDINAL_F, /* 44ª */
    UFX_PIECE_ROMAN,     /* II, XIV */
    UFX_PIECE_SYMBOL,    /* A/RES/52/134 */
    UFX_PIECE_ADDRESS,
    UFX_PIECE_OTHER, /* any mark not below */
    UFX_PIECE_COMMA,
    UFX_PIECE_STOP,
    UFX_PIECE_SEMICOLON,
    UFX_PIECE_COLON,
    UFX_PIECE_OPEN,
    UFX_PIECE_CLOSE,
    UFX_PIECE_BRACKET_OPEN,
    UFX_PIECE_BRACKET_CLOSE,
    UFX_PIECE_QUOTE,
    UFX_PIECE_APOSTROPHE,
    UFX_PIECE_DASH,
    UFX_PIECE_SLASH,
    UFX_PIECE_QUESTION,
    UFX_PIECE_QUESTION_OPEN,
    UFX_PIECE_EXCLAMATION,
    UFX_PIECE_EXCLAMATION_OPEN,
    UFX_PIECE_PERCENT,
    UFX_PIECE_STAR,
    UFX_PIECE_WORD, /* a word: look it up */
    UFX_PIECE_CLASSES = UFX_PIECE_WORD
};

/* Sets of classes: marks within sentences and at their ends, marks that quote,
 * marks that end a sentence. */
#define UFX_PIECE_BIT(NAME) (UINT64_C(1) << UFX_PIECE_##NAME)
#define UFX_PIECES_POINTS                                                      \
    (UFX_PIECE_BIT(COMMA) | UFX_PIECE_BIT(STOP) | UFX_PIECE_BIT(SEMICOLON) |   \
     UFX_PIECE_BIT(COLON))
#define UFX_PIECES_QUOTES (UFX_PIECE_BIT(QUOTE) | UFX_PIECE_BIT(APOSTROPHE))
#define UFX_PIECES_ENDS                                                        \
    (UFX_PIECE_BIT(STOP) | UFX_PIECE_BIT(QUESTION) | UFX_PIECE_BIT(EXCLAMATION))

static inline bool
ufx_piece_is(uint32_t class, uint64_t set)
{
    return (set >> class & 1) != 0;
}

struct ufx_piece {
    uint32_t first; /* in the characters */
    uint32_t count;
    uint32_t kind; /* enum ufx_piece_class */
};

/* The class's name in the n-gram files: "<num>", ",", ...  For words NULL. */
const char *ufx_piece_name(enum ufx_piece_class kind);

/* The first piece of `chars`, which must not be empty. */
struct ufx_piece ufx_piece_next(const uint32_t *chars, size_t count);

/* A mark's class; UFX_PIECE_OTHER if it has none of its own. */
enum ufx_piece_class ufx_piece_mark(uint32_t cp);

/* What an unknown word counts as, by its case. */
enum ufx_piece_class ufx_piece_unknown(const uint32_t *chars, size_t count);

/* Copies a word in lower case as a lexicon has it; false if it has letters that
 * none has.
 * `letters` has room for `count`. */
bool ufx_piece_letters(const uint32_t *chars, size_t count, uint8_t *letters);

/* The number of a word in whatever case, or UFX_WORD_NONE. */
uint32_t ufx_piece_word(const struct ufx_lexicon *lexicon,
                        const uint32_t *chars, size_t count);

/* True for a Roman numeral in capitals, 1 to 399, in its shortest form. */
bool ufx_piece_is_roman(const uint32_t *chars, size_t count);

#endif
