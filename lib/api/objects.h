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

/* A growing list of corrections, sorted by offset. */
struct ufx_corrections {
    unfix_correction *list;
    size_t count;
    size_t capacity;
};

struct unfix_context {
    struct ufx_memory memory;
    unfix_model *model;
    unfix_overlay *overlay; /* NULL: none */
    unfix_options options;
    struct ufx_vocabulary vocabulary;
    struct ufx_candidates *candidates;
    struct ufx_profile *profile;     /* of the document as it came */
    struct ufx_profile *settled;     /* of the document as it went */
    struct ufx_profile *trial;       /* the same with the window at hand */
    struct ufx_corrections found[2]; /* of a pass, and put together */
    struct ufx_buffer draft;         /* the window after a pass */
    struct ufx_speller **spellers;
    size_t speller_count;
    struct ufx_arena arena; /* of one paragraph */
    struct ufx_buffer text; /* of one replacement */
    bool speller_failed;    /* a question to a dictionary found no memory */
    ufx_observer observer;
    void *observer_user;
};

struct unfix_result {
    struct ufx_memory memory;
    struct ufx_arena arena; /* strings and alternatives */
    struct ufx_buffer text;
    struct ufx_corrections corrections;
    uint64_t input_offset;  /* where the next window begins */
    uint64_t output_offset; /* where the text begins */
};

/* Empties the result; offsets count from those given. */
void ufx_result_clear(unfix_result *result, uint64_t input_offset,
                      uint64_t output_offset);

/* A zeroed correction at the end, or NULL when out of memory. */
unfix_correction *ufx_corrections_add(struct ufx_corrections *corrections,
                                      const struct ufx_memory *memory);
void ufx_corrections_free(struct ufx_corrections *corrections,
                          const struct ufx_memory *memory);

/* Begins a new document. */
void ufx_context_start(unfix_context *context);

/* Puts the corrections of a second pass, whose offsets count in the output of
 * a first, together with those of the first into `out`, whose offsets count in
 * the input.  Where both meet they become one; what the first only proposed
 * there is dropped.  `text` is the first pass's output; strings go to the
 * arena.  MEMORY is the only failure. */
unfix_status ufx_corrections_compose(const struct ufx_corrections *first,
                                     const struct ufx_corrections *second,
                                     const char *text, struct ufx_arena *arena,
                                     struct ufx_corrections *out,
                                     const struct ufx_memory *memory);

/* Profiles and repairs one window; appends to the result.  MEMORY or
 * EXTERNAL. */
unfix_status ufx_repair_window(unfix_context *context, const char *text,
                               size_t length, unfix_result *result);

#endif
