#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# sources.sh ROOT: each source names its licence in its first line (a script
# in its second), has no trailing blanks or tabs, and ends with a newline.
set -eu

cd "$1"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
find CMakeLists.txt cmake include lib tools tests fuzz scripts docs bindings .ci \
    \( -name '*.[ch]' -o -name '*.cpp' -o -name '*.sh' -o -name '*.awk' \
    -o -name '*.cmake' -o -name CMakeLists.txt -o -name '*.map' \
    -o -path 'scripts/*' -type f -o -path '.ci/*' -type f \) |
    LC_ALL=C sort >"$list"

failed=0
xargs awk '
    function fault(where, why) {
        print where ": " why
        failed = 1
    }
    function end_file() {
        if (head > 0 && !licensed)
            fault(name ":" head, "no SPDX-License-Identifier: MPL-2.0")
    }
    FNR == 1 {
        end_file()
        name = FILENAME
        head = /^#!/ ? 2 : 1
        licensed = 0
    }
    FNR == head {
        licensed = /SPDX-License-Identifier: MPL-2\.0/
    }
    /\t|[ \t]$/ {
        fault(FILENAME ":" FNR, "a tab, or a blank at the end")
    }
    END {
        end_file()
        exit failed
    }' <"$list" || failed=1
# Bytes after the last newline: none in most runs, so that files are looked at
# one by one only to name them.
if [ -n "$(xargs tail -q -c 1 <"$list" | tr -d '\n')" ]; then
    while read -r file; do
        if [ -n "$(tail -c 1 "$file")" ]; then
            echo "$file: no newline at the end"
        fi
    done <"$list"
    failed=1
fi
# awk sees no line of these.
while read -r file; do
    if [ ! -s "$file" ]; then
        echo "$file: empty"
        failed=1
    fi
done <"$list"
exit $failed
