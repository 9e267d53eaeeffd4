/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The images of pages, as the review page has them: in a link or in itself.
 * What a file names is looked for beside it and in the folder above alone,
 * since who wrote the file may want to see what is not his.
 */
#ifndef UNFIX_TOOL_REVIEW_IMAGE_H
#define UNFIX_TOOL_REVIEW_IMAGE_H

#include "args.h"
#include "output.h"

#include <stddef.h>

/* Writes the address, as a string of JSON, of the image that the file `path`
 * names, or else has beside it by its own name; empty: there is none. */
void review_image_write(struct output *output, const struct options *options,
                        const char *path, const char *name, size_t length);

#endif
