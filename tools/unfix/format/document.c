/* SPDX-License-Identifier: MPL-2.0 */
#include "format/document.h"
#include "format/writer.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- Characters ---------------------------------------------------------- */

bool
is_blank_byte(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ||
           byte == '\f';
}

size_t
read_character(const char *text, size_t length, uint32_t *character)
{
    bool valid;
    const size_t n = utf8_length(text, length, &valid);

    *character = valid ? utf8_decode(text, n) : 0xfffd;
    return valid ? n : 1;
}

size_t
write_character(char *out, uint32_t character)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xc0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3f));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xe0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3f));
        out[2] = (char)(0x80 | (character & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3f));
    out[2] = (char)(0x80 | (character >> 6 & 0x3f));
    out[3] = (char)(0x80 | (character & 0x3f));
    return 4;
}

size_t
common_start(const char *a, size_t n, const char *b, size_t m)
{
    size_t at = 0;

    while (at < n && at < m && a[at] == b[at])
        at++;
    while (at > 0 && ((at < n && ((unsigned char)a[at] & 0xc0) == 0x80) ||
                      (at < m && ((unsigned char)b[at] & 0xc0) == 0x80)))
        at--;
    return at;
}

size_t
common_end(const char *a, size_t n, const char *b, size_t m)
{
    size_t at = 0;

    while (at < n && at < m && a[n - 1 - at] == b[m - 1 - at])
        at++;
    while (at > 0 && ((unsigned char)a[n - at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* ---- Lists --------------------------------------------------------------- */

/* Room for one more item; NULL when out of memory. */
static void *
make_room(void *items, size_t count, size_t *capacity, size_t size)
{
    const size_t wanted = *capacity > 0 ? *capacity * 2 : 64;

    if (count < *capacity)
        return items;
    items = realloc(items, wanted * size);
    if (items != NULL)
        *capacity = wanted;
    return items;
}

/* Text that goes on where the last anchor ends is part of it. */
static bool
is_continuation(const struct anchor *last, const struct anchor *next)
{
    return !last->is_escaped && !next->is_escaped &&
           last->spelling == next->spelling &&
           last->text + last->length == next->text &&
           last->place + last->size == next->place &&
           next->length == next->size;
}

static void
add_anchor(struct document *document, bool is_copy, const struct anchor *next)
{
    struct anchor **list =
        is_copy ? &document->copy_anchors : &document->anchors;
    size_t *count =
        is_copy ? &document->copy_anchor_count : &document->anchor_count;
    size_t *capacity =
        is_copy ? &document->copy_anchor_capacity : &document->anchor_capacity;
    struct anchor *items;

    if (*count > 0 && is_continuation(&(*list)[*count - 1], next)) {
        (*list)[*count - 1].length += next->length;
        (*list)[*count - 1].size += next->size;
        return;
    }
    items = make_room(*list, *count, capacity, sizeof(*items));
    if (items == NULL) {
        document->failed = true;
        return;
    }
    *list = items;
    items[(*count)++] = *next;
}

static void
add(struct document *document, bool is_copy, const char *text, size_t length,
    struct span place, enum spelling spelling, bool is_escaped)
{
    struct buffer *buffer = is_copy ? &document->copies : &document->text;
    const struct anchor anchor = {.text = buffer->length,
                                  .length = length,
                                  .place = place.start,
                                  .size = place.end - place.start,
                                  .spelling = spelling,
                                  .is_escaped = is_escaped};

    if (length == 0 || document->failed)
        return;
    buffer_append(buffer, text, length);
    add_anchor(document, is_copy, &anchor);
    document->failed |= buffer->failed;
}

/* ---- For readers --------------------------------------------------------- */

void
document_part(struct document *document, enum glue glue)
{
    if (glue > document->glue)
        document->glue = glue;
}

struct unit *
document_unit(struct document *document)
{
    return document->is_open ? &document->units[document->unit_count - 1]
                             : NULL;
}

void
document_end_unit(struct document *document, size_t end)
{
    struct unit *unit = document_unit(document);

    if (unit == NULL)
        return;
    unit->end = document->text.length;
    unit->element.end = end;
    document->is_open = false;
    if (unit->end == unit->text) {
        static const size_t lengths[] = {0, 1, 1, 2, 2};

        document->text.length -= lengths[unit->glue];
        document->line -= unit->glue >= GLUE_LINE;
        document->unit_count--;
        while (document->offer_count > 0 &&
               document->offers[document->offer_count - 1].unit ==
                   document->unit_count)
            document->offer_count--;
        document_part(document, unit->glue);
    }
}

struct unit *
document_begin_unit(struct document *document, size_t start)
{
    static const char *const glues[] = {"", " ", "\n", "\n\n", "\n\f"};
    struct unit *units;
    enum glue glue;

    document_end_unit(document, start); /* one without an end of its own */
    glue = document->unit_count == 0 ? GLUE_NONE : document->glue;
    units = make_room(document->units, document->unit_count,
                      &document->unit_capacity, sizeof(*document->units));
    if (units == NULL) {
        document->failed = true;
        return NULL;
    }
    document->units = units;
    document->line += glue >= GLUE_LINE;
    buffer_append(&document->text, glues[glue], strlen(glues[glue]));
    document->failed |= document->text.failed;
    units += document->unit_count++;
    *units = (struct unit){.text = document->text.length,
                           .end = document->text.length,
                           .element = {start, start},
                           .line = document->line,
                           .confidence = -1,
                           .glue = glue};
    document->is_open = true;
    document->glue = GLUE_BLANK;
    return units;
}

/* A number with what "e-05" behind it means; false if there is none. */
static bool
read_scaled(const char *text, size_t length, struct decimal *number)
{
    const size_t n = decimal_read(text, length, number);
    const bool has_power = n > 0 && n + 1 < length && (text[n] | 0x20) == 'e';
    struct decimal power = {0};
    size_t at = n + 1;

    at += has_power && text[at] == '+';
    if (has_power && decimal_read(text + at, length - at, &power) == 0)
        return false;
    for (; power.value < 0 && number->value != 0; power.value += 1000000)
        number->value /= 10;
    for (; power.value > 0 && number->value != 0; power.value -= 1000000) {
        if (number->value > INT64_MAX / 10 || number->value < INT64_MIN / 10)
            break; /* more than any engine's whole confidence */
        number->value *= 10;
    }
    return n > 0;
}

void
document_say(struct document *document, struct span place, int most)
{
    struct unit *unit = document_unit(document);
    struct decimal number;

    if (unit == NULL || place.end == place.start ||
        !read_scaled(document->bytes + place.start, place.end - place.start,
                     &number) ||
        number.value < 0)
        return;
    number.value /= 1000 * most; /* of millionths */
    unit->confidence = number.value < 1000 ? (int)number.value : 1000;
}

void
document_offer(struct document *document, const char *text, size_t length,
               int confidence)
{
    const size_t count = document->offer_count;
    const size_t unit = document->unit_count - 1;
    struct offer *offers;

    if (document_unit(document) == NULL || length > OFFER_LONGEST ||
        (count >= OFFERS_MOST &&
         document->offers[count - OFFERS_MOST].unit == unit))
        return;
    offers = make_room(document->offers, count, &document->offer_capacity,
                       sizeof(*offers));
    if (offers == NULL) {
        document->failed = true;
        return;
    }
    document->offers = offers;
    offers[document->offer_count++] =
        (struct offer){unit, document->offered.length, length, confidence};
    buffer_append(&document->offered, text, length);
    document->failed |= document->offered.failed;
}

void
document_add(struct document *document, const char *text, size_t length,
             struct span place, enum spelling spelling, bool is_escaped)
{
    add(document, false, text, length, place, spelling, is_escaped);
}

void
document_copy(struct document *document, const char *text, size_t length,
              struct span place, enum spelling spelling, bool is_escaped)
{
    add(document, true, text, length, place, spelling, is_escaped);
}

/* ---- For all ------------------------------------------------------------- */

size_t
document_anchor(const struct anchor *anchors, size_t count, size_t text)
{
    size_t low = 0;

    while (low < count) {
        const size_t middle = low + (count - low) / 2;

        if (anchors[middle].text + anchors[middle].length > text)
            count = middle;
        else
            low = middle + 1;
    }
    return low;
}

size_t
document_unit_at(const struct document *document, size_t text)
{
    size_t low = 0, high = document->unit_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (document->units[middle].end >= text)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static struct span
place_of(const struct anchor *anchors, size_t count, struct span text)
{
    const size_t first = document_anchor(anchors, count, text.start);
    const size_t last = document_anchor(anchors, count, text.end - 1);

    return (struct span){anchors[first].place,
                         anchors[last].place + anchors[last].size};
}

struct span
document_place(const struct document *document, const struct unit *unit)
{
    return place_of(document->anchors, document->anchor_count,
                    (struct span){unit->text, unit->end});
}

struct span
document_copy_place(const struct document *document, struct span copy)
{
    return place_of(document->copy_anchors, document->copy_anchor_count, copy);
}

size_t
document_start(const struct document *document)
{
    return utf8_start(document->bytes, document->length);
}

struct span
document_inner(const struct document *document, struct span place)
{
    while (place.start < place.end &&
           is_blank_byte(document->bytes[place.start]))
        place.start++;
    while (place.end > place.start &&
           is_blank_byte(document->bytes[place.end - 1]))
        place.end--;
    return place;
}

struct span
document_extent(const struct document *document, size_t unit, bool is_first)
{
    struct span place = document->units[unit].element;

    (void)is_first;
    while (place.start > 0 && is_blank_byte(document->bytes[place.start - 1]))
        place.start--;
    return place;
}

void
document_free(struct document *document)
{
    encoding_free(&document->encoding);
    buffer_free(&document->text);
    buffer_free(&document->copies);
    free(document->anchors);
    free(document->copy_anchors);
    free(document->units);
    buffer_free(&document->offered);
    free(document->offers);
    *document = (struct document){0};
}
