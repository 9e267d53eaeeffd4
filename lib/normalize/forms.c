/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/forms.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

bool
ufx_form_is(const struct ufx_filling *f, uint32_t at, const char *text)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);
    const uint32_t *chars;
    uint32_t i;

    if (s == NULL || s->count != strlen(text))
        return false;
    chars = ufx_chars_of(f, at);
    for (i = 0; i < s->count; i++)
        if (chars[i] != (unsigned char)text[i])
            return false;
    return true;
}

bool
ufx_form_is_row(const struct ufx_filling *f, uint32_t at,
                enum ufx_form_kind kind)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s != NULL &&
           ufx_forms_find(f->rows, kind, ufx_chars_of(f, at), s->count) != NULL;
}

bool
ufx_form_links(const struct ufx_filling *f, uint32_t at)
{
    return ufx_form_is_row(f, at, UFX_FORM_LINK) ||
           ufx_form_is_row(f, at, UFX_FORM_UNTIL);
}

bool
ufx_form_is_small_numeral(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (chars[i] != 'i' && chars[i] != 'v' && chars[i] != 'x')
            return false;
    return true;
}

uint32_t
ufx_form_ending(const struct ufx_filling *f, uint32_t sign)
{
    const struct ufx_form *row =
        f->rows->rows + f->rows->first[UFX_FORM_ENDING];
    const struct ufx_form *end =
        f->rows->rows + f->rows->first[UFX_FORM_ENDING + 1];

    for (; row < end; row++)
        if (row->value[0] == sign)
            return row->text[0];
    return 0;
}

uint32_t
ufx_form_value(const uint32_t *chars, size_t count)
{
    uint32_t value = 0;
    size_t i;

    if (count == 0 || count > 6)
        return UINT32_MAX;
    for (i = 0; i < count; i++) {
        if (!ufx_char_is_digit(chars[i]))
            return UINT32_MAX;
        value = value * 10 + (chars[i] - '0');
    }
    return value;
}

static bool
may_precede(const struct ufx_segment *s, uint32_t cp)
{
    return ufx_piece_is(s->kind, UFX_PIECE_BIT(OPEN) |
                                     UFX_PIECE_BIT(BRACKET_OPEN) |
                                     UFX_PIECE_BIT(DASH) | UFX_PIECES_QUOTES) ||
           cp == '$' || cp == 0x20AC || cp == 0xA3;
}

bool
ufx_form_begins(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    return at == 0 || s->gap != UFX_GAP_NONE ||
           may_precede(s - 1, *ufx_chars_of(f, at - 1));
}

static bool
may_follow(const struct ufx_segment *s)
{
    return ufx_piece_is(
        s->kind, UFX_PIECES_POINTS | UFX_PIECES_QUOTES | UFX_PIECES_ENDS |
                     UFX_PIECE_BIT(CLOSE) | UFX_PIECE_BIT(BRACKET_CLOSE) |
                     UFX_PIECE_BIT(DASH) | UFX_PIECE_BIT(PERCENT));
}

uint32_t
ufx_form_token_end(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = f->l->segments;
    uint32_t to = at + 1;

    while (to < f->l->segment_count && s[to].gap == UFX_GAP_NONE &&
           s[to].token == s[at].token)
        to++;
    while (to > at + 1 && may_follow(&s[to - 1]))
        to--;
    return to;
}

bool
ufx_form_is_open(const struct ufx_filling *f, uint32_t at,
                 enum ufx_piece_class open, enum ufx_piece_class close)
{
    uint32_t i;

    for (i = at; i > 0; i--) {
        if (f->l->segments[i - 1].kind == close)
            return false;
        if (f->l->segments[i - 1].kind == open)
            return true;
    }
    return false;
}

void
ufx_form_doubt(struct ufx_filling *f, uint32_t at, int32_t cost)
{
    f->l->segments[at].doubt += cost;
}

bool
ufx_form_is_month(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s != NULL && ufx_forms_match(f->rows, UFX_FORM_MONTH,
                                        ufx_chars_of(f, at), s->count) != NULL;
}

uint32_t
ufx_form_piece(const struct ufx_filling *f, uint32_t at,
               enum ufx_piece_class none)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);

    return s == NULL
               ? ufx_language_class(f->v->language, none)
               : ufx_language_piece(f->v->language, ufx_chars_of(f, at),
                                    s->count, (enum ufx_piece_class)s->kind);
}

/* What the language model is to take the form for. */
static void
cut_pieces(const struct ufx_filling *f, const uint32_t *chars, size_t count,
           struct ufx_edge *edge)
{
    struct ufx_piece piece;
    size_t i;

    for (i = 0; i < count; i += piece.count) {
        piece = ufx_piece_next(chars + i, count - i);
        if (ufx_char_is_blank(chars[i + piece.count - 1]))
            continue;
        /* Of too many the last ones matter to what follows. */
        if (edge->piece_count == UFX_EDGE_PIECES)
            memmove(&edge->pieces[1], &edge->pieces[2],
                    (--edge->piece_count - 1) * sizeof *edge->pieces);
        edge->pieces[edge->piece_count++] =
            ufx_language_piece(f->v->language, chars + i, piece.count,
                               (enum ufx_piece_class)piece.kind);
    }
}

static struct ufx_reading *
add_form(struct ufx_filling *f, uint32_t from, uint32_t to,
         const uint32_t *chars, size_t count, unfix_class kind, int32_t cost)
{
    struct ufx_reading *r = ufx_arena_allocate(f->l->arena, sizeof *r);
    uint32_t *copy = ufx_arena_allocate(f->l->arena, count * sizeof *copy);
    struct ufx_edge *edge = ufx_fill_edge(f, from, to, UFX_EDGE_READING, cost);

    if (r == NULL || copy == NULL || edge == NULL) {
        f->status = UNFIX_ERROR_MEMORY;
        return NULL;
    }
    memset(r, 0, sizeof *r);
    memcpy(copy, chars, count * sizeof *copy);
    r->chars = copy;
    r->count = (uint32_t)count;
    r->channel = cost;
    r->rules[0] = UFX_RULE_FORM;
    r->rule_count = 1;
    r->word_count = 1;
    r->flags = UFX_READING_FORM;
    r->form = (uint8_t)(kind + 1);
    edge->reading = r;
    cut_pieces(f, chars, count, edge);
    /* Words are told apart, the pieces of a symbol are not. */
    if (kind == UNFIX_CLASS_SPLIT)
        r->word_count = edge->piece_count < UFX_READING_WORDS
                            ? edge->piece_count
                            : UFX_READING_WORDS;
    memcpy(r->words, edge->pieces, r->word_count * sizeof *r->words);
    return r;
}

void
ufx_form_offer(struct ufx_filling *f, uint32_t from, uint32_t to,
               const uint32_t *chars, size_t count, unfix_class kind,
               int32_t cost)
{
    if (f->status == UNFIX_OK)
        add_form(f, from, to, chars, count, kind, cost);
}

void
ufx_form_prove(struct ufx_filling *f, uint32_t from, uint32_t to,
               const uint32_t *chars, size_t count, unfix_class kind,
               int32_t cost)
{
    struct ufx_reading *r;
    uint32_t i;

    for (i = from; i < to; i++)
        if (ufx_is_fixed(&f->l->segments[i]))
            return;
    /* What another kind of form offered for this place. */
    f->l->first_edge[from] = UINT32_MAX;
    r = f->status == UNFIX_OK ? add_form(f, from, to, chars, count, kind, cost)
                              : NULL;
    if (r == NULL)
        return;
    r->flags |= UFX_READING_PROVEN;
    ufx_form_doubt(f, from, UFX_COST_MOST);
    for (i = from; i < to; i++)
        f->l->segments[i].flags |= UFX_SEGMENT_FORM;
}
