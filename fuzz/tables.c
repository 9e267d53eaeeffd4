/* SPDX-License-Identifier: MPL-2.0 */
/* A user's tables, and the report: words, confusions and a text, parted by form
 * feeds. */
#include "fuzz.h"

#include "output.h"
#include "report.h"
#include "text/chars.h"
#include "text/text.h"

/* Cuts the part before the next form feed off; the last part is the rest. */
static size_t
next_part(const char **rest, size_t *length, const char **part)
{
    const char *end = memchr(*rest, '\f', *length);
    size_t n = end == NULL ? *length : (size_t)(end - *rest);

    *part = *rest;
    *rest += end == NULL ? n : n + 1;
    *length -= end == NULL ? n : n + 1;
    return n;
}

/* A refused table names a line that it has, and adds nothing. */
static void
check_refusal(unfix_status status, const unfix_error *error, const char *table,
              size_t length)
{
    uint64_t lines = 1;
    size_t i;

    if (status == UNFIX_OK)
        return;
    for (i = 0; i < length; i++)
        lines += table[i] == '\n';
    FUZZ_HOLDS(status == UNFIX_ERROR_FORMAT || status == UNFIX_ERROR_LIMIT);
    FUZZ_HOLDS(error->status == status && error->message[0] != '\0');
    FUZZ_HOLDS(error->line >= 1 && error->line <= lines);
    FUZZ_HOLDS(error->offset < length);
}

/* Lines of UTF-8 without control characters, each one object; strings are
 * closed and their escapes are those that JSON knows. */
static void
check_report(const char *report, size_t length)
{
    bool in_string = false, at_start = true;
    int depth = 0;
    size_t i, size;

    for (i = 0; i < length; i += size) {
        uint32_t cp = ufx_text_decode(report + i, length - i, &size);

        FUZZ_HOLDS(cp < UFX_CHAR_OPAQUE);
        if (cp == '\n') {
            FUZZ_HOLDS(!in_string && depth == 0 && !at_start);
            at_start = true;
            continue;
        }
        FUZZ_HOLDS(cp >= 0x20);
        FUZZ_HOLDS(!at_start || cp == '{');
        at_start = false;
        if (in_string && cp == '\\') {
            FUZZ_HOLDS(i + 1 < length &&
                       strchr("\"\\nrtu", report[i + 1]) != NULL);
            size = 2;
        } else if (cp == '"') {
            in_string = !in_string;
        } else if (!in_string) {
            depth += (cp == '{' || cp == '[') - (cp == '}' || cp == ']');
            FUZZ_HOLDS(depth >= 0);
        }
    }
    FUZZ_HOLDS(at_start);
}

static void
report(const char *name, const unfix_result *result)
{
    struct output output = {.name = "report"};
    struct piece piece;
    char *written = NULL;
    size_t length = 0;

    output.stream = open_memstream(&written, &length);
    FUZZ_HOLDS(output.stream != NULL);
    piece_of_result(&piece, result, 0, 0);
    report_write(&output, name, &piece, false);
    FUZZ_HOLDS(fclose(output.stream) == 0 && !output.failed);
    check_report(written, length);
    free(written);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *rest = (const char *)data, *words, *confusions;
    static unfix_result *result;
    unfix_overlay *overlay;
    unfix_context *context;
    unfix_status status;
    unfix_error error;
    size_t n, m;
    char name[16] = "";

    if (result == NULL)
        result = fuzz_result();
    n = next_part(&rest, &size, &words);
    m = next_part(&rest, &size, &confusions);
    FUZZ_HOLDS(unfix_overlay_new(NULL, &overlay) == UNFIX_OK);
    status = unfix_overlay_add_words(overlay, words, n, &error);
    check_refusal(status, &error, words, n);
    status = unfix_overlay_add_confusions(overlay, confusions, m, &error);
    check_refusal(status, &error, confusions, m);
    FUZZ_HOLDS(unfix_overlay_freeze(overlay, NULL) == UNFIX_OK);
    FUZZ_HOLDS(unfix_context_new(fuzz_model(), overlay, NULL, NULL, &context,
                                 NULL) == UNFIX_OK);
    unfix_overlay_release(overlay);
    FUZZ_HOLDS(unfix_correct(context, rest, size, result, NULL) == UNFIX_OK);
    unfix_context_free(context);
    fuzz_splice(rest, size, result);
    /* A file may be called anything. */
    memcpy(name, words, n < sizeof name ? n : sizeof name - 1);
    report(name, result);
    return 0;
}
