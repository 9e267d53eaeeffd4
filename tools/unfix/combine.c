/* SPDX-License-Identifier: MPL-2.0 */
#include "combine.h"

#include "input.h"
#include "known.h"
#include "messages.h"
#include "path.h"

#include <string.h>

/* What a row's option cannot be combined with, or what it needs. */
struct row {
    const char *name;
    const char *others[18];
};

/* What would have to be two things at once. */
static const struct row exclusive[] = {
    {"in-place",
     {"output", "check", "format", "summary", "explain", "review", "index"}},
    {"output-dir",
     {"in-place", "output", "check", "format", "summary", "explain", "review",
      "index"}},
    {"count",
     {"in-place", "output-dir", "output", "check", "format", "summary",
      "explain", "review", "index", "report"}},
    {"two-pass", {"collection", "count", "explain"}},
    {"output", {"check", "review"}},
    {"check", {"format", "summary", "explain", "review", "index"}},
    {"format", {"summary", "explain", "review", "index"}},
    {"summary", {"explain", "review", "index"}},
    {"explain", {"review", "report", "index"}},
    {"review", {"report-level", "index"}},
    {"force", {"append-report", "resume"}},
    {"apply", {"revert"}},
    {"to",
     {"check", "format", "summary", "explain", "review", "report", "apply",
      "revert"}},
};

/* All is settled by the report. */
static const char *const not_with_orders[] = {
    "report", "check",          "format", "summary",      "explain",
    "review", "max-harm",       "only",   "join-hyphens", "words",
    "keep",   "min-confidence", "veto",   "confusions",   "dict",
    "index",  "compose",        "count",  "collection",   "two-pass",
    "sample",
};

/* What means nothing without another. */
static const struct row dependent[] = {
    {"count-least", {"count"}},    {"backup", {"in-place"}},
    {"append-report", {"report"}}, {"resume", {"report"}},
    {"include", {"recursive"}},    {"exclude", {"recursive"}},
    {"follow", {"recursive"}},     {"images", {"review"}},
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
wrong(const char *text)
{
    message_error(NULL, "%s", text);
    return false;
}

/* The usual format goes with all. */
static bool
is_given(const struct options *options, const char *name)
{
    return known_is_given(options, name) &&
           (strcmp(name, "format") != 0 || options->format != FORMAT_TEXT);
}

static bool
refuse(const char *first, const char *second)
{
    message_error(NULL, "--%s and --%s cannot be combined", first, second);
    return false;
}

static bool
is_row_valid(const struct options *options, const struct row *row)
{
    for (size_t k = 0; row->others[k] != NULL; k++) {
        if (is_given(options, row->name) && is_given(options, row->others[k]))
            return refuse(row->name, row->others[k]);
    }
    return true;
}

static bool
has_what_it_needs(const struct options *options, const struct row *row)
{
    for (size_t k = 0; row->others[k] != NULL; k++) {
        if (!is_given(options, row->name) || is_given(options, row->others[k]))
            continue;
        message_error(NULL, "--%s needs --%s", row->name, row->others[k]);
        return false;
    }
    return true;
}

static bool
are_orders_valid(const struct options *options)
{
    for (size_t i = 0; i < COUNT(not_with_orders); i++) {
        if (is_given(options, not_with_orders[i]))
            return refuse(options->apply != NULL ? "apply" : "revert",
                          not_with_orders[i]);
    }
    return true;
}

bool
combine_is_valid(const struct options *options)
{
    for (size_t i = 0; i < COUNT(exclusive); i++) {
        if (!is_row_valid(options, &exclusive[i]))
            return false;
    }
    for (size_t i = 0; i < COUNT(dependent); i++) {
        if (!has_what_it_needs(options, &dependent[i]))
            return false;
    }
    if (args_orders(options) != NULL && !are_orders_valid(options))
        return false;
    if (options->report != NULL && strcmp(options->report, "-") == 0)
        return wrong("--report needs a file; --format=jsonl writes the report "
                     "to standard output");
    if (options->force && options->report == NULL && options->backup == NULL)
        return wrong("--force needs --report or --backup");
    if (known_is_given(options, "report-level") && options->report == NULL &&
        options->format != FORMAT_JSONL)
        return wrong("--report-level needs --report or --format=jsonl");
    if (options->sample > 0 && options->review == NULL &&
        options->format != FORMAT_JSONL)
        return wrong("--sample needs --review or --format=jsonl");
    if (options->report_base != NULL && options->report == NULL &&
        options->format != FORMAT_JSONL && options->review == NULL &&
        args_orders(options) == NULL)
        return wrong("--report-base needs --report, --format=jsonl, --review, "
                     "--apply or --revert");
    if (options->two_pass && options->in_place && options->resume)
        return wrong("--two-pass cannot go on where files were replaced: count "
                     "first with --count, and use --collection");
    if (options->resume && !args_has_own_outputs(options))
        return wrong("--resume needs --in-place or --output-dir");
    return true;
}

/* What lies elsewhere has no name there. */
static bool
are_below_base(const struct options *options)
{
    for (size_t i = 0; i < options->files.count; i++) {
        const char *name = options->files.items[i];

        if (args_report_name(options, name) == NULL) {
            message_error(name, "is not in the folder %s",
                          options->report_base);
            return false;
        }
    }
    return true;
}

static bool
can_be_read_twice(const struct options *options)
{
    for (size_t i = 0; options->two_pass && i < options->files.count; i++) {
        if (strcmp(options->files.items[i], "-") != 0 &&
            input_is_regular(options->files.items[i]))
            continue;
        message_error(options->files.items[i],
                      "cannot be read twice, as --two-pass does");
        return false;
    }
    return true;
}

bool
combine_goes_with_files(const struct options *options)
{
    if (!are_below_base(options) || !can_be_read_twice(options))
        return false;
    if (!args_has_own_outputs(options))
        return true;
    for (size_t i = 0; i < options->files.count; i++) {
        const char *name = options->files.items[i];

        if (strcmp(name, "-") == 0) {
            message_error(NULL, "--%s needs files, not standard input",
                          options->in_place ? "in-place" : "output-dir");
            return false;
        }
        if (options->output_dir != NULL && path_within(name) == NULL) {
            message_error(name, "leads out of the folder %s",
                          options->output_dir);
            return false;
        }
    }
    return true;
}
