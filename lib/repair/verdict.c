/* SPDX-License-Identifier: MPL-2.0 */
/* What becomes of a change: how sure it is, the bar it has to reach, and what
 * may never be changed however sure it is. */
#include "repair/verdict.h"

#include "base/numeric.h"
#include "normalize/profile.h"
#include "normalize/tuned.h"
#include "repair/vetoes.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/tuned.h"

#include <string.h>

/* ---- How sure a change is ---- */

/* Programs count from l and o as well. */
static bool
is_codes_number(const struct ufx_evidence *evidence)
{
    return evidence->apart == UFX_APART_SYNTAX &&
           evidence->kind == UNFIX_CLASS_NUMBER;
}

/* Proven, unless the verifier is quite sure of the contrary, or what stands
 * around is in another language, which has forms of its own (HI!), or for
 * programs, which have strokes of their own (Capítulo | Importe).  Words run
 * together without a figure are no form: teníanla is one word to its reader.
 * The columns of a table look like blanks too many. */
static bool
has_floor(const struct ufx_evidence *evidence, int32_t score)
{
    if (!evidence->by_grammar || evidence->strange ||
        evidence->apart == UFX_APART_FOREIGN ||
        (evidence->apart == UFX_APART_SYNTAX &&
         evidence->kind == UNFIX_CLASS_ROMAN) ||
        is_codes_number(evidence) ||
        (evidence->kind == UNFIX_CLASS_SPLIT &&
         evidence->features[UFX_FEATURE_DIGIT] == 0))
        return false;
    return score > -UFX_SURE_SCORE;
}

uint32_t
ufx_verdict_confidence(struct ufx_worker *worker,
                       const struct ufx_evidence *evidence, int32_t *score)
{
    const struct ufx_forest *forest = worker->forest;

    if (forest != NULL) {
        uint32_t confidence;

        *score =
            ufx_forest_recall(worker->own.memos, forest, evidence->features);
        confidence = ufx_forest_confidence(
            forest, ufx_evidence_group(evidence->features), *score);
        if (confidence < UFX_GRAMMAR_CONFIDENCE && has_floor(evidence, *score))
            return UFX_GRAMMAR_CONFIDENCE;
        return evidence->parts_prefix && *score < UFX_SURE_SCORE ? 0
                                                                 : confidence;
    }
    /* A model without a verifier: the lattice's own posterior. */
    *score = evidence->features[UFX_FEATURE_POSTERIOR];
    return *score <= 0
               ? 0
               : 1000 - (uint32_t)((uint64_t)ufx_exp_negative(*score) * 1000 >>
                                   20);
}

/* ---- Checks of a single edit ---- */

/* The next letter without its accent; letters of their own (ñ) stay, also where
 * they are written as a letter and a combining mark. */
static uint32_t
next_folded(const struct ufx_alphabet *alphabet, const char *text,
            size_t length, size_t *at)
{
    size_t size;
    uint32_t cp = ufx_text_decode(text + *at, length - *at, &size);

    *at += size;
    while (*at < length) {
        uint32_t mark = ufx_text_decode(text + *at, length - *at, &size);

        if (mark < 0x300 || mark > 0x36F)
            break;
        if (ufx_alphabet_is(alphabet, ufx_char_compose(cp, mark),
                            UFX_LETTER_OWN))
            cp = ufx_char_compose(cp, mark);
        *at += size;
    }
    return ufx_alphabet_fold(alphabet, cp);
}

bool
ufx_verdict_is_accents_only(const struct ufx_alphabet *alphabet,
                            const char *before, size_t before_length,
                            const char *after, size_t after_length)
{
    size_t i = 0, k = 0;

    while (i < before_length && k < after_length)
        if (next_folded(alphabet, before, before_length, &i) !=
            next_folded(alphabet, after, after_length, &k))
            return false;
    return i == before_length && k == after_length;
}

/* True if the bytes from `start` to `end` touch a segment that is protected.
 * The lattice has no reading for those; this is the second lock. */
static bool
touches_protected(const struct ufx_lattice *l, const struct ufx_change *change,
                  size_t start, size_t end)
{
    uint32_t i = change->from > 0 ? change->from - 1 : 0;

    for (; i < l->segment_count && i <= change->to; i++)
        if ((l->segments[i].flags & UFX_SEGMENT_PROTECTED) &&
            l->segments[i].start < end && l->segments[i].end > start)
            return true;
    return false;
}

uint32_t
ufx_verdict_bar(const struct ufx_worker *worker,
                const struct ufx_evidence *evidence)
{
    uint32_t bar = worker->options.min_confidence;

    if (bar == 0 || (evidence->apart != UFX_APART_FOREIGN &&
                     !evidence->strange && !is_codes_number(evidence) &&
                     !ufx_evidence_changes_mark(evidence->features)))
        return bar;
    return 1000 - (1000 - bar) / UFX_STRICTNESS;
}

static bool
is_first_persons(const struct ufx_evidence *evidence, int32_t score)
{
    const int32_t *f = evidence->features;

    return evidence->known_before && f[UFX_FEATURE_LAST_LETTER] == 1 &&
           f[UFX_FEATURE_GROWTH] == 0 && f[UFX_FEATURE_WORDS] == 1 &&
           (f[UFX_FEATURE_NEAR_FIRST] >= UFX_FIRST_PERSON ||
            f[UFX_FEATURE_ALL_FIRST] >= UFX_FIRST_PERSON) &&
           score < UFX_SURE_SCORE;
}

static size_t
count_tabs(const char *text, size_t length)
{
    size_t i, count = 0;

    for (i = 0; i < length; i++)
        count += text[i] == '\t';
    return count;
}

/* What speaks against an edit by itself, whatever its evidence; NULL: nothing.
 */
static const char *
why_never(struct ufx_worker *worker, const unfix_correction *c)
{
    if (ufx_vetoes_hold(worker, c))
        return "vetoed";
    if (c->kind == UNFIX_CLASS_ACCENT &&
        !ufx_verdict_is_accents_only(&worker->vocabulary.language->alphabet,
                                     c->original, c->original_length,
                                     c->replacement, c->replacement_length))
        return "more than accents";
    return count_tabs(c->original, c->original_length) !=
                   count_tabs(c->replacement, c->replacement_length)
               ? "a column's end"
               : NULL;
}

void
ufx_verdict_judge(struct ufx_worker *worker, unfix_correction *c)
{
    const char *why = why_never(worker, c);

    if (why != NULL)
        ufx_correction_hold(c, UNFIX_REJECTED, UNFIX_BAR_NONE, why);
    else if (!(worker->options.classes & UNFIX_CLASS_BIT(c->kind)))
        ufx_correction_hold(c, UNFIX_PROPOSED, UNFIX_BAR_NONE,
                            "class switched off");
    else if (c->confidence < c->bar)
        ufx_correction_hold(c, UNFIX_PROPOSED, c->bar, "below the bar");
    else
        ufx_correction_hold(c, UNFIX_APPLIED, c->bar, NULL);
}

/* Why the verifier is not sure, as far as one thing tells. */
static const char *
why_unsure(const struct ufx_evidence *evidence)
{
    switch (evidence->apart) {
    case UFX_APART_FOREIGN:
        return "below the bar: in another language";
    case UFX_APART_SYNTAX:
        return "below the bar: among code or markup";
    case UFX_APART_OLD:
        return "below the bar: older spelling";
    case UFX_APART_NONE:
        break;
    }
    if (evidence->parts_prefix)
        return "below the bar: nothing proves it";
    if (evidence->known_before && evidence->kind != UNFIX_CLASS_PUNCTUATION)
        return "below the bar: a word as it stands";
    return evidence->seen_before >= UFX_SEEN_OFTEN
               ? "below the bar: the text repeats it"
               : "below the bar";
}

void
ufx_verdict_give(struct ufx_worker *worker, const struct ufx_lattice *lattice,
                 const struct ufx_change *change,
                 const struct ufx_evidence *evidence, size_t start,
                 unfix_correction *c)
{
    const char *why =
        touches_protected(lattice, change, start, start + (size_t)c->length)
            ? "protected"
        : evidence->owners_way ? "its owner writes it so"
        : evidence->as_beside  ? "the lines beside it begin so"
        : change->of_letters   ? "letters that stand for themselves"
        : is_first_persons(evidence, c->score) ? "the first person speaks"
                                               : NULL;

    if (why != NULL)
        ufx_correction_hold(c, UNFIX_REJECTED, UNFIX_BAR_NONE, why);
    else
        ufx_verdict_judge(worker, c);
    if (c->verdict == UNFIX_PROPOSED && c->bar != UNFIX_BAR_NONE)
        c->held_back = why_unsure(evidence);
}

/* ---- Checks of what is put together from several passes ---- */

bool
ufx_verdict_protect_span(struct ufx_worker *worker, struct ufx_span span)
{
    struct ufx_spans *spans = &worker->own.protected;
    void *list = spans->list;

    if (!ufx_memory_reserve(&worker->memory, &list, &spans->capacity,
                            spans->count + 1, sizeof *spans->list))
        return false;
    spans->list = list;
    spans->list[spans->count++] = span;
    return true;
}

bool
ufx_verdict_protect(struct ufx_worker *worker, const struct ufx_lattice *l,
                    uint64_t offset)
{
    uint32_t i;

    for (i = 0; i < l->segment_count; i++)
        if ((l->segments[i].flags & UFX_SEGMENT_PROTECTED) != 0 &&
            !ufx_verdict_protect_span(
                worker, (struct ufx_span){offset + l->segments[i].start,
                                          offset + l->segments[i].end}))
            return false;
    return true;
}

void
ufx_verdict_unprotect(struct ufx_worker *worker,
                      const struct ufx_corrections *corrections)
{
    struct ufx_spans *spans = &worker->own.protected;
    size_t i = 0, k, kept = 0;

    for (k = 0; k < spans->count; k++) {
        const struct ufx_span span = spans->list[k];
        bool is_read = false;

        while (i < corrections->count &&
               corrections->list[i].offset + corrections->list[i].length <=
                   span.start)
            i++;
        if (i < corrections->count) {
            const unfix_correction *c = &corrections->list[i];

            is_read = c->verdict == UNFIX_APPLIED &&
                      c->kind == UNFIX_CLASS_ENCODING && c->offset < span.end;
        }
        if (!is_read)
            spans->list[kept++] = span;
    }
    spans->count = kept;
}

unfix_status
ufx_verdict_recheck(struct ufx_worker *worker,
                    struct ufx_corrections *corrections)
{
    const struct ufx_spans *spans = &worker->own.protected;
    size_t i, k = 0;

    for (i = 0; i < corrections->count; i++) {
        unfix_correction *c = &corrections->list[i];

        while (k < spans->count && spans->list[k].end <= c->offset)
            k++;
        if (c->verdict != UNFIX_APPLIED)
            continue;
        /* Entities are protected, but not from being read as what they are. */
        if (c->kind != UNFIX_CLASS_ENCODING && k < spans->count &&
            spans->list[k].start < c->offset + c->length)
            ufx_correction_hold(c, UNFIX_REJECTED, UNFIX_BAR_NONE, "protected");
        else
            ufx_verdict_judge(worker, c);
    }
    return worker->own.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

/* ---- The budget ---- */

/* What the repairs of a class cost beyond what its right ones allow, in 1/1000
 * of a wrong change. */
static uint64_t
overdraft(uint64_t right, uint64_t wrong)
{
    uint64_t allowed = right / UFX_RIGHT_FOR_ONE_WRONG;

    return wrong > allowed ? wrong - allowed : 0;
}

struct tally {
    uint32_t count[1001]; /* by confidence */
    bool open;
    bool used; /* something is applied */
};

/* Lowers the bars of all classes together from certainty down, each until its
 * next repairs would cost more than there is. */
static void
choose_bars(struct ufx_budget *budget, struct tally *tallies, uint32_t least,
            uint64_t allowance)
{
    uint64_t spent = 0;
    uint32_t level;
    int k;

    for (k = 0; k < UNFIX_CLASS_COUNT; k++)
        spent += overdraft(budget->right[k], budget->wrong[k]);
    for (level = 1001; level-- > least;)
        for (k = 0; k < UNFIX_CLASS_COUNT; k++) {
            struct tally *t = &tallies[k];
            uint64_t right =
                budget->right[k] + (uint64_t)t->count[level] * level;
            uint64_t wrong =
                budget->wrong[k] + (uint64_t)t->count[level] * (1000 - level);
            uint64_t others =
                spent - overdraft(budget->right[k], budget->wrong[k]);

            if (!t->open)
                continue;
            if (t->count[level] > 0 &&
                others + overdraft(right, wrong) > allowance) {
                t->open = false;
                continue;
            }
            t->used |= t->count[level] > 0;
            spent = others + overdraft(right, wrong);
            budget->right[k] = right;
            budget->wrong[k] = wrong;
            budget->bar[k] = level;
        }
}

/* Chooses the bars for what the pass found and gives back what is below. */
unfix_status
ufx_verdict_afford(struct ufx_worker *worker, uint64_t words,
                   struct ufx_corrections *found)
{
    struct ufx_budget *budget = &worker->budget;
    uint64_t allowance = words * worker->options.max_harm / 10000;
    struct tally *tallies;
    size_t i;
    int k;

    if (worker->options.max_harm == 0)
        return UNFIX_OK;
    tallies = ufx_arena_allocate(&worker->own.arena,
                                 UNFIX_CLASS_COUNT * sizeof *tallies);
    if (tallies == NULL)
        return UNFIX_ERROR_MEMORY;
    memset(tallies, 0, UNFIX_CLASS_COUNT * sizeof *tallies);
    for (k = 0; k < UNFIX_CLASS_COUNT; k++) {
        budget->bar[k] = UNFIX_BAR_NONE;
        /* Without a verifier nobody knows what a change may cost. */
        tallies[k].open = worker->forest != NULL &&
                          (worker->options.classes & UNFIX_CLASS_BIT(k)) != 0;
    }
    for (i = 0; i < found->count; i++)
        if (found->list[i].verdict == UNFIX_APPLIED)
            tallies[found->list[i].kind].count[found->list[i].confidence]++;
    choose_bars(budget, tallies, worker->options.min_confidence, allowance);
    for (k = 0; k < UNFIX_CLASS_COUNT; k++)
        if (!tallies[k].open && !tallies[k].used)
            budget->bar[k] = UNFIX_BAR_NONE;
    for (i = 0; i < found->count; i++) {
        unfix_correction *c = &found->list[i];

        if (c->verdict != UNFIX_APPLIED)
            continue;
        if (c->confidence < budget->bar[c->kind])
            ufx_correction_hold(c, UNFIX_PROPOSED, budget->bar[c->kind],
                                "over the budget of harm");
        else if (c->bar < budget->bar[c->kind])
            c->bar = budget->bar[c->kind];
    }
    return UNFIX_OK;
}

void
ufx_verdict_start(struct ufx_worker *worker)
{
    const unfix_options *options = &worker->options;
    int k;

    worker->own.failed = false;
    memset(&worker->budget, 0, sizeof worker->budget);
    for (k = 0; k < UNFIX_CLASS_COUNT; k++)
        worker->budget.bar[k] = options->classes & UNFIX_CLASS_BIT(k)
                                    ? options->min_confidence
                                    : UNFIX_BAR_NONE;
}
