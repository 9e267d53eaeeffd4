/* SPDX-License-Identifier: MPL-2.0 */
#include "pages.h"

#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ocr_suffix[] = ".ocr.txt";
static const char gt_suffix[] = ".gt.txt";
static const char said_suffix[] = ".ocr.tsv";

static unfix_status
fail_memory(unfix_error *error)
{
    return ufx_status_set(error, UNFIX_ERROR_MEMORY, "out of memory", NULL);
}

/* ---- The list ------------------------------------------------------------ */

/* With the suffix: "page.ocr.txt" comes after "page-2.ocr.txt". */
static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_ocr_name(const char *name)
{
    size_t length = strlen(name);
    size_t suffix = sizeof ocr_suffix - 1;
    return length >= suffix && strcmp(name + length - suffix, ocr_suffix) == 0;
}

static bool
add_name(struct ufx_pages *pages, size_t *capacity, const char *name)
{
    if (pages->count == *capacity) {
        size_t more = *capacity == 0 ? 64 : *capacity * 2;
        char **grown = realloc(pages->names, more * sizeof *grown);
        if (grown == NULL)
            return false;
        pages->names = grown;
        *capacity = more;
    }
    pages->names[pages->count] = strdup(name);
    if (pages->names[pages->count] == NULL)
        return false;
    pages->count++;
    return true;
}

static unfix_status
list_names(struct ufx_pages *pages, DIR *directory, unfix_error *error)
{
    size_t capacity = 0;
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        if (is_ocr_name(entry->d_name) &&
            !add_name(pages, &capacity, entry->d_name))
            return fail_memory(error);
    }
    if (errno != 0)
        return ufx_status_set(error, UNFIX_ERROR_IO, pages->folder,
                              strerror(errno));
    if (pages->count == 0)
        return ufx_status_set(error, UNFIX_ERROR_IO, pages->folder,
                              "holds no pages (NAME.ocr.txt)");
    qsort(pages->names, pages->count, sizeof *pages->names, compare_names);
    for (size_t i = 0; i < pages->count; i++) {
        char *name = pages->names[i];
        name[strlen(name) - (sizeof ocr_suffix - 1)] = '\0';
    }
    return UNFIX_OK;
}

unfix_status
ufx_pages_open(struct ufx_pages *pages, const char *folder, unfix_error *error)
{
    *pages = (struct ufx_pages){.folder = strdup(folder)};
    if (pages->folder == NULL)
        return fail_memory(error);
    DIR *directory = opendir(folder);
    unfix_status status =
        directory == NULL
            ? ufx_status_set(error, UNFIX_ERROR_IO, folder, strerror(errno))
            : list_names(pages, directory, error);
    if (directory != NULL)
        closedir(directory);
    if (status != UNFIX_OK)
        ufx_pages_close(pages);
    return status;
}

void
ufx_pages_close(struct ufx_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        free(pages->names[i]);
    free(pages->names);
    free(pages->folder);
    *pages = (struct ufx_pages){0};
}

/* ---- A page -------------------------------------------------------------- */

/* What is left of an open file; false on an error, with errno. */
static bool
read_rest(FILE *file, char **data, size_t *length)
{
    size_t capacity = 0;
    for (;;) {
        if (capacity - *length < 2) {
            capacity = capacity == 0 ? 1 << 14 : capacity * 2;
            char *grown = realloc(*data, capacity);
            if (grown == NULL)
                return false;
            *data = grown;
        }
        size_t got = fread(*data + *length, 1, capacity - *length - 1, file);
        *length += got;
        if (got == 0)
            break;
    }
    (*data)[*length] = '\0';
    return !ferror(file);
}

/* Reads a file; one that `may_lack` is empty where it is not there. */
static unfix_status
read_file(const char *folder, const char *name, const char *suffix,
          bool may_lack, char **data, size_t *length, unfix_error *error)
{
    unfix_status status = UNFIX_OK;
    FILE *file = NULL;
    size_t size = strlen(folder) + strlen(name) + strlen(suffix) + 2;
    char *path = malloc(size);
    if (path == NULL)
        return fail_memory(error);
    snprintf(path, size, "%s/%s%s", folder, name, suffix);
    file = fopen(path, "rb");
    bool is_lacking = file == NULL && may_lack && errno == ENOENT;
    if (!is_lacking && (file == NULL || !read_rest(file, data, length)))
        status = ufx_status_set(error, UNFIX_ERROR_IO, path, strerror(errno));
    if (file != NULL)
        fclose(file);
    free(path);
    return status;
}

/* ---- What the engine said ------------------------------------------------ */

/* Words that the text lacks are few: the next one stands within so many bytes.
 */
#define WORD_REACH 40

#define COLUMNS 12
#define COLUMN_LEVEL 0
#define COLUMN_CONFIDENCE 10
#define COLUMN_TEXT 11

/* Cuts a row into its columns, in place; false if it has others. */
static bool
cut_row(char *row, char **columns)
{
    size_t count = 0;
    while (count < COLUMNS) {
        columns[count++] = row;
        row = strchr(row, '\t');
        if (row == NULL)
            break;
        *row++ = '\0';
    }
    return count == COLUMNS && row == NULL;
}

/* The word of a row at its place, from `at` on; false if it is not there. */
static bool
place_word(const struct ufx_page *page, char **columns, size_t at,
           unfix_evidence *evidence)
{
    double confidence = strtod(columns[COLUMN_CONFIDENCE], NULL);
    /* There are words of nothing but blanks. */
    const char *word = columns[COLUMN_TEXT] + strspn(columns[COLUMN_TEXT], " ");
    size_t length = strcspn(word, " ");
    if (strcmp(columns[COLUMN_LEVEL], "5") != 0 || length == 0 ||
        !(confidence >= 0 && confidence <= 100))
        return false;
    const char *text = page->ocr + at;
    size_t skipped = strspn(text, " \n\f");
    for (; strncmp(text + skipped, word, length) != 0; skipped++)
        if (text[skipped] == '\0' || skipped == WORD_REACH)
            return false;
    *evidence =
        (unfix_evidence){.offset = at + skipped,
                         .length = length,
                         .confidence = (uint32_t)(confidence * 10 + 0.5)};
    return true;
}

static bool
place_words(struct ufx_page *page, char *table)
{
    size_t capacity = 0, at = 0;
    for (char *row = table; *row != '\0';) {
        char *columns[COLUMNS];
        char *end = row + strcspn(row, "\n");
        char *next = *end == '\0' ? end : end + 1;
        *end = '\0';
        if (page->evidence_count == capacity) {
            capacity = capacity * 2 + 256;
            void *grown =
                realloc(page->evidence, capacity * sizeof *page->evidence);
            if (grown == NULL)
                return false;
            page->evidence = grown;
        }
        unfix_evidence *evidence = &page->evidence[page->evidence_count];
        if (cut_row(row, columns) && place_word(page, columns, at, evidence)) {
            at = (size_t)(evidence->offset + evidence->length);
            page->evidence_count++;
        }
        row = next;
    }
    return true;
}

static unfix_status
read_said(const char *folder, struct ufx_page *page, unfix_error *error)
{
    char *table = NULL;
    size_t length = 0;
    unfix_status status = read_file(folder, page->name, said_suffix, true,
                                    &table, &length, error);
    if (status == UNFIX_OK && table != NULL && !place_words(page, table))
        status = fail_memory(error);
    free(table);
    return status;
}

unfix_status
ufx_page_read(const struct ufx_pages *pages, size_t index,
              struct ufx_page *page, unfix_error *error)
{
    const char *name = pages->names[index];
    *page = (struct ufx_page){.name = name};
    unfix_status status = read_file(pages->folder, name, ocr_suffix, false,
                                    &page->ocr, &page->ocr_length, error);
    if (status == UNFIX_OK)
        status = read_file(pages->folder, name, gt_suffix, false, &page->gt,
                           &page->gt_length, error);
    if (status == UNFIX_OK)
        status = read_said(pages->folder, page, error);
    if (status != UNFIX_OK)
        ufx_page_free(page);
    return status;
}

void
ufx_page_free(struct ufx_page *page)
{
    free(page->ocr);
    free(page->gt);
    free(page->evidence);
    *page = (struct ufx_page){0};
}
