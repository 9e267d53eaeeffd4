/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model verify: reads a whole image and compares its checksums.  Opening
 * one checks its structure only. */
#include "commands.h"
#include "table.h"

#include "lang/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
ufx_verify_main(int argc, char **argv)
{
    int i;

    if (argc < 2 || argv[1][0] == '-') {
        bool help = argc > 1 && (strcmp(argv[1], "-h") == 0 ||
                                 strcmp(argv[1], "--help") == 0);

        fputs("Usage: unfix-model verify FILE...\n"
              "Reads model images whole and compares their checksums.\n",
              help ? stdout : stderr);
        return help ? 0 : 2;
    }
    for (i = 1; i < argc; i++) {
        size_t length;
        char *image = tool_read_file(argv[i], &length);
        unfix_error error = {0};

        if (ufx_language_verify(image, length, &error) != UNFIX_OK)
            tool_fail(error.message, argv[i]);
        free(image);
    }
    return 0;
}
