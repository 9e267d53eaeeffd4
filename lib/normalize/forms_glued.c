/* SPDX-License-Identifier: MPL-2.0 */
/* Words run together, any number of them and no letter misread:
 * InformedelConsejodeSeguridad, Reafirmandosu.  The likeliest way to cut the
 * token into words of the dictionary is proven if nothing near is a word, and
 * each part, after the one before it, is one that the language expects or
 * shows by its capital that it begins. */
#include "normalize/forms.h"

#include "text/chars.h"

#include <string.h>

#define NONE UINT32_MAX
#define COST_MOST UINT32_MAX

/* Letters of a token that is looked at, and of a part. */
#define SHORTEST 6
#define LONGEST 24

/* What a part may cost after the one before it: so much, or more if a capital
 * begins it, less if one begins both (BancoEstado); what the first may cost,
 * but where each part is all but sure after the one before it. */
#define COST_EXPECTED 7500
#define COST_CAPITAL 13000
#define COST_CAPITALS 5000
#define COST_FIRST 13000
#define COST_SURE 1500

/* Of two parts: if the last is as short as the endings of verbs (amplíanse),
 * and if neither is a small frequent word (casahabitación). */
#define COST_SHORT 5000
#define COST_COMPOUND 2400

/* A word this frequent, by its unigram cost: de, los, para. */
#define COST_FREQUENT 6000

#define COST_PARTICLE 4800

/* A form that the document has so often is a name of its own. */
#define OFTEN 3

/* A word this near, and the token is rather a misreading of it. */
#define NEAR 9000

#define COST_FORM 1500

/* The sign of a note costs as much as this. */
#define COST_NOTE 5000

/* Letters of the small words that a name may seem to end with. */
#define SMALL 3

struct cut {
    uint32_t cost;   /* of the best way to here; COST_MOST: none */
    uint32_t word;   /* the last part's */
    uint32_t step;   /* what it costs after the one before it */
    uint32_t before; /* letters of the one before it; 0: it is the first */
};

struct cuts {
    const struct ufx_filling *f;
    const uint32_t *chars;
    uint8_t letters[UFX_TOKEN_CHARS];
    uint32_t count;
    bool upper;          /* all in capitals */
    uint32_t at_segment; /* of the paragraph */
    /* By where a part ends and how many letters it has. */
    struct cut at[UFX_TOKEN_CHARS + 1][LONGEST + 1];
};

/* May [from, to) be a part by its letters' case and by what the word is? */
static bool
may_be_part(const struct cuts *c, uint32_t from, uint32_t to, uint32_t number)
{
    const struct ufx_word *word = &c->f->v->language->lexicon.words[number];
    uint32_t i;

    if (!(word->flags & UFX_WORD_KNOWN) ||
        (word->flags & UFX_WORD_ACRONYM) != 0)
        return false;
    /* The first and the last word of a letter may be the sign of a note or what
     * is left of a word. */
    if (to - from == 1)
        return from != 0 && to < c->count &&
               ufx_forms_have(c->f->rows, UFX_FORM_LETTER, c->letters[from],
                              '+') != NULL;
    if (c->upper)
        return true;
    for (i = from + 1; i < to; i++)
        if (ufx_char_is_upper(c->chars[i]))
            return false;
    return !(word->flags & UFX_WORD_CAPITAL) ||
           ufx_char_is_upper(c->chars[from]);
}

/* The best way to end at `to` with that word. */
static void
end_part(struct cuts *c, uint32_t from, uint32_t to, uint32_t word,
         uint32_t first)
{
    const struct ufx_ngrams *ngrams = &c->f->v->language->ngrams;
    struct cut *cut = &c->at[to][to - from];
    uint32_t length;

    if (from == 0) {
        struct ufx_history history = {UFX_WORD_NONE, first, 0, 0};

        cut->step = cut->cost =
            ufx_ngram_cost(ngrams, &history, word, &history);
        cut->word = word;
        cut->before = 0;
        return;
    }
    for (length = 1; length <= LONGEST && length <= from; length++) {
        const struct cut *before = &c->at[from][length];
        struct ufx_history history = {UFX_WORD_NONE, before->word, 0, 0};
        uint32_t step;

        if (before->cost == COST_MOST)
            continue;
        step = ufx_ngram_cost(ngrams, &history, word, &history);
        if (before->cost + step >= cut->cost)
            continue;
        cut->cost = before->cost + step;
        cut->step = step;
        cut->word = word;
        cut->before = length;
    }
}

static void
find_parts(struct cuts *c, uint32_t first)
{
    const struct ufx_lexicon *lexicon = &c->f->v->language->lexicon;
    uint32_t from, to, length;

    for (from = 0; from < c->count; from++) {
        uint32_t arc = 0, number = 0;
        bool reached = from == 0;

        for (length = 1; length <= LONGEST; length++)
            reached = reached || c->at[from][length].cost != COST_MOST;
        for (to = from; reached && to < c->count && to - from < LONGEST;) {
            arc = ufx_lexicon_arc(lexicon, arc, c->letters[to++]);
            if (arc == 0)
                break;
            number += lexicon->arcs[arc].skip;
            if (!(lexicon->arcs[arc].way & UFX_ARC_FINAL))
                continue;
            /* A damaged image may have more ends than words. */
            if (number < lexicon->word_count && to - from < c->count &&
                may_be_part(c, from, to, number))
                end_part(c, from, to, number, first);
            number++;
        }
    }
}

/* Letters of the last part of the best way through; 0: there is none. */
static uint32_t
best_end(const struct cuts *c)
{
    uint32_t length, best = 0, least = COST_MOST;

    for (length = 1; length <= LONGEST; length++)
        if (c->at[c->count][length].cost < least) {
            least = c->at[c->count][length].cost;
            best = length;
        }
    return best;
}

static const struct ufx_word *
word_of(const struct cuts *c, const struct cut *cut)
{
    return &c->f->v->language->lexicon.words[cut->word];
}

static bool
is_frequent(const struct cuts *c, const struct cut *cut)
{
    return word_of(c, cut)->cost * UFX_COST_STEP <= COST_FREQUENT;
}

/* What the part that begins at `from` may cost. */
static uint32_t
most_for(const struct cuts *c, uint32_t from, const struct cut *cut)
{
    const struct cut *before = &c->at[from][cut->before];

    if (!c->upper && ufx_char_is_upper(c->chars[from]))
        return ufx_char_is_upper(c->chars[from - cut->before]) &&
                       !is_frequent(c, before)
                   ? COST_CAPITALS
                   : COST_CAPITAL;
    if (before->before > 0 || from + LONGEST < c->count ||
        &c->at[c->count][c->count - from] != cut)
        return COST_EXPECTED;
    if (!is_frequent(c, before) && !is_frequent(c, cut))
        return COST_COMPOUND;
    return c->count - from <= 2 ? COST_SHORT : COST_EXPECTED;
}

/* No prefix (ex, pro) and no name, which may end in anything. */
static bool
may_be_first(const struct cuts *c, uint32_t length, const struct cut *cut,
             uint32_t worst)
{
    if (length <= 3 && !is_frequent(c, cut))
        return false;
    return !(word_of(c, cut)->flags & UFX_WORD_CAPITAL) &&
           (cut->step <= COST_FIRST || worst <= COST_SURE);
}

/* The piece of segment `at`; that of `none` if there is no such segment. */
static uint32_t
piece_at(const struct ufx_filling *f, uint32_t at, enum ufx_piece_class none)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s == NULL
               ? ufx_language_class(f->v->language, none)
               : ufx_language_piece(f->v->language, ufx_chars_of(f, at),
                                    s->count, (enum ufx_piece_class)s->kind);
}

static uint32_t
pair_cost(const struct ufx_filling *f, uint32_t first, uint32_t second)
{
    struct ufx_history history = {UFX_WORD_NONE, first, 0, 0};

    return ufx_ngram_cost(&f->v->language->ngrams, &history, second, &history);
}

/* Moradel presentó: what follows goes with a name and not with the small word
 * that its end would be. */
static bool
ends_name(const struct cuts *c, const struct cut *last, uint32_t length)
{
    uint32_t name = ufx_language_class(c->f->v->language, UFX_PIECE_NAME);
    uint32_t next = piece_at(c->f, c->at_segment + 1, UFX_PIECE_STOP);

    return length <= SMALL && ufx_char_is_upper(c->chars[0]) &&
           pair_cost(c->f, name, next) < pair_cost(c->f, last->word, next);
}

/* Writes the words with blanks between; returns the length, 0 if it is not
 * certain that these are the words. */
static size_t
put_parts(const struct cuts *c, uint32_t *text)
{
    bool begins[UFX_TOKEN_CHARS + 1] = {false};
    uint32_t at = c->count, length = best_end(c), worst = 0, i;
    const struct cut *cut = &c->at[at][length];
    size_t n = 0;

    if (length == 0 || ends_name(c, cut, length))
        return 0;
    while (cut->before > 0) {
        at -= length;
        if (cut->step > most_for(c, at, cut))
            return 0;
        if (cut->step > worst)
            worst = cut->step;
        begins[at] = true;
        length = cut->before;
        cut = &c->at[at][length];
    }
    if (!may_be_first(c, length, cut, worst))
        return 0;
    for (i = 0; i < c->count; i++) {
        if (begins[i])
            text[n++] = ' ';
        text[n++] = c->chars[i];
    }
    return n;
}

/* Something that is one word, a letter misread or two; or may be, where that
 * can no longer be looked for. */
static bool
is_near_word(struct ufx_filling *f, const uint32_t *chars, size_t count)
{
    struct ufx_readings readings;
    size_t i;

    f->status = ufx_candidates_read(f->candidates, f->v, chars, count,
                                    UFX_EFFORT_JOIN, &readings);
    for (i = 0; f->status == UNFIX_OK && i < readings.count; i++)
        if (!(readings.list[i].flags & UFX_READING_SPLIT) &&
            readings.list[i].channel <= NEAR)
            return true;
    return ufx_candidates_ran_out(f->candidates);
}

/* Sra. Moradel, Jorge Moradel: rather a name. */
static bool
follows_name(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (at == 0 || s->gap != UFX_GAP_BLANK ||
        !ufx_char_is_upper(*ufx_chars_of(f, at)))
        return false;
    if (s[-1].kind == UFX_PIECE_STOP)
        return at >= 2 && (s[-2].words & UFX_WORD_ABBREV) != 0;
    return s[-1].kind == UFX_PIECE_WORD &&
           ufx_char_is_upper(*ufx_chars_of(f, at - 1)) &&
           (!(s[-1].flags & UFX_SEGMENT_KNOWN) ||
            (s[-1].words & UFX_WORD_CAPITAL) != 0);
}

static void
glued_words(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t text[2 * UFX_TOKEN_CHARS], i, k, upper = 0;
    struct cuts c;
    size_t n;

    if (s->count < SHORTEST || s->count > UFX_TOKEN_CHARS ||
        follows_name(f, at))
        return;
    c.f = f;
    c.at_segment = at;
    c.chars = ufx_chars_of(f, at);
    c.count = s->count;
    if (!ufx_piece_letters(c.chars, c.count, c.letters))
        return;
    for (i = 0; i < c.count; i++)
        upper += ufx_char_is_upper(c.chars[i]);
    c.upper = upper == c.count;
    for (i = 0; i <= c.count; i++)
        for (k = 0; k <= LONGEST; k++)
            c.at[i][k].cost = COST_MOST;
    /* UINT32_MAX is no segment. */
    find_parts(&c, piece_at(f, at - 1, UFX_PIECE_BEGIN));
    n = put_parts(&c, text);
    if (n > 0 && ufx_times_seen(f, c.chars, c.count) < OFTEN &&
        !is_near_word(f, c.chars, c.count) && f->status == UNFIX_OK)
        ufx_form_prove(f, at, at + 1, text, n, UNFIX_CLASS_SPLIT, COST_FORM);
}

/* que42 la: the sign of a note is likelier there than a number, if what follows
 * goes with the word and not with the number. */
static bool
reads_on(const struct ufx_filling *f, uint32_t at, const uint32_t *chars,
         size_t letters, size_t figures)
{
    const struct ufx_language *language = f->v->language;
    const uint32_t *figure = chars + letters;
    enum ufx_piece_class kind =
        (enum ufx_piece_class)ufx_piece_next(figure, figures).kind;
    uint32_t number = ufx_language_class(language, kind);
    uint32_t next = piece_at(f, at + 1, UFX_PIECE_STOP);
    uint32_t word = ufx_piece_word(&language->lexicon, chars, letters);

    return pair_cost(f, word, number) + pair_cost(f, number, next) <=
           pair_cost(f, word, next) + COST_NOTE;
}

/* de, los, por; not la or lo, which with a figure before them may be the end
 * of an ordinal, nor no, which may be that of a number. */
static bool
is_particle(const struct ufx_filling *f, const uint32_t *chars, size_t count)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint32_t word;
    size_t i;

    if (count < 2 || count > 4 ||
        ufx_forms_have(f->rows, UFX_FORM_ENDING,
                       ufx_char_lower(chars[count - 1]), 0) != NULL)
        return false;
    for (i = 1; i < count; i++)
        if (!ufx_char_is_lower(chars[i]))
            return false;
    word = ufx_piece_word(lexicon, chars, count);
    return word != UFX_WORD_NONE &&
           lexicon->words[word].cost * UFX_COST_STEP <= COST_PARTICLE;
}

/* Figures that can be nothing else: de1 is del. */
static bool
are_figures(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count && (chars[i] == '0' || chars[i] == '1'); i++)
        ;
    return count >= 2 && count <= 4 && i < count;
}

/* Nothing follows at once that the token would go on with; after a word and a
 * number nothing at all, for that may be the sign of a note (se indica que41:).
 */
static bool
ends_token(const struct ufx_filling *f, uint32_t at, bool note)
{
    const struct ufx_segment *s = ufx_form_segment(f, at + 1);

    if (s == NULL || s->gap != UFX_GAP_NONE)
        return true;
    return !note && s->kind != UFX_PIECE_WORD && s->kind != UFX_PIECE_DASH &&
           s->kind != UFX_PIECE_SLASH;
}

/* 20de diciembre, de1997: a number of up to four figures and a small word. */
static void
glued_number(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t text[UFX_TOKEN_CHARS], i = 1, k;
    bool digits = ufx_char_is_digit(chars[0]);

    if (s->count > 8 || ufx_times_seen(f, chars, s->count) >= OFTEN)
        return;
    while (i < s->count && ufx_char_is_digit(chars[i]) == digits)
        i++;
    for (k = i; k < s->count; k++)
        if (ufx_char_is_digit(chars[k]) == digits)
            return;
    k = s->count - i;
    if (digits ? !are_figures(chars, i) || !ufx_char_is_lower(chars[i]) ||
                     !is_particle(f, chars + i, k)
               : !are_figures(chars + i, k) || !is_particle(f, chars, i))
        return;
    if (!ends_token(f, at, !digits && k < 4) ||
        (!digits && !reads_on(f, at, chars, i, k)))
        return;
    memcpy(text, chars, i * sizeof *text);
    text[i] = ' ';
    memcpy(text + i + 1, chars + i, k * sizeof *text);
    ufx_form_prove(f, at, at + 1, text, s->count + 1, UNFIX_CLASS_SPLIT,
                   COST_FORM);
}

/* E/CN.4/1998/2y Corr.1 */
static void
glued_symbol(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t text[UFX_FORM_LONGEST], n = s->count;

    if (n < 4 || n >= UFX_FORM_LONGEST ||
        ufx_forms_have(f->rows, UFX_FORM_LINK, chars[n - 1], '+') == NULL ||
        !ufx_char_is_digit(chars[n - 2]) || at + 1 >= f->l->segment_count ||
        s[1].gap == UFX_GAP_NONE)
        return;
    memcpy(text, chars, n * sizeof *text);
    text[n - 1] = ' ';
    text[n] = chars[n - 1];
    ufx_form_prove(f, at, at + 1, text, n + 1, UNFIX_CLASS_SPLIT, COST_FORM);
}

void
ufx_form_glued(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (!ufx_form_begins(f, at) || (s->flags & UFX_SEGMENT_LISTED))
        return;
    if (s->kind == UFX_PIECE_SYMBOL)
        glued_symbol(f, at);
    else if (s->kind == UFX_PIECE_MIXED)
        glued_number(f, at);
    else if (s->kind == UFX_PIECE_WORD && !(s->flags & UFX_SEGMENT_KNOWN) &&
             !(s->words & UFX_WORD_FOREIGN))
        glued_words(f, at);
}
