/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/evidence.h"

#include "normalize/segment.h"
#include "normalize/tuned.h"
#include "text/chars.h"
#include "verify/outline.h"
#include "verify/tuned.h"

#include <string.h>

/* Classes of changes that are calibrated together. */
#define CLASS_GROUPS 5

static int32_t
clip(int64_t value, int32_t least, int32_t most)
{
    if (value < least)
        return least;
    return value > most ? most : (int32_t)value;
}

/* ---- Class ---- */

/* True if both read the same once accents (and tildes), or cases, are taken
 * off. */
static bool
are_same(const struct ufx_reading *r, const uint32_t *source, size_t count,
         uint32_t (*folded)(uint32_t cp))
{
    size_t i;

    if (r->count != count)
        return false;
    for (i = 0; i < count; i++)
        if (folded(source[i]) != folded(r->chars[i]))
            return false;
    return true;
}

/* Letters of their own. */
static size_t
count_own(const struct ufx_alphabet *alphabet, const uint32_t *chars,
          size_t count)
{
    size_t i, n = 0;

    for (i = 0; i < count; i++)
        n += ufx_alphabet_is(alphabet, chars[i], UFX_LETTER_OWN);
    return n;
}

static unfix_class
reading_class(const struct ufx_alphabet *alphabet,
              const struct ufx_change *change, const uint32_t *source,
              size_t count)
{
    const struct ufx_reading *r = change->edge->reading;
    size_t n, o;

    if (r->flags & UFX_READING_SPLIT)
        return UNFIX_CLASS_SPLIT;
    if (are_same(r, source, count, ufx_char_unaccented)) {
        n = count_own(alphabet, source, count);
        o = count_own(alphabet, r->chars, r->count);
        return n == o ? UNFIX_CLASS_ACCENT : UNFIX_CLASS_TILDE;
    }
    if (are_same(r, source, count, ufx_char_lower))
        return UNFIX_CLASS_CASE;
    if (count_own(alphabet, r->chars, r->count) >
        count_own(alphabet, source, count))
        return UNFIX_CLASS_TILDE;
    return count == r->count                           ? UNFIX_CLASS_LETTER
           : count < r->count || count == r->count + 1 ? UNFIX_CLASS_LOST
                                                       : UNFIX_CLASS_LETTER;
}

/* A word that stays broken is judged as if it were whole. */
static unfix_class
broken_class(const struct ufx_lattice *l, const struct ufx_change *change)
{
    uint32_t chars[UFX_TOKEN_CHARS], i;
    size_t count = 0;

    for (i = change->from; i < change->to; i++) {
        const struct ufx_segment *s = &l->segments[i];

        if (s->spelling == NULL || count + s->count > UFX_TOKEN_CHARS)
            continue;
        memcpy(chars + count, ufx_lattice_chars(l, i),
               s->count * sizeof *chars);
        count += s->count;
    }
    return (change->edge->reading->flags & UFX_READING_SAME) ||
                   change->edge->reading->rule_count == 0
               ? UNFIX_CLASS_HYPHEN
               : reading_class(&l->language->alphabet, change, chars, count);
}

static unfix_class
change_class(const struct ufx_lattice *l, const struct ufx_change *change)
{
    uint32_t i, last = change->to - 1;

    if (change->edge->kind == UFX_EDGE_BROKEN)
        return broken_class(l, change);
    if (change->edge->kind == UFX_EDGE_MARK)
        return UNFIX_CLASS_PUNCTUATION;
    if (change->edge->kind == UFX_EDGE_CLOSE ||
        (change->edge->kind == UFX_EDGE_BLANK && change->edge->mark == 0))
        return UNFIX_CLASS_SPACING;
    if (change->edge->kind == UFX_EDGE_BLANK)
        return UNFIX_CLASS_PUNCTUATION;
    if (change->edge->reading->flags & UFX_READING_FORM)
        return (unfix_class)(change->edge->reading->form - 1);
    for (i = change->from + 1; i <= last; i++)
        if (l->segments[i].gap != UFX_GAP_NONE)
            return UNFIX_CLASS_JOIN;
    return reading_class(&l->language->alphabet, change,
                         ufx_lattice_chars(l, change->from),
                         l->segments[last].first + l->segments[last].count -
                             l->segments[change->from].first);
}

/* ---- Features ---- */

static int32_t
shape_of(const uint32_t *chars, size_t count)
{
    size_t i, upper = 0, lower = 0;

    for (i = 0; i < count; i++) {
        upper += ufx_char_is_upper(chars[i]);
        lower += ufx_char_is_lower(chars[i]);
    }
    if (upper == 0)
        return 0;
    if (upper == 1 && ufx_char_is_upper(chars[0]))
        return 1;
    return lower == 0 ? 2 : 3;
}

/* 0 nothing, 1 a small letter, 2 a capital, 3 a digit, 4 a mark; 10 more after
 * a line's end. */
static int32_t
next_kind(const struct ufx_lattice *l, uint32_t segment)
{
    uint32_t cp;
    int32_t line;

    if (segment >= l->segment_count)
        return 0;
    line = l->segments[segment].gap == UFX_GAP_NEWLINE ? 10 : 0;
    cp = *ufx_lattice_chars(l, segment);
    if (ufx_char_is_lower(cp))
        return line + 1;
    if (ufx_char_is_upper(cp))
        return line + 2;
    return line + (ufx_char_is_digit(cp) ? 3 : 4);
}

static bool
follows_end(const struct ufx_lattice *l, uint32_t segment)
{
    return segment == 0 ||
           ufx_piece_is(l->segments[segment - 1].kind,
                        UFX_PIECES_ENDS | UFX_PIECE_BIT(QUOTE) |
                            UFX_PIECE_BIT(COLON) | UFX_PIECE_BIT(DASH));
}

/* Counts one of the words around, the `seen`-th on its side. */
static void
look_at(int32_t *f, const struct ufx_lattice *l, uint32_t at, uint32_t seen)
{
    const struct ufx_segment *s = &l->segments[at];

    f[UFX_FEATURE_NEIGHBOURS] += !(s->flags & UFX_SEGMENT_KNOWN);
    f[UFX_FEATURE_FOREIGN] += (s->words & UFX_WORD_FOREIGN) != 0;
    f[UFX_FEATURE_CAPITALS_AROUND] +=
        seen < UFX_BESIDE && s->count > 1 &&
        shape_of(ufx_lattice_chars(l, at), s->count) == 2;
}

static void
look_around(int32_t *f, const struct ufx_lattice *l,
            const struct ufx_change *change)
{
    uint32_t i = change->from, seen = 0;
    uint32_t first = i < UFX_NEIGHBOURS_REACH ? 0 : i - UFX_NEIGHBOURS_REACH;
    uint32_t end = l->segment_count - change->to < UFX_NEIGHBOURS_REACH
                       ? l->segment_count
                       : change->to + UFX_NEIGHBOURS_REACH;

    for (; i > first && seen < UFX_NEIGHBOURS; i--)
        if (ufx_is_spelled(&l->segments[i - 1]))
            look_at(f, l, i - 1, seen++);
    for (i = change->to, seen = 0; i < end && seen < UFX_NEIGHBOURS; i++)
        if (ufx_is_spelled(&l->segments[i]))
            look_at(f, l, i, seen++);
}

/* What the edge makes of the source. */
static void
describe_edge(int32_t *f, const struct ufx_change *change,
              const uint32_t *chars, size_t count)
{
    f[UFX_FEATURE_MARK_MEANT] = -1;
    if (change->edge->reading == NULL) {
        bool another =
            change->edge->kind == UFX_EDGE_MARK || change->edge->mark != 0;

        f[UFX_FEATURE_MARK_READ] = clip(chars[0], 0, 0xFFFF);
        if (another)
            f[UFX_FEATURE_MARK_MEANT] = clip(change->edge->mark, 0, 0xFFFF);
    }
    if (change->edge->reading != NULL) {
        const struct ufx_reading *r = change->edge->reading;

        f[UFX_FEATURE_GROWTH] = (int32_t)r->count - (int32_t)count +
                                (change->edge->kind == UFX_EDGE_BROKEN);
        f[UFX_FEATURE_TARGET_SHAPE] = shape_of(r->chars, r->count);
        f[UFX_FEATURE_FIRST_LETTER] = r->count > 0 && r->chars[0] != chars[0];
        f[UFX_FEATURE_LAST_LETTER] =
            r->count > 0 && r->chars[r->count - 1] != chars[count - 1];
    }
}

static void
describe_source(struct ufx_evidence *e, const struct ufx_lattice *l,
                const struct ufx_change *change, const struct ufx_vocabulary *v,
                const struct ufx_profile *profile)
{
    int32_t *f = e->features;
    uint32_t i, words = 0, known = 0, first = change->from;
    const struct ufx_segment *last = &l->segments[change->to - 1];
    const uint32_t *chars = ufx_lattice_chars(l, first);
    size_t count = last->first + last->count - l->segments[first].first, k;

    for (i = first; i < change->to; i++) {
        const struct ufx_segment *s = &l->segments[i];

        f[UFX_FEATURE_GAPS] += i > first && s->gap != UFX_GAP_NONE;
        if (!ufx_is_spelled(s))
            continue;
        words++;
        f[UFX_FEATURE_SPACED] += s->count == 1;
        if (!(s->flags & UFX_SEGMENT_KNOWN))
            continue;
        known++;
        if (s->word < v->language->lexicon.word_count) {
            int32_t cost =
                v->language->lexicon.words[s->word].cost * UFX_COST_STEP;

            if (cost > f[UFX_FEATURE_SOURCE_COST])
                f[UFX_FEATURE_SOURCE_COST] = cost;
        }
    }
    f[UFX_FEATURE_KNOWN] = known == 0 ? 0 : known < words ? 1 : 2;
    e->known_before = known == words;
    f[UFX_FEATURE_LENGTH] = clip((int64_t)count, 0, 64);
    f[UFX_FEATURE_SHAPE] = shape_of(chars, count);
    f[UFX_FEATURE_SENTENCE] = follows_end(l, first);
    for (k = 0; k < count; k++)
        if (ufx_char_is_digit(chars[k]))
            f[UFX_FEATURE_DIGIT] = 1;
    e->seen_before = ufx_profile_seen(profile, chars, count);
    f[UFX_FEATURE_SEEN_BEFORE] = clip(e->seen_before, 0, 50);
    f[UFX_FEATURE_NEXT] = next_kind(l, change->to);
    f[UFX_FEATURE_PREVIOUS] =
        first == 0 ? -1 : (int32_t)l->segments[first - 1].kind;
    look_around(f, l, change);
    describe_edge(f, change, chars, count);
}

static void
describe_target(struct ufx_evidence *e, const struct ufx_change *change,
                const struct ufx_vocabulary *v,
                const struct ufx_profile *profile)
{
    const struct ufx_reading *r = change->edge->reading;
    int32_t *f = e->features;
    uint32_t seen = UINT32_MAX;
    uint8_t i;

    e->known_after = true;
    if (r == NULL)
        return;
    for (i = 0; i < r->word_count; i++) {
        const struct ufx_word *word = ufx_reading_word(v->language, r, i);
        int32_t cost;

        if (word == NULL)
            continue;
        cost = word->cost * UFX_COST_STEP;
        if (cost > f[UFX_FEATURE_TARGET_COST])
            f[UFX_FEATURE_TARGET_COST] = cost;
        if (!(word->flags & UFX_WORD_KNOWN)) {
            f[UFX_FEATURE_TARGET_CORPUS] = 1;
            e->known_after = false;
        }
        if (word->flags & UFX_WORD_CAPITAL)
            f[UFX_FEATURE_TARGET_NAME] = 1;
    }
    for (i = 0; i < r->rule_count; i++) {
        uint32_t n = r->rules[i] < UFX_RULE_TABLES
                         ? ufx_profile_rule(profile, r->rules[i])
                         : 0;

        if (n < seen)
            seen = n;
    }
    f[UFX_FEATURE_RULE_SEEN] = r->rule_count == 0 ? 0 : clip(seen, 0, 100);
    f[UFX_FEATURE_RULE_COUNT] = r->rule_count;
    f[UFX_FEATURE_GENERIC] = (r->flags & UFX_READING_GENERIC) != 0;
    f[UFX_FEATURE_WORDS] = r->word_count;
    f[UFX_FEATURE_CHANNEL_PRIOR] = r->channel;
    f[UFX_FEATURE_HABIT] = change->best_channel - r->channel;
    e->seen_after = ufx_profile_seen(profile, r->chars, r->count);
    f[UFX_FEATURE_SEEN_AFTER] = clip(e->seen_after, 0, 50);
}

/* Its rarest rule, as far as the document has shown rules. */
static void
describe_rule(struct ufx_evidence *e, const struct ufx_change *change,
              const struct ufx_vocabulary *v, const struct ufx_profile *profile)
{
    const struct ufx_reading *r = change->edge->reading;
    uint64_t all = ufx_profile_totals(profile)->habits;
    int32_t *f = e->features;
    uint32_t least = UINT32_MAX;
    uint8_t i;

    if (r == NULL)
        return;
    for (i = 0; i < r->rule_count; i++) {
        uint32_t n;

        if (r->rules[i] >= UFX_RULE_TABLES)
            continue;
        n = ufx_profile_rule_words(profile, r->rules[i]);
        if (n >= least)
            continue;
        least = n;
        f[UFX_FEATURE_RULE_WORDS] = clip(n, 0, 1000);
        f[UFX_FEATURE_RULE_RATE] =
            (int32_t)ufx_profile_rule_rate(profile, v, r->rules[i]);
        f[UFX_FEATURE_RULE_SHARE] = (int32_t)(n * 1000 / (all + 1));
    }
    if (r->rule_count == 1 && r->rules[0] < UFX_RULE_TABLES) {
        const struct ufx_rule *rule = ufx_vocabulary_rule(v, r->rules[0]);

        f[UFX_FEATURE_LETTER_READ] =
            rule->read_length > 0 ? clip(rule->read[0], 0, 0xFFFF) : 0;
        f[UFX_FEATURE_LETTER_MEANT] =
            rule->meant_length > 0 ? (int32_t)ufx_char_of_code(rule->meant[0])
                                   : 0;
    }
}

/* 1 a known word, 2 another one, 0 none. */
static int32_t
known_word(const struct ufx_segment *s)
{
    return !ufx_is_spelled(s) ? 0 : (s->flags & UFX_SEGMENT_KNOWN) != 0 ? 1 : 2;
}

/* What touches the change without a blank on one side. */
static int32_t
describe_touching(int32_t *f, const struct ufx_lattice *l, uint32_t at,
                  int32_t weight)
{
    const struct ufx_segment *s = &l->segments[at];

    f[UFX_FEATURE_TOUCH_KNOWN] += weight * known_word(s);
    if (s->kind == UFX_PIECE_OTHER)
        f[UFX_FEATURE_TOUCH_SIGN] = clip(*ufx_lattice_chars(l, at), 0, 0xFFFF);
    return s->kind;
}

static int32_t
spelled_length(const struct ufx_segment *s)
{
    return ufx_is_spelled(s) ? (int32_t)s->count : 0;
}

/* How much of its token lies beyond the change, and what touches it. */
static void
describe_token(struct ufx_evidence *e, const struct ufx_lattice *l,
               const struct ufx_change *change)
{
    const struct ufx_segment *s = l->segments;
    int32_t *f = e->features;
    uint32_t i = change->from;

    if (i > 0 && s[i].gap == UFX_GAP_NONE)
        f[UFX_FEATURE_TOUCH_BEFORE] = describe_touching(f, l, i - 1, 1);
    for (; i > 0 && s[i].gap == UFX_GAP_NONE; i--)
        f[UFX_FEATURE_REST] += spelled_length(&s[i - 1]);
    i = change->to;
    if (i < l->segment_count && s[i].gap == UFX_GAP_NONE)
        f[UFX_FEATURE_TOUCH_AFTER] = describe_touching(f, l, i, 4);
    for (; i < l->segment_count && s[i].gap == UFX_GAP_NONE; i++)
        f[UFX_FEATURE_REST] += spelled_length(&s[i]);
    for (i = change->from; i < change->to; i++) {
        const uint32_t *chars = ufx_lattice_chars(l, i);
        uint32_t k;

        if (!ufx_is_spelled(&s[i]))
            f[UFX_FEATURE_SIGNS] += (int32_t)s[i].count;
        else
            for (k = 0; k < s[i].count; k++)
                f[UFX_FEATURE_SIGNS] += !ufx_char_is_letter(chars[k]);
        if (ufx_nature_traits(l, i) & UINT32_C(1) << UFX_TRAIT_CASED)
            f[UFX_FEATURE_ODD_CASE] = 1;
    }
}

/* ---- The letters ---- */

/* Letters that both have in the same order. */
static uint32_t
common_letters(const uint32_t *a, size_t a_count, const uint32_t *b,
               size_t b_count)
{
    uint8_t row[UFX_TOKEN_CHARS + 1] = {0};
    size_t i, k;

    if (a_count > UFX_TOKEN_CHARS || b_count > UFX_TOKEN_CHARS)
        return 0;
    for (i = 0; i < a_count; i++) {
        uint8_t corner = 0;

        for (k = 0; k < b_count; k++) {
            uint8_t above = row[k + 1];

            if (ufx_char_lower(a[i]) == ufx_char_lower(b[k]))
                row[k + 1] = (uint8_t)(corner + 1);
            else if (row[k] > above)
                row[k + 1] = row[k];
            corner = above;
        }
    }
    return row[b_count];
}

static void
describe_letters(struct ufx_evidence *e, const struct ufx_lattice *l,
                 const struct ufx_change *change)
{
    const struct ufx_reading *r = change->edge->reading;
    const struct ufx_segment *last = &l->segments[change->to - 1];
    uint32_t first = l->segments[change->from].first, i, same;
    size_t count = last->first + last->count - first, letters;
    int32_t *f = e->features;

    for (i = 0; i < change->rival_count; i++) {
        const struct ufx_edge *other = change->rivals[i].edge;

        if (other == NULL)
            continue;
        f[UFX_FEATURE_RIVALS] +=
            change->rivals[i].cost - change->best_cost < UFX_NEARLY;
        f[UFX_FEATURE_NEARER] += other->channel < change->best_channel;
        f[UFX_FEATURE_NEAR_READINGS] +=
            other->channel < change->best_channel + UFX_NEARLY_READ;
    }
    f[UFX_FEATURE_MARGIN_PATH] =
        clip(change->path_cost, -UFX_COST_MOST, UFX_COST_MOST);
    if (r == NULL)
        return;
    same =
        common_letters(l->paragraph->chars + first, count, r->chars, r->count);
    f[UFX_FEATURE_DEEP] = (r->flags & UFX_READING_DEEP) != 0;
    letters = count + r->count;
    f[UFX_FEATURE_ALIKE] = letters == 0 ? 0 : (int32_t)(2000 * same / letters);
    f[UFX_FEATURE_ALTERED] =
        clip((int64_t)(count > r->count ? count : r->count) - same, 0, 64);
}

static void
describe_shape(int32_t *f, const struct ufx_lattice *l,
               const struct ufx_change *change, const struct ufx_vocabulary *v)
{
    const struct ufx_segment *s = l->segments;
    const struct ufx_reading *r = change->edge->reading;
    uint32_t from = change->from, to = change->to;
    struct ufx_outline token, source, target;

    while (from > 0 && s[from].gap == UFX_GAP_NONE)
        from--;
    while (to < l->segment_count && s[to].gap == UFX_GAP_NONE)
        to++;
    ufx_outline_describe(&token, v->language, ufx_lattice_chars(l, from),
                         s[to - 1].first + s[to - 1].count - s[from].first);
    f[UFX_FEATURE_IMPOSSIBLE] = token.impossible;
    f[UFX_FEATURE_LETTERS] = token.letters;
    f[UFX_FEATURE_STUMP] = token.stump;
    f[UFX_FEATURE_LINE] =
        (from == 0 || s[from].gap == UFX_GAP_NEWLINE) |
        (to == l->segment_count || s[to].gap == UFX_GAP_NEWLINE) << 1;
    if (r == NULL)
        return;
    to = change->to - 1;
    ufx_outline_describe(&source, v->language,
                         ufx_lattice_chars(l, change->from),
                         s[to].first + s[to].count - s[change->from].first);
    ufx_outline_describe(&target, v->language, r->chars, r->count);
    f[UFX_FEATURE_SOURCE_ODDEST] = source.oddest;
    f[UFX_FEATURE_TARGET_ODDEST] = target.oddest;
    f[UFX_FEATURE_LETTERS_GAIN] =
        clip((int64_t)source.cost - target.cost, -UFX_COST_MOST, UFX_COST_MOST);
}

/* ---- The neighbours ---- */

static void
describe_neighbour(const struct ufx_lattice *l, uint32_t at,
                   const struct ufx_vocabulary *v, int32_t *cost,
                   int32_t *length)
{
    const struct ufx_segment *s = &l->segments[at];

    *cost = -1;
    if (at >= l->segment_count)
        return;
    *length = clip(s->count, 0, 64);
    if (ufx_is_spelled(s) && s->word < v->language->lexicon.word_count)
        *cost = v->language->lexicon.words[s->word].cost * UFX_COST_STEP;
}

static void
count_person(int32_t *f, const struct ufx_lattice *l, uint32_t at)
{
    uint32_t kinds = ufx_nature_kinds(l, at);

    f[UFX_FEATURE_SENTENCE_FIRST] += (kinds >> UFX_KIND_FIRST & 1) != 0;
    f[UFX_FEATURE_SENTENCE_SECOND] += (kinds >> UFX_KIND_SECOND & 1) != 0;
}

static void
describe_neighbours(int32_t *f, const struct ufx_lattice *l,
                    const struct ufx_change *change,
                    const struct ufx_vocabulary *v)
{
    const struct ufx_segment *s = l->segments;
    uint32_t i, n;

    f[UFX_FEATURE_BEFORE_COST] = -1;
    if (change->from > 0)
        describe_neighbour(l, change->from - 1, v, &f[UFX_FEATURE_BEFORE_COST],
                           &f[UFX_FEATURE_BEFORE_LENGTH]);
    describe_neighbour(l, change->to, v, &f[UFX_FEATURE_AFTER_COST],
                       &f[UFX_FEATURE_AFTER_LENGTH]);
    for (i = change->from, n = 0; i > 0 && n < UFX_SENTENCE_REACH; i--, n++) {
        if (ufx_piece_is(s[i - 1].kind, UFX_PIECES_ENDS))
            break;
        count_person(f, l, i - 1);
    }
    for (i = change->to, n = 0; i < l->segment_count && n < UFX_SENTENCE_REACH;
         i++, n++) {
        if (ufx_piece_is(s[i].kind, UFX_PIECES_ENDS))
            break;
        count_person(f, l, i);
    }
    for (i = change->from; i > 0 && s[i - 1].kind == s[change->from].kind; i--)
        f[UFX_FEATURE_DOTS] += !ufx_is_spelled(&s[i]);
    for (i = change->to;
         i < l->segment_count && s[i].kind == s[change->to - 1].kind; i++)
        f[UFX_FEATURE_DOTS] += !ufx_is_spelled(&s[i]);
}

/* The number of a word, or of the class of what stands there. */
static uint32_t
piece_of(const struct ufx_lattice *l, uint32_t at,
         const struct ufx_vocabulary *v)
{
    const struct ufx_segment *s = &l->segments[at];

    if (ufx_is_spelled(s) && s->word < v->language->lexicon.word_count)
        return s->word;
    return ufx_language_class(v->language, (enum ufx_piece_class)s->kind);
}

/* What was met of the word, or of what it becomes, beside what stands before
 * and after it. */
static void
describe_pairs(int32_t *f, const struct ufx_lattice *l,
               const struct ufx_change *change, const struct ufx_vocabulary *v)
{
    const struct ufx_ngrams *ngrams = &v->language->ngrams;
    const struct ufx_reading *r = change->edge->reading;
    bool one = change->to == change->from + 1;
    uint32_t source = piece_of(l, change->from, v), beside;

    f[UFX_FEATURE_BEFORE_SOURCE] = f[UFX_FEATURE_BEFORE_TARGET] = -1;
    f[UFX_FEATURE_SOURCE_AFTER] = f[UFX_FEATURE_TARGET_AFTER] = -1;
    if (r == NULL || r->word_count == 0)
        return;
    if (change->from > 0) {
        beside = piece_of(l, change->from - 1, v);
        if (one)
            f[UFX_FEATURE_BEFORE_SOURCE] =
                ufx_ngram_pair(ngrams, beside, source);
        f[UFX_FEATURE_BEFORE_TARGET] =
            ufx_ngram_pair(ngrams, beside, r->words[0]);
    }
    if (change->to < l->segment_count) {
        beside = piece_of(l, change->to, v);
        if (one)
            f[UFX_FEATURE_SOURCE_AFTER] =
                ufx_ngram_pair(ngrams, source, beside);
        f[UFX_FEATURE_TARGET_AFTER] =
            ufx_ngram_pair(ngrams, r->words[r->word_count - 1], beside);
    }
}

/* The first and the last of several words. */
static void
describe_ends(int32_t *f, const struct ufx_change *change,
              const struct ufx_vocabulary *v)
{
    const struct ufx_reading *r = change->edge->reading;
    const struct ufx_word *word;
    int32_t head = 0, tail = 0;

    if (r == NULL || r->word_count < 2)
        return;
    while ((uint32_t)head < r->count && r->chars[head] != ' ')
        head++;
    while ((uint32_t)tail < r->count &&
           r->chars[r->count - 1 - (uint32_t)tail] != ' ')
        tail++;
    f[UFX_FEATURE_HEAD_LENGTH] = clip(head, 0, 64);
    f[UFX_FEATURE_TAIL_LENGTH] = clip(tail, 0, 64);
    word = ufx_reading_word(v->language, r, 0);
    f[UFX_FEATURE_HEAD_COST] = word == NULL ? -1 : word->cost * UFX_COST_STEP;
    word = ufx_reading_word(v->language, r, (uint8_t)(r->word_count - 1));
    f[UFX_FEATURE_TAIL_COST] = word == NULL ? -1 : word->cost * UFX_COST_STEP;
}

/* How a mark stands: which blanks are beside it. */
static uint32_t
stand_of(const struct ufx_lattice *l, uint32_t at)
{
    const struct ufx_segment *s = &l->segments[at];

    return (uint32_t)(s->gap != UFX_GAP_NONE) |
           (uint32_t)(at + 1 == l->segment_count || s[1].gap != UFX_GAP_NONE)
               << 1;
}

/* The mark's like around it: in lists of values none has a blank, and a dash
 * that stands free has a partner. */
static void
describe_twins(int32_t *f, const struct ufx_lattice *l,
               const struct ufx_change *change)
{
    uint32_t at = change->from,
             i = at < UFX_SENTENCE_REACH ? 0 : at - UFX_SENTENCE_REACH, end;

    if (change->edge->reading != NULL || change->to == at)
        return;
    end = l->segment_count - at < UFX_SENTENCE_REACH ? l->segment_count
                                                     : at + UFX_SENTENCE_REACH;
    for (; i < end; i++) {
        if (i == at || l->segments[i].count != 1 ||
            *ufx_lattice_chars(l, i) != *ufx_lattice_chars(l, at))
            continue;
        if (stand_of(l, i) == stand_of(l, at))
            f[UFX_FEATURE_TWINS]++;
        else
            f[UFX_FEATURE_UNLIKE]++;
    }
}

/* What a dictionary and text say of the word as it stands and of what it
 * becomes. */
static void
describe_words(int32_t *f, const struct ufx_lattice *l,
               const struct ufx_change *change, const struct ufx_vocabulary *v)
{
    const struct ufx_segment *s = &l->segments[change->from];
    const struct ufx_reading *r = change->edge->reading;
    const struct ufx_word *word;

    f[UFX_FEATURE_SOURCE_CAPITAL] = f[UFX_FEATURE_TARGET_CAPITAL] = -1;
    f[UFX_FEATURE_SOURCE_FLAGS] = -1;
    if (change->to == change->from + 1 && ufx_is_spelled(s) &&
        s->word < v->language->lexicon.word_count) {
        f[UFX_FEATURE_SOURCE_FLAGS] = s->words;
        f[UFX_FEATURE_SOURCE_CAPITAL] =
            v->language->lexicon.words[s->word].capital;
    }
    if (r == NULL || r->word_count != 1)
        return;
    word = ufx_reading_word(v->language, r, 0);
    if (word != NULL)
        f[UFX_FEATURE_TARGET_CAPITAL] = word->capital;
}

/* ---- What the text is ---- */

static void
describe_nature(int32_t *f, const struct ufx_nature *nature)
{
    static const uint8_t traits[] = {
        UFX_TRAIT_DIGITED, UFX_TRAIT_CASED,  UFX_TRAIT_ODD,      UFX_TRAIT_SIGN,
        UFX_TRAIT_GLUED,   UFX_TRAIT_FIGURE, UFX_TRAIT_PROTECTED};
    /* A few words more: a short text says little. */
    uint64_t words = nature->traits[UFX_TRAIT_WORD] + 5, i;
    uint32_t kind;

    for (i = 0; i < UFX_KIND_LANGUAGES; i++)
        f[i] = clip((int64_t)(nature->kinds[i] * UINT64_C(1000) / words), 0,
                    10000);
    f += UFX_KIND_LANGUAGES;
    *f++ = clip(
        (int64_t)(ufx_nature_foreign(nature, &kind) * UINT64_C(1000) / words),
        0, 10000);
    for (i = 0; i < sizeof traits; i++)
        f[i] =
            clip((int64_t)(nature->traits[traits[i]] * UINT64_C(1000) / words),
                 0, 10000);
}

/* What sets the place apart: what stands around it, or a document in another
 * language that quotes nothing of ours here. */
static enum ufx_apart
find_apart(const struct ufx_nature *all, const struct ufx_nature *near)
{
    enum ufx_apart apart = ufx_nature_apart(near);
    uint32_t kind, foreign = ufx_nature_foreign(near, &kind);

    if (apart == UFX_APART_NONE && ufx_nature_apart(all) == UFX_APART_FOREIGN &&
        foreign >= near->kinds[UFX_KIND_OWN])
        apart = UFX_APART_FOREIGN;
    return apart == UFX_APART_FOREIGN && foreign < UFX_FOREIGN_WORDS
               ? UFX_APART_NONE
               : apart;
}

static void
describe_text(struct ufx_evidence *e, const struct ufx_lattice *l,
              const struct ufx_change *change,
              const struct ufx_profile *profile,
              const struct ufx_surroundings *surroundings, size_t offset)
{
    const struct ufx_profile_totals *totals = ufx_profile_totals(profile);
    int32_t *f = e->features;
    struct ufx_nature near;
    uint32_t words;

    f[UFX_FEATURE_HABITS] =
        totals->habits < 2 ? 0
                           : (int32_t)(totals->habit_pairs * 1000 /
                                       (totals->habits * (totals->habits - 1)));
    /* Misreadings as no engine makes them tell of words that we lack, but not
     * where the damage is certain: there they are this engine's. */
    if (!ufx_profile_is_damaged(profile))
        f[UFX_FEATURE_HABIT_COST] =
            (int32_t)(totals->habit_cost / (totals->habits + 1));
    f[UFX_FEATURE_EXPLAINED] =
        (int32_t)(totals->repaired * 1000 / (totals->unknown + 2));
    describe_nature(f + UFX_FEATURE_ALL_OWN, &totals->nature);
    ufx_surroundings_count(surroundings,
                           offset + l->segments[change->from].start,
                           offset + l->segments[change->to - 1].end, &near);
    describe_nature(f + UFX_FEATURE_NEAR_OWN, &near);
    e->apart = find_apart(&totals->nature, &near);
    e->strange =
        ufx_nature_is_strange(&totals->nature) && ufx_nature_is_strange(&near);
    words = near.traits[UFX_TRAIT_WORD] + 5;
    f[UFX_FEATURE_NEAR_UNKNOWN] =
        (int32_t)(near.traits[UFX_TRAIT_UNKNOWN] * 1000 / words);
    f[UFX_FEATURE_NEAR_REPAIRED] =
        (int32_t)(near.traits[UFX_TRAIT_REPAIRED] * 1000 / words);
    f[UFX_FEATURE_NEAR_DAMAGED] =
        (int32_t)(near.traits[UFX_TRAIT_DAMAGED] * 1000 / words);
    f[UFX_FEATURE_ALL_LOST] =
        (int32_t)(totals->lost * 1000 / (totals->words + 10));
    f[UFX_FEATURE_ALL_DAMAGED] =
        clip((int64_t)((totals->nature.traits[UFX_TRAIT_DAMAGED] +
                        (uint64_t)ufx_profile_expected(profile)) *
                       1000 / (totals->words + 10)),
             0, 10000);
    f[UFX_FEATURE_NEAR_ANY] =
        (int32_t)(near.traits[UFX_TRAIT_FOREIGN] * 1000 / words);
}

/* How dirty the document is.  Ten words more: a short page says little. */
static void
describe_dirt(int32_t *f, const struct ufx_profile_totals *totals)
{
    uint64_t capitals;

    f[UFX_FEATURE_DIRT] =
        (int32_t)(totals->unknown * 1000 / (totals->words + 10));
    f[UFX_FEATURE_REPAIRED] =
        (int32_t)(totals->repaired * 1000 / (totals->words + 10));
    f[UFX_FEATURE_ACCENTED] =
        (int32_t)(totals->accented * 1000 / (totals->letters + 50));
    f[UFX_FEATURE_SPECKS] =
        (int32_t)(totals->specks * 1000 / (totals->words + 10));
    f[UFX_FEATURE_STRAY] =
        (int32_t)(totals->lone * 1000 / (totals->words + 10));
    f[UFX_FEATURE_LACKING] = (int32_t)(totals->lacking * 1000 /
                                       (totals->lacking + totals->showing + 1));
    capitals = totals->accented_capitals + totals->bare_capitals;
    f[UFX_FEATURE_CAPITALS] =
        capitals == 0 ? -1
                      : (int32_t)(totals->accented_capitals * 1000 / capitals);
}

static void
describe_costs(struct ufx_evidence *e, const struct ufx_change *change)
{
    int32_t *f = e->features;
    int64_t second = INT32_MAX;
    uint32_t i;

    for (i = 0; i < change->rival_count; i++)
        if (change->rivals[i].edge != NULL) {
            second = change->rivals[i].cost;
            break;
        }
    f[UFX_FEATURE_MARGIN_KEEP] =
        clip((int64_t)change->keep_cost - change->best_cost, -UFX_COST_MOST,
             UFX_COST_MOST);
    f[UFX_FEATURE_MARGIN_SECOND] =
        clip(second - change->best_cost, -UFX_COST_MOST, UFX_COST_MOST);
    f[UFX_FEATURE_POSTERIOR] =
        clip((int64_t)change->rival_cost - change->best_cost, -UFX_COST_MOST,
             UFX_COST_MOST);
    f[UFX_FEATURE_CHANNEL] = change->best_channel;
    f[UFX_FEATURE_CHANNEL_PRIOR] = change->best_channel;
    f[UFX_FEATURE_KEEP_CHANNEL] = change->keep_channel;
    f[UFX_FEATURE_KEEP_LANGUAGE] = clip(
        (int64_t)change->keep_cost - change->keep_channel, 0, UFX_COST_MOST);
    f[UFX_FEATURE_BEST_LANGUAGE] = clip(
        (int64_t)change->best_cost - change->best_channel, 0, UFX_COST_MOST);
    f[UFX_FEATURE_LANGUAGE_GAIN] =
        clip((int64_t)change->keep_cost - change->keep_channel -
                 (change->best_cost - change->best_channel),
             -UFX_COST_MOST, UFX_COST_MOST);
}

/* Gonzalez, Ramon: in a text that is right otherwise, the accent that a name
 * lacks is its owner's. */
static bool
is_owners_way(const struct ufx_change *change, unfix_class kind,
              const struct ufx_vocabulary *v,
              const struct ufx_profile_totals *totals)
{
    const struct ufx_reading *r = change->edge->reading;
    const struct ufx_word *word;

    if (kind != UNFIX_CLASS_ACCENT || r == NULL || r->word_count != 1 ||
        r->shape != UFX_SHAPE_CAPITAL || totals->words < UFX_RIGHT_WORDS)
        return false;
    word = ufx_reading_word(v->language, r, 0);
    return word != NULL && (word->flags & UFX_WORD_CAPITAL) != 0 &&
           totals->small * UFX_RIGHT_WORDS < totals->words;
}

/* The first segment of the line that `at` is in, and of the next one. */
static uint32_t
line_start(const struct ufx_lattice *l, uint32_t at)
{
    while (at > 0 && l->segments[at].gap != UFX_GAP_NEWLINE)
        at--;
    return at;
}

static uint32_t
next_line(const struct ufx_lattice *l, uint32_t at)
{
    while (++at < l->segment_count && l->segments[at].gap != UFX_GAP_NEWLINE)
        ;
    return at;
}

/* Where the line begins that the mark at `at` leads, behind a number at most;
 * behind the mark if it leads none. */
static uint32_t
list_head(const struct ufx_lattice *l, uint32_t at)
{
    uint32_t i;

    for (i = 0; i <= 1 && i <= at; i++)
        if (at == i || l->segments[at - i].gap == UFX_GAP_NEWLINE)
            return at - i;
    return at + 1;
}

/* Two lines that begin with a number, or with nothing, and the same mark. */
static bool
begin_alike(const struct ufx_lattice *l, uint32_t line, uint32_t other,
            uint32_t at)
{
    const struct ufx_segment *s = l->segments;
    uint32_t i;

    for (i = 0; line + i < at; i++)
        if (other + i >= l->segment_count ||
            s[line + i].kind != s[other + i].kind ||
            (i > 0 && s[other + i].gap == UFX_GAP_NEWLINE))
            return false;
    return other + i < l->segment_count && s[other + i].count == 1 &&
           (i == 0 || s[other + i].gap != UFX_GAP_NEWLINE) &&
           *ufx_lattice_chars(l, other + i) == *ufx_lattice_chars(l, at);
}

/* The marks of a list, one for each line: what no line beside has may be a
 * speck, or misread. */
static bool
is_as_beside(const struct ufx_lattice *l, const struct ufx_change *change)
{
    uint32_t at = change->to - 1, line, next;

    if (change->to == change->from || l->segments[at].count != 1 ||
        ufx_is_spelled(&l->segments[at]))
        return false;
    line = list_head(l, at);
    if (line > at || change->from < line)
        return false;
    next = next_line(l, at);
    return (next < l->segment_count && begin_alike(l, line, next, at)) ||
           (line > 0 && begin_alike(l, line, line_start(l, line - 1), at));
}

/* The one form that can be meant; a blank that print has; or a broken word that
 * the dictionary or the page has as it is. */
static bool
is_proven(const struct ufx_edge *edge)
{
    if (edge->reading == NULL)
        return edge->proven;
    return ((edge->reading->flags & UFX_READING_PROVEN) != 0 ||
            (edge->kind == UFX_EDGE_BROKEN &&
             (edge->reading->flags & UFX_READING_SAME) != 0));
}

/* prodesarrollo, infraconstitucional: after a short and rare word it is rather
 * a compound. */
static bool
parts_prefix(const struct ufx_change *change, const struct ufx_vocabulary *v)
{
    const struct ufx_reading *r = change->edge->reading;
    const struct ufx_word *word;
    uint32_t length = 0;

    if (r == NULL || r->word_count != 2 || !(r->flags & UFX_READING_SPLIT))
        return false;
    while (length < r->count && r->chars[length] != ' ')
        length++;
    /* véaseDocumentos: no compound has a capital within. */
    if (length + 1 < r->count && ufx_char_is_upper(r->chars[length + 1]) &&
        ufx_char_is_lower(r->chars[length - 1]))
        return false;
    word = ufx_reading_word(v->language, r, 0);
    return length <= UFX_SHORT_CHARS && word != NULL &&
           word->cost * UFX_COST_STEP >= UFX_PREFIX_COST;
}

bool
ufx_evidence_changes_mark(const int32_t *features)
{
    int32_t read = features[UFX_FEATURE_MARK_READ];
    int32_t meant = features[UFX_FEATURE_MARK_MEANT];

    return features[UFX_FEATURE_CLASS] == UNFIX_CLASS_PUNCTUATION &&
           (meant > ' ' || (meant == 0 && (read == ':' || read == ';')));
}

static uint32_t
class_group(const int32_t *features)
{
    if (ufx_evidence_changes_mark(features))
        return 4;
    switch ((unfix_class)features[UFX_FEATURE_CLASS]) {
    case UNFIX_CLASS_ACCENT:
    case UNFIX_CLASS_TILDE:
        return 0;
    case UNFIX_CLASS_PUNCTUATION:
    case UNFIX_CLASS_SPACING:
        return 1;
    case UNFIX_CLASS_LETTER:
    case UNFIX_CLASS_CASE:
        return 2;
    default:
        return 3;
    }
}

uint32_t
ufx_evidence_group(const int32_t *features)
{
    return class_group(features) +
           (features[UFX_FEATURE_REPAIRED] < UFX_DAMAGED_RATE ? CLASS_GROUPS
                                                              : 0);
}

void
ufx_evidence_gather(struct ufx_evidence *e, const struct ufx_lattice *lattice,
                    const struct ufx_change *change,
                    const struct ufx_vocabulary *vocabulary,
                    const struct ufx_profile *profile,
                    const struct ufx_surroundings *surroundings, size_t offset)
{
    const struct ufx_profile_totals *totals = ufx_profile_totals(profile);
    int32_t *f = e->features;

    memset(e, 0, sizeof *e);
    e->kind = change_class(lattice, change);
    f[UFX_FEATURE_CLASS] = (int32_t)e->kind;
    describe_costs(e, change);
    describe_source(e, lattice, change, vocabulary, profile);
    describe_target(e, change, vocabulary, profile);
    describe_rule(e, change, vocabulary, profile);
    describe_token(e, lattice, change);
    describe_letters(e, lattice, change);
    describe_shape(f, lattice, change, vocabulary);
    describe_neighbours(f, lattice, change, vocabulary);
    describe_words(f, lattice, change, vocabulary);
    describe_pairs(f, lattice, change, vocabulary);
    describe_ends(f, change, vocabulary);
    describe_twins(f, lattice, change);
    describe_text(e, lattice, change, profile, surroundings, offset);
    describe_dirt(f, totals);
    f[UFX_FEATURE_NAME] = e->owners_way =
        is_owners_way(change, e->kind, vocabulary, totals);
    e->by_grammar = is_proven(change->edge);
    e->as_beside = is_as_beside(lattice, change);
    e->parts_prefix = parts_prefix(change, vocabulary);
    f[UFX_FEATURE_SEEN_SHARE] =
        (int32_t)((uint64_t)e->seen_before * 1000 /
                  ((uint64_t)e->seen_before + e->seen_after + 1));
    f[UFX_FEATURE_GRAMMAR] = e->by_grammar;
    f[UFX_FEATURE_PREFIX] = e->parts_prefix;
}

void
ufx_evidence_engine(struct ufx_evidence *e, const struct ufx_said_figures *said)
{
    e->features[UFX_FEATURE_ENGINE_MEAN] = said->mean;
    e->features[UFX_FEATURE_ENGINE_LOWEST] = said->lowest;
    e->features[UFX_FEATURE_ENGINE_RANK] = said->rank;
    e->features[UFX_FEATURE_ENGINE_MEDIAN] = said->median;
    e->features[UFX_FEATURE_ENGINE_AROUND] = said->around;
}
