/* SPDX-License-Identifier: MPL-2.0 */
/* What stands behind the public API's opaque types. */
#ifndef UFX_API_OBJECTS_H
#define UFX_API_OBJECTS_H

#include "lang/speller.h"
#include "repair/state.h"

#include <stdatomic.h>

struct unfix_model {
    struct ufx_memory memory;
    atomic_uint references;
    struct ufx_language language;
    struct ufx_forest forest;
    bool has_forest; /* a model that is still being learned has none */
    void *mapping;   /* NULL: the image is the caller's */
    size_t mapping_size;
    char *path; /* of the mapping */
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
    struct ufx_vetoes vetoes;
    struct ufx_lexicon_built lexicon; /* once frozen */
    struct ufx_rules rules_view;
};

struct unfix_collection {
    atomic_uint references;
    bool frozen;
    struct ufx_collection facts;
    struct ufx_buffer file; /* as it was written last */
};

struct unfix_context {
    struct ufx_memory memory;
    bool busy; /* a callback is at work: nothing else may begin */
    unfix_model *model;
    unfix_overlay *overlay;       /* NULL: none */
    unfix_collection *collection; /* NULL: nothing is known of others */
    struct ufx_speller **spellers;
    size_t speller_count;
    struct ufx_buffer asked; /* a word, for them */
    struct ufx_worker worker;
};

/* An error if the context is NULL, or a callback of its own is at work. */
unfix_status ufx_context_check_idle(const unfix_context *context,
                                    unfix_error *error);

/* names.c: says of a failure what unfix_strerror has for it, and returns it. */
unfix_status ufx_fail(unfix_error *error, unfix_status status);

#endif
