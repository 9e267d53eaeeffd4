/* SPDX-License-Identifier: MPL-2.0
 *
 * rows_test MODEL FORMS EXAMPLES...: every row of the typed forms is needed by
 * an example.  Takes one row after the other out of the model and repairs the
 * examples of the files named; a row without which all of them come out the
 * same is reported, and the status is 1.  FORMS is the table, for its lines.
 */
#include "unfix.h"

#include "lang/forms.h"
#include "lang/image.h"
#include "lang/model.h"
#include "read_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct example {
    char *input;
    char *output; /* with all rows */
};

static struct example *examples;
static size_t example_count;
static unfix_context *context;
static unfix_result *result;

static void
die(const char *what, const char *which)
{
    fprintf(stderr, "rows_test: %s: %s\n", which, what);
    exit(2);
}

/* ---- The examples ---- */

/* The inputs of a file: what stands between a fence that opens and a single
 * full stop.  spec_test has looked whether the file is well formed. */
static void
read_examples(const char *path)
{
    size_t length;
    char *text = read_file(path, &length), *at = text, *end;

    if (text == NULL)
        die("cannot be read", path);
    while ((at = strstr(at, "```example ")) != NULL) {
        at = strchr(at, '\n') + 1;
        end = strstr(at, "\n.\n");
        if (end == NULL)
            die("an example without an end", path);
        examples = realloc(examples, (example_count + 1) * sizeof *examples);
        if (examples == NULL)
            die("no memory", path);
        examples[example_count].input = strndup(at, (size_t)(end - at) + 1);
        examples[example_count++].output = NULL;
        at = strstr(end, "\n```");
        if (at == NULL)
            die("an example without an end", path);
        at += 4;
    }
    free(text);
}

static const char *
repair(const char *text)
{
    unfix_error error = {0};

    if (unfix_correct(context, text, strlen(text), result, &error) != UNFIX_OK)
        die(error.message, "repair");
    return unfix_result_text(result, NULL);
}

static bool
is_needed(void)
{
    size_t i;

    for (i = 0; i < example_count; i++)
        if (strcmp(repair(examples[i].input), examples[i].output) != 0) {
            /* Rows of one kind stand together: this example, or one near it,
             * will mostly do for the next row as well. */
            struct example found = examples[i];

            memmove(examples + 1, examples, i * sizeof *examples);
            examples[0] = found;
            return true;
        }
    return false;
}

/* ---- The rows ---- */

/* The table's line with that number among its rows, from 0, as build sorts
 * them: found by parsing each line anew. */
static void
report(const char *table, const struct ufx_form *row)
{
    const char *line = table, *end, *why;
    struct ufx_form parsed;

    for (; *line != '\0'; line = *end == '\0' ? end : end + 1) {
        end = line + strcspn(line, "\n");
        if (ufx_form_parse(line, (size_t)(end - line), &parsed, &why) &&
            memcmp(&parsed, row, sizeof parsed) == 0)
            printf("no example needs the row: %.*s\n", (int)(end - line), line);
    }
}

/* Takes the row out: no text has a NUL. */
static bool
is_needed_row(struct ufx_form *row)
{
    uint16_t first = row->text[0];
    bool needed;

    row->text[0] = 0;
    needed = is_needed();
    row->text[0] = first;
    return needed;
}

/* The same of a pattern: what nobody is sure of at all is none. */
static bool
is_needed_pattern(struct ufx_pattern *pattern)
{
    uint8_t how = pattern->how;
    bool needed;

    pattern->how = UFX_HOW_NOT;
    needed = is_needed();
    pattern->how = how;
    return needed;
}

/* The patterns that no example needs, by their place among those of the
 * table. */
static size_t
count_unneeded_patterns(char *image, const struct ufx_image_section *section)
{
    struct ufx_pattern *patterns = (void *)(image + section->offset);
    size_t count = (size_t)section->size / sizeof *patterns, i, unneeded = 0;

    for (i = 0; i < count; i++)
        if (!is_needed_pattern(&patterns[i])) {
            printf("no example needs pattern %zu\n", i + 1);
            unneeded++;
        }
    return unneeded;
}

int
main(int argc, char **argv)
{
    const struct ufx_image_section *sections;
    size_t length, image_length, i, unneeded = 0;
    char *image, *bytes, *table;
    struct ufx_form *rows;
    unfix_model *model;
    int n;

    if (argc < 4)
        die("MODEL FORMS EXAMPLES...", "usage");
    bytes = read_file(argv[1], &image_length);
    table = read_file(argv[2], &length);
    if (bytes == NULL || table == NULL)
        die("cannot be read", bytes == NULL ? argv[1] : argv[2]);
    image =
        aligned_alloc(UFX_IMAGE_ALIGN,
                      (image_length / UFX_IMAGE_ALIGN + 1) * UFX_IMAGE_ALIGN);
    if (image == NULL)
        die("no memory", argv[1]);
    memcpy(image, bytes, image_length);
    free(bytes);
    if (unfix_model_load_memory(image, image_length, NULL, &model, NULL) !=
            UNFIX_OK ||
        unfix_context_new(model, NULL, NULL, NULL, &context, NULL) !=
            UNFIX_OK ||
        unfix_result_new(NULL, &result) != UNFIX_OK)
        die("is no model", argv[1]);
    for (n = 3; n < argc; n++)
        read_examples(argv[n]);
    for (i = 0; i < example_count; i++)
        examples[i].output = strdup(repair(examples[i].input));

    sections = (const void *)(image + sizeof(struct ufx_image_header));
    rows = (void *)(image + sections[UFX_SECTION_FORMS].offset);
    length = (size_t)sections[UFX_SECTION_FORMS].size / sizeof *rows;
    /* The rows behind are letters', in no form's table. */
    while (length > 0 && rows[length - 1].kind >= UFX_FORM_ACCENT)
        length--;
    for (i = 0; i < length; i++)
        if (!is_needed_row(&rows[i])) {
            report(table, &rows[i]);
            unneeded++;
        }
    unneeded += count_unneeded_patterns(image, &sections[UFX_SECTION_PATTERNS]);
    printf("%zu rows, %zu examples, %zu rows that none needs\n", length,
           example_count, unneeded);
    for (i = 0; i < example_count; i++) {
        free(examples[i].input);
        free(examples[i].output);
    }
    free(examples);
    free(table);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
    free(image);
    return unneeded > 0;
}
