/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "input.h"

#include "messages.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_replaceable(const char *name, const struct stat *status)
{
    if (S_ISREG(status->st_mode))
        return true;
    message_error(name, "%s",
                  S_ISDIR(status->st_mode) ? strerror(EISDIR)
                                           : "not a regular file");
    return false;
}

/* Where its replacement is to appear. */
static bool
find_target(struct input *input)
{
    input->target = realpath(input->name, NULL);
    if (input->target != NULL)
        return true;
    message_error(input->name, "%s", strerror(errno));
    return false;
}

bool
input_open(struct input *input, const char *path, bool is_to_be_replaced)
{
    const bool is_standard = strcmp(path, "-") == 0;
    struct stat status;

    *input = (struct input){.descriptor = STDIN_FILENO,
                            .name = is_standard ? "(stdin)" : path};
    /* To open a pipe would be to wait for somebody who writes into it. */
    if (is_to_be_replaced && stat(path, &status) == 0 &&
        !is_replaceable(path, &status))
        return false;
    /* It may become a pipe right now. */
    if (!is_standard)
        input->descriptor =
            open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
                           (is_to_be_replaced ? O_NONBLOCK : 0));
    if (input->descriptor < 0 || fstat(input->descriptor, &status) != 0) {
        message_error(input->name, "%s", strerror(errno));
        return false;
    }
    input->identity = identity_of_status(&status);
    if (!is_to_be_replaced ||
        (is_replaceable(path, &status) && find_target(input)))
        return true;
    input_close(input);
    return false;
}

static ssize_t
read_block(int descriptor, char *block)
{
    ssize_t got;

    do {
        got = read(descriptor, block, INPUT_BLOCK);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Trouble shows again when it is read in earnest. */
void
input_classify(struct input *input)
{
    const off_t start = lseek(input->descriptor, 0, SEEK_CUR);
    char block[INPUT_BLOCK];
    ssize_t got;

    if (input->is_classified)
        return;
    input->is_classified = true;
    if (!input->identity.is_regular || start < 0) {
        got = read_block(input->descriptor, block);
        if (got <= 0)
            return;
        buffer_append(&input->head, block, (size_t)got);
        content_add(&input->content, block, (size_t)got);
        return;
    }
    while (!input->content.is_settled &&
           (got = read_block(input->descriptor, block)) > 0) {
        content_add(&input->content, block, (size_t)got);
        sample_add(&input->sample, block, (size_t)got);
    }
    input->is_sampled = true;
    lseek(input->descriptor, start, SEEK_SET);
}

/* What was read to see what it is. */
static void
give_head(struct input *input, char *block, size_t *length)
{
    memcpy(block, input->head.data, input->head.length);
    *length = input->head.length;
    buffer_free(&input->head);
}

bool
input_read(struct input *input, char *block, size_t *length)
{
    ssize_t got;

    if (input->head.failed) {
        message_error(input->name, "%s", strerror(ENOMEM));
        return false;
    }
    if (input->head.length > 0) {
        give_head(input, block, length);
        return true;
    }
    got = read_block(input->descriptor, block);
    if (got < 0) {
        message_error(input->name, "%s", strerror(errno));
        return false;
    }
    *length = (size_t)got;
    return true;
}

bool
input_is_ready(const struct input *input, int patience)
{
    struct pollfd poller = {.fd = input->descriptor, .events = POLLIN};

    /* Trouble shows in the read. */
    return input->head.length > 0 || poll(&poller, 1, patience) != 0;
}

static bool
get_size(const char *path, uint64_t *size)
{
    struct stat status;
    const int failed = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &status)
                                              : stat(path, &status);

    if (failed != 0 || !S_ISREG(status.st_mode))
        return false;
    *size = (uint64_t)status.st_size;
    return true;
}

bool
input_is_regular(const char *path)
{
    uint64_t size;

    return get_size(path, &size);
}

uint64_t
input_total_size(const char *const *paths, size_t count)
{
    uint64_t total = 0, size;

    for (size_t i = 0; i < count; i++) {
        if (!get_size(paths[i], &size))
            return 0;
        total += size;
    }
    return total;
}

void
input_close(struct input *input)
{
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
    input->descriptor = -1;
    free(input->target);
    input->target = NULL;
    buffer_free(&input->head);
    sample_free(&input->sample);
}

bool
input_read_all(struct input *input, size_t most, struct buffer *buffer)
{
    const size_t start = buffer->length;
    char block[INPUT_BLOCK];
    size_t length;
    bool good;

    do {
        good = input_read(input, block, &length);
        if (good)
            buffer_append(buffer, block, length);
        if (buffer->length - start > most) {
            message_error(input->name, "longer than %zu MiB",
                          most / (1024 * 1024));
            good = false;
        }
    } while (good && length > 0 && !buffer->failed);
    if (buffer->failed)
        message_error(input->name, "%s", strerror(ENOMEM));
    return good && !buffer->failed;
}

bool
input_slurp(const char *path, size_t most, struct buffer *buffer)
{
    struct input input;
    bool good;

    if (!input_open(&input, path, false))
        return false;
    good = input_read_all(&input, most, buffer);
    input_close(&input);
    return good;
}
