/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/evidence.h"

#include "small_pipeline.h"
#include "unit_api.h"

static const struct small_word words[] = {
    {"agua", 60, UFX_WORD_KNOWN},
    {"año", 60, UFX_WORD_KNOWN},
    {"asamblea", 60, UFX_WORD_KNOWN},
    {"bolivia", 60, UFX_WORD_KNOWN | UFX_WORD_CAPITAL},
    {"cooperación", 60, UFX_WORD_KNOWN},
    {"de", 15, UFX_WORD_KNOWN},
    {"empoderó", 60, UFX_WORD_CORPUS},
    {"general", 60, UFX_WORD_KNOWN},
    {"la", 15, UFX_WORD_KNOWN},
    {"sesión", 60, UFX_WORD_KNOWN},
    {"señalada", 60, UFX_WORD_KNOWN},
    {"y", 15, UFX_WORD_KNOWN},
};

static const char *const rules[] = {
    "é\tó\t2", "o\tó\t2", "n\tñ\t2", "fi\tñ\t2",
    "\tó\t4",  "x\t\t4",  "\t␣\t4",  "e\tó\t2",
};

static const struct ufx_mark_rule marks[] = {{'~', 0, 1000}};

static const struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .rules = rules,
    .rule_count = sizeof rules / sizeof *rules,
    .marks = marks,
    .mark_count = 1,
};

static struct pipeline p;
static struct ufx_evidence evidence;

/* The evidence for the one change in the text. */
static const struct ufx_change *
gather(const char *text)
{
    ck_assert_int_eq(pipeline_decode(&p, text), UNFIX_OK);
    ck_assert_msg(p.changes.count == 1, "%s: %zu changes", text,
                  p.changes.count);
    ufx_evidence_gather(&evidence, &p.lattice, &p.changes.list[0],
                        &p.vocabulary, p.profile, &p.surroundings, 0);
    ck_assert_int_eq(evidence.features[UFX_FEATURE_CLASS],
                     (int32_t)evidence.kind);
    return &p.changes.list[0];
}

START_TEST(kinds_of_repair)
{
    static const struct {
        const char *text;
        unfix_class kind;
    } rows[] = {
        {"la cooperacion de", UNFIX_CLASS_ACCENT},
        {"la Cooperacion de", UNFIX_CLASS_ACCENT},
        {"la senalada asamblea", UNFIX_CLASS_TILDE},
        {"la sefialada asamblea", UNFIX_CLASS_TILDE},
        {"la cooperacien de", UNFIX_CLASS_LETTER},
        {"la cooperacin de", UNFIX_CLASS_LOST},
        {"la asxamblea de", UNFIX_CLASS_LOST},
        {"laasamblea general", UNFIX_CLASS_SPLIT},
        {"la asam blea general", UNFIX_CLASS_JOIN},
        {"la asam-\nblea general", UNFIX_CLASS_HYPHEN},
        {"la ~ asamblea", UNFIX_CLASS_PUNCTUATION},
    };
    size_t i;

    pipeline_begin(&p, &facts);
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        gather(rows[i].text);
        ck_assert_msg(evidence.kind == rows[i].kind, "%s: %s", rows[i].text,
                      unfix_class_name(evidence.kind));
    }
    pipeline_end(&p);
}
END_TEST

/* The same repair in decomposed letters is the same kind. */
START_TEST(decomposed_text)
{
    pipeline_begin(&p, &facts);
    gather("la cooperacie\xCC\x81n de");
    ck_assert_int_eq(evidence.kind, UNFIX_CLASS_LETTER);
    pipeline_end(&p);
}
END_TEST

START_TEST(what_is_known)
{
    pipeline_begin(&p, &facts);
    gather("la cooperacion de");
    ck_assert(!evidence.known_before);
    ck_assert(evidence.known_after);
    ck_assert_int_eq(evidence.features[UFX_FEATURE_KNOWN], 0);
    ck_assert_int_eq(evidence.features[UFX_FEATURE_TARGET_CORPUS], 0);
    ck_assert_int_eq(evidence.features[UFX_FEATURE_TARGET_COST],
                     60 * UFX_COST_STEP);
    gather("la empodero de");
    ck_assert_int_eq(evidence.features[UFX_FEATURE_TARGET_CORPUS], 1);
    ck_assert(!evidence.known_after);
    pipeline_end(&p);
}
END_TEST

START_TEST(costs_are_the_changes)
{
    const struct ufx_change *c;
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    c = gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_CHANNEL], c->best_channel);
    ck_assert_int_gt(f[UFX_FEATURE_MARGIN_KEEP], 0);
    ck_assert_int_gt(f[UFX_FEATURE_POSTERIOR], 0);
    ck_assert_int_le(f[UFX_FEATURE_POSTERIOR], f[UFX_FEATURE_MARGIN_KEEP]);
    ck_assert_int_le(f[UFX_FEATURE_POSTERIOR], f[UFX_FEATURE_MARGIN_SECOND]);
    ck_assert_int_eq(f[UFX_FEATURE_RULE_COUNT], 1);
    ck_assert_int_eq(f[UFX_FEATURE_WORDS], 1);
    ck_assert_int_eq(f[UFX_FEATURE_GROWTH], 0);
    ck_assert_int_eq(f[UFX_FEATURE_LENGTH], 11);
    ck_assert_int_eq(f[UFX_FEATURE_DIGIT], 0);
    gather("la cooperacin de");
    ck_assert_int_eq(f[UFX_FEATURE_GROWTH], 1);
    gather("laasamblea");
    ck_assert_int_eq(f[UFX_FEATURE_WORDS], 2);
    ck_assert_int_eq(f[UFX_FEATURE_SENTENCE], 1);
    gather("la asamblea. asam blea");
    ck_assert_int_eq(f[UFX_FEATURE_GAPS], 1);
    pipeline_end(&p);
}
END_TEST

START_TEST(document_speaks)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la sesion de");
    ck_assert_uint_eq(evidence.seen_before, 0);
    ck_assert_uint_eq(evidence.seen_after, 0);
    ck_assert_int_eq(f[UFX_FEATURE_DIRT], 0);
    pipeline_count(&p, "la sesion y la sesión de la sesión, qwqwqw zxzxzx");
    gather("la sesion de");
    ck_assert_uint_eq(evidence.seen_before, 1);
    ck_assert_uint_eq(evidence.seen_after, 2);
    ck_assert_int_eq(f[UFX_FEATURE_SEEN_AFTER], 2);
    ck_assert_int_gt(f[UFX_FEATURE_DIRT], 0);
    ck_assert_int_gt(f[UFX_FEATURE_ACCENTED], 0);
    pipeline_end(&p);
}
END_TEST

START_TEST(shapes)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_SHAPE], 0);
    gather("la Cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_SHAPE], 1);
    gather("LA COOPERACIXON DE");
    ck_assert_int_eq(f[UFX_FEATURE_SHAPE], 2);
    pipeline_end(&p);
}
END_TEST

START_TEST(what_stands_beside)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_TARGET_SHAPE], 0);
    ck_assert_int_eq(f[UFX_FEATURE_CAPITALS_AROUND], 0);
    gather("Y LA COOPERACIXON de la");
    ck_assert_int_eq(f[UFX_FEATURE_TARGET_SHAPE], 2);
    /* One letter shows nothing. */
    ck_assert_int_eq(f[UFX_FEATURE_CAPITALS_AROUND], 1);
    gather("la ~ asamblea");
    ck_assert_int_eq(f[UFX_FEATURE_TOUCH_KNOWN], 0);
    gather("la ~asamblea");
    ck_assert_int_eq(f[UFX_FEATURE_TOUCH_KNOWN], 4);
    gather("la qqww~ y");
    ck_assert_int_eq(f[UFX_FEATURE_TOUCH_KNOWN], 2);
    pipeline_end(&p);
}
END_TEST

START_TEST(accents_that_are_lacking)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_LACKING], 0);
    ck_assert_int_eq(f[UFX_FEATURE_CAPITALS], -1);
    pipeline_count(&p, "la sesion y la sesión de la sesión; SESIÓN");
    gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_LACKING], 1000 / (1 + 3 + 1));
    ck_assert_int_eq(f[UFX_FEATURE_CAPITALS], 1000);
    pipeline_end(&p);
}
END_TEST

START_TEST(ends_of_several_words)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la cooperacion de");
    ck_assert_int_eq(f[UFX_FEATURE_HEAD_LENGTH], 0);
    gather("laasamblea general");
    ck_assert_int_eq(f[UFX_FEATURE_HEAD_LENGTH], 2);
    ck_assert_int_eq(f[UFX_FEATURE_TAIL_LENGTH], 8);
    ck_assert_int_eq(f[UFX_FEATURE_HEAD_COST], 15 * UFX_COST_STEP);
    ck_assert_int_eq(f[UFX_FEATURE_TAIL_COST], 60 * UFX_COST_STEP);
    pipeline_end(&p);
}
END_TEST

START_TEST(marks_have_their_like)
{
    const int32_t *f = evidence.features;

    pipeline_begin(&p, &facts);
    gather("la ~ asamblea de la sesión");
    ck_assert_int_eq(f[UFX_FEATURE_TWINS], 0);
    ck_assert_int_eq(f[UFX_FEATURE_UNLIKE], 0);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        kinds_of_repair,       decomposed_text,          what_is_known,
        costs_are_the_changes, document_speaks,          shapes,
        what_stands_beside,    accents_that_are_lacking, ends_of_several_words,
        marks_have_their_like,
    };

    return unit_run("verify/evidence", tests, sizeof tests / sizeof *tests);
}
