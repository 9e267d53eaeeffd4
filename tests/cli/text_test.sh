#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# text_test.sh UNFIX MODEL SPLICE: text in, text out; odd bytes.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# ---- text in, text out -------------------------------------------------------

test_file() { run dirty && writes repaired; }
test_stdin() { run <dirty && writes repaired; }
test_dash() { run - <dirty && writes repaired; }
test_installed_model() { run_bare dirty && writes repaired; }
test_clean() { run clean && writes clean; }
test_several() {
    cat repaired clean repaired >want
    run dirty - dirty <clean && writes want
}
test_second_pass() { run repaired && writes repaired; }
test_empty() { run empty && writes empty; }
test_dashes_end_options() {
    cp dirty ./-o && run -- -o && writes repaired
}
test_closed_input() {
    run <&-
    refuses
}
check "a file is repaired" test_file
check "standard input is repaired" test_stdin
check "- is standard input" test_dash
check "the model is found without --model" test_installed_model
check "clean text comes out as it went in" test_clean
check "several files come out one after the other" test_several
check "a second pass changes nothing" test_second_pass
check "an empty file is an empty text" test_empty
check "-- ends the options" test_dashes_end_options
check "a closed standard input is an error" test_closed_input

# ---- odd bytes ---------------------------------------------------------------

test_crlf() {
    sed "s/\$/$(printf '\r')/" repaired >want
    run crlf && writes want
}
test_bom() {
    { printf '\357\273\277' && cat repaired; } >want
    run bom && writes want
}
test_no_newline() {
    printf %s "$(cat dirty)" >no_newline
    printf %s "$(cat repaired)" >want
    run no_newline && writes want
}
# odd_bytes BYTES: as a paragraph among others.
odd_bytes() {
    { cat dirty && echo && printf %b "$1" && echo && echo && cat dirty; } >odd
    { cat repaired && echo && printf %b "$1" && echo && echo &&
        cat repaired; } >want
    run --text odd && writes want
}
test_all_bytes() {
    cat bytes bytes bytes >binary
    run --text binary && writes binary
}
test_long_line() {
    tr '\n' ' ' <clean >words
    { cat words words words words && cat words words words words; } >eight
    { cat eight eight eight eight eight eight eight eight && echo; } >line
    run line && writes line
}
check "CRLF is kept" test_crlf
check "a byte order mark is kept" test_bom
check "a missing last newline stays missing" test_no_newline
check "NUL bytes are kept" odd_bytes 'a\0000b \0000\0000'
check "invalid UTF-8 is kept" odd_bytes \
    '\0377\0376 \0303 \0355\0240\0200 \0300\0257 \0364\0220\0200\0200'
check "every byte passes through" test_all_bytes
check "a long line passes through" test_long_line

finish
