/* SPDX-License-Identifier: MPL-2.0 */
/* Texts and tables made to be slow or large: each takes at most fifteen times
 * the work for a byte that scanned pages take, its memory stays within a cap,
 * and what comes out is consistent.  Work is counted, not timed: counted.h. */
#include "unfix.h"

#include "../read_file.h"
#include "counted.h"
#include "unit_api.h"

#include <glob.h>

#define LENGTH ((size_t)64 * 1024)
#define MOST_TIMES 17
/* By a user's thousands of confusions no rivals are stored in the model, as
 * they are for the words of a page. */
#define MOST_TIMES_CONFUSED 26
#define MOST_MEMORY ((size_t)64 * 1024 * 1024)

static unfix_model *model;
static char *pages;
static size_t pages_length;
static double page_work; /* a byte of them takes */

/* ---- The texts ---- */

enum making {
    REPEAT, /* the pattern over and over */
    WORDS,  /* words of `least` to `most` of its characters, at random */
    MIX,    /* its characters at random */
    BEHIND  /* the pattern over and over, behind a letter and as many blanks */
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
    {"random letters, short paragraphs", MIX, 0, 0,
     "abdeoilsnrtcum abdeoilsnrtcum \n\n"},
    {"random letters and marks", MIX, 0, 0, "abdeoils .,;:'\"-/*1l"},
    {"single letters", REPEAT, 0, 0, "a b c d e f g h "},
    {"single words", REPEAT, 0, 0, "a e o y a e o u "},
    {"ones", REPEAT, 0, 0, "1 l I "},
    {"quotation marks, opening", REPEAT, 0, 0, " \"a"},
    {"quotation marks, closing", REPEAT, 0, 0, "a\" "},
    {"quotation marks, mixed", REPEAT, 0, 0, "\" a\" \"a \" b\""},
    {"quotation marks, opening, no word", REPEAT, 0, 0,
     "\xC2\xAC \xE2\x80\x9C"},
    {"questions that nobody began", REPEAT, 0, 0, "de? "},
    {"exclamations that nobody began", REPEAT, 0, 0, "la! "},
    {"quoted questions", REPEAT, 0, 0, "\"de? "},
    {"braces", REPEAT, 0, 0, "} a"},
    {"numerals and braces", REPEAT, 0, 0, "cap. IlI{'''"},
    {"deep markup", REPEAT, 0, 0, "<b><i><u><p>"},
    {"open tags", REPEAT, 0, 0, "<a = <"},
    {"open tags with blanks", REPEAT, 0, 0, "<a "},
    {"entities", REPEAT, 0, 0, "&a;&b &c"},
    {"ampersands behind blanks", BEHIND, 0, 0, "& "},
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
        if (h->making == BEHIND && i < length / 2) {
            text[i] = i == 0 ? 'a' : ' ';
        } else if (h->making == REPEAT || h->making == BEHIND) {
            text[i] = h->pattern[i % n];
        } else if (h->making == WORDS && left-- == 0) {
            text[i] = ' ';
            left = h->least + unit_below(&seed, h->most - h->least + 1);
        } else {
            text[i] = h->pattern[unit_below(&seed, n)];
        }
    }
}

/* ---- Work ---- */

static uint64_t
work_with(unfix_overlay *overlay, const char *text, size_t length,
          const unfix_allocator *allocator)
{
    uint64_t before = counted_work(), taken;
    unfix_context *context;
    unfix_result *result;

    ck_assert_int_eq(
        unfix_context_new(model, overlay, NULL, allocator, &context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(allocator, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, length, result, NULL),
                     UNFIX_OK);
    taken = counted_work() - before;
    api_check_whole(text, length, result);
    unfix_result_free(result);
    unfix_context_free(context);
    return taken;
}

static uint64_t
work(const char *text, size_t length)
{
    return work_with(NULL, text, length, NULL);
}

/* Once for all tests. */
static void
measure_pages(void)
{
    page_work = (double)work(pages, pages_length) / (double)pages_length;
}

static void
check_times(const char *name, uint64_t taken, size_t length, int most)
{
    double times = (double)taken / (double)length / page_work;

    printf("%5.1f times: %s, %zu kB\n", times, name, length / 1024);
    fflush(stdout);
    if (times > most)
        ck_abort_msg("%s: %.1f times the work of pages", name, times);
}

/* Invariant 6: twice the text takes at most 2.5 times the work. */
static void
check_linear(const char *name, uint64_t once, uint64_t twice)
{
    if ((double)twice > 2.5 * (double)once)
        ck_abort_msg("%s: %" PRIu64 ", twice of it %" PRIu64, name, once,
                     twice);
}

/* Of a text at random twice as much may take another pass: see below. */
START_TEST(within_bounds)
{
    const struct hostile *h = &texts[_i];
    struct unit_memory m;
    char *text = malloc(LENGTH);
    uint64_t whole;

    make_text(h, text, LENGTH);
    unit_memory_init(&m, 0);
    whole = work_with(NULL, text, LENGTH, &m.allocator);
    check_times(h->name, whole, LENGTH, MOST_TIMES);
    ck_assert_uint_eq(m.live, 0);
    if (m.most > MOST_MEMORY)
        ck_abort_msg("%s: %zu bytes", h->name, m.most);
    if (h->making == REPEAT)
        check_linear(h->name, work(text, LENGTH / 2), whole);
    free(text);
}
END_TEST

/* As long as a window and more, where all passes are needed. */
START_TEST(long_texts_too)
{
    static const char *const names[] = {"random letters", "random capitals"};
    const size_t length = (size_t)384 * 1024;
    char *text = malloc(length);
    size_t i = 0;

    while (strcmp(texts[i].name, names[_i]) != 0)
        i++;
    make_text(&texts[i], text, length);
    check_times(texts[i].name, work(text, length), length, MOST_TIMES);
    free(text);
}
END_TEST

START_TEST(pages_take_linear_work)
{
    char *text = malloc(8 * pages_length);
    size_t i;

    for (i = 0; i < 8; i++)
        memcpy(text + i * pages_length, pages, pages_length);
    check_linear("pages", work(text, 4 * pages_length),
                 work(text, 8 * pages_length));
    free(text);
}
END_TEST

/* As many confusions as a user may have, all of which lead on from everywhere:
 * they read nothing, or any letter. */
START_TEST(users_confusions_too)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    const size_t n = sizeof letters - 1, most = 9700;
    size_t size = most * 16, length = 0, i;
    char *table = malloc(size);
    unfix_overlay *overlay;

    for (i = 0; i < most; i++)
        length += (size_t)snprintf(table + length, size - length,
                                   "%.*s\t%c%c%c\t0.001\n", _i, &letters[i % n],
                                   letters[i / n % n], letters[i / n / n % n],
                                   letters[i * 7 / n % n]);
    ck_assert_int_eq(unfix_overlay_new(NULL, &overlay), UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_add_confusions(overlay, table, length, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(unfix_overlay_freeze(overlay, NULL), UNFIX_OK);
    check_times("confusions by the thousand",
                work_with(overlay, pages, pages_length, NULL), pages_length,
                MOST_TIMES_CONFUSED);
    unfix_overlay_release(overlay);
    free(table);
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

/* Feeds in pieces of that size and says what work it was. */
static uint64_t
feed(const char *text, size_t length, size_t piece,
     const unfix_allocator *allocator)
{
    unfix_context *context;
    unfix_stream *stream;
    size_t out = 0, at;
    uint64_t before = counted_work();

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
    return counted_work() - before;
}

/* Byte by byte costs calls, but nothing is looked at again and again. */
START_TEST(bytes_one_by_one)
{
    static const char *const patterns[] = {"x", "\n", "x\n", "x\n   ", " \n"};
    const size_t length = 2 * UFX_WINDOW_HARD;
    char *text = malloc(length);
    size_t k, i;

    for (k = 0; k < sizeof patterns / sizeof *patterns; k++) {
        uint64_t whole, single;

        for (i = 0; i < length; i++)
            text[i] = patterns[k][i % strlen(patterns[k])];
        whole = feed(text, length, length, NULL);
        single = feed(text, length, 1, NULL);
        printf("pattern %zu: whole %" PRIu64 ", single bytes %" PRIu64 "\n", k,
               whole, single);
        /* A few dozen blocks a call; to look at all that is pending takes
         * thousands. */
        if (single > 3 * whole + 100 * length)
            ck_abort_msg("pattern %zu: %" PRIu64 " for %" PRIu64, k, single,
                         whole);
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
    tcase_add_unchecked_fixture(each, measure_pages, NULL);
    tcase_add_unchecked_fixture(much, measure_pages, NULL);
    tcase_add_loop_test(each, within_bounds, 0, count);
    tcase_add_loop_test(much, users_confusions_too, 0, 2);
    tcase_add_test(much, pages_take_linear_work);
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
