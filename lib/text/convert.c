/* SPDX-License-Identifier: MPL-2.0 */
#include "text/convert.h"

#include <unicode/ucnv.h>

/* Converted at a time. */
#define PIECE 4096

struct pair {
    UConverter *to;
    UConverter *from;
};

static unfix_status
open_strict(const char *name, UConverter **converter)
{
    UErrorCode error = U_ZERO_ERROR;

    *converter = ucnv_open(name, &error);
    if (error == U_MEMORY_ALLOCATION_ERROR)
        return UNFIX_ERROR_MEMORY;
    if (U_FAILURE(error) || *converter == NULL)
        return UNFIX_ERROR_ARGUMENT;
    ucnv_setToUCallBack(*converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL,
                        &error);
    ucnv_setFromUCallBack(*converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL,
                          NULL, &error);
    return U_SUCCESS(error) ? UNFIX_OK : UNFIX_ERROR_EXTERNAL;
}

static unfix_status
convert_all(const struct pair *pair, const char *text, size_t length,
            struct ufx_buffer *out, size_t *at)
{
    UChar pivot[PIECE], *pivot_source = pivot, *pivot_target = pivot;
    const char *source = text, *end = text + length;
    char piece[PIECE];
    UErrorCode error;
    UBool reset = 1;

    do {
        char *target = piece;

        error = U_ZERO_ERROR;
        ucnv_convertEx(pair->to, pair->from, &target, piece + sizeof piece,
                       &source, end, pivot, &pivot_source, &pivot_target,
                       pivot + PIECE, reset, 1, &error);
        reset = 0;
        ufx_buffer_append(out, piece, (size_t)(target - piece));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (at != NULL)
        *at = (size_t)(source - text);
    if (out->failed || error == U_MEMORY_ALLOCATION_ERROR)
        return UNFIX_ERROR_MEMORY;
    return U_SUCCESS(error) ? UNFIX_OK : UNFIX_ERROR_FORMAT;
}

unfix_status
ufx_convert(const char *to, const char *from, const char *text, size_t length,
            struct ufx_buffer *out, size_t *at)
{
    struct pair pair = {NULL, NULL};
    unfix_status status = open_strict(to, &pair.to);

    if (status == UNFIX_OK)
        status = open_strict(from, &pair.from);
    if (status == UNFIX_OK)
        status = convert_all(&pair, text, length, out, at);
    ucnv_close(pair.to);
    ucnv_close(pair.from);
    return status;
}
