/* SPDX-License-Identifier: MPL-2.0 */
/* The possible readings of a paragraph.
 *
 * Tokens are cut into segments: words, numbers, single marks.  Node i stands
 * before segment i; an edge from i to j reads the segments in between as
 * something, at a channel cost.  Each segment has an edge that keeps it. */
#ifndef UFX_NORMALIZE_LATTICE_H
#define UFX_NORMALIZE_LATTICE_H

#include "normalize/candidates.h"
#include "text/text.h"

#define UFX_SOFT_HYPHEN 0xAD

/* Pieces that one edge may add to a path. */
#define UFX_EDGE_PIECES 6

struct ufx_segment {
    uint32_t token;
    uint32_t first; /* in the paragraph's chars */
    uint32_t count;
    uint32_t start; /* bytes */
    uint32_t end;
    uint32_t word; /* its number in the lexicon, or UFX_WORD_NONE */
    uint8_t kind;  /* enum ufx_piece_class */
    uint8_t gap;   /* enum ufx_gap */
    uint8_t flags; /* enum ufx_segment_flag */
    uint8_t words; /* flags of the word: enum ufx_word_flag */
    int32_t doubt; /* added to what keeping it costs: forms.c */
    /* Of a word or a mixed one, NULL for anything else. */
    struct ufx_spelling *spelling;
};

enum ufx_segment_flag {
    UFX_SEGMENT_KNOWN = 1,     /* a known word, number, usual mark */
    UFX_SEGMENT_LISTED = 2,    /* a word of the user's */
    UFX_SEGMENT_PROTECTED = 4, /* address, markup, opaque bytes */
    UFX_SEGMENT_FIXED = 8,     /* right as it is, odd as it looks */
    UFX_SEGMENT_FORM = 16,     /* in a proven form: it or nothing */
    UFX_SEGMENT_SPACED = 32,   /* among letters spaced out: d e s d e */
    UFX_SEGMENT_SEARCHED = 64  /* its readings were looked for */
};

static inline bool
ufx_is_word(const struct ufx_segment *s)
{
    return s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED ||
           s->kind == UFX_PIECE_ROMAN;
}

/* The same but numerals: what is looked up, and has a spelling. */
static inline bool
ufx_is_spelled(const struct ufx_segment *s)
{
    return s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED;
}

static inline bool
ufx_is_mark(const struct ufx_segment *s)
{
    return s->kind >= UFX_PIECE_OTHER && s->kind != UFX_PIECE_WORD;
}

/* What no edge may change, but that of a proven form. */
static inline bool
ufx_is_fixed(const struct ufx_segment *s)
{
    return (s->flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FIXED |
                        UFX_SEGMENT_FORM)) != 0;
}

struct ufx_edge {
    uint32_t from;
    uint32_t to;
    uint32_t next; /* edge from the same node, UINT32_MAX at the end */
    int32_t channel;
    const struct ufx_reading *reading; /* NULL: the edge keeps its segment, or
                                          is one of marks (below) */
    uint32_t mark;                     /* what replaces a mark; 0: nothing (or,
                                          before a blank, the mark itself) */
    uint8_t kind;                      /* enum ufx_edge_kind */
    bool proven;                       /* print has nothing else there */
    uint8_t piece_count;
    uint32_t pieces[UFX_EDGE_PIECES];
};

enum ufx_edge_kind {
    UFX_EDGE_KEEP,
    UFX_EDGE_READING,
    UFX_EDGE_BROKEN, /* the reading of a word that a hyphen breaks */
    UFX_EDGE_MARK,   /* another mark, or none */
    UFX_EDGE_BLANK,  /* a mark and a blank after it */
    UFX_EDGE_CLOSE   /* the mark without the blank before it */
};

struct ufx_profile;

/* What the document has shown so far; lib/normalize/profile.h fills it in. */
struct ufx_habits {
    const int32_t *rule_shift; /* to add to a rule's cost; NULL: none */
    const struct ufx_profile *document; /* NULL: nothing is known of it */
    bool stray_apostrophes;             /* most of them are specks */
    bool bare_capitals;     /* words in capitals go without accents */
    bool accented_capitals; /* they show them */
    bool old;               /* words are spelled as in older print */
    bool wide;   /* something is misread: not only near is searched */
    bool deep;   /* little is right: more than one fault in a word */
    bool broken; /* blanks stand within words, more than by accident */
};

/* Who knows what else the engine offers. */
struct ufx_offers {
    /* The other readings of what holds the bytes from *start to *end of the
     * paragraph, *count of them, and both moved to where it begins and ends;
     * NULL if there are none. */
    const unfix_alternative *(*find)(void *user, size_t *start, size_t *end,
                                     size_t *count);
    void *user;
};

struct ufx_lattice {
    const struct ufx_paragraph *paragraph;
    struct ufx_segment *segments;
    uint32_t segment_count;
    struct ufx_edge *edges;
    size_t edge_count;
    size_t edge_capacity;
    uint32_t *first_edge; /* by node */
    uint32_t searched;    /* segments before it have all their readings */
    bool by_document;     /* an edge hangs on what the document has shown */
    bool deep;            /* the page is one where little is right */
    uint32_t asks;        /* the first segment that opens a question, and */
    uint32_t exclaims;    /* an exclamation; segment_count: there is none */
    const struct ufx_offers *offers; /* NULL: nothing is offered */
    struct {
        uint32_t open;  /* the first that opens; segment_count: none does */
        uint32_t close; /* after the last that closes; 0: none does */
    } pairs[2];         /* of quotation marks, of apostrophes; see marks.c */
    struct ufx_arena *arena;
    const struct ufx_language *language;
};

static inline const uint32_t *
ufx_lattice_chars(const struct ufx_lattice *lattice, uint32_t segment)
{
    return lattice->paragraph->chars + lattice->segments[segment].first;
}

/* Cuts the paragraph into segments and finds out which are known.  Everything
 * lives in the arena but what the candidates remember. */
unfix_status ufx_lattice_segment(struct ufx_lattice *lattice,
                                 const struct ufx_paragraph *paragraph,
                                 const struct ufx_vocabulary *vocabulary,
                                 struct ufx_candidates *candidates,
                                 struct ufx_arena *arena);

/* Copies a lattice without edges, and its paragraph, to an arena where they
 * stay; *paragraph and *lattice change to the copies. */
unfix_status ufx_lattice_keep(struct ufx_lattice *lattice,
                              struct ufx_paragraph *paragraph,
                              struct ufx_arena *arena);

/* Adds the edges: asks all producers (readings.c). */
unfix_status ufx_lattice_fill(struct ufx_lattice *lattice,
                              const struct ufx_vocabulary *vocabulary,
                              const struct ufx_habits *habits,
                              struct ufx_candidates *candidates);

/* A reading's channel cost in this document. */
int32_t ufx_habits_channel(const struct ufx_habits *habits,
                           const struct ufx_reading *reading);

/* The letters of the word of which a hyphen parts the segments `at` and two
 * after; there are no more than UFX_TOKEN_CHARS / 2. */
size_t ufx_lattice_whole(const struct ufx_lattice *lattice, uint32_t at,
                         uint32_t *chars);

#endif
