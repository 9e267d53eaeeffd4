/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/notes.h"

#include "text/chars.h"

/* 2 Véase; 3 A/RES/52/134: the number of a note, at the head of a line. */
bool
ufx_note_begins(const struct ufx_lattice *l, const struct ufx_forms *rows,
                uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    const uint32_t *chars = l->paragraph->chars;

    if ((s->gap != UFX_GAP_START && s->gap != UFX_GAP_NEWLINE) ||
        s->count != 1 || at + 1 >= l->segment_count ||
        s[1].gap != UFX_GAP_BLANK)
        return false;
    return s[1].kind == UFX_PIECE_SYMBOL ||
           ufx_forms_find_word(rows, UFX_FORM_CITING, chars + s[1].first,
                               s[1].count) != NULL;
}

/* The figure that a raised one stands for; 0 for anything else. */
uint32_t
ufx_note_figure(uint32_t cp)
{
    if (cp == 0xB9)
        return '1';
    if (cp == 0xB2 || cp == 0xB3)
        return cp - 0xB2 + '2';
    return cp > 0x2073 && cp < 0x207A ? cp - 0x2070 + '0' : 0;
}

static bool
is_asked(const struct ufx_lattice *l, uint32_t at)
{
    return at >
           (l->segments[at].kind == UFX_PIECE_QUESTION ? l->asks : l->exclaims);
}

/* A mark that ends a sentence where none ends: humanos?, or ellas? que; and
 * nobody began to ask. */
const struct ufx_form *
ufx_note_suspect(const struct ufx_lattice *l, const struct ufx_forms *rows,
                 uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    const uint32_t *chars = l->paragraph->chars;

    if ((s->kind != UFX_PIECE_QUESTION && s->kind != UFX_PIECE_EXCLAMATION) ||
        s->gap != UFX_GAP_NONE || at == 0 || at + 1 >= l->segment_count ||
        s[-1].kind != UFX_PIECE_WORD || s[-1].count < 2 ||
        !(s[-1].flags & UFX_SEGMENT_KNOWN))
        return NULL;
    if (s[1].gap == UFX_GAP_NONE
            ? s[1].kind != UFX_PIECE_COMMA && s[1].kind != UFX_PIECE_SEMICOLON
            : !ufx_char_is_lower(chars[s[1].first]))
        return NULL;
    return is_asked(l, at) ? NULL
                           : ufx_forms_find(rows, UFX_FORM_NOTE,
                                            chars + s->first, s->count);
}
