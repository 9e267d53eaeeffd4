/* SPDX-License-Identifier: MPL-2.0 */
/* Runs the first stage over pages with ground truth and sees which of its
 * changes are right.  A model that had counted the text of these pages would
 * think too well of itself; one that lacks all such text would think too little
 * of itself.  So there are several models, each of which has counted all but
 * its own part of the text, and of a page each takes the changes in paragraphs
 * of that part.  The text itself, clean and with noise, is part of the lesson:
 * in clean text every change is wrong. */
#include "gather.h"

#include "metrics.h"
#include "pages.h"

#include "api/objects.h"
#include "lang/ngrams.h"
#include "text/chars.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a change of clean or noised text counts in the calibration, beside one
 * of a page: who reads a confidence reads pages. */
#define TEXT_SHARE 0.03F

/* And one of a nearly good page, which is gone over several times. */
#define SPARSE_SHARE 0.07F

/* What a change of marks or blanks counts on a noised page, beside one of
 * letters: how often those are lost or added there is made up. */
#define NOISED_MARK 0.3F

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
    lesson_add(l, features, right, weight,
               weight * (!is_page           ? TEXT_SHARE
                         : watch->is_sparse ? SPARSE_SHARE
                                            : 1),
               watch->fold, is_page ? watch->set : LESSON_SETS);
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
        return (uint8_t)(number % LESSON_FOLDS);
    for (; name < at; name++)
        h = h * 31 + (unsigned char)*name;
    return (uint8_t)(h % LESSON_FOLDS);
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

void
gather_set(const struct gathering *g, struct lesson *lesson,
           const char *argument, uint8_t set)
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
                              .is_made = g->made,
                              .weight = weight,
                              .fold = fold_of(pages.names[i], number),
                              .set = set};

        n = document_pages[number % DOCUMENT_PAGES];
        if (n > pages.count - i)
            n = pages.count - i;
        /* Where the engine says how sure it was, also without: so one forest
         * learns both. */
        for (hears = false;; hears = true) {
            if (!read_pages(&g->parts, result, &pages, i, i + n, 1, hears,
                            &watch))
                break;
            for (copy = 0; copy < SPARSE_COPIES; copy++)
                read_pages(&g->parts, result, &pages, i, i + n,
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
    for (i = 0; !(gathered && seed % GATHERED == 2) && i < truth.length &&
                document.count < STRETCHES;
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

/* Clean text, as it is and with noise, in pages of several sizes: a sentence
 * says less about its engine than a book. */
static const size_t clean_pages[] = {200,  5000, 500,  3000,
                                     1200, 9000, 2000, 40000};
#define CLEAN_PAGES (sizeof clean_pages / sizeof *clean_pages)

/* Of each size there are as many pages in every fold and, of a text that is
 * taken half a time with noise, in either half.  No two are of one engine. */
void
gather_part(const struct gathering *g, size_t at, struct lesson *lesson)
{
    const struct part *part = &g->parts.list[at];
    size_t length = part->length, i = 0, number = 0;
    const char *text = part->text;
    unfix_context *context = part->context;
    uint64_t seed = (uint64_t)at << 32 ^ (uint64_t)g->seed << 40;
    unfix_result *result;

    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        tool_fail("out of memory", NULL);
    while (i < length) {
        size_t round = number / CLEAN_PAGES;
        struct watch watch = {.lesson = lesson,
                              .weight = 1,
                              .fold = (uint8_t)(round % LESSON_FOLDS),
                              .set = LESSON_SETS};
        size_t copy = (size_t)((double)round * g->copies);
        size_t last = (size_t)((double)(round + 1) * g->copies);
        size_t n = page_length(text + i, length - i,
                               clean_pages[number % CLEAN_PAGES]);

        watch.weight = size_weight(n);
        run_page(context, result, &watch, text + i, n);
        watch.weight = g->noise_weight * size_weight(n);
        for (; copy < last; copy++)
            run_noisy(context, result, &watch, text + i, n, &g->habits, seed++,
                      last - 1 - copy);
        number++;
        i += n;
    }
    unfix_result_free(result);
}

/* In pages of several sizes, and any model's. */
void
gather_untouched(const struct gathering *g, const char *argument, size_t number,
                 bool has_slips, struct lesson *lesson)
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
                              .fold = (uint8_t)(number % LESSON_FOLDS),
                              .has_slips = has_slips,
                              .set = LESSON_SETS};

        n = page_length(text + done, length - done,
                        clean_pages[page % CLEAN_PAGES]);
        watch.weight = weight * size_weight(n);
        run_page(g->parts.list[page % g->parts.count].context, result, &watch,
                 text + done, n);
    }
    free(text);
    unfix_result_free(result);
}

void
gather_open_part(struct gathering *g, char *argument)
{
    struct parts *parts = &g->parts;
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

void
gather_free(struct gathering *g)
{
    size_t i;

    for (i = 0; i < g->parts.count; i++) {
        struct part *part = &g->parts.list[i];

        unfix_context_free(part->context);
        unfix_model_release(part->model);
        counter_free(&part->paragraphs);
        free(part->text);
    }
    noise_habits_free(&g->habits);
}
