/* SPDX-License-Identifier: MPL-2.0 */
/* The numbers by which readings are made that were chosen by trying, those of a
 * search (search.h, deep.c, decode.c) and of mangled letters (encodings.c,
 * decodings.c) aside.  Costs are in 1/1000 nat.
 *
 * They were chosen with the pages in view that docs/quality.md names, mostly by
 * halving and doubling; what the parts are worth that use them is measured by
 * scripts/ablation. */
#ifndef UFX_NORMALIZE_TUNED_H
#define UFX_NORMALIZE_TUNED_H

/* ---- What the channel costs ---- */

/* What print does not have: no blank after a mark, one before it, none behind
 * what leads its word, a quotation mark without its partner; the wrong case of
 * a first letter; capitals without accents where the document's others have
 * them. */
#define UFX_COST_ODD 4000

/* At this cost one misreading explains a word: nothing else is looked for. */
#define UFX_COST_EXPLAINED 4500

/* A single word as near as this is found, and makes wide searches needless; of
 * what has none the engine misread more than single letters. */
#define UFX_COST_NEAR 8000

/* A blank that was lost between two words, or after a misread mark; one beside
 * what is no known word, and a mark that opens, read as a small letter. */
#define UFX_COST_SEAM 3500
#define UFX_COST_SEAM_UNKNOWN 5500

/* A blank beside a mark, lost or put in. */
#define UFX_COST_BLANK_AT_MARK 1500

/* A blank put into a word, or a line's end, or a hyphen that breaks it; a blank
 * where all letters are spaced out; one beside a lone letter that is no word.
 */
#define UFX_COST_BLANK 6500
#define UFX_COST_NEWLINE 6000
#define UFX_COST_HYPHEN 700
#define UFX_COST_BLANK_SPACED 600
#define UFX_COST_BLANK_LONE 3000

/* A small letter after a full stop, a capital where no sentence begins. */
#define UFX_COST_WRONG_CASE 2500

/* The case of a first letter that the engine did not show: as the word mostly
 * has it; where both may be. */
#define UFX_COST_CASE_USUAL 200
#define UFX_COST_CASE_OPEN 700

/* A word of one letter is misread as a whole more often than its letter is
 * within words. */
#define UFX_COST_LONE_LETTER (-2500)

/* A mark repair dearer than this is no repair; where little of a page is right
 * more marks than that are specks. */
#define UFX_COST_MARK_MOST 9000
#define UFX_COST_SPECK_MOST 10500

/* The engine's other reading where it was quite sure of that too, and for each
 * thousandth that it was not.  (Confusions of the tables cost 2 to 6 nats.) */
#define UFX_COST_OFFERED 1500
#define UFX_COST_UNSURE 4

/* A figure or mark of a document's symbol; a part of it costs twice as much. */
#define UFX_COST_SYMBOL 2000

/* Keeping what a form is proven to be otherwise: more than any language cost
 * can make up for. */
#define UFX_COST_DISPROVEN 30000

/* ---- What keeping an unknown word costs above its class ---- */

/* The chance that the letters of a word that nobody knows are just these, and
 * that it is one at all where most are damaged: once, for each letter, and of
 * what the letters cost after each other (%); for each where letters tell
 * nothing, or the word has a capital; at most. */
#define UFX_SPELL_BASE 3000
#define UFX_SPELL_LETTER 1000
#define UFX_SPELL_SHARE 60
#define UFX_SPELL_LETTER_ANY 3200
#define UFX_SPELL_LETTER_NAME 2600
#define UFX_SPELL_MOST 40000

/* ---- What the language costs ---- */

/* Words of a token that cost no more on average, each after the one before it,
 * are expected there; one that costs no more by itself stands beside numbers
 * (de, los, que); or is a usual one. */
#define UFX_COST_EXPECTED 6000
#define UFX_COST_PARTICLE 4800
#define UFX_COST_USUAL 10500

/* ---- Letters, words, segments ---- */

/* Fewer letters are too many words' by chance; so many are rather a whole word
 * than part of one. */
#define UFX_WORD_CHARS 4
#define UFX_LONG_CHARS 6

/* How far the context of a form reaches; and what opens or closes a sentence.
 */
#define UFX_FORM_REACH 24
#define UFX_SENTENCE_REACH 40

/* Seen so often a form is no accident, and the document's own way. */
#define UFX_SEEN_LEAST 2
#define UFX_SEEN_OFTEN 3

/* Letters are spaced out where so many of the words within reach are
 * fragments. */
#define UFX_SPACED_REACH 4
#define UFX_SPACED_ENOUGH 3

/* Of 254: words that seldom have a capital within sentences, mostly have one.
 */
#define UFX_CAPITAL_SELDOM 60
#define UFX_CAPITAL_MOSTLY 200

/* ---- What the document shows (profile.c) ---- */

/* A reading is certain if it is so much cheaper than the next, and not too odd
 * itself. */
#define UFX_CERTAIN_MARGIN 3500
#define UFX_CERTAIN_CHANNEL 13000

/* Weight of what other documents showed, in times seen; and by how much a
 * document may change a rule's cost. */
#define UFX_HABIT_PRIOR 3
#define UFX_HABIT_DOWN 5000
#define UFX_HABIT_UP 2000

/* Capitals show their accents if so many times as many do as do not. */
#define UFX_ACCENTED_SHARE 3

/* One in so many words is lost where the engine misread more than single
 * letters, and there are so many of them.  (With no near reading: one in 300
 * words of novels, one in 700 of pages that an engine read without Spanish, but
 * well, and one in 12 to 100 of bad scans.) */
#define UFX_DEEP_WORDS 180

/* One word in so many is certain to be misread where words are looked for
 * beyond what is near.  (In pages of which hardly anything is wrong one in 400;
 * in an encyclopedia one in 1,200, in clean news, laws, novels and poetry one
 * in 6,000 and less.)  That there is a lost word at all, or an unknown one,
 * says as much as one each, so that a page is always looked at in that way. */
#define UFX_WIDE_WORDS 800

/* Damage shows in words that are met for the first time and are certain to be
 * usual ones: so many of all words, of those in small letters with one certain
 * reading, and of the lost; so few are missing by chance.  (Of all one in 150
 * to 350 where an engine misread as much, one in 550 and less in the slips of
 * laws and news; of those with a reading one in 2 to 4, and one in 5 and less
 * in old print, one in 10 in other languages and manuals; of the lost one in 2
 * to 7, and one in 25.) */
#define UFX_DEEP_DAMAGED 450
#define UFX_DEEP_USUAL 4
#define UFX_DEEP_LOST 20
#define UFX_DEEP_CHANCE 2

/* The misread outnumber half of the lost on most such pages; on the worst,
 * where one word in UFX_WORST_WORDS is lost, they are fewer.  Where more than
 * UFX_WORST_UNKNOWN % of the words are unknown, the language is another. */
#define UFX_WORST_WORDS 20
#define UFX_WORST_SHARE 6
#define UFX_WORST_UNKNOWN 40

/* A text is damaged if in 1000 words so many in small letters have one certain
 * reading, and of those one in UFX_DEEP_USUAL is met for the first time and
 * would be a usual word: slips and names of another language rarely are. (Pages
 * of Chilean messages to congress: 37 and one in 2.5; recipes with words of
 * other languages: 29 and one in 10.) */
#define UFX_DAMAGED_RATE 8

/* What a collection shows counts as so many words of the document, less where
 * as few words as that show what it has in common with others. */
#define UFX_LIKE_WORDS 500
#define UFX_LIKE_CASES 1

/* ---- What the text is (nature.c) ---- */

/* Of 1000 words of another language so many are among its frequent ones (75 to
 * 300 in documents of eleven), and three times as many as of those that only
 * the language itself has, twice as many as those of older print (some of which
 * are a neighbour's too: á, ó).  Of its own 4 and more are in any prose (9 to
 * 27); in lists a dictionary has all but some of them. */
#define UFX_LANGUAGE_SHARE 60
#define UFX_LANGUAGE_LEAD 3
#define UFX_LANGUAGE_OLD_LEAD 2
#define UFX_LANGUAGE_OWN 4
#define UFX_LANGUAGE_OLD_OWN 30
#define UFX_LANGUAGE_UNKNOWN 200

/* Words of older print (31 in chapbooks of the 19th century, 6 at most where
 * spelling is modern); signs of syntax (200 in prose full of entities); figures
 * of tables and contents. */
#define UFX_OLD_SHARE 10
#define UFX_SYNTAX_SHARE 250
#define UFX_FIGURE_SHARE 300

#endif
