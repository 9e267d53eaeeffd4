/* SPDX-License-Identifier: MPL-2.0 */
/* Bytes in other encodings than UTF-8, and the way back into them. */
#include "api/objects.h"

#include "base/status.h"
#include "lang/charsets.h"
#include "text/chars.h"
#include "text/convert.h"
#include "text/text.h"

#include <string.h>

/* Of characters beyond ASCII so many must be UTF-8 for one that is not, in a
 * text that is UTF-8 and was damaged. */
#define UTF8_SHARE 4

struct unfix_encoding {
    struct ufx_memory memory;
    struct ufx_converter *converter;
    char *name;
    struct ufx_decoded decoded;
    struct ufx_buffer encoded;
};

static unfix_encoding *
allocate(const struct ufx_memory *memory, const char *name)
{
    size_t size = strlen(name) + 1;
    unfix_encoding *e = ufx_memory_allocate_zero(memory, sizeof *e);

    if (e == NULL)
        return NULL;
    e->memory = *memory;
    e->decoded.memory = *memory;
    ufx_buffer_init(&e->decoded.text, memory);
    ufx_buffer_init(&e->encoded, memory);
    e->name = ufx_memory_allocate(memory, size);
    if (e->name == NULL) {
        ufx_memory_free(memory, e, sizeof *e);
        return NULL;
    }
    memcpy(e->name, name, size);
    return e;
}

unfix_status
unfix_encoding_new(const char *name, const unfix_allocator *allocator,
                   unfix_encoding **encoding, unfix_error *error)
{
    struct ufx_memory memory = ufx_memory_from(allocator);
    unfix_encoding *e;
    unfix_status status;

    if (encoding == NULL)
        return ufx_status_argument(error, "encoding is NULL");
    *encoding = NULL;
    if (name == NULL)
        return ufx_status_argument(error, "name is NULL");
    e = allocate(&memory, name);
    if (e == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    status = ufx_converter_open(name, &e->converter);
    if (status == UNFIX_OK) {
        *encoding = e;
        return UNFIX_OK;
    }
    unfix_encoding_free(e);
    return status == UNFIX_ERROR_ARGUMENT
               ? ufx_status_set(error, status, "no encoding that is read", name)
               : ufx_fail(error, status);
}

void
unfix_encoding_free(unfix_encoding *encoding)
{
    struct ufx_memory memory;

    if (encoding == NULL)
        return;
    memory = encoding->memory;
    ufx_converter_close(encoding->converter);
    ufx_memory_free(&memory, encoding->name, strlen(encoding->name) + 1);
    ufx_buffer_free(&encoding->decoded.text);
    ufx_memory_free(&memory, encoding->decoded.origins,
                    encoding->decoded.capacity *
                        sizeof *encoding->decoded.origins);
    ufx_buffer_free(&encoding->encoded);
    ufx_memory_free(&memory, encoding, sizeof *encoding);
}

const char *
unfix_encoding_name(const unfix_encoding *encoding)
{
    return encoding->name;
}

unfix_status
unfix_decode(unfix_encoding *encoding, const char *bytes, size_t length,
             unfix_error *error)
{
    unfix_status status;

    if (encoding == NULL)
        return ufx_status_argument(error, "encoding is NULL");
    if (bytes == NULL && length > 0)
        return ufx_status_argument(error,
                                   "bytes is NULL and its length is not 0");
    if (length >= UINT32_MAX)
        return ufx_fail(error, UNFIX_ERROR_LIMIT);
    status = ufx_converter_decode(encoding->converter, length > 0 ? bytes : "",
                                  length, &encoding->decoded);
    if (status == UNFIX_OK)
        return UNFIX_OK;
    ufx_buffer_clear(&encoding->decoded.text);
    if (status == UNFIX_ERROR_FORMAT)
        return ufx_status_set_at(error, status, "the bytes are no",
                                 encoding->name, encoding->decoded.taken, 0);
    return ufx_fail(error, status);
}

const char *
unfix_encoding_text(const unfix_encoding *encoding, size_t *length)
{
    const struct ufx_buffer *text = &encoding->decoded.text;

    if (length != NULL)
        *length = text->length;
    return text->length > 0 ? text->data : "";
}

uint64_t
unfix_encoding_offset(const unfix_encoding *encoding, uint64_t offset)
{
    const struct ufx_decoded *decoded = &encoding->decoded;

    return offset < decoded->text.length ? decoded->origins[offset]
                                         : decoded->taken;
}

unfix_status
unfix_encode(unfix_encoding *encoding, const char *text, size_t length,
             const char **bytes, size_t *bytes_length, unfix_error *error)
{
    struct ufx_buffer *out;
    unfix_status status;

    if (encoding == NULL || bytes == NULL || bytes_length == NULL)
        return ufx_status_argument(error,
                                   "encoding, bytes or bytes_length is NULL");
    if (text == NULL && length > 0)
        return ufx_status_argument(error,
                                   "text is NULL and its length is not 0");
    out = &encoding->encoded;
    ufx_buffer_clear(out);
    status = ufx_converter_encode(encoding->converter, text, length, out);
    if (status == UNFIX_ERROR_FORMAT)
        return ufx_status_set(error, status, "cannot be written in",
                              encoding->name);
    if (status != UNFIX_OK)
        return ufx_fail(error, status);
    *bytes = out->length > 0 ? out->data : "";
    *bytes_length = out->length;
    return UNFIX_OK;
}

/* ---- Which it is ---- */

static const char *
marked_encoding(const char *bytes, size_t length)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *name;
    } marks[] = {{"\xFF\xFE\0\0", 4, "UTF-32LE"},
                 {"\0\0\xFE\xFF", 4, "UTF-32BE"},
                 {"\xFF\xFE", 2, "UTF-16LE"},
                 {"\xFE\xFF", 2, "UTF-16BE"}};
    size_t i;

    for (i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length &&
            memcmp(bytes, marks[i].mark, marks[i].length) == 0)
            return marks[i].name;
    return NULL;
}

/* Counts what is beyond ASCII: characters of UTF-8, and bytes that are none. */
static void
count_utf8(const char *bytes, size_t length, uint64_t *valid, uint64_t *invalid)
{
    size_t i = 0, size;

    *valid = *invalid = 0;
    while (i < length) {
        uint32_t cp = ufx_text_decode(bytes + i, length - i, &size);

        *valid += cp >= 0x80 && cp < UFX_CHAR_OPAQUE;
        *invalid += cp >= UFX_CHAR_OPAQUE;
        i += size;
    }
}

unfix_status
unfix_encoding_detect(const unfix_model *model, const char *bytes,
                      size_t length, const char **name, unfix_error *error)
{
    uint64_t valid, invalid;
    unfix_status status;

    if (name == NULL)
        return ufx_status_argument(error, "name is NULL");
    *name = NULL;
    if (model == NULL)
        return ufx_status_argument(error, "model is NULL");
    if (bytes == NULL && length > 0)
        return ufx_status_argument(error,
                                   "bytes is NULL and its length is not 0");
    *name = marked_encoding(bytes, length);
    if (*name != NULL)
        return UNFIX_OK;
    count_utf8(bytes, length, &valid, &invalid);
    if (invalid == 0 || valid / UTF8_SHARE >= invalid) {
        *name = "UTF-8";
        return UNFIX_OK;
    }
    if (valid > 0)
        return UNFIX_OK;
    status = ufx_charsets_guess(&model->language, &model->memory, bytes, length,
                                name);
    return status == UNFIX_OK ? status : ufx_fail(error, status);
}
