/* SPDX-License-Identifier: MPL-2.0 */
/* How a repaired text lies on the one that was read: which letters, and above
 * all which blanks, are the same. */
#ifndef UNFIX_TOOL_FORMAT_ALIGN_H
#define UNFIX_TOOL_FORMAT_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

/* Longer texts are not aligned: the table grows with their product. */
#define ALIGN_LONGEST ((size_t)600)

/* For each byte of the old text at which a character starts, and for its end:
 * where the new text is when that character comes (`before`), and when it is
 * done with (`after`).  A run of blanks is one character. */
struct alignment {
    size_t before[ALIGN_LONGEST + 1];
    size_t after[ALIGN_LONGEST + 1];
    bool is_kept[ALIGN_LONGEST + 1]; /* the character stands for one */
};

/* Neither is longer than ALIGN_LONGEST.  False when out of memory. */
bool align(const char *old_text, size_t old_length, const char *new_text,
           size_t new_length, struct alignment *alignment);

#endif
