/* SPDX-License-Identifier: MPL-2.0 */
#include "tally.h"

#include <stdio.h>
#include <string.h>

/* ---- Counting ------------------------------------------------------------ */

void
tally_add(struct tally *to, const struct tally *from)
{
    ufx_metrics_counts_add(&to->counts, &from->counts);
    for (size_t i = 0; i < UNFIX_CLASS_COUNT; i++) {
        to->classes[i].applied += from->classes[i].applied;
        to->classes[i].applied_right += from->classes[i].applied_right;
        to->classes[i].applied_harm += from->classes[i].applied_harm;
        to->classes[i].proposed += from->classes[i].proposed;
        to->classes[i].proposed_right += from->classes[i].proposed_right;
        to->classes[i].clean += from->classes[i].clean;
    }
    calibration_add(&to->calibration, &from->calibration);
    to->wrong_expected += from->wrong_expected;
}

void
tally_correction(struct tally *tally, const unfix_correction *correction,
                 enum ufx_metrics_effect effect)
{
    struct tally_class *class = &tally->classes[correction->kind];
    bool right = effect >= UFX_METRICS_BETTER;
    if (correction->verdict == UNFIX_APPLIED) {
        class->applied++;
        class->applied_right += right;
        class->applied_harm += effect == UFX_METRICS_HARM;
        tally->wrong_expected += 1000 - correction->confidence;
    } else if (correction->verdict == UNFIX_PROPOSED) {
        class->proposed++;
        class->proposed_right += right;
    } else {
        return;
    }
    calibration_count(&tally->calibration, correction->kind,
                      correction->confidence, right);
}

void
tally_clean_correction(struct tally *tally, const unfix_correction *correction)
{
    if (correction->verdict == UNFIX_APPLIED)
        tally->classes[correction->kind].clean++;
}

/* ---- Figures ------------------------------------------------------------- */

static double
percent(double part, size_t whole)
{
    return whole == 0 ? 0.0 : 100.0 * part / (double)whole;
}

static double
reduction(size_t before, size_t after)
{
    return percent((double)before - (double)after, before);
}

static double
per_10k(size_t part, size_t whole)
{
    return 1e4 * (double)part / (double)(whole == 0 ? 1 : whole);
}

static double
precision(const struct tally_class *class)
{
    return percent((double)class->applied_right, class->applied);
}

static bool
is_class_seen(const struct tally_class *class)
{
    return class->applied + class->proposed + class->clean != 0;
}

/* Corrections that were applied and are not right. */
static size_t
count_wrong(const struct tally *tally)
{
    size_t wrong = 0;
    for (size_t i = 0; i < UNFIX_CLASS_COUNT; i++)
        wrong += tally->classes[i].applied - tally->classes[i].applied_right;
    return wrong;
}

static double
expected_per_10k(const struct tally *tally)
{
    return per_10k(tally->wrong_expected, tally->counts.words) / 1000.0;
}

/* ---- Text ---------------------------------------------------------------- */

void
tally_print_line(const struct tally *tally, const char *name,
                 const struct tally_view *view)
{
    const struct ufx_metrics_counts *c = &tally->counts;
    printf("%-18s words %6zu", name, c->words);
    printf("  CER %6.3f -> %6.3f", percent((double)c->chars_before, c->chars),
           percent((double)c->chars_after, c->chars));
    printf("  WER %6.3f -> %6.3f", percent((double)c->words_before, c->words),
           percent((double)c->words_after, c->words));
    printf("  CERred %6.2f%%  WERred %6.2f%%",
           reduction(c->chars_before, c->chars_after),
           reduction(c->words_before, c->words_after));
    printf("  wWER %6.3f -> %6.3f", percent((double)c->bare_before, c->bare),
           percent((double)c->bare_after, c->bare));
    printf("  wWERred %6.2f%%", reduction(c->bare_before, c->bare_after));
    printf("  edits %5zu exact %5zu better %5zu harm %4zu", c->edits, c->exact,
           c->better, c->harm);
    printf("  precision %6.2f%%  harm/10k %6.2f",
           percent((double)c->better, c->edits), per_10k(c->harm, c->words));
    if (view->clean)
        printf("  clean/10k %6.2f", per_10k(c->clean_changed, c->clean_words));
    putchar('\n');
}

static void
print_class_table(const struct tally *tally, bool clean)
{
    printf("\n%-12s %8s %7s %6s %10s  %8s %7s%s\n", "class", "applied", "right",
           "harm", "precision", "proposed", "right", clean ? "   clean" : "");
    for (size_t i = 0; i < UNFIX_CLASS_COUNT; i++) {
        const struct tally_class *class = &tally->classes[i];
        if (!is_class_seen(class))
            continue;
        printf("%-12s %8zu %7zu %6zu", unfix_class_name((unfix_class)i),
               class->applied, class->applied_right, class->applied_harm);
        if (class->applied == 0)
            printf(" %10s", "-");
        else
            printf(" %9.2f%%", precision(class));
        printf("  %8zu %7zu", class->proposed, class->proposed_right);
        if (clean)
            printf(" %7zu", class->clean);
        putchar('\n');
    }
}

static void
print_calibration(const struct tally *tally)
{
    calibration_print(&tally->calibration);
    printf("\nwrong ones applied, in 10,000 words: expected %.2f, measured "
           "%.2f\n",
           expected_per_10k(tally),
           per_10k(count_wrong(tally), tally->counts.words));
}

void
tally_print_tables(const struct tally *tally, const struct tally_view *view)
{
    if (view->classes)
        print_class_table(tally, view->clean);
    if (view->calibration)
        print_calibration(tally);
}

/* ---- JSON ---------------------------------------------------------------- */

static void
put_string(const char *string)
{
    putchar('"');
    for (; *string != '\0'; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20)
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

/* Rounded to `digits` places, without needless zeros: 12.5, 0.0. */
static void
put_rounded(double value, int digits)
{
    char text[64];
    int length = snprintf(text, sizeof text, "%.*f", digits, value);
    while (length > 2 && text[length - 1] == '0' && text[length - 2] != '.')
        length--;
    printf("%.*s", length, text);
}

static void
put_figure(const char *key, double value, int digits)
{
    printf(", \"%s\": ", key);
    put_rounded(value, digits);
}

static void
put_rates(const char *key, size_t before, size_t after, size_t whole)
{
    printf(", \"%s\": [", key);
    put_rounded(percent((double)before, whole), 3);
    printf(", ");
    put_rounded(percent((double)after, whole), 3);
    putchar(']');
}

static void
put_classes(const struct tally *tally, bool clean)
{
    const char *separator = "";
    printf(", \"classes\": {");
    for (size_t i = 0; i < UNFIX_CLASS_COUNT; i++) {
        const struct tally_class *class = &tally->classes[i];
        if (!is_class_seen(class))
            continue;
        printf("%s\"%s\": {\"applied\": %zu, \"right\": %zu, \"harm\": %zu",
               separator, unfix_class_name((unfix_class)i), class->applied,
               class->applied_right, class->applied_harm);
        put_figure("precision", precision(class), 2);
        printf(", \"proposed\": %zu, \"proposed_right\": %zu", class->proposed,
               class->proposed_right);
        if (clean)
            printf(", \"clean\": %zu", class->clean);
        putchar('}');
        separator = ", ";
    }
    putchar('}');
}

void
tally_print_json(const struct tally *tally, const char *name,
                 const struct tally_view *view)
{
    const struct ufx_metrics_counts *c = &tally->counts;
    printf("{\"set\": ");
    put_string(name);
    printf(", \"words\": %zu", c->words);
    put_rates("CER", c->chars_before, c->chars_after, c->chars);
    put_rates("WER", c->words_before, c->words_after, c->words);
    put_rates("wWER", c->bare_before, c->bare_after, c->bare);
    put_figure("wWERred", reduction(c->bare_before, c->bare_after), 2);
    put_figure("CERred", reduction(c->chars_before, c->chars_after), 2);
    put_figure("WERred", reduction(c->words_before, c->words_after), 2);
    printf(", \"edits\": %zu, \"exact\": %zu, \"better\": %zu, \"harm\": %zu",
           c->edits, c->exact, c->better, c->harm);
    put_figure("precision", percent((double)c->better, c->edits), 2);
    put_figure("harm/10k", per_10k(c->harm, c->words), 2);
    if (view->clean)
        put_figure("clean/10k", per_10k(c->clean_changed, c->clean_words), 2);
    if (view->classes)
        put_classes(tally, view->clean);
    if (view->calibration) {
        put_figure("expected/10k", expected_per_10k(tally), 2);
        put_figure("wrong/10k", per_10k(count_wrong(tally), c->words), 2);
        calibration_print_json(&tally->calibration);
    }
    printf("}\n");
}
