/* SPDX-License-Identifier: MPL-2.0 */
#include "messages.h"

#include "progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static bool is_quiet;

void
messages_set_quiet(bool quiet)
{
    is_quiet = quiet;
}

/* A file name may hold a newline or an escape sequence: neither may break the
 * line in two or reach the terminal. */
static void
put_name(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;

        if (byte < 0x20 || byte == 0x7f)
            fprintf(stderr, "\\%03o", byte);
        else
            putc(byte, stderr);
    }
}

static void
put_head(const char *name)
{
    progress_hide();
    fputs("unfix: ", stderr);
    if (name != NULL) {
        put_name(name);
        fputs(": ", stderr);
    }
}

void
message_error(const char *name, const char *format, ...)
{
    va_list list;

    put_head(name);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    putc('\n', stderr);
}

void
message_error_line(const char *name, uint64_t line, const char *text)
{
    progress_hide();
    fputs("unfix: ", stderr);
    put_name(name);
    fprintf(stderr, ":%" PRIu64 ": %s\n", line, text);
}

void
message_notice(const char *name, const char *format, ...)
{
    va_list list;

    if (is_quiet)
        return;
    put_head(name);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    putc('\n', stderr);
}
