/* SPDX-License-Identifier: MPL-2.0 */
/* What has a name in the public API: the version, statuses, classes. */
#include "api/objects.h"

#include "base/status.h"

const char *
unfix_version(void)
{
    return UNFIX_VERSION_STRING;
}

uint32_t
unfix_version_number(void)
{
    return UNFIX_VERSION_NUMBER;
}

const char *
unfix_strerror(unfix_status status)
{
    switch (status) {
    case UNFIX_OK:
        return "success";
    case UNFIX_ERROR_MEMORY:
        return "out of memory";
    case UNFIX_ERROR_ARGUMENT:
        return "invalid argument";
    case UNFIX_ERROR_IO:
        return "cannot read the file";
    case UNFIX_ERROR_FORMAT:
        return "damaged or malformed data";
    case UNFIX_ERROR_VERSION:
        return "made for another version";
    case UNFIX_ERROR_LIMIT:
        return "a limit is exceeded";
    case UNFIX_ERROR_STATE:
        return "call out of order";
    case UNFIX_ERROR_CALLBACK:
        return "stopped by the caller";
    case UNFIX_ERROR_EXTERNAL:
        return "ICU or Hunspell failed";
    }
    return "unknown status";
}

unfix_status
ufx_fail(unfix_error *error, unfix_status status)
{
    return ufx_status_set(error, status, unfix_strerror(status), NULL);
}

const char *
unfix_class_name(unfix_class c)
{
    static const char *const names[UNFIX_CLASS_COUNT] = {
        "accent",      "tilde",   "letter", "lost",   "split",   "join",
        "case",        "ordinal", "roman",  "symbol", "number",  "spacing",
        "punctuation", "hyphen",  "date",   "list",   "encoding"};

    return (unsigned)c < UNFIX_CLASS_COUNT ? names[c] : NULL;
}
