/* SPDX-License-Identifier: MPL-2.0 */
/* Lexicons and model images of a few words, made in the test that needs them,
 * so that what it expects can be worked out by hand. */
#ifndef UFX_TESTS_SMALL_MODEL_H
#define UFX_TESTS_SMALL_MODEL_H

#include "lang/model.h"
#include "text/text.h"
#include "verify/forest.h"

#include "unit.h"

/* A word in UTF-8; its case is its flags' affair. */
struct small_word {
    const char *text;
    uint8_t cost; /* in UFX_COST_STEP */
    uint8_t flags;
};

struct small_facts {
    const struct small_word *words;
    size_t word_count;
    const char *const *rules; /* as ufx_rule_parse takes them */
    size_t rule_count;
    const struct ufx_mark_rule *marks;
    size_t mark_count;
    const int32_t *verifier; /* as it is learned */
    size_t verifier_count;
    const int32_t *laid; /* or as an image has it */
    size_t laid_count;
    const char *const *forms; /* as ufx_form_parse takes them, by kind */
    size_t form_count;
    const uint64_t *bigrams; /* whole buckets */
    size_t bigrams_size;     /* in bytes */
    const uint32_t *trigrams;
    size_t trigrams_size;
};

/* What each class of pieces costs, in UFX_COST_STEP: 4 nats. */
#define SMALL_CLASS_COST 50

/* The usual letters of a small model. */
#define SMALL_LETTERS "abcdefghijklmnopqrstuvwxyz\xE1\xE9\xED\xF1\xF3\xFA"

static inline const struct ufx_usual *
small_usual(void)
{
    static struct ufx_usual usual;

    if (!ufx_usual_make(&usual, (const uint8_t *)SMALL_LETTERS,
                        sizeof SMALL_LETTERS - 1))
        ck_abort_msg("letters that do not rise");
    return &usual;
}

/* ---- Words ---- */

/* The characters of `text`; `chars` has room for all. */
static inline size_t
small_chars(const char *text, uint32_t *chars)
{
    size_t length = strlen(text), i = 0, n = 0, size;

    while (i < length) {
        chars[n++] = ufx_text_decode(text + i, length - i, &size);
        i += size;
    }
    return n;
}

static inline void
small_lexicon(struct ufx_lexicon_built *built, const struct ufx_memory *memory,
              const struct small_word *words, size_t count)
{
    struct ufx_lexicon_entry *entries = calloc(count + 1, sizeof *entries);
    uint8_t *letters = malloc((count + 1) * UFX_TOKEN_CHARS);
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t chars[UFX_TOKEN_CHARS];
        size_t n = small_chars(words[i].text, chars);
        uint8_t *at = letters + i * UFX_TOKEN_CHARS;

        if (!ufx_piece_letters(chars, n, at))
            ck_abort_msg("%s is no word", words[i].text);
        entries[i].letters = at;
        entries[i].length = (uint32_t)n;
        entries[i].word.cost = words[i].cost;
        entries[i].word.flags = words[i].flags;
    }
    if (ufx_lexicon_build(built, memory, small_usual(), entries, count) !=
        UNFIX_OK)
        ck_abort_msg("no lexicon of %zu words", count);
    free(entries);
    free(letters);
}

static inline uint32_t
small_find(const struct ufx_lexicon *lexicon, const char *text)
{
    uint32_t chars[2 * UFX_TOKEN_CHARS];
    uint8_t letters[2 * UFX_TOKEN_CHARS];
    size_t n = small_chars(text, chars);

    ck_assert(ufx_piece_letters(chars, n, letters));
    return ufx_lexicon_find(lexicon, letters, n);
}

/* ---- Images ---- */

struct small_section {
    const void *data;
    size_t size;
};

/* Makes the header's checksum right, after a test has changed something. */
static inline void
small_seal(void *image)
{
    struct ufx_image_header *header = image;
    struct ufx_image_header plain = *header;

    plain.checksum = 0;
    header->checksum =
        ufx_image_checksum(header + 1, UFX_SECTION_COUNT *
                                           sizeof(struct ufx_image_section)) ^
        ufx_image_checksum(&plain, sizeof plain);
}

static inline size_t
small_aligned(size_t size)
{
    return (size + UFX_IMAGE_ALIGN - 1) / UFX_IMAGE_ALIGN * UFX_IMAGE_ALIGN;
}

/* The image of those sections, to be freed. */
static inline void *
small_pack(const struct small_section *sections, uint32_t root,
           uint32_t word_count, size_t *length)
{
    struct ufx_image_header *header;
    struct ufx_image_section *table;
    size_t at, i;
    char *image;

    at = small_aligned(sizeof *header + UFX_SECTION_COUNT * sizeof *table);
    *length = at;
    for (i = 0; i < UFX_SECTION_COUNT; i++)
        *length += small_aligned(sections[i].size);
    image = aligned_alloc(UFX_IMAGE_ALIGN, *length);
    memset(image, 0, *length);
    header = (void *)image;
    table = (void *)(image + sizeof *header);
    memcpy(header->magic, UFX_IMAGE_MAGIC, sizeof header->magic);
    header->version = UFX_IMAGE_VERSION;
    header->endian = UFX_IMAGE_ENDIAN;
    header->size = *length;
    header->section_count = UFX_SECTION_COUNT;
    header->root = root;
    header->word_count = word_count;
    for (i = 0; i < UFX_SECTION_COUNT; i++) {
        if (sections[i].size > 0)
            memcpy(image + at, sections[i].data, sections[i].size);
        table[i].offset = at;
        table[i].size = sections[i].size;
        table[i].checksum = ufx_image_checksum(image + at, sections[i].size);
        at += small_aligned(sections[i].size);
    }
    small_seal(image);
    return image;
}

/* Rows of forms that every small model has besides. */
static const char *const small_rows[] = {
    "of\tde",          "until\ta",     "until\tal",    "since\ten",
    "since\tdesde",    "ending\ta\tª", "ending\to\tº", "cited\tresoluci",
    "accent\tá\ta\t1", "accent\té\te", "accent\tí\ti", "accent\tó\to\t1",
    "accent\tú\tu\t1", "accent\tü\tu", "own\tñ\tn",    "letter\ta\t+",
    "letter\te\t+",    "letter\to\t+", "letter\tu",    "letter\ty\t+",
    "link\te",         "link\to",      "link\ty\t+",   "plural\ts",
    "opening\ti",      "opening\tj",   "opening\tl",   "opening\tt",
    "opening\tf",      "opening\tg",   "opening\te",   "opening\tI",
    "opening\tJ",      "opening\tL",   "opening\tZ",   "opening\t1",
    "opening\té",      "opening\tí",   "opening\tó"};
#define SMALL_ROWS (sizeof small_rows / sizeof *small_rows)

/* An image with those facts, to be freed. */
static inline void *
small_image(const struct small_facts *facts, size_t *length)
{
    static const char meta[] = "es\0small-1\0" SMALL_LETTERS;
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_lexicon_built built;
    struct small_section sections[UFX_SECTION_COUNT] = {{meta, sizeof meta}};
    struct ufx_rule *rules = calloc(facts->rule_count + 1, sizeof *rules);
    struct ufx_form *forms =
        calloc(facts->form_count + SMALL_ROWS, sizeof *forms);
    struct ufx_pattern *patterns =
        calloc(facts->form_count + 1, sizeof *patterns);
    size_t form_count = 0, pattern_count = 0;
    struct ufx_buffer verifier;
    struct ufx_word *words;
    size_t count, i;
    void *image;

    small_lexicon(&built, &memory, facts->words, facts->word_count);
    count = built.view.word_count;
    words = calloc(count + UFX_PIECE_CLASSES, sizeof *words);
    memcpy(words, built.view.words, count * sizeof *words);
    for (i = 0; i < UFX_PIECE_CLASSES; i++)
        words[count + i].cost = SMALL_CLASS_COST;
    for (i = 0; i < facts->rule_count; i++) {
        const char *why = "";

        if (!ufx_rule_parse(facts->rules[i], strlen(facts->rules[i]), &rules[i],
                            &why))
            ck_abort_msg("%s: %s", facts->rules[i], why);
    }
    qsort(rules, facts->rule_count, sizeof *rules, ufx_rule_compare);
    for (i = 0; i < facts->form_count + SMALL_ROWS; i++) {
        const char *line = i < facts->form_count
                               ? facts->forms[i]
                               : small_rows[i - facts->form_count];
        const char *why = "";

        if (!(ufx_pattern_is(line, strlen(line))
                  ? ufx_pattern_parse(line, strlen(line),
                                      &patterns[pattern_count++], &why)
                  : ufx_form_parse(line, strlen(line), &forms[form_count++],
                                   &why)))
            ck_abort_msg("%s: %s", line, why);
    }
    sections[UFX_SECTION_ARCS].data = built.view.arcs;
    sections[UFX_SECTION_ARCS].size =
        built.view.arc_count * sizeof *built.view.arcs;
    sections[UFX_SECTION_UNIGRAMS].data = words;
    sections[UFX_SECTION_UNIGRAMS].size =
        (count + UFX_PIECE_CLASSES) * sizeof *words;
    sections[UFX_SECTION_BIGRAMS].data = facts->bigrams;
    sections[UFX_SECTION_BIGRAMS].size = facts->bigrams_size;
    sections[UFX_SECTION_TRIGRAMS].data = facts->trigrams;
    sections[UFX_SECTION_TRIGRAMS].size = facts->trigrams_size;
    sections[UFX_SECTION_RULES].data = rules;
    sections[UFX_SECTION_RULES].size = facts->rule_count * sizeof *rules;
    sections[UFX_SECTION_MARKS].data = facts->marks;
    sections[UFX_SECTION_MARKS].size = facts->mark_count * sizeof *facts->marks;
    ufx_buffer_init(&verifier, &memory);
    ufx_buffer_append(&verifier, (const char *)facts->laid,
                      facts->laid_count * sizeof *facts->laid);
    if (facts->verifier_count > 0 &&
        ufx_forest_lay(&verifier, &memory, facts->verifier,
                       facts->verifier_count) != UNFIX_OK)
        ck_abort_msg("no verifier of %zu numbers", facts->verifier_count);
    sections[UFX_SECTION_VERIFIER].data = verifier.data;
    sections[UFX_SECTION_VERIFIER].size = verifier.length;
    sections[UFX_SECTION_FORMS].data = forms;
    sections[UFX_SECTION_FORMS].size = form_count * sizeof *forms;
    sections[UFX_SECTION_PATTERNS].data = patterns;
    sections[UFX_SECTION_PATTERNS].size = pattern_count * sizeof *patterns;
    image = small_pack(sections, built.view.root, (uint32_t)count, length);
    ufx_lexicon_built_free(&built);
    ufx_buffer_free(&verifier);
    free(words);
    free(forms);
    free(patterns);
    free(rules);
    return image;
}

#endif
