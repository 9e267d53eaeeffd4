/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/lattice.h"

#include "normalize/profile.h"
#include "text/chars.h"

#include <string.h>

#define NONE UINT32_MAX

/* What keeping an unknown word costs above its class: the chance that the
 * letters of a word that nobody knows are just these. */
#define SPELL_BASE 3000
#define SPELL_LETTER 3200
#define SPELL_LETTER_NAME 2600
#define SPELL_MOST 40000

/* Blanks that engines put into words, and a hyphen that breaks one. */
#define COST_BLANK 6500
#define COST_NEWLINE 6000
#define COST_HYPHEN 700

/* A blank within a word whose letters are spaced out; one beside a lone letter
 * that is no word. */
#define COST_BLANK_SPACED 600
#define COST_BLANK_LONE 3000

/* Words without a blank after a mark: very rare in print, common in OCR. */
#define COST_GLUED 4500
#define COST_BLANK_LOST 1500

/* Another mark and no blank after it: two misreadings at once. */
#define COST_MARK_AND_BLANK 3500

/* A blank before a comma or full stop: kept, and taken away. */
#define COST_LOOSE 4000
#define COST_CLOSED 1500

/* An unknown word of so many letters that can be read as a known one at this
 * cost is that, and no part of one. */
#define WHOLE_CHARS 6
#define WHOLE_CHANNEL 4500

/* A small letter after a full stop, a capital where no sentence begins. */
#define COST_SMALL_AFTER_STOP 2500
#define COST_CAPITAL_INSIDE 2000

/* A quotation mark without its partner. */
#define COST_UNPAIRED 4000

/* The case of a first letter that the engine did not show. */
#define COST_CASE_USUAL 200
#define COST_CASE_OPEN 700
#define COST_CASE_ODD 4000

/* A word of one letter is misread as a whole more often than its letter is
 * within words. */
#define COST_LONE_LETTER (-2500)

/* As far are brackets and the dashes of an aside looked for in pairs. */
#define PAIR_REACH 60

/* So many bars within reach are a table. */
#define TABLE_REACH 40
#define TABLE_BARS 3

/* A mark repair dearer than this is no repair. */
#define COST_MARK_MOST 9000

/* A user's word in a case that it may have. */
static bool
is_listed(const struct ufx_lexicon *user, const uint32_t *chars,
          const uint8_t *letters, size_t count)
{
    uint32_t word = ufx_lexicon_find(user, letters, count);
    size_t i;

    if (word == UFX_WORD_NONE)
        return false;
    if (user->words[word].flags & UFX_WORD_ACRONYM) {
        for (i = 0; i < count; i++)
            if (!ufx_char_is_upper(chars[i]))
                return false;
    }
    return !(user->words[word].flags & UFX_WORD_CAPITAL) ||
           ufx_char_is_upper(chars[0]);
}

static bool
is_known(const struct ufx_vocabulary *v, const uint32_t *chars, size_t count,
         struct ufx_lookup *lookup)
{
    uint8_t letters[UFX_TOKEN_CHARS];
    const struct ufx_word *word;

    if (ufx_piece_letters(chars, count, letters)) {
        lookup->word = ufx_lexicon_find(&v->language->lexicon, letters, count);
        if (v->user != NULL && is_listed(v->user, chars, letters, count)) {
            lookup->flags |= UFX_SEGMENT_LISTED;
            return true;
        }
    }
    if (v->knows != NULL && v->knows(v->speller, chars, count)) {
        lookup->flags |= UFX_SEGMENT_LISTED;
        return true;
    }
    if (lookup->word == UFX_WORD_NONE)
        return false;
    word = &v->language->lexicon.words[lookup->word];
    lookup->words = word->flags;
    if ((word->flags & (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) == 0)
        return false;
    if (word->flags & UFX_WORD_ARCHAIC)
        lookup->flags |= UFX_SEGMENT_FIXED;
    if (word->flags & UFX_WORD_CAPITAL)
        return ufx_char_is_upper(chars[0]);
    return true;
}

/* Presupuesto3: the sign of a note after a word.  A 5 or 8 may be its s. */
static bool
is_noted_word(const struct ufx_vocabulary *v, const uint32_t *chars,
              size_t count)
{
    uint8_t letters[UFX_TOKEN_CHARS];
    size_t n = count;
    uint32_t word;

    while (n > 0 && ufx_char_is_digit(chars[n - 1]))
        n--;
    if (n < 5 || n == count || count - n > 2 ||
        (count - n == 1 && (chars[n] == '5' || chars[n] == '8')) ||
        !ufx_piece_letters(chars, n, letters))
        return false;
    word = ufx_lexicon_find(&v->language->lexicon, letters, n);
    return word != UFX_WORD_NONE &&
           (v->language->lexicon.words[word].flags & UFX_WORD_KNOWN) != 0;
}

static bool
is_word(const struct ufx_segment *segment)
{
    return segment->kind == UFX_PIECE_WORD ||
           segment->kind == UFX_PIECE_MIXED || segment->kind == UFX_PIECE_ROMAN;
}

/* What no edge may change, but that of a proven form. */
static bool
is_fixed(const struct ufx_segment *segment)
{
    return (segment->flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FIXED |
                              UFX_SEGMENT_FORM)) != 0;
}

static bool
is_mark(const struct ufx_segment *segment)
{
    return segment->kind >= UFX_PIECE_OTHER && segment->kind != UFX_PIECE_WORD;
}

static void
look_up(const struct ufx_vocabulary *v, struct ufx_spelling *spelling,
        bool mixed)
{
    struct ufx_lookup *lookup = &spelling->lookup;

    lookup->word = UFX_WORD_NONE;
    if (is_known(v, spelling->chars, spelling->count, lookup))
        lookup->flags |= UFX_SEGMENT_KNOWN;
    else if (mixed && is_noted_word(v, spelling->chars, spelling->count))
        lookup->flags |= UFX_SEGMENT_FIXED;
    lookup->done = true;
}

/* False: out of memory. */
static bool
add_segment(struct ufx_lattice *lattice, const struct ufx_vocabulary *v,
            struct ufx_candidates *candidates, uint32_t token, uint32_t first,
            const struct ufx_piece *piece, enum ufx_gap gap)
{
    const struct ufx_paragraph *p = lattice->paragraph;
    struct ufx_segment *s = &lattice->segments[lattice->segment_count++];
    uint32_t at = first - p->tokens[token].first;

    memset(s, 0, sizeof *s);
    s->token = token;
    s->first = first;
    s->count = piece->count;
    s->start = ufx_paragraph_offset(p, token, at);
    s->end = ufx_paragraph_offset(p, token, at + piece->count);
    s->kind = (uint8_t)piece->kind;
    s->gap = (uint8_t)gap;
    s->word = UFX_WORD_NONE;
    if (s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_MIXED) {
        if (s->kind != UFX_PIECE_OTHER)
            s->flags |= UFX_SEGMENT_KNOWN;
        return true;
    }
    s->spelling =
        ufx_candidates_spelling(candidates, p->chars + first, s->count);
    if (s->spelling == NULL)
        return false;
    if (!s->spelling->lookup.done)
        look_up(v, s->spelling, s->kind == UFX_PIECE_MIXED);
    s->word = s->spelling->lookup.word;
    s->words = s->spelling->lookup.words;
    s->flags = s->spelling->lookup.flags;
    return true;
}

/* ---- Broken words ---- */

/* Hyphens as engines read them. */
static bool
is_hyphen(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    uint32_t cp = l->paragraph->chars[s->first];

    return s->kind == UFX_PIECE_DASH ||
           (s->count == 1 &&
            (cp == UFX_SOFT_HYPHEN || cp == 0xAC || cp == 0xB7));
}

/* [at], a hyphen, [at + 2]: broken at a line's end; within a line, "auto-
 * nomía", as some editions keep the line breaks of the print; or where a soft
 * hyphen allows a break.  Norte-Sur is whole at a line's end as well. */
static bool
is_broken(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    const uint32_t *chars = l->paragraph->chars;

    if (at + 2 >= l->segment_count || !is_word(&s[0]) ||
        s[1].gap != UFX_GAP_NONE || !is_hyphen(l, at + 1) || !is_word(&s[2]) ||
        s[0].count < 2 || s[2].count < 2 ||
        s[0].count + s[2].count > UFX_TOKEN_CHARS / 2)
        return false;
    if (s[2].gap == UFX_GAP_NONE && chars[s[1].first] != UFX_SOFT_HYPHEN)
        return false;
    return !ufx_char_is_upper(chars[s[2].first]) ||
           ufx_char_is_upper(chars[s[0].first + s[0].count - 1]);
}

size_t
ufx_lattice_whole(const struct ufx_lattice *l, uint32_t at, uint32_t *chars)
{
    const struct ufx_segment *s = &l->segments[at];

    memcpy(chars, l->paragraph->chars + s[0].first, s[0].count * sizeof *chars);
    memcpy(chars + s[0].count, l->paragraph->chars + s[2].first,
           s[2].count * sizeof *chars);
    return (size_t)s[0].count + s[2].count;
}

static bool
is_known_whole(const struct ufx_lattice *l, uint32_t at,
               const struct ufx_lexicon *lexicon)
{
    uint32_t chars[UFX_TOKEN_CHARS], word;
    uint8_t letters[UFX_TOKEN_CHARS];
    size_t count = ufx_lattice_whole(l, at, chars);

    if (!ufx_piece_letters(chars, count, letters))
        return false;
    word = ufx_lexicon_find(lexicon, letters, count);
    return word != UFX_WORD_NONE && (lexicon->words[word].flags &
                                     (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) != 0;
}

/* Neither half of a good word is a word of its own to mend. */
static void
fix_broken_words(struct ufx_lattice *lattice, const struct ufx_vocabulary *v)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t i;

    for (i = 0; i + 2 < lattice->segment_count; i++) {
        if (!is_broken(lattice, i) ||
            !is_known_whole(lattice, i, &v->language->lexicon))
            continue;
        s[i].flags |= UFX_SEGMENT_FIXED;
        s[i + 1].flags |= UFX_SEGMENT_FIXED;
        s[i + 2].flags |= UFX_SEGMENT_FIXED;
    }
}

/* A passage in another language: around a word of that language only, within
 * so many words on either side, there is another such word and fewer Spanish
 * words than strange ones; or there are three such words whatever else. */
#define FOREIGN_REACH 4
#define FOREIGN_ENOUGH 3

static bool
is_foreign_word(const struct ufx_segment *s)
{
    /* Seen in text is not enough: titles of works are in it.  And "of" is an
     * abbreviation as well. */
    return s->kind == UFX_PIECE_WORD && (s->words & UFX_WORD_FOREIGN) != 0 &&
           (!(s->words & UFX_WORD_KNOWN) || (s->words & UFX_WORD_ABBREV)) &&
           !(s->flags & UFX_SEGMENT_LISTED);
}

struct around {
    uint32_t words;
    uint32_t foreign;
    uint32_t strange; /* in no lexicon */
    uint32_t spanish;
};

static void
look_at(const struct ufx_segment *s, struct around *a)
{
    if (s->kind != UFX_PIECE_WORD)
        return;
    a->words++;
    if (is_foreign_word(s))
        a->foreign++;
    else if (!(s->flags & UFX_SEGMENT_KNOWN))
        a->strange++;
    else if (s->count > 2)
        a->spanish++;
}

static void
fix_foreign_passages(struct ufx_lattice *lattice)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t i;

    for (i = 0; i < lattice->segment_count; i++) {
        struct around a = {0, 0, 0, 0};
        uint32_t k, words = 0;

        if (!is_foreign_word(&s[i]))
            continue;
        for (k = i; k > 0 && a.words < FOREIGN_REACH; k--)
            look_at(&s[k - 1], &a);
        for (k = i, a.words = 0;
             k < lattice->segment_count && a.words <= FOREIGN_REACH; k++)
            look_at(&s[k], &a);
        if (a.foreign < FOREIGN_ENOUGH &&
            (a.foreign < 2 || a.foreign + a.strange <= a.spanish))
            continue;
        /* Up to two words on either side belong to the passage. */
        for (k = i, words = 0; k > 0 && words < 2; k--) {
            s[k - 1].flags |= UFX_SEGMENT_FIXED;
            words += s[k - 1].kind == UFX_PIECE_WORD;
        }
        for (k = i, words = 0; k < lattice->segment_count && words < 3; k++) {
            s[k].flags |= UFX_SEGMENT_FIXED;
            words += s[k].kind == UFX_PIECE_WORD;
        }
    }
}

/* Words of a letter that Spanish has; capitals may be initials' or lists'. */
static bool
is_word_of_one(uint32_t cp)
{
    cp = ufx_char_lower(cp);
    return cp == 'a' || cp == 'e' || cp == 'o' || cp == 'u' || cp == 'y';
}

static bool
stands_apart(const struct ufx_lattice *lattice, uint32_t i)
{
    const struct ufx_segment *s = &lattice->segments[i];

    return s->gap != UFX_GAP_NONE &&
           (i + 1 == lattice->segment_count || s[1].gap != UFX_GAP_NONE);
}

/* A piece of a word whose letters are spaced out. */
static bool
is_fragment(const struct ufx_lattice *lattice, uint32_t i)
{
    const struct ufx_segment *s = &lattice->segments[i];

    if (s->kind != UFX_PIECE_WORD || !stands_apart(lattice, i) ||
        (s->flags & (UFX_SEGMENT_LISTED | UFX_SEGMENT_FIXED)) != 0)
        return false;
    if (s->count == 1)
        return !is_word_of_one(lattice->paragraph->chars[s->first]);
    return s->count <= 3 && !(s->flags & UFX_SEGMENT_KNOWN);
}

/* Letters are spaced out where so many of the words within reach are
 * fragments. */
#define SPACED_REACH 4
#define SPACED_ENOUGH 3

/* A lone letter beside a spaced one goes with it: the end of
 * C E N T R O A M E R I C A N O. */
static bool
follows_spaced(const struct ufx_segment *s, const struct ufx_segment *beside)
{
    return s->count == 1 && is_word(s) && beside->count == 1 &&
           (beside->flags & UFX_SEGMENT_SPACED) != 0;
}

static void
find_spaced_letters(struct ufx_lattice *lattice)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t n = lattice->segment_count, i, fragments = 0;

    for (i = 0; i < n && i < SPACED_REACH; i++)
        fragments += is_fragment(lattice, i);
    for (i = 0; i < n; i++) {
        if (i + SPACED_REACH < n)
            fragments += is_fragment(lattice, i + SPACED_REACH);
        if (i > SPACED_REACH)
            fragments -= is_fragment(lattice, i - SPACED_REACH - 1);
        if (fragments >= SPACED_ENOUGH)
            s[i].flags |= UFX_SEGMENT_SPACED;
    }
    for (i = 1; i < lattice->segment_count; i++)
        if (follows_spaced(&s[i], &s[i - 1]))
            s[i].flags |= UFX_SEGMENT_SPACED;
    for (i = lattice->segment_count; i > 1; i--)
        if (follows_spaced(&s[i - 2], &s[i - 1]))
            s[i - 2].flags |= UFX_SEGMENT_SPACED;
}

unfix_status
ufx_lattice_segment(struct ufx_lattice *lattice,
                    const struct ufx_paragraph *paragraph,
                    const struct ufx_vocabulary *vocabulary,
                    struct ufx_candidates *candidates, struct ufx_arena *arena)
{
    size_t chars = 0, t;

    memset(lattice, 0, sizeof *lattice);
    lattice->paragraph = paragraph;
    lattice->arena = arena;
    for (t = 0; t < paragraph->token_count; t++)
        chars += paragraph->tokens[t].count;
    lattice->segments =
        ufx_arena_allocate(arena, (chars + 1) * sizeof *lattice->segments);
    if (lattice->segments == NULL)
        return UNFIX_ERROR_MEMORY;
    for (t = 0; t < paragraph->token_count; t++) {
        const struct ufx_token *token = &paragraph->tokens[t];
        enum ufx_gap gap = (enum ufx_gap)token->gap;
        uint32_t i = 0;

        if (token->kind != UFX_TOKEN_TEXT) {
            struct ufx_piece whole = {0, token->count, UFX_PIECE_ADDRESS};

            add_segment(lattice, vocabulary, candidates, (uint32_t)t,
                        token->first, &whole, gap);
            lattice->segments[lattice->segment_count - 1].flags |=
                UFX_SEGMENT_PROTECTED;
            continue;
        }
        while (i < token->count) {
            struct ufx_piece piece = ufx_piece_next(
                paragraph->chars + token->first + i, token->count - i);

            if (!add_segment(lattice, vocabulary, candidates, (uint32_t)t,
                             token->first + i, &piece, gap))
                return UNFIX_ERROR_MEMORY;
            gap = UFX_GAP_NONE;
            i += piece.count;
        }
    }
    fix_broken_words(lattice, vocabulary);
    fix_foreign_passages(lattice);
    find_spaced_letters(lattice);
    return UNFIX_OK;
}

/* ---- Edges ---- */

struct ufx_edge *
ufx_lattice_add(struct ufx_lattice *lattice, uint32_t from, uint32_t to,
                enum ufx_edge_kind kind, int32_t channel)
{
    struct ufx_edge *edge;

    if (lattice->edge_count == lattice->edge_capacity) {
        size_t capacity = lattice->edge_capacity * 2 + 256;
        struct ufx_edge *edges =
            ufx_arena_allocate(lattice->arena, capacity * sizeof *edges);

        if (edges == NULL)
            return NULL;
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

struct filling {
    struct ufx_lattice *l;
    const struct ufx_vocabulary *v;
    const struct ufx_habits *habits;
    struct ufx_candidates *candidates;
    unfix_status status;
};

static const uint32_t *
chars_of(const struct filling *f, const struct ufx_segment *s)
{
    return f->l->paragraph->chars + s->first;
}

static uint32_t
class_number(const struct filling *f, uint32_t kind)
{
    return ufx_language_class(f->v->language, (enum ufx_piece_class)kind);
}

/* The piece that stands for a segment as it is, and what that costs. */
static uint32_t
own_piece(const struct filling *f, const struct ufx_segment *s, int32_t *cost)
{
    enum ufx_piece_class kind;

    *cost = 0;
    if (s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_MIXED)
        return class_number(f, s->kind);
    if (s->word != UFX_WORD_NONE && (s->flags & UFX_SEGMENT_KNOWN))
        return s->word;
    kind = s->kind == UFX_PIECE_MIXED
               ? UFX_PIECE_MIXED
               : ufx_piece_unknown(chars_of(f, s), s->count);
    if (!(s->flags & UFX_SEGMENT_LISTED)) {
        *cost = SPELL_BASE + (int32_t)s->count * (kind == UFX_PIECE_UNKNOWN
                                                      ? SPELL_LETTER
                                                      : SPELL_LETTER_NAME);
        if (*cost > SPELL_MOST)
            *cost = SPELL_MOST;
    }
    return class_number(f, kind);
}

static struct ufx_edge *
add_edge(struct filling *f, uint32_t from, uint32_t to, enum ufx_edge_kind kind,
         int32_t channel)
{
    struct ufx_edge *edge = ufx_lattice_add(f->l, from, to, kind, channel);

    if (edge == NULL)
        f->status = UNFIX_ERROR_MEMORY;
    return edge;
}

static void
add_keep(struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    int32_t cost;
    uint32_t piece = own_piece(f, s, &cost);
    struct ufx_edge *edge =
        add_edge(f, at, at + 1, UFX_EDGE_KEEP, cost + s->doubt);

    if (edge == NULL)
        return;
    edge->pieces[0] = piece;
    edge->piece_count = 1;
}

/* What ends a sentence, or opens one. */
static bool
begins_sentence(const struct filling *f, uint32_t at)
{
    if (at == 0)
        return true;
    switch (f->l->segments[at - 1].kind) {
    case UFX_PIECE_STOP:
    case UFX_PIECE_QUESTION:
    case UFX_PIECE_QUESTION_OPEN:
    case UFX_PIECE_EXCLAMATION:
    case UFX_PIECE_EXCLAMATION_OPEN:
    case UFX_PIECE_QUOTE:
    case UFX_PIECE_COLON:
    case UFX_PIECE_DASH:
        return true;
    default:
        return false;
    }
}

/* How often the word has a capital within sentences, in 1/255. */
static unsigned
capital_share(const struct ufx_word *word)
{
    if (word == NULL)
        return 128;
    if (word->flags & UFX_WORD_CAPITAL)
        return 255;
    /* 255 without the flag: never seen. */
    return word->capital == 255 ? 0 : word->capital;
}

/* Where the first letter is the engine's invention (6rganos, Ilegara), its
 * case follows from the place and from the word. */
static int32_t
first_case_cost(const struct filling *f, uint32_t at,
                const struct ufx_reading *reading)
{
    uint32_t source = *chars_of(f, &f->l->segments[at]);
    bool upper = ufx_char_is_upper(reading->chars[0]);
    unsigned share;

    if (reading->shape == UFX_SHAPE_UPPER || reading->chars[0] == source)
        return 0;
    if (begins_sentence(f, at))
        return COST_CASE_OPEN;
    share = capital_share(ufx_reading_word(f->v->language, reading, 0));
    if (share > 60 && share < 200)
        return COST_CASE_OPEN;
    return (share >= 200) == upper ? COST_CASE_USUAL : COST_CASE_ODD;
}

/* One edge for each reading but the one that changes nothing. */
static void
add_edges(struct filling *f, uint32_t from, uint32_t to,
          enum ufx_edge_kind kind, const struct ufx_readings *readings,
          int32_t extra)
{
    size_t i;
    uint8_t k;

    for (i = 0; i < readings->count && f->status == UNFIX_OK; i++) {
        const struct ufx_reading *r = &readings->list[i];
        struct ufx_edge *edge;

        if ((r->flags & UFX_READING_SAME) && to == from + 1)
            continue;
        edge = add_edge(f, from, to, kind,
                        ufx_habits_channel(f->habits, r) + extra +
                            first_case_cost(f, from, r));
        if (edge == NULL)
            return;
        edge->reading = r;
        edge->piece_count = r->word_count;
        for (k = 0; k < r->word_count; k++)
            edge->pieces[k] = r->flags & UFX_READING_LISTED
                                  ? class_number(f, UFX_PIECE_UNKNOWN)
                                  : r->words[k];
    }
}

static void
add_readings(struct filling *f, uint32_t from, uint32_t to,
             const struct ufx_readings *readings, int32_t extra)
{
    add_edges(f, from, to, UFX_EDGE_READING, readings, extra);
}

/* A heading in capitals is known if the word is, accents aside. */
static void
adopt_same(struct filling *f, uint32_t at, const struct ufx_readings *readings)
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

/* [a]rtículos, [sic]: each has its partner, so neither is a letter. */
static bool
is_paired_bracket(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t n = f->l->segment_count, i;
    bool opens = s[at].kind == UFX_PIECE_BRACKET_OPEN;

    if (!opens && s[at].kind != UFX_PIECE_BRACKET_CLOSE)
        return false;
    for (i = 1; i < PAIR_REACH && (opens ? at + i < n : i <= at); i++) {
        uint8_t kind = s[opens ? at + i : at - i].kind;

        if (kind == s[at].kind)
            return false;
        if (kind == UFX_PIECE_BRACKET_OPEN || kind == UFX_PIECE_BRACKET_CLOSE)
            return true;
    }
    return false;
}

/* [p]roporcionar, explic[ó]: the letters in the brackets belong to the word. */
static bool
is_bracketed(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return (at > 0 && s->gap == UFX_GAP_NONE &&
            s[-1].kind == UFX_PIECE_BRACKET_CLOSE &&
            is_paired_bracket(f, at - 1)) ||
           (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
            s[1].kind == UFX_PIECE_BRACKET_OPEN &&
            is_paired_bracket(f, at + 1));
}

/* Ja'afari, Ra'is, d'Ivoire: no word of its own. */
static bool
is_elided(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->count <= 3 && at + 2 < f->l->segment_count &&
           s[1].kind == UFX_PIECE_APOSTROPHE && s[1].gap == UFX_GAP_NONE &&
           s[2].kind == UFX_PIECE_WORD && s[2].gap == UFX_GAP_NONE;
}

/* The readings of a word by itself.  Whoever asks first pays for the search. */
static void
read_word(struct filling *f, struct ufx_segment *s,
          struct ufx_readings *readings)
{
    enum ufx_effort effort =
        s->flags & UFX_SEGMENT_KNOWN ? UFX_EFFORT_KNOWN : UFX_EFFORT_UNKNOWN;

    if (s->flags & UFX_SEGMENT_SEARCHED) {
        readings->list = s->spelling->searches[effort].list;
        readings->count = s->spelling->searches[effort].count;
        return;
    }
    f->status =
        ufx_candidates_get(f->candidates, f->v, s->spelling, effort, readings);
    if (f->status == UNFIX_OK && s->spelling->searches[effort].done)
        s->flags |= UFX_SEGMENT_SEARCHED;
}

static void
add_word_edges(struct filling *f, uint32_t at)
{
    struct ufx_segment *s = &f->l->segments[at];
    bool known = (s->flags & UFX_SEGMENT_KNOWN) != 0;
    struct ufx_readings readings;

    if ((s->flags & UFX_SEGMENT_LISTED) || is_elided(f, at) ||
        is_bracketed(f, at))
        return;
    read_word(f, s, &readings);
    if (f->status != UNFIX_OK)
        return;
    if (!known)
        adopt_same(f, at, &readings);
    add_readings(f, at, at + 1, &readings, 0);
}

/* "seguidos 0 acompañados", "conflictos ¢ indiquen": a figure or odd mark of
 * its own that may be a word of one letter. */
static bool
is_lone_letter(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->count == 1 && s->gap != UFX_GAP_NONE && at > 0 &&
           at + 1 < f->l->segment_count && s[1].gap != UFX_GAP_NONE &&
           s[-1].kind == UFX_PIECE_WORD && s[1].kind == UFX_PIECE_WORD &&
           (s->kind == UFX_PIECE_OTHER ||
            (s->kind == UFX_PIECE_NUMBER && *chars_of(f, s) == '0'));
}

static void
add_lone_letter(struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    struct ufx_readings readings;

    f->status = ufx_candidates_read(f->candidates, f->v, chars_of(f, s), 1,
                                    UFX_EFFORT_KNOWN, &readings);
    if (f->status == UNFIX_OK)
        add_readings(f, at, at + 1, &readings, COST_LONE_LETTER);
}

/* ---- Marks ---- */

/* A word or number after it, one (or a mark that wants a blank) before it, no
 * blank between: taking the mark away would glue them. */
static bool
is_between(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (at == 0 || at + 1 >= f->l->segment_count || s->gap != UFX_GAP_NONE ||
        s[1].gap != UFX_GAP_NONE || is_mark(s + 1))
        return false;
    return !is_mark(s - 1) || s[-1].kind == UFX_PIECE_COMMA ||
           s[-1].kind == UFX_PIECE_STOP || s[-1].kind == UFX_PIECE_SEMICOLON ||
           s[-1].kind == UFX_PIECE_COLON || s[-1].kind == UFX_PIECE_CLOSE;
}

static bool
is_abbreviation(const struct filling *f, const struct ufx_segment *s)
{
    return s->kind != UFX_PIECE_WORD || s->count <= 3 ||
           (s->words & UFX_WORD_ABBREV) != 0 ||
           (ufx_char_is_upper(*chars_of(f, s)) && s->count <= 4);
}

/* A mark, or none (UFX_PIECE_WORD), before what stands after it: a full stop
 * wants a capital, anything else a small letter. */
static int32_t
next_case_cost(const struct filling *f, uint32_t at, uint32_t kind)
{
    const struct ufx_segment *s = &f->l->segments[at], *next = s + 1;
    bool upper;

    if (at + 1 >= f->l->segment_count || at == 0 ||
        next->kind != UFX_PIECE_WORD || (next->flags & UFX_SEGMENT_PROTECTED) ||
        next->count < 2)
        return 0;
    upper = ufx_char_is_upper(*chars_of(f, next));
    if (kind == UFX_PIECE_STOP)
        return upper || is_abbreviation(f, s - 1) ? 0 : COST_SMALL_AFTER_STOP;
    if (kind != UFX_PIECE_COMMA && kind != UFX_PIECE_SEMICOLON &&
        kind != UFX_PIECE_WORD)
        return 0;
    return upper && next->word != UFX_WORD_NONE &&
                   ufx_char_is_lower(chars_of(f, next)[1]) &&
                   capital_share(&f->v->language->lexicon.words[next->word]) <
                       60
               ? COST_CAPITAL_INSIDE
               : 0;
}

static bool
is_quote(const struct ufx_segment *s)
{
    return s->kind == UFX_PIECE_APOSTROPHE || s->kind == UFX_PIECE_QUOTE;
}

/* Vigésima, trigésimo: by the end that all tens share, accents aside. */
static bool
is_ordinal_word(const struct filling *f, const struct ufx_segment *s)
{
    static const char end[] = "esim";
    const uint32_t *chars = chars_of(f, s);
    size_t i;

    if (s->kind != UFX_PIECE_WORD || s->count < 7)
        return false;
    for (i = 0; i < 4; i++)
        if (ufx_char_unaccented(ufx_char_lower(chars[s->count - 5 + i])) !=
            (uint32_t)end[i])
            return false;
    return true;
}

/* A colon before a capital or a figure, as colons stand: it says something. */
static bool
is_speaking_colon(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_COLON && s->gap == UFX_GAP_NONE &&
           (at + 1 == f->l->segment_count ||
            (s[1].gap != UFX_GAP_NONE &&
             !ufx_char_is_lower(*chars_of(f, s + 1))));
}

/* In the midst of marks: a rule, a face, a table's edge, no speck. */
static bool
is_among_marks(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && s->gap == UFX_GAP_NONE && is_mark(s - 1) &&
           at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
           is_mark(s + 1);
}

/* One of many bars: the edges of a table's cells. */
static bool
is_table_bar(const struct filling *f, uint32_t at)
{
    uint32_t from = at > TABLE_REACH ? at - TABLE_REACH : 0, i, bars = 0;

    if (*chars_of(f, &f->l->segments[at]) != '|')
        return false;
    for (i = from; i <= at + TABLE_REACH && i < f->l->segment_count; i++)
        bars += *chars_of(f, &f->l->segments[i]) == '|';
    return bars >= TABLE_BARS;
}

/* 34º 20' N: minutes. */
static bool
is_prime(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return is_quote(s) && at > 0 && s->gap == UFX_GAP_NONE &&
           s[-1].kind >= UFX_PIECE_NUMBER && s[-1].kind <= UFX_PIECE_YEAR;
}

/* One of the dashes of "--". */
static bool
is_double_dash(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_DASH &&
           ((at > 0 && s->gap == UFX_GAP_NONE &&
             s[-1].kind == UFX_PIECE_DASH) ||
            (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
             s[1].kind == UFX_PIECE_DASH));
}

/* Nagorno-Karabaj, al-Sabah, Vigésima-sexta, octubre-14: the hyphen of a name,
 * an ordinal or a span is no blank misread. */
static bool
is_name_hyphen(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_DASH && is_between(f, at) &&
           (is_ordinal_word(f, s - 1) ||
            ufx_char_is_digit(*chars_of(f, s + 1)) ||
            ufx_char_is_upper(*chars_of(f, s + 1)) ||
            !(s[1].flags & UFX_SEGMENT_KNOWN) ||
            !(s[-1].flags & UFX_SEGMENT_KNOWN));
}

/* Herencia - Carrasco, Montevideo - Uruguay. */
static bool
parts_names(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && at + 1 < f->l->segment_count && s->gap == UFX_GAP_BLANK &&
           s[1].gap == UFX_GAP_BLANK && s[-1].kind == UFX_PIECE_WORD &&
           s[1].kind == UFX_PIECE_WORD &&
           ufx_char_is_upper(*chars_of(f, s - 1)) &&
           ufx_char_is_upper(*chars_of(f, s + 1));
}

static bool
opens_aside(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_DASH && s->gap != UFX_GAP_NONE &&
           at + 1 < f->l->segment_count &&
           (s[1].gap == UFX_GAP_BLANK || is_word(s + 1));
}

static bool
closes_aside(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind != UFX_PIECE_DASH || at == 0)
        return false;
    if (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
        !is_mark(s + 1))
        return false;
    return s->gap == UFX_GAP_BLANK || is_word(s - 1);
}

/* uy_trat, archivo_2: a name for machines. */
static bool
is_underscored_name(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return *chars_of(f, s) == '_' && is_between(f, at) &&
           !(s[-1].flags & s[1].flags & UFX_SEGMENT_KNOWN);
}

/* A quotation mark at one end of a word, where the paragraph has no other to
 * pair it with. */
static bool
is_unpaired(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint8_t kind = s[at].kind;
    bool opens = s[at].gap != UFX_GAP_NONE;
    uint32_t i;

    if (!is_quote(&s[at]) || is_between(f, at))
        return false;
    if (kind == UFX_PIECE_APOSTROPHE && f->habits->stray_apostrophes)
        return true;
    for (i = opens ? at + 1 : 0; i < (opens ? f->l->segment_count : at); i++)
        if (s[i].kind == kind && (s[i].gap == UFX_GAP_NONE) == opens &&
            !is_between(f, i))
            return false;
    return true;
}

/* A dash that opens an aside, or closes one, and its partner within reach:
 * –en este caso de convencionalidad-. */
static bool
is_paired_dash(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t n = f->l->segment_count, i;
    bool opens = opens_aside(f, at);

    if (!opens && !closes_aside(f, at))
        return false;
    for (i = 1; i < PAIR_REACH; i++) {
        if (opens ? at + i >= n : i > at)
            return false;
        if (opens ? closes_aside(f, at + i) : opens_aside(f, at - i))
            return true;
        if (s[opens ? at + i : at - i].kind == UFX_PIECE_STOP)
            return false;
    }
    return false;
}

/* What print has on purpose: it may be another mark, but not none. */
static bool
is_no_speck(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind == UFX_PIECE_DASH)
        return is_paired_dash(f, at) || parts_names(f, at);
    return is_quote(s) && !f->habits->stray_apostrophes && !is_between(f, at) &&
           !is_unpaired(f, at);
}

/* A mark between two words with no blank on either side, where print has
 * none: unión.de, y_la.  Hyphens, strokes and dots of abbreviations aside. */
static bool
is_glue(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return is_between(f, at) && s[1].kind == UFX_PIECE_WORD &&
           s[-1].kind == UFX_PIECE_WORD && s[-1].count >= 2 &&
           s->kind != UFX_PIECE_DASH && s->kind != UFX_PIECE_SLASH &&
           s->kind != UFX_PIECE_OPEN &&
           (s->kind != UFX_PIECE_APOSTROPHE ||
            (s[-1].count >= 3 &&
             (s[-1].flags & s[1].flags & UFX_SEGMENT_KNOWN) != 0)) &&
           ufx_char_is_lower(*chars_of(f, s + 1)) &&
           ufx_char_is_lower(chars_of(f, s - 1)[s[-1].count - 1]);
}

static bool
wants_blank(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at], *next, *before;

    if (at == 0 || at + 1 >= f->l->segment_count || s->gap != UFX_GAP_NONE)
        return false;
    next = s + 1;
    before = s - 1;
    if (next->gap != UFX_GAP_NONE || next->kind != UFX_PIECE_WORD ||
        (next->flags & UFX_SEGMENT_PROTECTED))
        return false;
    switch (s->kind) {
    case UFX_PIECE_COMMA:
    case UFX_PIECE_SEMICOLON:
    case UFX_PIECE_COLON:
        /* In "hdy,to" for "Mixto" the mark is a letter, in ES:F:AÑOL too. */
        return (next->flags & UFX_SEGMENT_KNOWN) &&
               (next->count > 1 || (is_word_of_one(*chars_of(f, next)) &&
                                    ufx_char_is_lower(*chars_of(f, next)))) &&
               (before->flags & UFX_SEGMENT_KNOWN);
    case UFX_PIECE_CLOSE:
        return (next->flags & UFX_SEGMENT_KNOWN) && next->count > 1;
    case UFX_PIECE_STOP:
        return before->kind == UFX_PIECE_WORD && before->count >= 4 &&
               next->count >= 2 && ufx_char_is_lower(chars_of(f, next)[1]) &&
               (before->flags & UFX_SEGMENT_KNOWN) &&
               (next->flags & UFX_SEGMENT_KNOWN) &&
               ufx_char_is_upper(*chars_of(f, next)) &&
               ufx_char_is_lower(*chars_of(f, before));
    default:
        return false;
    }
}

/* The mark that was meant may want a blank after it where there is none. */
static bool
meant_wants_blank(const struct filling *f, uint32_t at, uint32_t mark)
{
    const struct ufx_segment *next = &f->l->segments[at] + 1;

    switch (ufx_piece_mark(mark)) {
    case UFX_PIECE_COMMA:
    case UFX_PIECE_STOP:
    case UFX_PIECE_SEMICOLON:
    case UFX_PIECE_COLON:
        return next->kind == UFX_PIECE_WORD &&
               !(next->flags & UFX_SEGMENT_PROTECTED);
    default:
        return false;
    }
}

static void
add_mark_edge(struct filling *f, uint32_t at, uint32_t mark, int32_t channel)
{
    struct ufx_edge *edge;
    bool blank = mark != 0 && is_glue(f, at) && meant_wants_blank(f, at, mark);

    edge = add_edge(f, at, at + 1, blank ? UFX_EDGE_BLANK : UFX_EDGE_MARK,
                    channel + (blank ? COST_MARK_AND_BLANK : 0) +
                        next_case_cost(f, at,
                                       mark == 0 || mark == ' '
                                           ? UFX_PIECE_WORD
                                           : ufx_piece_mark(mark)));
    if (edge == NULL)
        return;
    edge->mark = mark;
    if (mark != 0 && mark != ' ') {
        edge->pieces[0] = class_number(f, ufx_piece_mark(mark));
        edge->piece_count = 1;
    }
}

static void
add_mark_edges(struct filling *f, uint32_t at)
{
    const struct ufx_language *language = f->v->language;
    uint32_t cp = *chars_of(f, &f->l->segments[at]), i;
    bool between = is_between(f, at), no_speck = is_no_speck(f, at);
    struct ufx_edge *keep = &f->l->edges[f->l->first_edge[at]];

    keep->channel += next_case_cost(f, at, f->l->segments[at].kind);
    if (is_glue(f, at) && !wants_blank(f, at))
        keep->channel += COST_GLUED;
    if (is_unpaired(f, at))
        keep->channel += COST_UNPAIRED;
    if (is_double_dash(f, at) || is_prime(f, at) || is_among_marks(f, at) ||
        is_table_bar(f, at))
        return;
    for (i = 0; i < language->mark_count; i++) {
        const struct ufx_mark_rule *rule = &language->marks[i];

        if (rule->read != cp || rule->meant == (between ? 0 : ' ') ||
            rule->cost > COST_MARK_MOST ||
            (rule->meant == 0 && (no_speck || is_speaking_colon(f, at))) ||
            (rule->meant == ' ' &&
             (is_name_hyphen(f, at) || is_underscored_name(f, at))))
            continue;
        add_mark_edge(f, at, rule->meant, (int32_t)rule->cost);
        if (f->status != UNFIX_OK)
            return;
    }
}

/* 5/1y, 2011y: a number and a small word run together. */
static bool
wants_blank_after_number(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at], *next = s + 1;

    return (s->kind == UFX_PIECE_RATIO) && at + 1 < f->l->segment_count &&
           next->gap == UFX_GAP_NONE && next->kind == UFX_PIECE_WORD &&
           (next->flags & UFX_SEGMENT_KNOWN) &&
           ufx_char_is_lower(*chars_of(f, next));
}

/* Suplemento(E/1997/23), Miembros(incluidos los observadores): not Estado(s) or
 * niño(a), where the bracket is of the word. */
static bool
wants_blank_before_bracket(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t i = at + 2, end = f->l->segment_count;

    if (s->kind != UFX_PIECE_WORD || !(s->flags & UFX_SEGMENT_KNOWN) ||
        s->count < 4 || i >= end || s[1].kind != UFX_PIECE_OPEN ||
        s[1].gap != UFX_GAP_NONE || s[2].gap != UFX_GAP_NONE)
        return false;
    if (s[2].kind == UFX_PIECE_SYMBOL)
        return true;
    for (; i < end && s[i - at].token == s[1].token; i++)
        if (s[i - at].kind == UFX_PIECE_RATIO ||
            s[i - at].kind == UFX_PIECE_CLOSE)
            return s[i - at].kind == UFX_PIECE_RATIO;
    /* The next token goes on within the bracket. */
    for (; i < end && s[i - at].kind != UFX_PIECE_CLOSE; i++)
        if (s[i - at].kind == UFX_PIECE_OPEN)
            return false;
    return i < end && s[2].kind == UFX_PIECE_WORD && s[2].count > 1 &&
           (s[2].flags & UFX_SEGMENT_KNOWN) != 0;
}

/* A comma that has a word or number before it and a word after it has a blank
 * as well: 2007,y; Humanos,en; a full stop, a word in small letters before it
 * and one with a capital after it.  Not where several stand so, as in tables
 * and addresses. */
static bool
is_sure_blank(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind == UFX_PIECE_RATIO)
        return s[1].count > 2 || *chars_of(f, s + 1) == 'y';
    if (s->kind == UFX_PIECE_WORD)
        return true; /* before a bracket */
    if (s->kind == UFX_PIECE_COLON || s->kind == UFX_PIECE_CLOSE ||
        (s[-1].kind == UFX_PIECE_WORD && s[-1].count < 2) ||
        (s[1].count < 2 && *chars_of(f, s + 1) != 'y'))
        return false;
    return !(at + 2 < f->l->segment_count && s[2].kind == s->kind &&
             s[2].token == s->token) &&
           !(at >= 2 && s[-2].kind == s->kind && s[-2].token == s->token);
}

static void
add_blank_edge(struct filling *f, uint32_t at)
{
    struct ufx_edge *keep, *edge;
    uint32_t piece, e = f->l->first_edge[at];
    int32_t channel;

    if (!wants_blank(f, at) && !wants_blank_after_number(f, at) &&
        !wants_blank_before_bracket(f, at))
        return;
    while (f->l->edges[e].kind != UFX_EDGE_KEEP)
        e = f->l->edges[e].next;
    keep = &f->l->edges[e];
    piece = keep->pieces[0];
    channel = keep->channel;
    keep->channel += COST_GLUED;
    edge = add_edge(f, at, at + 1, UFX_EDGE_BLANK, channel + COST_BLANK_LOST);
    if (edge == NULL)
        return;
    edge->proven = is_sure_blank(f, at);
    edge->pieces[0] = piece;
    edge->piece_count = 1;
}

/* A comma or full stop that a blank keeps from its word: no print has it.
 * (Colons and semicolons are another matter: the fifties set them so.) */
static bool
is_loose_mark(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && s->gap == UFX_GAP_BLANK &&
           (s->kind == UFX_PIECE_COMMA || s->kind == UFX_PIECE_STOP) &&
           s[-1].kind == UFX_PIECE_WORD &&
           (at + 1 == f->l->segment_count || s[1].gap != UFX_GAP_NONE);
}

/* gobiernos ,las: the blank went to the wrong side. */
static bool
is_shifted_mark(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && s->gap == UFX_GAP_BLANK && s->kind == UFX_PIECE_COMMA &&
           s[-1].kind == UFX_PIECE_WORD && at + 1 < f->l->segment_count &&
           s[1].gap == UFX_GAP_NONE && s[1].kind == UFX_PIECE_WORD &&
           (s[1].flags & UFX_SEGMENT_KNOWN) != 0 &&
           (s[1].count > 1 || *chars_of(f, s + 1) == 'y');
}

static void
add_close_edge(struct filling *f, uint32_t at)
{
    struct ufx_edge *keep, *edge;
    uint32_t e = f->l->first_edge[at], piece;
    bool shifted = is_shifted_mark(f, at);
    int32_t channel;

    if (!is_loose_mark(f, at) && !shifted)
        return;
    while (f->l->edges[e].kind != UFX_EDGE_KEEP)
        e = f->l->edges[e].next;
    keep = &f->l->edges[e];
    piece = keep->pieces[0];
    channel = keep->channel;
    keep->channel += COST_LOOSE;
    edge = add_edge(f, at, at + 1, UFX_EDGE_CLOSE, channel + COST_CLOSED);
    if (edge == NULL)
        return;
    /* After sobre or la it is rather a speck. */
    edge->proven = shifted && f->l->segments[at - 1].count > 5;
    edge->pieces[0] = piece;
    edge->piece_count = 1;
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
reads_as_letter(const struct filling *f, uint32_t cp)
{
    return has_letter_rule(&f->v->language->rules, cp) ||
           (f->v->user_rules != NULL && has_letter_rule(f->v->user_rules, cp));
}

/* Within one token, [from, to) as one word or several: marks read for letters
 * or blanks. */
static bool
is_span(const struct filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;
    bool words = false, odd = false, unknown = false;
    uint32_t i;

    for (i = from; i < to; i++) {
        bool inside = i > from && i + 1 < to;

        if (i > from && s[i].gap != UFX_GAP_NONE)
            return false;
        if (is_fixed(&s[i]) || s[i].kind == UFX_PIECE_SYMBOL ||
            s[i].kind == UFX_PIECE_RATIO)
            return false;
        if (!is_mark(&s[i])) {
            words = words || is_word(&s[i]);
            unknown = unknown ||
                      (is_word(&s[i]) && !(s[i].flags & UFX_SEGMENT_KNOWN));
            continue;
        }
        if (!reads_as_letter(f, *chars_of(f, &s[i])) || is_paired_bracket(f, i))
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
would_glue(const struct filling *f, uint32_t from, uint32_t to)
{
    const struct ufx_segment *s = f->l->segments;

    if (is_mark(&s[to - 1]) && to < f->l->segment_count &&
        s[to].gap == UFX_GAP_NONE && !is_mark(&s[to]))
        return true;
    return is_mark(&s[from]) && from > 0 && s[from].gap == UFX_GAP_NONE &&
           !is_mark(&s[from - 1]);
}

static void
add_spans(struct filling *f, uint32_t from)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t to;

    for (to = from + 2; to <= from + UFX_SPAN_TOKENS + 1 &&
                        to <= f->l->segment_count && f->status == UNFIX_OK;
         to++) {
        struct ufx_readings readings;
        uint32_t count = s[to - 1].first + s[to - 1].count - s[from].first;

        if (s[to - 1].token != s[from].token)
            return;
        if (!is_span(f, from, to) || would_glue(f, from, to))
            continue;
        f->status =
            ufx_candidates_read(f->candidates, f->v, chars_of(f, &s[from]),
                                count, UFX_EFFORT_UNKNOWN, &readings);
        if (f->status == UNFIX_OK)
            add_readings(f, from, to, &readings, 0);
    }
}

/* ---- Joins ---- */

/* In a word of which a letter stands alone (l a, e n), or all do. */
static int32_t
blank_cost(const struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s[0].flags & s[1].flags & UFX_SEGMENT_SPACED)
        return COST_BLANK_SPACED;
    if ((s[0].count == 1 && is_fragment(f->l, at) && s[1].count <= 2) ||
        (s[1].count == 1 && is_fragment(f->l, at + 1) && s[0].count <= 2))
        return COST_BLANK_LONE;
    return COST_BLANK;
}

/* What the gap after `at` costs to close, and in *next the segment after it;
 * -1 if it cannot be closed. */
static int32_t
gap_cost(const struct filling *f, uint32_t at, uint32_t *next)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t i = *next = at + 1;

    if (i >= f->l->segment_count)
        return -1;
    if (s[i].gap == UFX_GAP_BLANK)
        return blank_cost(f, at);
    return s[i].gap == UFX_GAP_NEWLINE ? COST_NEWLINE : -1;
}

static bool
may_join(const struct ufx_segment *s)
{
    return is_word(s) && !is_fixed(s) && !(s->flags & UFX_SEGMENT_LISTED);
}

/* Unknown, and no reading of its own explains why: it may be part of a word.
 * What is long and near to a word is one, misread. */
static bool
may_be_part(struct filling *f, struct ufx_segment *s)
{
    struct ufx_readings readings;

    if (s->flags & UFX_SEGMENT_KNOWN)
        return false;
    if (s->spelling == NULL || s->count < WHOLE_CHARS ||
        (s->flags & UFX_SEGMENT_SPACED) != 0)
        return true;
    read_word(f, s, &readings);
    return f->status == UNFIX_OK &&
           (readings.count == 0 || readings.list[0].channel > WHOLE_CHANNEL);
}

static void
add_joins(struct filling *f, uint32_t from)
{
    struct ufx_segment *s = f->l->segments;
    uint32_t chars[UFX_TOKEN_CHARS], count = s[from].count, at = from, next;
    bool part = may_be_part(f, &s[from]);
    bool spaced = (s[from].flags & UFX_SEGMENT_SPACED) != 0, loose = false;
    int32_t cost = 0, gap;
    int joined, most = spaced ? UFX_SPACED_TOKENS : UFX_SPAN_TOKENS;

    if (count > UFX_TOKEN_CHARS / 2 || f->status != UNFIX_OK)
        return;
    memcpy(chars, chars_of(f, &s[from]), count * sizeof *chars);
    for (joined = 1; joined < most; joined++) {
        struct ufx_readings readings;

        gap = gap_cost(f, at, &next);
        if (gap < 0 || !may_join(&s[next]) ||
            count + s[next].count > UFX_TOKEN_CHARS / 2)
            return;
        spaced = spaced && gap == COST_BLANK_SPACED;
        if (joined >= UFX_SPAN_TOKENS && !spaced)
            return;
        loose = loose || gap == COST_BLANK_SPACED || gap == COST_BLANK_LONE;
        cost += gap;
        memcpy(chars + count, chars_of(f, &s[next]),
               s[next].count * sizeof *chars);
        count += s[next].count;
        part = part || may_be_part(f, &s[next]);
        if (f->status != UNFIX_OK)
            return;
        at = next;
        /* Two known words are no other one. */
        if ((!part || count < 4) && !loose)
            continue;
        if (cost > 20000)
            continue;
        f->status = ufx_candidates_read(
            f->candidates, f->v, chars, count,
            loose ? UFX_EFFORT_SPACED : UFX_EFFORT_NEAR, &readings);
        if (f->status != UNFIX_OK)
            return;
        add_readings(f, from, at + 1, &readings, cost);
        if (f->status != UNFIX_OK)
            return;
    }
}

/* A word that no dictionary has, but the page, whole. */
static void
add_seen_whole(struct filling *f, uint32_t at, const uint32_t *chars,
               size_t count)
{
    uint32_t *copy;
    struct ufx_reading *r;
    struct ufx_readings one;

    f->l->by_document = true;
    if (f->habits->document == NULL ||
        ufx_profile_seen(f->habits->document, chars, count) == 0)
        return;
    r = ufx_arena_allocate(f->l->arena, sizeof *r);
    copy = ufx_arena_allocate(f->l->arena, count * sizeof *copy);
    if (r == NULL || copy == NULL) {
        f->status = UNFIX_ERROR_MEMORY;
        return;
    }
    memset(r, 0, sizeof *r);
    memcpy(copy, chars, count * sizeof *copy);
    r->chars = copy;
    r->count = (uint32_t)count;
    r->flags = UFX_READING_SAME | UFX_READING_LISTED;
    r->word_count = 1;
    one.list = r;
    one.count = 1;
    add_edges(f, at, at + 3, UFX_EDGE_BROKEN, &one, COST_HYPHEN);
}

static void
add_broken_word(struct filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t chars[UFX_TOKEN_CHARS], i;
    struct ufx_readings readings;
    bool whole = false;
    size_t count;

    if (!is_broken(f->l, at))
        return;
    for (i = 0; i < 3; i++)
        if (s[i].flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FORM))
            return;
    /* Two words with a dash between. */
    if (!is_fixed(&s[0]) && (s[0].flags & s[2].flags & UFX_SEGMENT_KNOWN))
        return;
    count = ufx_lattice_whole(f->l, at, chars);
    f->status = ufx_candidates_read(f->candidates, f->v, chars, count,
                                    UFX_EFFORT_JOIN, &readings);
    if (f->status != UNFIX_OK)
        return;
    add_edges(f, at, at + 3, UFX_EDGE_BROKEN, &readings, COST_HYPHEN);
    for (i = 0; i < readings.count; i++)
        whole = whole || (readings.list[i].flags & UFX_READING_SAME) != 0;
    if (!whole && f->status == UNFIX_OK)
        add_seen_whole(f, at, chars, count);
}

unfix_status
ufx_lattice_fill(struct ufx_lattice *lattice,
                 const struct ufx_vocabulary *vocabulary,
                 const struct ufx_habits *habits,
                 struct ufx_candidates *candidates)
{
    struct filling f = {lattice, vocabulary, habits, candidates, UNFIX_OK};
    uint32_t i;

    lattice->first_edge =
        ufx_arena_allocate(lattice->arena, (lattice->segment_count + 1) *
                                               sizeof *lattice->first_edge);
    if (lattice->first_edge == NULL)
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i <= lattice->segment_count; i++)
        lattice->first_edge[i] = NONE;
    lattice->searched = lattice->segment_count;
    f.status = ufx_forms_fill(lattice, vocabulary, habits, candidates);
    for (i = 0; i < lattice->segment_count && f.status == UNFIX_OK; i++) {
        const struct ufx_segment *s = &lattice->segments[i];

        if ((s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED) &&
            !is_fixed(s))
            add_word_edges(&f, i);
        if (f.status == UNFIX_OK)
            add_keep(&f, i);
        if (f.status == UNFIX_OK)
            add_broken_word(&f, i);
        if (f.status != UNFIX_OK || is_fixed(s))
            continue;
        if (is_mark(s))
            add_mark_edges(&f, i);
        if (f.status == UNFIX_OK && is_lone_letter(&f, i))
            add_lone_letter(&f, i);
        if (f.status == UNFIX_OK)
            add_blank_edge(&f, i);
        if (f.status == UNFIX_OK)
            add_close_edge(&f, i);
        if (f.status == UNFIX_OK)
            add_spans(&f, i);
        if (f.status == UNFIX_OK && may_join(s))
            add_joins(&f, i);
        if (lattice->searched > i && ufx_candidates_ran_out(candidates))
            lattice->searched = i;
    }
    return f.status;
}
