/* SPDX-License-Identifier: MPL-2.0 */
/* Gradient boosting of regression trees with log loss (Friedman 2001), over
 * whole-number features; deterministic. */
#ifndef UNFIX_MODEL_BOOST_H
#define UNFIX_MODEL_BOOST_H

#include <stddef.h>
#include <stdint.h>

struct boost_options {
    unsigned trees;
    unsigned depth;
    double samples;           /* the share of them that a tree is grown from */
    double columns;           /* the share of the features */
    double rate;              /* shrinkage */
    double least;             /* weight in a leaf */
    double smoothing;         /* L2 penalty of leaf values */
    const int8_t *directions; /* by feature: 1 the score may only rise with
                                 it, -1 only fall, 0 either */
    unsigned seed; /* other samples and features with another; to 255 */
};

/* Samples are rows of `features` numbers each. */
struct boost_data {
    const int32_t *rows;
    const uint8_t *right; /* 0 or 1 */
    const float *weights;
    size_t count;
    int32_t features;
};

struct boost_node {
    int32_t feature; /* -1: a leaf */
    int32_t threshold;
    int32_t left, right;
    double value;
};

struct boost_tree {
    struct boost_node *nodes;
    int32_t count;
};

struct boost_model {
    double base;
    struct boost_tree *trees;
    unsigned tree_count;
};

void boost_learn(struct boost_model *model, const struct boost_data *data,
                 const struct boost_options *options);

/* The log-odds. */
double boost_score(const struct boost_model *model, const int32_t *row);
void boost_free(struct boost_model *model);

#endif
