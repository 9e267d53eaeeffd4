/* SPDX-License-Identifier: MPL-2.0 */
/* The numbers by which what is known of a language is used that were chosen by
 * trying.  Costs are in 1/1000 nat. */
#ifndef UFX_LANG_TUNED_H
#define UFX_LANG_TUNED_H

/* A letter that only stands for a usual one (ä, ç): rare in any word. */
#define UFX_COST_UNUSUAL 3000

/* Words that another encoding knows and the best one does not must be fewer
 * than one in so many of those that only the best one knows (charsets.c).  On
 * pages on which most accents are misread as many known words are enough if
 * they are one in so many. */
#define UFX_CHARSET_WORDS 4
#define UFX_CHARSET_DAMAGED 12

#endif
