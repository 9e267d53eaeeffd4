/* SPDX-License-Identifier: MPL-2.0 */
/* Signs of notes: raised figures that were read as marks (humanos?, for
 * humanos²,).  Nobody can tell from the place alone; but where the document has
 * a note of that number and no sign for it, that is the sign. */
#include "normalize/forms.h"

#include "normalize/notes.h"
#include "normalize/profile.h"

#define COST_PROVEN 2000
#define COST_GUESS 2000
#define COST_DOUBT 15000

/* Counted in the profile as forms: a note (line end, figure, blank), its sign
 * (^, figure), a mark that may be one (^, the mark). */

static uint32_t
count_notes(const struct ufx_profile *p, uint32_t figure)
{
    const uint32_t key[3] = {'\n', figure, ' '};

    return ufx_profile_seen(p, key, 3);
}

static uint32_t
count_signs(const struct ufx_profile *p, uint32_t figure)
{
    const uint32_t key[2] = {'^', figure};

    return ufx_profile_seen(p, key, 2);
}

static uint32_t
raised(uint32_t figure)
{
    if (figure == '1')
        return 0xB9;
    return figure <= '3' ? figure - '2' + 0xB2 : figure - '0' + 0x2070;
}

/* The mark that closes what a quotation mark before `at` opened; 0: none.  Goes
 * on where it stood for a place before: forms are looked for from left to
 * right. */
static uint32_t
open_quote(struct ufx_filling *f, uint32_t at)
{
    struct ufx_lattice *l = f->l;

    if (at < l->quotes.done)
        l->quotes.done = l->quotes.open = 0;
    for (; l->quotes.done < at; l->quotes.done++) {
        if (l->segments[l->quotes.done].kind == UFX_PIECE_QUOTE) {
            l->quotes.open = !l->quotes.open;
            l->quotes.last = *ufx_chars_of(f, l->quotes.done);
        } else if (ufx_note_suspect(l, f->rows, l->quotes.done) != NULL) {
            l->quotes.open = false; /* that one takes it along */
        }
    }
    if (!l->quotes.open)
        return 0;
    if (l->quotes.last == 0xAB)
        return 0xBB;
    return l->quotes.last == 0x201C || l->quotes.last == 0x201E
               ? 0x201D
               : l->quotes.last;
}

static void
sign(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_form *row = ufx_note_suspect(f->l, f->rows, at);
    uint32_t key[2] = {'^'}, text[2], quote, n = 0;

    if (row == NULL)
        return;
    key[1] = *ufx_chars_of(f, at);
    quote = open_quote(f, at);
    if (quote != 0)
        text[n++] = quote;
    text[n++] = raised(row->value[0]);
    if (f->habits->document != NULL && ufx_times_seen(f, key, 2) > 0 &&
        count_signs(f->habits->document, row->value[0]) +
                ufx_times_seen(f, key, 2) <=
            count_notes(f->habits->document, row->value[0])) {
        ufx_form_prove(f, at, at + 1, text, n, UNFIX_CLASS_NUMBER, COST_PROVEN);
    } else if (f->l->segments[at + 1].gap == UFX_GAP_NONE) {
        ufx_form_guess(f, at, at + 1, text, n, UNFIX_CLASS_NUMBER, COST_GUESS);
        ufx_form_doubt(f, at, COST_DOUBT);
    }
}

/* ! A/CONF.157/24: the first of the notes, where the second has its number. */
static void
head(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_form *row;
    uint32_t figure;

    if (f->habits->document == NULL || !ufx_note_begins(f->l, f->rows, at))
        return;
    row = ufx_forms_find(f->rows, UFX_FORM_NOTE, ufx_chars_of(f, at),
                         f->l->segments[at].count);
    if (row == NULL)
        return;
    figure = row->value[0];
    f->l->by_document = true;
    if (count_notes(f->habits->document, figure) == 0 &&
        count_notes(f->habits->document, figure + 1) > 0)
        ufx_form_prove(f, at, at + 1, &figure, 1, UNFIX_CLASS_NUMBER,
                       COST_PROVEN);
}

void
ufx_form_note(struct ufx_filling *f, uint32_t at)
{
    sign(f, at);
    head(f, at);
}
