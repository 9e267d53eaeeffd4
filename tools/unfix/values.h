/* SPDX-License-Identifier: MPL-2.0 */
/* The arguments of options: each is taken into `options`, or refused, and said
 * so. */
#ifndef UNFIX_TOOL_VALUES_H
#define UNFIX_TOOL_VALUES_H

#include "args.h"

#include <stdbool.h>
#include <stdint.h>

/* More threads than that are a slip of the finger. */
#define MOST_JOBS 1024

/* Documents that may be asked to have a word before it is told. */
#define MOST_LEAST 1000000

/* Repairs that may be drawn. */
#define MOST_SAMPLE 100000

/* Two bars, LOW-HIGH, or NULL for the usual ones. */
bool value_index(struct options *options, const char *argument);
bool value_input(struct options *options, const char *argument);
bool value_encoding(struct options *options, const char *argument);
bool value_to(struct options *options, const char *argument);
bool value_format(struct options *options, const char *argument);
bool value_images(struct options *options, const char *argument);
bool value_report_level(struct options *options, const char *argument);
bool value_colour(struct options *options, const char *argument);

/* A number with up to three decimals, kept in thousandths. */
bool value_harm(struct options *options, const char *argument);

/* The number of a line, or NULL for all. */
bool value_line(struct options *options, const char *argument);
bool value_count_least(struct options *options, const char *argument);
bool value_summary(struct options *options, const char *argument);
bool value_sample(struct options *options, const char *argument);

/* In thousandths, or with a point. */
bool value_confidence(struct options *options, const char *argument);
bool value_jobs(struct options *options, const char *argument);

/* Names of classes, with commas between them. */
bool value_classes(struct options *options, const char *argument);

/* The suffix, or NULL for the usual one. */
bool value_backup(struct options *options, const char *argument);

/* "all", or NULL for what most people need. */
bool value_help(struct options *options, const char *argument);
bool value_compose(struct options *options, const char *argument);
bool value_join_hyphens(struct options *options, const char *argument);

#endif
