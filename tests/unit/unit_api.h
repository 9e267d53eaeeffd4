/* SPDX-License-Identifier: MPL-2.0 */
/* What the tests of the public API share. */
#ifndef UFX_TESTS_UNIT_API_H
#define UFX_TESTS_UNIT_API_H

#include "base/buffer.h"

#include "small_model.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- A model of a few words ---- */

static const struct small_word api_words[] = {
    {"agua", 70, UFX_WORD_KNOWN},
    {"asamblea", 60, UFX_WORD_KNOWN},
    {"cooperación", 70, UFX_WORD_KNOWN},
    {"cooperation", 100, UFX_WORD_FOREIGN},
    {"de", 15, UFX_WORD_KNOWN},
    {"general", 60, UFX_WORD_KNOWN},
    {"internacional", 60, UFX_WORD_KNOWN},
    {"la", 15, UFX_WORD_KNOWN},
    {"sesión", 65, UFX_WORD_KNOWN},
    {"órganos", 75, UFX_WORD_KNOWN},
};

static const char *const api_rules[] = {
    "é\tó\t3.5",
    "6\tó\t3.5\tstart",
    "o\tó\t3",
    "\tó\t6",
};

static const struct ufx_mark_rule api_marks[] = {{'~', 0, 2000}};

static const char *const api_forms[] = {"figure\tl\t1", "part\tA\t/",
                                        "part\tCN\t.",  "part\tCONF\t.",
                                        "part\tE\t/",   "part\tRES"};

static const struct small_facts api_facts = {
    .words = api_words,
    .word_count = sizeof api_words / sizeof *api_words,
    .rules = api_rules,
    .rule_count = sizeof api_rules / sizeof *api_rules,
    .marks = api_marks,
    .mark_count = sizeof api_marks / sizeof *api_marks,
    .forms = api_forms,
    .form_count = sizeof api_forms / sizeof *api_forms,
};

struct api {
    void *image;
    unfix_model *model;
    unfix_context *context;
    unfix_result *result;
};

/* Opens the model of a few words; the context is the test's affair. */
static inline void
api_begin(struct api *api)
{
    size_t length;

    memset(api, 0, sizeof *api);
    api->image = small_image(&api_facts, &length);
    ck_assert_int_eq(
        unfix_model_load_memory(api->image, length, NULL, &api->model, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &api->result), UNFIX_OK);
}

static inline void
api_end(struct api *api)
{
    unfix_result_free(api->result);
    unfix_context_free(api->context);
    unfix_model_release(api->model);
    free(api->image);
}

/* The repaired text. */
static inline const char *
api_correct(struct api *api, const char *text)
{
    if (api->context == NULL)
        ck_assert_int_eq(unfix_context_new(api->model, NULL, NULL, NULL,
                                           &api->context, NULL),
                         UNFIX_OK);
    ck_assert_int_eq(
        unfix_correct(api->context, text, strlen(text), api->result, NULL),
        UNFIX_OK);
    return unfix_result_text(api->result, NULL);
}

/* ---- What holds of every result ---- */

/* Corrections are sorted and apart; spliced into the input, the applied ones
 * give the output.  `input` are all bytes before the end of what the result
 * covers; of them it covers those from *at on, and of the output those from
 * *out_at; both move on. */
static inline void
api_check(const char *input, size_t end, const unfix_result *result,
          uint64_t *at, uint64_t *out_at)
{
    size_t length, out = 0, i;
    const char *text = unfix_result_text(result, &length);

    ck_assert_int_eq(text[length], '\0');
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        const char *put =
            c->verdict == UNFIX_APPLIED ? c->replacement : c->original;
        size_t put_length = c->verdict == UNFIX_APPLIED ? c->replacement_length
                                                        : c->original_length;

        if (c->offset < *at || c->offset > end || c->length > end - c->offset)
            ck_abort_msg("correction %zu at %" PRIu64 "+%" PRIu64
                         " overlaps or is out of bounds",
                         i, c->offset, c->length);
        if (c->offset - *at > length - out ||
            memcmp(text + out, input + *at, (size_t)(c->offset - *at)) != 0)
            ck_abort_msg("bytes differ before correction %zu", i);
        out += (size_t)(c->offset - *at);
        if (c->out_offset != *out_at + out || c->out_length != put_length)
            ck_abort_msg("correction %zu is not at %" PRIu64 " of the output",
                         i, c->out_offset);
        if (c->length != c->original_length ||
            memcmp(c->original, input + c->offset, c->original_length) != 0 ||
            c->original[c->original_length] != '\0' ||
            c->replacement[c->replacement_length] != '\0')
            ck_abort_msg("correction %zu has another original", i);
        if (put_length > length - out ||
            memcmp(text + out, put, put_length) != 0)
            ck_abort_msg("correction %zu is not in the output", i);
        if (c->confidence > 1000 || c->kind >= UNFIX_CLASS_COUNT ||
            c->reason == NULL || c->reason[0] == '\0')
            ck_abort_msg("correction %zu is not described", i);
        out += put_length;
        *at = c->offset + c->length;
    }
    if (length - out != end - *at ||
        memcmp(text + out, input + *at, length - out) != 0)
        ck_abort_msg("bytes differ after the last correction");
    *at = end;
    *out_at += length;
}

static inline void
api_check_whole(const char *input, size_t length, const unfix_result *result)
{
    uint64_t at = 0, out_at = 0;

    api_check(input, length, result, &at, &out_at);
}

/* ---- Results as text, to be compared ---- */

static inline void
api_print(struct ufx_buffer *out, const char *text, size_t length)
{
    ufx_buffer_append_byte(out, '[');
    ufx_buffer_append(out, text, length);
    ufx_buffer_append_byte(out, ']');
}

/* Appends all that the corrections say. */
static inline void
api_dump(struct ufx_buffer *out, const unfix_result *result)
{
    size_t i, k;

    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        char line[300];
        int n = snprintf(line, sizeof line,
                         "%" PRIu64 "+%" PRIu64 " %" PRIu64 "+%" PRIu64
                         " %u %d %d %d %d %d %u %u %u %u %s",
                         c->offset, c->length, c->out_offset, c->out_length,
                         (unsigned)c->confidence, (int)c->score,
                         (int)c->verdict, (int)c->kind, (int)c->channel_cost,
                         (int)c->context_gain, (unsigned)c->known_before,
                         (unsigned)c->known_after, (unsigned)c->seen_before,
                         (unsigned)c->seen_after, c->reason);

        ck_assert(n > 0 && (size_t)n < sizeof line);
        ufx_buffer_append(out, line, (size_t)n);
        api_print(out, c->original, c->original_length);
        api_print(out, c->replacement, c->replacement_length);
        for (k = 0; k < c->alternative_count; k++) {
            api_print(out, c->alternatives[k].text, c->alternatives[k].length);
            n = snprintf(line, sizeof line, "%u",
                         (unsigned)c->alternatives[k].confidence);
            ufx_buffer_append(out, line, (size_t)n);
        }
        ufx_buffer_append_byte(out, '\n');
    }
}

/* Text and corrections of a whole document, or of the pieces of a stream. */
struct api_record {
    struct ufx_buffer text;
    struct ufx_buffer corrections;
};

static inline void
api_record_init(struct api_record *record)
{
    struct ufx_memory memory = ufx_memory_from(NULL);

    ufx_buffer_init(&record->text, &memory);
    ufx_buffer_init(&record->corrections, &memory);
    ufx_buffer_append(&record->text, "", 0);
    ufx_buffer_append(&record->corrections, "", 0);
}

static inline void
api_record_clear(struct api_record *record)
{
    ufx_buffer_clear(&record->text);
    ufx_buffer_clear(&record->corrections);
}

static inline void
api_record_free(struct api_record *record)
{
    ufx_buffer_free(&record->text);
    ufx_buffer_free(&record->corrections);
}

static inline void
api_record_add(struct api_record *record, const unfix_result *result)
{
    size_t length;
    const char *text = unfix_result_text(result, &length);

    ufx_buffer_append(&record->text, text, length);
    api_dump(&record->corrections, result);
}

/* The same as a stream's callback. */
static inline int
api_record_callback(void *user, const unfix_result *result)
{
    api_record_add(user, result);
    return 0;
}

static inline bool
api_record_equal(const struct api_record *a, const struct api_record *b)
{
    return a->text.length == b->text.length &&
           memcmp(a->text.data, b->text.data, a->text.length) == 0 &&
           a->corrections.length == b->corrections.length &&
           memcmp(a->corrections.data, b->corrections.data,
                  a->corrections.length) == 0;
}

#endif
