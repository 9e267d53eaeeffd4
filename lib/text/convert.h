/* SPDX-License-Identifier: MPL-2.0 */
/* Encodings other than UTF-8, by ICU's converters. */
#ifndef UFX_TEXT_CONVERT_H
#define UFX_TEXT_CONVERT_H

#include "base/buffer.h"

#include <stdint.h>

/* Appends `text`, which is in the encoding `from`, in the encoding `to`.
 * ARGUMENT: no such encoding.  FORMAT: the text holds what one of the two does
 * not have; *at (NULL is allowed) is then about where.  MEMORY, EXTERNAL. */
unfix_status ufx_convert(const char *to, const char *from, const char *text,
                         size_t length, struct ufx_buffer *out, size_t *at);

/* Text read from an encoding, with the place in the bytes of each of its own.
 */
struct ufx_decoded {
    struct ufx_memory memory;
    struct ufx_buffer text;
    uint32_t *origins; /* of each byte of the text */
    size_t capacity;
    size_t taken; /* bytes that were read; fewer than there are where the last
                     character is not whole */
};

/* Both ways of one encoding; one thread's.  NULL frees nothing. */
struct ufx_converter;

/* ARGUMENT: no such encoding, or one in which a character depends on more than
 * its own bytes. */
unfix_status ufx_converter_open(const char *name,
                                struct ufx_converter **converter);
void ufx_converter_close(struct ufx_converter *converter);

/* Fills what is read of the bytes, of which there may be UINT32_MAX - 1.
 * FORMAT: they are not of the encoding, and `taken` tells about where. */
unfix_status ufx_converter_decode(struct ufx_converter *converter,
                                  const char *bytes, size_t length,
                                  struct ufx_decoded *decoded);

/* Appends UTF-8 in the encoding.  FORMAT, with nothing appended: it cannot hold
 * that. */
unfix_status ufx_converter_encode(struct ufx_converter *converter,
                                  const char *text, size_t length,
                                  struct ufx_buffer *out);

#endif
