/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the filter says on standard error: one line for each trouble,
 * "unfix: NAME: text".
 */
#ifndef UNFIX_TOOL_MESSAGES_H
#define UNFIX_TOOL_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

/* Whether message_notice() is to be silent; errors are always said. */
void messages_set_quiet(bool quiet);

/* "unfix: NAME: text"; NULL for `name` leaves it out. */
void message_error(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "unfix: NAME:LINE: text", for a line of a user's table. */
void message_error_line(const char *name, uint64_t line, const char *text);

/* As message_error, for what is no trouble. */
void message_notice(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
