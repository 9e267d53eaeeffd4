/* SPDX-License-Identifier: MPL-2.0 */
#include "calibration.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The confidence from which on a user may take repairs for safe; what is above
 * is counted apart. */
#define SAFE 950u

/* ---- Counting ------------------------------------------------------------ */

void
calibration_count(struct calibration *calibration, unfix_class kind,
                  uint32_t confidence, bool right)
{
    calibration->levels[kind][confidence].count++;
    calibration->levels[kind][confidence].right += right;
}

void
calibration_add(struct calibration *to, const struct calibration *from)
{
    for (size_t k = 0; k < UNFIX_CLASS_COUNT; k++) {
        for (size_t i = 0; i <= 1000; i++) {
            to->levels[k][i].count += from->levels[k][i].count;
            to->levels[k][i].right += from->levels[k][i].right;
        }
    }
}

struct calibration_level
calibration_level_of(const struct calibration *calibration, int kind,
                     uint32_t confidence)
{
    struct calibration_level sum = {0, 0};
    for (int k = 0; k < UNFIX_CLASS_COUNT; k++) {
        if (kind != CALIBRATION_ALL && k != kind)
            continue;
        sum.count += calibration->levels[k][confidence].count;
        sum.right += calibration->levels[k][confidence].right;
    }
    return sum;
}

/* ---- Figures ------------------------------------------------------------- */

void
calibration_measure(const struct calibration *calibration, int kind,
                    struct calibration_figures *figures)
{
    memset(figures, 0, sizeof *figures);
    for (uint32_t i = 0; i <= 1000; i++) {
        struct calibration_level level =
            calibration_level_of(calibration, kind, i);
        uint32_t number = i / CALIBRATION_BIN_WIDTH;
        struct calibration_bin *bin =
            &figures->bins[number < CALIBRATION_BINS ? number
                                                     : CALIBRATION_BINS - 1];
        double p = i / 1000.0;
        bin->count += level.count;
        bin->right += level.right;
        bin->given += level.count * p;
        figures->brier += level.right * (1 - p) * (1 - p) +
                          (level.count - level.right) * p * p;
    }
    for (size_t i = 0; i < CALIBRATION_BINS; i++) {
        struct calibration_bin *bin = &figures->bins[i];
        if (bin->count == 0)
            continue;
        figures->count += bin->count;
        figures->right += bin->right;
        figures->error += fabs(bin->given - (double)bin->right);
        bin->given /= (double)bin->count;
        bin->measured = (double)bin->right / (double)bin->count;
    }
    if (figures->count != 0) {
        figures->error /= (double)figures->count;
        figures->brier /= (double)figures->count;
    }
}

void
calibration_above(const struct calibration *calibration, uint32_t confidence,
                  size_t *count, size_t *right)
{
    *count = 0;
    *right = 0;
    for (uint32_t i = confidence; i <= 1000; i++) {
        struct calibration_level level =
            calibration_level_of(calibration, CALIBRATION_ALL, i);
        *count += level.count;
        *right += level.right;
    }
}

static double
share(size_t part, size_t whole)
{
    return whole == 0 ? 0.0 : (double)part / (double)whole;
}

/* ---- Text ---------------------------------------------------------------- */

static void
print_bins(const struct calibration_figures *figures)
{
    printf("\n%-12s %11s %7s %7s %9s\n", "confidence", "corrections", "right",
           "given", "measured");
    for (size_t i = 0; i < CALIBRATION_BINS; i++) {
        const struct calibration_bin *bin = &figures->bins[i];
        if (bin->count == 0)
            continue;
        double low = (double)(i * CALIBRATION_BIN_WIDTH) / 1000.0;
        double high = (double)((i + 1) * CALIBRATION_BIN_WIDTH) / 1000.0;
        printf("%.2f - %.2f  %11zu %7zu %7.3f %9.3f\n", low, high, bin->count,
               bin->right, bin->given, bin->measured);
    }
    printf("corrections %zu  ECE %.4f  Brier %.4f\n", figures->count,
           figures->error, figures->brier);
}

static void
print_classes(const struct calibration *calibration)
{
    printf("\n%-12s %11s %7s %7s %7s\n", "class", "corrections", "right", "ECE",
           "Brier");
    for (int k = 0; k < UNFIX_CLASS_COUNT; k++) {
        struct calibration_figures figures;
        calibration_measure(calibration, k, &figures);
        if (figures.count != 0)
            printf("%-12s %11zu %7zu %7.4f %7.4f\n",
                   unfix_class_name((unfix_class)k), figures.count,
                   figures.right, figures.error, figures.brier);
    }
}

void
calibration_print(const struct calibration *calibration)
{
    struct calibration_figures all;
    size_t count, right;
    calibration_measure(calibration, CALIBRATION_ALL, &all);
    calibration_above(calibration, SAFE, &count, &right);
    print_bins(&all);
    if (all.count == 0)
        return;
    printf("from %.2f on: precision %.2f%%, %.2f%% of the right ones\n",
           SAFE / 1000.0, 100 * share(right, count),
           100 * share(right, all.right));
    print_classes(calibration);
}

/* ---- JSON ---------------------------------------------------------------- */

static void
put_figures(const struct calibration_figures *figures)
{
    const char *separator = "";
    printf("\"corrections\": %zu, \"right\": %zu, \"ECE\": %.4f, \"Brier\": "
           "%.4f, \"bins\": [",
           figures->count, figures->right, figures->error, figures->brier);
    for (size_t i = 0; i < CALIBRATION_BINS; i++) {
        const struct calibration_bin *bin = &figures->bins[i];
        if (bin->count == 0)
            continue;
        printf("%s{\"from\": %zu, \"corrections\": %zu, \"right\": %zu, "
               "\"given\": %.4f, \"measured\": %.4f}",
               separator, i * CALIBRATION_BIN_WIDTH, bin->count, bin->right,
               bin->given, bin->measured);
        separator = ", ";
    }
    printf("]");
}

void
calibration_print_json(const struct calibration *calibration)
{
    struct calibration_figures figures;
    const char *separator = "";
    size_t count, right;
    calibration_measure(calibration, CALIBRATION_ALL, &figures);
    calibration_above(calibration, SAFE, &count, &right);
    printf(", \"calibration\": {");
    put_figures(&figures);
    printf(", \"safe\": {\"from\": %u, \"corrections\": %zu, \"right\": %zu}",
           SAFE, count, right);
    printf(", \"classes\": {");
    for (int k = 0; k < UNFIX_CLASS_COUNT; k++) {
        calibration_measure(calibration, k, &figures);
        if (figures.count == 0)
            continue;
        printf("%s\"%s\": {", separator, unfix_class_name((unfix_class)k));
        put_figures(&figures);
        printf("}");
        separator = ", ";
    }
    printf("}}");
}
