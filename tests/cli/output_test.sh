#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# output_test.sh UNFIX MODEL SPLICE: what -o writes.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# ---- -o ----------------------------------------------------------------------

test_output() {
    rm -f o
    run -o o dirty && writes /dev/null && cmp -s o repaired &&
        [ "$(mode o)" = -rw-r--r-- ]
}
test_output_long() {
    rm -f o
    run --output=o dirty && writes /dev/null && cmp -s o repaired
}
test_output_dash() { run -o - dirty && writes repaired; }
test_output_over_input() {
    cp dirty o && run -o o o && writes /dev/null && cmp -s o repaired
}
test_output_keeps_mode() {
    echo old >o && chmod 600 o && run -o o dirty && cmp -s o repaired &&
        [ "$(mode o)" = -rw------- ]
}
test_output_through_link() {
    rm -f o link && echo old >o && ln -s o link &&
        run -o link dirty && cmp -s o repaired && [ -h link ]
}
test_output_dangling() {
    rm -f link && ln -s nowhere link
    run -o link dirty
    refuses && [ ! -e nowhere ]
}
test_output_fifo() {
    rm -f fifo && mkfifo fifo
    cat fifo >got &
    run -o fifo dirty && writes /dev/null && wait $! && cmp -s got repaired &&
        [ -p fifo ]
}
test_output_appends() {
    echo first >o
    { echo first && cat repaired; } >want
    "$unfix" --model="$model" -o /dev/stdout dirty >>o 2>err
    status=$?
    [ $status -eq 0 ] && cmp -s o want
}
test_output_in_no_folder() {
    run -o nowhere/o dirty
    refuses
}
test_output_is_folder() {
    mkdir -p d
    run -o d dirty
    refuses && says 'unfix: d: Is a directory'
}
# The old file stays when something goes wrong.
test_output_missing_input() {
    echo old >o && echo old >want
    run -o o dirty missing clean
    refuses && cmp -s o want && leaves_no_temporary
}
test_output_nothing_left() {
    rm -f o r
    run -o o --report=r dirty d
    refuses && [ ! -e o ] && [ ! -e r ] && leaves_no_temporary
}
check "-o writes a file" test_output
check "--output writes a file" test_output_long
check "-o - is standard output" test_output_dash
check "-o may name the input" test_output_over_input
check "-o keeps the mode of a file that is there" test_output_keeps_mode
check "-o follows a symbolic link" test_output_through_link
check "-o refuses a symbolic link to nothing" test_output_dangling
check "-o writes into a pipe" test_output_fifo
check "-o /dev/stdout appends where the shell does" test_output_appends
check "-o into a missing folder is an error" test_output_in_no_folder
check "-o to a folder is an error" test_output_is_folder
check "-o keeps the old file after trouble" test_output_missing_input
check "-o leaves nothing behind after trouble" test_output_nothing_left

finish
