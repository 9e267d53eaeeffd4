/* SPDX-License-Identifier: MPL-2.0 */
#include "text/text.h"

#include "base/limits.h"

#include "unit.h"

enum {
    LONG = UFX_WINDOW_HARD + 4096
};

static char text[LONG + 1];

/* Lines of words, `columns` wide. */
static void
fill_lines(size_t columns)
{
    size_t i;

    for (i = 0; i < LONG; i++)
        text[i] = i % columns == columns - 1 ? '\n' : i % 7 == 6 ? ' ' : 'a';
}

/* ---- Windows ---- */

START_TEST(short_text_is_one_window)
{
    ck_assert_uint_eq(ufx_text_window("", 0, true), 0);
    ck_assert_uint_eq(ufx_text_window("", 0, false), 0);
    ck_assert_uint_eq(ufx_text_window("La Asamblea", 11, true), 11);
    ck_assert_uint_eq(ufx_text_window("La Asamblea", 11, false), 0);
    ck_assert_uint_eq(ufx_text_window("La\n\nAsamblea\n", 13, false), 0);
}
END_TEST

START_TEST(form_feed_ends_a_window)
{
    ck_assert_uint_eq(ufx_text_window("uno\fdos\ftres", 12, false), 4);
    ck_assert_uint_eq(ufx_text_window("uno\fdos\ftres", 12, true), 4);
    ck_assert_uint_eq(ufx_text_window("\f", 1, false), 1);
}
END_TEST

/* Where lines are long a paragraph's end is taken, a line's end before a
 * word's. */
START_TEST(blank_line_ends_a_long_window)
{
    fill_lines(200);
    memcpy(text + 1000, "\n\n", 2); /* before SOFT: no end */
    memcpy(text + UFX_WINDOW_SOFT + 5000, "\n\n", 2);
    ck_assert_uint_eq(ufx_text_window(text, LONG, true),
                      UFX_WINDOW_SOFT + 5002);
    ck_assert_uint_eq(ufx_text_window(text, LONG, false),
                      UFX_WINDOW_SOFT + 5002);
    memcpy(text + UFX_WINDOW_SOFT + 5000, "\n \t\r\n", 5);
    ck_assert_uint_eq(ufx_text_window(text, LONG, true),
                      UFX_WINDOW_SOFT + 5005);
    /* Too late. */
    fill_lines(200);
    memcpy(text + UFX_WINDOW_HARD - 1, "\n\n", 2);
    ck_assert_uint_lt(ufx_text_window(text, LONG, true), UFX_WINDOW_HARD);
}
END_TEST

/* Where they are not, from so many lines on. */
START_TEST(blank_line_ends_a_window_of_many_lines)
{
    const size_t soft = UFX_WINDOW_LINES * 40;

    fill_lines(40);
    text[soft] = '\n'; /* just in time */
    ck_assert_uint_eq(ufx_text_window(text, LONG, true), soft + 1);
    fill_lines(40);
    text[soft - 40] = '\n'; /* too early */
    ck_assert_uint_eq(ufx_text_window(text, LONG, true),
                      (UFX_WINDOW_LINES_HARD - 1) * 40);
    memcpy(text + soft + 999, "\n \t\r\n", 5);
    ck_assert_uint_eq(ufx_text_window(text, LONG, false), soft + 1004);
}
END_TEST

START_TEST(hard_end_is_after_a_line)
{
    size_t n;

    fill_lines(200);
    n = ufx_text_window(text, LONG, true);
    ck_assert_uint_le(n, UFX_WINDOW_HARD);
    ck_assert_uint_ge(n, UFX_WINDOW_SOFT);
    ck_assert(text[n - 1] == '\n');
    ck_assert_uint_eq(ufx_text_window(text, LONG, false), n);
    /* At HARD itself one cannot tell yet. */
    ck_assert_uint_eq(ufx_text_window(text, UFX_WINDOW_HARD, false), 0);
}
END_TEST

START_TEST(hard_end_is_between_characters)
{
    size_t i, n, shift;

    for (shift = 0; shift < 4; shift++) {
        memset(text, 'a', LONG);
        for (i = shift; i + 4 < LONG; i += 4)
            memcpy(text + i, "\xF0\x9D\x84\x9E", 4);
        n = ufx_text_window(text, LONG, true);
        ck_assert_uint_le(n, UFX_WINDOW_HARD);
        ck_assert_uint_gt(n, UFX_WINDOW_HARD - 4);
        ck_assert_uint_eq(n % 4, shift);
    }
    memset(text, '\x80', LONG);
    ck_assert_uint_eq(ufx_text_window(text, LONG, true), UFX_WINDOW_HARD);
}
END_TEST

/* A repair moves what comes after it; the text is still cut where it was. */
static void
check_moved(size_t columns, size_t (*cut)(void))
{
    size_t at, i, same = 0;

    for (i = 0; i < 50; i++) {
        uint64_t seed = i;
        size_t k;

        for (k = 0; k < LONG; k++)
            text[k] = k % columns == columns - 1
                          ? '\n'
                          : "abcdefghij "[unit_below(&seed, 11)];
        at = cut();
        memmove(text + 1003, text + 1000, LONG - 1003);
        same += cut() == at + 3;
    }
    ck_assert_uint_ge(same, 48);
}

static size_t
first_window(void)
{
    return ufx_text_window(text, LONG, true);
}

static size_t
first_paragraph(void)
{
    return ufx_text_paragraph(text, LONG);
}

START_TEST(repairs_do_not_move_the_cuts)
{
    check_moved(50, first_window);
    check_moved(300, first_window);
    check_moved(LONG, first_window);
    check_moved(50, first_paragraph);
    check_moved(300, first_paragraph);
    check_moved(LONG, first_paragraph);
}
END_TEST

/* The length of the window must not depend on how much more text is there. */
static void
check_prefixes(void)
{
    size_t whole = ufx_text_window(text, LONG, true), length, n;

    ck_assert_uint_gt(whole, 0);
    ck_assert_uint_eq(ufx_text_window(text, LONG, false), whole);
    for (length = 0; length <= LONG; length += length < whole ? 4999 : 61) {
        n = ufx_text_window(text, length, false);
        if (n != 0 && n != whole)
            ck_abort_msg("window of %zu with %zu bytes, of %zu with all", n,
                         length, whole);
    }
}

START_TEST(window_depends_on_the_text_alone)
{
    uint64_t seed = 5;
    size_t round, k;

    for (round = 0; round < 20; round++) {
        fill_lines(40 + 8 * round);
        for (k = 0; k < 3; k++) {
            size_t at = UFX_WINDOW_SOFT - 100 +
                        unit_below(&seed, LONG - UFX_WINDOW_SOFT);

            memcpy(text + at, "\n \n", 3);
        }
        check_prefixes();
    }
}
END_TEST

/* The same where a page ends later than a paragraph that could end it. */
START_TEST(window_does_not_foresee_a_page_end)
{
    const size_t soft = UFX_WINDOW_LINES * 40;

    fill_lines(40);
    text[soft] = '\n';
    text[soft + 3000] = '\f';
    check_prefixes();
    ck_assert_uint_eq(ufx_text_window(text, LONG, true), soft + 1);
    fill_lines(200);
    memcpy(text + UFX_WINDOW_SOFT + 500, "\n\n", 2);
    text[UFX_WINDOW_SOFT + 3000] = '\f';
    check_prefixes();
    ck_assert_uint_eq(ufx_text_window(text, LONG, true),
                      UFX_WINDOW_SOFT + 3001);
}
END_TEST

/* ---- Paragraphs ---- */

static size_t
paragraph(const char *bytes)
{
    return ufx_text_paragraph(bytes, strlen(bytes));
}

START_TEST(paragraph_takes_its_blank_lines)
{
    ck_assert_uint_eq(paragraph("uno"), 3);
    ck_assert_uint_eq(paragraph("uno\ndos\n"), 8);
    ck_assert_uint_eq(paragraph("uno\n\ndos"), 5);
    ck_assert_uint_eq(paragraph("uno\n \t\n\r\n\ndos\n\n"), 10);
    ck_assert_uint_eq(paragraph("uno\r\n\r\ndos"), 7);
    ck_assert_uint_eq(paragraph("\n\nuno"), 2);
    ck_assert_uint_eq(paragraph("uno\n  dos\n\n"), 11);
}
END_TEST

START_TEST(paragraph_ends_with_the_page)
{
    ck_assert_uint_eq(paragraph("uno\fdos"), 4);
    ck_assert_uint_eq(paragraph("uno\n\fdos"), 5);
}
END_TEST

START_TEST(long_paragraph_is_cut_after_a_line)
{
    size_t n;

    fill_lines(40);
    ck_assert_uint_eq(ufx_text_paragraph(text, LONG), 40 * UFX_PARAGRAPH_LINES);
    fill_lines(300);
    n = ufx_text_paragraph(text, LONG);
    ck_assert_uint_le(n, UFX_PARAGRAPH_BYTES);
    ck_assert_uint_ge(n, UFX_PARAGRAPH_BYTES / 2);
    ck_assert(text[n - 1] == '\n');
    fill_lines(LONG);
    n = ufx_text_paragraph(text, LONG);
    ck_assert_uint_le(n, UFX_PARAGRAPH_BYTES);
    ck_assert_uint_ge(n, UFX_PARAGRAPH_BYTES / 2);
    ck_assert(text[n - 1] == ' ');
}
END_TEST

START_TEST(long_paragraph_is_cut_between_characters)
{
    size_t i, n;

    memset(text, 'a', LONG);
    for (i = 1; i + 2 < LONG; i += 2)
        memcpy(text + i, "\xC3\xB3", 2);
    n = ufx_text_paragraph(text, LONG);
    ck_assert_uint_le(n, UFX_PARAGRAPH_BYTES);
    ck_assert_uint_gt(n, UFX_PARAGRAPH_BYTES - 4);
    ck_assert_uint_eq(n % 2, 1);
}
END_TEST

START_TEST(paragraphs_are_never_empty)
{
    static const char alphabet[] = "a \n\n\f\r\xC3\x80";
    uint64_t seed = 9;
    size_t i, done, n;

    for (i = 0; i < LONG; i++)
        text[i] = i % 50000 < 20000
                      ? alphabet[unit_below(&seed, sizeof alphabet - 1)]
                      : 'a';
    for (done = 0; done < LONG; done += n) {
        n = ufx_text_paragraph(text + done, LONG - done);
        ck_assert_uint_gt(n, 0);
        ck_assert_uint_le(done + n, LONG);
    }
}
END_TEST

static void
fill(char *out, size_t size, const char *alphabet)
{
    const uint32_t count = (uint32_t)strlen(alphabet);
    uint64_t seed = 11;
    size_t i;

    for (i = 0; i < size; i++)
        out[i] = alphabet[unit_below(&seed, count)];
}

static void
check_sections(const char *long_text, size_t size)
{
    size_t i, done, n, window;

    for (done = 0; done < size; done += n) {
        size_t left = size - done;

        n = ufx_text_section(long_text + done, left, true);
        ck_assert_uint_gt(n, 0);
        ck_assert_uint_lt(n, UFX_SECTION_BYTES + UFX_WINDOW_HARD);
        ck_assert(n >= UFX_SECTION_LINES / UFX_WINDOW_LINES * UFX_WINDOW_SOFT ||
                  n == left ||
                  ufx_text_lines(long_text + done, n) >= UFX_SECTION_LINES);
        for (i = 0; i < n; i += window)
            window = ufx_text_window(long_text + done + i, left - i, true);
        ck_assert_uint_eq(i, n);
        /* More text does not move the end, and less cannot tell it. */
        if (n < left) {
            ck_assert_uint_eq(ufx_text_section(long_text + done, left, false),
                              n);
            ck_assert_uint_eq(ufx_text_section(long_text + done, n - 1, false),
                              0);
        }
    }
}

/* Sections are whole windows, and none is short but the last. */
START_TEST(sections_are_whole_windows)
{
    const size_t size = 3 * UFX_SECTION_BYTES;
    char *long_text = malloc(size);
    size_t i;

    fill(long_text, size, "aaaa aaa\n\n");
    check_sections(long_text, size);
    fill(long_text, size, "aaaa aaa"); /* no line ends at all */
    check_sections(long_text, size);
    for (i = 0; i < size; i += 6000) /* pages of one */
        long_text[i] = '\f';
    check_sections(long_text, size);
    ck_assert_uint_eq(ufx_text_section(long_text, 0, true), 0);
    free(long_text);
}
END_TEST

/* Where the sections of a text end, as lines; how many there are. */
static size_t
section_lines(const char *long_text, size_t size, size_t *ends, size_t room)
{
    size_t done, n, count = 0;

    for (done = 0; done < size; done += n) {
        n = ufx_text_section(long_text + done, size - done, true);
        ck_assert_uint_lt(count, room);
        ends[count++] = ufx_text_lines(long_text, done + n);
    }
    return count;
}

/* Repairs make a text shorter, or longer, and leave its lines. */
START_TEST(repairs_do_not_move_sections)
{
    enum {
        ROOM = 32
    };
    const size_t size = 3 * UFX_SECTION_BYTES;
    char *long_text = malloc(size);
    size_t ends[ROOM], later[ROOM], count, columns, i, to;

    for (columns = 30; columns <= 120; columns += 30) {
        fill(long_text, size, "abcdefghij ");
        for (i = 1; i < size / columns; i++) {
            long_text[i * columns - 1] = '\n';
            if (i % 40 == 0)
                long_text[i * columns - 2] = '\n';
        }
        count = section_lines(long_text, size, ends, ROOM);
        ck_assert_uint_ge(count, 4);
        for (i = to = 0; i < size; i++)
            if (i % 100 != 50 || long_text[i] == '\n')
                long_text[to++] = long_text[i];
        ck_assert_uint_eq(section_lines(long_text, to, later, ROOM), count);
        for (i = 0; i < count; i++)
            ck_assert_uint_eq(later[i], ends[i]);
    }
    free(long_text);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        short_text_is_one_window,
        form_feed_ends_a_window,
        blank_line_ends_a_long_window,
        blank_line_ends_a_window_of_many_lines,
        hard_end_is_after_a_line,
        hard_end_is_between_characters,
        window_depends_on_the_text_alone,
        repairs_do_not_move_the_cuts,
        window_does_not_foresee_a_page_end,
        paragraph_takes_its_blank_lines,
        paragraph_ends_with_the_page,
        long_paragraph_is_cut_after_a_line,
        long_paragraph_is_cut_between_characters,
        paragraphs_are_never_empty,
        sections_are_whole_windows,
        repairs_do_not_move_sections,
    };

    return unit_run("text/paragraphs", tests, sizeof tests / sizeof *tests);
}
