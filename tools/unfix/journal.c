/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "journal.h"

#include "gzip.h"
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

/* Makes the name that a report has that of the file; false without memory. */
static bool
find_file(const struct journal *journal, struct reported_end *end)
{
    char *path;

    if (journal->base == NULL)
        return true;
    path = path_join(journal->base, end->name);
    if (path == NULL)
        return false;
    free(end->name);
    end->name = path;
    return true;
}

/* The report may be cut off at `line_end`.  False if there is no memory. */
static bool
take_line(struct journal *journal, const char *line, size_t length,
          int64_t line_end)
{
    struct reported_end end;

    /* Most lines are repairs, and need no parser. */
    if (line[length - 1] != '\n' || strstr(line, "\"end\":") == NULL ||
        !read_report_end(&end, line, length))
        return true;
    if (!find_file(journal, &end) || !add_end(journal, &end)) {
        free(end.name);
        return false;
    }
    if (line_end > journal->whole)
        journal->before = journal->whole;
    journal->whole = line_end;
    return true;
}

/* Of one that was begun, less than that may be there. */
static bool
is_report(const char *text, size_t length)
{
    static const char start[] = "{\"file\":";
    const size_t enough = sizeof(start) - 1;

    if (length >= enough)
        return memcmp(text, start, enough) == 0;
    return length == 0 || memcmp(text, start, length) == 0;
}

static bool
out_of_memory(const char *path)
{
    message_error(path, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

static bool
take_lines(struct journal *journal, FILE *file, const char *path)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int64_t at = 0;
    bool good = true;

    while (good && (length = getline(&line, &size, file)) > 0) {
        if (at == 0 && !is_report(line, (size_t)length)) {
            message_error(path, "is not a report");
            free(line);
            return false;
        }
        good = take_line(journal, line, (size_t)length, at + (int64_t)length);
        at += length;
    }
    free(line);
    return good || out_of_memory(path);
}

/* The lines of a member, which can only stay as a whole. */
static bool
take_member(struct journal *journal, struct buffer *text, int64_t end)
{
    bool good = true;
    char *line;

    buffer_append(text, "", 1); /* for what looks into a line */
    line = text->data;          /* which may be another now */
    while (good && !text->failed && line < text->data + text->length - 1) {
        char *next = strchr(line, '\n');
        const size_t length =
            next == NULL ? strlen(line) : (size_t)(next - line) + 1;
        const char kept = line[length];

        line[length] = '\0';
        good = take_line(journal, line, length, end);
        line[length] = kept;
        line += length;
    }
    return good && !text->failed;
}

static bool
take_members(struct journal *journal, FILE *file, const char *path)
{
    struct gzip_reader *reader = gzip_reader_new(file);
    enum gzip_status status = GZIP_NO_MEMORY;
    struct buffer text = {0};
    bool good = true;
    int64_t end;

    while (reader != NULL && good &&
           (status = gzip_read_member(reader, &text, &end)) == GZIP_MEMBER) {
        if (!is_report(text.data, text.length))
            status = GZIP_DAMAGED;
        else
            good = take_member(journal, &text, end);
        if (status == GZIP_DAMAGED)
            break;
        buffer_clear(&text);
    }
    buffer_free(&text);
    gzip_reader_free(reader);
    if (status == GZIP_DAMAGED)
        message_error(path, "is not a report");
    else if (status == GZIP_NO_MEMORY || !good)
        return out_of_memory(path);
    return status == GZIP_END;
}

/* In the way that its name says. */
static bool
take_file(struct journal *journal, FILE *file, const char *path)
{
    char head[2];
    const size_t length = fread(head, 1, sizeof(head), file);
    bool good;

    if (length > 0 && gzip_is(head, length) != output_is_compressed(path)) {
        message_error(path, gzip_is(head, length)
                                ? "is compressed, but not named .gz"
                                : "is named .gz, but not compressed");
        return false;
    }
    rewind(file);
    good = output_is_compressed(path) ? take_members(journal, file, path)
                                      : take_lines(journal, file, path);
    if (good && ferror(file)) {
        message_error(path, "%s", strerror(errno));
        return false;
    }
    return good;
}

bool
journal_read(struct journal *journal, const char *path, const char *base)
{
    const struct identity identity = identity_of_path(path);
    FILE *file;
    bool good;

    *journal = (struct journal){.base = base};
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
    good = take_file(journal, file, path);
    journal->size = (int64_t)ftello(file);
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

/* Another run may have gone on with it, and ended, before it was locked: its
 * lines are not to be cut off.  They are not read here: where any descriptor of
 * a file is closed, POSIX takes the process's lock of it away. */
static bool
is_as_read(struct output *output, const struct journal *journal)
{
    const struct identity identity =
        identity_of_descriptor(fileno(output->stream));

    if (identity.is_known && identity.size == journal->size)
        return true;
    message_error(output->name, "was written meanwhile; try again");
    output->failed = true;
    return false;
}

bool
journal_open(struct output *output, const struct journal *journal,
             const char *path, const char *folder)
{
    if (!output_open_journal(output, path, true))
        return false;
    if (output->is_journal && is_as_read(output, journal))
        output_rewind(output, is_newest_undone(journal, folder)
                                  ? journal->before
                                  : journal->whole);
    return !output->failed;
}
