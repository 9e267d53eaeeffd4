/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model noise: text with so many characters in a hundred damaged, always
 * the same for a seed.  To try what must hold whatever an engine did. */
#include "commands.h"
#include "noise.h"
#include "table.h"

#include "lang/model.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct request {
    const char *model;
    double least, most; /* characters in a hundred */
    uint64_t seed;
    int status; /* to exit with, or -1 to go on */
};

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model noise [OPTION]... FILE...\n"
          "Writes the texts to standard output, damaged as by a bad engine.\n\n"
          "  --model=FILE      image that has the confusions (needed)\n"
          "  --rate=LOW[-HIGH] characters in a hundred that are damaged; of a\n"
          "                    range each file draws its own (default: 1-30)\n"
          "  --seed=N          the same seed damages the same (default: 0)\n"
          "  -h, --help        show this and exit\n",
          file);
}

static bool
read_rate(const char *text, struct request *r)
{
    char *end;

    r->least = r->most = strtod(text, &end);
    if (*end == '-' && end != text)
        r->most = strtod(end + 1, &end);
    return *end == '\0' && end != text && r->least >= 0 &&
           r->most >= r->least && r->most <= 100;
}

static void
read_options(int argc, char **argv, struct request *r)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'm'},
        {"rate", required_argument, NULL, 'r'},
        {"seed", required_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    bool good = true;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'm':
            r->model = optarg;
            break;
        case 'r':
            good = good && read_rate(optarg, r);
            break;
        case 's':
            r->seed = tool_number("seed", optarg, 0, UINT64_MAX);
            break;
        case 'h':
            usage(stdout);
            r->status = 0;
            return;
        default:
            good = false;
        }
    }
    if (!good || r->model == NULL || optind == argc) {
        usage(stderr);
        r->status = 2;
    }
}

static void
write_page(const char *path, const struct ufx_rules *rules,
           const struct request *r, uint64_t seed)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer page;
    size_t length;
    char *text = tool_read_file(path, &length);

    ufx_buffer_init(&page, &memory);
    noise_rate(&page, text, length, rules, r->least / 100, r->most / 100, seed);
    if (page.failed)
        tool_fail("out of memory", NULL);
    fwrite(page.data, 1, page.length, stdout);
    ufx_buffer_free(&page);
    free(text);
}

int
ufx_noise_main(int argc, char **argv)
{
    struct request request = {NULL, 1, 30, 0, -1};
    struct ufx_language language;
    unfix_error error = {0};
    char *image;
    size_t length;
    int i;

    read_options(argc, argv, &request);
    if (request.status >= 0)
        return request.status;
    image = tool_read_file(request.model, &length);
    if (ufx_language_open(&language, image, length, &error) != UNFIX_OK)
        tool_fail(error.message, request.model);
    for (i = optind; i < argc; i++)
        write_page(argv[i], &language.rules, &request,
                   request.seed + (uint64_t)(i - optind));
    free(image);
    return 0;
}
