/* SPDX-License-Identifier: MPL-2.0 */
/* The two pictures of a calibration, as SVG. */
#include "calibration.h"
#include "replace.h"
#include "table.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The square that is drawn in, and the room for its labels. */
#define SIDE 400.0
#define LEFT 70.0
#define TOP 40.0
#define RIGHT 30.0
#define BOTTOM 60.0

/* What the axes show. */
struct axes {
    double x_low;
    double x_high;
    double y_low;
    double y_high;
};

static double
x_of(const struct axes *axes, double x)
{
    return LEFT + SIDE * (x - axes->x_low) / (axes->x_high - axes->x_low);
}

static double
y_of(const struct axes *axes, double y)
{
    return TOP + SIDE * (axes->y_high - y) / (axes->y_high - axes->y_low);
}

static void
put_label(FILE *file, double x, double y, const char *anchor, const char *text)
{
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x, y, anchor, text);
}

/* Ten steps on each axis, with lines across at every other. */
static void
put_grid(FILE *file, const struct axes *axes)
{
    for (int i = 0; i <= 10; i += 2) {
        double x = axes->x_low + (axes->x_high - axes->x_low) * i / 10;
        double y = axes->y_low + (axes->y_high - axes->y_low) * i / 10;
        char text[32];
        fprintf(file,
                "<path d=\"M%.1f %.1fv%.1fM%.1f %.1fh%.1f\" "
                "stroke=\"#ddd\"/>\n",
                x_of(axes, x), TOP, SIDE, LEFT, y_of(axes, y), SIDE);
        snprintf(text, sizeof text, "%.2f", x);
        put_label(file, x_of(axes, x), TOP + SIDE + 18, "middle", text);
        snprintf(text, sizeof text, "%.3f", y);
        put_label(file, LEFT - 8, y_of(axes, y) + 4, "end", text);
    }
}

static void
begin(FILE *file, const struct axes *axes, const char *title,
      const char *x_label, const char *y_label)
{
    double width = LEFT + SIDE + RIGHT, height = TOP + SIDE + BOTTOM;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
            "height=\"%.0f\" font-family=\"sans-serif\" font-size=\"12\" "
            "fill=\"none\">\n<title>%s</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
            "<g fill=\"#000\">\n",
            width, height, title);
    put_label(file, LEFT + SIDE / 2, TOP - 16, "middle", title);
    put_label(file, LEFT + SIDE / 2, height - 14, "middle", x_label);
    fprintf(file,
            "<text transform=\"translate(16 %.1f) rotate(-90)\" "
            "text-anchor=\"middle\">%s</text>\n",
            TOP + SIDE / 2, y_label);
    put_grid(file, axes);
    fprintf(file,
            "</g>\n<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
            "stroke=\"#000\"/>\n",
            LEFT, TOP, SIDE, SIDE);
}

/* What is given against what is measured, a disk for each bin, the larger the
 * more corrections it has; on the diagonal all is well. */
static void
plot_reliability(const struct calibration *calibration, const char *folder)
{
    static const struct axes axes = {0, 1, 0, 1};
    struct calibration_figures figures;
    struct replacement picture;
    char title[128];
    replacement_open_in(&picture, folder, "reliability.svg");
    FILE *file = picture.file;
    calibration_measure(calibration, CALIBRATION_ALL, &figures);
    snprintf(title, sizeof title, "%zu corrections, ECE %.4f, Brier %.4f",
             figures.count, figures.error, figures.brier);
    begin(file, &axes, title, "confidence given", "share that is right");
    fprintf(file, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#888\"/>\n",
            x_of(&axes, 0), y_of(&axes, 0), x_of(&axes, 1), y_of(&axes, 1));
    for (size_t i = 0; i < CALIBRATION_BINS; i++) {
        const struct calibration_bin *bin = &figures.bins[i];
        if (bin->count == 0)
            continue;
        fprintf(file,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#06c\" "
                "fill-opacity=\"0.7\"><title>%zu of %zu</title></circle>\n",
                x_of(&axes, bin->given), y_of(&axes, bin->measured),
                2 + 1.5 * log10((double)bin->count + 1), bin->right,
                bin->count);
    }
    fputs("</svg>\n", file);
    replacement_close(&picture);
}

/* The least precision at any bar, for the scale. */
static double
least_precision(const struct calibration *calibration)
{
    double least = 1;
    for (uint32_t bar = 0; bar <= 1000; bar++) {
        size_t count, right;
        calibration_above(calibration, bar, &count, &right);
        if (count != 0 && (double)right / (double)count < least)
            least = (double)right / (double)count;
    }
    return least;
}

static void
plot_curve(const struct calibration *calibration, const char *folder)
{
    double least = floor(least_precision(calibration) * 20) / 20;
    struct axes axes = {0, 1, least < 1 ? least : 0.95, 1};
    size_t all, all_right;
    struct replacement picture;
    char title[128];
    replacement_open_in(&picture, folder, "precision-recall.svg");
    FILE *file = picture.file;
    calibration_above(calibration, 0, &all, &all_right);
    snprintf(title, sizeof title, "%zu corrections, %zu right", all, all_right);
    begin(file, &axes, title, "share of the right ones that is applied",
          "precision");
    fputs("<polyline stroke=\"#06c\" stroke-width=\"2\" points=\"", file);
    for (uint32_t bar = 1001; bar-- > 0;) {
        size_t count, right;
        calibration_above(calibration, bar, &count, &right);
        if (count == 0 || all_right == 0)
            continue;
        fprintf(file, "%.1f,%.1f ",
                x_of(&axes, (double)right / (double)all_right),
                y_of(&axes, (double)right / (double)count));
    }
    fputs("\"/>\n<g fill=\"#000\">\n", file);
    for (uint32_t bar = 500; bar <= 950 && all_right != 0; bar += 150) {
        size_t count, right;
        char text[16];
        double x, y;
        calibration_above(calibration, bar, &count, &right);
        if (count == 0)
            continue;
        x = x_of(&axes, (double)right / (double)all_right);
        y = y_of(&axes, (double)right / (double)count);
        snprintf(text, sizeof text, "%.2f", bar / 1000.0);
        fprintf(file, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n", x, y);
        put_label(file, x - 6, y + 14, "end", text);
    }
    fputs("</g>\n</svg>\n", file);
    replacement_close(&picture);
}

void
calibration_plot(const struct calibration *calibration, const char *folder)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        tool_fail(strerror(errno), folder);
    plot_reliability(calibration, folder);
    plot_curve(calibration, folder);
}
