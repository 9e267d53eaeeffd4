/* SPDX-License-Identifier: MPL-2.0 */
/* Words that the engine itself would have read next. */
#include "normalize/producers.h"

#include "normalize/tuned.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

/* The part of the word's bytes that the offer has otherwise. */
struct difference {
    size_t start;
    size_t end;
    const char *text;
    size_t length;
};

static struct difference
compare(const char *bytes, size_t length, const unfix_alternative *offer)
{
    struct difference d = {0, length, offer->text, offer->length};

    while (d.start < length && d.length > 0 && bytes[d.start] == *d.text) {
        d.start++;
        d.text++;
        d.length--;
    }
    while (d.end > d.start && d.length > 0 &&
           bytes[d.end - 1] == d.text[d.length - 1]) {
        d.end--;
        d.length--;
    }
    return d;
}

/* The segment's characters with the difference in them; 0 if it goes beyond
 * the segment, or is none. */
static size_t
put_together(const struct ufx_segment *s, const char *bytes,
             const struct difference *d, uint32_t *chars)
{
    char text[2 * UFX_TOKEN_CHARS];
    size_t head, length, count;

    if (d->start < s->start || d->end > s->end ||
        (d->start == d->end && d->length == 0) ||
        s->end - s->start - (d->end - d->start) + d->length > sizeof text)
        return 0;
    head = d->start - s->start;
    memcpy(text, bytes + s->start, head);
    memcpy(text + head, d->text, d->length);
    memcpy(text + head + d->length, bytes + d->end, s->end - d->end);
    length = head + d->length + (s->end - d->end);
    count =
        ufx_text_decode_composed(text, 0, length, chars, NULL, UFX_TOKEN_CHARS);
    return count <= UFX_TOKEN_CHARS ? count : 0;
}

/* The shape of the letters; false if nobody sets a word so. */
static bool
find_shape(const uint32_t *chars, size_t count, uint8_t *shape)
{
    size_t upper = ufx_char_count(chars, count, ufx_char_is_upper);

    if (upper != 0 && upper != count &&
        !(upper == 1 && ufx_char_is_upper(chars[0])))
        return false;
    *shape = upper == 0                 ? UFX_SHAPE_LOWER
             : upper == 1 || count == 1 ? UFX_SHAPE_CAPITAL
                                        : UFX_SHAPE_UPPER;
    return true;
}

/* The characters as a known word; false if they are none. */
static bool
read_known(const struct ufx_filling *f, const uint32_t *chars, size_t count,
           struct ufx_reading *reading)
{
    const struct ufx_lexicon *lexicon = &f->v->language->lexicon;
    uint32_t word = ufx_piece_word(lexicon, chars, count);

    memset(reading, 0, sizeof *reading);
    if (!ufx_lexicon_has(lexicon, word, UFX_WORD_KNOWN) ||
        !find_shape(chars, count, &reading->shape) ||
        (ufx_lexicon_has(lexicon, word, UFX_WORD_CAPITAL) &&
         reading->shape == UFX_SHAPE_LOWER))
        return false;
    reading->chars = chars;
    reading->count = (uint32_t)count;
    reading->words[0] = word;
    reading->word_count = 1;
    return true;
}

/* It becomes an edge; one that is there already becomes cheaper. */
static void
add_word(struct ufx_filling *f, uint32_t at, const struct ufx_reading *word)
{
    struct ufx_edge *edge = ufx_find_edge(f, at, at + 1, word);

    if (edge == NULL)
        ufx_fill_reading(f, at, at + 1, UFX_EDGE_READING, word, 0);
    else if (edge->channel > word->channel)
        edge->channel = word->channel;
}

void
ufx_fill_offers(struct ufx_filling *f, uint32_t at)
{
    const struct ufx_offers *offers = f->l->offers;
    const struct ufx_segment *s = &f->l->segments[at];
    const char *bytes = f->l->paragraph->bytes;
    const unfix_alternative *list;
    size_t start = s->start, end = s->end, count, i;

    if (offers == NULL || !ufx_is_word(s) ||
        (s->flags & UFX_SEGMENT_LISTED) != 0)
        return;
    list = offers->find(offers->user, &start, &end, &count);
    for (i = 0; list != NULL && i < count && f->status == UNFIX_OK; i++) {
        uint32_t chars[UFX_TOKEN_CHARS];
        struct ufx_reading word;
        struct difference d = compare(bytes + start, end - start, &list[i]);

        d.start += start;
        d.end += start;
        if (!read_known(f, chars, put_together(s, bytes, &d, chars), &word))
            continue;
        word.channel = UFX_COST_LIKELY +
                       (1000 - (int32_t)list[i].confidence) * UFX_COST_UNSURE;
        add_word(f, at, &word);
    }
}
