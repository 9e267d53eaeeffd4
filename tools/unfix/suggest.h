/* SPDX-License-Identifier: MPL-2.0 */
/* What somebody may have meant who mistyped a name. */
#ifndef UNFIX_TOOL_SUGGEST_H
#define UNFIX_TOOL_SUGGEST_H

#include <stddef.h>

/* A search for the nearest name: offer the names one by one. */
struct suggestion {
    const char *word; /* as it was typed, of `length` bytes */
    size_t length;
    const char *best; /* NULL: none is near */
    size_t distance;
};

void suggest_begin(struct suggestion *suggestion, const char *word,
                   size_t length);
void suggest_offer(struct suggestion *suggestion, const char *name);

/* "; did you mean 'NAME'?", or nothing, in `room`. */
const char *suggest_text(const struct suggestion *suggestion, const char *mark,
                         char *room, size_t size);

#endif
