/* SPDX-License-Identifier: MPL-2.0 */
#include "boost.h"

#include "table.h"

#include "lang/ngrams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BINS 64

struct learner {
    const struct boost_data *data;
    const struct boost_options *options;
    int32_t (*edges)[BINS]; /* by feature: upper ends of the bins */
    int *bins;              /* number of them */
    uint8_t *binned;        /* row-major */
    double *score;
    double *gradient;
    double *hessian;
    uint32_t *order;  /* sample numbers, grouped by node */
    size_t drawn;     /* samples that the tree is grown from */
    int32_t *columns; /* and features */
    int column_count;
    unsigned tree;
};

/* Of one feature; a node has one for each. */
struct histogram {
    double gradient[BINS];
    double hessian[BINS];
};

struct split {
    double gain;
    int32_t feature;
    int bin; /* the last one that goes left */
};

static int
compare_numbers(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

    return a < b ? -1 : a > b;
}

/* Bins with about as many samples each. */
static void
make_bins(struct learner *l)
{
    const struct boost_data *d = l->data;
    int32_t *values = tool_allocate(d->count * sizeof *values), f;
    size_t i;

    for (f = 0; f < d->features; f++) {
        int n = 0, b;

        for (i = 0; i < d->count; i++)
            values[i] = d->rows[i * (size_t)d->features + (size_t)f];
        qsort(values, d->count, sizeof *values, compare_numbers);
        for (b = 1; b <= BINS; b++) {
            size_t last = d->count * (size_t)b / BINS;
            int32_t edge = values[last > 0 ? last - 1 : 0];

            if (n == 0 || edge > l->edges[f][n - 1])
                l->edges[f][n++] = edge;
        }
        l->bins[f] = n;
        for (i = 0; i < d->count; i++) {
            int32_t value = d->rows[i * (size_t)d->features + (size_t)f];
            int low = 0, high = n - 1;

            while (low < high) {
                int middle = (low + high) / 2;

                if (value <= l->edges[f][middle])
                    high = middle;
                else
                    low = middle + 1;
            }
            l->binned[i * (size_t)d->features + (size_t)f] = (uint8_t)low;
        }
    }
    free(values);
}

static double
leaf_value(const struct learner *l, double gradient, double hessian)
{
    return -gradient / (hessian + l->options->smoothing);
}

static double
quality(const struct learner *l, double gradient, double hessian)
{
    return gradient * gradient / (hessian + l->options->smoothing);
}

/* The histograms of the tree's features over the samples [from, to).  Sample by
 * sample: what one needs lies together. */
static void
fill_histograms(const struct learner *l, size_t from, size_t to,
                struct histogram *h)
{
    size_t i, features = (size_t)l->data->features;
    int k;

    memset(h, 0, (size_t)l->column_count * sizeof *h);
    for (i = from; i < to; i++) {
        uint32_t s = l->order[i];
        const uint8_t *row = l->binned + s * features;
        double gradient = l->gradient[s], hessian = l->hessian[s];

        for (k = 0; k < l->column_count; k++) {
            uint8_t bin = row[l->columns[k]];

            h[k].gradient[bin] += gradient;
            h[k].hessian[bin] += hessian;
        }
    }
}

/* What is left of a node's histograms without one of its halves. */
static void
take_away(const struct learner *l, struct histogram *h,
          const struct histogram *half)
{
    int k, b;

    for (k = 0; k < l->column_count; k++)
        for (b = 0; b < BINS; b++) {
            h[k].gradient[b] -= half[k].gradient[b];
            h[k].hessian[b] -= half[k].hessian[b];
        }
}

static void
try_feature(const struct learner *l, const struct histogram *h, int32_t feature,
            double gradient, double hessian, struct split *best)
{
    double left_g = 0, left_h = 0;
    int8_t direction = l->options->directions[feature];
    int b;

    for (b = 0; b + 1 < l->bins[feature]; b++) {
        double right_g, right_h, gain, rise;

        left_g += h->gradient[b];
        left_h += h->hessian[b];
        right_g = gradient - left_g;
        right_h = hessian - left_h;
        if (left_h < l->options->least || right_h < l->options->least)
            continue;
        rise = leaf_value(l, right_g, right_h) - leaf_value(l, left_g, left_h);
        if (rise * direction < 0)
            continue;
        gain = quality(l, left_g, left_h) + quality(l, right_g, right_h) -
               quality(l, gradient, hessian);
        if (gain > best->gain + 1e-9) {
            best->gain = gain;
            best->feature = feature;
            best->bin = b;
        }
    }
}

/* Moves the samples that go left to the front; returns where the rest is. */
static size_t
partition(struct learner *l, size_t from, size_t to, const struct split *split,
          uint32_t *scratch)
{
    size_t i, left = from, right = 0;

    for (i = from; i < to; i++) {
        uint32_t s = l->order[i];

        if (l->binned[s * (size_t)l->data->features + (size_t)split->feature] <=
            split->bin)
            l->order[left++] = s;
        else
            scratch[right++] = s;
    }
    memcpy(l->order + left, scratch, right * sizeof *scratch);
    return left;
}

/* True for about `share` of all pairs: the same ones at each run. */
static bool
is_drawn(const struct learner *l, uint64_t kind, uint64_t number, double share)
{
    uint64_t hash =
        ufx_ngram_mix(kind << 60 ^ (uint64_t)l->options->seed << 52 ^
                      (uint64_t)l->tree << 32 ^ number);

    return (double)(hash >> 11) < share * 9007199254740992.0;
}

/* Each tree is grown from a part of the samples and of the features: what
 * single samples and features hold of chance evens out (Friedman 2002). */
static void
draw_samples(struct learner *l, unsigned tree)
{
    int32_t f;
    size_t i;

    l->tree = tree;
    l->drawn = 0;
    for (i = 0; i < l->data->count; i++)
        if (is_drawn(l, 1, i, l->options->samples))
            l->order[l->drawn++] = (uint32_t)i;
    l->column_count = 0;
    for (f = 0; f < l->data->features; f++)
        if (is_drawn(l, 2, (uint64_t)f, l->options->columns))
            l->columns[l->column_count++] = f;
}

static double
tree_value(const struct boost_tree *tree, const int32_t *row)
{
    const struct boost_node *nodes = tree->nodes, *node = nodes;

    while (node->feature >= 0)
        node = &nodes[row[node->feature] <= node->threshold ? node->left
                                                            : node->right];
    return node->value;
}

static void
sum_samples(const struct learner *l, size_t from, size_t to, double *gradient,
            double *hessian)
{
    size_t i;

    *gradient = *hessian = 0;
    for (i = from; i < to; i++) {
        *gradient += l->gradient[l->order[i]];
        *hessian += l->hessian[l->order[i]];
    }
}

/* `h` has the node's histograms and is used up; a depth of the tree has room
 * for one set more after it. */
static int32_t
grow(struct learner *l, struct boost_tree *tree, size_t from, size_t to,
     unsigned depth, struct histogram *h, uint32_t *scratch)
{
    int32_t at = tree->count++;
    struct split best = {0.5, -1, 0};
    struct histogram *half = h + l->column_count;
    double gradient, hessian;
    size_t middle;
    int k;

    sum_samples(l, from, to, &gradient, &hessian);
    if (depth < l->options->depth)
        for (k = 0; k < l->column_count; k++)
            try_feature(l, &h[k], l->columns[k], gradient, hessian, &best);
    memset(&tree->nodes[at], 0, sizeof tree->nodes[at]);
    tree->nodes[at].feature = best.feature;
    if (best.feature < 0) {
        tree->nodes[at].value =
            l->options->rate * leaf_value(l, gradient, hessian);
        return at;
    }
    tree->nodes[at].threshold = l->edges[best.feature][best.bin];
    middle = partition(l, from, to, &best, scratch);
    /* The smaller half is gone over, the other is what it leaves. */
    if (middle - from <= to - middle) {
        fill_histograms(l, from, middle, half);
        take_away(l, h, half);
        tree->nodes[at].left =
            grow(l, tree, from, middle, depth + 1, half, scratch);
        tree->nodes[at].right =
            grow(l, tree, middle, to, depth + 1, h, scratch);
    } else {
        fill_histograms(l, middle, to, half);
        take_away(l, h, half);
        tree->nodes[at].right =
            grow(l, tree, middle, to, depth + 1, half, scratch);
        tree->nodes[at].left =
            grow(l, tree, from, middle, depth + 1, h, scratch);
    }
    return at;
}

void
boost_learn(struct boost_model *model, const struct boost_data *data,
            const struct boost_options *options)
{
    size_t cells = data->count * (size_t)data->features, i;
    struct learner l = {.data = data, .options = options};
    uint32_t *scratch = tool_allocate(data->count * sizeof *scratch);
    struct histogram *histograms = tool_allocate(
        (size_t)data->features * (options->depth + 2) * sizeof *histograms);
    double right = 1, all = 2;
    unsigned t;

    l.edges = tool_allocate((size_t)data->features * sizeof *l.edges);
    l.bins = tool_allocate((size_t)data->features * sizeof *l.bins);
    l.binned = tool_allocate(cells);
    l.score = tool_allocate(data->count * sizeof *l.score);
    l.gradient = tool_allocate(data->count * sizeof *l.gradient);
    l.hessian = tool_allocate(data->count * sizeof *l.hessian);
    l.order = tool_allocate(data->count * sizeof *l.order);
    l.columns = tool_allocate((size_t)data->features * sizeof *l.columns);
    make_bins(&l);
    for (i = 0; i < data->count; i++) {
        right += data->right[i] * (double)data->weights[i];
        all += (double)data->weights[i];
    }
    model->base = log(right / (all - right));
    model->tree_count = options->trees;
    model->trees = tool_allocate(options->trees * sizeof *model->trees);
    for (i = 0; i < data->count; i++)
        l.score[i] = model->base;
    for (t = 0; t < options->trees; t++) {
        struct boost_tree *tree = &model->trees[t];

        for (i = 0; i < data->count; i++) {
            double p = 1 / (1 + exp(-l.score[i])), w = (double)data->weights[i];

            l.gradient[i] = w * (p - data->right[i]);
            l.hessian[i] = w * (p * (1 - p) + 1e-6);
        }
        draw_samples(&l, t);
        tree->nodes =
            tool_allocate(((size_t)2 << options->depth) * sizeof *tree->nodes);
        tree->count = 0;
        fill_histograms(&l, 0, l.drawn, histograms);
        grow(&l, tree, 0, l.drawn, 0, histograms, scratch);
        for (i = 0; i < data->count; i++)
            l.score[i] +=
                tree_value(tree, data->rows + i * (size_t)data->features);
    }
    free(l.edges);
    free(l.bins);
    free(l.binned);
    free(l.score);
    free(l.gradient);
    free(l.hessian);
    free(l.order);
    free(l.columns);
    free(histograms);
    free(scratch);
}

double
boost_score(const struct boost_model *model, const int32_t *row)
{
    double score = model->base;
    unsigned t;

    for (t = 0; t < model->tree_count; t++)
        score += tree_value(&model->trees[t], row);
    return score;
}

void
boost_free(struct boost_model *model)
{
    unsigned t;

    for (t = 0; t < model->tree_count; t++)
        free(model->trees[t].nodes);
    free(model->trees);
    memset(model, 0, sizeof *model);
}
