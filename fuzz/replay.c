/* SPDX-License-Identifier: MPL-2.0 */
/* replay FILE|FOLDER...: gives each file to the fuzz target that this is linked
 * with, as libFuzzer would, under any compiler. */
#include "fuzz.h"

#include "../tests/read_file.h"

#include <dirent.h>
#include <sys/stat.h>

static int
replay_file(const char *path)
{
    size_t length;
    char *bytes = read_file(path, &length);

    if (bytes == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 0;
    }
    printf("%s\n", path);
    fflush(stdout);
    /* Of its size and no more, so that a sanitizer sees a byte too many. */
    if (length > 0)
        bytes = realloc(bytes, length);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
    free(bytes);
    return 1;
}

static int
replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    int count = 0;

    if (folder == NULL)
        return 0;
    while ((entry = readdir(folder)) != NULL) {
        char file[4096];
        int n = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);

        if (entry->d_name[0] != '.' && n > 0 && (size_t)n < sizeof file)
            count += replay_file(file);
    }
    closedir(folder);
    return count;
}

int
main(int argc, char **argv)
{
    struct stat info;
    int i, count = 0;

    for (i = 1; i < argc; i++) {
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            count += replay_folder(argv[i]);
        else
            count += replay_file(argv[i]);
    }
    printf("%d inputs\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
