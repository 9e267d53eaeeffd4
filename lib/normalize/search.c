/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/search.h"

#include "base/sort.h"
#include "lang/choices.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* Each position's queue has so many buckets of that width.  What would come
 * after the last is too dear to be wanted. */
#define BUCKET_WIDTH 256
#define BUCKETS 192

#define WEIGHT (UFX_WEIGHT_STEP * UFX_COST_STEP)

#define POOL 65536
#define POSITIONS (UFX_TOKEN_CHARS + 1)

/* Places for what was reached last, a power of two. */
#define REACHED_BITS 14
#define REACHED ((size_t)1 << REACHED_BITS)

#define NONE UINT32_MAX

/* What a reading says at most: each character of the token as it stands, and
 * what each rule puts in. */
#define READ_CHARS (UFX_TOKEN_CHARS + UFX_READING_RULES * UFX_CONFUSION_CHARS)

struct state {
    uint32_t parent; /* NONE at the beginning */
    uint32_t next;   /* in its bucket */
    uint32_t arc;    /* the last one taken; 0 at a word's beginning */
    uint32_t number; /* of the word so far: the sum of the skips */
    uint32_t word;   /* the word that a blank here has ended, or NONE */
    uint32_t said;   /* a hash of all that was put out so far */
    int32_t channel;
    int32_t bound; /* channel + least unigram cost */
    uint16_t rule; /* that led here; 0 with rule_count unchanged: none */
    uint16_t emit[UFX_CONFUSION_CHARS];
    uint8_t position;
    uint8_t letters; /* of the word so far, 255 at most */
    uint8_t words;   /* ended before */
    uint8_t rule_count;
    uint8_t generic;
    uint8_t used_rule;
    uint8_t emit_count;
};

struct queue {
    uint64_t filled[BUCKETS / 64]; /* a bit for each bucket that is not empty */
    uint32_t heads[BUCKETS];       /* of those */
    /* How many came into each, 255 at most, and in all up to `last`.  As many
     * as may be expanded are there, so what comes after it never is. */
    uint8_t counts[BUCKETS];
    int32_t count;
    int32_t last;
};

/* The character of a position. */
struct position {
    const struct ufx_choice_row *row;
    const struct ufx_choice *longer; /* that read this one and the next */
    size_t longer_count;
    /* Of those that fit here, the bits of the letters that they may mean first,
     * and the least cost of what means none first, INT32_MAX if none does. */
    uint32_t longer_letters;
    int32_t longer_other;
    uint32_t same;        /* bits of the letters that it may stand for */
    uint32_t following;   /* as ufx_choice has it */
    uint32_t code;        /* of its small letter: ufx_char_code */
    int32_t generic_cost; /* to read it as anything; -1 at the end */
    bool digit;
    bool upper;
    uint8_t misplaced; /* the places of ufx_choice_place that it is not */
};

/* A rule that may lead on from a state, as one number: its own, as the tables
 * have it but with those that read nothing last, then the arc of the first
 * letter meant, 0 if it is none. */
#define TRY(order, arc) ((uint64_t)(order) << 32 | (arc))
#define TRY_RULE(number) ((uint16_t)((number) >> 32))
#define TRY_ARC(number) ((uint32_t)(number))

#define ORDER_NOTHING 0x10000u

/* Bits of the letters that a rule may mean. */
#define ALL_UPPER ((1u << UFX_CONFUSION_CHARS) - 1)

/* The state that is being expanded, and what its ways on have in common. */
struct node {
    uint32_t at;
    const struct state *state;
    const struct position *here;
    size_t position;
    int32_t bound; /* if it goes on */
    int32_t left;  /* what the channel may still cost */
    /* What a step may add to the bound that reads so many characters. */
    int32_t room[UFX_CONFUSION_CHARS + 1];
    uint8_t upper; /* bits of the letters meant next that are capitals */
};

struct ufx_search {
    struct ufx_memory memory;
    struct ufx_choices choices;
    uint64_t *tries;
    struct state *pool; /* of POOL, and one that is being made */
    uint32_t used;
    uint32_t *reached; /* states by text and position, see is_reached() */
    struct queue queues[POSITIONS];
    struct position positions[POSITIONS];
    /* The highest bound that each position wants; nothing is wanted beyond the
     * last.  It never grows during a run. */
    int32_t highest[POSITIONS + UFX_CONFUSION_CHARS];
    /* The same, but not above what as many states come before as may be
     * expanded. */
    int32_t wanted[POSITIONS + UFX_CONFUSION_CHARS];
    /* Of the state that is being expanded: */
    uint32_t own;      /* the arc of the character as it stands, or 0 */
    uint32_t twins[2]; /* and of it with an accent, which capitals lack */
    size_t twin_count;
    size_t try_count;
    size_t try_capacity;
    /* Of the run: */
    const struct ufx_vocabulary *vocabulary;
    struct ufx_arena *arena; /* of the readings */
    const struct ufx_lexicon *lexicon;
    const struct ufx_arc *arcs; /* of the lexicon */
    const uint32_t *chars;
    size_t count;
    enum ufx_shape shape;
    const struct ufx_search_limits *limits;
    uint32_t text[READ_CHARS]; /* of the reading that is being made */
    bool is_blocked;           /* see ufx_search_is_blocked */
    /* Since it was last asked for: */
    uint32_t work;   /* states */
    uint32_t looked; /* rules that were looked at */
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
    s->pool = ufx_memory_allocate(memory, (POOL + 1) * sizeof *s->pool);
    s->reached = ufx_memory_allocate_zero(memory, REACHED * sizeof *s->reached);
    if (s->pool == NULL || s->reached == NULL ||
        !ufx_choices_make(&s->choices, memory, vocabulary->language,
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
    ufx_memory_free(&memory, s->reached, REACHED * sizeof *s->reached);
    ufx_memory_free(&memory, s->pool, (POOL + 1) * sizeof *s->pool);
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

/* True if a rule that reads more than one character does so there. */
static inline bool
is_read(const struct position *here, const struct ufx_choice *choice)
{
    return ((here->following ^ choice->following) &
            ufx_choice_mask(choice->length)) == 0;
}

/* ---- States ---- */

static inline bool
ends_word(const struct ufx_search *s, uint32_t arc)
{
    return arc != 0 && (s->arcs[arc].way & UFX_ARC_FINAL) != 0;
}

/* True if nothing can follow a state.  Many are of that kind, and to see it is
 * cheaper than to try. */
static bool
is_dead(const struct ufx_search *s, const struct state *state)
{
    const struct ufx_choice_row *nothing = ufx_choices_nothing(&s->choices);
    const struct position *here = &s->positions[state->position];
    const struct ufx_choice_row *row = here->row;
    int32_t most = s->limits->cap - state->channel;
    size_t level = ufx_choice_level(most);

    if (state->arc == 0 ||
        (state->generic < s->limits->generic &&
         (most >= s->limits->generic_cost || most >= s->limits->mark_cost)))
        return false;
    if ((s->arcs[state->arc].below &
         (nothing->letters[level] | row->letters[level] | here->longer_letters |
          here->same)) != 0 ||
        nothing->nothing <= most || row->nothing <= most ||
        here->longer_other <= most)
        return false;
    if (!ends_word(s, state->arc))
        return true;
    return state->position < s->count &&
           !(s->limits->blanks &&
             (nothing->blank <= most || row->blank <= most));
}

/* Lets go of the last buckets while those before them hold as many states as
 * may be expanded: these come first. */
static void
narrow(struct ufx_search *s, struct queue *queue, size_t position)
{
    int32_t last = queue->last, count = queue->count;

    while (count - queue->counts[last] >= s->limits->width)
        count -= queue->counts[last--];
    if (last < queue->last && s->wanted[position] >= (last + 1) * BUCKET_WIDTH)
        s->wanted[position] = (last + 1) * BUCKET_WIDTH - 1;
    queue->last = last;
    queue->count = count;
}

/* True if a state of that kind is to be made. */
static inline bool
is_wanted(const struct ufx_search *s, size_t position, int32_t bound,
          int32_t channel)
{
    return bound <= s->wanted[position] && channel <= s->limits->cap &&
           s->used < POOL;
}

/* Nothing above it is wanted any more at the position. */
static inline void
lower(struct ufx_search *s, size_t position, int32_t bound)
{
    if (bound < s->highest[position])
        s->highest[position] = bound;
    if (bound < s->wanted[position])
        s->wanted[position] = bound;
}

/* Where a state that says the same at the same position is looked for. */
static inline uint32_t *
place_of(const struct ufx_search *s, uint32_t said, size_t position)
{
    uint32_t hash = (said + (uint32_t)position) * 2654435769u;

    return &s->reached[hash >> (32 - REACHED_BITS)];
}

/* True if another state came to the same text there at no higher cost: what
 * follows is the same, and only one of them needs a place in the beam.  (What
 * an earlier run left is known by what stands at its number now.) */
static inline bool
is_reached(const struct ufx_search *s, const struct state *state,
           uint32_t other)
{
    const struct state *o = &s->pool[other];

    return other < s->used && o != state && o->said == state->said &&
           o->arc == state->arc && o->position == state->position &&
           o->bound <= state->bound;
}

/* Keeps the state that was made behind all others, which nothing has reached;
 * `place` is where that would be known. */
static void
keep(struct ufx_search *s, uint32_t *place)
{
    struct state *state = &s->pool[s->used];
    const size_t position = state->position;
    struct queue *queue = &s->queues[position];
    const uint32_t bucket = (uint32_t)state->bound / BUCKET_WIDTH;
    uint64_t *filled = &queue->filled[bucket / 64];
    const uint64_t bit = UINT64_C(1) << bucket % 64;

    *place = s->used;
    lower(s, position, state->bound + s->limits->window);
    state->next = *filled & bit ? queue->heads[bucket] : NONE;
    *filled |= bit;
    queue->heads[bucket] = s->used++;
    if (queue->counts[bucket] == UINT8_MAX)
        return;
    queue->counts[bucket]++;
    if (++queue->count >= s->limits->width)
        narrow(s, queue, position);
}

static inline void
push(struct ufx_search *s)
{
    const struct state *state = &s->pool[s->used];
    uint32_t *place = place_of(s, state->said, state->position);

    if (is_wanted(s, state->position, state->bound, state->channel) &&
        !is_reached(s, state, *place))
        keep(s, place);
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

static inline bool
wants_upper(const struct ufx_search *s, const struct state *state)
{
    return s->shape == UFX_SHAPE_UPPER ||
           (s->shape == UFX_SHAPE_CAPITAL && state->letters == 0 &&
            state->words == 0);
}

/* Moves over one arc to a state that costs `bound` without it. */
static inline void
take_arc(const struct ufx_search *s, struct state *state, uint32_t arc,
         int32_t bound)
{
    if (ends_word(s, state->arc))
        state->number++;
    state->number += s->arcs[arc].skip;
    state->bound = bound + s->arcs[arc].step * WEIGHT;
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
    take_arc(s, state, arc,
             state->bound + s->arcs[state->arc].through * WEIGHT);
    return true;
}

/* Of words that were run together none is a letter, but for those that are
 * words: with "s" and "d" everything could be taken apart. */
static bool
is_lone_letter(const struct ufx_search *s, const struct state *state)
{
    uint8_t letter = UFX_ARC_LABEL(s->arcs[state->arc].way);

    return state->letters == 1 &&
           (s->vocabulary->language->alphabet.kinds[letter] &
            UFX_LETTER_WORD) == 0;
}

/* Ends the word at a meant blank. */
static bool
take_blank(const struct ufx_search *s, struct state *state)
{
    if (!ends_word(s, state->arc) || state->words + 1 >= UFX_READING_WORDS ||
        state->word != NONE || is_lone_letter(s, state))
        return false;
    state->bound += s->arcs[state->arc].final * WEIGHT;
    state->word = state->number;
    state->number = 0;
    state->arc = 0;
    state->letters = 0;
    state->words++;
    return true;
}

/* Begins to make a state that comes after the node's. */
static inline struct state *
follow(struct ufx_search *s, const struct node *n)
{
    struct state *state = &s->pool[s->used];

    *state = *n->state;
    state->parent = n->at;
    state->word = NONE;
    state->emit_count = 0;
    state->used_rule = 0;
    return state;
}

static inline bool
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

/* What was put out so far, and one more character. */
static inline uint32_t
say(uint32_t said, uint32_t cp)
{
    return (said ^ cp) * 16777619u;
}

static inline void
emit(struct state *state, uint32_t cp)
{
    state->emit[state->emit_count++] = (uint16_t)cp;
    state->said = say(state->said, cp);
}

static inline void
emit_letter(struct state *state, uint8_t letter, bool upper)
{
    uint32_t cp = ufx_char_of_code(letter);

    emit(state, upper ? ufx_char_upper(cp) : cp);
}

/* In capitals, accents count for nothing: print leaves them out. */
static bool
is_twin(const struct ufx_search *s, const struct position *here, uint8_t letter)
{
    const struct ufx_alphabet *alphabet = &s->vocabulary->language->alphabet;
    size_t i;

    if (s->shape != UFX_SHAPE_UPPER || !here->upper)
        return false;
    for (i = 0; i < alphabet->accent_count; i++)
        if (alphabet->accents[i].plain == here->code &&
            alphabet->accents[i].accented == letter)
            return true;
    return false;
}

/* Bits of the letters that a character may be without any rule. */
static uint32_t
same_letters(const struct ufx_search *s, const struct position *here,
             uint32_t cp)
{
    const struct ufx_language *language = s->vocabulary->language;
    const struct ufx_alphabet *alphabet = &language->alphabet;
    uint32_t letters;
    size_t i;

    if (here->code == 0 || !ufx_char_is_letter(cp))
        return 0;
    letters = ufx_letter_bit(&language->usual, (uint8_t)here->code);
    if (s->shape == UFX_SHAPE_UPPER && here->upper)
        for (i = 0; i < alphabet->accent_count; i++)
            if (alphabet->accents[i].plain == here->code)
                letters |= ufx_letter_bit(&language->usual,
                                          alphabet->accents[i].accented);
    return letters;
}

/* Follows the arcs that read the next character as it stands. */
static void
expand_same(struct ufx_search *s, const struct node *n)
{
    uint32_t cp = s->chars[n->position], code = n->here->code;
    /* Of glued words each may have its own capital: véaseDocumentos. */
    bool upper = n->state->words > 0 && n->state->letters == 0
                     ? n->here->upper
                     : wants_upper(s, n->state);
    struct state *next = follow(s, n);
    int32_t bound = n->bound;
    size_t i;

    next->position++;
    if (n->here->upper != upper) {
        if (!use_rule(next, UFX_RULE_CASE, s->limits->case_cost))
            return;
        bound += s->limits->case_cost;
    }
    if (s->own != 0) {
        emit_letter(next, (uint8_t)code, upper);
        take_arc(s, next, s->own, bound);
        push(s);
    }
    for (i = 0; i < s->twin_count; i++) {
        next = follow(s, n);
        next->position++;
        emit(next, cp);
        take_arc(s, next, s->twins[i], n->bound);
        push(s);
    }
}

/* True if the rule of a choice, which stands at the node, may lead on from it,
 * so far as that is easily seen; `step` is what its first letter adds to the
 * bound, `beyond` has the bits of the letters that cannot be its second. */
static inline bool
fits(const struct node *n, const struct ufx_choice *choice, int32_t step,
     uint32_t beyond)
{
    return choice->cost + step <= n->room[choice->length] &&
           ((n->here->misplaced & choice->place) | (choice->second & beyond) |
            ((choice->upper ^ n->upper) & choice->letters)) == 0;
}

/* Notes the rules of one group, up to the `dearest`, that may lead on from the
 * node, over `arc` if they mean a letter first; `step` is what that adds to the
 * node's bound. */
static void
add_tries(struct ufx_search *s, const struct node *n,
          const struct ufx_choice_group *group, uint32_t order, uint32_t arc,
          int32_t step, int32_t dearest)
{
    const struct ufx_choice *first = &s->choices.list[group->first];
    const struct ufx_choice *choice = first, *end = first + group->count;
    size_t most = s->try_capacity, count = s->try_count;
    uint32_t beyond = ~s->arcs[arc].below;

    /* The cheapest come first. */
    for (; choice < end && choice->cost <= dearest && count < most; choice++)
        if (fits(n, choice, step, beyond))
            s->tries[count++] = TRY(choice->number + order, arc);
    s->try_count = count;
    s->looked += (uint32_t)(choice - first);
}

static inline uint32_t
bit_of(const struct ufx_search *s, uint8_t letter)
{
    return ufx_letter_bit(&s->vocabulary->language->usual, letter);
}

/* Where a rule's first letter leads from the node: in *arc to what, 0 if it is
 * none, and in *step what that adds to the bound.  False: nowhere. */
static bool
first_arc(const struct ufx_search *s, const struct node *n,
          const struct ufx_choice *choice, uint32_t *arc, int32_t *step)
{
    *arc = 0;
    *step = n->state->bound - n->bound; /* over no arc */
    if (choice->group == UFX_GROUP_BLANK)
        return s->limits->blanks && ends_word(s, n->state->arc);
    if (choice->group == UFX_GROUP_NOTHING)
        return true;
    if ((s->arcs[n->state->arc].below & bit_of(s, choice->letter)) == 0)
        return false;
    *arc = ufx_lexicon_arc(s->lexicon, n->state->arc, choice->letter);
    *step = s->arcs[*arc].step * WEIGHT;
    return *arc != 0;
}

/* The same for the rules that read more than one character. */
static void
add_longer(struct ufx_search *s, const struct node *n)
{
    const struct ufx_choice *choice = n->here->longer;
    const struct ufx_choice *end = choice + n->here->longer_count;
    uint32_t arc;
    int32_t step;

    /* The cheapest come first. */
    for (; choice < end && choice->cost <= n->left; choice++) {
        s->looked++;
        if (s->try_count < s->try_capacity && is_read(n->here, choice) &&
            first_arc(s, n, choice, &arc, &step) &&
            fits(n, choice, step, ~s->arcs[arc].below))
            s->tries[s->try_count++] = TRY(choice->number, arc);
    }
}

/* Notes rules of a group, most of which hold none that is cheap enough for
 * `room`. */
static inline void
add_group(struct ufx_search *s, const struct node *n,
          const struct ufx_choice_group *group, uint32_t order, uint32_t arc,
          int32_t step, int32_t room)
{
    int32_t dearest = room - step < n->left ? room - step : n->left;

    if (group->least <= dearest)
        add_tries(s, n, group, order, arc, step, dearest);
}

/* Rules that read one character. */
static inline void
add_reading(struct ufx_search *s, const struct node *n, unsigned group,
            uint32_t arc, int32_t step)
{
    add_group(s, n, &n->here->row->groups[group], 0, arc, step, n->room[1]);
}

/* And those that read nothing. */
static inline void
add_inserting(struct ufx_search *s, const struct node *n, unsigned group,
              uint32_t arc, int32_t step)
{
    add_group(s, n, &ufx_choices_nothing(&s->choices)->groups[group],
              ORDER_NOTHING, arc, step, n->room[0]);
}

/* The node of a state, with what its steps may cost as far ahead as one
 * leads. */
static inline void
set_node(const struct ufx_search *s, uint32_t at, struct node *n)
{
    const struct state *state = &s->pool[at];
    const int32_t *wanted = &s->wanted[state->position];
    size_t i;

    n->at = at;
    n->state = state;
    n->position = state->position;
    n->here = &s->positions[state->position];
    n->bound = state->bound + s->arcs[state->arc].through * WEIGHT;
    n->left = s->limits->cap - state->channel;
    for (i = 0; i <= UFX_CONFUSION_CHARS; i++)
        n->room[i] = wanted[i] - n->bound;
    n->upper = (uint8_t)(s->shape == UFX_SHAPE_UPPER ? ALL_UPPER
                         : wants_upper(s, state)     ? 1
                                                     : 0);
}

/* What a rule that reads `length` characters may cost from the node, if it
 * means a letter first. */
static inline size_t
level_ahead(const struct node *n, size_t length)
{
    return ufx_choice_level(n->left < n->room[length] ? n->left
                                                      : n->room[length]);
}

/* The letters that may come next. */
struct letters {
    uint32_t same; /* the character as it stands */
    uint32_t read; /* by rules that read it alone */
    uint32_t inserted;
};

static inline struct letters
find_letters(const struct ufx_search *s, const struct node *n)
{
    return (struct letters){
        .same = n->here->same,
        .read = n->here->row->letters[level_ahead(n, 1)],
        .inserted =
            ufx_choices_nothing(&s->choices)->letters[level_ahead(n, 0)]};
}

/* Notes what may lead over the arc. */
static inline void
look_at_arc(struct ufx_search *s, const struct node *n, uint32_t arc,
            uint8_t letter, uint32_t bit, const struct letters *letters)
{
    unsigned group = ufx_choice_group(letter);
    int32_t step = s->arcs[arc].step * WEIGHT;

    if (letters->same & bit) {
        if (letter == n->here->code)
            s->own = arc;
        else if (is_twin(s, n->here, letter) && s->twin_count < 2)
            s->twins[s->twin_count++] = arc;
    }
    if (letters->read & bit)
        add_reading(s, n, group, arc, step);
    if (letters->inserted & bit)
        add_inserting(s, n, group, arc, step);
}

/* Looks at the arcs of a node whose labels are all usual letters: of these, as
 * many come before one as there are lower bits. */
static void
find_plain_arcs(struct ufx_search *s, const struct node *n, uint32_t below,
                uint32_t first, const struct letters *letters)
{
    const struct ufx_usual *usual = s->lexicon->usual;
    uint32_t wanted =
        below & (letters->same | letters->read | letters->inserted);

    for (; wanted != 0; wanted &= wanted - 1) {
        uint32_t bit = wanted & (0 - wanted);
        uint32_t arc = first + ufx_count_bits(below & (bit - 1));
        uint8_t letter = usual->letters[lowest_bit(wanted)];

        if (arc < s->lexicon->arc_count &&
            UFX_ARC_LABEL(s->arcs[arc].way) == letter)
            look_at_arc(s, n, arc, letter, bit, letters);
    }
}

static void
find_arcs(struct ufx_search *s, const struct node *n)
{
    const struct ufx_arc *arcs = s->arcs, *from = &arcs[n->state->arc];
    struct letters letters = find_letters(s, n);
    uint32_t wanted = letters.same | letters.read | letters.inserted;
    uint32_t arc = UFX_ARC_TARGET(from->way), end, bit;

    if (arc == 0 || arc >= s->lexicon->arc_count || (from->below & wanted) == 0)
        return;
    if (from->plain) {
        find_plain_arcs(s, n, from->below, arc, &letters);
        return;
    }
    for (end = ufx_lexicon_end(s->lexicon, arc); arc < end; arc++) {
        uint32_t way = arcs[arc].way;
        uint8_t letter = UFX_ARC_LABEL(way);

        bit = bit_of(s, letter);
        if (wanted & bit)
            look_at_arc(s, n, arc, letter, bit, &letters);
        if (way & UFX_ARC_LAST)
            break;
    }
}

/* All ways on from the node but generic edits. */
static void
find_steps(struct ufx_search *s, const struct node *n)
{
    int32_t step = n->state->bound - n->bound; /* over no arc */

    s->own = 0;
    s->twin_count = s->try_count = 0;
    find_arcs(s, n);
    if (s->limits->blanks && ends_word(s, n->state->arc)) {
        add_reading(s, n, UFX_GROUP_BLANK, 0, step);
        add_inserting(s, n, UFX_GROUP_BLANK, 0, step);
    }
    add_reading(s, n, UFX_GROUP_NOTHING, 0, step);
    if (n->here->longer_count > 0)
        add_longer(s, n);
    /* What is found first at a cost comes out last: the order shows. */
    if (s->try_count > 1)
        ufx_sort_numbers(s->tries, s->try_count);
}

static void
expand_rule(struct ufx_search *s, const struct node *n,
            const struct ufx_rule *rule, uint16_t number, uint32_t arc)
{
    int32_t bound =
        rule->cost +
        (arc == 0 ? n->state->bound : n->bound + s->arcs[arc].step * WEIGHT);
    struct state *next;
    size_t i;

    if (!is_wanted(s, n->position + rule->read_length, bound, 0))
        return;
    next = follow(s, n);
    if (!use_rule(next, number, rule->cost))
        return;
    next->position = (uint8_t)(next->position + rule->read_length);
    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++) {
        uint8_t letter = rule->meant[i];
        bool upper = (rule->upper >> i & 1) != 0;

        if (letter == ' ') {
            if (!s->limits->blanks || !take_blank(s, next))
                return;
            emit(next, ' ');
            continue;
        }
        if (upper != wants_upper(s, next))
            return;
        if (i == 0)
            take_arc(s, next, arc, n->bound + rule->cost);
        else if (!take_letter(s, next, letter))
            return;
        emit_letter(next, letter, upper);
    }
    push(s);
}

/* The letter of an arc, as it is put out after the node. */
static inline uint32_t
letter_of(const struct ufx_search *s, const struct node *n, uint32_t arc)
{
    uint32_t cp = ufx_char_of_code(UFX_ARC_LABEL(s->arcs[arc].way));

    return (n->upper & 1) != 0 ? ufx_char_upper(cp) : cp;
}

/* One generic edit: over an arc if it is not 0, and with `read` past the next
 * character.  Where another way has come to the same, no state is made. */
static inline void
push_generic(struct ufx_search *s, const struct node *n, uint32_t arc,
             size_t read, int32_t cost)
{
    const uint32_t cp = arc == 0 ? 0 : letter_of(s, n, arc);
    struct state end = {
        .said = arc == 0 ? n->state->said : say(n->state->said, cp),
        .arc = arc == 0 ? n->state->arc : arc,
        .position = (uint8_t)(n->position + read),
        .bound = cost + (arc == 0 ? n->state->bound
                                  : n->bound + s->arcs[arc].step * WEIGHT)};
    uint32_t *place;
    struct state *next;

    if (n->state->rule_count == UFX_READING_RULES ||
        !is_wanted(s, end.position, end.bound, n->state->channel + cost))
        return;
    place = place_of(s, end.said, end.position);
    if (is_reached(s, &end, *place))
        return;
    next = follow(s, n);
    next->position = end.position;
    next->generic++;
    if (arc != 0) {
        emit(next, cp);
        take_arc(s, next, arc, n->bound);
    }
    use_rule(next, UFX_RULE_GENERIC, cost);
    keep(s, place);
}

/* What a generic edit led to the node's state: none, one that read a character,
 * one that only put one in.  One more letter and one less beside each other are
 * a change, and a letter after a change is one before it: neither is tried. */
enum edit {
    EDIT_NONE,
    EDIT_READ,
    EDIT_PUT
};

static enum edit
last_edit(const struct ufx_search *s, const struct state *state)
{
    if (!state->used_rule || state->rule != UFX_RULE_GENERIC)
        return EDIT_NONE;
    return s->pool[state->parent].position == state->position ? EDIT_PUT
                                                              : EDIT_READ;
}

/* Any letter for another, one letter too many, one too few. */
static void
expand_generic(struct ufx_search *s, const struct node *n)
{
    int32_t cost = s->limits->generic_cost, read = n->here->generic_cost;
    enum edit last = last_edit(s, n->state);
    /* What the arcs' steps may cost at most. */
    int32_t insert =
        cost > n->left || last == EDIT_READ ? -1 : n->room[0] - cost;
    int32_t change = read < 0 || read > n->left ? -1 : n->room[1] - read;
    uint32_t arc = UFX_ARC_TARGET(s->arcs[n->state->arc].way), end;

    if (n->state->generic >= s->limits->generic)
        return;
    /* A figure in a word may be a note's. */
    if (last != EDIT_PUT && read >= 0 && read <= n->left &&
        (s->limits->figures || !n->here->digit))
        push_generic(s, n, 0, 1, read);
    if (insert < 0 && change < 0)
        return;
    if (arc == 0 || arc >= s->lexicon->arc_count)
        return;
    for (end = ufx_lexicon_end(s->lexicon, arc); arc < end; arc++) {
        int32_t step = s->arcs[arc].step * WEIGHT;

        if (step <= insert)
            push_generic(s, n, arc, 0, cost);
        if (step <= change)
            push_generic(s, n, arc, 1, read);
        if (s->arcs[arc].way & UFX_ARC_LAST)
            break;
    }
}

/* Reads the path to `last` backwards into a reading, whose characters come into
 * the end of s->text. */
static void
make_reading(struct ufx_search *s, uint32_t last, bool user,
             struct ufx_reading *reading)
{
    const struct state *end = &s->pool[last];
    uint32_t i, *chars = s->text + READ_CHARS;
    uint8_t word = end->words, rule = end->rule_count;

    memset(reading, 0, sizeof *reading);
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
            *--chars = state->emit[k - 1];
        if (state->used_rule)
            reading->rules[--rule] = state->rule;
        if (state->word != NONE)
            reading->words[--word] = state->word;
    }
    reading->chars = chars;
    reading->count = (uint32_t)(s->text + READ_CHARS - chars);
}

/* Keeps what it says for good. */
static bool
keep_chars(struct ufx_search *s, struct ufx_reading *reading)
{
    size_t size = reading->count * sizeof *reading->chars;
    uint32_t *chars = ufx_arena_allocate(s->arena, size);

    if (chars == NULL)
        return false;
    memcpy(chars, reading->chars, size);
    reading->chars = chars;
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

static bool
is_no_target(const struct ufx_search *s, const struct ufx_reading *reading)
{
    size_t i;

    for (i = 0; i < reading->word_count; i++)
        if (reading->words[i] < s->lexicon->word_count &&
            !ufx_is_target(&s->lexicon->words[reading->words[i]]))
            return true;
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
    int32_t total = end->bound + s->arcs[end->arc].final * WEIGHT;
    size_t i;

    make_reading(s, last, user, &reading);
    if (!is_new(out, first, &reading))
        return UNFIX_OK;
    if (is_same(s, &reading))
        reading.flags |= UFX_READING_SAME;
    else if (is_no_target(s, &reading))
        return UNFIX_OK;
    if (!keep_chars(s, &reading))
        return UNFIX_ERROR_MEMORY;
    reading.channel += case_penalty(s, &reading);
    out->list[out->count++] = reading;
    for (i = 0; i <= s->count; i++)
        lower(s, i, total + s->limits->window);
    return UNFIX_OK;
}

/* Goes on from the state, and says what that takes, in usual ones. */
static uint32_t
expand(struct ufx_search *s, uint32_t at)
{
    struct node n;
    uint32_t work = 1;
    size_t i;

    set_node(s, at, &n);
    find_steps(s, &n);
    if (s->own != 0 || s->twin_count > 0)
        expand_same(s, &n);
    for (i = 0; i < s->try_count; i++) {
        uint16_t number = TRY_RULE(s->tries[i]);

        expand_rule(s, &n, ufx_vocabulary_rule(s->vocabulary, number), number,
                    TRY_ARC(s->tries[i]));
    }
    if (s->limits->generic > 0)
        expand_generic(s, &n);
    if (s->try_count > UFX_WORK_FEW)
        work += (uint32_t)s->try_count - UFX_WORK_FEW;
    s->work += work;
    return work;
}

static void
clear_queue(struct queue *queue)
{
    memset(queue->filled, 0, sizeof queue->filled);
    memset(queue->counts, 0, sizeof queue->counts);
    queue->count = 0;
    queue->last = BUCKETS - 1;
}

static unfix_status
run(struct ufx_search *s, const struct ufx_lexicon *lexicon, bool user,
    struct ufx_readings *out, size_t most)
{
    static const struct state start = {.parent = NONE, .word = NONE};
    size_t first = out->count, position;

    s->lexicon = lexicon;
    s->arcs = lexicon->arcs;
    s->used = 0;
    for (position = 0; position <= s->count; position++) {
        s->highest[position] = BUCKETS * BUCKET_WIDTH;
        s->wanted[position] = BUCKETS * BUCKET_WIDTH - 1;
        clear_queue(&s->queues[position]);
    }
    for (; position <= s->count + UFX_CONFUSION_CHARS; position++)
        s->highest[position] = s->wanted[position] = -1;
    s->pool[0] = start;
    push(s);
    for (position = 0; position <= s->count; position++) {
        uint32_t at, work = 0;

        while (work < (uint32_t)s->limits->width &&
               (at = pop(s, position)) != NONE) {
            const struct state *state = &s->pool[at];

            if (state->bound > s->highest[position])
                break;
            if (is_reached(s, state, *place_of(s, state->said, position)))
                continue;
            /* It had its place in the beam. */
            if (is_dead(s, state)) {
                work++;
                continue;
            }
            if (position == s->count && ends_word(s, state->arc) &&
                (state->words == 0 || !is_lone_letter(s, state))) {
                unfix_status status = complete(s, at, user, out, first);

                if (status != UNFIX_OK)
                    return status;
                if (out->count - first == most)
                    return UNFIX_OK;
            }
            work += expand(s, at);
        }
    }
    return UNFIX_OK;
}

/* True if no state came so far that the characters beyond the end could have
 * had a part in it: rules look at so many, and one may ask for the end. */
static bool
is_blocked(const struct ufx_search *s)
{
    size_t last = s->count;

    while (last > 0 && s->queues[last].count == 0)
        last--;
    return last + UFX_CONFUSION_CHARS <= s->count;
}

/* The character at `i` as half of what follows another; rules read none beyond
 * 16 bits, and none beyond the end. */
static uint32_t
half(const struct ufx_search *s, size_t i)
{
    return i < s->count && s->chars[i] <= 0xFFFF ? s->chars[i] : 0;
}

/* What it costs to read the character as anything; -1 if there is none. */
static int32_t
generic_cost(const struct ufx_search *s, size_t position)
{
    if (position >= s->count)
        return -1;
    return ufx_char_is_alnum(s->chars[position]) ? s->limits->generic_cost
                                                 : s->limits->mark_cost;
}

/* The rules that read this character and the next. */
static void
set_longer(const struct ufx_search *s, struct position *here)
{
    size_t i;

    here->longer = ufx_choices_longer(
        &s->choices, here->row, here->following & 0xFFFF, &here->longer_count);
    here->longer_letters = 0;
    here->longer_other = INT32_MAX;
    for (i = 0; i < here->longer_count; i++) {
        const struct ufx_choice *choice = &here->longer[i];

        if (!is_read(here, choice))
            continue;
        if (choice->letter != 0)
            here->longer_letters |= bit_of(s, choice->letter);
        else if (choice->cost < here->longer_other)
            here->longer_other = choice->cost;
    }
}

/* What is the same for the whole run at each position. */
static void
set_positions(struct ufx_search *s)
{
    size_t i, length;

    for (i = 0; i <= s->count; i++) {
        struct position *here = &s->positions[i];
        uint32_t cp = i < s->count ? s->chars[i] : 0;

        here->row = ufx_choices_row(&s->choices, cp);
        here->following = half(s, i + 1) | half(s, i + 2) << 16;
        here->code = ufx_char_code(ufx_char_lower(cp));
        here->generic_cost = generic_cost(s, i);
        here->digit = ufx_char_is_digit(cp);
        here->upper = ufx_char_is_upper(cp);
        here->same = same_letters(s, here, cp);
        here->misplaced = i > 0 ? 1 : 0;
        for (length = 0; length <= UFX_CONFUSION_CHARS; length++)
            if (i + length != s->count)
                here->misplaced |= ufx_choice_place(UFX_PLACE_END, length);
        set_longer(s, here);
    }
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
    s->is_blocked = is_blocked(s);
    if (status == UNFIX_OK && v->user != NULL) {
        status = run(s, v->user, true, out, UFX_READINGS / 4);
        s->is_blocked = s->is_blocked && is_blocked(s);
    }
    return status;
}

bool
ufx_search_is_blocked(const struct ufx_search *s)
{
    return s->is_blocked;
}

uint32_t
ufx_search_work(struct ufx_search *s)
{
    uint32_t work = s->work + s->looked / UFX_WORK_RULES;

    s->work = s->looked = 0;
    return work;
}
