/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "draw.h"

#include "messages.h"
#include "review.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each class has so many strata, by confidence: up to these and beyond. */
#define BANDS 5
static const uint32_t band_ends[BANDS - 1] = {400, 600, 780, 950};

#define STRATA ((size_t)(UNFIX_CLASS_COUNT + 1) * BANDS)

/* A file that has repairs in the sample, or had. */
struct drawn_file {
    char *name;
    char *end;      /* the end of its last line; NULL: it did not go well */
    size_t holders; /* repairs in the sample; none: all of it is given back */
};

struct drawn {
    uint64_t key;
    size_t file;
    uint64_t offset;
    size_t stratum;
    char *lines;  /* as they are written, but for what each stands for */
    size_t split; /* where that goes */
};

/* Those with the least keys, in their order. */
struct stratum {
    struct drawn *items;
    size_t count;
    size_t taken;
    uint64_t of; /* so many were there */
};

struct draw {
    const struct options *options;
    const char *name;
    const char *path;
    bool has_file; /* the last of `files` is the one under way */
    struct drawn_file *files;
    size_t file_count;
    size_t file_capacity;
    struct stratum strata[STRATA];
};

struct draw *
draw_new(const struct options *options)
{
    struct draw *draw = calloc(1, sizeof(*draw));

    if (draw != NULL)
        draw->options = options;
    return draw;
}

/* ---- Files --------------------------------------------------------------- */

void
draw_begin_file(struct draw *draw, const char *name, const char *path)
{
    draw->name = name;
    draw->path = path;
    draw->has_file = false;
}

static void
empty_file(struct drawn_file *file)
{
    free(file->name);
    free(file->end);
    file->name = file->end = NULL;
}

static bool
add_file(struct draw *draw)
{
    const size_t wanted = draw->file_capacity * 2 + 16;
    struct drawn_file *files = draw->files;
    char *name;

    if (draw->has_file)
        return true;
    if (draw->file_count == draw->file_capacity) {
        files = realloc(files, wanted * sizeof(*files));
        if (files == NULL)
            return false;
        draw->files = files;
        draw->file_capacity = wanted;
    }
    name = strdup(draw->name);
    if (name == NULL)
        return false;
    files[draw->file_count++] = (struct drawn_file){.name = name};
    draw->has_file = true;
    return true;
}

/* Without memory there may be no text, though all was written. */
static bool
close_text(struct output *text, char *const *bytes)
{
    return fclose(text->stream) == 0 && !text->failed && *bytes != NULL;
}

bool
draw_end_file(struct draw *draw, const struct report_end *end)
{
    struct drawn_file *file;
    struct output text;
    size_t length;

    if (!draw->has_file)
        return true;
    file = &draw->files[draw->file_count - 1];
    if (file->holders == 0)
        return true;
    text = (struct output){.stream = open_memstream(&file->end, &length)};
    if (text.stream == NULL)
        return false;
    report_end_rest(&text, end);
    return close_text(&text, &file->end);
}

/* ---- Drawing ------------------------------------------------------------- */

static uint64_t
mix(uint64_t value, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < length; i++)
        value = (value ^ at[i]) * UINT64_C(1099511628211);
    return value;
}

/* The same for the same repair, on any machine, and else like chance. */
static uint64_t
key_of(const char *name, const unfix_correction *c)
{
    uint64_t key = mix(UINT64_C(14695981039346656037), name, strlen(name) + 1);

    for (int shift = 0; shift < 64; shift += 8) {
        const unsigned char byte = (unsigned char)(c->offset >> shift);

        key = mix(key, &byte, 1);
    }
    key = mix(key, c->original, c->original_length);
    key = mix(key, c->replacement, c->replacement_length);
    key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
    return key ^ key >> 31;
}

static size_t
stratum_of(const unfix_correction *c)
{
    const size_t kind = c->kind < UNFIX_CLASS_COUNT ? (size_t)c->kind
                                                    : (size_t)UNFIX_CLASS_COUNT;
    size_t band = 0;

    while (band < BANDS - 1 && c->confidence >= band_ends[band])
        band++;
    return kind * BANDS + band;
}

static void
release(struct draw *draw, struct drawn *drawn)
{
    struct drawn_file *file = &draw->files[drawn->file];

    free(drawn->lines);
    if (--file->holders == 0 &&
        !(draw->has_file && drawn->file == draw->file_count - 1))
        empty_file(file);
}

static bool
make_lines(struct draw *draw, const char *input, const struct piece *piece,
           size_t i, struct drawn *drawn)
{
    const bool is_review = draw->options->format == FORMAT_REVIEW;
    struct output text = {0};
    size_t length;

    text.stream = open_memstream(&drawn->lines, &length);
    if (text.stream == NULL)
        return false;
    if (is_review)
        review_before(&text, draw->options, draw->name, draw->path, input,
                      piece, i);
    report_write_correction(&text, draw->name, piece, i);
    drawn->split = (size_t)ftello(text.stream) - 2;
    if (is_review)
        review_after(&text, draw->name, input, piece, i);
    if (close_text(&text, &drawn->lines))
        return true;
    free(drawn->lines);
    return false;
}

/* Where a repair with that key goes; no less than the wanted number: nowhere.
 */
static size_t
place_of(const struct stratum *stratum, uint64_t key)
{
    size_t low = 0, high = stratum->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (stratum->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
draw_one(struct draw *draw, const char *input, const struct piece *piece,
         size_t i)
{
    const unfix_correction *c = piece_correction(piece, i);
    const size_t most = draw->options->sample, number = stratum_of(c);
    struct stratum *stratum = &draw->strata[number];
    struct drawn drawn = {
        .key = key_of(draw->name, c), .offset = c->offset, .stratum = number};
    const size_t at = place_of(stratum, drawn.key);

    stratum->of++;
    if (at >= most)
        return true;
    if (stratum->items == NULL)
        stratum->items = calloc(most, sizeof(*stratum->items));
    if (stratum->items == NULL || !add_file(draw) ||
        !make_lines(draw, input, piece, i, &drawn))
        return false;
    drawn.file = draw->file_count - 1;
    draw->files[drawn.file].holders++;
    if (stratum->count == most)
        release(draw, &stratum->items[--stratum->count]);
    memmove(stratum->items + at + 1, stratum->items + at,
            (stratum->count - at) * sizeof(*stratum->items));
    stratum->items[at] = drawn;
    stratum->count++;
    return true;
}

bool
draw_piece(struct draw *draw, const char *input, const struct piece *piece)
{
    const size_t count = piece_count(piece);

    for (size_t i = 0; i < count; i++) {
        if (!report_leaves_out(piece, i, draw->options->only_applied) &&
            !draw_one(draw, input, piece, i))
            return false;
    }
    return true;
}

/* ---- Writing ------------------------------------------------------------- */

/* What is of a file that did not go well was never there. */
static void
forget_broken(struct draw *draw, struct stratum *stratum)
{
    size_t kept = 0;

    for (size_t i = 0; i < stratum->count; i++) {
        if (draw->files[stratum->items[i].file].end != NULL)
            stratum->items[kept++] = stratum->items[i];
        else {
            free(stratum->items[i].lines);
            stratum->of--;
        }
    }
    stratum->count = kept;
}

/* One from each stratum that has another, over and over. */
static size_t
share_out(struct draw *draw)
{
    size_t taken = 0, before;

    for (size_t i = 0; i < STRATA; i++)
        forget_broken(draw, &draw->strata[i]);
    do {
        before = taken;
        for (size_t i = 0; i < STRATA && taken < draw->options->sample; i++) {
            struct stratum *stratum = &draw->strata[i];

            if (stratum->taken < stratum->count) {
                stratum->taken++;
                taken++;
            }
        }
    } while (taken > before);
    return taken;
}

static int
compare(const void *left, const void *right)
{
    const struct drawn *a = *(const struct drawn *const *)left;
    const struct drawn *b = *(const struct drawn *const *)right;

    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void
write_drawn(const struct draw *draw, const struct drawn *drawn,
            struct output *output)
{
    const struct stratum *stratum = &draw->strata[drawn->stratum];
    char share[80];

    snprintf(share, sizeof(share), ",\"drawn\":%zu,\"of\":%" PRIu64,
             stratum->taken, stratum->of);
    output_write(output, drawn->lines, drawn->split);
    output_puts(output, share);
    output_puts(output, drawn->lines + drawn->split);
}

void
draw_write(struct draw *draw, struct output *output)
{
    const size_t total = share_out(draw);
    const struct drawn **all = malloc((total + 1) * sizeof(*all));
    size_t count = 0, first = 0;

    if (all == NULL) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        output->failed = true;
    }
    for (size_t i = 0; i < STRATA && all != NULL; i++) {
        for (size_t k = 0; k < draw->strata[i].taken; k++)
            all[count++] = &draw->strata[i].items[k];
    }
    if (count > 0)
        qsort(all, count, sizeof(*all), compare);
    for (size_t i = 0; i < count; i++) {
        const struct drawn_file *file = &draw->files[all[i]->file];

        write_drawn(draw, all[i], output);
        if (i + 1 < count && all[i + 1]->file == all[i]->file)
            continue;
        report_end_begin(output, file->name, i + 1 - first);
        output_puts(output, file->end);
        first = i + 1;
    }
    free(all);
}

void
draw_free(struct draw *draw)
{
    if (draw == NULL)
        return;
    for (size_t i = 0; i < STRATA; i++) {
        for (size_t k = 0; k < draw->strata[i].count; k++)
            free(draw->strata[i].items[k].lines);
        free(draw->strata[i].items);
    }
    for (size_t i = 0; i < draw->file_count; i++)
        empty_file(&draw->files[i]);
    free(draw->files);
    free(draw);
}
