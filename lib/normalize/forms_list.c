/* SPDX-License-Identifier: MPL-2.0 */
/* The marks of lists and of numbered paragraphs: 4. Recalca, a) El informe. */
#include "normalize/forms.h"

#include "text/chars.h"

/* 1/1000 nat. */
#define COST_MARK 2000
#define COST_FIGURE 2000

/* Higher numbers are none of paragraphs. */
#define HIGHEST 400

/* Of 255: a word with a capital that seldom within a sentence begins one. */
#define SELDOM 40

static bool
begins_line(const struct ufx_segment *s)
{
    return s->gap == UFX_GAP_START || s->gap == UFX_GAP_NEWLINE;
}

static bool
is_item_number(const uint32_t *chars, size_t count, uint32_t limit)
{
    uint32_t value = ufx_form_value(chars, count);

    return chars[0] != '0' && value >= 1 && value <= limit;
}

/* The document has the number before or after this one at the head of a
 * line. */
static bool
has_neighbour(const struct ufx_filling *f, uint32_t value)
{
    uint32_t form[8], digits, v, way;

    for (way = 0; way < 2; way++) {
        uint32_t n = 0, power = 1;

        v = way == 0 ? value - 1 : value + 1;
        for (digits = v; digits >= 10; digits /= 10)
            power *= 10;
        form[n++] = '\n';
        for (; power > 0; power /= 10)
            form[n++] = '0' + v / power % 10;
        form[n++] = '.';
        if (v > 0 && ufx_times_seen(f, form, n) > 0)
            return true;
    }
    return false;
}

/* A capital word that is no name; outside a list one that within a sentence
 * would be small. */
static bool
begins_sentence(const struct ufx_filling *f, uint32_t at, bool in_list)
{
    const struct ufx_segment *s = ufx_form_segment(f, at);
    const struct ufx_word *word;
    const uint32_t *chars;

    if (s == NULL || s->gap != UFX_GAP_BLANK || s->kind != UFX_PIECE_WORD ||
        s->count < 2 || s->word >= f->v->language->lexicon.word_count ||
        !(s->flags & UFX_SEGMENT_KNOWN) || (s->flags & UFX_SEGMENT_LISTED))
        return false;
    chars = ufx_chars_of(f, at);
    word = &f->v->language->lexicon.words[s->word];
    return ufx_char_is_upper(chars[0]) && ufx_char_is_lower(chars[1]) &&
           !(s->words & (UFX_WORD_CAPITAL | UFX_WORD_FOREIGN)) &&
           (in_list || word->capital == 255 || word->capital < SELDOM);
}

/* The line before ends within a sentence: "véase el párr." */
static bool
goes_on(const struct ufx_filling *f, uint32_t at)
{
    const struct ufx_segment *s = &f->l->segments[at];

    if (at < 2 || s->gap != UFX_GAP_NEWLINE)
        return false;
    return s[-1].kind == UFX_PIECE_COMMA ||
           (s[-1].kind == UFX_PIECE_STOP && s[-2].kind == UFX_PIECE_WORD &&
            (s[-2].count <= 4 || (s[-2].words & UFX_WORD_ABBREV) != 0));
}

/* 4, Recalca: a comma, colon or semicolon for the full stop. */
static void
numbered(struct ufx_filling *f, uint32_t at)
{
    static const uint32_t stop = '.';
    const struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_segment *mark = ufx_form_segment(f, at + 1);
    uint32_t value;

    if (mark == NULL || mark->gap != UFX_GAP_NONE ||
        (mark->kind != UFX_PIECE_COMMA && mark->kind != UFX_PIECE_COLON &&
         mark->kind != UFX_PIECE_SEMICOLON))
        return;
    value = ufx_form_value(ufx_chars_of(f, at), s->count);
    if (s->kind == UFX_PIECE_ROMAN ? s->gap != UFX_GAP_START || s->count < 2
                                   : value == 0 || value > HIGHEST)
        return;
    if (goes_on(f, at) ||
        !begins_sentence(f, at + 2,
                         s->kind != UFX_PIECE_ROMAN && has_neighbour(f, value)))
        return;
    ufx_form_prove(f, at + 1, at + 2, &stop, 1, UNFIX_CLASS_LIST, COST_MARK);
}

/* /9. Decide, l0. Decide, lO. Decide: figures read as letters, where the list
 * has the number before or after. */
static void
misread(struct ufx_filling *f, uint32_t at)
{
    const uint32_t *chars = ufx_chars_of(f, at);
    uint32_t to = ufx_form_token_end(f, at), chosen, count;
    struct ufx_numbers numbers;
    uint32_t form[UFX_FORM_FIGURES + 1];

    /* II. is right as it is. */
    if (f->l->segments[at].kind == UFX_PIECE_ROMAN ||
        !ufx_form_is(f, to, ".") || f->l->segments[to].gap != UFX_GAP_NONE ||
        ufx_form_segment(f, to + 1) == NULL ||
        f->l->segments[to + 1].gap == UFX_GAP_NONE ||
        !ufx_char_is_upper(*ufx_chars_of(f, to + 1)))
        return;
    count = ufx_length_of(f, at, to);
    /* One letter alone is the item's: b. */
    if (count > 3 || (count == 1 && *chars != 'l' && *chars != '|'))
        return;
    /* The stroke may only lead here. */
    for (chosen = 1; chosen < count; chosen++)
        if (chars[chosen] == '/')
            return;
    /* ii. is an item as well. */
    if (ufx_form_is_small_numeral(chars, count))
        return;
    if (ufx_form_numbers(f, chars, count, true, &numbers) == 0)
        return;
    chosen = ufx_form_choose(f, &numbers, is_item_number, HIGHEST);
    if (chosen == UINT32_MAX ||
        !has_neighbour(
            f, ufx_form_value(numbers.list[chosen], numbers.lengths[chosen])))
        return;
    for (count = 0; count < numbers.lengths[chosen]; count++)
        form[count] = numbers.list[chosen][count];
    ufx_form_prove(f, at, to, form, count, UNFIX_CLASS_LIST, COST_FIGURE);
}

/* a} El informe, ii] Los Estados: a bracket for the round one. */
static void
lettered(struct ufx_filling *f, uint32_t at)
{
    static const uint32_t close = ')';
    const struct ufx_segment *s = &f->l->segments[at];
    const struct ufx_segment *mark = ufx_form_segment(f, at + 1);
    const uint32_t *chars = ufx_chars_of(f, at);

    if (mark == NULL || mark->gap != UFX_GAP_NONE || mark->count != 1 ||
        s->count > 4 || at + 2 >= f->l->segment_count ||
        mark[1].gap != UFX_GAP_BLANK ||
        (*ufx_chars_of(f, at + 1) != '}' && *ufx_chars_of(f, at + 1) != ']'))
        return;
    if (!(s->count > 1 ? ufx_form_is_small_numeral(chars, s->count)
                       : ufx_char_is_lower(*chars)) &&
        ufx_form_value(chars, s->count) > HIGHEST)
        return;
    if (ufx_form_is_open(f, at, UFX_PIECE_BRACKET_OPEN,
                         UFX_PIECE_BRACKET_CLOSE) ||
        ufx_form_is_open(f, at, UFX_PIECE_BRACKET_OPEN, UFX_PIECE_WORD))
        return;
    ufx_form_prove(f, at + 1, at + 2, &close, 1, UNFIX_CLASS_LIST, COST_MARK);
}

void
ufx_form_list_mark(struct ufx_filling *f, uint32_t at)
{
    if (!begins_line(&f->l->segments[at]))
        return;
    numbered(f, at);
    misread(f, at);
    lettered(f, at);
}
