/* SPDX-License-Identifier: MPL-2.0 */
/*
 * splice INPUT <REPORT >OUTPUT
 *
 * Reads a report of INPUT strictly (every line one JSON object in valid UTF-8,
 * each field once and of its type, offsets ascending and disjoint, originals
 * equal to the input) and writes the input with the applied repairs spliced
 * in.  The line that ends a file is left to others.  What it writes must be
 * what the filter wrote.  Exit status 1 and a message if a line is wrong.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 65536
#define STRING_MAX_BYTES 4096

enum kind {
    KIND_NUMBER,
    KIND_STRING,
    KIND_TRUTH,
    KIND_LIST
};

enum field {
    FIELD_FILE,
    FIELD_OFFSET,
    FIELD_LENGTH,
    FIELD_OUT_OFFSET,
    FIELD_OUT_LENGTH,
    FIELD_ORIGINAL,
    FIELD_REPLACEMENT,
    FIELD_CONFIDENCE,
    FIELD_SCORE,
    FIELD_VERDICT,
    FIELD_CLASS,
    FIELD_REASON,
    FIELD_ALTERNATIVES,
    FIELD_CHANNEL_COST,
    FIELD_CONTEXT_GAIN,
    FIELD_KNOWN_BEFORE,
    FIELD_KNOWN_AFTER,
    FIELD_SEEN_BEFORE,
    FIELD_SEEN_AFTER,
    FIELD_BAR,       /* missing where none is enough */
    FIELD_HELD_BACK, /* of what is not applied */
    FIELD_SEAL,
    FIELD_FILE_HEX, /* of names that are not UTF-8 */
    FIELD_COUNT
};

static const struct {
    const char *name;
    enum kind kind;
} fields[FIELD_COUNT] = {
    {"file", KIND_STRING},         {"offset", KIND_NUMBER},
    {"length", KIND_NUMBER},       {"out_offset", KIND_NUMBER},
    {"out_length", KIND_NUMBER},   {"original", KIND_STRING},
    {"replacement", KIND_STRING},  {"confidence", KIND_NUMBER},
    {"score", KIND_NUMBER},        {"verdict", KIND_STRING},
    {"class", KIND_STRING},        {"reason", KIND_STRING},
    {"alternatives", KIND_LIST},   {"channel_cost", KIND_NUMBER},
    {"context_gain", KIND_NUMBER}, {"known_before", KIND_TRUTH},
    {"known_after", KIND_TRUTH},   {"seen_before", KIND_NUMBER},
    {"seen_after", KIND_NUMBER},   {"bar", KIND_NUMBER},
    {"held_back", KIND_STRING},    {"seal", KIND_STRING},
    {"file_hex", KIND_STRING},
};

struct string {
    char bytes[STRING_MAX_BYTES];
    size_t length;
};

struct record {
    bool has[FIELD_COUNT];
    long long number[FIELD_COUNT];
    struct string string[FIELD_COUNT];
};

static const char *at; /* in the line */
static unsigned long line_number;

static void
stop(const char *text)
{
    fprintf(stderr, "splice: line %lu: %s, at: %.30s\n", line_number, text, at);
    exit(1);
}

static void
expect(const char *token)
{
    const size_t length = strlen(token);

    if (strncmp(at, token, length) != 0)
        stop(token);
    at += length;
}

static bool
follows(const char *token)
{
    return strncmp(at, token, strlen(token)) == 0;
}

/* ---- JSON ---------------------------------------------------------------- */

static void
put(struct string *string, char byte)
{
    if (string->length == STRING_MAX_BYTES - 1)
        stop("string too long");
    string->bytes[string->length++] = byte;
    string->bytes[string->length] = '\0';
}

/* The report escapes as \u only what is below 20. */
static void
parse_escape(struct string *string)
{
    static const char names[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    const char *name;
    unsigned value;

    at++;
    if (*at == 'u') {
        if (strspn(at + 1, "0123456789abcdefABCDEF") < 4)
            stop("bad \\u escape");
        value = (unsigned)strtoul((char[]){at[1], at[2], at[3], at[4], 0}, NULL,
                                  16);
        if (value >= 0x20)
            stop("needless \\u escape");
        put(string, (char)value);
        at += 5;
        return;
    }
    name = *at != '\0' ? strchr(names, *at) : NULL;
    if (name == NULL)
        stop("bad escape");
    put(string, bytes[name - names]);
    at++;
}

static void
parse_character(struct string *string)
{
    const unsigned char *text = (const unsigned char *)at;
    uint32_t point = *text;
    int more = 0;

    if (*text >= 0xf0 && *text < 0xf5)
        more = 3, point &= 0x07;
    else if (*text >= 0xe0 && *text < 0xf0)
        more = 2, point &= 0x0f;
    else if (*text >= 0xc2 && *text < 0xe0)
        more = 1, point &= 0x1f;
    else if (*text >= 0x80 || *text < 0x20)
        stop("bad byte in a string");
    put(string, *at++);
    for (int i = 0; i < more; i++) {
        if (((unsigned char)*at & 0xc0) != 0x80)
            stop("bad UTF-8");
        point = point << 6 | ((unsigned char)*at & 0x3f);
        put(string, *at++);
    }
    if ((more == 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
        (more == 3 && (point < 0x10000 || point > 0x10ffff)))
        stop("bad UTF-8");
}

static void
parse_string(struct string *string)
{
    string->length = 0;
    string->bytes[0] = '\0';
    expect("\"");
    while (*at != '"') {
        if (*at == '\\')
            parse_escape(string);
        else
            parse_character(string);
    }
    at++;
}

static long long
parse_number(void)
{
    char *end;
    long long value;
    const char *digits = *at == '-' ? at + 1 : at;

    if (*digits < '0' || *digits > '9' ||
        (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9'))
        stop("no whole number");
    value = strtoll(at, &end, 10);
    at = end;
    return value;
}

static bool
parse_truth(void)
{
    if (follows("true")) {
        expect("true");
        return true;
    }
    expect("false");
    return false;
}

static void
parse_alternatives(void)
{
    static struct string text;

    expect("[");
    while (!follows("]")) {
        expect("{\"text\":");
        parse_string(&text);
        expect(",\"confidence\":");
        if (parse_number() > 1000)
            stop("confidence above 1000");
        expect("}");
        if (follows("]"))
            break;
        expect(",");
    }
    expect("]");
}

static enum field
find_field(const char *name)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (strcmp(fields[i].name, name) == 0)
            return (enum field)i;
    }
    stop("unknown field");
    return FIELD_COUNT;
}

static void
parse_field(struct record *record)
{
    static struct string name;
    enum field field;

    parse_string(&name);
    expect(":");
    field = find_field(name.bytes);
    if (record->has[field])
        stop("field given twice");
    record->has[field] = true;
    switch (fields[field].kind) {
    case KIND_NUMBER:
        record->number[field] = parse_number();
        break;
    case KIND_STRING:
        parse_string(&record->string[field]);
        break;
    case KIND_TRUTH:
        record->number[field] = parse_truth();
        break;
    case KIND_LIST:
        parse_alternatives();
        break;
    }
}

static void
parse_record(struct record *record)
{
    memset(record->has, 0, sizeof(record->has));
    expect("{");
    parse_field(record);
    while (!follows("}")) {
        expect(",");
        parse_field(record);
    }
    expect("}\n");
    if (*at != '\0')
        stop("more than one object");
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (!record->has[i] && i != FIELD_HELD_BACK && i != FIELD_FILE_HEX)
            stop(fields[i].name);
    }
}

/* ---- Splicing ------------------------------------------------------------ */

static char *
read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    size_t got;

    *length = 0;
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    do {
        data = realloc(data, *length + 65536);
        if (data == NULL)
            abort();
        got = fread(data + *length, 1, 65536, file);
        *length += got;
    } while (got > 0);
    fclose(file);
    return data;
}

static bool
is_verdict(const struct record *record, const char *name)
{
    return strcmp(record->string[FIELD_VERDICT].bytes, name) == 0;
}

static void
check_original(const struct record *record, const char *input)
{
    const struct string *original = &record->string[FIELD_ORIGINAL];

    /* What U+FFFD stands for is not in the report. */
    if (strstr(original->bytes, "\xef\xbf\xbd") != NULL)
        return;
    if (original->length != (size_t)record->number[FIELD_LENGTH] ||
        memcmp(original->bytes, input + record->number[FIELD_OFFSET],
               original->length) != 0)
        stop("the original is not what the input has there");
}

/* Returns how much longer the text grew. */
static long long
splice(const struct record *record, const char *input, long long *done,
       long long growth)
{
    const long long offset = record->number[FIELD_OFFSET];
    const long long length = record->number[FIELD_LENGTH];
    const struct string *after = &record->string[FIELD_REPLACEMENT];
    const bool is_applied = is_verdict(record, "applied");
    const size_t out_length = is_applied ? after->length : (size_t)length;

    if (record->number[FIELD_OUT_OFFSET] != offset + growth)
        stop("wrong out_offset");
    if ((size_t)record->number[FIELD_OUT_LENGTH] != out_length)
        stop("wrong out_length");
    if (!is_applied)
        return growth;
    fwrite(input + *done, 1, (size_t)(offset - *done), stdout);
    fwrite(after->bytes, 1, after->length, stdout);
    *done = offset + length;
    return growth + (long long)after->length - length;
}

static void
check_record(const struct record *record, const char *input, long long length,
             long long last)
{
    if (record->number[FIELD_OFFSET] < last)
        stop("overlaps the correction before");
    if (record->number[FIELD_LENGTH] < 0 ||
        record->number[FIELD_OFFSET] + record->number[FIELD_LENGTH] > length)
        stop("outside the input");
    if (record->number[FIELD_CONFIDENCE] < 0 ||
        record->number[FIELD_CONFIDENCE] > 1000)
        stop("confidence out of range");
    if (!is_verdict(record, "applied") && !is_verdict(record, "proposed") &&
        !is_verdict(record, "rejected"))
        stop("unknown verdict");
    if (record->has[FIELD_HELD_BACK] == is_verdict(record, "applied"))
        stop("held back or not");
    check_original(record, input);
}

int
main(int argc, char **argv)
{
    static char line[LINE_MAX_BYTES];
    static struct record record;
    size_t length;
    char *input;
    long long done = 0;
    long long growth = 0;
    long long last = 0;

    if (argc != 2) {
        fputs("usage: splice INPUT <REPORT >OUTPUT\n", stderr);
        return 1;
    }
    input = read_file(argv[1], &length);
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line_number++;
        at = line;
        if (strstr(line, "\",\"end\":true,") != NULL)
            continue;
        parse_record(&record);
        check_record(&record, input, (long long)length, last);
        growth = splice(&record, input, &done, growth);
        last = record.number[FIELD_OFFSET] + record.number[FIELD_LENGTH];
    }
    fwrite(input + done, 1, length - (size_t)done, stdout);
    free(input);
    return fclose(stdout) == 0 ? 0 : 1;
}
