/* SPDX-License-Identifier: MPL-2.0 */
/* Pages of engines that nobody has seen: clean text misread by rule. */
#ifndef UNFIX_MODEL_NOISE_H
#define UNFIX_MODEL_NOISE_H

#include "base/buffer.h"
#include "lang/rules.h"

/* What is no UTF-8 is left out by all. */

/* Appends `text` as some engine would have read it.  The seed decides which:
 * how it treats accents (each scan has a regime of its own), how often it
 * misreads letters and which ones, whether it loses or adds blanks and specks,
 * where lines break.  The same seed gives the same engine, the same seed and
 * place the same page. */
void noise_page(struct ufx_buffer *out, const char *text, size_t length,
                const struct ufx_rules *rules, uint64_t seed, uint64_t place);

/* Appends `text` with a share of its characters damaged one by one: misread,
 * lost, doubled, parted by blanks and lines, with odd signs and typed forms in
 * between.  The share is drawn between the two, 0 to 1.  The same seed gives
 * the same. */
void noise_rate(struct ufx_buffer *out, const char *text, size_t length,
                const struct ufx_rules *rules, double least, double most,
                uint64_t seed);

/* Appends `text` with letters misread here and there, one in 1 / rate and more
 * of those with accents, each by another engine's rule. */
void noise_letters(struct ufx_buffer *out, const char *text, size_t length,
                   const struct ufx_rules *rules, double rate, uint64_t seed);

/* Appends `text`, paragraphs by line, as some printers set it: titles and first
 * words in capitals, mostly without accents. */
void noise_titles(struct ufx_buffer *out, const char *text, size_t length,
                  uint64_t seed);

/* Appends `text` in capitals; bare: without accents. */
void noise_capitals(struct ufx_buffer *out, const char *text, size_t length,
                    bool bare);

/* What some real document has for what it means, and how often there. */
#define NOISE_HABIT_CHARS 8

struct noise_habit {
    size_t document;
    uint32_t meant[NOISE_HABIT_CHARS]; /* nothing: before any character */
    uint32_t read[NOISE_HABIT_CHARS];
    size_t meant_length;
    size_t read_length;
    double rate;
};

struct noise_habits {
    struct noise_habit *list;
    size_t count;
    size_t documents;
};

/* DOCUMENT <tab> MEANT <tab> READ <tab> RATE, a document's lines together; "\n"
 * stands for a line's end. */
void noise_habits_read(struct noise_habits *habits, const char *path);
void noise_habits_free(struct noise_habits *habits);

/* Appends `text` as the engine of one of these documents would have read it;
 * the seed decides which, and with the place how. */
void noise_by_habits(struct ufx_buffer *out, const char *text, size_t length,
                     const struct noise_habits *habits, uint64_t seed,
                     uint64_t place);

#endif
