/* SPDX-License-Identifier: MPL-2.0 */
/* What stands behind the public API's opaque types. */
#ifndef UFX_API_OBJECTS_H
#define UFX_API_OBJECTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "lang/model.h"
#include "lang/speller.h"
#include "normalize/decode.h"
#include "normalize/encodings.h"
#include "normalize/quiet.h"
#include "verify/evidence.h"
#include "verify/forest.h"
#include "verify/said.h"
#include "verify/scored.h"
#include "verify/series.h"

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

/* A repair that is not wanted; see lib/api/vetoes.c. */
struct ufx_veto {
    const char *key;
    size_t length;
};

struct ufx_vetoes {
    struct ufx_veto *list; /* sorted, once the overlay is frozen */
    size_t count;
    size_t capacity;
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

/* What the budget of harm has seen of the document, in 1/1000. */
struct ufx_budget {
    uint64_t right[UNFIX_CLASS_COUNT]; /* expected of what was applied */
    uint64_t wrong[UNFIX_CLASS_COUNT];
    uint32_t bar[UNFIX_CLASS_COUNT]; /* of the last pass */
};

struct ufx_span {
    uint64_t start;
    uint64_t end;
};

struct ufx_spans {
    struct ufx_span *list;
    size_t count;
    size_t capacity;
};

/* A word that stays as it is unless a correction takes it. */
struct ufx_set_apart {
    uint32_t offset; /* in the window as it was meant */
    uint8_t left;    /* unfix_left */
};

struct ufx_set_aparts {
    struct ufx_set_apart *list;
    size_t count;
    size_t capacity;
};

struct ufx_mate;

/* A paragraph as it was cut for the profile. */
struct ufx_cut {
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
    uint32_t width;              /* of the searches */
    const struct ufx_mate *mate; /* whose candidates know its words */
};

struct ufx_cuts {
    struct ufx_cut *list;
    size_t count;
    size_t capacity;
};

struct unfix_context {
    struct ufx_memory memory;
    struct ufx_section_scan section;
    bool as_it_came;     /* nothing in it was changed */
    uint64_t composed;   /* letters of it that are, in windows with marks */
    uint64_t decomposed; /* and that are two characters */
    bool unsettled; /* the last window's output, in the draft, is not yet in
                       the profile of what went */
    bool busy;      /* a callback is at work: nothing else may begin */
    unfix_model *model;
    unfix_overlay *overlay; /* NULL: none */
    unfix_options options;
    struct ufx_vocabulary vocabulary;
    struct ufx_candidates *candidates;
    struct ufx_quiet *quiet;            /* paragraphs of the window */
    struct ufx_profile *profile;        /* of the document as it came */
    struct ufx_profile *settled;        /* of the document as it went */
    struct ufx_profile *trial;          /* the same with the window at hand */
    struct ufx_corrections found[2];    /* of a pass, and put together */
    const struct ufx_corrections *made; /* NULL: the pass at hand goes over the
                                           window as it was meant; else what
                                           made its text of that */
    struct ufx_said said;               /* by the engine, of the document */
    unfix_collection *collection;       /* NULL: nothing is known of others */
    uint16_t *rates;                    /* what it shows, by rule */
    unfix_collection *counted;          /* to which documents are counted */
    bool has_counted;                   /* part of the document at hand */
    bool is_counting;                   /* the window at hand as it came */
    struct ufx_cuts cuts;               /* of the window last profiled */
    struct ufx_arena kept;              /* what they hold */
    struct ufx_buffer draft;            /* the window after a pass */
    struct ufx_encodings *encodings;
    struct ufx_mangled_list mangled; /* words of the window */
    struct ufx_encodings_seen went;  /* what the section as it went has shown */
    struct ufx_corrections left;     /* mangled words of a draft */
    struct ufx_corrections meant;    /* what they were meant to be */
    struct ufx_buffer clear;         /* the window so: what is repaired */
    struct ufx_speller **spellers;
    size_t speller_count;
    struct ufx_arena arena; /* of one paragraph */
    struct ufx_buffer text; /* of one replacement */
    struct ufx_budget budget;
    struct ufx_scored *scored;
    struct ufx_surroundings surroundings; /* of the window's last profile */
    struct ufx_spans protected;           /* of the window, by offset */
    struct ufx_set_aparts apart;          /* the same */
    uint64_t unsearched;   /* bytes left alone in the last pass over it */
    struct ufx_buffer key; /* of what is looked for: a veto, a fact */
    bool key_failed;       /* and there was no memory for it */
    bool speller_failed;   /* a question to a dictionary found no memory */
    ufx_observer observer;
    void *observer_user;
    unfix_run lend; /* of threads; see lib/api/shares.c */
    void *lender;
    struct ufx_mate *mates;
    size_t mate_count; /* 0: it works alone */
    struct ufx_buffer
        owners; /* of the window's paragraphs: who had them last */
};

struct unfix_result {
    struct ufx_memory memory;
    struct ufx_arena arena; /* strings and alternatives */
    struct ufx_buffer text;
    struct ufx_corrections corrections;
    uint64_t input_offset;  /* where the next window begins */
    uint64_t output_offset; /* where the text begins */
    uint64_t words;
    uint64_t unsearched;
    uint32_t bar[UNFIX_CLASS_COUNT]; /* the highest of the windows */
    struct ufx_nature nature;        /* as it came */
    uint64_t left[UNFIX_LEFT_COUNT];
    char languages[UFX_KINDS][UFX_LANGUAGE_TAG]; /* names of its kinds */
};

/* Empties the result; offsets count from those given. */
void ufx_result_clear(unfix_result *result, uint64_t input_offset,
                      uint64_t output_offset);

/* A zeroed correction at the end, or NULL when out of memory. */
unfix_correction *ufx_corrections_add(struct ufx_corrections *corrections,
                                      const struct ufx_memory *memory);
void ufx_corrections_free(struct ufx_corrections *corrections,
                          const struct ufx_memory *memory);

/* Appends a copy of a correction whose strings do not last; those of the copy
 * go to the arena.  False when out of memory. */
bool ufx_corrections_copy(struct ufx_corrections *corrections,
                          const unfix_correction *correction,
                          struct ufx_arena *strings,
                          const struct ufx_memory *memory);

/* Splices the corrections into the text, noting where each comes to lie in what
 * is appended to `out`. */
unfix_status ufx_corrections_splice(struct ufx_corrections *corrections,
                                    const char *text, size_t length,
                                    struct ufx_buffer *out);

/* The place in the text of what lies at [*start, *end) in the output that they
 * were spliced into; false, and both moved to where they begin and end, if an
 * applied one is among it. */
bool ufx_corrections_source(const struct ufx_corrections *made, uint64_t *start,
                            uint64_t *end);

/* An error if the context is NULL, or a callback of its own is at work. */
unfix_status ufx_context_check_idle(const unfix_context *context,
                                    unfix_error *error);

/* Begins a new document, or a new section of one. */
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

/* Adds to what compose() put together what the second pass only proposed, where
 * the first changed nothing.  MEMORY is the only failure. */
unfix_status ufx_corrections_add_proposed(const struct ufx_corrections *first,
                                          const struct ufx_corrections *second,
                                          struct ufx_corrections *out,
                                          const struct ufx_memory *memory);

/* Finds the mangled words of a text.  MEMORY is the only failure. */
unfix_status ufx_mangled_find(unfix_context *context, const char *text,
                              size_t length, struct ufx_arena *strings,
                              struct ufx_corrections *found);

/* Reads the mangled words of a window: what they were meant to be goes to
 * context->meant.  Where any was, *text and *length become the window as it was
 * meant; it stays until the next.  MEMORY is the only failure. */
unfix_status ufx_mangled_read(unfix_context *context, const char **text,
                              size_t *length, struct ufx_arena *strings);

/* What is only talked about is no misreading either: takes back the
 * corrections, whose offsets count in the text as it was meant, that change it.
 * Returns how many. */
size_t ufx_mangled_protect(const struct ufx_corrections *meant,
                           struct ufx_corrections *corrections);

/* Notes how letters with accents are written in a window. */
void ufx_composed_note(unfix_context *context, const char *text, size_t length);

/* Appends a character as the section has such. */
void ufx_composed_put(const unfix_context *context, struct ufx_buffer *out,
                      uint32_t cp);

/* The same for a text, which stays where nothing is to be done. */
const char *ufx_composed_copy(unfix_context *context, const char *text,
                              size_t *length, struct ufx_arena *strings);

/* Adds what is to be composed between two places, if that is asked for.  MEMORY
 * is the only failure. */
unfix_status ufx_composed_find(unfix_context *context, const char *text,
                               size_t from, size_t to,
                               struct ufx_arena *strings,
                               struct ufx_corrections *found);

/* The place in the window of what lies at [*start, *end) in the window as it
 * was meant; false, and both moved to where they begin and end, if a word that
 * was mangled is among it. */
bool ufx_mangled_place(const unfix_context *context, uint64_t *start,
                       uint64_t *end);

/* Adds a line of a table.  FORMAT, with *why; MEMORY, EXTERNAL. */
unfix_status ufx_vetoes_add(struct ufx_vetoes *vetoes, struct ufx_arena *arena,
                            const char *line, size_t length, const char **why);
void ufx_vetoes_sort(struct ufx_vetoes *vetoes);

/* True if the user does not want this repair. */
bool ufx_vetoes_hold(unfix_context *context,
                     const unfix_correction *correction);

/* Notes which words of the window, which was profiled just now, are set apart
 * from what may be damaged.  MEMORY is the only failure. */
unfix_status ufx_survey_note(unfix_context *context);

/* Adds to the result those of them that the corrections, whose offsets count in
 * the window as it was meant, leave alone. */
void ufx_survey_left(const unfix_context *context,
                     const struct ufx_corrections *found, unfix_result *result);

/* Adds to the result what the context's profile has counted since it was
 * `before`. */
void ufx_survey_nature(const unfix_context *context,
                       const struct ufx_nature *before, unfix_result *result);

/* Adds the figures of a window. */
void ufx_result_window(unfix_result *result, uint64_t words,
                       uint64_t unsearched, const uint32_t *bars);

/* The confidence that a change has to have by the options. */
uint32_t ufx_verdict_bar(const unfix_context *context,
                         const struct ufx_evidence *evidence);

/* Gives a change that is described its verdict; `start` is its place in the
 * paragraph. */
void ufx_verdict_give(unfix_context *context, const struct ufx_lattice *lattice,
                      const struct ufx_change *change,
                      const struct ufx_evidence *evidence, size_t start,
                      unfix_correction *correction);

/* The same for a repair that stands by itself; its bar is set. */
void ufx_verdict_judge(unfix_context *context, unfix_correction *correction);

/* Holds back what a budget for so many words cannot pay for.  MEMORY is the
 * only failure. */
unfix_status ufx_verdict_afford(unfix_context *context, uint64_t words,
                                struct ufx_corrections *found);

/* Holds back what a budget cannot pay for, and counts what is left.  MEMORY is
 * the only failure. */
unfix_status ufx_verdict_settle(unfix_context *context,
                                const struct ufx_profile *profile,
                                struct ufx_corrections *found, size_t *applied);

/* Holds back what would change how many lines `text` has, or empty one. */
void ufx_lines_keep(const char *text, size_t length,
                    struct ufx_corrections *found);

/* Begins a new document. */
void ufx_verdict_start(unfix_context *context);

/* Remembers what is protected in a paragraph of the window; false when out of
 * memory. */
bool ufx_verdict_protect(unfix_context *context,
                         const struct ufx_lattice *lattice, uint64_t offset);

/* Remembers one span of the window; false when out of memory. */
bool ufx_verdict_protect_span(unfix_context *context, struct ufx_span span);

/* Looks at each edit of a window once more, now that it is whole: what does
 * not keep the promises of its class is not applied. */
unfix_status ufx_verdict_recheck(unfix_context *context,
                                 struct ufx_corrections *corrections);

/* True if both read the same once accents are taken off. */
bool ufx_verdict_is_accents_only(const struct ufx_alphabet *alphabet,
                                 const char *before, size_t before_length,
                                 const char *after, size_t after_length);

/* Counts the words of a paragraph; its window, with what was found in it; and
 * the document, which ends.  Without memory the collection has failed. */
void ufx_counting_words(unfix_context *context,
                        const struct ufx_lattice *lattice);
void ufx_counting_window(unfix_context *context, const char *text,
                         size_t length, const struct ufx_corrections *found);
void ufx_counting_end(unfix_context *context);

/* Profiles one window and shows how it is read; `offset` is its place in the
 * document.  CALLBACK, MEMORY or EXTERNAL. */
unfix_status ufx_explain_window(unfix_context *context, const char *text,
                                size_t length, uint64_t offset,
                                unfix_explain_callback callback, void *user);

/* Bytes of a paragraph that may be replaced, and by what. */
struct ufx_replacement {
    size_t start;
    size_t end;
    const char *text; /* NUL-terminated */
    size_t length;
};

/* Takes all replacements that a paragraph may have, each of its pieces as it is
 * among them; they are valid during the call. */
typedef void (*ufx_replacements_callback)(void *user, const char *paragraph,
                                          size_t length,
                                          const struct ufx_replacement *list,
                                          size_t count);

/* Profiles one window and shows what could be chosen from, before anything is
 * weighed: the model tools measure that.  MEMORY or EXTERNAL. */
unfix_status ufx_replacements_window(unfix_context *context, const char *text,
                                     size_t length,
                                     ufx_replacements_callback callback,
                                     void *user);

/* Profiles and repairs one window; appends to the result.  With the window that
 * ends a section, the next begins.  MEMORY or EXTERNAL. */
unfix_status ufx_repair_window(unfix_context *context, const char *text,
                               size_t length, unfix_result *result);

/* names.c: says of a failure what unfix_strerror has for it, and returns it. */
unfix_status ufx_fail(unfix_error *error, unfix_status status);

#endif
