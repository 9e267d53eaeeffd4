/* SPDX-License-Identifier: MPL-2.0 */
/* Repairs that recur in a collection are decided alike: what its documents show
 * together of the words before and after a change. */
#ifndef UFX_VERIFY_SERIES_H
#define UFX_VERIFY_SERIES_H

#include "lang/rules.h"
#include "normalize/collection.h"
#include "normalize/decode.h"

/* ---- Keys of facts; each is put into an emptied buffer ---- */

/* A word as it stands; returns the kind of its fact. */
enum ufx_fact_kind ufx_series_word(struct ufx_buffer *key,
                                   const uint32_t *chars, size_t count,
                                   bool is_known);
enum ufx_fact_kind ufx_series_form(struct ufx_buffer *key,
                                   const uint32_t *chars, size_t count);
void ufx_series_rule(struct ufx_buffer *key, const struct ufx_rule *rule);

/* False if one of both has a tab, which parts them. */
bool ufx_series_pair(struct ufx_buffer *key, const char *before,
                     size_t before_length, const char *after,
                     size_t after_length);

/* ---- What they say ---- */

/* The log-odds of a confidence in 1/1000, at most `most` either way. */
int32_t ufx_series_odds(uint32_t confidence, int32_t most);

/* A change of a word that the vocabulary has not. */
struct ufx_series_change {
    const char *before;
    size_t before_length;
    const char *after;
    size_t after_length;
    bool seen_after; /* the document itself has the word after */
    uint32_t part;   /* ufx_series_part */
};

/* Of 1000 that one of the words beside what stands there was meant, the part of
 * the one that was chosen. */
uint32_t ufx_series_part(const struct ufx_change *change);

/* The bar for what only the collection lifts over one. */
uint32_t ufx_series_bar(uint32_t bar);

/* The confidence in it, now that the collection is known.  `key` is scratch. */
uint32_t ufx_series_confidence(const struct ufx_collection *collection,
                               struct ufx_buffer *key,
                               const struct ufx_series_change *change,
                               uint32_t confidence);

/* Of the documents that show a rule, damaged words in 10,000; for each rule of
 * the vocabulary.  False: no memory. */
bool ufx_series_rates(uint16_t *rates, const struct ufx_collection *collection,
                      const struct ufx_vocabulary *vocabulary,
                      struct ufx_buffer *key);

#endif
