/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model learn: pages -> how sure a change is.
 *
 * Runs the first stage over pages with ground truth, sees which of its changes
 * are right, and learns that from their evidence.  The model must not have
 * counted these pages, or it would think too well of itself.  Pages of clean
 * text (the ground truth itself) are part of the lesson: there every change is
 * wrong.  The table of probabilities is made from pages that the trees have
 * not seen. */
#include "boost.h"
#include "commands.h"
#include "metrics.h"
#include "noise.h"
#include "pages.h"
#include "table.h"

#include "api/objects.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDS 5
#define KNOTS 48

struct lesson {
    int32_t *rows;
    uint8_t *right;
    float *weights;
    uint8_t *fold;
    double *held_out; /* score by trees that have not seen the page */
    size_t count;
    size_t capacity;
};

struct watch {
    struct lesson *lesson;
    const struct ufx_metrics_alignment *alignment; /* NULL: clean text */
    float weight;
    uint8_t fold;
};

static void
add_sample(struct lesson *l, const int32_t *features, bool right, float weight,
           uint8_t fold)
{
    if (l->count == l->capacity) {
        l->capacity = l->capacity == 0 ? 4096 : l->capacity * 2;
        l->rows = tool_resize(l->rows, l->capacity * UFX_FEATURE_COUNT *
                                           sizeof *l->rows);
        l->right = tool_resize(l->right, l->capacity);
        l->weights = tool_resize(l->weights, l->capacity * sizeof *l->weights);
        l->fold = tool_resize(l->fold, l->capacity);
    }
    memcpy(l->rows + l->count * UFX_FEATURE_COUNT, features,
           UFX_FEATURE_COUNT * sizeof *features);
    l->right[l->count] = right;
    l->weights[l->count] = weight;
    l->fold[l->count] = fold;
    l->count++;
}

static void
watch_change(void *user, const struct ufx_evidence *evidence, uint64_t offset,
             uint64_t length, const char *replacement,
             size_t replacement_length)
{
    const struct watch *w = user;
    enum ufx_metrics_effect effect = UFX_METRICS_HARM;

    if (w->alignment != NULL &&
        ufx_metrics_judge_correction(w->alignment, (size_t)offset,
                                     (size_t)length, replacement,
                                     replacement_length, &effect) != UNFIX_OK)
        tool_fail("cannot judge a change", NULL);
    add_sample(w->lesson, evidence->features,
               effect == UFX_METRICS_EXACT || effect == UFX_METRICS_BETTER,
               w->weight, w->fold);
}

static void
run_page(unfix_context *context, unfix_result *result, struct watch *watch,
         const char *text, size_t length)
{
    unfix_error error = {0};

    context->observer = watch_change;
    context->observer_user = watch;
    if (unfix_correct(context, text, length, result, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
}

/* Documents that are in a set twice, from several archives, must not be in
 * two folds: the page's name up to its first '@' decides. */
static uint8_t
fold_of(const char *name, size_t number)
{
    const char *at = strchr(name, '@');
    unsigned h = 0;

    if (at == NULL)
        return (uint8_t)(number % FOLDS);
    for (; name < at; name++)
        h = h * 31 + (unsigned char)*name;
    return (uint8_t)(h % FOLDS);
}

static void
read_set(unfix_context *context, struct lesson *lesson, const char *argument)
{
    const char *star = strchr(argument, '*');
    const char *folder = star == NULL ? argument : star + 1;
    float weight = star == NULL ? 1 : strtof(argument, NULL);
    struct ufx_pages pages;
    unfix_result *result;
    unfix_error error = {0};
    size_t i;

    if (ufx_pages_open(&pages, folder, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    for (i = 0; i < pages.count; i++) {
        struct ufx_page page;
        struct ufx_metrics_text ocr, gt;
        struct ufx_metrics_alignment alignment;
        struct watch watch = {lesson, &alignment, weight, 0};

        if (ufx_page_read(&pages, i, &page, &error) != UNFIX_OK)
            tool_fail(error.message, NULL);
        watch.fold = fold_of(page.name, i);
        if (ufx_metrics_text_init(&ocr, page.ocr, page.ocr_length) !=
                UNFIX_OK ||
            ufx_metrics_text_init(&gt, page.gt, page.gt_length) != UNFIX_OK ||
            ufx_metrics_align(&ocr, &gt, &alignment) != UNFIX_OK)
            tool_fail("out of memory", NULL);
        run_page(context, result, &watch, page.ocr, page.ocr_length);
        watch.alignment = NULL;
        run_page(context, result, &watch, page.gt, page.gt_length);
        ufx_metrics_alignment_free(&alignment);
        ufx_metrics_text_free(&ocr);
        ufx_metrics_text_free(&gt);
        ufx_page_free(&page);
    }
    ufx_pages_close(&pages);
    unfix_result_free(result);
}

/* Runs a page that is `text` with noise over it. */
static void
run_noisy(unfix_context *context, unfix_result *result, struct watch *watch,
          const char *text, size_t length, uint64_t seed)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer noisy;
    struct ufx_metrics_text ocr, gt;
    struct ufx_metrics_alignment alignment;

    ufx_buffer_init(&noisy, &memory);
    noise_page(&noisy, text, length, &context->model->language.rules, seed);
    if (noisy.failed ||
        ufx_metrics_text_init(&ocr, noisy.data, noisy.length) != UNFIX_OK ||
        ufx_metrics_text_init(&gt, text, length) != UNFIX_OK ||
        ufx_metrics_align(&ocr, &gt, &alignment) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    watch->alignment = &alignment;
    run_page(context, result, watch, noisy.data, noisy.length);
    watch->alignment = NULL;
    ufx_metrics_alignment_free(&alignment);
    ufx_metrics_text_free(&ocr);
    ufx_metrics_text_free(&gt);
    ufx_buffer_free(&noisy);
}

/* Clean text, as it is and with noise, in pages of several sizes: a sentence
 * says less about its engine than a book. */
static const size_t clean_pages[] = {200, 5000, 500, 3000, 1200, 9000};
#define CLEAN_PAGES (sizeof clean_pages / sizeof *clean_pages)

static void
read_clean(unfix_context *context, struct lesson *lesson, const char *path,
           unsigned copies, float noise_weight)
{
    size_t length, i = 0, number = 0;
    char *text = tool_read_file(path, &length);
    unfix_result *result;

    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    while (i < length) {
        struct watch watch = {lesson, NULL, 1, (uint8_t)(number % FOLDS)};
        unsigned copy;
        size_t page = clean_pages[number % CLEAN_PAGES];
        size_t n = length - i < page ? length - i : page;
        const char *end = memchr(text + i + n, '\n', length - i - n);

        if (end != NULL)
            n = (size_t)(end - (text + i)) + 1;
        else
            n = length - i;
        run_page(context, result, &watch, text + i, n);
        watch.weight = noise_weight;
        for (copy = 0; copy < copies; copy++)
            run_noisy(context, result, &watch, text + i, n, number * 16 + copy);
        number++;
        i += n;
    }
    free(text);
    unfix_result_free(result);
}

/* ---- Learning ---- */

static void
learn_subset(struct boost_model *model, const struct lesson *lesson,
             int left_out, const struct boost_options *options)
{
    struct boost_data data = {.features = UFX_FEATURE_COUNT};
    int32_t *rows =
        tool_allocate(lesson->count * UFX_FEATURE_COUNT * sizeof *rows);
    uint8_t *right = tool_allocate(lesson->count);
    float *weights = tool_allocate(lesson->count * sizeof *weights);
    size_t i, n = 0;

    for (i = 0; i < lesson->count; i++) {
        if (lesson->fold[i] == left_out)
            continue;
        memcpy(rows + n * UFX_FEATURE_COUNT,
               lesson->rows + i * UFX_FEATURE_COUNT,
               UFX_FEATURE_COUNT * sizeof *rows);
        right[n] = lesson->right[i];
        weights[n++] = lesson->weights[i];
    }
    data.rows = rows;
    data.right = right;
    data.weights = weights;
    data.count = n;
    boost_learn(model, &data, options);
    free(rows);
    free(right);
    free(weights);
}

static void
hold_out(struct lesson *lesson, const struct boost_options *options)
{
    int fold;
    size_t i;

    lesson->held_out = tool_allocate(lesson->count * sizeof *lesson->held_out);
    for (fold = 0; fold < FOLDS; fold++) {
        struct boost_model model;

        learn_subset(&model, lesson, fold, options);
        for (i = 0; i < lesson->count; i++)
            if (lesson->fold[i] == fold)
                lesson->held_out[i] =
                    boost_score(&model, lesson->rows + i * UFX_FEATURE_COUNT);
        boost_free(&model);
    }
}

/* ---- Calibration ---- */

struct pool {
    double score; /* mean */
    double right;
    double weight;
};

static const struct lesson *sorting; /* for qsort */

static int
compare_scores(const void *left, const void *right)
{
    double a = sorting->held_out[*(const size_t *)left];
    double b = sorting->held_out[*(const size_t *)right];

    return a < b ? -1 : a > b;
}

static double
rate(const struct pool *pool)
{
    /* One wrong and one right seen before: nothing is ever certain. */
    return (pool->right + 1) / (pool->weight + 2);
}

/* Pool adjacent violators over blocks of samples of ascending score. */
static size_t
calibrate(const struct lesson *lesson, struct pool *pools)
{
    size_t *order = tool_allocate(lesson->count * sizeof *order);
    size_t i, n = 0, block = lesson->count / KNOTS + 1;

    for (i = 0; i < lesson->count; i++)
        order[i] = i;
    sorting = lesson;
    qsort(order, lesson->count, sizeof *order, compare_scores);
    for (i = 0; i < lesson->count; i++) {
        size_t s = order[i];
        double w = (double)lesson->weights[s];

        if (i % block == 0)
            pools[n++] = (struct pool){0, 0, 0};
        pools[n - 1].score += w * lesson->held_out[s];
        pools[n - 1].right += w * lesson->right[s];
        pools[n - 1].weight += w;
    }
    for (i = 0; i < n; i++)
        pools[i].score /= pools[i].weight;
    for (i = 1; i < n;) {
        if (i == 0 || rate(&pools[i]) >= rate(&pools[i - 1])) {
            i++;
            continue;
        }
        pools[i - 1].score = (pools[i - 1].score * pools[i - 1].weight +
                              pools[i].score * pools[i].weight) /
                             (pools[i - 1].weight + pools[i].weight);
        pools[i - 1].right += pools[i].right;
        pools[i - 1].weight += pools[i].weight;
        memmove(&pools[i], &pools[i + 1], (n - i - 1) * sizeof *pools);
        n--;
        i = i > 1 ? i - 1 : 1;
    }
    free(order);
    return n;
}

/* ---- Output ---- */

static int32_t
thousandths(double value)
{
    return (int32_t)lround(value * 1000);
}

static void
write_table(FILE *file, const struct pool *pools, size_t count)
{
    int32_t last = INT32_MIN;
    size_t i, n = 0;

    for (i = 0; i < count; i++) {
        int32_t score = thousandths(pools[i].score);

        if (i > 0 && score <= last)
            continue;
        last = score;
        n++;
    }
    fprintf(file, "%zu\n", n);
    last = INT32_MIN;
    for (i = 0; i < count; i++) {
        int32_t score = thousandths(pools[i].score);

        if (i > 0 && score <= last)
            continue;
        last = score;
        fprintf(file, "%d %d\n", score, thousandths(rate(&pools[i])));
    }
}

static void
write_model(const char *path, const struct boost_model *model,
            const struct pool *pools, size_t pool_count)
{
    FILE *file = fopen(path, "wb");
    unsigned t;
    int32_t i;

    if (file == NULL)
        tool_fail(strerror(errno), path);
    fputs("# Learned by unfix-model learn; lib/verify/forest.h has the"
          " layout.\n# features, trees, base, table\n",
          file);
    fprintf(file, "%d %u %d ", (int)UFX_FEATURE_COUNT, model->tree_count,
            thousandths(model->base));
    write_table(file, pools, pool_count);
    for (t = 0; t < model->tree_count; t++) {
        const struct boost_tree *tree = &model->trees[t];

        fprintf(file, "%d", tree->count);
        for (i = 0; i < tree->count; i++) {
            const struct boost_node *n = &tree->nodes[i];

            fprintf(file, "  %d %d %d %d", n->feature,
                    n->feature < 0 ? thousandths(n->value) : n->threshold,
                    n->left, n->right);
        }
        putc('\n', file);
    }
    tool_close_file(file, path);
}

static void
report(const struct lesson *lesson)
{
    static const double bars[] = {0.5, 1, 1.5, 2, 2.5, 3, 4, 5};
    double all = 0;
    size_t b, i;

    for (i = 0; i < lesson->count; i++)
        all += lesson->right[i] * (double)lesson->weights[i];
    for (b = 0; b < sizeof bars / sizeof *bars; b++) {
        double right = 0, total = 0;

        for (i = 0; i < lesson->count; i++) {
            if (lesson->held_out[i] < bars[b])
                continue;
            total += (double)lesson->weights[i];
            right += lesson->right[i] * (double)lesson->weights[i];
        }
        fprintf(stderr,
                "  log-odds >= %.1f: %5.1f %% of the right ones, %.2f %%"
                " right\n",
                bars[b], 100 * right / all, 100 * right / total);
    }
}

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model learn [OPTION]... [WEIGHT*]SET...\n"
          "Learns from pages how sure a change is.  The model must not have"
          " counted them.\n\n"
          "  --model=FILE        the model that makes the changes\n"
          "  --clean=FILE        clean text, where every change is wrong"
          " (repeatable)\n"
          "  --noise=N           the clean text N times more, with noise\n"
          "  --noise-weight=W    what a change there counts (default 1)\n"
          "  --output=FILE       the verifier (verifier.txt)\n"
          "  --trees=N           default 150\n"
          "  --depth=N           default 5\n"
          "  --dump=FILE         the samples as tab-separated values\n"
          "  -h, --help          show this help\n",
          file);
}

static void
dump(const struct lesson *l, const char *path)
{
    FILE *file = fopen(path, "wb");
    size_t i;
    int f;

    if (file == NULL)
        tool_fail(strerror(errno), path);
    for (i = 0; i < l->count; i++) {
        fprintf(file, "%d\t%g\t%d", l->right[i], (double)l->weights[i],
                l->fold[i]);
        for (f = 0; f < UFX_FEATURE_COUNT; f++)
            fprintf(file, "\t%d", l->rows[i * UFX_FEATURE_COUNT + (size_t)f]);
        putc('\n', file);
    }
    tool_close_file(file, path);
}

int
ufx_learn_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'm'},
        {"clean", required_argument, NULL, 'c'},
        {"noise", required_argument, NULL, 'n'},
        {"noise-weight", required_argument, NULL, 'w'},
        {"output", required_argument, NULL, 'o'},
        {"trees", required_argument, NULL, 't'},
        {"depth", required_argument, NULL, 'D'},
        {"dump", required_argument, NULL, 'd'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    static int8_t directions[UFX_FEATURE_COUNT] = {
        [UFX_FEATURE_MARGIN_KEEP] = 1,
        [UFX_FEATURE_MARGIN_SECOND] = 1,
        [UFX_FEATURE_POSTERIOR] = 1,
        [UFX_FEATURE_RULE_SEEN] = 1,
    };
    struct boost_options boost = {.trees = 150,
                                  .depth = 5,
                                  .rate = 0.06,
                                  .least = 4,
                                  .smoothing = 4,
                                  .directions = directions};
    struct lesson lesson = {0};
    struct boost_model learned;
    struct pool pools[KNOTS + 1];
    const char *model_path = NULL, *output = NULL, *samples = NULL;
    const char *clean[16];
    unsigned copies = 0;
    float noise_weight = 1;
    size_t clean_count = 0, pool_count, c;
    unfix_model *model;
    unfix_context *context;
    unfix_error error = {0};
    int option, i;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'm':
            model_path = optarg;
            break;
        case 'c':
            if (clean_count == sizeof clean / sizeof *clean)
                tool_fail("too many files of clean text", NULL);
            clean[clean_count++] = optarg;
            break;
        case 'n':
            copies = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'w':
            noise_weight = strtof(optarg, NULL);
            break;
        case 'o':
            output = optarg;
            break;
        case 't':
            boost.trees = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'D':
            boost.depth = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'd':
            samples = optarg;
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (output == NULL || optind == argc) {
        usage(stderr);
        return 2;
    }
    if (unfix_model_load(model_path, NULL, &model, &error) != UNFIX_OK ||
        unfix_context_new(model, NULL, NULL, NULL, &context, &error) !=
            UNFIX_OK)
        tool_fail(error.message, model_path);
    for (i = optind; i < argc; i++)
        read_set(context, &lesson, argv[i]);
    for (c = 0; c < clean_count; c++)
        read_clean(context, &lesson, clean[c], copies, noise_weight);
    fprintf(stderr, "unfix-model learn: %zu changes\n", lesson.count);
    if (samples != NULL)
        dump(&lesson, samples);
    if (lesson.count < 100)
        tool_fail("too few changes to learn from", NULL);
    hold_out(&lesson, &boost);
    report(&lesson);
    pool_count = calibrate(&lesson, pools);
    learn_subset(&learned, &lesson, -1, &boost);
    write_model(output, &learned, pools, pool_count);
    boost_free(&learned);
    unfix_context_free(context);
    unfix_model_release(model);
    free(lesson.rows);
    free(lesson.right);
    free(lesson.weights);
    free(lesson.fold);
    free(lesson.held_out);
    return 0;
}
