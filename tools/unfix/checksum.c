/* SPDX-License-Identifier: MPL-2.0 */
#include "checksum.h"

#include "input.h"

#include <stdint.h>

void
checksum_begin(struct checksum *checksum)
{
    SHA256Init(&checksum->state);
    checksum->length = 0;
}

void
checksum_add(struct checksum *checksum, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    SHA256Update(&checksum->state, (const uint8_t *)bytes, length);
    checksum->length += length;
}

void
checksum_end(struct checksum *checksum, char *text)
{
    SHA256End(&checksum->state, text);
}

void
checksum_of(const char *bytes, size_t length, char *text)
{
    struct checksum checksum;

    checksum_begin(&checksum);
    checksum_add(&checksum, bytes, length);
    checksum_end(&checksum, text);
}

bool
checksum_of_file(const char *path, char *text)
{
    struct checksum checksum;
    struct input input;
    char block[INPUT_BLOCK];
    size_t length;
    bool good;

    if (!input_open(&input, path, false))
        return false;
    checksum_begin(&checksum);
    do {
        good = input_read(&input, block, &length);
        if (good)
            checksum_add(&checksum, block, length);
    } while (good && length > 0);
    checksum_end(&checksum, text);
    input_close(&input);
    return good;
}
