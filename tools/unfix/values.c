/* SPDX-License-Identifier: MPL-2.0 */
#include "values.h"

#include "messages.h"
#include "suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

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

/* The number of a name in a list, or -1 if it is none, and said so. */
static int
choose(const char *option, const char *argument, const char *const *names,
       size_t count)
{
    struct suggestion suggestion;
    char all[128] = "", text[64];
    size_t used = 0;

    suggest_begin(&suggestion, argument, strlen(argument));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(argument, names[i]) == 0)
            return (int)i;
        suggest_offer(&suggestion, names[i]);
        used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s",
                                 i > 0 ? ", " : "", names[i]);
    }
    message_error(option, "'%s' is none of %s%s", argument, all,
                  suggest_text(&suggestion, "", text, sizeof(text)));
    return -1;
}

bool
value_format(struct options *options, const char *argument)
{
    static const char *const names[] = {"text", "diff", "inline", "jsonl"};
    static const enum format formats[] = {FORMAT_TEXT, FORMAT_DIFF,
                                          FORMAT_INLINE, FORMAT_JSONL};
    const int i = choose("--format", argument, names, 4);

    if (i < 0)
        return false;
    options->format = formats[i];
    return true;
}

bool
value_summary(struct options *options, const char *argument)
{
    static const char *const names[] = {"text", "tsv"};
    const int i =
        argument == NULL ? 0 : choose("--summary", argument, names, 2);

    options->is_table = i == 1;
    return i >= 0;
}

bool
value_input(struct options *options, const char *argument)
{
    options->input = format_find(argument);
    options->is_text = strcmp(argument, "text") == 0;
    if (options->input != NULL || options->is_text ||
        strcmp(argument, "auto") == 0)
        return true;
    message_error("--input", "'%s' is none of auto, text%s", argument,
                  format_names());
    return false;
}

/* A number from 0 to 1000 that ends before `end`. */
static bool
read_bar(const char *text, char end, uint32_t *bar, const char **rest)
{
    uint32_t value = 0;
    const char *at = text;

    for (; *at >= '0' && *at <= '9' && value <= 1000; at++)
        value = value * 10 + (uint32_t)(*at - '0');
    *bar = value;
    *rest = at + 1;
    return at > text && *at == end && value <= 1000;
}

bool
value_index(struct options *options, const char *argument)
{
    struct index_bars bars = {INDEX_LOW, INDEX_HIGH};
    const char *rest;

    options->format = FORMAT_INDEX;
    options->repair.join_hyphens = 1;
    if (argument != NULL &&
        (!read_bar(argument, '-', &bars.low, &rest) ||
         !read_bar(rest, '\0', &bars.high, &rest) || bars.low > bars.high)) {
        message_error("--index",
                      "'%s' is not two whole numbers from 0 to 1000, "
                      "LOW-HIGH",
                      argument);
        return false;
    }
    options->index = bars;
    return true;
}

bool
value_encoding(struct options *options, const char *argument)
{
    options->encoding = strcmp(argument, "auto") == 0 ? NULL : argument;
    if (options->encoding == NULL || encoding_is_known(argument))
        return true;
    message_error("--encoding", "'%s' is none that is read", argument);
    return false;
}

bool
value_to(struct options *options, const char *argument)
{
    options->to_utf8 = strcasecmp(argument, "utf-8") == 0;
    if (!options->to_utf8)
        message_error("--to", "'%s' is not utf-8", argument);
    return options->to_utf8;
}

bool
value_colour(struct options *options, const char *argument)
{
    static const char *const names[] = {"auto", "always", "never"};
    static const enum colour_wish wishes[] = {COLOUR_AUTO, COLOUR_ALWAYS,
                                              COLOUR_NEVER};
    const int i = choose("--color", argument, names, 3);

    if (i < 0)
        return false;
    options->colour = wishes[i];
    return true;
}

bool
value_images(struct options *options, const char *argument)
{
    static const char *const names[] = {"link", "embed", "none"};
    static const enum images_wish wishes[] = {IMAGES_LINKED, IMAGES_EMBEDDED,
                                              IMAGES_NONE};
    const int i = choose("--images", argument, names, 3);

    if (i < 0)
        return false;
    options->images = wishes[i];
    return true;
}

bool
value_report_level(struct options *options, const char *argument)
{
    static const char *const names[] = {"all", "applied"};
    const int i = choose("--report-level", argument, names, 2);

    if (i < 0)
        return false;
    options->only_applied = i == 1;
    return true;
}

bool
value_backup(struct options *options, const char *argument)
{
    options->backup = argument == NULL ? ".bak" : argument;
    if (*options->backup != '\0' && strchr(options->backup, '/') == NULL)
        return true;
    message_error("--backup", "'%s' is no suffix", options->backup);
    return false;
}

bool
value_help(struct options *options, const char *argument)
{
    options->help = true;
    options->help_all = argument != NULL;
    if (argument == NULL || strcmp(argument, "all") == 0)
        return true;
    message_error("--help", "'%s' is not 'all'", argument);
    return false;
}

bool
value_compose(struct options *options, const char *argument)
{
    (void)argument;
    options->repair.compose = 1;
    return true;
}

bool
value_join_hyphens(struct options *options, const char *argument)
{
    (void)argument;
    options->repair.join_hyphens = 1;
    return true;
}

/* A number with up to three decimals, in thousandths; `most` is its largest
 * value, in thousandths too.  *has_point tells whether it has decimals. */
static bool
read_thousandths(const char *argument, uint64_t most, uint64_t *value,
                 bool *has_point)
{
    const char *at = argument;
    int decimals = -1; /* no point so far */

    *value = 0;
    for (; *value <= most && decimals < 3; at++) {
        if (*at >= '0' && *at <= '9') {
            *value = *value * 10 + (uint64_t)(*at - '0');
            decimals += decimals >= 0;
        } else if (*at == '.' && decimals < 0 && at > argument)
            decimals = 0;
        else
            break;
    }
    *has_point = decimals >= 0;
    for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
        *value *= 10;
    return at != argument && *at == '\0' && decimals != 0 && *value <= most;
}

bool
value_harm(struct options *options, const char *argument)
{
    uint64_t value;
    bool has_point;

    if (!read_thousandths(argument, 10000000, &value, &has_point) ||
        value == 0) {
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
bool
value_line(struct options *options, const char *argument)
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

bool
value_confidence(struct options *options, const char *argument)
{
    uint64_t value;
    bool has_point;

    if (!read_thousandths(argument, 1000000, &value, &has_point) ||
        (has_point && value > 1000)) {
        message_error("--min-confidence",
                      "'%s' is neither a whole number from 0 to 1000 nor one "
                      "from 0.0 to 1.0 with up to three decimals",
                      argument);
        return false;
    }
    options->repair.min_confidence =
        (uint32_t)(has_point ? value : value / 1000);
    return true;
}

/* A whole number from 1 to `most`; 0, and said so, if it is none. */
static size_t
read_count(const char *option, const char *argument, size_t most)
{
    size_t value = 0;
    const char *at = argument;

    for (; *at >= '0' && *at <= '9' && value <= most; at++)
        value = value * 10 + (size_t)(*at - '0');
    if (at != argument && *at == '\0' && value >= 1 && value <= most)
        return value;
    message_error(option, "'%s' is not a whole number from 1 to %zu", argument,
                  most);
    return 0;
}

bool
value_jobs(struct options *options, const char *argument)
{
    options->jobs = read_count("--jobs", argument, MOST_JOBS);
    return options->jobs > 0;
}

bool
value_count_least(struct options *options, const char *argument)
{
    options->count_least =
        (uint32_t)read_count("--count-least", argument, MOST_LEAST);
    return options->count_least > 0;
}

bool
value_sample(struct options *options, const char *argument)
{
    options->sample = read_count("--sample", argument, MOST_SAMPLE);
    return options->sample > 0;
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

static bool
complain_of_class(const char *name, size_t length)
{
    struct suggestion suggestion;
    char text[64];

    suggest_begin(&suggestion, name, length);
    for (size_t i = 0; i < CLASS_GROUPS; i++)
        suggest_offer(&suggestion, class_groups[i].name);
    for (int i = 0; i < UNFIX_CLASS_COUNT; i++)
        suggest_offer(&suggestion, unfix_class_name((unfix_class)i));
    message_error("--only", "'%.*s' is no class%s; see unfix --help=all",
                  (int)(length < 64 ? length : 64), name,
                  suggest_text(&suggestion, "", text, sizeof(text)));
    return false;
}

/* Given twice, the option is as one list. */
bool
value_classes(struct options *options, const char *argument)
{
    const char *at = argument;

    for (;;) {
        const size_t length = strcspn(at, ",");
        const uint32_t found = find_classes(at, length);

        if (found == 0)
            return complain_of_class(at, length);
        options->classes |= found;
        if (at[length] == '\0')
            return true;
        at += length + 1;
    }
}
