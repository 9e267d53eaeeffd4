/* SPDX-License-Identifier: MPL-2.0 */
/* Good text mangled as programs do it, by the ways that a model knows. */
#ifndef UNFIX_MODEL_MANGLE_H
#define UNFIX_MODEL_MANGLE_H

#include "base/buffer.h"
#include "lang/model.h"

/* A stretch of the text and what became of it. */
struct mangled_span {
    size_t start, end;           /* in the mangled text */
    size_t true_start, true_end; /* in the text */
};

struct mangled_text {
    struct ufx_buffer text;
    struct mangled_span *spans; /* what changed, in order */
    size_t span_count;
    size_t span_capacity;
};

void mangled_init(struct mangled_text *m);
void mangled_free(struct mangled_text *m);

/* How much is mangled: everything, here and there, one place. */
enum mangle_density {
    MANGLE_ALL,
    MANGLE_TENTH,
    MANGLE_ONE,
    MANGLE_DENSITIES
};

/* Mangles `text` in that way of the model.  The seed chooses among spellings
 * and places; the same seed gives the same text.  False if the way finds
 * nothing in it. */
bool mangle_text(struct mangled_text *m, const struct ufx_ways *ways,
                 uint32_t way, enum mangle_density density, uint64_t seed,
                 const char *text, size_t length);

/* What was meant by [start, end) of the mangled text, as a stretch of the text;
 * spans that it cuts are taken whole. */
void mangled_truth(const struct mangled_text *m, size_t start, size_t end,
                   size_t *true_start, size_t *true_end);

#endif
