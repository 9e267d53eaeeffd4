/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A file read as a document: its text, in reading order, and where each piece
 * of it stands in the file.  Readers fill it; whoever repairs the text finds
 * the places again.  All offsets into the file are into its UTF-8 form.
 */
#ifndef UNFIX_TOOL_FORMAT_DOCUMENT_H
#define UNFIX_TOOL_FORMAT_DOCUMENT_H

#include "buffer.h"
#include "format/encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes start to end - 1; empty where there is no such thing. */
struct span {
    size_t start;
    size_t end;
};

/* How text is written at a place. */
enum spelling {
    SPELLING_TEXT,   /* as it is */
    SPELLING_PLAIN,  /* as it is, but in one line and without tabs */
    SPELLING_MARKUP, /* in XML or HTML, between tags */
    SPELLING_DOUBLE, /* there, in an attribute with double quotes */
    SPELLING_SINGLE, /* and with single ones */
    SPELLING_CDATA,
    SPELLING_JSON,
    SPELLING_CSV,  /* in quotes, which are doubled */
    SPELLING_BARE, /* in a table without quotes */
    SPELLING_FIXED /* cannot be written in another way than it is */
};

/* A run of text, and its bytes in the file: the same bytes, or one character
 * spelt in another way.  Text between anchors (blanks, ends of lines) stands
 * only in the document. */
struct anchor {
    size_t text;
    size_t length;
    size_t place; /* in the file */
    size_t size;
    enum spelling spelling;
    bool is_escaped; /* one character, spelt in another way */
};

/* What parts a unit from the one before. */
enum glue {
    GLUE_NONE,
    GLUE_BLANK,
    GLUE_LINE,
    GLUE_PARAGRAPH,
    GLUE_PAGE
};

#define UNIT_ATTRIBUTES 6
#define UNIT_COPIES 3

/* The text of one element: mostly a word. */
struct unit {
    size_t text;
    size_t end;
    struct span element; /* all of it in the file */
    size_t line;         /* number of its line in the document */
    enum glue glue;
    bool is_free;    /* more than a word: blanks are its own */
    bool is_tied;    /* half of a word whose other half is the next unit */
    bool has_markup; /* tags within its text */
    size_t insert;   /* where the format puts what belongs to the element */
    int confidence;  /* the engine's, 0 to 1000; -1: it says none */

    /* What the format wants to find again, by its own numbers. */
    struct span attributes[UNIT_ATTRIBUTES];

    /* The same text told again at other places: into document.copies. */
    struct span copies[UNIT_COPIES];
};

/* Another reading of a unit, which the engine offers. */
struct offer {
    size_t unit; /* its number */
    size_t text; /* in document.offered */
    size_t length;
    int confidence; /* 0 to 1000 */
};

/* No more than the library takes: of a unit, and bytes of each. */
#define OFFERS_MOST 64
#define OFFER_LONGEST 1024

struct file_format;

struct document {
    const struct file_format *format;
    const char *file; /* as it is; borrowed */
    size_t file_length;
    struct encoding encoding;
    const char *bytes; /* of the encoding, for short */
    size_t length;
    bool is_html;      /* not XHTML */
    bool by_numbers;   /* JSON that is ASCII alone, by escapes */
    const char *field; /* of records, or NULL */

    struct buffer text;
    struct anchor *anchors;
    size_t anchor_count;
    size_t anchor_capacity;
    struct unit *units;
    size_t unit_count;
    size_t unit_capacity;

    struct buffer copies;
    struct anchor *copy_anchors;
    size_t copy_anchor_count;
    size_t copy_anchor_capacity;

    struct buffer offered;
    struct offer *offers; /* by unit */
    size_t offer_count;
    size_t offer_capacity;

    enum glue glue; /* to come before the next unit */
    size_t line;
    bool is_open; /* the last unit is being read */
    bool failed;  /* out of memory */
    const char *fault;
};

/* ---- For readers --------------------------------------------------------- */

/* What comes next is at least so far from what came before. */
void document_part(struct document *document, enum glue glue);

/* Begins a unit whose element starts at `start`. */
struct unit *document_begin_unit(struct document *document, size_t start);
struct unit *document_unit(struct document *document);

/* The engine's confidence in the unit stands in the file at `place`, as a
 * number from 0 to `most`.  What is none, and what is below 0, says nothing. */
void document_say(struct document *document, struct span place, int most);

/* The engine offers another reading of the open unit; what is too long, and
 * beyond OFFERS_MOST, is left out. */
void document_offer(struct document *document, const char *text, size_t length,
                    int confidence);

/* Ends it at `end`; without text it is forgotten. */
void document_end_unit(struct document *document, size_t end);

/* Appends to the text of the open unit. */
void document_add(struct document *document, const char *text, size_t length,
                  struct span place, enum spelling spelling, bool is_escaped);

/* The same to the copies. */
void document_copy(struct document *document, const char *text, size_t length,
                   struct span place, enum spelling spelling, bool is_escaped);

/* ---- For all ------------------------------------------------------------- */

/* The number of the first anchor that ends after `text`. */
size_t document_anchor(const struct anchor *anchors, size_t count, size_t text);

/* The number of the first unit that ends at `text` or after it. */
size_t document_unit_at(const struct document *document, size_t text);
/* Where a unit's text stands in the file, in one piece. */
struct span document_place(const struct document *document,
                           const struct unit *unit);

/* The same of a text that tells a whole unit again. */
struct span document_copy_place(const struct document *document,
                                struct span copy);

/* Where the file begins: after a byte order mark. */
size_t document_start(const struct document *document);

/* A place of the file less the blanks around it. */
struct span document_inner(const struct document *document, struct span place);

/* The element of a unit and the blanks before it. */
struct span document_extent(const struct document *document, size_t unit,
                            bool is_first);
void document_free(struct document *document);

bool is_blank_byte(char byte);

/* The length of the UTF-8 character at the start of `text`, and the character;
 * a byte that begins none is one of its own, U+FFFD. */
size_t read_character(const char *text, size_t length, uint32_t *character);
size_t write_character(char *out, uint32_t character);

/* The length of what two texts begin with, or end with, in whole characters. */
size_t common_start(const char *a, size_t n, const char *b, size_t m);
size_t common_end(const char *a, size_t n, const char *b, size_t m);

#endif
