/* SPDX-License-Identifier: MPL-2.0 */
/* The options there are. */
#ifndef UNFIX_TOOL_KNOWN_H
#define UNFIX_TOOL_KNOWN_H

#include "args.h"

#include <stdbool.h>
#include <stddef.h>

/* What is done with an option's argument, or its absence. */
enum known_kind {
    KNOWN_FLAG, /* sets a bool */
    KNOWN_NAME, /* sets a name, which is not empty; not twice */
    KNOWN_LIST, /* adds such a name to a list */
    KNOWN_TAKEN /* by a function */
};

typedef bool known_take(struct options *options, const char *argument);

struct known_option {
    const char *name;
    char letter; /* of the short form, or 0 */
    enum known_kind kind;
    int has_argument; /* as getopt_long() has it */
    size_t field;     /* where it goes in the options */
    known_take *take;
};

/* Fewer than 64, so that a set of them is a number; by their names. */
extern const struct known_option known_options[];
extern const size_t known_count;

/* The option of that name, which there is. */
size_t known_number(const char *name);

/* Whether it was on the command line. */
bool known_is_given(const struct options *options, const char *name);

#endif
