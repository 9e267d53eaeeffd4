/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model build: dictionaries and Hunspell -> a model image. */
#include "build.h"
#include "commands.h"
#include "table.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
free_all(struct building *b)
{
    ufx_lexicon_built_free(&b->lexicon);
    ufx_arena_free(&b->entries.letters);
    free(b->entries.list);
    free(b->unigrams);
    free(b->probability);
    free(b->history);
    free(b->bigrams);
    free(b->trigrams);
    free(b->families);
    free(b->affinity);
    free(b->contexts);
    free(b->letters);
    free(b->patterns);
    free(b->rules);
    free(b->marks);
    ufx_buffer_free(&b->forest);
    free(b->forms);
    ways_free(&b->ways);
    free(b->kinds);
    ufx_buffer_free(&b->kind_names);
    free(b->rivals);
    ufx_buffer_free(&b->readings);
}

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model build --dictionaries=FOLDER [--forms=FILE"
          " --hunspell=BASE] --output=FILE\n"
          "Compiles dictionaries into a model image.\n\n"
          "  --dictionaries=FOLDER  the language's folder (dictionaries/es)\n"
          "  --forms=FILE           the forms that scripts/forms lists\n"
          "  --hunspell=BASE        dictionary BASE.aff, BASE.dic: each form is"
          " asked of it\n"
          "  --language=TAG         the language (the folder's name)\n"
          "  --output=FILE          the image\n"
          "  -h, --help             show this help\n",
          file);
}

/* Reads the folder, and unless NULL what Hunspell knows. */
static void
compile(struct building *b, const char *forms, const char *hunspell)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    ufx_arena_init(&b->entries.letters, &memory);
    ufx_buffer_init(&b->kind_names, &memory);
    ufx_buffer_init(&b->readings, &memory);
    ufx_buffer_init(&b->forest, &memory);
    build_words(b, forms, hunspell);
    build_ngrams(b);
    build_letters(b);
    build_tables(b);
    ways_build(&b->ways, b->folder, b->entries.list,
               b->lexicon.view.word_count);
}

int
ufx_build_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"dictionaries", required_argument, NULL, 'd'},
        {"forms", required_argument, NULL, 'f'},
        {"hunspell", required_argument, NULL, 's'},
        {"language", required_argument, NULL, 'l'},
        {"output", required_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    struct building b = {0};
    const char *forms = NULL, *hunspell = NULL, *output = NULL, *tag = NULL;
    char *folder = NULL;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd':
            folder = optarg;
            break;
        case 'f':
            forms = optarg;
            break;
        case 's':
            hunspell = optarg;
            break;
        case 'l':
            tag = optarg;
            break;
        case 'o':
            output = optarg;
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (folder == NULL || (forms == NULL) != (hunspell == NULL) ||
        output == NULL || optind < argc) {
        usage(stderr);
        return 2;
    }
    if (tag == NULL)
        tag = tool_last_name(folder);
    if (*tag == '\0' || strlen(tag) > BUILD_TAG_MOST)
        tool_fail("not a language's tag", tag);
    b.folder = folder;
    compile(&b, forms, hunspell);
    build_image(&b, output, tag, "2026.1");
    free_all(&b);
    return 0;
}
