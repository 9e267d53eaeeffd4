/* SPDX-License-Identifier: MPL-2.0 */
/* Tables as text, line by line. */
#ifndef UNFIX_MODEL_LINES_H
#define UNFIX_MODEL_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct lines {
    char *text;
    size_t length;
    size_t next;
    size_t number;
    const char *path;
};

/* Reads FOLDER/NAME, whose path goes to `path`.  False where there is none,
 * which ends the program if it is required. */
bool lines_open(struct lines *lines, const char *folder, const char *name,
                char path[4096], bool required);

/* The next line that is neither blank nor a comment, without its newline;
 * NULL at the end. */
char *lines_next(struct lines *lines, size_t *length);

/* Says which line is bad, and why, and ends the program. */
_Noreturn void bad_line(const struct lines *lines, const char *why);

#endif
