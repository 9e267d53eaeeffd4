/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/decodings.h"

#include "base/limits.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

static const struct ufx_sequence *
row_at(const struct ufx_vocabulary *v, uint32_t row)
{
    return &v->language->ways.rows[row];
}

static const struct ufx_way *
way_at(const struct ufx_vocabulary *v, uint32_t row)
{
    return &v->language->ways.ways[row_at(v, row)->way];
}

/* Letters of the script; those of others may look like them. */
static bool
is_plain(uint32_t cp)
{
    return cp < 0x250 && ufx_char_is_letter(cp);
}

/* ---- Words ---- */

/* Capitals at the beginning, throughout, or nowhere. */
static bool
is_evenly_cased(const uint32_t *chars, size_t count)
{
    size_t upper = ufx_char_count(chars + 1, count - 1, ufx_char_is_upper);

    return upper == 0 || (upper + 1 == count && ufx_char_is_upper(chars[0]));
}

/* What the word costs by itself, or -1 if nobody knows it. */
static int32_t
cost_in(const struct ufx_lexicon *lexicon, const uint32_t *chars, size_t count)
{
    uint32_t number = ufx_piece_word(lexicon, chars, count);

    if (!ufx_lexicon_has(lexicon, number, UFX_WORD_USUAL) ||
        (ufx_lexicon_has(lexicon, number, UFX_WORD_CAPITAL) &&
         !ufx_char_is_upper(chars[0])) ||
        (ufx_lexicon_has(lexicon, number, UFX_WORD_ACRONYM) && count > 1 &&
         !ufx_char_is_upper(chars[1])))
        return -1;
    return lexicon->words[number].cost * UFX_COST_STEP;
}

static int32_t
word_cost(const struct ufx_vocabulary *v, const uint32_t *chars, size_t count)
{
    int32_t cost = cost_in(&v->language->lexicon, chars, count);

    if (cost < 0 && v->user != NULL)
        cost = cost_in(v->user, chars, count);
    if (cost < 0 && v->knows != NULL && count <= UFX_TOKEN_CHARS &&
        v->knows(v->speller, chars, count))
        cost = 255 * UFX_COST_STEP;
    return cost;
}

/* Where the run of letters that begins at `i` ends. */
static size_t
letters_end(const uint32_t *chars, size_t count, size_t i)
{
    while (i < count && ufx_char_is_letter(chars[i]))
        i++;
    return i;
}

/* A letter between blanks. */
static bool
stands_apart(const struct ufx_decoding *d, size_t i)
{
    return (i == 0 || ufx_char_is_blank(d->chars[i - 1])) &&
           (i + 1 == d->count || ufx_char_is_blank(d->chars[i + 1]));
}

/* Between two letters a mark that opens or closes, or one of no use there. */
static bool
is_misplaced(const struct ufx_decoding *d, size_t i)
{
    if (i == 0 || i + 1 == d->count || !ufx_char_is_letter(d->chars[i - 1]) ||
        !ufx_char_is_letter(d->chars[i + 1]))
        return false;
    switch (ufx_piece_mark(d->chars[i])) {
    case UFX_PIECE_QUOTE:
    case UFX_PIECE_QUESTION_OPEN:
    case UFX_PIECE_EXCLAMATION_OPEN:
        return true;
    case UFX_PIECE_OTHER:
        return d->chars[i] >= 0x80 && !ufx_char_is_blank(d->chars[i]);
    default:
        return false;
    }
}

/* versioná5: a run of letters that a digit touches. */
static bool
touches_digit(const struct ufx_decoding *d, size_t from, size_t to)
{
    return (from > 0 && ufx_char_is_digit(d->chars[from - 1])) ||
           (to < d->count && ufx_char_is_digit(d->chars[to]));
}

/* Judges the words of a decoding. */
static void
judge_words(const struct ufx_vocabulary *v, struct ufx_decoding *d)
{
    size_t i = 0, words = 0, single = 0;

    d->known = d->even = true;
    d->cost = 0;
    while (i < d->count) {
        size_t end = letters_end(d->chars, d->count, i);
        int32_t cost;

        if (end == i) {
            d->even &= !is_misplaced(d, i++);
            continue;
        }
        cost = word_cost(v, d->chars + i, end - i);
        words++;
        single += end - i == 1 && !stands_apart(d, i);
        d->even &= is_evenly_cased(d->chars + i, end - i);
        d->known &= cost >= 0 && !touches_digit(d, i, end);
        d->cost += cost < 0 ? 255 * UFX_COST_STEP : cost;
        i = end;
    }
    /* Any letter is a word of some kind: it proves nothing beside others. */
    if (words == 0 || d->plain == 0 || (words > 1 && single > 0) || !d->even)
        d->known = false;
}

/* A replacement character, the number of a glyph: a letter was lost there. */
static bool
has_lost(const struct ufx_vocabulary *v, const struct ufx_unit *unit)
{
    size_t i;

    for (i = 0; i < unit->first[unit->count]; i++) {
        uint32_t row = unit->matches[i].row;

        if (way_at(v, row)->kind == UFX_WAY_WILD &&
            (row_at(v, row)->read_length > 1 ||
             row_at(v, row)->read[0] == 0xFFFD))
            return true;
    }
    return false;
}

bool
ufx_unit_is_known(const struct ufx_vocabulary *v, const struct ufx_unit *unit)
{
    size_t i = 0;

    if (has_lost(v, unit))
        return false;
    while (i < unit->count) {
        size_t end = letters_end(unit->chars, unit->count, i);

        if (end == i) {
            i++;
            continue;
        }
        if (word_cost(v, unit->chars + i, end - i) < 0)
            return false;
        i = end;
    }
    return true;
}

/* ---- Sequences ---- */

/* **strong**, *emphasis*, `code`, ??: such signs come in pairs. */
static bool
is_paired(const struct ufx_unit *unit, size_t at)
{
    uint32_t cp = unit->chars[at];

    return cp < 0x80 && !ufx_char_is_alnum(cp) &&
           ((at > 0 && unit->chars[at - 1] == cp) ||
            (at + 1 < unit->count && unit->chars[at + 1] == cp) ||
            (unit->count > 1 && unit->chars[0] == cp &&
             unit->chars[unit->count - 1] == cp));
}

bool
ufx_unit_is_sign(const struct ufx_vocabulary *v, uint32_t row)
{
    const struct ufx_sequence *sequence = row_at(v, row);

    return sequence->read_length == 1 && sequence->read[0] < UFX_SIGNS &&
           way_at(v, row)->kind != UFX_WAY_INVISIBLE &&
           (sequence->read[0] >= 0x80 || !ufx_char_is_alnum(sequence->read[0]));
}

/* Ñ for a dash: nobody can tell it from a word with that letter. */
static bool
takes_letter(const struct ufx_sequence *row)
{
    return row->read_length == 1 && is_plain(row->read[0]) &&
           (row->meant_length == 0 || !ufx_char_is_letter(row->meant[0]));
}

/* And none is within a word, or a capital at the head of one: LOGROÑES is not
 * LOGRO—ES, nor Ñaupa —aupa, nor ÁRA ¡RA; but ÁQué is ¡Qué. */
static bool
parts_letters(const struct ufx_sequence *row, const struct ufx_unit *unit,
              size_t at)
{
    const uint32_t *next = unit->chars + at + 1;
    size_t left = unit->count - at - 1;

    return takes_letter(row) && left > 0 && ufx_char_is_letter(next[0]) &&
           (at > 0 || ufx_char_is_lower(next[0]) ||
            (left > 1 && ufx_char_is_upper(next[1])));
}

/* What is not seen parts nothing, but a word's end may have it. */
static bool
is_within(const struct ufx_unit *unit, size_t at)
{
    return at > 0 && at + 1 < unit->count &&
           ufx_char_is_alnum(unit->chars[at - 1]);
}

/* A sequence of so many characters is there for no other reason than this, and
 * the shorter ones of its kind are not meant. */
static bool
is_plain_to_see(const struct ufx_vocabulary *v,
                const struct ufx_way_match *match)
{
    const struct ufx_way *way = way_at(v, match->row);

    return match->length > 1 &&
           (way->kind == UFX_WAY_SPELLING || way->kind == UFX_WAY_BYTES);
}

/* Of the matches of such kinds only the longest; their new number. */
static size_t
keep_longest(const struct ufx_vocabulary *v, struct ufx_way_match *matches,
             size_t count)
{
    uint32_t longest[UFX_WAY_KINDS] = {0};
    size_t i, kept = 0;

    for (i = 0; i < count; i++)
        if (is_plain_to_see(v, &matches[i]))
            longest[way_at(v, matches[i].row)->kind] = matches[i].length;
    for (i = 0; i < count; i++)
        if (matches[i].length >= longest[way_at(v, matches[i].row)->kind])
            matches[kept++] = matches[i];
    return kept;
}

void
ufx_unit_prepare(const struct ufx_vocabulary *v, struct ufx_unit *unit,
                 uint64_t off)
{
    struct ufx_way_match matches[UFX_UNIT_MATCHES];
    size_t at, i, n, count = 0;

    for (at = 0; at < unit->count; at++) {
        unit->first[at] = (uint16_t)count;
        n = ufx_ways_match(&v->language->ways, unit->chars + at,
                           unit->count - at, matches, UFX_UNIT_MATCHES);
        for (i = 0; i < n && count < UFX_UNIT_ROWS; i++) {
            const struct ufx_way *way = way_at(v, matches[i].row);

            if (way->kind == UFX_WAY_SYNTAX || way->kind == UFX_WAY_APART ||
                (off >> way->family & 1) != 0 ||
                (way->kind == UFX_WAY_INVISIBLE && !is_within(unit, at)) ||
                ((way->kind == UFX_WAY_WILD ||
                  row_at(v, matches[i].row)->read_length == 1) &&
                 is_paired(unit, at)) ||
                parts_letters(row_at(v, matches[i].row), unit, at))
                continue;
            unit->matches[count++] = matches[i];
        }
        count =
            unit->first[at] + keep_longest(v, unit->matches + unit->first[at],
                                           count - unit->first[at]);
    }
    unit->first[at] = (uint16_t)count;
}

bool
ufx_unit_cover(const struct ufx_vocabulary *v, const uint32_t *chars,
               size_t count, bool *covered)
{
    struct ufx_way_match matches[UFX_UNIT_MATCHES];
    bool any = false;
    size_t i, k, n, c;

    memset(covered, 0, count * sizeof *covered);
    for (i = 0; i < count; i++) {
        n = ufx_ways_match(&v->language->ways, chars + i, count - i, matches,
                           UFX_UNIT_MATCHES);
        for (k = 0; k < n; k++) {
            if (way_at(v, matches[k].row)->kind == UFX_WAY_SYNTAX)
                continue;
            for (c = i; c < i + matches[k].length; c++)
                covered[c] = true;
            any = true;
        }
    }
    return any;
}

/* ---- All readings that are words ---- */

/* One step of a reading: it stands at `at`, and has tried some choices. */
struct step {
    uint16_t tried; /* matches, then the character as it stands */
    uint16_t at;
    uint16_t count; /* characters read so far */
    uint16_t plain;
    uint16_t rows;
    bool letters;
    uint32_t arc; /* in the lexicon; 0 between words */
    uint32_t row;
    uint64_t families;
};

struct reader {
    const struct ufx_vocabulary *v;
    const struct ufx_lexicon *lexicon;
    const struct ufx_unit *unit;
    struct ufx_decodings *found;
    struct step steps[UFX_UNIT_CHARS + 1];
    uint32_t chars[UFX_UNIT_CHARS];
    size_t depth;
};

static bool
ends_word(const struct ufx_lexicon *lexicon, uint32_t arc)
{
    return arc == 0 || (lexicon->arcs[arc].way & UFX_ARC_FINAL) != 0;
}

/* Goes on with one more character; false if no word does. */
static bool
walk(const struct reader *r, uint32_t cp, uint32_t *arc)
{
    uint32_t code = ufx_char_code(ufx_char_lower(cp));

    if (!ufx_char_is_letter(cp)) {
        if (!ends_word(r->lexicon, *arc))
            return false;
        *arc = 0;
        return true;
    }
    if (code == 0)
        return false;
    *arc = ufx_lexicon_arc(r->lexicon, *arc, (uint8_t)code);
    return *arc != 0;
}

/* Keeps it if it is new and among the most frequent ones. */
static void
keep(struct ufx_decodings *found, const struct ufx_decoding *d)
{
    size_t i, at;

    for (i = 0; i < found->count; i++)
        if (found->list[i].count == d->count &&
            memcmp(found->list[i].chars, d->chars,
                   d->count * sizeof *d->chars) == 0)
            return;
    for (at = 0; at < found->count && found->list[at].cost <= d->cost; at++)
        ;
    if (at == UFX_DECODINGS)
        return;
    if (found->count < UFX_DECODINGS)
        found->count++;
    for (i = found->count - 1; i > at; i--)
        found->list[i] = found->list[i - 1];
    found->list[at] = *d;
}

static void
finish(struct reader *r, const struct step *s)
{
    struct ufx_decoding d;

    if (s->rows == 0 || !ends_word(r->lexicon, s->arc))
        return;
    d.count = s->count;
    d.plain = s->plain;
    d.families = s->families;
    d.letters = s->letters;
    d.near = false;
    d.row = s->row;
    d.family = way_at(r->v, s->row)->family;
    memcpy(d.chars, r->chars, s->count * sizeof *d.chars);
    judge_words(r->v, &d);
    if (d.known)
        keep(r->found, &d);
}

/* The character as it stands. */
static bool
go_on(const struct reader *r, const struct step *s, struct step *next)
{
    uint32_t cp = r->unit->chars[s->at];

    *next = *s;
    next->at++;
    next->count++;
    next->plain = (uint16_t)(s->plain + is_plain(cp));
    return walk(r, cp, &next->arc);
}

/* What the row means. */
static bool
take_row(struct reader *r, const struct step *s,
         const struct ufx_way_match *match, struct step *next)
{
    const struct ufx_sequence *row = row_at(r->v, match->row);
    size_t i;

    *next = *s;
    next->at = (uint16_t)(s->at + match->length);
    if (s->count + row->meant_length > UFX_UNIT_CHARS)
        return false;
    for (i = 0; i < row->meant_length; i++) {
        if (!walk(r, row->meant[i], &next->arc))
            return false;
        r->chars[next->count++] = row->meant[i];
        next->letters |= ufx_char_is_letter(row->meant[i]);
    }
    next->letters |= row->meant_length == 0;
    if (s->rows == 0)
        next->row = match->row;
    next->rows++;
    next->families |= UINT64_C(1) << way_at(r->v, match->row)->family;
    return true;
}

/* Nobody meant what stands there. */
static bool
cannot_stay(const struct reader *r, size_t from, size_t to)
{
    for (; from < to; from++)
        if (way_at(r->v, r->unit->matches[from].row)->kind ==
                UFX_WAY_INVISIBLE ||
            is_plain_to_see(r->v, &r->unit->matches[from]))
            return true;
    return false;
}

/* Tries the next choice of the step on top; false when it has no more. */
static bool
try_next(struct reader *r)
{
    struct step *s = &r->steps[r->depth], *next = s + 1;
    size_t first = r->unit->first[s->at], end = r->unit->first[s->at + 1];
    bool good;

    if (first + s->tried > end)
        return false;
    if (first + s->tried < end) {
        good = take_row(r, s, &r->unit->matches[first + s->tried], next);
    } else {
        good = !cannot_stay(r, first, end) && s->count < UFX_UNIT_CHARS &&
               go_on(r, s, next);
        if (good)
            r->chars[s->count] = r->unit->chars[s->at];
    }
    s->tried++;
    if (good) {
        next->tried = 0;
        r->depth++;
    }
    return true;
}

static void
read_words(struct reader *r)
{
    size_t steps = 0;

    memset(&r->steps[0], 0, sizeof r->steps[0]);
    r->depth = 0;
    while (steps++ < UFX_UNIT_STEPS) {
        if (r->steps[r->depth].at >= r->unit->count)
            finish(r, &r->steps[r->depth]);
        else if (try_next(r))
            continue;
        if (r->depth == 0)
            return;
        r->depth--;
    }
}

/* ---- An accent somewhere behind its letter ---- */

/* The row that says so of the sign at `at`, which ends its word; false if none
 * does. */
static bool
find_apart(const struct ufx_vocabulary *v, const struct ufx_unit *unit,
           size_t at, uint32_t *row)
{
    struct ufx_way_match matches[UFX_UNIT_MATCHES];
    size_t n;

    if (at + 1 < unit->count && ufx_char_is_letter(unit->chars[at + 1]))
        return false;
    n = ufx_ways_match(&v->language->ways, unit->chars + at, 1, matches,
                       UFX_UNIT_MATCHES);
    while (n > 0)
        if (way_at(v, *row = matches[--n].row)->kind == UFX_WAY_APART)
            return true;
    return false;
}

/* The letter of the word that the accent fits, if words come of it. */
static void
read_apart(const struct ufx_vocabulary *v, const struct ufx_unit *unit,
           struct ufx_decodings *found)
{
    struct ufx_decoding d = {.letters = true};
    uint32_t row = 0;
    size_t at = 1, i, k;

    while (at < unit->count && !find_apart(v, unit, at, &row))
        at++;
    if (at >= unit->count)
        return;
    for (i = 0; i < at; i++) {
        uint32_t composed =
            ufx_char_compose(unit->chars[i], row_at(v, row)->meant[0]);

        if (composed == 0)
            continue;
        d.count = d.plain = 0;
        for (k = 0; k < unit->count; k++) {
            if (k == at)
                continue;
            d.plain =
                (uint16_t)(d.plain + (k != i && is_plain(unit->chars[k])));
            d.chars[d.count++] = k == i ? composed : unit->chars[k];
        }
        d.row = row;
        d.family = way_at(v, row)->family;
        d.families = UINT64_C(1) << d.family;
        judge_words(v, &d);
        if (d.known)
            keep(found, &d);
    }
}

void
ufx_unit_decode(const struct ufx_vocabulary *v, const struct ufx_unit *unit,
                struct ufx_decodings *found)
{
    struct reader r = {.v = v, .unit = unit, .found = found};

    found->count = 0;
    r.lexicon = &v->language->lexicon;
    read_words(&r);
    if (v->user != NULL) {
        r.lexicon = v->user;
        read_words(&r);
    }
    read_apart(v, unit, found);
}

/* ---- By the sequences alone ---- */

/* A sign behind a blank may be a word of its own; a mark that combines is none.
 */
static bool
may_be_apart(const struct ufx_sequence *row)
{
    bool blank = false, mark = false;
    size_t i;

    for (i = 0; i < row->read_length; i++) {
        blank |= row->read[i] == ' ';
        mark |= row->read[i] >= 0x300 && row->read[i] < 0x370;
    }
    return blank && !mark;
}

/* Such a sequence says by itself what was meant. */
static bool
speaks_alone(const struct ufx_vocabulary *v, uint32_t number,
             const ufx_support support)
{
    const struct ufx_sequence *row = row_at(v, number);
    const struct ufx_way *way = way_at(v, number);

    switch ((enum ufx_way_kind)way->kind) {
    case UFX_WAY_ACCENT:
        /* "en ~" may be two words. */
        return !may_be_apart(row);
    case UFX_WAY_SPELLING:
    case UFX_WAY_INVISIBLE:
        return true;
    case UFX_WAY_BYTES:
        return row->read_length > 1 ||
               (support[way->family] >= UFX_SEEN_OFTEN && !takes_letter(row));
    case UFX_WAY_SHAPE:
        return row->meant_length > 1 || row->read[0] > 0x24F;
    default:
        return false;
    }
}

/* Of those that begin here the one whose family explains most, and of its
 * family the longest; no capital behind a small letter. */
static const struct ufx_way_match *
best_match(const struct ufx_vocabulary *v, const struct ufx_way_match *matches,
           size_t count, bool small, const ufx_support support)
{
    const struct ufx_way_match *best = NULL;
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t here = support[way_at(v, matches[i].row)->family], there;

        if (!speaks_alone(v, matches[i].row, support) ||
            (small && ufx_char_is_upper(row_at(v, matches[i].row)->meant[0])))
            continue;
        there = best != NULL ? support[way_at(v, best->row)->family] : 0;
        if (best == NULL || here > there ||
            (here == there && matches[i].length > best->length))
            best = &matches[i];
    }
    return best;
}

/* That of the unit at `at`.  Of two that overlap the second goes first if its
 * family explains more: in poblaci´en the accent is that of the e, on a page
 * where accents stand before their letters. */
static const struct ufx_way_match *
match_at(const struct ufx_vocabulary *v, const struct ufx_unit *unit, size_t at,
         bool small, const ufx_support support)
{
    const struct ufx_way_match *best = best_match(
        v, unit->matches + unit->first[at],
        (size_t)unit->first[at + 1] - unit->first[at], small, support);
    size_t i;

    for (i = 1; best != NULL && i < best->length; i++) {
        const struct ufx_way_match *next =
            best_match(v, unit->matches + unit->first[at + i],
                       (size_t)unit->first[at + i + 1] - unit->first[at + i],
                       false, support);

        if (next != NULL && support[way_at(v, next->row)->family] >
                                support[way_at(v, best->row)->family])
            return NULL;
    }
    return best;
}

bool
ufx_unit_spell(const struct ufx_vocabulary *v, const struct ufx_unit *unit,
               const ufx_support support, struct ufx_decoding *d)
{
    size_t at = 0, rows = 0, i;
    bool shapes = false;

    memset(d, 0, sizeof *d);
    while (at < unit->count) {
        bool small = d->count > 0 && ufx_char_is_lower(d->chars[d->count - 1]);
        const struct ufx_way_match *best =
            match_at(v, unit, at, small, support);
        const struct ufx_sequence *row;

        if (best == NULL) {
            if (d->count == UFX_UNIT_CHARS ||
                (unit->chars[at] >= 0x250 &&
                 ufx_char_is_letter(unit->chars[at])))
                return false;
            d->plain = (uint16_t)(d->plain + is_plain(unit->chars[at]));
            d->chars[d->count++] = unit->chars[at++];
            continue;
        }
        row = row_at(v, best->row);
        if ((size_t)d->count + row->meant_length > UFX_UNIT_CHARS)
            return false;
        for (i = 0; i < row->meant_length; i++) {
            d->chars[d->count++] = row->meant[i];
            d->letters |= ufx_char_is_letter(row->meant[i]);
        }
        shapes |= way_at(v, best->row)->kind == UFX_WAY_SHAPE;
        if (rows++ == 0) {
            d->row = best->row;
            d->family = way_at(v, best->row)->family;
        }
        d->families |= UINT64_C(1) << way_at(v, best->row)->family;
        at += best->length;
    }
    judge_words(v, d);
    d->near = !d->known && ufx_unit_is_near(v, d);
    d->known = false;
    /* A word of another script all of whose letters look like ours is still
     * rather that. */
    return rows > 0 && d->even && (!shapes || d->plain > 1);
}

bool
ufx_unit_is_near(const struct ufx_vocabulary *v,
                 const struct ufx_decoding *decoding)
{
    const struct ufx_alphabet *alphabet = &v->language->alphabet;
    struct ufx_decoding other = *decoding;
    size_t i, k;

    for (i = 0; decoding->plain >= UFX_WAY_SHORT && i < other.count; i++) {
        uint32_t cp = decoding->chars[i];

        if (!ufx_alphabet_is(alphabet, cp, UFX_LETTER_ACCENTED))
            continue;
        for (k = 0; k < alphabet->accent_count; k++) {
            uint32_t letter = ufx_char_of_code(alphabet->accents[k].accented);

            other.chars[i] =
                ufx_char_is_upper(cp) ? ufx_char_upper(letter) : letter;
            judge_words(v, &other);
            if (other.known)
                return true;
        }
        other.chars[i] = cp;
    }
    return false;
}
