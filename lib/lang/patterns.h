/* SPDX-License-Identifier: MPL-2.0 */
/* Patterns of typed forms: the rows `form` of dictionaries/es/forms.tsv, each a
 * context, what stands there and is read anew, and who says whether what is
 * read is valid.  README.md of the dictionary describes how a row is written;
 * lib/normalize/forms_match.c finds the places. */
#ifndef UFX_LANG_PATTERNS_H
#define UFX_LANG_PATTERNS_H

#include "lang/forms.h"
#include "unfix.h"

#define UFX_PATTERN_PARTS 4 /* of a context */
#define UFX_PATTERN_READS 4
#define UFX_PATTERN_SET 20
#define UFX_PATTERNS 64
#define UFX_PATTERN_OTHER 0x80
#define UFX_PATTERN_COST 999999 /* and of a row, at most, in 1/1000 nat */

/* What lies between a part and what is nearer to the form. */
enum ufx_glue {
    UFX_GLUE_GAP, /* a blank or a new line */
    UFX_GLUE_NONE,
    UFX_GLUE_ANY
};

enum ufx_times {
    UFX_TIMES_ONE,
    UFX_TIMES_MAYBE,
    UFX_TIMES_SERIES /* none or some, each with a comma or a link */
};

enum ufx_fit {
    UFX_FIT_ANY,
    UFX_FIT_LINE,    /* ^: no segment, the beginning of a line */
    UFX_FIT_START,   /* ^^: the same of the paragraph */
    UFX_FIT_WORD,    /* a: small letters */
    UFX_FIT_CAPITAL, /* Aa: a capital first */
    UFX_FIT_LETTER,  /* A: a capital alone */
    UFX_FIT_NUMERAL, /* numerals, misread or not */
    UFX_FIT_ITEM     /* a number, with the sign of an ordinal or without */
};

/* A segment beside the form. */
struct ufx_part {
    uint64_t classes; /* of pieces: a bit for each that it may be */
    uint32_t rows;    /* or a word of one of these kinds of rows */
    uint8_t glue;
    uint8_t times;
    uint8_t fit;
    uint8_t reserved;
};

/* What an item of the form is read as instead of what stands there. */
enum ufx_output {
    UFX_OUTPUT_OWN,
    UFX_OUTPUT_TEXT,  /* .text */
    UFX_OUTPUT_SIGN,  /* the noun's sign */
    UFX_OUTPUT_ENDING /* the letter that stands for that sign */
};

enum ufx_accept {
    UFX_ACCEPT_DIGIT = 1,
    UFX_ACCEPT_NUMERAL = 2, /* I, V, X */
    UFX_ACCEPT_CAPITAL = 4,
    UFX_ACCEPT_SMALL = 8,
    UFX_ACCEPT_NOTHING = 16 /* it was lost */
};

/* Characters of the form. */
struct ufx_read {
    uint32_t rows; /* kinds of rows: what one of their texts is read as */
    uint16_t set[UFX_PATTERN_SET]; /* ended by 0 */
    uint16_t text[UFX_FORM_VALUE];
    uint8_t accepts; /* enum ufx_accept: as they stand */
    uint8_t output;  /* enum ufx_output */
    uint8_t least;   /* times */
    uint8_t most;
};

/* Who says whether a reading is one.  In the order of their names in
 * patterns.c and of their functions in forms_valid.c; the image holds them. */
enum ufx_valid {
    UFX_VALID_ANY,
    UFX_VALID_DAY,
    UFX_VALID_YEAR,
    UFX_VALID_NUMBER,
    UFX_VALID_RATIO,
    UFX_VALID_ITEM,
    UFX_VALID_HEADS,
    UFX_VALID_UNOPENED,
    UFX_VALID_ORDINAL,
    UFX_VALID_SERIES,
    UFX_VALID_PART,
    UFX_VALID_LOST,
    UFX_VALID_LETTERED,
    UFX_VALID_STOP,
    UFX_VALID_OPEN,
    UFX_VALID_UNCLOSED,
    UFX_VALID_NUMERAL,
    UFX_VALID_BRACKETED,
    UFX_VALID_SESSION,
    UFX_VALID_HEADING,
    UFX_VALID_ROMAN,
    UFX_VALID_NOTED,
    UFX_VALID_FIRST,
    UFX_VALID_KINDS
};

enum ufx_how {
    UFX_HOW_NOT,       /* of a validator: it is none */
    UFX_HOW_OFFER = 2, /* as images have it */
    UFX_HOW_PROVE
};

struct ufx_pattern {
    struct ufx_part before[UFX_PATTERN_PARTS]; /* the nearest first */
    struct ufx_part after[UFX_PATTERN_PARTS];
    struct ufx_read reads[UFX_PATTERN_READS];
    uint32_t cost;  /* of each character read as another, 1/1000 nat */
    uint32_t doubt; /* what keeping costs the more */
    uint8_t before_count;
    uint8_t after_count;
    uint8_t read_count;
    uint8_t class; /* unfix_class */
    uint8_t valid; /* enum ufx_valid */
    uint8_t how;   /* at most: enum ufx_how */
    uint8_t reserved[2];
};

/* All patterns, in the order of their rows. */
struct ufx_patterns {
    const struct ufx_pattern *list;
    uint32_t count;
    /* By a form's first character modulo 64: bits of the patterns that may
     * begin with it. */
    uint64_t begin[64];
    /* By a character below UFX_PATTERN_OTHER, and that for all others: bits of
     * the patterns that have it anywhere in their form. */
    uint64_t within[UFX_PATTERN_OTHER + 1];
};

/* The patterns that may have all of the characters in their form. */
uint64_t ufx_patterns_with(const struct ufx_patterns *patterns,
                           const uint32_t *chars, size_t count);

/* Reads `form`, CLASS, BEFORE, READS, AFTER, VALID, HOW, COST, DOUBT, parted
 * by tabs; the last may be left out.  On failure *why says what is wrong. */
bool ufx_pattern_parse(const char *line, size_t length,
                       struct ufx_pattern *pattern, const char **why);

/* True if a line is a pattern's and none of ufx_form_parse. */
bool ufx_pattern_is(const char *line, size_t length);

/* Sets *patterns; false if one is out of bounds. */
bool ufx_patterns_index(struct ufx_patterns *patterns,
                        const struct ufx_pattern *list, uint32_t count,
                        const struct ufx_forms *forms);

#endif
