/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "replace.h"

#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
join(const char *first, const char *second)
{
    size_t length = strlen(first);
    char *joined = tool_allocate(length + strlen(second) + 1);

    memcpy(joined, first, length);
    memcpy(joined + length, second, strlen(second) + 1);
    return joined;
}

/* mkstemp makes files for the user alone. */
static void
give_usual_mode(int descriptor)
{
    mode_t mask = umask(0);

    umask(mask);
    if (fchmod(descriptor, 0666 & ~mask) != 0)
        tool_fail(strerror(errno), "fchmod");
}

void
replacement_open(struct replacement *r, const char *path)
{
    struct stat about;
    int descriptor;

    r->path = realpath(path, NULL); /* of a link, what it leads to */
    if (r->path == NULL)
        r->path = join(path, "");
    r->temporary = NULL;
    if (stat(r->path, &about) == 0 && !S_ISREG(about.st_mode)) {
        r->file = fopen(r->path, "wb");
    } else {
        r->temporary = join(r->path, ".XXXXXX");
        descriptor = mkstemp(r->temporary);
        if (descriptor >= 0)
            give_usual_mode(descriptor);
        r->file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    }
    if (r->file == NULL)
        tool_fail(strerror(errno), path);
}

void
replacement_close(struct replacement *r)
{
    bool failed = ferror(r->file) != 0;

    failed = fclose(r->file) != 0 || failed;
    if (r->temporary != NULL) {
        failed = failed || rename(r->temporary, r->path) != 0;
        if (failed)
            unlink(r->temporary);
    }
    if (failed)
        tool_fail("write error", r->path);
    free(r->temporary);
    free(r->path);
}
