/* SPDX-License-Identifier: MPL-2.0 */
/* Every cap of the library, with the blow-up that it stops. */
#ifndef UFX_BASE_LIMITS_H
#define UFX_BASE_LIMITS_H

/* Arena blocks start at this size and grow up to GROWN, which bounds what is
 * reserved in vain; one larger than KEEP is given back after use, so that one
 * odd page does not pin its memory for good. */
#define UFX_ARENA_BLOCK (64 * 1024)
#define UFX_ARENA_GROWN (2 * 1024 * 1024)
#define UFX_ARENA_KEEP (16 * 1024 * 1024)

/* A window is what is held, profiled and repaired at a time: it ends at the
 * first paragraph's end from so many lines on, with line LINES_HARD whatever
 * stands there, and where lines are long between SOFT and HARD.  Bounds memory
 * on endless input.  Repairs change how many bytes there are, but not how many
 * lines: so the output is cut where the input was, and a second run sees the
 * same. */
#define UFX_WINDOW_LINES 3072
#define UFX_WINDOW_LINES_HARD 3840
#define UFX_WINDOW_SOFT (256 * 1024)
#define UFX_WINDOW_HARD (384 * 1024)

/* A section is what counts as one document where habits are learned and words
 * are counted: it ends with a window, from so many lines on; one of long lines
 * counts as WINDOW_LINES.  Sections do not hang on each other, so several cores
 * can share a long text.  Only pages of long lines come to so many BYTES. */
#define UFX_SECTION_LINES (8 * UFX_WINDOW_LINES)
#define UFX_SECTION_BYTES (4 * 1024 * 1024)

/* A paragraph is what is searched at a time; a longer one is cut at a line's
 * end, or at a blank.  Bounds the lattice on a text without blank lines. */
#define UFX_PARAGRAPH_LINES 96
#define UFX_PARAGRAPH_BYTES (8 * 1024)

/* A longer token is no word; it is left alone.  Bounds the candidate search,
 * whose time grows with the token's length. */
#define UFX_TOKEN_CHARS 64

/* States that a search may expand at one position of a token where
 * normalize/tuned.h has no number for its kind, readings that it may return,
 * rules that one reading may use, and words that it may have. */
#define UFX_SEARCH_WIDTH 100
#define UFX_READINGS 24
#define UFX_READING_RULES 12
#define UFX_READING_WORDS 4

/* Other readings of a piece of text that an engine may offer, and bytes of each
 * of them. */
#define UFX_OFFERS 64
#define UFX_OFFER_BYTES 1024

/* A window is repaired again until nothing more changes, so that a second run
 * over the output finds nothing to do.  Twice is usual; of texts of which every
 * second word was wrong one in twenty took six to nine times.  What goes on
 * after so many times is left as it came; but where the last time found FEW, or
 * less than the one before it and at most one for a SHARE of all that was
 * found, only after MOST. */
#define UFX_REPAIRS 7
#define UFX_REPAIRS_MOST 10
#define UFX_REPAIRS_FEW 4
#define UFX_REPAIRS_SHARE 1000

/* States that the searches of a paragraph may expand for each byte of it, and
 * those of a short one besides.  One that takes more is searched again, less
 * widely, and only what is too dear even for the last width is left alone.
 * Bounds the time on garbage, where every token is far from any word, and on
 * thousands of a user's confusions.  (A newspaper of which every second word is
 * wrong takes 5 a byte over all; with 8 a byte, or 24, paragraphs in which most
 * words are wrong, of messages to a congress and of pages with noise, were
 * searched near by and lost one repair in four.) */
#define UFX_WORK_BYTE 150
#define UFX_WORK_PARAGRAPH 6000

/* The same of deep searches besides, for words with several faults, on pages
 * where little is right; what is beyond that is looked for less deeply.  (With
 * 5 and 8,000 messages to a congress lost 4 points of 67, with 20 and 20,000
 * two.) */
#define UFX_WORK_DEEP 200
#define UFX_WORK_DEEP_PARAGRAPH 20000
#define UFX_SEARCH_WIDTHS 3

/* One more, where hardly anything is misread: words that are near to nothing
 * are looked for no further. */
#define UFX_SEARCH_NEAR UFX_SEARCH_WIDTHS

/* Steps that reading one mangled word may take: stops a run of signs that stand
 * for any letter. */
#define UFX_UNIT_STEPS 6000

/* Paragraphs of a window that are remembered as needing no second look.  More
 * are gone over again. */
#define UFX_QUIET_PARAGRAPHS 4096

/* Threads of a context, and the bytes of a window from which on they share its
 * paragraphs: less is done before they are awake. */
#define UFX_THREADS 256
#define UFX_SHARED_BYTES 4096

/* Tokens that one reading may span: stops joins from going quadratic. */
#define UFX_SPAN_TOKENS 4

/* The same where letters are spaced out, each a token of its own. */
#define UFX_SPACED_TOKENS 24

/* Paths kept at each node of the lattice. */
#define UFX_BEAM 4

/* Distinct tokens whose readings a context remembers, and the bytes that these
 * take; with more of either all are forgotten when a window ends. */
#define UFX_CACHE_TOKENS 24576
#define UFX_CACHE_BYTES (12 * 1024 * 1024)

/* Distinct forms that the profile of a document counts; when it is full all
 * counts are halved, and what stood once is forgotten. */
#define UFX_PROFILE_FORMS 65536

/* Letters of a token that is cut at its seams. */
#define UFX_SEAM_CHARS 40

/* Bytes of the text on either side of a mangled word that are its context, and
 * that tell its language. */
#define UFX_AROUND_BYTES 96
#define UFX_AROUND_FAR_BYTES 240

/* Segments beyond a change that must have been looked for as well, where the
 * work did not suffice for all. */
#define UFX_SEARCHED_BEYOND 3

/* Words and signs on either side of a place that it is judged by, and segments
 * among which the nearest words are looked for. */
#define UFX_SURROUNDINGS_WORDS 30
#define UFX_NEIGHBOURS_REACH 256

/* Bytes of a language's tag, with NUL. */
#define UFX_LANGUAGE_TAG 12

/* What a survey tells apart of an engine's ways to misread, and the bytes of
 * either side of one; further ones are left out. */
#define UFX_SURVEY_READINGS 1024
#define UFX_SURVEY_BYTES 20

/* The line that tells of them has so many letters that were meant, and of each
 * so many ways to read it. */
#define UFX_SURVEY_SHOWN 8
#define UFX_SURVEY_SHOWN_WAYS 4

/* Alternatives shown with a correction. */
#define UFX_ALTERNATIVES 5

/* The characters on either side of a confusion. */
#define UFX_CONFUSION_CHARS 3

/* The options of a later version may have so many bytes.  A larger size was
 * never set, and to look whether what it covers is zero would read what is not
 * the caller's. */
#define UFX_OPTIONS_BYTES 512

/* What a model image may have.  Openings check it, so that no image, however
 * it was made, takes more than some times as long as a good one. */
#define UFX_MODEL_RULES 8192
#define UFX_MODEL_MARKS 1024
#define UFX_MODEL_FORMS 4096
#define UFX_MODEL_TREES 8192
#define UFX_MODEL_TREE_NODES 4096
#define UFX_MODEL_TREE_DEPTH 12
#define UFX_MODEL_TREE_DEPTH_LEAST 2 /* as trees are laid out */

/* What to check takes too long, and is not looked at beyond this: buckets of
 * n-grams that follow each other, all full; arcs of a node; marks that one mark
 * is read for. */
#define UFX_MODEL_BUCKETS 256
#define UFX_MODEL_ARCS 256
#define UFX_MARK_RIVALS 64

/* Steps in which one form may be tried: stops items that each read the same in
 * several ways.  Those of a good model take some ten. */
#define UFX_FORM_STEPS 2000

/* Rules that may lead on from one state of the search.  Good tables have not a
 * quarter of that for any place. */
#define UFX_STATE_RULES 256

/* Rules that the search looks at for what counts as one state in the allowances
 * above.  (With thousands of a user's confusions each state looks at hundreds.)
 * In the width of a beam, of a state from which more than FEW lead on, each
 * beyond these counts as one more: pages and scans have few such states, and
 * none with more than 50. */
#define UFX_WORK_RULES 4
#define UFX_WORK_FEW 40

/* Bytes of the key of a fact of a collection, of what one of a repair has on
 * either side, and of a line that may head a page. */
#define UFX_COLLECTION_KEY 1024
#define UFX_COLLECTION_PAIR 128
#define UFX_COLLECTION_HEAD 128

/* Entries in an overlay. */
#define UFX_OVERLAY_WORDS 1000000
#define UFX_OVERLAY_CONFUSIONS 10000
#define UFX_OVERLAY_VETOES 1000000

#endif
