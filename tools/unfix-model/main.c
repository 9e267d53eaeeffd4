/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model: makes and judges language models.  See unfix-model.1. */
#include "commands.h"

#include "unfix.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
};

static const struct command commands[] = {
    {"count", ufx_count_main, "counts words and n-grams of text"},
    {"confusions", ufx_confusions_main,
     "learns from pages what an engine reads for what"},
    {"learn", ufx_learn_main, "learns from pages how sure a repair is"},
    {"build", ufx_build_main, "compiles dictionaries into a model image"},
    {"merge", ufx_merge_main, "adds what parts of a collection show"},
    {"verify", ufx_verify_main, "checks a model image whole"},
    {"ways", ufx_ways_main, "counts how often mangled letters are read right"},
    {"eval", ufx_eval_main, "measures error rates before and after repair"},
    {"noise", ufx_noise_main, "damages text, to try what must hold"},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static void
print_usage(FILE *file)
{
    fputs("Usage: unfix-model COMMAND [OPTION]... [FILE]...\n"
          "Makes and judges the language models of unfix.\n\n",
          file);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(file, "  %-12s %s\n", commands[i].name, commands[i].summary);
    fputs("\nunfix-model COMMAND --help shows the options of a command.\n",
          file);
}

/* With the command's name after the program's, as its messages begin. */
static int
run(const struct command *command, int argc, char **argv)
{
    char name[32];
    snprintf(name, sizeof name, "unfix-model %s", command->name);
    argv[0] = name;
    return command->run(argc, argv);
}

static int
dispatch(int argc, char **argv)
{
    const char *name = argc < 2 ? NULL : argv[1];
    if (name == NULL) {
        print_usage(stderr);
        return 2;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_usage(stdout);
        return 0;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("unfix-model %s\n", unfix_version());
        return 0;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(name, commands[i].name) == 0)
            return run(&commands[i], argc - 1, argv + 1);
    }
    fprintf(stderr, "unfix-model: '%s' is no command; see unfix-model --help\n",
            name);
    return 2;
}

int
main(int argc, char **argv)
{
    int status = dispatch(argc, argv);
    errno = 0;
    if (ferror(stdout) | fclose(stdout)) {
        fprintf(stderr, "unfix-model: standard output: %s\n",
                errno != 0 ? strerror(errno) : "write error");
        return 2;
    }
    return status;
}
