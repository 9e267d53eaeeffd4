/* SPDX-License-Identifier: MPL-2.0 */
/* What became of a file: from its parts to one. */
#include "format/format.h"

#include <stdlib.h>
#include <string.h>

void
repaired_free(struct repaired *repaired)
{
    free(repaired->repairs);
    free(repaired->edits);
    free(repaired->others);
    free(repaired->pages);
    buffer_free(&repaired->strings);
    buffer_free(&repaired->text);
    buffer_free(&repaired->output);
    *repaired = (struct repaired){0};
}

static void
append_buffer(struct repaired *all, struct buffer *to,
              const struct buffer *from)
{
    buffer_append(to, from->data, from->length);
    all->failed |= to->failed;
}

/* Room for `more` items; false when out of memory. */
static bool
reserve(void **items, size_t count, size_t more, size_t *capacity, size_t size)
{
    size_t wanted = *capacity > 0 ? *capacity : 64;
    void *grown;

    if (count + more <= *capacity)
        return true;
    while (wanted < count + more)
        wanted *= 2;
    grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static void
append_edits(struct repaired *all, const struct repaired *next, size_t offset)
{
    for (size_t i = 0; i < next->edit_count; i++) {
        struct edit edit = next->edits[i];

        edit.start += offset;
        edit.end += offset;
        edit.original += all->strings.length;
        edit.text += all->strings.length;
        edit.out += all->output.length;
        edit.repair += all->count;
        all->edits[all->edit_count + i] = edit;
    }
}

static void
append_repairs(struct repaired *all, const struct repaired *next, size_t offset)
{
    for (size_t i = 0; i < next->count; i++) {
        struct repair repair = next->repairs[i];

        repair.shown.offset += offset;
        repair.shown.out_offset += all->output.length;
        repair.place.start += all->text.length;
        repair.place.end += all->text.length;
        repair.original += all->strings.length;
        repair.replacement += all->strings.length;
        repair.reason += all->strings.length;
        repair.held_back +=
            repair.held_back != SIZE_MAX ? all->strings.length : 0;
        repair.other += all->other_count;
        repair.edit += all->edit_count;
        for (int k = 0; k < REPAIR_CLIPS; k++)
            repair.clips[k].page +=
                repair.clips[k].page > 0 ? all->page_count : 0;
        all->repairs[all->count + i] = repair;
    }
}

/* Until the end they keep the places of their texts instead of the texts. */
static void
append_others(struct repaired *all, const struct repaired *next)
{
    for (size_t i = 0; i < next->other_count; i++) {
        unfix_alternative other = next->others[i];

        other.text =
            (const char *)((uintptr_t)other.text + all->strings.length);
        all->others[all->other_count + i] = other;
    }
}

static void
append_pages(struct repaired *all, const struct repaired *next)
{
    for (size_t i = 0; i < next->page_count; i++) {
        struct page page = next->pages[i];

        page.image += all->strings.length;
        all->pages[all->page_count + i] = page;
    }
}

/* Room in `all` for what `next` has. */
static bool
reserve_all(struct repaired *all, const struct repaired *next)
{
    void *repairs = all->repairs, *edits = all->edits, *others = all->others;
    void *pages = all->pages;
    const bool is_done = reserve(&repairs, all->count, next->count,
                                 &all->capacity, sizeof(*all->repairs)) &&
                         reserve(&edits, all->edit_count, next->edit_count,
                                 &all->edit_capacity, sizeof(*all->edits)) &&
                         reserve(&others, all->other_count, next->other_count,
                                 &all->other_capacity, sizeof(*all->others)) &&
                         reserve(&pages, all->page_count, next->page_count,
                                 &all->page_capacity, sizeof(*all->pages));

    all->repairs = repairs;
    all->edits = edits;
    all->others = others;
    all->pages = pages;
    return is_done;
}

void
repaired_append(struct repaired *all, struct repaired *next, size_t offset)
{
    all->failed |= !reserve_all(all, next);
    if (all->failed)
        return;
    append_repairs(all, next, offset);
    append_edits(all, next, offset);
    append_others(all, next);
    append_pages(all, next);
    all->page_count += next->page_count;
    all->other_count += next->other_count;
    all->count += next->count;
    all->edit_count += next->edit_count;
    append_buffer(all, &all->strings, &next->strings);
    append_buffer(all, &all->text, &next->text);
    append_buffer(all, &all->output, &next->output);
}

/* The library's own texts are gone, or will be. */
void
repaired_finish(struct repaired *repaired, uint64_t input, uint64_t output)
{
    for (size_t i = 0; i < repaired->other_count; i++)
        repaired->others[i].text =
            repaired->strings.data + (uintptr_t)repaired->others[i].text;
    for (size_t i = 0; i < repaired->count; i++) {
        struct repair *repair = &repaired->repairs[i];

        repair->shown.original = repaired->strings.data + repair->original;
        repair->shown.replacement =
            repaired->strings.data + repair->replacement;
        repair->shown.reason = repaired->strings.data + repair->reason;
        if (repair->held_back != SIZE_MAX)
            repair->shown.held_back =
                repaired->strings.data + repair->held_back;
        repair->shown.alternatives = repaired->others + repair->other;
        repair->shown.offset += input;
        repair->shown.out_offset += output;
    }
}
