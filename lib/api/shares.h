/* SPDX-License-Identifier: MPL-2.0 */
/* The paragraphs of a window, worked at by several threads.
 *
 * What a paragraph becomes hangs on its text and on what was known before the
 * window, or the pass over it, began: so threads may take the paragraphs as
 * they come, if what they made of them is put together in the paragraphs'
 * order. */
#ifndef UFX_API_SHARES_H
#define UFX_API_SHARES_H

#include "api/objects.h"

#include <stdatomic.h>

/* What a thread has of its own. */
struct ufx_mate {
    /* The context that it helps, but for candidates, scratch and the list of
     * corrections `found[0]`. */
    unfix_context context;
    bool is_caller;           /* which has the context's own candidates */
    struct ufx_arena strings; /* of the corrections */
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
    /* Called in the caller's, in the paragraphs' order. */
    unfix_status (*take)(void *user, struct ufx_share *share);
    bool late; /* take when all is done: it touches what the threads use */
};

/* Does it for each paragraph of the text; `one` has room for a share. */
unfix_status ufx_shares_run(unfix_context *context, const char *text,
                            size_t length, const struct ufx_shares_work *work,
                            struct ufx_share *one);

/* Forgets how the paragraphs of a window were cut, and lets go of the words
 * that they name. */
void ufx_shares_forget(unfix_context *context);

/* The same between windows, where what is remembered of words may go, too. */
void ufx_shares_rest(unfix_context *context);

/* Makes the context work alone again. */
void ufx_shares_end(unfix_context *context);

#endif
