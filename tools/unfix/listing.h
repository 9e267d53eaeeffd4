/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The files of a run: those that the command line names, those whose names are
 * in a file, and with --recursive those in folders, sorted, whatever the file
 * system's order is.
 */
#ifndef UNFIX_TOOL_LISTING_H
#define UNFIX_TOOL_LISTING_H

#include "names.h"

#include <stdbool.h>
#include <stddef.h>

struct options;

struct listing {
    struct names files;
    size_t capacity;
    size_t hidden;    /* left out in folders */
    size_t links;     /* and with --follow, folders that came again */
    size_t others;    /* by --include and --exclude */
    bool has_trouble; /* a folder could not be read, and that was said */
};

/* Of the names in the options.  False, and said so, without memory, or if the
 * names cannot be read.  Either way it goes to listing_free(). */
bool listing_make(struct listing *listing, const struct options *options);
void listing_free(struct listing *listing);

#endif
