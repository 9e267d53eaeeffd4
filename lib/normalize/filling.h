/* SPDX-License-Identifier: MPL-2.0 */
/* What those share who fill a lattice with edges; and the edges of words by
 * themselves.  producers.h names the others. */
#ifndef UFX_NORMALIZE_FILLING_H
#define UFX_NORMALIZE_FILLING_H

#include "normalize/segment.h"

struct ufx_filling {
    struct ufx_lattice *l;
    const struct ufx_vocabulary *v;
    const struct ufx_forms *rows;
    const struct ufx_habits *habits;
    struct ufx_candidates *candidates;
    unfix_status status;
    /* What the cheapest way to each node and from it costs, as they were
     * weighed last; NULL before that. */
    int64_t *way_to;
    int64_t *way_from;
};

static inline const uint32_t *
ufx_chars_of(const struct ufx_filling *f, uint32_t at)
{
    return ufx_lattice_chars(f->l, at);
}

/* Characters of the segments [from, to); those of all tokens follow each other.
 */
static inline uint32_t
ufx_length_of(const struct ufx_filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    return s[to - 1].first + s[to - 1].count - s[from].first;
}

/* The word of one letter that is no initial, and no item of a list: y. */
static inline bool
ufx_is_link(const struct ufx_filling *f, uint32_t cp)
{
    return ufx_forms_have(f->rows, UFX_FORM_LINK, cp, '+') != NULL;
}

/* Appends an edge, its pieces to be filled in.  NULL: memory ran out, and the
 * status says so. */
struct ufx_edge *ufx_fill_edge(struct ufx_filling *f, uint32_t from,
                               uint32_t to, enum ufx_edge_kind kind,
                               int32_t channel);

/* The same for one segment and with its only piece. */
struct ufx_edge *ufx_fill_piece(struct ufx_filling *f, uint32_t at,
                                enum ufx_edge_kind kind, int32_t channel,
                                uint32_t piece);

/* One edge for each reading but the one that changes nothing; each costs
 * `extra` besides. */
void ufx_fill_readings(struct ufx_filling *f, uint32_t from, uint32_t to,
                       enum ufx_edge_kind kind,
                       const struct ufx_readings *readings, int32_t extra);

/* The same for one reading, of which a copy is kept, and of its characters. */
void ufx_fill_reading(struct ufx_filling *f, uint32_t from, uint32_t to,
                      enum ufx_edge_kind kind,
                      const struct ufx_reading *reading, int32_t extra);

/* The edge that reads [from, to) so; NULL: there is none. */
struct ufx_edge *ufx_find_edge(const struct ufx_filling *f, uint32_t from,
                               uint32_t to, const struct ufx_reading *reading);

/* The piece that stands for a segment as it is, and what it costs that it is
 * spelt so. */
uint32_t ufx_own_piece(const struct ufx_filling *f, uint32_t at, int32_t *cost);

/* The readings of a word by itself, and of characters; none where memory ran
 * out, which the status says.  Whoever asks first pays for the search. */
struct ufx_readings ufx_read_word(struct ufx_filling *f, struct ufx_segment *s);
struct ufx_readings ufx_read_chars(struct ufx_filling *f, const uint32_t *chars,
                                   size_t count, enum ufx_effort effort);

/* Times the document has shown these characters; what follows from it hangs on
 * the document. */
uint32_t ufx_times_seen(const struct ufx_filling *f, const uint32_t *chars,
                        size_t count);

/* How often the word has a capital within sentences, in 1/254. */
unsigned ufx_capital_share(const struct ufx_word *word);

/* ---- Ways through the lattice (paths.c) ---- */

/* Weighs them as the edges are now. */
void ufx_weigh_ways(struct ufx_filling *f);

/* True if no path with the reading, which costs `extra` besides, comes near the
 * best one there was when ways were weighed: its neighbours will not make up
 * for it, and it is nobody's rival.  False before they were weighed. */
bool ufx_is_too_dear(const struct ufx_filling *f, uint32_t from, uint32_t to,
                     const struct ufx_reading *reading, int32_t extra);

/* ---- Words: the edges from segment `at` on ---- */

/* The segment as it is. */
void ufx_fill_keep(struct ufx_filling *f, uint32_t at);

/* A word, or what is mixed, misread by itself. */
void ufx_fill_word(struct ufx_filling *f, uint32_t at);

/* A figure or odd mark of its own that may be a word of one letter. */
void ufx_fill_lone_letter(struct ufx_filling *f, uint32_t at);

/* Several segments of a token, marks among them, as one word or several. */
void ufx_fill_spans(struct ufx_filling *f, uint32_t from);

#endif
