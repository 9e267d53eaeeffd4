/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/model.h"

#include "base/status.h"

#include <string.h>

uint64_t
ufx_image_checksum(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t sum = UINT64_C(0x9E3779B97F4A7C15) ^ length;

    while (length >= 8) {
        uint64_t word;

        memcpy(&word, bytes, 8);
        sum = ufx_ngram_mix(sum ^ word);
        bytes += 8;
        length -= 8;
    }
    while (length > 0) {
        sum = ufx_ngram_mix(sum ^ *bytes++);
        length--;
    }
    return sum;
}

static unfix_status
damaged(unfix_error *error, const char *what, uint64_t offset)
{
    return ufx_status_set_at(error, UNFIX_ERROR_FORMAT, "damaged model", what,
                             offset, 0);
}

static unfix_status
check_header(const struct ufx_image_header *header, size_t length,
             unfix_error *error)
{
    if (length < sizeof *header ||
        memcmp(header->magic, UFX_IMAGE_MAGIC, sizeof header->magic) != 0)
        return ufx_status_set(error, UNFIX_ERROR_FORMAT, "not a model", NULL);
    if (header->endian != UFX_IMAGE_ENDIAN)
        return ufx_status_set(error, UNFIX_ERROR_VERSION,
                              "model made for another byte order", NULL);
    if (header->version != UFX_IMAGE_VERSION)
        return ufx_status_set(error, UNFIX_ERROR_VERSION,
                              "model made for another version", NULL);
    if (header->size != length)
        return damaged(error, "wrong size", 0);
    if (header->section_count != UFX_SECTION_COUNT ||
        length < sizeof *header +
                     UFX_SECTION_COUNT * sizeof(struct ufx_image_section))
        return damaged(error, "wrong number of sections", 0);
    return UNFIX_OK;
}

static unfix_status
check_sections(const struct ufx_image_header *header,
               const struct ufx_image_section *sections, unfix_error *error)
{
    struct ufx_image_header plain = *header;
    uint64_t sum;
    size_t i;

    plain.checksum = 0;
    sum = ufx_image_checksum(sections, UFX_SECTION_COUNT * sizeof *sections) ^
          ufx_image_checksum(&plain, sizeof plain);
    if (sum != header->checksum)
        return damaged(error, "wrong checksum", 0);
    for (i = 0; i < UFX_SECTION_COUNT; i++)
        if (sections[i].offset % UFX_IMAGE_ALIGN != 0 ||
            sections[i].offset > header->size ||
            sections[i].size > header->size - sections[i].offset ||
            sections[i].size > UINT32_MAX)
            return damaged(error, "section out of bounds", sections[i].offset);
    return UNFIX_OK;
}

static uint32_t
items(const struct ufx_image_section *section, size_t size)
{
    return (uint32_t)(section->size / size);
}

/* What reads nothing stands apart: a character of 0 would be one of any kind.
 */
static bool
reads_all(const struct ufx_rule *rule)
{
    uint32_t i;

    for (i = 0; i < UFX_CONFUSION_CHARS; i++)
        if ((rule->read[i] != 0) != (i < rule->read_length))
            return false;
    return true;
}

/* Rules are walked in many places: better proven once. */
static bool
check_rules(const struct ufx_rules *view)
{
    uint32_t i;

    if (view->count > UFX_MODEL_RULES)
        return false;
    for (i = 0; i < view->count; i++)
        if (view->rules[i].read_length > UFX_CONFUSION_CHARS ||
            view->rules[i].meant_length > UFX_CONFUSION_CHARS ||
            !reads_all(&view->rules[i]))
            return false;
    return true;
}

/* Three strings, each ended by NUL. */
static bool
read_meta(struct ufx_language *language, const char *meta, size_t size)
{
    const char *text[3], *end = meta + size;
    size_t i;

    for (i = 0; i < 3; i++) {
        text[i] = meta;
        meta = memchr(meta, '\0', (size_t)(end - meta));
        if (meta == NULL)
            return false;
        meta++;
    }
    language->tag = text[0];
    language->data_version = text[1];
    return ufx_usual_make(&language->usual, (const uint8_t *)text[2],
                          (size_t)(meta - 1 - text[2]));
}

#define SECTION(type, number)                                                  \
    ((const type *)(const void *)(base + s[number].offset))

/* The words, what follows what, and the letters of those that nobody knows. */
static void
point_at_words(struct ufx_language *language, const char *base,
               const struct ufx_image_header *header,
               const struct ufx_image_section *s)
{
    struct ufx_lexicon *lexicon = &language->lexicon;
    struct ufx_ngrams *ngrams = &language->ngrams;
    struct ufx_letters *letters = &language->letters;

    lexicon->usual = letters->usual = &language->usual;
    lexicon->arcs = SECTION(struct ufx_arc, UFX_SECTION_ARCS);
    lexicon->arc_count = items(&s[UFX_SECTION_ARCS], sizeof(struct ufx_arc));
    lexicon->words = SECTION(struct ufx_word, UFX_SECTION_UNIGRAMS);
    lexicon->word_count = header->word_count;
    lexicon->root = header->root;
    ngrams->unigrams = lexicon->words;
    ngrams->unigram_count =
        items(&s[UFX_SECTION_UNIGRAMS], sizeof(struct ufx_word));
    ngrams->bigrams = SECTION(uint64_t, UFX_SECTION_BIGRAMS);
    ngrams->bigram_buckets = items(&s[UFX_SECTION_BIGRAMS], UFX_BUCKET_BYTES);
    ngrams->trigrams = SECTION(uint32_t, UFX_SECTION_TRIGRAMS);
    ngrams->trigram_buckets = items(&s[UFX_SECTION_TRIGRAMS], UFX_BUCKET_BYTES);
    ngrams->families = SECTION(uint16_t, UFX_SECTION_FAMILIES);
    ngrams->affinity = SECTION(int8_t, UFX_SECTION_AFFINITY);
    if (s[UFX_SECTION_FAMILIES].size == 0)
        ngrams->families = NULL;
    letters->contexts = SECTION(uint16_t, UFX_SECTION_CONTEXTS);
    letters->rows = SECTION(struct ufx_letter_row, UFX_SECTION_LETTERS);
    letters->row_count = items(&s[UFX_SECTION_LETTERS], sizeof *letters->rows);
    if (s[UFX_SECTION_CONTEXTS].size == 0)
        letters->contexts = NULL;
}

/* All else. */
static void
point_at_tables(struct ufx_language *language, const char *base,
                const struct ufx_image_section *s)
{
    ufx_rules_index(&language->rules,
                    SECTION(struct ufx_rule, UFX_SECTION_RULES),
                    items(&s[UFX_SECTION_RULES], sizeof(struct ufx_rule)));
    language->marks = SECTION(struct ufx_mark_rule, UFX_SECTION_MARKS);
    language->mark_count =
        items(&s[UFX_SECTION_MARKS], sizeof(struct ufx_mark_rule));
    language->verifier = SECTION(int32_t, UFX_SECTION_VERIFIER);
    language->verifier_count = items(&s[UFX_SECTION_VERIFIER], sizeof(int32_t));
    language->ways = (struct ufx_ways){
        .ways = SECTION(struct ufx_way, UFX_SECTION_WAYS),
        .rows = SECTION(struct ufx_sequence, UFX_SECTION_SEQUENCES),
        .triggers = SECTION(uint8_t, UFX_SECTION_TRIGGERS),
        .counts = SECTION(struct ufx_way_count, UFX_SECTION_COUNTED),
        .way_count = items(&s[UFX_SECTION_WAYS], sizeof(struct ufx_way)),
        .row_count =
            items(&s[UFX_SECTION_SEQUENCES], sizeof(struct ufx_sequence))};
    language->kinds.rows = SECTION(struct ufx_kind_row, UFX_SECTION_KINDS);
    language->kinds.row_count =
        items(&s[UFX_SECTION_KINDS], sizeof(struct ufx_kind_row));
    language->kinds.names = SECTION(char, UFX_SECTION_NAMES);
    language->kinds.names_size = (uint32_t)s[UFX_SECTION_NAMES].size;
    language->rivals.rows = SECTION(struct ufx_rival_row, UFX_SECTION_RIVALS);
    language->rivals.count =
        items(&s[UFX_SECTION_RIVALS], sizeof(struct ufx_rival_row));
    language->rivals.bytes = SECTION(uint8_t, UFX_SECTION_READINGS);
    language->rivals.size = (uint32_t)s[UFX_SECTION_READINGS].size;
}

/* True if sections that speak of the same things have as many of them. */
static bool
fit_each_other(const struct ufx_language *language,
               const struct ufx_image_section *s)
{
    const struct ufx_lexicon *lexicon = &language->lexicon;
    const struct ufx_ngrams *ngrams = &language->ngrams;
    const struct ufx_letters *letters = &language->letters;

    return !(ngrams->unigram_count !=
                 (uint64_t)lexicon->word_count + UFX_PIECE_CLASSES ||
             (ngrams->families != NULL &&
              (items(&s[UFX_SECTION_FAMILIES], sizeof(uint16_t)) !=
                   ngrams->unigram_count ||
               s[UFX_SECTION_AFFINITY].size != UFX_FAMILIES * UFX_FAMILIES)) ||
             (letters->contexts != NULL &&
              (items(&s[UFX_SECTION_CONTEXTS], sizeof(uint16_t)) !=
                   UFX_LETTER_CONTEXTS ||
               letters->row_count == 0)) ||
             lexicon->root >= lexicon->arc_count);
}

static unfix_status
check_tables(struct ufx_language *language, const char *base,
             const struct ufx_image_section *s, unfix_error *error)
{
    const struct ufx_form *forms = SECTION(struct ufx_form, UFX_SECTION_FORMS);

    if (!fit_each_other(language, s))
        return damaged(error, "sections do not fit each other", 0);
    if (language->mark_count > UFX_MODEL_MARKS ||
        items(&s[UFX_SECTION_FORMS], sizeof *forms) > UFX_MODEL_FORMS)
        return damaged(error, "too many rows", 0);
    if (!ufx_kinds_check(&language->kinds))
        return damaged(error, "names without end", 0);
    if (!check_rules(&language->rules))
        return damaged(error, "rule out of bounds", 0);
    if (!ufx_forms_index(&language->forms, forms,
                         items(&s[UFX_SECTION_FORMS], sizeof *forms)))
        return damaged(error, "forms out of order", 0);
    if (!ufx_patterns_index(
            &language->patterns,
            SECTION(struct ufx_pattern, UFX_SECTION_PATTERNS),
            items(&s[UFX_SECTION_PATTERNS], sizeof(struct ufx_pattern)),
            &language->forms))
        return damaged(error, "patterns out of bounds", 0);
    ufx_alphabet_make(&language->alphabet, &language->forms);
    if (!ufx_ways_check(
            &language->ways, s[UFX_SECTION_TRIGGERS].size,
            items(&s[UFX_SECTION_COUNTED], sizeof(struct ufx_way_count))))
        return damaged(error, "ways out of bounds", 0);
    return UNFIX_OK;
}

unfix_status
ufx_language_open(struct ufx_language *language, const void *image,
                  size_t length, unfix_error *error)
{
    const struct ufx_image_header *header = image;
    const struct ufx_image_section *s;
    const char *base = image;
    unfix_status status = check_header(header, length, error);

    if (status != UNFIX_OK)
        return status;
    s = (const struct ufx_image_section *)(const void *)(base + sizeof *header);
    status = check_sections(header, s, error);
    if (status != UNFIX_OK)
        return status;
    if (!read_meta(language, SECTION(char, UFX_SECTION_META),
                   s[UFX_SECTION_META].size))
        return damaged(error, "no language", s[UFX_SECTION_META].offset);
    point_at_words(language, base, header, s);
    point_at_tables(language, base, s);
    return check_tables(language, base, s, error);
}

unfix_status
ufx_language_verify(const void *image, size_t length, unfix_error *error)
{
    struct ufx_language language;
    const char *base = image;
    const struct ufx_image_section *s;
    unfix_status status = ufx_language_open(&language, image, length, error);
    size_t i;

    if (status != UNFIX_OK)
        return status;
    s = (const void *)(base + sizeof(struct ufx_image_header));
    for (i = 0; i < UFX_SECTION_COUNT; i++)
        if (ufx_image_checksum(base + s[i].offset, s[i].size) != s[i].checksum)
            return damaged(error, "wrong checksum of a section", s[i].offset);
    return UNFIX_OK;
}

uint32_t
ufx_language_piece(const struct ufx_language *language, const uint32_t *chars,
                   size_t count, enum ufx_piece_class kind)
{
    uint32_t word = UFX_WORD_NONE;

    if (kind == UFX_PIECE_WORD) {
        word = ufx_piece_word(&language->lexicon, chars, count);
        kind = ufx_piece_unknown(chars, count);
    }
    return word != UFX_WORD_NONE ? word : ufx_language_class(language, kind);
}
