/* SPDX-License-Identifier: MPL-2.0 */
/* What is known of a language: a model image, opened and proven. */
#ifndef UFX_LANG_MODEL_H
#define UFX_LANG_MODEL_H

#include "lang/alphabet.h"
#include "lang/forms.h"
#include "lang/image.h"
#include "lang/kinds.h"
#include "lang/letters.h"
#include "lang/lexicon.h"
#include "lang/ngrams.h"
#include "lang/patterns.h"
#include "lang/pieces.h"
#include "lang/rules.h"
#include "lang/ways.h"

/* A mark and what it may have been: `read` and `meant` are code points, 0 for
 * none and ' ' for a blank. */
struct ufx_mark_rule {
    uint32_t read;
    uint32_t meant;
    uint32_t cost; /* 1/1000 nat */
};

/* A word whose readings are kept, and where. */
struct ufx_rival_row {
    uint32_t word;
    uint32_t offset;
};

struct ufx_rivals {
    const struct ufx_rival_row *rows;
    uint32_t count;
    uint32_t size; /* of the bytes */
    const uint8_t *bytes;
};

struct ufx_language {
    const char *tag;
    const char *data_version;
    struct ufx_usual usual;
    struct ufx_lexicon lexicon;
    struct ufx_ngrams ngrams;
    struct ufx_letters letters;
    struct ufx_rules rules;
    const struct ufx_mark_rule *marks;
    uint32_t mark_count;
    const int32_t *verifier;
    uint32_t verifier_count;
    struct ufx_forms forms;
    struct ufx_patterns patterns;
    struct ufx_alphabet alphabet; /* of the forms */
    struct ufx_ways ways;
    struct ufx_kinds kinds;
    struct ufx_rivals rivals;
};

/* Checks the image and fills in *language, which points into it.  The header
 * and the section table are checked by checksum and bounds; what the sections
 * say is checked where it is followed.  FORMAT or VERSION on failure. */
unfix_status ufx_language_open(struct ufx_language *language, const void *image,
                               size_t length, unfix_error *error);

/* Checks the sections' checksums too, which reads the whole image. */
unfix_status ufx_language_verify(const void *image, size_t length,
                                 unfix_error *error);

/* The checksum that the image uses. */
uint64_t ufx_image_checksum(const void *data, size_t length);

static inline uint32_t
ufx_language_class(const struct ufx_language *language,
                   enum ufx_piece_class kind)
{
    return language->lexicon.word_count + (uint32_t)kind;
}

/* What the language model has for a piece: the word, or a class. */
uint32_t ufx_language_piece(const struct ufx_language *language,
                            const uint32_t *chars, size_t count,
                            enum ufx_piece_class kind);

#endif
