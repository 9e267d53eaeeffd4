/* SPDX-License-Identifier: MPL-2.0 */
#include "recalibrate.h"

#include "platt.h"
#include "replace.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* With fewer corrections chance alone moves them by hundredths. */
#define LEAST 1000
/* What holds the line to the one that changes nothing. */
#define PRIOR_CORRECTIONS 5
#define STEPS 30

/* Of a confidence in 1/1000, in whose last half unit all is the same. */
static double
log_odds(uint32_t confidence)
{
    double p = fmin(fmax(confidence / 1000.0, 0.0005), 0.9995);

    return log(p / (1 - p));
}

static struct platt_line
fit(const struct calibration *calibration)
{
    const struct platt_line same = {0, 1};
    struct platt_line line = same;

    for (int i = 0; i < STEPS; i++) {
        struct platt_step step;

        platt_begin(&step, &line, &same, PRIOR_CORRECTIONS);
        for (uint32_t c = 0; c <= 1000; c++) {
            struct calibration_level level =
                calibration_level_of(calibration, CALIBRATION_ALL, c);

            platt_add(&step, &line, log_odds(c), level.count, level.right);
        }
        platt_improve(&step, &line);
    }
    return line;
}

/* What is sure one way or the other stays so. */
static long
moved(const struct platt_line *line, long confidence)
{
    return confidence <= 0 || confidence >= 1000
               ? confidence
               : lround(1000 * platt_probability(
                                   line, log_odds((uint32_t)confidence)));
}

/* True for a point of a table of probabilities, the only lines of two numbers:
 * its score and its confidence. */
static bool
is_point(const char *text, long *score, long *confidence)
{
    char *end;

    *score = strtol(text, &end, 10);
    if (end == text || *end != ' ')
        return false;
    text = end;
    *confidence = strtol(text, &end, 10);
    return end != text && *end == '\0';
}

void
recalibrate(const struct calibration *calibration, const char *path)
{
    size_t count, right, length;
    struct platt_line line;
    struct replacement result;
    char *text, *next;

    calibration_above(calibration, 0, &count, &right);
    if (count < LEAST)
        tool_fail("too few corrections to calibrate by", NULL);
    line = fit(calibration);
    if (!(line.slope > 0))
        tool_fail("the confidences say nothing of what is right", NULL);
    text = tool_read_file(path, &length);
    replacement_open(&result, path);
    for (char *at = text; *at != '\0'; at = next) {
        char *end = strchr(at, '\n');
        long score, confidence;

        next = end != NULL ? end + 1 : at + strlen(at);
        if (end != NULL)
            *end = '\0';
        if (is_point(at, &score, &confidence))
            fprintf(result.file, "%ld %ld\n", score, moved(&line, confidence));
        else
            fprintf(result.file, "%s\n", at);
    }
    free(text);
    replacement_close(&result);
    printf("calibrated by %zu corrections: log-odds %.2f + %.2f times what was"
           " given\n",
           count, line.offset, line.slope);
}
