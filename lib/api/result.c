/* SPDX-License-Identifier: MPL-2.0 */
/* What callers read of a result; lib/repair writes it. */
#include "repair/result.h"

unfix_status
unfix_result_new(const unfix_allocator *allocator, unfix_result **result)
{
    struct ufx_memory memory = ufx_memory_from(allocator);

    if (result == NULL)
        return UNFIX_ERROR_ARGUMENT;
    *result = ufx_memory_allocate_zero(&memory, sizeof **result);
    if (*result == NULL)
        return UNFIX_ERROR_MEMORY;
    (*result)->memory = memory;
    ufx_arena_init(&(*result)->arena, &memory);
    ufx_buffer_init(&(*result)->text, &memory);
    return UNFIX_OK;
}

void
unfix_result_free(unfix_result *result)
{
    struct ufx_memory memory;

    if (result == NULL)
        return;
    memory = result->memory;
    ufx_arena_free(&result->arena);
    ufx_buffer_free(&result->text);
    ufx_corrections_free(&result->corrections, &memory);
    ufx_memory_free(&memory, result, sizeof *result);
}

const char *
unfix_result_text(const unfix_result *result, size_t *length)
{
    if (length != NULL)
        *length = result->text.length;
    return result->text.data == NULL ? "" : result->text.data;
}

size_t
unfix_result_correction_count(const unfix_result *result)
{
    return result->corrections.count;
}

const unfix_correction *
unfix_result_correction(const unfix_result *result, size_t index)
{
    return index < result->corrections.count ? &result->corrections.list[index]
                                             : NULL;
}

uint64_t
unfix_result_word_count(const unfix_result *result)
{
    return result->words;
}

uint64_t
unfix_result_unsearched(const unfix_result *result)
{
    return result->unsearched;
}

uint32_t
unfix_result_bar(const unfix_result *result, unfix_class c)
{
    return (unsigned)c < UNFIX_CLASS_COUNT ? result->bar[c] : UNFIX_BAR_NONE;
}

uint64_t
unfix_result_expected_harm(const unfix_result *result)
{
    uint64_t harm = 0;
    size_t i;

    for (i = 0; i < result->corrections.count; i++) {
        const unfix_correction *c = &result->corrections.list[i];

        if (c->verdict == UNFIX_APPLIED)
            harm += 1000 - c->confidence;
    }
    return harm;
}

void
unfix_result_move(unfix_result *result, uint64_t input, uint64_t output)
{
    size_t i;

    if (result == NULL)
        return;
    for (i = 0; i < result->corrections.count; i++) {
        result->corrections.list[i].offset += input;
        result->corrections.list[i].out_offset += output;
    }
}
