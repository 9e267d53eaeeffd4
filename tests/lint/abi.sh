#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# abi.sh LIBRARY HEADER LIST: what the library exports, what the header
# declares and the committed list are the same; SONAME and symbols have the
# number that docs/abi.md gives a library of the header's version.
set -eu

exported=$(LC_ALL=C nm -D --defined-only "$1" |
    awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort)
# A declaration ends at its semicolon; the function's name stands before the
# first parenthesis.
declared=$(awk '
    /^UNFIX_API / { open = 1; text = "" }
    open {
        text = text " " $0
        if (/;/) {
            open = 0
            sub(/\(.*/, "", text)
            sub(/.*[ *]/, "", text)
            print text
        }
    }' "$2" | LC_ALL=C sort)
listed=$(grep -v '^#' "$3")

failed=0
compare() {
    if [ "$1" != "$listed" ]; then
        echo "$2 and $3 differ; one of them has no:"
        { echo "$1"; echo "$listed"; } | LC_ALL=C sort | uniq -u
        failed=1
    fi
}
compare "$exported" "the library's symbols" "$3"
compare "$declared" "$2" "$3"

number() {
    awk -v name="UNFIX_VERSION_$1" '$1 == "#define" && $2 == name { print $3 }' \
        "$2"
}
major=$(number MAJOR "$2")
minor=$(number MINOR "$2")
abi=$major
if [ "$major" = 0 ]; then
    abi=0.$minor
fi
has=$(LC_ALL=C objdump -p "$1" | awk '$1 == "SONAME" { print $2 }')
if [ "$has" != "libunfix.so.$abi" ]; then
    echo "the SONAME is $has, not libunfix.so.$abi"
    failed=1
fi
if nm -D --with-symbol-versions --defined-only "$1" |
    awk -v node="@@UNFIX_$abi" '
        $2 != "A" && $3 !~ (node "$") { print $3 ": not " node; wrong = 1 }
        END { exit !wrong }'; then
    failed=1
fi
exit $failed
