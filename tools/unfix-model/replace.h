/* SPDX-License-Identifier: MPL-2.0 */
/* Files that take their place as a whole. */
#ifndef UNFIX_MODEL_REPLACE_H
#define UNFIX_MODEL_REPLACE_H

#include <stdio.h>

/* Whoever has the file before it open or mapped keeps that one, and nobody
 * meets half of the new one. */
struct replacement {
    FILE *file; /* to write to */
    char *path;
    char *temporary; /* NULL: `path` is a pipe or a device */
};

/* Both end the program on failure, and leave what was at `path` as it was. */
void replacement_open(struct replacement *r, const char *path);
void replacement_close(struct replacement *r);

#endif
