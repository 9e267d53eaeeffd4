/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A file as UTF-8, with the way back: which bytes of the file each byte of the
 * UTF-8 stands for.  Readers see UTF-8 alone; edits are put into the file in
 * its own encoding.  The library converts.
 */
#ifndef UNFIX_TOOL_FORMAT_ENCODING_H
#define UNFIX_TOOL_FORMAT_ENCODING_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <unfix.h>

#define ENCODING_NAME_SIZE ((size_t)32)

/* What a file is to be read in. */
struct encoding_wish {
    char name[ENCODING_NAME_SIZE]; /* empty: UTF-8 */
    bool is_asked; /* by an option; else what the file declares goes first */
};

struct encoding {
    char name[ENCODING_NAME_SIZE]; /* empty: UTF-8, or bytes nobody knows */
    const char *file;              /* as it is; borrowed */
    const char *bytes;             /* as UTF-8 */
    size_t length;
    unfix_encoding *way; /* NULL: none is needed */
    bool is_wrong;       /* the bytes are not in the encoding asked for */
    bool failed;         /* out of memory */
};

/* Whether it can be asked for. */
bool encoding_is_known(const char *name);

/* Puts that name, which is known, into a wish for a file that begins so: UTF-16
 * and UTF-32 with their order, which is the mark's or, without one, the greater
 * byte first. */
void encoding_ask(struct encoding_wish *wish, const char *name,
                  const char *bytes, size_t length);

/* What byte order mark or declaration say, or "".  Only what begins with a tag
 * declares something: in <?xml ...> or <meta ...>.  A declaration that is
 * plainly untrue counts for none. */
void encoding_declared(char *name, const char *bytes, size_t length);

/* Reads what mark and declaration say, or as `wish` (which may be NULL) has it.
 * `bytes` are borrowed.  False when out of memory.  Where nothing of that is
 * right, the bytes are taken as they are.  Either way it goes to
 * encoding_free(). */
bool encoding_open(struct encoding *encoding, const struct encoding_wish *wish,
                   const char *bytes, size_t length);
void encoding_free(struct encoding *encoding);

/* Whether it begins as UTF-16 or UTF-32 do, and is taken as it is since not all
 * of it is so. */
bool encoding_is_broken(const struct encoding *encoding);

/* The place in the file of an offset in the UTF-8. */
size_t encoding_origin(const struct encoding *encoding, size_t offset);

/* Of no file: for the way back alone.  False if nobody knows the name, or when
 * out of memory. */
bool encoding_open_name(struct encoding *encoding, const char *name);

/* Appends UTF-8 in the encoding of the file; false, with nothing appended,
 * where it has no such character.  Without memory the buffer has failed. */
bool encoding_write(const struct encoding *encoding, const char *text,
                    size_t length, struct buffer *out);

/* Whether the UTF-8 from `start` to `end - 1`, written so, is what the file has
 * there: where an encoding has two spellings of a letter, it need not be.  Sets
 * *failed without memory. */
bool encoding_is_way_back(const struct encoding *encoding, size_t start,
                          size_t end, bool *failed);

#endif
