/* SPDX-License-Identifier: MPL-2.0 */
#include "lines.h"

#include "table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
lines_open(struct lines *lines, const char *folder, const char *name,
           char path[4096], bool required)
{
    if (snprintf(path, 4096, "%s/%s", folder, name) >= 4096)
        tool_fail("path too long", folder);
    if (!required && access(path, F_OK) != 0 && errno == ENOENT)
        return false;
    memset(lines, 0, sizeof *lines);
    lines->text = tool_read_file(path, &lines->length);
    lines->path = path;
    return true;
}

char *
lines_next(struct lines *lines, size_t *length)
{
    while (lines->next < lines->length) {
        char *line = lines->text + lines->next;
        char *end = memchr(line, '\n', lines->length - lines->next);
        size_t n =
            end == NULL ? lines->length - lines->next : (size_t)(end - line);

        line[n] = '\0';
        lines->next += n + 1;
        lines->number++;
        if (n == 0 || (line[0] == '#' && (n == 1 || line[1] == ' ')))
            continue;
        *length = n;
        return line;
    }
    free(lines->text);
    return NULL;
}

uint64_t
lines_number(const struct lines *lines, char **at, uint64_t least,
             uint64_t most)
{
    uint64_t number = 0;
    char *next = *at;

    for (; *next >= '0' && *next <= '9' && number <= most; next++)
        number = number * 10 + (uint64_t)(*next - '0');
    if (next == *at || number < least || number > most)
        bad_line(lines, "not a number that belongs there");
    *at = next;
    return number;
}

void
bad_line(const struct lines *lines, const char *why)
{
    fprintf(stderr, "unfix-model: %s:%zu: %s\n", lines->path, lines->number,
            why);
    exit(2);
}
