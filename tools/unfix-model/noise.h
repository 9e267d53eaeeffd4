/* SPDX-License-Identifier: MPL-2.0 */
/* Pages of engines that nobody has seen: clean text misread by rule. */
#ifndef UNFIX_MODEL_NOISE_H
#define UNFIX_MODEL_NOISE_H

#include "base/buffer.h"
#include "lang/rules.h"

/* Appends `text` as some engine would have read it.  The seed decides which:
 * how it treats accents (each scan has a regime of its own), how often it
 * misreads letters and which ones, whether it loses or adds blanks and specks,
 * where lines break.  The same seed gives the same page. */
void noise_page(struct ufx_buffer *out, const char *text, size_t length,
                const struct ufx_rules *rules, uint64_t seed);

/* Appends `text`, paragraphs by line, as some printers set it: titles and first
 * words in capitals, mostly without accents. */
void noise_titles(struct ufx_buffer *out, const char *text, size_t length,
                  uint64_t seed);

#endif
