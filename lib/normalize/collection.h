/* SPDX-License-Identifier: MPL-2.0 */
/* What many documents show together: facts, and how many documents show each.
 * Collections are added to each other; neither order nor grouping shows. */
#ifndef UFX_NORMALIZE_COLLECTION_H
#define UFX_NORMALIZE_COLLECTION_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdint.h>

/* By the letters that the file has for them. */
enum ufx_fact_kind {
    UFX_FACT_DAMAGE = 'd', /* as RULE: words of the documents that show it; the
                              sum: of those that are damaged */
    UFX_FACT_FORM = 'f',   /* a symbol or number of the kind that is typed */
    UFX_FACT_HEAD = 'h',   /* the first line of a document, figures as # */
    UFX_FACT_KNOWN = 'k', /* a word that the vocabulary has, in small letters */
    UFX_FACT_NAME = 'n',  /* a word that it has not, with a capital */
    UFX_FACT_PAIR = 'p',  /* READ <tab> MEANT; the sum: of the log-odds */
    UFX_FACT_RULE = 'r',  /* READ <tab> MEANT [<tab> PLACE], seen in certain
                             cases; the sum: of distinct words */
    UFX_FACT_TOTAL = 't', /* by name */
    UFX_FACT_WORD = 'w'   /* any other word that it has not */
};

struct ufx_fact {
    const char *key;
    uint32_t length;
    uint8_t kind;
    uint64_t documents;
    uint64_t times;
    int64_t sum;
    uint64_t last; /* document that showed it, by number */
};

struct ufx_collection {
    struct ufx_memory memory;
    struct ufx_arena keys;
    struct ufx_fact *facts;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* number of a fact and 1; 0: empty */
    size_t slot_count;
    uint64_t document; /* under way, from 1 */
    bool failed;       /* out of memory; sticky */
};

void ufx_collection_init(struct ufx_collection *collection,
                         const struct ufx_memory *memory);
void ufx_collection_free(struct ufx_collection *collection);

/* NULL: it was not shown. */
const struct ufx_fact *
ufx_collection_find(const struct ufx_collection *collection,
                    enum ufx_fact_kind kind, const char *key, size_t length);

/* The document under way shows a fact so many times. */
void ufx_collection_show(struct ufx_collection *collection,
                         enum ufx_fact_kind kind, const char *key,
                         size_t length, uint64_t times, int64_t sum);

/* Another document begins. */
void ufx_collection_turn(struct ufx_collection *collection);

/* Adds a fact as another collection has it. */
void ufx_collection_add(struct ufx_collection *collection,
                        const struct ufx_fact *more);

/* Whether a fact tells words of a document. */
bool ufx_fact_is_text(enum ufx_fact_kind kind);

#endif
