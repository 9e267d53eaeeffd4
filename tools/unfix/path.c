/* SPDX-License-Identifier: MPL-2.0 */
#include "path.h"

#include "messages.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unfix.h>

static char *
put_together(const char *first, const char *middle, const char *last)
{
    const size_t size = strlen(first) + strlen(middle) + strlen(last) + 1;
    char *path = malloc(size);

    if (path == NULL)
        message_error(first, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    else
        snprintf(path, size, "%s%s%s", first, middle, last);
    return path;
}

char *
path_append(const char *base, const char *suffix)
{
    return put_together(base, "", suffix);
}

char *
path_join(const char *folder, const char *name)
{
    const size_t length = strlen(folder);

    return put_together(
        folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
}

const char *
path_within(const char *name)
{
    const char *at;

    while (*name == '/' || (*name == '.' && name[1] == '/'))
        name += *name == '/' ? 1 : 2;
    for (at = name; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return NULL;
    }
    return name;
}

const char *
path_below(const char *folder, const char *name)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/')
        length--;
    if (strncmp(name, folder, length) != 0 ||
        (name[length] != '/' && folder[length - 1] != '/'))
        return NULL;
    name += length;
    while (*name == '/')
        name++;
    return *name == '\0' ? NULL : name;
}

bool
path_make_folders(const char *path)
{
    char *folder = put_together(path, "", "");
    bool good = folder != NULL;

    for (char *at = folder; good && (at = strchr(at + 1, '/')) != NULL;) {
        *at = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
            message_error(folder, "%s", strerror(errno));
            good = false;
        }
        *at = '/';
    }
    free(folder);
    return good;
}
