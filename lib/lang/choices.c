/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/choices.h"

#include "base/sort.h"
#include "lang/lexicon.h"

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
note_letters(struct ufx_choice *choice, const struct ufx_rule *rule)
{
    uint8_t i;

    for (i = 0; i < rule->meant_length && i < UFX_CONFUSION_CHARS; i++)
        if (rule->meant[i] != ' ')
            choice->letters |= (uint8_t)(1u << i);
    choice->upper = rule->upper & choice->letters;
    if ((choice->letters & 2) != 0)
        choice->second = ufx_letter_bit(rule->meant[1]);
}

static struct ufx_choice
make_choice(const struct ufx_rule *rule, uint16_t number)
{
    struct ufx_choice choice = {.number = number,
                                .cost = rule->cost,
                                .cp = rule->read[0],
                                .group = group_of(rule),
                                .length = rule->read_length};

    choice.following = rule->read[1] | (uint32_t)rule->read[2] << 16;
    choice.place =
        ufx_choice_place((enum ufx_rule_place)rule->place, rule->read_length);
    note_letters(&choice, rule);
    return choice;
}

/* Adds the keys of rules that choices come in the order of: what is read first,
 * what is meant first, cost, and number. */
static size_t
add_keys(uint64_t *keys, size_t count, const struct ufx_rules *rules,
         size_t most)
{
    uint32_t i;

    for (i = 0; rules != NULL && i < rules->count && count < most; i++) {
        const struct ufx_rule *rule = &rules->rules[i];

        keys[count] = (uint64_t)rule->read[0] << 40 |
                      (uint64_t)group_of(rule) << 32 |
                      (uint64_t)rule->cost << 16 | count;
        count++;
    }
    return count;
}

/* False: no memory. */
static bool
make_list(struct ufx_choices *c, const struct ufx_rules *own,
          const struct ufx_rules *user, size_t count)
{
    uint64_t *keys = ufx_memory_allocate(&c->memory, count * sizeof *keys);
    size_t i;

    if (keys == NULL)
        return false;
    c->count = add_keys(keys, 0, own, count);
    c->count = add_keys(keys, c->count, user, count);
    ufx_sort_numbers(keys, c->count);
    for (i = 0; i < c->count; i++) {
        uint16_t number = (uint16_t)keys[i];

        c->list[i] =
            make_choice(number < own->count ? &own->rules[number]
                                            : &user->rules[number - own->count],
                        number);
    }
    ufx_memory_free(&c->memory, keys, count * sizeof *keys);
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

/* Fills in the row of the choices [first, end), which are sorted. */
static void
fill_row(const struct ufx_choices *c, struct ufx_choice_row *row,
         const struct ufx_rules *own, const struct ufx_rules *user,
         size_t first, size_t end)
{
    size_t i, level;

    for (i = first; i < end; i++) {
        const struct ufx_choice *choice = &c->list[i];
        const struct ufx_rule *rule =
            choice->number < own->count
                ? &own->rules[choice->number]
                : &user->rules[choice->number - own->count];
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
            uint32_t *letters = choice->length > 1 ? row->longer : row->alone;

            letters[ufx_choice_level(choice->cost)] |=
                ufx_letter_bit(rule->meant[0]);
        }
    }
    for (level = 1; level < UFX_LEVELS; level++) {
        row->alone[level] |= row->alone[level - 1];
        row->longer[level] |= row->longer[level - 1];
    }
}

static void
make_rows(struct ufx_choices *c, const struct ufx_rules *own,
          const struct ufx_rules *user)
{
    size_t first = 0, end;

    begin_row(&c->rows[0], 0);
    fill_row(c, &c->rows[0], own, user, 0, 0);
    c->row_count = 1;
    do {
        /* The row of 0 is there even if no rule is. */
        uint32_t cp = c->row_count == 1 ? 0 : c->list[first].cp;
        struct ufx_choice_row *row = &c->rows[c->row_count];

        for (end = first; end < c->count && c->list[end].cp == cp;)
            end++;
        begin_row(row, cp);
        fill_row(c, row, own, user, first, end);
        if (end - first > c->longest)
            c->longest = end - first;
        if (cp > 0 && cp < 256)
            c->latin1[cp] = (uint16_t)c->row_count;
        c->row_count++;
        first = end;
    } while (first < c->count);
}

static size_t
count_rows(const struct ufx_choices *c)
{
    size_t i, n = 2;

    for (i = 0; i < c->count; i++)
        n += c->list[i].cp != (i == 0 ? 0 : c->list[i - 1].cp);
    return n;
}

bool
ufx_choices_make(struct ufx_choices *c, const struct ufx_memory *memory,
                 const struct ufx_rules *own, const struct ufx_rules *user,
                 size_t most)
{
    size_t count = own->count + (user != NULL ? (size_t)user->count : 0);

    memset(c, 0, sizeof *c);
    c->memory = *memory;
    if (count > most)
        count = most;
    c->list = ufx_memory_allocate_zero(memory, count * sizeof *c->list);
    if (c->list == NULL)
        return false;
    if (!make_list(c, own, user, count)) {
        ufx_memory_free(memory, c->list, count * sizeof *c->list);
        c->list = NULL;
        return false;
    }
    c->row_count = count_rows(c);
    c->rows = ufx_memory_allocate(memory, c->row_count * sizeof *c->rows);
    if (c->rows == NULL) {
        ufx_choices_free(c);
        return false;
    }
    make_rows(c, own, user);
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
