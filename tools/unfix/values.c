/* SPDX-License-Identifier: MPL-2.0 */
#include "values.h"

#include "messages.h"

#include <string.h>

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

bool
value_format(struct options *options, const char *argument)
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

bool
value_colour(struct options *options, const char *argument)
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
bool
value_harm(struct options *options, const char *argument)
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

bool
value_jobs(struct options *options, const char *argument)
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
bool
value_classes(uint32_t *classes, const char *argument)
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
