/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700

#include "output.h"

#include "backup.h"
#include "messages.h"
#include "process.h"
#include "shown.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening ---------------------------------------------------- */

/* The descriptor that a name stands for, or -1.  Opening /dev/stdout anew
 * would lose the place in a file that the shell opened to append to. */
static int
named_descriptor(const char *path)
{
    static const char folder[] = "/dev/fd/";
    char *end;
    long number;

    if (path == NULL || strcmp(path, "-") == 0 ||
        strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    if (strncmp(path, folder, sizeof(folder) - 1) != 0)
        return -1;
    number = strtol(path + sizeof(folder) - 1, &end, 10);
    return *end == '\0' && number >= 0 && number <= INT_MAX ? (int)number : -1;
}

bool
output_is_direct(const char *path)
{
    return named_descriptor(path) >= 0;
}

/* Says why the output cannot go on, the first time. */
static void
fail_output(struct output *output, int error)
{
    if (!output->failed)
        message_error(output->name, "%s", strerror(error));
    output->failed = true;
}

static bool
open_stream(struct output *output, int descriptor)
{
    if (descriptor >= 0)
        output->stream = fdopen(descriptor, "w");
    if (output->stream == NULL) {
        fail_output(output, errno);
        if (descriptor >= 0)
            close(descriptor);
        return false;
    }
    output->is_terminal = isatty(fileno(output->stream)) == 1;
    return true;
}

/* "FOLDER/.unfix.XXXXXX", in the folder of `path`. */
static char *
make_temporary_name(const char *path)
{
    static const char pattern[] = ".unfix.XXXXXX";
    const char *slash = strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    char *name = malloc(folder + sizeof(pattern));

    if (name == NULL)
        return NULL;
    memcpy(name, path, folder);
    memcpy(name + folder, pattern, sizeof(pattern));
    return name;
}

static int
create_temporary(struct output *output)
{
    sigset_t old;
    int descriptor;

    process_hold_signals(&old);
    descriptor = mkstemp(output->temporary);
    if (descriptor >= 0 && !process_add_temporary(output->temporary)) {
        unlink(output->temporary);
        close(descriptor);
        descriptor = -1;
        errno = EMFILE;
    }
    process_release_signals(&old);
    return descriptor;
}

/* Takes `target`, which is from malloc(). */
static int
open_temporary(struct output *output, char *target)
{
    int descriptor;

    output->target = target;
    output->temporary = make_temporary_name(target);
    if (output->temporary == NULL) {
        fail_output(output, ENOMEM);
        return -1;
    }
    descriptor = create_temporary(output);
    if (descriptor < 0) {
        message_error(output->name,
                      "cannot make a temporary file in its folder: %s",
                      strerror(errno));
        output->failed = true;
        free(output->temporary);
        output->temporary = NULL;
    }
    return descriptor;
}

/* Renaming needs no permission on the old file, but whoever took the right to
 * write from it meant it. */
static bool
may_write(const char *path)
{
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (descriptor < 0)
        return false;
    close(descriptor);
    return true;
}

static bool
open_new_file(struct output *output, const char *path)
{
    const mode_t mask = umask(0);
    struct stat link;
    char *target;
    int descriptor;

    umask(mask);
    if (lstat(path, &link) == 0) {
        message_error(path, "symbolic link to nothing");
        output->failed = true;
        return false;
    }
    target = strdup(path);
    if (target == NULL) {
        fail_output(output, ENOMEM);
        return false;
    }
    descriptor = open_temporary(output, target);
    if (descriptor < 0)
        return false;
    fchmod(descriptor, 0666 & ~mask);
    return open_stream(output, descriptor);
}

/* As a shell's redirection would, keeps the mode of a file that is there; the
 * owner if the system lets it. */
static bool
open_old_file(struct output *output, const char *path, const struct stat *old)
{
    mode_t mode = old->st_mode & 07777;
    char *target;
    int descriptor;

    target = may_write(path) ? realpath(path, NULL) : NULL;
    if (target == NULL) {
        fail_output(output, errno);
        return false;
    }
    descriptor = open_temporary(output, target);
    if (descriptor < 0)
        return false;
    /* Set-ID bits are not for another owner than the one who gave them. */
    if (fchown(descriptor, old->st_uid, old->st_gid) != 0)
        mode &= 0777;
    fchmod(descriptor, mode);
    return open_stream(output, descriptor);
}

/* A second descriptor, to be closed with errors seen. */
static int
duplicate(int number)
{
    const int flags = fcntl(number, F_GETFL);

    if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY) {
        errno = EBADF;
        return -1;
    }
    return fcntl(number, F_DUPFD_CLOEXEC, 3);
}

bool
output_open(struct output *output, const char *path)
{
    const int number = named_descriptor(path);
    struct stat old;

    *output = (struct output){.name = path};
    if (number == STDOUT_FILENO)
        output->name = "(stdout)";
    if (number >= 0)
        return open_stream(output, duplicate(number));
    if (stat(path, &old) != 0) {
        if (errno == ENOENT)
            return open_new_file(output, path);
        fail_output(output, errno);
        return false;
    }
    if (S_ISREG(old.st_mode))
        return open_old_file(output, path, &old);
    return open_stream(output, open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY));
}

bool
output_open_in_place(struct output *output, const struct input *input)
{
    struct stat old;
    char *target;
    int descriptor;

    *output = (struct output){.name = input->name, .replaced = input->identity};
    if (fstat(input->descriptor, &old) != 0) {
        fail_output(output, errno);
        return false;
    }
    target = may_write(input->target) ? strdup(input->target) : NULL;
    if (target == NULL) {
        fail_output(output, errno);
        return false;
    }
    descriptor = open_temporary(output, target);
    if (descriptor < 0)
        return false;
    /* The owner first: changing it clears the set-user-ID bits. */
    if (fchown(descriptor, old.st_uid, old.st_gid) != 0 ||
        fchmod(descriptor, old.st_mode & 07777) != 0) {
        message_error(input->name, "cannot keep its owner and mode: %s",
                      strerror(errno));
        close(descriptor);
        output->failed = true;
        return false;
    }
    return open_stream(output, descriptor);
}

/* So that the new name outlives a power cut.  Not every file system can do it,
 * and the file is in place by now, so failing means nothing. */
static void
sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder;
    int descriptor;

    if (slash == NULL)
        folder = strdup(".");
    else
        folder = strndup(path, (size_t)(slash - path) + 1);
    if (folder == NULL)
        return;
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

bool
output_open_journal(struct output *output, const char *path, bool is_kept)
{
    struct stat status;
    int descriptor;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return output_open(output, path);
    *output = (struct output){.name = path, .is_journal = true};
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (descriptor >= 0 && lockf(descriptor, F_TLOCK, 0) != 0 &&
        (errno == EACCES || errno == EAGAIN)) {
        message_error(path, "is being written by another process");
        close(descriptor);
        output->failed = true;
        return false;
    }
    if (!open_stream(output, descriptor))
        return false;
    if ((!is_kept && ftruncate(descriptor, 0) != 0) ||
        fseeko(output->stream, 0, SEEK_END) != 0)
        fail_output(output, errno);
    sync_folder(path);
    return !output->failed;
}

bool
output_is_compressed(const char *path)
{
    const size_t length = strlen(path);

    return length > 3 && strcmp(path + length - 3, ".gz") == 0;
}

void
output_compress(struct output *output)
{
    if (output->failed)
        return;
    output->gzip = gzip_new();
    if (output->gzip == NULL)
        fail_output(output, ENOMEM);
}

/* ---- writing ---------------------------------------------------- */

static bool
put_bytes(struct output *output, const char *bytes, size_t length)
{
    if (output->gzip != NULL)
        return gzip_write(output->gzip, output->stream, bytes, length);
    return fwrite(bytes, 1, length, output->stream) == length;
}

/* What was written so far becomes whole. */
static void
end_member(struct output *output)
{
    if (output->gzip != NULL && !output->failed &&
        !gzip_end_member(output->gzip, output->stream))
        fail_output(output, errno);
}

void
output_write(struct output *output, const char *bytes, size_t length)
{
    if (output->failed || length == 0)
        return;
    if (output->has_part && output->last != '\n' && !put_bytes(output, "\n", 1))
        fail_output(output, errno);
    output->has_part = false;
    output->last = bytes[length - 1];
    if (!put_bytes(output, bytes, length))
        fail_output(output, errno);
}

void
output_puts(struct output *output, const char *string)
{
    output_write(output, string, strlen(string));
}

void
output_write_shown(struct output *output, const char *bytes, size_t length)
{
    while (output->is_terminal && length > 0) {
        const size_t plain = shown_harmless(bytes, length, true);
        char escape[SHOWN_ROOM];
        size_t step = 0;

        output_write(output, bytes, plain);
        if (plain < length) {
            step = shown_escape(bytes + plain, length - plain, escape);
            output_puts(output, escape);
        }
        bytes += plain + step;
        length -= plain + step;
    }
    output_write(output, bytes, length);
}

void
output_begin_part(struct output *output)
{
    /* Nothing was written yet. */
    output->has_part = output->last != '\0';
}

void
output_flush(struct output *output)
{
    if (!output->failed && fflush(output->stream) != 0)
        fail_output(output, errno);
}

bool
output_copy(struct output *output, struct input *input)
{
    char block[INPUT_BLOCK];
    size_t length;

    while (input_read(input, block, &length)) {
        if (length == 0)
            return !output->failed;
        output_write(output, block, length);
    }
    return false;
}

void
output_sync(struct output *output)
{
    end_member(output);
    output_flush(output);
    /* A pipe or a device holds nothing. */
    if (!output->failed && fsync(fileno(output->stream)) != 0 &&
        (output->temporary != NULL || output->is_journal))
        fail_output(output, errno);
}

int64_t
output_mtime(struct output *output)
{
    output_flush(output);
    return output->failed
               ? 0
               : identity_of_descriptor(fileno(output->stream)).mtime;
}

int64_t
output_mark(struct output *output)
{
    if (output->failed || (output->temporary == NULL && !output->is_journal))
        return -1;
    end_member(output);
    return (int64_t)ftello(output->stream);
}

void
output_rewind(struct output *output, int64_t mark)
{
    if (mark < 0)
        return;
    /* Its stream may still hold something that closing it writes. */
    if (output->failed && output->is_journal && !output->is_cut) {
        output->is_cut = true;
        output->cut = mark;
    }
    if (output->failed)
        return;
    if (output->gzip != NULL)
        gzip_drop_member(output->gzip);
    if (fflush(output->stream) != 0 ||
        ftruncate(fileno(output->stream), (off_t)mark) != 0 ||
        fseeko(output->stream, (off_t)mark, SEEK_SET) != 0)
        fail_output(output, errno);
}

/* ---- ending ----------------------------------------------------- */

/* Somebody may have put another file there since it was read, or have written
 * into it. */
static bool
is_as_it_was(struct output *output)
{
    const char *why = "was changed while it was read, and is left as it is now";
    struct identity identity = {.is_known = false};
    struct stat status;

    if (!output->replaced.is_known)
        return true;
    if (lstat(output->target, &status) == 0)
        identity = identity_of_status(&status);
    else if (errno == ENOENT)
        why = strerror(errno);
    if (identity_is_unchanged(&identity, &output->replaced))
        return true;
    message_error(output->name, "%s", why);
    output->failed = true;
    return false;
}

static bool
put_in_place(struct output *output)
{
    sigset_t old;
    bool good;

    if (!is_as_it_was(output) ||
        (output->backup != NULL && !backup_make(output->target, output->backup,
                                                output->is_backup_forced)))
        return false;
    process_hold_signals(&old);
    good = rename(output->temporary, output->target) == 0;
    if (good)
        process_remove_temporary(output->temporary);
    process_release_signals(&old);
    if (!good) {
        fail_output(output, errno);
        return false;
    }
    free(output->temporary);
    output->temporary = NULL;
    sync_folder(output->target);
    return true;
}

bool
output_finish(struct output *output)
{
    if (output->stream == NULL)
        return !output->failed;
    end_member(output);
    if (output->temporary != NULL || output->is_journal)
        output_sync(output);
    else
        output_flush(output);
    if (fclose(output->stream) != 0)
        fail_output(output, errno);
    output->stream = NULL;
    if (output->is_cut && truncate(output->name, (off_t)output->cut) != 0)
        fail_output(output, errno);
    return !output->failed;
}

bool
output_commit(struct output *output)
{
    bool good = output_finish(output);

    if (good && output->temporary != NULL)
        good = put_in_place(output);
    output_discard(output);
    return good;
}

void
output_discard(struct output *output)
{
    if (output->stream != NULL)
        fclose(output->stream);
    output->stream = NULL;
    if (output->temporary != NULL) {
        sigset_t old;

        process_hold_signals(&old);
        unlink(output->temporary);
        process_remove_temporary(output->temporary);
        process_release_signals(&old);
    }
    gzip_free(output->gzip);
    free(output->temporary);
    free(output->target);
    free(output->backup);
    output->gzip = NULL;
    output->temporary = NULL;
    output->target = NULL;
    output->backup = NULL;
}
