#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# lengths.sh ROOT: a function of the library fits a screen: 60 lines from its
# name to its last brace.
set -eu

cd "$1"
find lib -name '*.c' | LC_ALL=C sort | xargs awk '
FNR == 1 { name = "" }
/^[a-z_][a-z0-9_]*\(/ { name = $0; start = FNR }
/^}/ && name != "" {
    sub(/\(.*/, "", name)
    if (FNR - start >= 60) {
        print FILENAME ":" start ": " name " has " FNR - start + 1 " lines"
        failed = 1
    }
    name = ""
}
END { exit failed }'
