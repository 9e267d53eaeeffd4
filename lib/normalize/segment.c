/* SPDX-License-Identifier: MPL-2.0 */
/* Cutting a paragraph into segments, and what can be said of them before
 * anything is read as something else: words that are known, halves of words
 * that a hyphen breaks, letters spaced out. */
#include "normalize/segment.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* ---- Words ---- */

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

/* MiemBros, UNiDAS, pUblicas, SiN, CapItulo: capitals where nobody sets them.
 * In names and acronyms (DeMarco, ONGs) they are right. */
static bool
is_oddly_cased(const struct ufx_language *language, const struct ufx_word *word,
               const uint32_t *chars, size_t count)
{
    size_t upper = 0, lower = 0, last = 0, i;

    for (i = 1; i < count; i++) {
        if (ufx_char_is_upper(chars[i])) {
            upper++;
            last = i;
        }
        lower += ufx_char_is_lower(chars[i]);
    }
    if (count < 3 || upper == 0 || lower == 0)
        return false;
    if (ufx_char_is_lower(chars[0]))
        return true;
    if (upper == 1 && lower == 1)
        return last == 2;
    if (upper == 1)
        return (last != 2 && last != 3) ||
               ((word->flags & UFX_WORD_CAPITAL) == 0 &&
                ufx_piece_word(&language->lexicon, chars + last,
                               count - last) == UFX_WORD_NONE);
    return lower == 1 && ufx_forms_find(&language->forms, UFX_FORM_PLURAL,
                                        &chars[count - 1], 1) == NULL;
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
    if ((word->flags & UFX_WORD_USUAL) == 0 ||
        is_oddly_cased(v->language, word, chars, count))
        return false;
    if (word->flags & UFX_WORD_ARCHAIC)
        lookup->flags |= UFX_SEGMENT_FIXED;
    if (word->flags & UFX_WORD_CAPITAL)
        return ufx_char_is_upper(chars[0]);
    return true;
}

/* Presupuesto3: the sign of a note after a word.  A 5 or 8 may be its s, and
 * what hardly anybody writes is rather a word that lost its end (Estad2). */
static bool
is_noted_word(const struct ufx_vocabulary *v, const uint32_t *chars,
              size_t count)
{
    const struct ufx_lexicon *lexicon = &v->language->lexicon;
    size_t n = count;
    uint32_t word;

    while (n > 0 && ufx_char_is_digit(chars[n - 1]))
        n--;
    if (n < 5 || n == count || count - n > 2 ||
        (count - n == 1 && (chars[n] == '5' || chars[n] == '8')))
        return false;
    word = ufx_piece_word(lexicon, chars, n);
    return ufx_lexicon_has(lexicon, word, UFX_WORD_KNOWN) &&
           lexicon->words[word].cost * UFX_COST_STEP < UFX_COST_RARE;
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
    lookup->kinds =
        ufx_kinds_find(&v->language->kinds, spelling->chars, spelling->count);
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
    if (!ufx_is_spelled(s)) {
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

bool
ufx_is_dash(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    uint32_t cp = l->paragraph->chars[s->first];

    return s->kind == UFX_PIECE_DASH || cp == UFX_SOFT_HYPHEN || cp == 0xAC ||
           cp == 0xB7 || cp == '~';
}

/* [at], a hyphen, [at + 2]: broken at a line's end; within a line, "auto-
 * nomía", as some editions keep the line breaks of the print; or where a soft
 * hyphen allows a break.  Norte-Sur is whole at a line's end as well. */
bool
ufx_is_broken(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    const uint32_t *chars = l->paragraph->chars;

    if (at + 2 >= l->segment_count || !ufx_is_word(&s[0]) ||
        s[1].gap != UFX_GAP_NONE || !is_hyphen(l, at + 1) ||
        !ufx_is_word(&s[2]) || s[0].count < 2 || s[2].count < 2 ||
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
    uint32_t chars[UFX_TOKEN_CHARS];
    size_t count = ufx_lattice_whole(l, at, chars);

    return ufx_lexicon_has(lexicon, ufx_piece_word(lexicon, chars, count),
                           UFX_WORD_USUAL);
}

/* Neither half of a good word is a word of its own to mend. */
static void
fix_broken_words(struct ufx_lattice *lattice, const struct ufx_vocabulary *v)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t i;

    for (i = 0; i + 2 < lattice->segment_count; i++) {
        if (!ufx_is_broken(lattice, i) ||
            !is_known_whole(lattice, i, &v->language->lexicon))
            continue;
        s[i].flags |= UFX_SEGMENT_FIXED;
        s[i + 1].flags |= UFX_SEGMENT_FIXED;
        s[i + 2].flags |= UFX_SEGMENT_FIXED;
    }
}

/* ---- Stumps ---- */

/* LIM\TADA, PRIMER\: a backslash before a capital within a word, or at its end,
 * begins no escape: it is part of a letter. */
static bool
is_part_of_letter(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];

    if (at == 0 || s->gap != UFX_GAP_NONE || !ufx_is_word(s - 1))
        return false;
    return at + 1 == l->segment_count || s[1].gap != UFX_GAP_NONE ||
           (ufx_is_word(s + 1) &&
            ufx_char_is_upper(l->paragraph->chars[s[1].first]));
}

/* An escape or a sign that nobody understood: it stands for letters, whichever
 * they were. */
static bool
stands_for_letters(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    uint32_t cp = l->paragraph->chars[s->first];

    return (cp == '\\' && !is_part_of_letter(l, at)) || cp == 0xFFFD ||
           ((s->flags & UFX_SEGMENT_PROTECTED) && cp == '&');
}

/* comisi&oacute;n: what is left of a word beside such a sign is no word. */
static void
fix_stumps(struct ufx_lattice *lattice)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t n = lattice->segment_count, i, k;

    for (i = 0; i < n; i++) {
        if (!stands_for_letters(lattice, i))
            continue;
        if (i > 0 && s[i].gap == UFX_GAP_NONE)
            s[i - 1].flags |= UFX_SEGMENT_FIXED;
        /* \'o, \'{o}: with the marks of the escape. */
        for (k = i + 1; k < n && k <= i + 4 && s[k].gap == UFX_GAP_NONE; k++)
            s[k].flags |= UFX_SEGMENT_FIXED;
    }
}

/* ---- Emphasis ---- */

/* * or _, or some alike. */
static bool
is_emphasis(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    const uint32_t *chars = l->paragraph->chars + s->first;
    uint32_t i;

    if (chars[0] != '*' && chars[0] != '_')
        return false;
    for (i = 1; i < s->count; i++)
        if (chars[i] != chars[0])
            return false;
    return true;
}

static bool
touches_word_before(const struct ufx_lattice *l, uint32_t at)
{
    return at > 0 && l->segments[at].gap == UFX_GAP_NONE &&
           ufx_is_spelled(&l->segments[at - 1]);
}

/* Something is close behind it, or a word. */
static bool
touches_after(const struct ufx_lattice *l, uint32_t at, bool word)
{
    const struct ufx_segment *s = &l->segments[at] + 1;

    return at + 1 < l->segment_count && s->gap == UFX_GAP_NONE &&
           (!word || ufx_is_spelled(s));
}

/* What closes the emphasis that begins at `at`, the next marks of its kind;
 * `at` itself if they do not. */
static uint32_t
find_closing(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = l->segments;
    const uint32_t *chars = l->paragraph->chars;
    uint32_t end = at + UFX_SENTENCE_REACH, i;

    if (touches_word_before(l, at) || !touches_after(l, at, false))
        return at;
    for (i = at + 2; i < end && i < l->segment_count; i++)
        if (is_emphasis(l, i) && chars[s[i].first] == chars[s[at].first])
            return s[i].count == s[at].count && s[i].gap == UFX_GAP_NONE &&
                           !touches_after(l, i, true)
                       ? i
                       : at;
    return at;
}

/* *word*, **some words**, _word_: such marks are none that were misread. */
static void
fix_emphasis(struct ufx_lattice *l)
{
    uint32_t i, closing;

    for (i = 0; i < l->segment_count; i = closing + 1) {
        closing = i;
        if (!is_emphasis(l, i))
            continue;
        closing = find_closing(l, i);
        if (closing == i)
            continue;
        l->segments[i].flags |= UFX_SEGMENT_FIXED;
        l->segments[closing].flags |= UFX_SEGMENT_FIXED;
    }
}

/* ---- Letters spaced out ---- */

bool
ufx_is_word_of_one(const struct ufx_lattice *l, uint32_t cp)
{
    return ufx_alphabet_is(&l->language->alphabet, cp, UFX_LETTER_WORD);
}

static bool
stands_apart(const struct ufx_lattice *lattice, uint32_t i)
{
    const struct ufx_segment *s = &lattice->segments[i];

    return s->gap != UFX_GAP_NONE &&
           (i + 1 == lattice->segment_count || s[1].gap != UFX_GAP_NONE);
}

bool
ufx_is_fragment(const struct ufx_lattice *lattice, uint32_t i)
{
    const struct ufx_segment *s = &lattice->segments[i];

    if (s->kind != UFX_PIECE_WORD || !stands_apart(lattice, i) ||
        (s->flags & (UFX_SEGMENT_LISTED | UFX_SEGMENT_FIXED)) != 0)
        return false;
    if (s->count == 1)
        return !ufx_is_word_of_one(lattice,
                                   lattice->paragraph->chars[s->first]);
    return s->count <= 3 && !(s->flags & UFX_SEGMENT_KNOWN);
}

/* A lone letter beside a spaced one goes with it: the end of
 * C E N T R O A M E R I C A N O. */
static bool
follows_spaced(const struct ufx_segment *s, const struct ufx_segment *beside)
{
    return s->count == 1 && ufx_is_word(s) && beside->count == 1 &&
           (beside->flags & UFX_SEGMENT_SPACED) != 0;
}

static void
find_spaced_letters(struct ufx_lattice *lattice)
{
    struct ufx_segment *s = lattice->segments;
    uint32_t n = lattice->segment_count, i, fragments = 0;

    for (i = 0; i < n && i < UFX_SEEN_OFTEN; i++)
        fragments += ufx_is_fragment(lattice, i);
    for (i = 0; i < n; i++) {
        if (i + UFX_SEEN_OFTEN < n)
            fragments += ufx_is_fragment(lattice, i + UFX_SEEN_OFTEN);
        if (i > UFX_SEEN_OFTEN)
            fragments -= ufx_is_fragment(lattice, i - UFX_SEEN_OFTEN - 1);
        if (fragments >= UFX_SEEN_OFTEN)
            s[i].flags |= UFX_SEGMENT_SPACED;
    }
    for (i = 1; i < lattice->segment_count; i++)
        if (follows_spaced(&s[i], &s[i - 1]))
            s[i].flags |= UFX_SEGMENT_SPACED;
    for (i = lattice->segment_count; i > 1; i--)
        if (follows_spaced(&s[i - 2], &s[i - 1]))
            s[i - 2].flags |= UFX_SEGMENT_SPACED;
}

static void
find_openings(struct ufx_lattice *lattice)
{
    uint32_t i;

    lattice->asks = lattice->exclaims = lattice->segment_count;
    for (i = lattice->segment_count; i > 0; i--) {
        if (lattice->segments[i - 1].kind == UFX_PIECE_QUESTION_OPEN)
            lattice->asks = i - 1;
        if (lattice->segments[i - 1].kind == UFX_PIECE_EXCLAMATION_OPEN)
            lattice->exclaims = i - 1;
    }
}

/* ---- Pairs ---- */

bool
ufx_is_paired(const struct ufx_lattice *l, uint32_t at,
              enum ufx_piece_class open, enum ufx_piece_class close)
{
    const struct ufx_segment *s = l->segments;
    uint32_t n = l->segment_count, i;
    bool opens = s[at].kind == open;

    if (!opens && s[at].kind != close)
        return false;
    for (i = 1; i < UFX_SENTENCE_REACH && (opens ? at + i < n : i <= at); i++) {
        uint8_t kind = s[opens ? at + i : at - i].kind;

        if (kind == s[at].kind)
            return false;
        if (kind == open || kind == close)
            return true;
    }
    return false;
}

uint32_t
ufx_known_together(const struct ufx_lexicon *lexicon, const uint32_t *chars,
                   const struct ufx_segment *first)
{
    uint32_t both[UFX_TOKEN_CHARS], word;
    size_t count = (size_t)first[0].count + first[1].count;

    if (count < UFX_WORD_CHARS || count > UFX_TOKEN_CHARS)
        return UFX_WORD_NONE;
    memcpy(both, chars + first[0].first, first[0].count * sizeof *both);
    memcpy(both + first[0].count, chars + first[1].first,
           first[1].count * sizeof *both);
    word = ufx_piece_word(lexicon, both, count);
    return ufx_lexicon_has(lexicon, word, UFX_WORD_KNOWN) ? word
                                                          : UFX_WORD_NONE;
}

/* ---- The paragraph ---- */

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
    lattice->language = vocabulary->language;
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
    fix_stumps(lattice);
    fix_emphasis(lattice);
    find_spaced_letters(lattice);
    find_openings(lattice);
    return UNFIX_OK;
}

static void *
copy_list(struct ufx_arena *arena, const void *list, size_t count, size_t size)
{
    void *copy = ufx_arena_allocate(arena, count * size);

    if (copy != NULL && count > 0)
        memcpy(copy, list, count * size);
    return copy;
}

unfix_status
ufx_lattice_keep(struct ufx_lattice *lattice, struct ufx_paragraph *paragraph,
                 struct ufx_arena *arena)
{
    size_t count = paragraph->token_count, chars;

    chars = count == 0 ? 0
                       : (size_t)paragraph->tokens[count - 1].first +
                             paragraph->tokens[count - 1].count;
    paragraph->tokens =
        copy_list(arena, paragraph->tokens, count, sizeof *paragraph->tokens);
    paragraph->chars =
        copy_list(arena, paragraph->chars, chars, sizeof *paragraph->chars);
    paragraph->offsets = copy_list(arena, paragraph->offsets, chars + count,
                                   sizeof *paragraph->offsets);
    lattice->segments =
        copy_list(arena, lattice->segments, lattice->segment_count,
                  sizeof *lattice->segments);
    lattice->paragraph = paragraph;
    lattice->arena = arena;
    return arena->failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}
