/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/candidates.h"

#include "normalize/rivals.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

#define SLOTS ((size_t)64 * 1024)
#define SLOTS_USED (SLOTS / 4 * 3) /* beyond that it takes long to look */

const struct ufx_search_result ufx_search_not_done;

struct ufx_candidates {
    struct ufx_memory memory;
    struct ufx_search *search;
    struct ufx_arena arena;
    struct ufx_spelling **slots; /* NULL: empty */
    size_t used;
    size_t allowed;     /* states that the paragraph may still expand */
    size_t deep;        /* the same of deep searches, besides */
    uint32_t paragraph; /* its number, never 0 */
    uint32_t width;
    bool is_near; /* unknown words near to nothing are not looked for further */
    bool ran_out;
    bool hold;
    bool is_overfull; /* more than there is place for, as it holds */
};

struct ufx_candidates *
ufx_candidates_new(const struct ufx_memory *memory,
                   const struct ufx_vocabulary *vocabulary)
{
    struct ufx_candidates *c = ufx_memory_allocate_zero(memory, sizeof *c);

    if (c == NULL)
        return NULL;
    c->memory = *memory;
    ufx_arena_init(&c->arena, memory);
    c->search = ufx_search_new(memory, vocabulary, &c->arena);
    c->slots =
        ufx_memory_allocate_zero(memory, SLOTS * sizeof(struct ufx_spelling *));
    if (c->search == NULL || c->slots == NULL) {
        ufx_candidates_free(c);
        return NULL;
    }
    return c;
}

void
ufx_candidates_free(struct ufx_candidates *c)
{
    struct ufx_memory memory;

    if (c == NULL)
        return;
    memory = c->memory;
    ufx_search_free(c->search);
    ufx_arena_free(&c->arena);
    ufx_memory_free(&memory, c->slots, SLOTS * sizeof(struct ufx_spelling *));
    ufx_memory_free(&memory, c, sizeof *c);
}

void
ufx_candidates_forget(struct ufx_candidates *c)
{
    memset(c->slots, 0, SLOTS * sizeof(struct ufx_spelling *));
    c->used = 0;
    c->is_overfull = c->hold;
    if (!c->hold)
        ufx_arena_reset(&c->arena);
}

/* More than is to be remembered. */
static bool
is_full(const struct ufx_candidates *c)
{
    return c->used >= UFX_CACHE_TOKENS || c->arena.total >= UFX_CACHE_BYTES;
}

void
ufx_candidates_hold(struct ufx_candidates *c, bool hold)
{
    c->hold = hold;
    if (!hold && c->is_overfull)
        ufx_candidates_forget(c);
}

void
ufx_candidates_rest(struct ufx_candidates *c)
{
    const bool hold = c->hold;

    if (!is_full(c))
        return;
    c->hold = false;
    ufx_candidates_forget(c);
    c->hold = hold;
}

void
ufx_candidates_start(struct ufx_candidates *c, size_t length, uint32_t width)
{
    /* What is held was paid for by the number of its paragraph: a number that
     * came again would make it free there, and a word that is looked up anew
     * would be paid twice. */
    if (c->hold ? c->used >= SLOTS_USED : is_full(c))
        ufx_candidates_forget(c);
    if (++c->paragraph == 0) {
        ufx_candidates_forget(c);
        c->paragraph = 1;
    }
    c->is_near = width == UFX_SEARCH_NEAR;
    c->width = c->is_near ? 0 : width;
    c->allowed = length * UFX_WORK_BYTE + UFX_WORK_PARAGRAPH;
    c->deep = width > 0 ? 0 : length * UFX_WORK_DEEP + UFX_WORK_DEEP_PARAGRAPH;
    c->ran_out = false;
}

bool
ufx_candidates_ran_out(const struct ufx_candidates *c)
{
    return c->ran_out;
}

bool
ufx_candidates_may_narrow(const struct ufx_candidates *c, uint32_t *width)
{
    *width = c->width + 1;
    return c->ran_out && *width < UFX_SEARCH_WIDTHS;
}

/* Capitals that engines print for small letters, and the other way round; and
 * those that they print for accented ones (Ambito, Ultimo). */
static bool
may_be_small(const struct ufx_vocabulary *v, uint32_t cp)
{
    return cp == 'I' || cp == 'J' || cp == 'T' || cp == 'F' || cp == 'L' ||
           ufx_alphabet_is(&v->language->alphabet, cp, UFX_LETTER_BARE);
}

static bool
may_be_capital(uint32_t cp)
{
    return !ufx_char_is_letter(cp) || cp == 'l' || cp == 'i' || cp == 't' ||
           cp == 'f' || cp == 'j';
}

static bool
is_deep(enum ufx_effort effort)
{
    return effort == UFX_EFFORT_DEEP || effort == UFX_EFFORT_WHOLE;
}

/* A token is looked for in so many shapes at most. */
#define SHAPES 2

/* The shapes that a token may have been printed in, likeliest first. */
static size_t
find_shapes(const struct ufx_vocabulary *v, const uint32_t *chars, size_t count,
            enum ufx_effort effort, enum ufx_shape *shapes)
{
    size_t i, upper = 0, lower = 0, n = 0;
    bool known = effort == UFX_EFFORT_KNOWN;
    bool first_upper = ufx_char_is_upper(chars[0]);

    for (i = 0; i < count; i++) {
        upper += ufx_char_is_upper(chars[i]);
        lower += ufx_char_is_lower(chars[i]);
    }
    /* Far from any word, and where cases are mixed, most letters tell; or the
     * first one, if it is one. */
    if (effort == UFX_EFFORT_FAR ||
        (is_deep(effort) && upper >= 2 && lower >= 1 && count > 2)) {
        shapes[n++] = upper > lower ? UFX_SHAPE_UPPER
                      : first_upper ? UFX_SHAPE_CAPITAL
                                    : UFX_SHAPE_LOWER;
        if (is_deep(effort) && upper <= lower && !ufx_char_is_letter(chars[0]))
            shapes[n++] = UFX_SHAPE_CAPITAL;
        return n;
    }
    if (upper >= 2 && upper > lower) {
        shapes[n++] = UFX_SHAPE_UPPER;
        if (upper <= 3 && count <= 4)
            shapes[n++] = UFX_SHAPE_CAPITAL;
        return n;
    }
    if (first_upper) {
        shapes[n++] = UFX_SHAPE_CAPITAL;
        if (known || effort >= UFX_EFFORT_DEEP ? may_be_small(v, chars[0])
                                               : upper == 1 || count > 2)
            shapes[n++] = UFX_SHAPE_LOWER;
        return n;
    }
    shapes[n++] = UFX_SHAPE_LOWER;
    if (!known && may_be_capital(chars[0]))
        shapes[n++] = UFX_SHAPE_CAPITAL;
    return n;
}

/* Whether generic edits drop figures, what they cost, one of a mark, the other
 * case: where not much is misread, and where little is right. */
#define USUAL false, UFX_COST_GENERIC, UFX_COST_GENERIC, UFX_COST_CASE
#define DEEP true, UFX_COST_GENERIC_DEEP, UFX_COST_EXPLAINED, UFX_COST_CASE_DEEP

static const struct ufx_search_limits limits[UFX_EFFORT_COUNT] = {
    [UFX_EFFORT_KNOWN] = {UFX_REACH_NEAR, UFX_SEARCH_WIDTH, true, 0, USUAL},
    [UFX_EFFORT_UNKNOWN] = {UFX_REACH_WIDE, UFX_SEARCH_WIDE, true, 1, USUAL},
    [UFX_EFFORT_JOIN] = {UFX_REACH_NEAR, UFX_SEARCH_WIDTH, false, 1, USUAL},
    [UFX_EFFORT_NEAR] = {UFX_REACH_PARTS, UFX_SEARCH_WIDTH, false, 0, USUAL},
    [UFX_EFFORT_SPACED] = {UFX_REACH_SPACED, UFX_SEARCH_WIDTH, false, 0, USUAL},
    [UFX_EFFORT_CLOSE] = {UFX_REACH_NEAR, UFX_SEARCH_WIDTH, true, 0, USUAL},
    [UFX_EFFORT_DEEP] = {UFX_REACH_DEEP, UFX_SEARCH_WIDE, true, 5, DEEP},
    [UFX_EFFORT_WHOLE] = {UFX_REACH_FAR, UFX_SEARCH_TOGETHER, true, 5, DEEP},
    [UFX_EFFORT_FAR] = {UFX_REACH_FAR, UFX_SEARCH_FAR, true, 5, DEEP},
    [UFX_EFFORT_ODD] = {UFX_REACH_WIDE, UFX_SEARCH_WIDE / 2, false, 2, DEEP}};

/* Those of a narrower search, which looks near only whatever the effort. */
static void
narrow(struct ufx_search_limits *l, uint32_t width)
{
    static const int32_t most[UFX_SEARCH_WIDTHS - 1][3] = {
        {UFX_REACH_NEAR, UFX_SEARCH_TOGETHER},
        {UFX_REACH_SPACED, UFX_SEARCH_NARROWEST}};
    const int32_t *m = most[width - 1];

    l->cap = l->cap < m[0] ? l->cap : m[0];
    l->window = l->window < m[1] ? l->window : m[1];
    l->width = m[2];
    l->generic = 0;
}

static bool
has_word(const struct ufx_readings *readings, int32_t most)
{
    size_t i;

    for (i = 0; i < readings->count; i++)
        if (readings->list[i].channel <= most &&
            readings->list[i].word_count == 1)
            return true;
    return false;
}

/* Looks for the spelling in all shapes that it may have been printed in. */
static unfix_status
search_all(struct ufx_candidates *c, const struct ufx_vocabulary *vocabulary,
           const struct ufx_spelling *spelling, enum ufx_effort effort,
           struct ufx_search_result *out)
{
    const uint32_t *chars = spelling->chars;
    size_t count = spelling->count;
    struct ufx_reading found[SHAPES * UFX_READINGS];
    struct ufx_readings readings = {found, 0};
    enum ufx_shape shapes[SHAPES];
    size_t n = find_shapes(vocabulary, chars, count, effort, shapes), i;
    struct ufx_search_limits l = limits[effort];

    /* Short tokens match too much by chance. */
    if (is_deep(effort) || effort == UFX_EFFORT_FAR)
        l.generic = (uint8_t)(count <= 3 ? 2 : count < 12 ? 1 + count / 3 : 5);
    else if (effort == UFX_EFFORT_ODD)
        l.generic = (uint8_t)(count <= 3 ? 1 : 2);
    else if (count <= 2)
        l.generic = 0;
    if (c->width > 0)
        narrow(&l, c->width);
    out->blocked = 0;
    for (i = 0; i < n; i++) {
        unfix_status status = ufx_search_run(c->search, vocabulary, chars,
                                             count, shapes[i], &l, &readings);

        if (status != UNFIX_OK)
            return status;
        if (ufx_search_is_blocked(c->search))
            out->blocked |= (uint8_t)(1u << shapes[i]);
    }
    out->list =
        ufx_arena_allocate(&c->arena, readings.count * sizeof *out->list);
    if (out->list == NULL)
        return UNFIX_ERROR_MEMORY;
    /* Stable insertion by channel cost: few items, and order must not hang on
     * a library's sort. */
    out->count = 0;
    for (i = 0; i < readings.count; i++) {
        size_t at = out->count++;

        while (at > 0 && found[i].channel < out->list[at - 1].channel) {
            out->list[at] = out->list[at - 1];
            at--;
        }
        out->list[at] = found[i];
        if (is_deep(effort))
            out->list[at].flags |= UFX_READING_DEEP;
    }
    return UNFIX_OK;
}

static struct ufx_spelling *
make_spelling(struct ufx_candidates *c, const uint32_t *chars, size_t count,
              uint32_t hash)
{
    struct ufx_spelling *spelling =
        ufx_arena_allocate(&c->arena, sizeof *spelling);
    uint32_t *copy = ufx_arena_allocate(&c->arena, count * sizeof *copy);

    if (spelling == NULL || copy == NULL)
        return NULL;
    memcpy(copy, chars, count * sizeof *copy);
    memset(spelling, 0, sizeof *spelling);
    spelling->chars = copy;
    spelling->count = (uint32_t)count;
    spelling->hash = hash;
    spelling->width = c->width;
    return spelling;
}

struct ufx_spelling *
ufx_candidates_spelling(struct ufx_candidates *c, const uint32_t *chars,
                        size_t count)
{
    uint32_t hash = 2166136261u + c->width;
    struct ufx_spelling *spelling;
    size_t i;

    for (i = 0; i < count; i++)
        hash = (hash ^ chars[i]) * 16777619u;
    hash ^= hash >> 15;
    for (i = hash % SLOTS; c->slots[i] != NULL; i = (i + 1) % SLOTS) {
        spelling = c->slots[i];
        if (spelling->hash == hash && spelling->count == count &&
            spelling->width == c->width &&
            memcmp(spelling->chars, chars, count * sizeof *chars) == 0)
            return spelling;
    }
    spelling = make_spelling(c, chars, count, hash);
    /* Within one paragraph the table may run over its limit, never full. */
    if (spelling != NULL && c->used + 1 < SLOTS) {
        c->slots[i] = spelling;
        c->used++;
    }
    return spelling;
}

/* What is remembered from other paragraphs costs as much as what is searched:
 * which of it is, hangs on what the context did before, and that must not show.
 * Within one it is free. */
static void
pay(struct ufx_search_result *result, uint32_t paragraph, size_t *allowed)
{
    result->paid = paragraph;
    *allowed -= result->work < *allowed ? result->work : *allowed;
}

/* The shapes in which nothing that the effort finds begins with the spelling.
 * An unknown word is looked for twice, and that nothing near begins so says
 * nothing of what is farther off. */
static uint8_t
blocked_shapes(const struct ufx_candidates *c,
               const struct ufx_spelling *spelling, enum ufx_effort effort)
{
    if (effort == UFX_EFFORT_UNKNOWN) {
        if (!c->is_near)
            return 0;
        effort = UFX_EFFORT_CLOSE;
    }
    return ufx_spelling_result(spelling, effort)->blocked;
}

/* True if nothing is found in any shape that the token may have. */
static bool
is_blocked(const struct ufx_vocabulary *v, const uint32_t *chars, size_t count,
           enum ufx_effort effort, uint8_t blocked)
{
    enum ufx_shape shapes[SHAPES];
    size_t n, i;

    if (blocked == 0)
        return false;
    n = find_shapes(v, chars, count, effort, shapes);
    for (i = 0; i < n; i++)
        if ((blocked >> shapes[i] & 1) == 0)
            return false;
    return true;
}

/* Where the result of an effort is kept; NULL: out of memory. */
static struct ufx_search_result *
result_of(struct ufx_candidates *c, struct ufx_spelling *spelling,
          enum ufx_effort effort)
{
    struct ufx_search_result **at = &spelling->results, *result;

    for (; *at != NULL; at = &(*at)->next)
        if ((*at)->effort == effort)
            return *at;
    result = ufx_arena_allocate(&c->arena, sizeof *result);
    if (result == NULL)
        return NULL;
    *result = (struct ufx_search_result){.effort = (uint8_t)effort};
    *at = result;
    return result;
}

static unfix_status
look(struct ufx_candidates *c, const struct ufx_vocabulary *vocabulary,
     struct ufx_spelling *spelling, enum ufx_effort effort,
     struct ufx_search_result *result)
{
    unfix_status status = search_all(c, vocabulary, spelling, effort, result);

    result->work += ufx_search_work(c->search);
    result->done = status == UNFIX_OK;
    return status;
}

/* Looks for an unknown word near by, and unless that finds a good one farther
 * off.  (Two words are none: of "comisiónes" the near search finds "comisión
 * es" alone, since it pruned "comisiones" where "comisión", which is far more
 * frequent, was still open.) */
static unfix_status
look_widely(struct ufx_candidates *c, const struct ufx_vocabulary *vocabulary,
            struct ufx_spelling *spelling, struct ufx_search_result *result)
{
    struct ufx_search_result *close = result_of(c, spelling, UFX_EFFORT_CLOSE);
    unfix_status status = UNFIX_OK;

    if (close == NULL)
        return UNFIX_ERROR_MEMORY;
    if (!close->done)
        status = look(c, vocabulary, spelling, UFX_EFFORT_CLOSE, close);
    if (status != UNFIX_OK)
        return status;
    result->list = close->list;
    result->count = close->count;
    result->work = close->work;
    result->done = has_word(&(struct ufx_readings){close->list, close->count},
                            UFX_COST_NEAR);
    return result->done
               ? UNFIX_OK
               : look(c, vocabulary, spelling, UFX_EFFORT_UNKNOWN, result);
}

/* The image has what the widest search finds of a usual word in small letters,
 * or with a capital before them, if there are no other words and rules than its
 * own. */
static bool
is_kept(struct ufx_candidates *c, const struct ufx_vocabulary *vocabulary,
        const struct ufx_spelling *spelling, struct ufx_readings *readings,
        uint32_t *work)
{
    const uint32_t *chars = spelling->chars;
    uint32_t word = spelling->lookup.word, i;

    if (c->width > 0 || vocabulary->user != NULL ||
        vocabulary->user_rules != NULL || !spelling->lookup.done ||
        word == UFX_WORD_NONE)
        return false;
    for (i = 1; i < spelling->count; i++)
        if (ufx_char_lower(chars[i]) != chars[i])
            return false;
    if (ufx_char_lower(chars[0]) != chars[0])
        word |= UFX_RIVALS_CAPITAL;
    return ufx_rivals_get(vocabulary->language, word, &c->arena, readings,
                          work);
}

unfix_status
ufx_candidates_get(struct ufx_candidates *c,
                   const struct ufx_vocabulary *vocabulary,
                   struct ufx_spelling *spelling, enum ufx_effort effort,
                   struct ufx_readings *readings)
{
    bool deep = effort >= UFX_EFFORT_DEEP;
    size_t *allowed = deep ? &c->deep : &c->allowed;
    struct ufx_search_result *result;
    unfix_status status = UNFIX_OK;

    if (effort == UFX_EFFORT_UNKNOWN && c->is_near) {
        status = ufx_candidates_get(c, vocabulary, spelling, UFX_EFFORT_CLOSE,
                                    readings);
        if (status != UNFIX_OK || readings->list == NULL ||
            readings->count == 0)
            return status;
    }
    readings->count = 0;
    readings->list = NULL;
    if (*allowed == 0 &&
        ufx_spelling_result(spelling, effort)->paid != c->paragraph) {
        c->ran_out = c->ran_out || !deep;
        return UNFIX_OK;
    }
    result = result_of(c, spelling, effort);
    if (result == NULL)
        return UNFIX_ERROR_MEMORY;
    if (!result->done && effort == UFX_EFFORT_KNOWN &&
        is_kept(c, vocabulary, spelling, readings, &result->work)) {
        result->list = readings->list;
        result->count = (uint16_t)readings->count;
        result->done = true;
    }
    if (!result->done && effort == UFX_EFFORT_UNKNOWN && c->width == 0)
        status = look_widely(c, vocabulary, spelling, result);
    else if (!result->done)
        status = look(c, vocabulary, spelling, effort, result);
    if (status != UNFIX_OK)
        return status;
    if (result->paid != c->paragraph)
        pay(result, c->paragraph, allowed);
    readings->list = result->list;
    readings->count = result->count;
    return UNFIX_OK;
}

unfix_status
ufx_candidates_read_longer(struct ufx_candidates *c,
                           const struct ufx_vocabulary *vocabulary,
                           const uint32_t *chars, size_t count,
                           enum ufx_effort effort, uint8_t *blocked,
                           struct ufx_readings *readings)
{
    struct ufx_spelling *spelling;
    unfix_status status;

    readings->count = 0;
    readings->list = NULL;
    if (count == 0 || count > UFX_TOKEN_CHARS ||
        is_blocked(vocabulary, chars, count, effort, *blocked))
        return UNFIX_OK;
    spelling = ufx_candidates_spelling(c, chars, count);
    if (spelling == NULL)
        return UNFIX_ERROR_MEMORY;
    status = ufx_candidates_get(c, vocabulary, spelling, effort, readings);
    *blocked = 0;
    if (status == UNFIX_OK && readings->list != NULL)
        *blocked = blocked_shapes(c, spelling, effort);
    return status;
}

unfix_status
ufx_candidates_read(struct ufx_candidates *c,
                    const struct ufx_vocabulary *vocabulary,
                    const uint32_t *chars, size_t count, enum ufx_effort effort,
                    struct ufx_readings *readings)
{
    uint8_t blocked = 0;

    return ufx_candidates_read_longer(c, vocabulary, chars, count, effort,
                                      &blocked, readings);
}
