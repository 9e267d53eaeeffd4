/* SPDX-License-Identifier: MPL-2.0 */
/* What those share who fill a lattice with edges: words and spans (lattice.c),
 * marks, joins, typed forms (forms.h). */
#ifndef UFX_NORMALIZE_FILLING_H
#define UFX_NORMALIZE_FILLING_H

#include "normalize/lattice.h"

struct ufx_filling {
    struct ufx_lattice *l;
    const struct ufx_vocabulary *v;
    const struct ufx_forms *rows;
    const struct ufx_habits *habits;
    struct ufx_candidates *candidates;
    unfix_status status;
};

static inline const uint32_t *
ufx_chars_of(const struct ufx_filling *f, uint32_t at)
{
    return f->l->paragraph->chars + f->l->segments[at].first;
}

/* Characters of the segments [from, to), which are of one token. */
static inline uint32_t
ufx_length_of(const struct ufx_filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    return s[to - 1].first + s[to - 1].count - s[from].first;
}

static inline bool
ufx_is_word(const struct ufx_segment *s)
{
    return s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED ||
           s->kind == UFX_PIECE_ROMAN;
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

/* ---- segment.c ---- */

/* True if a hyphen breaks a word into the segments `at` and two after. */
bool ufx_is_broken(const struct ufx_lattice *lattice, uint32_t at);

/* Words of a letter that Spanish has; capitals may be initials' or lists'. */
bool ufx_is_word_of_one(uint32_t cp);

/* A piece of a word whose letters are spaced out. */
bool ufx_is_fragment(const struct ufx_lattice *lattice, uint32_t at);

/* ---- lattice.c ---- */

/* Appends an edge, its pieces to be filled in.  NULL: memory ran out, and the
 * status says so. */
struct ufx_edge *ufx_fill_edge(struct ufx_filling *f, uint32_t from,
                               uint32_t to, enum ufx_edge_kind kind,
                               int32_t channel);

/* One edge for each reading but the one that changes nothing; each costs
 * `extra` besides. */
void ufx_fill_readings(struct ufx_filling *f, uint32_t from, uint32_t to,
                       enum ufx_edge_kind kind,
                       const struct ufx_readings *readings, int32_t extra);

/* The readings of a word by itself.  Whoever asks first pays for the search. */
void ufx_read_word(struct ufx_filling *f, struct ufx_segment *s,
                   struct ufx_readings *readings);

/* Times the document has shown these characters; what follows from it hangs on
 * the document. */
uint32_t ufx_times_seen(const struct ufx_filling *f, const uint32_t *chars,
                        size_t count);

/* How often the word has a capital within sentences, in 1/255. */
unsigned ufx_capital_share(const struct ufx_word *word);

/* ---- marks.c: the edges from segment `at` on ---- */

/* Another mark for this one, or none. */
void ufx_fill_marks(struct ufx_filling *f, uint32_t at);

/* A blank that print has after the segment, or one before it that print has
 * not. */
void ufx_fill_blanks(struct ufx_filling *f, uint32_t at);

/* [a]rtículos, [sic]: each has its partner, so neither is a letter. */
bool ufx_is_paired_bracket(const struct ufx_filling *f, uint32_t at);

/* ---- joins.c: the same ---- */

/* The word that a hyphen after the segment breaks. */
void ufx_fill_broken_word(struct ufx_filling *f, uint32_t at);

/* A word that blanks or the end of a line took apart. */
void ufx_fill_joins(struct ufx_filling *f, uint32_t at);

/* ---- deep.c ---- */

/* The word that two segments that follow each other are, to the letter, or
 * UFX_WORD_NONE. */
uint32_t ufx_known_together(const struct ufx_lexicon *lexicon,
                            const uint32_t *chars,
                            const struct ufx_segment *first);

/* On a page where little is right: the token that begins with the segment, and
 * those after it, however much of it is misread. */
void ufx_fill_deep(struct ufx_filling *f, uint32_t at);

/* ---- forms.c ---- */

/* Typed forms, for all segments, before there is any other edge. */
void ufx_fill_forms(struct ufx_filling *f);

#endif
