/* SPDX-License-Identifier: MPL-2.0 */
#include "lines.h"

#include "table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
lines_open(struct lines *lines, const char *folder, const char *name,
           char path[4096], bool required)
{
    FILE *file;

    snprintf(path, 4096, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL) {
        if (required)
            tool_fail(strerror(errno), path);
        return false;
    }
    fclose(file);
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

void
bad_line(const struct lines *lines, const char *why)
{
    fprintf(stderr, "unfix-model: %s:%zu: %s\n", lines->path, lines->number,
            why);
    exit(2);
}
