/* SPDX-License-Identifier: MPL-2.0 */
/* What becomes of the changes of a paragraph's best path.
 *
 * repair.c reads a paragraph, decodes it, and gives one change after another;
 * what comes out are corrections in `found`. */
#ifndef UFX_API_CHANGE_H
#define UFX_API_CHANGE_H

#include "api/shares.h"
#include "normalize/decode.h"

/* One pass over a window. */
struct ufx_repair {
    unfix_context *context;
    const struct ufx_mate *mate; /* whose context that is; NULL: nobody's */
    struct ufx_arena *strings;   /* of the corrections */
    const struct ufx_profile *profile;
    const struct ufx_habits *habits;
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

/* The place of a change in the paragraph's bytes and what goes there; the text
 * is in the context's buffer. */
struct ufx_place {
    size_t start;
    size_t end;
};

/* Where the change goes; what it puts there is in the context's `text`. */
struct ufx_place ufx_change_put(struct ufx_repair *r,
                                const struct ufx_change *change);

/* Turns a place in the text of this pass into one in the window as it came;
 * false, and all of what was changed there is in it, if that was another word:
 * a pass before has changed it, or it was mangled. */
bool ufx_change_source(const struct ufx_repair *r, uint64_t *start,
                       uint64_t *end);

/* Gathers the evidence for a change, judges it and appends the correction that
 * it is, if it is any.  MEMORY is the only failure. */
unfix_status ufx_change_handle(struct ufx_repair *r,
                               const struct ufx_change *change);

#endif
