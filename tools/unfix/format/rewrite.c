/* SPDX-License-Identifier: MPL-2.0 */
/* Words that become one, or one that becomes several: the elements are there
 * once for each word, and share the room of those that were there. */
#include "format/markup.h"
#include "format/writer.h"

#include <stdio.h>
#include <string.h>

#define SIDES 4

/* What is written: a unit's words, and the room they have. */
struct rewriting {
    struct writer *writer;
    size_t unit;
    const struct words *words;
    bool has_box;
    int64_t sides[SIDES];
};

static bool
find_box(const struct document *document, const struct unit *unit,
         int64_t sides[SIDES])
{
    return document->format->box != NULL && document->format->fit != NULL &&
           document->format->box(document, unit, sides);
}

void
writer_copy_word(struct writer *writer, struct buffer *out, struct copy *copy,
                 struct span bytes, struct span text, enum spelling spelling,
                 const char *identity)
{
    const struct document *document = writer->document;
    struct buffer spelt = {0};
    struct attribute found;
    struct token token;
    char number[32];

    if (identity != NULL) {
        markup_next(document, bytes.start, &token);
        snprintf(number, sizeof(number), "_u%zu", copy->index + 1);
        if (markup_attribute(document, &token, identity, &found))
            copy->patches[copy->count++] = (struct patch){
                {found.value.end, found.value.end}, number, strlen(number)};
    }
    writer_spell(writer, &spelt, copy->word, copy->length, spelling,
                 document->bytes + text.start, text.end - text.start);
    copy->patches[copy->count++] =
        (struct patch){text, spelt.data, spelt.length};
    writer_copy(writer, out, bytes, copy->patches, copy->count);
    buffer_free(&spelt);
}

/* The part of the room that word number `index` has, as patches. */
static void
fit(const struct rewriting *r, size_t index, struct copy *copy,
    struct buffer texts[SIDES], int64_t *end)
{
    const struct document *document = r->writer->document;
    int64_t sides[SIDES];

    copy->has_box = r->has_box;
    copy->count = 0;
    if (!r->has_box)
        return;
    memcpy(sides, r->sides, sizeof(sides));
    words_share(r->words, index, r->sides[0], r->sides[2], &sides[0],
                &sides[2]);
    for (int i = 0; i < SIDES; i++)
        buffer_clear(&texts[i]);
    copy->count = document->format->fit(document, &document->units[r->unit],
                                        sides, texts, copy->patches);
    for (int i = 0; i < SIDES; i++)
        r->writer->repaired->failed |= texts[i].failed;
    copy->before = *end;
    copy->left = sides[0];
    *end = sides[2];
}

/* The first word is put into the first element, those after it into copies. */
static void
write_words(const struct rewriting *r)
{
    struct writer *writer = r->writer;
    const struct unit *u = &writer->document->units[r->unit];
    struct buffer out = {0}, texts[SIDES] = {{0}};
    struct copy copy = {0};
    size_t at = 0;
    int64_t end = 0;

    for (size_t i = 0; words_next(r->words, &at, &copy.word, &copy.length);
         i++) {
        copy.index = i;
        fit(r, i, &copy, texts, &end);
        if (i > 0) {
            writer->document->format->copy(writer, &out, r->unit, &copy);
            continue;
        }
        for (size_t k = 0; k < copy.count; k++) {
            const struct patch *patch = &copy.patches[k];

            writer_edit(writer, patch->place.start, patch->place.end,
                        patch->text, patch->length);
        }
        writer_set(writer, u, copy.word, copy.length);
    }
    writer_edit(writer, u->element.end, u->element.end, out.data, out.length);
    writer->repaired->failed |= out.failed;
    buffer_free(&out);
    for (int i = 0; i < SIDES; i++)
        buffer_free(&texts[i]);
}

void
writer_rewrite(struct writer *writer, size_t first, size_t last,
               const struct words *words)
{
    const struct document *document = writer->document;
    const struct unit *units = document->units;
    struct rewriting r = {.writer = writer, .unit = first, .words = words};
    int64_t other[SIDES];

    r.has_box = find_box(document, &units[first], r.sides);
    for (size_t i = first + 1; i <= last; i++) {
        if (r.has_box && units[i].line == units[first].line &&
            find_box(document, &units[i], other))
            sides_widen(r.sides, other);
        writer_erase(writer, i);
    }
    write_words(&r);
    if (writer->is_applied && document->format->keep != NULL)
        document->format->keep(writer, first,
                               document->text.data + units[first].text,
                               units[last].end - units[first].text);
}
