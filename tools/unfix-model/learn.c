/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model learn: pages -> how sure a change is.
 *
 * The changes that gather.c finds, and which of them are right, are learned
 * from by their evidence.  The table of probabilities is made from pages that
 * the trees have not seen. */
#include "boost.h"
#include "commands.h"
#include "gather.h"
#include "platt.h"
#include "replace.h"

#include "base/limits.h"
#include "verify/forest.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The tables of probabilities: points by score, in 1/1000. */
#define LOWEST (-4000)
#define HIGHEST 10000
#define STEP 250

/* Fewer changes than these teach nothing. */
#define LEAST_CHANGES 100

/* What holds a group of changes to the calibration of all. */
#define PRIOR_CHANGES 5

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

/* The scores of a fold's samples by trees that have not seen them, in a process
 * of its own: written to the file in their order. */
static void
score_fold(const struct lesson *lesson, int fold,
           const struct boost_options *options, FILE *file)
{
    struct boost_model model;
    size_t i;

    learn_subset(&model, lesson, fold, options);
    for (i = 0; i < lesson->count; i++)
        if (lesson->fold[i] == fold) {
            double score =
                boost_score(&model, lesson->rows + i * UFX_FEATURE_COUNT);

            fwrite(&score, sizeof score, 1, file);
        }
    if (fflush(file) != 0)
        tool_fail(strerror(errno), NULL);
}

static void
take_fold(struct lesson *lesson, int fold, FILE *file)
{
    size_t i;

    rewind(file);
    for (i = 0; i < lesson->count; i++)
        if (lesson->fold[i] == fold &&
            fread(&lesson->held_out[i], sizeof(double), 1, file) != 1)
            tool_fail("a fold was not learned", NULL);
    fclose(file);
}

static void
hold_out(struct lesson *lesson, const struct boost_options *options)
{
    FILE *files[LESSON_FOLDS];
    pid_t children[LESSON_FOLDS];
    int fold, status;
    bool learned = true;

    lesson->held_out = tool_allocate(lesson->count * sizeof *lesson->held_out);
    for (fold = 0; fold < LESSON_FOLDS; fold++) {
        files[fold] = tmpfile();
        fflush(NULL);
        children[fold] = files[fold] == NULL ? -1 : fork();
        if (children[fold] < 0)
            tool_fail(strerror(errno), NULL);
        if (children[fold] == 0) {
            score_fold(lesson, fold, options, files[fold]);
            _Exit(0);
        }
    }
    for (fold = 0; fold < LESSON_FOLDS; fold++)
        learned &= waitpid(children[fold], &status, 0) >= 0 && status == 0;
    if (!learned)
        tool_fail("a fold was not learned", NULL);
    for (fold = 0; fold < LESSON_FOLDS; fold++)
        take_fold(lesson, fold, files[fold]);
}

/* ---- Calibration ---- */

static bool
is_in_group(const struct lesson *lesson, size_t sample, int group)
{
    const int32_t *row = lesson->rows + sample * UFX_FEATURE_COUNT;

    return group < 0 || ufx_evidence_group(row) == (uint32_t)group;
}

/* What a change of each set counts in a group.  The sets are what is drawn at
 * random, not their changes: with the root of their numbers, those that hold
 * most of a group's changes do not speak for all. */
static void
weigh_sets(const struct lesson *lesson, int group, double *weights)
{
    size_t counts[LESSON_SETS] = {0}, all = 0, i;
    double sum = 0;

    for (i = 0; i < lesson->count; i++)
        if (lesson->set[i] < LESSON_SETS && is_in_group(lesson, i, group))
            counts[lesson->set[i]]++;
    for (i = 0; i < LESSON_SETS; i++) {
        weights[i] = 1 / sqrt((double)(counts[i] > 10 ? counts[i] : 10));
        sum += weights[i] * (double)counts[i];
        all += counts[i];
    }
    for (i = 0; i < LESSON_SETS && all > 0; i++)
        weights[i] *= (double)all / sum;
}

/* A step towards the likeliest line, which is held to the prior one as if by so
 * many changes. */
static void
improve(struct platt_line *line, const struct platt_line *prior,
        const struct lesson *lesson, int group, const double *weights)
{
    struct platt_step step;
    size_t i;

    platt_begin(&step, line, prior, PRIOR_CHANGES);
    for (i = 0; i < lesson->count; i++) {
        double w;

        if (!is_in_group(lesson, i, group))
            continue;
        w = (double)lesson->shares[i] *
            (lesson->set[i] < LESSON_SETS ? weights[lesson->set[i]] : 1);
        platt_add(&step, line, lesson->held_out[i], w, w * lesson->right[i]);
    }
    platt_improve(&step, line);
}

/* The line of a group of changes or (-1) of all. */
static struct platt_line
calibrate(const struct lesson *lesson, int group,
          const struct platt_line *prior)
{
    double weights[LESSON_SETS];
    struct platt_line line = *prior;
    int step;

    weigh_sets(lesson, group, weights);
    for (step = 0; step < 30; step++)
        improve(&line, prior, lesson, group, weights);
    if (!(line.slope > 0))
        tool_fail("the scores say nothing of what is right", NULL);
    return line;
}

/* ---- Output ---- */

static int32_t
thousandths(double value)
{
    return (int32_t)lround(value * 1000);
}

/* Points of the curve, near enough to each other to be joined by lines. */
static void
write_table(FILE *file, const struct platt_line *line)
{
    int32_t score;

    fprintf(file, "%d\n", (HIGHEST - LOWEST) / STEP + 1);
    for (score = LOWEST; score <= HIGHEST; score += STEP)
        fprintf(file, "%d %d\n", score,
                thousandths(platt_probability(line, score / 1000.0)));
}

static void
write_model(const char *path, const struct boost_model *model,
            const struct lesson *lesson)
{
    const struct platt_line straight = {0, 1};
    struct platt_line all = calibrate(lesson, -1, &straight);
    struct platt_line groups[UFX_FOREST_GROUPS];
    struct replacement result;
    FILE *file;
    int group;
    unsigned t;
    int32_t i;

    /* First all that may fail: what was there stays until there is another. */
    for (group = 0; group < UFX_FOREST_GROUPS; group++)
        groups[group] = calibrate(lesson, group, &all);
    replacement_open(&result, path);
    file = result.file;
    fputs("# Learned by unfix-model learn; lib/verify/forest.h has the"
          " layout.\n# features, trees, base, table\n",
          file);
    fprintf(file, "%d %u %d ", (int)UFX_FEATURE_COUNT, model->tree_count,
            thousandths(model->base));
    write_table(file, &all);
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
    for (group = 0; group < UFX_FOREST_GROUPS; group++)
        write_table(file, &groups[group]);
    replacement_close(&result);
}

static double
share_of(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : 0;
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
                bars[b], share_of(right, all), share_of(right, total));
    }
}

struct request {
    struct gathering gathering;
    struct boost_options boost;
    const char *output;
    const char *dump; /* to write the samples to as text, or NULL */
    const char *clean[LESSON_SETS]; /* texts */
    bool slips[LESSON_SETS];        /* their writers made some */
    size_t clean_count;
    const char *gathered[LESSON_SETS]; /* files of samples */
    size_t gathered_count;
    const char *gather; /* the file to write them to; NULL: learn */
    int status;         /* to end with; -1: to go on */
};

static void
usage(FILE *file)
{
    fputs("Usage: unfix-model learn [OPTION]... [WEIGHT*]SET...\n"
          "Learns from pages how sure a change is.\n\n"
          "  --part=IMAGE=TEXT   a model and the text, a paragraph a line, that"
          " it has\n"
          "                      not counted (repeatable)\n"
          "  --noise=SHARE       those texts as they are and again, so many"
          " times, with\n"
          "                      noise (default 0: neither)\n"
          "  --habits=FILE       half of the noise is of these documents' "
          "regimes\n"
          "  --noise-weight=W    what a change there counts (default 1)\n"
          "  --clean=[WEIGHT*]TEXT  a text that no engine read (repeatable)\n"
          "  --slips=[WEIGHT*]TEXT  the same, where writers made slips"
          " (repeatable)\n"
          "  --made              the pages were made to teach something: they"
          " do not\n"
          "                      say how sure a change is\n"
          "  --gather=FILE       write the samples there and learn nothing\n"
          "  --samples=[WEIGHT*]FILE  what --gather wrote (repeatable)\n"
          "  --output=FILE       the verifier (verifier.txt)\n"
          "  --trees=N           default 150\n"
          "  --depth=N           default 5\n"
          "  --rate=R            what each tree may do (default 0.06)\n"
          "  --seed=N            which samples, features and noise are drawn,"
          " 0 to 255\n"
          "  --dump=FILE         the samples as tab-separated values\n"
          "  -h, --help          show this help\n",
          file);
}

static const struct option options[] = {
    {"part", required_argument, NULL, 'p'},
    {"clean", required_argument, NULL, 'c'},
    {"slips", required_argument, NULL, 'l'},
    {"habits", required_argument, NULL, 'H'},
    {"made", no_argument, NULL, 'm'},
    {"gather", required_argument, NULL, 'g'},
    {"samples", required_argument, NULL, 'S'},
    {"noise", required_argument, NULL, 'n'},
    {"noise-weight", required_argument, NULL, 'w'},
    {"output", required_argument, NULL, 'o'},
    {"trees", required_argument, NULL, 't'},
    {"depth", required_argument, NULL, 'D'},
    {"rate", required_argument, NULL, 'r'},
    {"seed", required_argument, NULL, 's'},
    {"dump", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

static void
add_clean(struct request *r, const char *path, bool has_slips)
{
    if (r->clean_count == LESSON_SETS)
        tool_fail("too many texts", path);
    r->slips[r->clean_count] = has_slips;
    r->clean[r->clean_count++] = path;
}

static void
add_samples(struct request *r, const char *path)
{
    if (r->gathered_count == LESSON_SETS)
        tool_fail("too many files", path);
    r->gathered[r->gathered_count++] = path;
}

/* False at what is no option of the command. */
static bool
set_option(struct request *r, int option, char *value)
{
    switch (option) {
    case 'p':
        gather_open_part(&r->gathering, value);
        return true;
    case 'c':
    case 'l':
        add_clean(r, value, option == 'l');
        return true;
    case 'H':
        noise_habits_read(&r->gathering.habits, value);
        return true;
    case 'm':
        r->gathering.made = true;
        return true;
    case 'g':
        r->gather = value;
        return true;
    case 'S':
        add_samples(r, value);
        return true;
    case 'n':
        r->gathering.copies = tool_decimal("noise", value, 0, 1000);
        return true;
    case 'w':
        r->gathering.noise_weight =
            (float)tool_decimal("noise-weight", value, 0, 1000);
        return true;
    case 'o':
        r->output = value;
        return true;
    case 't':
        r->boost.trees =
            (unsigned)tool_number("trees", value, 1, UFX_MODEL_TREES);
        return true;
    case 'D':
        r->boost.depth =
            (unsigned)tool_number("depth", value, 1, UFX_MODEL_TREE_DEPTH);
        return true;
    case 'r':
        r->boost.rate = tool_decimal("rate", value, 0.001, 1);
        return true;
    case 's':
        r->boost.seed = r->gathering.seed =
            (unsigned)tool_number("seed", value, 0, 255);
        return true;
    case 'd':
        r->dump = value;
        return true;
    default:
        return false;
    }
}

static void
read_options(struct request *r, int argc, char **argv)
{
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == 'h') {
            usage(stdout);
            r->status = 0;
            return;
        }
        if (!set_option(r, option, optarg)) {
            usage(stderr);
            r->status = 2;
            return;
        }
    }
    /* Pages and texts are repaired by the parts' models. */
    if ((r->output == NULL) == (r->gather == NULL) ||
        (r->gathering.parts.count == 0 &&
         (r->gathered_count == 0 || r->clean_count > 0 || optind < argc)) ||
        argc - optind > LESSON_SETS) {
        usage(stderr);
        r->status = 2;
    }
}

/* ---- The command ---- */

static void
gather(const struct request *r, char **sets, int set_count,
       struct lesson *lesson)
{
    const struct gathering *g = &r->gathering;
    size_t p;
    int i;

    for (i = 0; i < set_count; i++)
        gather_set(g, lesson, sets[i], (uint8_t)i);
    if (g->copies > 0)
        for (p = 0; p < g->parts.count; p++)
            gather_part(g, p, lesson);
    for (p = 0; p < r->clean_count; p++)
        gather_untouched(g, r->clean[p], p, r->slips[p], lesson);
    for (p = 0; p < r->gathered_count; p++)
        lesson_read(lesson, r->gathered[p]);
}

static void
check_enough(const struct lesson *lesson)
{
    size_t i = 0;

    if (lesson->count < LEAST_CHANGES)
        tool_fail("too few changes to learn from", NULL);
    /* Each fold is scored by trees of the others. */
    while (i < lesson->count && lesson->fold[i] == lesson->fold[0])
        i++;
    if (i == lesson->count)
        tool_fail("too few documents to learn from", NULL);
}

static void
learn(const struct request *r, struct lesson *lesson)
{
    struct boost_model learned;

    check_enough(lesson);
    hold_out(lesson, &r->boost);
    report(lesson);
    learn_subset(&learned, lesson, -1, &r->boost);
    write_model(r->output, &learned, lesson);
    boost_free(&learned);
}

static void
gather_and_learn(const struct request *r, char **sets, int set_count)
{
    struct lesson lesson = {0};

    gather(r, sets, set_count, &lesson);
    fprintf(stderr, "unfix-model learn: %zu changes\n", lesson.count);
    if (r->dump != NULL)
        lesson_dump(&lesson, r->dump);
    if (r->gather != NULL)
        lesson_write(&lesson, r->gather);
    else
        learn(r, &lesson);
    lesson_free(&lesson);
}

int
ufx_learn_main(int argc, char **argv)
{
    static int8_t directions[UFX_FEATURE_COUNT] = {
        [UFX_FEATURE_MARGIN_KEEP] = 1,
        [UFX_FEATURE_MARGIN_SECOND] = 1,
        [UFX_FEATURE_POSTERIOR] = 1,
        [UFX_FEATURE_RULE_SEEN] = 1,
    };
    struct request request = {.gathering = {.noise_weight = 1},
                              .status = -1,
                              .boost = {.trees = 150,
                                        .depth = 5,
                                        .samples = 0.6,
                                        .columns = 0.5,
                                        .rate = 0.06,
                                        .least = 4,
                                        .smoothing = 4,
                                        .directions = directions}};

    read_options(&request, argc, argv);
    if (request.status < 0) {
        gather_and_learn(&request, argv + optind, argc - optind);
        request.status = 0;
    }
    gather_free(&request.gathering);
    return request.status;
}
