#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# shown_test.sh UNFIX MODEL SPLICE: nothing that a terminal would obey is shown to one.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# A control sequence of one byte in Latin-1 (C1), one as UTF-8, a mark that turns
# the order of writing round, and a separator of lines.
c1=$(printf '\302\233')
bidi=$(printf '\342\200\256')
separator=$(printf '\342\200\250')
raw=$(printf '\233')
escape=$(printf '\033')
# is_harmless FILE: none of them is in it.
is_harmless() {
    ! LC_ALL=C grep -q "$escape\\|$c1\\|$bidi\\|$separator" "$1" &&
        LC_ALL=C tr -d '\302-\364' <"$1" | LC_ALL=C tr -d '\240-\277' |
        LC_ALL=C grep -vq "$raw"
}
odd="x${c1}y${bidi}z${raw}w${separator}${escape}v"
test_message() {
    run "$odd"
    refuses && is_harmless err &&
        says 'unfix: x\302\233y\342\200\256z\233w\342\200\250\033v: No such file or directory'
}
test_argument() {
    run --format="$odd" dirty
    refuses && is_harmless err && run --only="$odd" dirty
    refuses && is_harmless err && run --"$odd" dirty
    refuses && is_harmless err
}
test_table() {
    printf 'uno\tdos\n' >"$odd"
    run --words="$odd" dirty
    refuses && is_harmless err && rm "$odd"
}
# In the report they are, in a form that JSON has for them.
test_report() {
    cp dirty "$odd" && run --format=jsonl "$odd" && is_harmless out &&
        grep -q '"file":"x\\u009by\\u202ez' out && run --summary "$odd" &&
        is_harmless out && run --format=diff "$odd" && is_harmless out &&
        head -n 1 out | grep -q '^--- "x\\302\\233y\\342' && rm "$odd"
}
{ printf 'La cooperacién %s %s %s la organizacidn.\n' "$c1" "$bidi" "$escape" &&
    cat dirty; } >page
test_explain() { run --explain page && is_harmless out; }
test_summary() { run --summary page && is_harmless out; }
# The bytes are not touched where no terminal is.
test_bytes() {
    run page && grep -q "$c1" out && grep -q "$bidi" out && grep -q "$escape" out
}
test_terminal() {
    for format in text diff inline; do
        script -qec "$unfix -q --model=$model --color=never --format=$format page" \
            /dev/null >out 2>err </dev/null
        grep -q 'organizaci' out && is_harmless out || return 1
    done
    script -qec "$unfix -q --model=$model clean" /dev/null </dev/null | tr -d '\r' >out
    cmp -s out clean
}
check "names in messages" test_message
check "arguments in messages" test_argument
check "names of tables in messages" test_table
check "names in reports, summaries and diffs" test_report
check "texts in tables" test_explain
check "texts in summaries" test_summary
check "output that is no terminal has all bytes" test_bytes
if script -qec true /dev/null >out 2>err </dev/null; then
    check "output on a terminal is harmless" test_terminal
else
    echo "# skipped, no terminal can be had: $(cat err)"
fi

finish
