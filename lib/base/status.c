/* SPDX-License-Identifier: MPL-2.0 */
#include "base/status.h"

#include <string.h>

static size_t
put(char *message, size_t used, size_t size, const char *text)
{
    size_t length = strlen(text);

    if (length > size - 1 - used)
        length = size - 1 - used;
    memcpy(message + used, text, length);
    return used + length;
}

unfix_status
ufx_status_set_at(unfix_error *error, unfix_status status, const char *message,
                  const char *detail, uint64_t offset, uint64_t line)
{
    size_t used;

    if (error == NULL)
        return status;
    error->status = status;
    error->offset = offset;
    error->line = line;
    used = put(error->message, 0, sizeof error->message, message);
    if (detail != NULL) {
        used = put(error->message, used, sizeof error->message, ": ");
        used = put(error->message, used, sizeof error->message, detail);
    }
    error->message[used] = '\0';
    return status;
}

unfix_status
ufx_status_set(unfix_error *error, unfix_status status, const char *message,
               const char *detail)
{
    return ufx_status_set_at(error, status, message, detail, 0, 0);
}

unfix_status
ufx_status_argument(unfix_error *error, const char *what)
{
    return ufx_status_set(error, UNFIX_ERROR_ARGUMENT, what, NULL);
}
