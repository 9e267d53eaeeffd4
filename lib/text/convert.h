/* SPDX-License-Identifier: MPL-2.0 */
/* Encodings other than UTF-8, by ICU's converters. */
#ifndef UFX_TEXT_CONVERT_H
#define UFX_TEXT_CONVERT_H

#include "base/buffer.h"

/* Appends `text`, which is in the encoding `from`, in the encoding `to`.
 * ARGUMENT: no such encoding.  FORMAT: the text holds what one of the two does
 * not have; *at (NULL is allowed) is then about where.  MEMORY, EXTERNAL. */
unfix_status ufx_convert(const char *to, const char *from, const char *text,
                         size_t length, struct ufx_buffer *out, size_t *at);

#endif
