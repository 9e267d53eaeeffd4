/* SPDX-License-Identifier: MPL-2.0 */
/* What a further reading may cost at most and still be wanted: what the best
 * way around it costs already, each word by itself, and what its neighbours
 * may make of that. */
#include "normalize/filling.h"

#include "normalize/tuned.h"

/* More than any way costs. */
#define NOWHERE (INT64_MAX / 4)

static int32_t
words_cost(const struct ufx_filling *f, const uint32_t *pieces, size_t count)
{
    const struct ufx_ngrams *ngrams = &f->v->language->ngrams;
    int32_t cost = 0;
    size_t i;

    /* A bad model may have words that it does not count. */
    for (i = 0; i < count; i++)
        if (pieces[i] < ngrams->unigram_count)
            cost += ngrams->unigrams[pieces[i]].cost * UFX_COST_STEP;
    return cost;
}

/* Lowers the cost of what is `over` one end of the edge. */
static inline void
lower(const struct ufx_filling *f, const struct ufx_edge *edge, int64_t over,
      int64_t *cost)
{
    int64_t with =
        over + edge->channel + words_cost(f, edge->pieces, edge->piece_count);

    if (with < *cost)
        *cost = with;
}

void
ufx_weigh_ways(struct ufx_filling *f)
{
    const struct ufx_edge *edges = f->l->edges;
    const uint32_t n = f->l->segment_count, *first = f->l->first_edge;
    int64_t *to = f->way_to, *from = f->way_from;
    uint32_t at, e;

    /* Edges come in meanwhile, nodes do not. */
    if (to == NULL) {
        to = ufx_arena_allocate(f->l->arena, (n + 1) * sizeof *to);
        from = ufx_arena_allocate(f->l->arena, (n + 1) * sizeof *from);
    }
    if (to == NULL || from == NULL) {
        f->status = UNFIX_ERROR_MEMORY;
        return;
    }
    for (at = 0; at <= n; at++)
        to[at] = from[at] = NOWHERE;
    to[0] = from[n] = 0;
    for (at = 0; at < n; at++)
        for (e = first[at]; e != UINT32_MAX && to[at] < NOWHERE;
             e = edges[e].next)
            lower(f, &edges[e], to[at], &to[edges[e].to]);
    for (at = n; at-- > 0;)
        for (e = first[at]; e != UINT32_MAX; e = edges[e].next)
            if (from[edges[e].to] < NOWHERE)
                lower(f, &edges[e], from[edges[e].to], &from[at]);
    f->way_to = to;
    f->way_from = from;
}

bool
ufx_is_too_dear(const struct ufx_filling *f, uint32_t from, uint32_t to,
                const struct ufx_reading *r, int32_t extra)
{
    int32_t cost;

    if (f->way_to == NULL || f->way_to[from] == NOWHERE ||
        f->way_from[to] == NOWHERE)
        return false;
    cost = ufx_habits_channel(f->habits, r) + extra;
    if ((r->flags & UFX_READING_LISTED) == 0)
        cost += words_cost(f, r->words, r->word_count);
    return f->way_to[from] + cost + f->way_from[to] >
           f->way_from[0] + UFX_COST_NEAR;
}
