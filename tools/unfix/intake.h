/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a file is read as and in which encoding, found out while it comes, and
 * how much of it can be worked at: text in sections, records line by line, all
 * else as a whole.
 */
#ifndef UNFIX_TOOL_INTAKE_H
#define UNFIX_TOOL_INTAKE_H

#include "args.h"
#include "buffer.h"
#include "format/format.h"
#include "input.h"
#include "sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <unfix.h>

/* A record that is too long to be one document goes in parts: what is around
 * its text comes out as it is. */
enum part {
    PART_NONE, /* whole records, or another format */
    PART_TEXT,
    PART_AROUND
};

/* How a file, or a part of one, is to be read. */
struct wish {
    const struct file_format *format; /* NULL: as text */
    struct encoding_wish encoding;
    const char *known;    /* comes out as it is, being that; or NULL */
    const char *field;    /* of records; NULL: "text" */
    const char *document; /* field that those of one document share, or NULL */
    bool is_asked;        /* for this format or encoding, by an option */
    bool keeps_empty;     /* elements whose word vanishes stay */
    bool has_clips;       /* repairs get their places on images of pages */
    bool is_converted;    /* to UTF-8, before anything else */
    enum part part;
    bool by_numbers;   /* of PART_TEXT: how letters are spelt in the record */
    bool ends_line;    /* of PART_AROUND: the record ends */
    const char *fault; /* what is wrong with the record, where it begins */
};

struct intake {
    struct wish wish;
    const struct options *options;
    const unfix_model *model;
    struct sample *whole; /* what the file's bytes tell; NULL: see below */
    struct sample sample; /* of those that came */
    bool is_settled;
    bool failed;               /* out of memory */
    bool is_wrong;             /* what came is not in the encoding */
    size_t tried;              /* so much of the buffer holds no section */
    struct encoding converter; /* to UTF-8, if that is wanted */
    struct buffer rest;        /* of a character that is not whole */
    struct buffer buffer;      /* read, but not taken */

    /* Of a record in parts, what is left; `is_passing`, too long to be kept, up
     * to its end. */
    struct span inside; /* its text, in the buffer */
    size_t record;      /* its end there; 0: none is under way */
    bool is_passing;
    size_t searched; /* so much of the buffer has no end of a line */

    /* With `wish.document`: the whole lines that were looked at, and where the
     * last document begins in them. */
    size_t looked_at;
    size_t last_document;
};

/* A new file. */
void intake_begin(struct intake *intake, const struct options *options,
                  const unfix_model *model, struct input *input);

/* Takes the next bytes of it. */
void intake_add(struct intake *intake, const char *bytes, size_t length);

/* Whether it is known what the file is; at its end it always is. */
bool intake_settle(struct intake *intake, bool is_end);

/* So much of the buffer can be worked at, and goes now, when it has at least
 * `wanted` bytes or the file ends; 0: more is needed.  Not for text. */
size_t intake_ready(struct intake *intake, size_t wanted, bool is_end);

/* Whether sections of the library's own are cut. */
bool intake_is_text(const struct intake *intake);
void intake_free(struct intake *intake);

#endif
