/* SPDX-License-Identifier: MPL-2.0 */
/* One change of the best path: where it goes and what it puts there, what the
 * verifier says of it, the correction that tells of it. */
#include "repair/change.h"

#include "base/numeric.h"
#include "normalize/profile.h"
#include "normalize/segment.h"
#include "repair/composed.h"
#include "repair/mangled.h"
#include "repair/verdict.h"
#include "text/chars.h"
#include "verify/tuned.h"

#include <string.h>

/* ---- Where a change goes, and what it puts there ---- */

static enum ufx_gap
gap_after(const struct ufx_lattice *l, uint32_t segment)
{
    return segment < l->segment_count ? (enum ufx_gap)l->segments[segment].gap
                                      : UFX_GAP_START;
}

static bool
closes_line(const struct ufx_lattice *l, const struct ufx_change *change)
{
    uint32_t i;

    for (i = change->from + 1; i < change->to; i++)
        if (l->segments[i].gap == UFX_GAP_NEWLINE)
            return true;
    return false;
}

/* A mark that stood alone takes one of the blanks around it along. */
static void
take_blank_along(const struct ufx_repair *r, const struct ufx_change *change,
                 struct ufx_place *place)
{
    const struct ufx_lattice *l = &r->lattice;
    enum ufx_gap before = (enum ufx_gap)l->segments[change->from].gap;
    enum ufx_gap after = gap_after(l, change->to);

    if (before == UFX_GAP_NONE || after == UFX_GAP_NONE)
        return;
    if (after == UFX_GAP_BLANK)
        place->end = l->segments[change->to].start;
    else if (before == UFX_GAP_BLANK && change->from > 0 &&
             l->segments[change->from - 1].end >= r->taken)
        place->start = l->segments[change->from - 1].end;
}

static bool
shows_accent(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *first = &r->lattice.segments[change->from];
    const struct ufx_segment *last = &r->lattice.segments[change->to - 1];
    const uint32_t *chars = r->lattice.paragraph->chars;
    uint32_t i;

    for (i = first->first; i < last->first + last->count; i++)
        if (ufx_alphabet_is(&r->lattice.language->alphabet, chars[i],
                            UFX_LETTER_ACCENTED))
            return true;
    return false;
}

/* The letters of a reading from `first` on.  Headings in capitals go without
 * accents where the document's others do, but for one that shows them. */
static void
put_letters(const struct ufx_repair *r, const struct ufx_change *change,
            uint32_t first, uint32_t end, struct ufx_buffer *text)
{
    const struct ufx_alphabet *alphabet = &r->lattice.language->alphabet;
    const struct ufx_reading *reading = change->edge->reading;
    bool bare = reading->shape == UFX_SHAPE_UPPER && r->habits->bare_capitals &&
                !shows_accent(r, change);
    uint32_t i;

    for (i = first; i < end; i++) {
        uint32_t cp = reading->chars[i];

        if (bare && ufx_alphabet_is(alphabet, cp, UFX_LETTER_ACCENTED))
            cp = ufx_char_unaccented(cp);
        ufx_composed_put(r->worker, text, cp);
    }
}

/* The line's end within the place, and the blanks that begin the next one. */
static void
put_line_end(const struct ufx_repair *r, const struct ufx_change *change,
             struct ufx_buffer *text)
{
    const struct ufx_segment *s = &r->lattice.segments[change->from], *last;

    for (last = s + (change->to - change->from); ++s < last;)
        if (s->gap == UFX_GAP_NEWLINE) {
            ufx_buffer_append(text, r->bytes + s[-1].end, s->start - s[-1].end);
            return;
        }
}

/* A word that lies across a line's end goes to the line where it begins; where
 * no blank follows, to the line where it ends.  Where no blank is before it
 * either, it has no place on one line. */
static bool
has_line(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = &r->lattice.segments[change->from];

    return !closes_line(&r->lattice, change) ||
           gap_after(&r->lattice, change->to) == UFX_GAP_BLANK ||
           (s->gap == UFX_GAP_BLANK && s[-1].end >= r->taken);
}

static void
put_whole(struct ufx_repair *r, const struct ufx_change *change,
          struct ufx_place *place)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->worker->own.text;

    if (!closes_line(l, change)) {
        put_letters(r, change, 0, reading->count, text);
    } else if (gap_after(l, change->to) == UFX_GAP_BLANK) {
        put_letters(r, change, 0, reading->count, text);
        put_line_end(r, change, text);
        place->end = l->segments[change->to].start;
    } else {
        put_line_end(r, change, text);
        put_letters(r, change, 0, reading->count, text);
        place->start = l->segments[change->from - 1].end;
    }
}

/* The segment that begins the second half of a broken word: after the hyphen,
 * or the line's end. */
static uint32_t
second_half(const struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = r->lattice.segments;
    uint32_t i;

    for (i = change->from + 1; i < change->to; i++)
        if (s[i].gap == UFX_GAP_NEWLINE)
            return i;
    return change->to - 1;
}

/* The segment that ends the first half: before the hyphens, if there are any.
 */
static uint32_t
first_half(const struct ufx_repair *r, const struct ufx_change *change,
           uint32_t middle)
{
    uint32_t last = middle - 1;

    while (last > change->from &&
           r->lattice.segments[last].gap == UFX_GAP_NONE &&
           ufx_is_dash(&r->lattice, last))
        last--;
    return last;
}

/* How many of the reading's letters stand before the hyphen: what makes both
 * halves differ least from what was read, letter by letter from both ends. */
static uint32_t
break_of(const struct ufx_repair *r, const struct ufx_change *change,
         uint32_t last, uint32_t middle)
{
    const struct ufx_reading *reading = change->edge->reading;
    const struct ufx_segment *s = r->lattice.segments;
    const uint32_t *chars = r->lattice.paragraph->chars;
    uint32_t start = s[change->from].first, end, second, same = 0, i;
    uint32_t first = s[last].first + s[last].count - start;

    second =
        s[change->to - 1].first + s[change->to - 1].count - s[middle].first;
    end = s[middle].first + second;
    if (reading->count <= 2)
        return 1;
    for (i = 0; i < first && i < reading->count &&
                chars[start + i] == reading->chars[i];
         i++)
        same++;
    if (same == first || reading->count <= second)
        return first < reading->count ? first : reading->count - 1;
    for (i = 0; i < second &&
                chars[end - 1 - i] == reading->chars[reading->count - 1 - i];
         i++)
        ;
    return i == second ? reading->count - second
                       : (first < reading->count ? first : reading->count - 1);
}

/* coopera- ción: within a line no print breaks a word. */
static bool
is_parted_in_line(const struct ufx_lattice *l, const struct ufx_change *change)
{
    return l->segments[change->to - 1].gap == UFX_GAP_BLANK &&
           !closes_line(l, change);
}

/* Whether the lines stay as they are is the user's to say. */
static bool
stays_broken(const struct ufx_repair *r, const struct ufx_change *change)
{
    if (change->edge->kind != UFX_EDGE_BROKEN)
        return false;
    return !has_line(r, change) || (!r->worker->options.join_hyphens &&
                                    !is_parted_in_line(&r->lattice, change));
}

static void
put_halves(struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = r->lattice.segments;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->worker->own.text;
    uint32_t middle = second_half(r, change);
    uint32_t last = first_half(r, change, middle);
    uint32_t first = break_of(r, change, last, middle);

    put_letters(r, change, 0, first, text);
    ufx_buffer_append(text, r->bytes + s[last].end,
                      s[middle].start - s[last].end);
    put_letters(r, change, first, reading->count, text);
}

struct ufx_place
ufx_change_put(struct ufx_repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_edge *edge = change->edge;
    struct ufx_buffer *text = &r->worker->own.text;
    struct ufx_place place = {l->segments[change->from].start,
                              l->segments[change->to - 1].end};

    ufx_buffer_clear(text);
    switch ((enum ufx_edge_kind)edge->kind) {
    case UFX_EDGE_MARK:
        if (edge->mark != 0)
            ufx_buffer_append_char(text, edge->mark);
        else
            take_blank_along(r, change, &place);
        break;
    case UFX_EDGE_BLANK:
        if (edge->mark != 0)
            ufx_buffer_append_char(text, edge->mark);
        else
            ufx_buffer_append(text, r->bytes + place.start,
                              place.end - place.start);
        ufx_buffer_append_byte(text, ' ');
        break;
    case UFX_EDGE_BROKEN:
    case UFX_EDGE_READING:
        if (stays_broken(r, change))
            put_halves(r, change);
        else if (has_line(r, change))
            put_whole(r, change, &place);
        else
            ufx_buffer_append(text, r->bytes + place.start,
                              place.end - place.start);
        break;
    case UFX_EDGE_CLOSE:
        ufx_buffer_append(text, r->bytes + place.start,
                          place.end - place.start);
        if (gap_after(l, change->to) == UFX_GAP_NONE)
            ufx_buffer_append_byte(text, ' ');
        if (l->segments[change->from - 1].end >= r->taken)
            place.start = l->segments[change->from - 1].end;
        break;
    case UFX_EDGE_KEEP:
        break;
    }
    return place;
}

/* ---- Verdict ---- */

/* Proven, unless the verifier is quite sure of the contrary, or what stands
 * around is in another language, which has forms of its own (HI!), or for
 * programs, which have strokes of their own (Capítulo | Importe).  Words run
 * together without a figure are no form: teníanla is one word to its reader.
 * The columns of a table look like blanks too many. */
static bool
has_floor(const struct ufx_evidence *evidence, int32_t score)
{
    bool split = evidence->kind == UNFIX_CLASS_SPLIT;

    if (!evidence->by_grammar || evidence->apart == UFX_APART_FOREIGN ||
        (evidence->apart == UFX_APART_SYNTAX &&
         evidence->kind == UNFIX_CLASS_ROMAN) ||
        (split && evidence->features[UFX_FEATURE_DIGIT] == 0))
        return false;
    return score > (split || evidence->kind == UNFIX_CLASS_SPACING
                        ? UFX_SPACING_SCORE
                        : UFX_GRAMMAR_SCORE);
}

static uint32_t
confidence_of(const struct ufx_repair *r, const struct ufx_evidence *evidence,
              int32_t *score)
{
    const struct ufx_forest *forest = r->worker->forest;

    if (forest != NULL) {
        uint32_t confidence;

        *score =
            ufx_scored_score(r->worker->own.scored, forest, evidence->features);
        confidence = ufx_forest_confidence(
            forest, ufx_evidence_group(evidence->features), *score);
        if (confidence < UFX_GRAMMAR_CONFIDENCE && has_floor(evidence, *score))
            return UFX_GRAMMAR_CONFIDENCE;
        return evidence->parts_prefix && *score < UFX_SURE_SCORE &&
                       confidence > UFX_PREFIX_CONFIDENCE
                   ? UFX_PREFIX_CONFIDENCE
                   : confidence;
    }
    /* A model without a verifier: the lattice's own posterior. */
    *score = evidence->features[UFX_FEATURE_POSTERIOR];
    return *score <= 0
               ? 0
               : 1000 - (uint32_t)((uint64_t)ufx_exp_negative(*score) * 1000 >>
                                   20);
}

/* ---- The correction ---- */

static void
put_rule_side(struct ufx_buffer *out, const struct ufx_rule *rule, bool read)
{
    size_t i, n = read ? rule->read_length : rule->meant_length;

    for (i = 0; i < n; i++) {
        uint32_t cp = read ? rule->read[i] : ufx_char_of_code(rule->meant[i]);

        if (!read && (rule->upper >> i & 1) != 0)
            cp = ufx_char_upper(cp);
        if (cp == ' ')
            ufx_buffer_append(out, "a blank", 7);
        else
            ufx_buffer_append_char(out, cp);
    }
    if (n == 0)
        ufx_buffer_append(out, "nothing", 7);
}

/* "ó read as é", or the kind of repair in words; NULL: no memory. */
static const char *
put_reason(struct ufx_repair *r, const struct ufx_change *change,
           unfix_class kind)
{
    static const char *const phrases[UNFIX_CLASS_COUNT] = {
        "accent misread",        "letter's sign misread",
        "letters misread",       "letter lost",
        "words run together",    "word taken apart",
        "capitals misread",      "ordinal misread",
        "numeral misread",       "symbol misread",
        "number misread",        "blank lost",
        "speck or misread mark", "word broken at a line's end",
        "date misread",          "list mark misread",
        "letters mangled"};
    const struct ufx_reading *reading = change->edge->reading;
    const struct ufx_vocabulary *v = &r->worker->vocabulary;
    struct ufx_buffer *text = &r->worker->own.text;
    const struct ufx_rule *rule;

    if (reading == NULL || reading->rule_count != 1 ||
        reading->rules[0] >= UFX_RULE_TABLES)
        return phrases[kind];
    rule = ufx_vocabulary_rule(v, reading->rules[0]);
    ufx_buffer_clear(text);
    put_rule_side(text, rule, false);
    ufx_buffer_append(text, " read as ", 9);
    put_rule_side(text, rule, true);
    if (text->failed)
        return NULL;
    return ufx_arena_copy(r->strings, text->data, text->length);
}

/* The share of what is left to the alternatives that each of them gets.  One
 * that would take other blanks along than the correction does is left out: it
 * would not fit its place. */
static void
put_alternatives(struct ufx_repair *r, const struct ufx_change *change,
                 const struct ufx_place *place, unfix_correction *c)
{
    unfix_alternative *list;
    uint32_t i, weights[UFX_ALTERNATIVES];
    uint64_t all = 0;

    list = ufx_arena_allocate(r->strings, change->rival_count * sizeof *list);
    if (list == NULL)
        return;
    for (i = 0; i < change->rival_count; i++) {
        weights[i] =
            ufx_exp_negative(change->rivals[i].cost - change->rivals[0].cost);
        all += weights[i];
    }
    for (i = 0; i < change->rival_count; i++) {
        unfix_alternative *a = &list[c->alternative_count];
        struct ufx_change other = *change;
        struct ufx_place there = *place;

        a->text = c->original;
        a->length = c->original_length;
        if (change->rivals[i].edge != NULL) {
            other.edge = change->rivals[i].edge;
            there = ufx_change_put(r, &other);
            if (r->worker->own.text.failed)
                r->strings->failed = true;
            a->length = r->worker->own.text.length;
            a->text = ufx_arena_copy(r->strings, r->worker->own.text.data,
                                     r->worker->own.text.length);
        }
        a->confidence =
            (uint32_t)((1000 - c->confidence) * (uint64_t)weights[i] / all);
        c->alternative_count +=
            there.start == place->start && there.end == place->end;
    }
    c->alternatives = list;
}

static void
fill_correction(struct ufx_repair *r, unfix_correction *c,
                const struct ufx_change *change,
                const struct ufx_evidence *evidence,
                const struct ufx_place *place)
{
    struct ufx_arena *arena = r->strings;

    c->offset = r->offset + place->start;
    c->length = c->original_length = place->end - place->start;
    c->original =
        ufx_arena_copy(arena, r->bytes + place->start, c->original_length);
    c->replacement_length = r->worker->own.text.length;
    c->replacement = ufx_arena_copy(arena, r->worker->own.text.data,
                                    r->worker->own.text.length);
    c->kind = evidence->kind;
    if (change->edge->kind == UFX_EDGE_BROKEN && !stays_broken(r, change))
        c->kind = UNFIX_CLASS_HYPHEN;
    c->bar = ufx_verdict_bar(r->worker, evidence);
    c->channel_cost = evidence->features[UFX_FEATURE_CHANNEL];
    c->context_gain = evidence->features[UFX_FEATURE_LANGUAGE_GAIN];
    c->known_before = evidence->known_before;
    c->known_after = evidence->known_after;
    c->seen_before = evidence->seen_before;
    c->seen_after = evidence->seen_after;
    c->reason = put_reason(r, change, evidence->kind);
    put_alternatives(r, change, place, c);
}

bool
ufx_change_source(const struct ufx_repair *r, uint64_t *start, uint64_t *end)
{
    const struct ufx_worker *worker = r->worker;
    bool is_same =
        r->made == NULL || ufx_corrections_source(r->made, start, end);

    return ufx_mangled_place(worker, start, end) && is_same;
}

/* Whoever watches counts in the document as it came; of what was mangled there,
 * or is another word by now, nothing is told. */
static void
observe(const struct ufx_repair *r, const struct ufx_evidence *evidence,
        const struct ufx_place *place)
{
    const struct ufx_worker *worker = r->worker;
    uint64_t start = r->offset + place->start, end = r->offset + place->end;

    if (ufx_change_source(r, &start, &end))
        worker->observer(worker->observer_user, evidence,
                         worker->said.window + start, end - start,
                         worker->own.text.data, worker->own.text.length);
}

/* What the engine that read the text said of the place. */
static struct ufx_said_figures
engine_says(const struct ufx_repair *r, const struct ufx_place *place)
{
    const struct ufx_worker *worker = r->worker;
    uint64_t start = r->offset + place->start, end = r->offset + place->end;
    struct ufx_said_figures figures;

    if (worker->said.count > 0)
        ufx_change_source(r, &start, &end);
    ufx_said_describe(&worker->said, start, end, &figures);
    return figures;
}

/* What other documents show of such a change, in a text that an engine has
 * damaged.  Of words that are known as they stand each place tells by itself,
 * and what the text repeats is one of its words. */
static void
weigh_series(const struct ufx_repair *r, const struct ufx_evidence *evidence,
             const struct ufx_change *change, unfix_correction *c)
{
    struct ufx_worker *worker = r->worker;
    struct ufx_series_change series = {.before = c->original,
                                       .before_length = c->original_length,
                                       .after = c->replacement,
                                       .after_length = c->replacement_length,
                                       .seen_after = evidence->seen_after > 0};
    uint32_t weighed;

    if (ufx_profile_expected(r->profile) == 0 ||
        evidence->apart != UFX_APART_NONE || evidence->known_before ||
        evidence->by_grammar || evidence->parts_prefix ||
        evidence->seen_before > 1 || r->strings->failed ||
        /* Another language, though not one of those that are told apart. */
        evidence->features[UFX_FEATURE_NEAR_ANY] >
            evidence->features[UFX_FEATURE_NEAR_OWN])
        return;
    series.part = ufx_series_part(change);
    weighed = ufx_series_confidence(worker->others.facts, &worker->own.key,
                                    &series, c->confidence);
    worker->own.failed |= worker->own.key.failed;
    if (weighed > c->confidence && c->confidence < c->bar)
        c->bar = ufx_series_bar(c->bar);
    c->confidence = weighed;
}

unfix_status
ufx_change_handle(struct ufx_repair *r, const struct ufx_change *change)
{
    struct ufx_worker *worker = r->worker;
    struct ufx_said_figures said;
    struct ufx_evidence evidence;
    struct ufx_place place;
    unfix_correction *c;

    ufx_evidence_gather(&evidence, &r->lattice, change, &worker->vocabulary,
                        r->profile, &worker->surroundings, r->offset);
    place = ufx_change_put(r, change);
    said = engine_says(r, &place);
    ufx_evidence_engine(&evidence, &said);
    if (worker->own.text.failed)
        return UNFIX_ERROR_MEMORY;
    if (worker->own.text.length == place.end - place.start &&
        memcmp(worker->own.text.data, r->bytes + place.start,
               worker->own.text.length) == 0)
        return UNFIX_OK; /* all but the accents of a heading was right */
    if (worker->observer != NULL)
        observe(r, &evidence, &place);
    c = ufx_corrections_add(r->found, &worker->memory);
    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    c->confidence = confidence_of(r, &evidence, &c->score);
    fill_correction(r, c, change, &evidence, &place);
    weigh_series(r, &evidence, change, c);
    if (!r->strings->failed && c->reason != NULL)
        ufx_verdict_give(worker, &r->lattice, change, &evidence, place.start,
                         c);
    r->taken = place.end;
    return r->strings->failed || c->reason == NULL ? UNFIX_ERROR_MEMORY
                                                   : UNFIX_OK;
}
