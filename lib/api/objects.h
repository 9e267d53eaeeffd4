/* SPDX-License-Identifier: MPL-2.0 */
/* What stands behind the public API's opaque types. */
#ifndef UFX_API_OBJECTS_H
#define UFX_API_OBJECTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "lang/model.h"
#include "lang/speller.h"
#include "verify/evidence.h"
#include "verify/forest.h"

#include <stdatomic.h>

struct unfix_model {
    struct ufx_memory memory;
    atomic_uint references;
    struct ufx_language language;
    struct ufx_forest forest;
    bool has_forest; /* a model that is still being learned has none */
    void *mapping;   /* NULL: the image is the caller's */
    size_t mapping_size;
};

struct ufx_dictionary {
    char *aff;
    char *dic;
    struct ufx_dictionary *next;
};

struct unfix_overlay {
    struct ufx_memory memory;
    atomic_uint references;
    bool frozen;
    struct ufx_arena arena; /* letters of words, paths of dictionaries */
    struct ufx_lexicon_entry *words;
    size_t word_count;
    size_t word_capacity;
    struct ufx_rule *rules;
    size_t rule_count;
    size_t rule_capacity;
    struct ufx_dictionary *dictionaries;
    struct ufx_lexicon_built lexicon; /* once frozen */
    struct ufx_rules rules_view;
};

/* Sees every change with its evidence before a verdict is given; the model
 * tools learn from it.  `replacement` has `replacement_length` bytes. */
typedef void (*ufx_observer)(void *user, const struct ufx_evidence *evidence,
                             uint64_t offset, uint64_t length,
                             const char *replacement,
                             size_t replacement_length);

struct unfix_context {
    struct ufx_memory memory;
    unfix_model *model;
    unfix_overlay *overlay; /* NULL: none */
    unfix_options options;
    struct ufx_vocabulary vocabulary;
    struct ufx_candidates *candidates;
    struct ufx_profile *profile;
    struct ufx_speller **spellers;
    size_t speller_count;
    struct ufx_arena arena; /* of one paragraph */
    struct ufx_buffer text; /* of one replacement */
    ufx_observer observer;
    void *observer_user;
};

struct unfix_result {
    struct ufx_memory memory;
    struct ufx_arena arena; /* strings and alternatives */
    struct ufx_buffer text;
    unfix_correction *corrections;
    size_t correction_count;
    size_t correction_capacity;
    uint64_t input_offset;  /* where the next window begins */
    uint64_t output_offset; /* where the text begins */
};

/* Empties the result; offsets count from those given. */
void ufx_result_clear(unfix_result *result, uint64_t input_offset,
                      uint64_t output_offset);

/* A zeroed correction at the end, or NULL when out of memory. */
unfix_correction *ufx_result_add(unfix_result *result);

/* Profiles and repairs one window; appends to the result.  MEMORY or
 * EXTERNAL. */
unfix_status ufx_repair_window(unfix_context *context, const char *text,
                               size_t length, unfix_result *result);

#endif
