/* SPDX-License-Identifier: MPL-2.0 */
#include "path.h"

#include "messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unfix.h>

char *
path_append(const char *base, const char *suffix)
{
    const size_t size = strlen(base) + strlen(suffix) + 1;
    char *path = malloc(size);

    if (path == NULL)
        message_error(base, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    else
        snprintf(path, size, "%s%s", base, suffix);
    return path;
}
