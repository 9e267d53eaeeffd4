/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "listing.h"

#include "args.h"
#include "identity.h"
#include "input.h"
#include "lookup.h"
#include "messages.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Names --------------------------------------------------------------- */

/* One from malloc(), as all in a listing are. */
static void
free_name(const char *name)
{
    free((void *)(uintptr_t)name);
}

/* Takes `name` over. */
static bool
add(struct names *names, size_t *capacity, const char *name)
{
    const size_t wanted = *capacity > 0 ? *capacity * 2 : 64;
    const char **items = names->items;

    if (name != NULL && names->count == *capacity) {
        items = realloc(items, wanted * sizeof(*items));
        if (items != NULL) {
            names->items = items;
            *capacity = wanted;
        }
    }
    if (name == NULL || items == NULL) {
        free_name(name);
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        return false;
    }
    names->items[names->count++] = name;
    return true;
}

static void
free_names(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free_name(names->items[i]);
    free(names->items);
    *names = (struct names){0};
}

/* ---- Folders ------------------------------------------------------------- */

struct walk {
    struct listing *listing;
    const struct options *options;
    struct names folders; /* and files yet to be looked at, the next one last */
    size_t capacity;
    struct names seen; /* with --follow: folders that were opened, by inode */
    size_t seen_capacity;
    struct lookup lookup; /* of them */
    struct identity report;
    struct identity output; /* folder */
    struct identity target; /* the one file that is written */
};

/* A pattern with a slash is for the whole name, others for what follows the
 * last slash. */
static bool
matches(const struct names *patterns, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;

    for (size_t i = 0; i < patterns->count; i++) {
        const char *pattern = patterns->items[i];

        if (fnmatch(pattern, strchr(pattern, '/') != NULL ? path : base,
                    FNM_PERIOD) == 0)
            return true;
    }
    return false;
}

static bool
has_suffix(const char *path, const char *suffix)
{
    const size_t length = strlen(path), end = strlen(suffix);

    return length > end && strcmp(path + length - end, suffix) == 0;
}

/* What this run, or one before it, wrote itself. */
static bool
is_ours(const struct walk *walk, const char *path, const struct stat *status)
{
    const struct identity identity = identity_of_status(status);

    return identity_is_same(&identity, &walk->report) ||
           identity_is_same(&identity, &walk->output) ||
           identity_is_same(&identity, &walk->target) ||
           (walk->options->backup != NULL && S_ISREG(status->st_mode) &&
            has_suffix(path, walk->options->backup));
}

static bool
is_left_out(const struct walk *walk, const char *path, bool is_folder)
{
    const struct options *options = walk->options;

    return matches(&options->exclude, path) ||
           (!is_folder && options->include.count > 0 &&
            !matches(&options->include, path));
}

static int
compare(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Remembers the folder; *is_new tells whether it was not there before.  A link
 * to what it stands in has no end, and one to its neighbour no use. */
static bool
note_folder(struct walk *walk, const char *path, bool *is_new)
{
    const struct identity identity = identity_of_path(path);
    char *key;

    *is_new = true;
    if (!identity.is_known)
        return true;
    key = identity_key(&identity);
    if (key != NULL && lookup_find(&walk->lookup, key) != LOOKUP_NONE) {
        free(key);
        *is_new = false;
        return true;
    }
    return add(&walk->seen, &walk->seen_capacity, key) &&
           lookup_add(&walk->lookup, key);
}

/* What is in a folder is looked at next, the first name first. */
static bool
open_folder(struct walk *walk, const char *path)
{
    struct dirent **entries;
    bool good = true, is_new = true;
    int count;

    if (walk->options->follow && !note_folder(walk, path, &is_new))
        return false;
    if (!is_new) {
        walk->listing->links++;
        return true;
    }
    count = scandir(path, &entries, NULL, compare);
    if (count < 0) {
        message_error(path, "%s", strerror(errno));
        walk->listing->has_trouble = true;
        return true;
    }
    for (int i = count - 1; i >= 0; i--) {
        const char *name = entries[i]->d_name;

        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            if (*name == '.')
                walk->listing->hidden++;
            else if (good)
                good =
                    add(&walk->folders, &walk->capacity, path_join(path, name));
        }
        free(entries[i]);
    }
    free(entries);
    return good;
}

/* Takes `path` over. */
static bool
take_entry(struct walk *walk, const char *path)
{
    struct listing *listing = walk->listing;
    struct stat status;
    bool good = true;

    const bool follow = walk->options->follow;

    if ((follow ? stat(path, &status) : lstat(path, &status)) != 0) {
        message_error(path, "%s", strerror(errno));
        listing->has_trouble = true;
    } else if (S_ISLNK(status.st_mode))
        listing->links++;
    else if (is_ours(walk, path, &status))
        good = true;
    else if (is_left_out(walk, path, S_ISDIR(status.st_mode)))
        listing->others++;
    else if (S_ISDIR(status.st_mode))
        good = open_folder(walk, path);
    else if (S_ISREG(status.st_mode))
        return add(&listing->files, &listing->capacity, path);
    free_name(path);
    return good;
}

/* All in the folder `path`. */
static bool
walk_folder(struct listing *listing, const struct options *options,
            const char *path)
{
    struct walk walk = {.listing = listing, .options = options};
    bool good;

    if (options->report != NULL)
        walk.report = identity_of_path(options->report);
    if (options->output_dir != NULL)
        walk.output = identity_of_path(options->output_dir);
    if (options->output != NULL)
        walk.target = identity_of_path(options->output);
    good = open_folder(&walk, path);
    while (good && walk.folders.count > 0)
        good = take_entry(&walk, walk.folders.items[--walk.folders.count]);
    free_names(&walk.folders);
    lookup_free(&walk.lookup);
    free_names(&walk.seen);
    return good;
}

/* ---- All ----------------------------------------------------------------- */

static bool
take_name(struct listing *listing, const struct options *options,
          const char *name)
{
    struct stat status;

    if (options->recursive && strcmp(name, "-") != 0 &&
        stat(name, &status) == 0 && S_ISDIR(status.st_mode))
        return walk_folder(listing, options, name);
    return add(&listing->files, &listing->capacity, strdup(name));
}

/* Names with a NUL after each, as find -print0 writes them. */
static bool
read_names(struct listing *listing, const struct options *options)
{
    struct buffer names = {0};
    bool good = input_slurp(options->files0_from, INPUT_WHOLE, &names);

    if (good && names.length > 0 && names.data[names.length - 1] != '\0')
        buffer_append(&names, "", 1);
    if (names.failed) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        good = false;
    }
    for (size_t at = 0; good && at < names.length;) {
        const char *name = names.data + at;

        if (*name == '\0') {
            message_error(options->files0_from, "holds an empty name");
            good = false;
        } else
            good = take_name(listing, options, name);
        at += strlen(name) + 1;
    }
    buffer_free(&names);
    return good;
}

/* Places of files, by number. */
struct places {
    struct names names;
    size_t capacity;
    struct lookup lookup;
};

/* What is written for `name`.  Two links to one file are replaced one by one; a
 * symbolic one is followed where files are replaced. */
static char *
place_of(const struct options *options, const char *name)
{
    char *place = options->in_place ? realpath(name, NULL) : NULL;

    return place != NULL ? place : strdup(name);
}

/* Remembers it; *is_new tells whether it was not there before. */
static bool
note_place(struct places *places, char *place, bool *is_new)
{
    *is_new =
        place == NULL || lookup_find(&places->lookup, place) == LOOKUP_NONE;
    if (!*is_new) {
        free(place);
        return true;
    }
    if (!add(&places->names, &places->capacity, place))
        return false;
    if (lookup_add(&places->lookup, place))
        return true;
    message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

/* A file that comes twice, as "t t/a" with --recursive or "a ./a": once is
 * enough where each is written by itself. */
static bool
drop_twice(struct names *files, const struct options *options)
{
    struct places places = {0};
    size_t kept = 0;
    bool good = true;

    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->items[i];
        bool is_new = true;

        good = good && note_place(&places, place_of(options, name), &is_new);
        if (is_new)
            files->items[kept++] = name;
        else
            free_name(name);
    }
    files->count = kept;
    lookup_free(&places.lookup);
    free_names(&places.names);
    return good;
}

bool
listing_make(struct listing *listing, const struct options *options)
{
    bool good = true;

    *listing = (struct listing){0};
    if (options->files0_from != NULL)
        good = read_names(listing, options);
    for (size_t i = 0; good && i < options->files.count; i++)
        good = take_name(listing, options, options->files.items[i]);
    return good && (!args_has_own_outputs(options) ||
                    drop_twice(&listing->files, options));
}

void
listing_free(struct listing *listing)
{
    free_names(&listing->files);
}
