/* SPDX-License-Identifier: MPL-2.0 */
/* Pages where little is right: a token, or several that blanks keep apart, as
 * words of which more than one letter is misread.  On such pages marks stand
 * for letters, blanks fall within words, and short words are as often damaged
 * as long ones, so that nothing but a dictionary and the neighbours can tell.
 */
#include "normalize/producers.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* A token between blanks: its segments, and without the marks at its ends. */
struct ink {
    uint32_t start;
    uint32_t first;
    uint32_t last;
    uint32_t end;
    bool known; /* one usual word */
    bool plain; /* the same, or nearly one, or no word */
    bool fixed;
};

/* A word that nobody doubts: a listed one, or a usual one of the language's. */
static bool
is_plain(const struct ufx_filling *f, const struct ufx_segment *s)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;

    if (s->kind != UFX_PIECE_WORD || (s->flags & UFX_SEGMENT_KNOWN) == 0)
        return false;
    if ((s->flags & UFX_SEGMENT_LISTED) != 0 || s->word == UFX_WORD_NONE)
        return true;
    return ((s->words & UFX_WORD_FOREIGN) == 0 ||
            (s->words & UFX_WORD_KNOWN) != 0) &&
           lexicon->words[s->word].cost * UFX_COST_STEP < UFX_COST_RARE;
}

/* One thing misread explains the core: it needs no deeper look. */
static bool
is_explained(struct ufx_filling *f, const struct ink *ink)
{
    struct ufx_segment *s = &f->l->segments[ink->first];
    struct ufx_readings readings;

    if (ink->first == ink->last ||
        ufx_length_of(f, ink->first, ink->last) < UFX_SHORT_CHARS)
        return false;
    readings = ink->last == ink->first + 1 && s->spelling != NULL
                   ? ufx_read_word(f, s)
                   : ufx_read_chars(f, ufx_chars_of(f, ink->first),
                                    ufx_length_of(f, ink->first, ink->last),
                                    UFX_EFFORT_UNKNOWN);
    return readings.count > 0 && readings.list[0].channel <= UFX_COST_EXPLAINED;
}

/* A number, a numeral, the symbol of a document; or a name that comes again. */
static bool
is_figure(const struct ufx_filling *f, const struct ink *ink)
{
    const struct ufx_segment *s = &f->l->segments[ink->first];
    const uint32_t *chars = ufx_chars_of(f, ink->start);
    uint32_t n = ufx_length_of(f, ink->start, ink->end);

    if (n > 1 && ufx_char_count(chars, n, ufx_char_is_letter) * 2 <= n)
        return true;
    if (ink->last != ink->first + 1)
        return false;
    if (!ufx_is_word(s) || s->kind == UFX_PIECE_ROMAN)
        return true;
    return s->count >= UFX_WORD_CHARS &&
           ufx_char_is_upper(*ufx_chars_of(f, ink->first)) &&
           ufx_times_seen(f, ufx_chars_of(f, ink->first), s->count) >=
               UFX_SEEN_OFTEN;
}

/* Fixed for the sake of a backslash beside it, which where little is right is
 * rather a part of a letter than an escape. */
static bool
is_escaped(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t i = at;

    if ((s[at].flags & UFX_SEGMENT_PROTECTED) != 0)
        return false;
    if (at + 1 < f->l->segment_count && s[at + 1].token == s[at].token &&
        *ufx_chars_of(f, at + 1) == '\\')
        return true;
    for (; s[i].token == s[at].token; i--)
        if (*ufx_chars_of(f, i) == '\\' || i == 0)
            break;
    return s[i].token == s[at].token && *ufx_chars_of(f, i) == '\\';
}

static struct ink
find_ink(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    struct ink ink = {at, at, at, at, false, false, false};

    do {
        ink.fixed = ink.fixed ||
                    (ufx_is_fixed(&s[ink.end]) && !is_escaped(f, ink.end)) ||
                    (s[ink.end].flags & UFX_SEGMENT_LISTED) != 0 ||
                    ufx_is_paired_bracket(f->l, ink.end);
        ink.end++;
    } while (ink.end < f->l->segment_count && s[ink.end].token == s[at].token);
    while (ink.first < ink.end && ufx_is_mark(&s[ink.first]))
        ink.first++;
    for (ink.last = ink.end; ink.last > ink.first; ink.last--)
        if (!ufx_is_mark(&s[ink.last - 1]))
            break;
    return ink;
}

static struct ink
read_ink(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    struct ink ink = find_ink(f, at);

    ink.known = ink.last == ink.first + 1 &&
                (is_plain(f, &s[ink.first]) || !ufx_is_word(&s[ink.first]));
    ink.plain =
        ink.known || ink.fixed || is_figure(f, &ink) || is_explained(f, &ink);
    return ink;
}

/* What nearer searches have found as well would be its own rival. */
static bool
is_wanted(const struct ufx_filling *f, uint32_t from, uint32_t to,
          const struct ufx_reading *reading, int32_t extra)
{
    return !ufx_is_too_dear(f, from, to, reading, extra) &&
           ufx_find_edge(f, from, to, reading) == NULL;
}

/* One edge for each reading that may be wanted and has none. */
static void
fill_new(struct ufx_filling *f, uint32_t from, uint32_t to,
         enum ufx_edge_kind kind, const struct ufx_readings *readings,
         int32_t extra)
{
    size_t i;

    for (i = 0; i < readings->count && f->status == UNFIX_OK; i++) {
        struct ufx_readings one = {&readings->list[i], 1};

        if (is_wanted(f, from, to, one.list, extra))
            ufx_fill_readings(f, from, to, kind, &one, extra);
    }
}

/* The segments, which are of one token, as words. */
static void
read_token(struct ufx_filling *f, uint32_t from, uint32_t to,
           enum ufx_effort effort)
{
    struct ufx_readings readings;
    uint32_t count;

    if (from >= to || f->status != UNFIX_OK)
        return;
    count = ufx_length_of(f, from, to);
    if (count > UFX_TOKEN_CHARS / 2)
        return;
    readings = ufx_read_chars(f, ufx_chars_of(f, from), count, effort);
    fill_new(f, from, to, UFX_EDGE_READING, &readings, 0);
}

/* Marks as print has them before a word and after it. */
static bool
may_lead(const struct ufx_filling *f, uint32_t at)
{
    return ufx_piece_is(
        f->l->segments[at].kind,
        UFX_PIECE_BIT(OPEN) | UFX_PIECE_BIT(BRACKET_OPEN) |
            UFX_PIECE_BIT(QUOTE) | UFX_PIECE_BIT(QUESTION_OPEN) |
            UFX_PIECE_BIT(EXCLAMATION_OPEN) | UFX_PIECE_BIT(DASH));
}

static bool
may_trail(const struct ufx_filling *f, uint32_t at)
{
    return ufx_piece_is(f->l->segments[at].kind,
                        UFX_PIECES_POINTS | UFX_PIECE_BIT(CLOSE) |
                            UFX_PIECE_BIT(BRACKET_CLOSE) |
                            UFX_PIECE_BIT(QUOTE) | UFX_PIECE_BIT(DASH));
}

/* Its neighbours make no word or number likelier than it is by itself. */
static bool
is_odd(const struct ufx_filling *f, const struct ink *ink)
{
    const struct ufx_ngrams *ngrams = &f->v->language->ngrams;
    struct ufx_history history = {UFX_WORD_NONE, UFX_WORD_NONE, 0, 0};
    int32_t cost, with, alone;
    uint32_t at = ink->first, piece;

    if (ink->last != at + 1 || ink->fixed ||
        (!ink->known && f->l->segments[at].count >= UFX_WORD_CHARS))
        return false;
    if (at > 0)
        history.second = ufx_own_piece(f, at - 1, &cost);
    piece = ufx_own_piece(f, at, &cost);
    with = (int32_t)ufx_ngram_cost(ngrams, &history, piece, &history);
    alone = ngrams->unigrams[piece].cost * UFX_COST_STEP;
    if (at + 1 < f->l->segment_count) {
        piece = ufx_own_piece(f, at + 1, &cost);
        with += (int32_t)ufx_ngram_cost(ngrams, &history, piece, &history);
        alone += ngrams->unigrams[piece].cost * UFX_COST_STEP;
    }
    return with >= alone;
}

/* Alone: the core, and the core with the marks before it, after it, or both,
 * which may be letters. */
static void
add_alone(struct ufx_filling *f, const struct ink *ink, enum ufx_effort effort)
{
    bool tiny = ink->last == ink->first + 1 &&
                f->l->segments[ink->first].count <= UFX_LONE_CHARS;
    bool before =
        ink->start < ink->first && (tiny || !may_lead(f, ink->first - 1));
    bool after = ink->last < ink->end && !may_trail(f, ink->last);

    if (ink->first == ink->last) {
        if (ufx_length_of(f, ink->start, ink->end) < UFX_WORD_CHARS)
            read_token(f, ink->start, ink->end, effort);
        return;
    }
    read_token(f, ink->first, ink->last, effort);
    if (before)
        read_token(f, ink->start, ink->last, effort);
    if (after)
        read_token(f, ink->first, ink->end, effort);
    if (before && after)
        read_token(f, ink->start, ink->end, effort);
}

/* Appends the characters of the segments, which are of one token; false if
 * there is no room. */
static bool
append(const struct ufx_filling *f, uint32_t from, uint32_t to, uint32_t *chars,
       size_t *count)
{
    size_t n = from < to ? ufx_length_of(f, from, to) : 0;

    if (*count + n > UFX_TOKEN_CHARS / 2)
        return false;
    if (n > 0)
        memcpy(chars + *count, ufx_chars_of(f, from), n * sizeof *chars);
    *count += n;
    return true;
}

/* One reading with one word. */
static void
add_one(struct ufx_filling *f, uint32_t from, uint32_t to,
        enum ufx_edge_kind kind, const uint32_t *chars, size_t count,
        uint32_t word, int32_t cost)
{
    const struct ufx_reading whole = {.chars = chars,
                                      .count = (uint32_t)count,
                                      .word_count = 1,
                                      .flags = UFX_READING_DEEP,
                                      .words = {word}};

    if (is_wanted(f, from, to, &whole, cost))
        ufx_fill_reading(f, from, to, kind, &whole, cost);
}

/* The last tokens of a span, and what was put together so far. */
struct span {
    uint32_t begin;
    uint32_t end;     /* without the marks after the last word */
    uint32_t hyphens; /* segments at the end that would be a hyphen's */
    uint32_t plain;
    uint32_t lone;  /* tokens of one character */
    uint32_t small; /* of so few letters that they are little */
    uint32_t known;
    uint32_t doubted; /* known, but beside a hyphen, or very short */
    uint32_t tokens;
    bool line; /* goes over a line's end */
    int32_t cost;
    uint32_t chars[UFX_TOKEN_CHARS];
    size_t count;
    size_t whole; /* characters up to `end` */
};

/* How far words go that tokens may be together. */
struct way {
    uint32_t arc;
    uint32_t number; /* of the word so far: the sum of the skips */
    uint8_t lost;    /* the letter that a blank was read for; 0: none */
    uint8_t place;   /* of that letter: after so many */
};

#define WAYS 64

/* A word that is put together to the letter, and how far. */
struct whole {
    struct way ways[WAYS];
    size_t way_count;
    int32_t cost;
    bool line;         /* goes over a line's end */
    bool unknown;      /* a part of it is no word */
    bool letters_only; /* each part is one letter */
    bool spaced;       /* the same among many such */
    bool upper;        /* in capitals so far */
    size_t count;
    uint32_t chars[UFX_TOKEN_CHARS];
};

/* Nothing yet; what is long is left as it is. */
static void
begin_whole(struct whole *whole)
{
    whole->ways[0] = (struct way){0, 0, 0, 0};
    whole->way_count = 1;
    whole->cost = 0;
    whole->line = whole->unknown = whole->spaced = false;
    whole->letters_only = whole->upper = true;
    whole->count = 0;
}

/* Goes on over one letter; false: nowhere. */
static bool
take_letter(const struct ufx_filling *f, struct way *way, uint8_t letter)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint32_t arc = ufx_lexicon_arc(lexicon, way->arc, letter);

    if (arc == 0)
        return false;
    way->number +=
        ((lexicon->arcs[way->arc].way & UFX_ARC_FINAL) != 0 && way->arc != 0) +
        lexicon->arcs[arc].skip;
    way->arc = arc;
    return true;
}

/* All ways over the character; in capitals print leaves accents out. */
static void
take_char(const struct ufx_filling *f, struct whole *whole, uint32_t cp)
{
    const struct ufx_alphabet *alphabet = &f->v->language->alphabet;
    uint8_t letter = (uint8_t)ufx_char_code(ufx_char_lower(cp));
    struct way before[WAYS];
    size_t n = whole->way_count, i, k;

    memcpy(before, whole->ways, n * sizeof *before);
    whole->way_count = 0;
    for (i = 0; i < n; i++) {
        struct way way = before[i];

        if (whole->way_count < WAYS && take_letter(f, &way, letter))
            whole->ways[whole->way_count++] = way;
        for (k = 0; whole->upper && k < alphabet->accent_count; k++) {
            way = before[i];
            if (alphabet->accents[k].plain == letter &&
                whole->way_count < WAYS &&
                take_letter(f, &way, alphabet->accents[k].accented))
                whole->ways[whole->way_count++] = way;
        }
    }
}

/* Goes on with a part; false if no word does. */
static bool
add_part(const struct ufx_filling *f, struct whole *whole, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint8_t letters[UFX_TOKEN_CHARS];
    size_t i;

    if ((s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_ROMAN) ||
        ufx_is_fixed(s) || (s->flags & UFX_SEGMENT_LISTED) != 0 ||
        whole->count + s->count > UFX_TOKEN_CHARS / 2 ||
        !ufx_piece_letters(ufx_chars_of(f, at), s->count, letters))
        return false;
    memcpy(whole->chars + whole->count, ufx_chars_of(f, at),
           s->count * sizeof *whole->chars);
    for (i = 0; i < s->count; i++) {
        uint32_t cp = whole->chars[whole->count + i];

        whole->upper = whole->upper && ufx_char_is_upper(cp);
        take_char(f, whole, cp);
        if (whole->way_count == 0)
            return false;
    }
    whole->count += s->count;
    whole->unknown = whole->unknown || !is_plain(f, s);
    whole->letters_only = whole->letters_only && s->count == 1;
    whole->spaced = whole->letters_only && (s->flags & UFX_SEGMENT_SPACED) != 0;
    return true;
}

/* P RIODO, Am rica: where little is right a letter may have been read as the
 * blank. */
static void
lose_letter(const struct ufx_filling *f, struct whole *whole)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    size_t n = whole->way_count, i;

    for (i = 0; i < n; i++) {
        const struct way before = whole->ways[i];
        uint32_t arc = UFX_ARC_TARGET(lexicon->arcs[before.arc].way), end;

        if (before.lost != 0 || arc == 0)
            continue;
        for (end = ufx_lexicon_end(lexicon, arc); arc < end; arc++) {
            struct way way = before;

            way.lost = UFX_ARC_LABEL(lexicon->arcs[arc].way);
            way.place = (uint8_t)whole->count;
            if (whole->way_count < WAYS && take_letter(f, &way, way.lost))
                whole->ways[whole->way_count++] = way;
            if (lexicon->arcs[arc].way & UFX_ARC_LAST)
                break;
        }
    }
}

/* In capitals, or without but for the first. */
static bool
is_evenly_cased(const struct whole *whole)
{
    size_t i;

    for (i = 2; i < whole->count; i++)
        if (ufx_char_is_upper(whole->chars[i]) !=
            ufx_char_is_upper(whole->chars[1]))
            return false;
    return !ufx_char_is_upper(whole->chars[1]) ||
           ufx_char_is_upper(whole->chars[0]);
}

/* What the way says. */
static void
add_way(struct ufx_filling *f, const struct whole *whole, const struct way *way,
        uint32_t from, uint32_t to)
{
    enum ufx_edge_kind kind = whole->line ? UFX_EDGE_BROKEN : UFX_EDGE_READING;
    int32_t cost = whole->cost + (whole->unknown ? 0 : UFX_COST_BLANK_EASY);
    uint32_t chars[UFX_TOKEN_CHARS], lost;
    size_t place = way->place, n = whole->count;

    memcpy(chars, whole->chars, n * sizeof *chars);
    if (way->lost != 0) {
        if (n <= UFX_SHORT_CHARS || !whole->unknown)
            return;
        memmove(chars + place + 1, chars + place, (n - place) * sizeof *chars);
        lost = ufx_char_of_code(way->lost);
        chars[place] = whole->upper ? ufx_char_upper(lost) : lost;
        n++;
        cost += UFX_COST_EXPLAINED;
    }
    add_one(f, from, to, kind, chars, n, way->number, cost);
}

static void
add_if_word(struct ufx_filling *f, const struct whole *whole, uint32_t from,
            uint32_t to)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    size_t i;

    if ((whole->count < UFX_WORD_CHARS && !whole->spaced) ||
        !is_evenly_cased(whole) ||
        !(whole->unknown || whole->letters_only || whole->line ||
          f->habits->deep || f->habits->broken))
        return;
    for (i = 0; i < whole->way_count && f->status == UNFIX_OK; i++) {
        const struct way *way = &whole->ways[i];

        if ((lexicon->arcs[way->arc].way & UFX_ARC_FINAL) != 0 &&
            way->number < lexicon->word_count &&
            (lexicon->words[way->number].flags & UFX_WORD_KNOWN) != 0)
            add_way(f, whole, way, from, to);
    }
}

/* False where all that could be put together is known by itself, more than a
 * letter, and the page is good: that is cheaper to see than how far a word
 * goes. */
static bool
may_be_parts(const struct ufx_filling *f, uint32_t from)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t at, count = 0;

    if (f->habits->deep || f->habits->broken || s[from].count == 1)
        return true;
    for (at = from; at < f->l->segment_count && count <= UFX_TOKEN_CHARS / 2;
         at++) {
        if (ufx_is_dash(f->l, at))
            continue;
        if (s[at].kind != UFX_PIECE_WORD && s[at].kind != UFX_PIECE_ROMAN)
            return false;
        if (!is_plain(f, &s[at]) || (at > from && s[at].gap == UFX_GAP_NEWLINE))
            return true;
        count += s[at].count;
    }
    return false;
}

/* A mark that may have fallen into a word where little is right. */
static bool
may_be_speck(const struct ufx_filling *f, uint32_t at)
{
    return f->habits->deep && at < f->l->segment_count &&
           ufx_is_mark(&f->l->segments[at]) &&
           !ufx_is_fixed(&f->l->segments[at]) &&
           !ufx_is_paired_bracket(f->l, at);
}

/* m a n - / t e n í a: among letters spaced out a hyphen at a line's end is
 * so, too. */
static bool
is_spaced_out(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->gap == UFX_GAP_BLANK && at + 1 < f->l->segment_count &&
           s[1].gap == UFX_GAP_NEWLINE &&
           (s[-1].flags & s[1].flags & UFX_SEGMENT_SPACED) != 0;
}

/* The word that tokens from the segment on are, to the letter, blanks, hyphens
 * and specks beside them aside. */
static void
add_exact(struct ufx_filling *f, uint32_t from)
{
    const struct ufx_segment *s = f->l->segments;
    struct whole whole;
    uint32_t at = from, next;
    bool hyphen;

    if (!may_be_parts(f, from))
        return;
    begin_whole(&whole);
    while (add_part(f, &whole, at)) {
        int32_t cost = whole.cost == 0 ? UFX_COST_BLANK : UFX_COST_SLIGHT;

        next = at + 1;
        hyphen = next < f->l->segment_count && ufx_is_dash(f->l, next) &&
                 (s[next].gap == UFX_GAP_NONE || is_spaced_out(f, next));
        if (hyphen) {
            next++;
            cost = UFX_COST_SLIGHT;
        } else if (may_be_speck(f, next) && s[next].gap == UFX_GAP_NONE &&
                   !may_trail(f, next)) {
            next++;
            cost += UFX_COST_EXPLAINED;
        }
        if (whole.cost > 0 &&
            (next == f->l->segment_count || s[at + 1].gap != UFX_GAP_NONE ||
             ufx_is_mark(&s[at + 1])))
            add_if_word(f, &whole, from, at + 1);
        if (next == f->l->segment_count || f->status != UNFIX_OK ||
            (s[next].gap == UFX_GAP_NEWLINE && whole.line) ||
            (s[next].gap != UFX_GAP_NEWLINE && s[next].gap != UFX_GAP_BLANK))
            return;
        whole.line = whole.line || s[next].gap == UFX_GAP_NEWLINE;
        whole.cost += cost;
        if (f->habits->deep)
            lose_letter(f, &whole);
        if (may_be_speck(f, next) && next + 1 < f->l->segment_count &&
            s[next + 1].gap == UFX_GAP_NONE && (hyphen || !may_lead(f, next))) {
            next++;
            whole.cost += UFX_COST_EXPLAINED;
        }
        at = next;
    }
}

static bool
add_token(const struct ufx_filling *f, struct span *span, const struct ink *ink)
{
    uint32_t length = ufx_length_of(f, ink->start, ink->end);
    uint32_t end = ink->first < ink->last ? ink->last : ink->end, stop;

    for (stop = ink->end; stop > end && ufx_is_dash(f->l, stop - 1); stop--)
        ;
    span->plain += ink->plain;
    span->known += ink->known;
    span->doubted += ink->known && (length <= UFX_LONE_CHARS ||
                                    span->hyphens > 0 || stop < ink->end);
    span->lone += length == 1;
    span->small += length < UFX_WORD_CHARS;
    span->hyphens = ink->end - stop;
    span->tokens++;
    span->end = end;
    if (!append(f,
                span->tokens == 1 && ink->first < ink->last ? ink->first
                                                            : ink->start,
                end, span->chars, &span->count))
        return false;
    span->whole = span->count;
    return append(f, end, stop, span->chars, &span->count);
}

/* Letters spaced out: a run of short tokens, most of them of one letter; the
 * last may be longer. */
static bool
is_spaced(const struct span *span)
{
    return span->tokens >= 3 && span->small + 1 >= span->tokens &&
           span->lone * 2 >= span->tokens;
}

static void
read_together(struct ufx_filling *f, const struct span *span)
{
    struct ufx_readings readings;
    bool spaced = is_spaced(span);

    if ((span->known > span->doubted || span->plain == span->tokens ||
         span->tokens > UFX_SPAN_TOKENS || !f->habits->deep) &&
        !spaced)
        return;
    readings = ufx_read_chars(f, span->chars, span->whole, UFX_EFFORT_WHOLE);
    fill_new(f, span->begin, span->end,
             span->line ? UFX_EDGE_BROKEN : UFX_EDGE_READING, &readings,
             spaced ? (int32_t)span->tokens * UFX_COST_SLIGHT : span->cost);
}

/* This token and those after it, whose blanks are none. */
static void
add_together(struct ufx_filling *f, const struct ink *first)
{
    struct span span = {.begin = first->first < first->last ? first->first
                                                            : first->start};
    struct ink ink = *first;

    if (!add_token(f, &span, &ink))
        return;
    while (ink.end < f->l->segment_count && span.tokens < UFX_SPACED_TOKENS) {
        uint8_t gap = f->l->segments[ink.end].gap;

        if (span.tokens >= UFX_SPAN_TOKENS && !is_spaced(&span))
            return;
        if (gap == UFX_GAP_NEWLINE ? span.line || span.tokens > 1
                                   : gap != UFX_GAP_BLANK)
            return;
        span.line = span.line || gap == UFX_GAP_NEWLINE;
        span.cost += span.hyphens > 0 ? UFX_COST_SLIGHT : UFX_COST_BLANK;
        ink = read_ink(f, ink.end);
        if (ink.fixed || !add_token(f, &span, &ink))
            return;
        if (span.known > 0 && span.tokens >= 2 && !is_spaced(&span) &&
            span.small < span.tokens)
            return;
        read_together(f, &span);
        if (f->status != UNFIX_OK)
            return;
    }
}

/* The words of one letter, which older print has with their accents, for any
 * small token where the document is such: none is misread more.  One that is
 * such a word itself may have lost its accent. */
static void
add_old(struct ufx_filling *f, uint32_t from)
{
    const struct ufx_alphabet *alphabet = &f->v->language->alphabet;
    const struct ufx_segment *s = f->l->segments;
    uint32_t own = *ufx_chars_of(f, from), i, to = from;

    do {
        if (ufx_is_fixed(&s[to]))
            return;
        to++;
    } while (to < f->l->segment_count && s[to].token == s[from].token);
    if (ufx_length_of(f, from, to) > (f->habits->old ? UFX_LONE_CHARS : 1) ||
        (!f->habits->old && ufx_is_word_of_one(f->l, own)) ||
        (s[from].count > 1 && (s[from].flags & UFX_SEGMENT_KNOWN) != 0))
        return;
    for (i = 0; i < alphabet->accent_count && f->status == UNFIX_OK; i++) {
        uint8_t plain = alphabet->accents[i].plain;
        uint32_t cp = ufx_char_of_code(alphabet->accents[i].accented);
        uint32_t word = ufx_lexicon_find(&f->v->language->lexicon, &plain, 1);

        if (word != UFX_WORD_NONE && cp != own &&
            (alphabet->kinds[plain] & UFX_LETTER_WORD) != 0 &&
            (!ufx_is_word_of_one(f->l, own) || plain == own))
            add_one(f, from, to, UFX_EDGE_READING, &cp, 1, word,
                    UFX_COST_GENERIC_DEEP);
    }
}

/* Within the token stands what no word has: marks or figures among letters, no
 * dashes. */
static bool
is_ruined(const struct ufx_filling *f, const struct ink *ink)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t i;

    for (i = ink->first; i < ink->last; i++)
        if (s[i].kind == UFX_PIECE_DASH)
            return false;
    return ink->last > ink->first + 1 || s[ink->first].kind == UFX_PIECE_MIXED;
}

/* que42, palabra^2: behind a word stands what may be a note's sign, or another
 * number. */
static bool
ends_in_figures(const struct ufx_filling *f, const uint32_t *chars,
                uint32_t count)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint32_t n = 0, i;

    while (n < count && ufx_char_is_letter(chars[n]))
        n++;
    for (i = n; i < count && !ufx_char_is_letter(chars[i]); i++)
        ;
    return i == count && n > 0 && ufx_char_is_digit(chars[count - 1]) &&
           ufx_lexicon_has(lexicon, ufx_piece_word(lexicon, chars, n),
                           UFX_WORD_KNOWN);
}

/* crecit^iento, 6EHEEAL, suficir^nte: on other pages as well what is no word,
 * nor near to one, is looked for. */
static void
add_ruined(struct ufx_filling *f, uint32_t at)
{
    struct ink ink = find_ink(f, at);
    struct ufx_readings readings;
    const uint32_t *chars;
    uint32_t count, i;

    if (ink.fixed || ink.first == ink.last || !is_ruined(f, &ink) ||
        is_figure(f, &ink))
        return;
    count = ufx_length_of(f, ink.first, ink.last);
    chars = ufx_chars_of(f, ink.first);
    if (count < UFX_WORD_CHARS || count > UFX_TOKEN_CHARS / 2 ||
        ends_in_figures(f, chars, count))
        return;
    readings = ufx_read_chars(f, chars, count, UFX_EFFORT_UNKNOWN);
    for (i = 0; i < readings.count; i++)
        if (readings.list[i].word_count == 1)
            return;
    read_token(f, ink.first, ink.last, UFX_EFFORT_DEEP);
}

void
ufx_fill_exact(struct ufx_filling *f, uint32_t at)
{
    struct ink ink;

    if (at > 0 && f->l->segments[at - 1].token == f->l->segments[at].token)
        return;
    if (f->habits->old || f->habits->deep)
        add_old(f, at);
    if (!f->habits->deep) {
        add_exact(f, at);
        if (f->status == UNFIX_OK && f->habits->wide)
            add_ruined(f, at);
        return;
    }
    ink = read_ink(f, at);
    if (f->status == UNFIX_OK && !ink.fixed && ink.first < ink.last)
        add_exact(f, ink.first);
}

/* The token that begins at the segment; false where none does, or where it is
 * fixed. */
static bool
begins_ink(struct ufx_filling *f, uint32_t at, struct ink *ink)
{
    if (at > 0 && f->l->segments[at - 1].token == f->l->segments[at].token)
        return false;
    *ink = read_ink(f, at);
    return f->status == UNFIX_OK && !ink->fixed;
}

void
ufx_fill_alone(struct ufx_filling *f, uint32_t at)
{
    struct ink ink;

    if (begins_ink(f, at, &ink) && !ink.plain)
        add_alone(f, &ink, UFX_EFFORT_DEEP);
}

void
ufx_fill_together(struct ufx_filling *f, uint32_t at)
{
    struct ink ink;

    if ((f->habits->deep ||
         (f->l->segments[at].flags & UFX_SEGMENT_SPACED) != 0) &&
        begins_ink(f, at, &ink))
        add_together(f, &ink);
}

/* What was read of the core is too far from it to be all that there is: of what
 * begins badly many beginnings are as good as the right one. */
static bool
is_far(struct ufx_filling *f, const struct ink *ink)
{
    struct ufx_readings readings;
    size_t i;

    if (ink->first == ink->last)
        return false;
    readings = ufx_read_chars(f, ufx_chars_of(f, ink->first),
                              ufx_length_of(f, ink->first, ink->last),
                              UFX_EFFORT_DEEP);
    for (i = 0; i < readings.count; i++)
        if (readings.list[i].word_count == 1 &&
            readings.list[i].channel <= UFX_COST_RARE)
            return false;
    return f->status == UNFIX_OK;
}

void
ufx_fill_far(struct ufx_filling *f, uint32_t at)
{
    struct ink ink;

    if (begins_ink(f, at, &ink) && !ink.plain && is_far(f, &ink))
        add_alone(f, &ink, UFX_EFFORT_FAR);
}

void
ufx_fill_odd(struct ufx_filling *f, uint32_t at)
{
    struct ink ink;

    if (begins_ink(f, at, &ink) && ink.plain && is_odd(f, &ink))
        add_alone(f, &ink, UFX_EFFORT_ODD);
}
