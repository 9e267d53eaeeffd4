/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/choices.h"

#include "base/sort.h"

#include <string.h>

static uint8_t
group_of(const struct ufx_rule *rule)
{
    if (rule->meant_length == 0)
        return UFX_GROUP_NOTHING;
    return (uint8_t)(rule->meant[0] == ' ' ? UFX_GROUP_BLANK
                                           : ufx_choice_group(rule->meant[0]));
}

static void
note_letters(struct ufx_choice *choice, const struct ufx_rule *rule,
             const struct ufx_usual *usual)
{
    uint8_t i;

    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++)
        if (rule->meant[i] != ' ')
            choice->letters |= (uint8_t)(1u << i);
    choice->upper = rule->upper & choice->letters;
    if ((choice->letters & 2) != 0)
        choice->second = ufx_letter_bit(usual, rule->meant[1]);
}

static struct ufx_choice
make_choice(const struct ufx_rule *rule, uint16_t number,
            const struct ufx_usual *usual)
{
    struct ufx_choice choice = {.number = number,
                                .cost = rule->cost,
                                .cp = rule->read[0],
                                .group = group_of(rule),
                                .length = rule->read_length};

    if (choice.group < UFX_GROUP_BLANK)
        choice.letter = rule->meant[0];

    choice.following = rule->read[1] | (uint32_t)rule->read[2] << 16;
    choice.place =
        ufx_choice_place((enum ufx_rule_place)rule->place, rule->read_length);
    note_letters(&choice, rule, usual);
    return choice;
}

static const struct ufx_rule *
rule_of(const struct ufx_choices *c, const struct ufx_rules *user,
        size_t number)
{
    const struct ufx_rules *own = &c->language->rules;

    return user == NULL || number < own->count
               ? &own->rules[number]
               : &user->rules[number - own->count];
}

/* What the choices come in the order of: what is read first, what is meant
 * first or read second, cost, and number. */
static uint64_t
key_of(const struct ufx_rule *rule, size_t number)
{
    uint64_t second = rule->read_length > 1 ? rule->read[1] : group_of(rule);

    return (uint64_t)rule->read[0] << 48 | second << 32 |
           (uint64_t)rule->cost << 16 | number;
}

static void
make_choices(const struct ufx_choices *c, struct ufx_choice *list,
             uint64_t *keys, size_t count, const struct ufx_rules *user)
{
    size_t i;

    ufx_sort_numbers(keys, count);
    for (i = 0; i < count; i++) {
        uint16_t number = (uint16_t)keys[i];

        list[i] =
            make_choice(rule_of(c, user, number), number, &c->language->usual);
    }
}

/* False: no memory. */
static bool
make_lists(struct ufx_choices *c, const struct ufx_rules *user)
{
    uint64_t *keys = ufx_memory_allocate(&c->memory, c->count * sizeof *keys);
    size_t number, last = c->count;

    if (keys == NULL)
        return false;
    c->alone = 0;
    for (number = 0; number < c->count; number++) {
        const struct ufx_rule *rule = rule_of(c, user, number);

        keys[rule->read_length > 1 ? --last : c->alone++] =
            key_of(rule, number);
    }
    c->longer = c->list + c->alone;
    make_choices(c, c->list, keys, c->alone, user);
    make_choices(c, c->longer, keys + c->alone, c->count - c->alone, user);
    ufx_memory_free(&c->memory, keys, c->count * sizeof *keys);
    return true;
}

static void
begin_row(struct ufx_choice_row *row, uint32_t cp)
{
    size_t group;

    memset(row, 0, sizeof *row);
    row->cp = cp;
    row->blank = row->nothing = INT32_MAX;
    for (group = 0; group < UFX_GROUPS; group++)
        row->groups[group].least = UINT16_MAX;
}

/* Fills in the row of the choices [first, end) of the list, which are sorted.
 */
static void
fill_row(const struct ufx_choices *c, struct ufx_choice_row *row, size_t first,
         size_t end)
{
    size_t i, level;

    for (i = first; i < end; i++) {
        const struct ufx_choice *choice = &c->list[i];
        struct ufx_choice_group *group = &row->groups[choice->group];

        if (group->count++ == 0) {
            group->first = (uint16_t)i;
            group->least = choice->cost;
        }
        group->most = choice->cost;
        if (choice->group == UFX_GROUP_BLANK) {
            if (choice->cost < row->blank)
                row->blank = choice->cost;
        } else if (choice->group == UFX_GROUP_NOTHING) {
            if (choice->cost < row->nothing)
                row->nothing = choice->cost;
        } else {
            row->letters[ufx_choice_level(choice->cost)] |=
                ufx_letter_bit(&c->language->usual, choice->letter);
        }
    }
    for (level = 1; level < UFX_LEVELS; level++)
        row->letters[level] |= row->letters[level - 1];
}

/* How many choices from `first` on read `cp` first. */
static size_t
count_first(const struct ufx_choice *list, size_t first, size_t count,
            uint32_t cp)
{
    size_t end = first;

    while (end < count && list[end].cp == cp)
        end++;
    return end - first;
}

/* The next character that choices from there on read first; `most` if none
 * does. */
static uint32_t
next_first(const struct ufx_choices *c, size_t alone, size_t longer,
           uint32_t most)
{
    if (alone < c->alone && c->list[alone].cp < most)
        most = c->list[alone].cp;
    if (longer < c->count - c->alone && c->longer[longer].cp < most)
        most = c->longer[longer].cp;
    return most;
}

/* The rows after the empty one, or how many they are if there are none yet. */
static size_t
make_rows(struct ufx_choices *c, struct ufx_choice_row *rows)
{
    size_t alone = 0, longer = 0, n = 1;
    /* The row of 0 is there even if no rule is. */
    uint32_t cp = 0;

    for (; cp != UINT32_MAX; cp = next_first(c, alone, longer, UINT32_MAX)) {
        size_t some = count_first(c->list, alone, c->alone, cp);
        size_t more = count_first(c->longer, longer, c->count - c->alone, cp);

        if (rows != NULL) {
            begin_row(&rows[n], cp);
            fill_row(c, &rows[n], alone, alone + some);
            rows[n].longer = (uint16_t)longer;
            rows[n].longer_count = (uint16_t)more;
            if (some + more > c->longest)
                c->longest = some + more;
            if (cp > 0 && cp < 256)
                c->latin1[cp] = (uint16_t)n;
        }
        alone += some;
        longer += more;
        n++;
    }
    return n;
}

bool
ufx_choices_make(struct ufx_choices *c, const struct ufx_memory *memory,
                 const struct ufx_language *language,
                 const struct ufx_rules *user, size_t most)
{
    size_t count =
        language->rules.count + (user != NULL ? (size_t)user->count : 0);

    memset(c, 0, sizeof *c);
    c->memory = *memory;
    c->language = language;
    c->count = count < most ? count : most;
    c->list = ufx_memory_allocate(memory, c->count * sizeof *c->list);
    if (c->list == NULL)
        return false;
    if (!make_lists(c, user)) {
        ufx_memory_free(memory, c->list, c->count * sizeof *c->list);
        c->list = NULL;
        return false;
    }
    c->row_count = make_rows(c, NULL);
    c->rows = ufx_memory_allocate(memory, c->row_count * sizeof *c->rows);
    if (c->rows == NULL) {
        ufx_choices_free(c);
        return false;
    }
    begin_row(&c->rows[0], 0);
    make_rows(c, c->rows);
    return true;
}

void
ufx_choices_free(struct ufx_choices *c)
{
    ufx_memory_free(&c->memory, c->list, c->count * sizeof *c->list);
    ufx_memory_free(&c->memory, c->rows, c->row_count * sizeof *c->rows);
    memset(c, 0, sizeof *c);
}

const struct ufx_choice_row *
ufx_choices_row(const struct ufx_choices *c, uint32_t cp)
{
    size_t low = 2, high = c->row_count;

    if (cp < 256)
        return &c->rows[c->latin1[cp]];
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (c->rows[middle].cp < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return &c->rows[low < c->row_count && c->rows[low].cp == cp ? low : 0];
}

const struct ufx_choice *
ufx_choices_longer(const struct ufx_choices *c,
                   const struct ufx_choice_row *row, uint32_t second,
                   size_t *count)
{
    const struct ufx_choice *list = c->longer + row->longer;
    size_t low = 0, high = row->longer_count, n = 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if ((list[middle].following & 0xFFFF) < second)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + n < row->longer_count &&
           (list[low + n].following & 0xFFFF) == second)
        n++;
    *count = n;
    return list + low;
}
