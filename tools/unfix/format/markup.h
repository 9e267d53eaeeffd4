/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A scanner of XML and HTML that keeps the places of what it finds.  It judges
 * nothing (judge.h does): odd bytes are text.
 */
#ifndef UNFIX_TOOL_FORMAT_MARKUP_H
#define UNFIX_TOOL_FORMAT_MARKUP_H

#include "format/document.h"

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
    TOKEN_TEXT,
    TOKEN_CDATA,
    TOKEN_OPEN,  /* <name ...>, or <name .../>, which is_empty */
    TOKEN_CLOSE, /* </name> */
    TOKEN_OTHER, /* comments, declarations, processing instructions */
    TOKEN_END
};

struct token {
    enum token_kind kind;
    size_t start;
    size_t end;
    struct span name;   /* of a tag, without its prefix; of CDATA, its text */
    struct span prefix; /* with the colon */
    bool is_empty;
};

/* The place of `word` from `at` on, or the end. */
size_t markup_find(const struct document *document, size_t at,
                   const char *word);

/* The token that starts at `at`. */
void markup_next(const struct document *document, size_t at,
                 struct token *token);
bool markup_is(const struct document *document, const struct token *token,
               const char *name);

/* Where the closing tag begins of an element within which "<" is no tag's, as
 * of a script in HTML; the end without one. */
size_t markup_close(const struct document *document, const struct token *token);

struct attribute {
    struct span whole; /* with the blanks before it */
    struct span value;
    enum spelling spelling;
};

/* The attribute `name` of an opening tag. */
bool markup_attribute(const struct document *document,
                      const struct token *token, const char *name,
                      struct attribute *attribute);

/* Appends the text between two places to that of the open unit, entities read;
 * or, with is_copy, to the copies. */
void markup_read(struct document *document, struct span place,
                 enum spelling spelling, bool is_copy);

/* Appends the text between two places, entities read, to `out`. */
void markup_text(const struct document *document, struct span place,
                 struct buffer *out);

/* Appends text as it is written in XML or HTML; `like` is what stood there,
 * whose letters may have been entities. */
void markup_write(struct buffer *out, const char *text, size_t length,
                  enum spelling spelling, const char *like, size_t like_length);

/* A run of text that goes over tags. */
struct text_run {
    size_t end;        /* of its last text in the file */
    struct span blank; /* and what came after that */
};

/* Appends a piece of a run to the open unit.  Blanks are text only when text
 * comes after them. */
void markup_run(struct document *document, struct text_run *run,
                struct span place, enum spelling spelling);

/* ---- Elements within elements -------------------------------------------- */

/* Deeper than that nobody nests what is to be read. */
#define MARKUP_DEEPEST ((size_t)512)

struct element {
    struct token token;
    int kind; /* the reader's */
};

struct elements {
    struct element items[MARKUP_DEEPEST];
    size_t count;
};

/* Opens an element; false if it has no end of its own, as <br> in HTML, or if
 * there are too many, which is a fault of the document. */
bool elements_push(struct elements *elements, struct document *document,
                   const struct token *token, int kind);

/* How many elements a closing tag ends: those that are open within its own,
 * and that; 0 if it ends nothing. */
size_t elements_ended(const struct elements *elements,
                      const struct document *document,
                      const struct token *token);

#endif
