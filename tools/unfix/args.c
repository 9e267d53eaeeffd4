/* SPDX-License-Identifier: MPL-2.0 */
#include "args.h"

#include "combine.h"
#include "input.h"
#include "messages.h"
#include "roles.h"
#include "values.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options without a short form. */
enum {
    OPTION_APPLY = 256,
    OPTION_CHECK,
    OPTION_COLOUR,
    OPTION_CONFUSIONS,
    OPTION_DICT,
    OPTION_EXPLAIN,
    OPTION_FIELD,
    OPTION_FORMAT,
    OPTION_INPUT,
    OPTION_JOIN_HYPHENS,
    OPTION_KEEP,
    OPTION_KEEP_EMPTY,
    OPTION_MAX_HARM,
    OPTION_MIN_CONFIDENCE,
    OPTION_MODEL,
    OPTION_ONLY,
    OPTION_REPORT,
    OPTION_REVERT,
    OPTION_REVIEW,
    OPTION_SUMMARY,
    OPTION_VETO,
    OPTION_WORDS
};

static const char short_options[] = "ahij:o:qV";

static const struct option long_options[] = {
    {"apply", required_argument, NULL, OPTION_APPLY},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"confusions", required_argument, NULL, OPTION_CONFUSIONS},
    {"dict", required_argument, NULL, OPTION_DICT},
    {"explain", optional_argument, NULL, OPTION_EXPLAIN},
    {"field", required_argument, NULL, OPTION_FIELD},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"help", no_argument, NULL, 'h'},
    {"in-place", no_argument, NULL, 'i'},
    {"input", required_argument, NULL, OPTION_INPUT},
    {"jobs", required_argument, NULL, 'j'},
    {"join-hyphens", no_argument, NULL, OPTION_JOIN_HYPHENS},
    {"keep", required_argument, NULL, OPTION_KEEP},
    {"keep-empty", no_argument, NULL, OPTION_KEEP_EMPTY},
    {"max-harm", required_argument, NULL, OPTION_MAX_HARM},
    {"min-confidence", required_argument, NULL, OPTION_MIN_CONFIDENCE},
    {"model", required_argument, NULL, OPTION_MODEL},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"output", required_argument, NULL, 'o'},
    {"quiet", no_argument, NULL, 'q'},
    {"report", required_argument, NULL, OPTION_REPORT},
    {"revert", required_argument, NULL, OPTION_REVERT},
    {"review", required_argument, NULL, OPTION_REVIEW},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"text", no_argument, NULL, 'a'},
    {"version", no_argument, NULL, 'V'},
    {"veto", required_argument, NULL, OPTION_VETO},
    {"words", required_argument, NULL, OPTION_WORDS},
    {NULL, 0, NULL, 0},
};

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

static void
add_name(struct names *names, const char *name)
{
    names->items[names->count++] = name;
}

/* ---- The command line as a whole ----------------------------------------- */

static bool
allocate_names(struct options *options, int argc)
{
    struct names *all[] = {&options->words,        &options->keep,
                           &options->vetoes,       &options->confusions,
                           &options->dictionaries, &options->files};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        /* No list is longer than the command line, but for the "-" that
         * stands for no file. */
        all[i]->items = calloc((size_t)argc + 1, sizeof(all[i]->items[0]));
        if (all[i]->items == NULL)
            return false;
    }
    return true;
}

static bool
take_option(struct options *options, int option, uint32_t *classes)
{
    switch (option) {
    case 'a':
        options->as_text = true;
        return true;
    case 'i':
        options->in_place = true;
        return true;
    case 'j':
        return value_jobs(options, optarg);
    case 'o':
        options->output = optarg;
        return true;
    case 'q':
        options->quiet = true;
        return true;
    case OPTION_APPLY:
        options->apply = optarg;
        return true;
    case OPTION_COLOUR:
        return value_colour(options, optarg);
    case OPTION_EXPLAIN:
        return value_line(options, optarg);
    case OPTION_JOIN_HYPHENS:
        options->repair.join_hyphens = 1;
        return true;
    case OPTION_KEEP:
        add_name(&options->keep, optarg);
        return true;
    case OPTION_MAX_HARM:
        return value_harm(options, optarg);
    case OPTION_REVERT:
        options->revert = optarg;
        return true;
    case OPTION_REVIEW:
        options->format = FORMAT_REVIEW;
        options->review = optarg;
        return true;
    case OPTION_SUMMARY:
        options->format = FORMAT_SUMMARY;
        return true;
    case OPTION_VETO:
        add_name(&options->vetoes, optarg);
        return true;
    case OPTION_CHECK:
        options->check = true;
        return true;
    case OPTION_CONFUSIONS:
        add_name(&options->confusions, optarg);
        return true;
    case OPTION_DICT:
        add_name(&options->dictionaries, optarg);
        return true;
    case OPTION_FIELD:
        options->field = optarg;
        return true;
    case OPTION_FORMAT:
        return value_format(options, optarg);
    case OPTION_INPUT:
        return value_input(options, optarg);
    case OPTION_KEEP_EMPTY:
        options->keep_empty = true;
        return true;
    case OPTION_MIN_CONFIDENCE:
        return value_confidence(options, optarg);
    case OPTION_MODEL:
        options->model = optarg;
        return true;
    case OPTION_ONLY:
        return value_classes(classes, optarg);
    case OPTION_REPORT:
        options->report = optarg;
        return true;
    case OPTION_WORDS:
        add_name(&options->words, optarg);
        return true;
    default:
        return false; /* getopt_long() has said what is wrong */
    }
}

enum args_action
args_parse(struct options *options, int argc, char **argv)
{
    static char name[] = "unfix";
    uint32_t classes = 0;
    int option;

    *options = (struct options){.format = FORMAT_TEXT};
    unfix_options_init(&options->repair);
    if (argc < 1 || !allocate_names(options, argc)) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        return ARGS_WRONG;
    }
    argv[0] = name; /* which getopt_long() puts before its messages */
    while ((option = getopt_long(argc, argv, short_options, long_options,
                                 NULL)) != -1) {
        if (option == 'h')
            return ARGS_HELP;
        if (option == 'V')
            return ARGS_VERSION;
        if (!take_option(options, option, &classes))
            return ARGS_WRONG;
    }
    if (classes != 0)
        options->repair.classes = classes;
    for (int i = optind; i < argc; i++)
        add_name(&options->files, argv[i]);
    if (options->files.count == 0)
        add_name(&options->files, "-");
    if (!combine_is_valid(options))
        return ARGS_WRONG;
    if (options->review != NULL)
        options->output = options->review;
    if (!roles_are_distinct(options))
        return ARGS_WRONG;
    if (options->jobs == 0)
        options->jobs = default_jobs(options);
    return ARGS_RUN;
}

void
args_free(struct options *options)
{
    free(options->words.items);
    free(options->keep.items);
    free(options->vetoes.items);
    free(options->confusions.items);
    free(options->dictionaries.items);
    free(options->files.items);
}

const char *
args_orders(const struct options *options)
{
    return options->apply != NULL ? options->apply : options->revert;
}
