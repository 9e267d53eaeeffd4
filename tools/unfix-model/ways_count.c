/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model ways: counts how often what is mangled is read right.
 *
 * Good text is mangled in each way, throughout, here and there, and in one
 * place, and read again; text that is to stay is read as it is, and all that is
 * found in it is wrong.  Whatever there is of either, a page that is mangled in
 * the ways of a family stands for so many pages that are as they should be. */
#include "commands.h"
#include "mangle.h"
#include "table.h"

#include "normalize/encodings.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages are about so long. */
#define PAGE_BYTES 3000

/* Pages as they should be for each that is mangled.  With one instead of ten no
 * more of the mangled pages that were measured comes right, and 339 of 96,000
 * words in Guarani, Italian and texts of several languages change instead of
 * 4. */
#define AS_IS_PAGES 10

struct counting {
    struct ufx_language language;
    struct ufx_vocabulary vocabulary;
    struct ufx_encodings *encodings;
    struct ufx_mangled_list found;
    struct ufx_arena strings;
    struct ufx_way_count *counts;
    uint32_t *in_vain; /* found in text as it should be */
    uint64_t mangled_pages[UFX_WAY_FAMILIES];
    uint64_t as_is_pages;
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
show_wrong(const struct counting *c, const struct ufx_mangled *m,
           const char *text, const char *meant, size_t meant_length)
{
    if (c->verbose)
        fprintf(stderr, "%s\t%u\t%.*s\t%s\t%.*s\n",
                c->language.ways.ways[c->language.ways.rows[m->row].way].name,
                m->situation, (int)(m->end - m->start), text + m->start,
                m->text, (int)meant_length, meant);
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
    if (!right)
        show_wrong(c, m, text, meant, meant_length);
}

/* A letter was lost there, whatever is said of the text. */
static bool
has_lost(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i + 2 < length; i++)
        if (memcmp(text + i, "\xEF\xBF\xBD", 3) == 0)
            return true;
    return false;
}

static void
count_as_is(struct counting *c, const char *text, size_t length)
{
    size_t i;

    c->as_is_pages++;
    find(c, text, length);
    for (i = 0; i < c->found.count; i++) {
        const struct ufx_mangled *m = &c->found.list[i];

        if (m->quoted || has_lost(text + m->start, m->end - m->start))
            continue;
        c->in_vain[m->family * UFX_WAY_SITUATIONS + m->situation]++;
        show_wrong(c, m, text, text + m->start, m->end - m->start);
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
            c->mangled_pages[ways->ways[way].family]++;
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

/* What was found in vain, for as many pages as AS_IS_PAGES has it. */
static uint64_t
in_vain(const struct counting *c, uint32_t family, uint32_t situation)
{
    uint64_t found = c->in_vain[family * UFX_WAY_SITUATIONS + situation];

    if (found == 0)
        return 0;
    return (found * c->mangled_pages[family] * AS_IS_PAGES + c->as_is_pages -
            1) /
           c->as_is_pages;
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
            uint64_t wrong = count->wrong + in_vain(c, f, s);

            if (count->right + wrong > 0)
                printf("%s\t%u\t%u\t%" PRIu64 "\n", ways->ways[way].name, s,
                       count->right, wrong);
        }
    }
}

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model ways --model=FILE [OPTION]... TEXT...\n"
          "Mangles each TEXT and counts how often it is read right, for"
          " ways-counted.tsv.\n\n"
          "  --model=FILE   the model whose ways are counted\n"
          "  --as-is=TEXT   not mangled: all that is found is wrong; may be"
          " repeated\n"
          "  --pages=N      of each text no more than N pages\n"
          "  --verbose      what was read wrong, on standard error\n"
          "  -h, --help     show this help\n",
          file);
}

/* What is to be counted. */
struct order {
    const char *model;
    size_t pages;
    char **as_is; /* borrowed from the arguments */
    size_t as_is_count;
    bool verbose;
};

/* The status to end with, or -1 to go on. */
static int
take_order(struct order *order, int argc, char **argv)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'm'},
        {"as-is", required_argument, NULL, 'a'},
        {"pages", required_argument, NULL, 'p'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'm':
            order->model = optarg;
            break;
        case 'a':
            order->as_is[order->as_is_count++] = optarg;
            break;
        case 'p':
            order->pages = (size_t)tool_number("pages", optarg, 1, 1000000000);
            break;
        case 'v':
            order->verbose = true;
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (order->model == NULL || optind == argc) {
        usage(stderr);
        return 2;
    }
    return -1;
}

static void
begin(struct counting *c, const char *image, size_t length, const char *model)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    unfix_error error;
    size_t cells;

    if (ufx_language_open(&c->language, image, length, &error) != UNFIX_OK)
        tool_fail(error.message, model);
    if (c->language.ways.way_count == 0)
        tool_fail("has no ways to be counted", model);
    c->vocabulary.language = &c->language;
    c->encodings = ufx_encodings_new(&memory, &c->vocabulary);
    if (c->encodings == NULL)
        tool_fail("out of memory", NULL);
    ufx_arena_init(&c->strings, &memory);
    mangled_init(&c->mangled);
    cells = ((size_t)c->language.ways.family_count + 1) * UFX_WAY_SITUATIONS;
    c->counts = tool_allocate(cells * sizeof *c->counts);
    memset(c->counts, 0, cells * sizeof *c->counts);
    c->in_vain = tool_allocate(cells * sizeof *c->in_vain);
    memset(c->in_vain, 0, cells * sizeof *c->in_vain);
}

static void
end(struct counting *c)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    free(c->counts);
    free(c->in_vain);
    mangled_free(&c->mangled);
    ufx_memory_free(&memory, c->found.list,
                    c->found.capacity * sizeof *c->found.list);
    ufx_arena_free(&c->strings);
    ufx_encodings_free(c->encodings);
}

int
ufx_ways_main(int argc, char **argv)
{
    struct counting c = {.seed = 1};
    struct order order = {.pages = SIZE_MAX};
    size_t length, i;
    char *image;
    int status;

    order.as_is = tool_allocate((size_t)argc * sizeof *order.as_is);
    status = take_order(&order, argc, argv);
    if (status >= 0) {
        free(order.as_is);
        return status;
    }
    c.verbose = order.verbose;
    image = tool_read_file(order.model, &length);
    begin(&c, image, length, order.model);
    while (optind < argc)
        count_file(&c, argv[optind++], false, order.pages);
    for (i = 0; i < order.as_is_count; i++)
        count_file(&c, order.as_is[i], true, order.pages);
    write_counts(&c);
    end(&c);
    free(image);
    free(order.as_is);
    return 0;
}
