/* SPDX-License-Identifier: MPL-2.0 */
/* unfix: repairs what OCR did to Spanish text.  See unfix.1. */
#include "args.h"
#include "help.h"
#include "messages.h"
#include "process.h"
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* For --help and --version, whose reader wants all of it, too. */
static int
close_stdout(void)
{
    const bool had_error = ferror(stdout) != 0;

    if (fclose(stdout) == 0 && !had_error)
        return STATUS_DONE;
    message_error("(stdout)", "%s", strerror(errno));
    return STATUS_TROUBLE;
}

int
main(int argc, char **argv)
{
    struct options options;
    int status = STATUS_TROUBLE;

    process_setup();
    switch (args_parse(&options, argc, argv)) {
    case ARGS_RUN:
        messages_set_quiet(options.quiet);
        status = session_run(&options);
        break;
    case ARGS_HELP:
        help_print(options.help_all);
        status = close_stdout();
        break;
    case ARGS_VERSION:
        printf("unfix %s\nlibunfix %s\n", UNFIX_VERSION_STRING,
               unfix_version());
        status = close_stdout();
        break;
    case ARGS_WRONG:
        break;
    }
    args_free(&options);
    return status;
}
