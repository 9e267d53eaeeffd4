#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# header_test.sh ROOT: unfix.h compiles without a warning as C99, C11, C17,
# C++11 and C++20, with each of gcc and clang that is here.
set -eu

here=$1/tests/install
include=$1/include
done=0
failed=0

# compile COMPILER STANDARD FILE
compile() {
    command -v "$1" >/dev/null || {
        echo "no $1 here"
        return
    }
    done=$((done + 1))
    echo "$1 -std=$2"
    "$1" "-std=$2" -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
        -fsyntax-only -I "$include" "$here/$3" || failed=1
}

for standard in c99 c11 c17; do
    compile gcc $standard header.c
    compile clang $standard header.c
done
for standard in c++11 c++20; do
    compile g++ $standard header_cxx.cpp
    compile clang++ $standard header_cxx.cpp
done
# A status that is thrown away.
for cc in gcc clang; do
    if command -v $cc >/dev/null; then
        echo "$cc: unused status"
        if printf '#include <unfix.h>\nvoid f(void);\nvoid f(void) { %s; }\n' \
            'unfix_model_load(NULL, NULL, NULL, NULL)' |
            $cc -Werror -S -o /dev/null -I "$include" -x c - 2>/dev/null; then
            echo "$cc does not see it"
            failed=1
        fi
    fi
done
if [ $done -eq 0 ]; then
    echo "no compiler at all"
    failed=1
fi
exit $failed
