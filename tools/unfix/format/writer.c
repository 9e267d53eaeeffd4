/* SPDX-License-Identifier: MPL-2.0 */
#include "format/writer.h"

#include "format/align.h"
#include "format/json.h"
#include "format/markup.h"

#include <stdlib.h>
#include <string.h>

/* ---- Spelling ------------------------------------------------------------ */

static bool
is_markup(enum spelling spelling)
{
    return spelling == SPELLING_MARKUP || spelling == SPELLING_DOUBLE ||
           spelling == SPELLING_SINGLE;
}

/* Markup can name a letter that the file's encoding lacks. */
static void
spell_markup(struct writer *writer, struct buffer *out, const char *text,
             size_t length, enum spelling spelling, const char *like,
             size_t like_length)
{
    const struct encoding *encoding = &writer->document->encoding;

    for (size_t at = 0; at < length;) {
        struct buffer scratch = {0};
        uint32_t character;
        const size_t n = read_character(text + at, length - at, &character);

        if (encoding_write(encoding, text + at, n, &scratch))
            markup_write(out, text + at, n, spelling, like, like_length);
        else
            markup_write(out, text + at, n, spelling, "&#0;", 4);
        out->failed |= scratch.failed;
        buffer_free(&scratch);
        at += n;
    }
}

static void
spell_csv(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        buffer_append(out, text + i, 1);
        if (text[i] == '"')
            buffer_append(out, "\"", 1);
    }
}

static bool
holds(const char *text, size_t length, const char *bytes)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(bytes, text[i]) != NULL)
            return true;
    }
    return false;
}

void
writer_spell(struct writer *writer, struct buffer *out, const char *text,
             size_t length, enum spelling spelling, const char *like,
             size_t like_length)
{
    if (length == 0)
        return;
    if (is_markup(spelling) && writer->document->encoding.name[0] != '\0')
        spell_markup(writer, out, text, length, spelling, like, like_length);
    else if (is_markup(spelling) || spelling == SPELLING_CDATA)
        markup_write(out, text, length, spelling, like, like_length);
    else if (spelling == SPELLING_JSON)
        json_write(out, text, length, like, like_length,
                   writer->document->by_numbers);
    else if (spelling == SPELLING_CSV)
        spell_csv(out, text, length);
    else
        buffer_append(out, text, length);
    writer->repaired->failed |= out->failed;
    if ((spelling == SPELLING_CDATA && holds(text, length, "]>")) ||
        (spelling == SPELLING_BARE && holds(text, length, "\t\n\r,;\"")) ||
        (spelling == SPELLING_PLAIN && holds(text, length, "\t\n\r")) ||
        spelling == SPELLING_FIXED)
        writer->cannot = true;
}

/* ---- Edits --------------------------------------------------------------- */

static struct edit *
new_edit(struct repaired *repaired)
{
    if (repaired->edit_count == repaired->edit_capacity) {
        const size_t wanted = repaired->edit_capacity * 2 + 64;
        struct edit *edits = realloc(repaired->edits, wanted * sizeof(*edits));

        if (edits == NULL) {
            repaired->failed = true;
            return NULL;
        }
        repaired->edits = edits;
        repaired->edit_capacity = wanted;
    }
    return &repaired->edits[repaired->edit_count++];
}

void
writer_edit(struct writer *writer, size_t start, size_t end, const char *text,
            size_t length)
{
    const struct encoding *encoding = &writer->document->encoding;
    struct repaired *repaired = writer->repaired;
    struct buffer scratch = {0};
    struct edit *edit;

    if (start == end && length == 0)
        return;
    if (!encoding_write(encoding, text, length, &scratch))
        writer->cannot = writer->lacks_sign = true;
    if (!encoding_is_way_back(encoding, start, end, &repaired->failed))
        writer->cannot = true;
    repaired->failed |= scratch.failed;
    edit = new_edit(repaired);
    if (edit != NULL)
        *edit = (struct edit){.original = repaired->strings.length,
                              .original_length = end - start,
                              .start = encoding_origin(encoding, start),
                              .end = encoding_origin(encoding, end),
                              .text = repaired->strings.length + end - start,
                              .length = length,
                              .written = scratch.length,
                              .repair = repaired->count};
    buffer_free(&scratch);
    buffer_append(&repaired->strings, writer->document->bytes + start,
                  end - start);
    buffer_append(&repaired->strings, text, length);
    repaired->failed |= repaired->strings.failed;
}

void
writer_puts(struct writer *writer, size_t place, const char *text)
{
    writer_edit(writer, place, place, text, strlen(text));
}

/* ---- Texts --------------------------------------------------------------- */

struct run {
    const struct anchor *anchors;
    size_t count;
};

static size_t
count_characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t at = 0; at < length; count++) {
        uint32_t character;

        at += read_character(text + at, length - at, &character);
    }
    return count;
}

/* The part of an anchor between two places of the text, in the file. */
static struct span
part(const struct anchor *anchor, size_t start, size_t end)
{
    const size_t from = start > anchor->text ? start - anchor->text : 0;
    const size_t to = end < anchor->text + anchor->length ? end - anchor->text
                                                          : anchor->length;

    if (anchor->is_escaped)
        return (struct span){anchor->place, anchor->place + anchor->size};
    return (struct span){anchor->place + from, anchor->place + to};
}

static void
put(struct writer *writer, struct span place, const char *text, size_t length,
    enum spelling spelling)
{
    const char *bytes = writer->document->bytes;
    struct buffer out = {0};

    writer_spell(writer, &out, text, length, spelling, bytes + place.start,
                 place.end - place.start);
    if (spelling == SPELLING_FIXED)
        writer->cannot = true;
    writer_edit(writer, place.start, place.end, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
}

/* Text `start` to `end - 1`, which more than one anchor may hold, becomes
 * `text`: letter for letter where there are as many, else in the first's place.
 */
static void
exchange(struct writer *writer, struct run run, const char *old_text,
         size_t start, size_t end, const char *text, size_t length)
{
    const bool by_letter = count_characters(old_text + start, end - start) ==
                           count_characters(text, length);
    size_t at = document_anchor(run.anchors, run.count, start);
    size_t done = 0;

    /* What is put in at the end of a run belongs to it. */
    if (start == end && at > 0 &&
        (at == run.count || run.anchors[at].text >= start) &&
        run.anchors[at - 1].text + run.anchors[at - 1].length == start)
        at--;
    for (; at < run.count && (run.anchors[at].text < end || start == end);
         at++) {
        const struct anchor *anchor = &run.anchors[at];
        const size_t stop = anchor->text + anchor->length;
        const size_t to = end < stop ? end : stop;
        const size_t from = start > anchor->text ? start : anchor->text;
        struct span place;
        size_t n = length - done;

        if (start == end) {
            /* Within an escaped character there is no place. */
            place = part(anchor, start, start);
            if (anchor->is_escaped)
                place.start = place.end =
                    start == anchor->text ? place.start : place.end;
            put(writer, place, text, length, anchor->spelling);
            return;
        }
        place = part(anchor, from, to);
        if (by_letter && stop < end) {
            n = 0;
            for (size_t k = count_characters(old_text + from, to - from); k > 0;
                 k--) {
                uint32_t character;

                n += read_character(text + done + n, length - done - n,
                                    &character);
            }
        }
        put(writer, place, text + done, n, anchor->spelling);
        done += n;
    }
}

static void
exchange_trimmed(struct writer *writer, struct run run, const char *old_text,
                 struct span place, const char *new_text, size_t length)
{
    const char *text = length > 0 ? new_text : "";
    const char *old_part = old_text + place.start;
    const size_t old_length = place.end - place.start;
    const size_t head = common_start(old_part, old_length, text, length);
    const size_t tail = common_end(old_part + head, old_length - head,
                                   text + head, length - head);

    if (head == old_length && head == length)
        return;
    exchange(writer, run, old_text, place.start + head, place.end - tail,
             text + head, length - head - tail);
}

void
writer_replace(struct writer *writer, struct span place, const char *text,
               size_t length)
{
    const struct document *document = writer->document;

    exchange_trimmed(writer,
                     (struct run){document->anchors, document->anchor_count},
                     document->text.data, place, text, length);
}

void
writer_replace_copy(struct writer *writer, struct span copy, const char *text,
                    size_t length)
{
    const struct document *document = writer->document;

    exchange_trimmed(
        writer,
        (struct run){document->copy_anchors, document->copy_anchor_count},
        document->copies.data, copy, text, length);
}

void
writer_set(struct writer *writer, const struct unit *unit, const char *text,
           size_t length)
{
    const struct span own = unit->copies[UNIT_COPIES - 1];

    writer_replace(writer, (struct span){unit->text, unit->end}, text, length);
    if (own.end > 0)
        writer_replace_copy(writer, own, text, length);
}

void
writer_erase(struct writer *writer, size_t unit)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];
    struct span place;
    bool is_first;

    if (u->is_free || writer->keeps_empty || document->format->extent == NULL ||
        writer->left[u->line] == 1) {
        writer_set(writer, u, "", 0);
        return;
    }
    is_first = writer->firsts[u->line] == unit;
    if (writer->is_applied) {
        writer->left[u->line]--;
        writer->firsts[u->line] += is_first;
    }
    place = document->format->extent(document, unit, is_first);
    writer_edit(writer, place.start, place.end, "", 0);
}

bool
writer_takes(const struct writer *writer, struct span place)
{
    const struct encoding *encoding = &writer->document->encoding;
    const struct repaired *repaired = writer->repaired;
    const size_t start = encoding_origin(encoding, place.start);
    const size_t end = encoding_origin(encoding, place.end);

    for (size_t i = repaired->repairs[repaired->count].edit;
         i < repaired->edit_count; i++) {
        const struct edit *edit = &repaired->edits[i];

        if (edit->start <= start && end <= edit->end)
            return true;
    }
    return false;
}

/* ---- Copies of elements -------------------------------------------------- */

static int
compare_patches(const void *left, const void *right)
{
    const struct patch *a = left;
    const struct patch *b = right;

    return a->place.start < b->place.start ? -1
                                           : a->place.start > b->place.start;
}

void
writer_copy(struct writer *writer, struct buffer *out, struct span bytes,
            struct patch *patches, size_t count)
{
    const char *data = writer->document->bytes;
    size_t at = bytes.start;

    qsort(patches, count, sizeof(*patches), compare_patches);
    for (size_t i = 0; i < count; i++) {
        const struct patch *patch = &patches[i];

        if (patch->place.start < at || patch->place.end > bytes.end)
            continue;
        buffer_append(out, data + at, patch->place.start - at);
        buffer_append(out, patch->text, patch->length);
        at = patch->place.end;
    }
    buffer_append(out, data + at, bytes.end - at);
    writer->repaired->failed |= out->failed;
}
