/* SPDX-License-Identifier: MPL-2.0 */
/* Beside the file that this code was loaded from, so that an installed tree can
 * be moved: in lib/ARCH/unfix for lib/ARCH/libunfix.so, or in share/unfix for
 * lib/libunfix.so, lib/ARCH/libunfix.so or bin/program; then where the library
 * was built to be installed. */
#ifdef UFX_HAVE_DLADDR
#define _GNU_SOURCE      /* dladdr is POSIX from 2024 on: glibc, musl */
#define _DARWIN_C_SOURCE /* macOS */
#define __BSD_VISIBLE 1  /* FreeBSD */
#include <dlfcn.h>
#endif

#include "api/places.h"

#include "base/status.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef UFX_MODEL_DEFAULT
#define UFX_MODEL_DEFAULT "/usr/share/unfix/es.unfix"
#endif

static const char *const beside[] = {
    "unfix/es.unfix", "../share/unfix/es.unfix", "../../share/unfix/es.unfix"};
enum {
    BESIDE_COUNT = sizeof beside / sizeof *beside
};

/* The shared library that this code is in.  A program's own name, which is
 * what there is of a static one, may be relative to where it no longer is. */
static bool
library_file(char file[UFX_PATH_SIZE])
{
#ifdef UFX_HAVE_DLADDR
    Dl_info info;

    return dladdr((const void *)UFX_MODEL_DEFAULT, &info) != 0 &&
           info.dli_fname != NULL &&
           (strstr(info.dli_fname, ".so") != NULL ||
            strstr(info.dli_fname, ".dylib") != NULL) &&
           realpath(info.dli_fname, file) != NULL;
#else
    (void)file;
    return false;
#endif
}

/* Linux tells the program's file where /proc is mounted; where it does not,
 * only the compiled-in place is left. */
static bool
program_file(char file[UFX_PATH_SIZE])
{
    ssize_t n = readlink("/proc/self/exe", file, UFX_PATH_SIZE - 1);

    if (n <= 0)
        return false;
    file[n] = '\0';
    return true;
}

/* A folder with its slash; empty if there is none to be told. */
static void
own_folder(char folder[UFX_PATH_SIZE])
{
    char *slash;

    if (!library_file(folder) && !program_file(folder))
        folder[0] = '\0';
    slash = strrchr(folder, '/');
    if (slash == NULL)
        folder[0] = '\0';
    else
        slash[1] = '\0';
}

size_t
unfix_model_place(size_t index, char *path, size_t size)
{
    char folder[UFX_PATH_SIZE];
    int n;

    own_folder(folder);
    if (folder[0] != '\0' && index < BESIDE_COUNT)
        n = snprintf(path, size, "%s%s", folder, beside[index]);
    else if (index == (folder[0] != '\0' ? BESIDE_COUNT : 0))
        n = snprintf(path, size, "%s", UFX_MODEL_DEFAULT);
    else
        return 0;
    return n > 0 ? (size_t)n : 0;
}

unfix_status
ufx_places_find(char path[UFX_PATH_SIZE], unfix_error *error)
{
    char list[sizeof error->message];
    size_t i, used = 0, length;

    list[0] = '\0';
    for (i = 0; (length = unfix_model_place(i, path, UFX_PATH_SIZE)) > 0; i++) {
        if (length < UFX_PATH_SIZE &&
            (access(path, R_OK) == 0 || errno == EACCES))
            return UNFIX_OK;
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                     i > 0 ? ", " : "", path);
    }
    return ufx_status_set(error, UNFIX_ERROR_IO, "no model; looked for", list);
}
