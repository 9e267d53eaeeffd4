/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model merge: what `unfix --count` wrote of the parts of a collection,
 * added.  Any grouping and order of the parts gives the same bytes. */
#include "commands.h"
#include "replace.h"
#include "table.h"

#include "unfix.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_MOST 1000000

struct request {
    const char *output;
    uint32_t least;
    int status; /* to exit with, or -1 to go on */
};

static void
usage(FILE *file)
{
    fputs(
        "Usage: unfix-model merge --output=FILE [OPTION]... FILE...\n"
        "Adds what unfix --count wrote of the parts of a collection.\n\n"
        "  --output=FILE     the sum (needed)\n"
        "  --least=N         of words, tell what at least N documents have\n"
        "                    (default: 2); 1 if the sum is to be added again\n"
        "  -h, --help        show this and exit\n",
        file);
}

static void
read_options(int argc, char **argv, struct request *r)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"least", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    bool good = true;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            r->output = optarg;
            break;
        case 'l':
            r->least = (uint32_t)tool_number("least", optarg, 1, LEAST_MOST);
            break;
        case 'h':
            usage(stdout);
            r->status = 0;
            return;
        default:
            good = false;
        }
    }
    if (!good || r->output == NULL || optind == argc) {
        usage(stderr);
        r->status = 2;
    }
}

static void
add_part(unfix_collection *sum, const char *path)
{
    size_t length;
    char *part = tool_read_file(path, &length);
    unfix_error error;

    if (unfix_collection_read(sum, part, length, &error) != UNFIX_OK) {
        char where[sizeof error.message + 32];

        snprintf(where, sizeof where, "line %" PRIu64 ": %s", error.line,
                 error.message);
        tool_fail(error.line > 0 ? where : error.message, path);
    }
    free(part);
}

static void
write_sum(unfix_collection *sum, const struct request *r)
{
    struct replacement file;
    const char *bytes;
    size_t length;
    unfix_error error;

    if (unfix_collection_write(sum, r->least, &bytes, &length, &error) !=
        UNFIX_OK)
        tool_fail(error.message, NULL);
    replacement_open(&file, r->output);
    fwrite(bytes, 1, length, file.file);
    replacement_close(&file);
}

int
ufx_merge_main(int argc, char **argv)
{
    struct request request = {NULL, 2, -1};
    unfix_collection *sum;
    int i;

    read_options(argc, argv, &request);
    if (request.status >= 0)
        return request.status;
    if (unfix_collection_new(NULL, &sum) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    for (i = optind; i < argc; i++)
        add_part(sum, argv[i]);
    write_sum(sum, &request);
    unfix_collection_release(sum);
    return 0;
}
