/* SPDX-License-Identifier: MPL-2.0 */
/* What a text is, in counts: its language, persons and age, prose or syntax,
 * and the signs of damage.
 *
 * Each word and each sign that tells something has traits.  They are counted
 * for the document, and kept in their order for the window at hand, so that a
 * place can be judged by what stands around it. */
#ifndef UFX_NORMALIZE_NATURE_H
#define UFX_NORMALIZE_NATURE_H

#include "base/memory.h"
#include "lang/kinds.h"

struct ufx_lattice;

enum ufx_trait {
    UFX_TRAIT_WORD,
    UFX_TRAIT_UNKNOWN,
    UFX_TRAIT_FOREIGN,   /* of any other language's frequent words */
    UFX_TRAIT_DIGITED,   /* a digit among small letters: inundaci6n */
    UFX_TRAIT_CASED,     /* a capital after a small letter */
    UFX_TRAIT_ODD,       /* a sign within a word that no print has there */
    UFX_TRAIT_SIGN,      /* of code and markup: { } = < > | \ _ @ # */
    UFX_TRAIT_GLUED,     /* a usual mark between letters: a.b f(x */
    UFX_TRAIT_FIGURE,    /* a number, a numeral, the symbol of a document */
    UFX_TRAIT_PROTECTED, /* address, markup, bytes that are no text */
    UFX_TRAIT_REPAIRED,  /* unknown, with one certain reading */
    UFX_TRAIT_DAMAGED,   /* small letters, rare here, a usual word */
    UFX_TRAIT_OLD,       /* that only older print spells so */
    UFX_TRAITS
};

/* Why words stay as they are that another text might have to mend. */
enum ufx_apart {
    UFX_APART_NONE,
    UFX_APART_FOREIGN,
    UFX_APART_OLD,
    UFX_APART_SYNTAX
};

/* Counts of a text, or of a part of it. */
struct ufx_nature {
    uint32_t traits[UFX_TRAITS];
    uint32_t kinds[UFX_KINDS];
};

/* One word or sign of the window. */
struct ufx_trace {
    uint32_t offset; /* in the window */
    uint32_t kinds;
    uint32_t traits; /* a bit for each enum ufx_trait */
};

/* All of the window, by offset. */
struct ufx_surroundings {
    struct ufx_memory memory;
    struct ufx_trace *list;
    size_t count;
    size_t capacity;
};

/* The traits of a segment as it stands, without REPAIRED. */
uint32_t ufx_nature_traits(const struct ufx_lattice *lattice, uint32_t at);

/* The kinds of a segment: of a word what the table has. */
uint32_t ufx_nature_kinds(const struct ufx_lattice *lattice, uint32_t at);

void ufx_nature_add(struct ufx_nature *nature, uint32_t traits, uint32_t kinds);

/* Words of the language that has most of them, and which it is; 0 of none. */
uint32_t ufx_nature_foreign(const struct ufx_nature *nature, uint32_t *kind);

/* Adds the counts of `more`. */
void ufx_nature_join(struct ufx_nature *nature, const struct ufx_nature *more);

/* The kind of the language that a text is of: UFX_KIND_OWN, another one, or
 * UFX_KINDS where it has not enough of any. */
uint32_t ufx_nature_language(const struct ufx_nature *nature);

/* In no language that is known: most words are none of ours. */
bool ufx_nature_is_strange(const struct ufx_nature *nature);

/* True for older print. */
bool ufx_nature_is_old(const struct ufx_nature *nature);

/* True for code, markup, logs; for tables and lists full of figures. */
bool ufx_nature_is_syntax(const struct ufx_nature *nature);
bool ufx_nature_is_figures(const struct ufx_nature *nature);

/* What sets a place apart whose surroundings have these counts. */
enum ufx_apart ufx_nature_apart(const struct ufx_nature *near);

/* Appends a trace; false: no memory. */
bool ufx_surroundings_add(struct ufx_surroundings *surroundings, size_t offset,
                          uint32_t traits, uint32_t kinds);

/* Counts the words around the bytes [start, end) of the window, those within
 * left out: up to UFX_SURROUNDINGS_WORDS on either side. */
void ufx_surroundings_count(const struct ufx_surroundings *surroundings,
                            size_t start, size_t end,
                            struct ufx_nature *nature);

void ufx_surroundings_free(struct ufx_surroundings *surroundings);

#endif
