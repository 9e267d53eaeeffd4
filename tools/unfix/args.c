/* SPDX-License-Identifier: MPL-2.0 */
#include "args.h"

#include "collection.h"
#include "combine.h"
#include "input.h"
#include "known.h"
#include "messages.h"
#include "path.h"
#include "roles.h"
#include "suggest.h"
#include "values.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What getopt_long() is to know, made of the table of options. */
struct syntax {
    struct option *options;
    char *letters;
};

static bool
make_syntax(struct syntax *syntax)
{
    char *letter;

    syntax->options = calloc(known_count + 1, sizeof(*syntax->options));
    syntax->letters = malloc(2 * known_count + 2);
    if (syntax->options == NULL || syntax->letters == NULL)
        return false;
    letter = syntax->letters;
    *letter++ = ':'; /* to be told of a missing argument */
    for (size_t i = 0; i < known_count; i++) {
        const struct known_option *known = &known_options[i];

        syntax->options[i] = (struct option){known->name, known->has_argument,
                                             NULL, known->letter};
        if (known->letter == 0)
            continue;
        *letter++ = known->letter;
        if (known->has_argument == required_argument)
            *letter++ = ':';
    }
    *letter = '\0';
    return true;
}

static void
free_syntax(struct syntax *syntax)
{
    free(syntax->options);
    free(syntax->letters);
}

/* ---- Wrong options ------------------------------------------------------- */

static const char see_help[] = "; try 'unfix --help'";

/* How many options begin so. */
static size_t
count_beginning(const char *name, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < known_count; i++)
        count += strncmp(known_options[i].name, name, length) == 0;
    return count;
}

static void
complain_long(const char *name, size_t length)
{
    const size_t count = count_beginning(name, length);
    struct suggestion suggestion;
    char text[64];

    if (count == 1) {
        message_error(NULL, "option '--%.*s' takes no argument%s", (int)length,
                      name, see_help);
        return;
    }
    suggest_begin(&suggestion, name, length);
    for (size_t i = 0; count == 0 && i < known_count; i++)
        suggest_offer(&suggestion, known_options[i].name);
    message_error(NULL, "%s option '--%.*s'%s%s",
                  count > 1 ? "ambiguous" : "no such", (int)length, name,
                  suggest_text(&suggestion, "--", text, sizeof(text)),
                  see_help);
}

/* getopt_long() stopped at `word`, or within its letters. */
static void
complain(int answer, const char *word)
{
    if (answer == ':')
        message_error(NULL, "option '%s' needs an argument%s", word, see_help);
    else if (strncmp(word, "--", 2) == 0 &&
             (optopt == 0 ||
              count_beginning(word + 2, strcspn(word + 2, "=")) <= 1))
        complain_long(word + 2, strcspn(word + 2, "="));
    else
        message_error(NULL, "no such option '-%c'%s", optopt, see_help);
}

/* ---- Options ------------------------------------------------------------- */

static void
add_name(struct names *names, const char *name)
{
    names->items[names->count++] = name;
}

/* One that is not empty, and no second one, which would be forgotten. */
static bool
take_name(struct options *options, const struct known_option *known,
          void *field, const char *argument)
{
    if (*argument == '\0') {
        message_error(NULL, "--%s needs a name%s", known->name, see_help);
        return false;
    }
    if (known->kind == KNOWN_LIST) {
        add_name(field, argument);
        return true;
    }
    if (known_is_given(options, known->name)) {
        message_error(NULL, "--%s is given twice", known->name);
        return false;
    }
    memcpy(field, &argument, sizeof(argument));
    return true;
}

static bool
take_option(struct options *options, size_t number)
{
    const struct known_option *known = &known_options[number];
    char *field = (char *)options + known->field;
    bool good = true;

    if (known->kind == KNOWN_FLAG)
        *(bool *)field = true;
    else if (known->kind == KNOWN_TAKEN)
        good = known->take(options, optarg);
    else
        good = take_name(options, known, field, optarg);
    options->given |= UINT64_C(1) << number;
    return good;
}

/* The table's number of what getopt_long() found. */
static size_t
number_of(int letter, int found)
{
    size_t i = 0;

    if (letter == 0)
        return (size_t)found;
    while (known_options[i].letter != letter)
        i++;
    return i;
}

static bool
take_options(struct options *options, const struct syntax *syntax, int argc,
             char **argv)
{
    for (;;) {
        const int word = optind;
        int found = 0;
        const int answer =
            getopt_long(argc, argv, syntax->letters, syntax->options, &found);

        if (answer == -1)
            return true;
        if (answer == '?' || answer == ':') {
            /* Words that are no options have been put behind. */
            complain(answer, argv[optind > word ? optind - 1 : word]);
            return false;
        }
        if (!take_option(options, number_of(answer, found)))
            return false;
        if (options->help || options->version)
            return true;
    }
}

/* ---- The command line as a whole ----------------------------------------- */

static bool
allocate_names(struct options *options, int argc)
{
    struct names *all[] = {&options->words,        &options->keep,
                           &options->vetoes,       &options->confusions,
                           &options->dictionaries, &options->files,
                           &options->include,      &options->exclude};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        /* No list is longer than the command line, but for the "-" that
         * stands for no file. */
        all[i]->items = calloc((size_t)argc + 1, sizeof(all[i]->items[0]));
        if (all[i]->items == NULL)
            return false;
    }
    return true;
}

/* One thread for each core; but only one for what comes from a pipe, since
 * whoever writes there may wait for the answer. */
static size_t
default_jobs(const struct options *options)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);

    if (options->files.count == 1 && !input_is_regular(options->files.items[0]))
        return 1;
    return count < 1 ? 1 : count > MOST_JOBS ? MOST_JOBS : (size_t)count;
}

/* -o FOLDER/ is --output-dir. */
static void
take_output_folder(struct options *options)
{
    const char *output = options->output;

    if (output == NULL || output[strlen(output) - 1] != '/')
        return;
    options->output_dir = output;
    options->output = NULL;
    options->given &= ~(UINT64_C(1) << known_number("output"));
    options->given |= UINT64_C(1) << known_number("output-dir");
}

/* What follows from the options together, and the files. */
static enum args_action
complete(struct options *options, int argc, char **argv)
{
    if (options->help)
        return ARGS_HELP;
    if (options->version)
        return ARGS_VERSION;
    for (int i = optind; i < argc; i++)
        add_name(&options->files, argv[i]);
    if (options->files.count == 0 && options->files0_from == NULL) {
        add_name(&options->files, options->recursive ? "." : "-");
        options->has_no_file = !options->recursive;
    }
    take_output_folder(options);
    if (options->classes != 0)
        options->repair.classes = options->classes;
    if (known_is_given(options, "summary"))
        options->format = FORMAT_SUMMARY;
    if (options->review != NULL)
        options->format = FORMAT_REVIEW;
    if (options->count != NULL)
        options->format = FORMAT_COUNT;
    if (!combine_is_valid(options))
        return ARGS_WRONG;
    if (options->count != NULL)
        options->output = options->count;
    if (options->review != NULL)
        options->output = options->review;
    if (!listing_make(&options->listing, options))
        return ARGS_WRONG;
    free(options->files.items);
    options->files = options->listing.files;
    if (!combine_goes_with_files(options) || !roles_are_distinct(options))
        return ARGS_WRONG;
    if (options->jobs == 0)
        options->jobs = default_jobs(options);
    return ARGS_RUN;
}

enum args_action
args_parse(struct options *options, int argc, char **argv)
{
    struct syntax syntax = {NULL, NULL};
    enum args_action action = ARGS_WRONG;

    *options = (struct options){.format = FORMAT_TEXT,
                                .count_least = COLLECTION_LEAST};
    unfix_options_init(&options->repair);
    opterr = 0;
    if (argc < 1 || !allocate_names(options, argc) || !make_syntax(&syntax))
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    else if (take_options(options, &syntax, argc, argv))
        action = complete(options, argc, argv);
    free_syntax(&syntax);
    return action;
}

void
args_free(struct options *options)
{
    free(options->words.items);
    free(options->keep.items);
    free(options->vetoes.items);
    free(options->confusions.items);
    free(options->dictionaries.items);
    if (options->files.items != options->listing.files.items)
        free(options->files.items);
    listing_free(&options->listing);
    free(options->include.items);
    free(options->exclude.items);
}

/* In UTF-16 a text looks like none. */
bool
args_takes_all(const struct options *options)
{
    return options->as_text ||
           (options->encoding != NULL &&
            (strncasecmp(options->encoding, "utf-16", 6) == 0 ||
             strncasecmp(options->encoding, "utf-32", 6) == 0));
}

bool
args_has_own_outputs(const struct options *options)
{
    return options->in_place || options->output_dir != NULL;
}

const char *
args_report_name(const struct options *options, const char *path)
{
    return options->report_base == NULL
               ? path
               : path_below(options->report_base, path);
}

const char *
args_orders(const struct options *options)
{
    return options->apply != NULL ? options->apply : options->revert;
}
