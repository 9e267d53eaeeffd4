/* SPDX-License-Identifier: MPL-2.0 */
/* Every cap of the library, with the blow-up that it stops. */
#ifndef UFX_BASE_LIMITS_H
#define UFX_BASE_LIMITS_H

/* Arena blocks start at this size, and one larger than KEEP is given back
 * after use, so that one odd page does not pin its memory for good. */
#define UFX_ARENA_BLOCK (64 * 1024)
#define UFX_ARENA_KEEP (16 * 1024 * 1024)

/* A window is what is held, profiled and repaired at a time: it ends at the
 * first paragraph's end from SOFT on, and at HARD whatever stands there.
 * Bounds memory on endless input. */
#define UFX_WINDOW_SOFT (256 * 1024)
#define UFX_WINDOW_HARD (320 * 1024)

/* A section is what counts as one document where habits are learned and words
 * are counted: it ends at the first window's end from here on.  Sections do
 * not hang on each other, so several cores can share a long text. */
#define UFX_SECTION_BYTES (2 * 1024 * 1024)

/* A paragraph is what is searched at a time; a longer one is cut at a blank.
 * Bounds the lattice on a text without blank lines. */
#define UFX_PARAGRAPH_BYTES (8 * 1024)

/* A longer token is no word; it is left alone.  Bounds the candidate search,
 * whose time grows with the token's length. */
#define UFX_TOKEN_CHARS 64

/* States that the candidate search may expand at one position of a token,
 * readings that it may return, rules that one reading may use, and words that
 * it may have. */
#define UFX_SEARCH_WIDTH 100
#define UFX_READINGS 12
#define UFX_READING_RULES 6
#define UFX_READING_WORDS 4

/* A window is repaired again until nothing more changes, so that a second run
 * over the output finds nothing to do.  Twice is usual; more is hardly seen. */
#define UFX_REPAIRS 5

/* Each time it is profiled and repaired, and the output profiled in the end. */
#define UFX_PASSES (2 * UFX_REPAIRS + 1)

/* States that the searches of a pass may expand for each byte that it goes
 * over, and how many may be saved up: each pass for itself, so that a second
 * run finds what the last one did.  Pages of the worst kind take 10 a byte for
 * a paragraph, 4 over all.  Bounds the time on garbage, where every token is
 * far from any word. */
#define UFX_WORK_BYTE 6
#define UFX_WORK_SAVED 500000

/* Paragraphs of a window that are remembered as needing no second look.  More
 * are gone over again. */
#define UFX_QUIET_PARAGRAPHS 4096

/* Tokens that one reading may span: stops joins from going quadratic. */
#define UFX_SPAN_TOKENS 4

/* The same where letters are spaced out, each a token of its own. */
#define UFX_SPACED_TOKENS 24

/* Paths kept at each node of the lattice. */
#define UFX_BEAM 4

/* Distinct tokens whose readings a context remembers. */
#define UFX_CACHE_TOKENS 32768

/* Distinct forms that the profile of a document counts; when it is full all
 * counts are halved, and what stood once is forgotten. */
#define UFX_PROFILE_FORMS 65536

/* Alternatives shown with a correction. */
#define UFX_ALTERNATIVES 5

/* The characters on either side of a confusion. */
#define UFX_CONFUSION_CHARS 3

/* Entries in an overlay. */
#define UFX_OVERLAY_WORDS 1000000
#define UFX_OVERLAY_CONFUSIONS 10000
#define UFX_OVERLAY_VETOES 1000000

#endif
