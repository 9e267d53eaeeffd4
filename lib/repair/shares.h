/* SPDX-License-Identifier: MPL-2.0 */
/* The paragraphs of a window, worked at by several threads.
 *
 * What a paragraph becomes hangs on its text and on what was known before the
 * window, or the pass over it, began: so threads may take the paragraphs as
 * they come, if what they made of them is put together in the paragraphs'
 * order. */
#ifndef UFX_REPAIR_SHARES_H
#define UFX_REPAIR_SHARES_H

#include "repair/state.h"

#include <stdatomic.h>

/* What a thread has of its own. */
struct ufx_mate {
    struct ufx_worker worker;     /* as the one that it helps, but for `own` */
    bool is_caller;               /* which has that one's own candidates */
    struct ufx_corrections found; /* in its paragraphs */
    struct ufx_arena strings;     /* of the corrections */
};

/* One paragraph. */
struct ufx_share {
    const char *bytes;
    size_t length;
    size_t offset;         /* in the window */
    size_t number;         /* paragraphs before it */
    struct ufx_mate *mate; /* whose thread works at it; NULL: there is none but
                              the caller's, and it is taken at once */
    unfix_status status;
    atomic_bool begun;
    atomic_bool done;
};

struct ufx_shares_work {
    void *user;
    size_t size; /* of a share, and what the work adds behind it */
    /* Called in any thread, for one paragraph after another. */
    unfix_status (*work)(void *user, struct ufx_share *share);
    /* Called in one thread at a time, in the paragraphs' order. */
    unfix_status (*take)(void *user, struct ufx_share *share);
    bool late; /* take when all is done: it touches what the threads use */
};

/* Does it for each paragraph of the text; `one` has room for a share. */
unfix_status ufx_shares_run(struct ufx_worker *worker, const char *text,
                            size_t length, const struct ufx_shares_work *work,
                            struct ufx_share *one);

/* Forgets how the paragraphs of a window were cut, and lets go of the words
 * that they name. */
void ufx_shares_forget(struct ufx_worker *worker);

/* The same between windows, where what is remembered of words may go, too. */
void ufx_shares_rest(struct ufx_worker *worker);

/* Makes the worker share its paragraphs among so many threads, which `lend`
 * lends.  MEMORY is the only failure. */
unfix_status ufx_shares_begin(struct ufx_worker *worker, size_t count,
                              unfix_run lend, void *lender);

/* Makes it work alone again. */
void ufx_shares_end(struct ufx_worker *worker);

#endif
