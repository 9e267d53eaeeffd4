/* SPDX-License-Identifier: MPL-2.0 */
#include "roles.h"

#include "identity.h"
#include "messages.h"
#include "output.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file that the command line names, other than an input. */
struct part {
    const char *name;
    const char *role;
    bool is_written;
    bool is_stdin;
    bool may_be_input; /* its new content takes its place when all is read */
    struct identity identity;
};

struct parts {
    struct part *items;
    size_t count;
};

/* NULL for `path` is none. */
static struct part *
add(struct parts *parts, const char *path, const char *role)
{
    struct part *part = &parts->items[parts->count];

    if (path == NULL)
        return NULL;
    *part = (struct part){.name = path, .role = role};
    part->is_stdin = strcmp(path, "-") == 0;
    if (!part->is_stdin)
        part->identity = identity_of_path(path);
    parts->count++;
    return part;
}

static void
add_output(struct parts *parts, const struct options *options)
{
    struct part *part;

    if (options->check || args_has_own_outputs(options))
        return;
    if (options->output == NULL || strcmp(options->output, "-") == 0) {
        part = add(parts, "(stdout)", "the output");
        part->identity = identity_of_descriptor(STDOUT_FILENO);
    } else {
        part = add(parts, options->output, "the output");
        part->may_be_input = options->format == FORMAT_TEXT &&
                             !output_is_direct(options->output);
    }
    part->is_written = true;
}

static void
add_tables(struct parts *parts, const struct names *tables)
{
    for (size_t i = 0; i < tables->count; i++)
        add(parts, tables->items[i], "a table");
}

/* Both files of each.  False without memory. */
static bool
add_dictionaries(struct parts *parts, const struct names *bases)
{
    static const char *const suffixes[] = {".aff", ".dic"};

    for (size_t i = 0; i < 2 * bases->count; i++) {
        const char *base = bases->items[i / 2];
        char *path = path_append(base, suffixes[i % 2]);
        struct part *part;

        if (path == NULL)
            return false;
        part = add(parts, path, "a dictionary");
        part->name = base;
        /* The path goes now; and one that is not there is no file. */
        part->identity.is_known = part->identity.base == NULL;
        part->identity.base = NULL;
        free(path);
    }
    return true;
}

static bool
collect(struct parts *parts, const struct options *options)
{
    const size_t most = 6 + options->words.count + options->keep.count +
                        options->vetoes.count + options->confusions.count +
                        2 * options->dictionaries.count;
    struct part *report;

    parts->items = calloc(most, sizeof(*parts->items));
    if (parts->items == NULL) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        return false;
    }
    add_output(parts, options);
    report = add(parts, options->report, "the report");
    if (report != NULL)
        report->is_written = true;
    add(parts, args_orders(options), "the report");
    add(parts, options->model, "the model");
    add(parts, options->collection, "the collection");
    add(parts, options->files0_from, "the list of files");
    add_tables(parts, &options->words);
    add_tables(parts, &options->keep);
    add_tables(parts, &options->vetoes);
    add_tables(parts, &options->confusions);
    return add_dictionaries(parts, &options->dictionaries);
}

/* Only what is no regular file can be written and read at once. */
static bool
is_in_the_way(const struct part *written, const struct identity *other)
{
    return written->identity.is_regular &&
           identity_is_same(&written->identity, other);
}

static bool
check_part(const struct parts *parts, const struct part *written)
{
    for (size_t i = 0; written->is_written && i < parts->count; i++) {
        const struct part *other = &parts->items[i];

        if (other == written || !is_in_the_way(written, &other->identity))
            continue;
        message_error(written->name, "is %s and cannot be %s", other->role,
                      written->role);
        return false;
    }
    return true;
}

static bool
check_input(const struct parts *parts, const char *path, bool in_place)
{
    const struct identity identity = strcmp(path, "-") == 0
                                         ? identity_of_descriptor(STDIN_FILENO)
                                         : identity_of_path(path);

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];

        if (!is_in_the_way(part, &identity) || part->may_be_input)
            continue;
        if (part->is_written) {
            message_error(part->name, "is an input and cannot be %s",
                          part->role);
            return false;
        }
        if (in_place) {
            message_error(path, "is %s and cannot be repaired in place",
                          part->role);
            return false;
        }
    }
    return true;
}

/* What one reader took is not there for the next. */
static bool
check_stdin(const struct parts *parts, const struct options *options)
{
    const char *role = NULL;

    for (size_t i = 0; i < options->files.count; i++)
        if (strcmp(options->files.items[i], "-") == 0)
            role = "an input";
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];

        if (part->is_written || !part->is_stdin)
            continue;
        if (role != NULL) {
            message_error("(stdin)", "is %s and cannot be %s, too", role,
                          part->role);
            return false;
        }
        role = part->role;
    }
    return true;
}

bool
roles_are_distinct(const struct options *options)
{
    struct parts parts = {0};
    bool good = collect(&parts, options) && check_stdin(&parts, options);

    for (size_t i = 0; good && i < parts.count; i++)
        good = check_part(&parts, &parts.items[i]);
    for (size_t i = 0; good && i < options->files.count; i++)
        good = check_input(&parts, options->files.items[i], options->in_place);
    free(parts.items);
    return good;
}
