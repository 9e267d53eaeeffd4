/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model eval --candidates: of what went wrong in real scans, how much
 * could be chosen right. */
#ifndef UNFIX_MODEL_REACH_H
#define UNFIX_MODEL_REACH_H

#include "facts.h"

#include "unfix.h"

#include <stdbool.h>

struct reach_view {
    struct facts_part part;
    bool documents;      /* a line for each */
    unsigned long worst; /* so many places that cannot be reached */
};

/* Puts the places of each document into one text, each with its neighbours, a
 * paragraph each, and asks whether what was meant is among what the paragraph
 * may be read as.  Prints the share of those for each kind of damage.  Places
 * where no letter was meant are left out. */
void reach_measure(unfix_context *context, const char *folder,
                   const struct reach_view *view);

#endif
