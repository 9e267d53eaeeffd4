/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What files are read as.  A format is a reader, which makes a document of a
 * file, and what it takes to put repairs back: the rest of the file stays byte
 * for byte.
 */
#ifndef UNFIX_TOOL_FORMAT_FORMAT_H
#define UNFIX_TOOL_FORMAT_FORMAT_H

#include "format/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

/* Longer files are not read whole. */
#define FORMAT_LARGEST ((size_t)512 * 1024 * 1024)

struct writer;
struct token;
struct page;
struct patch;
struct copy;

/* NULL where a format has no such thing. */
struct file_format {
    const char *name; /* as --input has it */
    bool is_records;  /* each line is a document of its own */
    bool is_sections; /* each of the library's is a document of its own */
    bool is_html;     /* may be what is no well-formed XML */

    /* Fills the document, whose bytes are there.  False if the file is not of
     * this format; document->fault may say why. */
    bool (*read)(struct document *document);

    /* What gives a unit other sides: no more than four patches, whose texts go
     * into `texts`. */
    size_t (*fit)(const struct document *document, const struct unit *unit,
                  const int64_t sides[4], struct buffer texts[4],
                  struct patch *patches);

    /* Appends the element of a unit once more, for another word, and what parts
     * it from the one before. */
    void (*copy)(struct writer *writer, struct buffer *out, size_t unit,
                 struct copy *copy);

    /* The text of a unit was changed: keeps the one that was read. */
    void (*keep)(struct writer *writer, size_t unit, const char *text,
                 size_t length);

    /* Both halves of a word (unit, and one after it) have this text now, or are
     * halves no more. */
    void (*tie)(struct writer *writer, size_t first, size_t second,
                const char *text, size_t length, bool are_halves);

    /* The place to take away with a unit: its element and what parts it from
     * the one before or, of a line's first, from the next. */
    struct span (*extent)(const struct document *document, size_t unit,
                          bool is_first);

    /* Where a unit stands on its page: left, top, right, bottom, in millionths
     * of what the file counts in.  False: the file does not say. */
    bool (*box)(const struct document *document, const struct unit *unit,
                int64_t sides[4]);

    /* Whether a tag begins a page.  What the tags up to there say of it goes
     * into `page` and the name of its image. */
    bool (*page)(const struct document *document, const struct token *token,
                 struct page *page, struct buffer *image);
};

extern const struct file_format format_hocr, format_alto, format_tesseract,
    format_jsonl, format_page, format_bbox, format_html, format_xml, format_csv,
    format_tsv, format_markdown, format_srt, format_vtt, format_json_ocr;

/* Text in another encoding than UTF-8; goes by sections, and has no name of its
 * own. */
extern const struct file_format format_encoded;

/* Part of the text of a record, as it is spelt there; has no name of its own.
 */
extern const struct file_format format_json_part;

/* Whether a class of hOCR's is named in the bytes. */
bool hocr_is_named(const struct document *document);

/* Their names, each with a comma and a blank before it. */
const char *format_names(void);

/* Format number `i`, as they are listed; NULL beyond the last. */
const struct file_format *format_number(size_t i);

/* The format `name`; NULL if there is none. */
const struct file_format *format_find(const char *name);

/* What the bytes are.  NULL: text, or what nobody knows.  With *known a name
 * and NULL: recognized, but not read. */
bool format_detect(const char *bytes, size_t length,
                   const struct file_format **format, const char **known);

/* The same of bytes in an encoding that may be asked for. */
bool format_detect_encoded(const char *bytes, size_t length,
                           const struct encoding_wish *encoding,
                           const struct file_format **format,
                           const char **known);

/* Whether more bytes are needed to tell.  Text is known by its beginning. */
bool format_needs_more(const char *bytes, size_t length);

/* Reads `bytes`, which are borrowed.  False, with document->fault, if they are
 * not of this format or out of memory.  Either way it goes to
 * document_free(). */
bool format_read(struct document *document, const struct file_format *format,
                 const char *field, const char *bytes, size_t length);

/* The same of bytes in an encoding that was found or asked for. */
bool format_read_encoded(struct document *document,
                         const struct file_format *format, const char *field,
                         const struct encoding_wish *encoding,
                         const char *bytes, size_t length);

/* ---- Putting repairs back ------------------------------------------------ */

/* Bytes start to end - 1 of the file become other text. */
struct edit {
    size_t start;
    size_t end;
    size_t original; /* in repaired.strings, as UTF-8 */
    size_t original_length;
    size_t text;
    size_t length;
    size_t written; /* the length of `text` in the file */
    size_t out;     /* where that is in the output, if it is made */
    size_t repair;  /* the number of the one it belongs to */
};

/* A page of the file.  Its image has the size that boxes are counted in. */
struct page {
    size_t start; /* in the file */
    size_t image; /* the image's name, in strings */
    size_t image_length;
    int64_t width; /* in millionths, as boxes; 0: not said */
    int64_t height;
    bool is_used; /* a repair is on it */
};

/* Where words stand on the image of a page. */
struct clip {
    size_t page; /* its number from 1 on; 0: there is no such place */
    int64_t sides[4];
};

/* A word may go over the end of a line. */
#define REPAIR_CLIPS 2

/* A correction of the library, or several that touch one word, in terms of the
 * file. */
struct repair {
    unfix_correction shown; /* offsets in the file; its texts in strings */
    struct span place;      /* in the document's text */
    size_t original;        /* where its texts begin in strings */
    size_t replacement;
    size_t reason;
    size_t held_back; /* SIZE_MAX: that in `shown` */
    size_t other;     /* the first of its alternatives */
    size_t edit;      /* the first of its edits, of which there may be none */
    size_t edits;
    struct clip clips[REPAIR_CLIPS]; /* if they were asked for */
};

/* What became of a file, or of several records one after the other. */
struct repaired {
    char encoding[ENCODING_NAME_SIZE]; /* empty: UTF-8 */
    bool is_text;                      /* the file is nothing but its text */
    struct repair *repairs;
    size_t count;
    size_t capacity;
    unfix_alternative *others;
    size_t other_count;
    size_t other_capacity;
    struct edit *edits; /* by repair */
    size_t edit_count;
    size_t edit_capacity;
    struct page *pages;
    size_t page_count;
    size_t page_capacity;
    struct buffer strings;
    struct buffer text;   /* the document's, as it was read */
    struct buffer output; /* the file with those that are applied */
    bool failed;          /* out of memory */
};

/* As the library gives them: sorted and disjoint. */
struct corrections {
    const unfix_correction *const *items;
    size_t count;
};

/* What becomes of the file with the corrections of its text.  One that the file
 * cannot hold (its encoding has no such letter, or it crosses what is not text)
 * is held back.  False when out of memory; either way it goes to
 * repaired_free(). */
bool format_write(const struct document *document,
                  const struct corrections *list, bool keeps_empty,
                  struct repaired *repaired);
void repaired_free(struct repaired *repaired);

/* Adds what became of the next bytes, which begin at `offset`, to what became
 * of those before.  `next` is used up, but stays to be freed. */
void repaired_append(struct repaired *all, struct repaired *next,
                     size_t offset);

/* Lets the corrections point to their texts; nothing is added after it, and the
 * offsets then count from what came before. */
void repaired_finish(struct repaired *repaired, uint64_t input,
                     uint64_t output);

#endif
