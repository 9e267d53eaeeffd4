/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/rules.h"

#include "text/chars.h"
#include "text/text.h"

#include <string.h>

int
ufx_rule_compare(const void *left, const void *right)
{
    const struct ufx_rule *a = left, *b = right;
    int i;

    if (a->read[0] != b->read[0])
        return a->read[0] < b->read[0] ? -1 : 1;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    for (i = 1; i < UFX_CONFUSION_CHARS; i++)
        if (a->read[i] != b->read[i])
            return a->read[i] < b->read[i] ? -1 : 1;
    i = memcmp(a->meant, b->meant, sizeof a->meant);
    if (i != 0)
        return i;
    if (a->upper != b->upper)
        return a->upper < b->upper ? -1 : 1;
    return (int)a->place - (int)b->place;
}

bool
ufx_rule_equal(const struct ufx_rule *a, const struct ufx_rule *b)
{
    return memcmp(a->read, b->read, sizeof a->read) == 0 &&
           memcmp(a->meant, b->meant, sizeof a->meant) == 0 &&
           a->read_length == b->read_length &&
           a->meant_length == b->meant_length && a->upper == b->upper &&
           a->place == b->place;
}

void
ufx_rules_index(struct ufx_rules *view, const struct ufx_rule *rules,
                uint32_t count)
{
    uint32_t i = 0;
    int c;

    view->rules = rules;
    view->count = count;
    for (c = 0; c <= 256; c++) {
        while (i < count && rules[i].read[0] < c)
            i++;
        view->start[c] = i;
    }
}

void
ufx_rules_range(const struct ufx_rules *view, uint32_t cp, uint32_t *first,
                uint32_t *end)
{
    uint32_t i = view->start[256], high = view->count;

    if (cp < 256) {
        *first = view->start[cp];
        *end = view->start[cp + 1];
        return;
    }
    while (i < high) {
        uint32_t middle = i + (high - i) / 2;

        if (view->rules[middle].read[0] < cp)
            i = middle + 1;
        else
            high = middle;
    }
    *first = i;
    while (i < view->count && view->rules[i].read[0] == cp)
        i++;
    *end = i;
}

/* Cuts the next tab-separated field off [*line, end). */
static size_t
next_field(const char **line, const char *end, const char **field)
{
    const char *start = *line;
    const char *tab = memchr(start, '\t', (size_t)(end - start));

    *field = start;
    *line = tab == NULL ? end : tab + 1;
    return (size_t)((tab == NULL ? end : tab) - start);
}

#define TOO_LONG (-1)
#define UNREADABLE (-2)

/* How many characters are there, or one of the two. */
static int
parse_side(const char *field, size_t length, uint32_t *chars)
{
    size_t i = 0, size;
    int n = 0;

    while (i < length) {
        if (n == UFX_CONFUSION_CHARS)
            return TOO_LONG;
        chars[n] = ufx_text_decode(field + i, length - i, &size);
        if (chars[n] == 0 || chars[n] > 0xFFFF)
            return UNREADABLE;
        if (chars[n] == 0x2423)
            chars[n] = ' ';
        n++;
        i += size;
    }
    return n;
}

/* Nats with up to three decimals, 0.001 to 20, to thousandths; -1 if bad. */
static long
parse_cost(const char *field, size_t length)
{
    long value = 0;
    int decimals = -1;
    size_t i;

    for (i = 0; i < length; i++) {
        if (field[i] == '.' && decimals < 0) {
            decimals = 0;
        } else if (field[i] >= '0' && field[i] <= '9' && value < 100000 &&
                   decimals < 3) {
            value = value * 10 + (field[i] - '0');
            if (decimals >= 0)
                decimals++;
        } else {
            return -1;
        }
    }
    if (length == 0 || (length == 1 && decimals == 0))
        return -1;
    for (i = (size_t)(decimals < 0 ? 0 : decimals); i < 3; i++)
        value *= 10;
    return value >= 1 && value <= 20000 ? value : -1;
}

static bool
parse_place(const char *field, size_t length, uint8_t *place)
{
    static const char *const names[] = {"any", "start", "end"};
    uint8_t i;

    for (i = 0; i < 3; i++) {
        if (length == strlen(names[i]) &&
            memcmp(field, names[i], length) == 0) {
            *place = i;
            return true;
        }
    }
    *place = UFX_PLACE_ANY;
    return length == 0;
}

bool
ufx_rule_parse(const char *line, size_t length, struct ufx_rule *rule,
               const char **why)
{
    const char *end = line + length, *field;
    uint32_t read[UFX_CONFUSION_CHARS], meant[UFX_CONFUSION_CHARS];
    size_t n;
    int reads, meants, i;
    long cost;

    memset(rule, 0, sizeof *rule);
    if (memchr(line, '\t', length) == NULL) {
        *why = "no tabs: what is read, what was meant, and the cost are needed";
        return false;
    }
    n = next_field(&line, end, &field);
    reads = parse_side(field, n, read);
    n = next_field(&line, end, &field);
    meants = parse_side(field, n, meant);
    if (reads < 0 || meants < 0) {
        *why = reads == TOO_LONG || meants == TOO_LONG
                   ? "more than 3 characters on one side"
                   : "a character that no confusion can have";
        return false;
    }
    if (reads + meants == 0 ||
        (reads == meants && memcmp(read, meant, (size_t)reads * 4) == 0)) {
        *why = "both sides are equal";
        return false;
    }
    n = next_field(&line, end, &field);
    cost = parse_cost(field, n);
    if (cost < 0) {
        *why = "the cost must be a number from 0.001 to 20";
        return false;
    }
    n = next_field(&line, end, &field);
    if (!parse_place(field, n, &rule->place)) {
        *why = "the place must be any, start or end";
        return false;
    }
    for (i = 0; i < reads; i++)
        rule->read[i] = (uint16_t)read[i];
    for (i = 0; i < meants; i++) {
        uint32_t lower = ufx_char_lower(meant[i]);
        uint32_t code = ufx_char_code(lower);

        if (code == 0) {
            *why = "what was meant must be Latin letters";
            return false;
        }
        rule->meant[i] = (uint8_t)code;
        if (lower != meant[i])
            rule->upper |= (uint8_t)(1 << i);
    }
    rule->read_length = (uint8_t)reads;
    rule->meant_length = (uint8_t)meants;
    rule->cost = (uint16_t)cost;
    return true;
}
