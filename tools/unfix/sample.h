/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What of a file tells its encoding: the words that have bytes beyond ASCII, or
 * the mark at its beginning.
 */
#ifndef UNFIX_TOOL_SAMPLE_H
#define UNFIX_TOOL_SAMPLE_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <unfix.h>

/* All zero at first. */
struct sample {
    struct buffer bytes;
    struct buffer word; /* under way */
    bool is_high;       /* it has such bytes */
    bool is_marked;     /* the file is told by its mark */
    bool has_begun;
};

/* Takes the next bytes of the file.  The first should be four, where there are
 * so many. */
void sample_add(struct sample *sample, const char *bytes, size_t length);

/* The encoding, as unfix_encoding_detect() has it, once all is added: "UTF-8"
 * or its name, NULL where it is not plain to see.  False when out of memory. */
bool sample_encoding(struct sample *sample, const unfix_model *model,
                     const char **name);
void sample_free(struct sample *sample);

#endif
