/* SPDX-License-Identifier: MPL-2.0 */
/* Which encoding bytes are in that are no UTF-8: the one in which words with
 * letters beyond ASCII are words of the language. */
#ifndef UFX_LANG_CHARSETS_H
#define UFX_LANG_CHARSETS_H

#include "lang/model.h"

/* *name is an encoding of one byte a letter, or NULL where none is plain to
 * see.  MEMORY is the only failure. */
unfix_status ufx_charsets_guess(const struct ufx_language *language,
                                const struct ufx_memory *memory,
                                const char *bytes, size_t length,
                                const char **name);

#endif
