/* SPDX-License-Identifier: MPL-2.0 */
/* Bytes to windows, paragraphs and tokens. */
#ifndef UFX_TEXT_TEXT_H
#define UFX_TEXT_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdint.h>

/* Decodes the character at `text`; its length goes to *size.  A byte that
 * begins no well-formed UTF-8 (Unicode 15, table 3-7) gives UFX_CHAR_OPAQUE +
 * byte, size 1.  `length` > 0. */
uint32_t ufx_text_decode(const char *text, size_t length, size_t *size);

/* Decodes [start, end) of `text`, base and mark composed, with where each
 * character begins in `text` (NULL: not wanted).  Their number, which is more
 * than `most` if there are more than that. */
size_t ufx_text_decode_composed(const char *text, size_t start, size_t end,
                                uint32_t *chars, uint32_t *offsets,
                                size_t most);

/* Where `part`, 1 byte or more, is in the text first; NULL: nowhere. */
const char *ufx_text_find(const char *text, size_t length, const char *part,
                          size_t part_length);

/* Appends `text` in normalization form C; invalid bytes as they are. */
unfix_status ufx_text_nfc(const char *text, size_t length,
                          struct ufx_buffer *out);

/* The length of the first window of `text`, or 0 if more of the document is
 * needed to tell.  Depends on the text alone, not on how much of it is there.
 * With `final` the text is all there is. */
size_t ufx_text_window(const char *text, size_t length, bool final);

/* How far a text was looked at in vain for its first window's end. */
struct ufx_window_scan {
    size_t done;  /* bytes */
    size_t lines; /* that end in them */
    bool open;    /* a window may end with the line at hand, if it is blank */
};

/* The same without `final`, for a text that comes byte by byte: it goes on
 * where the scan, all zero at first, stands. */
size_t ufx_text_window_more(const char *text, size_t length,
                            struct ufx_window_scan *scan);

/* The length of the first section, as ufx_text_window has it of a window. */
size_t ufx_text_section(const char *text, size_t length, bool final);

/* How much a section has so far. */
struct ufx_section_scan {
    size_t done; /* bytes */
    size_t lines;
};

/* Adds a window; true where the section ends with it. */
bool ufx_text_section_more(const char *window, size_t length,
                           struct ufx_section_scan *scan);

/* Newlines. */
size_t ufx_text_lines(const char *text, size_t length);

/* True for what is rather a binary file than text: more than one byte in fifty
 * is a control character or no UTF-8. */
bool ufx_text_is_binary(const char *text, size_t length);

/* True for what begins with http or www., has :// in it, or is name@host.tld.
 */
bool ufx_text_is_address(const char *text, size_t length);

/* The length of the first paragraph of a window, the blank lines after it
 * included. */
size_t ufx_text_paragraph(const char *text, size_t length);

enum ufx_token_kind {
    UFX_TOKEN_TEXT,    /* words, numbers, marks: what may be repaired */
    UFX_TOKEN_ADDRESS, /* URL or e-mail address */
    UFX_TOKEN_MARKUP,  /* tag, entity, a run of Markdown signs, a rule */
    UFX_TOKEN_OPAQUE   /* invalid bytes, control characters, or too long */
};

enum ufx_gap {
    UFX_GAP_START, /* at the paragraph's beginning */
    UFX_GAP_NONE,  /* right after the token before */
    UFX_GAP_BLANK,
    UFX_GAP_NEWLINE
};

/* Tokens are what stands between blanks, cut where markup begins and ends. */
struct ufx_token {
    uint32_t start; /* bytes in the paragraph */
    uint32_t end;
    uint32_t first; /* in chars */
    uint32_t count;
    uint8_t kind; /* enum ufx_token_kind */
    uint8_t gap;  /* enum ufx_gap: what stands before it */
};

struct ufx_paragraph {
    const char *bytes;
    size_t length;
    struct ufx_token *tokens;
    size_t token_count;
    uint32_t *chars;   /* composed (NFC) code points of all tokens */
    uint32_t *offsets; /* of each char in bytes, one more at the end of each
                          token than chars: offsets[first + i + token index] */
};

/* The byte offset of character `i` of token `t`; i may be the token's count. */
static inline uint32_t
ufx_paragraph_offset(const struct ufx_paragraph *p, size_t t, size_t i)
{
    return p->offsets[p->tokens[t].first + t + i];
}

/* Cuts a paragraph into tokens.  Everything lives in the arena; the bytes are
 * borrowed.  MEMORY is the only failure. */
unfix_status ufx_paragraph_read(struct ufx_paragraph *paragraph,
                                const char *bytes, size_t length,
                                struct ufx_arena *arena);

#endif
