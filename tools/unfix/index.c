/* SPDX-License-Identifier: MPL-2.0 */
#include "index.h"

#include "report.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- Words --------------------------------------------------------------- */

/* Letters and figures make words; what parts them is all else. */
static bool
is_in_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') ||
               ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    if (c < 0x2000)
        return c == 0xaa || c == 0xb5 || c == 0xba ||
               (c >= 0xc0 && c != 0xd7 && c != 0xf7);
    /* Marks, arrows, boxes; those of Chinese; what is for private use. */
    return c >= 0x2c00 && (c < 0x2e00 || c > 0x303f) &&
           (c < 0xe000 || c > 0xf8ff) && c != 0xfffd && c != 0xfeff;
}

/* As analyzers do: of Latin letters. */
static uint32_t
to_small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7))
        return c + 0x20;
    if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14a && c <= 0x177))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c + (c & 1);
    return c;
}

static uint32_t
character_at(const char *text, size_t length, size_t *step)
{
    bool valid;

    *step = utf8_length(text, length, &valid);
    return valid ? utf8_decode(text, *step) : 0xfffd;
}

static bool
is_word_at(const char *text, size_t length)
{
    size_t step;

    return length > 0 && is_in_word(character_at(text, length, &step));
}

/* The next word from *at on; false: there is none. */
static bool
next_word(const char *text, size_t length, size_t *at, struct span *word)
{
    size_t step;

    for (; *at < length; *at += step) {
        if (is_in_word(character_at(text + *at, length - *at, &step)))
            break;
    }
    word->start = *at;
    for (; *at < length; *at += step) {
        if (!is_in_word(character_at(text + *at, length - *at, &step)))
            break;
    }
    word->end = *at;
    return word->start < word->end;
}

static size_t
count_words(const char *text, size_t length)
{
    struct span word;
    size_t count = 0, at = 0;

    while (next_word(text, length, &at, &word))
        count++;
    return count;
}

/* ---- Writing ------------------------------------------------------------- */

struct indexer {
    struct output *output;
    const char *text; /* as it was read */
    size_t length;
    size_t at;      /* up to where `units` counts */
    uint64_t units; /* of UTF-16, as offsets count there */
    size_t mark;    /* the same where a group of words begins */
    uint64_t mark_units;
    bool has_word;
    struct buffer small;
    struct buffer repaired; /* of the words at hand */
};

/* The offset of a place of the text.  They come in order, but that within a
 * group of words some go back, as far as the mark. */
static uint64_t
units_at(struct indexer *x, size_t place)
{
    size_t step;

    if (place < x->at) {
        x->at = x->mark;
        x->units = x->mark_units;
    }
    for (; x->at < place; x->at += step)
        x->units +=
            character_at(x->text + x->at, x->length - x->at, &step) > 0xffff
                ? 2
                : 1;
    return x->units;
}

/* A word that stands for a place of the text, so many positions after the last
 * one. */
static void
write_word(struct indexer *x, const char *word, size_t length,
           const struct span *place, int increment)
{
    const uint64_t start = units_at(x, place->start);
    char numbers[80];
    size_t step;

    buffer_clear(&x->small);
    for (size_t at = 0; at < length; at += step) {
        char small[4];
        const uint32_t c = character_at(word + at, length - at, &step);

        buffer_append(&x->small, small, write_character(small, to_small(c)));
    }
    output_puts(x->output, x->has_word ? ",{\"t\":" : "{\"t\":");
    report_write_string(x->output, x->small.data, x->small.length);
    snprintf(numbers, sizeof(numbers),
             ",\"s\":%" PRIu64 ",\"e\":%" PRIu64 ",\"i\":%d}", start,
             units_at(x, place->end), increment);
    output_puts(x->output, numbers);
    x->has_word = true;
}

/* The words of a stretch in which nothing is repaired. */
static void
write_words(struct indexer *x, size_t start, size_t end)
{
    struct span word;

    for (size_t at = start; next_word(x->text, end, &at, &word);)
        write_word(x, x->text + word.start, word.end - word.start, &word, 1);
}

static bool
is_same(const struct indexer *x, const struct span *read,
        const struct span *meant)
{
    const size_t n = read->end - read->start;

    return n == meant->end - meant->start &&
           memcmp(x->text + read->start, x->repaired.data + meant->start, n) ==
               0;
}

/* The words of a stretch that reads otherwise once it is repaired, position by
 * position: what is meant, and at the same one what was read, if both are to be
 * found.  As many words on both sides have their places each; else what is
 * meant stands for all of them. */
static void
write_both(struct indexer *x, struct span stretch, bool both)
{
    const char *meant_text = x->repaired.data;
    const size_t length = x->repaired.length;
    struct span read = stretch, meant;
    const size_t reads =
        count_words(x->text + stretch.start, stretch.end - stretch.start);
    const size_t meants = count_words(meant_text, length);
    size_t at = stretch.start, meant_at = 0;

    x->mark_units = units_at(x, stretch.start);
    x->mark = stretch.start;
    for (size_t i = 0; i < reads || i < meants; i++) {
        const bool has_read =
            i < reads && next_word(x->text, stretch.end, &at, &read);
        const bool has_meant =
            i < meants && next_word(meant_text, length, &meant_at, &meant);
        const bool shows_read =
            has_read && both && !(has_meant && is_same(x, &read, &meant));

        if (has_meant)
            write_word(x, meant_text + meant.start, meant.end - meant.start,
                       reads == meants ? &read : &stretch, 1);
        if (shows_read)
            write_word(x, x->text + read.start, read.end - read.start, &read,
                       has_meant ? 0 : 1);
    }
}

/* ---- Repairs ------------------------------------------------------------- */

/* Where a correction stands in the text. */
static struct span
place_of(const struct piece *piece, size_t i)
{
    const struct repair *repair = piece_repair(piece, i);
    const unfix_correction *c = piece_correction(piece, i);
    const size_t start = (size_t)(c->offset - piece->input);

    return repair != NULL ? repair->place
                          : (struct span){start, start + (size_t)c->length};
}

static bool
counts(const unfix_correction *c, const struct index_bars *bars)
{
    return c->verdict != UNFIX_REJECTED && c->confidence >= bars->low;
}

/* The character that ends before `at`. */
static size_t
step_back(const char *text, size_t at)
{
    at--;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

static bool
ends_with_word(const char *text, size_t length)
{
    const size_t last = length > 0 ? step_back(text, length) : 0;

    return is_word_at(text + last, length - last);
}

/* The place of a correction, and of the words at its edges all. */
static struct span
widen(const struct indexer *x, struct span place, const unfix_correction *c)
{
    const char *text = x->text;
    const size_t n = place.end - place.start;

    if (is_word_at(text + place.start, n) ||
        is_word_at(c->replacement, c->replacement_length))
        while (place.start > 0 && ends_with_word(text, place.start))
            place.start = step_back(text, place.start);
    if (ends_with_word(text + place.end - n, n) ||
        ends_with_word(c->replacement, c->replacement_length))
        while (is_word_at(text + place.end, x->length - place.end)) {
            size_t step;

            character_at(text + place.end, x->length - place.end, &step);
            place.end += step;
        }
    return place;
}

/* Corrections `*i` and those that touch the same words: their stretch of the
 * text, and in x->repaired what it becomes; true if one of them is in doubt. */
static bool
take_group(struct indexer *x, const struct piece *piece,
           const struct index_bars *bars, size_t *i, struct span *stretch)
{
    const size_t count = piece_count(piece);
    bool is_doubtful = false;
    size_t at;

    *stretch = widen(x, place_of(piece, *i), piece_correction(piece, *i));
    buffer_clear(&x->repaired);
    for (at = stretch->start; *i < count; ++*i) {
        const unfix_correction *c = piece_correction(piece, *i);
        const struct span place = place_of(piece, *i);

        if (place.start >= stretch->end && place.start > stretch->start)
            break;
        if (!counts(c, bars) || place.start < at)
            continue;
        if (place.end > stretch->end)
            *stretch = (struct span){stretch->start, widen(x, place, c).end};
        is_doubtful = is_doubtful || c->confidence < bars->high;
        buffer_append(&x->repaired, x->text + at, place.start - at);
        buffer_append(&x->repaired, c->replacement, c->replacement_length);
        at = place.end;
    }
    buffer_append(&x->repaired, x->text + at, stretch->end - at);
    return is_doubtful;
}

static void
write_tokens(struct indexer *x, const struct piece *piece,
             const struct index_bars *bars)
{
    const size_t count = piece_count(piece);
    size_t at = 0, i = 0;

    while (i < count) {
        struct span stretch;
        bool both;

        if (!counts(piece_correction(piece, i), bars) ||
            place_of(piece, i).start < at) {
            i++;
            continue;
        }
        both = take_group(x, piece, bars, &i, &stretch);
        write_words(x, at, stretch.start);
        write_both(x, stretch, both);
        at = stretch.end;
    }
    write_words(x, at, x->length);
}

/* The text with the repairs that are made. */
static void
write_repaired(struct indexer *x, const struct piece *piece)
{
    const size_t count = piece_count(piece);
    size_t at = 0;

    buffer_clear(&x->repaired);
    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = piece_correction(piece, i);
        const struct span place = place_of(piece, i);

        if (c->verdict != UNFIX_APPLIED || place.start < at)
            continue;
        buffer_append(&x->repaired, x->text + at, place.start - at);
        buffer_append(&x->repaired, c->replacement, c->replacement_length);
        at = place.end;
    }
    buffer_append(&x->repaired, x->text + at, x->length - at);
    report_write_string(x->output,
                        x->repaired.length > 0 ? x->repaired.data : "",
                        x->repaired.length);
}

bool
index_piece(struct output *output, const char *name, uint64_t part,
            const char *input, const struct index_bars *bars,
            const struct piece *piece)
{
    const bool is_text = piece->result != NULL;
    struct indexer x = {.output = output};
    char number[40];
    bool good;

    x.text = is_text ? input : piece->repaired->text.data;
    x.length =
        is_text ? piece_input_length(piece) : piece->repaired->text.length;
    if (x.length == 0)
        return true;
    output_puts(output, "{\"v\":\"1\",\"file\":");
    report_write_string(output, name, strlen(name));
    snprintf(number, sizeof(number), ",\"part\":%" PRIu64 ",\"str\":", part);
    output_puts(output, number);
    report_write_string(output, x.text, x.length);
    output_puts(output, ",\"repaired\":");
    write_repaired(&x, piece);
    output_puts(output, ",\"tokens\":[");
    write_tokens(&x, piece, bars);
    output_puts(output, "]}\n");
    good = !x.small.failed && !x.repaired.failed;
    buffer_free(&x.small);
    buffer_free(&x.repaired);
    return good;
}
