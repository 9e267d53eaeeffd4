/* SPDX-License-Identifier: MPL-2.0 */
/* Builds the automaton from sorted words by recursion over their prefixes:
 * the children of a node are built and registered first, so that equal ones
 * are found by hashing (the idea of Daciuk et al. 2000, without a trie). */
#include "lang/lexicon.h"

#include "base/limits.h"
#include "base/sort.h"

#include <string.h>

struct draft_arc {
    uint8_t label;
    uint8_t step;
    uint8_t final_cost;
    uint8_t through;
    bool final;
    uint32_t target;
    uint32_t words; /* reached through it */
    int cost;       /* least, absolute */
    int end_cost;   /* of the word that ends here, absolute */
    int next_cost;  /* of the node it leads to, absolute */
};

#define LABELS 256
#define DRAFTS (LABELS * (UFX_TOKEN_CHARS + 1))

struct builder {
    struct ufx_lexicon_built *out;
    const struct ufx_lexicon_entry *entries;
    struct draft_arc *drafts; /* LABELS for each depth: not on the stack */
    uint32_t *table;          /* node numbers by hash; 0 is empty */
    size_t table_size;
    size_t node_count;
    unfix_status status;
};

struct node {
    uint32_t first;
    uint32_t words;
    int cost;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct ufx_lexicon_entry *a = left, *b = right;
    size_t n = a->length < b->length ? a->length : b->length;
    int order = n > 0 ? memcmp(a->letters, b->letters, n) : 0;

    if (order != 0)
        return order;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    if (a->word.cost != b->word.cost)
        return a->word.cost < b->word.cost ? -1 : 1;
    return (int)a->word.backoff - (int)b->word.backoff;
}

static void
merge(struct ufx_word *into, const struct ufx_word *from)
{
    const uint8_t restricting = UFX_WORD_CAPITAL | UFX_WORD_ACRONYM;
    uint8_t both = into->flags & from->flags & restricting;

    /* The entries come sorted by cost: `into` has the lowest. */
    into->flags =
        (uint8_t)(((into->flags | from->flags) & ~restricting) | both);
    if (from->capital < into->capital)
        into->capital = from->capital;
}

static size_t
sort_and_merge(struct ufx_lexicon_entry *entries, size_t count)
{
    size_t i, n = 0;

    ufx_sort(entries, count, sizeof *entries, compare_entries);
    for (i = 0; i < count; i++) {
        if (entries[i].length == 0 || entries[i].length > UFX_TOKEN_CHARS)
            continue;
        if (n > 0 && entries[n - 1].length == entries[i].length &&
            memcmp(entries[n - 1].letters, entries[i].letters,
                   entries[i].length) == 0)
            merge(&entries[n - 1].word, &entries[i].word);
        else
            entries[n++] = entries[i];
    }
    return n;
}

static uint32_t
hash_node(const struct ufx_lexicon_built *out, uint32_t first)
{
    uint32_t h = 2166136261u, i = first;

    for (;; i++) {
        const struct ufx_arc *arc = &out->arcs[i];

        h = (h ^ arc->way) * 16777619u;
        h = (h ^ (uint32_t)(arc->step << 16 | arc->final << 8 | arc->through)) *
            16777619u;
        if (arc->way & UFX_ARC_LAST)
            return h ^ h >> 15;
    }
}

static bool
same_node(const struct ufx_lexicon_built *out, uint32_t a, uint32_t b)
{
    for (;; a++, b++) {
        /* Where the arcs lead to is equal: the rest follows from it. */
        if (memcmp(&out->arcs[a], &out->arcs[b], sizeof out->arcs[a]) != 0)
            return false;
        if (out->arcs[a].way & UFX_ARC_LAST)
            return true;
    }
}

static bool
grow_table(struct builder *b)
{
    size_t size = b->table_size == 0 ? 1 << 16 : b->table_size * 2, i;
    uint32_t *table =
        ufx_memory_allocate_zero(&b->out->memory, size * sizeof *table);

    if (table == NULL)
        return false;
    for (i = 0; i < b->table_size; i++) {
        size_t slot;

        if (b->table[i] == 0)
            continue;
        slot = hash_node(b->out, b->table[i]) & (size - 1);
        while (table[slot] != 0)
            slot = (slot + 1) & (size - 1);
        table[slot] = b->table[i];
    }
    ufx_memory_free(&b->out->memory, b->table,
                    b->table_size * sizeof *b->table);
    b->table = table;
    b->table_size = size;
    return true;
}

static bool
reserve_arcs(struct ufx_lexicon_built *out, size_t need)
{
    void *arcs = out->arcs;
    bool ok = ufx_memory_reserve(&out->memory, &arcs, &out->arc_capacity, need,
                                 sizeof *out->arcs);

    out->arcs = arcs;
    return ok;
}

/* Makes the arc lead to the node, and notes which letters follow. */
static void
set_target(const struct ufx_lexicon_built *out, struct ufx_arc *arc,
           uint32_t node)
{
    const struct ufx_usual *usual = out->view.usual;

    arc->way |= node << 10;
    arc->plain = 1;
    arc->below = node == 0 || usual->count > 0 ? 0 : UINT32_MAX;
    for (; node != 0; node++) {
        uint8_t letter = UFX_ARC_LABEL(out->arcs[node].way);

        arc->below |= ufx_letter_bit(usual, letter);
        if (!ufx_is_usual(usual, letter))
            arc->plain = 0;
        if (out->arcs[node].way & UFX_ARC_LAST)
            break;
    }
}

/* Writes the node's arcs behind the last, then looks whether an equal node is
 * there already; if so the new arcs are dropped. */
static uint32_t
register_node(struct builder *b, const struct draft_arc *arcs, size_t count)
{
    struct ufx_lexicon_built *out = b->out;
    uint32_t first = out->view.arc_count, words = 0;
    size_t i, slot;

    if (first + count > UFX_ARC_TARGET_MAX) {
        b->status = UNFIX_ERROR_LIMIT;
        return 0;
    }
    if (!reserve_arcs(out, first + count) ||
        (b->node_count * 2 >= b->table_size && !grow_table(b))) {
        b->status = UNFIX_ERROR_MEMORY;
        return 0;
    }
    for (i = 0; i < count; i++) {
        struct ufx_arc *arc = &out->arcs[first + i];

        memset(arc, 0, sizeof *arc);
        arc->way = arcs[i].label;
        if (arcs[i].final)
            arc->way |= UFX_ARC_FINAL;
        if (i + 1 == count)
            arc->way |= UFX_ARC_LAST;
        arc->skip = words;
        arc->step = arcs[i].step;
        arc->final = arcs[i].final_cost;
        arc->through = arcs[i].through;
        set_target(out, arc, arcs[i].target);
        words += arcs[i].words;
    }
    slot = hash_node(out, first) & (b->table_size - 1);
    while (b->table[slot] != 0) {
        if (same_node(out, b->table[slot], first))
            return b->table[slot];
        slot = (slot + 1) & (b->table_size - 1);
    }
    b->table[slot] = first;
    b->node_count++;
    out->view.arc_count += (uint32_t)count;
    return first;
}

static int
entry_cost(const struct ufx_lexicon_entry *entry)
{
    return entry->word.cost / UFX_WEIGHT_STEP;
}

/* The node that is reached by the first `depth` letters, which all entries in
 * [low, high) share and none ends with.  Costs are absolute on the way up and
 * relative to the node's least in the arcs, so that equal endings of words
 * that are equally frequent share a node. */
static struct node
build_node(struct builder *b, size_t low, size_t high, uint32_t depth)
{
    struct draft_arc *arcs = b->drafts + (size_t)depth * LABELS;
    struct node node = {0, 0, 255};
    size_t count = 0, i;

    while (low < high && b->status == UNFIX_OK) {
        struct draft_arc *arc = &arcs[count++];
        size_t end = low;

        memset(arc, 0, sizeof *arc);
        arc->label = b->entries[low].letters[depth];
        arc->cost = 255;
        while (end < high && b->entries[end].letters[depth] == arc->label)
            end++;
        if (b->entries[low].length == depth + 1) {
            arc->final = true;
            arc->words = 1;
            arc->cost = arc->end_cost = entry_cost(&b->entries[low]);
            low++;
        }
        if (low < end) {
            struct node child = build_node(b, low, end, depth + 1);

            arc->target = child.first;
            arc->words += child.words;
            arc->next_cost = child.cost;
            if (child.cost < arc->cost)
                arc->cost = child.cost;
            low = end;
        }
        node.words += arc->words;
        if (arc->cost < node.cost)
            node.cost = arc->cost;
    }
    for (i = 0; i < count; i++) {
        arcs[i].step = (uint8_t)(arcs[i].cost - node.cost);
        if (arcs[i].final)
            arcs[i].final_cost = (uint8_t)(arcs[i].end_cost - arcs[i].cost);
        if (arcs[i].target != 0)
            arcs[i].through = (uint8_t)(arcs[i].next_cost - arcs[i].cost);
    }
    if (b->status == UNFIX_OK)
        node.first = register_node(b, arcs, count);
    return node;
}

unfix_status
ufx_lexicon_build(struct ufx_lexicon_built *built,
                  const struct ufx_memory *memory,
                  const struct ufx_usual *usual,
                  struct ufx_lexicon_entry *entries, size_t count)
{
    struct builder b = {built, entries, NULL, NULL, 0, 0, UNFIX_OK};
    struct node root = {0, 0, 0};
    void *words = NULL;
    size_t i;

    memset(built, 0, sizeof *built);
    built->memory = *memory;
    built->view.usual = usual;
    count = sort_and_merge(entries, count);
    built->view.arc_count = 1; /* arc 0 stands for "none" */
    b.drafts = ufx_memory_allocate(memory, DRAFTS * sizeof *b.drafts);
    if (b.drafts == NULL || !reserve_arcs(built, 1) || !grow_table(&b) ||
        !ufx_memory_reserve(memory, &words, &built->word_capacity, count + 1,
                            sizeof *built->words)) {
        b.status = UNFIX_ERROR_MEMORY;
        goto done;
    }
    built->words = words;
    built->arcs[0] = (struct ufx_arc){.way = UFX_ARC_LAST};
    if (count > 0)
        root = build_node(&b, 0, count, 0);
    if (b.status == UNFIX_OK)
        set_target(built, &built->arcs[0], root.first);
    for (i = 0; i < count; i++)
        built->words[i] = entries[i].word;
    built->view.arcs = built->arcs;
    built->view.words = built->words;
    built->view.word_count = (uint32_t)count;
    built->view.root = root.first;
done:
    ufx_memory_free(memory, b.drafts, DRAFTS * sizeof *b.drafts);
    ufx_memory_free(memory, b.table, b.table_size * sizeof *b.table);
    if (b.status != UNFIX_OK)
        ufx_lexicon_built_free(built);
    return b.status;
}

void
ufx_lexicon_built_free(struct ufx_lexicon_built *built)
{
    const struct ufx_memory *memory = &built->memory;

    ufx_memory_free(memory, built->arcs,
                    built->arc_capacity * sizeof *built->arcs);
    ufx_memory_free(memory, built->words,
                    built->word_capacity * sizeof *built->words);
    built->arcs = NULL;
    built->words = NULL;
    built->arc_capacity = built->word_capacity = 0;
    memset(&built->view, 0, sizeof built->view);
}
