/* SPDX-License-Identifier: MPL-2.0 */
/* The layout of a model image.
 *
 * A header, a table of sections, then the sections, each aligned to 64 bytes
 * and used in place.  Numbers are as the machine has them that made it: the
 * image is mapped, never converted, and a machine of another byte order refuses
 * it.  Offsets inside sections are checked where they are followed: a damaged
 * image gives wrong words, not wrong memory.  The checksums find damage before
 * that, when asked to. */
#ifndef UFX_LANG_IMAGE_H
#define UFX_LANG_IMAGE_H

#include <stdint.h>

#define UFX_IMAGE_MAGIC "UNFIXMDL"
#define UFX_IMAGE_VERSION 10
#define UFX_IMAGE_ENDIAN UINT32_C(0x01020304)
#define UFX_IMAGE_ALIGN 64

enum ufx_section {
    UFX_SECTION_META,      /* language NUL data-version NUL usual letters
                             NUL */
    UFX_SECTION_ARCS,      /* struct ufx_arc */
    UFX_SECTION_UNIGRAMS,  /* struct ufx_word */
    UFX_SECTION_BIGRAMS,   /* buckets of uint64_t */
    UFX_SECTION_TRIGRAMS,  /* buckets of uint32_t */
    UFX_SECTION_RULES,     /* struct ufx_rule, sorted by what was read */
    UFX_SECTION_MARKS,     /* struct ufx_mark_rule */
    UFX_SECTION_VERIFIER,  /* int32_t: lib/verify/forest.h */
    UFX_SECTION_FORMS,     /* struct ufx_form, sorted by kind */
    UFX_SECTION_FAMILIES,  /* uint16_t for each unigram */
    UFX_SECTION_AFFINITY,  /* int8_t: UFX_FAMILIES squared */
    UFX_SECTION_CONTEXTS,  /* uint16_t: UFX_LETTER_CONTEXTS, or nothing */
    UFX_SECTION_LETTERS,   /* struct ufx_letter_row */
    UFX_SECTION_WAYS,      /* struct ufx_way */
    UFX_SECTION_SEQUENCES, /* struct ufx_sequence, sorted */
    UFX_SECTION_TRIGGERS,  /* two bitmaps: lib/lang/ways.h */
    UFX_SECTION_COUNTED,   /* struct ufx_way_count, by family */
    UFX_SECTION_KINDS,     /* struct ufx_kind_row, sorted by key */
    UFX_SECTION_NAMES,     /* of the kinds, each ended by NUL */
    UFX_SECTION_PATTERNS,  /* struct ufx_pattern */
    UFX_SECTION_RIVALS,    /* struct ufx_rival_row, sorted by word */
    UFX_SECTION_READINGS,  /* of those words: lib/normalize/rivals.h */
    UFX_SECTION_COUNT
};

struct ufx_image_header {
    char magic[8];
    uint32_t version;
    uint32_t endian;
    uint64_t size;     /* of the whole image */
    uint64_t checksum; /* of the section table and of this header */
    uint32_t section_count;
    uint32_t root; /* of the lexicon: its first arc */
    uint32_t word_count;
    uint32_t reserved[5];
};

struct ufx_image_section {
    uint64_t offset;
    uint64_t size;
    uint64_t checksum;
};

#endif
