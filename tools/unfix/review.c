/* SPDX-License-Identifier: MPL-2.0 */
#include "review.h"

#include "report.h"
#include "review_image.h"
#include "review_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
review_begin(struct output *output)
{
    output_write(output, (const char *)review_head, review_head_size);
}

void
review_end(struct output *output)
{
    output_write(output, (const char *)review_tail, review_tail_size);
}

/* Whole: of pixels and their like, parts show nothing. */
static void
write_length(struct output *output, const char *before, int64_t millionths)
{
    char text[64];

    snprintf(text, sizeof(text), "%s%" PRId64, before,
             (millionths + 500000) / 1000000);
    output_puts(output, text);
}

static void
begin_line(struct output *output, const char *name, const char *key)
{
    output_puts(output, "{\"file\":");
    report_write_string(output, name, strlen(name));
    output_puts(output, key);
}

/* A page that has repairs; clips have its number. */
static void
write_page(struct output *output, const struct options *options,
           const char *name, const char *path, const struct repaired *repaired,
           size_t i)
{
    const struct page *page = &repaired->pages[i];
    const char *image =
        page->image_length > 0 ? repaired->strings.data + page->image : "";
    const bool is_data =
        page->image_length >= 5 && memcmp(image, "data:", 5) == 0;
    char number[32];

    snprintf(number, sizeof(number), "%zu", i + 1);
    begin_line(output, name, ",\"page\":");
    output_puts(output, number);
    output_puts(output, ",\"name\":");
    report_write_string(output, image, is_data ? 0 : page->image_length);
    output_puts(output, ",\"image\":");
    review_image_write(output, options, path, image, page->image_length);
    write_length(output, ",\"width\":", page->width);
    write_length(output, ",\"height\":", page->height);
    output_puts(output, "}\n");
}

/* Where the correction before stands. */
static void
write_clips(struct output *output, const char *name,
            const struct repair *repair)
{
    if (repair->clips[0].page == 0)
        return;
    begin_line(output, name, ",\"clips\":[");
    for (int i = 0; i < REPAIR_CLIPS && repair->clips[i].page > 0; i++) {
        const struct clip *clip = &repair->clips[i];
        char number[32];

        snprintf(number, sizeof(number), "%s[%zu", i > 0 ? "," : "",
                 clip->page);
        output_puts(output, number);
        for (int k = 0; k < 4; k++)
            write_length(output, ",", clip->sides[k]);
        output_puts(output, "]");
    }
    output_puts(output, "]}\n");
}

#define ELLIPSIS "\xe2\x80\xa6" /* … */

/* ---- One repair out of many ---------------------------------------------- */

/* Bytes of text around it. */
#define AROUND ((size_t)240)

/* The text of a piece as it was read, and where a repair stands in it. */
struct passage {
    const char *text;
    size_t length;
    size_t start;
    size_t end;
};

static struct passage
find_passage(const char *input, const struct piece *piece, size_t i)
{
    const unfix_correction *c = piece_correction(piece, i);
    const struct repair *repair = piece_repair(piece, i);
    const struct repaired *repaired = piece->repaired;
    const size_t start = (size_t)(c->offset - piece->input);

    if (repair != NULL)
        return (struct passage){repaired->text.data, repaired->text.length,
                                repair->place.start, repair->place.end};
    return (struct passage){input, piece_input_length(piece), start,
                            start + (size_t)c->length};
}

static bool
is_within_character(const struct passage *passage, size_t at)
{
    return at > 0 && at < passage->length &&
           ((unsigned char)passage->text[at] & 0xc0) == 0x80;
}

void
review_before(struct output *output, const struct options *options,
              const char *name, const char *path, const char *input,
              const struct piece *piece, size_t i)
{
    const struct passage passage = find_passage(input, piece, i);
    const struct repair *repair = piece_repair(piece, i);
    size_t from = passage.start > AROUND ? passage.start - AROUND : 0;

    if (repair != NULL && repair->clips[0].page > 0)
        write_page(output, options, name, path, piece->repaired,
                   repair->clips[0].page - 1);
    while (from < passage.start && is_within_character(&passage, from))
        from++;
    if (from > 0)
        report_write_text(output, name, ELLIPSIS, strlen(ELLIPSIS));
    report_write_text(output, name, passage.text + from, passage.start - from);
}

void
review_after(struct output *output, const char *name, const char *input,
             const struct piece *piece, size_t i)
{
    const struct passage passage = find_passage(input, piece, i);
    const struct repair *repair = piece_repair(piece, i);
    size_t to = passage.length - passage.end > AROUND ? passage.end + AROUND
                                                      : passage.length;

    if (repair != NULL)
        write_clips(output, name, repair);
    while (to > passage.end && is_within_character(&passage, to))
        to--;
    report_write_text(output, name, passage.text + passage.end,
                      to - passage.end);
    report_write_text(output, name, ELLIPSIS "\n\n", strlen(ELLIPSIS) + 2);
}

/* ---- All of them --------------------------------------------------------- */

/* The page needs no offsets: it has text and corrections in their order. */
void
review_piece(struct output *output, const struct options *options,
             const char *name, const char *path, const char *input,
             const struct piece *piece)
{
    const size_t count = piece_count(piece);
    const struct repaired *repaired = piece->repaired;
    const bool is_text = piece->result != NULL;
    const char *text = is_text ? input : repaired->text.data;
    const size_t length =
        is_text ? piece_input_length(piece) : repaired->text.length;
    size_t at = 0;

    for (size_t i = 0; !is_text && i < repaired->page_count; i++) {
        if (repaired->pages[i].is_used)
            write_page(output, options, name, path, repaired, i);
    }
    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = piece_correction(piece, i);
        const struct repair *repair = piece_repair(piece, i);
        const size_t start = repair != NULL
                                 ? repair->place.start
                                 : (size_t)(c->offset - piece->input);

        report_write_text(output, name, text + at, start > at ? start - at : 0);
        report_write_correction(output, name, piece, i);
        if (repair != NULL)
            write_clips(output, name, repair);
        at = repair != NULL ? repair->place.end : start + (size_t)c->length;
    }
    report_write_text(output, name, text + at, length - at);
}
