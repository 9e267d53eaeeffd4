/* SPDX-License-Identifier: MPL-2.0 */
#include "args.h"

#include "io.h"
#include "messages.h"

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
    OPTION_FORMAT,
    OPTION_JOIN_HYPHENS,
    OPTION_KEEP,
    OPTION_MAX_HARM,
    OPTION_MIN_CONFIDENCE,
    OPTION_MODEL,
    OPTION_ONLY,
    OPTION_REPORT,
    OPTION_REVERT,
    OPTION_SUMMARY,
    OPTION_VETO,
    OPTION_WORDS
};

static const char short_options[] = "hij:o:qV";

static const struct option long_options[] = {
    {"apply", required_argument, NULL, OPTION_APPLY},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"confusions", required_argument, NULL, OPTION_CONFUSIONS},
    {"dict", required_argument, NULL, OPTION_DICT},
    {"explain", optional_argument, NULL, OPTION_EXPLAIN},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"help", no_argument, NULL, 'h'},
    {"in-place", no_argument, NULL, 'i'},
    {"jobs", required_argument, NULL, 'j'},
    {"join-hyphens", no_argument, NULL, OPTION_JOIN_HYPHENS},
    {"keep", required_argument, NULL, OPTION_KEEP},
    {"max-harm", required_argument, NULL, OPTION_MAX_HARM},
    {"min-confidence", required_argument, NULL, OPTION_MIN_CONFIDENCE},
    {"model", required_argument, NULL, OPTION_MODEL},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"output", required_argument, NULL, 'o'},
    {"quiet", no_argument, NULL, 'q'},
    {"report", required_argument, NULL, OPTION_REPORT},
    {"revert", required_argument, NULL, OPTION_REVERT},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"version", no_argument, NULL, 'V'},
    {"veto", required_argument, NULL, OPTION_VETO},
    {"words", required_argument, NULL, OPTION_WORDS},
    {NULL, 0, NULL, 0},
};

/* Names for several classes at once.  `accents` promises that nothing but
 * accents changes, which holds for no other class: what becomes "ñ" may have
 * been read as "fi". */
static const struct {
    const char *name;
    uint32_t classes;
} class_groups[] = {
    {"accents", UNFIX_CLASS_BIT(UNFIX_CLASS_ACCENT)},
    {"all", UNFIX_CLASSES_ALL},
};

#define CLASS_GROUPS (sizeof(class_groups) / sizeof(class_groups[0]))

/* ---- Arguments of options ------------------------------------------------ */

static bool
parse_format(struct options *options, const char *argument)
{
    if (strcmp(argument, "text") == 0)
        options->format = FORMAT_TEXT;
    else if (strcmp(argument, "diff") == 0)
        options->format = FORMAT_DIFF;
    else if (strcmp(argument, "inline") == 0)
        options->format = FORMAT_INLINE;
    else if (strcmp(argument, "jsonl") == 0)
        options->format = FORMAT_JSONL;
    else {
        message_error("--format", "'%s' is none of text, diff, inline, jsonl",
                      argument);
        return false;
    }
    return true;
}

static bool
parse_colour(struct options *options, const char *argument)
{
    if (strcmp(argument, "auto") == 0)
        options->colour = COLOUR_AUTO;
    else if (strcmp(argument, "always") == 0)
        options->colour = COLOUR_ALWAYS;
    else if (strcmp(argument, "never") == 0)
        options->colour = COLOUR_NEVER;
    else {
        message_error("--color", "'%s' is none of auto, always, never",
                      argument);
        return false;
    }
    return true;
}

/* A number with up to three decimals, in thousandths. */
static bool
parse_harm(struct options *options, const char *argument)
{
    uint64_t value = 0;
    const char *at = argument;
    int decimals = -1; /* no point so far */

    for (; value < 10000000 && decimals < 3; at++) {
        if (*at >= '0' && *at <= '9') {
            value = value * 10 + (uint64_t)(*at - '0');
            decimals += decimals >= 0;
        } else if (*at == '.' && decimals < 0 && at > argument)
            decimals = 0;
        else
            break;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
        value *= 10;
    if (at == argument || *at != '\0' || decimals == 0 || value == 0 ||
        value > 10000000) {
        message_error("--max-harm",
                      "'%s' is not a number from 0.001 to 10000 with up to "
                      "three decimals",
                      argument);
        return false;
    }
    options->repair.max_harm = (uint32_t)value;
    return true;
}

/* The number of a line, or none for all. */
static bool
parse_line(struct options *options, const char *argument)
{
    uint64_t value = 0;
    const char *at = argument;

    options->format = FORMAT_EXPLAIN;
    if (argument == NULL)
        return true;
    for (; *at >= '0' && *at <= '9' && value < UINT64_MAX / 100; at++)
        value = value * 10 + (uint64_t)(*at - '0');
    if (*at != '\0' || value == 0) {
        message_error("--explain", "'%s' is not the number of a line",
                      argument);
        return false;
    }
    options->line = value;
    return true;
}

static bool
parse_confidence(struct options *options, const char *argument)
{
    uint32_t value = 0;
    const char *at = argument;

    for (; *at >= '0' && *at <= '9' && value <= 1000; at++)
        value = value * 10 + (uint32_t)(*at - '0');
    if (at == argument || *at != '\0' || value > 1000) {
        message_error("--min-confidence",
                      "'%s' is not a whole number from 0 to 1000", argument);
        return false;
    }
    options->repair.min_confidence = value;
    return true;
}

/* More threads than that are a slip of the finger. */
#define MOST_JOBS 1024

static bool
parse_jobs(struct options *options, const char *argument)
{
    size_t value = 0;
    const char *at = argument;

    for (; *at >= '0' && *at <= '9' && value <= MOST_JOBS; at++)
        value = value * 10 + (size_t)(*at - '0');
    if (at == argument || *at != '\0' || value < 1 || value > MOST_JOBS) {
        message_error("--jobs", "'%s' is not a whole number from 1 to %d",
                      argument, MOST_JOBS);
        return false;
    }
    options->jobs = value;
    return true;
}

/* One thread for each core; but only one for what comes from a pipe, since
 * whoever writes there may wait for the answer. */
static size_t
default_jobs(const struct options *options)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);

    if (options->files.count == 1 && !io_is_regular(options->files.items[0]))
        return 1;
    return count < 1 ? 1 : count > MOST_JOBS ? MOST_JOBS : (size_t)count;
}

/* The classes that a name of `length` bytes stands for; 0 if it is none. */
static uint32_t
find_classes(const char *name, size_t length)
{
    for (size_t i = 0; i < CLASS_GROUPS; i++) {
        if (strlen(class_groups[i].name) == length &&
            memcmp(class_groups[i].name, name, length) == 0)
            return class_groups[i].classes;
    }
    for (int i = 0; i < UNFIX_CLASS_COUNT; i++) {
        const char *known = unfix_class_name((unfix_class)i);

        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return UNFIX_CLASS_BIT(i);
    }
    return 0;
}

/* Adds to *classes; given twice, the option is as one list. */
static bool
parse_classes(uint32_t *classes, const char *argument)
{
    const char *at = argument;

    for (;;) {
        const size_t length = strcspn(at, ",");
        const uint32_t found = find_classes(at, length);

        if (found == 0) {
            message_error("--only", "'%.*s' is no class; see unfix --help",
                          (int)(length < 64 ? length : 64), at);
            return false;
        }
        *classes |= found;
        if (at[length] == '\0')
            return true;
        at += length + 1;
    }
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
    case 'i':
        options->in_place = true;
        return true;
    case 'j':
        return parse_jobs(options, optarg);
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
        return parse_colour(options, optarg);
    case OPTION_EXPLAIN:
        return parse_line(options, optarg);
    case OPTION_JOIN_HYPHENS:
        options->repair.join_hyphens = 1;
        return true;
    case OPTION_KEEP:
        add_name(&options->keep, optarg);
        return true;
    case OPTION_MAX_HARM:
        return parse_harm(options, optarg);
    case OPTION_REVERT:
        options->revert = optarg;
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
    case OPTION_FORMAT:
        return parse_format(options, optarg);
    case OPTION_MIN_CONFIDENCE:
        return parse_confidence(options, optarg);
    case OPTION_MODEL:
        options->model = optarg;
        return true;
    case OPTION_ONLY:
        return parse_classes(classes, optarg);
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

static bool
wrong(const char *text)
{
    message_error(NULL, "%s", text);
    return false;
}

static bool
are_in_place_options_valid(const struct options *options)
{
    if (options->output != NULL)
        return wrong("--in-place and --output cannot be combined");
    if (options->format != FORMAT_TEXT)
        return wrong(
            "--in-place cannot be combined with --format, --summary or "
            "--explain");
    for (size_t i = 0; i < options->files.count; i++) {
        if (strcmp(options->files.items[i], "-") == 0)
            return wrong("--in-place needs files, not standard input");
    }
    return true;
}

/* What --apply and --revert write is settled by the report. */
static bool
are_orders_valid(const struct options *options)
{
    if (options->apply != NULL && options->revert != NULL)
        return wrong("--apply and --revert cannot be combined");
    if (options->check || options->report != NULL ||
        options->format != FORMAT_TEXT)
        return wrong("--apply and --revert cannot be combined with --check, "
                     "--report, --format, --summary or --explain");
    return true;
}

static bool
are_combined_options_valid(const struct options *options)
{
    if ((options->apply != NULL || options->revert != NULL) &&
        !are_orders_valid(options))
        return false;
    if (options->check && options->in_place)
        return wrong("--check and --in-place cannot be combined");
    if (options->check && options->output != NULL)
        return wrong("--check and --output cannot be combined");
    if (options->check && options->format != FORMAT_TEXT)
        return wrong("--check cannot be combined with --format, --summary or "
                     "--explain");
    if (options->report != NULL && strcmp(options->report, "-") == 0)
        return wrong("--report needs a file; --format=jsonl writes the report "
                     "to standard output");
    if (options->format == FORMAT_EXPLAIN && options->report != NULL)
        return wrong("--explain and --report cannot be combined");
    return !options->in_place || are_in_place_options_valid(options);
}

/* Refuses to write over what is to be read, or to write two things to one
 * file.  A repaired text may take the place of its input. */
static bool
are_outputs_distinct(const struct options *options)
{
    const char *output = options->output;
    const char *report = options->report;
    const char *orders =
        options->apply != NULL ? options->apply : options->revert;

    if (orders != NULL && output != NULL && io_same_file(output, orders)) {
        message_error(output, "is the report and cannot be the output");
        return false;
    }
    for (size_t i = 0; i < options->files.count; i++) {
        const char *file = options->files.items[i];

        if (report != NULL && io_same_file(report, file)) {
            message_error(report, "is an input and cannot be the report");
            return false;
        }
        if (output != NULL && options->format != FORMAT_TEXT &&
            io_same_file(output, file)) {
            message_error(output, "is an input and cannot be the output");
            return false;
        }
    }
    if (output != NULL && report != NULL &&
        (strcmp(output, report) == 0 || io_same_file(output, report))) {
        message_error(report, "is the output and cannot be the report");
        return false;
    }
    return true;
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
    if (!are_combined_options_valid(options) || !are_outputs_distinct(options))
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

/* ---- Help ---------------------------------------------------------------- */

static const char help_usage[] =
    "Usage: unfix [OPTION]... [FILE]...\n"
    "Repair what OCR did to Spanish text in each FILE and write the result to\n"
    "standard output.  With no FILE, or when FILE is -, read standard input.\n"
    "\n"
    "Output:\n"
    "  -o, --output=FILE       write to FILE, which appears only when all "
    "went\n"
    "                          well\n"
    "  -i, --in-place          replace each FILE that changes by its repair\n"
    "      --check             write no text; name each FILE that would "
    "change\n"
    "                          and exit with status 1 if there is one\n"
    "      --format=FORMAT     write 'text' (the default), a unified 'diff' "
    "of\n"
    "                          input and repair, the repairs 'inline', or\n"
    "                          'jsonl', the report\n"
    "      --summary           write no text, but the repairs of all files "
    "put\n"
    "                          together: how often each, how sure, an example\n"
    "      --explain[=LINE]    write no text, but the tokens of each line, or "
    "of "
    "the\n"
    "                          one, with their readings and what these cost\n"
    "      --color=WHEN        colour diff and inline 'always', 'never', or\n"
    "                          'auto', on a terminal (the default)\n"
    "      --report=FILE       also write a report to FILE: a line of JSON "
    "for\n"
    "                          each repair, made or only proposed\n"
    "\n"
    "A report as orders:\n"
    "      --apply=REPORT      make in each FILE the repairs that REPORT, "
    "which "
    "may\n"
    "                          have been edited, calls applied\n"
    "      --revert=REPORT     take them back: give the text before them\n"
    "\n"
    "What is repaired:\n";

/* With the default of --min-confidence. */
static const char help_repair[] =
    "      --min-confidence=N  make the repairs that are at least this likely "
    "to\n"
    "                          be right, in thousandths, 0 to 1000 (default "
    "%u)\n"
    "      --max-harm=N        make so few that no more than N of them are to "
    "be\n"
    "                          expected to be wrong in 10,000 words\n"
    "      --only=CLASS[,CLASS]...\n"
    "                          make no repairs but of these classes (see "
    "below)\n"
    "      --join-hyphens      make words whole that a hyphen breaks at a "
    "line's "
    "end\n"
    "      --words=FILE        take the words in FILE, one a line, for known\n"
    "      --keep=FILE         leave the words in FILE, one a line, as they "
    "are\n"
    "      --veto=FILE         make none of the repairs in FILE, lines of\n"
    "                          READ=MEANT, or reasons as --summary shows them\n"
    "      --confusions=FILE   expect the misreadings in FILE, lines of READ,\n"
    "                          MEANT and COST with tabs between them\n"
    "      --dict=BASE         take the words of the Hunspell dictionary "
    "BASE.aff\n"
    "                          and BASE.dic for known\n"
    "      --model=FILE        use another language model than the installed "
    "one\n";

static const char help_other[] =
    "\n"
    "  -j, --jobs=N            repair in N threads (default: one for each "
    "core,\n"
    "                          one for a pipe); the output is always the "
    "same\n"
    "  -q, --quiet             say nothing but what went wrong\n"
    "  -h, --help              print this help and exit\n"
    "  -V, --version           print the versions and exit\n"
    "\n"
    "--words, --keep, --veto, --confusions and --dict may be given several "
    "times.\n"
    "\n"
    "Classes of repairs:\n";

static const char help_end[] =
    "  'accents' changes nothing but accents; 'all' is every class.\n"
    "\n"
    "Exit status: 0 if all went well, 1 if --check found something to change,\n"
    "2 in case of trouble.\n";

static void
print_classes(void)
{
    size_t column = 0;

    for (int i = 0; i < UNFIX_CLASS_COUNT; i++) {
        const char *name = unfix_class_name((unfix_class)i);
        const bool is_last = i == UNFIX_CLASS_COUNT - 1;

        if (column > 0 && column + strlen(name) + 2 > 78) {
            putchar('\n');
            column = 0;
        }
        column += (size_t)printf("%s%s%s", column > 0 ? " " : "  ", name,
                                 is_last ? "\n" : ",");
    }
}

void
args_print_help(void)
{
    unfix_options defaults;

    unfix_options_init(&defaults);
    fputs(help_usage, stdout);
    printf(help_repair, defaults.min_confidence);
    fputs(help_other, stdout);
    print_classes();
    fputs(help_end, stdout);
}
