/* SPDX-License-Identifier: MPL-2.0 */
/* What typed forms are made of: ordinals, numerals, document symbols, dates.
 * The rows of dictionaries/es/forms.tsv; lib/normalize/forms.h uses them. */
#ifndef UFX_LANG_FORMS_H
#define UFX_LANG_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UFX_FORM_CHARS 15
#define UFX_FORM_VALUE 3

/* In the order of their names in forms.c.  The image holds these numbers. */
enum ufx_form_kind {
    UFX_FORM_NOUN,        /* singular, after an ordinal: sesión */
    UFX_FORM_NOUNS,       /* plural, before or after ordinals: sesiones */
    UFX_FORM_SIGN,        /* what the sign of an ordinal is read as */
    UFX_FORM_SIGN_FIGURE, /* the same, a figure */
    UFX_FORM_NUMBERED,    /* a Roman numeral stands after it: capítulo */
    UFX_FORM_NUMERAL,     /* what the letters of numerals are read as */
    UFX_FORM_FIGURE,      /* what figures are read as */
    UFX_FORM_ODD_FIGURE,  /* the same where only a figure can stand */
    UFX_FORM_MONTH,
    UFX_FORM_PART,    /* of the symbols of documents, made of letters */
    UFX_FORM_BRACKET, /* what brackets around a symbol are read as */
    UFX_FORM_PERCENT, /* what the per cent sign is read as */
    UFX_FORM_NOTE,    /* what the signs of notes are read as */
    UFX_FORM_CITING,  /* a word that notes begin with: véase */
    UFX_FORM_OF,      /* between a day, its month and the year: de */
    UFX_FORM_UNTIL,   /* between two numbers: a, al */
    UFX_FORM_SINCE,   /* before a year: en, desde */
    UFX_FORM_ENDING,  /* what may stand for an ordinal's sign: 1038a. */
    UFX_FORM_CITED,   /* how words begin that numbers in brackets follow */
    /* letters.tsv */
    UFX_FORM_ACCENT,  /* a letter with an accent that capitals may lack */
    UFX_FORM_OWN,     /* a letter of its own that has a sign */
    UFX_FORM_LETTER,  /* a word of one letter; +: also where words are glued */
    UFX_FORM_LINK,    /* "and", "or"; +: the one that is never an initial */
    UFX_FORM_PLURAL,  /* what acronyms end with in small letters: ONGs */
    UFX_FORM_OPENING, /* what the marks that open a question are read as */
    UFX_FORM_KINDS
};

/* Characters of the basic plane.  Words (nouns, months) are in small letters
 * without accents, everything else as printed. */
struct ufx_form {
    uint16_t text[UFX_FORM_CHARS];
    uint16_t value[UFX_FORM_VALUE];
    uint8_t kind;
    uint8_t count; /* of text */
    uint16_t reserved;
    uint32_t limit; /* a number, by kind; 0: none */
};

/* All rows, those of one kind together. */
struct ufx_forms {
    const struct ufx_form *rows;
    uint32_t first[UFX_FORM_KINDS + 1];
    /* For each kind, bits of the rows' lengths and of their first characters
     * (modulo 64): most of what is looked for is told apart by them. */
    uint32_t lengths[UFX_FORM_KINDS];
    uint64_t beginnings[UFX_FORM_KINDS];
};

/* Reads KIND <tab> TEXT <tab> VALUE <tab> LIMIT; the last two may be left out.
 * On failure *why says what is wrong. */
bool ufx_form_parse(const char *line, size_t length, struct ufx_form *row,
                    const char **why);

/* Sets *forms over rows that are sorted by kind; false if they are not. */
bool ufx_forms_index(struct ufx_forms *forms, const struct ufx_form *rows,
                     uint32_t count);

/* The first row of a kind whose text is `chars`, as printed; NULL if there is
 * none. */
const struct ufx_form *ufx_forms_find(const struct ufx_forms *forms,
                                      enum ufx_form_kind kind,
                                      const uint32_t *chars, size_t count);

/* The row if it has that value first; `value` 0: whatever it is.  NULL if there
 * is none. */
const struct ufx_form *ufx_forms_have(const struct ufx_forms *forms,
                                      enum ufx_form_kind kind, uint32_t cp,
                                      uint32_t value);

/* The same for a word in any case, with its accents or without. */
const struct ufx_form *ufx_forms_find_word(const struct ufx_forms *forms,
                                           enum ufx_form_kind kind,
                                           const uint32_t *chars, size_t count);

/* Either, as the kind is compared. */
const struct ufx_form *ufx_forms_match(const struct ufx_forms *forms,
                                       enum ufx_form_kind kind,
                                       const uint32_t *chars, size_t count);

/* The kind of that name; UFX_FORM_KINDS if there is none. */
enum ufx_form_kind ufx_form_kind_named(const char *name, size_t length);

/* The next field of a line that ends at `end`: sets *length and moves *at
 * behind its tab. */
const char *ufx_form_field(const char **at, const char *end, size_t *length);

/* Decodes into at most `most` characters; their number, or most + 1. */
size_t ufx_form_chars(const char *field, size_t length, uint16_t *chars,
                      size_t most);

#endif
