/* SPDX-License-Identifier: MPL-2.0 */
#include "known.h"

#include "values.h"

#include <getopt.h>
#include <string.h>

/* clang-format off */
#define FLAG(name, letter, field)                                              \
    {name, letter, KNOWN_FLAG, no_argument, offsetof(struct options, field), NULL}
#define NAME(name, letter, field)                                              \
    {name, letter, KNOWN_NAME, required_argument, offsetof(struct options, field), NULL}
#define LIST(name, field)                                                      \
    {name, 0, KNOWN_LIST, required_argument, offsetof(struct options, field), NULL}
#define TAKEN(name, letter, argument, take)                                    \
    {name, letter, KNOWN_TAKEN, argument, 0, take}

const struct known_option known_options[] = {
    FLAG("append-report", 0, append_report),
    NAME("apply", 0, apply),
    TAKEN("backup", 0, optional_argument, value_backup),
    FLAG("check", 0, check),
    NAME("collection", 0, collection),
    TAKEN("color", 0, required_argument, value_colour),
    TAKEN("compose", 0, no_argument, value_compose),
    LIST("confusions", confusions),
    NAME("count", 0, count),
    TAKEN("count-least", 0, required_argument, value_count_least),
    LIST("dict", dictionaries),
    NAME("document", 0, document),
    TAKEN("encoding", 0, required_argument, value_encoding),
    LIST("exclude", exclude),
    TAKEN("explain", 0, optional_argument, value_line),
    NAME("field", 0, field),
    NAME("files0-from", 0, files0_from),
    FLAG("follow", 'L', follow),
    FLAG("force", 0, force),
    TAKEN("format", 0, required_argument, value_format),
    TAKEN("help", 'h', optional_argument, value_help),
    TAKEN("images", 0, required_argument, value_images),
    FLAG("in-place", 'i', in_place),
    LIST("include", include),
    TAKEN("index", 0, optional_argument, value_index),
    TAKEN("input", 0, required_argument, value_input),
    TAKEN("jobs", 'j', required_argument, value_jobs),
    TAKEN("join-hyphens", 0, no_argument, value_join_hyphens),
    LIST("keep", keep),
    FLAG("keep-empty", 0, keep_empty),
    TAKEN("max-harm", 0, required_argument, value_harm),
    TAKEN("min-confidence", 0, required_argument, value_confidence),
    NAME("model", 0, model),
    TAKEN("only", 0, required_argument, value_classes),
    NAME("output", 'o', output),
    NAME("output-dir", 0, output_dir),
    FLAG("quiet", 'q', quiet),
    FLAG("recursive", 'r', recursive),
    NAME("report", 0, report),
    NAME("report-base", 0, report_base),
    TAKEN("report-level", 0, required_argument, value_report_level),
    FLAG("resume", 0, resume),
    NAME("revert", 0, revert),
    NAME("review", 0, review),
    TAKEN("sample", 0, required_argument, value_sample),
    TAKEN("summary", 0, optional_argument, value_summary),
    FLAG("text", 'a', as_text),
    TAKEN("to", 0, required_argument, value_to),
    FLAG("two-pass", 0, two_pass),
    FLAG("version", 'V', version),
    LIST("veto", vetoes),
    LIST("words", words),
};
/* clang-format on */

const size_t known_count = sizeof(known_options) / sizeof(known_options[0]);

size_t
known_number(const char *name)
{
    size_t i = 0;

    while (strcmp(known_options[i].name, name) != 0)
        i++;
    return i;
}

bool
known_is_given(const struct options *options, const char *name)
{
    return (options->given >> known_number(name) & 1) != 0;
}
