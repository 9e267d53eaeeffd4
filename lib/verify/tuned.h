/* SPDX-License-Identifier: MPL-2.0 */
/* The numbers by which changes are described and judged that were chosen by
 * trying; what is learned stands in the model.  Scores are log-odds in 1/1000.
 * What the locks are worth that use them is measured by scripts/ablation. */
#ifndef UFX_VERIFY_TUNED_H
#define UFX_VERIFY_TUNED_H

/* ---- The bar ---- */

/* The confidence from which on a change is applied by default: what keeps clean
 * text as it is (docs/quality.md). */
#define UFX_DEFAULT_CONFIDENCE 780

/* ---- The locks ---- */

/* The least confidence of a change that the grammar of typed forms asks for.
 * The pages that the verifier learns from hold too few of those. */
#define UFX_GRAMMAR_CONFIDENCE 960

/* So sure the verifier is believed against the grammar, or against what
 * otherwise holds a change back: a prefix is not parted from its word, */
#define UFX_SURE_SCORE 4500

/* and where the first person speaks so often, around or in all (words in 1000),
 * its verbs are right as they stand. */
#define UFX_FIRST_PERSON 40

/* A text speaks in a person with which so many of 1000 words go, and more than
 * with the other (survey.c). */
#define UFX_PERSON_SHARE 25

/* A mark for another mark needs a bar with so small a part of the doubt.  The
 * sentence makes sense with both, so that nobody will notice if the wrong one
 * stands there, and who looks for words gains nothing by the right one.  So
 * does what stands among words of another language, of which little is known
 * here. */
#define UFX_STRICTNESS 5

/* Fewer words of another language around a place may be ours as well. */
#define UFX_FOREIGN_WORDS 6

/* With a budget, this many right repairs of a class may bring one wrong one
 * beyond it.  With 25, pages read without Spanish keep nearly all of their
 * repairs, and in good text there is nothing to earn by. */
#define UFX_RIGHT_FOR_ONE_WRONG 25

/* ---- The evidence ---- */

/* A text is right if of so many words one can be repaired with certainty, or
 * less; it tells from so many words on. */
#define UFX_RIGHT_WORDS 300

/* pro, pre, ex: what such a word costs at least by itself. */
#define UFX_PREFIX_COST 9000

/* Words on either side that count as neighbours. */
#define UFX_NEIGHBOURS 4

/* A reading that costs so little more is nearly as good; and its letters, what
 * was read, nearly as good by themselves. */
#define UFX_NEARLY 5000
#define UFX_NEARLY_READ 3000

/* ---- What other documents show (series.c) ---- */

/* It is worth so much beside what the verifier knows: measured on pages of
 * 1972, with 1,064 others of the series and 38 scans of other engines;
 * docs/scale.md has the figures.  The logarithms of how many documents have
 * either word, in %, and the odds of the same change in other documents, for
 * each of them; no more than the MOST. */
#define UFX_SERIES_WORDS 160
#define UFX_SERIES_WORDS_MOST 3500
#define UFX_SERIES_PAIR 30
#define UFX_SERIES_PAIR_MOST 3000
#define UFX_SERIES_ODDS_MOST 7000
#define UFX_SERIES_ODD_MOST 4000

/* Costs of readings are too sure of themselves: they count such a part.  What
 * the collection alone lifts may have such a part of the doubt. */
#define UFX_SERIES_TRUST 3

#endif
