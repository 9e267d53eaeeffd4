/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/encodings.h"

#include "lang/pieces.h"
#include "normalize/around.h"
#include "normalize/spots.h"
#include "normalize/tuned.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* A family explains a word by chance now and then: what reading a word its way
 * costs, by how many words more of the document it explains.  What the outcome
 * is worth is not told by this but counted (ufx_way_count). */
static const int32_t family_cost[UFX_WAY_SUPPORTS] = {
    UFX_COST_WAY, UFX_COST_WAY / 2, UFX_COST_WAY / 4, 0};

/* Differences in cost, in 1/1000 nat, from which on the next reading is so far:
 * one in 100, one in 6, and two in 5. */
static const int32_t margins[UFX_WAY_MARGINS - 1] = {4600, 1600, 405};

/* Nearer ones leave a word torn between both. */
#define FAR_ENOUGH 1

struct ufx_encodings {
    struct ufx_memory memory;
    const struct ufx_vocabulary *v;
    struct ufx_encodings_seen seen;
    struct ufx_spots spots; /* of the window */
    struct ufx_unit unit;
    struct ufx_decodings decodings;
    struct ufx_buffer draft; /* the text as it is meant, up to a spot */
    struct ufx_buffer text;
    /* What is read now, and where what is found goes. */
    const char *window;
    size_t length;
    struct ufx_arena *strings;
    struct ufx_mangled_list *found;
};

/* ---- Life ---- */

struct ufx_encodings *
ufx_encodings_new(const struct ufx_memory *memory,
                  const struct ufx_vocabulary *v)
{
    struct ufx_encodings *e = ufx_memory_allocate_zero(memory, sizeof *e);

    if (e == NULL)
        return NULL;
    e->memory = *memory;
    e->v = v;
    ufx_buffer_init(&e->draft, memory);
    ufx_buffer_init(&e->text, memory);
    ufx_spots_init(&e->spots, memory, v);
    return e;
}

void
ufx_encodings_free(struct ufx_encodings *e)
{
    struct ufx_memory memory;

    if (e == NULL)
        return;
    memory = e->memory;
    ufx_buffer_free(&e->draft);
    ufx_buffer_free(&e->text);
    ufx_spots_free(&e->spots);
    ufx_memory_free(&memory, e, sizeof *e);
}

void
ufx_encodings_start(struct ufx_encodings *e)
{
    memset(&e->seen, 0, sizeof e->seen);
}

struct ufx_encodings_seen *
ufx_encodings_seen(struct ufx_encodings *e)
{
    return &e->seen;
}

/* Loads the unit at a spot of the window. */
static bool
load_unit(struct ufx_encodings *e, const struct ufx_spot *spot)
{
    struct ufx_unit *unit = &e->unit;

    unit->count = ufx_text_decode_composed(e->window, spot->start, spot->end,
                                           unit->chars, NULL, UFX_UNIT_CHARS);
    if (unit->count == 0 || unit->count > UFX_UNIT_CHARS)
        return false;
    ufx_unit_prepare(e->v, unit, e->seen.syntax);
    return true;
}

/* ---- What the document shows ---- */

/* Looks for what makes a family's spellings syntax; false: out of memory. */
static bool
find_syntax(struct ufx_encodings *e)
{
    const struct ufx_ways *ways = &e->v->language->ways;
    uint32_t i;
    size_t k;

    for (i = 0; i < ways->row_count; i++) {
        const struct ufx_sequence *row = &ways->rows[i];
        const struct ufx_way *way = &ways->ways[row->way];

        if (way->kind != UFX_WAY_SYNTAX ||
            (e->seen.syntax >> way->family & 1) != 0)
            continue;
        ufx_buffer_clear(&e->text);
        for (k = 0; k < row->read_length; k++)
            ufx_buffer_append_char(&e->text, row->read[k]);
        if (e->text.failed)
            return false;
        if (ufx_text_find(e->window, e->length, e->text.data, e->text.length) !=
            NULL)
            e->seen.syntax |= UINT64_C(1) << way->family;
    }
    return true;
}

static void
count_families(ufx_support counts, uint64_t families)
{
    uint32_t f;

    for (f = 0; f < UFX_WAY_FAMILIES; f++)
        counts[f] += (uint32_t)(families >> f & 1);
}

/* Marks that print has in every language. */
static bool
is_print_mark(uint32_t cp)
{
    return ufx_piece_is(ufx_piece_mark(cp), UFX_PIECES_QUOTES |
                                                UFX_PIECE_BIT(DASH) |
                                                UFX_PIECE_BIT(STOP));
}

static bool
is_between_letters(const struct ufx_unit *unit, size_t at)
{
    return at > 0 && at + 1 < unit->count &&
           ufx_char_is_letter(unit->chars[at - 1]) &&
           ufx_char_is_letter(unit->chars[at + 1]);
}

/* Where what a row reads stands between two letters of the unit. */
static bool
is_within(const struct ufx_unit *unit, uint32_t row)
{
    size_t at, i;

    for (at = 0; at < unit->count; at++)
        for (i = unit->first[at]; i < unit->first[at + 1]; i++)
            if (unit->matches[i].row == row)
                return is_between_letters(unit, at);
    return false;
}

/* Which characters it explains words by; marks of print prove something within
 * words alone. */
static void
note_read(struct ufx_encodings *e, const struct ufx_decoding *d)
{
    uint32_t read = e->v->language->ways.rows[d->row].read[0];
    uint32_t *first = &e->seen.first_read[d->family];

    if (is_print_mark(read) && !is_within(&e->unit, d->row))
        return;
    if (*first == 0)
        *first = read;
    else if (*first != read)
        e->seen.various |= UINT64_C(1) << d->family;
}

/* A question mark at a word's end is one, where nothing else tells. */
static bool
ends_with_mark(const struct ufx_unit *unit)
{
    uint32_t last = unit->chars[unit->count - 1];

    return last < 0x80 && !ufx_char_is_alnum(last);
}

static uint8_t
kind_of(const struct ufx_encodings *e, const struct ufx_decoding *d)
{
    const struct ufx_ways *ways = &e->v->language->ways;

    return ways->ways[ways->rows[d->row].way].kind;
}

static bool
is_wild(const struct ufx_encodings *e, const struct ufx_decoding *d)
{
    return kind_of(e, d) == UFX_WAY_WILD;
}

/* Counts the signs of a unit: those that make a known word of it as letters,
 * and else those that stand for themselves, where such signs do (a±o is no a ±
 * o).
 */
static void
count_signs(struct ufx_encodings *e, bool is_read)
{
    const struct ufx_unit *unit = &e->unit;
    size_t at, i;

    for (at = 0; at < unit->count; at++)
        for (i = unit->first[at]; i < unit->first[at + 1]; i++) {
            uint32_t cp = unit->chars[at];

            if (!ufx_unit_is_sign(e->v, unit->matches[i].row))
                continue;
            if (is_read)
                e->seen.signs_read[cp]++;
            else if (ufx_char_is_letter(cp) || !is_between_letters(unit, at))
                e->seen.signs_kept[cp]++;
            break;
        }
}

/* A sign stands for itself where it mostly does, and one of ASCII in what
 * programs read. */
static bool
is_itself(const struct ufx_encodings *e, const struct ufx_spot *spot,
          uint32_t row)
{
    uint32_t cp = e->v->language->ways.rows[row].read[0];
    bool ascii = cp < 0x80 && !ufx_char_is_alnum(cp);

    if ((spot->syntax && ascii) || (spot->path && cp == '%'))
        return true;
    return ufx_unit_is_sign(e->v, row) &&
           e->seen.signs_kept[cp] + ascii >
               (ascii ? 1u : 2u) * e->seen.signs_read[cp];
}

/* Takes the rows from the unit that read such signs. */
static void
keep_signs(const struct ufx_encodings *e, const struct ufx_spot *spot,
           struct ufx_unit *unit)
{
    size_t at, i = 0, kept = 0;

    for (at = 0; at < unit->count; at++) {
        unit->first[at] = (uint16_t)kept;
        for (; i < unit->first[at + 1]; i++)
            if (!is_itself(e, spot, unit->matches[i].row))
                unit->matches[kept++] = unit->matches[i];
    }
    unit->first[at] = (uint16_t)kept;
}

/* Counts a spot for the families that explain it, which is to make a known word
 * of it, or for those that would and do not. */
static void
count_spot(struct ufx_encodings *e, struct ufx_spot *spot)
{
    const struct ufx_decoding *best = e->decodings.list;
    struct ufx_decoding spelt;
    ufx_support any;
    bool known;
    uint32_t f;

    if (spot->quoted || !load_unit(e, spot))
        return;
    known = ufx_unit_is_known(e->v, &e->unit);
    ufx_unit_decode(e->v, &e->unit, &e->decodings);
    if (!known || e->decodings.count == 0)
        count_signs(e, e->decodings.count > 0);
    if (known)
        return;
    if (e->decodings.count > 0) {
        if (!best->letters || (is_wild(e, best) && ends_with_mark(&e->unit)))
            return;
        spot->families = best->families;
        count_families(e->seen.explained, best->families);
        note_read(e, best);
        return;
    }
    for (f = 0; f < UFX_WAY_FAMILIES; f++)
        any[f] = UINT32_MAX;
    if (!ufx_unit_spell(e->v, &e->unit, any, &spelt))
        return;
    if (spelt.near) {
        spot->families = spelt.families;
        note_read(e, &spelt);
    }
    count_families(spelt.near ? e->seen.explained : e->seen.in_vain,
                   spelt.families);
}

/* How many words each family explains besides this one; none where it does not
 * explain twice as many as it could and does not: ß is no á because some words
 * with it happen to be words with á. */
static void
weigh_families(struct ufx_encodings *e, const struct ufx_spot *spot,
               ufx_support support)
{
    uint32_t f;

    for (f = 0; f < UFX_WAY_FAMILIES; f++) {
        support[f] = e->seen.explained[f] - (uint32_t)(spot->families >> f & 1);
        if (support[f] < UFX_WAY_EXPLAINED * e->seen.in_vain[f])
            support[f] = 0;
    }
}

static uint32_t
support_level(uint32_t words)
{
    return words == 0 ? 0 : words < 3 ? 1 : words < 10 ? 2 : 3;
}

/* That of the family which explains least. */
static uint32_t
support_of(const struct ufx_decoding *d, const ufx_support support)
{
    uint32_t least = UFX_WAY_SUPPORTS - 1, f;

    for (f = 0; f < UFX_WAY_FAMILIES; f++)
        if ((d->families >> f & 1) != 0 && support_level(support[f]) < least)
            least = support_level(support[f]);
    return least;
}

/* ---- Choosing ---- */

/* What is chosen of a spot's readings, and what stood against it. */
struct choice {
    const struct ufx_decoding *best;
    int32_t costs[UFX_DECODINGS];
    int32_t best_cost;
    int32_t margin; /* to the next reading, or to what stands there */
};

static void
choose(struct ufx_encodings *e, const struct ufx_around *a, bool is_idle,
       const ufx_support support, struct choice *choice)
{
    const struct ufx_decodings *found = &e->decodings;
    int32_t second = INT32_MAX;
    uint32_t strongest = 0;
    size_t i;

    choice->best = NULL;
    choice->best_cost = INT32_MAX;
    for (i = 0; i < found->count; i++) {
        const struct ufx_decoding *d = &found->list[i];
        uint32_t level = support_of(d, support);
        int32_t cost = ufx_around_cost(a, d->chars, d->count) +
                       family_cost[level] +
                       ufx_around_case_cost(a, d, e->unit.chars[0]);

        choice->costs[i] = cost;
        if (level > strongest)
            strongest = level;
        if (cost < choice->best_cost) {
            second = choice->best_cost;
            choice->best_cost = cost;
            choice->best = d;
        } else if (cost < second) {
            second = cost;
        }
    }
    if (ufx_unit_is_known(e->v, &e->unit)) {
        int32_t kept = ufx_around_cost(a, e->unit.chars, e->unit.count) +
                       (strongest == UFX_WAY_SUPPORTS - 1 ? UFX_COST_WAY : 0) +
                       (strongest > 0 && is_idle ? UFX_COST_IDLE : 0);

        /* Nº is no No where nothing else is mangled so. */
        if (kept <= choice->best_cost || strongest == 0)
            choice->best = NULL;
        else if (kept < second)
            second = kept;
    }
    choice->margin =
        second == INT32_MAX ? INT32_MAX : second - choice->best_cost;
}

static uint32_t
situation_of(const struct ufx_decoding *d, const ufx_support support,
             int32_t margin)
{
    uint32_t length = d->plain > 2 ? 0 : d->plain > 1 ? 1 : 2, near = 0;

    while (near < UFX_WAY_MARGINS - 1 && margin < margins[near])
        near++;

    return (((d->known || d->near ? 1u : 0u) * UFX_WAY_SUPPORTS +
             support_of(d, support)) *
                UFX_WAY_MARGINS +
            near) *
               UFX_WAY_LENGTHS +
           length;
}

/* What was right in a situation and all that was found there, in 1/65536: one
 * more than was counted, for which words of all lengths speak, and one that was
 * wrong: what was never met is not sure. */
struct evidence {
    uint64_t right;
    uint64_t all;
};

#define EVIDENCE_ONE 16

static struct evidence
evidence_of(const struct ufx_way_count *counts, uint32_t situation)
{
    const struct ufx_way_count *one = &counts[situation];
    uint64_t right = 0, all = 1;
    uint32_t first = situation - situation % UFX_WAY_LENGTHS, i;

    for (i = first; i < first + UFX_WAY_LENGTHS; i++) {
        right += counts[i].right;
        all += (uint64_t)counts[i].right + counts[i].wrong;
    }
    return (struct evidence){
        ((uint64_t)one->right << EVIDENCE_ONE) + (right << EVIDENCE_ONE) / all,
        ((uint64_t)one->right + one->wrong + 2) << EVIDENCE_ONE};
}

/* The share of those that were right in a situation.  More support never makes
 * anything less sure: then a second run, which finds less of it, finds nothing
 * to do.  So levels of support that were counted the other way round are taken
 * together (the regression of Ayer and others, 1955): where one of them was
 * hardly met, it does not speak for those above it. */
static uint32_t
counted(const struct ufx_encodings *e, uint32_t family, uint32_t situation)
{
    static const uint32_t level = UFX_WAY_MARGINS * UFX_WAY_LENGTHS;
    const struct ufx_way_count *counts =
        e->v->language->ways.counts + family * UFX_WAY_SITUATIONS;
    uint32_t support = situation / level % UFX_WAY_SUPPORTS, i;
    uint32_t bottom = situation - support * level, ends[UFX_WAY_SUPPORTS];
    struct evidence blocks[UFX_WAY_SUPPORTS] = {{0}};
    size_t n = 0;

    for (i = 0; i < UFX_WAY_SUPPORTS; i++) {
        struct evidence block = evidence_of(counts, bottom + i * level);

        while (n > 0 && blocks[n - 1].right * 1000 / blocks[n - 1].all >
                            block.right * 1000 / block.all) {
            n--;
            block.right += blocks[n].right;
            block.all += blocks[n].all;
        }
        blocks[n] = block;
        ends[n++] = i;
    }
    for (i = 0; ends[i] < support; i++)
        ;
    return (uint32_t)(blocks[i].right * 1000 / blocks[i].all);
}

static const char *
spell(struct ufx_encodings *e, const struct ufx_decoding *d, size_t *length)
{
    size_t i;

    ufx_buffer_clear(&e->text);
    for (i = 0; i < d->count; i++)
        ufx_buffer_append_char(&e->text, d->chars[i]);
    *length = e->text.length;
    if (e->text.failed) {
        e->strings->failed = true;
        return NULL;
    }
    return ufx_arena_copy(e->strings, e->text.data, e->text.length);
}

static void
add_rivals(struct ufx_encodings *e, const struct choice *choice,
           struct ufx_mangled *m)
{
    size_t i;

    for (i = 0; i < e->decodings.count && m->rival_count < UFX_MANGLED_RIVALS;
         i++) {
        struct ufx_mangled_rival *rival = &m->rivals[m->rival_count];

        if (&e->decodings.list[i] == choice->best)
            continue;
        rival->text = spell(e, &e->decodings.list[i], &rival->length);
        rival->cost = choice->costs[i] - choice->best_cost;
        m->rival_count++;
    }
}

/* Adds what was chosen; NULL: no memory. */
static struct ufx_mangled *
add_mangled(struct ufx_encodings *e, const struct ufx_spot *spot,
            const struct choice *choice, uint32_t situation)
{
    const struct ufx_decoding *best = choice->best;
    struct ufx_mangled_list *found = e->found;
    void *list = found->list;
    struct ufx_mangled *m;

    if (!ufx_memory_reserve(&e->memory, &list, &found->capacity,
                            found->count + 1, sizeof *found->list))
        return NULL;
    found->list = list;
    m = &found->list[found->count++];
    memset(m, 0, sizeof *m);
    m->start = spot->start;
    m->end = spot->end;
    m->text = spell(e, best, &m->length);
    m->row = best->row;
    m->family = best->family;
    m->situation = situation;
    m->confidence = counted(e, best->family, situation);
    m->cost = choice->best_cost;
    m->known = best->known;
    m->torn = is_wild(e, best) && e->decodings.count > 1 &&
              choice->margin < margins[FAR_ENOUGH];
    add_rivals(e, choice, m);
    return e->strings->failed ? NULL : m;
}

/* 12ª: a sign for a sign, and what stands there is as good. */
static bool
may_stay(const struct ufx_encodings *e, const struct ufx_decoding *d)
{
    return e->v->language->ways.rows[d->row].read_length == 1 &&
           ufx_unit_is_known(e->v, &e->unit);
}

/* The reading by the sequences alone that is the surest: by what the document
 * shows, or as if it showed nothing, which is all that a second run may see.
 */
static bool
spell_out(struct ufx_encodings *e, const ufx_support support,
          struct ufx_decoding *best)
{
    static const ufx_support none;
    struct ufx_decoding plain;
    bool found = ufx_unit_spell(e->v, &e->unit, support, best);

    if (!ufx_unit_spell(e->v, &e->unit, none, &plain))
        return found;
    if (!found ||
        counted(e, plain.family, situation_of(&plain, support, INT32_MAX)) >
            counted(e, best->family, situation_of(best, support, INT32_MAX)))
        *best = plain;
    return true;
}

/* A word by itself between quotation marks, unless the page is mangled in the
 * same way.  A sign for a letter, or one that is not seen, is a sequence that
 * hardly anybody talks of: any other such word tells. */
static bool
is_talked_about(const struct ufx_encodings *e, const struct ufx_decoding *d,
                const ufx_support support)
{
    uint8_t kind = kind_of(e, d);

    return support_of(d, support) <
           (kind == UFX_WAY_SHAPE || kind == UFX_WAY_INVISIBLE
                ? 1
                : UFX_WAY_SUPPORTS - 1);
}

/* Programs spell letters so where the row is met. */
static bool
is_for_programs(const struct ufx_encodings *e, const struct ufx_spot *spot,
                uint32_t row)
{
    const struct ufx_ways *ways = &e->v->language->ways;
    const struct ufx_sequence *sequence = &ways->rows[row];

    return sequence->read_length > 1 && sequence->read[0] < 0x80 &&
           !ufx_char_is_alnum(sequence->read[0]) &&
           (spot->syntax || (spot->path && sequence->read[0] == '%') ||
            (e->seen.syntax >> ways->ways[sequence->way].family & 1) != 0);
}

/* A spelling of programs stays whole: nobody else reads a part of it.  Adds
 * what it means, to be let be; *held tells whether there is one. */
static bool
hold_spelling(struct ufx_encodings *e, const struct ufx_spot *spot, bool *held)
{
    static const ufx_support none;
    struct choice choice = {NULL, {0}, 0, INT32_MAX};
    struct ufx_decoding spelt;
    uint64_t syntax = e->seen.syntax;
    struct ufx_mangled *m;
    bool loaded;

    *held = false;
    if (syntax == 0 && !spot->syntax && !spot->path)
        return true;
    e->seen.syntax = 0;
    loaded = load_unit(e, spot);
    e->seen.syntax = syntax;
    if (!loaded || !ufx_unit_spell(e->v, &e->unit, none, &spelt) ||
        !is_for_programs(e, spot, spelt.row))
        return true;
    *held = true;
    choice.best = &spelt;
    e->decodings.count = 0;
    m = add_mangled(e, spot, &choice, situation_of(&spelt, none, INT32_MAX));
    if (m != NULL)
        m->syntax = true;
    return m != NULL;
}

/* A reading that chance makes as well.  A letter is one of another language
 * (più, już, með), a mark of print is one (all’, version—), and a name with its
 * value is no escape (mode=edit), unless a word that is long tells, or the way
 * explains other signs of the section, too: what mangles one letter mangles
 * all. */
static bool
is_by_chance(const struct ufx_encodings *e, const struct ufx_decoding *d,
             const ufx_support support)
{
    const struct ufx_sequence *row = &e->v->language->ways.rows[d->row];
    uint8_t kind = kind_of(e, d);
    uint32_t cp = row->read[0];
    bool is_word = d->known || d->near;

    if ((e->seen.various >> d->family & 1) != 0)
        return false;
    if (row->read_length > 1)
        return kind == UFX_WAY_SPELLING && row->read_length <= UFX_WAY_SHORT &&
               !is_word && support_of(d, support) == 0;
    if (ufx_char_is_letter(cp) && !d->letters)
        return true;
    if (kind != UFX_WAY_BYTES)
        return false;
    if (ufx_char_is_letter(cp))
        return !is_word || d->plain < UFX_WORD_CHARS;
    return is_print_mark(cp) && e->seen.first_read[d->family] == 0 &&
           (!is_word || !is_within(&e->unit, d->row));
}

/* Keeps the readings that are none by chance. */
static void
drop_chances(struct ufx_encodings *e, const ufx_support support)
{
    struct ufx_decodings *found = &e->decodings;
    size_t i, kept = 0;

    for (i = 0; i < found->count; i++)
        if (!is_by_chance(e, &found->list[i], support))
            found->list[kept++] = found->list[i];
    found->count = kept;
}

/* Reads one spot and adds what it was meant to be, if anything. */
static bool
settle_spot(struct ufx_encodings *e, const struct ufx_spot *spot, size_t after)
{
    struct ufx_decoding spelt;
    struct choice choice = {NULL, {0}, 0, INT32_MAX};
    struct ufx_around around;
    struct ufx_mangled *m;
    ufx_support support;
    bool held;

    if (!hold_spelling(e, spot, &held))
        return false;
    if (held || !load_unit(e, spot))
        return true;
    keep_signs(e, spot, &e->unit);
    weigh_families(e, spot, support);
    ufx_unit_decode(e->v, &e->unit, &e->decodings);
    drop_chances(e, support);
    if (e->decodings.count > 0) {
        ufx_around_read(&around, e->v->language, &e->draft, e->window,
                        spot->end, after);
        choose(e, &around,
               spot->end < after && ufx_spot_is_gap(e->window[spot->end]) &&
                   ufx_char_is_blank(e->unit.chars[e->unit.count - 1]),
               support, &choice);
    } else if (spell_out(e, support, &spelt) && !may_stay(e, &spelt) &&
               !is_by_chance(e, &spelt, support)) {
        choice.best = &spelt;
    }
    if (choice.best == NULL ||
        (is_wild(e, choice.best) && ends_with_mark(&e->unit) &&
         support_of(choice.best, support) == 0))
        return true;
    if (ufx_around_is_foreign(e->v, e->window, e->length, spot->start,
                              spot->end, choice.best->row))
        return true;
    m = add_mangled(e, spot, &choice,
                    situation_of(choice.best, support, choice.margin));
    if (m != NULL)
        m->quoted = spot->quoted && is_talked_about(e, choice.best, support);
    return m != NULL;
}

unfix_status
ufx_encodings_find(struct ufx_encodings *e, const char *text, size_t length,
                   struct ufx_arena *strings, struct ufx_mangled_list *found)
{
    size_t i, at = 0, before;

    e->window = text;
    e->length = length;
    e->strings = strings;
    e->found = found;
    found->count = 0;
    if (!ufx_spots_find(&e->spots, text, length))
        return UNFIX_ERROR_MEMORY;
    if (e->spots.count == 0)
        return UNFIX_OK;
    if (!find_syntax(e))
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i < e->spots.count; i++)
        count_spot(e, &e->spots.list[i]);
    ufx_buffer_clear(&e->draft);
    for (i = 0; i < e->spots.count; i++) {
        const struct ufx_spot *spot = &e->spots.list[i];

        ufx_buffer_append(&e->draft, text + at, spot->start - at);
        before = found->count;
        if (e->draft.failed ||
            !settle_spot(e, spot,
                         i + 1 < e->spots.count ? spot[1].start : length))
            return UNFIX_ERROR_MEMORY;
        if (found->count > before && !found->list[before].quoted &&
            !found->list[before].syntax)
            ufx_buffer_append(&e->draft, found->list[before].text,
                              found->list[before].length);
        else
            ufx_buffer_append(&e->draft, text + spot->start,
                              spot->end - spot->start);
        at = spot->end;
    }
    return e->draft.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

void
ufx_encodings_reason(const struct ufx_encodings *e,
                     const struct ufx_mangled *mangled, struct ufx_buffer *out)
{
    const struct ufx_ways *ways = &e->v->language->ways;
    const struct ufx_sequence *row = &ways->rows[mangled->row];
    const struct ufx_way *way = &ways->ways[row->way];
    size_t i;

    ufx_buffer_append(out, way->name, strlen(way->name));
    if (way->kind == UFX_WAY_INVISIBLE || way->kind == UFX_WAY_APART)
        return;
    ufx_buffer_append(out, ": ", 2);
    for (i = 0; i < row->read_length; i++)
        if (row->read[i] != UFX_WAY_DIGITS)
            ufx_buffer_append_char(out, row->read[i]);
    ufx_buffer_append(out, " is ", 4);
    for (i = 0; i < row->meant_length; i++)
        ufx_buffer_append_char(out, row->meant[i]);
}
