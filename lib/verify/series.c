/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/series.h"

#include "base/numeric.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/tuned.h"

#include <string.h>

#define BLANK 0x2423 /* stands for one in the key of a rule */

/* ---- Keys ---- */

static bool
is_capitalized(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 1; i < count; i++)
        if (ufx_char_is_upper(chars[i]))
            return false;
    return ufx_char_is_upper(chars[0]);
}

enum ufx_fact_kind
ufx_series_word(struct ufx_buffer *key, const uint32_t *chars, size_t count,
                bool is_known)
{
    size_t i;

    ufx_buffer_clear(key);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(key,
                               is_known ? ufx_char_lower(chars[i]) : chars[i]);
    return is_known                       ? UFX_FACT_KNOWN
           : is_capitalized(chars, count) ? UFX_FACT_NAME
                                          : UFX_FACT_WORD;
}

enum ufx_fact_kind
ufx_series_form(struct ufx_buffer *key, const uint32_t *chars, size_t count)
{
    size_t i;

    ufx_buffer_clear(key);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(key, chars[i]);
    return UFX_FACT_FORM;
}

static void
put_shown(struct ufx_buffer *key, uint32_t cp)
{
    ufx_buffer_append_char(key, cp == ' ' ? BLANK : cp);
}

void
ufx_series_rule(struct ufx_buffer *key, const struct ufx_rule *rule)
{
    uint8_t i;

    ufx_buffer_clear(key);
    for (i = 0; i < rule->read_length; i++)
        put_shown(key, rule->read[i]);
    ufx_buffer_append_byte(key, '\t');
    for (i = 0; i < rule->meant_length; i++) {
        uint32_t cp = ufx_char_of_code(rule->meant[i]);

        put_shown(key, rule->upper >> i & 1 ? ufx_char_upper(cp) : cp);
    }
    if (rule->place == UFX_PLACE_START)
        ufx_buffer_append(key, "\tstart", 6);
    else if (rule->place == UFX_PLACE_END)
        ufx_buffer_append(key, "\tend", 4);
}

/* The next word of a text: what stands between blanks, without the marks at
 * its edges, in small letters. */
static bool
next_word(const char *text, size_t length, size_t *at, struct ufx_buffer *word)
{
    size_t end = 0, size;

    ufx_buffer_clear(word);
    for (; *at < length; *at += size) {
        uint32_t cp = ufx_text_decode(text + *at, length - *at, &size);

        if (ufx_char_is_blank(cp)) {
            if (end > 0)
                break;
            continue;
        }
        if (end == 0 && !ufx_char_is_alnum(cp))
            continue;
        ufx_buffer_append_char(word, ufx_char_lower(cp));
        if (ufx_char_is_alnum(cp))
            end = word->length;
    }
    word->length = end;
    return end > 0;
}

bool
ufx_series_pair(struct ufx_buffer *key, const char *before,
                size_t before_length, const char *after, size_t after_length)
{
    ufx_buffer_clear(key);
    ufx_buffer_append(key, before, before_length);
    ufx_buffer_append_byte(key, '\t');
    ufx_buffer_append(key, after, after_length);
    return memchr(before, '\t', before_length) == NULL &&
           memchr(after, '\t', after_length) == NULL;
}

/* ---- What they say ---- */

int32_t
ufx_series_odds(uint32_t confidence, int32_t most)
{
    uint32_t p = confidence < 1 ? 1 : confidence > 999 ? 999 : confidence;
    int32_t odds = ufx_log(p) - ufx_log(1000 - p);

    return odds > most ? most : odds < -most ? -most : odds;
}

static uint32_t
confidence_of(int32_t odds)
{
    uint64_t other = ufx_exp_negative(odds < 0 ? -odds : odds);
    uint64_t one = UINT64_C(1) << 20;

    return (uint32_t)((odds < 0 ? other : one) * 1000 / (one + other));
}

static uint64_t
documents_of(const struct ufx_collection *c, enum ufx_fact_kind kind,
             const struct ufx_buffer *key)
{
    const struct ufx_fact *fact =
        ufx_collection_find(c, kind, key->data, key->length);

    return fact == NULL ? 0 : fact->documents;
}

/* Of the words after a change, the one in the fewest documents. */
static uint64_t
rarest_after(const struct ufx_collection *c, struct ufx_buffer *key,
             const struct ufx_series_change *change)
{
    uint64_t least = UINT64_MAX;
    size_t at = 0;

    while (next_word(change->after, change->after_length, &at, key)) {
        uint64_t n = documents_of(c, UFX_FACT_KNOWN, key);

        n = n > 0 ? n : documents_of(c, UFX_FACT_WORD, key);
        if (n < least)
            least = n;
    }
    return least == UINT64_MAX ? 0 : least;
}

static uint64_t
others(uint64_t documents, bool is_here)
{
    return documents > 0 && is_here ? documents - 1 : documents;
}

static int64_t
limit(int64_t value, int64_t most)
{
    return value > most ? most : value < -most ? -most : value;
}

/* Of how many documents have the word after, and how many the one before. */
static int64_t
weigh_words(const struct ufx_collection *c, struct ufx_buffer *key,
            const struct ufx_series_change *change)
{
    uint64_t after = others(rarest_after(c, key, change), change->seen_after);
    uint64_t before;

    ufx_buffer_clear(key);
    ufx_buffer_append(key, change->before, change->before_length);
    before = documents_of(c, UFX_FACT_WORD, key) +
             documents_of(c, UFX_FACT_NAME, key);
    before = others(before, true);
    return limit((int64_t)(ufx_log(after + 1) - ufx_log(before + 1)) *
                     UFX_SERIES_WORDS / 100,
                 UFX_SERIES_WORDS_MOST);
}

/* Of the mean odds of the same change in the other documents. */
static int64_t
weigh_pair(const struct ufx_collection *c, struct ufx_buffer *key,
           const struct ufx_series_change *change)
{
    const struct ufx_fact *pair = NULL;

    if (ufx_series_pair(key, change->before, change->before_length,
                        change->after, change->after_length))
        pair = ufx_collection_find(c, UFX_FACT_PAIR, key->data, key->length);
    if (pair == NULL || pair->documents < 2 || pair->times == 0)
        return 0;
    return limit(
        limit(pair->sum / (int64_t)pair->times, UFX_SERIES_ODDS_MOST) *
            (int64_t)limit((int64_t)pair->documents - 1, UFX_SERIES_PAIR_MOST) *
            UFX_SERIES_PAIR / 100,
        UFX_SERIES_PAIR_MOST);
}

uint32_t
ufx_series_part(const struct ufx_change *change)
{
    uint64_t all = UINT64_C(1) << 20;
    uint32_t i;

    for (i = 0; i < change->rival_count; i++) {
        const struct ufx_rival *rival = &change->rivals[i];
        int32_t more = rival->cost - change->best_cost;

        if (rival->edge != NULL && rival->edge->kind != UFX_EDGE_KEEP)
            all += ufx_exp_negative(more < 0 ? 0 : more / UFX_SERIES_TRUST);
    }
    return (uint32_t)((UINT64_C(1000) << 20) / all);
}

uint32_t
ufx_series_bar(uint32_t bar)
{
    return bar >= 1000 ? bar : 1000 - (1000 - bar) / UFX_SERIES_TRUST;
}

uint32_t
ufx_series_confidence(const struct ufx_collection *c, struct ufx_buffer *key,
                      const struct ufx_series_change *change,
                      uint32_t confidence)
{
    int64_t shift = weigh_words(c, key, change) + weigh_pair(c, key, change);
    uint32_t weighed;

    if (key->failed || shift == 0)
        return confidence;
    weighed = confidence_of(ufx_series_odds(confidence, UFX_SERIES_ODDS_MOST) +
                            (int32_t)shift);
    /* That something is wrong does not tell what was meant. */
    if (weighed > confidence && weighed > change->part)
        weighed = change->part > confidence ? change->part : confidence;
    return weighed;
}

/* ---- What documents are like ---- */

bool
ufx_series_rates(uint16_t *rates, const struct ufx_collection *c,
                 const struct ufx_vocabulary *v, struct ufx_buffer *key)
{
    uint32_t i, count = ufx_vocabulary_rule_count(v);

    for (i = 0; i < count; i++) {
        const struct ufx_fact *fact;

        ufx_series_rule(key, ufx_vocabulary_rule(v, i));
        if (key->failed)
            return false;
        fact = ufx_collection_find(c, UFX_FACT_DAMAGE, key->data, key->length);
        rates[i] = 0;
        if (fact != NULL && fact->documents > 1 && fact->sum > 0 &&
            fact->times > (uint64_t)fact->sum)
            rates[i] = (uint16_t)((uint64_t)fact->sum * 10000 / fact->times);
    }
    return true;
}
