/* SPDX-License-Identifier: MPL-2.0 */
#include "lesson.h"

#include "replace.h"
#include "table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
make_room(struct lesson *l, size_t count)
{
    if (count <= l->capacity)
        return;
    l->capacity = count > 2 * l->capacity ? count : 2 * l->capacity;
    l->rows =
        tool_resize(l->rows, l->capacity * UFX_FEATURE_COUNT * sizeof *l->rows);
    l->right = tool_resize(l->right, l->capacity);
    l->weights = tool_resize(l->weights, l->capacity * sizeof *l->weights);
    l->shares = tool_resize(l->shares, l->capacity * sizeof *l->shares);
    l->fold = tool_resize(l->fold, l->capacity);
    l->set = tool_resize(l->set, l->capacity);
}

void
lesson_add(struct lesson *l, const int32_t *features, bool right, float weight,
           float share, uint8_t fold, uint8_t set)
{
    make_room(l, l->count + 1);
    memcpy(l->rows + l->count * UFX_FEATURE_COUNT, features,
           UFX_FEATURE_COUNT * sizeof *features);
    l->right[l->count] = right;
    l->weights[l->count] = weight;
    l->shares[l->count] = share;
    l->fold[l->count] = fold;
    l->set[l->count++] = set;
}

void
lesson_free(struct lesson *l)
{
    free(l->rows);
    free(l->right);
    free(l->weights);
    free(l->shares);
    free(l->fold);
    free(l->set);
    free(l->held_out);
}

void
lesson_write(const struct lesson *l, const char *path)
{
    uint64_t head[2] = {UFX_FEATURE_COUNT, l->count};
    struct replacement result;
    FILE *file;

    replacement_open(&result, path);
    file = result.file;
    fwrite(head, sizeof head, 1, file);
    fwrite(l->rows, UFX_FEATURE_COUNT * sizeof *l->rows, l->count, file);
    fwrite(l->right, 1, l->count, file);
    fwrite(l->weights, sizeof *l->weights, l->count, file);
    fwrite(l->shares, sizeof *l->shares, l->count, file);
    fwrite(l->fold, 1, l->count, file);
    fwrite(l->set, 1, l->count, file);
    replacement_close(&result);
}

void
lesson_read(struct lesson *l, const char *argument)
{
    const char *path = argument;
    float weight = (float)tool_weight(&path, 0, 1000);
    FILE *file = fopen(path, "rb");
    uint64_t head[2];
    size_t n, i;
    uint8_t first = 0;

    if (file == NULL)
        tool_fail(strerror(errno), path);
    if (fread(head, sizeof head, 1, file) != 1 ||
        head[0] != UFX_FEATURE_COUNT || head[1] > UINT32_MAX)
        tool_fail("no samples of this program", path);
    n = (size_t)head[1];
    for (i = 0; i < l->count; i++)
        if (l->set[i] < LESSON_SETS && l->set[i] >= first)
            first = (uint8_t)(l->set[i] + 1);
    make_room(l, l->count + n);
    if (fread(l->rows + l->count * UFX_FEATURE_COUNT,
              UFX_FEATURE_COUNT * sizeof *l->rows, n, file) != n ||
        fread(l->right + l->count, 1, n, file) != n ||
        fread(l->weights + l->count, sizeof *l->weights, n, file) != n ||
        fread(l->shares + l->count, sizeof *l->shares, n, file) != n ||
        fread(l->fold + l->count, 1, n, file) != n ||
        fread(l->set + l->count, 1, n, file) != n)
        tool_fail("file too short", path);
    fclose(file);
    for (i = l->count; i < l->count + n; i++) {
        if (l->fold[i] >= LESSON_FOLDS || l->right[i] > 1)
            tool_fail("no samples of this program", path);
        l->weights[i] *= weight;
        l->shares[i] *= weight;
        if (l->set[i] == LESSON_SETS)
            continue;
        if (l->set[i] + first >= LESSON_SETS)
            tool_fail("too many sets", path);
        l->set[i] = (uint8_t)(l->set[i] + first);
    }
    l->count += n;
}

void
lesson_dump(const struct lesson *l, const char *path)
{
    struct replacement result;
    FILE *file;
    size_t i;
    int f;

    replacement_open(&result, path);
    file = result.file;
    for (i = 0; i < l->count; i++) {
        fprintf(file, "%d\t%g\t%d", l->right[i], (double)l->weights[i],
                l->fold[i]);
        for (f = 0; f < UFX_FEATURE_COUNT; f++)
            fprintf(file, "\t%d", l->rows[i * UFX_FEATURE_COUNT + (size_t)f]);
        putc('\n', file);
    }
    replacement_close(&result);
}
