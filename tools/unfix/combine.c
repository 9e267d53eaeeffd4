/* SPDX-License-Identifier: MPL-2.0 */
#include "combine.h"

#include "messages.h"

#include <string.h>

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

bool
combine_is_valid(const struct options *options)
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
    if (options->review != NULL && options->output != NULL)
        return wrong("--review and --output cannot be combined");
    if (options->review != NULL && options->format != FORMAT_REVIEW)
        return wrong("--review cannot be combined with --format, --summary or "
                     "--explain");
    if (options->format == FORMAT_EXPLAIN && options->report != NULL)
        return wrong("--explain and --report cannot be combined");
    return !options->in_place || are_in_place_options_valid(options);
}
