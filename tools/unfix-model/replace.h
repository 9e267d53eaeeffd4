/* SPDX-License-Identifier: MPL-2.0 */
/* Files that take their place as a whole. */
#ifndef UNFIX_MODEL_REPLACE_H
#define UNFIX_MODEL_REPLACE_H

#include <stdio.h>

/* Whoever has the file before it open or mapped keeps that one, and nobody
 * meets half of the new one.  Until it is closed it is named like the other,
 * with a full stop and six characters behind: a signal that ends the program
 * leaves that name. */
struct replacement {
    FILE *file;      /* to write to */
    char *name;      /* as it was given */
    char *path;      /* what it leads to */
    char *temporary; /* both NULL: a pipe or a device, written as it is */
};

/* The mode of a file that is there is kept.  All end the program on failure,
 * and leave what is there as it was. */
void replacement_open(struct replacement *r, const char *path);
void replacement_open_in(struct replacement *r, const char *folder,
                         const char *name);
void replacement_close(struct replacement *r);

#endif
