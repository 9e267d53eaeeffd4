/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model learn: pages -> how sure a change is.
 *
 * Runs the first stage over pages with ground truth, sees which of its changes
 * are right, and learns that from their evidence.  A model that had counted
 * the text of these pages would think too well of itself; one that lacks all
 * such text would think too little of itself.  So there are several models,
 * each of which has counted all but its own part of the text, and of a page
 * each takes the changes in paragraphs of that part.  The text itself, clean
 * and with noise, is part of the lesson: in clean text every change is wrong.
 * The table of probabilities is made from pages that the trees have not
 * seen. */
#include "boost.h"
#include "commands.h"
#include "metrics.h"
#include "noise.h"
#include "pages.h"
#include "platt.h"
#include "replace.h"
#include "table.h"

#include "api/objects.h"
#include "base/limits.h"
#include "lang/ngrams.h"
#include "text/chars.h"
#include "text/text.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FOLDS 3
#define SETS 64

/* The tables of probabilities: points by score, in 1/1000. */
#define LOWEST (-4000)
#define HIGHEST 10000
#define STEP 250

/* Fewer changes than these teach nothing. */
#define LEAST_CHANGES 100

/* What holds a group of changes to the calibration of all. */
#define PRIOR_CHANGES 5

/* What a change of clean or noised text counts in the calibration, beside one
 * of a page: who reads a confidence reads pages. */
#define TEXT_SHARE 0.03F

/* And one of a nearly good page, which is gone over several times. */
#define SPARSE_SHARE 0.07F

/* What a change of marks or blanks counts on a noised page, beside one of
 * letters: how often those are lost or added there is made up. */
#define NOISED_MARK 0.3F

struct lesson {
    int32_t *rows;
    uint8_t *right;
    float *weights;
    float *shares; /* what each counts in the calibration */
    uint8_t *fold;
    uint8_t *set;     /* of the page; SETS: text */
    double *held_out; /* score by trees that have not seen the page */
    size_t count;
    size_t capacity;
};

/* A model and the text that it has not counted. */
struct part {
    unfix_model *model;
    unfix_context *context;
    char *text; /* a paragraph a line */
    size_t length;
    struct counter paragraphs; /* by paragraph_key */
};

#define PARTS 8

struct parts {
    struct part list[PARTS];
    size_t count;
};

/* A stretch of a document, which is compared by itself: what it takes grows
 * with the square of the length. */
struct stretch {
    size_t start; /* bytes of the document as it was read */
    size_t end;
    size_t truth; /* where it begins in the ground truth */
    struct ufx_metrics_text ocr;
    struct ufx_metrics_text gt;
    struct ufx_metrics_alignment alignment;
};

#define STRETCHES 64

/* What an engine read, and what stands there. */
struct document {
    struct ufx_buffer ocr;
    struct ufx_buffer gt;
    struct stretch stretches[STRETCHES];
    size_t count;
    unfix_evidence *said; /* by the engine */
    size_t said_count;
};

struct watch {
    struct lesson *lesson;
    const struct document *document; /* NULL: clean text */
    bool with_truth;                 /* the ground truth is gone over as well */
    bool is_truth;           /* it is the ground truth that is gone over */
    bool is_page;            /* an engine read it */
    bool is_made;            /* or would have, if anybody had written it */
    bool is_sparse;          /* most of its errors were taken out */
    bool is_noised;          /* they were made up */
    bool has_slips;          /* its writers made some */
    const struct part *part; /* NULL: all changes count */
    float weight;
    uint8_t fold;
    uint8_t set;
};

/* A paragraph by the first letters and figures of it, however it is broken
 * into lines. */
static uint64_t
paragraph_key(const char *text, size_t length)
{
    uint64_t key = 0;
    size_t i = 0, taken = 0, size;

    while (i < length && taken < 40) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        i += size;
        if (cp >= UFX_CHAR_OPAQUE ||
            (!ufx_char_is_letter(cp) && !ufx_char_is_digit(cp)))
            continue;
        key = ufx_ngram_mix(key + ufx_char_lower(cp));
        taken++;
    }
    return key | 1;
}

/* The end of the paragraph at `text`: before a blank line. */
static size_t
paragraph_length(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i + 1 < length; i++)
        if (text[i] == '\n' && text[i + 1] == '\n')
            return i;
    return length;
}

/* The key of the paragraph of the ground truth that holds a byte. */
static uint64_t
key_at(const struct ufx_buffer *gt, size_t offset)
{
    size_t start = 0;

    for (;;) {
        size_t n = paragraph_length(gt->data + start, gt->length - start);

        if (start + n >= offset || start + n >= gt->length)
            return paragraph_key(gt->data + start, n);
        start += n;
        while (start < gt->length && gt->data[start] == '\n')
            start++;
    }
}

static void
document_init(struct document *d)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    ufx_buffer_init(&d->ocr, &memory);
    ufx_buffer_init(&d->gt, &memory);
    d->count = 0;
    d->said = NULL;
    d->said_count = 0;
}

static void
document_free(struct document *d)
{
    size_t i;

    for (i = 0; i < d->count; i++) {
        ufx_metrics_alignment_free(&d->stretches[i].alignment);
        ufx_metrics_text_free(&d->stretches[i].ocr);
        ufx_metrics_text_free(&d->stretches[i].gt);
    }
    ufx_buffer_free(&d->ocr);
    ufx_buffer_free(&d->gt);
    free(d->said);
}

/* Appends a stretch, as a paragraph of its own. */
static void
document_add(struct document *d, const struct ufx_page *page)
{
    struct stretch *s = &d->stretches[d->count++];

    if (d->gt.length > 0) {
        ufx_buffer_append(&d->ocr, "\n\n", 2);
        ufx_buffer_append(&d->gt, "\n\n", 2);
    }
    s->start = d->ocr.length;
    s->end = s->start + page->ocr_length;
    s->truth = d->gt.length;
    ufx_buffer_append(&d->ocr, page->ocr, page->ocr_length);
    ufx_buffer_append(&d->gt, page->gt, page->gt_length);
    if (d->ocr.failed || d->gt.failed)
        tool_fail("out of memory", NULL);
    tool_need(ufx_metrics_text_init(&s->ocr, page->ocr, page->ocr_length),
              page->name);
    tool_need(ufx_metrics_text_init(&s->gt, page->gt, page->gt_length),
              page->name);
    tool_need(ufx_metrics_align(&s->ocr, &s->gt, &s->alignment), page->name);
}

/* Adds what the engine said of the last stretch. */
static void
document_say(struct document *d, const unfix_evidence *said, size_t count)
{
    size_t i;

    d->said = tool_resize(d->said, (d->said_count + count) * sizeof *d->said);
    for (i = 0; i < count; i++) {
        d->said[d->said_count] = said[i];
        d->said[d->said_count++].offset += d->stretches[d->count - 1].start;
    }
}

/* The stretch that has the bytes; NULL: several. */
static const struct stretch *
stretch_of(const struct document *d, size_t offset, size_t length)
{
    size_t i;

    for (i = 0; i < d->count; i++)
        if (offset >= d->stretches[i].start &&
            offset + length <= d->stretches[i].end)
            return &d->stretches[i];
    return NULL;
}

static bool
is_of_part(const struct watch *w, const struct stretch *s, size_t offset,
           size_t length)
{
    size_t at = offset;

    if (w->part == NULL || w->document == NULL)
        return true;
    if (s != NULL)
        at = s->truth +
             ufx_metrics_place(&s->alignment, offset - s->start, length);
    return counter_get(&w->part->paragraphs, key_at(&w->document->gt, at)) != 0;
}

static void
make_room(struct lesson *l, size_t count)
{
    if (count <= l->capacity)
        return;
    l->capacity = count > 2 * l->capacity ? count : 2 * l->capacity;
    l->rows =
        tool_resize(l->rows, l->capacity * UFX_FEATURE_COUNT * sizeof *l->rows);
    l->right = tool_resize(l->right, l->capacity);
    l->weights = tool_resize(l->weights, l->capacity * sizeof *l->weights);
    l->shares = tool_resize(l->shares, l->capacity * sizeof *l->shares);
    l->fold = tool_resize(l->fold, l->capacity);
    l->set = tool_resize(l->set, l->capacity);
}

static bool
is_of_marks(const int32_t *features)
{
    return features[UFX_FEATURE_CLASS] == UNFIX_CLASS_PUNCTUATION ||
           features[UFX_FEATURE_CLASS] == UNFIX_CLASS_SPACING;
}

static void
add_sample(struct lesson *l, const int32_t *features, bool right,
           const struct watch *watch)
{
    bool is_page = watch->is_page && !watch->is_made && !watch->is_truth;
    float weight = watch->weight;

    if (watch->is_noised && is_of_marks(features))
        weight *= NOISED_MARK;
    make_room(l, l->count + 1);
    memcpy(l->rows + l->count * UFX_FEATURE_COUNT, features,
           UFX_FEATURE_COUNT * sizeof *features);
    l->right[l->count] = right;
    l->weights[l->count] = weight;
    l->shares[l->count] = weight * (!is_page           ? TEXT_SHARE
                                    : watch->is_sparse ? SPARSE_SHARE
                                                       : 1);
    l->set[l->count] = is_page ? watch->set : SETS;
    l->fold[l->count] = watch->fold;
    l->count++;
}

/* What the accents of a known word have to better in a sentence for a slip. */
#define SLIP_GAIN 3000

/* An unknown word in small letters and nothing else, met once, or an accent
 * without which a known word does not fit: where writers make slips of their
 * own, nobody can tell whether it is one. */
static bool
may_be_slip(const int32_t *features)
{
    if (features[UFX_FEATURE_KNOWN] == 2 &&
        features[UFX_FEATURE_CLASS] == UNFIX_CLASS_ACCENT)
        return features[UFX_FEATURE_LANGUAGE_GAIN] > SLIP_GAIN;
    return features[UFX_FEATURE_KNOWN] == 0 &&
           features[UFX_FEATURE_SHAPE] == 0 &&
           features[UFX_FEATURE_SIGNS] == 0 &&
           features[UFX_FEATURE_GAPS] == 0 &&
           features[UFX_FEATURE_SEEN_BEFORE] <= 1 && !is_of_marks(features);
}

static void
watch_change(void *user, const struct ufx_evidence *evidence, uint64_t offset,
             uint64_t length, const char *replacement,
             size_t replacement_length)
{
    const struct watch *w = user;
    enum ufx_metrics_effect effect = UFX_METRICS_HARM;
    const struct stretch *s = NULL;

    if (w->document != NULL && !w->is_truth) {
        s = stretch_of(w->document, (size_t)offset, (size_t)length);
        if (s == NULL)
            return;
    }
    if (!is_of_part(w, s, (size_t)offset, (size_t)length) ||
        (w->has_slips && may_be_slip(evidence->features)))
        return;
    if (s != NULL)
        tool_need(ufx_metrics_judge_correction(
                      &s->alignment, (size_t)offset - s->start, (size_t)length,
                      replacement, replacement_length, &effect),
                  NULL);
    add_sample(w->lesson, evidence->features,
               effect == UFX_METRICS_EXACT || effect == UFX_METRICS_BETTER, w);
}

static void
run_page(unfix_context *context, unfix_result *result, struct watch *watch,
         const char *text, size_t length)
{
    const struct document *d = watch->is_truth ? NULL : watch->document;
    unfix_error error = {0};

    context->worker.observer = watch_change;
    context->worker.observer_user = watch;
    if (unfix_correct_with_evidence(
            context, text, length, d == NULL ? NULL : d->said,
            d == NULL ? 0 : d->said_count, result, &error) != UNFIX_OK)
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

/* True if most of the document's paragraphs are of the parts' text. */
static bool
is_of_text(const struct parts *parts, const struct ufx_buffer *gt)
{
    size_t start = 0, known = 0, all = 0, i;

    while (start < gt->length) {
        size_t n = paragraph_length(gt->data + start, gt->length - start);
        uint64_t key = paragraph_key(gt->data + start, n);

        all++;
        for (i = 0; i < parts->count; i++)
            if (counter_get(&parts->list[i].paragraphs, key) != 0)
                break;
        known += i < parts->count;
        start += n;
        while (start < gt->length && gt->data[start] == '\n')
            start++;
    }
    return 2 * known > all;
}

/* Goes over what was read and over the ground truth. */
static void
read_document(const struct parts *parts, unfix_result *result,
              struct watch *watch)
{
    const struct document *d = watch->document;
    bool all = !is_of_text(parts, &d->gt);
    size_t i;

    /* Text that no model has counted is any model's. */
    for (i = 0; i < (all ? 1 : parts->count); i++) {
        unfix_context *context = parts->list[i].context;

        watch->part = all ? NULL : &parts->list[i];
        watch->is_truth = false;
        run_page(context, result, watch, d->ocr.data, d->ocr.length);
        if (!watch->with_truth)
            continue;
        watch->is_truth = true;
        run_page(context, result, watch, d->gt.data, d->gt.length);
    }
}

/* A scan is a page or a book: so many pages of a set go together. */
static const size_t document_pages[] = {1, 2, 1, 6, 1, 3, 1, 12};
#define DOCUMENT_PAGES (sizeof document_pages / sizeof *document_pages)

/* And of the errors of such a document only every so manieth stays, when it is
 * gone over again as a nearly good one. */
static const size_t sparse_errors[] = {8, 25, 60, 15, 200, 4, 100, 40};
#define SPARSE_ERRORS (sizeof sparse_errors / sizeof *sparse_errors)

/* It is gone over so often, with other errors each time: few are left. */
#define SPARSE_COPIES 3

/* Words that are looked through for one of the text. */
#define WORDS_AHEAD 12

/* What the engine said of the words of a page that stand in `text` as it read
 * them.  One that it misread, and that is right in the text, it would have been
 * as sure of as of the one before. */
static void
say_sparse(struct document *d, const struct ufx_page *page, const char *text)
{
    unfix_evidence *said = tool_allocate((strlen(text) / 2 + 1) * sizeof *said);
    size_t at = 0, next = 0, count = 0, i;
    uint32_t confidence = 0;

    if (page->evidence_count > 0)
        confidence = page->evidence[0].confidence;
    for (;;) {
        size_t start = at + strspn(text + at, " \n");

        at = start + strcspn(text + start, " \n");
        if (at == start)
            break;
        for (i = next; i < page->evidence_count && i < next + WORDS_AHEAD; i++)
            if (page->evidence[i].length == at - start &&
                memcmp(page->ocr + page->evidence[i].offset, text + start,
                       at - start) == 0) {
                confidence = page->evidence[i].confidence;
                next = i + 1;
                break;
            }
        said[count++] = (unfix_evidence){
            .offset = start, .length = at - start, .confidence = confidence};
    }
    document_say(d, said, count);
    free(said);
}

/* The page with every `every`th error left in; *seen counts them. */
static void
add_sparse(struct document *d, const struct ufx_page *page, size_t every,
           size_t *seen, bool hears)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_metrics_counts counts = {0};
    struct ufx_metrics_text ocr, gt;
    struct ufx_metrics_edit *edits = NULL;
    struct ufx_page left = *page;
    struct ufx_buffer text;
    size_t count = 0, done = 0, i;

    ufx_buffer_init(&text, &memory);
    tool_need(ufx_metrics_text_init(&ocr, page->ocr, page->ocr_length),
              page->name);
    tool_need(ufx_metrics_text_init(&gt, page->gt, page->gt_length),
              page->name);
    tool_need(ufx_metrics_count(&ocr, &gt, &gt, NULL, &counts, &edits, &count),
              page->name);
    for (i = 0; i < count; i++) {
        size_t start = gt.sources[edits[i].gt.start];
        size_t from = ocr.sources[edits[i].ocr.start];

        if (++*seen % every != every / 2 || start < done)
            continue;
        ufx_buffer_append(&text, page->gt + done, start - done);
        ufx_buffer_append(&text, page->ocr + from,
                          ocr.sources[edits[i].ocr.end] - from);
        done = gt.sources[edits[i].gt.end];
    }
    ufx_buffer_append(&text, page->gt + done, page->gt_length - done);
    left.ocr = text.data;
    left.ocr_length = text.length;
    document_add(d, &left);
    if (hears)
        say_sparse(d, page, text.data);
    ufx_buffer_free(&text);
    ufx_metrics_text_free(&ocr);
    ufx_metrics_text_free(&gt);
    free(edits);
}

/* The pages [from, end) as one document; every: how many errors to one that
 * stays; hears: with what the engine said.  False, and nothing is done, if it
 * is to be heard and said nothing. */
static bool
read_pages(const struct parts *parts, unfix_result *result,
           const struct ufx_pages *pages, size_t from, size_t end, size_t every,
           bool hears, struct watch *watch)
{
    struct document document;
    unfix_error error = {0};
    size_t i, seen = 0, said = 0;

    document_init(&document);
    for (i = from; i < end; i++) {
        struct ufx_page page;

        if (ufx_page_read(pages, i, &page, &error) != UNFIX_OK)
            tool_fail(error.message, NULL);
        said += page.evidence_count;
        if (every > 1) {
            add_sparse(&document, &page, every, &seen, hears);
        } else {
            document_add(&document, &page);
            if (hears)
                document_say(&document, page.evidence, page.evidence_count);
        }
        ufx_page_free(&page);
    }
    watch->document = &document;
    watch->with_truth = every == 1 && !hears;
    watch->is_sparse = every > 1;
    if (!hears || said > 0)
        read_document(parts, result, watch);
    watch->document = NULL;
    document_free(&document);
    return !hears || said > 0;
}

static void
read_set(const struct parts *parts, struct lesson *lesson, const char *argument,
         uint8_t set, bool made)
{
    const char *folder = argument;
    float weight = (float)tool_weight(&folder, 0, 1000);
    struct ufx_pages pages;
    unfix_result *result;
    unfix_error error = {0};
    size_t i, n, number = set, copy;
    bool hears;

    if (ufx_pages_open(&pages, folder, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    for (i = 0; i < pages.count; i += n, number++) {
        struct watch watch = {.lesson = lesson,
                              .is_page = true,
                              .is_made = made,
                              .weight = weight,
                              .fold = fold_of(pages.names[i], number),
                              .set = set};

        n = document_pages[number % DOCUMENT_PAGES];
        if (n > pages.count - i)
            n = pages.count - i;
        /* Where the engine says how sure it was, also without: so one forest
         * learns both. */
        for (hears = false;; hears = true) {
            if (!read_pages(parts, result, &pages, i, i + n, 1, hears, &watch))
                break;
            for (copy = 0; copy < SPARSE_COPIES; copy++)
                read_pages(parts, result, &pages, i, i + n,
                           sparse_errors[(number + 3 * copy) % SPARSE_ERRORS],
                           hears, &watch);
            if (hears)
                break;
        }
    }
    ufx_pages_close(&pages);
    unfix_result_free(result);
}

/* Up to the end of the line where a page of that size is full. */
static size_t
page_length(const char *text, size_t length, size_t size)
{
    const char *end =
        size < length ? memchr(text + size, '\n', length - size) : NULL;

    return end == NULL ? length : (size_t)(end - text) + 1;
}

/* Bytes of a page that noise is put on at a time. */
#define NOISE_STRETCH 2500

/* Every so manieth error of a noised page stays; in its first copies of most
 * all do, in the others few.  A sentence has few. */
#define FIRST_COPIES 2

static size_t
noise_errors(uint64_t seed, size_t length, size_t copy)
{
    static const size_t all[] = {1, 8, 1, 25, 1, 200, 3, 2000};
    static const size_t little[] = {8, 25, 60, 15, 200, 4, 100, 40};
    static const size_t few[] = {1, 2, 1, 3, 1, 4, 2, 8};
    size_t at = (seed / 2 + seed / 16) % 8;

    if (length < 1000)
        return few[at];
    return (copy < FIRST_COPIES ? all : little)[at];
}

/* So many errors has no sentence. */
#define ALL_BUT_ONE 2000

static void
add_noised(struct document *d, const struct ufx_buffer *noisy, char *truth,
           size_t length, size_t every, size_t *seen)
{
    struct ufx_page page = {.name = "noise",
                            .ocr = noisy->data,
                            .ocr_length = noisy->length,
                            .gt = truth,
                            .gt_length = length};

    if (every > 1)
        add_sparse(d, &page, every, seen, false);
    else
        document_add(d, &page);
}

/* A sentence, or a few short ones: up to where one ends and another begins. */
#define SENTENCE_LEAST 40

static size_t
sentence_length(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (text[i] == '\n')
            return i + 1;
        if (i >= SENTENCE_LEAST && text[i] == ' ' && text[i - 1] == '.')
            return i + 1;
    }
    return length;
}

/* A page of sentences from many sources: each has an error of its own kind, or
 * none. */
static void
add_gathered(struct document *d, const struct ufx_buffer *truth,
             const struct ufx_rules *rules, uint64_t seed)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer noisy, text;
    size_t i, n;

    ufx_buffer_init(&noisy, &memory);
    ufx_buffer_init(&text, &memory);
    for (i = 0; i < truth->length && d->count < STRETCHES; i += n) {
        uint64_t own = ufx_ngram_mix(seed + i);
        size_t seen = ALL_BUT_ONE / 2 - 1 - (size_t)(own >> 8) % 3;

        n = sentence_length(truth->data + i, truth->length - i);
        ufx_buffer_clear(&noisy);
        ufx_buffer_clear(&text);
        if ((own >> 16) % 6 == 0)
            noise_capitals(&text, truth->data + i, n, (own >> 24) % 3 == 0);
        else
            ufx_buffer_append(&text, truth->data + i, n);
        if (own % 2 == 0)
            noise_page(&noisy, text.data, text.length, rules, own, i);
        else
            noise_letters(&noisy, text.data, text.length, rules,
                          1.0 / (double)n, own);
        if (noisy.failed || text.failed)
            tool_fail("out of memory", NULL);
        add_noised(d, &noisy, text.data, text.length, ALL_BUT_ONE, &seen);
    }
    ufx_buffer_free(&noisy);
    ufx_buffer_free(&text);
}

/* One page in so many is of such sentences, in later copies one in two. */
#define GATHERED 4

static bool
is_gathered(uint64_t seed, size_t copy)
{
    return seed % (copy < FIRST_COPIES ? GATHERED : 2) == 0;
}

/* Runs a page that is `text` with noise over it. */
static void
run_noisy(unfix_context *context, unfix_result *result, struct watch *watch,
          const char *text, size_t length, const struct noise_habits *habits,
          uint64_t seed, size_t copy)
{
    bool real = habits->documents > 0 && seed % 2 == 1;
    bool gathered = is_gathered(seed, copy);
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer truth, noisy;
    struct document document;
    size_t every = noise_errors(seed, length, copy),
           seen = (size_t)(seed % every);
    size_t i, n;

    ufx_buffer_init(&truth, &memory);
    ufx_buffer_init(&noisy, &memory);
    document_init(&document);
    noise_titles(&truth, text, length, seed);
    if (gathered)
        add_gathered(&document, &truth, &context->model->language.rules, seed);
    for (i = 0;
         seed % GATHERED != 2 && i < truth.length && document.count < STRETCHES;
         i += n) {
        n = page_length(truth.data + i, truth.length - i, NOISE_STRETCH);
        ufx_buffer_clear(&noisy);
        if (real)
            noise_by_habits(&noisy, truth.data + i, n, habits, seed, i);
        else
            noise_page(&noisy, truth.data + i, n,
                       &context->model->language.rules, seed, i);
        if (truth.failed || noisy.failed)
            tool_fail("out of memory", NULL);
        add_noised(&document, &noisy, truth.data + i, n, every, &seen);
    }
    watch->document = &document;
    watch->is_noised = true;
    run_page(context, result, watch, document.ocr.data, document.ocr.length);
    watch->is_noised = false;
    watch->document = NULL;
    document_free(&document);
    ufx_buffer_free(&noisy);
    ufx_buffer_free(&truth);
}

/* What a change on a page of that size counts: documents are what is drawn at
 * random, and short ones hold few changes. */
static float
size_weight(size_t length)
{
    float weight = sqrtf(2500 / (float)(length + 1));

    return weight > 3 ? 3 : weight < 0.3F ? 0.3F : weight;
}

struct request {
    struct parts parts;
    struct boost_options boost;
    const char *output;
    const char *dump; /* the file to write the samples to as text, or NULL */
    double copies;
    float noise_weight;
    bool made;               /* the pages were made to teach something */
    const char *clean[SETS]; /* texts */
    bool slips[SETS];        /* their writers made some */
    size_t clean_count;
    const char *gathered[SETS]; /* files of samples */
    size_t gathered_count;
    struct noise_habits habits;
    const char *gather; /* the file to write them to; NULL: learn */
    int status;         /* to end with; -1: to go on */
};

/* Clean text, as it is and with noise, in pages of several sizes: a sentence
 * says less about its engine than a book. */
static const size_t clean_pages[] = {200,  5000, 500,  3000,
                                     1200, 9000, 2000, 40000};
#define CLEAN_PAGES (sizeof clean_pages / sizeof *clean_pages)

/* Of each size there are as many pages in every fold and, of a text that is
 * taken half a time with noise, in either half.  No two are of one engine. */
static void
read_clean(const struct request *request, size_t at, struct lesson *lesson)
{
    const struct part *part = &request->parts.list[at];
    size_t length = part->length, i = 0, number = 0;
    const char *text = part->text;
    unfix_context *context = part->context;
    uint64_t seed = (uint64_t)at << 32 ^ (uint64_t)request->boost.seed << 40;
    unfix_result *result;

    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    while (i < length) {
        size_t round = number / CLEAN_PAGES;
        struct watch watch = {.lesson = lesson,
                              .weight = 1,
                              .fold = (uint8_t)(round % FOLDS),
                              .set = SETS};
        size_t copy = (size_t)((double)round * request->copies);
        size_t last = (size_t)((double)(round + 1) * request->copies);
        size_t n = page_length(text + i, length - i,
                               clean_pages[number % CLEAN_PAGES]);

        watch.weight = size_weight(n);
        run_page(context, result, &watch, text + i, n);
        watch.weight = request->noise_weight * size_weight(n);
        for (; copy < last; copy++)
            run_noisy(context, result, &watch, text + i, n, &request->habits,
                      seed++, last - 1 - copy);
        number++;
        i += n;
    }
    unfix_result_free(result);
}

/* A text that no engine read: whatever is changed there is wrong.  In pages of
 * several sizes, and any model's. */
static void
read_untouched(const struct request *request, const char *argument,
               size_t number, struct lesson *lesson)
{
    const char *path = argument;
    float weight = (float)tool_weight(&path, 0, 1000);
    size_t length, done = 0, page = number, n;
    char *text = tool_read_file(path, &length);
    unfix_result *result;

    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    for (; done < length; done += n, page++) {
        struct watch watch = {.lesson = lesson,
                              .fold = (uint8_t)(number % FOLDS),
                              .has_slips = request->slips[number],
                              .set = SETS};

        n = page_length(text + done, length - done,
                        clean_pages[page % CLEAN_PAGES]);
        watch.weight = weight * size_weight(n);
        run_page(request->parts.list[page % request->parts.count].context,
                 result, &watch, text + done, n);
    }
    free(text);
    unfix_result_free(result);
}

/* IMAGE=TEXT */
static void
open_part(struct parts *parts, char *argument)
{
    struct part *part = &parts->list[parts->count];
    char *path = strchr(argument, '=');
    unfix_error error = {0};
    size_t i, n;

    if (path == NULL || parts->count == PARTS)
        tool_fail("not IMAGE=TEXT, or too many", argument);
    *path++ = '\0';
    if (unfix_model_load(argument, NULL, &part->model, &error) != UNFIX_OK ||
        unfix_context_new(part->model, NULL, NULL, NULL, &part->context,
                          &error) != UNFIX_OK)
        tool_fail(error.message, argument);
    part->text = tool_read_file(path, &part->length);
    for (i = 0; i < part->length; i += n + 1) {
        const char *end = memchr(part->text + i, '\n', part->length - i);

        n = end == NULL ? part->length - i : (size_t)(end - (part->text + i));
        *counter_at(&part->paragraphs, paragraph_key(part->text + i, n)) = 1;
    }
    parts->count++;
}

static void
close_parts(struct parts *parts)
{
    size_t i;

    for (i = 0; i < parts->count; i++) {
        struct part *part = &parts->list[i];

        unfix_context_free(part->context);
        unfix_model_release(part->model);
        counter_free(&part->paragraphs);
        free(part->text);
    }
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
    FILE *files[FOLDS];
    pid_t children[FOLDS];
    int fold, status;
    bool learned = true;

    lesson->held_out = tool_allocate(lesson->count * sizeof *lesson->held_out);
    for (fold = 0; fold < FOLDS; fold++) {
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
    for (fold = 0; fold < FOLDS; fold++)
        learned &= waitpid(children[fold], &status, 0) >= 0 && status == 0;
    if (!learned)
        tool_fail("a fold was not learned", NULL);
    for (fold = 0; fold < FOLDS; fold++)
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
    size_t counts[SETS] = {0}, all = 0, i;
    double sum = 0;

    for (i = 0; i < lesson->count; i++)
        if (lesson->set[i] < SETS && is_in_group(lesson, i, group))
            counts[lesson->set[i]]++;
    for (i = 0; i < SETS; i++) {
        weights[i] = 1 / sqrt((double)(counts[i] > 10 ? counts[i] : 10));
        sum += weights[i] * (double)counts[i];
        all += counts[i];
    }
    for (i = 0; i < SETS && all > 0; i++)
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
            (lesson->set[i] < SETS ? weights[lesson->set[i]] : 1);
        platt_add(&step, line, lesson->held_out[i], w, w * lesson->right[i]);
    }
    platt_improve(&step, line);
}

/* The line of a group of changes or (-1) of all. */
static struct platt_line
calibrate(const struct lesson *lesson, int group,
          const struct platt_line *prior)
{
    double weights[SETS];
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

static void
dump(const struct lesson *l, const char *path)
{
    struct replacement result;
    FILE *file;
    size_t i;
    int f;

    replacement_open(&result, path);
    file = result.file;
    for (i = 0; i < l->count; i++) {
        fprintf(file, "%d\t%g\t%d", l->right[i], (double)l->weights[i],
                l->fold[i]);
        for (f = 0; f < UFX_FEATURE_COUNT; f++)
            fprintf(file, "\t%d", l->rows[i * UFX_FEATURE_COUNT + (size_t)f]);
        putc('\n', file);
    }
    replacement_close(&result);
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
    if (r->clean_count == SETS)
        tool_fail("too many texts", path);
    r->slips[r->clean_count] = has_slips;
    r->clean[r->clean_count++] = path;
}

static void
add_samples(struct request *r, const char *path)
{
    if (r->gathered_count == SETS)
        tool_fail("too many files", path);
    r->gathered[r->gathered_count++] = path;
}

/* False at what is no option of the command. */
static bool
set_option(struct request *r, int option, char *value)
{
    switch (option) {
    case 'p':
        open_part(&r->parts, value);
        return true;
    case 'c':
    case 'l':
        add_clean(r, value, option == 'l');
        return true;
    case 'H':
        noise_habits_read(&r->habits, value);
        return true;
    case 'm':
        r->made = true;
        return true;
    case 'g':
        r->gather = value;
        return true;
    case 'S':
        add_samples(r, value);
        return true;
    case 'n':
        r->copies = tool_decimal("noise", value, 0, 1000);
        return true;
    case 'w':
        r->noise_weight = (float)tool_decimal("noise-weight", value, 0, 1000);
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
        r->boost.seed = (unsigned)tool_number("seed", value, 0, 255);
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
        (r->parts.count == 0 &&
         (r->gathered_count == 0 || r->clean_count > 0 || optind < argc)) ||
        argc - optind > SETS) {
        usage(stderr);
        r->status = 2;
    }
}

/* ---- Samples in files ---- */

static void
write_samples(const struct lesson *l, const char *path)
{
    uint64_t head[2] = {UFX_FEATURE_COUNT, l->count};
    struct replacement result;
    FILE *file;

    replacement_open(&result, path);
    file = result.file;
    fwrite(head, sizeof head, 1, file);
    fwrite(l->rows, UFX_FEATURE_COUNT * sizeof *l->rows, l->count, file);
    fwrite(l->right, 1, l->count, file);
    fwrite(l->weights, sizeof *l->weights, l->count, file);
    fwrite(l->shares, sizeof *l->shares, l->count, file);
    fwrite(l->fold, 1, l->count, file);
    fwrite(l->set, 1, l->count, file);
    replacement_close(&result);
}

/* Appends them; their sets are others than those before. */
static void
read_samples(struct lesson *l, const char *argument)
{
    const char *path = argument;
    float weight = (float)tool_weight(&path, 0, 1000);
    FILE *file = fopen(path, "rb");
    uint64_t head[2];
    size_t n, i;
    uint8_t first = 0;

    if (file == NULL)
        tool_fail(strerror(errno), path);
    if (fread(head, sizeof head, 1, file) != 1 ||
        head[0] != UFX_FEATURE_COUNT || head[1] > UINT32_MAX)
        tool_fail("no samples of this program", path);
    n = (size_t)head[1];
    for (i = 0; i < l->count; i++)
        if (l->set[i] < SETS && l->set[i] >= first)
            first = (uint8_t)(l->set[i] + 1);
    make_room(l, l->count + n);
    if (fread(l->rows + l->count * UFX_FEATURE_COUNT,
              UFX_FEATURE_COUNT * sizeof *l->rows, n, file) != n ||
        fread(l->right + l->count, 1, n, file) != n ||
        fread(l->weights + l->count, sizeof *l->weights, n, file) != n ||
        fread(l->shares + l->count, sizeof *l->shares, n, file) != n ||
        fread(l->fold + l->count, 1, n, file) != n ||
        fread(l->set + l->count, 1, n, file) != n)
        tool_fail("file too short", path);
    fclose(file);
    for (i = l->count; i < l->count + n; i++) {
        if (l->fold[i] >= FOLDS || l->right[i] > 1)
            tool_fail("no samples of this program", path);
        l->weights[i] *= weight;
        l->shares[i] *= weight;
        if (l->set[i] == SETS)
            continue;
        if (l->set[i] + first >= SETS)
            tool_fail("too many sets", path);
        l->set[i] = (uint8_t)(l->set[i] + first);
    }
    l->count += n;
}

static void
gather(const struct request *r, char **sets, int set_count,
       struct lesson *lesson)
{
    size_t p;
    int i;

    for (i = 0; i < set_count; i++)
        read_set(&r->parts, lesson, sets[i], (uint8_t)i, r->made);
    if (r->copies > 0)
        for (p = 0; p < r->parts.count; p++)
            read_clean(r, p, lesson);
    for (p = 0; p < r->clean_count; p++)
        read_untouched(r, r->clean[p], p, lesson);
    for (p = 0; p < r->gathered_count; p++)
        read_samples(lesson, r->gathered[p]);
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
        dump(&lesson, r->dump);
    if (r->gather != NULL)
        write_samples(&lesson, r->gather);
    else
        learn(r, &lesson);
    free(lesson.rows);
    free(lesson.right);
    free(lesson.weights);
    free(lesson.shares);
    free(lesson.fold);
    free(lesson.set);
    free(lesson.held_out);
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
    struct request request = {.noise_weight = 1,
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
    close_parts(&request.parts);
    noise_habits_free(&request.habits);
    return request.status;
}
