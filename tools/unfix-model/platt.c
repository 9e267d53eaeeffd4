/* SPDX-License-Identifier: MPL-2.0 */
#include "platt.h"

#include <math.h>

double
platt_probability(const struct platt_line *line, double score)
{
    return 1 / (1 + exp(-(line->offset + line->slope * score)));
}

void
platt_begin(struct platt_step *step, const struct platt_line *line,
            const struct platt_line *prior, double weight)
{
    step->down = weight * (line->offset - prior->offset);
    step->turn = weight * (line->slope - prior->slope);
    step->aa = weight;
    step->ab = 0;
    step->bb = weight;
}

void
platt_add(struct platt_step *step, const struct platt_line *line, double score,
          double count, double right)
{
    double p = platt_probability(line, score), v = count * p * (1 - p);

    step->down += count * p - right;
    step->turn += (count * p - right) * score;
    step->aa += v;
    step->ab += v * score;
    step->bb += v * score * score;
}

void
platt_improve(const struct platt_step *step, struct platt_line *line)
{
    double determinant = step->aa * step->bb - step->ab * step->ab;

    line->offset -=
        (step->bb * step->down - step->ab * step->turn) / determinant;
    line->slope -=
        (step->aa * step->turn - step->ab * step->down) / determinant;
}
