/* SPDX-License-Identifier: MPL-2.0 */
/* Putting repairs back: what formats need for it. */
#ifndef UNFIX_TOOL_FORMAT_WRITER_H
#define UNFIX_TOOL_FORMAT_WRITER_H

#include "format/format.h"

/* Words in one string, with a blank between. */
struct words {
    const char *text;
    size_t length;
    size_t count;
};

struct writer {
    const struct document *document;
    struct repaired *repaired;
    bool keeps_empty;
    size_t *owners; /* of each unit: the repair that changes it, plus one */
    size_t *left;   /* of each line: words that stay */
    size_t *firsts; /* and the first of them */
    size_t *added;  /* and how many elements it got */
    uint32_t confidence; /* of the repair under way */
    bool is_applied;
    bool cannot;     /* the repair under way cannot be written */
    bool lacks_sign; /* since the file's encoding has no such character */
};

/* Puts `text` in the place of bytes `start` to `end - 1`, as it is. */
void writer_edit(struct writer *writer, size_t start, size_t end,
                 const char *text, size_t length);
void writer_puts(struct writer *writer, size_t place, const char *text);

/* Gives a part of the document's text, within one unit, another text: no more
 * than what differs is written. */
void writer_replace(struct writer *writer, struct span place, const char *text,
                    size_t length);

/* The same at a copy of it. */
void writer_replace_copy(struct writer *writer, struct span copy,
                         const char *text, size_t length);

/* Gives a unit another text, and what tells it again for it alone. */
void writer_set(struct writer *writer, const struct unit *unit,
                const char *text, size_t length);

/* Takes the element of a unit away; if it is the last word of its line or such
 * elements are to stay, its text only. */
void writer_erase(struct writer *writer, size_t unit);

/* Whether the repair under way takes a place away. */
bool writer_takes(const struct writer *writer, struct span place);

/* Text as it is written at a place. */
void writer_spell(struct writer *writer, struct buffer *out, const char *text,
                  size_t length, enum spelling spelling, const char *like,
                  size_t like_length);

/* What stands at a place becomes other text, in a copy of it. */
struct patch {
    struct span place;
    const char *text;
    size_t length;
};

/* A word that gets a copy of another's element: its number among the words that
 * the element becomes, and what gives the copy its place, with room for more
 * patches. */
struct copy {
    const char *word;
    size_t length;
    size_t index;
    struct patch patches[8];
    size_t count;
    bool has_box;
    int64_t before; /* where the word before ends */
    int64_t left;
};

/* Appends `bytes`, which begin with a tag, with the patches of the copy, its
 * word at `text`, and an identity of its own where the tag has that attribute.
 */
void writer_copy_word(struct writer *writer, struct buffer *out,
                      struct copy *copy, struct span bytes, struct span text,
                      enum spelling spelling, const char *identity);

/* Units `first` to `last` of one word element each become `words`: the elements
 * are there once for each word, and share the room. */
void writer_rewrite(struct writer *writer, size_t first, size_t last,
                    const struct words *words);

/* Appends bytes of the file with `count` patches; those that are not within
 * them are left out.  Sorts the patches. */
void writer_copy(struct writer *writer, struct buffer *out, struct span bytes,
                 struct patch *patches, size_t count);

/* The next word of `words`, from *at on; false at the end. */
bool words_next(const struct words *words, size_t *at, const char **word,
                size_t *length);

/* ---- Boxes --------------------------------------------------------------- */

/* Numbers are in millionths, and are written with as many decimals as the one
 * that they take the place of. */
struct decimal {
    int64_t value;
    int decimals;
};

/* Reads the number at the start of `text`; returns its length, or 0. */
size_t decimal_read(const char *text, size_t length, struct decimal *number);
void decimal_write(struct buffer *out, int64_t value, int decimals);

/* Makes a box (left, top, right, bottom) hold another as well. */
void sides_widen(int64_t sides[4], const int64_t other[4]);

/* The part of a box from `start` to `end` that is the word's at `index`: by the
 * widths of its letters. */
void words_share(const struct words *words, size_t index, int64_t start,
                 int64_t end, int64_t *from, int64_t *to);

#endif
