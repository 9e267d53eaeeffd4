/* SPDX-License-Identifier: MPL-2.0 */
/* A report as people hand it back, and a text, parted by a form feed: whatever
 * it says, what --apply makes of the text --revert takes back. */
#include "fuzz.h"

#include "apply.h"

/* Neither may the report be made of a text that its repairs do not fit. */
static void
there_and_back(const struct reported_files *files, const struct buffer *text)
{
    struct buffer out = {0}, back = {0};
    const char *name = files->items[0].name;

    /* A file that is there several times goes back all the way. */
    if (apply_report(files, APPLY_FORWARD, name, text, &out) &&
        files->count == 1) {
        FUZZ_HOLDS(apply_report(files, APPLY_BACK, name, &out, &back));
        FUZZ_HOLDS(back.length == text->length &&
                   (text->length == 0 ||
                    memcmp(back.data, text->data, text->length) == 0));
    }
    buffer_clear(&out);
    if (apply_report(files, APPLY_BACK, name, text, &out))
        FUZZ_HOLDS(apply_report(files, APPLY_FORWARD, name, &out, &back));
    buffer_free(&out);
    buffer_free(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *report = (const char *)data;
    const char *end = size > 0 ? memchr(report, '\f', size) : NULL;
    size_t length = end != NULL ? (size_t)(end - report) : size;
    struct reported_files files;
    struct buffer text = {0};

    if (end != NULL)
        buffer_append(&text, end + 1, size - length - 1);
    if (read_report_text(&files, "report", report, length))
        there_and_back(&files, &text);
    read_report_free(&files);
    buffer_free(&text);
    return 0;
}
