/* SPDX-License-Identifier: MPL-2.0 */
/* What a worker has: it repairs documents window by window, for a context or,
 * in a thread of its own, for another worker.
 *
 * worker.c makes and frees it.  Each part is written by the file that its
 * comment names, and read by whoever needs it. */
#ifndef UFX_REPAIR_STATE_H
#define UFX_REPAIR_STATE_H

#include "lang/model.h"
#include "normalize/decode.h"
#include "normalize/encodings.h"
#include "normalize/quiet.h"
#include "repair/corrections.h"
#include "text/text.h"
#include "verify/evidence.h"
#include "verify/forest.h"
#include "verify/said.h"
#include "verify/series.h"

/* Sees every change with its evidence before a verdict is given; the model
 * tools learn from it.  `replacement` has `replacement_length` bytes. */
typedef void (*ufx_observer)(void *user, const struct ufx_evidence *evidence,
                             uint64_t offset, uint64_t length,
                             const char *replacement,
                             size_t replacement_length);

/* A repair that is not wanted. */
struct ufx_veto {
    const char *key;
    size_t length;
};

struct ufx_vetoes {
    struct ufx_veto *list; /* sorted, once no more come */
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

/* What each thread has for itself. */
struct ufx_own {
    struct ufx_candidates *candidates; /* of words, with the cuts: cuts.c */
    struct ufx_arena arena;            /* of one paragraph: the same */
    struct ufx_arena kept;             /* what the cuts hold: the same */
    struct ufx_forest_memos *memos;    /* change.c, and the next two */
    struct ufx_buffer text;            /* of one replacement */
    struct ufx_buffer key;             /* of a fact of the collection */
    struct ufx_buffer raw, asked;      /* what is looked for: vetoes.c */
    bool failed;                       /* and there was no memory for it */
    struct ufx_spans protected;        /* of the window, by offset: verdict.c */
};

/* Letters that were mangled on the way, which come first: mangled.c. */
struct ufx_mangling {
    struct ufx_encodings *encodings;
    struct ufx_mangled_list list;   /* words of the window */
    struct ufx_corrections meant;   /* what they were meant to be */
    struct ufx_corrections left;    /* mangled words of a draft */
    struct ufx_encodings_seen came; /* what the section has shown as it came */
    struct ufx_encodings_seen went; /* and as it went */
    struct ufx_buffer clear;        /* the window so: what is repaired */
    struct ufx_buffer text;         /* of one word: composed.c, too */
    uint64_t composed; /* letters that are, of windows with marks: composed.c */
    uint64_t decomposed; /* and that are two characters */
};

/* What is known of other documents, and what is shown to them. */
struct ufx_others {
    const struct ufx_collection *facts; /* NULL: nothing is known */
    uint16_t *rates;                    /* what they show, by rule */
    struct ufx_collection *counted;     /* to which documents are counted */
    bool has_counted; /* part of the document at hand: counting.c */
    struct ufx_buffer key;
};

/* The threads that help: shares.c. */
struct ufx_crew {
    unfix_run lend;
    void *lender;
    struct ufx_mate *mates;
    size_t count;             /* 0: it works alone */
    struct ufx_buffer owners; /* of the window's paragraphs: who had them last
                               */
};

struct ufx_worker {
    struct ufx_memory memory;

    /* By what it works: the context's. */
    struct ufx_vocabulary vocabulary;
    const struct ufx_forest *forest; /* NULL: a model still being learned */
    const struct ufx_vetoes *vetoes; /* NULL: none */
    unfix_options options;
    bool speller_failed; /* a question to a dictionary found no memory */
    ufx_observer observer;
    void *observer_user;

    struct ufx_own own;
    struct ufx_crew crew;

    /* Of the document. */
    struct ufx_said said; /* by the engine */
    struct ufx_others others;
    struct ufx_budget budget; /* verdict.c */

    /* Of the section. */
    struct ufx_section_scan scan;
    struct ufx_mangling mangling;
    struct ufx_profile *profile; /* as it came: profiling.c */
    struct ufx_profile *settled; /* as it went */
    struct ufx_profile *trial;   /* the same with the window at hand */
    bool as_it_came;             /* nothing in it was changed: window.c */
    bool unsettled; /* the last window's output, in the draft, is not yet in
                       the profile of what went */

    /* Of the window. */
    struct ufx_cuts cuts;                 /* as it was last profiled: cuts.c */
    struct ufx_surroundings surroundings; /* the same: profiling.c */
    struct ufx_set_aparts apart;          /* apart.c */
    struct ufx_quiet *quiet;              /* paragraphs: pass.c */
    uint64_t unsearched; /* bytes left alone in the last pass over it */
    struct ufx_corrections found[2]; /* of a pass, and put together: settle.c */
    struct ufx_buffer draft;         /* after a pass: the same */
    struct ufx_buffer spare;         /* and without what is mangled in it */
};

/* One pass over a window, and the paragraph at hand. */
struct ufx_repair {
    struct ufx_worker *worker;
    const struct ufx_mate *mate; /* whose worker that is; NULL: nobody's */
    struct ufx_arena *strings;   /* of the corrections */
    const struct ufx_profile *profile;
    const struct ufx_habits *habits;
    const struct ufx_corrections *made; /* NULL: it goes over the window as it
                          was meant; else what made its text of that */
    struct ufx_corrections *found; /* offsets count from the window's start */
    struct ufx_offers offers;
    bool first;        /* over the text as it came */
    const char *bytes; /* of the paragraph */
    size_t length;
    size_t offset;       /* of the paragraph in the window */
    size_t number;       /* and how many come before it */
    size_t taken;        /* up to where corrections go, in the paragraph */
    uint64_t unsearched; /* its bytes that were left alone */
    bool quiet;          /* it needs no second look */
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
};

#endif
