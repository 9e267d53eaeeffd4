/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"

#include <string.h>

/* More words tell nothing more. */
#define SAMPLE_MOST ((size_t)1024 * 1024)

/* Longer stretches without a blank are no words, but tell whether they are
 * UTF-8. */
#define WORD_LONGEST ((size_t)4096)

static bool
has_mark(const char *bytes, size_t length)
{
    return length >= 2 &&
           (memcmp(bytes, "\xff\xfe", 2) == 0 ||
            memcmp(bytes, "\xfe\xff", 2) == 0 ||
            (length >= 4 && memcmp(bytes, "\0\0\xfe\xff", 4) == 0));
}

static void
end_word(struct sample *sample)
{
    if (sample->is_high) {
        buffer_append(&sample->bytes, sample->word.data, sample->word.length);
        buffer_append(&sample->bytes, " ", 1);
    }
    buffer_clear(&sample->word);
    sample->is_high = false;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* A stretch of one sort: blanks, or what is none. */
static size_t
stretch_length(const char *bytes, size_t length)
{
    size_t n = 1;

    while (n < length && is_blank(bytes[n]) == is_blank(bytes[0]))
        n++;
    return n;
}

static bool
is_beyond_ascii(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] >= 0x80)
            return true;
    }
    return false;
}

void
sample_add(struct sample *sample, const char *bytes, size_t length)
{
    if (!sample->has_begun && length > 0) {
        sample->has_begun = true;
        sample->is_marked = has_mark(bytes, length);
        if (sample->is_marked)
            buffer_append(&sample->bytes, bytes, length < 4 ? length : 4);
    }
    for (size_t at = 0, n; at < length && !sample->is_marked &&
                           sample->bytes.length < SAMPLE_MOST;
         at += n) {
        n = stretch_length(bytes + at, length - at);
        if (is_blank(bytes[at])) {
            end_word(sample);
            continue;
        }
        sample->is_high |= is_beyond_ascii(bytes + at, n);
        buffer_append(&sample->word, bytes + at, n);
        if (sample->word.length > WORD_LONGEST)
            end_word(sample);
    }
}

bool
sample_encoding(struct sample *sample, const unfix_model *model,
                const char **name)
{
    unfix_status status;

    end_word(sample);
    if (sample->bytes.failed || sample->word.failed)
        return false;
    status = unfix_encoding_detect(
        model, sample->bytes.length > 0 ? sample->bytes.data : "",
        sample->bytes.length, name, NULL);
    return status == UNFIX_OK;
}

void
sample_free(struct sample *sample)
{
    buffer_free(&sample->bytes);
    buffer_free(&sample->word);
    *sample = (struct sample){0};
}
