/* SPDX-License-Identifier: MPL-2.0 */
/* How near a text is to the ground truth, and what a repair did to it. */
#ifndef UFX_MODEL_METRICS_H
#define UFX_MODEL_METRICS_H

#include "align.h"

/* From `start` up to but without `end`; code points of a folded text. */
struct ufx_metrics_span {
    size_t start;
    size_t end;
};

/* A text made ready for comparing: in NFC, quotes, dashes and the degree sign
 * folded, soft hyphens and byte order marks left out, every run of white space
 * one blank, none at the ends. */
struct ufx_metrics_text {
    uint32_t *chars;
    size_t *sources; /* length + 1: the byte each char began at; the last one
                        is the length in bytes */
    size_t length;
    struct ufx_metrics_span *words; /* what stands between blanks */
    size_t word_count;
};

/* Signs that engines and editors use for each other count as one; 0 is for
 * those that do not count. */
uint32_t ufx_metrics_fold(uint32_t cp);

/* `bytes` is borrowed for the call; a byte that is not valid UTF-8 is a
 * character of its own (UFX_CHAR_OPAQUE).  Fails with MEMORY, EXTERNAL; *text
 * is empty then.  Either way it goes to ufx_metrics_text_free. */
unfix_status ufx_metrics_text_init(struct ufx_metrics_text *text,
                                   const char *bytes, size_t length);
void ufx_metrics_text_free(struct ufx_metrics_text *text);

/* What a change did, worst first. */
enum ufx_metrics_effect {
    UFX_METRICS_HARM,   /* farther from the ground truth than before */
    UFX_METRICS_SAME,   /* as far */
    UFX_METRICS_BETTER, /* nearer */
    UFX_METRICS_EXACT   /* the place reads as the ground truth does */
};

/* One place where the output differs from the OCR text, in whole words. */
struct ufx_metrics_edit {
    enum ufx_metrics_effect effect;
    struct ufx_metrics_span ocr;
    struct ufx_metrics_span gt;
    struct ufx_metrics_span out;
};

/* Counts over any number of pages.  Errors are Levenshtein distances to the
 * ground truth, of the OCR text (before) and of the output (after). */
struct ufx_metrics_counts {
    size_t chars; /* of the ground truth */
    size_t chars_before;
    size_t chars_after;
    size_t words;
    size_t words_before;
    size_t words_after;
    size_t bare; /* words without the marks at their edges */
    size_t bare_before;
    size_t bare_after;
    size_t edits;
    size_t exact;
    size_t better; /* exact ones included */
    size_t harm;
    size_t clean_words; /* given as input and right */
    size_t clean_changed;
};

/* Adds one page to *counts.  `clean` is what the repairer made of the ground
 * truth itself; NULL leaves that part out.  The page's edits go to *edits and
 * then to free(); both may be NULL.  Fails with MEMORY, LIMIT. */
unfix_status ufx_metrics_count(const struct ufx_metrics_text *ocr,
                               const struct ufx_metrics_text *gt,
                               const struct ufx_metrics_text *out,
                               const struct ufx_metrics_text *clean,
                               struct ufx_metrics_counts *counts,
                               struct ufx_metrics_edit **edits,
                               size_t *edit_count);

void ufx_metrics_counts_add(struct ufx_metrics_counts *to,
                            const struct ufx_metrics_counts *from);

/* Which characters of an OCR text are which of its ground truth.  Borrows the
 * two texts. */
struct ufx_metrics_alignment {
    const struct ufx_metrics_text *ocr;
    const struct ufx_metrics_text *gt;
    struct ufx_align_pair *pairs;
    size_t count;
};

/* Fails with MEMORY, LIMIT; nothing is to be freed then. */
unfix_status ufx_metrics_align(const struct ufx_metrics_text *ocr,
                               const struct ufx_metrics_text *gt,
                               struct ufx_metrics_alignment *alignment);
void ufx_metrics_alignment_free(struct ufx_metrics_alignment *alignment);

/* What one correction alone would do to the OCR text: replaces `length` bytes
 * at `offset`, as given to ufx_metrics_text_init.
 *
 * The place in the ground truth is what stands between the matched characters
 * next to the span on either side, so that what the engine lost beside the
 * span belongs to it.  Where the neighbour itself is misread, the place is
 * widened up to the next match, with and without the correction alike.
 * Fails with MEMORY, LIMIT, EXTERNAL. */
unfix_status
ufx_metrics_judge_correction(const struct ufx_metrics_alignment *alignment,
                             size_t offset, size_t length,
                             const char *replacement, size_t replacement_length,
                             enum ufx_metrics_effect *effect);

/* Where in the ground truth, in bytes, the `length` bytes at `offset` of the
 * OCR text are. */
size_t ufx_metrics_place(const struct ufx_metrics_alignment *alignment,
                         size_t offset, size_t length);

#endif
