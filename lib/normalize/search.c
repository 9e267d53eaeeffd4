/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/search.h"

#include "base/sort.h"
#include "lang/choices.h"
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
    uint16_t rule; /* that led here; 0 with rule_count unchanged: none */
    uint8_t position;
    uint8_t letters; /* of the word so far, 255 at most */
    uint8_t words;   /* ended before */
    uint8_t rule_count;
    uint8_t generic;
    uint8_t used_rule;
    uint8_t emit_count;
    uint8_t emit[UFX_CONFUSION_CHARS]; /* Latin-1 */
    uint8_t dead; /* nothing can follow; then only next and bound are set */
};

struct queue {
    uint64_t filled[BUCKETS / 64]; /* a bit for each bucket that is not empty */
    uint32_t heads[BUCKETS];       /* of those */
};

/* A rule that may lead on from a state. */
struct
try {
    uint32_t order; /* as the tables have it, those that read nothing last */
    uint32_t arc;   /* of the first letter meant, 0 if it is none */
};

#define ORDER_NOTHING 0x10000u

struct ufx_search {
    struct ufx_memory memory;
    struct ufx_choices choices;
    struct try *tries;
    struct state *pool;
    uint32_t used;
    struct queue queues[POSITIONS];
    int32_t best[POSITIONS]; /* least bound pushed at each position */
    const struct ufx_choice_row *rows[POSITIONS]; /* of the characters */
    uint32_t same[POSITIONS]; /* bits of the letters that each may stand for */
    /* Of the state that is being expanded: */
    int32_t node_bound;                       /* if it goes on */
    int32_t highest[UFX_CONFUSION_CHARS + 1]; /* bounds so far ahead */
    uint32_t own;      /* the arc of the character as it stands, or 0 */
    uint32_t twins[2]; /* and of it with an accent, which capitals lack */
    size_t twin_count;
    size_t try_count;
    size_t try_capacity;
    /* Of the run: */
    const struct ufx_vocabulary *vocabulary;
    struct ufx_arena *arena; /* of the readings */
    const struct ufx_lexicon *lexicon;
    const uint32_t *chars;
    size_t count;
    enum ufx_shape shape;
    const struct ufx_search_limits *limits;
    int32_t bar; /* bounds above it are not wanted */
    /* Since it was last asked for: */
    uint32_t work;   /* states */
    uint32_t looked; /* rules */
};

struct ufx_search *
ufx_search_new(const struct ufx_memory *memory,
               const struct ufx_vocabulary *vocabulary, struct ufx_arena *arena)
{
    struct ufx_search *s = ufx_memory_allocate_zero(memory, sizeof *s);

    if (s == NULL)
        return NULL;
    s->memory = *memory;
    s->arena = arena;
    s->pool = ufx_memory_allocate(memory, POOL * sizeof *s->pool);
    if (s->pool == NULL ||
        !ufx_choices_make(&s->choices, memory, &vocabulary->language->rules,
                          vocabulary->user_rules, UFX_RULE_TABLES))
        goto fail;
    s->try_capacity = 2 * s->choices.longest;
    if (s->try_capacity > UFX_STATE_RULES)
        s->try_capacity = UFX_STATE_RULES;
    s->tries = ufx_memory_allocate(memory, s->try_capacity * sizeof *s->tries);
    if (s->tries == NULL)
        goto fail;
    return s;
fail:
    ufx_search_free(s);
    return NULL;
}

void
ufx_search_free(struct ufx_search *s)
{
    struct ufx_memory memory;

    if (s == NULL)
        return;
    memory = s->memory;
    if (s->tries != NULL)
        ufx_memory_free(&memory, s->tries, s->try_capacity * sizeof *s->tries);
    if (s->choices.list != NULL)
        ufx_choices_free(&s->choices);
    ufx_memory_free(&memory, s->pool, POOL * sizeof *s->pool);
    ufx_memory_free(&memory, s, sizeof *s);
}

/* The lowest bit that is set; there is one. */
static int
lowest_bit(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_ctzll(bits);
#else
    int i = 0;

    while ((bits >> i & 1) == 0)
        i++;
    return i;
#endif
}

/* ---- States ---- */

static bool
ends_word(const struct ufx_search *s, uint32_t arc)
{
    return arc != 0 && (s->lexicon->arcs[arc].way & UFX_ARC_FINAL) != 0;
}

/* The highest bound that the position wants.  It never grows during a run. */
static int32_t
highest_at(const struct ufx_search *s, size_t position)
{
    int32_t most = s->best[position];

    return most > s->bar - s->limits->window ? s->bar
                                             : most + s->limits->window;
}

/* True if nothing can follow a state.  Many are of that kind, and to see it
 * here is cheaper than to try. */
static bool
is_dead(const struct ufx_search *s, const struct state *state)
{
    const struct ufx_choice_row *nothing = ufx_choices_nothing(&s->choices);
    const struct ufx_choice_row *row = s->rows[state->position];
    int32_t most = s->limits->cap - state->channel;
    size_t level = ufx_choice_level(most);

    if (state->arc == 0 ||
        (state->generic < s->limits->generic &&
         (most >= s->limits->generic_cost || most >= s->limits->mark_cost)))
        return false;
    if ((s->lexicon->arcs[state->arc].below &
         (nothing->alone[level] | row->alone[level] | row->longer[level] |
          s->same[state->position])) != 0 ||
        nothing->nothing <= most || row->nothing <= most)
        return false;
    if (!ends_word(s, state->arc))
        return true;
    return state->position < s->count &&
           !(s->limits->blanks &&
             (nothing->blank <= most || row->blank <= most));
}

static void
push(struct ufx_search *s, const struct state *state)
{
    struct queue *queue = &s->queues[state->position];
    int bucket = state->bound / BUCKET_WIDTH;
    uint64_t bit = UINT64_C(1) << bucket % 64;
    struct state *kept = &s->pool[s->used];

    if (state->bound > highest_at(s, state->position) ||
        state->channel > s->limits->cap || bucket >= BUCKETS || s->used == POOL)
        return;
    if (state->bound < s->best[state->position])
        s->best[state->position] = state->bound;
    /* A dead one still takes its place in the beam. */
    if (is_dead(s, state)) {
        kept->bound = state->bound;
        kept->dead = 1;
    } else {
        *kept = *state;
    }
    kept->next = queue->filled[bucket / 64] & bit ? queue->heads[bucket] : NONE;
    queue->filled[bucket / 64] |= bit;
    queue->heads[bucket] = s->used++;
}

/* Takes the cheapest state at the position; NONE if there is none left.  Of
 * those in one bucket the last comes first. */
static uint32_t
pop(struct ufx_search *s, size_t position)
{
    struct queue *queue = &s->queues[position];
    int i, bucket;
    uint32_t top;

    for (i = 0; i < BUCKETS / 64 && queue->filled[i] == 0; i++)
        ;
    if (i == BUCKETS / 64)
        return NONE;
    bucket = i * 64 + lowest_bit(queue->filled[i]);
    top = queue->heads[bucket];
    queue->heads[bucket] = s->pool[top].next;
    if (queue->heads[bucket] == NONE)
        queue->filled[i] &= queue->filled[i] - 1;
    return top;
}

static bool
wants_upper(const struct ufx_search *s, const struct state *state)
{
    return s->shape == UFX_SHAPE_UPPER ||
           (s->shape == UFX_SHAPE_CAPITAL && state->letters == 0 &&
            state->words == 0);
}

/* What a state costs at least that does not end its word here. */
static int32_t
bound_after(const struct ufx_search *s, const struct state *state)
{
    return state->bound + s->lexicon->arcs[state->arc].through * WEIGHT;
}

/* Moves over one arc. */
static void
take_arc(const struct ufx_search *s, struct state *state, uint32_t arc,
         int32_t bound)
{
    if (ends_word(s, state->arc))
        state->number++;
    state->number += s->lexicon->arcs[arc].skip;
    state->bound = bound + s->lexicon->arcs[arc].step * WEIGHT;
    state->arc = arc;
    if (state->letters < 255)
        state->letters++;
}

static bool
take_letter(const struct ufx_search *s, struct state *state, uint8_t letter)
{
    uint32_t arc = ufx_lexicon_arc(s->lexicon, state->arc, letter);

    if (arc == 0)
        return false;
    take_arc(s, state, arc, bound_after(s, state));
    return true;
}

/* Ends the word at a meant blank. */
static bool
take_blank(const struct ufx_search *s, struct state *state)
{
    if (!ends_word(s, state->arc) || state->words + 1 >= UFX_READING_WORDS ||
        state->word != NONE)
        return false;
    state->bound += s->lexicon->arcs[state->arc].final * WEIGHT;
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
    state->emit[state->emit_count++] = (uint8_t)cp;
}

/* In capitals, accents count for nothing: print leaves them out. */
static const struct {
    uint8_t plain, accented;
} twins[] = {{'a', 0xE1}, {'e', 0xE9}, {'i', 0xED},
             {'o', 0xF3}, {'u', 0xFA}, {'u', 0xFC}};
#define TWINS (sizeof twins / sizeof *twins)

static bool
is_twin(const struct ufx_search *s, uint32_t cp, uint32_t lower, uint8_t letter)
{
    size_t i;

    if (s->shape != UFX_SHAPE_UPPER || !ufx_char_is_upper(cp))
        return false;
    for (i = 0; i < TWINS; i++)
        if (twins[i].plain == lower && twins[i].accented == letter)
            return true;
    return false;
}

/* Bits of the letters that a character may be without any rule. */
static uint32_t
same_letters(const struct ufx_search *s, uint32_t cp)
{
    uint32_t lower = ufx_char_lower(cp), letters;
    size_t i;

    if (lower > 0xFF || !ufx_char_is_letter(cp))
        return 0;
    letters = ufx_letter_bit((uint8_t)lower);
    for (i = 0; i < TWINS; i++)
        if (is_twin(s, cp, lower, twins[i].accented))
            letters |= ufx_letter_bit(twins[i].accented);
    return letters;
}

/* Follows the arcs that read the next character as it stands. */
static void
expand_same(struct ufx_search *s, uint32_t from)
{
    const struct state *state = &s->pool[from];
    uint32_t cp = s->chars[state->position], lower = ufx_char_lower(cp);
    /* Of glued words each may have its own capital: véaseDocumentos. */
    bool upper = state->words > 0 && state->letters == 0
                     ? ufx_char_is_upper(cp)
                     : wants_upper(s, state);
    struct state next = follow(s, from);
    int32_t bound = s->node_bound;
    size_t i;

    next.position++;
    if (ufx_char_is_upper(cp) != upper) {
        if (!use_rule(&next, UFX_RULE_CASE, s->limits->case_cost))
            return;
        bound += s->limits->case_cost;
    }
    if (s->own != 0) {
        emit(&next, upper ? ufx_char_upper(lower) : lower);
        take_arc(s, &next, s->own, bound);
        push(s, &next);
    }
    for (i = 0; i < s->twin_count; i++) {
        next = follow(s, from);
        next.position++;
        emit(&next, cp);
        take_arc(s, &next, s->twins[i], s->node_bound);
        push(s, &next);
    }
}

static bool
rule_reads(const struct ufx_search *s, size_t position,
           const struct ufx_rule *rule)
{
    size_t i;

    for (i = 1; i < rule->read_length && i < UFX_CONFUSION_CHARS; i++)
        if (s->chars[position + i] != rule->read[i])
            return false;
    if (rule->place == UFX_PLACE_START && position != 0)
        return false;
    return rule->place != UFX_PLACE_END ||
           position + rule->read_length == s->count;
}

/* Notes the rules of one group that may lead on from the state, over `arc` if
 * they mean a letter first. */
static void
add_tries(struct ufx_search *s, const struct state *state,
          const struct ufx_choice_row *row, unsigned group, uint32_t arc)
{
    const struct ufx_choice *first = &s->choices.list[row->start[group]];
    const struct ufx_choice *choice = first;
    const struct ufx_choice *end = &s->choices.list[row->start[group + 1]];
    int32_t channel = s->limits->cap - state->channel;
    int32_t bound = arc == 0
                        ? state->bound
                        : s->node_bound + s->lexicon->arcs[arc].step * WEIGHT;

    /* The cheapest come first. */
    for (; choice < end && choice->cost <= channel &&
           s->try_count < s->try_capacity;
         choice++) {
        if (bound + choice->cost > s->highest[choice->length] ||
            (choice->bound &&
             !rule_reads(s, state->position,
                         ufx_vocabulary_rule(s->vocabulary, choice->number))))
            continue;
        s->tries[s->try_count].order =
            choice->number + (row->cp == 0 ? ORDER_NOTHING : 0);
        s->tries[s->try_count++].arc = arc;
    }
    s->looked += (uint32_t)(choice - first);
}

static int
compare_tries(const void *left, const void *right)
{
    const struct try *a = left, *b = right;

    return a->order < b->order ? -1 : a->order > b->order;
}

/* What is found first at a cost comes out last: the order shows. */
static void
sort_tries(struct ufx_search *s)
{
    size_t i, at;

    if (s->try_count > UFX_WORK_FEW) {
        s->looked +=
            (uint32_t)(s->try_count - UFX_WORK_FEW) * UFX_WORK_FOLLOWED;
        ufx_sort(s->tries, s->try_count, sizeof *s->tries, compare_tries);
        return;
    }
    for (i = 1; i < s->try_count; i++) {
        struct try moved = s->tries[i];

        for (at = i; at > 0 && s->tries[at - 1].order > moved.order; at--)
            s->tries[at] = s->tries[at - 1];
        s->tries[at] = moved;
    }
}

/* The bounds that are wanted as far ahead as one step leads. */
static void
set_highest(struct ufx_search *s, size_t position)
{
    size_t i;

    for (i = 0; i <= UFX_CONFUSION_CHARS; i++)
        s->highest[i] =
            position + i <= s->count ? highest_at(s, position + i) : -1;
}

/* What a rule that reads `length` characters may cost from the state, if it
 * means a letter first. */
static size_t
level_ahead(const struct ufx_search *s, const struct state *state,
            size_t length)
{
    int32_t channel = s->limits->cap - state->channel;
    int32_t bound = s->highest[length] - s->node_bound;

    return ufx_choice_level(channel < bound ? channel : bound);
}

/* The letters that may come next. */
struct letters {
    uint32_t same; /* the character as it stands */
    uint32_t read; /* by rules that read something */
    uint32_t inserted;
};

static struct letters
find_letters(const struct ufx_search *s, const struct state *state)
{
    const struct ufx_choice_row *row = s->rows[state->position];
    size_t two = level_ahead(s, state, 2), three = level_ahead(s, state, 3);
    struct letters letters;

    letters.same = s->same[state->position];
    letters.read = row->alone[level_ahead(s, state, 1)] |
                   row->longer[two > three ? two : three];
    letters.inserted =
        ufx_choices_nothing(&s->choices)->alone[level_ahead(s, state, 0)];
    return letters;
}

/* Notes what may lead over the arc. */
static void
look_at_arc(struct ufx_search *s, const struct state *state, uint32_t arc,
            const struct letters *letters)
{
    uint8_t letter = UFX_ARC_LABEL(s->lexicon->arcs[arc].way);
    uint32_t bit = ufx_letter_bit(letter);

    if (letters->same & bit) {
        uint32_t cp = s->chars[state->position], lower = ufx_char_lower(cp);

        if (letter == lower)
            s->own = arc;
        else if (is_twin(s, cp, lower, letter) && s->twin_count < 2)
            s->twins[s->twin_count++] = arc;
    }
    if (letters->read & bit)
        add_tries(s, state, s->rows[state->position], ufx_choice_group(letter),
                  arc);
    if (letters->inserted & bit)
        add_tries(s, state, ufx_choices_nothing(&s->choices),
                  ufx_choice_group(letter), arc);
}

static void
find_arcs(struct ufx_search *s, const struct state *state)
{
    const struct ufx_arc *from = &s->lexicon->arcs[state->arc];
    struct letters letters = find_letters(s, state);
    uint32_t wanted =
        from->below & (letters.same | letters.read | letters.inserted);
    uint32_t arc = UFX_ARC_TARGET(from->way), end;

    if (from->plain) {
        for (; wanted != 0; wanted &= wanted - 1) {
            arc = ufx_lexicon_arc(s->lexicon, state->arc,
                                  ufx_usual_letters[lowest_bit(wanted)]);
            if (arc != 0)
                look_at_arc(s, state, arc, &letters);
        }
        return;
    }
    if (arc == 0 || arc >= s->lexicon->arc_count)
        return;
    for (end = ufx_lexicon_end(s->lexicon, arc); wanted != 0 && arc < end;
         arc++) {
        look_at_arc(s, state, arc, &letters);
        if (s->lexicon->arcs[arc].way & UFX_ARC_LAST)
            break;
    }
}

/* All ways on from the state but generic edits. */
static void
find_steps(struct ufx_search *s, const struct state *state)
{
    const struct ufx_choice_row *nothing = ufx_choices_nothing(&s->choices);
    const struct ufx_choice_row *row = s->rows[state->position];

    s->own = 0;
    s->twin_count = s->try_count = 0;
    find_arcs(s, state);
    if (s->limits->blanks && ends_word(s, state->arc)) {
        add_tries(s, state, row, UFX_GROUP_BLANK, 0);
        add_tries(s, state, nothing, UFX_GROUP_BLANK, 0);
    }
    add_tries(s, state, row, UFX_GROUP_NOTHING, 0);
    add_tries(s, state, nothing, UFX_GROUP_NOTHING, 0);
    sort_tries(s);
}

static void
expand_rule(struct ufx_search *s, uint32_t from, const struct ufx_rule *rule,
            uint16_t number, uint32_t arc)
{
    struct state next = follow(s, from);
    size_t i;

    if (!use_rule(&next, number, rule->cost))
        return;
    next.position = (uint8_t)(next.position + rule->read_length);
    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++) {
        uint8_t letter = rule->meant[i];
        bool upper = (rule->upper >> i & 1) != 0;

        if (letter == ' ') {
            if (!s->limits->blanks || !take_blank(s, &next))
                return;
            emit(&next, ' ');
            continue;
        }
        if (upper != wants_upper(s, &next))
            return;
        if (i == 0)
            take_arc(s, &next, arc, s->node_bound + rule->cost);
        else if (!take_letter(s, &next, letter))
            return;
        emit(&next, upper ? ufx_char_upper(letter) : letter);
    }
    push(s, &next);
}

/* One generic edit: over an arc if it is not 0, and with `read` past the next
 * character. */
static void
push_generic(struct ufx_search *s, uint32_t from, uint32_t arc, size_t read,
             int32_t cost)
{
    const struct state *state = &s->pool[from];
    int32_t bound = arc == 0
                        ? state->bound
                        : s->node_bound + s->lexicon->arcs[arc].step * WEIGHT;
    struct state next;

    if (bound + cost > highest_at(s, state->position + read))
        return;
    next = follow(s, from);
    next.position = (uint8_t)(next.position + read);
    next.generic++;
    if (arc != 0) {
        uint8_t letter = UFX_ARC_LABEL(s->lexicon->arcs[arc].way);

        emit(&next, wants_upper(s, &next) ? ufx_char_upper(letter) : letter);
        take_arc(s, &next, arc, s->node_bound);
    }
    if (use_rule(&next, UFX_RULE_GENERIC, cost))
        push(s, &next);
}

/* What it costs to read the next character as anything; -1 if there is none. */
static int32_t
generic_cost(const struct ufx_search *s, const struct state *state)
{
    if (state->position >= s->count)
        return -1;
    return ufx_char_is_alnum(s->chars[state->position])
               ? s->limits->generic_cost
               : s->limits->mark_cost;
}

/* Any letter for another, one letter too many, one too few. */
static void
expand_generic(struct ufx_search *s, uint32_t from)
{
    const struct state *state = &s->pool[from];
    int32_t cost = s->limits->generic_cost, read = generic_cost(s, state);
    int32_t left = s->limits->cap - state->channel;
    /* What the arcs' steps may cost at most. */
    int32_t insert = cost > left ? -1 : s->highest[0] - s->node_bound - cost;
    int32_t change =
        read < 0 || read > left ? -1 : s->highest[1] - s->node_bound - read;
    uint32_t arc = UFX_ARC_TARGET(s->lexicon->arcs[state->arc].way), end;

    if (state->generic >= s->limits->generic)
        return;
    /* A figure in a word may be a note's. */
    if (read >= 0 && read <= left &&
        (s->limits->figures || !ufx_char_is_digit(s->chars[state->position])))
        push_generic(s, from, 0, 1, read);
    if (insert < 0 && change < 0)
        return;
    if (arc == 0 || arc >= s->lexicon->arc_count)
        return;
    for (end = ufx_lexicon_end(s->lexicon, arc); arc < end; arc++) {
        int32_t step = s->lexicon->arcs[arc].step * WEIGHT;

        if (step <= insert)
            push_generic(s, from, arc, 0, cost);
        if (step <= change)
            push_generic(s, from, arc, 1, read);
        if (s->lexicon->arcs[arc].way & UFX_ARC_LAST)
            break;
    }
}

/* Reads the path to `last` backwards into a reading. */
static bool
make_reading(struct ufx_search *s, uint32_t last, bool user,
             struct ufx_reading *reading)
{
    const struct state *end = &s->pool[last];
    uint32_t i, n = 0, *chars;
    uint8_t word = end->words, rule = end->rule_count;

    memset(reading, 0, sizeof *reading);
    for (i = last; i != NONE; i = s->pool[i].parent)
        n += s->pool[i].emit_count;
    chars = ufx_arena_allocate(s->arena, (n + 1) * sizeof *chars);
    if (chars == NULL)
        return false;
    reading->chars = chars;
    reading->count = n;
    reading->channel = end->channel;
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
        if ((flags & (UFX_WORD_ARCHAIC | UFX_WORD_SELDOM)) ||
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
        if (((flags & UFX_WORD_ACRONYM) && !upper) ||
            ((flags & UFX_WORD_CAPITAL) && !capital))
            penalty += UFX_COST_PROPER;
    }
    return penalty;
}

static unfix_status
complete(struct ufx_search *s, uint32_t last, bool user,
         struct ufx_readings *out, size_t first)
{
    struct ufx_reading reading;
    const struct state *end = &s->pool[last];
    int32_t total = end->bound + s->lexicon->arcs[end->arc].final * WEIGHT;

    if (!make_reading(s, last, user, &reading))
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
expand(struct ufx_search *s, uint32_t at)
{
    const struct state *state = &s->pool[at];
    size_t i;

    s->work++;
    s->node_bound = bound_after(s, state);
    set_highest(s, state->position);
    find_steps(s, state);
    if (s->own != 0 || s->twin_count > 0)
        expand_same(s, at);
    for (i = 0; i < s->try_count; i++) {
        uint16_t number = (uint16_t)s->tries[i].order;

        expand_rule(s, at, ufx_vocabulary_rule(s->vocabulary, number), number,
                    s->tries[i].arc);
    }
    if (s->limits->generic > 0)
        expand_generic(s, at);
}

static unfix_status
run(struct ufx_search *s, const struct ufx_lexicon *lexicon, bool user,
    struct ufx_readings *out, size_t most)
{
    struct state start = {.parent = NONE, .word = NONE};
    size_t first = out->count, position;

    s->lexicon = lexicon;
    s->used = 0;
    s->bar = BUCKETS * BUCKET_WIDTH;
    for (position = 0; position <= s->count; position++) {
        s->best[position] = INT32_MAX;
        memset(s->queues[position].filled, 0,
               sizeof s->queues[position].filled);
    }
    push(s, &start);
    for (position = 0; position <= s->count; position++) {
        int expanded = 0;
        uint32_t at;

        while (expanded < s->limits->width && (at = pop(s, position)) != NONE) {
            const struct state *state = &s->pool[at];

            if (state->bound > s->bar ||
                state->bound > s->best[position] + s->limits->window)
                break;
            expanded++;
            if (state->dead)
                continue;
            if (position == s->count && ends_word(s, state->arc)) {
                unfix_status status = complete(s, at, user, out, first);

                if (status != UNFIX_OK)
                    return status;
                if (out->count - first == most)
                    return UNFIX_OK;
            }
            expand(s, at);
        }
    }
    return UNFIX_OK;
}

/* What is the same for the whole run at each position. */
static void
set_positions(struct ufx_search *s)
{
    size_t i;

    for (i = 0; i < s->count; i++) {
        s->rows[i] = ufx_choices_row(&s->choices, s->chars[i]);
        s->same[i] = same_letters(s, s->chars[i]);
    }
    s->rows[s->count] = ufx_choices_row(&s->choices, 0);
    s->same[s->count] = 0;
}

unfix_status
ufx_search_run(struct ufx_search *s, const struct ufx_vocabulary *v,
               const uint32_t *chars, size_t count, enum ufx_shape shape,
               const struct ufx_search_limits *limits, struct ufx_readings *out)
{
    unfix_status status;

    if (count == 0 || count > UFX_TOKEN_CHARS)
        return UNFIX_OK;
    s->chars = chars;
    s->count = count;
    s->shape = shape;
    s->limits = limits;
    s->vocabulary = v;
    set_positions(s);
    status = run(s, &v->language->lexicon, false, out,
                 v->user == NULL ? UFX_READINGS : UFX_READINGS * 3 / 4);
    if (status == UNFIX_OK && v->user != NULL)
        status = run(s, v->user, true, out, UFX_READINGS / 4);
    return status;
}

uint32_t
ufx_search_work(struct ufx_search *s)
{
    uint32_t work = s->work + s->looked / UFX_WORK_RULES;

    s->work = s->looked = 0;
    return work;
}
