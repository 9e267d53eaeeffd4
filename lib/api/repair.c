/* SPDX-License-Identifier: MPL-2.0 */
/* The way of a window through the stages: profile, then paragraph by paragraph
 * lattice, path, evidence, verdict, output. */
#include "api/shares.h"

#include "base/limits.h"
#include "base/numeric.h"
#include "normalize/segment.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/tuned.h"

#include <string.h>

/* So many segments beyond a change must have been looked for as well. */
#define SEARCHED_BEYOND 3

/* One pass over a window. */
struct repair {
    unfix_context *context;
    const struct ufx_mate *mate; /* whose context that is; NULL: nobody's */
    struct ufx_arena *strings;   /* of the corrections */
    const struct ufx_profile *profile;
    const struct ufx_habits *habits;
    struct ufx_corrections *found; /* offsets count from the window's start */
    struct ufx_offers offers;
    bool first;        /* over the text as it came */
    const char *bytes; /* of the paragraph */
    size_t length;
    size_t offset;       /* of the paragraph in the window */
    size_t number;       /* and how many come before it */
    size_t taken;        /* up to where corrections go, in the paragraph */
    uint64_t unsearched; /* its bytes that were left alone */
    bool quiet;          /* it needs no second look */
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
};

/* The place of a change in the paragraph's bytes and what goes there; the text
 * is in the context's buffer. */
struct place {
    size_t start;
    size_t end;
};

/* Tokens and segments of a paragraph, to be searched at that width. */
static unfix_status
read_paragraph(unfix_context *context, const char *bytes, size_t length,
               uint32_t width, struct ufx_paragraph *paragraph,
               struct ufx_lattice *lattice)
{
    unfix_status status;

    ufx_arena_reset(&context->arena);
    ufx_candidates_start(context->candidates, length, width);
    context->speller_failed = false;
    status = ufx_paragraph_read(paragraph, bytes, length, &context->arena);
    if (status == UNFIX_OK)
        status = ufx_lattice_segment(lattice, paragraph, &context->vocabulary,
                                     context->candidates, &context->arena);
    if (context->speller_failed) {
        /* What it said of a word is remembered, and is not to be. */
        ufx_candidates_forget(context->candidates);
        status = UNFIX_ERROR_MEMORY;
    }
    return status;
}

/* A paragraph that is to be counted. */
struct counted {
    struct ufx_share share;
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
    uint32_t width;
    bool was_kept; /* as it was cut when it was counted before */
};

struct counting {
    unfix_context *context;
    struct ufx_profile *profile;
    uint32_t width; /* of the search, at first */
    bool again;     /* the window was counted and is still known */
};

/* A paragraph as it was cut: nothing was looked for yet. */
static void
take_kept(unfix_context *context, const struct ufx_cut *cut, size_t length,
          uint32_t width, struct ufx_paragraph *paragraph,
          struct ufx_lattice *lattice)
{
    uint32_t i;

    ufx_arena_reset(&context->arena);
    ufx_candidates_start(context->candidates, length, width);
    *paragraph = cut->paragraph;
    *lattice = cut->lattice;
    lattice->paragraph = paragraph;
    lattice->arena = &context->arena;
    for (i = 0; i < lattice->segment_count; i++)
        lattice->segments[i].flags &= (uint8_t)~UFX_SEGMENT_SEARCHED;
}

/* Searches a paragraph that was counted before, if that was done in the same
 * thread; false if it has to be cut again. */
static bool
search_again(const struct counting *counting, unfix_context *context,
             struct counted *c, unfix_status *status)
{
    const struct ufx_cut *cut;
    uint32_t next;

    if (!counting->again)
        return false;
    cut = &counting->context->cuts.list[c->share.number];
    if (cut->mate != c->share.mate || cut->width != UFX_SEARCH_NEAR)
        return false;
    c->width = counting->width;
    take_kept(context, cut, c->share.length, c->width, &c->paragraph,
              &c->lattice);
    *status = ufx_profile_search(&c->lattice, &context->vocabulary,
                                 context->candidates);
    return *status != UNFIX_OK ||
           !ufx_candidates_may_narrow(context->candidates, &next);
}

/* Searches a paragraph, as widely as it allows. */
static unfix_status
search_paragraph(void *user, struct ufx_share *share)
{
    const struct counting *counting = user;
    struct counted *c = (struct counted *)(void *)share;
    unfix_context *context =
        share->mate == NULL ? counting->context : &share->mate->context;
    uint32_t next = counting->width;
    unfix_status status;

    c->was_kept = search_again(counting, context, c, &status);
    if (c->was_kept)
        return status;
    do {
        c->width = next;
        status = read_paragraph(context, share->bytes, share->length, c->width,
                                &c->paragraph, &c->lattice);
        if (status == UNFIX_OK)
            status = ufx_profile_search(&c->lattice, &context->vocabulary,
                                        context->candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(context->candidates, &next));
    return status != UNFIX_OK
               ? status
               : ufx_lattice_keep(&c->lattice, &c->paragraph, &context->kept);
}

static unfix_status
keep_cut(unfix_context *context, const struct counted *c, bool again)
{
    struct ufx_cuts *cuts = &context->cuts;
    void *list = cuts->list;

    if (again) {
        cuts->list[c->share.number] =
            (struct ufx_cut){c->paragraph, c->lattice, c->width, c->share.mate};
        return UNFIX_OK;
    }
    if (!ufx_memory_reserve(&context->memory, &list, &cuts->capacity,
                            cuts->count + 1, sizeof *cuts->list))
        return UNFIX_ERROR_MEMORY;
    cuts->list = list;
    cuts->list[cuts->count++] =
        (struct ufx_cut){c->paragraph, c->lattice, c->width, c->share.mate};
    return UNFIX_OK;
}

static unfix_status
count_paragraph(void *user, struct ufx_share *share)
{
    const struct counting *counting = user;
    const struct counted *c = (const struct counted *)(const void *)share;
    unfix_context *context = counting->context;
    unfix_status status =
        ufx_profile_count(counting->profile, &c->lattice, &context->vocabulary,
                          share->offset, &context->surroundings);

    return status == UNFIX_OK ? keep_cut(context, c, counting->again) : status;
}

static unfix_status
count_window_at(unfix_context *context, struct ufx_profile *profile,
                uint32_t width, bool again, const char *text, size_t length)
{
    struct counting counting = {context, profile, width, again};
    const struct ufx_shares_work work = {&counting, sizeof(struct counted),
                                         search_paragraph, count_paragraph,
                                         false};
    struct counted one = {0};

    if (!again)
        ufx_shares_forget(context);
    context->surroundings.count = 0;
    ufx_profile_searched(profile, width != UFX_SEARCH_NEAR);
    return ufx_shares_run(context, text, length, &work, &one.share);
}

/* The profile as it was before it counts a window: the trial began as what is
 * settled, and is free while another one counts.  NULL: out of memory. */
static const struct ufx_profile *
profile_before(unfix_context *context, const struct ufx_profile *profile)
{
    if (profile == context->trial)
        return context->settled;
    if (context->trial == NULL)
        context->trial =
            ufx_profile_new(&context->memory, &context->vocabulary);
    if (context->trial != NULL)
        ufx_profile_copy(context->trial, profile);
    return context->trial;
}

/* Counts the window as what is near shows it; if then something is misread,
 * again from what is searched more widely. */
static unfix_status
count_widely(unfix_context *context, struct ufx_profile *profile,
             const char *text, size_t length)
{
    const struct ufx_profile *before;
    unfix_status status;

    if (ufx_profile_is_wide(profile))
        return count_window_at(context, profile, 0, false, text, length);
    before = profile_before(context, profile);
    if (before == NULL)
        return UNFIX_ERROR_MEMORY;
    status =
        count_window_at(context, profile, UFX_SEARCH_NEAR, false, text, length);
    if (status != UNFIX_OK || !ufx_profile_is_wide(profile))
        return status;
    ufx_profile_copy(profile, before);
    return count_window_at(context, profile, 0, true, text, length);
}

static unfix_status
profile_window(unfix_context *context, struct ufx_profile *profile,
               const char *text, size_t length)
{
    unfix_status status = count_widely(context, profile, text, length);
    size_t i;

    if (!context->is_counting)
        return status;
    for (i = 0; status == UNFIX_OK && i < context->cuts.count; i++) {
        struct ufx_lattice lattice = context->cuts.list[i].lattice;

        lattice.paragraph = &context->cuts.list[i].paragraph;
        ufx_counting_words(context, &lattice);
    }
    return status;
}

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
take_blank_along(const struct repair *r, const struct ufx_change *change,
                 struct place *place)
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
shows_accent(const struct repair *r, const struct ufx_change *change)
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
put_letters(const struct repair *r, const struct ufx_change *change,
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
        ufx_composed_put(r->context, text, cp);
    }
}

/* The line's end within the place, and the blanks that begin the next one. */
static void
put_line_end(const struct repair *r, const struct ufx_change *change,
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
has_line(const struct repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = &r->lattice.segments[change->from];

    return !closes_line(&r->lattice, change) ||
           gap_after(&r->lattice, change->to) == UFX_GAP_BLANK ||
           (s->gap == UFX_GAP_BLANK && s[-1].end >= r->taken);
}

static void
put_whole(struct repair *r, const struct ufx_change *change,
          struct place *place)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->context->text;

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
second_half(const struct repair *r, const struct ufx_change *change)
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
first_half(const struct repair *r, const struct ufx_change *change,
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
break_of(const struct repair *r, const struct ufx_change *change, uint32_t last,
         uint32_t middle)
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
stays_broken(const struct repair *r, const struct ufx_change *change)
{
    if (change->edge->kind != UFX_EDGE_BROKEN)
        return false;
    return !has_line(r, change) || (!r->context->options.join_hyphens &&
                                    !is_parted_in_line(&r->lattice, change));
}

static void
put_halves(struct repair *r, const struct ufx_change *change)
{
    const struct ufx_segment *s = r->lattice.segments;
    const struct ufx_reading *reading = change->edge->reading;
    struct ufx_buffer *text = &r->context->text;
    uint32_t middle = second_half(r, change);
    uint32_t last = first_half(r, change, middle);
    uint32_t first = break_of(r, change, last, middle);

    put_letters(r, change, 0, first, text);
    ufx_buffer_append(text, r->bytes + s[last].end,
                      s[middle].start - s[last].end);
    put_letters(r, change, first, reading->count, text);
}

static struct place
put_replacement(struct repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;
    const struct ufx_edge *edge = change->edge;
    struct ufx_buffer *text = &r->context->text;
    struct place place = {l->segments[change->from].start,
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
confidence_of(const struct repair *r, const struct ufx_evidence *evidence,
              int32_t *score)
{
    const unfix_model *model = r->context->model;

    if (model->has_forest) {
        uint32_t confidence;

        *score = ufx_scored_score(r->context->scored, &model->forest,
                                  evidence->features);
        confidence = ufx_forest_confidence(
            &model->forest, ufx_evidence_group(evidence->features), *score);
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
put_reason(struct repair *r, const struct ufx_change *change, unfix_class kind)
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
    const struct ufx_vocabulary *v = &r->context->vocabulary;
    struct ufx_buffer *text = &r->context->text;
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
put_alternatives(struct repair *r, const struct ufx_change *change,
                 const struct place *place, unfix_correction *c)
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
        struct place there = *place;

        a->text = c->original;
        a->length = c->original_length;
        if (change->rivals[i].edge != NULL) {
            other.edge = change->rivals[i].edge;
            there = put_replacement(r, &other);
            if (r->context->text.failed)
                r->strings->failed = true;
            a->length = r->context->text.length;
            a->text = ufx_arena_copy(r->strings, r->context->text.data,
                                     r->context->text.length);
        }
        a->confidence =
            (uint32_t)((1000 - c->confidence) * (uint64_t)weights[i] / all);
        c->alternative_count +=
            there.start == place->start && there.end == place->end;
    }
    c->alternatives = list;
}

static void
fill_correction(struct repair *r, unfix_correction *c,
                const struct ufx_change *change,
                const struct ufx_evidence *evidence, const struct place *place)
{
    struct ufx_arena *arena = r->strings;

    c->offset = r->offset + place->start;
    c->length = c->original_length = place->end - place->start;
    c->original =
        ufx_arena_copy(arena, r->bytes + place->start, c->original_length);
    c->replacement_length = r->context->text.length;
    c->replacement =
        ufx_arena_copy(arena, r->context->text.data, r->context->text.length);
    c->kind = evidence->kind;
    if (change->edge->kind == UFX_EDGE_BROKEN && !stays_broken(r, change))
        c->kind = UNFIX_CLASS_HYPHEN;
    c->bar = ufx_verdict_bar(r->context, evidence);
    c->channel_cost = evidence->features[UFX_FEATURE_CHANNEL];
    c->context_gain = evidence->features[UFX_FEATURE_LANGUAGE_GAIN];
    c->known_before = evidence->known_before;
    c->known_after = evidence->known_after;
    c->seen_before = evidence->seen_before;
    c->seen_after = evidence->seen_after;
    c->reason = put_reason(r, change, evidence->kind);
    put_alternatives(r, change, place, c);
}

/* Turns a place in the text of this pass into one in the window as it came;
 * false, and all of what was changed there is in it, if that was another word:
 * a pass before has changed it, or it was mangled. */
static bool
source_of(const struct repair *r, uint64_t *start, uint64_t *end)
{
    const unfix_context *context = r->context;
    bool is_same = context->made == NULL ||
                   ufx_corrections_source(context->made, start, end);

    return ufx_mangled_place(context, start, end) && is_same;
}

/* Whoever watches counts in the document as it came; of what was mangled there,
 * or is another word by now, nothing is told. */
static void
observe(const struct repair *r, const struct ufx_evidence *evidence,
        const struct place *place)
{
    const unfix_context *context = r->context;
    uint64_t start = r->offset + place->start, end = r->offset + place->end;

    if (source_of(r, &start, &end))
        context->observer(context->observer_user, evidence,
                          context->said.window + start, end - start,
                          context->text.data, context->text.length);
}

/* What the engine that read the text said of the place. */
static struct ufx_said_figures
engine_says(const struct repair *r, const struct place *place)
{
    const unfix_context *context = r->context;
    uint64_t start = r->offset + place->start, end = r->offset + place->end;
    struct ufx_said_figures figures;

    if (context->said.count > 0)
        source_of(r, &start, &end);
    ufx_said_describe(&context->said, start, end, &figures);
    return figures;
}

/* What other documents show of such a change, in a text that an engine has
 * damaged.  Of words that are known as they stand each place tells by itself,
 * and what the text repeats is one of its words. */
static void
weigh_series(const struct repair *r, const struct ufx_evidence *evidence,
             const struct ufx_change *change, unfix_correction *c)
{
    unfix_context *context = r->context;
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
    weighed = ufx_series_confidence(&context->collection->facts, &context->key,
                                    &series, c->confidence);
    context->key_failed |= context->key.failed;
    if (weighed > c->confidence && c->confidence < c->bar)
        c->bar = ufx_series_bar(c->bar);
    c->confidence = weighed;
}

static unfix_status
handle_change(struct repair *r, const struct ufx_change *change)
{
    unfix_context *context = r->context;
    struct ufx_said_figures said;
    struct ufx_evidence evidence;
    struct place place;
    unfix_correction *c;

    ufx_evidence_gather(&evidence, &r->lattice, change, &context->vocabulary,
                        r->profile, &context->surroundings, r->offset);
    place = put_replacement(r, change);
    said = engine_says(r, &place);
    ufx_evidence_engine(&evidence, &said);
    if (context->text.failed)
        return UNFIX_ERROR_MEMORY;
    if (context->text.length == place.end - place.start &&
        memcmp(context->text.data, r->bytes + place.start,
               context->text.length) == 0)
        return UNFIX_OK; /* all but the accents of a heading was right */
    if (context->observer != NULL)
        observe(r, &evidence, &place);
    c = ufx_corrections_add(r->found, &context->memory);
    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    c->confidence = confidence_of(r, &evidence, &c->score);
    fill_correction(r, c, change, &evidence, &place);
    weigh_series(r, &evidence, change, c);
    if (!r->strings->failed && c->reason != NULL)
        ufx_verdict_give(context, &r->lattice, change, &evidence, place.start,
                         c);
    r->taken = place.end;
    return r->strings->failed || c->reason == NULL ? UNFIX_ERROR_MEMORY
                                                   : UNFIX_OK;
}

/* Nothing was changed in such a paragraph in the pass before, and nothing would
 * be now. */
static bool
is_quiet(const struct repair *r)
{
    return !r->first && ufx_quiet_has(r->context->quiet, r->bytes, r->length);
}

/* Where only some words were looked for, their rivals would win. */
static bool
is_searched(const struct repair *r, const struct ufx_change *change)
{
    const struct ufx_lattice *l = &r->lattice;

    return l->searched == l->segment_count ||
           change->to + SEARCHED_BEYOND <= l->searched;
}

/* The bytes of the paragraph that were left alone for want of work. */
static size_t
unsearched(const struct repair *r)
{
    const struct ufx_lattice *l = &r->lattice;

    return l->searched == l->segment_count
               ? 0
               : r->length - l->segments[l->searched].start;
}

/* What the engine offers for a part of the paragraph; see ufx_offers.  Where a
 * pass before has changed the word, or it was mangled, it is another one. */
static const unfix_alternative *
find_offers(void *user, size_t *start, size_t *end, size_t *count)
{
    const struct repair *r = user;
    const unfix_context *context = r->context;
    uint64_t from = r->offset + *start, to = r->offset + *end, shift;
    const struct ufx_said_piece *piece;

    if (!source_of(r, &from, &to))
        return NULL;
    piece = ufx_said_find(&context->said, from, to);
    if (piece == NULL || piece->reading_count == 0)
        return NULL;
    /* All of it has to stand there as the engine read it. */
    shift = context->said.window + from - piece->offset;
    if (shift > *start || piece->length > r->length - (*start - shift))
        return NULL;
    *start -= (size_t)shift;
    *end = *start + (size_t)piece->length;
    from = r->offset + *start;
    to = r->offset + *end;
    *count = piece->reading_count;
    return source_of(r, &from, &to) ? piece->readings : NULL;
}

/* Begins with the paragraph as it was cut for the profile, if that was done in
 * the same thread; nothing was looked for yet. */
static unfix_status
take_cut(struct repair *r, const struct ufx_cut *cut)
{
    unfix_context *context = r->context;

    if (cut->mate != r->mate)
        return read_paragraph(context, r->bytes, r->length, cut->width,
                              &r->paragraph, &r->lattice);
    take_kept(context, cut, r->length, cut->width, &r->paragraph, &r->lattice);
    return UNFIX_OK;
}

/* The paragraph's readings, by the widest search that it allows.  Where its
 * words alone took a narrower one, more is not tried. */
static unfix_status
fill_paragraph(struct repair *r)
{
    unfix_context *context = r->context;
    const struct ufx_cut *cut = &context->cuts.list[r->number];
    uint32_t width, next = cut->width;
    unfix_status status;

    r->taken = 0;
    do {
        width = next;
        status = width == cut->width
                     ? take_cut(r, cut)
                     : read_paragraph(context, r->bytes, r->length, width,
                                      &r->paragraph, &r->lattice);
        if (context->said.count > 0 && r->offers.find != NULL)
            r->lattice.offers = &r->offers;
        if (status == UNFIX_OK)
            status = ufx_lattice_fill(&r->lattice, &context->vocabulary,
                                      r->habits, context->candidates);
    } while (status == UNFIX_OK &&
             ufx_candidates_may_narrow(context->candidates, &next));
    return status;
}

static unfix_status
repair_paragraph(struct repair *r)
{
    unfix_context *context = r->context;
    struct ufx_changes changes = {NULL, 0};
    unfix_status status;
    size_t i;

    if (is_quiet(r))
        return UNFIX_OK;
    status = fill_paragraph(r);
    if (status == UNFIX_OK)
        r->unsearched = unsearched(r);
    if (status == UNFIX_OK)
        status = ufx_decode(&r->lattice, &context->vocabulary, &changes);
    if (status == UNFIX_OK && r->first &&
        !ufx_verdict_protect(context, &r->lattice, r->offset))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && changes.count == 0 && !r->lattice.by_document &&
        !ufx_candidates_ran_out(context->candidates))
        r->quiet = true;
    for (i = 0; status == UNFIX_OK && i < changes.count; i++)
        if (is_searched(r, &changes.list[i]))
            status = handle_change(r, &changes.list[i]);
    return status;
}

/* A paragraph that was repaired, and what of its thread's lists is of it. */
struct repaired {
    struct ufx_share share;
    size_t found; /* before it, and with it */
    size_t found_end;
    size_t protected;
    size_t protected_end;
    uint64_t unsearched;
    bool quiet;
};

static unfix_status
repair_share(void *user, struct ufx_share *share)
{
    const struct repair *pass = user;
    struct repaired *repaired = (struct repaired *)(void *)share;
    struct repair r = *pass;
    unfix_status status;

    r.mate = share->mate;
    if (share->mate != NULL) {
        r.context = &share->mate->context;
        r.strings = &share->mate->strings;
        r.found = &share->mate->context.found[0];
    }
    r.offers = (struct ufx_offers){find_offers, &r};
    r.bytes = share->bytes;
    r.length = share->length;
    r.offset = share->offset;
    r.number = share->number;
    repaired->found = r.found->count;
    repaired->protected = r.context->protected.count;
    status = repair_paragraph(&r);
    repaired->found_end = r.found->count;
    repaired->protected_end = r.context->protected.count;
    repaired->unsearched = r.unsearched;
    repaired->quiet = r.quiet;
    return status;
}

static unfix_status
take_repaired(void *user, struct ufx_share *share)
{
    const struct repair *pass = user;
    const struct repaired *repaired =
        (const struct repaired *)(const void *)share;
    unfix_context *context = pass->context;
    size_t i;

    context->unsearched += repaired->unsearched;
    if (repaired->quiet)
        ufx_quiet_add(context->quiet, share->bytes, share->length);
    if (share->mate == NULL)
        return UNFIX_OK;
    for (i = repaired->found; i < repaired->found_end; i++)
        if (!ufx_corrections_copy(pass->found,
                                  &share->mate->context.found[0].list[i],
                                  pass->strings, &context->memory))
            return UNFIX_ERROR_MEMORY;
    for (i = repaired->protected; i < repaired->protected_end; i++)
        if (!ufx_verdict_protect_span(context,
                                      share->mate->context.protected.list[i]))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

/* What other documents with such misreadings are like; what came tells, also
 * where it is repaired already. */
static void
expect_damage(const unfix_context *context, struct ufx_profile *profile)
{
    uint32_t words = 0;

    if (context->collection != NULL && ufx_profile_is_damaged(context->profile))
        words = ufx_profile_series(context->profile, context->rates);
    ufx_profile_expect(profile, words);
}

/* One pass over a window by what the profile knows. */
static unfix_status
repair_once(unfix_context *context, struct ufx_profile *profile,
            const char *text, size_t length, struct ufx_arena *strings,
            struct ufx_corrections *found, size_t *applied)
{
    struct repair r = {.context = context, .strings = strings, .found = found};
    const struct ufx_shares_work work = {&r, sizeof(struct repaired),
                                         repair_share, take_repaired, true};
    struct repaired one;
    unfix_status status;

    found->count = 0;
    r.profile = profile;
    r.first = profile == context->profile;
    expect_damage(context, profile);
    r.habits = ufx_profile_habits(profile, &context->vocabulary);
    if (r.first)
        ufx_quiet_start(context->quiet);
    ufx_quiet_pass(context->quiet, r.habits);
    context->unsearched = 0;
    status = ufx_shares_run(context, text, length, &work, &one.share);
    if (status == UNFIX_OK)
        ufx_lines_keep(text, length, found);
    if (status == UNFIX_OK)
        status = ufx_verdict_settle(context, profile, found, applied);
    return status;
}

static bool
make_profiles(unfix_context *context)
{
    if (context->settled == NULL)
        context->settled =
            ufx_profile_new(&context->memory, &context->vocabulary);
    if (context->trial == NULL)
        context->trial =
            ufx_profile_new(&context->memory, &context->vocabulary);
    return context->settled != NULL && context->trial != NULL;
}

/* The texts that a window became, pass by pass. */
struct trail {
    uint64_t texts[UFX_REPAIRS_MOST]; /* hashes */
    size_t count;
    uint64_t end; /* to end with, if they go round in a circle; 0: they do not
                     so far */
};

/* Notes what a window became; true if it is to stay so.  Which text of a circle
 * that is hangs on these texts alone, wherever it was entered: so a run over
 * the output ends where it began. */
static bool
ends_here(struct trail *t, const struct ufx_buffer *draft)
{
    uint64_t hash = ufx_hash(draft->data, draft->length);
    size_t i;

    for (i = 0; t->end == 0 && i < t->count && t->texts[i] != hash; i++)
        ;
    if (t->end == 0 && i < t->count)
        for (t->end = hash; i < t->count; i++)
            if (t->texts[i] < t->end)
                t->end = t->texts[i];
    if (t->count < UFX_REPAIRS_MOST)
        t->texts[t->count++] = hash;
    return t->end == hash;
}

/* What finds no end is left as it came: a run over that finds none either. */
static void
take_back(struct ufx_corrections *found)
{
    size_t i;

    for (i = 0; i < found->count; i++) {
        unfix_correction *c = &found->list[i];

        if (c->verdict != UNFIX_APPLIED)
            continue;
        c->verdict = UNFIX_PROPOSED;
        c->bar = UNFIX_BAR_NONE;
        c->held_back = "does not settle";
    }
}

static unfix_status
take_applied(const struct ufx_corrections *from, struct ufx_corrections *to,
             struct ufx_arena *strings, const struct ufx_memory *memory)
{
    size_t i;

    to->count = 0;
    for (i = 0; i < from->count; i++)
        if (from->list[i].verdict == UNFIX_APPLIED &&
            !ufx_corrections_copy(to, &from->list[i], strings, memory))
            return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

/* Makes the draft of a pass: the text with what was found so far.  Where a word
 * was misread and mangled, the first may have hidden the second: what a run
 * over the draft would read first is read here.  Strings of the pass go to its
 * own arena. */
static unfix_status
make_draft(unfix_context *context, const char *text, size_t length,
           struct ufx_arena *strings, struct ufx_arena *pass,
           struct ufx_corrections *more, int *kept)
{
    struct ufx_corrections *found = context->found, *left = &context->left;
    struct ufx_buffer *draft = &context->draft;
    unfix_status status;

    ufx_buffer_clear(draft);
    *ufx_encodings_seen(context->encodings) = context->went;
    status = ufx_corrections_splice(&found[*kept], text, length, draft);
    if (status == UNFIX_OK)
        status =
            ufx_mangled_find(context, draft->data, draft->length, pass, left);
    if (status == UNFIX_OK)
        status = take_applied(left, more, strings, &context->memory);
    if (status != UNFIX_OK)
        return status;
    ufx_buffer_clear(&context->text);
    status = ufx_corrections_splice(left, draft->data, draft->length,
                                    &context->text);
    if (status != UNFIX_OK || more->count == 0)
        return status;
    status = ufx_corrections_compose(&found[*kept], more, draft->data, strings,
                                     &found[1 - *kept], &context->memory);
    if (status != UNFIX_OK)
        return status;
    *kept = 1 - *kept;
    ufx_buffer_clear(draft);
    return ufx_corrections_splice(&found[*kept], text, length, draft);
}

/* How often a window may be repaired, the last time so many changes. */
static int
most_repairs(size_t applied)
{
    return applied <= UFX_REPAIRS_FEW ? UFX_REPAIRS_MOST : UFX_REPAIRS;
}

/* Goes over what the first pass left, as a run of its own over the output
 * would, and puts together what each pass finds.  *kept names the list of
 * context->found that holds it.  What later passes only propose is not told,
 * and its strings go with the pass. */
static unfix_status
settle(unfix_context *context, const char *text, size_t length,
       struct ufx_arena *strings, int *kept)
{
    struct ufx_corrections *found = context->found, more = {NULL, 0, 0};
    struct ufx_corrections seen = {NULL, 0, 0};
    unfix_status status = UNFIX_OK;
    struct trail trail = {.count = 0};
    struct ufx_arena of_pass;
    size_t applied = 1;
    int pass;

    ufx_arena_init(&of_pass, &context->memory);
    for (pass = 1; pass < most_repairs(applied) && status == UNFIX_OK; pass++) {
        ufx_arena_reset(&of_pass);
        status =
            make_draft(context, text, length, strings, &of_pass, &more, kept);
        if (status != UNFIX_OK || ends_here(&trail, &context->draft))
            break;
        ufx_profile_copy(context->trial, context->settled);
        status = profile_window(context, context->trial, context->draft.data,
                                context->draft.length);
        context->made = &found[*kept];
        if (status == UNFIX_OK)
            status =
                repair_once(context, context->trial, context->draft.data,
                            context->draft.length, &of_pass, &seen, &applied);
        context->made = NULL;
        context->observer = NULL;
        if (status == UNFIX_OK)
            applied -= ufx_mangled_protect(&context->left, &seen);
        if (status != UNFIX_OK || applied == 0)
            break;
        status = take_applied(&seen, &more, strings, &context->memory);
        if (status != UNFIX_OK)
            break;
        status = ufx_corrections_compose(&found[*kept], &more,
                                         context->draft.data, strings,
                                         &found[1 - *kept], &context->memory);
        *kept = 1 - *kept;
    }
    if (pass >= most_repairs(applied))
        take_back(&found[*kept]);
    ufx_corrections_free(&more, &context->memory);
    ufx_corrections_free(&seen, &context->memory);
    ufx_arena_free(&of_pass);
    return status;
}

static unfix_status
add_to_result(unfix_result *result, const struct ufx_corrections *found)
{
    size_t i;

    for (i = 0; i < found->count; i++) {
        unfix_correction *c =
            ufx_corrections_add(&result->corrections, &result->memory);

        if (c == NULL)
            return UNFIX_ERROR_MEMORY;
        *c = found->list[i];
        c->offset += result->input_offset;
        c->out_offset += result->output_offset;
    }
    return UNFIX_OK;
}

void
ufx_context_start(unfix_context *context)
{
    ufx_counting_end(context);
    ufx_encodings_start(context->encodings);
    context->section = (struct ufx_section_scan){0, 0};
    context->composed = context->decomposed = 0;
    context->unsettled = false;
    context->as_it_came = true;
    ufx_profile_clear(context->profile);
    if (context->settled != NULL)
        ufx_profile_clear(context->settled);
    ufx_verdict_start(context);
}

/* Brings the profile of the section as it went up to this window.  As long as
 * nothing was changed, it is that of the section as it came. */
static unfix_status
settle_profile(unfix_context *context)
{
    if (context->section.done > 0 && !make_profiles(context))
        return UNFIX_ERROR_MEMORY;
    if (context->as_it_came) {
        if (context->section.done > 0)
            ufx_profile_copy(context->settled, context->profile);
    } else if (context->unsettled) {
        context->unsettled = false;
        return profile_window(context, context->settled, context->draft.data,
                              context->draft.length);
    }
    return UNFIX_OK;
}

/* Keeps the window's output for the profile, in case that another window of
 * the section follows, and notes what of it is still mangled. */
static unfix_status
note_output(unfix_context *context, const char *text, size_t length,
            struct ufx_arena *strings)
{
    struct ufx_encodings_seen *seen = ufx_encodings_seen(context->encodings);
    unfix_status status;

    context->as_it_came = false;
    context->unsettled = true;
    ufx_buffer_clear(&context->draft);
    ufx_buffer_append(&context->draft, text, length);
    if (context->draft.failed)
        return UNFIX_ERROR_MEMORY;
    *seen = context->went;
    status = ufx_encodings_find(context->encodings, text, length, strings,
                                &context->mangled);
    context->went = *seen;
    return status;
}

/* What was mangled and what was found in the text as it was meant, together. */
static unfix_status
put_meant(unfix_context *context, const char *clear, struct ufx_arena *strings,
          int *kept)
{
    const struct ufx_corrections *found = &context->found[*kept];
    struct ufx_corrections *both = &context->found[1 - *kept];
    unfix_status status;

    *kept = 1 - *kept;
    status = ufx_corrections_compose(&context->meant, found, clear, strings,
                                     both, &context->memory);
    return status != UNFIX_OK
               ? status
               : ufx_corrections_add_proposed(&context->meant, found, both,
                                              &context->memory);
}

/* Profiles the window as it was meant, and tells what it is. */
static unfix_status
profile_meant(unfix_context *context, const char *clear, size_t length)
{
    unfix_status status = settle_profile(context);

    context->is_counting = context->counted != NULL;
    if (status == UNFIX_OK)
        status = profile_window(context, context->profile, clear, length);
    context->is_counting = false;
    return status == UNFIX_OK ? ufx_survey_note(context) : status;
}

static unfix_status
repair_window(unfix_context *context, const char *text, size_t length,
              unfix_result *result)
{
    size_t applied = 0, start = result->text.length;
    ufx_observer observer = context->observer;
    struct ufx_encodings_seen *seen = ufx_encodings_seen(context->encodings);
    struct ufx_encodings_seen came;
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;
    bool again;
    int kept = 0;

    context->protected.count = 0;
    if (context->as_it_came)
        context->went = *seen;
    ufx_composed_note(context, text, length);
    status = ufx_mangled_read(context, &clear, &clear_length, &result->arena);
    came = *seen;
    if (status == UNFIX_OK)
        status = profile_meant(context, clear, clear_length);
    if (status == UNFIX_OK)
        status = repair_once(context, context->profile, clear, clear_length,
                             &result->arena, &context->found[0], &applied);
    if (status == UNFIX_OK)
        applied -= ufx_mangled_protect(&context->meant, &context->found[0]);
    /* Whoever watches wants each change once; and once more as it looks where
     * the sure ones are made, if anybody knows which these are. */
    if (!context->model->has_forest)
        context->observer = NULL;
    /* A run over the output sees the windows before as they went. */
    again = applied > 0 || context->meant.count > 0 || !context->as_it_came;
    if (status == UNFIX_OK && again && !make_profiles(context))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && again)
        status = settle(context, clear, clear_length, &result->arena, &kept);
    context->observer = observer;
    if (status == UNFIX_OK)
        status = ufx_verdict_recheck(context, &context->found[kept]);
    if (status == UNFIX_OK && context->counted != NULL)
        ufx_counting_window(context, clear, clear_length,
                            &context->found[kept]);
    ufx_survey_left(context, &context->found[kept], result);
    if (status == UNFIX_OK && context->meant.count > 0)
        status = put_meant(context, clear, &result->arena, &kept);
    if (status == UNFIX_OK)
        status = ufx_corrections_splice(&context->found[kept], text, length,
                                        &result->text);
    if (status == UNFIX_OK)
        status = add_to_result(result, &context->found[kept]);
    if (status == UNFIX_OK && again)
        status = note_output(context, result->text.data + start,
                             result->text.length - start, &result->arena);
    *seen = came;
    return status;
}

/* With the window that ends a section, the next begins. */
static void
count_window(unfix_context *context, const char *text, size_t length)
{
    if (ufx_text_section_more(text, length, &context->section))
        ufx_context_start(context);
}

unfix_status
ufx_repair_window(unfix_context *context, const char *text, size_t length,
                  unfix_result *result)
{
    size_t start = result->text.length;
    uint64_t words = ufx_profile_totals(context->profile)->words;
    struct ufx_nature nature = ufx_profile_totals(context->profile)->nature;
    unfix_status status = UNFIX_OK;

    ufx_shares_rest(context);
    if (ufx_text_is_binary(text, length)) {
        ufx_buffer_append(&result->text, text, length);
        if (result->text.failed)
            status = UNFIX_ERROR_MEMORY;
    } else {
        ufx_said_window(&context->said, result->input_offset, length);
        status = repair_window(context, text, length, result);
        words = ufx_profile_totals(context->profile)->words - words;
        ufx_survey_nature(context, &nature, result);
        ufx_result_window(result, words, context->unsearched,
                          context->budget.bar);
    }
    result->input_offset += length;
    result->output_offset += result->text.length - start;
    count_window(context, text, length);
    return status;
}

/* ---- Explaining ---- */

/* One reading of what stands from `start` to `end`, without the blanks that it
 * may take along. */
static bool
put_reading(struct repair *r, const struct ufx_change *change,
            const struct ufx_rival *rival, size_t start, size_t end,
            unfix_reading *reading)
{
    const struct ufx_edge *edge = rival->edge;
    const char *text = r->bytes + start;
    struct ufx_change other = *change;

    reading->length = end - start;
    if (edge != NULL && edge->kind != UFX_EDGE_KEEP) {
        other.edge = edge;
        put_replacement(r, &other);
        if (r->context->text.failed)
            return false;
        text = r->context->text.data;
        reading->length = r->context->text.length;
    }
    reading->channel_cost = edge == NULL ? change->keep_channel : edge->channel;
    reading->context_cost = rival->cost - reading->channel_cost;
    reading->text = ufx_arena_copy(r->strings, text, reading->length);
    return reading->text != NULL;
}

/* A window that is explained, and who looks. */
struct showing {
    const char *text; /* as it came */
    uint64_t offset;  /* of it in the document */
    uint64_t shown;   /* of it, so far */
    unfix_explain_callback callback;
    void *user;
};

/* What of the window is at a place of the paragraph.  A word that was mangled
 * goes to the first place of what it was meant to be. */
static bool
locate(struct repair *r, struct showing *showing, size_t start, size_t end,
       unfix_place *place)
{
    uint64_t from = r->offset + start, to = r->offset + end;

    if (!ufx_mangled_place(r->context, &from, &to)) {
        place->known = place->is_protected = 0;
        from = from < showing->shown ? showing->shown : from;
        to = to < from ? from : to;
    }
    showing->shown = to;
    place->offset = showing->offset + from;
    place->length = place->original_length = to - from;
    place->original =
        ufx_arena_copy(r->strings, showing->text + from, (size_t)(to - from));
    return place->original != NULL;
}

static unfix_status
explain_place(struct repair *r, const struct ufx_change *change,
              struct showing *showing)
{
    const struct ufx_segment *segments = r->lattice.segments;
    const struct ufx_rival best = {change->edge, change->best_cost};
    size_t start = segments[change->from].start;
    size_t end = segments[change->to - 1].end;
    unfix_reading readings[UFX_ALTERNATIVES + 1];
    unfix_place place = {.known = 1, .readings = readings};
    bool good;
    uint32_t i;

    ufx_arena_reset(r->strings);
    for (i = change->from; i < change->to; i++) {
        place.known &= (segments[i].flags & UFX_SEGMENT_KNOWN) != 0;
        place.is_protected |=
            (segments[i].flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FIXED)) !=
            0;
    }
    good = locate(r, showing, start, end, &place) &&
           put_reading(r, change, &best, start, end,
                       &readings[place.reading_count++]);
    for (i = 0; good && i < change->rival_count; i++)
        /* What is kept is the best one already. */
        if (change->edge->kind != UFX_EDGE_KEEP ||
            change->rivals[i].edge != NULL)
            good = put_reading(r, change, &change->rivals[i], start, end,
                               &readings[place.reading_count++]);
    if (!good)
        return UNFIX_ERROR_MEMORY;
    return showing->callback(showing->user, &place) == 0 ? UNFIX_OK
                                                         : UNFIX_ERROR_CALLBACK;
}

static unfix_status
explain_paragraph(struct repair *r, struct showing *showing)
{
    struct ufx_changes path;
    unfix_status status = fill_paragraph(r);
    size_t i;

    if (status == UNFIX_OK)
        status = ufx_decode_whole(&r->lattice, &r->context->vocabulary, &path);
    for (i = 0; status == UNFIX_OK && i < path.count; i++)
        status = explain_place(r, &path.list[i], showing);
    return status;
}

/* Profiles the window, so that it can be shown paragraph by paragraph. */
static unfix_status
begin_showing(struct repair *r, const char *text, size_t length)
{
    unfix_status status =
        profile_window(r->context, r->context->profile, text, length);

    r->habits =
        ufx_profile_habits(r->context->profile, &r->context->vocabulary);
    return status;
}

unfix_status
ufx_explain_window(unfix_context *context, const char *text, size_t length,
                   uint64_t offset, unfix_explain_callback callback, void *user)
{
    struct showing showing = {text, offset, 0, callback, user};
    struct ufx_arena strings, meant;
    struct repair r = {.context = context, .strings = &strings};
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;

    if (ufx_text_is_binary(text, length))
        return UNFIX_OK;
    ufx_arena_init(&strings, &context->memory);
    ufx_arena_init(&meant, &context->memory);
    ufx_composed_note(context, text, length);
    status = ufx_mangled_read(context, &clear, &clear_length, &meant);
    if (status == UNFIX_OK)
        status = begin_showing(&r, clear, clear_length);
    while (status == UNFIX_OK && r.offset < clear_length) {
        r.bytes = clear + r.offset;
        r.length = ufx_text_paragraph(r.bytes, clear_length - r.offset);
        status = explain_paragraph(&r, &showing);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&meant);
    ufx_arena_free(&strings);
    count_window(context, text, length);
    return status;
}

/* Every edge as what it would put where. */
static unfix_status
list_edges(struct repair *r, struct ufx_replacement **list, size_t *count)
{
    const struct ufx_lattice *l = &r->lattice;
    size_t i;

    ufx_arena_reset(r->strings);
    *count = l->edge_count;
    *list = ufx_arena_allocate(r->strings, (*count + 1) * sizeof **list);
    for (i = 0; *list != NULL && i < *count; i++) {
        const struct ufx_edge *edge = &l->edges[i];
        struct ufx_change change = {
            .from = edge->from, .to = edge->to, .edge = edge};
        struct place place = put_replacement(r, &change);
        const struct ufx_buffer *text = &r->context->text;
        bool keeps = edge->kind == UFX_EDGE_KEEP;

        (*list)[i].start = place.start;
        (*list)[i].end = place.end;
        (*list)[i].length = keeps ? place.end - place.start : text->length;
        (*list)[i].text = ufx_arena_copy(
            r->strings, keeps ? r->bytes + place.start : text->data,
            (*list)[i].length);
        if (text->failed || (*list)[i].text == NULL)
            return UNFIX_ERROR_MEMORY;
    }
    return *list == NULL ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

unfix_status
ufx_replacements_window(unfix_context *context, const char *text, size_t length,
                        ufx_replacements_callback callback, void *user)
{
    struct ufx_arena strings;
    struct repair r = {.context = context, .strings = &strings};
    unfix_status status;

    ufx_arena_init(&strings, &context->memory);
    status = ufx_mangled_read(context, &text, &length, &strings);
    if (status == UNFIX_OK)
        status = begin_showing(&r, text, length);
    while (status == UNFIX_OK && r.offset < length) {
        struct ufx_replacement *list;
        size_t count;

        r.bytes = text + r.offset;
        r.length = ufx_text_paragraph(r.bytes, length - r.offset);
        status = fill_paragraph(&r);
        if (status == UNFIX_OK)
            status = list_edges(&r, &list, &count);
        if (status == UNFIX_OK)
            callback(user, r.bytes, r.length, list, count);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&strings);
    count_window(context, text, length);
    return status;
}
