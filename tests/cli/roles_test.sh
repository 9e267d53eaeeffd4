#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# roles_test.sh UNFIX MODEL SPLICE: no file is written that has another part to play.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

cp "$model" m
ln m m.link
mkdir sub
echo hola >w
printf 'SET UTF-8\n' >my.aff
printf '1\nhola\n' >my.dic
# refused MESSAGE ARGUMENT...
refused() {
    message=$1
    shift
    run_bare "$@"
    refuses && says "unfix: $message"
}
# Two names for a file that is not there yet.
test_new_file() {
    refused 'x: is the report and cannot be the output' \
        -o x --report=./x dirty && [ ! -e x ] &&
        refused 'sub/x: is the report and cannot be the output' \
            -o sub/x --report=sub/../sub/x dirty && [ ! -e sub/x ]
}
test_model() {
    refused 'm: is the model and cannot be the output' \
        --model=m -o m dirty && cmp -s m "$model" &&
        refused 'm.link: is the model and cannot be the output' \
            --model=m -o m.link dirty && cmp -s m "$model" &&
        refused 'm: is the model and cannot be repaired in place' \
            --model=m -i m && cmp -s m "$model"
}
test_tables() {
    for table in --words --keep --veto --confusions; do
        refused 'w: is a table and cannot be the report' \
            $table=w --report=w dirty && [ "$(cat w)" = hola ] &&
            refused 'w: is a table and cannot be repaired in place' \
                $table=w -i w || return 1
    done
}
test_dictionary() {
    refused 'my.dic: is a dictionary and cannot be the output' \
        --dict=my -o my.dic dirty && [ "$(wc -l <my.dic)" -eq 2 ]
}
# As the shell opens it: >> would grow for good, > is empty by now.
test_standard_output() {
    cp dirty a
    "$unfix" a >>a 2>err
    status=$?
    [ $status -eq 2 ] && cmp -s a dirty &&
        says 'unfix: (stdout): is an input and cannot be the output' &&
        "$unfix" <a >>a 2>err
    [ $? -eq 2 ] && cmp -s a dirty && cp w words &&
        "$unfix" --words=words dirty >>words 2>err
    [ $? -eq 2 ] && cmp -s w words &&
        "$unfix" -o /dev/stdout a >>a 2>err
    [ $? -eq 2 ] && cmp -s a dirty
}
test_to_nothing() {
    "$unfix" dirty >/dev/null 2>err </dev/null && is_silent &&
        run --words=/dev/null -o /dev/null --report=/dev/null /dev/null &&
        [ "$status" -eq 0 ]
}
test_model_fifo() {
    mkfifo fifo
    run_bare --model=fifo dirty
    refuses && grep -q '^unfix: fifo: not a regular file' err
}
test_endless_table() {
    timeout 20 "$unfix" --model="$model" --words=/dev/zero dirty >out 2>err
    status=$?
    refuses && grep -q '^unfix: /dev/zero: longer than 128 MiB' err
}
# What one reader took is not there for the next.
test_standard_input() {
    refused '(stdin): is an input and cannot be a table, too' --words=- <w &&
        refused '(stdin): is an input and cannot be a table, too' \
            --words=- dirty - <w &&
        refused '(stdin): is a table and cannot be a table, too' \
            --words=- --keep=- dirty <w && run --words=- dirty <w &&
        writes repaired
}
test_list_of_files() {
    printf 'dirty\000' >list && cp list list.was &&
        refused 'list: is the list of files and cannot be the output' \
            --files0-from=list -o list && cmp -s list list.was
}
check "two names for a new file" test_new_file
check "the model is not written over" test_model
check "tables are not written over" test_tables
check "dictionaries are not written over" test_dictionary
check "standard output is no input" test_standard_output
check "standard input is read by one only" test_standard_input
check "the list of files is not written over" test_list_of_files
check "devices may play many parts" test_to_nothing
check "a model that is a pipe does not hang" test_model_fifo
check "a table without end is not read until the memory is full" test_endless_table

finish
