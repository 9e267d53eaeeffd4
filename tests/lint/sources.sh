#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# sources.sh ROOT: each source names its licence in its first line (a script
# in its second), has no trailing blanks or tabs, and ends with a newline.
set -eu

cd "$1"
find CMakeLists.txt cmake include lib tools tests fuzz scripts docs .ci \
    \( -name '*.[ch]' -o -name '*.cpp' -o -name '*.sh' -o -name '*.awk' \
    -o -name '*.cmake' -o -name CMakeLists.txt -o -name '*.map' \
    -o -path 'scripts/*' -type f -o -path '.ci/*' -type f \) |
    LC_ALL=C sort | {
    failed=0
    while read -r file; do
        line=1
        if head -n 1 "$file" | grep -q '^#!'; then
            line=2
        fi
        if ! sed -n "${line}p" "$file" |
            grep -q 'SPDX-License-Identifier: MPL-2\.0'; then
            echo "$file:$line: no SPDX-License-Identifier: MPL-2.0"
            failed=1
        fi
        if grep -Hn "$(printf '[ \t]$\|\t')" "$file"; then
            echo "  ^ a tab, or a blank at the end"
            failed=1
        fi
        if [ -n "$(tail -c 1 "$file")" ]; then
            echo "$file: no newline at the end"
            failed=1
        fi
    done
    exit $failed
}
