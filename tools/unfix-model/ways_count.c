/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model ways: counts how often what is mangled is read right.
 *
 * Good text is mangled in each way, throughout, here and there, and in one
 * place, and read again; text that is to stay is read as it is, and all that is
 * found in it is wrong. */
#include "commands.h"
#include "mangle.h"
#include "table.h"

#include "normalize/encodings.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages are about so long. */
#define PAGE_BYTES 3000

struct counting {
    struct ufx_language language;
    struct ufx_vocabulary vocabulary;
    struct ufx_encodings *encodings;
    struct ufx_mangled_list found;
    struct ufx_arena strings;
    struct ufx_way_count *counts;
    struct mangled_text mangled;
    bool verbose;
    uint64_t seed;
};

static void
find(struct counting *c, const char *text, size_t length)
{
    ufx_arena_reset(&c->strings);
    ufx_encodings_start(c->encodings);
    if (ufx_encodings_find(c->encodings, text, length, &c->strings,
                           &c->found) != UNFIX_OK)
        tool_fail("out of memory", NULL);
}

static void
count(struct counting *c, const struct ufx_mangled *m, const char *text,
      const char *meant, size_t meant_length)
{
    struct ufx_way_count *count =
        &c->counts[m->family * UFX_WAY_SITUATIONS + m->situation];
    bool right =
        m->length == meant_length && memcmp(m->text, meant, meant_length) == 0;

    count->right += right;
    count->wrong += !right;
    if (c->verbose && !right)
        fprintf(stderr, "%s\t%u\t%.*s\t%s\t%.*s\n",
                c->language.ways.ways[c->language.ways.rows[m->row].way].name,
                m->situation, (int)(m->end - m->start), text + m->start,
                m->text, (int)meant_length, meant);
}

static void
count_as_is(struct counting *c, const char *text, size_t length)
{
    size_t i;

    find(c, text, length);
    for (i = 0; i < c->found.count; i++) {
        const struct ufx_mangled *m = &c->found.list[i];

        if (!m->quoted)
            count(c, m, text, text + m->start, m->end - m->start);
    }
}

static void
count_mangled(struct counting *c, const char *text, size_t length)
{
    const struct ufx_ways *ways = &c->language.ways;
    uint32_t way;
    size_t i, start, end;
    int density;

    for (way = 0; way < ways->way_count; way++)
        for (density = 0; density < MANGLE_DENSITIES; density++) {
            if (!mangle_text(&c->mangled, ways, way,
                             (enum mangle_density)density, c->seed++, text,
                             length))
                continue;
            find(c, c->mangled.text.data, c->mangled.text.length);
            for (i = 0; i < c->found.count; i++) {
                const struct ufx_mangled *m = &c->found.list[i];

                if (m->quoted)
                    continue;
                mangled_truth(&c->mangled, m->start, m->end, &start, &end);
                count(c, m, c->mangled.text.data, text + start, end - start);
            }
        }
}

/* Cuts the file into pages at its lines' ends. */
static void
count_file(struct counting *c, const char *path, bool as_is, size_t most)
{
    size_t length, at = 0, pages = 0;
    char *text = tool_read_file(path, &length);

    while (at < length && pages++ < most) {
        size_t n = length - at < PAGE_BYTES ? length - at : PAGE_BYTES;
        const char *end = memchr(text + at + n, '\n', length - at - n);

        if (end != NULL)
            n = (size_t)(end - text) - at + 1;
        (as_is ? count_as_is : count_mangled)(c, text + at, n);
        at += n;
    }
    free(text);
}

static void
write_counts(const struct counting *c)
{
    const struct ufx_ways *ways = &c->language.ways;
    uint32_t f, s, way;

    for (f = 0; f < ways->family_count; f++) {
        for (way = 0; ways->ways[way].family != f; way++)
            ;
        for (s = 0; s < UFX_WAY_SITUATIONS; s++) {
            const struct ufx_way_count *count =
                &c->counts[f * UFX_WAY_SITUATIONS + s];

            if (count->right + count->wrong > 0)
                printf("%s\t%u\t%u\t%u\n", ways->ways[way].name, s,
                       count->right, count->wrong);
        }
    }
}

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model ways --model=FILE [OPTION]... TEXT...\n"
          "Counts how often mangled letters are read right, for"
          " ways-counted.tsv.\n\n"
          "  --model=FILE   the model whose ways are counted\n"
          "  --as-is        the texts are not mangled: all that is found is"
          " wrong\n"
          "  --pages=N      of each text no more than N pages\n"
          "  --verbose      what was read wrong, on standard error\n"
          "  -h, --help     show this help\n",
          file);
}

int
ufx_ways_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'm'},
        {"as-is", no_argument, NULL, 'a'},
        {"pages", required_argument, NULL, 'p'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct counting c = {.seed = 1};
    const char *model = NULL;
    size_t length, pages = SIZE_MAX;
    bool as_is = false;
    unfix_error error;
    char *image;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'm':
            model = optarg;
            break;
        case 'a':
            as_is = true;
            break;
        case 'p':
            pages = (size_t)strtoul(optarg, NULL, 10);
            break;
        case 'v':
            c.verbose = true;
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (model == NULL || optind == argc) {
        usage(stderr);
        return 2;
    }
    image = tool_read_file(model, &length);
    if (ufx_language_open(&c.language, image, length, &error) != UNFIX_OK)
        tool_fail(error.message, model);
    c.vocabulary.language = &c.language;
    c.encodings = ufx_encodings_new(&memory, &c.vocabulary);
    ufx_arena_init(&c.strings, &memory);
    mangled_init(&c.mangled);
    c.counts = tool_allocate(((size_t)c.language.ways.family_count + 1) *
                             UFX_WAY_SITUATIONS * sizeof *c.counts);
    memset(c.counts, 0,
           ((size_t)c.language.ways.family_count + 1) * UFX_WAY_SITUATIONS *
               sizeof *c.counts);
    if (c.encodings == NULL)
        tool_fail("out of memory", NULL);
    while (optind < argc)
        count_file(&c, argv[optind++], as_is, pages);
    write_counts(&c);
    free(c.counts);
    mangled_free(&c.mangled);
    ufx_memory_free(&memory, c.found.list,
                    c.found.capacity * sizeof *c.found.list);
    ufx_arena_free(&c.strings);
    ufx_encodings_free(c.encodings);
    free(image);
    return 0;
}
