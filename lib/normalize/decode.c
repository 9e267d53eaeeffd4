/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/decode.h"

#include "normalize/segment.h"
#include "normalize/tuned.h"

#include <string.h>

#define NONE UINT32_MAX
#define COST_MOST INT32_MAX

/* Pieces on either side of a change that its cost is reckoned with. */
#define CONTEXT 2

struct hypothesis {
    int32_t cost;
    uint32_t edge;   /* that led here */
    uint32_t parent; /* hypothesis number: node * UFX_BEAM + rank */
    struct ufx_history history;
};

/* What a piece costs after two others, as it was looked up: around a change the
 * same are asked for again and again.  A power of 2 of them. */
#define MEMOS 256

struct memo {
    uint32_t first;
    uint32_t second;
    uint32_t piece;
    uint32_t cost;
    uint32_t backoff; /* of the history after it */
    uint64_t hash;    /* the same; 0: nothing was looked up */
};

struct decoder {
    const struct ufx_lattice *l;
    const struct ufx_vocabulary *v;
    struct memo *memos;
    struct hypothesis *beams; /* UFX_BEAM for each node */
    uint8_t *counts;
    uint32_t *path; /* edges of the best path */
    size_t path_length;
    /* The pieces along the path, CONTEXT dummies before; and where each
     * edge's begin. */
    uint32_t *pieces;
    size_t piece_count;
    uint32_t *piece_starts;
};

int32_t
ufx_cost_add(int32_t a, int32_t b)
{
    /* 1000 ln(1 + e^(-i * 128 / 1000)) */
    static const int16_t softplus[] = {
        693, 631, 573, 519, 470, 423, 381, 342, 307, 275, 245, 219, 195,
        173, 154, 137, 121, 108, 95,  84,  74,  66,  58,  51,  45,  40,
        35,  31,  27,  24,  21,  19,  17,  15,  13,  11,  10,  9,   8,
        7,   6,   5,   5,   4,   4,   3,   3,   2,   2,   2,   2,   1,
        1,   1,   1,   1,   1,   1,   1,   1,   0,   0,   0,   0,   0};
    int32_t least = a < b ? a : b;
    /* Through unsigned: the difference of two costs may not fit. */
    uint32_t apart =
        a < b ? (uint32_t)b - (uint32_t)a : (uint32_t)a - (uint32_t)b;

    if (apart >= 64 * 128)
        return least;
    return least - softplus[apart / 128];
}

/* Adds a hypothesis to a node's beam: one for each history, the best ones. */
static void
offer(struct decoder *d, uint32_t node, const struct hypothesis *h)
{
    struct hypothesis *beam = &d->beams[(size_t)node * UFX_BEAM];
    size_t n = d->counts[node], i, worst = 0;

    for (i = 0; i < n; i++) {
        if (beam[i].history.first == h->history.first &&
            beam[i].history.second == h->history.second) {
            if (h->cost < beam[i].cost)
                beam[i] = *h;
            return;
        }
        if (beam[i].cost > beam[worst].cost)
            worst = i;
    }
    if (n < UFX_BEAM) {
        beam[n] = *h;
        d->counts[node]++;
    } else if (h->cost < beam[worst].cost) {
        beam[worst] = *h;
    }
}

static inline int32_t
piece_cost(const struct decoder *d, struct ufx_history *history, uint32_t piece)
{
    uint32_t mixed = (history->second ^ history->first * 5) * 0x9E3779B1u ^
                     piece * 0x85EBCA6Bu;
    struct memo *m = &d->memos[mixed >> 16 & (MEMOS - 1)];

    if (m->hash == 0 || m->piece != piece || m->second != history->second ||
        m->first != history->first) {
        m->first = history->first;
        m->second = history->second;
        m->piece = piece;
        m->cost =
            ufx_ngram_cost(&d->v->language->ngrams, history, piece, history);
        m->backoff = history->backoff;
        m->hash = history->hash;
        return (int32_t)m->cost;
    }
    history->first = m->second;
    history->second = piece;
    history->backoff = m->backoff;
    history->hash = m->hash;
    return (int32_t)m->cost;
}

static int32_t
walk_pieces(const struct decoder *d, const uint32_t *pieces, size_t count,
            struct ufx_history *history)
{
    int32_t cost = 0;
    size_t i;

    for (i = 0; i < count; i++)
        cost += piece_cost(d, history, pieces[i]);
    return cost;
}

static void
drop_hopeless(struct decoder *d, uint32_t node)
{
    struct hypothesis *beam = &d->beams[(size_t)node * UFX_BEAM];
    int32_t least = COST_MOST;
    size_t i, n = 0;

    for (i = 0; i < d->counts[node]; i++)
        if (beam[i].cost < least)
            least = beam[i].cost;
    for (i = 0; i < d->counts[node]; i++)
        if (beam[i].cost - least <= UFX_COST_HOPELESS)
            beam[n++] = beam[i];
    d->counts[node] = (uint8_t)n;
}

static void
expand(struct decoder *d, uint32_t node)
{
    const struct ufx_ngrams *ngrams = &d->v->language->ngrams;
    size_t i, n;
    uint32_t e;

    drop_hopeless(d, node);
    n = d->counts[node];

    for (e = d->l->first_edge[node]; e != NONE; e = d->l->edges[e].next)
        if (d->l->edges[e].piece_count > 0)
            for (i = 0; i < n; i++)
                ufx_ngram_prefetch(
                    ngrams, &d->beams[(size_t)node * UFX_BEAM + i].history,
                    d->l->edges[e].pieces[0]);
    for (e = d->l->first_edge[node]; e != NONE; e = d->l->edges[e].next) {
        const struct ufx_edge *edge = &d->l->edges[e];

        for (i = 0; i < n; i++) {
            uint32_t number = node * UFX_BEAM + (uint32_t)i;
            struct hypothesis h = d->beams[number];

            h.cost +=
                edge->channel +
                walk_pieces(d, edge->pieces, edge->piece_count, &h.history);
            h.edge = e;
            h.parent = number;
            offer(d, edge->to, &h);
        }
    }
}

static int32_t
end_cost(const struct decoder *d, const struct ufx_history *history)
{
    struct ufx_history end = *history;
    uint32_t piece = ufx_language_class(d->v->language, UFX_PIECE_BEGIN);

    return walk_pieces(d, &piece, 1, &end);
}

/* Leaves the best path in d->path. */
static void
trace(struct decoder *d, uint32_t last)
{
    const struct hypothesis *beam = &d->beams[(size_t)last * UFX_BEAM];
    size_t i, best = 0, n = 0;
    int32_t least = COST_MOST;
    uint32_t at;

    /* What a paragraph ends with counts as well. */
    for (i = 0; i < d->counts[last]; i++) {
        int32_t cost = beam[i].cost + end_cost(d, &beam[i].history);

        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    for (at = last * UFX_BEAM + (uint32_t)best; d->beams[at].edge != NONE;
         at = d->beams[at].parent)
        d->path[n++] = d->beams[at].edge;
    d->path_length = n;
    for (i = 0; i < n / 2; i++) {
        uint32_t swap = d->path[i];

        d->path[i] = d->path[n - 1 - i];
        d->path[n - 1 - i] = swap;
    }
}

static void
lay_out_pieces(struct decoder *d)
{
    size_t i, n = 0, k;

    d->pieces[n++] = UFX_WORD_NONE;
    d->pieces[n++] = ufx_language_class(d->v->language, UFX_PIECE_BEGIN);
    for (i = 0; i < d->path_length; i++) {
        const struct ufx_edge *edge = &d->l->edges[d->path[i]];

        d->piece_starts[i] = (uint32_t)n;
        for (k = 0; k < edge->piece_count; k++)
            d->pieces[n++] = edge->pieces[k];
    }
    d->piece_starts[d->path_length] = (uint32_t)n;
    d->pieces[n++] = ufx_language_class(d->v->language, UFX_PIECE_BEGIN);
    d->piece_count = n;
}

/* What `count` pieces cost in the place of the path's edge `at`, with those
 * that follow. */
static int32_t
place_cost(const struct decoder *d, size_t at, const uint32_t *pieces,
           size_t count)
{
    size_t start = d->piece_starts[at], end = d->piece_starts[at + 1];
    size_t after = d->piece_count - end;
    struct ufx_history history = {UFX_WORD_NONE, d->pieces[start - 2], 0, 0};
    int32_t cost;

    if (history.second == UFX_WORD_NONE)
        history.second = d->pieces[start - 1];
    else
        walk_pieces(d, &d->pieces[start - 1], 1, &history);
    cost = walk_pieces(d, pieces, count, &history);
    return cost + walk_pieces(d, &d->pieces[end],
                              after < CONTEXT ? after : CONTEXT, &history);
}

static int32_t
keep_cost(const struct decoder *d, size_t at, uint32_t from, uint32_t to,
          int32_t *channel)
{
    uint32_t pieces[UFX_TOKEN_CHARS], node; /* a span has no more characters */
    size_t count = 0;

    *channel = 0;
    for (node = from; node < to; node++) {
        uint32_t e = d->l->first_edge[node];

        while (e != NONE && d->l->edges[e].kind != UFX_EDGE_KEEP)
            e = d->l->edges[e].next;
        if (e == NONE || count == sizeof pieces / sizeof *pieces)
            break;
        pieces[count++] = d->l->edges[e].pieces[0];
        *channel += d->l->edges[e].channel;
    }
    return *channel + place_cost(d, at, pieces, count);
}

static void
add_rival(struct ufx_change *change, const struct ufx_edge *edge, int32_t cost)
{
    uint32_t at;

    if (change->rival_count < UFX_ALTERNATIVES)
        at = change->rival_count++;
    else if (cost < change->rivals[UFX_ALTERNATIVES - 1].cost)
        at = UFX_ALTERNATIVES - 1;
    else
        return;
    while (at > 0 && cost < change->rivals[at - 1].cost) {
        change->rivals[at] = change->rivals[at - 1];
        at--;
    }
    change->rivals[at].edge = edge;
    change->rivals[at].cost = cost;
}

/* Leads the hypotheses of a node on, by all edges but one that end no later
 * than `end`. */
static void
lead_around(struct decoder *d, uint32_t node, uint32_t end, uint32_t left_out)
{
    uint32_t e, i;

    for (e = d->l->first_edge[node]; e != NONE; e = d->l->edges[e].next) {
        const struct ufx_edge *edge = &d->l->edges[e];

        if (e == left_out || edge->to > end)
            continue;
        for (i = 0; i < d->counts[node]; i++) {
            struct hypothesis h = d->beams[(size_t)node * UFX_BEAM + i];

            h.cost +=
                edge->channel +
                walk_pieces(d, edge->pieces, edge->piece_count, &h.history);
            offer(d, edge->to, &h);
        }
    }
}

/* What the path costs from one edge up to before another, with the pieces that
 * follow. */
static int32_t
path_cost(const struct decoder *d, size_t from, size_t to,
          struct ufx_history history)
{
    size_t start = d->piece_starts[from], after = d->piece_count;
    int32_t cost = 0;

    if (after > d->piece_starts[to] + CONTEXT)
        after = d->piece_starts[to] + CONTEXT;
    cost = walk_pieces(d, &d->pieces[start], after - start, &history);
    for (; from < to; from++)
        cost += d->l->edges[d->path[from]].channel;
    return cost;
}

/* What the best path without the edge `at` costs more.  The beams are no longer
 * needed: the path is known. */
static int32_t
cost_around(struct decoder *d, size_t at)
{
    size_t from = at > UFX_BESIDE ? at - UFX_BESIDE : 0;
    size_t to =
        at + UFX_BESIDE < d->path_length ? at + UFX_BESIDE + 1 : d->path_length;
    uint32_t first = d->l->edges[d->path[from]].from;
    uint32_t end = d->l->edges[d->path[to - 1]].to, node;
    size_t start = d->piece_starts[from], after, i;
    struct hypothesis *beam = &d->beams[(size_t)first * UFX_BEAM];
    int32_t least = COST_MOST;

    for (node = first; node <= end; node++)
        d->counts[node] = 0;
    memset(beam, 0, sizeof *beam);
    beam->history =
        (struct ufx_history){UFX_WORD_NONE, d->pieces[start - 2], 0, 0};
    if (beam->history.second == UFX_WORD_NONE)
        beam->history.second = d->pieces[start - 1];
    else
        walk_pieces(d, &d->pieces[start - 1], 1, &beam->history);
    d->counts[first] = 1;
    for (node = first; node < end; node++)
        lead_around(d, node, end, d->path[at]);
    after = d->piece_count - d->piece_starts[to];
    least = COST_MOST;
    for (i = 0; i < d->counts[end]; i++) {
        struct hypothesis h = d->beams[(size_t)end * UFX_BEAM + i];
        int32_t cost =
            h.cost + walk_pieces(d, &d->pieces[d->piece_starts[to]],
                                 after < CONTEXT ? after : CONTEXT, &h.history);

        if (cost < least)
            least = cost;
    }
    return least == COST_MOST ? least
                              : least - path_cost(d, from, to, beam->history);
}

static void
weigh(struct decoder *d, size_t at, struct ufx_change *change)
{
    const struct ufx_edge *edge = &d->l->edges[d->path[at]];
    uint32_t e;

    memset(change, 0, sizeof *change);
    change->from = edge->from;
    change->to = edge->to;
    change->edge = edge;
    change->best_channel = edge->channel;
    change->best_cost =
        edge->channel + place_cost(d, at, edge->pieces, edge->piece_count);
    change->keep_cost =
        keep_cost(d, at, edge->from, edge->to, &change->keep_channel);
    change->rival_cost = change->keep_cost;
    add_rival(change, NULL, change->keep_cost);
    for (e = d->l->first_edge[edge->from]; e != NONE; e = d->l->edges[e].next) {
        const struct ufx_edge *other = &d->l->edges[e];
        int32_t cost;

        if (other == edge || other->to != edge->to ||
            other->kind == UFX_EDGE_KEEP)
            continue;
        cost = other->channel +
               place_cost(d, at, other->pieces, other->piece_count);
        change->rival_cost = ufx_cost_add(change->rival_cost, cost);
        add_rival(change, other, cost);
    }
    if (edge->kind != UFX_EDGE_KEEP)
        change->path_cost = cost_around(d, at);
}

static bool
allocate(struct decoder *d)
{
    struct ufx_arena *arena = d->l->arena;
    size_t nodes = (size_t)d->l->segment_count + 1;

    d->beams = ufx_arena_allocate(arena, nodes * UFX_BEAM * sizeof *d->beams);
    d->counts = ufx_arena_allocate(arena, nodes);
    d->path = ufx_arena_allocate(arena, nodes * sizeof *d->path);
    d->pieces = ufx_arena_allocate(
        arena, (nodes * UFX_EDGE_PIECES + CONTEXT + 1) * sizeof *d->pieces);
    d->piece_starts =
        ufx_arena_allocate(arena, (nodes + 1) * sizeof *d->piece_starts);
    d->memos = ufx_arena_allocate(arena, MEMOS * sizeof *d->memos);
    if (d->memos != NULL)
        memset(d->memos, 0, MEMOS * sizeof *d->memos);
    return !arena->failed;
}

/* The best path's changes; with `whole`, what it keeps as well. */
static unfix_status
decode(const struct ufx_lattice *lattice,
       const struct ufx_vocabulary *vocabulary, bool whole,
       struct ufx_changes *changes)
{
    struct decoder d = {.l = lattice, .v = vocabulary};
    uint32_t node;
    size_t i;

    changes->count = 0;
    changes->list = NULL;
    if (!allocate(&d))
        return UNFIX_ERROR_MEMORY;
    memset(d.counts, 0, (size_t)lattice->segment_count + 1);
    d.beams[0].cost = 0;
    d.beams[0].edge = NONE;
    d.beams[0].parent = NONE;
    d.beams[0].history.first = UFX_WORD_NONE;
    d.beams[0].history.second =
        ufx_language_class(vocabulary->language, UFX_PIECE_BEGIN);
    d.beams[0].history.backoff = 0;
    d.beams[0].history.hash = 0;
    d.counts[0] = 1;
    for (node = 0; node < lattice->segment_count; node++)
        expand(&d, node);
    trace(&d, lattice->segment_count);
    lay_out_pieces(&d);
    changes->list = ufx_arena_allocate(
        lattice->arena, (d.path_length + 1) * sizeof *changes->list);
    if (changes->list == NULL)
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i < d.path_length; i++)
        if (whole || lattice->edges[d.path[i]].kind != UFX_EDGE_KEEP)
            weigh(&d, i, &changes->list[changes->count++]);
    return UNFIX_OK;
}

/* ---- Letters that stand apart ---- */

static bool
is_lone(const struct ufx_lattice *l, uint32_t at)
{
    return at < l->segment_count && l->segments[at].count == 1 &&
           ufx_is_word(&l->segments[at]);
}

/* The end of the run of lone letters with blanks between that goes on behind
 * `at`. */
static uint32_t
run_end(const struct ufx_lattice *l, uint32_t at)
{
    while (is_lone(l, at) && (at + 1 == l->segment_count ||
                              l->segments[at + 1].gap == UFX_GAP_BLANK))
        at++;
    return is_lone(l, at) ? at + 1 : at;
}

/* It makes a word of letters as they are, or nearly so. */
static bool
is_plain_word(const struct ufx_change *change)
{
    int32_t blanks = (int32_t)(change->to - change->from - 1);

    return change->best_channel < UFX_COST_EXPLAINED + blanks * UFX_COST_SLIGHT;
}

/* Of the run of lone letters from `at` to `end` those that are no word by
 * themselves and that no change makes part of one; `first` is the first change
 * that ends behind `at`. */
static uint32_t
count_left(const struct ufx_lattice *l, const struct ufx_changes *changes,
           size_t first, uint32_t at, uint32_t end)
{
    uint32_t left = 0;

    for (; at < end; at++) {
        while (first < changes->count && changes->list[first].to <= at)
            first++;
        left +=
            (first == changes->count || changes->list[first].from > at ||
             !is_plain_word(&changes->list[first])) &&
            !ufx_is_word_of_one(l, l->paragraph->chars[l->segments[at].first]);
    }
    return left;
}

/* In print that is spaced out the letters are words together: where many of a
 * run come to none, they stand for themselves. */
static void
find_letters(const struct ufx_lattice *l, struct ufx_changes *changes)
{
    size_t first = 0, i;
    uint32_t at = 0;

    while (at < l->segment_count) {
        uint32_t end = run_end(l, at);

        while (first < changes->count && changes->list[first].to <= at)
            first++;
        if (end >= at + UFX_LETTERS_RUN &&
            count_left(l, changes, first, at, end) * 2 >= end - at)
            for (i = first; i < changes->count && changes->list[i].from < end;
                 i++)
                changes->list[i].of_letters =
                    changes->list[i].to - changes->list[i].from > 1;
        at = end > at ? end : at + 1;
    }
}

unfix_status
ufx_decode(const struct ufx_lattice *lattice,
           const struct ufx_vocabulary *vocabulary, struct ufx_changes *changes)
{
    unfix_status status = decode(lattice, vocabulary, false, changes);

    /* Where little is right what stands apart is mostly no letter that was
     * meant (c m, p ~ s c). */
    if (status == UNFIX_OK && !lattice->deep)
        find_letters(lattice, changes);
    return status;
}

unfix_status
ufx_decode_whole(const struct ufx_lattice *lattice,
                 const struct ufx_vocabulary *vocabulary,
                 struct ufx_changes *path)
{
    return decode(lattice, vocabulary, true, path);
}
