/* SPDX-License-Identifier: MPL-2.0 */
#include "format/page_order.h"

#include "format/markup.h"
#include "format/writer.h"

#include <stdlib.h>
#include <string.h>

/* Groups within groups that count. */
#define DEEPEST 8

/* What the order names: by the places, from the outermost on, of the groups
 * that it is in, and its own. */
struct reference {
    const char *id;
    size_t length;
    size_t places[DEEPEST];
    size_t number; /* in the file */
    size_t rank;
};

/* A child of the page. */
struct region {
    const char *id;
    size_t length;
    struct span place;
    size_t rank;
};

struct scan {
    const struct document *document;
    struct token token;
    size_t depth;
    size_t page;            /* the depth of the page; 0: it is not open */
    size_t order;           /* that of ReadingOrder */
    size_t places[DEEPEST]; /* of the groups that are open */
    size_t counts[DEEPEST]; /* and how many each holds so far */
    struct reference *references;
    size_t reference_count;
    size_t reference_capacity;
    struct region *regions;
    size_t region_count;
    size_t region_capacity;
    bool failed;
};

/* ---- What stands in the file --------------------------------------------- */

/* Room for one more; NULL when out of memory. */
static void *
grow(struct scan *scan, void *items, size_t count, size_t *capacity,
     size_t size)
{
    void *grown = items;

    if (count == *capacity) {
        *capacity = *capacity * 2 + 16;
        grown = realloc(items, *capacity * size);
        scan->failed |= grown == NULL;
    }
    return grown;
}

static void
find_name(const struct scan *scan, const char *attribute, const char **id,
          size_t *length)
{
    struct attribute found;

    *id = "";
    *length = 0;
    if (markup_attribute(scan->document, &scan->token, attribute, &found)) {
        *id = scan->document->bytes + found.value.start;
        *length = found.value.end - found.value.start;
    }
}

/* The place that the open tag has in its group: what it says, or the next. */
static size_t
place_in_group(struct scan *scan, size_t level)
{
    struct attribute found;
    struct decimal number;
    const size_t next = scan->counts[level]++;

    if (markup_attribute(scan->document, &scan->token, "index", &found) &&
        decimal_read(scan->document->bytes + found.value.start,
                     found.value.end - found.value.start, &number) > 0 &&
        number.value >= 0)
        return (size_t)(number.value / 1000000);
    return next;
}

/* A group, or a region that is named, within ReadingOrder. */
static void
open_in_order(struct scan *scan)
{
    const size_t level = scan->depth - scan->order - 1;
    struct reference *references, *reference;
    size_t place;

    if (level >= DEEPEST)
        return;
    place = place_in_group(scan, level);
    scan->places[level] = place;
    if (level + 1 < DEEPEST)
        scan->counts[level + 1] = 0;
    if (!markup_is(scan->document, &scan->token, "RegionRef") &&
        !markup_is(scan->document, &scan->token, "RegionRefIndexed"))
        return;
    references = grow(scan, scan->references, scan->reference_count,
                      &scan->reference_capacity, sizeof(*references));
    if (references == NULL)
        return;
    scan->references = references;
    reference = &references[scan->reference_count];
    *reference = (struct reference){.number = scan->reference_count++};
    find_name(scan, "regionRef", &reference->id, &reference->length);
    memcpy(reference->places, scan->places, (level + 1) * sizeof(size_t));
}

static bool
is_region(const struct scan *scan)
{
    static const char end[] = "Region";
    const struct span name = scan->token.name;
    const size_t n = sizeof(end) - 1;

    return name.end - name.start >= n &&
           memcmp(scan->document->bytes + name.end - n, end, n) == 0;
}

static void
open_region(struct scan *scan)
{
    struct region *regions = grow(scan, scan->regions, scan->region_count,
                                  &scan->region_capacity, sizeof(*regions));
    struct region *region;

    if (regions == NULL)
        return;
    scan->regions = regions;
    /* One without an end of its own goes no further. */
    if (scan->region_count > 0 &&
        regions[scan->region_count - 1].place.end > scan->token.start)
        regions[scan->region_count - 1].place.end = scan->token.start;
    region = &regions[scan->region_count++];
    *region =
        (struct region){.place = {scan->token.start, scan->document->length}};
    find_name(scan, "id", &region->id, &region->length);
}

static void
open_element(struct scan *scan)
{
    scan->depth++;
    if (scan->order > 0)
        open_in_order(scan);
    else if (markup_is(scan->document, &scan->token, "ReadingOrder")) {
        scan->order = scan->depth;
        scan->counts[0] = 0;
    } else if (scan->page == 0 &&
               markup_is(scan->document, &scan->token, "Page"))
        scan->page = scan->depth;
    else if (scan->page > 0 && scan->depth == scan->page + 1 && is_region(scan))
        open_region(scan);
}

static void
close_element(struct scan *scan)
{
    if (scan->page > 0 && scan->depth == scan->page + 1 && is_region(scan) &&
        scan->region_count > 0)
        scan->regions[scan->region_count - 1].place.end = scan->token.end;
    if (scan->depth == scan->order)
        scan->order = 0;
    scan->depth -= scan->depth > 0;
}

/* ---- Order ----------------------------------------------------------------
 */

static int
compare_places(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;

    for (int i = 0; i < DEEPEST; i++) {
        if (a->places[i] != b->places[i])
            return a->places[i] < b->places[i] ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static int
compare_names(const char *a, size_t n, const char *b, size_t m)
{
    const int order = memcmp(a, b, n < m ? n : m);

    return order != 0 ? order : n < m ? -1 : n > m;
}

static int
compare_references(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;
    const int order = compare_names(a->id, a->length, b->id, b->length);

    return order != 0 ? order : a->rank < b->rank ? -1 : a->rank > b->rank;
}

static int
compare_regions(const void *left, const void *right)
{
    const struct region *a = left, *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->place.start < b->place.start ? -1
                                           : a->place.start > b->place.start;
}

/* The rank of what the first reference to that name has; of nothing, the last.
 */
static size_t
find_rank(const struct scan *scan, const struct region *region)
{
    size_t low = 0, high = scan->reference_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct reference *r = &scan->references[middle];

        if (compare_names(r->id, r->length, region->id, region->length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < scan->reference_count &&
        compare_names(scan->references[low].id, scan->references[low].length,
                      region->id, region->length) == 0)
        return scan->references[low].rank;
    return SIZE_MAX;
}

static void
sort_regions(struct scan *scan)
{
    qsort(scan->references, scan->reference_count, sizeof(*scan->references),
          compare_places);
    for (size_t i = 0; i < scan->reference_count; i++)
        scan->references[i].rank = i;
    qsort(scan->references, scan->reference_count, sizeof(*scan->references),
          compare_references);
    for (size_t i = 0; i < scan->region_count; i++)
        scan->regions[i].rank = find_rank(scan, &scan->regions[i]);
    qsort(scan->regions, scan->region_count, sizeof(*scan->regions),
          compare_regions);
}

bool
page_order(const struct document *document, struct span **regions,
           size_t *count)
{
    struct scan scan = {.document = document};

    *regions = NULL;
    *count = 0;
    while (scan.token.kind != TOKEN_END && !scan.failed) {
        markup_next(document, scan.token.end, &scan.token);
        if (scan.token.kind == TOKEN_OPEN) {
            open_element(&scan);
            if (scan.token.is_empty)
                close_element(&scan);
        } else if (scan.token.kind == TOKEN_CLOSE)
            close_element(&scan);
    }
    if (!scan.failed && scan.reference_count > 0 && scan.region_count > 0) {
        sort_regions(&scan);
        *regions = calloc(scan.region_count, sizeof(**regions));
        scan.failed = *regions == NULL;
        for (size_t i = 0; !scan.failed && i < scan.region_count; i++)
            (*regions)[(*count)++] = scan.regions[i].place;
    }
    free(scan.references);
    free(scan.regions);
    return !scan.failed;
}
