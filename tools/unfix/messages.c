/* SPDX-License-Identifier: MPL-2.0 */
#include "messages.h"

#include "progress.h"
#include "shown.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_quiet;

void
messages_set_quiet(bool quiet)
{
    is_quiet = quiet;
}

/* Names and what is quoted may hold a newline or an escape sequence: neither
 * may break the line in two or reach the terminal. */
static void
put_shown(const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        const size_t plain = shown_harmless(text, left, false);
        char escape[SHOWN_ROOM];
        size_t step = 0;

        fwrite(text, 1, plain, stderr);
        if (plain < left) {
            step = shown_escape(text + plain, left - plain, escape);
            fputs(escape, stderr);
        }
        text += plain + step;
        left -= plain + step;
    }
}

static void
put_head(const char *name)
{
    progress_hide();
    fputs("unfix: ", stderr);
    if (name != NULL) {
        put_shown(name);
        fputs(": ", stderr);
    }
}

/* A longer one is cut. */
#define TEXT_ROOM ((size_t)1024)

static void
put_line(const char *name, const char *text)
{
    put_head(name);
    put_shown(text);
    putc('\n', stderr);
}

void
message_error(const char *name, const char *format, ...)
{
    char text[TEXT_ROOM];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    put_line(name, text);
}

void
message_error_line(const char *name, uint64_t line, const char *text)
{
    progress_hide();
    fputs("unfix: ", stderr);
    put_shown(name);
    fprintf(stderr, ":%" PRIu64 ": ", line);
    put_shown(text);
    putc('\n', stderr);
}

void
message_notice(const char *name, const char *format, ...)
{
    char text[TEXT_ROOM];
    va_list list;

    if (is_quiet)
        return;
    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    put_line(name, text);
}
