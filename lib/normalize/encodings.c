/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/encodings.h"

#include "base/numeric.h"
#include "normalize/decodings.h"
#include "normalize/nature.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* Bytes between two blanks beyond which nothing is a word, and of a name to
 * which something is assigned. */
#define CHUNK_BYTES 200
#define NAME_BYTES 200

/* A family explains a word by chance now and then: what reading a word its way
 * costs, by how many words more of the document it explains.  What the outcome
 * is worth is not told by this but counted (ufx_way_count). */
static const int32_t family_cost[UFX_WAY_SUPPORTS] = {6000, 3000, 1500, 0};

/* A question mark and the like cost so much as they stand where the document
 * has them for letters. */
#define KEPT_COST 6000

/* And a wide blank beside another one so much more. */
#define IDLE_COST 8000

/* Bytes of the text before a word, and pieces after it, that are its context.
 */
#define CONTEXT_BYTES 96
#define CONTEXT_PIECES 2

/* Differences in cost, in 1/1000 nat, from which on the next reading is so far:
 * one in 100, one in 6, and two in 5, which is the bar by default. */
static const int32_t margins[UFX_WAY_MARGINS - 1] = {4600, 1600, 405};

/* Nearer ones leave a word torn between both. */
#define FAR_ENOUGH 1

/* What the words beside it say of a word's case: they have a capital, they have
 * none, or there is no such word.  Little words tell nothing. */
enum beside {
    BESIDE_CAPITAL,
    BESIDE_SMALL,
    BESIDE_NOTHING,
    BESIDES
};

#define LITTLE 3
#define LITTLE_MOST 2

/* How much likelier that makes a capital, 1/1000 nat, by what is before and
 * what is after.  Counted over 390,000 words within sentences that go with a
 * capital or without (Árabe, Ética), of laws and of observations of treaty
 * bodies. */
static const int32_t capital_odds[BESIDES][BESIDES] = {
    {4200, 1400, 2900}, {1400, -2700, -1700}, {2800, -1500, 200}};

/* A word that goes otherwise in less than one case of ten (of 254) does what it
 * always does, whatever is beside it. */
#define CAPITAL_LEAST 25

/* A stretch of the window that is one unit. */
struct spot {
    size_t start;
    size_t end;
    uint64_t families; /* that its best reading takes; 0: none is known */
    bool quoted;
    bool syntax; /* what is there is rather for programs */
    bool path;   /* it may be a part of one */
};

struct ufx_encodings {
    struct ufx_memory memory;
    const struct ufx_vocabulary *v;
    bool stops[256]; /* bytes where a sequence may be found */
    struct ufx_encodings_seen seen;
    struct spot *spots; /* of the window */
    size_t spot_count;
    size_t spot_capacity;
    struct ufx_unit unit;
    struct ufx_decodings decodings;
    struct ufx_buffer draft; /* the text as it is meant, up to a spot */
    struct ufx_buffer text;
};

/* ---- Life ---- */

static void
find_stops(struct ufx_encodings *e)
{
    const struct ufx_ways *ways = &e->v->language->ways;
    uint32_t byte;

    for (byte = 0; byte < 256 && ways->row_count > 0; byte++)
        e->stops[byte] = byte >= 0x80 || ufx_ways_is_trigger(ways, byte);
}

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
    find_stops(e);
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
    ufx_memory_free(&memory, e->spots, e->spot_capacity * sizeof *e->spots);
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

/* ---- Where something may be mangled ---- */

static bool
is_gap(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A stretch of the window as characters; offsets has one more. */
struct region {
    size_t start;
    size_t end;
    uint32_t chars[2 * CHUNK_BYTES + 2];
    uint32_t offsets[2 * CHUNK_BYTES + 3];
    bool covered[2 * CHUNK_BYTES + 2];
    size_t count;
    bool syntax;
    bool path;
};

/* A blank, and behind it what may belong to the letter before. */
static bool
reaches_back(const struct ufx_ways *ways, const char *text, size_t length)
{
    size_t size;

    return length > 1 && text[0] == ' ' && !is_gap(text[1]) &&
           ufx_ways_reaches(ways, ufx_text_decode(text + 1, length - 1, &size));
}

/* The chunk around `at`, and the one beyond a single blank where a sequence may
 * reach that far.  Empty if it is too long for a word. */
static void
find_region(const struct ufx_ways *ways, const char *text, size_t length,
            size_t at, size_t from, struct region *r)
{
    size_t size;
    bool reach =
        ufx_ways_reaches(ways, ufx_text_decode(text + at, length - at, &size));

    r->start = r->end = at;
    while (r->start > from && at - r->start <= CHUNK_BYTES / 2 &&
           (!is_gap(text[r->start - 1]) ||
            (reach && text[r->start - 1] == ' ' && r->start == at)))
        r->start--;
    while (r->end < length && r->end - at <= CHUNK_BYTES / 2 &&
           (!is_gap(text[r->end]) || (reach && r->end == at + size) ||
            reaches_back(ways, text + r->end, length - r->end)))
        r->end++;
    if (at - r->start > CHUNK_BYTES / 2 || r->end - at > CHUNK_BYTES / 2)
        r->end = r->start;
}

/* Decodes it, composing base and mark. */
static void
read_region(const char *text, struct region *r)
{
    size_t i = r->start, size;

    r->count = 0;
    while (i < r->end) {
        uint32_t cp = ufx_text_decode(text + i, r->end - i, &size);
        uint32_t composed = 0;

        if (cp >= 0x300 && r->count > 0)
            composed = ufx_char_compose(r->chars[r->count - 1], cp);
        if (composed != 0) {
            r->chars[r->count - 1] = composed;
        } else {
            r->chars[r->count] = cp;
            r->offsets[r->count++] = (uint32_t)i;
        }
        i += size;
    }
    r->offsets[r->count] = (uint32_t)r->end;
}

static bool
is_quotation(uint32_t cp)
{
    switch (ufx_piece_mark(cp)) {
    case UFX_PIECE_QUOTE:
    case UFX_PIECE_APOSTROPHE:
        return true;
    default:
        return false;
    }
}

/* A word that is talked about stands between marks of its own. */
static bool
is_quoted(const struct region *r, size_t from, size_t to)
{
    return from > 0 && to < r->count && is_quotation(r->chars[from - 1]) &&
           is_quotation(r->chars[to]);
}

/* max_length: it may be part of a name that programs have. */
static bool
is_joined(const struct region *r, size_t from, size_t to)
{
    return (from > 1 && r->chars[from - 1] == '_' &&
            ufx_char_is_alnum(r->chars[from - 2])) ||
           (to + 1 < r->count && r->chars[to] == '_' &&
            ufx_char_is_alnum(r->chars[to + 1]));
}

/* Loads the unit at a stretch of the window. */
static bool
load_unit(struct ufx_encodings *e, const char *text, size_t start, size_t end)
{
    struct ufx_unit *unit = &e->unit;
    size_t i = start, size;

    unit->count = 0;
    while (i < end) {
        uint32_t cp = ufx_text_decode(text + i, end - i, &size);
        uint32_t composed = 0;

        if (unit->count == UFX_UNIT_CHARS)
            return false;
        if (cp >= 0x300 && unit->count > 0)
            composed = ufx_char_compose(unit->chars[unit->count - 1], cp);
        if (composed != 0)
            unit->chars[unit->count - 1] = composed;
        else
            unit->chars[unit->count++] = cp;
        i += size;
    }
    ufx_unit_prepare(e->v, unit, e->seen.syntax);
    return unit->count > 0;
}

static bool
add_spot(struct ufx_encodings *e, const struct region *r, size_t from,
         size_t to)
{
    void *list = e->spots;

    if (!ufx_memory_reserve(&e->memory, &list, &e->spot_capacity,
                            e->spot_count + 1, sizeof *e->spots))
        return false;
    e->spots = list;
    e->spots[e->spot_count++] =
        (struct spot){r->offsets[from],
                      r->offsets[to],
                      0,
                      is_quoted(r, from, to),
                      r->syntax || is_joined(r, from, to),
                      r->path};
    return true;
}

/* What belongs to a unit: letters, digits, and what sequences cover; with the
 * stop or comma before an accent that stands behind it. */
static bool
is_inside(const struct region *r, size_t i)
{
    return r->covered[i] || ufx_char_is_alnum(r->chars[i]) ||
           (i > 0 && i + 1 < r->count && r->covered[i + 1] &&
            !ufx_char_is_alnum(r->chars[i + 1]) &&
            ufx_char_is_letter(r->chars[i - 1]) &&
            (ufx_piece_mark(r->chars[i]) == UFX_PIECE_STOP ||
             ufx_piece_mark(r->chars[i]) == UFX_PIECE_COMMA));
}

static bool
holds(const char *text, size_t length, const char *part, size_t part_length)
{
    const char *end = text + length, *at = text;

    while (at < end && (at = memchr(at, part[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < part_length)
            return false;
        if (memcmp(at, part, part_length) == 0)
            return true;
        at++;
    }
    return false;
}

/* name.of.it=value, name = value: the line that begins at `at` assigns
 * something, before `end`. */
static bool
assigns(const char *text, size_t at, size_t end)
{
    bool plain = true;
    size_t i;

    for (i = at; i < end && i < at + NAME_BYTES; i++)
        if (!ufx_char_is_alnum((unsigned char)text[i]) && text[i] != '.' &&
            text[i] != '_' && text[i] != '-')
            break;
        else
            plain &= text[i] != '.' && text[i] != '_';
    if (i == at || i == at + NAME_BYTES)
        return false;
    for (; i < end && text[i] == ' '; i++)
        plain = false;
    return i < end && text[i] == '=' && !plain;
}

/* What its chunk and its line, which begins at `line`, say of a region. */
static void
judge_region(const char *text, size_t line, struct region *r)
{
    const char *chunk = text + r->start;
    size_t length = r->end - r->start;

    r->syntax = holds(chunk, length, "](", 2) || assigns(text, line, r->end);
    r->path = memchr(chunk, '/', length) != NULL ||
              memchr(chunk, '#', length) != NULL ||
              memchr(chunk, '=', length) != NULL;
}

/* Finds the units of a region that hold a sequence. */
static bool
find_units(struct ufx_encodings *e, struct region *r)
{
    size_t i = 0, from;

    if (!ufx_unit_cover(e->v, r->chars, r->count, r->covered))
        return true;
    while (i < r->count) {
        bool any = false;

        from = i;
        while (i < r->count && is_inside(r, i))
            any |= r->covered[i++];
        if (any && !add_spot(e, r, from, i))
            return false;
        if (i == from)
            i++;
    }
    return true;
}

static bool
find_spots(struct ufx_encodings *e, const char *text, size_t length)
{
    const struct ufx_ways *ways = &e->v->language->ways;
    struct region r;
    size_t i = 0, done = 0, seen = 0, line = 0, size;

    e->spot_count = 0;
    while (i < length) {
        uint32_t cp;

        if (!e->stops[(unsigned char)text[i]]) {
            i++;
            continue;
        }
        cp = ufx_text_decode(text + i, length - i, &size);
        if (!ufx_ways_is_trigger(ways, cp)) {
            i += size;
            continue;
        }
        find_region(ways, text, length, i, done, &r);
        if (r.end == r.start ||
            ufx_text_is_address(text + r.start, r.end - r.start)) {
            while (i < length && !is_gap(text[i]))
                i++;
            done = i;
            continue;
        }
        read_region(text, &r);
        for (; seen < r.start; seen++)
            if (text[seen] == '\n')
                line = seen + 1;
        judge_region(text, line, &r);
        if (!find_units(e, &r))
            return false;
        done = i = r.end > i ? r.end : i + size;
    }
    return true;
}

/* ---- What the document shows ---- */

/* Looks for what makes a family's spellings syntax; false: out of memory. */
static bool
find_syntax(struct ufx_encodings *e, const char *text, size_t length)
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
        if (holds(text, length, e->text.data, e->text.length))
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

/* A question mark at a word's end is one, where nothing else tells. */
static bool
ends_with_mark(const struct ufx_unit *unit)
{
    uint32_t last = unit->chars[unit->count - 1];

    return last < 0x80 && !ufx_char_is_alnum(last);
}

static bool
is_wild(const struct ufx_encodings *e, const struct ufx_decoding *d)
{
    const struct ufx_ways *ways = &e->v->language->ways;

    return ways->ways[ways->rows[d->row].way].kind == UFX_WAY_WILD;
}

static bool
is_between_letters(const struct ufx_unit *unit, size_t at)
{
    return at > 0 && at + 1 < unit->count &&
           ufx_char_is_letter(unit->chars[at - 1]) &&
           ufx_char_is_letter(unit->chars[at + 1]);
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
is_itself(const struct ufx_encodings *e, const struct spot *spot, uint32_t row)
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
keep_signs(const struct ufx_encodings *e, const struct spot *spot,
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
count_spot(struct ufx_encodings *e, const char *text, struct spot *spot)
{
    const struct ufx_decoding *best = e->decodings.list;
    struct ufx_decoding spelt;
    ufx_support any;
    bool known;
    uint32_t f;

    if (spot->quoted || !load_unit(e, text, spot->start, spot->end))
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
        return;
    }
    for (f = 0; f < UFX_WAY_FAMILIES; f++)
        any[f] = UINT32_MAX;
    if (!ufx_unit_spell(e->v, &e->unit, any, &spelt))
        return;
    if (spelt.near)
        spot->families = spelt.families;
    count_families(spelt.near ? e->seen.explained : e->seen.in_vain,
                   spelt.families);
}

/* How many words each family explains besides this one; none where it does not
 * explain twice as many as it could and does not: ß is no á because some words
 * with it happen to be words with á. */
static void
weigh_families(struct ufx_encodings *e, const struct spot *spot,
               ufx_support support)
{
    uint32_t f;

    for (f = 0; f < UFX_WAY_FAMILIES; f++) {
        support[f] = e->seen.explained[f] - (uint32_t)(spot->families >> f & 1);
        if (support[f] < 2 * e->seen.in_vain[f])
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

/* ---- In their context ---- */

/* Reads pieces off `chars`, at most `most`. */
static size_t
read_pieces(const struct ufx_encodings *e, const uint32_t *chars, size_t count,
            uint32_t *pieces, size_t most)
{
    size_t i = 0, n = 0;

    while (i < count && n < most) {
        struct ufx_piece piece;

        if (ufx_char_is_blank(chars[i])) {
            i++;
            continue;
        }
        piece = ufx_piece_next(chars + i, count - i);
        pieces[n++] = ufx_language_piece(e->v->language, chars + i, piece.count,
                                         (enum ufx_piece_class)piece.kind);
        i += piece.count;
    }
    return n;
}

struct context {
    uint32_t before[2];
    uint32_t after[CONTEXT_PIECES];
    size_t after_count;
    enum beside case_before;
    enum beside case_after;
    bool idle; /* the word ends with a blank, and one follows */
};

/* The case of the word that ends or begins at `at`, seen in steps of `step`; of
 * the first that is not little. */
static enum beside
case_beside(const uint32_t *chars, size_t count, size_t at, size_t step)
{
    size_t little = 0;

    for (; little <= LITTLE_MOST; little++) {
        size_t letters = 0;
        bool capital = false;

        while (at < count && ufx_char_is_blank(chars[at]))
            at += step;
        for (; at < count && ufx_char_is_letter(chars[at]); at += step) {
            if (step != 1 || letters == 0)
                capital = ufx_char_is_upper(chars[at]);
            letters++;
        }
        if (letters == 0)
            return BESIDE_NOTHING;
        if (capital)
            return BESIDE_CAPITAL;
        if (letters > LITTLE || little == LITTLE_MOST)
            return BESIDE_SMALL;
    }
    return BESIDE_SMALL;
}

/* The two pieces before the spot. */
static void
read_before(struct ufx_encodings *e, struct context *c)
{
    uint32_t chars[CONTEXT_BYTES], pieces[CONTEXT_BYTES];
    size_t start = e->draft.length, n = 0, size, count, i;
    const char *text = e->draft.data;

    c->before[0] = UFX_WORD_NONE;
    c->before[1] = ufx_language_class(e->v->language, UFX_PIECE_BEGIN);
    while (start > 0 && e->draft.length - start < CONTEXT_BYTES - 4 &&
           (text[start - 1] != '\n' || start < 2 || text[start - 2] != '\n'))
        start--;
    /* Not in the middle of a word. */
    if (start > 0 && text[start - 1] != '\n')
        while (start < e->draft.length && !is_gap(text[start]))
            start++;
    for (i = start; i < e->draft.length; i += size)
        chars[n++] = ufx_text_decode(text + i, e->draft.length - i, &size);
    count = read_pieces(e, chars, n, pieces, CONTEXT_BYTES);
    if (count > 0) {
        c->before[0] = count > 1 ? pieces[count - 2] : c->before[1];
        c->before[1] = pieces[count - 1];
    }
    c->case_before = case_beside(chars, n, n - 1, SIZE_MAX);
}

/* The pieces after the spot, up to the next one. */
static void
read_after(struct ufx_encodings *e, const char *text, size_t from, size_t to,
           struct context *c)
{
    uint32_t chars[CONTEXT_BYTES];
    size_t n = 0, size, i;

    for (i = from; i < to && n + 1 < CONTEXT_BYTES; i += size) {
        chars[n++] = ufx_text_decode(text + i, to - i, &size);
        if (text[i] == '\n' && i + 1 < to && text[i + 1] == '\n')
            break;
    }
    /* A word that is cut says nothing. */
    while (i < to && n > 0 && !ufx_char_is_blank(chars[n - 1]))
        n--;
    c->after_count = read_pieces(e, chars, n, c->after, CONTEXT_PIECES);
    c->case_after = case_beside(chars, n, 0, 1);
}

static int32_t
cost_in_context(const struct ufx_encodings *e, const struct context *c,
                const uint32_t *chars, size_t count)
{
    const struct ufx_ngrams *ngrams = &e->v->language->ngrams;
    struct ufx_history history = {UFX_WORD_NONE, c->before[0], 0, 0};
    uint32_t pieces[UFX_UNIT_CHARS];
    size_t n = read_pieces(e, chars, count, pieces, UFX_UNIT_CHARS), i;
    uint32_t cost = 0;

    if (history.second == UFX_WORD_NONE)
        history.second = c->before[1];
    else
        ufx_ngram_cost(ngrams, &history, c->before[1], &history);
    for (i = 0; i < n; i++)
        cost += ufx_ngram_cost(ngrams, &history, pieces[i], &history);
    for (i = 0; i < c->after_count; i++)
        cost += ufx_ngram_cost(ngrams, &history, c->after[i], &history);
    return cost > INT32_MAX / 4 ? INT32_MAX / 4 : (int32_t)cost;
}

/* The share of capitals, in 1/254, that a word has within sentences. */
static uint32_t
capital_share(const struct ufx_encodings *e, const uint32_t *chars,
              size_t count)
{
    struct ufx_piece piece = ufx_piece_next(chars, count);
    const struct ufx_lexicon *lexicon = &e->v->language->lexicon;
    uint32_t word = ufx_language_piece(e->v->language, chars, piece.count,
                                       (enum ufx_piece_class)piece.kind);

    if (word >= lexicon->word_count || lexicon->words[word].capital == 255)
        return 1;
    return lexicon->words[word].capital;
}

static bool
begins_sentence(const struct ufx_encodings *e, uint32_t before)
{
    static const enum ufx_piece_class ends[] = {
        UFX_PIECE_BEGIN,       UFX_PIECE_STOP,
        UFX_PIECE_QUESTION,    UFX_PIECE_QUESTION_OPEN,
        UFX_PIECE_EXCLAMATION, UFX_PIECE_EXCLAMATION_OPEN};
    size_t i;

    for (i = 0; i < sizeof ends / sizeof *ends; i++)
        if (before == ufx_language_class(e->v->language, ends[i]))
            return true;
    return false;
}

/* What its first letter costs, large or small, where it is a decoded one: a
 * capital within a sentence, if the word goes without or those beside it do,
 * and the reverse. */
static int32_t
case_cost(const struct ufx_encodings *e, const struct context *c,
          const struct ufx_decoding *d)
{
    uint32_t share;
    int32_t odds;
    size_t i = 0;

    while (i < d->count && !ufx_char_is_letter(d->chars[i]))
        i++;
    if (i == d->count || d->chars[i] == e->unit.chars[0])
        return 0;
    if (begins_sentence(e, c->before[1])) {
        odds = ufx_log(251) - ufx_log(5);
    } else {
        share = capital_share(e, d->chars + i, d->count - i);
        odds = ufx_log(share + 1) - ufx_log(255 - share);
        if (share >= CAPITAL_LEAST && share <= 254 - CAPITAL_LEAST)
            odds += capital_odds[c->case_before][c->case_after];
    }
    if (ufx_char_is_upper(d->chars[i]))
        odds = -odds;
    return odds > 0 ? odds : 0;
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
choose(struct ufx_encodings *e, const struct context *c,
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
        int32_t cost = cost_in_context(e, c, d->chars, d->count) +
                       family_cost[level] + case_cost(e, c, d);

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
        int32_t kept = cost_in_context(e, c, e->unit.chars, e->unit.count) +
                       (strongest == UFX_WAY_SUPPORTS - 1 ? KEPT_COST : 0) +
                       (strongest > 0 && c->idle ? IDLE_COST : 0);

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
spell(struct ufx_encodings *e, const struct ufx_decoding *d,
      struct ufx_arena *strings, size_t *length)
{
    size_t i;

    ufx_buffer_clear(&e->text);
    for (i = 0; i < d->count; i++)
        ufx_buffer_append_char(&e->text, d->chars[i]);
    *length = e->text.length;
    if (e->text.failed) {
        strings->failed = true;
        return NULL;
    }
    return ufx_arena_copy(strings, e->text.data, e->text.length);
}

static void
add_rivals(struct ufx_encodings *e, const struct choice *choice,
           struct ufx_arena *strings, struct ufx_mangled *m)
{
    size_t i;

    for (i = 0; i < e->decodings.count && m->rival_count < UFX_MANGLED_RIVALS;
         i++) {
        struct ufx_mangled_rival *rival = &m->rivals[m->rival_count];

        if (&e->decodings.list[i] == choice->best)
            continue;
        rival->text = spell(e, &e->decodings.list[i], strings, &rival->length);
        rival->cost = choice->costs[i] - choice->best_cost;
        m->rival_count++;
    }
}

static bool
add_mangled(struct ufx_encodings *e, const struct spot *spot,
            const struct choice *choice, uint32_t situation,
            struct ufx_arena *strings, struct ufx_mangled_list *found)
{
    const struct ufx_decoding *best = choice->best;
    void *list = found->list;
    struct ufx_mangled *m;

    if (!ufx_memory_reserve(&e->memory, &list, &found->capacity,
                            found->count + 1, sizeof *found->list))
        return false;
    found->list = list;
    m = &found->list[found->count++];
    memset(m, 0, sizeof *m);
    m->start = spot->start;
    m->end = spot->end;
    m->text = spell(e, best, strings, &m->length);
    m->row = best->row;
    m->family = best->family;
    m->situation = situation;
    m->confidence = counted(e, best->family, situation);
    m->cost = choice->best_cost;
    m->known = best->known;
    m->torn = is_wild(e, best) && e->decodings.count > 1 &&
              choice->margin < margins[FAR_ENOUGH];
    add_rivals(e, choice, strings, m);
    return !strings->failed;
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
    const struct ufx_ways *ways = &e->v->language->ways;
    uint8_t kind = ways->ways[ways->rows[d->row].way].kind;

    return support_of(d, support) <
           (kind == UFX_WAY_SHAPE || kind == UFX_WAY_INVISIBLE
                ? 1
                : UFX_WAY_SUPPORTS - 1);
}

/* The text beside a word that tells its language. */
#define AROUND_BYTES 240

static void
add_kinds(const struct ufx_encodings *e, const uint32_t *chars, size_t count,
          struct ufx_nature *nature)
{
    size_t i = 0;

    while (i < count) {
        size_t end = i;

        while (end < count && ufx_char_is_letter(chars[end]))
            end++;
        if (end > i)
            ufx_nature_add(
                nature, 1U << UFX_TRAIT_WORD,
                ufx_kinds_find(&e->v->language->kinds, chars + i, end - i));
        i = end + 1;
    }
}

/* The text around the spot is of another script; or its words are of another
 * language, which has such a letter for itself. */
static bool
is_foreign(const struct ufx_encodings *e, const char *text, size_t length,
           const struct spot *spot, uint32_t row)
{
    struct ufx_nature nature = {{0}, {0}};
    uint32_t chars[2 * AROUND_BYTES + CHUNK_BYTES], language;
    size_t own = 0, other = 0, i;
    size_t from = spot->start > AROUND_BYTES ? spot->start - AROUND_BYTES : 0;
    size_t to =
        length - spot->end > AROUND_BYTES ? spot->end + AROUND_BYTES : length;
    size_t n = 0, size;
    bool sign = ufx_unit_is_sign(e->v, row);

    if (!sign && e->v->language->ways.rows[row].read[0] < 0x250)
        return false;
    for (; from < to && n < sizeof chars / sizeof *chars; from += size)
        chars[n++] = ufx_text_decode(text + from, to - from, &size);
    for (i = 0; i < n; i++) {
        own += chars[i] < 0x250 && ufx_char_is_letter(chars[i]);
        other += chars[i] >= 0x250 && ufx_char_is_letter(chars[i]);
    }
    if (other > own)
        return true;
    if (!sign)
        return false;
    add_kinds(e, chars, n, &nature);
    language = ufx_nature_language(&nature);
    return language != UFX_KIND_OWN && language != UFX_KINDS;
}

/* Programs spell letters so where the row is met. */
static bool
is_for_programs(const struct ufx_encodings *e, const struct spot *spot,
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
hold_spelling(struct ufx_encodings *e, const char *text,
              const struct spot *spot, struct ufx_arena *strings,
              struct ufx_mangled_list *found, bool *held)
{
    static const ufx_support none;
    struct choice choice = {NULL, {0}, 0, INT32_MAX};
    struct ufx_decoding spelt;
    uint64_t syntax = e->seen.syntax;
    bool loaded;

    *held = false;
    if (syntax == 0 && !spot->syntax && !spot->path)
        return true;
    e->seen.syntax = 0;
    loaded = load_unit(e, text, spot->start, spot->end);
    e->seen.syntax = syntax;
    if (!loaded || !ufx_unit_spell(e->v, &e->unit, none, &spelt) ||
        !is_for_programs(e, spot, spelt.row))
        return true;
    *held = true;
    choice.best = &spelt;
    e->decodings.count = 0;
    if (!add_mangled(e, spot, &choice, situation_of(&spelt, none, INT32_MAX),
                     strings, found))
        return false;
    found->list[found->count - 1].syntax = true;
    return true;
}

/* Reads one spot and adds what it was meant to be, if anything. */
static bool
settle_spot(struct ufx_encodings *e, const char *text, size_t length,
            const struct spot *spot, size_t after, struct ufx_arena *strings,
            struct ufx_mangled_list *found)
{
    struct ufx_decoding spelt;
    struct choice choice = {NULL, {0}, 0, INT32_MAX};
    struct context c;
    ufx_support support;
    bool held;

    if (!hold_spelling(e, text, spot, strings, found, &held))
        return false;
    if (held || !load_unit(e, text, spot->start, spot->end))
        return true;
    keep_signs(e, spot, &e->unit);
    weigh_families(e, spot, support);
    ufx_unit_decode(e->v, &e->unit, &e->decodings);
    if (e->decodings.count > 0) {
        read_before(e, &c);
        read_after(e, text, spot->end, after, &c);
        c.idle = spot->end < after && is_gap(text[spot->end]) &&
                 ufx_char_is_blank(e->unit.chars[e->unit.count - 1]);
        choose(e, &c, support, &choice);
    } else if (spell_out(e, support, &spelt) && !may_stay(e, &spelt)) {
        choice.best = &spelt;
    }
    if (choice.best == NULL ||
        (is_wild(e, choice.best) && ends_with_mark(&e->unit) &&
         support_of(choice.best, support) == 0))
        return true;
    if (is_foreign(e, text, length, spot, choice.best->row))
        return true;
    if (!add_mangled(e, spot, &choice,
                     situation_of(choice.best, support, choice.margin), strings,
                     found))
        return false;
    found->list[found->count - 1].quoted =
        spot->quoted && is_talked_about(e, choice.best, support);
    return true;
}

unfix_status
ufx_encodings_find(struct ufx_encodings *e, const char *text, size_t length,
                   struct ufx_arena *strings, struct ufx_mangled_list *found)
{
    size_t i, at = 0, before;

    found->count = 0;
    if (!find_spots(e, text, length))
        return UNFIX_ERROR_MEMORY;
    if (e->spot_count == 0)
        return UNFIX_OK;
    if (!find_syntax(e, text, length))
        return UNFIX_ERROR_MEMORY;
    for (i = 0; i < e->spot_count; i++)
        count_spot(e, text, &e->spots[i]);
    ufx_buffer_clear(&e->draft);
    for (i = 0; i < e->spot_count; i++) {
        const struct spot *spot = &e->spots[i];

        ufx_buffer_append(&e->draft, text + at, spot->start - at);
        before = found->count;
        if (e->draft.failed ||
            !settle_spot(e, text, length, spot,
                         i + 1 < e->spot_count ? spot[1].start : length,
                         strings, found))
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
