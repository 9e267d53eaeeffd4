/* SPDX-License-Identifier: MPL-2.0 */
/* What went wrong in real scans, without their text: a folder of files
 * NAME.tsv, one for each document, a place a line: what was read, what was
 * meant, the word before it and the word after it as meant.  "\n" stands for
 * the end of a line, "?" alone for a neighbour that is not sure.  Lines that
 * begin with "# " are comments. */
#ifndef UNFIX_MODEL_FACTS_H
#define UNFIX_MODEL_FACTS_H

#include <stddef.h>

struct fact {
    const char *read;
    const char *meant;
    const char *before; /* empty where it is not sure */
    const char *after;
};

struct facts {
    char *name;          /* of the document */
    unsigned long words; /* read there; 0 if that is not said */
    struct fact *list;
    size_t count;
    char *text; /* of the file, cut into fields */
};

/* A share of the documents, by their names: those whose hash leaves `part` when
 * divided by `parts`, or, with `others`, all but those.  parts 0: all. */
struct facts_part {
    unsigned part;
    unsigned parts;
    int others;
};

/* Reads "PART/PARTS" or "-PART/PARTS", the latter for all others; ends the
 * program if it is neither. */
struct facts_part facts_part_parse(const char *text);

/* The documents of the folder, by name.  Ends the program if it cannot be read
 * or a line is none. */
struct facts *facts_read(const char *folder, const struct facts_part *part,
                         size_t *count);
void facts_free(struct facts *facts, size_t count);

#endif
