/* SPDX-License-Identifier: MPL-2.0 */
/* Texts made to be slow or large: each takes at most ten times as long a byte
 * as scanned pages do, its memory stays within a cap, and what comes out is
 * consistent. */
#include "unfix.h"

#include "../read_file.h"
#include "unit_api.h"

#include <glob.h>
#include <time.h>

#define LENGTH ((size_t)64 * 1024)
#define MOST_TIMES 10
#define MOST_MEMORY ((size_t)64 * 1024 * 1024)

static unfix_model *model;
static char *pages;
static size_t pages_length;
static double page_time; /* a byte of them takes */

/* ---- The texts ---- */

enum making {
    REPEAT, /* the pattern over and over */
    WORDS,  /* words of `least` to `most` of its characters, at random */
    MIX     /* its characters at random */
};

static const struct hostile {
    const char *name;
    enum making making;
    size_t least, most;
    const char *pattern;
} texts[] = {
    {"no blank", REPEAT, 0, 0, "x"},
    {"no blank, marks", REPEAT, 0, 0, "a.b,c;"},
    {"long words", REPEAT, 0, 0,
     "lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll "},
    {"combining marks alone", REPEAT, 0, 0, "\xCC\x81"},
    {"combining marks on letters", REPEAT, 0, 0,
     "a\xCC\x81\xCC\x83 e\xCC\x81\xCC\x82 "},
    {"l and I", REPEAT, 0, 0, "llllllllllll IlIlIlIlIlIl "},
    {"confusable letters", WORDS, 12, 12, "lI1i|"},
    {"confusable letters, longest", WORDS, 64, 64, "rnmuvil1"},
    {"random letters", WORDS, 2, 14, "abcdefghijklmnopqrstuvwxyz"},
    {"random letters, longest", WORDS, 64, 64, "aeioulnrsdctmp"},
    {"random letters, likely", WORDS, 12, 12, "aeioulnrsdctmp"},
    {"random capitals", WORDS, 2, 14, "aeioulnrsdctmpAEIOULNRSDCTMP"},
    {"random figures and letters", WORDS, 1, 10, "0123456789lIO"},
    {"random marks", WORDS, 1, 10, ".,;:!?()[]'\"-/*&%$"},
    {"random letters and marks", MIX, 0, 0, "abdeoils .,;:'\"-/*1l"},
    {"single letters", REPEAT, 0, 0, "a b c d e f g h "},
    {"single words", REPEAT, 0, 0, "a e o y a e o u "},
    {"ones", REPEAT, 0, 0, "1 l I "},
    {"quotation marks, opening", REPEAT, 0, 0, " \"a"},
    {"quotation marks, closing", REPEAT, 0, 0, "a\" "},
    {"quotation marks, mixed", REPEAT, 0, 0, "\" a\" \"a \" b\""},
    {"questions that nobody began", REPEAT, 0, 0, "de? "},
    {"exclamations that nobody began", REPEAT, 0, 0, "la! "},
    {"quoted questions", REPEAT, 0, 0, "\"de? "},
    {"braces", REPEAT, 0, 0, "} a"},
    {"numerals and braces", REPEAT, 0, 0, "cap. IlI{'''"},
    {"deep markup", REPEAT, 0, 0, "<b><i><u><p>"},
    {"open tags", REPEAT, 0, 0, "<a = <"},
    {"open tags with blanks", REPEAT, 0, 0, "<a "},
    {"entities", REPEAT, 0, 0, "&a;&b &c"},
    {"Markdown signs", REPEAT, 0, 0, "*_#`"},
    {"links", REPEAT, 0, 0, "]("},
    {"dots", REPEAT, 0, 0, ". . . . "},
    {"hyphens", REPEAT, 0, 0, "a- b- c- "},
    {"broken words", REPEAT, 0, 0, "coope-\nracion inter-\n"},
    {"newlines", REPEAT, 0, 0, "\n"},
    {"short lines", REPEAT, 0, 0, "de\n"},
    {"short paragraphs", REPEAT, 0, 0, "de\n\n"},
    {"short pages", REPEAT, 0, 0, "de\f"},
    {"short pages with repairs", REPEAT, 0, 0, "la sesi\xC3\xA9n\f"},
    {"blanks", REPEAT, 0, 0, " \t\r"},
    {"directions", REPEAT, 0, 0,
     "\xE2\x80\xAE\xE2\x80\xAD"
     "abc\xE2\x80\xAC \xE2\x81\xA6"
     "d\xE2\x81\xA9 "},
    {"surrogates", REPEAT, 0, 0, "a\xED\xA0\x80s\xED\xB0\x80 "},
    {"overlong forms", REPEAT, 0, 0, "\xC0\xAF \xE0\x80\xAF "},
    {"a few overlong forms", REPEAT, 0, 0,
     "La Comisi\xC3\xA9n examin\xC3\xA9 el informe sobre la protecci\xC3\xA9n "
     "de los bosques, \xC0\xAF y los pa\xC3\xADses de la regi\xC3\xA9n. "},
    {"scripts", REPEAT, 0, 0,
     "a\xD0\xB1\xCE\xB1\xE4\xB8\xAD \xD8\xA7\xD8\xA8"
     "c "},
    {"words run together", REPEAT, 0, 0,
     "delacomisi\xC3\xB3nqueaprob\xC3\xB3laresoluci\xC3\xB3ndelaasamblea "},
    {"typed forms", REPEAT, 0, 0,
     "442 53* 1a. 53* sesion 44a XVIII IlI VlI A/ICONF.157/24/Add.l "},
    {"addresses", REPEAT, 0, 0, "http://a.b/c?d=e www.x.y a@b.c "},
    {"apostrophes", REPEAT, 0, 0, "d'l'a'b'c' "},
    {"repairs everywhere", REPEAT, 0, 0,
     "alos 6rganos dela sesi\xC3\xA9n Ilamamientos "},
};

static void
make_text(const struct hostile *h, char *text, size_t length)
{
    size_t n = strlen(h->pattern), left = 0, i;
    uint64_t seed = n;

    for (i = 0; i < length; i++) {
        if (h->making == REPEAT) {
            text[i] = h->pattern[i % n];
        } else if (h->making == WORDS && left-- == 0) {
            text[i] = ' ';
            left = h->least + unit_below(&seed, h->most - h->least + 1);
        } else {
            text[i] = h->pattern[unit_below(&seed, n)];
        }
    }
}

/* ---- Time ---- */

static double
seconds(const char *text, size_t length, const unfix_allocator *allocator)
{
    unfix_context *context;
    unfix_result *result;
    clock_t start;
    double taken;

    ck_assert_int_eq(
        unfix_context_new(model, NULL, NULL, allocator, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(allocator, &result), UNFIX_OK);
    start = clock();
    ck_assert_int_eq(unfix_correct(context, text, length, result, NULL),
                     UNFIX_OK);
    taken = (double)(clock() - start) / CLOCKS_PER_SEC;
    api_check_whole(text, length, result);
    unfix_result_free(result);
    unfix_context_free(context);
    return taken;
}

static double
time_page(void)
{
    return seconds(pages, pages_length, NULL) / (double)pages_length;
}

/* Once for all tests; not at first, when the model is still on the disk. */
static void
time_pages(void)
{
    time_page();
    page_time = time_page();
}

/* Others may use the machine, for seconds or for a moment: what seems too long
 * is measured again, with the pages next to it. */
#define MOST_ROUNDS 10

static void
check_times(const struct hostile *h, size_t length)
{
    char *text = malloc(length);
    double page = page_time, times = 0;
    int round;

    make_text(h, text, length);
    for (round = 0; round < MOST_ROUNDS; round++) {
        times = seconds(text, length, NULL) / (double)length / page;
        if (times <= MOST_TIMES)
            break;
        page = time_page();
    }
    printf("%5.1f times: %s, %zu kB\n", times, h->name, length / 1024);
    fflush(stdout);
    if (round == MOST_ROUNDS)
        ck_abort_msg("%s: %.1f times as long as pages", h->name, times);
    free(text);
}

START_TEST(time_is_within_bounds)
{
    check_times(&texts[_i], LENGTH);
}
END_TEST

START_TEST(memory_is_within_bounds)
{
    struct unit_memory m;
    char *text = malloc(LENGTH);

    make_text(&texts[_i], text, LENGTH);
    unit_memory_init(&m, 0);
    seconds(text, LENGTH, &m.allocator);
    ck_assert_uint_eq(m.live, 0);
    if (m.most > MOST_MEMORY)
        ck_abort_msg("%s: %zu bytes", texts[_i].name, m.most);
    free(text);
}
END_TEST

/* ---- Much of it ---- */

static int
drop(void *user, const unfix_result *result)
{
    size_t length;

    unfix_result_text(result, &length);
    *(size_t *)user += length;
    return 0;
}

/* Feeds in pieces of that size and says how long it took. */
static double
feed(const char *text, size_t length, size_t piece,
     const unfix_allocator *allocator)
{
    unfix_context *context;
    unfix_stream *stream;
    size_t out = 0, at;
    clock_t start = clock();

    ck_assert_int_eq(
        unfix_context_new(model, NULL, NULL, allocator, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_stream_new(context, drop, &out, &stream), UNFIX_OK);
    for (at = 0; at < length; at += piece)
        if (unfix_stream_feed(stream, text + at,
                              length - at < piece ? length - at : piece,
                              NULL) != UNFIX_OK)
            ck_abort_msg("feeding fails at %zu", at);
    ck_assert_int_eq(unfix_stream_finish(stream, NULL), UNFIX_OK);
    ck_assert_uint_eq(out, length);
    unfix_stream_free(stream);
    unfix_context_free(context);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static double
shorter(double a, double b)
{
    return a < b ? a : b;
}

/* Invariant 6: twice the text takes at most 2.5 times as long as it does just
 * before and after.  What takes no time takes no measure. */
static void
check_linear(const char *name, const char *text, size_t length)
{
    double before = seconds(text, length, NULL), after = 0, twice = 0;
    int round;

    for (round = 0; round < MOST_ROUNDS; round++) {
        twice = seconds(text, 2 * length, NULL);
        after = seconds(text, length, NULL);
        if (twice <= 2.5 * shorter(before, after) || twice < 0.01)
            return;
        before = after;
    }
    ck_abort_msg("%s: %.3f s, twice of it %.3f s", name, shorter(before, after),
                 twice);
}

START_TEST(pages_take_linear_time)
{
    char *text = malloc(8 * pages_length);
    size_t i;

    for (i = 0; i < 8; i++)
        memcpy(text + i * pages_length, pages, pages_length);
    check_linear("pages", text, 4 * pages_length);
    free(text);
}
END_TEST

/* Of a text at random twice as much may take another pass: see below. */
START_TEST(patterns_take_linear_time)
{
    char *text = malloc(LENGTH);

    if (texts[_i].making == REPEAT) {
        make_text(&texts[_i], text, LENGTH);
        check_linear(texts[_i].name, text, LENGTH / 2);
    }
    free(text);
}
END_TEST

/* As long as a window and more, where all passes are needed. */
START_TEST(long_texts_too)
{
    static const char *const names[] = {"random letters", "random capitals"};
    size_t i = 0;

    while (strcmp(texts[i].name, names[_i]) != 0)
        i++;
    check_times(&texts[i], (size_t)384 * 1024);
}
END_TEST

/* Byte by byte costs calls, but nothing is looked at again and again. */
START_TEST(bytes_one_by_one)
{
    static const char *const patterns[] = {"x", "\n", "x\n", "x\n   ", " \n"};
    const size_t length = 2 * UFX_WINDOW_HARD;
    char *text = malloc(length);
    size_t k, i;

    for (k = 0; k < sizeof patterns / sizeof *patterns; k++) {
        double whole, single;

        for (i = 0; i < length; i++)
            text[i] = patterns[k][i % strlen(patterns[k])];
        whole = feed(text, length, length, NULL);
        single = feed(text, length, 1, NULL);
        printf("pattern %zu: whole %.3f s, single bytes %.3f s\n", k, whole,
               single);
        /* A microsecond a call, even with sanitizers; to look at all that is
         * pending takes several. */
        if (single > 3 * whole + 1e-6 * (double)length)
            ck_abort_msg("pattern %zu: %.3f s for %.3f s", k, single, whole);
    }
    fflush(stdout);
    free(text);
}
END_TEST

START_TEST(megabytes_without_a_blank)
{
    const size_t length = 8 * 1024 * 1024;
    char *text = malloc(length);
    struct unit_memory m;

    memset(text, 'l', length);
    unit_memory_init(&m, 0);
    feed(text, length, 65536, &m.allocator);
    ck_assert_uint_eq(m.live, 0);
    if (m.most > MOST_MEMORY)
        ck_abort_msg("%zu bytes", m.most);
    free(text);
}
END_TEST

/* ---- */

static void
read_pages(void)
{
    glob_t files;
    size_t i;

    if (glob(UNFIX_TEST_SOURCE "/tests/pages/*.ocr.txt", 0, NULL, &files) !=
        0) {
        fprintf(stderr, "hostile_test: no pages\n");
        exit(2);
    }
    for (i = 0; i < files.gl_pathc; i++) {
        size_t length = 0;
        char *page = read_file(files.gl_pathv[i], &length);

        pages = realloc(pages, pages_length + length);
        memcpy(pages + pages_length, page, length);
        pages_length += length;
        free(page);
    }
    globfree(&files);
}

int
main(void)
{
    const int count = (int)(sizeof texts / sizeof *texts);
    Suite *suite = suite_create("hostile");
    TCase *each = tcase_create("texts"), *much = tcase_create("much");
    SRunner *runner;
    unfix_error error;
    int failed;

    if (unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK) {
        fprintf(stderr, "hostile_test: %s\n", error.message);
        return 2;
    }
    read_pages();
    tcase_set_timeout(each, 120);
    tcase_set_timeout(much, 120);
    tcase_add_unchecked_fixture(each, time_pages, NULL);
    tcase_add_unchecked_fixture(much, time_pages, NULL);
    tcase_add_loop_test(each, time_is_within_bounds, 0, count);
    tcase_add_loop_test(each, memory_is_within_bounds, 0, count);
    tcase_add_loop_test(each, patterns_take_linear_time, 0, count);
    tcase_add_test(much, pages_take_linear_time);
    tcase_add_loop_test(much, long_texts_too, 0, 2);
    tcase_add_test(much, bytes_one_by_one);
    tcase_add_test(much, megabytes_without_a_blank);
    suite_add_tcase(suite, each);
    suite_add_tcase(suite, much);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unfix_model_release(model);
    free(pages);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
