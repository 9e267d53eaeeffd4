/* SPDX-License-Identifier: MPL-2.0 */
#include "identity.h"

#include <sys/stat.h>

bool
identity_is_same(const char *a, const char *b)
{
    struct stat first;
    struct stat second;

    if (stat(a, &first) != 0 || stat(b, &second) != 0)
        return false;
    return S_ISREG(first.st_mode) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}
