#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# formats_test.sh UNFIX MODEL SPLICE: --format and --report.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# ---- --format, --report ------------------------------------------------------

# Changes near each other, far from each other, at both ends.
test_diff() {
    {
        cat dirty clean dirty clean clean
        echo
        printf 'La cooperacién internacional para el desarrollo.'
    } >page
    run page && cp out want && ! cmp -s page want &&
        run --format=diff page && is_silent && cp out page.diff &&
        [ "$(head -n 2 out)" = "$(printf -- '--- page\n+++ page')" ] || return 1
    diff -u page want | tail -n +3 >hunks
    tail -n +3 page.diff | cmp -s - hunks
}
test_diff_patches() {
    cp page got && patch -s got page.diff && cmp -s got want
}
test_diff_clean() { run --format=diff clean && writes /dev/null; }
test_diff_several() {
    run --format=diff dirty clean page && is_silent &&
        [ "$(grep -c '^--- ' out)" -eq 2 ]
}
test_diff_name() {
    odd=$(printf 'a "b\nc')
    cp dirty "$odd" && run --format=diff "$odd" &&
        [ "$(head -n 1 out)" = '--- "a \"b\012c"' ]
}
# A hunk of half a megabyte comes in parts, each of which fits.
test_diff_long() {
    i=0
    while [ $i -lt 600 ]; do
        echo "La cooperacién de la organizacidn para el desarrollo de los países."
        i=$((i + 1))
    done >many
    cat many many many many many many clean >page
    run --min-confidence=0 page && cp out want &&
        run --format=diff --min-confidence=0 page && cp out page.diff &&
        [ "$(grep -c '^-La' page.diff)" -eq 3600 ] &&
        [ "$(grep -c '^@@' page.diff)" -gt 1 ] && test_diff_patches
}
test_jsonl() {
    run --format=jsonl dirty && is_silent && "$splice" dirty <out >got &&
        cmp -s got repaired
}
test_jsonl_fields() {
    run --format=jsonl dirty
    grep -q '^{"file":"dirty","offset":40,"length":12,"out_offset":40,"out_length":12,"original":"cooperacién","replacement":"cooperación","confidence":[0-9]*,"bar":780,"score":-\{0,1\}[0-9]*,"verdict":"applied","class":"letter","reason":".*","alternatives":\[.*\],"channel_cost":-\{0,1\}[0-9]*,"context_gain":-\{0,1\}[0-9]*,"known_before":false,"known_after":true,"seen_before":[0-9]*,"seen_after":[0-9]*,"seal":"[0-9a-f]\{16\}"}$' out
}
test_report() {
    rm -f r
    run --format=jsonl dirty && cp out want && run --report=r dirty &&
        writes repaired && cmp -s r want
}
test_report_several() {
    rm -f r && cp dirty a && run --report=r a clean - <dirty && grep '"file":"a"' r >ra &&
        grep '"file":"-"' r >rs && ! grep -q '"file":"clean".*applied' r &&
        "$splice" dirty <ra | cmp -s - repaired &&
        "$splice" dirty <rs | cmp -s - repaired
}
test_report_odd_input() {
    cat dirty bytes dirty crlf bom >page
    rm -f r && run --text --report=r page && "$splice" page <r >got && cmp -s got out &&
        ! cmp -s got page
}
test_report_odd_name() {
    name=$(printf 'a\001\377"\\b')
    cp dirty "$name" && run --format=jsonl "$name" &&
        "$splice" dirty <out >got && cmp -s got repaired &&
        grep -q '"file":"a\\u0001�\\"\\\\b"' out
}
test_report_clean() {
    run --format=jsonl empty && is_silent && [ "$(wc -l <out)" -eq 1 ] &&
        grep -q '"end":true,"corrections":0,"words":0,"language":"und",.*,"length":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","out_length":0' out
}
test_report_over_input() {
    cp dirty a
    run --report=a a
    refuses && cmp -s a dirty
}
test_report_over_output() {
    run -o a --report=a dirty
    refuses
}
check "--format=text is the default" \
    eval 'run --format=text dirty && writes repaired'
check "--format=diff is what diff -u finds" test_diff
if command -v patch >/dev/null; then
    check "patch turns the input into the output" test_diff_patches
    check "a long hunk is cut where patch takes it" test_diff_long
fi
check "--format=diff of clean text is empty" test_diff_clean
check "--format=diff has a part for each file that changes" test_diff_several
check "--format=diff quotes an odd name" test_diff_name
check "--format=jsonl gives repairs that lead to the output" test_jsonl
check "--format=jsonl has the documented fields" test_jsonl_fields
check "--report writes the same to a file" test_report
check "--report tells files apart" test_report_several
check "the report of odd bytes is valid and leads to the output" \
    test_report_odd_input
check "the report of an odd name is valid" test_report_odd_name
check "the report of an empty text is its last line" test_report_clean
check "--report refuses to replace an input" test_report_over_input
check "--report refuses to replace the output" test_report_over_output

finish
