/* SPDX-License-Identifier: MPL-2.0 */
#include "api/objects.h"

#include <string.h>

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

void
ufx_result_clear(unfix_result *result, uint64_t input_offset,
                 uint64_t output_offset)
{
    ufx_arena_reset(&result->arena);
    ufx_buffer_clear(&result->text);
    result->corrections.count = 0;
    result->input_offset = input_offset;
    result->output_offset = output_offset;
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
