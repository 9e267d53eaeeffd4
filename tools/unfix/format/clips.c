/* SPDX-License-Identifier: MPL-2.0 */
#include "format/clips.h"

#include "format/markup.h"
#include "format/writer.h"

#include <stdlib.h>

static bool
add_page(struct repaired *repaired, struct page *page, struct buffer *image)
{
    if (repaired->page_count == repaired->page_capacity) {
        const size_t wanted = 2 * repaired->page_capacity + 8;
        struct page *pages = realloc(repaired->pages, wanted * sizeof(*pages));

        if (pages == NULL)
            return false;
        repaired->pages = pages;
        repaired->page_capacity = wanted;
    }
    page->image = repaired->strings.length;
    page->image_length = image->length;
    buffer_append(&repaired->strings, image->data, image->length);
    repaired->pages[repaired->page_count++] = *page;
    return !repaired->strings.failed && !image->failed;
}

/* What comes before the first page, or without one, has one without a name. */
static bool
find_pages(const struct document *document, struct repaired *repaired)
{
    struct page page = {0};
    struct token token = {.kind = TOKEN_OTHER};
    struct buffer image = {0};
    bool is_done = add_page(repaired, &page, &image);

    while (is_done && token.kind != TOKEN_END) {
        markup_next(document, token.end, &token);
        if (token.kind != TOKEN_OPEN ||
            !document->format->page(document, &token, &page, &image))
            continue;
        page.start = token.start;
        is_done = add_page(repaired, &page, &image);
        buffer_clear(&image);
        page = (struct page){0};
    }
    buffer_free(&image);
    return is_done;
}

/* The number, from 1 on, of the page that a place of the file is on. */
static size_t
page_of(const struct repaired *repaired, size_t place)
{
    size_t low = 0, high = repaired->page_count;

    while (low + 1 < high) {
        const size_t middle = (low + high) / 2;

        if (repaired->pages[middle].start <= place)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

/* Words of a line are one clip. */
static void
find_clips(const struct document *document, struct repaired *repaired,
           struct repair *repair)
{
    size_t at = document_unit_at(document, repair->place.start);
    size_t line = 0;
    int n = -1;

    for (; at < document->unit_count &&
           (document->units[at].text < repair->place.end || n < 0);
         at++) {
        const struct unit *unit = &document->units[at];
        struct clip clip;

        if (!document->format->box(document, unit, clip.sides) ||
            clip.sides[1] >= clip.sides[3])
            return;
        clip.page = page_of(repaired, unit->element.start);
        if (n >= 0 && unit->line == line) {
            sides_widen(repair->clips[n].sides, clip.sides);
            continue;
        }
        if (++n == REPAIR_CLIPS)
            return;
        line = unit->line;
        repair->clips[n] = clip;
        repaired->pages[clip.page - 1].is_used = true;
    }
}

bool
clips_find(const struct document *document, struct repaired *repaired)
{
    const struct file_format *format = document->format;

    if (format->box == NULL || format->page == NULL)
        return true;
    if (!find_pages(document, repaired)) {
        repaired->failed = true;
        return false;
    }
    for (size_t i = 0; i < repaired->count; i++)
        find_clips(document, repaired, &repaired->repairs[i]);
    return true;
}
