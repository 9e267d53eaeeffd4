/* SPDX-License-Identifier: MPL-2.0 */
/* A document in pieces gives what it gives in one.  The first four bytes tell
 * how it is cut. */
#include "fuzz.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "text/text.h"

struct taken {
    struct ufx_buffer text;
    size_t corrections;
    const unfix_result *whole;
};

static int
take(void *user, const unfix_result *piece)
{
    struct taken *taken = user;
    size_t length, i;
    const char *text = unfix_result_text(piece, &length);

    ufx_buffer_append(&taken->text, text, length);
    for (i = 0; i < unfix_result_correction_count(piece); i++) {
        const unfix_correction *a = unfix_result_correction(piece, i);
        const unfix_correction *b =
            unfix_result_correction(taken->whole, taken->corrections++);

        FUZZ_HOLDS(b != NULL);
        FUZZ_HOLDS(a->offset == b->offset && a->length == b->length);
        FUZZ_HOLDS(a->out_offset == b->out_offset);
        FUZZ_HOLDS(a->confidence == b->confidence && a->kind == b->kind);
        FUZZ_HOLDS(a->verdict == b->verdict && a->score == b->score);
        FUZZ_HOLDS(strcmp(a->replacement, b->replacement) == 0);
        FUZZ_HOLDS(a->alternative_count == b->alternative_count);
    }
    return 0;
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static void
feed(unfix_context *context, const char *text, size_t length, uint32_t seed,
     struct taken *taken)
{
    unfix_stream *stream;
    size_t at = 0, n, most = 1 + seed % 61;

    FUZZ_HOLDS(unfix_stream_new(context, take, taken, &stream) == UNFIX_OK);
    while (at < length) {
        n = next_random(&seed) % (most + 1);
        if (n > length - at)
            n = length - at;
        FUZZ_HOLDS(unfix_stream_feed(stream, text + at, n, NULL) == UNFIX_OK);
        at += n;
    }
    FUZZ_HOLDS(unfix_stream_finish(stream, NULL) == UNFIX_OK);
    unfix_stream_free(stream);
}

/* Repairing as much as a window holds takes too long here, so only the place of
 * its end is looked at: it is the same, or not yet known, when less of the text
 * is there. */
static void
check_window(const char *text, size_t length, uint32_t seed)
{
    enum {
        ROOM = UFX_WINDOW_HARD + 4096
    };
    static char page[ROOM];
    size_t at, n, whole, i;

    memset(page, "x \n-"[seed & 3], ROOM);
    /* The text stands where a window may end, twice. */
    n = length < 4096 ? length : 4096;
    at = UFX_WINDOW_SOFT - n / 2 + seed % 7;
    memcpy(page + at, text, n);
    at = UFX_WINDOW_HARD - n / 2 - seed % 7;
    memcpy(page + at, text, n);
    whole = ufx_text_window(page, ROOM, false);
    FUZZ_HOLDS(whole > 0 && whole <= UFX_WINDOW_HARD);
    FUZZ_HOLDS(ufx_text_window(page, ROOM, true) == whole);
    for (i = 0; i < 8; i++) {
        size_t less = next_random(&seed) % ROOM;
        struct ufx_window_scan scan = {0, 0, false};
        size_t end;

        if (i % 2 == 0)
            less = whole + less % 9 - 4;
        end = ufx_text_window_more(page, less, &scan);
        FUZZ_HOLDS(end == 0 || end == whole);
        FUZZ_HOLDS(end != 0 ||
                   ufx_text_window_more(page, ROOM, &scan) == whole);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unfix_result *whole;
    static unfix_context *context;
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct taken taken = {.corrections = 0};
    const char *text, *expected;
    size_t length;
    uint32_t seed;

    if (size < 4)
        return 0;
    if (whole == NULL) {
        whole = fuzz_result();
        FUZZ_HOLDS(unfix_context_new(fuzz_model(), NULL, NULL, NULL, &context,
                                     NULL) == UNFIX_OK);
    }
    memcpy(&seed, data, sizeof seed);
    text = (const char *)data + 4;
    length = size - 4;
    FUZZ_HOLDS(unfix_correct(context, text, length, whole, NULL) == UNFIX_OK);
    fuzz_splice(text, length, whole);
    taken.whole = whole;
    ufx_buffer_init(&taken.text, &memory);
    feed(context, text, length, seed, &taken);
    expected = unfix_result_text(whole, &length);
    FUZZ_HOLDS(taken.text.length == length);
    FUZZ_HOLDS(length == 0 || memcmp(taken.text.data, expected, length) == 0);
    FUZZ_HOLDS(taken.corrections == unfix_result_correction_count(whole));
    ufx_buffer_free(&taken.text);
    check_window(text, size - 4, seed);
    return 0;
}
