/* SPDX-License-Identifier: MPL-2.0 */
/* Marks: another one, none or a blank for a mark, and the blanks that print has
 * beside marks. */
#include "normalize/producers.h"

#include "normalize/forms.h"
#include "normalize/tuned.h"
#include "text/chars.h"

/* ---- How a mark stands ---- */

/* A word or number after it, one (or a mark that wants a blank) before it, no
 * blank between: taking the mark away would glue them. */
static bool
is_between(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (at == 0 || at + 1 >= f->l->segment_count || s->gap != UFX_GAP_NONE ||
        s[1].gap != UFX_GAP_NONE || ufx_is_mark(s + 1))
        return false;
    return !ufx_is_mark(s - 1) ||
           ufx_piece_is(s[-1].kind, UFX_PIECES_POINTS | UFX_PIECE_BIT(CLOSE));
}

static bool
is_abbreviation(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind != UFX_PIECE_WORD || s->count <= 3 ||
           (s->words & UFX_WORD_ABBREV) != 0 ||
           (ufx_char_is_upper(*ufx_chars_of(f, at)) && s->count <= 4);
}

/* A mark, or none (UFX_PIECE_WORD), before what stands after it: a full stop
 * wants a capital, anything else a small letter. */
static int32_t
next_case_cost(const struct ufx_filling *f, uint32_t at, uint32_t kind)
{
    const struct ufx_segment *s = &f->l->segments[at], *next = s + 1;
    bool upper;

    if (at + 1 >= f->l->segment_count || at == 0 ||
        next->kind != UFX_PIECE_WORD || (next->flags & UFX_SEGMENT_PROTECTED) ||
        next->count < 2)
        return 0;
    upper = ufx_char_is_upper(*ufx_chars_of(f, at + 1));
    if (kind == UFX_PIECE_STOP)
        return upper || is_abbreviation(f, at - 1) ? 0 : UFX_COST_ODD;
    if (!ufx_piece_is(kind, UFX_PIECE_BIT(COMMA) | UFX_PIECE_BIT(SEMICOLON) |
                                UFX_PIECE_BIT(WORD)))
        return 0;
    return upper && next->word != UFX_WORD_NONE &&
                   ufx_char_is_lower(ufx_chars_of(f, at + 1)[1]) &&
                   ufx_capital_share(
                       &f->v->language->lexicon.words[next->word]) <
                       UFX_CAPITAL_SELDOM
               ? UFX_COST_ODD
               : 0;
}

static bool
is_quote(const struct ufx_segment *s)
{
    return ufx_piece_is(s->kind, UFX_PIECES_QUOTES);
}

static bool
opens_aside(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_DASH && s->gap != UFX_GAP_NONE &&
           at + 1 < f->l->segment_count &&
           (s[1].gap == UFX_GAP_BLANK || ufx_is_word(s + 1));
}

static bool
closes_aside(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind != UFX_PIECE_DASH || at == 0)
        return false;
    if (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
        !ufx_is_mark(s + 1))
        return false;
    return s->gap == UFX_GAP_BLANK || ufx_is_word(s - 1);
}

/* d'Ivoire, not persona”45, where a note's sign comes after the mark. */
static bool
is_inner_quote(const struct ufx_filling *f, uint32_t at)
{
    return is_between(f, at) && !ufx_char_is_digit(*ufx_chars_of(f, at + 1));
}

void
ufx_pair_quotes(struct ufx_filling *f)
{
    struct ufx_lattice *l = f->l;
    uint32_t i;

    for (i = 0; i < 2; i++) {
        l->pairs[i].open = l->segment_count;
        l->pairs[i].close = 0;
    }
    for (i = 0; i < l->segment_count; i++) {
        const struct ufx_segment *s = &l->segments[i];
        bool apostrophe = s->kind == UFX_PIECE_APOSTROPHE;

        if (!is_quote(s) || is_inner_quote(f, i))
            continue;
        if (s->gap == UFX_GAP_NONE)
            l->pairs[apostrophe].close = i + 1;
        else if (l->pairs[apostrophe].open == l->segment_count)
            l->pairs[apostrophe].open = i;
    }
}

/* A quotation mark at one end of a word, where the paragraph has no other to
 * pair it with. */
static bool
is_unpaired(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    bool apostrophe = s->kind == UFX_PIECE_APOSTROPHE;

    if (!is_quote(s) || is_inner_quote(f, at))
        return false;
    if (apostrophe && f->habits->stray_apostrophes)
        return true;
    return s->gap != UFX_GAP_NONE ? f->l->pairs[apostrophe].close <= at
                                  : f->l->pairs[apostrophe].open >= at;
}

/* A dash that opens an aside, or closes one, and its partner within reach:
 * –en este caso de convencionalidad-. */
static bool
is_paired_dash(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t n = f->l->segment_count, i;
    bool opens = opens_aside(f, at);

    if (!opens && !closes_aside(f, at))
        return false;
    for (i = 1; i < UFX_SENTENCE_REACH; i++) {
        if (opens ? at + i >= n : i > at)
            return false;
        if (opens ? closes_aside(f, at + i) : opens_aside(f, at - i))
            return true;
        if (s[opens ? at + i : at - i].kind == UFX_PIECE_STOP)
            return false;
    }
    return false;
}

/* pre- y posconflicto: the hyphen stands for the second word's end. */
static bool
suspends_word(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && at + 1 < f->l->segment_count && s->gap == UFX_GAP_NONE &&
           s[-1].kind == UFX_PIECE_WORD && s[1].gap == UFX_GAP_BLANK &&
           s[1].count == 1 &&
           ufx_forms_have(f->rows, UFX_FORM_LINK, *ufx_chars_of(f, at + 1),
                          0) != NULL;
}

static bool
is_same_mark(const struct ufx_filling *f, uint32_t at, uint32_t other)
{
    return other < f->l->segment_count &&
           f->l->segments[other].kind == UFX_PIECE_APOSTROPHE &&
           *ufx_chars_of(f, other) == *ufx_chars_of(f, at);
}

/* ‘ ‘ El Moderno ’ ’: half of a quotation mark, as two apostrophes make one. */
static bool
is_half_quote(const struct ufx_filling *f, uint32_t at)
{
    bool before, after;

    if (f->l->segments[at].kind != UFX_PIECE_APOSTROPHE)
        return false;
    before = at > 0 && is_same_mark(f, at, at - 1);
    after = is_same_mark(f, at, at + 1);
    if (before == after)
        return false;
    return before ? at < 2 || !is_same_mark(f, at, at - 2)
                  : !is_same_mark(f, at, at + 2);
}

/* What ends a paragraph is no speck: it has a full stop or none. */
static bool
ends_paragraph(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_STOP && at > 0 &&
           at + 1 == f->l->segment_count && s->gap == UFX_GAP_NONE;
}

/* 12 de octubre-14 de noviembre: from one date to another. */
static bool
links_dates(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return is_between(f, at) && s[1].kind == UFX_PIECE_DAY &&
           ufx_form_is_month(f, at - 1);
}

/* Carlos Y. Velasco: of a name. */
static bool
ends_initial(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return s->kind == UFX_PIECE_STOP && at > 0 && s->gap == UFX_GAP_NONE &&
           s[-1].count == 1 && s[-1].gap != UFX_GAP_NONE &&
           ufx_char_is_upper(*ufx_chars_of(f, at - 1)) &&
           at + 1 < f->l->segment_count && s[1].kind == UFX_PIECE_WORD &&
           s[1].count > 1 && ufx_char_is_upper(*ufx_chars_of(f, at + 1));
}

/* What print has on purpose: it may be another mark, but not none. */
static bool
is_no_speck(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind == UFX_PIECE_DASH)
        return is_paired_dash(f, at) || suspends_word(f, at) ||
               links_dates(f, at);
    return ends_paragraph(f, at) || ends_initial(f, at) ||
           is_half_quote(f, at) ||
           (is_quote(s) && !is_between(f, at) && !is_unpaired(f, at));
}

/* A mark between two words with no blank on either side, where print has
 * none: unión.de, y_la.  Hyphens, strokes and dots of abbreviations aside. */
static bool
is_glue(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return is_between(f, at) && s[1].kind == UFX_PIECE_WORD &&
           s[-1].kind == UFX_PIECE_WORD && s[-1].count >= 2 &&
           !ufx_piece_is(s->kind, UFX_PIECE_BIT(DASH) | UFX_PIECE_BIT(SLASH) |
                                      UFX_PIECE_BIT(OPEN)) &&
           (s->kind != UFX_PIECE_APOSTROPHE ||
            (s[-1].count >= 3 &&
             (s[-1].flags & s[1].flags & UFX_SEGMENT_KNOWN) != 0)) &&
           ufx_char_is_lower(*ufx_chars_of(f, at + 1)) &&
           ufx_char_is_lower(ufx_chars_of(f, at - 1)[s[-1].count - 1]);
}

/* Los ataques .y las amenazas: a mark that ends something begins no word. */
static bool
is_leading(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return ufx_piece_is(s->kind, UFX_PIECES_POINTS) && at > 0 &&
           s->gap == UFX_GAP_BLANK && ufx_is_word(s - 1) &&
           at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE &&
           s[1].kind == UFX_PIECE_WORD && (s[1].flags & UFX_SEGMENT_KNOWN) &&
           ufx_char_is_lower(*ufx_chars_of(f, at + 1)) &&
           (s[1].count > 1 ||
            ufx_is_word_of_one(f->l, *ufx_chars_of(f, at + 1)));
}

/* What stands before a mark that a blank is to follow: a word or number, or
 * what print has between it and one (etc.; hoy), dijo). */
static bool
is_ended(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at - 1];

    if (!ufx_is_mark(s))
        return (s->flags & UFX_SEGMENT_KNOWN) != 0;
    if (!ufx_piece_is(s->kind, UFX_PIECE_BIT(STOP) | UFX_PIECE_BIT(CLOSE) |
                                   UFX_PIECE_BIT(BRACKET_CLOSE) |
                                   UFX_PIECES_QUOTES))
        return false;
    return at < 2 || s->gap != UFX_GAP_NONE || ufx_is_mark(s - 1) ||
           (s[-1].flags & UFX_SEGMENT_KNOWN) != 0;
}

/* Agosto,1960; Directivo,XII; W.Washington; revelaciones,á: where little of a
 * page is right, whatever is whole on both sides of the mark. */
static bool
wants_blank_deep(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at], *next = s + 1;
    uint32_t cp = *ufx_chars_of(f, at + 1);

    if (!f->habits->deep || !is_ended(f, at))
        return false;
    switch (s->kind) {
    case UFX_PIECE_COMMA:
    case UFX_PIECE_SEMICOLON:
        return next->kind == UFX_PIECE_YEAR || next->kind == UFX_PIECE_ROMAN ||
               (next->kind == UFX_PIECE_WORD &&
                (next->flags & UFX_SEGMENT_KNOWN) != 0 &&
                (next->count > 1 || ufx_is_word_of_one(f->l, cp) ||
                 ufx_char_unaccented(cp) != cp));
    case UFX_PIECE_STOP:
        return next->kind == UFX_PIECE_WORD && next->count > 3 &&
               ufx_char_is_upper(cp);
    case UFX_PIECE_CLOSE:
        return next->kind == UFX_PIECE_YEAR || next->kind == UFX_PIECE_NUMBER ||
               next->kind == UFX_PIECE_DAY;
    default:
        return false;
    }
}

static bool
wants_blank(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at], *next, *before;

    if (at == 0 || at + 1 >= f->l->segment_count || s->gap != UFX_GAP_NONE)
        return false;
    next = s + 1;
    before = s - 1;
    if (next->gap == UFX_GAP_NONE && wants_blank_deep(f, at))
        return true;
    if (next->gap != UFX_GAP_NONE || next->kind != UFX_PIECE_WORD ||
        (next->flags & UFX_SEGMENT_PROTECTED))
        return false;
    switch (s->kind) {
    case UFX_PIECE_COMMA:
    case UFX_PIECE_SEMICOLON:
    case UFX_PIECE_COLON:
        /* In "hdy,to" for "Mixto" the mark is a letter, in ES:F:AÑOL too. */
        return (next->flags & UFX_SEGMENT_KNOWN) &&
               (next->count > 1 ||
                (ufx_is_word_of_one(f->l, *ufx_chars_of(f, at + 1)) &&
                 ufx_char_is_lower(*ufx_chars_of(f, at + 1)))) &&
               is_ended(f, at);
    case UFX_PIECE_CLOSE:
        return (next->flags & UFX_SEGMENT_KNOWN) && next->count > 1;
    case UFX_PIECE_STOP:
        return before->kind == UFX_PIECE_WORD && before->count >= 4 &&
               next->count >= 2 &&
               ufx_char_is_lower(ufx_chars_of(f, at + 1)[1]) &&
               (before->flags & UFX_SEGMENT_KNOWN) &&
               (next->flags & UFX_SEGMENT_KNOWN) &&
               ufx_char_is_upper(*ufx_chars_of(f, at + 1)) &&
               ufx_char_is_lower(*ufx_chars_of(f, at - 1));
    default:
        return false;
    }
}

/* The mark that was meant may want a blank after it where there is none. */
static bool
meant_wants_blank(const struct ufx_filling *f, uint32_t at, uint32_t mark)
{
    const struct ufx_segment *next = &f->l->segments[at] + 1;

    return ufx_piece_is(ufx_piece_mark(mark), UFX_PIECES_POINTS) &&
           next->kind == UFX_PIECE_WORD &&
           !(next->flags & UFX_SEGMENT_PROTECTED);
}

/* ---- Other marks ---- */

/* The edge that keeps the segment. */
static struct ufx_edge *
keep_edge(const struct ufx_filling *f, uint32_t at)
{
    uint32_t e = f->l->first_edge[at];

    while (f->l->edges[e].kind != UFX_EDGE_KEEP)
        e = f->l->edges[e].next;
    return &f->l->edges[e];
}

static void
add_mark_edge(struct ufx_filling *f, uint32_t at, uint32_t mark,
              int32_t channel)
{
    struct ufx_edge *edge;
    bool blank = mark != 0 && is_glue(f, at) && meant_wants_blank(f, at, mark);

    edge = ufx_fill_edge(f, at, at + 1, blank ? UFX_EDGE_BLANK : UFX_EDGE_MARK,
                         channel + (blank ? UFX_COST_ODD : 0) +
                             next_case_cost(f, at,
                                            mark == 0 || mark == ' '
                                                ? UFX_PIECE_WORD
                                                : ufx_piece_mark(mark)));
    if (edge == NULL)
        return;
    edge->mark = mark;
    if (mark != 0 && mark != ' ') {
        edge->pieces[0] =
            ufx_language_class(f->v->language, ufx_piece_mark(mark));
        edge->piece_count = 1;
    }
}

void
ufx_fill_marks(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_language *language = f->v->language;
    uint32_t cp = *ufx_chars_of(f, at), rivals = 0, i;
    bool between = is_between(f, at), no_speck = is_no_speck(f, at);
    bool leading = is_leading(f, at);
    uint32_t speck_most =
        f->habits->deep ? UFX_COST_SPECK_MOST : UFX_COST_GENERIC;
    struct ufx_edge *keep = keep_edge(f, at);

    keep->channel += next_case_cost(f, at, f->l->segments[at].kind);
    if (is_glue(f, at) && !wants_blank(f, at))
        keep->channel += UFX_COST_ODD;
    if (leading)
        keep->channel += UFX_COST_ODD;
    if (is_unpaired(f, at))
        keep->channel += UFX_COST_ODD;
    for (i = 0; i < language->mark_count; i++) {
        const struct ufx_mark_rule *rule = &language->marks[i];

        if (rule->read != cp || rule->meant == (between ? 0 : ' ') ||
            rule->cost > (rule->meant == 0 ? speck_most : UFX_COST_GENERIC) ||
            ((rule->meant == 0 || rule->meant == ' ') && no_speck))
            continue;
        if (rivals++ == UFX_MARK_RIVALS)
            return;
        add_mark_edge(f, at, rule->meant,
                      (int32_t)rule->cost +
                          (leading && rule->meant != 0 ? UFX_COST_ODD : 0));
        if (f->status != UNFIX_OK)
            return;
    }
}

/* ---- Blanks ---- */

/* 5/1y, 2011y: a number and a small word run together. */
static bool
wants_blank_after_number(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at], *next = s + 1;

    return (s->kind == UFX_PIECE_RATIO) && at + 1 < f->l->segment_count &&
           next->gap == UFX_GAP_NONE && next->kind == UFX_PIECE_WORD &&
           (next->flags & UFX_SEGMENT_KNOWN) &&
           ufx_char_is_lower(*ufx_chars_of(f, at + 1));
}

/* nombre,edad; 15,Madrid: what stands alone on its line without a blank is
 * rather a record. */
static bool
is_record(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t from = at, to = at;

    while (from > 0 && s[from - 1].token == s[at].token)
        from--;
    while (to < f->l->segment_count && s[to].token == s[at].token)
        to++;
    return (s[from].gap == UFX_GAP_START || s[from].gap == UFX_GAP_NEWLINE) &&
           (to == f->l->segment_count || s[to].gap == UFX_GAP_NEWLINE);
}

/* A comma that has a word or number before it and a word after it has a blank
 * as well: 2007,y; Humanos,en; a full stop, a word in small letters before it
 * and one with a capital after it.  Not where several stand so, as in tables
 * and addresses. */
static bool
is_sure_blank(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (s->kind == UFX_PIECE_RATIO)
        return s[1].count > 2 || ufx_is_link(f, *ufx_chars_of(f, at + 1));
    if (s->kind == UFX_PIECE_COLON || s->kind == UFX_PIECE_CLOSE ||
        (s[-1].kind == UFX_PIECE_WORD && s[-1].count < 2) ||
        (s[1].count < 2 && !ufx_is_link(f, *ufx_chars_of(f, at + 1))))
        return false;
    return !(at + 2 < f->l->segment_count && s[2].kind == s->kind &&
             s[2].token == s->token) &&
           !(at >= 2 && s[-2].kind == s->kind && s[-2].token == s->token) &&
           !is_record(f, at);
}

/* Keeping the segment costs `doubt` more, and the same piece with another blank
 * beside it `extra` more than keeping did.  NULL: out of memory. */
static struct ufx_edge *
add_rival(struct ufx_filling *f, uint32_t at, enum ufx_edge_kind kind,
          int32_t doubt, int32_t extra)
{
    struct ufx_edge *keep = keep_edge(f, at);
    int32_t channel = keep->channel + extra;

    keep->channel += doubt;
    return ufx_fill_piece(f, at, kind, channel, keep->pieces[0]);
}

static void
add_blank_edge(struct ufx_filling *f, uint32_t at)
{
    struct ufx_edge *edge;

    if (!wants_blank(f, at) && !wants_blank_after_number(f, at))
        return;
    edge = add_rival(f, at, UFX_EDGE_BLANK, UFX_COST_ODD, UFX_COST_LIKELY);
    if (edge != NULL)
        edge->proven = is_sure_blank(f, at);
}

/* A comma or full stop that a blank keeps from its word: no print has it.
 * (Colons and semicolons are another matter: the fifties set them so.) */
static bool
is_loose_mark(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && s->gap == UFX_GAP_BLANK &&
           (s->kind == UFX_PIECE_COMMA || s->kind == UFX_PIECE_STOP) &&
           s[-1].kind == UFX_PIECE_WORD &&
           (at + 1 == f->l->segment_count || s[1].gap != UFX_GAP_NONE);
}

/* (Esp. ), where the bracket that opens has no blank behind it; where blanks
 * stand in words or little is right, what else closes: 1950 : sus. */
static bool
is_loose_close(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];
    uint32_t i = at;

    if (at == 0 || s->gap != UFX_GAP_BLANK ||
        (at + 1 < f->l->segment_count && s[1].gap == UFX_GAP_NONE))
        return false;
    if (s->kind == UFX_PIECE_COLON || s->kind == UFX_PIECE_SEMICOLON)
        return (f->habits->deep || f->habits->broken) && !ufx_is_mark(&s[-1]);
    if (s->kind != UFX_PIECE_CLOSE ||
        (ufx_is_mark(&s[-1]) && s[-1].kind != UFX_PIECE_STOP))
        return false;
    while (i > 0 && at - i < UFX_SENTENCE_REACH)
        if (f->l->segments[--i].kind == UFX_PIECE_OPEN)
            return f->l->segments[i + 1].gap == UFX_GAP_NONE;
    return f->habits->deep || f->habits->broken;
}

/* gobiernos ,las: the blank went to the wrong side. */
static bool
is_shifted_mark(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at > 0 && s->gap == UFX_GAP_BLANK && s->kind == UFX_PIECE_COMMA &&
           s[-1].kind == UFX_PIECE_WORD && at + 1 < f->l->segment_count &&
           s[1].gap == UFX_GAP_NONE && s[1].kind == UFX_PIECE_WORD &&
           (s[1].flags & UFX_SEGMENT_KNOWN) != 0 &&
           (s[1].count > 1 || ufx_is_link(f, *ufx_chars_of(f, at + 1)));
}

static void
add_close_edge(struct ufx_filling *f, uint32_t at)
{
    struct ufx_edge *edge;
    bool shifted = is_shifted_mark(f, at);

    if (!is_loose_mark(f, at) && !is_loose_close(f, at) && !shifted)
        return;
    edge = add_rival(f, at, UFX_EDGE_CLOSE, UFX_COST_ODD, UFX_COST_LIKELY);
    /* After sobre or la it is rather a speck. */
    if (edge != NULL)
        edge->proven = shifted && f->l->segments[at - 1].count > 5;
}

void
ufx_fill_blanks(struct ufx_filling *f, uint32_t at)
{
    add_blank_edge(f, at);
    if (f->status == UNFIX_OK)
        add_close_edge(f, at);
}
