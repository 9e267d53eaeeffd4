/* SPDX-License-Identifier: MPL-2.0 */
/* One change of the best path: its evidence, what the verifier says of it, and
 * the correction that tells of it. */
#include "repair/change.h"

#include "base/numeric.h"
#include "normalize/profile.h"
#include "repair/mangled.h"
#include "repair/put.h"
#include "repair/verdict.h"
#include "text/chars.h"

#include <string.h>

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
            there = ufx_put_change(r, &other);
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
    if (change->edge->kind == UFX_EDGE_BROKEN &&
        !ufx_put_stays_broken(r, change))
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
    place = ufx_put_change(r, change);
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
    c->confidence = ufx_verdict_confidence(worker, &evidence, &c->score);
    fill_correction(r, c, change, &evidence, &place);
    weigh_series(r, &evidence, change, c);
    if (!r->strings->failed && c->reason != NULL)
        ufx_verdict_give(worker, &r->lattice, change, &evidence, place.start,
                         c);
    r->taken = place.end;
    return r->strings->failed || c->reason == NULL ? UNFIX_ERROR_MEMORY
                                                   : UNFIX_OK;
}
