/* SPDX-License-Identifier: MPL-2.0 */
/* The numbers by which readings are made that were chosen by trying.  Costs are
 * in 1/1000 nat.
 *
 * They were chosen with the pages in view that docs/quality.md names, mostly by
 * halving and doubling; it has what each does there.  What the parts are worth
 * that use them is measured by scripts/ablation. */
#ifndef UFX_NORMALIZE_TUNED_H
#define UFX_NORMALIZE_TUNED_H

/* ---- What the channel costs ---- */

/* One letter misread as another that no table has, and what a mark may cost; in
 * the other case; a name in lower case.  The same where little is right, a word
 * of one letter that only older print has (á, é, ó) too. */
#define UFX_COST_GENERIC 9500
#define UFX_COST_CASE 6500
#define UFX_COST_PROPER 5000
#define UFX_COST_GENERIC_DEEP 6500
#define UFX_COST_CASE_DEEP 2500

/* What print does not have: no blank between words, or after a mark, one before
 * it, none behind what leads its word, a quotation mark without its partner;
 * the wrong case of a first letter, by its place or its word; capitals without
 * accents where the document's others have them. */
#define UFX_COST_ODD 4000

/* At this cost one misreading explains a word: nothing else is looked for.  On
 * bad pages of shorter tokens too much is explained.  And any mark misread
 * there. */
#define UFX_COST_EXPLAINED 4500

/* A single word as near as this is found, and makes wide searches needless; of
 * what has none the engine misread more than single letters. */
#define UFX_COST_NEAR 8000

/* A blank put into a word, a line's end too; one lost beside what is no known
 * word, or with a mark that opens, read as a small letter. */
#define UFX_COST_BLANK 6500

/* Letters with so many bytes of blanks between are in columns: a no-break space
 * has two. */
#define UFX_COLUMN_BLANKS 3

/* A blank beside a lone letter that is no word, or between a number and a small
 * word, and where all that the blanks keep apart are words of their own.  So
 * much less a word of one letter costs, which is misread as a whole more often
 * than its letter is within words. */
#define UFX_COST_BLANK_EASY 3000

/* What is likely: a blank beside a mark, lost or put in; a figure or mark of a
 * document's symbol, a part of which costs twice as much; the engine's other
 * reading where it was quite sure of that too, and for each thousandth that it
 * was not so much more.  (Confusions of the tables cost 2 to 6 nats.) */
#define UFX_COST_LIKELY 1500
#define UFX_COST_UNSURE 4

/* What happens everywhere: a hyphen that breaks a word, a blank where all
 * letters are spaced out, a first letter of which the engine did not show the
 * case where both may be; and where the word mostly has it. */
#define UFX_COST_SLIGHT 700
#define UFX_COST_CASE_USUAL 200

/* Where little of a page is right more marks than others are specks. */
#define UFX_COST_SPECK_MOST 10500

/* What nothing costs more than; and keeping what a form is proven to be
 * otherwise. */
#define UFX_COST_MOST 40000

/* ---- What keeping an unknown word costs above its class ---- */

/* The chance that the letters of a word that nobody knows are just these, and
 * that it is one at all where most are damaged: once, for each letter, and of
 * what the letters cost after each other (%); for each where letters tell
 * nothing, or the word has a capital. */
#define UFX_SPELL_BASE 3000
#define UFX_SPELL_LETTER 1000
#define UFX_SPELL_SHARE 60
#define UFX_SPELL_LETTER_ANY 2600

/* ---- What the language costs ---- */

/* Words of a token that cost no more on average, each after the one before it,
 * are expected there; one that costs no more by itself stands beside numbers
 * (de, los, que).  Or is a usual one, as a user's words are. */
#define UFX_COST_EXPECTED 6000
#define UFX_COST_USUAL 10500

/* A beginning so much dearer than the best one that leads as far is given up:
 * what follows would have to make up for e^10. */
#define UFX_COST_HOPELESS 10000

/* ---- How far a search goes (candidates.c) ---- */

/* What a reading may cost, and by how much more than the best: of known words,
 * of two halves of a line, and what is near to others; of unknown ones; of
 * parts of a word; where letters are spaced out, and of all of them where the
 * search has to be cheap; where little is right, of one token, and of several
 * together or what is far from any. */
#define UFX_REACH_NEAR UFX_COST_HOPELESS, UFX_COST_NEAR
#define UFX_REACH_WIDE 18000, 12000
#define UFX_REACH_PARTS 9500, 9000
#define UFX_REACH_SPACED 7000, 6000
#define UFX_REACH_DEEP UFX_COST_MOST, 14000
#define UFX_REACH_FAR UFX_COST_MOST, 9000

/* States of each position: of unknown words, and half of them of known ones
 * that their neighbours do not want; of those far from any; of tokens together,
 * few of which are one word, and where the first search took too much; where
 * the second did. */
#define UFX_SEARCH_WIDE 84
#define UFX_SEARCH_FAR 300
#define UFX_SEARCH_TOGETHER 20
#define UFX_SEARCH_NARROWEST 6

/* ---- Letters, words, segments ---- */

/* Fewer letters are too many words' by chance, tell nothing of the case of
 * others, and may be single letters with what stuck to them; as few as LONE are
 * rather that than words.  As many as SHORT may be part of one, as pro and ex.
 */
#define UFX_WORD_CHARS 4
#define UFX_LONE_CHARS 2
#define UFX_SHORT_CHARS 5

/* How far the context of a form reaches, what opens or closes a sentence, and
 * what makes a pair: quotation marks, brackets, the dashes of an aside. */
#define UFX_SENTENCE_REACH 40

/* Words, edges of a path, pieces that the engine read, on either side of a
 * place that are nearest to it; and little words that are passed over. */
#define UFX_BESIDE 2

/* Higher numbers are no Roman numerals of documents; are none of paragraphs and
 * items, and no ordinals but of what may have any; from there on a 2 at the end
 * is rather a note's sign (442 sesión), of fewer figures it may as well be lost
 * (12 sesión, 62 sesión); and figures that a part of a symbol may have. */
#define UFX_NUMERAL_MOST 49
#define UFX_ORDINAL_MOST 1000
#define UFX_NOTE_LEAST 100
#define UFX_SYMBOL_FIGURES 5

/* Seen so often a form is no accident, and the document's own way; fewer may be
 * missing by chance.  So many fragments among as many words before and after
 * show that letters are spaced out. */
#define UFX_SEEN_OFTEN 3

/* Of a run of so many lone letters less than half may be left by themselves, if
 * the others are to be words.  (In spaced print at most 3 of 5 come to no word,
 * all in shorter runs; of alphabets five in eight.) */
#define UFX_LETTERS_RUN 6

/* Of 254: words that a capital shows to begin something (with 60 Nueva would),
 * that seldom have one within sentences, mostly have one, are names, which have
 * one whatever is beside them. */
#define UFX_CAPITAL_TELLS 40
#define UFX_CAPITAL_SELDOM 60
#define UFX_CAPITAL_MOSTLY 200
#define UFX_CAPITAL_NAME 240

/* ---- What the document shows (profile.c) ---- */

/* A reading is certain if it is so much cheaper than the next, and not too odd
 * itself; as odd is a known word that is doubted where little is right. */
#define UFX_CERTAIN_MARGIN 3500
#define UFX_COST_RARE 13000

/* Weight of what other documents showed, in times seen; and by how much a
 * document may change a rule's cost. */
#define UFX_HABIT_PRIOR 3
#define UFX_HABIT_MOST 2000

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

/* Damage shows in words that are met for the first time, or no more often than
 * once in UFX_RARE_WORDS words, and are certain to be usual ones: one in
 * UFX_WIDE_WORDS of all, one in so many of those in small letters with one
 * certain reading.  (Of all one in 150 to 350 where an engine misread as much,
 * one in 550 and less in the slips of laws and news; of those with a reading
 * one in 2 to 4, and one in 5 and less in old print, one in 10 in other
 * languages and manuals.) */
#define UFX_DEEP_USUAL 4
#define UFX_RARE_WORDS 5000

/* On the worst pages one word in so many is lost, and of these one in so many
 * damaged (one in 2 to 7, and one in 25 where they are another language's). On
 * others the misread outnumber half of the lost. */
#define UFX_WORST_WORDS 20

/* A text is damaged if of 1000 words so many are in small letters and have one
 * certain reading, and of those one in UFX_DEEP_USUAL is rare there and would
 * be a usual word: slips and names of another language rarely are. (Pages
 * of Chilean messages to congress: 37 and one in 2.5; recipes with words of
 * other languages: 29 and one in 10.  The verifier has a table for texts below
 * it and one for those above.  With 8 instead .5 and .6 points less are removed
 * on pages read with Spanish and on messages, at the same precision, and one
 * word more of clean text changed: 27 November 2026.) */
#define UFX_DAMAGED_RATE 4

/* What a collection shows counts as so many words of the document. */
#define UFX_LIKE_WORDS 500

/* ---- Mangled letters (encodings.c; docs/algorithm.md has the trials) ---- */

/* A way explains a word by chance now and then: what that costs where it
 * explains none else, half and a quarter where it explains some; and what a
 * known word costs as it stands where the document has such signs for letters,
 * of a wide blank beside another one so much more. */
#define UFX_COST_WAY 6000
#define UFX_COST_IDLE 8000

/* A way explains so many words for each that it could and does not. */
#define UFX_WAY_EXPLAINED 2

/* With fewer letters that were not decoded nothing near to it is a word; what
 * sequences of no more characters make of any may be one by chance. */
#define UFX_WAY_SHORT 3

/* ---- What the text is (nature.c) ---- */

/* Of 1000 words of another language so many are among its frequent ones (75 to
 * 300 in documents of eleven), or as many of older print; and so many times as
 * many as of those that only the language itself has, or older print (some of
 * which are a neighbour's too: á, ó).  In lists a dictionary has all but
 * some of them; where it lacks half, the language is another. */
#define UFX_LANGUAGE_SHARE 60
#define UFX_LANGUAGE_LEAD 3
#define UFX_LANGUAGE_OLD_LEAD 2
#define UFX_LANGUAGE_UNKNOWN 200
#define UFX_LANGUAGE_STRANGE 500

/* Words of older print (31 in chapbooks of the 19th century, 6 at most where
 * spelling is modern), or those of the language itself (9 to 27 in any prose);
 * signs of syntax (200 in prose full of entities), figures of tables and
 * contents. */
#define UFX_OLD_SHARE 10
#define UFX_SYNTAX_SHARE 250

#endif
