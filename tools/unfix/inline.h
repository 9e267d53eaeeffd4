/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The text with its repairs shown where they are: [-original-]{+replacement+},
 * as wdiff(1) has it, or in colours instead of the signs.
 */
#ifndef UNFIX_TOOL_INLINE_H
#define UNFIX_TOOL_INLINE_H

#include "output.h"
#include "piece.h"

#include <stdbool.h>
#include <stdint.h>
#include <unfix.h>

void inline_write(struct output *output, bool has_colour,
                  const struct piece *piece);

#endif
