/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/outline.h"

#include "small_pipeline.h"
#include "unit_api.h"

static const struct small_word words[] = {
    {"actos", 60, UFX_WORD_KNOWN},
    {"orden", 60, UFX_WORD_KNOWN},
};

static const struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
};

static struct pipeline p;
static struct ufx_outline outline;

static void
describe(const char *text)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    size_t count = 0;

    for (; *text != '\0'; text++)
        chars[count++] = (unsigned char)*text;
    ufx_outline_describe(&outline, p.vocabulary.language, chars, count);
}

START_TEST(what_no_language_writes)
{
    static const struct {
        const char *text;
        int impossible;
    } rows[] = {
        {"orden", 0},  {"Orden", 0},  {"ORDEN", 0},   {"6rganos", 1},
        {"c6digo", 2}, {"orden6", 3}, {"m2", 0},      {"oRden", 4},
        {"o;den", 5},  {"ACT0S", 6},  {"NUMER0", 7},  {"0RDEN", 8},
        {"CO2", 0},    {"MP3", 0},    {"A4GH61", 0},  {"H1N1", 0},
        {"19", 0},     {"N0", 0},     {"ORDEN12", 3},
    };
    size_t i;

    pipeline_begin(&p, &facts);
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        describe(rows[i].text);
        ck_assert_msg(outline.impossible == rows[i].impossible, "%s: %d",
                      rows[i].text, (int)outline.impossible);
    }
    pipeline_end(&p);
}
END_TEST

START_TEST(what_is_left_without_figures)
{
    pipeline_begin(&p, &facts);
    describe("orden");
    ck_assert_int_eq(outline.stump, 0);
    describe("orden6");
    ck_assert_int_eq(outline.stump, 1);
    describe("ACT0S");
    ck_assert_int_eq(outline.stump, 2);
    describe("m2");
    ck_assert_int_eq(outline.stump, 3);
    pipeline_end(&p);
}
END_TEST

START_TEST(runs_of_letters)
{
    pipeline_begin(&p, &facts);
    describe("orden6x");
    ck_assert_int_eq(outline.letters, 5);
    describe("1234");
    ck_assert_int_eq(outline.letters, 0);
    pipeline_end(&p);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        what_no_language_writes,
        what_is_left_without_figures,
        runs_of_letters,
    };

    return unit_run("verify/outline", tests, sizeof tests / sizeof *tests);
}
