/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "journal.h"

#include "identity.h"
#include "messages.h"
#include "path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unfix.h>
#include <unistd.h>

/* ---- The ends, by name --------------------------------------------------- */

/* Takes over the name.  What is said later of a file holds. */
static bool
add_end(struct journal *journal, struct reported_end *end)
{
    const size_t number = lookup_find(&journal->names, end->name);
    const size_t wanted = journal->capacity > 0 ? journal->capacity * 2 : 64;
    struct reported_end *ends = journal->ends;

    if (number != LOOKUP_NONE) {
        free(end->name);
        end->name = ends[number].name;
        ends[number] = *end;
        journal->newest = number;
        return true;
    }
    if (journal->names.count == journal->capacity) {
        ends = realloc(ends, wanted * sizeof(*ends));
        if (ends == NULL)
            return false;
        journal->ends = ends;
        journal->capacity = wanted;
    }
    journal->newest = journal->names.count;
    ends[journal->names.count] = *end;
    return lookup_add(&journal->names, end->name);
}

void
journal_free(struct journal *journal)
{
    for (size_t i = 0; i < journal->names.count; i++)
        free(journal->ends[i].name);
    free(journal->ends);
    lookup_free(&journal->names);
    *journal = (struct journal){0};
}

/* ---- Reading ------------------------------------------------------------- */

/* False if there is no memory. */
static bool
take_line(struct journal *journal, const char *line, size_t length, int64_t at)
{
    struct reported_end end;

    /* Most lines are repairs, and need no parser. */
    if (line[length - 1] != '\n' || strstr(line, "\"end\":") == NULL ||
        !read_report_end(&end, line, length))
        return true;
    if (!add_end(journal, &end)) {
        free(end.name);
        return false;
    }
    journal->before = journal->whole;
    journal->whole = at + (int64_t)length;
    return true;
}

static bool
take_lines(struct journal *journal, FILE *file, const char *path)
{
    static const char start[] = "{\"file\":";
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int64_t at = 0;
    bool good = true;

    while (good && (length = getline(&line, &size, file)) > 0) {
        /* Of one that was begun, less than that may be there. */
        if (at == 0 && strncmp(line, start, sizeof(start) - 1) != 0 &&
            (line[length - 1] == '\n' || (size_t)length >= sizeof(start) - 1)) {
            message_error(path, "is not a report");
            free(line);
            return false;
        }
        good = take_line(journal, line, (size_t)length, at);
        at += length;
    }
    free(line);
    if (!good)
        message_error(path, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    else if (ferror(file)) {
        message_error(path, "%s", strerror(errno));
        good = false;
    }
    return good;
}

bool
journal_read(struct journal *journal, const char *path)
{
    const struct identity identity = identity_of_path(path);
    FILE *file;
    bool good;

    *journal = (struct journal){0};
    /* A pipe or a device has nothing to be read again. */
    if (identity.is_known && !identity.is_regular)
        return true;
    file = fopen(path, "re");
    if (file == NULL) {
        if (errno == ENOENT)
            return true;
        message_error(path, "%s", strerror(errno));
        return false;
    }
    good = take_lines(journal, file, path);
    fclose(file);
    return good;
}

/* ---- Going on ------------------------------------------------------------ */

/* Whether the file holds that text. */
static bool
has_text(const char *path, uint64_t length, const char *sha256)
{
    const struct identity identity = identity_of_path(path);
    char sum[CHECKSUM_SIZE];

    return identity.is_regular && identity.base == NULL &&
           (uint64_t)identity.size == length && checksum_of_file(path, sum) &&
           strcmp(sum, sha256) == 0;
}

/* The same, where it may be known without reading it. */
static bool
is_as_then(const char *path, uint64_t length, const char *sha256,
           const struct reported_end *end, int64_t mtime)
{
    const struct identity identity = identity_of_path(path);

    if (end->has_times && identity.is_regular && identity.base == NULL &&
        (uint64_t)identity.size == length && identity.mtime == mtime)
        return true;
    return has_text(path, length, sha256);
}

static bool
is_written_in(const struct reported_end *end, const char *folder)
{
    const char *within = path_within(end->name);
    char *path = within == NULL ? NULL : path_join(folder, within);
    const bool is_done =
        path != NULL &&
        is_as_then(path, end->out_length, end->out_sha256, end, end->out_mtime);

    free(path);
    return is_done;
}

bool
journal_is_done(const struct journal *journal, const char *name,
                const char *folder)
{
    const size_t number = lookup_find(&journal->names, name);
    const struct reported_end *end;

    if (number == LOOKUP_NONE)
        return false;
    end = &journal->ends[number];
    if (folder == NULL)
        return is_as_then(name, end->out_length, end->out_sha256, end,
                          end->out_mtime);
    return is_as_then(name, end->length, end->sha256, end, end->mtime) &&
           is_written_in(end, folder);
}

/* Its lines were there, but the run was ended before it was written. */
static bool
is_newest_undone(const struct journal *journal, const char *folder)
{
    const struct reported_end *end = &journal->ends[journal->newest];

    if (journal->names.count == 0 || !end->has_times)
        return false;
    if (folder != NULL)
        return !is_written_in(end, folder);
    return strcmp(end->sha256, end->out_sha256) != 0 &&
           has_text(end->name, end->length, end->sha256);
}

bool
journal_open(struct output *output, const struct journal *journal,
             const char *path, const char *folder)
{
    if (!output_open_journal(output, path, true))
        return false;
    if (output->is_journal)
        output_rewind(output, is_newest_undone(journal, folder)
                                  ? journal->before
                                  : journal->whole);
    return !output->failed;
}
