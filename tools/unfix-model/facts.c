/* SPDX-License-Identifier: MPL-2.0 */
#include "facts.h"

#include "table.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char suffix[] = ".tsv";
static const char words_line[] = "# words:";

struct facts_part
facts_part_parse(const char *text)
{
    struct facts_part part = {0, 0, *text == '-'};
    char *end;

    part.part = (unsigned)strtoul(text + part.others, &end, 10);
    if (*end == '/')
        part.parts = (unsigned)strtoul(end + 1, &end, 10);
    if (*end != '\0' || part.part >= part.parts)
        tool_fail("not PART/PARTS", text);
    return part;
}

static bool
is_document(const char *name)
{
    size_t length = strlen(name), end = sizeof suffix - 1;

    return length > end && strcmp(name + length - end, suffix) == 0;
}

static bool
is_wanted(const char *name, const struct facts_part *part)
{
    size_t length = strlen(name) - (sizeof suffix - 1), i;
    unsigned hash = 2166136261u;

    for (i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    hash ^= hash >> 15;
    return part->parts == 0 ||
           (hash % part->parts == part->part) != part->others;
}

/* Ends a line; a blank one, which would part a place into two paragraphs, goes
 * into the line before it. */
static char *
end_line(const char *field, char *to)
{
    char *end = to;

    while (end > field && end[-1] == ' ')
        end--;
    if (end > field && end[-1] == '\n')
        return end;
    *to++ = '\n';
    return to;
}

/* Cuts a field off, in place, and puts line ends for their signs. */
static char *
take_field(char **line)
{
    char *field = *line, *from = field, *to = field;

    while (*from != '\0' && *from != '\t') {
        if (from[0] == '\\' && from[1] == 'n') {
            to = end_line(field, to);
            from += 2;
        } else {
            *to++ = *from++;
        }
    }
    *line = from + (*from == '\t');
    *to = '\0';
    return field;
}

static const char *
take_neighbour(char **line)
{
    char *field = take_field(line);

    return strcmp(field, "?") == 0 ? "" : field;
}

static void
read_document(struct facts *f, const char *path)
{
    size_t length, capacity = 0;
    char *at, *line;

    f->text = tool_read_file(path, &length);
    for (at = f->text; *at != '\0';) {
        struct fact *fact;

        line = at;
        at += strcspn(at, "\n");
        if (*at != '\0')
            *at++ = '\0';
        if (strncmp(line, words_line, sizeof words_line - 1) == 0)
            f->words = strtoul(line + sizeof words_line - 1, NULL, 10);
        if (line[0] == '\0' || (line[0] == '#' && line[1] == ' '))
            continue;
        if (strchr(line, '\t') == NULL)
            tool_fail("a line without what was meant", path);
        f->list = tool_room(f->list, f->count, &capacity, sizeof *f->list);
        fact = &f->list[f->count++];
        fact->read = take_field(&line);
        fact->meant = take_field(&line);
        fact->before = take_neighbour(&line);
        fact->after = take_neighbour(&line);
    }
}

static int
compare_facts(const void *left, const void *right)
{
    const struct facts *a = left, *b = right;

    return strcmp(a->name, b->name);
}

static char *
copy(const char *text, size_t length)
{
    char *made = tool_allocate(length + 1);

    memcpy(made, text, length);
    made[length] = '\0';
    return made;
}

struct facts *
facts_read(const char *folder, const struct facts_part *part, size_t *count)
{
    DIR *directory = opendir(folder);
    struct facts *list = NULL;
    struct dirent *entry;
    size_t n = 0, seen = 0;

    if (directory == NULL)
        tool_fail(strerror(errno), folder);
    while ((entry = readdir(directory)) != NULL) {
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        char *path;

        if (!is_document(entry->d_name))
            continue;
        seen++;
        if (!is_wanted(entry->d_name, part))
            continue;
        path = tool_allocate(size);
        snprintf(path, size, "%s/%s", folder, entry->d_name);
        list = tool_resize(list, (n + 1) * sizeof *list);
        list[n] = (struct facts){
            .name = copy(entry->d_name,
                         strlen(entry->d_name) - (sizeof suffix - 1))};
        read_document(&list[n++], path);
        free(path);
    }
    closedir(directory);
    if (seen == 0)
        tool_fail("holds no documents (NAME.tsv)", folder);
    if (n > 0)
        qsort(list, n, sizeof *list, compare_facts);
    *count = n;
    return list;
}

void
facts_free(struct facts *facts, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        free(facts[i].name);
        free(facts[i].list);
        free(facts[i].text);
    }
    free(facts);
}
