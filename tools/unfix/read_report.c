/* SPDX-License-Identifier: MPL-2.0 */
#include "read_report.h"

#include "buffer.h"
#include "format/encoding.h"
#include "gzip.h"
#include "input.h"
#include "messages.h"
#include "report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char no_memory[] = "out of memory";

/* ---- Fields -------------------------------------------------------------- */

static bool
get_signed(const json_t *object, const char *key, int64_t *value)
{
    const json_t *field = json_object_get(object, key);

    if (!json_is_integer(field))
        return false;
    *value = json_integer_value(field);
    return true;
}

static bool
get_unsigned(const json_t *object, const char *key, uint64_t *value)
{
    int64_t number;

    if (!get_signed(object, key, &number) || number < 0)
        return false;
    *value = (uint64_t)number;
    return true;
}

static bool
get_bytes(const json_t *object, const char *key, struct bytes *bytes)
{
    const json_t *field = json_object_get(object, key);

    if (!json_is_string(field))
        return false;
    bytes->length = json_string_length(field);
    bytes->data = malloc(bytes->length + 1);
    if (bytes->data == NULL)
        return false;
    memcpy(bytes->data, json_string_value(field), bytes->length + 1);
    return true;
}

/* NULL if there is none, or one with a zero byte. */
static const char *
get_string(const json_t *object, const char *key)
{
    const json_t *field = json_object_get(object, key);

    if (!json_is_string(field) ||
        strlen(json_string_value(field)) != json_string_length(field))
        return NULL;
    return json_string_value(field);
}

static bool
get_verdict(const json_t *object, bool *is_applied)
{
    const char *verdict = get_string(object, "verdict");

    if (verdict == NULL)
        return false;
    *is_applied = strcmp(verdict, "applied") == 0;
    return *is_applied || strcmp(verdict, "proposed") == 0 ||
           strcmp(verdict, "rejected") == 0;
}

/* ---- Lines: each returns what is wrong with it, or NULL ------------------ */

/* Room for one more in a list; NULL when out of memory. */
static void *
grow(void *list, size_t *capacity, size_t count, size_t size)
{
    void *grown = list;

    if (count == *capacity) {
        const size_t wanted = *capacity > 0 ? *capacity * 2 : 16;

        grown = realloc(list, wanted * size);
        if (grown != NULL)
            *capacity = wanted;
    }
    return grown;
}

static struct reported_file *
find_open_file(struct reported_files *files, const char *name)
{
    struct reported_file *last =
        files->count > 0 ? &files->items[files->count - 1] : NULL;

    if (last == NULL || last->has_end || strcmp(last->name, name) != 0)
        return NULL;
    return last;
}

static const char *
open_file(struct reported_files *files, const char *name,
          struct reported_file **file)
{
    void *items;

    *file = find_open_file(files, name);
    if (*file != NULL)
        return NULL;
    if (files->count > 0 && !files->items[files->count - 1].has_end)
        return "the file before it does not end";
    items = grow(files->items, &files->capacity, files->count,
                 sizeof(*files->items));
    if (items == NULL)
        return no_memory;
    files->items = items;
    *file = &files->items[files->count];
    **file = (struct reported_file){.name = strdup(name)};
    if ((*file)->name == NULL)
        return no_memory;
    files->count++;
    return NULL;
}

static const char *
check_repair(const json_t *object, const struct reported_file *file,
             const struct reported_repair *repair, uint64_t length,
             bool has_edits)
{
    const struct reported_repair *last =
        file->count > 0 ? &file->repairs[file->count - 1] : NULL;
    const char *seal = get_string(object, "seal");
    char right[REPORT_SEAL_SIZE];

    report_seal(right, repair->offset, length, repair->original.data,
                repair->original.length,
                has_edits ? repair->replacement.data : NULL);
    if (seal == NULL || strcmp(seal, right) != 0)
        return has_edits ? "more than the verdict was altered, and the file is "
                           "no mere text"
                         : "the place of the repair was altered";
    if (!has_edits && last != NULL &&
        repair->offset < last->offset + last->original.length)
        return "the repair is not in its place in the report";
    return NULL;
}

static struct reported_repair *
new_repair(struct reported_file *file)
{
    void *repairs = grow(file->repairs, &file->capacity, file->count,
                         sizeof(*file->repairs));

    if (repairs == NULL)
        return NULL;
    file->repairs = repairs;
    file->repairs[file->count] = (struct reported_repair){0};
    return &file->repairs[file->count];
}

static void
free_repair(struct reported_repair *repair)
{
    free(repair->original.data);
    free(repair->replacement.data);
}

/* ---- Texts in the encoding of the file ----------------------------------- */

/* A string, in the encoding of the file. */
static bool
get_encoded(const json_t *object, const char *key,
            const struct encoding *encoding, struct bytes *bytes)
{
    struct bytes plain;
    struct buffer out = {0};
    bool good;

    if (!get_bytes(object, key, &plain))
        return false;
    good = encoding_write(encoding, plain.data, plain.length, &out);
    buffer_append(&out, "", 1);
    free(plain.data);
    *bytes = (struct bytes){out.data, out.length - 1};
    return good && !out.failed;
}

/* The texts of a correction as the file has them, if its encoding is another
 * than theirs. */
static const char *
encode_repair(const json_t *object, struct reported_repair *repair)
{
    const char *name = get_string(object, "encoding");
    struct encoding encoding;
    bool good;

    if (name == NULL)
        return NULL;
    if (!encoding_open_name(&encoding, name))
        return "an encoding that nobody knows";
    free_repair(repair);
    repair->original = repair->replacement = (struct bytes){NULL, 0};
    good = get_encoded(object, "original", &encoding, &repair->original) &&
           (!repair->is_applied || get_encoded(object, "replacement", &encoding,
                                               &repair->replacement));
    encoding_free(&encoding);
    return good ? NULL : "the encoding of the file has no such character";
}

/* ---- A file that is more than its text: the edits of a repair -------------
 */

static const char *
add_edit(struct reported_file *file, const json_t *edit,
         const struct encoding *encoding)
{
    struct reported_repair *repair = new_repair(file);
    uint64_t length;

    if (repair == NULL)
        return no_memory;
    repair->is_applied = true;
    if (!get_unsigned(edit, "offset", &repair->offset) ||
        !get_unsigned(edit, "length", &length) ||
        !get_encoded(edit, "original", encoding, &repair->original) ||
        !get_encoded(edit, "replacement", encoding, &repair->replacement) ||
        repair->original.length != length) {
        free_repair(repair);
        return "an edit is not as it should be";
    }
    file->count++;
    return NULL;
}

/* Those of a repair that is not to be made are not needed. */
static const char *
add_edits(struct reported_file *file, const json_t *object, bool is_applied)
{
    const json_t *edits = json_object_get(object, "edits");
    const char *name = get_string(object, "encoding");
    struct encoding encoding;
    const char *wrong = NULL;

    if (!is_applied)
        return NULL;
    if (json_array_size(edits) == 0)
        return "a repair without edits cannot be applied";
    if (!encoding_open_name(&encoding, name != NULL ? name : ""))
        return "an encoding that nobody knows";
    for (size_t i = 0; i < json_array_size(edits) && wrong == NULL; i++)
        wrong = add_edit(file, json_array_get(edits, i), &encoding);
    encoding_free(&encoding);
    return wrong;
}

static int
compare_repairs(const void *left, const void *right)
{
    const struct reported_repair *a = left;
    const struct reported_repair *b = right;

    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* The edits of all repairs, in the order of their places. */
static const char *
sort_repairs(struct reported_file *file)
{
    uint64_t end = 0;

    for (size_t i = 0; i < file->count; i++)
        file->repairs[i].number = i;
    if (file->count > 0)
        qsort(file->repairs, file->count, sizeof(*file->repairs),
              compare_repairs);
    for (size_t i = 0; i < file->count; i++) {
        if (file->repairs[i].offset < end)
            return "two repairs of the file exclude each other";
        end = file->repairs[i].offset + file->repairs[i].original.length;
    }
    return NULL;
}

/* ---- Lines, again ---------------------------------------------------------
 */

static const char *
add_repair(struct reported_files *files, const json_t *object, const char *name)
{
    const bool has_edits = json_object_get(object, "edits") != NULL;
    struct reported_file *file;
    struct reported_repair *repair;
    uint64_t length;
    const char *wrong = open_file(files, name, &file);
    bool is_applied;

    if (wrong != NULL)
        return wrong;
    repair = new_repair(file);
    if (repair == NULL)
        return no_memory;
    if (!get_unsigned(object, "offset", &repair->offset) ||
        !get_unsigned(object, "length", &length) ||
        !get_verdict(object, &repair->is_applied) ||
        !get_bytes(object, "original", &repair->original) ||
        !get_bytes(object, "replacement", &repair->replacement))
        wrong = "a field is missing or not as it should be";
    else
        wrong = check_repair(object, file, repair, length, has_edits);
    if (wrong == NULL && !has_edits)
        wrong = encode_repair(object, repair);
    if (wrong == NULL && !has_edits && length != repair->original.length)
        wrong = "the original is no text that JSON can hold";
    is_applied = repair->is_applied;
    if (wrong != NULL || has_edits)
        free_repair(repair);
    else
        file->count++;
    file->corrections++;
    return wrong != NULL || !has_edits ? wrong
                                       : add_edits(file, object, is_applied);
}

static bool
get_sum(const json_t *object, const char *key, char *sum)
{
    const char *text = get_string(object, key);

    if (text == NULL || strlen(text) != CHECKSUM_SIZE - 1)
        return false;
    memcpy(sum, text, CHECKSUM_SIZE);
    return true;
}

/* All but the name. */
static bool
get_end(const json_t *object, struct reported_end *end)
{
    *end = (struct reported_end){0};
    if (!get_unsigned(object, "corrections", &end->corrections) ||
        !get_unsigned(object, "length", &end->length) ||
        !get_sum(object, "sha256", end->sha256))
        return false;
    /* What is only there to see whether a file was done. */
    if (!get_unsigned(object, "out_length", &end->out_length) ||
        !get_sum(object, "out_sha256", end->out_sha256))
        end->out_sha256[0] = '\0';
    end->has_times = get_signed(object, "mtime", &end->mtime) &&
                     get_signed(object, "out_mtime", &end->out_mtime);
    return true;
}

static const char *
end_file(struct reported_files *files, const json_t *object, const char *name)
{
    struct reported_file *file;
    const char *wrong = open_file(files, name, &file);
    struct reported_end end;

    if (wrong != NULL)
        return wrong;
    if (!get_end(object, &end))
        return "a field is missing or not as it should be";
    if (end.corrections != file->corrections)
        return "lines of the file are missing";
    file->length = end.length;
    memcpy(file->sha256, end.sha256, CHECKSUM_SIZE);
    file->has_end = true;
    return sort_repairs(file);
}

static int
hex_value(char figure)
{
    static const char figures[] = "0123456789abcdef";
    const char *found = figure == '\0' ? NULL : strchr(figures, figure);

    return found == NULL ? -1 : (int)(found - figures);
}

/* The name of the file, from malloc(); NULL if there is none, or no memory. */
static char *
get_name(const json_t *object)
{
    const char *text = get_string(object, "file");
    const char *hex = get_string(object, "file_hex");
    const size_t length = hex == NULL ? 0 : strlen(hex) / 2;
    char *name;

    if (text == NULL || hex == NULL)
        return text == NULL ? NULL : strdup(text);
    name = malloc(length + 1);
    if (name == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);

        if (high < 0 || low < 0 || high + low == 0) {
            free(name);
            return NULL;
        }
        name[i] = (char)(high * 16 + low);
    }
    name[length] = '\0';
    return name;
}

static const char *
take_object(struct reported_files *files, const json_t *object)
{
    const json_t *end = json_object_get(object, "end");
    char *name = get_name(object);
    const char *wrong;

    if (name == NULL)
        return "no object with the name of a file";
    if (end == NULL)
        wrong = add_repair(files, object, name);
    else
        wrong = json_is_true(end) ? end_file(files, object, name)
                                  : "\"end\" is not true";
    free(name);
    return wrong;
}

static json_t *
parse(const char *line, size_t length)
{
    json_error_t error;

    return json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                      &error);
}

bool
read_report_end(struct reported_end *end, const char *line, size_t length)
{
    json_t *object = parse(line, length);
    char *name = NULL;

    if (object != NULL && json_is_true(json_object_get(object, "end")) &&
        get_end(object, end)) {
        name = get_name(object);
        end->name = name;
    }
    json_decref(object);
    return name != NULL;
}

static const char *
take_line(struct reported_files *files, const char *line, size_t length)
{
    json_t *object = parse(line, length);
    const char *wrong;

    if (object == NULL)
        return "not one object of JSON";
    wrong = take_object(files, object);
    json_decref(object);
    return wrong;
}

/* ---- The whole ----------------------------------------------------------- */

static bool
take_lines(struct reported_files *files, const char *name, const char *text,
           size_t left)
{
    for (uint64_t number = 1; left > 0; number++) {
        const char *end = memchr(text, '\n', left);
        const size_t length = end != NULL ? (size_t)(end - text) : left;
        const size_t step = end != NULL ? length + 1 : length;
        const char *wrong = take_line(files, text, length);

        if (wrong != NULL) {
            message_error_line(name, number, wrong);
            return false;
        }
        text += step;
        left -= step;
    }
    return true;
}

bool
read_report_text(struct reported_files *files, const char *name,
                 const char *text, size_t length)
{
    *files = (struct reported_files){0};
    if (!take_lines(files, name, text, length))
        return false;
    if (files->count > 0 && files->items[files->count - 1].has_end)
        return true;
    message_error(name, "the report is not whole: its last line is missing");
    return false;
}

/* Where the last file ends that has an end. */
static size_t
whole_length(const struct buffer *report)
{
    size_t length = report->length;

    while (length > 0) {
        size_t start = length - 1;
        struct reported_end end;

        while (start > 0 && report->data[start - 1] != '\n')
            start--;
        if (report->data[length - 1] == '\n' &&
            read_report_end(&end, report->data + start, length - start)) {
            free(end.name);
            return length;
        }
        length = start;
    }
    return 0;
}

/* Whether it is a report at all, as far as its first line is there. */
static bool
begins_well(const struct buffer *report)
{
    const char *end =
        report->length == 0 ? NULL : memchr(report->data, '\n', report->length);
    json_t *object =
        end == NULL ? NULL : parse(report->data, (size_t)(end - report->data));
    const bool good = end == NULL || get_string(object, "file") != NULL;

    json_decref(object);
    return good;
}

/* A compressed one becomes what it holds, as far as that is there. */
static bool
expand(struct buffer *report, const char *path)
{
    FILE *stream = fmemopen(report->data, report->length, "r");
    struct gzip_reader *reader =
        stream == NULL ? NULL : gzip_reader_new(stream);
    enum gzip_status status = reader == NULL ? GZIP_NO_MEMORY : GZIP_MEMBER;
    struct buffer text = {0};
    int64_t end;

    while (status == GZIP_MEMBER)
        status = gzip_read_member(reader, &text, &end);
    gzip_reader_free(reader);
    if (stream != NULL)
        fclose(stream);
    buffer_free(report);
    *report = text;
    if (status != GZIP_END)
        message_error(path, status == GZIP_DAMAGED ? "its gzip data are damaged"
                                                   : no_memory);
    return status == GZIP_END;
}

bool
read_report(struct reported_files *files, const char *path, bool may_lack_end)
{
    struct buffer report = {0};
    bool good;

    *files = (struct reported_files){0};
    good = input_slurp(path, SIZE_MAX, &report);
    if (good && gzip_is(report.data, report.length))
        good = expand(&report, path);
    if (good && may_lack_end && begins_well(&report)) {
        const size_t length = whole_length(&report);

        if (length < report.length)
            message_notice(path, "its last file is not whole, and was not "
                                 "replaced");
        report.length = length;
    }
    if (good && (report.length > 0 || !may_lack_end))
        good = read_report_text(files, path, report.data, report.length);
    buffer_free(&report);
    return good;
}

void
read_report_free(struct reported_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        struct reported_file *file = &files->items[i];

        for (size_t k = 0; k < file->count; k++)
            free_repair(&file->repairs[k]);
        free(file->repairs);
        free(file->name);
    }
    free(files->items);
    *files = (struct reported_files){0};
}
