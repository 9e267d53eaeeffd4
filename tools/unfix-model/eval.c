/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model eval: repairs pages whose ground truth is known, and counts. */
#include "commands.h"
#include "metrics.h"
#include "pages.h"
#include "reach.h"
#include "recalibrate.h"
#include "table.h"
#include "tally.h"

#include "base/buffer.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An edit that was not exact, for --worst. */
struct worst_edit {
    enum ufx_metrics_effect effect;
    char *line;
};

struct worst_list {
    struct worst_edit *items;
    size_t count;
    size_t capacity;
    size_t wanted; /* 0: none are kept */
};

struct evaluation {
    const char *model;
    unfix_options options;
    struct tally_view view;
    bool json;
    const char *plots;    /* a folder, or NULL */
    const char *verifier; /* to calibrate, or NULL */
    bool candidates;      /* the sets are folders of facts */
    bool is_deaf;         /* to what the engine said */
    struct facts_part part;
    unfix_context *context;
    unfix_result *repaired; /* of the OCR text */
    unfix_result *clean;    /* of the ground truth */
    struct worst_list worst;
};

/* ---- The worst edits ----------------------------------------------------- */

/* True for what would not show, or would move the terminal. */
static bool
is_hidden(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
           (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || (cp >= 0xE000 && cp <= 0xF8FF) ||
           cp >= 0x110000;
}

static void
append_text(struct ufx_buffer *line, const char *text)
{
    ufx_buffer_append(line, text, strlen(text));
}

static void
append_hidden(struct ufx_buffer *line, uint32_t cp)
{
    char escape[16];
    if (cp >= 0x110000)
        cp -= 0x110000; /* a byte that is not UTF-8 */
    snprintf(escape, sizeof escape, cp < 0x100 ? "\\x%02x" : "\\u%04x",
             (unsigned)cp);
    append_text(line, escape);
}

/* The characters as a quoted string; in double quotes where that saves
 * escapes. */
static void
append_quoted(struct ufx_buffer *line, const struct ufx_metrics_text *text,
              struct ufx_metrics_span span)
{
    bool has_single = false;
    bool has_double = false;
    for (size_t i = span.start; i < span.end; i++) {
        has_single |= text->chars[i] == '\'';
        has_double |= text->chars[i] == '"';
    }
    char quote = has_single && !has_double ? '"' : '\'';
    ufx_buffer_append_byte(line, quote);
    for (size_t i = span.start; i < span.end; i++) {
        uint32_t cp = text->chars[i];
        if (is_hidden(cp)) {
            append_hidden(line, cp);
            continue;
        }
        if (cp == '\\' || cp == (uint32_t)quote)
            ufx_buffer_append_byte(line, '\\');
        ufx_buffer_append_char(line, cp);
    }
    ufx_buffer_append_byte(line, quote);
}

static void
add_worst(struct worst_list *list, enum ufx_metrics_effect effect, char *line)
{
    list->items = tool_room(list->items, list->count, &list->capacity,
                            sizeof *list->items);
    struct worst_edit *item = &list->items[list->count++];
    item->effect = effect;
    item->line = line;
}

static void
keep_worst(struct worst_list *list, const char *page,
           const struct ufx_metrics_edit *edit,
           const struct ufx_metrics_text *ocr,
           const struct ufx_metrics_text *gt,
           const struct ufx_metrics_text *out)
{
    static const char *const names[] = {"harm  ", "same  ", "better"};
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer line;
    if (list->wanted == 0 || edit->effect == UFX_METRICS_EXACT)
        return;
    ufx_buffer_init(&line, &memory);
    append_text(&line, names[edit->effect]);
    append_text(&line, " ");
    append_text(&line, page);
    append_text(&line, ": ");
    append_quoted(&line, ocr, edit->ocr);
    append_text(&line, " should be ");
    append_quoted(&line, gt, edit->gt);
    append_text(&line, ", became ");
    append_quoted(&line, out, edit->out);
    char *copy = line.failed ? NULL : strdup(line.data);
    ufx_buffer_free(&line);
    if (copy == NULL)
        tool_fail("out of memory", NULL);
    add_worst(list, edit->effect, copy);
}

/* Worst effect first; within it as they came. */
static void
print_worst(const struct worst_list *list)
{
    size_t left = list->wanted;
    for (int effect = UFX_METRICS_HARM; effect < UFX_METRICS_EXACT; effect++) {
        for (size_t i = 0; i < list->count && left != 0; i++) {
            if ((int)list->items[i].effect != effect)
                continue;
            puts(list->items[i].line);
            left--;
        }
    }
}

static void
free_worst(struct worst_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].line);
    free(list->items);
}

/* ---- A page -------------------------------------------------------------- */

static void
fold(struct ufx_metrics_text *text, const char *bytes, size_t length,
     const char *page)
{
    tool_need(ufx_metrics_text_init(text, bytes, length), page);
}

static void
repair(struct evaluation *evaluation, const char *text, size_t length,
       const unfix_evidence *evidence, size_t evidence_count,
       unfix_result *result, struct ufx_metrics_text *out, const char *page)
{
    unfix_error error;
    if (unfix_correct_with_evidence(evaluation->context, text, length, evidence,
                                    evidence_count, result, &error) != UNFIX_OK)
        tool_fail(error.message, page);
    size_t out_length;
    const char *repaired = unfix_result_text(result, &out_length);
    fold(out, repaired, out_length, page);
}

static void
judge_corrections(const struct evaluation *evaluation, const char *page,
                  const struct ufx_metrics_text *ocr,
                  const struct ufx_metrics_text *gt, struct tally *tally)
{
    const unfix_result *result = evaluation->repaired;
    struct ufx_metrics_alignment alignment;
    tool_need(ufx_metrics_align(ocr, gt, &alignment), page);
    for (size_t i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *correction = unfix_result_correction(result, i);
        enum ufx_metrics_effect effect;
        tool_need(ufx_metrics_judge_correction(
                      &alignment, (size_t)correction->offset,
                      (size_t)correction->length, correction->replacement,
                      correction->replacement_length, &effect),
                  page);
        tally_correction(tally, correction, effect);
    }
    ufx_metrics_alignment_free(&alignment);
    for (size_t i = 0; i < unfix_result_correction_count(evaluation->clean);
         i++)
        tally_clean_correction(tally,
                               unfix_result_correction(evaluation->clean, i));
}

static void
count_page(struct evaluation *evaluation, const char *page,
           const struct ufx_metrics_text *ocr,
           const struct ufx_metrics_text *gt,
           const struct ufx_metrics_text *out,
           const struct ufx_metrics_text *clean, struct tally *tally)
{
    struct ufx_metrics_edit *edits;
    size_t count;
    tool_need(ufx_metrics_count(ocr, gt, out,
                                evaluation->view.clean ? clean : NULL,
                                &tally->counts, &edits, &count),
              page);
    for (size_t i = 0; i < count; i++)
        keep_worst(&evaluation->worst, page, &edits[i], ocr, gt, out);
    free(edits);
    if (evaluation->view.classes || evaluation->view.calibration)
        judge_corrections(evaluation, page, ocr, gt, tally);
}

static void
eval_page(struct evaluation *evaluation, const struct ufx_page *page,
          struct tally *tally)
{
    struct ufx_metrics_text ocr, gt, out;
    struct ufx_metrics_text clean = {0};
    fold(&ocr, page->ocr, page->ocr_length, page->name);
    fold(&gt, page->gt, page->gt_length, page->name);
    repair(evaluation, page->ocr, page->ocr_length, page->evidence,
           evaluation->is_deaf ? 0 : page->evidence_count, evaluation->repaired,
           &out, page->name);
    if (evaluation->view.clean)
        repair(evaluation, page->gt, page->gt_length, NULL, 0,
               evaluation->clean, &clean, page->name);
    count_page(evaluation, page->name, &ocr, &gt, &out, &clean, tally);
    ufx_metrics_text_free(&ocr);
    ufx_metrics_text_free(&gt);
    ufx_metrics_text_free(&out);
    ufx_metrics_text_free(&clean);
}

/* ---- Sets ---------------------------------------------------------------- */

static void
eval_set(struct evaluation *evaluation, const char *folder, struct tally *tally)
{
    struct ufx_pages pages;
    struct ufx_page page;
    unfix_error error;
    if (ufx_pages_open(&pages, folder, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    for (size_t i = 0; i < pages.count; i++) {
        if (ufx_page_read(&pages, i, &page, &error) != UNFIX_OK)
            tool_fail(error.message, NULL);
        eval_page(evaluation, &page, tally);
        ufx_page_free(&page);
    }
    ufx_pages_close(&pages);
}

static void
print_set(const struct evaluation *evaluation, const struct tally *tally,
          const char *name)
{
    if (evaluation->json)
        tally_print_json(tally, name, &evaluation->view);
    else
        tally_print_line(tally, name, &evaluation->view);
}

static void
eval_sets(struct evaluation *evaluation, int count, char **folders)
{
    struct tally *all = tool_allocate(sizeof *all);
    struct tally *tally = tool_allocate(sizeof *tally);
    memset(all, 0, sizeof *all);
    for (int i = 0; i < count; i++) {
        memset(tally, 0, sizeof *tally);
        eval_set(evaluation, folders[i], tally);
        print_set(evaluation, tally, tool_last_name(folders[i]));
        tally_add(all, tally);
    }
    if (count > 1)
        print_set(evaluation, all, "ALL");
    if (!evaluation->json)
        tally_print_tables(all, &evaluation->view);
    if (evaluation->plots != NULL)
        calibration_plot(&all->calibration, evaluation->plots);
    if (evaluation->verifier != NULL)
        recalibrate(&all->calibration, evaluation->verifier);
    print_worst(&evaluation->worst);
    free(tally);
    free(all);
}

static void
measure_reach(const struct evaluation *evaluation, int count, char **folders)
{
    struct reach_view view = {evaluation->part, evaluation->view.classes,
                              evaluation->worst.wanted};
    for (int i = 0; i < count; i++)
        reach_measure(evaluation->context, folders[i], &view);
}

/* ---- The command --------------------------------------------------------- */

static void
print_usage(FILE *file)
{
    fputs(
        "Usage: unfix-model eval [OPTION]... SET...\n"
        "Repairs the pages of each SET, a folder of NAME.ocr.txt and"
        " NAME.gt.txt, and\nprints its error rates before and after.\n\n"
        "      --model=FILE        the model (default: the installed one)\n"
        "      --min-confidence=N  apply at this confidence or above, 0 to"
        " 1000\n"
        "      --max-harm=N        wrong changes to be expected in 10,000"
        " words,\n                          at most; 0: no such bound\n"
        "      --clean             repair the ground truth as well: nothing"
        " should change\n"
        "      --classes           count the repairs of each class\n"
        "      --calibration       hold the confidences against what is"
        " right\n"
        "      --plots=FOLDER      draw that into FOLDER, as SVG\n"
        "      --calibrate=FILE    and move the probabilities in FILE, the"
        " model's verifier,\n                          to what is right\n"
        "      --worst=N           list N edits that were not right\n"
        "      --candidates        each SET is a folder of places that engines"
        " misread:\n                          how many could be chosen"
        " right?\n"
        "      --part=I/N          of these the documents whose names leave I"
        " when divided\n                          by N; -I/N: the others\n"
        "      --no-evidence       without what the engine said "
        "(NAME.ocr.tsv)\n"
        "      --join-hyphens      join words that a line's end breaks, as the"
        " truth does\n"
        "      --json              print lines of JSON\n"
        "  -h, --help              show this help\n",
        file);
}

/* A number with up to three decimals, in thousandths. */
static bool
parse_harm(const char *text, uint32_t *harm)
{
    const char *point = strchr(text, '.');
    unsigned long whole = 0, thousandths = 0;
    char *end = NULL;
    if (*text >= '0' && *text <= '9')
        whole = strtoul(text, &end, 10);
    if (end != NULL && end == point) {
        size_t digits = strspn(point + 1, "0123456789");
        thousandths = strtoul(point + 1, NULL, 10);
        for (size_t i = digits; i < 3; i++)
            thousandths *= 10;
        if (digits != 0 && digits <= 3)
            end += 1 + digits;
    }
    *harm = (uint32_t)(whole * 1000 + thousandths);
    if (end != NULL && *end == '\0' && whole <= 9999)
        return true;
    fprintf(stderr,
            "unfix-model eval: --max-harm: '%s' is not a number from 0 to 9999"
            " with up to three decimals\n",
            text);
    return false;
}

/* False for what cannot be understood, which has been said then. */
static bool
take_option(struct evaluation *evaluation, int option)
{
    switch (option) {
    case 'm':
        evaluation->model = optarg;
        return true;
    case 'p':
        evaluation->options.min_confidence =
            (uint32_t)tool_number("min-confidence", optarg, 0, 1000);
        return true;
    case 'b':
        return parse_harm(optarg, &evaluation->options.max_harm);
    case 'l':
        evaluation->verifier = optarg;
        evaluation->view.calibration = true;
        return true;
    case 's':
        evaluation->plots = optarg;
        evaluation->view.calibration = true;
        return true;
    case 'w':
        evaluation->worst.wanted = tool_number("worst", optarg, 0, 1000000000);
        return true;
    case 'c':
        evaluation->view.clean = true;
        return true;
    case 'k':
        evaluation->view.classes = true;
        return true;
    case 'r':
        evaluation->view.calibration = true;
        return true;
    case 'j':
        evaluation->json = true;
        return true;
    case 'a':
        evaluation->candidates = true;
        return true;
    case 'n':
        evaluation->is_deaf = true;
        return true;
    case 'y':
        evaluation->options.join_hyphens = 1;
        return true;
    case 'i':
        evaluation->part = facts_part_parse(optarg);
        return true;
    default:
        return false;
    }
}

static void
open_library(struct evaluation *evaluation)
{
    unfix_model *model;
    unfix_error error;
    if (unfix_model_load(evaluation->model, NULL, &model, &error) != UNFIX_OK)
        tool_fail(error.message, evaluation->model != NULL
                                     ? evaluation->model
                                     : "the installed model");
    if (unfix_context_new(model, NULL, &evaluation->options, NULL,
                          &evaluation->context, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    unfix_model_release(model);
    tool_need(unfix_result_new(NULL, &evaluation->repaired), NULL);
    tool_need(unfix_result_new(NULL, &evaluation->clean), NULL);
}

static void
close_library(struct evaluation *evaluation)
{
    unfix_result_free(evaluation->repaired);
    unfix_result_free(evaluation->clean);
    unfix_context_free(evaluation->context);
}

int
ufx_eval_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'm'},
        {"min-confidence", required_argument, NULL, 'p'},
        {"max-harm", required_argument, NULL, 'b'},
        {"plots", required_argument, NULL, 's'},
        {"calibrate", required_argument, NULL, 'l'},
        {"clean", no_argument, NULL, 'c'},
        {"classes", no_argument, NULL, 'k'},
        {"calibration", no_argument, NULL, 'r'},
        {"worst", required_argument, NULL, 'w'},
        {"json", no_argument, NULL, 'j'},
        {"candidates", no_argument, NULL, 'a'},
        {"part", required_argument, NULL, 'i'},
        {"no-evidence", no_argument, NULL, 'n'},
        {"join-hyphens", no_argument, NULL, 'y'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    struct evaluation evaluation = {0};
    int option;
    unfix_options_init(&evaluation.options);
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == 'h') {
            print_usage(stdout);
            return 0;
        }
        if (!take_option(&evaluation, option))
            return 2;
    }
    if (optind == argc) {
        print_usage(stderr);
        return 2;
    }
    if (evaluation.candidates)
        evaluation.options.join_hyphens = 1;
    open_library(&evaluation);
    if (evaluation.candidates)
        measure_reach(&evaluation, argc - optind, argv + optind);
    else
        eval_sets(&evaluation, argc - optind, argv + optind);
    free_worst(&evaluation.worst);
    close_library(&evaluation);
    return 0;
}
