/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/rivals.h"

#include "normalize/tuned.h"
#include "text/chars.h"

#include <string.h>

/* ---- Keeping ---- */

static void
put(struct ufx_buffer *out, const void *number, size_t size)
{
    ufx_buffer_append(out, number, size);
}

static bool
put_reading(struct ufx_buffer *out, const struct ufx_reading *r)
{
    const uint8_t counts[] = {r->flags, (uint8_t)r->count, r->word_count,
                              (uint8_t)(r->rule_count | r->shape << 4)};
    uint32_t i;

    put(out, &r->channel, sizeof r->channel);
    put(out, counts, sizeof counts);
    for (i = 0; i < r->count; i++) {
        uint32_t cp = r->chars[i], code = cp == ' ' ? cp : ufx_char_code(cp);

        if (code == 0 || code > UINT8_MAX ||
            (cp != ' ' && ufx_char_of_code((uint8_t)code) != cp))
            return false;
        ufx_buffer_append_byte(out, (char)code);
    }
    put(out, r->words, r->word_count * sizeof *r->words);
    put(out, r->rules, r->rule_count * sizeof *r->rules);
    return r->form == 0 && r->count <= UINT8_MAX;
}

bool
ufx_rivals_put(struct ufx_buffer *out, const struct ufx_readings *readings,
               uint32_t work)
{
    size_t start = out->length, i;
    bool good = readings->count <= UINT8_MAX;

    put(out, &work, sizeof work);
    ufx_buffer_append_byte(out, (char)readings->count);
    for (i = 0; i < readings->count && good; i++)
        good = put_reading(out, &readings->list[i]);
    if (!good)
        out->length = start;
    return good && !out->failed;
}

/* ---- Reading ---- */

struct cursor {
    const uint8_t *at;
    size_t left;
};

static bool
take(struct cursor *c, void *to, size_t size)
{
    if (c->left < size)
        return false;
    memcpy(to, c->at, size);
    c->at += size;
    c->left -= size;
    return true;
}

static bool
take_chars(struct cursor *c, struct ufx_reading *r, struct ufx_arena *arena)
{
    uint32_t *chars, i;

    if (c->left < r->count)
        return false;
    chars = ufx_arena_allocate(arena, (r->count + 1) * sizeof *chars);
    if (chars == NULL)
        return false;
    for (i = 0; i < r->count; i++)
        chars[i] = c->at[i] == ' ' ? ' ' : ufx_char_of_code(c->at[i]);
    r->chars = chars;
    c->at += r->count;
    c->left -= r->count;
    return true;
}

/* What a search for a known word says of a reading. */
#define KEPT_FLAGS (UFX_READING_SAME | UFX_READING_GENERIC | UFX_READING_SPLIT)

static bool
take_reading(struct cursor *c, const struct ufx_language *language,
             struct ufx_reading *r, struct ufx_arena *arena)
{
    uint8_t counts[4], i;

    memset(r, 0, sizeof *r);
    if (!take(c, &r->channel, sizeof r->channel) ||
        !take(c, counts, sizeof counts))
        return false;
    r->flags = counts[0];
    r->count = counts[1];
    r->word_count = counts[2];
    r->rule_count = counts[3] & 0xF;
    r->shape = counts[3] >> 4;
    if ((r->flags & ~KEPT_FLAGS) != 0 || r->channel < 0 ||
        r->channel > UFX_COST_MOST || r->count == 0 || r->word_count == 0 ||
        r->word_count > UFX_READING_WORDS ||
        r->rule_count > UFX_READING_RULES || r->shape > UFX_SHAPE_UPPER ||
        !take_chars(c, r, arena) ||
        !take(c, r->words, r->word_count * sizeof *r->words) ||
        !take(c, r->rules, r->rule_count * sizeof *r->rules))
        return false;
    for (i = 0; i < r->rule_count; i++)
        if (r->rules[i] >= language->rules.count &&
            r->rules[i] < UFX_RULE_TABLES)
            return false;
    return true;
}

/* Where the word's bytes are; false if it has none. */
static bool
find(const struct ufx_rivals *rivals, uint32_t word, struct cursor *c)
{
    uint32_t low = 0, high = rivals->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (rivals->rows[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == rivals->count || rivals->rows[low].word != word ||
        rivals->rows[low].offset > rivals->size)
        return false;
    c->at = rivals->bytes + rivals->rows[low].offset;
    c->left = rivals->size - rivals->rows[low].offset;
    return true;
}

bool
ufx_rivals_get(const struct ufx_language *language, uint32_t word,
               struct ufx_arena *arena, struct ufx_readings *readings,
               uint32_t *work)
{
    struct cursor c;
    uint8_t count, i;

    if (!find(&language->rivals, word, &c) || !take(&c, work, sizeof *work) ||
        !take(&c, &count, 1))
        return false;
    readings->list = ufx_arena_allocate(arena, count * sizeof *readings->list);
    if (readings->list == NULL)
        return false;
    readings->count = count;
    for (i = 0; i < count; i++)
        if (!take_reading(&c, language, &readings->list[i], arena))
            return false;
    return true;
}
