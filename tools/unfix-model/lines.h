/* SPDX-License-Identifier: MPL-2.0 */
/* Tables as text, line by line. */
#ifndef UNFIX_MODEL_LINES_H
#define UNFIX_MODEL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lines {
    char *text;
    size_t length;
    size_t next;
    size_t number;
    const char *path;
};

/* Reads FOLDER/NAME, whose path goes to `path`.  False where there is none,
 * which ends the program if it is required; so does one that cannot be read. */
bool lines_open(struct lines *lines, const char *folder, const char *name,
                char path[4096], bool required);

/* The next line that is neither blank nor a comment, without its newline;
 * NULL at the end. */
char *lines_next(struct lines *lines, size_t *length);

/* The whole number of digits at *at, which then is behind it; the line is bad
 * if there is none, or it is less or more. */
uint64_t lines_number(const struct lines *lines, char **at, uint64_t least,
                      uint64_t most);

/* Says which line is bad, and why, and ends the program. */
_Noreturn void bad_line(const struct lines *lines, const char *why);

#endif
