/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "backup.h"

#include "identity.h"
#include "messages.h"
#include "output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool
copy(const char *path, const char *backup)
{
    struct input input;
    struct output output;
    bool good;

    if (!input_open(&input, path, false))
        return false;
    good = output_open(&output, backup) && output_copy(&output, &input) &&
           output_commit(&output);
    output_discard(&output);
    input_close(&input);
    return good;
}

bool
backup_make(const char *path, const char *backup, bool force)
{
    const struct identity old = identity_of_path(path);
    struct identity there;

    if (link(path, backup) == 0)
        return true;
    if (errno == EEXIST) {
        /* As a run left it that was ended right here. */
        there = identity_of_path(backup);
        if (identity_is_same(&old, &there))
            return true;
        if (!force) {
            message_error(backup, "is there already; --force replaces it");
            return false;
        }
        if (unlink(backup) == 0 && link(path, backup) == 0)
            return true;
    }
    if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS ||
        errno == EMLINK)
        return copy(path, backup);
    message_error(backup, "%s", strerror(errno));
    return false;
}
