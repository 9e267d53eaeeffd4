/* SPDX-License-Identifier: MPL-2.0 */
/* SHA-256 (FIPS 180-4), as sha256sum(1) prints it. */
#ifndef UNFIX_TOOL_CHECKSUM_H
#define UNFIX_TOOL_CHECKSUM_H

#include <sha2.h>
#include <stdbool.h>
#include <stddef.h>

/* Figures and a NUL. */
#define CHECKSUM_SIZE ((size_t)SHA256_DIGEST_STRING_LENGTH)

struct checksum {
    SHA2_CTX state;
    size_t length; /* bytes so far */
};

void checksum_begin(struct checksum *checksum);
void checksum_add(struct checksum *checksum, const char *bytes, size_t length);

/* `text` has CHECKSUM_SIZE bytes.  After it, checksum_begin() comes again. */
void checksum_end(struct checksum *checksum, char *text);

/* All at once. */
void checksum_of(const char *bytes, size_t length, char *text);

/* That of a whole file; false, and said so, if it cannot be read. */
bool checksum_of_file(const char *path, char *text);

#endif
