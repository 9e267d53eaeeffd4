/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/nature.h"

#include "base/limits.h"
#include "normalize/lattice.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

#define BIT(trait) (UINT32_C(1) << (trait))

/* What the languages' bits leave. */
#define LANGUAGES (~(BIT(UFX_KIND_LANGUAGES) - 1))

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

    return at > 0 && s->gap == UFX_GAP_NONE && ufx_is_spelled(&s[-1]) &&
           at + 1 < l->segment_count && s[1].gap == UFX_GAP_NONE &&
           ufx_is_spelled(&s[1]);
}

static uint32_t
mark_traits(const struct ufx_lattice *l, uint32_t at)
{
    uint32_t cp = *ufx_lattice_chars(l, at);
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
    if (!ufx_is_spelled(s))
        return mark_traits(l, at);
    traits = word_traits(ufx_lattice_chars(l, at), s->count);
    if (!(s->flags & UFX_SEGMENT_KNOWN))
        traits |= BIT(UFX_TRAIT_UNKNOWN);
    if (s->words & UFX_WORD_ARCHAIC)
        traits |= BIT(UFX_TRAIT_OLD);
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

static void
join(uint32_t *to, const uint32_t *from, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        to[i] = from[i] > UINT32_MAX - to[i] ? UINT32_MAX : to[i] + from[i];
}

void
ufx_nature_join(struct ufx_nature *nature, const struct ufx_nature *more)
{
    join(nature->traits, more->traits, UFX_TRAITS);
    join(nature->kinds, more->kinds, UFX_KINDS);
}

/* True for so many in 1000 words. */
static bool
is_share(const struct ufx_nature *nature, uint64_t count, uint32_t share)
{
    return count * 1000 >= (uint64_t)nature->traits[UFX_TRAIT_WORD] * share &&
           count > 0;
}

static uint64_t
count_old(const struct ufx_nature *nature)
{
    return (uint64_t)nature->kinds[UFX_KIND_OLD] +
           nature->traits[UFX_TRAIT_OLD];
}

/* Where no word tells: most words are known, or would be. */
static bool
is_familiar(const struct ufx_nature *nature)
{
    const uint32_t *traits = nature->traits;
    uint64_t strange =
        (uint64_t)traits[UFX_TRAIT_UNKNOWN] - traits[UFX_TRAIT_REPAIRED];

    return traits[UFX_TRAIT_WORD] > 0 &&
           !is_share(nature, strange, UFX_LANGUAGE_UNKNOWN);
}

uint32_t
ufx_nature_language(const struct ufx_nature *nature)
{
    uint64_t own = nature->kinds[UFX_KIND_OWN], old = count_old(nature);
    uint32_t kind, most = ufx_nature_foreign(nature, &kind);

    if (most > UFX_LANGUAGE_LEAD * own && most > UFX_LANGUAGE_OLD_LEAD * old &&
        is_share(nature, most, UFX_LANGUAGE_SHARE))
        return kind;
    return is_share(nature, own, UFX_OLD_SHARE) ||
                   is_share(nature, old, UFX_LANGUAGE_SHARE) ||
                   is_familiar(nature)
               ? UFX_KIND_OWN
               : UFX_KINDS;
}

bool
ufx_nature_is_strange(const struct ufx_nature *nature)
{
    return ufx_nature_language(nature) == UFX_KINDS &&
           is_share(nature, nature->traits[UFX_TRAIT_UNKNOWN],
                    UFX_LANGUAGE_STRANGE);
}

bool
ufx_nature_is_old(const struct ufx_nature *nature)
{
    return is_share(nature, count_old(nature), UFX_OLD_SHARE);
}

bool
ufx_nature_is_syntax(const struct ufx_nature *nature)
{
    const uint32_t *traits = nature->traits;

    return is_share(nature,
                    (uint64_t)traits[UFX_TRAIT_SIGN] + traits[UFX_TRAIT_GLUED] +
                        traits[UFX_TRAIT_PROTECTED],
                    UFX_SYNTAX_SHARE);
}

bool
ufx_nature_is_figures(const struct ufx_nature *nature)
{
    return is_share(nature, nature->traits[UFX_TRAIT_FIGURE], UFX_SYNTAX_SHARE);
}

enum ufx_apart
ufx_nature_apart(const struct ufx_nature *near)
{
    uint32_t language = ufx_nature_language(near);

    if (ufx_nature_is_syntax(near))
        return UFX_APART_SYNTAX;
    if (language >= UFX_KIND_LANGUAGES && language < UFX_KINDS)
        return UFX_APART_FOREIGN;
    return ufx_nature_is_old(near) ? UFX_APART_OLD : UFX_APART_NONE;
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
