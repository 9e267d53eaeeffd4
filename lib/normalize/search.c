/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/search.h"

#include "text/chars.h"

#include <string.h>

/* Each position's queue has so many buckets of that width.  What would come
 * after the last is too dear to be wanted. */
#define BUCKET_WIDTH 256
#define BUCKETS 192

#define WEIGHT (UFX_WEIGHT_STEP * UFX_COST_STEP)

#define POOL 65536
#define POSITIONS (UFX_TOKEN_CHARS + 1)

#define NONE UINT32_MAX

struct state {
    uint32_t parent; /* NONE at the beginning */
    uint32_t next;   /* in its bucket */
    uint32_t arc;    /* the last one taken; 0 at a word's beginning */
    uint32_t number; /* of the word so far: the sum of the skips */
    uint32_t word;   /* the word that a blank here has ended, or NONE */
    int32_t channel;
    int32_t bound; /* channel + least unigram cost */
    uint16_t position;
    uint16_t rule;   /* that led here; 0 with rule_count unchanged: none */
    uint8_t letters; /* of the word so far, 255 at most */
    uint8_t words;   /* ended before */
    uint8_t rule_count;
    uint8_t generic;
    uint8_t emit_count;
    uint8_t used_rule;
    uint32_t emit[UFX_CONFUSION_CHARS];
};

struct ufx_search {
    struct ufx_memory memory;
    struct state *pool;
    uint32_t used;
    uint32_t heads[POSITIONS][BUCKETS];
    int32_t best[POSITIONS]; /* least bound pushed at each position */
    /* Of the state that is being expanded: its node's arcs by their labels. */
    uint32_t arcs[256];
    uint32_t node;
    int32_t node_bound;
    /* Of the run: */
    const struct ufx_lexicon *lexicon;
    const uint32_t *chars;
    size_t count;
    enum ufx_shape shape;
    const struct ufx_search_limits *limits;
    int32_t bar; /* bounds above it are not wanted */
};

struct ufx_search *
ufx_search_new(const struct ufx_memory *memory)
{
    struct ufx_search *search =
        ufx_memory_allocate_zero(memory, sizeof *search);

    if (search == NULL)
        return NULL;
    search->memory = *memory;
    search->pool = ufx_memory_allocate(memory, POOL * sizeof *search->pool);
    if (search->pool == NULL) {
        ufx_memory_free(memory, search, sizeof *search);
        return NULL;
    }
    return search;
}

void
ufx_search_free(struct ufx_search *search)
{
    struct ufx_memory memory;

    if (search == NULL)
        return;
    memory = search->memory;
    ufx_memory_free(&memory, search->pool, POOL * sizeof *search->pool);
    ufx_memory_free(&memory, search, sizeof *search);
}

static void
push(struct ufx_search *s, const struct state *state)
{
    int32_t *best = &s->best[state->position];
    int bucket = state->bound / BUCKET_WIDTH;
    uint32_t *head;

    if (state->bound > s->bar || state->channel > s->limits->cap ||
        bucket >= BUCKETS || s->used == POOL ||
        (*best != INT32_MAX && state->bound > *best + s->limits->window))
        return;
    if (state->bound < *best)
        *best = state->bound;
    head = &s->heads[state->position][bucket];
    s->pool[s->used] = *state;
    s->pool[s->used].next = *head;
    *head = s->used++;
}

/* Takes the cheapest state at the position, from bucket *lowest on.  What a
 * state leads to is never cheaper than itself. */
static uint32_t
pop(struct ufx_search *s, size_t position, int *lowest)
{
    for (; *lowest < BUCKETS; ++*lowest) {
        uint32_t top = s->heads[position][*lowest];

        if (top != NONE) {
            s->heads[position][*lowest] = s->pool[top].next;
            return top;
        }
    }
    return NONE;
}

static bool
wants_upper(const struct ufx_search *s, const struct state *state)
{
    return s->shape == UFX_SHAPE_UPPER ||
           (s->shape == UFX_SHAPE_CAPITAL && state->letters == 0 &&
            state->words == 0);
}

static bool
ends_word(const struct ufx_search *s, const struct state *state)
{
    return state->arc != 0 && (s->lexicon->arcs[state->arc] & UFX_ARC_FINAL);
}

/* The node to go on from, and in *bound what going on costs. */
static uint32_t
node_of(const struct ufx_search *s, const struct state *state, int32_t *bound)
{
    uint32_t target;

    *bound = state->bound;
    if (state->arc == 0)
        return s->lexicon->root;
    target = UFX_ARC_TARGET(s->lexicon->arcs[state->arc]);
    *bound += s->lexicon->weights[state->arc].through * WEIGHT;
    return target < s->lexicon->arc_count ? target : 0;
}

/* Moves over one arc. */
static void
take_arc(const struct ufx_search *s, struct state *state, uint32_t arc,
         int32_t bound)
{
    if (ends_word(s, state))
        state->number++;
    state->number += s->lexicon->skips[arc];
    state->bound = bound + s->lexicon->weights[arc].step * WEIGHT;
    state->arc = arc;
    if (state->letters < 255)
        state->letters++;
}

/* Lays out the arcs of the state's node, or clears them again. */
static void
set_arcs(struct ufx_search *s, bool clear)
{
    uint32_t arc;

    for (arc = s->node; arc != 0 && arc < s->lexicon->arc_count; arc++) {
        s->arcs[UFX_ARC_LABEL(s->lexicon->arcs[arc])] = clear ? 0 : arc;
        if (s->lexicon->arcs[arc] & UFX_ARC_LAST)
            break;
    }
}

static bool
take_letter(const struct ufx_search *s, struct state *state, uint8_t letter)
{
    int32_t bound;
    uint32_t node = node_of(s, state, &bound);
    uint32_t arc = ufx_lexicon_arc(s->lexicon, node, letter);

    if (arc == 0)
        return false;
    take_arc(s, state, arc, bound);
    return true;
}

/* Ends the word at a meant blank. */
static bool
take_blank(const struct ufx_search *s, struct state *state)
{
    if (!ends_word(s, state) || state->words + 1 >= UFX_READING_WORDS ||
        state->word != NONE)
        return false;
    state->bound += s->lexicon->weights[state->arc].final * WEIGHT;
    state->word = state->number;
    state->number = 0;
    state->arc = 0;
    state->letters = 0;
    state->words++;
    return true;
}

static struct state
follow(const struct ufx_search *s, uint32_t from)
{
    struct state state = s->pool[from];

    state.parent = from;
    state.word = NONE;
    state.emit_count = 0;
    state.used_rule = 0;
    return state;
}

static bool
use_rule(struct state *state, uint16_t rule, int32_t cost)
{
    if (state->rule_count == UFX_READING_RULES)
        return false;
    state->rule = rule;
    state->used_rule = 1;
    state->rule_count++;
    state->channel += cost;
    state->bound += cost;
    return true;
}

static void
emit(struct state *state, uint32_t cp)
{
    state->emit[state->emit_count++] = cp;
}

/* The next character as it stands.  In capitals, accents count for nothing:
 * print leaves them out. */
static void
expand_same(struct ufx_search *s, uint32_t from)
{
    static const struct {
        uint8_t plain, accented;
    } twins[] = {{'a', 0xE1}, {'e', 0xE9}, {'i', 0xED},
                 {'o', 0xF3}, {'u', 0xFA}, {'u', 0xFC}};
    const struct state *state = &s->pool[from];
    uint32_t cp = s->chars[state->position], lower = ufx_char_lower(cp);
    /* Of glued words each may have its own capital: véaseDocumentos. */
    bool upper = state->words > 0 && state->letters == 0
                     ? ufx_char_is_upper(cp)
                     : wants_upper(s, state);
    struct state next;
    size_t i;

    if (lower > 0xFF || !ufx_char_is_letter(cp))
        return;
    next = follow(s, from);
    next.position++;
    if (ufx_char_is_upper(cp) != upper &&
        !use_rule(&next, UFX_RULE_CASE, UFX_COST_CASE))
        return;
    emit(&next, upper ? ufx_char_upper(lower) : lower);
    if (s->arcs[lower] != 0) {
        take_arc(s, &next, s->arcs[lower], s->node_bound);
        push(s, &next);
    }
    if (s->shape != UFX_SHAPE_UPPER || !ufx_char_is_upper(cp))
        return;
    for (i = 0; i < sizeof twins / sizeof *twins; i++) {
        if (twins[i].plain != lower || s->arcs[twins[i].accented] == 0)
            continue;
        next = follow(s, from);
        next.position++;
        emit(&next, cp);
        take_arc(s, &next, s->arcs[twins[i].accented], s->node_bound);
        push(s, &next);
    }
}

static bool
rule_reads(const struct ufx_search *s, size_t position,
           const struct ufx_rule *rule)
{
    size_t i;

    if (position + rule->read_length > s->count)
        return false;
    for (i = 0; i < rule->read_length && i < UFX_CONFUSION_CHARS; i++)
        if (s->chars[position + i] != rule->read[i])
            return false;
    if (rule->place == UFX_PLACE_START && position != 0)
        return false;
    return rule->place != UFX_PLACE_END ||
           position + rule->read_length == s->count;
}

/* What a state may cost at any position that one step from here leads to. */
static int32_t
highest_bound(const struct ufx_search *s, size_t position)
{
    int32_t most = 0;
    size_t i;

    for (i = position; i <= position + UFX_CONFUSION_CHARS && i <= s->count;
         i++) {
        if (s->best[i] == INT32_MAX)
            return s->bar;
        if (s->best[i] > most)
            most = s->best[i];
    }
    most += s->limits->window;
    return most < s->bar ? most : s->bar;
}

/* True if the rule cannot lead anywhere from here: most cannot, and to see it
 * costs less than to try. */
static bool
is_hopeless(const struct ufx_search *s, const struct state *state,
            const struct ufx_rule *rule)
{
    size_t to = (size_t)state->position + rule->read_length;
    int32_t bound = state->bound + rule->cost;

    /* Most rules mean a letter that cannot follow. */
    if (rule->meant_length > 0 && s->arcs[rule->meant[0]] == 0 &&
        (rule->meant[0] != ' ' || !s->limits->blanks || !ends_word(s, state)))
        return true;
    return to > s->count || bound > s->bar ||
           (s->best[to] != INT32_MAX &&
            bound > s->best[to] + s->limits->window);
}

static void
expand_rule(struct ufx_search *s, uint32_t from, const struct ufx_rule *rule,
            uint16_t number)
{
    struct state next;
    size_t i;

    if (is_hopeless(s, &s->pool[from], rule) ||
        !rule_reads(s, s->pool[from].position, rule))
        return;
    next = follow(s, from);
    if (!use_rule(&next, number, rule->cost))
        return;
    next.position = (uint16_t)(next.position + rule->read_length);
    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++) {
        uint8_t letter = rule->meant[i];
        bool upper = (rule->upper >> i & 1) != 0;

        if (letter == ' ') {
            if (!s->limits->blanks || !take_blank(s, &next))
                return;
            emit(&next, ' ');
            continue;
        }
        if (upper != wants_upper(s, &next) || !take_letter(s, &next, letter))
            return;
        emit(&next, upper ? ufx_char_upper(letter) : letter);
    }
    push(s, &next);
}

static void
expand_rules(struct ufx_search *s, uint32_t from, const struct ufx_rules *rules,
             uint32_t cp, uint32_t number)
{
    const struct state *state = &s->pool[from];
    int32_t most = highest_bound(s, state->position) - state->bound;
    uint32_t i, end;

    if (most > s->limits->cap - state->channel)
        most = s->limits->cap - state->channel;
    ufx_rules_range(rules, cp, &i, &end);
    /* The cheapest come first. */
    for (; i < end && number + i < UFX_RULE_TABLES &&
           rules->rules[i].cost <= most;
         i++)
        expand_rule(s, from, &rules->rules[i], (uint16_t)(number + i));
}

/* Any letter for another, one letter too many, one too few. */
static void
expand_generic(struct ufx_search *s, uint32_t from)
{
    const struct state *state = &s->pool[from];
    struct state next;
    uint32_t arc;

    if (state->generic || state->channel + UFX_COST_GENERIC > s->limits->cap ||
        state->bound + UFX_COST_GENERIC > highest_bound(s, state->position))
        return;
    /* A figure in a word may be a note's: it is never just dropped. */
    if (state->position < s->count &&
        !ufx_char_is_digit(s->chars[state->position])) {
        next = follow(s, from);
        next.position++;
        next.generic = 1;
        if (use_rule(&next, UFX_RULE_GENERIC, UFX_COST_GENERIC))
            push(s, &next);
    }
    for (arc = s->node; arc != 0 && arc < s->lexicon->arc_count; arc++) {
        uint8_t letter = UFX_ARC_LABEL(s->lexicon->arcs[arc]);
        int take;

        for (take = 0; take < 2; take++) {
            next = follow(s, from);
            next.generic = 1;
            if (take == 1 && next.position == s->count)
                continue;
            next.position = (uint16_t)(next.position + take);
            emit(&next,
                 wants_upper(s, &next) ? ufx_char_upper(letter) : letter);
            take_arc(s, &next, arc, s->node_bound);
            if (use_rule(&next, UFX_RULE_GENERIC, UFX_COST_GENERIC))
                push(s, &next);
        }
        if (s->lexicon->arcs[arc] & UFX_ARC_LAST)
            break;
    }
}

/* Reads the path to `last` backwards into a reading. */
static bool
make_reading(struct ufx_search *s, uint32_t last, int32_t offset, bool user,
             struct ufx_arena *arena, struct ufx_reading *reading)
{
    const struct state *end = &s->pool[last];
    uint32_t i, n = 0, *chars;
    uint8_t word = end->words, rule = end->rule_count;

    memset(reading, 0, sizeof *reading);
    for (i = last; i != NONE; i = s->pool[i].parent)
        n += s->pool[i].emit_count;
    chars = ufx_arena_allocate(arena, (n + 1) * sizeof *chars);
    if (chars == NULL)
        return false;
    reading->chars = chars;
    reading->count = n;
    reading->channel = end->channel + offset;
    reading->rule_count = rule;
    reading->word_count = (uint8_t)(word + 1);
    reading->shape = (uint8_t)s->shape;
    reading->words[word] = end->number;
    reading->flags = (uint8_t)((end->generic ? UFX_READING_GENERIC : 0) |
                               (word > 0 ? UFX_READING_SPLIT : 0) |
                               (user ? UFX_READING_LISTED : 0));
    for (i = last; i != NONE; i = s->pool[i].parent) {
        const struct state *state = &s->pool[i];
        uint8_t k;

        for (k = state->emit_count; k > 0; k--)
            chars[--n] = state->emit[k - 1];
        if (state->used_rule)
            reading->rules[--rule] = state->rule;
        if (state->word != NONE)
            reading->words[--word] = state->word;
    }
    return true;
}

static bool
is_new(const struct ufx_readings *out, size_t first,
       const struct ufx_reading *reading)
{
    size_t i;

    for (i = first; i < out->count; i++)
        if (out->list[i].count == reading->count &&
            memcmp(out->list[i].chars, reading->chars,
                   reading->count * sizeof *reading->chars) == 0)
            return false;
    return true;
}

static bool
is_same(const struct ufx_search *s, const struct ufx_reading *reading)
{
    return reading->count == s->count &&
           memcmp(reading->chars, s->chars, s->count * sizeof *s->chars) == 0;
}

/* Foreign words and older spellings are there so that they stay, not for
 * others to become them. */
static bool
is_no_target(const struct ufx_search *s, const struct ufx_reading *reading)
{
    size_t i;

    for (i = 0; i < reading->word_count; i++) {
        uint8_t flags;

        if (reading->words[i] >= s->lexicon->word_count)
            continue;
        flags = s->lexicon->words[reading->words[i]].flags;
        if ((flags & UFX_WORD_ARCHAIC) ||
            (flags & (UFX_WORD_FOREIGN | UFX_WORD_KNOWN | UFX_WORD_CORPUS)) ==
                UFX_WORD_FOREIGN)
            return true;
    }
    return false;
}

/* A word that is only written with a capital, in lower case; an acronym in
 * anything but capitals. */
static int32_t
case_penalty(const struct ufx_search *s, const struct ufx_reading *reading)
{
    int32_t penalty = 0;
    size_t i;

    for (i = 0; i < reading->word_count; i++) {
        bool upper = s->shape == UFX_SHAPE_UPPER;
        bool capital = upper || (s->shape == UFX_SHAPE_CAPITAL && i == 0);
        uint8_t flags;

        if (reading->words[i] >= s->lexicon->word_count)
            continue;
        flags = s->lexicon->words[reading->words[i]].flags;
        if ((flags & UFX_WORD_ACRONYM) && !upper)
            penalty += UFX_COST_PROPER;
        else if ((flags & UFX_WORD_CAPITAL) && !capital)
            penalty += UFX_COST_PROPER;
    }
    return penalty;
}

static unfix_status
complete(struct ufx_search *s, uint32_t last, int32_t offset, bool user,
         struct ufx_arena *arena, struct ufx_readings *out, size_t first)
{
    struct ufx_reading reading;
    const struct state *end = &s->pool[last];
    int32_t total = end->bound + s->lexicon->weights[end->arc].final * WEIGHT;

    if (!make_reading(s, last, offset, user, arena, &reading))
        return UNFIX_ERROR_MEMORY;
    if (!is_new(out, first, &reading))
        return UNFIX_OK;
    if (is_same(s, &reading))
        reading.flags |= UFX_READING_SAME;
    else if (is_no_target(s, &reading))
        return UNFIX_OK;
    reading.channel += case_penalty(s, &reading);
    out->list[out->count++] = reading;
    if (total + s->limits->window < s->bar)
        s->bar = total + s->limits->window;
    return UNFIX_OK;
}

static void
expand(struct ufx_search *s, const struct ufx_vocabulary *v, uint32_t at)
{
    uint16_t position = s->pool[at].position;

    s->node = node_of(s, &s->pool[at], &s->node_bound);
    set_arcs(s, false);
    if (position < s->count) {
        uint32_t cp = s->chars[position];

        expand_same(s, at);
        expand_rules(s, at, &v->language->rules, cp, 0);
        if (v->user_rules != NULL)
            expand_rules(s, at, v->user_rules, cp, v->language->rules.count);
    }
    expand_rules(s, at, &v->language->rules, 0, 0);
    if (v->user_rules != NULL)
        expand_rules(s, at, v->user_rules, 0, v->language->rules.count);
    if (s->limits->generic)
        expand_generic(s, at);
    set_arcs(s, true);
}

static unfix_status
run(struct ufx_search *s, const struct ufx_vocabulary *v,
    const struct ufx_lexicon *lexicon, bool user, int32_t offset,
    struct ufx_arena *arena, struct ufx_readings *out, size_t most)
{
    struct state start = {.parent = NONE, .word = NONE};
    size_t first = out->count, position;
    int i;

    s->lexicon = lexicon;
    s->used = 0;
    s->bar = BUCKETS * BUCKET_WIDTH;
    for (position = 0; position <= s->count; position++) {
        s->best[position] = INT32_MAX;
        for (i = 0; i < BUCKETS; i++)
            s->heads[position][i] = NONE;
    }
    push(s, &start);
    for (position = 0; position <= s->count; position++) {
        int lowest = s->best[position] / BUCKET_WIDTH, expanded = 0;
        uint32_t at;

        if (s->best[position] == INT32_MAX)
            continue;

        while (expanded < UFX_SEARCH_WIDTH &&
               (at = pop(s, position, &lowest)) != NONE) {
            const struct state *state = &s->pool[at];

            if (state->bound > s->bar ||
                state->bound > s->best[position] + s->limits->window)
                break;
            expanded++;
            if (position == s->count && ends_word(s, state)) {
                unfix_status status =
                    complete(s, at, offset, user, arena, out, first);

                if (status != UNFIX_OK)
                    return status;
                if (out->count - first == most)
                    return UNFIX_OK;
            }
            expand(s, v, at);
        }
    }
    return UNFIX_OK;
}

unfix_status
ufx_search_run(struct ufx_search *s, const struct ufx_vocabulary *v,
               const uint32_t *chars, size_t count, enum ufx_shape shape,
               int32_t offset, const struct ufx_search_limits *limits,
               struct ufx_arena *arena, struct ufx_readings *out)
{
    unfix_status status;

    if (count == 0 || count > UFX_TOKEN_CHARS)
        return UNFIX_OK;
    s->chars = chars;
    s->count = count;
    s->shape = shape;
    s->limits = limits;
    status = run(s, v, &v->language->lexicon, false, offset, arena, out,
                 v->user == NULL ? UFX_READINGS : UFX_READINGS * 3 / 4);
    if (status == UNFIX_OK && v->user != NULL)
        status = run(s, v, v->user, true, offset, arena, out, UFX_READINGS / 4);
    return status;
}
