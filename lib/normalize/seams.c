/* SPDX-License-Identifier: MPL-2.0 */
/* Tokens that show where they were run together: where figures meet letters,
 * or small letters capitals (37Documento, para1953, CONSIDERANDOque,
 * BibliotecaDagHammarskjöld); years spaced out; and words whose first letter is
 * a mark that opens a question or a cry that is closed further on (éQué, jOh).
 */
#include "normalize/producers.h"

#include "normalize/forms.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

struct seams {
    const uint32_t *chars;
    uint32_t starts[UFX_READING_WORDS + 1];
    uint32_t words[UFX_READING_WORDS];
    uint32_t parts;
    uint32_t known;
    uint32_t names;
};

static uint32_t
find_word(const struct ufx_filling *f, const uint32_t *chars, uint32_t count)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint32_t word = ufx_piece_word(lexicon, chars, count);

    return ufx_lexicon_has(lexicon, word, UFX_WORD_USUAL) &&
                   (!ufx_lexicon_has(lexicon, word, UFX_WORD_ACRONYM) ||
                    ufx_char_is_upper(chars[count - 1]))
               ? word
               : UFX_WORD_NONE;
}

/* Whether two characters that follow each other do not belong together. */
static bool
is_seam(const uint32_t *chars, uint32_t at, uint32_t count)
{
    uint32_t a = chars[at - 1], b = chars[at];

    if (ufx_char_is_digit(a) != ufx_char_is_digit(b))
        return true;
    if (ufx_char_is_lower(a) && ufx_char_is_upper(b))
        return true;
    /* NERVORepresentante: the last capital begins the second word. */
    return at >= 3 && at + 1 < count && ufx_char_is_upper(a) &&
           ufx_char_is_upper(b) && ufx_char_is_lower(chars[at + 1]);
}

/* 1950y 1951: a word of one letter behind four figures. */
static bool
is_link_after_year(const struct ufx_filling *f, const struct seams *s,
                   uint32_t from)
{
    return s->parts == 1 && from == 4 && ufx_char_is_digit(s->chars[0]) &&
           ufx_is_link(f, s->chars[from]);
}

/* One part as a piece; false if it is none. */
static bool
add_part(const struct ufx_filling *f, struct seams *s, uint32_t from,
         uint32_t to)
{
    const uint32_t *chars = s->chars + from;
    uint32_t n = to - from, word;

    if (s->parts == UFX_READING_WORDS)
        return false;
    if (ufx_char_is_digit(chars[0])) {
        struct ufx_piece piece = ufx_piece_next(chars, n);

        if (n > 4)
            return false;
        word = ufx_language_class(f->v->language,
                                  (enum ufx_piece_class)piece.kind);
    } else if ((word = find_word(f, chars, n)) != UFX_WORD_NONE) {
        if (n < 2 && n < to && !is_link_after_year(f, s, from))
            return false;
        s->known++;
    } else if (n >= UFX_WORD_CHARS && ufx_char_is_upper(chars[0])) {
        word = ufx_language_class(f->v->language, ufx_piece_unknown(chars, n));
        s->names++;
    } else {
        return false;
    }
    s->starts[s->parts] = from;
    s->words[s->parts++] = word;
    s->starts[s->parts] = to;
    return true;
}

/* Cuts at all seams; where capitals go over into small letters, before the
 * last of them or after it. */
static bool
cut_at_seams(const struct ufx_filling *f, struct seams *s, uint32_t count)
{
    uint32_t from = 0, at;

    for (at = 1; at < count; at++) {
        bool ends = is_seam(s->chars, at, count);

        if (!ends && at - from >= 3 && ufx_char_is_upper(s->chars[at - 1]) &&
            ufx_char_is_upper(s->chars[at - 2]) &&
            ufx_char_is_lower(s->chars[at]))
            ends = true;
        else if (ends && at + 1 < count && ufx_char_is_upper(s->chars[at]) &&
                 ufx_char_is_upper(s->chars[at - 1]) &&
                 find_word(f, s->chars + from, at + 1 - from) !=
                     UFX_WORD_NONE &&
                 find_word(f, s->chars + at + 1, count - at - 1) !=
                     UFX_WORD_NONE)
            ends = false;
        if (ends) {
            if (!add_part(f, s, from, at))
                return false;
            from = at;
        }
    }
    return from > 0 && add_part(f, s, from, count);
}

/* Offers `chars` in place of the segment. */
static void
offer(struct ufx_filling *f, uint32_t at, const uint32_t *chars, uint32_t count,
      const uint32_t *words, uint32_t word_count, int32_t cost, uint8_t flags)
{
    struct ufx_reading reading = {.chars = chars,
                                  .count = count,
                                  .word_count = (uint8_t)word_count,
                                  .channel = cost,
                                  .flags = flags};

    memcpy(reading.words, words, word_count * sizeof *words);
    ufx_fill_reading(f, at, at + 1, UFX_EDGE_READING, &reading, 0);
}

/* Figures that can be nothing else: of two that are no misread letters, or of
 * one beside a month, 7de marzo, MARZO 7DE. */
static bool
is_number(const struct ufx_filling *f, const struct seams *s, uint32_t at)
{
    if (s->starts[1] > 1)
        return s->chars[0] > '1' || s->chars[1] > '1';
    return s->chars[0] != '0' &&
           (ufx_form_is_month(f, at + 1) || ufx_form_is_month(f, at - 1));
}

/* 20de diciembre, de1997: figures and, before them or behind, one of the most
 * frequent words, though not the end of an ordinal (la, lo).  Behind a word
 * what is no year may be the sign of a note. */
static bool
is_number_and_particle(const struct ufx_filling *f, const struct seams *s,
                       uint32_t at)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    bool first = ufx_char_is_digit(s->chars[0]);
    uint32_t word = s->words[first], end = s->starts[first + 1];

    return s->parts == 2 && word < lexicon->word_count &&
           lexicon->words[word].cost * UFX_COST_STEP <= UFX_COST_EXPECTED &&
           ufx_forms_have(f->rows, UFX_FORM_ENDING, s->chars[end - 1], 0) ==
               NULL &&
           (first ? is_number(f, s, at)
                  : s->words[1] ==
                        ufx_language_class(f->v->language, UFX_PIECE_YEAR));
}

/* E/CN.4/1998/2y Corr.1 */
static void
add_link(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t text[UFX_TOKEN_CHARS + 1], n = s->count, words[2];

    if (n < 4 || n > UFX_TOKEN_CHARS || !ufx_char_is_digit(chars[n - 2]) ||
        !ufx_is_link(f, chars[n - 1]) || at + 1 == f->l->segment_count ||
        s[1].gap == UFX_GAP_NONE)
        return;
    memcpy(text, chars, n * sizeof *text);
    text[n - 1] = ' ';
    text[n] = chars[n - 1];
    words[0] = ufx_language_class(f->v->language, UFX_PIECE_SYMBOL);
    words[1] = find_word(f, chars + n - 1, 1);
    if (words[1] != UFX_WORD_NONE)
        offer(f, at, text, n + 1, words, 2, UFX_COST_BLANK_EASY,
              UFX_READING_SPLIT | UFX_READING_PROVEN);
}

static void
add_seams(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *segment = &f->l->segments[at];
    struct seams s = {.chars = ufx_chars_of(f, at)};
    uint32_t text[UFX_SEAM_CHARS + UFX_READING_WORDS], n = 0, i;
    bool proven;

    if (segment->count < (segment->kind == UFX_PIECE_MIXED ? 3 : 4) ||
        segment->count > UFX_SEAM_CHARS || !cut_at_seams(f, &s, segment->count))
        return;
    /* Of names that no dictionary has there are many of that kind. */
    if (s.known == 0 || (s.names > 0 && !f->habits->deep))
        return;
    proven =
        segment->kind == UFX_PIECE_MIXED && is_number_and_particle(f, &s, at);
    /* 3D, B12, 50p: no word beside the figures. */
    if (segment->kind == UFX_PIECE_MIXED && !proven && segment->count < 5)
        return;
    for (i = 0; i < s.parts; i++) {
        if (i > 0)
            text[n++] = ' ';
        memcpy(text + n, s.chars + s.starts[i],
               (s.starts[i + 1] - s.starts[i]) * sizeof *text);
        n += s.starts[i + 1] - s.starts[i];
    }
    offer(f, at, text, n, s.words, s.parts,
          s.names > 0                        ? UFX_COST_BLANK
          : segment->kind == UFX_PIECE_MIXED ? UFX_COST_BLANK_EASY
                                             : UFX_COST_ODD,
          UFX_READING_SPLIT | (proven ? UFX_READING_PROVEN : 0));
}

/* ---- Spaced out ---- */

static bool
is_figure_alone(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;

    return at < f->l->segment_count && s[at].count == 1 &&
           ufx_char_is_digit(*ufx_chars_of(f, at)) && s[at].gap != UFX_GAP_NONE;
}

/* What years follow in a sentence, and not in a table: de, en, del; a month. */
static bool
is_before_year(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    const struct ufx_segment *s = &f->l->segments[at];

    return ufx_form_is_month(f, at) ||
           (s->kind == UFX_PIECE_WORD && s->word < lexicon->word_count &&
            ufx_char_is_lower(*ufx_chars_of(f, at)) &&
            lexicon->words[s->word].cost * UFX_COST_STEP <= UFX_COST_EXPECTED);
}

/* de 1 9 8 6: four figures that are a year, and no others beside them. */
static void
add_year(struct ufx_filling *f, uint32_t at)
{
    uint32_t chars[4], i;
    struct ufx_reading year = {
        .chars = chars, .count = 4, .word_count = 1, .channel = 0};

    if (at == 0 || !is_before_year(f, at - 1) || is_figure_alone(f, at + 4))
        return;
    for (i = 0; i < 4; i++) {
        if (!is_figure_alone(f, at + i) ||
            (i > 0 && f->l->segments[at + i].gap != UFX_GAP_BLANK))
            return;
        chars[i] = *ufx_chars_of(f, at + i);
    }
    if (ufx_piece_next(chars, 4).kind != UFX_PIECE_YEAR)
        return;
    year.words[0] = ufx_language_class(f->v->language, UFX_PIECE_YEAR);
    ufx_fill_reading(f, at, at + 4, UFX_EDGE_READING, &year,
                     3 * UFX_COST_SLIGHT);
}

/* ---- Opening marks ---- */

#define OPENING (UFX_PIECE_BIT(QUESTION_OPEN) | UFX_PIECE_BIT(EXCLAMATION_OPEN))

/* The mark that opens what is closed further on, if nothing opens it yet; 0:
 * there is none. */
static uint32_t
wanted_opening(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t i;

    for (i = at + 1; i < f->l->segment_count && i < at + UFX_SENTENCE_REACH;
         i++) {
        if (s[i].kind == UFX_PIECE_QUESTION)
            return 0xBF;
        if (s[i].kind == UFX_PIECE_EXCLAMATION)
            return 0xA1;
        if (ufx_piece_is(s[i].kind, OPENING) ||
            (s[i].kind == UFX_PIECE_STOP && i + 1 < f->l->segment_count &&
             s[i + 1].gap != UFX_GAP_NONE &&
             ufx_char_is_upper(*ufx_chars_of(f, i + 1))))
            return 0;
    }
    return 0;
}

/* Nothing opens the sentence that the segment stands in. */
static bool
is_unopened(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;

    while (at-- > 0) {
        if (ufx_piece_is(s[at].kind, OPENING))
            return false;
        if (ufx_piece_is(s[at].kind, UFX_PIECES_ENDS))
            return true;
    }
    return true;
}

static void
add_opening(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t text[UFX_TOKEN_CHARS], words[2], mark;
    bool upper;

    if (s->gap == UFX_GAP_NONE || s->count < 3 || s->count > UFX_TOKEN_CHARS ||
        ufx_forms_have(f->rows, UFX_FORM_OPENING, chars[0], 0) == NULL)
        return;
    upper = ufx_char_is_upper(chars[1]);
    if (!upper && (s->flags & UFX_SEGMENT_KNOWN) != 0)
        return;
    words[1] = find_word(f, chars + 1, s->count - 1);
    if (words[1] == UFX_WORD_NONE)
        return;
    mark = wanted_opening(f, at);
    if (mark == 0 || !is_unopened(f, at))
        return;
    words[0] = ufx_language_class(f->v->language, ufx_piece_mark(mark));
    memcpy(text, chars, s->count * sizeof *text);
    text[0] = mark;
    offer(f, at, text, s->count, words, 2,
          upper ? UFX_COST_ODD : UFX_COST_BLANK, 0);
}

/* ;Qué dice?: the same read as a mark that never leads a word. */
static void
add_opening_mark(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t mark = 0;
    struct ufx_edge *edge;

    if (s->gap != UFX_GAP_NONE && at + 1 < f->l->segment_count &&
        s[1].gap == UFX_GAP_NONE && s[1].kind == UFX_PIECE_WORD &&
        (s[1].flags & UFX_SEGMENT_KNOWN) != 0 &&
        ufx_forms_have(f->rows, UFX_FORM_OPENING, *ufx_chars_of(f, at), 0) !=
            NULL &&
        is_unopened(f, at))
        mark = wanted_opening(f, at);
    if (mark == 0)
        return;
    edge = ufx_fill_piece(
        f, at, UFX_EDGE_MARK, UFX_COST_ODD,
        ufx_language_class(f->v->language, ufx_piece_mark(mark)));
    if (edge == NULL)
        return;
    edge->mark = mark;
    edge->proven = true;
}

void
ufx_fill_seams(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind == UFX_PIECE_SEMICOLON)
        add_opening_mark(f, at);
    if (s->kind == UFX_PIECE_SYMBOL)
        add_link(f, at);
    if (is_figure_alone(f, at))
        add_year(f, at);
    if (!ufx_is_spelled(s) || (s->flags & UFX_SEGMENT_LISTED) != 0)
        return;
    if ((s->flags & UFX_SEGMENT_KNOWN) == 0)
        add_seams(f, at);
    if (f->status == UNFIX_OK)
        add_opening(f, at);
}
