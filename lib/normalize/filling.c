/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/filling.h"

#include "normalize/profile.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* ---- Edges ---- */

struct ufx_edge *
ufx_fill_edge(struct ufx_filling *f, uint32_t from, uint32_t to,
              enum ufx_edge_kind kind, int32_t channel)
{
    struct ufx_lattice *lattice = f->l;
    struct ufx_edge *edge;

    if (lattice->edge_count == lattice->edge_capacity) {
        size_t capacity = lattice->edge_capacity * 2 + 256;
        struct ufx_edge *edges =
            ufx_arena_allocate(lattice->arena, capacity * sizeof *edges);

        if (edges == NULL) {
            f->status = UNFIX_ERROR_MEMORY;
            return NULL;
        }
        if (lattice->edge_count > 0)
            memcpy(edges, lattice->edges, lattice->edge_count * sizeof *edges);
        lattice->edges = edges;
        lattice->edge_capacity = capacity;
    }
    edge = &lattice->edges[lattice->edge_count];
    memset(edge, 0, sizeof *edge);
    edge->from = from;
    edge->to = to;
    edge->kind = (uint8_t)kind;
    edge->channel = channel;
    edge->next = lattice->first_edge[from];
    lattice->first_edge[from] = (uint32_t)lattice->edge_count++;
    return edge;
}

struct ufx_edge *
ufx_fill_piece(struct ufx_filling *f, uint32_t at, enum ufx_edge_kind kind,
               int32_t channel, uint32_t piece)
{
    struct ufx_edge *edge = ufx_fill_edge(f, at, at + 1, kind, channel);

    if (edge == NULL)
        return NULL;
    edge->pieces[0] = piece;
    edge->piece_count = 1;
    return edge;
}

struct ufx_edge *
ufx_find_edge(const struct ufx_filling *f, uint32_t from, uint32_t to,
              const struct ufx_reading *reading)
{
    uint32_t i = f->l->first_edge[from];

    for (; i != UINT32_MAX; i = f->l->edges[i].next) {
        struct ufx_edge *edge = &f->l->edges[i];

        if (edge->to == to && edge->reading != NULL &&
            edge->reading->count == reading->count &&
            memcmp(edge->reading->chars, reading->chars,
                   reading->count * sizeof *reading->chars) == 0)
            return edge;
    }
    return NULL;
}

int32_t
ufx_habits_channel(const struct ufx_habits *habits,
                   const struct ufx_reading *reading)
{
    int32_t channel = reading->channel;
    uint8_t i;

    if (habits->rule_shift != NULL)
        for (i = 0; i < reading->rule_count; i++)
            if (reading->rules[i] < UFX_RULE_TABLES)
                channel += habits->rule_shift[reading->rules[i]];
    return channel < 0 ? 0 : channel;
}

uint32_t
ufx_times_seen(const struct ufx_filling *f, const uint32_t *chars, size_t count)
{
    const struct ufx_profile *document = f->habits->document;

    f->l->by_document = true;
    return document == NULL ? 0 : ufx_profile_seen(document, chars, count);
}

static uint32_t
class_number(const struct ufx_filling *f, uint32_t kind)
{
    return ufx_language_class(f->v->language, (enum ufx_piece_class)kind);
}

/* What it costs that an unknown word of that class is spelt so. */
static int32_t
spelling_cost(const struct ufx_filling *f, uint32_t at, uint32_t kind)
{
    const struct ufx_letters *table = &f->v->language->letters;
    const struct ufx_segment *s = &f->l->segments[at];
    uint8_t letters[UFX_TOKEN_CHARS];
    int32_t cost = UFX_SPELL_BASE;

    if (kind == UFX_PIECE_UNKNOWN && table->contexts != NULL &&
        ufx_piece_letters(ufx_chars_of(f, at), s->count, letters))
        cost += (int32_t)(s->count * UFX_SPELL_LETTER +
                          ufx_letters_cost(table, letters, s->count) *
                              UFX_SPELL_SHARE / 100);
    else
        cost += (int32_t)s->count * UFX_SPELL_LETTER_ANY;
    return cost < UFX_COST_MOST ? cost : UFX_COST_MOST;
}

uint32_t
ufx_own_piece(const struct ufx_filling *f, uint32_t at, int32_t *cost)
{
    const struct ufx_segment *s = &f->l->segments[at];
    enum ufx_piece_class kind;

    *cost = 0;
    if (!ufx_is_spelled(s))
        return class_number(f, s->kind);
    if (s->word != UFX_WORD_NONE && (s->flags & UFX_SEGMENT_KNOWN))
        return s->word;
    kind = s->kind == UFX_PIECE_MIXED
               ? UFX_PIECE_MIXED
               : ufx_piece_unknown(ufx_chars_of(f, at), s->count);
    if (!(s->flags & UFX_SEGMENT_LISTED))
        *cost = spelling_cost(f, at, kind);
    return class_number(f, kind);
}

void
ufx_fill_keep(struct ufx_filling *f, uint32_t at)
{
    int32_t cost;
    uint32_t piece = ufx_own_piece(f, at, &cost);

    ufx_fill_piece(f, at, UFX_EDGE_KEEP, cost + f->l->segments[at].doubt,
                   piece);
}

/* ---- Readings of words ---- */

/* What ends a sentence, or opens one. */
static bool
begins_sentence(const struct ufx_filling *f, uint32_t at)
{
    return at == 0 ||
           ufx_piece_is(f->l->segments[at - 1].kind,
                        UFX_PIECES_ENDS | UFX_PIECE_BIT(QUESTION_OPEN) |
                            UFX_PIECE_BIT(EXCLAMATION_OPEN) |
                            UFX_PIECE_BIT(QUOTE) | UFX_PIECE_BIT(COLON) |
                            UFX_PIECE_BIT(DASH));
}

unsigned
ufx_capital_share(const struct ufx_word *word)
{
    if (word == NULL)
        return 128;
    if (word->flags & UFX_WORD_CAPITAL)
        return 255;
    /* 255 without the flag: never seen. */
    return word->capital == 255 ? 0 : word->capital;
}

static bool
is_same_letter(uint32_t a, uint32_t b)
{
    return ufx_char_lower(ufx_char_unaccented(a)) ==
           ufx_char_lower(ufx_char_unaccented(b));
}

/* Where the first letter is the engine's invention (6rganos, Ilegara), its
 * case follows from the place and from the word. */
static int32_t
first_case_cost(const struct ufx_filling *f, uint32_t at,
                const struct ufx_reading *reading)
{
    uint32_t source = *ufx_chars_of(f, at);
    bool upper = ufx_char_is_upper(reading->chars[0]);
    unsigned share;

    if (reading->shape == UFX_SHAPE_UPPER || reading->chars[0] == source)
        return 0;
    /* Arabe for Árabe: the accent was lost, not the case. */
    if (is_same_letter(reading->chars[0], source))
        return upper == ufx_char_is_upper(source) ? 0 : UFX_COST_ODD;
    if (begins_sentence(f, at))
        return UFX_COST_SLIGHT;
    share = ufx_capital_share(ufx_reading_word(f->v->language, reading, 0));
    if (share > UFX_CAPITAL_SELDOM && share < UFX_CAPITAL_MOSTLY)
        return UFX_COST_SLIGHT;
    return (share >= UFX_CAPITAL_MOSTLY) == upper ? UFX_COST_CASE_USUAL
                                                  : UFX_COST_ODD;
}

/* CIUD4DANIA where the document has PÁGINA and ÚNICO: the same word with its
 * accents is among the readings, and was meant. */
static int32_t
bare_cost(const struct ufx_filling *f, const struct ufx_readings *readings,
          const struct ufx_reading *r)
{
    size_t i, k;

    if (!f->habits->accented_capitals || r->shape != UFX_SHAPE_UPPER ||
        (r->flags & UFX_READING_LISTED))
        return 0;
    for (i = 0; i < readings->count; i++) {
        const struct ufx_reading *other = &readings->list[i];
        bool more = false;

        if (other->shape != UFX_SHAPE_UPPER || other->count != r->count ||
            other->word_count != r->word_count ||
            memcmp(other->words, r->words, r->word_count * sizeof *r->words) !=
                0)
            continue;
        for (k = 0; k < r->count; k++)
            more =
                more || (other->chars[k] != r->chars[k] &&
                         ufx_char_unaccented(other->chars[k]) == r->chars[k]);
        if (more)
            return UFX_COST_ODD;
    }
    return 0;
}

/* A sign that may be a letter which nobody could write: entities, bytes that
 * are no text, marks of no kind; no tag, nor what parts fields and terms. */
static bool
is_unread(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t cp = *ufx_chars_of(f, at);

    if (s->flags & UFX_SEGMENT_PROTECTED)
        return cp == '&' ||
               f->l->paragraph->tokens[s->token].kind == UFX_TOKEN_OPAQUE;
    return s->kind == UFX_PIECE_OTHER && cp != '|' && cp != '=' && cp != '+' &&
           cp != '<' && cp != '>';
}

/* comisi´on, direcci�n, c&oacute;digo: such a sign with a letter beyond it does
 * not end a word.  Nothing is put before or after it. */
static bool
is_stump(const struct ufx_filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    if (from > 1 && s[from].gap == UFX_GAP_NONE &&
        s[from - 1].gap == UFX_GAP_NONE && is_unread(f, from - 1) &&
        ufx_is_word(&s[from - 2]))
        return true;
    return to + 1 < f->l->segment_count && s[to].gap == UFX_GAP_NONE &&
           s[to + 1].gap == UFX_GAP_NONE && is_unread(f, to) &&
           ufx_is_word(&s[to + 1]);
}

static uint32_t
last_char(const struct ufx_filling *f, uint32_t at)
{
    return ufx_chars_of(f, at)[f->l->segments[at].count - 1];
}

/* "o imp r ocedente" read as improcedente, "y í 6" as y: the first or the last
 * token stands by itself, nothing of the word comes from it. */
static bool
drops_token(const struct ufx_filling *f, uint32_t from, uint32_t to,
            const struct ufx_reading *r)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t first = r->chars[0], last = r->chars[r->count - 1];

    if (to < from + 2)
        return false;
    if (s[from + 1].gap != UFX_GAP_NONE && ufx_is_word(&s[from]) &&
        !is_same_letter(first, *ufx_chars_of(f, from)) &&
        is_same_letter(first, *ufx_chars_of(f, from + 1)))
        return true;
    return s[to - 1].gap != UFX_GAP_NONE && !ufx_is_mark(&s[to - 1]) &&
           !is_same_letter(last, last_char(f, to - 1)) &&
           is_same_letter(last, last_char(f, to - 2));
}

/* internacionaly is no internacional, yde no de: the letter at that end is a
 * word that may have been run together with the other one.  (Names of others
 * end so: Factory.) */
static bool
drops_word(const struct ufx_filling *f, uint32_t from, uint32_t to,
           const struct ufx_reading *r)
{
    const uint32_t *chars = ufx_chars_of(f, from);
    uint32_t n = ufx_length_of(f, from, to), first = r->chars[0];
    uint32_t last = r->chars[r->count - 1];

    if (r->word_count != 1 || r->count >= n || ufx_char_is_upper(chars[0]))
        return false;
    if (r->count + 1 == n && is_same_letter(first, chars[1]) &&
        !is_same_letter(first, chars[0]) && ufx_is_link(f, chars[0]))
        return true;
    return n > UFX_WORD_CHARS && is_same_letter(last, chars[n - 2]) &&
           !is_same_letter(last, chars[n - 1]) && ufx_is_link(f, chars[n - 1]);
}

/* emérica: what is written with a capital nearly always, where its first letter
 * was read as a small one. */
static bool
is_name_misread(const struct ufx_filling *f, uint32_t at,
                const struct ufx_reading *r)
{
    uint32_t source = *ufx_chars_of(f, at);

    return r->shape == UFX_SHAPE_LOWER && r->word_count == 1 &&
           r->count <= UFX_TOKEN_CHARS && ufx_char_is_lower(source) &&
           !is_same_letter(r->chars[0], source) &&
           ufx_capital_share(ufx_reading_word(f->v->language, r, 0)) >=
               UFX_CAPITAL_NAME;
}

static void
fill_capitalized(struct ufx_filling *f, uint32_t from, uint32_t to,
                 enum ufx_edge_kind kind, const struct ufx_reading *reading,
                 int32_t extra)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    struct ufx_reading r = *reading;

    memcpy(chars, r.chars, r.count * sizeof *chars);
    chars[0] = ufx_char_upper(chars[0]);
    r.chars = chars;
    r.shape = UFX_SHAPE_CAPITAL;
    ufx_fill_reading(f, from, to, kind, &r, extra);
}

void
ufx_fill_readings(struct ufx_filling *f, uint32_t from, uint32_t to,
                  enum ufx_edge_kind kind, const struct ufx_readings *readings,
                  int32_t extra)
{
    size_t i;
    uint8_t k;

    if (is_stump(f, from, to))
        return;
    for (i = 0; i < readings->count && f->status == UNFIX_OK; i++) {
        const struct ufx_reading *r = &readings->list[i];
        struct ufx_edge *edge;

        if (((r->flags & UFX_READING_SAME) && to == from + 1) ||
            drops_token(f, from, to, r) || drops_word(f, from, to, r))
            continue;
        edge = ufx_fill_edge(f, from, to, kind,
                             ufx_habits_channel(f->habits, r) + extra +
                                 first_case_cost(f, from, r) +
                                 bare_cost(f, readings, r));
        if (edge == NULL)
            return;
        edge->reading = r;
        edge->piece_count = r->word_count;
        for (k = 0; k < r->word_count; k++)
            edge->pieces[k] = r->flags & UFX_READING_LISTED
                                  ? class_number(f, UFX_PIECE_UNKNOWN)
                                  : r->words[k];
        if (is_name_misread(f, from, r))
            fill_capitalized(f, from, to, kind, r, extra);
    }
}

void
ufx_fill_reading(struct ufx_filling *f, uint32_t from, uint32_t to,
                 enum ufx_edge_kind kind, const struct ufx_reading *reading,
                 int32_t extra)
{
    struct ufx_reading *kept = ufx_arena_allocate(f->l->arena, sizeof *kept);
    uint32_t *chars =
        ufx_arena_allocate(f->l->arena, reading->count * sizeof *chars);

    if (kept == NULL || chars == NULL) {
        f->status = UNFIX_ERROR_MEMORY;
        return;
    }
    memcpy(chars, reading->chars, reading->count * sizeof *chars);
    *kept = *reading;
    kept->chars = chars;
    ufx_fill_readings(f, from, to, kind, &(struct ufx_readings){kept, 1},
                      extra);
}

struct ufx_readings
ufx_read_word(struct ufx_filling *f, struct ufx_segment *s)
{
    enum ufx_effort effort =
        s->flags & UFX_SEGMENT_KNOWN ? UFX_EFFORT_KNOWN : UFX_EFFORT_UNKNOWN;
    struct ufx_readings readings = {NULL, 0};

    if (s->flags & UFX_SEGMENT_SEARCHED) {
        const struct ufx_search_result *found =
            effort == UFX_EFFORT_KNOWN
                ? ufx_spelling_result(s->spelling, effort)
                : ufx_spelling_unknown(s->spelling, f->habits->wide);

        return (struct ufx_readings){found->list, found->count};
    }
    f->status =
        ufx_candidates_get(f->candidates, f->v, s->spelling, effort, &readings);
    if (f->status != UNFIX_OK)
        return (struct ufx_readings){NULL, 0};
    if (readings.list != NULL)
        s->flags |= UFX_SEGMENT_SEARCHED;
    return readings;
}

struct ufx_readings
ufx_read_chars(struct ufx_filling *f, const uint32_t *chars, size_t count,
               enum ufx_effort effort)
{
    struct ufx_readings readings;

    f->status = ufx_candidates_read(f->candidates, f->v, chars, count, effort,
                                    &readings);
    return f->status == UNFIX_OK ? readings : (struct ufx_readings){NULL, 0};
}

/* A heading in capitals is known if the word is, accents aside. */
static void
adopt_same(struct ufx_filling *f, uint32_t at,
           const struct ufx_readings *readings)
{
    struct ufx_segment *s = &f->l->segments[at];
    size_t i;

    for (i = 0; i < readings->count; i++) {
        const struct ufx_reading *r = &readings->list[i];

        if ((r->flags & UFX_READING_SAME) && r->word_count == 1 &&
            r->channel == 0 && !(r->flags & UFX_READING_LISTED) &&
            r->words[0] < f->v->language->lexicon.word_count) {
            s->word = r->words[0];
            s->words = f->v->language->lexicon.words[s->word].flags;
            s->flags |= UFX_SEGMENT_KNOWN;
            return;
        }
    }
}

/* [p]roporcionar, explic[ó]: the letters in the brackets belong to the word. */
static bool
is_bracketed(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return (at > 0 && s->gap == UFX_GAP_NONE &&
            s[-1].kind == UFX_PIECE_BRACKET_CLOSE &&
            ufx_is_paired_bracket(f->l, at - 1)) ||
           (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
            s[1].kind == UFX_PIECE_BRACKET_OPEN &&
            ufx_is_paired_bracket(f->l, at + 1));
}

void
ufx_fill_word(struct ufx_filling *f, uint32_t at)
{
    struct ufx_segment *s = &f->l->segments[at];
    bool known = (s->flags & UFX_SEGMENT_KNOWN) != 0;
    struct ufx_readings readings;

    if ((s->flags & UFX_SEGMENT_LISTED) || is_bracketed(f, at))
        return;
    readings = ufx_read_word(f, s);
    if (!known)
        adopt_same(f, at, &readings);
    ufx_fill_readings(f, at, at + 1, UFX_EDGE_READING, &readings, 0);
}

/* "seguidos 0 acompañados", "conflictos ¢ indiquen": a figure or odd mark of
 * its own that may be a word of one letter. */
static bool
is_lone_letter(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->count == 1 && s->gap != UFX_GAP_NONE && at > 0 &&
           at + 1 < f->l->segment_count && s[1].gap != UFX_GAP_NONE &&
           s[-1].kind == UFX_PIECE_WORD && s[1].kind == UFX_PIECE_WORD &&
           (s->kind == UFX_PIECE_OTHER ||
            (s->kind == UFX_PIECE_NUMBER && *ufx_chars_of(f, at) == '0'));
}

void
ufx_fill_lone_letter(struct ufx_filling *f, uint32_t at)
{
    struct ufx_readings readings;

    if (!is_lone_letter(f, at))
        return;
    readings = ufx_read_chars(f, ufx_chars_of(f, at), 1, UFX_EFFORT_KNOWN);
    ufx_fill_readings(f, at, at + 1, UFX_EDGE_READING, &readings,
                      -UFX_COST_BLANK_EASY);
}

/* ---- Spans ---- */

static bool
has_letter_rule(const struct ufx_rules *rules, uint32_t cp)
{
    uint32_t i, end;

    ufx_rules_range(rules, cp, &i, &end);
    for (; i < end; i++)
        if (rules->rules[i].meant_length > 0)
            return true;
    return false;
}

static bool
reads_as_letter(const struct ufx_filling *f, uint32_t cp)
{
    return has_letter_rule(&f->v->language->rules, cp) ||
           (f->v->user_rules != NULL && has_letter_rule(f->v->user_rules, cp));
}

/* Within one token, [from, to) as one word or several: marks read for letters
 * or blanks. */
static bool
is_span(const struct ufx_filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;
    bool words = false, odd = false, unknown = false;
    uint32_t i;

    for (i = from; i < to; i++) {
        bool inside = i > from && i + 1 < to;

        if (i > from && s[i].gap != UFX_GAP_NONE)
            return false;
        if (ufx_is_fixed(&s[i]) || s[i].kind == UFX_PIECE_SYMBOL ||
            s[i].kind == UFX_PIECE_RATIO)
            return false;
        if (!ufx_is_mark(&s[i])) {
            words = words || ufx_is_word(&s[i]);
            unknown = unknown ||
                      (ufx_is_word(&s[i]) && !(s[i].flags & UFX_SEGMENT_KNOWN));
            continue;
        }
        if (!reads_as_letter(f, *ufx_chars_of(f, i)) ||
            ufx_is_paired_bracket(f->l, i) ||
            /* y mod.): neither part of a word; but capítu)o. */
            (!(s[i].kind == UFX_PIECE_CLOSE && inside) &&
             ufx_is_paired(f->l, i, UFX_PIECE_OPEN, UFX_PIECE_CLOSE)))
            return false;
        if (s[i].kind == UFX_PIECE_OTHER ||
            (inside && s[i].kind != UFX_PIECE_DASH &&
             s[i].kind != UFX_PIECE_SLASH))
            odd = true;
        if (!inside &&
            (s[i].kind == UFX_PIECE_STOP || s[i].kind == UFX_PIECE_COMMA ||
             (i > from && s[i].kind == UFX_PIECE_SEMICOLON)))
            return false;
        if (s[i].kind == UFX_PIECE_BRACKET_OPEN ||
            s[i].kind == UFX_PIECE_BRACKET_CLOSE ||
            s[i].kind == UFX_PIECE_EXCLAMATION ||
            (i == from && (s[i].kind == UFX_PIECE_CLOSE ||
                           s[i].kind == UFX_PIECE_SEMICOLON)))
            odd = true;
    }
    return words && (odd || unknown);
}

/* A mark at the span's edge with a word right beyond it: a reading that drops
 * the mark would glue the two. */
static bool
would_glue(const struct ufx_filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    if (ufx_is_mark(&s[to - 1]) && to < f->l->segment_count &&
        s[to].gap == UFX_GAP_NONE && !ufx_is_mark(&s[to]))
        return true;
    return ufx_is_mark(&s[from]) && from > 0 && s[from].gap == UFX_GAP_NONE &&
           !ufx_is_mark(&s[from - 1]);
}

void
ufx_fill_spans(struct ufx_filling *f, uint32_t from)
{
    const struct ufx_segment *s = f->l->segments;
    uint8_t blocked = 0;
    uint32_t to;

    for (to = from + 2; to <= from + UFX_SPAN_TOKENS + 1 &&
                        to <= f->l->segment_count && f->status == UNFIX_OK;
         to++) {
        struct ufx_readings readings;

        if (s[to - 1].token != s[from].token)
            return;
        if (!is_span(f, from, to) || would_glue(f, from, to))
            continue;
        f->status = ufx_candidates_read_longer(
            f->candidates, f->v, ufx_chars_of(f, from),
            ufx_length_of(f, from, to), UFX_EFFORT_UNKNOWN, &blocked,
            &readings);
        if (f->status == UNFIX_OK)
            ufx_fill_readings(f, from, to, UFX_EDGE_READING, &readings, 0);
    }
}
