/* SPDX-License-Identifier: MPL-2.0 */
/* Letters that were mangled on the way between programs: UTF-8 read as CP1252,
 * accents beside their letters, entities, signs that stand for any letter.
 *
 * This comes before everything else: what it yields is the text that the other
 * stages read.  The ways are data (lib/lang/ways.h); here words are found in
 * which a sequence of such a way stands, read in all ways that make words of
 * them, and the ways of the document chosen.  How sure that is was counted. */
#ifndef UFX_NORMALIZE_ENCODINGS_H
#define UFX_NORMALIZE_ENCODINGS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "normalize/decodings.h"
#include "normalize/search.h"

/* Another way to read a place. */
struct ufx_mangled_rival {
    const char *text;
    size_t length;
    int32_t cost; /* beyond the best, 1/1000 nat */
};

#define UFX_MANGLED_RIVALS 3

/* A word that was mangled and what it was meant to be. */
struct ufx_mangled {
    size_t start; /* bytes in the window */
    size_t end;
    const char *text; /* NUL-terminated; in the arena */
    size_t length;
    uint32_t row;        /* of its first sequence: what it is explained by */
    uint32_t confidence; /* 0-1000 */
    uint32_t family;
    uint32_t situation; /* below UFX_WAY_SITUATIONS */
    int32_t cost;       /* of its words in their context, 1/1000 nat */
    bool known;
    bool quoted; /* it stands alone between quotation marks: let it be */
    bool syntax; /* programs spell it so: let it be */
    bool torn;   /* a sign for a letter, and two letters fit about alike */
    struct ufx_mangled_rival rivals[UFX_MANGLED_RIVALS];
    uint32_t rival_count;
};

struct ufx_mangled_list {
    struct ufx_mangled *list;
    size_t count;
    size_t capacity;
};

struct ufx_encodings; /* one thread's */

/* NULL: out of memory.  The vocabulary must outlive it. */
struct ufx_encodings *ufx_encodings_new(const struct ufx_memory *memory,
                                        const struct ufx_vocabulary *v);
void ufx_encodings_free(struct ufx_encodings *e);

/* What a section has shown so far. */
struct ufx_encodings_seen {
    ufx_support explained; /* words that became known */
    ufx_support in_vain;   /* and those that did not */
    uint64_t syntax;       /* families that are none in it */
    /* The first character that each family explains a word by, and those that
     * do by another one, too, one bit each; marks of print where they stand
     * within it. */
    uint32_t first_read[UFX_WAY_FAMILIES];
    uint64_t various;
    /* Words in which such a sign makes a known word if it is a letter, and
     * those in which it does not. */
    uint32_t signs_read[UFX_SIGNS];
    uint32_t signs_kept[UFX_SIGNS];
};

/* It may be kept, and put back. */
struct ufx_encodings_seen *ufx_encodings_seen(struct ufx_encodings *e);

/* Begins a new section: what was seen before says nothing of it. */
void ufx_encodings_start(struct ufx_encodings *e);

/* Finds what is mangled in a window, in its order.  The list is emptied first;
 * strings go to the arena.  MEMORY is the only failure. */
unfix_status ufx_encodings_find(struct ufx_encodings *e, const char *text,
                                size_t length, struct ufx_arena *strings,
                                struct ufx_mangled_list *found);

/* Appends why: "UTF-8 read as CP1252: Ã³ is ó". */
void ufx_encodings_reason(const struct ufx_encodings *e,
                          const struct ufx_mangled *mangled,
                          struct ufx_buffer *out);

#endif
