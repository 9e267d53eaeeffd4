/* SPDX-License-Identifier: MPL-2.0 */
/* The measures of `unfix-model eval`.  The figures expected of whole pages and
 * of alignments were computed with an independent implementation (Python). */
#include "metrics.h"

#include "base/buffer.h"
#include "text/chars.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* ---- Help ---------------------------------------------------------------- */

static void
fold(struct ufx_metrics_text *text, const char *bytes)
{
    ck_assert_int_eq(ufx_metrics_text_init(text, bytes, strlen(bytes)),
                     UNFIX_OK);
}

static void
check_folded(const char *bytes, const char *expected)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_metrics_text text;
    struct ufx_buffer buffer;
    fold(&text, bytes);
    ufx_buffer_init(&buffer, &memory);
    ufx_buffer_append(&buffer, "", 0);
    for (size_t i = 0; i < text.length; i++)
        ufx_buffer_append_char(&buffer, text.chars[i]);
    ck_assert_str_eq(buffer.data, expected);
    ufx_buffer_free(&buffer);
    ufx_metrics_text_free(&text);
}

static size_t
distance(const char *a, const char *b)
{
    struct ufx_metrics_text first, second;
    size_t result;
    fold(&first, a);
    fold(&second, b);
    ck_assert_int_eq(ufx_align_distance(first.chars, first.length, second.chars,
                                        second.length, &result),
                     UNFIX_OK);
    ufx_metrics_text_free(&first);
    ufx_metrics_text_free(&second);
    return result;
}

/* The effect of `replacement` at the first `original` in `ocr`. */
static enum ufx_metrics_effect
judge(const char *ocr, const char *gt, const char *original,
      const char *replacement)
{
    struct ufx_metrics_text ocr_text, gt_text;
    struct ufx_metrics_alignment alignment;
    enum ufx_metrics_effect effect;
    const char *at = strstr(ocr, original);
    ck_assert_ptr_nonnull(at);
    fold(&ocr_text, ocr);
    fold(&gt_text, gt);
    ck_assert_int_eq(ufx_metrics_align(&ocr_text, &gt_text, &alignment),
                     UNFIX_OK);
    ck_assert_int_eq(ufx_metrics_judge_correction(
                         &alignment, (size_t)(at - ocr), strlen(original),
                         replacement, strlen(replacement), &effect),
                     UNFIX_OK);
    ufx_metrics_alignment_free(&alignment);
    ufx_metrics_text_free(&ocr_text);
    ufx_metrics_text_free(&gt_text);
    return effect;
}

/* Counts a page without a clean run. */
static struct ufx_metrics_counts
count(const char *ocr, const char *gt, const char *out)
{
    const char *texts[] = {ocr, gt, out};
    struct ufx_metrics_text folded[3];
    struct ufx_metrics_counts counts = {0};
    for (size_t i = 0; i < 3; i++)
        fold(&folded[i], texts[i]);
    ck_assert_int_eq(ufx_metrics_count(&folded[0], &folded[1], &folded[2], NULL,
                                       &counts, NULL, NULL),
                     UNFIX_OK);
    for (size_t i = 0; i < 3; i++)
        ufx_metrics_text_free(&folded[i]);
    return counts;
}

/* ---- Folding ------------------------------------------------------------- */

START_TEST(folds_signs_that_stand_for_each_other)
{
    check_folded("“La” „carta” «así» ‘a’ ´b`",
                 "\"La\" \"carta\" \"así\" 'a' 'b'");
    check_folded("1990–1994 — Estado‐nación 2‑3 −5",
                 "1990-1994 - Estado-nación 2-3 -5");
    check_folded("53° período", "53º período");
    check_folded("\xEF\xBB\xBF"
                 "coope\xC2\xADración",
                 "cooperación");
}
END_TEST

START_TEST(collapses_all_white_space)
{
    check_folded(" \t uno\r\n\fdos\v\x1C tres \n", "uno dos tres");
    check_folded("uno\xC2\x85"
                 "dos\xC2\xA0"
                 "tres",
                 "uno dos tres");
    check_folded("uno\xE2\x80\x83"
                 "dos\xE2\x80\xA8"
                 "tres\xE3\x80\x80",
                 "uno dos tres");
    /* A zero width space is no white space. */
    check_folded("uno\xE2\x80\x8B"
                 "dos",
                 "uno\xE2\x80\x8B"
                 "dos");
    check_folded("", "");
    check_folded(" \n ", "");
}
END_TEST

START_TEST(composes_and_keeps_the_bytes_places)
{
    static const char bytes[] =
        " medidas ma\xCC\x81s\n (n\xCC\x83)\xE2\x80\x9D";
    static const size_t sources[] = {1,  2,  3,  4,  5,  6,  7,  8, 9,
                                     10, 13, 14, 16, 17, 20, 21, 24};
    struct ufx_metrics_text text;
    check_folded(bytes, "medidas más (ñ)\"");
    fold(&text, bytes);
    ck_assert_uint_eq(text.length + 1, sizeof sources / sizeof sources[0]);
    for (size_t i = 0; i <= text.length; i++)
        ck_assert_uint_eq(text.sources[i], sources[i]);
    ck_assert_uint_eq(text.word_count, 3);
    ck_assert_uint_eq(text.words[1].start, 8);
    ck_assert_uint_eq(text.words[1].end, 11);
    ufx_metrics_text_free(&text);
}
END_TEST

START_TEST(keeps_the_place_after_a_composed_letter)
{
    struct ufx_metrics_text text;
    fold(&text, "o\xCC\x81\xE2\x80\x94\xC3\xBA");
    ck_assert_uint_eq(text.length, 3);
    ck_assert_uint_eq(text.sources[0], 0);
    ck_assert_uint_eq(text.sources[1], 3);
    ck_assert_uint_eq(text.sources[2], 6);
    ck_assert_uint_eq(text.sources[3], 8);
    ufx_metrics_text_free(&text);
}
END_TEST

START_TEST(takes_invalid_bytes_one_by_one)
{
    struct ufx_metrics_text text;
    fold(&text, "a\xFF\xC3"
                "b");
    ck_assert_uint_eq(text.length, 4);
    ck_assert_uint_eq(text.chars[1], UFX_CHAR_OPAQUE + 0xFF);
    ck_assert_uint_eq(text.chars[2], UFX_CHAR_OPAQUE + 0xC3);
    ck_assert_uint_eq(text.sources[3], 3);
    ufx_metrics_text_free(&text);
}
END_TEST

/* ---- Alignment ----------------------------------------------------------- */

START_TEST(measures_short_distances)
{
    ck_assert_uint_eq(distance("", ""), 0);
    ck_assert_uint_eq(distance("sesión", ""), 6);
    ck_assert_uint_eq(distance("", "sesión"), 6);
    ck_assert_uint_eq(distance("sesión", "sesión"), 0);
    ck_assert_uint_eq(distance("sesion", "sesión"), 1);
    ck_assert_uint_eq(distance("442 sesion", "44ª sesión"), 2);
    ck_assert_uint_eq(distance("queadoptara", "que adoptara"), 1);
    ck_assert_uint_eq(distance("xaby", "xbay"), 2);
}
END_TEST

static void
check_pairs(const char *a, const char *b, const struct ufx_align_pair *expected,
            size_t expected_count)
{
    struct ufx_metrics_text first, second;
    struct ufx_align_pair *pairs;
    size_t pair_count;
    fold(&first, a);
    fold(&second, b);
    ck_assert_int_eq(ufx_align_match(first.chars, first.length, second.chars,
                                     second.length, &pairs, &pair_count),
                     UNFIX_OK);
    ck_assert_uint_eq(pair_count, expected_count);
    for (size_t i = 0; i < pair_count; i++) {
        ck_assert_uint_eq(pairs[i].a, expected[i].a);
        ck_assert_uint_eq(pairs[i].b, expected[i].b);
    }
    free(pairs);
    ufx_metrics_text_free(&first);
    ufx_metrics_text_free(&second);
}

START_TEST(chooses_one_of_equal_alignments)
{
    check_pairs("abab", "ba", (struct ufx_align_pair[]){{1, 0}, {2, 1}}, 2);
    check_pairs("aab", "ab", (struct ufx_align_pair[]){{1, 0}, {2, 1}}, 2);
    check_pairs("xaby", "xbay",
                (struct ufx_align_pair[]){{0, 0}, {1, 2}, {3, 3}}, 3);
    check_pairs("", "ab", NULL, 0);
    check_pairs("cd", "ab", NULL, 0);
}
END_TEST

#define LONG 300

/* Several words of bits: carries and shifts cross from each to the next. */
START_TEST(aligns_long_strings)
{
    uint32_t a[LONG], b[LONG + 3], reversed[LONG];
    size_t b_length = 0, pair_count, edits, sum = 0;
    struct ufx_align_pair *pairs;
    b[b_length++] = 'q';
    for (uint32_t i = 0; i < LONG; i++) {
        a[i] = 'a' + (i * i + 3 * i) % 11;
        reversed[LONG - 1 - i] = a[i];
        if (i % 7 != 0)
            b[b_length++] = a[i];
    }
    b[b_length++] = 'z';
    b[b_length++] = 'z';
    ufx_align_distance(a, LONG, b, b_length, &edits);
    ck_assert_uint_eq(edits, 45);
    ufx_align_match(a, LONG, b, b_length, &pairs, &pair_count);
    ck_assert_uint_eq(pair_count, 257);
    for (size_t i = 0; i < pair_count; i++)
        sum += pairs[i].a * pairs[i].b;
    ck_assert_uint_eq(sum, 6620920);
    free(pairs);

    ufx_align_distance(a, LONG, reversed, LONG, &edits);
    ck_assert_uint_eq(edits, 10);
    ufx_align_match(a, LONG, reversed, LONG, &pairs, &pair_count);
    ck_assert_uint_eq(pair_count, 295);
    sum = 0;
    for (size_t i = 0; i < pair_count; i++)
        sum += pairs[i].a * (pairs[i].b + 1);
    ck_assert_uint_eq(sum, 8775085);
    free(pairs);
}
END_TEST

/* The distance by its definition, a row of the matrix at a time. */
static size_t
plain_distance(const uint32_t *a, size_t a_length, const uint32_t *b,
               size_t b_length)
{
    size_t row[141];
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b_length];
}

/* At every length around the edges of the words of bits. */
START_TEST(agrees_with_plain_dynamic_programming)
{
    uint32_t a[140], b[140], sparse[200] = {0};
    uint32_t few[2] = {5, 1};
    size_t result;
    for (uint32_t i = 0; i < 140; i++) {
        a[i] = i * 7 % 5;
        b[i] = i * i % 5;
    }
    sparse[2] = 1;
    sparse[150] = 5;
    for (size_t length = 60; length <= 140; length++) {
        ufx_align_distance(a, length, b, 140, &result);
        ck_assert_uint_eq(result, plain_distance(a, length, b, 140));
        ufx_align_distance(b, 140, a, length, &result);
        ck_assert_uint_eq(result, plain_distance(b, 140, a, length));
    }
    /* The match of the second symbol carries through a whole word without any
     * up to that of the first. */
    for (size_t length = 3; length <= 200; length++) {
        ufx_align_distance(sparse, length, few, 2, &result);
        ck_assert_uint_eq(result, plain_distance(sparse, length, few, 2));
    }
}
END_TEST

START_TEST(refuses_what_would_not_fit)
{
    size_t length = 200000, pair_count;
    uint32_t *a = calloc(length, sizeof *a);
    uint32_t *b = calloc(length, sizeof *b);
    struct ufx_align_pair *pairs;
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    b[length - 1] = 1;
    ck_assert_int_eq(ufx_align_match(a, length, b, length, &pairs, &pair_count),
                     UNFIX_ERROR_LIMIT);
    ck_assert_ptr_null(pairs);
    free(a);
    free(b);
}
END_TEST

/* ---- A page -------------------------------------------------------------- */

static const char page_gt[] =
    "El Comité pidió al Gobierno que adoptara, en su 44ª sesión, las medidas "
    "más eficaces; «así» lo decidió — por unanimidad.";
static const char page_ocr[] =
    "E1 Comité pidié al Gobierno queadoptara, en su 442 sesion, las medidas "
    "mas eficaces; \"asi\" 1o decidié - por unani midad .";
static const char page_out[] =
    "El Comité pidió al Gobierno que adoptara, en su 44ª sesión, las medidas "
    "mas eficaces; \"así\" to decidio - por unani midad .";
static const char page_clean[] =
    "El Comité pidió al Gobierno que adoptara, en su 44ª sesión, las medida "
    "más eficaces; «así» lo decidió por unanimidad.";

START_TEST(counts_a_page)
{
    const char *texts[] = {page_ocr, page_gt, page_out, page_clean};
    struct ufx_metrics_text folded[4];
    struct ufx_metrics_counts c = {0};
    struct ufx_metrics_edit *edits;
    size_t edit_count;
    for (size_t i = 0; i < 4; i++)
        fold(&folded[i], texts[i]);
    ck_assert_int_eq(ufx_metrics_count(&folded[0], &folded[1], &folded[2],
                                       &folded[3], &c, &edits, &edit_count),
                     UNFIX_OK);
    ck_assert_uint_eq(c.chars, 120);
    ck_assert_uint_eq(c.chars_before, 11);
    ck_assert_uint_eq(c.chars_after, 5);
    ck_assert_uint_eq(c.words, 21);
    ck_assert_uint_eq(c.words_before, 13);
    ck_assert_uint_eq(c.words_after, 6);
    ck_assert_uint_eq(c.bare, 20);
    ck_assert_uint_eq(c.bare_before, 12);
    ck_assert_uint_eq(c.bare_after, 5);
    ck_assert_uint_eq(c.edits, 5);
    ck_assert_uint_eq(c.exact, 4);
    ck_assert_uint_eq(c.better, 5);
    ck_assert_uint_eq(c.harm, 0);
    ck_assert_uint_eq(c.clean_words, 21);
    ck_assert_uint_eq(c.clean_changed, 2);
    ck_assert_uint_eq(edit_count, 5);
    ck_assert_int_eq(edits[4].effect, UFX_METRICS_BETTER);
    /* "asi" 1o decidié */
    ck_assert_uint_eq(edits[4].ocr.end - edits[4].ocr.start, 16);
    ck_assert_uint_eq(folded[0].sources[edits[4].ocr.start],
                      (size_t)(strstr(page_ocr, "\"asi") - page_ocr));
    free(edits);
    for (size_t i = 0; i < 4; i++)
        ufx_metrics_text_free(&folded[i]);
}
END_TEST

static void
check_single_edit(const char *ocr, const char *gt, const char *out,
                  size_t better, size_t harm)
{
    struct ufx_metrics_counts c = count(ocr, gt, out);
    ck_assert_uint_eq(c.edits, 1);
    ck_assert_uint_eq(c.better, better);
    ck_assert_uint_eq(c.harm, harm);
}

START_TEST(judges_edits_on_whole_blocks)
{
    check_single_edit("a x c", "a b c d", "a b c", 1, 0);
    check_single_edit("uno dos tres", "uno tres", "uno des tres", 0, 0);
    check_single_edit("de1 sur", "del sur", "del", 0, 1);
    check_single_edit("uno tres", "uno dos tres", "uno dos y tres", 1, 0);
    check_single_edit("", "uno", "dos", 0, 0);
}
END_TEST

/* The texts of the page's only edit, in characters. */
static void
check_place(const char *ocr, const char *gt, const char *out,
            struct ufx_metrics_span ocr_span, struct ufx_metrics_span gt_span)
{
    const char *texts[] = {ocr, gt, out};
    struct ufx_metrics_text folded[3];
    struct ufx_metrics_counts counts = {0};
    struct ufx_metrics_edit *edits;
    size_t edit_count;
    for (size_t i = 0; i < 3; i++)
        fold(&folded[i], texts[i]);
    ck_assert_int_eq(ufx_metrics_count(&folded[0], &folded[1], &folded[2], NULL,
                                       &counts, &edits, &edit_count),
                     UNFIX_OK);
    ck_assert_uint_eq(edit_count, 1);
    ck_assert_uint_eq(edits[0].ocr.start, ocr_span.start);
    ck_assert_uint_eq(edits[0].ocr.end, ocr_span.end);
    ck_assert_uint_eq(edits[0].gt.start, gt_span.start);
    ck_assert_uint_eq(edits[0].gt.end, gt_span.end);
    free(edits);
    for (size_t i = 0; i < 3; i++)
        ufx_metrics_text_free(&folded[i]);
}

START_TEST(grows_the_places_of_edits)
{
    /* Not over an error beside it... */
    check_place("x y", "a y", "x z", (struct ufx_metrics_span){2, 3},
                (struct ufx_metrics_span){2, 3});
    check_place("y x", "y a", "z x", (struct ufx_metrics_span){0, 1},
                (struct ufx_metrics_span){0, 1});
    /* ...but over a word that is lost beside it... */
    check_place("a b c", "a N b c", "a X c", (struct ufx_metrics_span){2, 3},
                (struct ufx_metrics_span){2, 5});
    check_place("a b c", "a b N c", "a X c", (struct ufx_metrics_span){2, 3},
                (struct ufx_metrics_span){2, 5});
    /* ...and over an error that a new word is put beside... */
    check_place("a x b", "a y b", "a N x b", (struct ufx_metrics_span){2, 3},
                (struct ufx_metrics_span){2, 3});
    check_place("a x b", "a y b", "a x N b", (struct ufx_metrics_span){2, 3},
                (struct ufx_metrics_span){2, 3});
    /* ...and over all of an error that it is part of, with other edits. */
    check_place("p x q y", "r s t u v", "p z q w",
                (struct ufx_metrics_span){0, 7},
                (struct ufx_metrics_span){0, 9});
}
END_TEST

START_TEST(changes_of_what_is_folded_are_no_edits)
{
    struct ufx_metrics_counts c =
        count("“La  paz” 53°", "\"La paz\" 53º", "«La paz»\n53º");
    ck_assert_uint_eq(c.edits, 0);
    ck_assert_uint_eq(c.chars_before, 0);
    ck_assert_uint_eq(c.words, 3);
}
END_TEST

START_TEST(adds_counts)
{
    struct ufx_metrics_counts all = count("E1 pais", "El país", "El país");
    struct ufx_metrics_counts more = count("la ley", "la ley", "las ley");
    ufx_metrics_counts_add(&all, &more);
    ck_assert_uint_eq(all.words, 4);
    ck_assert_uint_eq(all.words_before, 2);
    ck_assert_uint_eq(all.words_after, 1);
    ck_assert_uint_eq(all.exact, 1);
    ck_assert_uint_eq(all.harm, 1);
    ck_assert_uint_eq(all.edits, 2);
}
END_TEST

/* ---- Single corrections -------------------------------------------------- */

START_TEST(judges_a_letter)
{
    static const char ocr[] = "que aprobé la Conferencia";
    static const char gt[] = "que aprobó la Conferencia";
    ck_assert_int_eq(judge(ocr, gt, "aprobé", "aprobó"), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge(ocr, gt, "é", "ó"), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge(ocr, gt, "aprobé", "aprobe"), UFX_METRICS_SAME);
    ck_assert_int_eq(judge(ocr, gt, "que", "qué"), UFX_METRICS_HARM);
    ck_assert_int_eq(judge(gt, gt, "aprobó", "aprobé"), UFX_METRICS_HARM);
    ck_assert_int_eq(judge(gt, gt, "aprobó", "aprobó"), UFX_METRICS_SAME);
}
END_TEST

START_TEST(judges_what_was_lost_beside_the_span)
{
    ck_assert_int_eq(judge("los rganos", "los órganos", "rganos", "órganos"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(
        judge("el propsito", "el propósito", "propsito", "propósito"),
        UFX_METRICS_EXACT);
    ck_assert_int_eq(
        judge("el Comit pidió", "el Comité pidió", "Comit", "Comité"),
        UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("rganos", "órganos", "rganos", "órganos"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("péarrafo 3", "párrafo 3", "péarrafo", "párrafo"),
                     UFX_METRICS_EXACT);
}
END_TEST

/* The neighbour is wrong too; the correction is judged for what it does. */
START_TEST(judges_next_to_other_errors)
{
    static const char ocr[] = "una sesi6n especia1izada";
    static const char gt[] = "una sesión especializada";
    ck_assert_int_eq(judge(ocr, gt, "sesi6n", "sesión"), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge(ocr, gt, "6n ", "ón "), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("el a0c", "el abd", "0", "b"), UFX_METRICS_BETTER);
    ck_assert_int_eq(judge("el a0c", "el abd", "0", "x"), UFX_METRICS_SAME);
    ck_assert_int_eq(judge("el a0c", "el abd", "0c", "bcc"), UFX_METRICS_SAME);
}
END_TEST

START_TEST(judges_splits_and_joins)
{
    ck_assert_int_eq(judge("Decideseguir así", "Decide seguir así",
                           "Decideseguir", "Decide seguir"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("una coopera ción", "una cooperación",
                           "coopera ción", "cooperación"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(
        judge("una coopera ción", "una cooperación", " ción", "ción"),
        UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("la coopera-\nción de", "la cooperación de",
                           "coopera-\nción ", "cooperación\n"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("por que no", "por que no", "por que", "porque"),
                     UFX_METRICS_HARM);
}
END_TEST

/* Insertions and deletions of blanks, at spans without other characters. */
START_TEST(judges_blanks)
{
    static const char ocr[] = "de 2007,y 16/21";
    static const char gt[] = "de 2007, y 16/21";
    struct ufx_metrics_text ocr_text, gt_text;
    struct ufx_metrics_alignment alignment;
    enum ufx_metrics_effect effect;
    fold(&ocr_text, ocr);
    fold(&gt_text, gt);
    ck_assert_int_eq(ufx_metrics_align(&ocr_text, &gt_text, &alignment),
                     UNFIX_OK);
    ufx_metrics_judge_correction(&alignment, 8, 0, " ", 1, &effect);
    ck_assert_int_eq(effect, UFX_METRICS_EXACT);
    ufx_metrics_judge_correction(&alignment, 9, 0, " ", 1, &effect);
    ck_assert_int_eq(effect, UFX_METRICS_SAME); /* blank there already */
    ufx_metrics_judge_correction(&alignment, 7, 0, " ", 1, &effect);
    ck_assert_int_eq(effect, UFX_METRICS_HARM);
    ufx_metrics_judge_correction(&alignment, 0, 0, " ", 1, &effect);
    ck_assert_int_eq(effect, UFX_METRICS_SAME); /* before the text */
    ufx_metrics_judge_correction(&alignment, sizeof ocr - 1, 0, "\n", 1,
                                 &effect);
    ck_assert_int_eq(effect, UFX_METRICS_SAME); /* after it */
    ufx_metrics_alignment_free(&alignment);
    ufx_metrics_text_free(&ocr_text);
    ufx_metrics_text_free(&gt_text);

    ck_assert_int_eq(judge("uni dos", "unidos", " ", ""), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("tan to", "tan to", " ", ""), UFX_METRICS_HARM);
    ck_assert_int_eq(judge("tan   to", "tan to", "  ", ""), UFX_METRICS_SAME);
    ck_assert_int_eq(judge("tan   to", "tan to", " to", "to"),
                     UFX_METRICS_SAME);
    ck_assert_int_eq(judge("tan\nto", "tanto", "\n", ""), UFX_METRICS_EXACT);
}
END_TEST

START_TEST(judges_composed_and_folded_alike)
{
    ck_assert_int_eq(judge("los o\xCC\x81rganos ma\xCC\x81s dcbiles",
                           "los órganos más débiles", "dcbiles", "débiles"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(
        judge("una sesion", "una sesión", "sesion", "sesio\xCC\x81n"),
        UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("el 53* período", "el 53º período", "53*", "53°"),
                     UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("\"paz\"", "«paz»", "\"paz\"", "“paz”"),
                     UFX_METRICS_SAME);
    ck_assert_int_eq(judge("dos \xFF pa1ses", "dos países", "pa1ses", "países"),
                     UFX_METRICS_EXACT);
}
END_TEST

START_TEST(judges_where_one_text_is_empty)
{
    ck_assert_int_eq(judge("~", "", "~", ""), UFX_METRICS_EXACT);
    ck_assert_int_eq(judge("~", "", "~", "~~"), UFX_METRICS_HARM);
    ck_assert_int_eq(judge("", "paz", "", "paz"), UFX_METRICS_EXACT);
}
END_TEST

/* -------------------------------------------------------------------------- */

static Suite *
metrics_suite(void)
{
    Suite *suite = suite_create("metrics");
    TCase *text = tcase_create("text");
    TCase *align = tcase_create("align");
    TCase *page = tcase_create("page");
    TCase *single = tcase_create("correction");
    tcase_add_test(text, folds_signs_that_stand_for_each_other);
    tcase_add_test(text, collapses_all_white_space);
    tcase_add_test(text, composes_and_keeps_the_bytes_places);
    tcase_add_test(text, keeps_the_place_after_a_composed_letter);
    tcase_add_test(text, takes_invalid_bytes_one_by_one);
    tcase_add_test(align, measures_short_distances);
    tcase_add_test(align, chooses_one_of_equal_alignments);
    tcase_add_test(align, aligns_long_strings);
    tcase_add_test(align, agrees_with_plain_dynamic_programming);
    tcase_add_test(align, refuses_what_would_not_fit);
    tcase_add_test(page, counts_a_page);
    tcase_add_test(page, judges_edits_on_whole_blocks);
    tcase_add_test(page, grows_the_places_of_edits);
    tcase_add_test(page, changes_of_what_is_folded_are_no_edits);
    tcase_add_test(page, adds_counts);
    tcase_add_test(single, judges_a_letter);
    tcase_add_test(single, judges_what_was_lost_beside_the_span);
    tcase_add_test(single, judges_next_to_other_errors);
    tcase_add_test(single, judges_splits_and_joins);
    tcase_add_test(single, judges_blanks);
    tcase_add_test(single, judges_composed_and_folded_alike);
    tcase_add_test(single, judges_where_one_text_is_empty);
    suite_add_tcase(suite, text);
    suite_add_tcase(suite, align);
    suite_add_tcase(suite, page);
    suite_add_tcase(suite, single);
    return suite;
}

int
main(void)
{
    SRunner *runner = srunner_create(metrics_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
