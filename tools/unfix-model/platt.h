/* SPDX-License-Identifier: MPL-2.0 */
/* The line from scores to log-odds that makes what came out likeliest (Platt
 * 1999: Probabilistic Outputs for Support Vector Machines), by Newton's
 * method. */
#ifndef UFX_MODEL_PLATT_H
#define UFX_MODEL_PLATT_H

struct platt_line {
    double offset;
    double slope;
};

/* A step towards it: what the samples say of a line, added up. */
struct platt_step {
    double down, turn; /* the slope of the log-loss in offset and slope */
    double aa, ab, bb; /* its curvature */
};

/* The probability of a score. */
double platt_probability(const struct platt_line *line, double score);

/* The prior line holds as if so many samples had said so. */
void platt_begin(struct platt_step *step, const struct platt_line *line,
                 const struct platt_line *prior, double weight);
/* So many samples of that score, of which so many came out right. */
void platt_add(struct platt_step *step, const struct platt_line *line,
               double score, double count, double right);
void platt_improve(const struct platt_step *step, struct platt_line *line);

#endif
