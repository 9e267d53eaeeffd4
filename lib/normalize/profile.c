/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/profile.h"

#include "base/numeric.h"
#include "normalize/notes.h"
#include "normalize/segment.h"
#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

#define OLD (UINT32_C(1) << UFX_KIND_OLD)

struct form {
    uint64_t key; /* hash of the characters */
    uint32_t count;
};

/* What the document shows of a rule, and what its shift was worked out from:
 * that rarely changes from one window to the next, and working it out takes
 * longer than a small window does. */
struct shown {
    uint32_t seen;  /* times */
    uint32_t words; /* distinct ones that showed it */
    uint32_t basis_seen;
    uint64_t basis_expected;
};

struct ufx_profile {
    struct ufx_memory memory;
    struct ufx_profile_totals totals;
    struct shown *rules; /* by rule number */
    int32_t *shifts;
    uint32_t rule_count;
    uint64_t letters[256]; /* of known and certain words, by code */
    struct form *forms;    /* form_count of them */
    uint32_t *slots;       /* by key: a form's number + 1; 0: empty */
    uint32_t *used;        /* of each form, its slot */
    size_t form_count;
    struct ufx_habits habits;
    uint32_t expected; /* damaged words besides, by its collection */
};

#define FORM_SLOTS (2 * (size_t)UFX_PROFILE_FORMS)

struct ufx_profile *
ufx_profile_new(const struct ufx_memory *memory,
                const struct ufx_vocabulary *vocabulary)
{
    struct ufx_profile *p = ufx_memory_allocate_zero(memory, sizeof *p);

    if (p == NULL)
        return NULL;
    p->memory = *memory;
    p->rule_count = ufx_vocabulary_rule_count(vocabulary);
    p->rules =
        ufx_memory_allocate_zero(memory, p->rule_count * sizeof *p->rules);
    p->shifts =
        ufx_memory_allocate_zero(memory, p->rule_count * sizeof *p->shifts);
    p->forms =
        ufx_memory_allocate(memory, UFX_PROFILE_FORMS * sizeof *p->forms);
    p->slots = ufx_memory_allocate_zero(memory, FORM_SLOTS * sizeof *p->slots);
    p->used = ufx_memory_allocate(memory, UFX_PROFILE_FORMS * sizeof *p->used);
    if (p->rules == NULL || p->shifts == NULL || p->forms == NULL ||
        p->slots == NULL || p->used == NULL) {
        ufx_profile_free(p);
        return NULL;
    }
    p->habits.rule_shift = p->shifts;
    p->habits.document = p;
    p->habits.wide = true;
    return p;
}

void
ufx_profile_free(struct ufx_profile *p)
{
    struct ufx_memory memory;

    if (p == NULL)
        return;
    memory = p->memory;
    ufx_memory_free(&memory, p->rules, p->rule_count * sizeof *p->rules);
    ufx_memory_free(&memory, p->shifts, p->rule_count * sizeof *p->shifts);
    ufx_memory_free(&memory, p->forms, UFX_PROFILE_FORMS * sizeof *p->forms);
    ufx_memory_free(&memory, p->slots, FORM_SLOTS * sizeof *p->slots);
    ufx_memory_free(&memory, p->used, UFX_PROFILE_FORMS * sizeof *p->used);
    ufx_memory_free(&memory, p, sizeof *p);
}

/* Of a page, few slots are used: the table is far larger than what is to be
 * cleared or copied. */
static void
clear_forms(struct ufx_profile *p)
{
    size_t i;

    for (i = 0; i < p->form_count; i++)
        p->slots[p->used[i]] = 0;
    p->form_count = 0;
}

void
ufx_profile_clear(struct ufx_profile *p)
{
    memset(&p->totals, 0, sizeof p->totals);
    memset(p->rules, 0, p->rule_count * sizeof *p->rules);
    memset(p->shifts, 0, p->rule_count * sizeof *p->shifts);
    memset(p->letters, 0, sizeof p->letters);
    clear_forms(p);
}

void
ufx_profile_copy(struct ufx_profile *to, const struct ufx_profile *from)
{
    size_t i;

    to->totals = from->totals;
    memcpy(to->rules, from->rules, to->rule_count * sizeof *to->rules);
    memcpy(to->shifts, from->shifts, to->rule_count * sizeof *to->shifts);
    memcpy(to->letters, from->letters, sizeof to->letters);
    clear_forms(to);
    for (i = 0; i < from->form_count; i++)
        to->slots[from->used[i]] = (uint32_t)i + 1;
    memcpy(to->forms, from->forms, from->form_count * sizeof *to->forms);
    memcpy(to->used, from->used, from->form_count * sizeof *to->used);
    to->form_count = from->form_count;
}

static uint64_t
form_key(const uint32_t *chars, size_t count)
{
    uint64_t key = 0;
    size_t i;

    for (i = 0; i < count; i++)
        key = ufx_ngram_mix(key + chars[i] + 1);
    return key | 1;
}

/* The slot of a form, or the empty one where it belongs. */
static size_t
form_slot(const struct ufx_profile *p, uint64_t key)
{
    size_t slot = (size_t)(key >> 16) % FORM_SLOTS;

    while (p->slots[slot] != 0 && p->forms[p->slots[slot] - 1].key != key)
        slot = (slot + 1) % FORM_SLOTS;
    return slot;
}

static void
add_form(struct ufx_profile *p, struct form form)
{
    const size_t slot = form_slot(p, form.key);

    p->forms[p->form_count] = form;
    p->used[p->form_count++] = (uint32_t)slot;
    p->slots[slot] = (uint32_t)p->form_count;
}

/* Makes room when the table is full: halves all counts, and with them forgets
 * what was seen once. */
static void
forget_rare_forms(struct ufx_profile *p)
{
    const size_t count = p->form_count;
    size_t i;

    clear_forms(p);
    for (i = 0; i < count; i++) {
        struct form form = p->forms[i];

        form.count /= 2;
        if (form.count > 0)
            add_form(p, form);
    }
}

/* How often it was seen now; 0: it is not kept. */
static uint32_t
count_form(struct ufx_profile *p, const uint32_t *chars, size_t count)
{
    const uint64_t key = form_key(chars, count);
    const uint32_t number = p->slots[form_slot(p, key)];
    struct form *form;

    if (number > 0) {
        form = &p->forms[number - 1];
        form->count += form->count < UINT32_MAX;
        return form->count;
    }
    if (p->form_count >= UFX_PROFILE_FORMS)
        forget_rare_forms(p);
    /* Where nothing was rare the table is full of frequent forms. */
    if (p->form_count >= UFX_PROFILE_FORMS)
        return 0;
    add_form(p, (struct form){key, 1});
    return 1;
}

uint32_t
ufx_profile_seen(const struct ufx_profile *p, const uint32_t *chars,
                 size_t count)
{
    uint32_t number;

    if (count == 0)
        return 0;
    number = p->slots[form_slot(p, form_key(chars, count))];
    return number == 0 ? 0 : p->forms[number - 1].count;
}

uint32_t
ufx_profile_rule(const struct ufx_profile *p, uint16_t rule)
{
    return rule < p->rule_count ? p->rules[rule].seen : 0;
}

uint32_t
ufx_profile_rule_words(const struct ufx_profile *p, uint16_t rule)
{
    return rule < p->rule_count ? p->rules[rule].words : 0;
}

const struct ufx_profile_totals *
ufx_profile_totals(const struct ufx_profile *p)
{
    return &p->totals;
}

static void
count_letters(struct ufx_profile *p, const struct ufx_alphabet *alphabet,
              const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t lower = ufx_char_lower(chars[i]), code = ufx_char_code(lower);

        if (code == 0)
            continue;
        p->letters[code]++;
        p->totals.letters++;
        p->totals.accented +=
            ufx_alphabet_is(alphabet, lower, UFX_LETTER_ACCENTED);
    }
}

static bool
has_accent(const struct ufx_alphabet *alphabet, const uint32_t *chars,
           size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (ufx_alphabet_is(alphabet, ufx_char_lower(chars[i]),
                            UFX_LETTER_ACCENTED))
            return true;
    return false;
}

/* True if one of the readings is the word with an accent, or more. */
static bool
is_lacking(const struct ufx_alphabet *alphabet, const uint32_t *chars,
           size_t count, const struct ufx_readings *readings)
{
    size_t i, k;

    for (i = 0; i < readings->count; i++) {
        const struct ufx_reading *r = &readings->list[i];

        if (r->count != count || !has_accent(alphabet, r->chars, count))
            continue;
        for (k = 0; k < count; k++)
            if (chars[k] != r->chars[k] &&
                (!ufx_alphabet_is(alphabet, ufx_char_lower(r->chars[k]),
                                  UFX_LETTER_ACCENTED) ||
                 chars[k] != ufx_char_unaccented(r->chars[k])))
                break;
        if (k == count)
            return true;
    }
    return false;
}

static int32_t
total_cost(const struct ufx_vocabulary *v, const struct ufx_reading *reading)
{
    int32_t cost = reading->channel;
    uint8_t i;

    for (i = 0; i < reading->word_count; i++) {
        const struct ufx_word *word = ufx_reading_word(v->language, reading, i);

        if (word != NULL)
            cost += word->cost * UFX_COST_STEP;
    }
    return cost;
}

/* The one reading that stands out; NULL if there is none. */
static const struct ufx_reading *
certain_reading(const struct ufx_vocabulary *v,
                const struct ufx_readings *readings)
{
    const struct ufx_reading *best = NULL;
    int32_t least = INT32_MAX, second = INT32_MAX;
    size_t i;

    for (i = 0; i < readings->count; i++) {
        int32_t cost = total_cost(v, &readings->list[i]);

        if (cost < least) {
            second = least;
            least = cost;
            best = &readings->list[i];
        } else if (cost < second) {
            second = cost;
        }
    }
    if (best == NULL ||
        (best->flags & (UFX_READING_GENERIC | UFX_READING_SAME)) ||
        best->channel > UFX_COST_RARE ||
        (second != INT32_MAX && second - least < UFX_CERTAIN_MARGIN))
        return NULL;
    return best;
}

/* Marks that no one would print: in a word's middle, of no known kind, or an
 * apostrophe at a word's edge. */
static bool
is_speck(const struct ufx_lattice *lattice, uint32_t at)
{
    const struct ufx_segment *s = &lattice->segments[at];
    bool before =
        at > 0 && s->gap == UFX_GAP_NONE && s[-1].kind == UFX_PIECE_WORD;
    bool after = at + 1 < lattice->segment_count && s[1].gap == UFX_GAP_NONE &&
                 s[1].kind == UFX_PIECE_WORD;

    switch (s->kind) {
    case UFX_PIECE_OTHER:
        return true;
    case UFX_PIECE_APOSTROPHE:
        return before != after;
    case UFX_PIECE_STOP:
    case UFX_PIECE_COMMA:
    case UFX_PIECE_SEMICOLON:
    case UFX_PIECE_COLON:
        return after && (before ? s[-1].count > 2 && s[1].count > 1 : true);
    default:
        return false;
    }
}

/* Ordinals, numbers and the symbols of documents with each of their beginnings
 * and numbers: what typed forms are held against. */
static void
count_reference(struct ufx_profile *p, const struct ufx_lattice *lattice,
                uint32_t at)
{
    const struct ufx_segment *s = &lattice->segments[at];
    const uint32_t *chars = ufx_lattice_chars(lattice, at);
    uint32_t i, number = 0;

    if (s->kind < UFX_PIECE_NUMBER || s->kind > UFX_PIECE_SYMBOL ||
        s->kind == UFX_PIECE_ROMAN)
        return;
    count_form(p, chars, s->count);
    for (i = 1; s->kind == UFX_PIECE_SYMBOL && i < s->count; i++) {
        if (chars[i] == '/')
            count_form(p, chars, i);
        number = ufx_char_is_digit(chars[i]) ? number + 1 : 0;
        if (number > 0 &&
            (i + 1 == s->count || !ufx_char_is_digit(chars[i + 1])))
            count_form(p, chars + i + 1 - number, number);
    }
    /* "4." at a line's head, with the line's end before it. */
    if (s->kind <= UFX_PIECE_DAY && s->count <= 3 &&
        at + 1 < lattice->segment_count && s[1].kind == UFX_PIECE_STOP &&
        (s->gap == UFX_GAP_START || s->gap == UFX_GAP_NEWLINE)) {
        uint32_t mark[5] = {'\n'};

        memcpy(mark + 1, chars, s->count * sizeof *mark);
        mark[s->count + 1] = '.';
        count_form(p, mark, s->count + 2);
    }
}

/* Notes, their signs, and marks that may be such; forms_valid.c asks. */
static void
count_notes(struct ufx_profile *p, const struct ufx_lattice *lattice,
            const struct ufx_forms *rows, uint32_t at)
{
    const struct ufx_segment *s = &lattice->segments[at];
    uint32_t cp = *ufx_lattice_chars(lattice, at);
    uint32_t note[3] = {'\n', cp, ' '}, sign[2] = {'^', ufx_note_figure(cp)};

    if (ufx_note_suspect(lattice, rows, at) != NULL)
        sign[1] = cp;
    if (sign[1] != 0 && at > 0 && s->gap == UFX_GAP_NONE)
        count_form(p, sign, 2);
    if (ufx_char_is_digit(cp) && ufx_note_begins(lattice, rows, at))
        count_form(p, note, 3);
}

/* Apostrophes at the edges of words, those that make pairs and the others. */
static void
count_apostrophes(struct ufx_profile *p, const struct ufx_lattice *lattice)
{
    uint64_t open = 0;
    uint32_t i;

    for (i = 0; i < lattice->segment_count; i++) {
        const struct ufx_segment *s = &lattice->segments[i];

        if (s->kind != UFX_PIECE_APOSTROPHE)
            continue;
        if (s->gap != UFX_GAP_NONE) {
            open++;
            continue;
        }
        if (i + 1 < lattice->segment_count && s[1].gap == UFX_GAP_NONE &&
            s[1].kind == UFX_PIECE_WORD)
            continue; /* within a word */
        if (open > 0) {
            open--;
            p->totals.pairs++;
        } else {
            p->totals.lone++;
        }
    }
    p->totals.lone += open;
}

static bool
is_accented_capitals(const struct ufx_alphabet *alphabet, const uint32_t *chars,
                     size_t count)
{
    bool accented = false;
    size_t i;

    for (i = 0; i < count; i++) {
        if (!ufx_char_is_upper(chars[i]))
            return false;
        accented = accented ||
                   ufx_alphabet_is(alphabet, chars[i], UFX_LETTER_ACCENTED);
    }
    return accented && count > 2;
}

/* True for a word whose readings are counted. */
static bool
is_unknown(const struct ufx_segment *s)
{
    return ufx_is_spelled(s) &&
           (s->flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_KNOWN)) == 0;
}

unfix_status
ufx_profile_search(struct ufx_lattice *lattice,
                   const struct ufx_vocabulary *vocabulary,
                   struct ufx_candidates *candidates)
{
    unfix_status status = UNFIX_OK;
    struct ufx_readings readings;
    uint32_t i;

    for (i = 0; i < lattice->segment_count && status == UNFIX_OK; i++) {
        struct ufx_segment *s = &lattice->segments[i];

        if (!is_unknown(s))
            continue;
        status = ufx_candidates_get(candidates, vocabulary, s->spelling,
                                    UFX_EFFORT_UNKNOWN, &readings);
        if (readings.list != NULL)
            s->flags |= UFX_SEGMENT_SEARCHED;
    }
    return status;
}

/* What was found, if it was looked for. */
static struct ufx_readings
readings_of(const struct ufx_profile *p, const struct ufx_segment *s)
{
    const struct ufx_search_result *found =
        ufx_spelling_unknown(s->spelling, p->habits.wide);

    return s->flags & UFX_SEGMENT_SEARCHED
               ? (struct ufx_readings){found->list, found->count}
               : (struct ufx_readings){NULL, 0};
}

/* What stands between two blanks, or at the text's end. */
static bool
is_between_blanks(const struct ufx_lattice *lattice, uint32_t at)
{
    const struct ufx_segment *s = &lattice->segments[at];

    return s->gap != UFX_GAP_NONE &&
           (at + 1 == lattice->segment_count || s[1].gap != UFX_GAP_NONE);
}

/* A consonant by itself: a letter that blanks part from its word. */
static bool
is_stray(const struct ufx_lattice *lattice, uint32_t at)
{
    const struct ufx_segment *s = &lattice->segments[at];
    uint32_t cp = *ufx_lattice_chars(lattice, at);

    return s->count == 1 && ufx_char_is_letter(cp) &&
           !ufx_is_word_of_one(lattice, cp) && is_between_blanks(lattice, at);
}

/* With the token before it or after it, to the letter a known word. */
static bool
is_broken(const struct ufx_lattice *lattice,
          const struct ufx_vocabulary *vocabulary, uint32_t at)
{
    uint32_t first;

    for (first = at > 0 ? at - 1 : at; first <= at; first++) {
        const struct ufx_segment *s = &lattice->segments[first];

        if (first + 1 < lattice->segment_count && s[1].gap == UFX_GAP_BLANK &&
            s[0].kind == UFX_PIECE_WORD && s[1].kind == UFX_PIECE_WORD &&
            ufx_known_together(&vocabulary->language->lexicon,
                               lattice->paragraph->chars, s) != UFX_WORD_NONE)
            return true;
    }
    return false;
}

/* No name, and nothing that one misreading explains. */
static bool
is_lost(const struct ufx_segment *s, const uint32_t *chars,
        const struct ufx_readings *readings)
{
    return s->count >= UFX_WORD_CHARS &&
           (s->kind == UFX_PIECE_MIXED || ufx_char_is_lower(chars[0])) &&
           ufx_char_is_letter(chars[0]) &&
           (readings->count == 0 || readings->list[0].channel > UFX_COST_NEAR);
}

/* A word that has one certain reading; `is_new`: it was not seen before. */
static void
count_habits(struct ufx_profile *p, const struct ufx_reading *reading,
             bool is_new)
{
    uint8_t k;

    for (k = 0; k < reading->rule_count; k++) {
        uint16_t rule = reading->rules[k];

        if (rule >= p->rule_count)
            continue;
        p->rules[rule].seen++;
        if (!is_new)
            continue;
        p->totals.habits++;
        p->totals.habit_pairs += 2 * (uint64_t)p->rules[rule].words++;
    }
    if (is_new)
        p->totals.habit_cost += (uint64_t)reading->channel;
}

/* A form that was seen so often was not met before, or no more often than once
 * in UFX_RARE_WORDS words: what is misread comes again in a long text, but not
 * as often as words that the dictionary lacks. */
static bool
is_rare(const struct ufx_profile *p, uint32_t seen)
{
    return seen > 0 && (uint64_t)(seen - 1) * UFX_RARE_WORDS <= p->totals.words;
}

static void
count_word(struct ufx_profile *p, const struct ufx_lattice *lattice,
           const struct ufx_vocabulary *vocabulary, uint32_t at,
           uint32_t *traits)
{
    const struct ufx_segment *s = &lattice->segments[at];
    const uint32_t *chars = ufx_lattice_chars(lattice, at);
    const struct ufx_alphabet *alphabet = &vocabulary->language->alphabet;
    const struct ufx_reading *reading;
    struct ufx_readings readings;
    uint32_t seen = count_form(p, chars, s->count);

    p->totals.words++;
    if (s->flags & UFX_SEGMENT_KNOWN) {
        p->totals.old += (s->words & UFX_WORD_ARCHAIC) != 0 ||
                         (s->spelling->lookup.kinds & OLD) != 0;
        p->totals.accented_capitals +=
            is_accented_capitals(alphabet, chars, s->count);
        p->totals.showing += has_accent(alphabet, chars, s->count);
        count_letters(p, alphabet, chars, s->count);
        return;
    }
    readings = readings_of(p, s);
    p->totals.lacking += is_lacking(alphabet, chars, s->count, &readings);
    if (readings.count > 0 && (readings.list[0].flags & UFX_READING_SAME)) {
        /* Known in capitals, accents aside. */
        p->totals.bare_capitals++;
        *traits &= ~(UINT32_C(1) << UFX_TRAIT_UNKNOWN);
        return;
    }
    p->totals.unknown++;
    if ((s->flags & UFX_SEGMENT_FIXED) == 0) {
        bool broken = is_broken(lattice, vocabulary, at);

        p->totals.broken += broken;
        p->totals.lost +=
            broken || is_lost(s, chars, &readings) || is_stray(lattice, at);
    }
    reading = certain_reading(vocabulary, &readings);
    if (reading == NULL || s->count < 4)
        return;
    *traits |= UINT32_C(1) << UFX_TRAIT_REPAIRED;
    if (is_rare(p, seen) && !ufx_char_is_upper(chars[0]) &&
        total_cost(vocabulary, reading) - reading->channel <=
            UFX_COST_USUAL * reading->word_count)
        *traits |= UINT32_C(1) << UFX_TRAIT_DAMAGED;
    p->totals.repaired++;
    p->totals.small += !ufx_char_is_upper(chars[0]);
    count_letters(p, alphabet, reading->chars, reading->count);
    count_habits(p, reading, seen == 1);
}

unfix_status
ufx_profile_count(struct ufx_profile *p, const struct ufx_lattice *lattice,
                  const struct ufx_vocabulary *vocabulary, size_t offset,
                  struct ufx_surroundings *surroundings)
{
    uint32_t i;

    count_apostrophes(p, lattice);
    for (i = 0; i < lattice->segment_count; i++) {
        const struct ufx_segment *s = &lattice->segments[i];
        uint32_t traits = ufx_nature_traits(lattice, i);
        uint32_t kinds = ufx_nature_kinds(lattice, i);

        if (!(s->flags & UFX_SEGMENT_PROTECTED)) {
            p->totals.specks += is_speck(lattice, i);
            count_reference(p, lattice, i);
            count_notes(p, lattice, &vocabulary->language->forms, i);
            if (ufx_is_spelled(s))
                count_word(p, lattice, vocabulary, i, &traits);
        }
        ufx_nature_add(&p->totals.nature, traits, kinds);
        if (!ufx_surroundings_add(surroundings, offset + s->start, traits,
                                  kinds))
            return UNFIX_ERROR_MEMORY;
    }
    return UNFIX_OK;
}

bool
ufx_profile_is_damaged(const struct ufx_profile *p)
{
    const struct ufx_profile_totals *t = &p->totals;

    return t->small * 1000 >= (t->words + 10) * UFX_DAMAGED_RATE &&
           (uint64_t)t->nature.traits[UFX_TRAIT_DAMAGED] * UFX_DEEP_USUAL >=
               t->small &&
           ufx_nature_language(&t->nature) == UFX_KIND_OWN &&
           !ufx_nature_is_syntax(&t->nature);
}

uint32_t
ufx_profile_series(const struct ufx_profile *p, const uint16_t *rates)
{
    uint64_t rate = 0, words = 0;
    uint32_t i;

    for (i = 0; i < p->rule_count; i++) {
        rate += (uint64_t)rates[i] * p->rules[i].words;
        words += p->rules[i].words;
    }
    /* Of the mean of what it shows, the more the more it shows. */
    return (uint32_t)(rate * UFX_LIKE_WORDS / (10000 * (words + 1)));
}

void
ufx_profile_expect(struct ufx_profile *p, uint32_t words)
{
    p->expected = words;
}

uint32_t
ufx_profile_expected(const struct ufx_profile *p)
{
    return p->expected;
}

/* How often what the rule means has been met. */
static uint64_t
meant_count(const struct ufx_profile *p, const struct ufx_rule *rule)
{
    uint64_t least = p->totals.letters;
    uint8_t i;

    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++) {
        uint64_t n = rule->meant[i] == ' ' ? p->totals.words
                                           : p->letters[rule->meant[i]];

        if (n < least)
            least = n;
    }
    /* A run of letters is rarer than its rarest. */
    return rule->meant_length > 1 ? least / 8 : least;
}

uint32_t
ufx_profile_rule_rate(const struct ufx_profile *p,
                      const struct ufx_vocabulary *v, uint16_t rule)
{
    uint64_t seen = ufx_profile_rule(p, rule);

    return seen == 0
               ? 0
               : (uint32_t)(seen * 1000 /
                            (seen +
                             meant_count(p, ufx_vocabulary_rule(v, rule))));
}

/* Damage is what makes words unknown: not another language, syntax, or a
 * vocabulary that no dictionary has. */
static bool
is_by_damage(const struct ufx_profile_totals *t)
{
    uint64_t damaged =
        (uint64_t)t->nature.traits[UFX_TRAIT_DAMAGED] + UFX_SEEN_OFTEN;
    enum ufx_apart apart = ufx_nature_apart(&t->nature);

    return damaged * UFX_WIDE_WORDS >= t->words &&
           damaged * UFX_DEEP_USUAL >= t->small &&
           damaged * UFX_WORST_WORDS >= t->lost &&
           (apart == UFX_APART_NONE || apart == UFX_APART_OLD);
}

/* More than one fault in a word is usual. */
static bool
is_deep(const struct ufx_profile_totals *t)
{
    if (t->lost == 0 || t->lost * UFX_DEEP_WORDS < t->words || !is_by_damage(t))
        return false;
    return t->repaired * 2 > t->lost ||
           (t->lost * UFX_WORST_WORDS >= t->words &&
            t->repaired * UFX_DEEP_USUAL > t->lost &&
            t->unknown * 1000 < t->words * UFX_LANGUAGE_STRANGE);
}

/* Blanks within words are the engine's habit. */
static bool
is_broken_up(const struct ufx_profile_totals *t)
{
    return t->broken >= UFX_SEEN_OFTEN &&
           t->broken * UFX_DEEP_WORDS >= t->words;
}

bool
ufx_profile_is_wide(const struct ufx_profile *p)
{
    const struct ufx_profile_totals *t = &p->totals;
    uint64_t signs = (uint64_t)t->nature.traits[UFX_TRAIT_DAMAGED] +
                     (t->lost > 0) + (t->unknown > 0);
    enum ufx_apart apart = ufx_nature_apart(&t->nature);

    return signs * UFX_WIDE_WORDS >= t->words && t->words > 0 &&
           (apart == UFX_APART_NONE || apart == UFX_APART_OLD);
}

void
ufx_profile_searched(struct ufx_profile *p, bool wide)
{
    p->habits.wide = wide;
}

/* A rule seen n times where E were to be expected gets cheaper by
 * ln((n + UFX_HABIT_PRIOR) / (E + UFX_HABIT_PRIOR)): a gamma prior of that
 * weight on its rate. */
const struct ufx_habits *
ufx_profile_habits(struct ufx_profile *p, const struct ufx_vocabulary *v)
{
    const int32_t unseen = ufx_log(UFX_HABIT_PRIOR << 10);
    uint32_t i;

    p->habits.bare_capitals =
        p->totals.bare_capitals > p->totals.accented_capitals;
    /* One may be a slip. */
    p->habits.accented_capitals =
        p->totals.accented_capitals > p->totals.bare_capitals + 1;
    p->habits.old = p->totals.old >= UFX_SEEN_OFTEN;
    p->habits.deep = p->habits.wide && is_deep(&p->totals);
    p->habits.broken = p->habits.wide && is_broken_up(&p->totals);
    p->habits.stray_apostrophes =
        p->totals.lone >= UFX_SEEN_OFTEN && p->totals.lone >= p->totals.pairs;
    for (i = 0; i < p->rule_count; i++) {
        const struct ufx_rule *rule = ufx_vocabulary_rule(v, i);
        /* In units of 2^-10. */
        uint64_t expected =
            (uint64_t)ufx_exp_negative(rule->cost) * meant_count(p, rule) >> 10;
        struct shown *shown = &p->rules[i];
        uint64_t seen = (uint64_t)shown->seen << 10;
        int32_t shift;

        if (shown->basis_expected == expected &&
            shown->basis_seen == shown->seen)
            continue;
        shown->basis_expected = expected;
        shown->basis_seen = shown->seen;
        shift = ufx_log(expected + (UFX_HABIT_PRIOR << 10)) -
                (seen == 0 ? unseen : ufx_log(seen + (UFX_HABIT_PRIOR << 10)));
        if (shift < -UFX_HABIT_MOST)
            shift = -UFX_HABIT_MOST;
        if (shift > UFX_HABIT_MOST)
            shift = UFX_HABIT_MOST;
        p->shifts[i] = shift;
    }
    return &p->habits;
}
