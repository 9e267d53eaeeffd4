/* SPDX-License-Identifier: MPL-2.0 */
#include "metrics.h"

#include "base/buffer.h"
#include "text/chars.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- Folding ------------------------------------------------------------ */

/* Characters on their way into a ufx_metrics_text. */
struct folder {
    uint32_t *chars;
    size_t *sources;
    size_t length;
};

uint32_t
ufx_metrics_fold(uint32_t cp)
{
    switch (cp) {
    case 0x201C: /* quotation marks */
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
        return '"';
    case 0x2018: /* apostrophes and stray accents */
    case 0x2019:
    case 0xB4:
    case '`':
        return '\'';
    case 0x2013: /* dashes, hyphens, minus */
    case 0x2014:
    case 0x2010:
    case 0x2011:
    case 0x2212:
        return '-';
    case 0xB0: /* degree sign for masculine ordinal */
        return 0xBA;
    case 0xAD: /* soft hyphen */
    case 0xFEFF:
        return 0;
    default:
        return ufx_char_is_blank(cp) ? ' ' : cp;
    }
}

static void
fold_push(struct folder *folder, uint32_t cp, size_t source)
{
    uint32_t folded = ufx_metrics_fold(cp);
    if (folded == 0 && cp != 0)
        return;
    if (folded == ' ' && folder->length != 0 &&
        folder->chars[folder->length - 1] == ' ')
        return;
    folder->chars[folder->length] = folded;
    folder->sources[folder->length++] = source;
}

/* Room for one character for each byte, and one more.  NFC never has more
 * characters than its source has bytes: those that it takes apart have at
 * least as many bytes as parts (U+0344, U+FB2C). */
static unfix_status
folder_init(struct folder *folder, size_t bytes)
{
    *folder = (struct folder){0};
    if (bytes >= SIZE_MAX / sizeof *folder->sources)
        return UNFIX_ERROR_LIMIT;
    folder->chars = malloc((bytes + 1) * sizeof *folder->chars);
    folder->sources = malloc((bytes + 1) * sizeof *folder->sources);
    if (folder->chars == NULL || folder->sources == NULL)
        return UNFIX_ERROR_MEMORY;
    return UNFIX_OK;
}

static void
folder_free(struct folder *folder)
{
    free(folder->chars);
    free(folder->sources);
}

/* Folds one piece whose composed form is `nfc`.  Where composing has changed
 * it, the changed part as a whole has the place of its first byte. */
static void
fold_piece(struct folder *folder, const char *piece, size_t length,
           size_t source, const struct ufx_buffer *nfc)
{
    size_t prefix = 0;
    size_t suffix = 0;
    size_t size;
    for (size_t i = 0; i < nfc->length; i += size) {
        size_t rest = nfc->length - i;
        uint32_t cp = ufx_text_decode(nfc->data + i, rest, &size);
        if (i == prefix && i + size <= length &&
            memcmp(piece + i, nfc->data + i, size) == 0)
            prefix += size;
        else if (suffix == 0 && rest <= length - prefix &&
                 memcmp(piece + length - rest, nfc->data + i, rest) == 0)
            suffix = rest;
        size_t place = i < prefix ? i : suffix != 0 ? length - rest : prefix;
        fold_push(folder, cp, source + place);
    }
}

/* Composes piece by piece, so that each character knows its byte: a piece
 * begins at an ASCII character, which never composes with what is before it
 * (UAX #15). */
static unfix_status
fold_bytes(struct folder *folder, const char *bytes, size_t length)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer nfc;
    unfix_status status = UNFIX_OK;
    ufx_buffer_init(&nfc, &memory);
    for (size_t start = 0, end; start < length; start = end) {
        end = start + 1;
        while (end < length && (unsigned char)bytes[end] >= 0x80)
            end++;
        if (end == start + 1 && (unsigned char)bytes[start] < 0x80) {
            fold_push(folder, (unsigned char)bytes[start], start);
            continue;
        }
        ufx_buffer_clear(&nfc);
        status = ufx_text_nfc(bytes + start, end - start, &nfc);
        if (status != UNFIX_OK)
            break;
        fold_piece(folder, bytes + start, end - start, start, &nfc);
    }
    ufx_buffer_free(&nfc);
    return status;
}

static unfix_status
find_words(struct ufx_metrics_text *text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < text->length; i++)
        blanks += text->chars[i] == ' ';
    text->words = malloc((blanks + 1) * sizeof *text->words);
    if (text->words == NULL)
        return UNFIX_ERROR_MEMORY;
    for (size_t i = 0, start = 0; i <= text->length; i++) {
        if (i < text->length && text->chars[i] != ' ')
            continue;
        if (i > start)
            text->words[text->word_count++] =
                (struct ufx_metrics_span){start, i};
        start = i + 1;
    }
    return UNFIX_OK;
}

unfix_status
ufx_metrics_text_init(struct ufx_metrics_text *text, const char *bytes,
                      size_t length)
{
    struct folder folder;
    *text = (struct ufx_metrics_text){0};
    unfix_status status = folder_init(&folder, length);
    if (status == UNFIX_OK)
        status = fold_bytes(&folder, bytes, length);
    if (status != UNFIX_OK) {
        folder_free(&folder);
        return status;
    }
    if (folder.length != 0 && folder.chars[0] == ' ') {
        folder.length--;
        memmove(folder.chars, folder.chars + 1,
                folder.length * sizeof *folder.chars);
        memmove(folder.sources, folder.sources + 1,
                folder.length * sizeof *folder.sources);
    }
    if (folder.length != 0 && folder.chars[folder.length - 1] == ' ')
        folder.length--;
    folder.sources[folder.length] = length;
    text->chars = folder.chars;
    text->sources = folder.sources;
    text->length = folder.length;
    status = find_words(text);
    if (status != UNFIX_OK)
        ufx_metrics_text_free(text);
    return status;
}

void
ufx_metrics_text_free(struct ufx_metrics_text *text)
{
    free(text->chars);
    free(text->sources);
    free(text->words);
    *text = (struct ufx_metrics_text){0};
}

/* ---- Words as numbers ---------------------------------------------------- */

/* A set of words; its slots' numbers stand for them. */
struct lexicon {
    struct entry {
        const uint32_t *chars; /* NULL: free */
        size_t length;
    } * entries;
    size_t mask;
};

static unfix_status
lexicon_init(struct lexicon *lexicon, size_t words)
{
    size_t slots = 2;
    *lexicon = (struct lexicon){0};
    if (words > UINT32_MAX / 4)
        return UNFIX_ERROR_LIMIT;
    while (slots < 2 * words)
        slots *= 2;
    lexicon->mask = slots - 1;
    lexicon->entries = calloc(slots, sizeof *lexicon->entries);
    return lexicon->entries == NULL ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

static uint32_t
lexicon_number(struct lexicon *lexicon, const uint32_t *chars, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ chars[i]) * UINT64_C(1099511628211);
    size_t slot = (size_t)(hash ^ hash >> 32) & lexicon->mask;
    for (;; slot = (slot + 1) & lexicon->mask) {
        struct entry *entry = &lexicon->entries[slot];
        if (entry->chars == NULL) {
            *entry = (struct entry){chars, length};
            break;
        }
        if (entry->length == length &&
            memcmp(entry->chars, chars, length * sizeof *chars) == 0)
            break;
    }
    return (uint32_t)slot;
}

/* A page's words, as they are and bare, as numbers. */
struct numbered {
    const struct ufx_metrics_text *text;
    uint32_t *words; /* text->word_count of them */
    uint32_t *bare;
    size_t bare_count;
};

/* The word without the marks at its edges; empty if it is nothing else. */
static struct ufx_metrics_span
bare_word(const struct ufx_metrics_text *text, struct ufx_metrics_span word)
{
    while (word.start < word.end && !ufx_char_is_alnum(text->chars[word.start]))
        word.start++;
    while (word.end > word.start &&
           !ufx_char_is_alnum(text->chars[word.end - 1]))
        word.end--;
    return word;
}

static unfix_status
number_words(struct numbered *numbered, const struct ufx_metrics_text *text,
             struct lexicon *lexicon)
{
    *numbered = (struct numbered){.text = text};
    numbered->words =
        malloc((text->word_count + 1) * 2 * sizeof *numbered->words);
    if (numbered->words == NULL)
        return UNFIX_ERROR_MEMORY;
    numbered->bare = numbered->words + text->word_count;
    for (size_t i = 0; i < text->word_count; i++) {
        struct ufx_metrics_span word = text->words[i];
        numbered->words[i] = lexicon_number(lexicon, text->chars + word.start,
                                            word.end - word.start);
        word = bare_word(text, word);
        if (word.start < word.end)
            numbered->bare[numbered->bare_count++] = lexicon_number(
                lexicon, text->chars + word.start, word.end - word.start);
    }
    return UNFIX_OK;
}

/* ---- Blocks -------------------------------------------------------------- */

/* A maximal run of differing words: [a1, a2) of one text stands where
 * [b1, b2) of the other does. */
struct block {
    size_t a1, a2, b1, b2;
};

struct blocks {
    struct block *items;
    size_t count;
};

static unfix_status
find_blocks(const struct numbered *a, const struct numbered *b,
            struct blocks *blocks)
{
    struct ufx_align_pair *pairs;
    size_t count;
    size_t a_next = 0;
    size_t b_next = 0;
    unfix_status status =
        ufx_align_match(a->words, a->text->word_count, b->words,
                        b->text->word_count, &pairs, &count);
    if (status != UNFIX_OK)
        return status;
    blocks->items = malloc((count + 1) * sizeof *blocks->items);
    if (blocks->items == NULL) {
        free(pairs);
        return UNFIX_ERROR_MEMORY;
    }
    for (size_t n = 0; n <= count; n++) {
        struct ufx_align_pair pair = {a->text->word_count, b->text->word_count};
        if (n < count)
            pair = pairs[n];
        if (pair.a > a_next || pair.b > b_next)
            blocks->items[blocks->count++] =
                (struct block){a_next, pair.a, b_next, pair.b};
        a_next = pair.a + 1;
        b_next = pair.b + 1;
    }
    free(pairs);
    return UNFIX_OK;
}

/* A block without words in a[] touches a span at either end of it; others
 * only where they share a word, but for an empty span. */
static bool
touches(const struct block *block, struct ufx_metrics_span span)
{
    bool loose = block->a1 == block->a2 || span.start == span.end;
    return block->a1 <= span.end && block->a2 >= span.start &&
           (block->a1 < span.end || loose) && (block->a2 > span.start || loose);
}

/* Where position i of a[] is in b[].  At a block without words in a[], `end`
 * tells whether what it inserts is before the place. */
static size_t
to_other(const struct blocks *blocks, size_t i, bool end)
{
    size_t place = i;
    for (size_t n = 0; n < blocks->count; n++) {
        const struct block *block = &blocks->items[n];
        if (!end && block->a1 == i && block->a2 == i)
            continue;
        if (block->a2 <= i)
            place = i - block->a2 + block->b2;
    }
    return place;
}

/* Grows *span to whole blocks and returns what stands there in b[]. */
static struct ufx_metrics_span
project(const struct blocks *blocks, struct ufx_metrics_span *span)
{
    struct ufx_metrics_span given = *span;
    for (size_t n = 0; n < blocks->count; n++) {
        const struct block *block = &blocks->items[n];
        if (!touches(block, given))
            continue;
        if (block->a1 < span->start)
            span->start = block->a1;
        if (block->a2 > span->end)
            span->end = block->a2;
    }
    return (struct ufx_metrics_span){to_other(blocks, span->start, false),
                                     to_other(blocks, span->end, true)};
}

/* ---- Edits --------------------------------------------------------------- */

/* From words to characters, the blanks between the words included. */
static struct ufx_metrics_span
span_of_words(const struct ufx_metrics_text *text,
              struct ufx_metrics_span words)
{
    if (words.end > text->word_count)
        words.end = text->word_count;
    if (words.start >= words.end)
        return (struct ufx_metrics_span){0, 0};
    return (struct ufx_metrics_span){text->words[words.start].start,
                                     text->words[words.end - 1].end};
}

static unfix_status
span_distance(const struct ufx_metrics_text *a, struct ufx_metrics_span a_span,
              const struct ufx_metrics_text *b, struct ufx_metrics_span b_span,
              size_t *distance)
{
    return ufx_align_distance(
        a->chars + a_span.start, a_span.end - a_span.start,
        b->chars + b_span.start, b_span.end - b_span.start, distance);
}

static enum ufx_metrics_effect
effect_of(size_t before, size_t after)
{
    if (after == 0 && before != 0)
        return UFX_METRICS_EXACT;
    if (after < before)
        return UFX_METRICS_BETTER;
    return after > before ? UFX_METRICS_HARM : UFX_METRICS_SAME;
}

/* An edit is judged on the smallest place around it that is whole blocks in
 * both the ground truth and the output. */
static struct ufx_metrics_edit
place_edit(const struct blocks *to_gt, const struct blocks *to_out,
           struct ufx_metrics_span span)
{
    struct ufx_metrics_edit edit = {.ocr = span};
    for (;;) {
        struct ufx_metrics_span grown = edit.ocr;
        edit.gt = project(to_gt, &grown);
        edit.out = project(to_out, &grown);
        if (grown.start == edit.ocr.start && grown.end == edit.ocr.end)
            return edit;
        edit.ocr = grown;
    }
}

/* The distinct edits of a page, in `edits`, which has room for all. */
static unfix_status
judge_edits(const struct ufx_metrics_text *ocr,
            const struct ufx_metrics_text *gt,
            const struct ufx_metrics_text *out, const struct blocks *to_gt,
            const struct blocks *to_out, struct ufx_metrics_edit *edits,
            size_t *count)
{
    struct ufx_metrics_span seen = {SIZE_MAX, SIZE_MAX};
    *count = 0;
    for (size_t n = 0; n < to_out->count; n++) {
        struct ufx_metrics_span span = {to_out->items[n].a1,
                                        to_out->items[n].a2};
        struct ufx_metrics_edit edit = place_edit(to_gt, to_out, span);
        if (edit.ocr.start == seen.start && edit.ocr.end == seen.end)
            continue;
        seen = edit.ocr;
        edit.ocr = span_of_words(ocr, edit.ocr);
        edit.gt = span_of_words(gt, edit.gt);
        edit.out = span_of_words(out, edit.out);
        size_t before, after;
        unfix_status status =
            span_distance(ocr, edit.ocr, gt, edit.gt, &before);
        if (status == UNFIX_OK)
            status = span_distance(out, edit.out, gt, edit.gt, &after);
        if (status != UNFIX_OK)
            return status;
        edit.effect = effect_of(before, after);
        edits[(*count)++] = edit;
    }
    return UNFIX_OK;
}

static unfix_status
find_edits(const struct numbered *ocr, const struct numbered *gt,
           const struct numbered *out, struct ufx_metrics_edit **edits,
           size_t *count)
{
    struct blocks to_gt = {0};
    struct blocks to_out = {0};
    *edits = NULL;
    unfix_status status = find_blocks(ocr, gt, &to_gt);
    if (status == UNFIX_OK)
        status = find_blocks(ocr, out, &to_out);
    if (status != UNFIX_OK)
        goto done;
    *edits = malloc((to_out.count + 1) * sizeof **edits);
    if (*edits == NULL) {
        status = UNFIX_ERROR_MEMORY;
        goto done;
    }
    status = judge_edits(ocr->text, gt->text, out->text, &to_gt, &to_out,
                         *edits, count);
    if (status != UNFIX_OK) {
        free(*edits);
        *edits = NULL;
    }
done:
    free(to_gt.items);
    free(to_out.items);
    return status;
}

/* ---- Counts -------------------------------------------------------------- */

static void
count_edits(const struct ufx_metrics_edit *edits, size_t count,
            struct ufx_metrics_counts *page)
{
    page->edits = count;
    for (size_t n = 0; n < count; n++) {
        page->exact += edits[n].effect == UFX_METRICS_EXACT;
        page->better += edits[n].effect >= UFX_METRICS_BETTER;
        page->harm += edits[n].effect == UFX_METRICS_HARM;
    }
}

static unfix_status
count_errors(const struct numbered *gt, const struct numbered *other,
             size_t *chars, size_t *words, size_t *bare)
{
    const struct ufx_metrics_text *a = gt->text;
    const struct ufx_metrics_text *b = other->text;
    unfix_status status =
        ufx_align_distance(a->chars, a->length, b->chars, b->length, chars);
    if (status == UNFIX_OK)
        status = ufx_align_distance(gt->words, a->word_count, other->words,
                                    b->word_count, words);
    if (status == UNFIX_OK)
        status = ufx_align_distance(gt->bare, gt->bare_count, other->bare,
                                    other->bare_count, bare);
    return status;
}

static unfix_status
count_clean(const struct numbered *gt, const struct numbered *clean,
            struct ufx_metrics_counts *page)
{
    struct blocks blocks = {0};
    unfix_status status = find_blocks(gt, clean, &blocks);
    if (status != UNFIX_OK)
        return status;
    page->clean_words = gt->text->word_count;
    for (size_t n = 0; n < blocks.count; n++) {
        const struct block *block = &blocks.items[n];
        size_t before = block->a2 - block->a1;
        size_t after = block->b2 - block->b1;
        page->clean_changed += before > after ? before : after;
    }
    free(blocks.items);
    return UNFIX_OK;
}

static unfix_status
count_page(const struct numbered *ocr, const struct numbered *gt,
           const struct numbered *out, const struct numbered *clean,
           struct ufx_metrics_counts *page, struct ufx_metrics_edit **edits)
{
    page->chars = gt->text->length;
    page->words = gt->text->word_count;
    page->bare = gt->bare_count;
    unfix_status status = count_errors(gt, ocr, &page->chars_before,
                                       &page->words_before, &page->bare_before);
    if (status == UNFIX_OK)
        status = count_errors(gt, out, &page->chars_after, &page->words_after,
                              &page->bare_after);
    if (status == UNFIX_OK && clean != NULL)
        status = count_clean(gt, clean, page);
    if (status != UNFIX_OK)
        return status;
    size_t count;
    status = find_edits(ocr, gt, out, edits, &count);
    if (status == UNFIX_OK)
        count_edits(*edits, count, page);
    return status;
}

unfix_status
ufx_metrics_count(const struct ufx_metrics_text *ocr,
                  const struct ufx_metrics_text *gt,
                  const struct ufx_metrics_text *out,
                  const struct ufx_metrics_text *clean,
                  struct ufx_metrics_counts *counts,
                  struct ufx_metrics_edit **edits, size_t *edit_count)
{
    const struct ufx_metrics_text *texts[] = {ocr, gt, out, clean};
    size_t text_count = clean == NULL ? 3 : 4;
    struct numbered numbered[4] = {0};
    struct lexicon lexicon;
    struct ufx_metrics_counts page = {0};
    struct ufx_metrics_edit *found = NULL;
    size_t words = 0;
    for (size_t n = 0; n < text_count; n++)
        words += 2 * texts[n]->word_count;
    unfix_status status = lexicon_init(&lexicon, words);
    for (size_t n = 0; n < text_count && status == UNFIX_OK; n++)
        status = number_words(&numbered[n], texts[n], &lexicon);
    if (status == UNFIX_OK)
        status = count_page(&numbered[0], &numbered[1], &numbered[2],
                            clean == NULL ? NULL : &numbered[3], &page, &found);
    free(lexicon.entries);
    for (size_t n = 0; n < text_count; n++)
        free(numbered[n].words);
    if (status != UNFIX_OK)
        return status;
    ufx_metrics_counts_add(counts, &page);
    if (edit_count != NULL)
        *edit_count = page.edits;
    if (edits != NULL)
        *edits = found;
    else
        free(found);
    return UNFIX_OK;
}

void
ufx_metrics_counts_add(struct ufx_metrics_counts *to,
                       const struct ufx_metrics_counts *from)
{
    to->chars += from->chars;
    to->chars_before += from->chars_before;
    to->chars_after += from->chars_after;
    to->words += from->words;
    to->words_before += from->words_before;
    to->words_after += from->words_after;
    to->bare += from->bare;
    to->bare_before += from->bare_before;
    to->bare_after += from->bare_after;
    to->edits += from->edits;
    to->exact += from->exact;
    to->better += from->better;
    to->harm += from->harm;
    to->clean_words += from->clean_words;
    to->clean_changed += from->clean_changed;
}

/* ---- Single corrections -------------------------------------------------- */

unfix_status
ufx_metrics_align(const struct ufx_metrics_text *ocr,
                  const struct ufx_metrics_text *gt,
                  struct ufx_metrics_alignment *alignment)
{
    alignment->ocr = ocr;
    alignment->gt = gt;
    return ufx_align_match(ocr->chars, ocr->length, gt->chars, gt->length,
                           &alignment->pairs, &alignment->count);
}

void
ufx_metrics_alignment_free(struct ufx_metrics_alignment *alignment)
{
    free(alignment->pairs);
    alignment->pairs = NULL;
    alignment->count = 0;
}

/* The first character that begins at byte `offset` or later. */
static size_t
char_at(const struct ufx_metrics_text *text, size_t offset)
{
    size_t low = 0;
    size_t high = text->length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->sources[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The characters of a span of bytes.  A blank that stands for several bytes is
 * in it only if the last of them is: what is left of it is still a blank. */
static struct ufx_metrics_span
span_of_bytes(const struct ufx_metrics_text *text, size_t offset, size_t length)
{
    struct ufx_metrics_span span = {char_at(text, offset),
                                    char_at(text, offset + length)};
    if (span.end > span.start && text->chars[span.end - 1] == ' ' &&
        text->sources[span.end] > offset + length)
        span.end--;
    return span;
}

/* The first pair whose character of the OCR text is `i` or later. */
static size_t
pair_at(const struct ufx_metrics_alignment *alignment, size_t i)
{
    size_t low = 0;
    size_t high = alignment->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (alignment->pairs[middle].a < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A span of the OCR text between two matches, the matches included, and what
 * the ground truth has there.  They are included because a blank among them
 * may swallow one at the edge of a replacement. */
struct place {
    struct ufx_metrics_span ocr;
    struct ufx_metrics_span gt;
};

static struct place
find_place(const struct ufx_metrics_alignment *alignment,
           struct ufx_metrics_span span)
{
    struct place place = {{0, alignment->ocr->length},
                          {0, alignment->gt->length}};
    size_t left = pair_at(alignment, span.start);
    size_t right = pair_at(alignment, span.end);
    if (left > 0) {
        place.ocr.start = alignment->pairs[left - 1].a;
        place.gt.start = alignment->pairs[left - 1].b;
    }
    if (right < alignment->count) {
        place.ocr.end = alignment->pairs[right].a + 1;
        place.gt.end = alignment->pairs[right].b + 1;
    }
    return place;
}

/* The place as it reads with the correction. */
static unfix_status
fold_corrected(struct folder *folder, const struct ufx_metrics_text *ocr,
               struct ufx_metrics_span place, struct ufx_metrics_span span,
               const char *replacement, size_t length)
{
    for (size_t i = place.start; i < span.start; i++)
        fold_push(folder, ocr->chars[i], 0);
    unfix_status status = fold_bytes(folder, replacement, length);
    if (status != UNFIX_OK)
        return status;
    for (size_t i = span.end; i < place.end; i++)
        fold_push(folder, ocr->chars[i], 0);
    /* At the ends of the text blanks do not count. */
    if (place.end == ocr->length && folder->length != 0 &&
        folder->chars[folder->length - 1] == ' ')
        folder->length--;
    if (place.start == 0 && folder->length != 0 && folder->chars[0] == ' ')
        memmove(folder->chars, folder->chars + 1,
                --folder->length * sizeof *folder->chars);
    return UNFIX_OK;
}

unfix_status
ufx_metrics_judge_correction(const struct ufx_metrics_alignment *alignment,
                             size_t offset, size_t length,
                             const char *replacement, size_t replacement_length,
                             enum ufx_metrics_effect *effect)
{
    const struct ufx_metrics_text *ocr = alignment->ocr;
    const struct ufx_metrics_text *gt = alignment->gt;
    struct ufx_metrics_span span = span_of_bytes(ocr, offset, length);
    struct place place = find_place(alignment, span);
    struct folder folder;
    size_t before, after;
    unfix_status status = folder_init(&folder, place.ocr.end - place.ocr.start +
                                                   replacement_length);
    if (status == UNFIX_OK)
        status = fold_corrected(&folder, ocr, place.ocr, span, replacement,
                                replacement_length);
    if (status == UNFIX_OK)
        status = span_distance(ocr, place.ocr, gt, place.gt, &before);
    if (status == UNFIX_OK)
        status = ufx_align_distance(folder.chars, folder.length,
                                    gt->chars + place.gt.start,
                                    place.gt.end - place.gt.start, &after);
    if (status == UNFIX_OK)
        *effect = effect_of(before, after);
    folder_free(&folder);
    return status;
}

size_t
ufx_metrics_place(const struct ufx_metrics_alignment *alignment, size_t offset,
                  size_t length)
{
    struct ufx_metrics_span span =
        span_of_bytes(alignment->ocr, offset, length);

    return alignment->gt->sources[find_place(alignment, span).gt.start];
}
