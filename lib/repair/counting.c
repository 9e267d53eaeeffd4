/* SPDX-License-Identifier: MPL-2.0 */
/* What a document shows, for a collection: counted where it is profiled and
 * repaired. */
#include "repair/counting.h"

#include "base/numeric.h"
#include "normalize/profile.h"
#include "text/chars.h"
#include "text/text.h"
#include "verify/series.h"
#include "verify/tuned.h"

#include <string.h>

static void
show(struct ufx_worker *worker, enum ufx_fact_kind kind, uint64_t times,
     int64_t sum)
{
    const struct ufx_buffer *key = &worker->others.key;

    if (key->failed)
        worker->others.counted->failed = true;
    else if (key->length > 0)
        ufx_collection_show(worker->others.counted, kind, key->data,
                            key->length, times, sum);
}

/* ---- Words ---- */

static bool
is_counted_word(const struct ufx_segment *s)
{
    return (s->kind == UFX_PIECE_WORD || s->kind == UFX_PIECE_MIXED) &&
           (s->flags & UFX_SEGMENT_PROTECTED) == 0;
}

void
ufx_counting_words(struct ufx_worker *worker, const struct ufx_lattice *lattice)
{
    uint32_t i;

    for (i = 0; i < lattice->segment_count; i++) {
        const struct ufx_segment *s = &lattice->segments[i];
        const uint32_t *chars = lattice->paragraph->chars + s->first;
        enum ufx_fact_kind kind;

        if (is_counted_word(s))
            kind = ufx_series_word(&worker->others.key, chars, s->count,
                                   (s->flags & UFX_SEGMENT_KNOWN) != 0);
        else if (s->kind == UFX_PIECE_SYMBOL)
            kind = ufx_series_form(&worker->others.key, chars, s->count);
        else
            continue;
        show(worker, kind, 1, 0);
    }
}

/* The first line that has something, with # for figures: what heads the pages
 * of a book does so on many. */
static void
count_head(struct ufx_worker *worker, const char *text, size_t length)
{
    struct ufx_buffer *key = &worker->others.key;
    size_t at = 0, i, end, size;

    while (at < length && (text[at] == '\n' || text[at] == ' ' ||
                           text[at] == '\r' || text[at] == '\t'))
        at++;
    for (end = at; end < length && text[end] != '\n' && text[end] != '\r';)
        end++;
    if (end - at > UFX_COLLECTION_HEAD)
        return;
    ufx_buffer_clear(key);
    for (i = at; i < end; i += size) {
        uint32_t cp = ufx_text_decode(text + i, end - i, &size);

        if (cp >= UFX_CHAR_OPAQUE)
            return;
        ufx_buffer_append_char(key, cp >= '0' && cp <= '9' ? '#'
                                    : cp == '\t'           ? ' '
                                                           : cp);
    }
    show(worker, UFX_FACT_HEAD, 1, 0);
}

/* ---- Repairs ---- */

/* READ <tab> MEANT, of one line. */
static bool
put_pair(struct ufx_buffer *key, const unfix_correction *c)
{
    if (c->original_length > UFX_COLLECTION_PAIR ||
        c->replacement_length > UFX_COLLECTION_PAIR || c->length == 0)
        return false;
    if (memchr(c->original, '\n', c->original_length) != NULL ||
        memchr(c->replacement, '\n', c->replacement_length) != NULL)
        return false;
    return ufx_series_pair(key, c->original, c->original_length, c->replacement,
                           c->replacement_length);
}

void
ufx_counting_window(struct ufx_worker *worker, const char *text, size_t length,
                    const struct ufx_corrections *found)
{
    size_t i;

    if (!worker->others.has_counted)
        count_head(worker, text, length);
    worker->others.has_counted = true;
    for (i = 0; i < found->count; i++) {
        const unfix_correction *c = &found->list[i];

        if (!c->known_before && c->verdict != UNFIX_REJECTED &&
            put_pair(&worker->others.key, c))
            show(worker, UFX_FACT_PAIR, 1,
                 ufx_series_odds(c->confidence, UFX_SERIES_ODD_MOST));
    }
}

/* ---- What the engine does ---- */

static uint32_t
damaged_words(const struct ufx_worker *worker)
{
    return ufx_profile_totals(worker->profile)
        ->nature.traits[UFX_TRAIT_DAMAGED];
}

static void
count_rules(struct ufx_worker *worker)
{
    const struct ufx_vocabulary *v = &worker->vocabulary;
    uint32_t i, count = ufx_vocabulary_rule_count(v);

    for (i = 0; i < count; i++) {
        uint32_t seen = ufx_profile_rule(worker->profile, (uint16_t)i);

        if (seen == 0)
            continue;
        ufx_series_rule(&worker->others.key, ufx_vocabulary_rule(v, i));
        show(worker, UFX_FACT_RULE, seen,
             ufx_profile_rule_words(worker->profile, (uint16_t)i));
        show(worker, UFX_FACT_DAMAGE,
             ufx_profile_totals(worker->profile)->words, damaged_words(worker));
    }
}

static void
count_total(struct ufx_worker *worker, const char *name, uint64_t times)
{
    if (times == 0)
        return;
    ufx_buffer_clear(&worker->others.key);
    ufx_buffer_append(&worker->others.key, name, strlen(name));
    show(worker, UFX_FACT_TOTAL, times, 0);
}

void
ufx_counting_end(struct ufx_worker *worker)
{
    const struct ufx_profile_totals *totals =
        ufx_profile_totals(worker->profile);

    if (worker->others.counted == NULL || !worker->others.has_counted)
        return;
    worker->others.has_counted = false;
    count_rules(worker);
    count_total(worker, "documents", 1);
    count_total(worker, "damaged", damaged_words(worker));
    count_total(worker, "repaired", totals->repaired);
    count_total(worker, "unknown", totals->unknown);
    count_total(worker, "words", totals->words);
    ufx_collection_turn(worker->others.counted);
}
