/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/nature.h"

#include "base/limits.h"
#include "normalize/lattice.h"
#include "text/chars.h"

#include <string.h>

#define BIT(trait) (UINT32_C(1) << (trait))

/* What the languages' bits leave. */
#define LANGUAGES (~(BIT(UFX_KIND_LANGUAGES) - 1))

static const uint32_t *
chars_of(const struct ufx_lattice *l, uint32_t at)
{
    return l->paragraph->chars + l->segments[at].first;
}

static bool
is_word(const struct ufx_segment *s)
{
    return s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED;
}

static uint32_t
word_traits(const uint32_t *chars, size_t count)
{
    uint32_t traits = BIT(UFX_TRAIT_WORD);
    bool small = false, digit = false;
    size_t i;

    for (i = 0; i < count; i++) {
        if (ufx_char_is_digit(chars[i])) {
            digit = small;
        } else if (ufx_char_is_lower(chars[i])) {
            if (digit)
                traits |= BIT(UFX_TRAIT_DIGITED);
            small = true;
        } else if (small && ufx_char_is_upper(chars[i])) {
            traits |= BIT(UFX_TRAIT_CASED);
        }
    }
    return traits;
}

/* True if letters touch the segment on both sides. */
static bool
is_inside(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];

    return at > 0 && s->gap == UFX_GAP_NONE && is_word(&s[-1]) &&
           at + 1 < l->segment_count && s[1].gap == UFX_GAP_NONE &&
           is_word(&s[1]);
}

static uint32_t
mark_traits(const struct ufx_lattice *l, uint32_t at)
{
    uint32_t cp = *chars_of(l, at);
    bool inside = is_inside(l, at);

    switch (l->segments[at].kind) {
    case UFX_PIECE_OTHER:
    case UFX_PIECE_STAR:
    case UFX_PIECE_PERCENT:
    case UFX_PIECE_BRACKET_OPEN:
    case UFX_PIECE_BRACKET_CLOSE:
        return (cp < 0x80 ? BIT(UFX_TRAIT_SIGN) : 0) |
               (inside ? BIT(UFX_TRAIT_ODD) : 0);
    case UFX_PIECE_APOSTROPHE:
    case UFX_PIECE_DASH:
        return 0;
    default:
        return inside ? BIT(UFX_TRAIT_GLUED) : 0;
    }
}

uint32_t
ufx_nature_traits(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];
    uint32_t traits;

    if (s->flags & UFX_SEGMENT_PROTECTED)
        return BIT(UFX_TRAIT_PROTECTED);
    if (s->kind >= UFX_PIECE_NUMBER && s->kind <= UFX_PIECE_SYMBOL)
        return BIT(UFX_TRAIT_FIGURE);
    if (!is_word(s))
        return mark_traits(l, at);
    traits = word_traits(chars_of(l, at), s->count);
    if (!(s->flags & UFX_SEGMENT_KNOWN))
        traits |= BIT(UFX_TRAIT_UNKNOWN);
    if (ufx_nature_kinds(l, at) & LANGUAGES)
        traits |= BIT(UFX_TRAIT_FOREIGN);
    return traits;
}

uint32_t
ufx_nature_kinds(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];

    return s->spelling == NULL ? 0 : s->spelling->lookup.kinds;
}

void
ufx_nature_add(struct ufx_nature *nature, uint32_t traits, uint32_t kinds)
{
    uint32_t i;

    for (i = 0; traits >> i != 0; i++)
        nature->traits[i] += traits >> i & 1;
    for (i = 0; i < UFX_KINDS && kinds >> i != 0; i++)
        nature->kinds[i] += kinds >> i & 1;
}

uint32_t
ufx_nature_foreign(const struct ufx_nature *nature, uint32_t *kind)
{
    uint32_t most = 0, i;

    *kind = UFX_KIND_OWN;
    for (i = UFX_KIND_LANGUAGES; i < UFX_KINDS; i++)
        if (nature->kinds[i] > most) {
            most = nature->kinds[i];
            *kind = i;
        }
    return most;
}

bool
ufx_surroundings_add(struct ufx_surroundings *s, size_t offset, uint32_t traits,
                     uint32_t kinds)
{
    void *list = s->list;

    if (traits == 0)
        return true;
    if (!ufx_memory_reserve(&s->memory, &list, &s->capacity, s->count + 1,
                            sizeof *s->list))
        return false;
    s->list = list;
    s->list[s->count++] = (struct ufx_trace){(uint32_t)offset, kinds, traits};
    return true;
}

/* The first trace at or after the offset. */
static size_t
find(const struct ufx_surroundings *s, size_t offset)
{
    size_t low = 0, high = s->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->list[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
ufx_surroundings_count(const struct ufx_surroundings *s, size_t start,
                       size_t end, struct ufx_nature *nature)
{
    size_t i, first = find(s, start);
    uint32_t n;

    memset(nature, 0, sizeof *nature);
    for (i = first, n = 0; i > 0 && n < UFX_SURROUNDINGS_WORDS; i--, n++)
        ufx_nature_add(nature, s->list[i - 1].traits, s->list[i - 1].kinds);
    for (i = first; i < s->count && s->list[i].offset < end; i++)
        ;
    for (n = 0; i < s->count && n < UFX_SURROUNDINGS_WORDS; i++, n++)
        ufx_nature_add(nature, s->list[i].traits, s->list[i].kinds);
}

void
ufx_surroundings_free(struct ufx_surroundings *s)
{
    ufx_memory_free(&s->memory, s->list, s->capacity * sizeof *s->list);
    s->list = NULL;
    s->count = s->capacity = 0;
}
