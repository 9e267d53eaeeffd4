/* SPDX-License-Identifier: MPL-2.0 */
/* The image, with the rivals of usual words that it finds itself. */
#include "build.h"
#include "replace.h"
#include "table.h"

#include "base/limits.h"
#include "base/sort.h"
#include "lang/image.h"
#include "lang/model.h"
#include "normalize/candidates.h"
#include "normalize/rivals.h"
#include "text/chars.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rivals of words that cost no more are kept, 42,000 of them: with half as
 * many pages take 1 % more instructions, with nearly twice as many 0.5 % less.
 * Of words with a capital 8,400 (with nearly twice as many right pages take 1 %
 * less), which each has at least once in SENTENCE_WORDS.  And bytes of a text
 * that allows any of these searches. */
#define RIVALS_COST 15000
#define CAPITALS_COST 14000
#define SENTENCE_WORDS 25
#define RIVALS_ROOM 65536

struct section_data {
    const void *data;
    size_t size;
};

static void
put_padding(struct ufx_buffer *image, uint64_t to)
{
    while (image->length < to)
        ufx_buffer_append_byte(image, 0);
}

static void
make_image(const struct building *b, const char *language, const char *version,
           struct ufx_buffer *image)
{
    const struct ufx_lexicon *lexicon = &b->lexicon.view;
    struct ufx_image_header header = {0};
    struct ufx_image_section sections[UFX_SECTION_COUNT] = {0};
    char meta[128] = {0};
    int n = snprintf(meta, sizeof meta, "%s%c%s%c%.*s", language, 0, version, 0,
                     (int)b->usual.count, (const char *)b->usual.letters);
    struct section_data data[UFX_SECTION_COUNT] = {
        {meta, (size_t)n + 1},
        {lexicon->arcs, lexicon->arc_count * sizeof *lexicon->arcs},
        {b->unigrams,
         (lexicon->word_count + UFX_PIECE_CLASSES) * sizeof *b->unigrams},
        {b->bigrams, (size_t)b->bigram_buckets * UFX_BUCKET_BYTES},
        {b->trigrams, (size_t)b->trigram_buckets * UFX_BUCKET_BYTES},
        {b->rules, b->rule_count * sizeof *b->rules},
        {b->marks, b->mark_count * sizeof *b->marks},
        {b->forest.data, b->forest.length},
        {b->forms, b->form_count * sizeof *b->forms},
        {b->families,
         (lexicon->word_count + UFX_PIECE_CLASSES) * sizeof *b->families},
        {b->affinity, UFX_FAMILIES * UFX_FAMILIES},
        {b->contexts, UFX_LETTER_CONTEXTS * sizeof *b->contexts},
        {b->letters, b->letter_rows * sizeof *b->letters},
        {b->ways.ways, b->ways.way_count * sizeof *b->ways.ways},
        {b->ways.rows, b->ways.row_count * sizeof *b->ways.rows},
        {b->ways.triggers,
         b->ways.triggers == NULL ? 0 : (size_t)2 * UFX_WAY_BITMAP},
        {b->ways.counts, b->ways.count_count * sizeof *b->ways.counts},
        {b->kinds, b->kind_count * sizeof *b->kinds},
        {b->kind_names.data, b->kind_names.length},
        {b->patterns, b->pattern_count * sizeof *b->patterns},
        {b->rivals, b->rival_count * sizeof *b->rivals},
        {b->readings.data, b->readings.length}};
    uint64_t offset = sizeof header + sizeof sections;
    size_t i;

    memcpy(header.magic, UFX_IMAGE_MAGIC, sizeof header.magic);
    header.version = UFX_IMAGE_VERSION;
    header.endian = UFX_IMAGE_ENDIAN;
    header.section_count = UFX_SECTION_COUNT;
    header.root = lexicon->root;
    header.word_count = lexicon->word_count;
    for (i = 0; i < UFX_SECTION_COUNT; i++) {
        offset =
            (offset + UFX_IMAGE_ALIGN - 1) / UFX_IMAGE_ALIGN * UFX_IMAGE_ALIGN;
        sections[i].offset = offset;
        sections[i].size = data[i].size;
        sections[i].checksum = ufx_image_checksum(data[i].data, data[i].size);
        offset += data[i].size;
    }
    header.size = offset;
    header.checksum = ufx_image_checksum(sections, sizeof sections) ^
                      ufx_image_checksum(&header, sizeof header);
    ufx_buffer_clear(image);
    ufx_buffer_append(image, (const char *)&header, sizeof header);
    ufx_buffer_append(image, (const char *)sections, sizeof sections);
    for (i = 0; i < UFX_SECTION_COUNT; i++) {
        put_padding(image, sections[i].offset);
        ufx_buffer_append(image, data[i].data, data[i].size);
    }
    if (image->failed)
        tool_fail("out of memory", NULL);
}

/* True for a word whose rivals are asked for again and again. */
static bool
is_usual(const struct ufx_word *word)
{
    return (word->flags & (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) != 0 &&
           (word->flags & UFX_WORD_CAPITAL) == 0 &&
           word->cost * UFX_COST_STEP <= RIVALS_COST;
}

/* The same of a word with a capital, which it has at a sentence's beginning if
 * nowhere else. */
static bool
is_usual_capital(const struct ufx_word *word)
{
    double share = word->capital == 255 ? 0 : word->capital / 254.0;

    if ((word->flags & UFX_WORD_CAPITAL) != 0)
        share = 1;
    else if (share < 1.0 / SENTENCE_WORDS)
        share = 1.0 / SENTENCE_WORDS;
    return (word->flags & (UFX_WORD_KNOWN | UFX_WORD_CORPUS)) != 0 &&
           (word->flags & UFX_WORD_ACRONYM) == 0 &&
           word->cost * UFX_COST_STEP - 1000 * log(share) <= CAPITALS_COST;
}

static void
put_rivals(struct building *b, uint32_t word,
           const struct ufx_spelling *spelling,
           const struct ufx_readings *readings)
{
    b->rivals[b->rival_count].word = word;
    b->rivals[b->rival_count].offset = (uint32_t)b->readings.length;
    b->rival_count +=
        ufx_rivals_put(&b->readings, readings,
                       ufx_spelling_result(spelling, UFX_EFFORT_KNOWN)->work);
}

/* What the image that was made so far finds of a word is kept in the next,
 * under that number. */
static void
keep_rivals(struct building *b, const uint32_t *chars, size_t count,
            uint32_t number, const struct ufx_vocabulary *v,
            struct ufx_candidates *candidates)
{
    struct ufx_spelling *spelling;
    struct ufx_readings readings;

    ufx_candidates_start(candidates, RIVALS_ROOM, 0);
    spelling = ufx_candidates_spelling(candidates, chars, count);
    if (spelling != NULL &&
        ufx_candidates_get(candidates, v, spelling, UFX_EFFORT_KNOWN,
                           &readings) == UNFIX_OK)
        put_rivals(b, number, spelling, &readings);
    else
        tool_fail("out of memory", NULL);
}

/* The same of a word as it is, and with a capital. */
static void
keep_both(struct building *b, uint32_t word, const struct ufx_vocabulary *v,
          struct ufx_candidates *candidates)
{
    const struct ufx_lexicon_entry *entry = &b->entries.list[word];
    uint32_t chars[UFX_TOKEN_CHARS], i;

    for (i = 0; i < entry->length; i++)
        chars[i] = ufx_char_of_code(entry->letters[i]);
    if (is_usual(&b->unigrams[word]))
        keep_rivals(b, chars, entry->length, word, v, candidates);
    if (ufx_char_upper(chars[0]) == chars[0] ||
        !is_usual_capital(&b->unigrams[word]))
        return;
    chars[0] = ufx_char_upper(chars[0]);
    keep_rivals(b, chars, entry->length, word | UFX_RIVALS_CAPITAL, v,
                candidates);
}

static int
compare_rivals(const void *left, const void *right)
{
    const struct ufx_rival_row *a = left, *b = right;

    return (a->word > b->word) - (a->word < b->word);
}

static void
find_rivals(struct building *b, const struct ufx_buffer *image)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_language language;
    const struct ufx_vocabulary v = {.language = &language};
    struct ufx_candidates *candidates;
    unfix_error error;
    uint32_t i;

    if (ufx_language_open(&language, image->data, image->length, &error) !=
        UNFIX_OK)
        tool_fail(error.message, NULL);
    candidates = ufx_candidates_new(&memory, &v);
    b->rivals =
        calloc((size_t)2 * b->lexicon.view.word_count + 1, sizeof *b->rivals);
    if (candidates == NULL || b->rivals == NULL)
        tool_fail("out of memory", NULL);
    for (i = 0; i < b->lexicon.view.word_count; i++)
        keep_both(b, i, &v, candidates);
    ufx_candidates_free(candidates);
    ufx_sort(b->rivals, b->rival_count, sizeof *b->rivals, compare_rivals);
}

void
build_image(struct building *b, const char *output, const char *language,
            const char *version)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct replacement file;
    struct ufx_buffer image;

    ufx_buffer_init(&image, &memory);
    make_image(b, language, version, &image);
    find_rivals(b, &image);
    make_image(b, language, version, &image);
    replacement_open(&file, output);
    fwrite(image.data, image.length, 1, file.file);
    replacement_close(&file);
    fprintf(stderr,
            "unfix-model build: %u words, %zu with rivals, %zu rules, %zu"
            " bytes\n",
            b->lexicon.view.word_count, b->rival_count, b->rule_count,
            image.length);
    ufx_buffer_free(&image);
}
