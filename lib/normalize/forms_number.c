/* SPDX-License-Identifier: MPL-2.0 */
/* Numbers whose figures were misread. */
#include "normalize/forms.h"

#include "text/chars.h"

#include <string.h>

#define NONE UINT32_MAX

/* The next row of that kind for the character, `after` this one. */
static const struct ufx_form *
next_row(const struct ufx_filling *f, enum ufx_form_kind kind, uint32_t cp,
         const struct ufx_form *after)
{
    const struct ufx_form *row =
        after != NULL ? after + 1 : f->rows->rows + f->rows->first[kind];
    const struct ufx_form *end = f->rows->rows + f->rows->first[kind + 1];

    for (; row < end; row++)
        if (row->count == 1 && row->text[0] == cp)
            return row;
    return NULL;
}

static void
append(struct ufx_numbers *n, uint32_t from, uint32_t to, uint32_t cp)
{
    for (; from < to; from++)
        n->list[from][n->lengths[from]++] = cp;
}

/* Each number so far goes on with each figure that the character can be. */
static bool
fork_figures(const struct ufx_filling *f, struct ufx_numbers *n, uint32_t cp,
             bool odd)
{
    enum ufx_form_kind kinds[2] = {UFX_FORM_FIGURE, UFX_FORM_ODD_FIGURE};
    uint32_t figures[UFX_FORM_NUMBERS], count = 0, old = n->count, i, k;

    for (k = 0; k < (odd ? 2u : 1u); k++) {
        const struct ufx_form *row = next_row(f, kinds[k], cp, NULL);

        for (; row != NULL && count < UFX_FORM_NUMBERS;
             row = next_row(f, kinds[k], cp, row))
            figures[count++] = row->value[0];
    }
    if (count == 0 || old * count > UFX_FORM_NUMBERS)
        return false;
    for (k = 1; k < count; k++)
        for (i = 0; i < old; i++) {
            memcpy(n->list[n->count], n->list[i], sizeof n->list[i]);
            n->lengths[n->count++] = n->lengths[i];
        }
    for (k = 0; k < count; k++)
        append(n, k * old, (k + 1) * old, figures[k]);
    return true;
}

uint32_t
ufx_form_numbers(const struct ufx_filling *f, const uint32_t *chars,
                 size_t count, bool odd, struct ufx_numbers *numbers)
{
    uint32_t misread = 0;
    size_t i;

    if (count > UFX_FORM_FIGURES)
        return 0;
    numbers->count = 1;
    numbers->lengths[0] = 0;
    for (i = 0; i < count; i++) {
        bool mark = chars[i] == '.' || chars[i] == ',' || chars[i] == '/';

        if (ufx_char_is_digit(chars[i]) || (mark && i > 0)) {
            append(numbers, 0, numbers->count, chars[i]);
            continue;
        }
        if (!fork_figures(f, numbers, chars[i], odd))
            return 0;
        misread++;
    }
    return misread;
}

uint32_t
ufx_form_choose(const struct ufx_filling *f, const struct ufx_numbers *numbers,
                bool (*valid)(const uint32_t *, size_t, uint32_t),
                uint32_t limit)
{
    uint32_t i, found = NONE, seen = NONE, valid_count = 0, seen_count = 0;

    for (i = 0; i < numbers->count; i++) {
        if (!valid(numbers->list[i], numbers->lengths[i], limit))
            continue;
        found = i;
        valid_count++;
        if (ufx_times_seen(f, numbers->list[i], numbers->lengths[i]) > 0) {
            seen = i;
            seen_count++;
        }
    }
    if (valid_count == 1)
        return found;
    return seen_count == 1 ? seen : NONE;
}

uint32_t
ufx_form_value(const uint32_t *chars, size_t count)
{
    uint32_t value = 0;
    size_t i;

    if (count == 0 || count > 6)
        return NONE;
    for (i = 0; i < count; i++) {
        if (!ufx_char_is_digit(chars[i]))
            return NONE;
        value = value * 10 + (chars[i] - '0');
    }
    return value;
}
